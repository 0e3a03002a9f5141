# Unblocking the employer's account, step by step.
unlock-title = Unblock the account
unlock-lead = If you know the password but the account is blocked, lift the block here with your fingerprint, your face or the PIN of your device. The password stays the same.
unlock-steps-label = Steps of unblocking
unlock-step-identify = Identification
unlock-step-passkey = Fingerprint or face
unlock-step-link = Link
unlock-step-confirm = Confirmation
unlock-loading = Looking for an unblocking that you have open…
unlock-prepare-device = The phone or computer with which you enrolled your fingerprint or face at a counter
unlock-prepare-contact = The registered mailbox or phone, in sight
unlock-prepare-time = Five minutes without interruptions
unlock-window = { $minutes ->
    [one] The link works for 1 minute from its delivery.
   *[other] The link works for { $minutes } minutes from its delivery.
}
unlock-none-summary = Did you never enrol a fingerprint or a face?
unlock-none-what = You can also ask for the unblocking with a request that is signed electronically, or at a counter with an appointment.
unlock-none-signature = With an electronic signature
unlock-none-counter = With an appointment
unlock-missing-title = No unblocking is open in this browser
unlock-missing-what = It was not begun, ended some time ago or was begun on another device. You can begin a new one.

unlock-passkey-title = Confirm that it is you
unlock-passkey-lead = When you press the button, your phone or computer asks for the fingerprint, the face or the PIN with which you unlock it.
unlock-passkey-stays = Fingerprint and face do not leave your device: only a signed answer comes here.
unlock-passkey-elsewhere = This computer cannot check a fingerprint, a face or a PIN. Choose “use a phone or tablet” in the window that opens and scan the QR code with it.
unlock-passkey-act = Use fingerprint, face or PIN
unlock-passkey-waiting = Waiting for your device…
unlock-passkey-checking = Checking…
unlock-passkey-until = You can do it until { $time }.
unlock-passkey-again = It could not be confirmed with that device. Use one that is enrolled for this account.
unlock-passkey-attempts = { $attempts ->
    [one] You have 1 attempt left.
   *[other] You have { $attempts } attempts left.
}
unlock-passkey-without = If you never enrolled a fingerprint, a face or a PIN, go on by one of the other routes.
unlock-refused-title = It could not be confirmed by fingerprint or face
unlock-refused-what = There are no attempts left. The device may not be enrolled for this account.
unlock-refused-do = Go on by one of the other routes. The account is as it was.

unlock-channel-title = Where shall we send the link?
unlock-channel-lead = Done: you confirmed your identity. What is left is to open a link that goes to a registered contact.
unlock-channel-label = The link comes by
unlock-channel-email = Mail: { $address }
unlock-channel-sms = Text message: { $phone }
unlock-channel-missing = Choose how to receive it
unlock-channel-failed = { $address } takes no messages. Choose another contact.
unlock-channel-act = Send the link
unlock-channel-sending = Sending…
unlock-channel-again = If neither is yours, go to a counter: contacts are corrected there.

unlock-sending-lead = Your identity is confirmed. The link goes to { $address }.
unlock-sms-title = Check your text messages
unlock-sms-clock = The time will begin to run when the telephone network has received it.
unlock-sms-do = Open the message and press the link. You can open it on this device or on another one.
unlock-sms-reference = The message carries the reference { $reference }. If you see another one, it is not this message.
unlock-sms-missing = Check that the phone has signal and does not filter messages from unknown senders.
unlock-sms-label = State of the message
unlock-sms-handed-over = Handed to the telephone network.
unlock-sms-delayed = Delayed: the telephone network does not take it yet. We try again by ourselves; you can leave this page open.
unlock-sms-rejected = Rejected: the telephone network does not take the message.
unlock-link-again = If the time ends, the account stays blocked and you can start again.
unlock-countdown-calm = You have time: take it calmly.
unlock-countdown-soon = Less than a minute is left.

