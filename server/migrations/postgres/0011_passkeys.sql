-- Passkeys: public halves of keys in people's devices, the links with which they are enrolled, and challenges that wait for an
-- answer. Times are microseconds since 1970 UTC. Nothing here could be used by whoever reads it.

-- Passkeys of accounts. A removed one stays, so that its credential is never accepted again.
CREATE TABLE passkeys (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    -- Keyed digest of the account and of its representative's number at the enrolment: whose passkey it is. It works as long as
    -- the account has that representative.
    holder BYTEA NOT NULL,
    -- The name that the device gave to the credential.
    credential_id BYTEA NOT NULL UNIQUE,
    -- The public key and what was found out at the enrolment, as webauthn-rs serialises it (JSON).
    credential TEXT NOT NULL,
    -- What its owner calls it.
    name TEXT NOT NULL,
    -- The device's signature counter at the last use; 0 for ever with devices that do not count.
    sign_count BIGINT NOT NULL,
    -- device_bound, eligible or backed_up, as of the last use.
    backup TEXT NOT NULL,
    -- When the device verified its user last: at the enrolment, and at each use since.
    verified_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When it signed last; NULL when it never did.
    used_at BIGINT,
    -- When it was removed; NULL while it works.
    removed_at BIGINT
);

CREATE INDEX passkeys_account ON passkeys (account_id, created_at);

-- Links with which an officer lets an employer enrol one passkey.
CREATE TABLE enrolment_links (
    id UUID NOT NULL PRIMARY KEY,
    account_id UUID NOT NULL REFERENCES accounts (id),
    -- Keyed digest of the account and of its representative's number when it was made. It is for that person only.
    holder BYTEA NOT NULL,
    -- Keyed digest of the token.
    token BYTEA NOT NULL UNIQUE,
    -- Who made it, and why, in the officer's words. Here and not in the audit log, which holds no personal data.
    officer TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    -- When it ends; a freeze brings it forward. The row goes a year later.
    expires_at BIGINT NOT NULL,
    -- When a passkey was enrolled with it; NULL while none was.
    used_at BIGINT,
    -- When a newer link of the account took its place.
    replaced_at BIGINT
);

CREATE INDEX enrolment_links_account ON enrolment_links (account_id);
CREATE INDEX enrolment_links_expires ON enrolment_links (expires_at);

-- Challenges that wait for a device's answer: at most one a link or case, deleted with the first answer.
CREATE TABLE passkey_ceremonies (
    -- enrolment, unlock or recovery.
    purpose TEXT NOT NULL,
    -- The enrolment link or the case that began it.
    subject_id UUID NOT NULL,
    -- What webauthn-rs compares the answer with (JSON): the challenge, and no secret.
    state TEXT NOT NULL,
    -- When it ends.
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (purpose, subject_id)
);

CREATE INDEX passkey_ceremonies_expires ON passkey_ceremonies (expires_at);
