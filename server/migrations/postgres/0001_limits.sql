-- Counters of requests: how often something happened within a window. Shared by all nodes.
CREATE TABLE rate_limits (
    -- Keyed digest of what is counted (source, identifier or destination, with the name of the limit).
    bucket BYTEA NOT NULL PRIMARY KEY,
    -- Start of the current window, microseconds since 1970 UTC.
    window_start BIGINT NOT NULL,
    -- How often within the window.
    count BIGINT NOT NULL
);
