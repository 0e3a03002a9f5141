-- Visits to a centre, or by video: who waits, who was called where, who was served. Times are microseconds since 1970 UTC.

-- One row a visit. Changed by compare-and-swap on its version only.
CREATE TABLE visits (
    id BLOB NOT NULL PRIMARY KEY,
    -- Goes up by one with each change.
    version BIGINT NOT NULL,
    centre_id BLOB NOT NULL,
    -- The day on the centre's calendar, YYYY-MM-DD.
    day TEXT NOT NULL,
    -- What the person is called by: 1, 2, … of this centre and day.
    number BIGINT NOT NULL,
    -- The appointment that it comes from; NULL for a walk-in.
    appointment_id BLOB UNIQUE,
    -- The appointment's code and time, repeated from its row; NULL for a walk-in.
    code TEXT,
    starts_at BIGINT,
    -- recovery, unlock, contact, passkey, signature.
    procedure TEXT NOT NULL,
    -- in_person, video.
    mode TEXT NOT NULL,
    -- What was typed (employer, branch, representative), as JSON. NULL when its time is over.
    identity TEXT,
    -- Keyed digests, for the search: of the employer's number, and of the representative's.
    employer BLOB NOT NULL,
    representative BLOB NOT NULL,
    -- waiting, called, in_service, done, no_show.
    state TEXT NOT NULL,
    -- Who called or serves, or did so last; NULL while nobody has.
    officer_id BLOB,
    -- The counter that it was called to; NULL as above.
    counter BIGINT,
    arrived_at BIGINT NOT NULL,
    -- The call that counts: the last one. NULL while it waits.
    called_at BIGINT,
    began_at BIGINT,
    ended_at BIGINT
);

-- Two people never have one number, and nobody calls two people at once, whatever the code does.
CREATE UNIQUE INDEX visits_number ON visits (centre_id, day, number);
CREATE UNIQUE INDEX visits_officer ON visits (officer_id) WHERE state IN ('called', 'in_service');
CREATE INDEX visits_state ON visits (state, day);
CREATE INDEX visits_employer ON visits (employer, arrived_at);
CREATE INDEX visits_representative ON visits (representative, arrived_at);
CREATE INDEX visits_code ON visits (code);
CREATE INDEX visits_arrived ON visits (arrived_at);

-- One row a centre and day: the last number that was given.
CREATE TABLE visit_numbers (
    centre_id BLOB NOT NULL,
    day TEXT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (centre_id, day)
);

-- One row an officer: the counter of the day. One of an earlier day is worth nothing.
CREATE TABLE visit_counters (
    staff_id BLOB NOT NULL PRIMARY KEY,
    centre_id BLOB NOT NULL,
    day TEXT NOT NULL,
    counter BIGINT NOT NULL,
    chosen_at BIGINT NOT NULL
);

-- Nobody sits where somebody sits.
CREATE UNIQUE INDEX visit_counters_taken ON visit_counters (centre_id, day, counter);
