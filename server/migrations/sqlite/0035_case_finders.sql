-- By what the desk finds a case: somebody at a counter has a cédula and a RUC, and seldom the reference. Times are microseconds since 1970
-- UTC.

-- One row a case of recovery, unlocking or a signed request, written with the case; there is none for cases of before this table.
CREATE TABLE case_finders (
    -- recovery, unlock, signature.
    procedure TEXT NOT NULL,
    -- The case's row in recovery_cases, unlock_cases or signature_cases.
    case_id BLOB NOT NULL,
    -- Keyed digests of the employer's number, whatever the branch, and of the representative's.
    employer BLOB NOT NULL,
    representative BLOB NOT NULL,
    opened_at BIGINT NOT NULL,
    PRIMARY KEY (procedure, case_id)
);

CREATE INDEX case_finders_employer ON case_finders (employer, opened_at);
CREATE INDEX case_finders_representative ON case_finders (representative, opened_at);
CREATE INDEX case_finders_opened ON case_finders (opened_at);

-- A reference is quoted whatever the case waits for.
CREATE INDEX recovery_cases_reference ON recovery_cases (reference);
CREATE INDEX unlock_cases_reference ON unlock_cases (reference);
