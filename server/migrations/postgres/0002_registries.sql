-- What was imported from official sources. Read by primary key only; written by `clavero import` and `clavero demo`.
-- Dates are text, YYYY-MM-DD. On SQLite these tables are their own index (WITHOUT ROWID): one tree to write and to read.

-- Taxpayers of the SRI's open files, one row a RUC.
CREATE TABLE taxpayers (
    ruc TEXT NOT NULL PRIMARY KEY,
    -- Registered name.
    name TEXT NOT NULL,
    -- active, suspended, passive.
    status TEXT NOT NULL,
    -- natural_person, legal_entity; empty where the file does not say.
    kind TEXT,
    -- Start of activities; not the day the RUC was issued.
    started_on TEXT,
    -- Day of the SRI's own last change. A row of an older day never replaces a newer one.
    updated_on TEXT
);

-- Establishments of the SRI's open files, one row a number within the RUC; the lowest open one is the head office.
CREATE TABLE establishments (
    ruc TEXT NOT NULL,
    -- 1 to 999.
    number BIGINT NOT NULL,
    trade_name TEXT,
    -- open, closed; empty where the file does not say.
    status TEXT,
    province TEXT,
    canton TEXT,
    parish TEXT,
    -- Code and text of the activity (CIIU).
    activity_code TEXT,
    activity TEXT,
    PRIMARY KEY (ruc, number)
);

-- What the open files leave out about a RUC: the two dates of the registration.
CREATE TABLE registrations (
    ruc TEXT NOT NULL PRIMARY KEY,
    -- Day the RUC was issued.
    issued_on TEXT,
    -- Day the legal entity was incorporated.
    incorporated_on TEXT
);

-- Natural persons.
CREATE TABLE persons (
    -- Cédula or foreigner's code.
    id TEXT NOT NULL PRIMARY KEY,
    given_names TEXT NOT NULL,
    surnames TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    -- JSON: [{"street", "canton"}], newest first.
    previous_addresses TEXT NOT NULL
);

-- Who represents an employer today, one row an employer.
CREATE TABLE appointments (
    employer TEXT NOT NULL PRIMARY KEY,
    -- Cédula or foreigner's code.
    representative TEXT NOT NULL,
    registered_on TEXT
);

-- Employers in the social security institute's records, one row a branch. Contacts are the account's, not here.
CREATE TABLE employer_records (
    employer TEXT NOT NULL,
    branch TEXT NOT NULL,
    name TEXT NOT NULL,
    representative TEXT NOT NULL,
    -- JSON: [{"month": "YYYY-MM", "workers"}], oldest first.
    workers TEXT NOT NULL,
    -- JSON: [{"street", "canton"}], newest first.
    previous_addresses TEXT NOT NULL,
    -- The account that is debited: both or neither.
    debit_bank TEXT,
    debit_last_four TEXT,
    PRIMARY KEY (employer, branch)
);
