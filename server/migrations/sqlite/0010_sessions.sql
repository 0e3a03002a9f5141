-- Signing in: who is signed in, which browsers an account knows, and failed attempts. Times are microseconds since 1970 UTC.

-- Browsers with a successful sign-in, by account.
CREATE TABLE devices (
    id BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    -- Keyed digest of the browser's token. One browser has one token for all accounts that it signed in to.
    token BLOB NOT NULL,
    made_at BIGINT NOT NULL,
    -- The last successful sign-in.
    seen_at BIGINT NOT NULL,
    -- When it is forgotten.
    expires_at BIGINT NOT NULL,
    UNIQUE (account_id, token)
);

CREATE INDEX devices_token ON devices (token);
CREATE INDEX devices_expires ON devices (expires_at);

-- Open sessions. One that ends is deleted; what happened is in audit_events.
CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    -- Keyed digest of the cookie.
    token BLOB NOT NULL UNIQUE,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    -- The browser that signed in. Forgetting it ends its sessions.
    device_id BLOB NOT NULL REFERENCES devices (id),
    -- What the browser said of itself, in our own words: never the header.
    browser TEXT NOT NULL,
    system TEXT NOT NULL,
    -- The network of the sign-in (an IPv4 /24, an IPv6 /48): never the address.
    network TEXT,
    -- When somebody signed in.
    signed_in_at BIGINT NOT NULL,
    -- When this cookie was made: the sign-in, or the change of password that gave the session another cookie. What began
    -- before accounts.sessions_ended_at is over.
    began_at BIGINT NOT NULL,
    -- When a use was noted last; at most once a minute.
    used_at BIGINT NOT NULL,
    -- When it ends in any case.
    expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_device ON sessions (device_id);
CREATE INDEX sessions_expires ON sessions (expires_at);

-- Attempts to prove a password: a slot each, as many as failures block. Right ones give their slot back.
CREATE TABLE sign_in_attempts (
    -- Keyed digest of whose attempts these are: employer and branch for all unknown browsers, or one known browser.
    counter BLOB NOT NULL,
    -- 1 and up.
    slot BIGINT NOT NULL,
    -- When it was taken, before anything was compared.
    at BIGINT NOT NULL,
    -- The attempt that took it.
    taken_by BLOB NOT NULL,
    -- When the password turned out to be wrong; NULL while it is compared, and for ever when the server died meanwhile.
    failed_at BIGINT,
    PRIMARY KEY (counter, slot)
);

CREATE INDEX sign_in_attempts_at ON sign_in_attempts (at);
