-- Challenges that were solved and spent. A challenge that is not here and not over can be spent once.
CREATE TABLE captcha_spent (
    -- The challenge's random seed.
    seed BLOB NOT NULL PRIMARY KEY,
    -- When the challenge is refused anyway and the row can go, microseconds since 1970 UTC.
    expires_at BIGINT NOT NULL
);

CREATE INDEX captcha_spent_expires ON captcha_spent (expires_at);

-- Recent failures that make challenges harder.
CREATE TABLE captcha_failures (
    -- Keyed digest of the source's network or of the subject.
    whom BLOB NOT NULL PRIMARY KEY,
    -- How many since the count began.
    count BIGINT NOT NULL,
    -- When the last one was, microseconds since 1970 UTC. The count is void some time after it.
    last_at BIGINT NOT NULL
);

CREATE INDEX captcha_failures_last ON captcha_failures (last_at);
