# Recovering the employer password, step by step.
recovery-title = Recover the employer password
recovery-lead = If you are the legal representative or the holder, you will get a link at your registered e-mail to create a new password.
recovery-steps-label = Steps of the recovery
recovery-step-identify = Identification
recovery-step-questions = Verification
recovery-step-link = Link
recovery-step-password = New password
recovery-step-position = Step { $step } of { $total }: { $name }
recovery-reference-label = Reference
recovery-loading = Looking for a recovery that is open already…

recovery-prepare-title = Have at hand
recovery-prepare-ruc = The employer's RUC number and its certificate
recovery-prepare-cedula = The legal representative's cédula
recovery-prepare-papers = The company's papers: incorporation, payrolls and the bank account that is debited
recovery-prepare-mailbox = The registered mailbox, open in another tab or on the phone
recovery-prepare-time = Ten minutes without interruption
recovery-mail-summary = How to let our mail through
recovery-mail-sender = The mail comes from { $sender }. Add that address to your contacts or safe senders.
recovery-mail-sender-unknown = Add this portal's address to your contacts or safe senders.
recovery-mail-spam = Look in the folders for spam and promotions too.
recovery-mail-it = If the mailbox belongs to the company, ask the IT department to allow messages from the domain { $domain } and neither to open nor to delay their links.
recovery-mail-test = Test now whether our mail reaches you
recovery-window = { $minutes ->
    [one] The link works for 1 minute after your mail server has received it.
   *[other] The link works for { $minutes } minutes after your mail server has received it.
}
recovery-identify-title = Identify yourself
recovery-identify-send = Continue
recovery-identify-sending = Sending…
recovery-identify-waiting = Finishing the security check…

recovery-questions-title = Verification questions
recovery-questions-lead = Answer all questions as they stand in the official records. They are checked together, and which one failed is not told.
recovery-questions-failed = One or more answers do not match the official records.
recovery-questions-attempts = { $attempts ->
    [one] You have 1 attempt left. If it fails, the online recovery is suspended for a time.
   *[other] You have { $attempts } attempts left.
}
recovery-questions-until = You can answer until { $time }.
recovery-questions-back = The official source answers again. Your answers are still here: send them again.
recovery-questions-send = Send answers
recovery-questions-sending = Checking…
recovery-abandon = Cancel and start again
recovery-abandon-title = Cancel this recovery?
recovery-abandon-body = What was done in this browser is forgotten. Attempts already used still count.
recovery-abandon-confirm = Cancel the recovery
recovery-abandon-keep = Go on with it

recovery-unavailable-what = The official source does not answer at the moment. It is outside this portal, and no attempt was spent.
recovery-unavailable-do = Wait an hour and try again. Your details are still here: you can leave this page open or come back later with this same browser.
recovery-unavailable-at = Try again from { $time }.
recovery-unavailable-resume = Try again
recovery-unavailable-resuming = Asking…
recovery-unavailable-still = It still does not answer

recovery-suspended-title = Online recovery suspended
recovery-suspended-what = No attempts are left: the answers did not match the official records. To protect the account, the online recovery of this number stops for a time.
recovery-suspended-until = It ends by itself on { $month } { $day } at { $time }, mainland Ecuador time.
recovery-suspended-do = Meanwhile you can sign in if you remember the password or go on another way. If it was not you who answered, there is nothing to do: the account is protected.
recovery-suspended-told = If the account has a registered e-mail, its owner is told.
recovery-print = Print this page
recovery-ways-title = Other ways
recovery-signature-title = Go on with an electronic signature
recovery-officer-title = Go on at a counter
recovery-waits-until = This procedure stays open here until { $time }. Keep the reference before that.
recovery-waits-days = This procedure stays open until { $month } { $day } at { $time }, mainland Ecuador time. Keep the reference.
recovery-records-title = The official records do not agree
recovery-no-questions = In this portal the identity is proved with an electronic signature or at a counter, without questions.

