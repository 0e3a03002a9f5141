-- Centres: where people are served, and when. Times are microseconds since 1970 UTC.

-- One row a centre. Slots are computed of it, never stored.
CREATE TABLE centres (
    id UUID NOT NULL PRIMARY KEY,
    -- What the institution calls it in its files: an import changes the centre of the same code.
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Two digits, 01 to 24.
    province TEXT NOT NULL,
    canton TEXT NOT NULL,
    address TEXT NOT NULL,
    -- Millionths of degrees; both or neither.
    latitude BIGINT,
    longitude BIGINT,
    -- A page with a map, where the institution gave one.
    map_link TEXT,
    -- mon-fri 08:00-16:30; sat 09:00-12:00, by the centre's clocks.
    hours TEXT NOT NULL,
    -- How many people it serves at once; counters are numbered from 1.
    counters BIGINT NOT NULL,
    -- Words with commas: recovery, unlock, contact, passkey, signature.
    procedures TEXT NOT NULL,
    -- Words with commas: in_person, video.
    modes TEXT NOT NULL,
    -- When it ceased to serve for good; the row stays, because appointments and visits name it. NULL while it serves.
    closed_at BIGINT,
    -- Goes up by one whenever its slots may have changed. Part of a unique index on purpose: on PostgreSQL an UPDATE of it then
    -- waits for every transaction that has written a row which refers to the centre, and the next such row waits for the UPDATE.
    -- So whoever writes such a row first and looks at the slots afterwards never keeps a place that has just gone.
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX centres_version ON centres (id, version);
CREATE INDEX centres_province ON centres (province, name);

-- Days on which a centre does not serve.
CREATE TABLE centre_holidays (
    id UUID NOT NULL PRIMARY KEY,
    -- NULL for a national holiday, on which no centre serves.
    centre_id UUID REFERENCES centres (id),
    -- YYYY-MM-DD by the centre's calendar.
    day TEXT NOT NULL,
    name TEXT NOT NULL
);

CREATE UNIQUE INDEX centre_holidays_own ON centre_holidays (centre_id, day) WHERE centre_id IS NOT NULL;
CREATE UNIQUE INDEX centre_holidays_national ON centre_holidays (day) WHERE centre_id IS NULL;

-- Stretches of time in which a centre does not serve.
CREATE TABLE centre_closures (
    id UUID NOT NULL PRIMARY KEY,
    centre_id UUID NOT NULL REFERENCES centres (id),
    from_at BIGINT NOT NULL,
    -- The first instant after it.
    until_at BIGINT NOT NULL
);

CREATE INDEX centre_closures_centre ON centre_closures (centre_id, until_at);
