-- What an officer at a counter goes on with: cases that wait for one, and requests that were referred. Times are microseconds
-- since 1970 UTC.

-- The case's reference, repeated from the document: what the person at the counter quotes. NULL in cases of before this column,
-- which waited half an hour.
ALTER TABLE recovery_cases ADD COLUMN reference TEXT;
CREATE INDEX recovery_cases_waiting ON recovery_cases (reference) WHERE stage = 'awaiting_officer';
ALTER TABLE unlock_cases ADD COLUMN reference TEXT;
CREATE INDEX unlock_cases_waiting ON unlock_cases (reference) WHERE stage = 'awaiting_officer';

-- When an officer decided; NULL while nobody has. The state is open, accepted or declined from here on.
ALTER TABLE signature_referrals ADD COLUMN decided_at BIGINT;
-- Who decided. The officer's own words stand with the staff's acts.
ALTER TABLE signature_referrals ADD COLUMN staff_id UUID;
-- Why it was declined, as the applicant is told: signer_unproved, not_representative, certificate_invalid, withdrawn.
ALTER TABLE signature_referrals ADD COLUMN declined_because TEXT;

-- How a change of a contact was asked for (contact_changes.asked) may also be: counter. Such a change stands at 'confirming' from
-- the beginning, without a hold; its removal of a phone at 'held', with a hold that is over.
