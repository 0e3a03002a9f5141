-- Staff: who serves people, sees figures, audits and keeps the desk, and how they sign in. Times are microseconds since 1970 UTC.

-- One row a member of the staff. It stays when they leave, so that what they did has a name.
CREATE TABLE staff (
    id UUID NOT NULL PRIMARY KEY,
    -- As an administrator wrote it.
    name TEXT NOT NULL,
    -- Where invitations go, and with what they sign in; in lower case.
    email TEXT NOT NULL,
    -- The language of messages: es, en, qu.
    language TEXT NOT NULL,
    -- agent, supervisor, auditor or administrator.
    role TEXT NOT NULL,
    -- The centre they work at; NULL for all of them.
    centre_id UUID,
    -- Argon2id as a PHC string, peppered; NULL until an invitation was used, and again from a reset on.
    password_hash TEXT,
    password_set_at BIGINT,
    -- The secret of their one-time codes, encrypted with a key that this database does not hold; NULL where a passkey is the second
    -- factor.
    totp_secret BYTEA,
    -- The last half minute whose code was used: it and those before it are worth nothing any more.
    totp_step BIGINT,
    -- Wrong second factors in a row, after a right password.
    second_factor_failures BIGINT NOT NULL,
    -- When somebody who knew the password failed too often at the second factor; a reset lifts it.
    blocked_at BIGINT,
    -- When they were invited, as long as that stands: NULL when the invitation was used.
    invited_at BIGINT,
    created_at BIGINT NOT NULL,
    -- The last sign-in.
    signed_in_at BIGINT,
    -- When their access was ended for good.
    ended_at BIGINT,
    -- Goes up by one with each change.
    version BIGINT NOT NULL
);

-- Nobody works here twice at a time.
CREATE UNIQUE INDEX staff_email ON staff (email) WHERE ended_at IS NULL;

-- Links with which members of the staff set their password and their second factor.
CREATE TABLE staff_invitations (
    id UUID NOT NULL PRIMARY KEY,
    staff_id UUID NOT NULL REFERENCES staff (id),
    -- Keyed digest of the token.
    token BYTEA NOT NULL UNIQUE,
    -- The secret of one-time codes that was shown last with it, encrypted; NULL while none was.
    totp_secret BYTEA,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- When it set a password.
    used_at BIGINT,
    -- When it was worth nothing any more: a newer one was made, or the member was ended.
    replaced_at BIGINT
);

CREATE INDEX staff_invitations_staff ON staff_invitations (staff_id);
CREATE INDEX staff_invitations_expires ON staff_invitations (expires_at);

-- Passkeys of the staff: public halves of keys in their devices. A reset removes them; the row stays, so that a removed credential is
-- never accepted again.
CREATE TABLE staff_passkeys (
    id UUID NOT NULL PRIMARY KEY,
    staff_id UUID NOT NULL REFERENCES staff (id),
    -- The name that the device gave to the credential.
    credential_id BYTEA NOT NULL UNIQUE,
    -- The public key and what was found out at the enrolment, as webauthn-rs serialises it (JSON).
    credential TEXT NOT NULL,
    -- What its owner calls it.
    name TEXT NOT NULL,
    -- The device's signature counter at the last use; 0 for ever with devices that do not count.
    sign_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When it signed last; NULL when it never did.
    used_at BIGINT,
    -- When it was removed; NULL while it works.
    removed_at BIGINT
);

CREATE INDEX staff_passkeys_staff ON staff_passkeys (staff_id);

-- Challenges that wait for a device's answer: at most one an invitation or session, deleted with the first answer.
CREATE TABLE staff_ceremonies (
    -- The invitation, or the session that signs in or unlocks.
    subject_id UUID NOT NULL PRIMARY KEY,
    -- What webauthn-rs compares the answer with (JSON): the challenge, and no secret.
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX staff_ceremonies_expires ON staff_ceremonies (expires_at);

-- Sessions of the staff. One that ends is deleted; what happened is in audit_events.
CREATE TABLE staff_sessions (
    id UUID NOT NULL PRIMARY KEY,
    -- Keyed digest of the cookie.
    token BYTEA NOT NULL UNIQUE,
    staff_id UUID NOT NULL REFERENCES staff (id),
    -- What the browser said of itself, in our own words: never the header.
    browser TEXT NOT NULL,
    system TEXT NOT NULL,
    -- The network of the sign-in (an IPv4 /24, an IPv6 /48): never the address.
    network TEXT,
    -- The officer's sign-in before this one; NULL when there was none.
    previous_at BIGINT,
    -- When the password was right.
    began_at BIGINT NOT NULL,
    -- When the second factor was right; NULL until then, and such a session opens nothing.
    proved_at BIGINT,
    -- When a use was noted last; at most once a minute. A session that nobody uses is locked, not over.
    used_at BIGINT NOT NULL,
    -- When its officer locked it; NULL when nobody did, and again when it was unlocked.
    locked_at BIGINT,
    -- When it ends in any case.
    expires_at BIGINT NOT NULL
);

CREATE INDEX staff_sessions_staff ON staff_sessions (staff_id);
CREATE INDEX staff_sessions_expires ON staff_sessions (expires_at);

-- Attempts to prove a password or a second factor: a slot each, as many as failures close. Right ones give their slot back.
CREATE TABLE staff_attempts (
    -- Keyed digest of whose attempts these are: an address and a network, known or not.
    counter BYTEA NOT NULL,
    -- 1 and up.
    slot BIGINT NOT NULL,
    -- When it was taken, before anything was compared.
    at BIGINT NOT NULL,
    -- The attempt that took it.
    taken_by UUID NOT NULL,
    PRIMARY KEY (counter, slot)
);

CREATE INDEX staff_attempts_at ON staff_attempts (at);

-- What the staff did and looked at, with the reason in their words. Here and not in the audit log, which holds no personal data: the
-- event of each act names its row.
CREATE TABLE staff_acts (
    id UUID NOT NULL PRIMARY KEY,
    staff_id UUID NOT NULL REFERENCES staff (id),
    at BIGINT NOT NULL,
    -- The deed's name.
    deed TEXT NOT NULL,
    -- Why, in the officer's words; NULL where the deed asks for none.
    reason TEXT,
    -- What it was about, as far as it was about one.
    account_id UUID,
    case_id UUID,
    dossier_id UUID,
    visit_id UUID,
    appointment_id UUID,
    centre_id UUID,
    -- Another member of the staff.
    member_id UUID
);

CREATE INDEX staff_acts_staff ON staff_acts (staff_id, at);
CREATE INDEX staff_acts_account ON staff_acts (account_id, at);
CREATE INDEX staff_acts_dossier ON staff_acts (dossier_id, at);
CREATE INDEX staff_acts_visit ON staff_acts (visit_id, at);
CREATE INDEX staff_acts_at ON staff_acts (at, deed);

-- The officer who did it; part of the seal where there is one. NULL where nobody of the staff did, and in events of before this column.
ALTER TABLE audit_events ADD COLUMN staff_id UUID;
CREATE INDEX audit_events_staff ON audit_events (staff_id, at);