unlock-abandon = Cancel and start again
unlock-abandon-title = Cancel this unblocking?
unlock-abandon-body = What was done in this browser is forgotten. The account stays as it is.
unlock-abandon-confirm = Cancel the unblocking
unlock-abandon-keep = Go on with it

unlock-not-blocked-title = The account is not blocked
unlock-not-blocked-what = Your identity is confirmed and there is nothing to unblock: the account takes your password.
unlock-not-blocked-do = Sign in with it. If you do not remember it, recover it.
unlock-no-contact-title = The account has no registered mail address or phone
unlock-no-contact-what = Your identity is confirmed, but there is nowhere to send the link to.
unlock-no-contact-do = Register an e-mail with an electronic signature, or go to the counter with your cédula and register it there.
unlock-inactive-what = At the SRI this RUC is not active, so the employer's account cannot be unblocked.

unlock-ended-lapsed-title = The unblocking was closed by time
unlock-ended-lapsed-what = It was not finished in time, so it was closed for safety. The account is as it was.
unlock-ended-link-expired-what = The link was not used in time and is worth nothing now. The account is still blocked.
unlock-ended-undelivered-title = The link could not be delivered
unlock-ended-undelivered-what = The other side did not receive it in time. The account is still blocked.
unlock-ended-rejected-title = The message was rejected
unlock-ended-rejected-what = The registered mail address or phone does not exist or does not take our messages. The account is still blocked.
unlock-ended-superseded-title = There is a newer procedure
unlock-ended-superseded-what = For this same account another unblocking or a recovery was begun, and only the last one stays open.
unlock-ended-abandoned-title = Unblocking cancelled
unlock-ended-abandoned-what = You cancelled this unblocking. The account is as it was.
unlock-ended-try-again = You can start again. Have the mailbox or the phone in sight before you ask for the link.
unlock-ended-other-contact = Start again and choose another contact if you have one. If they are no longer yours, change them with an electronic signature or at a counter.
unlock-ended-other-device = Go on with the device where you began it. If it was not you, start again: once you reach the link, the other one closes.

unlock-confirm-title = Confirm the unblocking
unlock-confirm-loading = Checking the link…
unlock-confirm-lead = This link unblocks the account of the employer { $employer }. Compare the reference: { $reference }.
unlock-confirm-password = The password stays: you can sign in with the same one afterwards.
unlock-confirm-not-you = If you did not ask for it, do not press the button and close this page: the account stays as it is.
unlock-confirm-act = Unblock the account
unlock-confirm-acting = Unblocking…
unlock-confirm-no-token-title = The full link is missing
unlock-confirm-no-token-what = For safety the link is removed from the address bar and not kept. If you loaded the page again, open it once more from the message.
unlock-confirm-invalid-do = Copy the whole link from the message. If it does not work, ask for another unblocking.
unlock-confirm-used-what = The account was unblocked with this link already. Each link works once.
unlock-confirm-used-do = You can sign in with the usual password. If it was not you, use the “No fui yo” link of the notice that you got.
unlock-confirm-replaced-do = Open the newest message; compare its reference of four characters with the one on the page.
unlock-confirm-not-blocked-what = The account is no longer blocked, and there is nothing to unblock.
unlock-confirm-frozen-what = The owner froze the account, and nothing can be changed online.
unlock-confirm-again = Ask for another unblocking

unlock-done-title = The account is unblocked
unlock-done-what = You can sign in now. The password is the same as before.
unlock-done-employer = Employer
unlock-done-at = Unblocked
unlock-done-when = { $day } { $month } { $year }, { $time } (time of mainland Ecuador)
unlock-done-password = Password
unlock-done-password-same = Unchanged
unlock-done-next = What comes next
unlock-done-next-sign-in = Sign in with the usual password.
unlock-done-next-recover = If you do not remember it, recover it now: several failed attempts block the account again.
unlock-done-next-notice = We sent a notice to every registered contact. If it was not you, use the “No fui yo” link in it.
unlock-done-sign-in = Sign in
unlock-done-recover = Recover the password
unlock-print = Print this page
unlock-way = Unblock the account
