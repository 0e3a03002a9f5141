# One more confirmation: fingerprint, signature or counter, before the link is sent.

step-up-title = One more confirmation is needed
step-up-what = Your answers are right. In this case the link is sent only after one more confirmation, because:
step-up-contact-changed = An e-mail address or a telephone of the account was changed recently.
step-up-recovery-repeated = The password of this account was already recovered recently.
step-up-often-suspended = The online recovery of this employer was suspended several times in the last months.
step-up-many-workers = This is an employer with many workers.
step-up-source-failing = From this same connection, answers about several employers failed.
step-up-passkey-do = Confirm with the fingerprint, face or PIN of the device that you registered at a service centre.
step-up-passkey-press = Confirm with my device
step-up-passkey-failed = That device did not confirm this account. Use the one you registered for it.
step-up-passkey-left = { $left ->
    [one] You have one attempt left.
   *[other] You have { $left } attempts left.
}
step-up-other-routes = If you do not have that device at hand, go on in another way:
step-up-without = The account has no fingerprint or face registered. Go on with a signed request or at the counter.
step-up-exhausted = No more attempts with a device are accepted in this case. Go on with a signed request or at the counter.
