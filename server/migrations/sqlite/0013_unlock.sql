-- Unblocking an account: cases and links. Times are microseconds since 1970 UTC. No row holds a token or an employer's number
-- for longer than another proof may need it: those are keyed digests.

-- One row a case. Changed by compare-and-swap on its version only.
CREATE TABLE unlock_cases (
    id BLOB NOT NULL PRIMARY KEY,
    -- Goes up by one with each change.
    version BIGINT NOT NULL,
    -- Keyed digest of the cookie of the browser that may see the case.
    cookie BLOB NOT NULL UNIQUE,
    -- The case as JSON: reference, route, terms, stage.
    document TEXT NOT NULL,
    -- The stage's name, repeated from the document.
    stage TEXT NOT NULL,
    -- Keyed digest of employer and branch.
    subject BLOB NOT NULL,
    -- The account of employer and branch, if there is one. Unknown employers have cases too.
    account_id BLOB,
    -- What was typed (employer, branch, representative), as JSON: to ask the registries. NULL from the proof on.
    identification TEXT,
    -- What the authenticator is asked, as JSON, with the challenge, which is no secret from this browser; NULL where no passkey
    -- is to be shown.
    asked TEXT,
    -- The language of the messages.
    language TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- When the stage ends by itself; NULL when the case is over.
    deadline BIGINT
);

CREATE INDEX unlock_cases_account ON unlock_cases (account_id);
CREATE INDEX unlock_cases_deadline ON unlock_cases (deadline);
CREATE INDEX unlock_cases_changed ON unlock_cases (changed_at);

-- One row a link that was made for a message.
CREATE TABLE unlock_links (
    id BLOB NOT NULL PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES unlock_cases (id),
    account_id BLOB NOT NULL,
    -- Keyed digest of the token.
    token BLOB NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    -- Provisional until the message was accepted.
    expires_at BIGINT NOT NULL,
    -- When it unblocked the account.
    used_at BIGINT,
    -- When it ended without that.
    ended_at BIGINT,
    -- Why it ended: replaced (a newer link), closed (its case is over or went back).
    ended_because TEXT
);

CREATE INDEX unlock_links_case ON unlock_links (case_id);
-- Never two open links for an account, whatever the code does.
CREATE UNIQUE INDEX unlock_links_open ON unlock_links (account_id) WHERE used_at IS NULL AND ended_at IS NULL;
