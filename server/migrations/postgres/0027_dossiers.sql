-- Dossiers: what was presented at a counter or by video, the files of it, what was done with it, and what a second officer was asked.
-- Times are microseconds since 1970 UTC.

-- One row a visit of which a dossier was opened. Whoever changes anything of a dossier raises its version first: so two of them never
-- act at a time.
CREATE TABLE dossiers (
    id UUID NOT NULL PRIMARY KEY,
    -- Goes up by one with each change.
    version BIGINT NOT NULL,
    visit_id UUID NOT NULL UNIQUE,
    -- As the visit says them: RUC or cédula, branch, cédula or foreigner's code.
    employer TEXT NOT NULL,
    branch TEXT NOT NULL,
    representative TEXT NOT NULL,
    -- Keyed digest of employer and branch: finds what was done for the same account in other visits.
    subject BYTEA NOT NULL,
    -- recovery, unlock, contact, passkey, signature.
    procedure TEXT NOT NULL,
    -- in_person, video.
    mode TEXT NOT NULL,
    -- What the registries said when they were last asked, as JSON; NULL until they were.
    found TEXT,
    opened_by UUID NOT NULL,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- When the job deletes the row and all that belongs to it, unless one of its documents is under a legal hold.
    delete_after BIGINT NOT NULL
);

CREATE INDEX dossiers_subject ON dossiers (subject);
CREATE INDEX dossiers_due ON dossiers (delete_after);

-- One row an officer who opened a dossier or said why they look at it: for a while its files and its changes are shown to them.
CREATE TABLE dossier_looks (
    dossier_id UUID NOT NULL REFERENCES dossiers (id),
    staff_id UUID NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, staff_id)
);

-- One row an item of which something was written down.
CREATE TABLE dossier_items (
    dossier_id UUID NOT NULL REFERENCES dossiers (id),
    -- identity, ruc, appointment, letter, representation.
    item TEXT NOT NULL,
    -- original, looked_up, uploaded.
    way TEXT NOT NULL,
    -- open, accepted, rejected.
    verdict TEXT NOT NULL,
    -- The officer; NULL where the portal knew it by itself.
    staff_id UUID,
    recorded_at BIGINT NOT NULL,
    -- The officer's remark.
    note TEXT,
    PRIMARY KEY (dossier_id, item)
);

-- One row a file of an item, or the place made for one.
CREATE TABLE dossier_papers (
    id UUID NOT NULL PRIMARY KEY,
    dossier_id UUID NOT NULL REFERENCES dossiers (id),
    item TEXT NOT NULL,
    -- Who made the place: nobody else fills it.
    staff_id UUID NOT NULL,
    made_at BIGINT NOT NULL,
    -- The document, its kind (pdf, jpeg, png), size in bytes, and when it came; NULL until it has.
    document_id UUID,
    kind TEXT,
    size BIGINT,
    received_at BIGINT
);

CREATE INDEX dossier_papers_dossier ON dossier_papers (dossier_id);

-- One row an action that was taken.
CREATE TABLE dossier_deeds (
    -- The act of the staff that it is.
    id UUID NOT NULL PRIMARY KEY,
    dossier_id UUID NOT NULL REFERENCES dossiers (id),
    -- Repeated from the dossier.
    subject BYTEA NOT NULL,
    -- send_recovery_link, send_unlock_link, change_contact, enrol_passkey, accept_signature, decline_signature, freeze, unfreeze.
    action TEXT NOT NULL,
    -- What it touches: contact, password, neither. The second of contact and password needs a second officer.
    reach TEXT NOT NULL,
    -- Who asked for it, and the second officer where one agreed.
    staff_id UUID NOT NULL,
    second_staff_id UUID,
    -- Why, in the officer's words.
    reason TEXT NOT NULL,
    done_at BIGINT NOT NULL,
    -- What is under way because of it (recovery, unlock, contact) and its row; NULL where nothing is.
    under_way TEXT,
    under_way_id UUID,
    -- Its reference, and where it was sent, masked.
    reference TEXT,
    sent_to TEXT
);

CREATE INDEX dossier_deeds_dossier ON dossier_deeds (dossier_id);
CREATE INDEX dossier_deeds_subject ON dossier_deeds (subject, done_at);

-- One row something that a second officer was asked to agree to.
CREATE TABLE approvals (
    id UUID NOT NULL PRIMARY KEY,
    dossier_id UUID NOT NULL REFERENCES dossiers (id),
    action TEXT NOT NULL,
    -- What is asked, as JSON, with the new contact in full where one is asked for; NULL when it is over.
    asked TEXT,
    -- Who asked: never the one who decides.
    asked_by UUID NOT NULL,
    reason TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    -- Until when it can be decided.
    expires_at BIGINT NOT NULL,
    -- waiting, agreed, refused, lapsed, failed.
    state TEXT NOT NULL,
    -- The second officer, when and why; NULL until one has decided.
    decided_by UUID,
    decided_at BIGINT,
    decided_reason TEXT
);

-- One waits at a time for an action of a dossier.
CREATE UNIQUE INDEX approvals_waiting ON approvals (dossier_id, action) WHERE state = 'waiting';
CREATE INDEX approvals_dossier ON approvals (dossier_id);
CREATE INDEX approvals_expires ON approvals (state, expires_at);
