-- Signed requests: cases, the requests that were issued, the evidence of what was judged, and what waits for a person. Times are
-- microseconds since 1970 UTC.

-- One row a case. Changed by compare-and-swap on its version only.
CREATE TABLE signature_cases (
    id BLOB NOT NULL PRIMARY KEY,
    -- Goes up by one with each change.
    version BIGINT NOT NULL,
    -- Keyed digest of the cookie of the browser that may see the case.
    cookie BLOB NOT NULL UNIQUE,
    -- The case's reference, repeated from the document. The case that waits for the request has the same.
    reference TEXT NOT NULL,
    -- The case as JSON: reference, purpose, terms, stage.
    document TEXT NOT NULL,
    -- The stage's name, repeated from the document.
    stage TEXT NOT NULL,
    -- Keyed digest of employer and branch.
    subject BLOB NOT NULL,
    -- The account of employer and branch, if there is one. Unknown employers have cases too.
    account_id BLOB,
    -- The case of recovery that waits for it, or the one of unlocking: one of them, or neither.
    recovery_id BLOB,
    unlock_id BLOB,
    -- What was typed (employer, branch, representative, and the new contact), as JSON. NULL when the case is over.
    asked TEXT,
    -- The new contact, masked; NULL where none is asked for.
    contact TEXT,
    -- The verdict on the last file as its page shows it, as JSON; NULL until one was judged.
    verdict TEXT,
    -- When the hold of the new contact ends; NULL where none is held.
    held_until BIGINT,
    -- The language of the messages.
    language TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- When the stage ends by itself; NULL when the case is over.
    deadline BIGINT
);

CREATE INDEX signature_cases_reference ON signature_cases (reference);
CREATE INDEX signature_cases_deadline ON signature_cases (deadline);
CREATE INDEX signature_cases_changed ON signature_cases (changed_at);

-- One row a request that was issued.
CREATE TABLE signature_requests (
    case_id BLOB NOT NULL REFERENCES signature_cases (id),
    -- Which of the case's requests: 1, 2, …
    number BIGINT NOT NULL,
    -- Printed on the request: 128 random bits, used for no other request. No secret.
    nonce BLOB NOT NULL UNIQUE,
    -- The request's bytes, as they were issued.
    document_id BLOB NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- When a signature on it passed.
    used_at BIGINT,
    PRIMARY KEY (case_id, number)
);

-- One row a file whose evidence is kept: it passed, or a person is to decide. Outlives the case.
CREATE TABLE signature_evidence (
    id BLOB NOT NULL PRIMARY KEY,
    case_id BLOB NOT NULL,
    -- The case's reference.
    reference TEXT NOT NULL,
    account_id BLOB,
    -- total_passed or indeterminate.
    outcome TEXT NOT NULL,
    -- The request as it was issued, the file as it came, and the opinion with certificates and answers.
    request_document BLOB NOT NULL,
    file_document BLOB NOT NULL,
    opinion_document BLOB NOT NULL,
    judged_at BIGINT NOT NULL
);

CREATE INDEX signature_evidence_case ON signature_evidence (case_id);
CREATE INDEX signature_evidence_judged ON signature_evidence (judged_at);

-- One row a request that a person is to decide about.
CREATE TABLE signature_referrals (
    id BLOB NOT NULL PRIMARY KEY,
    -- What its applicant quotes: F-7K3M-2Q.
    number TEXT NOT NULL UNIQUE,
    evidence_id BLOB NOT NULL REFERENCES signature_evidence (id),
    account_id BLOB,
    -- What was typed (employer, branch, representative, and the new contact), as JSON.
    asked TEXT NOT NULL,
    -- The verdict, as JSON.
    verdict TEXT NOT NULL,
    -- The language of the messages.
    language TEXT NOT NULL,
    -- open, until somebody has decided.
    state TEXT NOT NULL,
    referred_at BIGINT NOT NULL
);

CREATE INDEX signature_referrals_state ON signature_referrals (state, referred_at);
CREATE INDEX signature_referrals_evidence ON signature_referrals (evidence_id);
