-- Appointments at the centres: holds, bookings, waiting lists, and who may look after one. Times are microseconds since 1970 UTC.

-- One row an appointment, or a wait for one.
CREATE TABLE appointment_cases (
    id UUID NOT NULL PRIMARY KEY,
    -- Goes up by one with every change; a writer replaces only the version that it has read.
    version BIGINT NOT NULL,
    -- The state machine as JSON.
    document TEXT NOT NULL,
    -- Where it stands, as in the document.
    stage TEXT NOT NULL,
    -- When something happens by itself; NULL where nothing is awaited.
    deadline BIGINT,
    -- What its owner quotes: T-7K3M-2Q.
    code TEXT NOT NULL UNIQUE,
    -- Where it is, or where somebody waits.
    centre_id UUID NOT NULL REFERENCES centres (id),
    -- The place it has or had; NULL for somebody who never got one.
    starts_at BIGINT,
    lane BIGINT,
    -- Keyed digests of the representative's number and of the employer's, for searches; NULL once what was typed is forgotten.
    person BYTEA,
    employer BYTEA,
    -- What was typed, as JSON: employer, branch, representative. Personal; NULL once it is forgotten.
    asked TEXT,
    -- Where its mails go. Personal; NULL before the confirmation and once it is forgotten.
    email TEXT,
    language TEXT NOT NULL,
    -- When the next reminder is due; NULL for none.
    remind_at BIGINT,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX appointment_cases_deadline ON appointment_cases (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX appointment_cases_reminder ON appointment_cases (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX appointment_cases_day ON appointment_cases (centre_id, starts_at);
CREATE INDEX appointment_cases_waiting ON appointment_cases (centre_id, opened_at) WHERE stage = 'waiting';
CREATE INDEX appointment_cases_person ON appointment_cases (person);
CREATE INDEX appointment_cases_employer ON appointment_cases (employer);

-- The places that are somebody's. The key is the promise: two people never get one place.
CREATE TABLE places_taken (
    centre_id UUID NOT NULL REFERENCES centres (id),
    starts_at BIGINT NOT NULL,
    -- Which of the places of that time, from 1.
    lane BIGINT NOT NULL,
    -- No reference: the place is taken before its appointment is written.
    appointment_id UUID NOT NULL,
    -- When it is given back unless somebody confirms it; NULL for one that is booked.
    kept_until BIGINT,
    PRIMARY KEY (centre_id, starts_at, lane)
);

CREATE INDEX places_taken_appointment ON places_taken (appointment_id);

-- How many open appointments a person has for a procedure: each takes one of as many numbers as the policy gives.
CREATE TABLE appointments_open (
    -- The keyed digest of the representative's number.
    person BYTEA NOT NULL,
    procedure TEXT NOT NULL,
    -- From 1.
    number BIGINT NOT NULL,
    appointment_id UUID NOT NULL,
    PRIMARY KEY (person, procedure, number)
);

CREATE INDEX appointments_open_appointment ON appointments_open (appointment_id);

-- The browsers that may look after an appointment: the one that made it, and those that opened a link of its mails or knew its code.
CREATE TABLE appointment_browsers (
    -- The keyed digest of the cookie.
    cookie BYTEA NOT NULL PRIMARY KEY,
    appointment_id UUID NOT NULL REFERENCES appointment_cases (id),
    made_at BIGINT NOT NULL
);

CREATE INDEX appointment_browsers_appointment ON appointment_browsers (appointment_id);

-- The links of its mails. They open the appointment's page and nothing else, as often as somebody likes.
CREATE TABLE appointment_links (
    id UUID NOT NULL PRIMARY KEY,
    -- The keyed digest of the token.
    token BYTEA NOT NULL UNIQUE,
    appointment_id UUID NOT NULL REFERENCES appointment_cases (id),
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX appointment_links_appointment ON appointment_links (appointment_id);
