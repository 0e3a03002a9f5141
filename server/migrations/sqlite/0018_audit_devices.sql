-- With what somebody acted, as the history of an account tells it.

-- Which browser, as a word: chrome, firefox, …; part of the seal where there is one. NULL where a job acted, where the browser was
-- not remembered, and in events of before this column.
ALTER TABLE audit_events ADD COLUMN browser TEXT;
-- On which system, as a word: windows, android, …; NULL where `browser` is.
ALTER TABLE audit_events ADD COLUMN system TEXT;
