-- What authorities answered about revocation.

-- Answers that an examination relied on, to spare the authority the next question. Nothing of them is believed because it stands here:
-- each is verified again at each use.
CREATE TABLE revocation_answers (
    -- SHA-256 of the question: its kind, its address and its bytes.
    question   BYTEA NOT NULL PRIMARY KEY,
    -- As the authority sent it (DER).
    answer     BYTEA NOT NULL,
    -- How many bytes it has.
    size       BIGINT NOT NULL,
    -- When it was fetched.
    fetched_at BIGINT NOT NULL,
    -- From when on the authority is asked again.
    stale_at   BIGINT NOT NULL
);
CREATE INDEX revocation_answers_fetched_at ON revocation_answers (fetched_at);
