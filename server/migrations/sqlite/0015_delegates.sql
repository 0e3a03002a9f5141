-- Delegates: people who sign in to an employer's account with less power and a password of their own. Times are microseconds
-- since 1970 UTC.

-- One row a delegation: who may sign in to an account, what for, and until when.
CREATE TABLE delegates (
    id BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    -- NULL from the end on.
    cedula TEXT,
    -- As the owner wrote it.
    name TEXT NOT NULL,
    -- Where invitations go; NULL from the end on.
    email TEXT,
    -- The language of messages: es, en, qu.
    language TEXT NOT NULL,
    -- Words with commas: payroll, registrations, read_only.
    scopes TEXT NOT NULL,
    -- The last day of access, YYYY-MM-DD on the calendar of mainland Ecuador.
    until TEXT NOT NULL,
    -- Argon2id as a PHC string, peppered; NULL until an invitation was used, and again from another invitation on.
    password_hash TEXT,
    password_set_at BIGINT,
    -- When the owner invited them, as long as that stands: NULL when the invitation was used, or a new password or a freeze of the
    -- account ended it, sent or not.
    invited_at BIGINT,
    -- When it was blocked after failed sign-ins; NULL when it is not.
    blocked_at BIGINT,
    -- When the owner ended it; the row stays so that the history can name who did what.
    ended_at BIGINT,
    created_at BIGINT NOT NULL,
    -- The last sign-in.
    signed_in_at BIGINT,
    -- Goes up by one with each change.
    version BIGINT NOT NULL
);

-- Nobody is twice a delegate of an account.
CREATE UNIQUE INDEX delegates_cedula ON delegates (account_id, cedula) WHERE ended_at IS NULL;
CREATE INDEX delegates_ended ON delegates (ended_at);

-- A delegate's last passwords, the present one among them, as many as the policy wants. All have one salt.
CREATE TABLE delegate_passwords (
    id BLOB NOT NULL PRIMARY KEY,
    delegate_id BLOB NOT NULL REFERENCES delegates (id),
    hash TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

CREATE INDEX delegate_passwords_delegate ON delegate_passwords (delegate_id, set_at);

-- Links with which delegates set their password.
CREATE TABLE delegate_invitations (
    id BLOB NOT NULL PRIMARY KEY,
    delegate_id BLOB NOT NULL REFERENCES delegates (id),
    -- Keyed digest of the token.
    token BLOB NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- When it set a password.
    used_at BIGINT,
    -- When it was worth nothing any more: a newer one was made, the delegate was ended, or a new password or a freeze of the account
    -- ended it.
    replaced_at BIGINT
);

CREATE INDEX delegate_invitations_delegate ON delegate_invitations (delegate_id);
CREATE INDEX delegate_invitations_expires ON delegate_invitations (expires_at);

-- Whose device it is; NULL for the owner's. A delegate's `token` is bound to the delegate, so that one browser can be known
-- for several people of one account.
ALTER TABLE devices ADD COLUMN delegate_id BLOB REFERENCES delegates (id);
-- Keyed digest of the browser's token alone, where `token` is bound to a delegate.
ALTER TABLE devices ADD COLUMN browser BLOB;
CREATE INDEX devices_browser ON devices (browser);
CREATE INDEX devices_delegate ON devices (delegate_id);

-- Whose session it is; NULL for the owner's.
ALTER TABLE sessions ADD COLUMN delegate_id BLOB REFERENCES delegates (id);
CREATE INDEX sessions_delegate ON sessions (delegate_id);

-- The delegate who did it, or whose sign-in it was; part of the seal where there is one.
ALTER TABLE audit_events ADD COLUMN delegate_id BLOB;
