-- What four eyes need to know: who froze an account, which signed requests were looked at before anybody decided, and whom to tell of
-- what happens right after a contact was replaced. Times are microseconds since 1970 UTC.

-- Who froze the account: owner, officer. NULL while it is not frozen, and where it was frozen before this column: as by its owner.
ALTER TABLE accounts ADD COLUMN frozen_by TEXT;

-- One row a signed request that an officer was shown in a dossier: nobody decides about one that they have not seen there.
CREATE TABLE dossier_referrals (
    dossier_id BLOB NOT NULL REFERENCES dossiers (id),
    -- The request's number.
    number TEXT NOT NULL,
    staff_id BLOB NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, number, staff_id)
);

-- One row a contact that an account had until it was replaced. Its reader is told of what opens the account for as long as the link
-- of the mail that told of the replacement works (link.freeze_hours); then the row is deleted.
CREATE TABLE replaced_contacts (
    -- The change that replaced it.
    change_id BLOB NOT NULL PRIMARY KEY,
    account_id BLOB NOT NULL,
    -- email, phone.
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    until BIGINT NOT NULL
);

CREATE INDEX replaced_contacts_account ON replaced_contacts (account_id);
CREATE INDEX replaced_contacts_until ON replaced_contacts (until);

-- dossier_deeds.reach may also be passkey or freeze, dossier_deeds.under_way also passkey (its row is the enrolment link), and
-- approvals.state also granted: agreed to, and to be carried out by who asked for it, until expires_at.
