-- The institution's words, as its administrators changed them. Times are microseconds since 1970 UTC.

-- Images as they are shown. One that was sent and never saved goes with the next change.
CREATE TABLE institution_logos (
    id UUID NOT NULL PRIMARY KEY,
    -- Made anew from the points of what was sent.
    png BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);

-- One row at most; without one, the configuration's words hold.
CREATE TABLE institution (
    -- Always 1.
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    logo_id UUID REFERENCES institution_logos (id),
    changed_at BIGINT NOT NULL
);
