-- Requests of people about what is kept about them. Times are microseconds since 1970 UTC.

-- One row a request. The words of whoever registered, answered and closed it stand with the staff's acts.
CREATE TABLE data_requests (
    id UUID NOT NULL PRIMARY KEY,
    -- access, deletion.
    kind TEXT NOT NULL,
    -- Who asks for which account: RUC or cédula, branch, cédula or foreigner's code.
    employer TEXT NOT NULL,
    branch TEXT NOT NULL,
    representative TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    -- open, answered, refused.
    state TEXT NOT NULL,
    -- When it was done what it asks for, last; NULL until it was.
    done_at BIGINT,
    -- Who registered it, and who closed it.
    opened_by UUID NOT NULL,
    closed_by UUID,
    opened_at BIGINT NOT NULL,
    -- When it ended; the row goes some years later.
    closed_at BIGINT
);

CREATE INDEX data_requests_state ON data_requests (state, due_at);
CREATE INDEX data_requests_closed ON data_requests (closed_at);
