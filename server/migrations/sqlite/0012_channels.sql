-- Messages go by mail or as text messages to phones; each way has its own lanes and its own budget.

-- How a message travels: email, sms. Always there; SQLite adds no column that must be.
ALTER TABLE outbox ADD COLUMN channel TEXT;
UPDATE outbox SET channel = 'email';

-- What is to be done of each channel, by its time: neither way waits behind the other.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (channel, due_at) WHERE finished_at IS NULL;

-- The links among it: they are met before everything else, however much waits.
CREATE INDEX outbox_links ON outbox (channel, due_at, id)
    WHERE finished_at IS NULL AND kind IN ('recovery_link', 'unlock_link');

-- How many left lately, for the budget of each channel.
DROP INDEX outbox_accepted;
CREATE INDEX outbox_accepted ON outbox (channel, finished_at) WHERE state = 'accepted';

-- When the owner was reminded of the age of the password in force; NULL again with the next password.
ALTER TABLE accounts ADD COLUMN password_reminded_at BIGINT;

-- The passwords that nobody was reminded of yet, by their age: what the reminder's job looks for.
CREATE INDEX accounts_unreminded ON accounts (password_set_at, id)
    WHERE password_reminded_at IS NULL AND email IS NOT NULL;
