-- What is not kept for longer than it has to be, and what an act names. Times are microseconds since 1970 UTC.

-- What an act was about, as far as it was about one: a document under a legal hold, a person's request about their data.
ALTER TABLE staff_acts ADD COLUMN document_id BLOB;
ALTER TABLE staff_acts ADD COLUMN data_request_id BLOB;
-- The officer's words are forgotten after a while; the act stays.
CREATE INDEX staff_acts_words ON staff_acts (at) WHERE reason IS NOT NULL;

-- Of a visit whose people are forgotten nobody finds any more whose it was: the keyed digests of employer and representative become
-- NULL with what was typed.
-- One row a visit. Changed by compare-and-swap on its version only.
CREATE TABLE visits_anew (
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
    -- Keyed digests, for the search: of the employer's number, and of the representative's. NULL as above.
    employer BLOB,
    representative BLOB,
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

INSERT INTO visits_anew (id, version, centre_id, day, number, appointment_id, code, starts_at, procedure, mode, identity, employer, representative, state,
    officer_id, counter, arrived_at, called_at, began_at, ended_at)
SELECT id, version, centre_id, day, number, appointment_id, code, starts_at, procedure, mode, identity, employer, representative, state,
    officer_id, counter, arrived_at, called_at, began_at, ended_at
FROM visits;
DROP TABLE visits;
ALTER TABLE visits_anew RENAME TO visits;

-- Two people never have one number, and nobody calls two people at once, whatever the code does.
CREATE UNIQUE INDEX visits_number ON visits (centre_id, day, number);
CREATE UNIQUE INDEX visits_officer ON visits (officer_id) WHERE state IN ('called', 'in_service');
CREATE INDEX visits_state ON visits (state, day);
CREATE INDEX visits_employer ON visits (employer, arrived_at);
CREATE INDEX visits_representative ON visits (representative, arrived_at);
CREATE INDEX visits_code ON visits (code);
CREATE INDEX visits_arrived ON visits (arrived_at);

UPDATE visits SET employer = NULL, representative = NULL WHERE identity IS NULL;
