# Messages that the institution sends by mail.

# Common
notifications-reference = Reference
notifications-employer = Employer
notifications-when = Date and time
notifications-source = Network address it was done from
notifications-time = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }, { $hour }:{ $minute } (mainland Ecuador time, UTC−5)
notifications-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
notifications-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
notifications-not-you = Was this not you?
notifications-contact = If you have doubts, write to or call { $institution }: { $contact }.
notifications-review = This translation into Kichwa is under review. If something is unclear, ask in Spanish.
notifications-no-reply = A system sent this message. Do not reply: nobody reads this mailbox.
notifications-unofficial = { $institution } is not an official site of the IESS.

# Link to create the new password
notifications-link-subject = Link to create your employer password · { $reference }
notifications-link-title = Create your new employer password
notifications-link-intro = Someone asked to recover the employer password of { $employer } and proved their identity on the portal. Compare the reference below with the one on the page: they must be the same.
notifications-link-action = Create the new password
notifications-link-validity = The link is valid for { $duration } from when your mail server received this message, and only once. If you got more than one message, only the last one works.
notifications-link-copy = If the button does not work, copy this address into your browser:
notifications-link-not-you = Do not open the link and do not give it to anyone: without it your password does not change. No official will ever ask you for this link or for your password.

# The password changed
notifications-changed-subject = Your employer password changed · { $reference }
notifications-changed-title = Your employer password changed
notifications-changed-intro = The employer password of { $employer } was changed with a link sent to your registered mail address. For safety all open sessions were closed; sign in with the new password.
notifications-changed-not-you = Open this link and confirm. The account is frozen at once: nobody can sign in or recover the password online until you come to a service counter with your identity card.
notifications-changed-freeze = It was not me: freeze the account
notifications-changed-until = This link works until { $time }.

# Recovery paused
notifications-suspended-subject = The online recovery of your password is paused · { $reference }
notifications-suspended-title = The online recovery is paused
notifications-suspended-intro = Someone answered the verification questions of { $employer } wrongly several times. For safety the online recovery is paused until { $time }.
notifications-suspended-open = Your password has not changed and you can sign in with it as always. During the pause you can also recover it with an electronic signature or at a service counter.
notifications-suspended-not-you = You need not do anything: nobody got your password. If this message comes again, tell us.

# Account frozen
notifications-frozen-subject = Your employer account is frozen
notifications-frozen-title = Your account is frozen
notifications-frozen-intro = We got your notice: you did not change the employer password of { $employer }. From now on nobody can sign in or recover the password online.
notifications-frozen-next = To use the account again, come to a service counter with your original identity card. There your identity will be checked and a link to create a new password sent to you.
notifications-frozen-not-you = Someone used the "It was not me" link of an earlier message. The account is safe, but you must come to a service counter to open it again.

# Account blocked
notifications-blocked-subject = Your employer account was blocked
notifications-blocked-title = Your account was blocked
notifications-blocked-intro = Someone tried to sign in to the account of { $employer } several times with a wrong password. For safety the account is blocked; the password has not changed.
notifications-blocked-known = From the devices where you signed in before you can go on signing in as always, and open sessions stay open.
notifications-blocked-next = To sign in from another device or to recover the password, ask for the unblocking of the password. The portal's help explains how:
notifications-blocked-action = How to unblock the account
notifications-blocked-note = That page only explains; it asks you for nothing.
notifications-blocked-not-you = You need not do anything else: nobody got in. If you think that somebody knows your password, change it from a device where you signed in before.

# The password was changed in the account
notifications-replaced-subject = Your employer password changed
notifications-replaced-title = Your employer password changed
notifications-replaced-intro = The employer password of { $employer } was changed in the account, with the old password. For safety the other sessions were closed.

# Mail test
notifications-test-subject = Mail test: the messages arrive
notifications-test-title = The messages arrive
notifications-test-intro = Someone typed this address on the portal to check that our messages arrive. If you can read this, they do.
notifications-test-allow = If you found it among unwanted mail, mark { $sender } as a safe sender. If your mail belongs to a company, ask its IT department to let this sender through.
notifications-test-nothing = This message has nothing to do with any account and does not tell whether this address is registered.
notifications-test-not-you = You need not do anything.

# Mailbox of the demo
notifications-mailbox-title = Mailbox of the demo
notifications-mailbox-banner = Demo: nothing is sent. Here you see what the server would have sent by mail; it is gone when the server stops.
notifications-mailbox-empty = There are no messages yet.
notifications-mailbox-again = See new messages
notifications-mailbox-to = To
notifications-mailbox-date = Date
notifications-mailbox-home = Back to the portal
