# One more confirmation: fingerprint, signature or counter, before the link is sent.

step_up-title = One more confirmation is needed
step_up-what = Your answers are right. In this case the link is sent only after one more confirmation, because:
step_up-contact-changed = An e-mail address or a telephone of the account was changed recently.
step_up-recovery-repeated = The password of this account was already recovered recently.
step_up-often-suspended = The online recovery of this employer was suspended several times in the last months.
step_up-many-workers = This is an employer with many workers.
step_up-source-failing = From this same connection, answers about several employers failed.
step_up-passkey-do = Confirm with the fingerprint, face or PIN of the device that you registered at a service centre.
step_up-other-routes = If you do not have that device at hand, go on in another way.
step_up-without = The account has no fingerprint or face registered. Go on with a signed request or at the counter.
step_up-exhausted = No more attempts with a device are accepted in this case. Go on with a signed request or at the counter.
