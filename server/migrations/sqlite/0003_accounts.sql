-- The accounts of employers, as far as recovering a password needs them. Times are microseconds since 1970 UTC.

-- One row an employer and branch.
CREATE TABLE accounts (
    id BLOB NOT NULL PRIMARY KEY,
    -- RUC, or the cédula of a household employer.
    employer TEXT NOT NULL,
    -- Four digits.
    branch TEXT NOT NULL,
    -- When it was blocked after failed sign-ins; NULL when it is not.
    blocked_at BIGINT,
    -- When the owner froze it ("no fui yo"); NULL when it is not. Outweighs a block, and the block stays beneath it.
    frozen_at BIGINT,
    -- Where the owner is written to; NULL when nothing is registered.
    email TEXT,
    phone TEXT,
    -- The language of messages: es, en.
    language TEXT NOT NULL,
    -- Registered name of the employer; what its password must have no piece of.
    name TEXT NOT NULL,
    -- Cédula or foreigner's code of the representative, and names; for the same purpose.
    representative TEXT NOT NULL,
    representative_name TEXT NOT NULL,
    -- Argon2id as a PHC string, peppered with a key that is not in the database; NULL when there is no password yet.
    password_hash TEXT,
    password_set_at BIGINT,
    -- Sessions that began before are over.
    sessions_ended_at BIGINT,
    created_at BIGINT NOT NULL,
    -- Goes up by one with each change.
    version BIGINT NOT NULL,
    UNIQUE (employer, branch)
);

-- The last passwords of an account, the present one among them, as many as the policy wants.
CREATE TABLE password_history (
    id BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    -- Argon2id as a PHC string. All of an account's have one salt, so that one hash compares with all of them.
    hash TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

CREATE INDEX password_history_account ON password_history (account_id, set_at);

-- Links in mails with which an owner freezes the account.
CREATE TABLE freeze_links (
    id BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    -- Keyed digest of the token.
    token BLOB NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- When it froze the account.
    used_at BIGINT
);

CREATE INDEX freeze_links_account ON freeze_links (account_id);
CREATE INDEX freeze_links_expires ON freeze_links (expires_at);
