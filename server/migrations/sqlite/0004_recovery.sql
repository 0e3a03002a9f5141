-- Recovering a password: cases, links, and the questions with their attempts. Times are microseconds since 1970 UTC.
-- No row holds a token, an answer, or an employer's number: those are keyed digests.

-- What one employer, branch and representative is asked. The same for 24 hours, so that nobody can shop for questions.
CREATE TABLE question_sets (
    id BLOB NOT NULL PRIMARY KEY,
    -- Keyed digest of employer, branch and representative; NULL once a newer set has taken its place (open cases keep
    -- theirs).
    asked BLOB UNIQUE,
    -- The questions with their choices, as JSON.
    questions TEXT NOT NULL,
    -- Keyed digest of all right answers together; random bytes where no answer is right.
    expected BLOB NOT NULL,
    drawn_at BIGINT NOT NULL,
    -- From here on a new set is drawn.
    expires_at BIGINT NOT NULL
);

CREATE INDEX question_sets_expires ON question_sets (expires_at);

-- Answers that were judged, or are being judged: written before comparing. A subject has as many slots as the policy
-- gives attempts, and a slot is free again when its time is out of the window.
CREATE TABLE challenge_attempts (
    -- Keyed digest of employer and branch.
    subject BLOB NOT NULL,
    -- 0 and up, below the policy's attempts.
    slot BIGINT NOT NULL,
    -- When it was taken.
    at BIGINT NOT NULL,
    -- Which submission took it.
    taken_by BLOB NOT NULL,
    PRIMARY KEY (subject, slot)
);

CREATE INDEX challenge_attempts_at ON challenge_attempts (at);

-- Pauses of the online recovery, kept as history.
CREATE TABLE suspensions (
    id BLOB NOT NULL PRIMARY KEY,
    -- Keyed digest of employer and branch.
    subject BLOB NOT NULL,
    -- The account, where there is one.
    account_id BLOB,
    began_at BIGINT NOT NULL,
    -- When it ends by itself.
    until BIGINT NOT NULL
);

CREATE INDEX suspensions_subject ON suspensions (subject, until);

-- One row a case. Changed by compare-and-swap on its version only.
CREATE TABLE recovery_cases (
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
    -- The set that is asked.
    question_set BLOB,
    -- The account of employer and branch, if there is one. Unknown employers have cases too.
    account_id BLOB,
    -- Whether the taxpayer was active when the registries were asked: 0 or 1; NULL as long as they did not answer.
    taxpayer_active BIGINT,
    -- What was typed (employer, branch, representative), as JSON: to ask a registry again. NULL from the proof on.
    identification TEXT,
    -- The language of the mails: es, en.
    language TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- When the stage ends by itself; NULL when the case is over.
    deadline BIGINT
);

CREATE INDEX recovery_cases_account ON recovery_cases (account_id);
CREATE INDEX recovery_cases_deadline ON recovery_cases (deadline);
CREATE INDEX recovery_cases_changed ON recovery_cases (changed_at);
-- Whether a set that is over is still asked.
CREATE INDEX recovery_cases_question_set ON recovery_cases (question_set);

-- One row a link that was made for a mail.
CREATE TABLE recovery_links (
    id BLOB NOT NULL PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES recovery_cases (id),
    account_id BLOB NOT NULL,
    -- Keyed digest of the token.
    token BLOB NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    -- Provisional until the mail server has accepted the message.
    expires_at BIGINT NOT NULL,
    -- When it set a password.
    used_at BIGINT,
    -- When it ended without one.
    ended_at BIGINT,
    -- Why it ended: replaced (a newer link), closed (its case is over).
    ended_because TEXT
);

CREATE INDEX recovery_links_case ON recovery_links (case_id);
CREATE INDEX recovery_links_made ON recovery_links (made_at);
-- Never two open links for an account, whatever the code does.
CREATE UNIQUE INDEX recovery_links_open ON recovery_links (account_id) WHERE used_at IS NULL AND ended_at IS NULL;
