-- Messages to be sent, and what became of them. No token, no secret, and no address that can be looked up at the send.
CREATE TABLE outbox (
    id UUID NOT NULL PRIMARY KEY,
    -- What is told: the name of the message's kind.
    kind TEXT NOT NULL,
    -- Whom it is for, where it is an account: the address is looked up at each send.
    account_id UUID,
    -- The recovery case it belongs to.
    case_id UUID,
    -- The language it is written in: es, en.
    language TEXT NOT NULL,
    -- What the text needs, as JSON: reference, masked employer, times. Nothing that identifies a person.
    facts TEXT NOT NULL,
    -- The address a visitor typed for a deliverability test; cleared when the message is finished.
    address TEXT,
    -- queued, sending, accepted, rejected, expired or dropped.
    state TEXT NOT NULL,
    -- How often it was taken up to be sent. Together with the state it is the lease's name.
    attempts BIGINT NOT NULL,
    -- Times below are microseconds since 1970 UTC.
    queued_at BIGINT NOT NULL,
    -- When it is due: the next try, or, while it is being sent, the end of the lease.
    due_at BIGINT NOT NULL,
    -- When trying ends.
    expires_at BIGINT NOT NULL,
    -- When it was accepted, rejected or given up.
    finished_at BIGINT,
    -- The mail server's last answer: its three-digit code, or 0 where there was none.
    last_code BIGINT
);

-- What is to be done, by its time.
CREATE INDEX outbox_due ON outbox (due_at) WHERE finished_at IS NULL;
-- How many left lately, for the mail budget.
CREATE INDEX outbox_accepted ON outbox (finished_at) WHERE state = 'accepted';
