-- Changing where an owner is reached. Times are microseconds since 1970 UTC. No row holds a token: those are keyed digests.

-- One row a change of an e-mail or a phone. Kept for 30 days after it ended, one that was applied for 400: whoever recovers
-- the password soon after a change is asked for more.
CREATE TABLE contact_changes (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    -- Which contact: email, phone.
    kind TEXT NOT NULL,
    -- The new contact: it must be written to before it is the account's. NULL where the phone is to be removed, and from the
    -- moment in which the change is over, whatever its end.
    value TEXT,
    -- Keyed digest of the contact that is to be replaced, from the hold on: what was told is what must be replaced. NULL
    -- before the hold, and where the account had none.
    replaces BYTEA,
    -- requested, held, applied, cancelled, lapsed, replaced.
    state TEXT NOT NULL,
    -- Who cancelled it: link, owner, freeze, password, correction.
    cancelled_by TEXT,
    requested_at BIGINT NOT NULL,
    held_at BIGINT,
    -- When its stage ends by itself, if nothing is in the way; NULL when it is over.
    deadline BIGINT,
    -- When the job looks at it: its deadline, or some time later while something is in the way; NULL when it is over.
    due_at BIGINT,
    ended_at BIGINT
);

-- Never two changes of one contact under way, whatever the code does.
CREATE UNIQUE INDEX contact_changes_pending ON contact_changes (account_id, kind) WHERE ended_at IS NULL;
CREATE INDEX contact_changes_account ON contact_changes (account_id, ended_at);
CREATE INDEX contact_changes_due ON contact_changes (due_at);
CREATE INDEX contact_changes_ended ON contact_changes (ended_at);

-- One row a link that was made for a message about a change.
CREATE TABLE contact_links (
    id UUID NOT NULL PRIMARY KEY,
    change_id UUID NOT NULL REFERENCES contact_changes (id),
    -- What it does: confirm (it goes to the new contact), cancel (to the old ones).
    purpose TEXT NOT NULL,
    -- Keyed digest of the token.
    token BYTEA NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    -- When it did what it was made for.
    used_at BIGINT,
    -- When a newer link to the same new contact took its place.
    replaced_at BIGINT
);

CREATE INDEX contact_links_change ON contact_links (change_id);

-- The contacts that the official record said when it was imported last. An import replaces a contact only where the record
-- differs from this: it does not undo what the owner changed since.
ALTER TABLE accounts ADD COLUMN official_email TEXT;
ALTER TABLE accounts ADD COLUMN official_phone TEXT;
UPDATE accounts SET official_email = email, official_phone = phone;
