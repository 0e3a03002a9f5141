-- What rules ask for before a link is sent, and what they look at.

-- JSON: what a passkey is to sign, and until when, as the browser is given it. The ceremony itself is a row of passkey_ceremonies. NULL
-- unless the case asks for a passkey and the account has one.
ALTER TABLE recovery_cases ADD COLUMN challenge TEXT;

-- Who failed for whom, without a word about either: how many identifiers a source failed for.
CREATE TABLE source_failures (
    -- Keyed digest of the network that the answers came from: an IPv4 address, or the /64 of an IPv6 one.
    source BLOB NOT NULL,
    -- Keyed digest of the same network and the employer's number, so that sources cannot be compared.
    identifier BLOB NOT NULL,
    -- When answers last failed.
    at BIGINT NOT NULL,
    PRIMARY KEY (source, identifier)
);

CREATE INDEX source_failures_at ON source_failures (at);
