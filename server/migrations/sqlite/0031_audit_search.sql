-- The audit log as auditors search it: by time, and by what happened.

CREATE INDEX audit_events_at ON audit_events (at, id);
CREATE INDEX audit_events_kind ON audit_events (kind, at);
CREATE INDEX audit_events_identifier ON audit_events (identifier, at);
