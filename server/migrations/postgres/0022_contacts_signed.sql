-- Changing a contact with a signed request: held first, then confirmed by the new contact.

-- How the change was asked for: session (in the account area), signature.
ALTER TABLE contact_changes ADD COLUMN asked TEXT NOT NULL DEFAULT 'session';

-- When the new contact confirmed a change that was held before, as those of a signed request are. NULL until then, and for all
-- others: they were confirmed when they began to be held. Such a change stands at 'confirming' from the end of its hold until
-- then; `deadline` is when it lapses.
ALTER TABLE contact_changes ADD COLUMN confirmed_at BIGINT;
