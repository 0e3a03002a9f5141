-- What the full bank of questions is asked from, and the gaps that real records have. Dates are text, YYYY-MM-DD.

-- The canton of birth: both or neither; empty for people born abroad.
ALTER TABLE persons ADD COLUMN birth_province TEXT;
ALTER TABLE persons ADD COLUMN birth_canton TEXT;
-- Day of the marriage that stands today.
ALTER TABLE persons ADD COLUMN married_on TEXT;
-- JSON: {"street", "canton"}; where the person lives. Never asked: it must not be offered as a wrong answer.
ALTER TABLE persons ADD COLUMN address TEXT;

-- Day of the registration as an employer.
ALTER TABLE employer_records ADD COLUMN registered_on TEXT;
-- YYYY-MM: the month for which the first worker was registered.
ALTER TABLE employer_records ADD COLUMN first_worker_in TEXT;
-- How many branches the employer has; empty: as many as it has rows here.
ALTER TABLE employer_records ADD COLUMN branches BIGINT;
-- JSON: {"street", "canton"}; where the branch is. Never asked, as above.
ALTER TABLE employer_records ADD COLUMN address TEXT;

-- Of which questions real records hold the answer, without a word about whose they are: what is made up about unknown
-- identifiers has the same gaps. The first record that comes to a slot stays until it is purged.
CREATE TABLE record_shapes (
    -- company, public, person: an employer of that bank. representative: a person.
    about TEXT NOT NULL,
    -- Of a keyed digest of the identifier.
    slot BIGINT NOT NULL,
    -- JSON: kinds of questions.
    shape TEXT NOT NULL,
    -- Microseconds since 1970.
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (about, slot)
);
