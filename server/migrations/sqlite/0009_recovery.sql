-- Whether the taxpayer is active is asked of the registries with every submission, and no longer kept in the case.
-- What was typed (identification) is kept as long as another proof may be asked for, also while a case is suspended or
-- refused; it is NULL once a link is on its way or the case is over.
ALTER TABLE recovery_cases DROP COLUMN taxpayer_active;
