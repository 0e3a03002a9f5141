-- What happened: one row a change of state, written in the transaction of the change, never updated but to be sealed.
CREATE TABLE audit_events (
    id BLOB NOT NULL PRIMARY KEY,
    -- When it happened, microseconds since 1970 UTC.
    at BIGINT NOT NULL,
    -- The event's name, repeated from detail so that an auditor can ask for it.
    kind TEXT NOT NULL,
    -- In which quality somebody did it: system, visitor (proved nothing), holder (proved, or holds a link), officer.
    actor TEXT NOT NULL,
    -- The account it is about, if one is known.
    account_id BLOB,
    -- The recovery case it is about.
    case_id BLOB,
    -- Keyed digest of the employer's identifier and branch, where no account may be named.
    identifier BLOB,
    -- The address of the network the request came from.
    source TEXT,
    -- The event as JSON. No cédula, e-mail, phone, token, answer or password.
    detail TEXT NOT NULL,
    -- The place in the chain, 1 and up without gaps; NULL until the sealing job has come by.
    sequence BIGINT UNIQUE,
    -- HMAC-SHA-256 over the previous seal and every column above.
    seal BLOB
);

-- The history of an account and of a case, in order.
CREATE INDEX audit_events_account ON audit_events (account_id, at);
CREATE INDEX audit_events_case ON audit_events (case_id, at);
-- What is still to be sealed, oldest first.
CREATE INDEX audit_events_unsealed ON audit_events (at, id) WHERE sequence IS NULL;

-- The end of the chain: exactly one row. Its lock lets one sealer work at a time, on any number of nodes.
CREATE TABLE audit_chain (
    -- Always 1.
    id BIGINT NOT NULL PRIMARY KEY,
    -- The sequence of the last sealed event; 0 when there is none.
    sequence BIGINT NOT NULL,
    -- The seal of that event; 32 zero bytes when there is none.
    seal BLOB NOT NULL,
    -- When it was sealed, microseconds since 1970 UTC.
    sealed_at BIGINT NOT NULL
);

INSERT INTO audit_chain (id, sequence, seal, sealed_at) VALUES (1, 0, zeroblob(32), 0);