recovery-no-email-title = The user has no registered e-mail
recovery-no-email-what = Your identity is confirmed, but the account has no e-mail to send the link to.
recovery-no-email-do = Register an e-mail with an electronic signature, or go to the counter with your cédula and register it there.
recovery-blocked-title = Account blocked
recovery-blocked-what = Your identity is confirmed, but the account is blocked. A blocked account is not recovered this way.
recovery-blocked-do = Go to Unlock Password. After the unlock the former password still works, and if you do not remember it you can recover it.
recovery-inactive-title = RUC not active
recovery-inactive-what = At the SRI this RUC is not active, so the employer account cannot get a new password.
recovery-inactive-do = Put the RUC in order at the SRI. When it is active, try again; the change may take a day to arrive here.
recovery-frozen-title = Account frozen
recovery-frozen-what = The owner reported a change of this account that they do not recognise. To protect it, nothing can be changed online.
recovery-frozen-do = Go to the counter with the legal representative's original cédula.
recovery-refused-quote = If you ask for help, give this reference.

recovery-sending-title = Sending the link
recovery-sending-lead = Your identity is confirmed. The link goes to { $address }.
recovery-sending-clock = The time will begin to run when your mail server has received it.
recovery-delivery-label = State of the mail
recovery-delivery-queued = Queued: it leaves in a moment.
recovery-delivery-handed-over = Handed to your mail server.
recovery-delivery-delayed = Delayed: your mail server asked us to wait. We try again by ourselves; you can leave this page open.
recovery-delivery-rejected = Rejected: your mail server does not take the message.
recovery-link-title = Check your mail
recovery-link-lead = We sent the link to { $address }.
recovery-link-reference = The mail carries the reference { $reference }. If you see another one, it is not this message.
recovery-link-do = Open the mail and press the link. You can open it on this device or on another one.
recovery-link-missing-summary = Can't find it?
recovery-link-missing = Look in spam and promotions for the sender { $sender }, or for the reference { $reference }.
recovery-link-missing-again = If the time ends, your former password stays as it is and you can start again.
recovery-countdown-label = Time of the link
recovery-countdown-calm = There is time: open the mail calmly.
recovery-countdown-soon = Less than a minute is left to create the new password.
recovery-countdown-last = A few seconds are left.
recovery-countdown-over = The time is over.
recovery-countdown-left = { $seconds ->
    [120] 2 minutes left
    [60] 1 minute left
   *[other] { $seconds } seconds left
}
recovery-live-lost = The live connection was lost; the page asks every few seconds.

recovery-due = { $days ->
    [0] The next contributions are due today, { $day } { $month }.
    [one] The next contributions are due tomorrow, { $day } { $month }.
   *[other] The next contributions are due on { $day } { $month }: { $days } days are left.
}
recovery-due-more = What paying late means

recovery-completed-title = The new password is set
recovery-completed-what = The employer password was changed at { $time }. All open sessions have ended.
recovery-completed-linked = The same cédula also has the account { $accounts }; its password did not change.
recovery-completed-do = You can close this page and sign in with the new password.

recovery-ended-lapsed-title = The recovery was closed
recovery-ended-lapsed-what = Nobody answered in time, so it was closed for safety. Your password did not change.
recovery-ended-link-expired-title = The link's time is over
recovery-ended-link-expired-what = The link was not used in time. Your password did not change, and the link no longer works.
recovery-ended-undelivered-title = The mail could not be delivered
recovery-ended-undelivered-what = Your mail server did not receive the message in time. The cause is between our server and yours. Your password did not change.
recovery-ended-rejected-title = Your mail server refused the message
recovery-ended-rejected-what = The registered address does not exist or its server does not take our messages. Your password did not change.
recovery-ended-superseded-title = There is a newer recovery
recovery-ended-superseded-what = Another recovery was started for this same account, and only the last one stays open.
recovery-ended-abandoned-title = Recovery cancelled
recovery-ended-abandoned-what = You cancelled this recovery. Your password did not change.
recovery-ended-try-again = You can start again. Have your mailbox open before you answer the questions.
recovery-ended-mail-first = Before you start again, let our mail through or do the delivery test. If the registered address is no longer yours, change it with an electronic signature or at a counter.
recovery-ended-other-device = Go on on the device where you started it. If it was not you, start again: when you reach the link, the other one closes.
recovery-start-again = Start again
recovery-go-home = Go to the home page
recovery-way-signature = Go on with an electronic signature
recovery-way-counter = Go on at a counter
