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
notifications-link-until = The link works until { $time }, and only once. If you got more than one message, only the last one works.
notifications-link-copy = If the button does not work, copy this address into your browser:
notifications-link-not-you = Do not open the link above and do not give it to anyone: without it your password does not change. No official will ever ask you for that link or for your password. Somebody knows your data: you can freeze the account with this link; to open it again you will have to come to a service counter with your identity card.

# The password changed
notifications-changed-subject = Your employer password changed · { $reference }
notifications-changed-title = Your employer password changed
notifications-changed-intro = The employer password of { $employer } was changed with a link sent to your registered mail address. For safety all open sessions were closed; sign in with the new password.
notifications-freeze-steps = Open this link and confirm. The account is frozen at once: nobody can sign in or recover the password online until you come to a service counter with your identity card.
notifications-freeze-action = It was not me: freeze the account
notifications-freeze-until = This link works until { $time }.

# Recovery paused
notifications-suspended-subject = The online recovery of your password is paused · { $reference }
notifications-suspended-title = The online recovery is paused
notifications-suspended-intro = Someone answered the verification questions of { $employer } wrongly several times. For safety the online recovery is paused until { $time }.
notifications-suspended-open = Your password has not changed and you can sign in with it as always. During the pause you can also recover it with an electronic signature or at a service counter.
notifications-suspended-not-you = You need not do anything: nobody got your password. If this message comes again or you suspect somebody, you can freeze the account with this link; to open it again you will have to come to a service counter with your identity card.

# Account frozen
notifications-frozen-subject = Your employer account is frozen
notifications-frozen-title = Your account is frozen
notifications-frozen-intro = We got your notice that it was not you, and the account of { $employer } is frozen. From now on nobody can sign in or recover the password online.
notifications-frozen-next = To use the account again, come to a service counter with your original identity card. There your identity will be checked and a link to create a new password sent to you.
notifications-frozen-not-you = Someone used the "It was not me" link of an earlier message. The account is safe, but you must come to a service counter to open it again.
notifications-frozen-officer-intro = At a service counter the account of { $employer } was frozen, as whoever represents it asked. From now on nobody can sign in or recover the password online.
notifications-frozen-officer-not-you = If nobody of your company asked for it, come to a service counter: the account is safe meanwhile.
notifications-thawed-subject = Your employer account is not frozen any more
notifications-thawed-title = The freeze of your account was lifted
notifications-thawed-intro = At a service counter the identity was checked and the freeze of the account of { $employer } was lifted.
notifications-thawed-next = The old password does not work any more. To sign in, create a new one with the link that the counter sends you, or recover it online.
notifications-data-subject = A request about your personal data was answered
notifications-data-title = Your personal data
notifications-data-given = At the request of somebody who said they represent { $employer }, a service counter gave out a copy of the data kept about that person.
notifications-data-deleted = At the request of somebody who said they represent { $employer }, a service counter deleted the data about that person that need not be kept. The account stands as before; if the data were yours, your browser will be new to it the next time you sign in.

# Account blocked
notifications-blocked-subject = Your employer account was blocked
notifications-blocked-title = Your account was blocked
notifications-blocked-intro = Someone tried to sign in to the account of { $employer } several times with a wrong password. For safety the account is blocked; the password has not changed.
notifications-blocked-known = From the devices where you signed in before you can go on signing in as always, and open sessions stay open.
notifications-blocked-next = To sign in from another device or to recover the password, unblock the account under "Desbloqueo de Clave":
notifications-blocked-action = Unblock the account
notifications-blocked-note = We will ask for your identification and your fingerprint or face; the page says what to do if you never registered them. The password does not change.
notifications-blocked-not-you = If it was not you who tried, you need not do anything else: nobody got in. If you think that somebody knows your password, change it from a device where you signed in before, or freeze the account with this link:

# The password was changed in the account
notifications-replaced-subject = Your employer password changed
notifications-replaced-title = Your employer password changed
notifications-replaced-intro = The employer password of { $employer } was changed in the account, with the old password. For safety the other sessions were closed.

# Advice because of the password's age
notifications-reminder-subject = Your employer password has been in use for a while
notifications-reminder-title = You can change your employer password
notifications-reminder-intro = The employer password of { $employer } was created on { $since }. After { $days ->
    [one] 1 day
   *[other] { $days } days
} we advise a new one.
notifications-reminder-free = You do not have to: your password goes on working and nobody will shut you out. We will not write to you again about this password.
notifications-reminder-action = Change the password
notifications-reminder-note = You will have to sign in with your present password first. If you prefer, type the portal's address into your browser yourself.
notifications-reminder-not-you = This message is sent because of the password's age; nobody has tried anything. If you did not make that password or suspect somebody, you can freeze the account with this link; to open it again you will have to come to a service counter with your identity card.

# Link to unblock
notifications-unlock-subject = Link to unblock your employer account · { $reference }
notifications-unlock-title = Unblock your employer account
notifications-unlock-intro = Someone asked to unblock the account of { $employer } and proved their identity on the portal. Compare the reference below with the one on the page: they must be the same.
notifications-unlock-action = Unblock the account
notifications-unlock-not-you = Do not open the link above and do not give it to anyone: without it the account stays blocked and your password does not change. No official will ever ask you for that link or for your password. Somebody used a fingerprint or a face enrolled in your account: you can freeze it with this link; to open it again you will have to come to a service counter with your identity card.

# Account unblocked
notifications-unlocked-subject = Your employer account is unblocked · { $reference }
notifications-unlocked-title = Your account is unblocked
notifications-unlocked-intro = The account of { $employer } was unblocked with a link sent to a registered contact. The password has not changed: you can sign in with it.

# Contacts
notifications-contact-confirm-subject = Confirm this address for your employer account
notifications-contact-confirm-title = Confirm this address
notifications-contact-confirm-intro = Someone typed this address as the new mail address of the account of { $employer }. Open the link and confirm that it is yours; until then nothing changes.
notifications-contact-confirm-action = Confirm this address
notifications-contact-confirm-not-you = If you do not know this account, do not open the link: without it this address is not registered.
notifications-contact-held-subject = A contact of your employer account is about to change
notifications-contact-held-title = A contact of your account is about to change
notifications-contact-held-email = For the account of { $employer } someone asked to register the mail address { $masked }. The change comes into force on { $time }; until then the contact of before stays.
notifications-contact-held-phone = For the account of { $employer } someone asked to register the phone { $masked }. The change comes into force on { $time }; until then the contact of before stays.
notifications-contact-held-signed-email = With an electronically signed request someone asked to register the mail address { $masked } for the account of { $employer }. From { $time } on, whoever reads that mailbox can confirm it; until then the contact of before stays.
notifications-contact-held-signed-phone = With an electronically signed request someone asked to register the telephone { $masked } for the account of { $employer }. From { $time } on, whoever has that telephone can confirm it; until then the contact of before stays.
notifications-contact-held-no-phone = For the account of { $employer } someone asked to remove the registered phone. The change comes into force on { $time }; until then the phone stays.
notifications-contact-held-cancel = If it was you, you need not do anything. If not, cancel the change with this link:
notifications-contact-held-action = Cancel the change
notifications-contact-changed-subject = A contact of your employer account changed
notifications-contact-changed-title = A contact of your account changed
notifications-contact-changed-email = The registered mail address of the account of { $employer } is now { $masked }.
notifications-contact-changed-phone = The registered phone of the account of { $employer } is now { $masked }.
notifications-contact-changed-no-phone = The account of { $employer } has no registered phone any more.
notifications-contact-changed-counter = The change was asked for at a service counter, with the original identity card, and the new contact confirmed it.
notifications-contact-cancelled-subject = The change of contact was cancelled
notifications-contact-cancelled-title = The change of contact was cancelled
notifications-contact-cancelled-email = { $masked } will not become the registered mail address of the account of { $employer }. The contact of before stays.
notifications-contact-cancelled-phone = { $masked } will not become the registered phone of the account of { $employer }. The contact of before stays.
notifications-contact-cancelled-no-phone = The registered phone of the account of { $employer } will not be removed.

# Delegates
notifications-invitation-subject = Invitation to work in an employer account
notifications-invitation-title = You were invited as a delegate
notifications-invitation-intro = The employer { $employer } registered you as a delegate: you will sign in with your identity card number and a password of your own, only for what the employer allowed you.
notifications-invitation-own = Create your password with this link and share it with nobody, not even with the employer.
notifications-invitation-action = Create my delegate password
notifications-invitation-not-you = If you do not work for this employer, do not open the link: without it no access is created.
notifications-staff-invitation-subject = Invitation to the staff of { $institution }
notifications-staff-invitation-title = You were invited to the staff
notifications-staff-invitation-intro = An administrator of { $institution } registered you to work at the desk.
notifications-staff-invitation-own = With this link create your password and your second factor: a code of an app, or a passkey. Share them with nobody.
notifications-staff-invitation-action = Create my access
notifications-staff-invitation-not-you = If you do not work for this institution, do not open the link: without it no access is created.
notifications-team-subject = A change among the staff of { $institution }
notifications-team-invited = Somebody was invited to the staff
notifications-team-changed = Somebody of the staff has another role or centre
notifications-team-reset = The access of somebody of the staff was reset
notifications-team-ended = The access of somebody of the staff ended
notifications-team-why = This notice goes to the other administrators and to the auditors, so that nobody changes the staff without others knowing.
notifications-team-member = Person
notifications-team-role = Role
notifications-team-by = Done by
notifications-team-keeper = Whoever keeps the server
notifications-team-not-you = If you did not expect it, speak with whoever did it and look at the audit log.
notifications-delegate-added-subject = A delegate has new access to your employer account
notifications-delegate-added-title = A delegate has new access to your account
notifications-delegate-added-intro = In the account of { $employer } the person with the identity card { $delegate } was registered as a delegate, or was given more access than before. You can end that access at any time under "Delegates".
notifications-delegate-blocked-subject = A delegate of your account was blocked
notifications-delegate-blocked-title = A delegate's access was blocked
notifications-delegate-blocked-intro = Somebody tried several times to sign in with the identity card { $delegate } and a wrong password to the account of { $employer }. Your own access did not change, nor that of others.
notifications-delegate-blocked-next = The delegate can go on signing in with devices used before. For another device, send a new invitation under "Delegates".
notifications-access-blocked-subject = Your access as a delegate was blocked
notifications-access-blocked-title = Your access was blocked
notifications-access-blocked-intro = Somebody tried several times to sign in with your identity card and a wrong password to the account of { $employer }. Your password did not change.
notifications-access-blocked-next = With devices that you used before you can go on signing in. For another device, ask the employer for a new invitation.
notifications-access-blocked-not-you = If it was not you, tell the employer. Nobody got in.
notifications-delegate-ended-subject = A delegate's access ended
notifications-delegate-ended-title = A delegate's access ended
notifications-delegate-ended-intro = In the account of { $employer } the access of the delegate with the identity card { $delegate } ended. Their sessions were closed.

# Passkeys
notifications-passkey-added-subject = A fingerprint was registered in your employer account
notifications-passkey-added-title = A fingerprint or face was registered
notifications-passkey-added-intro = In the account of { $employer } a device that opens with a fingerprint or a face was registered. It serves to unblock the account and to confirm a recovery.
notifications-passkey-removed-subject = A fingerprint was removed from your employer account
notifications-passkey-removed-title = A fingerprint or face was removed
notifications-passkey-removed-intro = A device that opened with a fingerprint or a face was removed from the account of { $employer }. It no longer serves to unblock the account or to confirm a recovery.
notifications-passkey-suspected-subject = We did not accept a fingerprint of your employer account
notifications-passkey-suspected-title = There may be a copy of a fingerprint or face
notifications-passkey-suspected-intro = A device with a fingerprint or a face that is registered for the account of { $employer } answered as if there were a copy of it, and we did not accept it. If it was not you, remove it in your account and register another one at a counter.
notifications-referred-subject = A signed document is under review · { $reference }
notifications-referred-title = A signed document is under review
notifications-referred-intro = A signed request came for the account of { $employer }, and something about its signature could not be found out. A person of the institution will review it; until then nothing changes. The number to quote is { $number }.
notifications-decided-subject = Your signed request was decided · { $reference }
notifications-decided-title = A signed request was decided
notifications-decided-accepted = The signed request { $number } for the account of { $employer } was accepted at a service counter. The procedure goes on.
notifications-decided-declined = The signed request { $number } for the account of { $employer } was not accepted. Nothing changed in the account.
notifications-decided-signer = Reason: it could not be shown that whoever signed is the person who came.
notifications-decided-representative = Reason: whoever signed does not represent the employer.
notifications-decided-certificate = Reason: the certificate of the signature is revoked or not to be trusted.
notifications-decided-withdrawn = Reason: the person did not want to go on.

# Text messages: in the GSM alphabet, with room for the link
notifications-sms-unlock = { $reference }: unblock { $employer }, valid for { $duration }: { $url }
notifications-sms-contact-confirm = Confirm this phone for the account { $employer }: { $url }
notifications-sms-contact-held = Account { $employer }: change of contact. Cancel: { $url }
notifications-sms-contact-changed = Account { $employer }: contact changed. Not you? { $url }
notifications-sms-contact-cancelled = Account { $employer }: change of contact cancelled. Not you? { $url }
notifications-sms-password = Account { $employer }: password changed. Not you? { $url }
notifications-sms-suspended = Account { $employer }: online recovery paused. Not you? { $url }
notifications-sms-frozen = Account { $employer } is frozen. To open it, bring your identity card to a counter.
notifications-sms-blocked = Account { $employer } blocked: use Desbloqueo. Not you? { $url }
notifications-sms-unlocked = Account { $employer } unblocked, same password. Not you? { $url }
notifications-sms-delegate-added = Account { $employer }: new delegate access. Not you? { $url }
notifications-sms-delegate-blocked = Account { $employer }: a delegate was blocked. Not you? { $url }
notifications-sms-delegate-ended = Account { $employer }: a delegate's access ended. Not you? { $url }
notifications-sms-passkey-added = Account { $employer }: fingerprint registered. Not you? { $url }
notifications-sms-passkey-removed = Account { $employer }: fingerprint removed. Not you? { $url }
notifications-sms-passkey-suspected = Account { $employer }: fingerprint refused, copied? Not you? { $url }
notifications-sms-referred = Account { $employer }: signature under review. Not you? { $url }
notifications-sms-thawed = Account { $employer }: not frozen any more. Not you? { $url }
notifications-sms-data = Account { $employer }: personal data request done. Not you? { $url }
notifications-sms-decided = Account { $employer }: signature reviewed. Not you? { $url }

# Mail test
notifications-test-subject = Mail test: the messages arrive
notifications-test-title = The messages arrive
notifications-test-intro = Someone typed this address on the portal to check that our messages arrive. If you can read this, they do.
notifications-test-allow = If you found it among unwanted mail, mark { $sender } as a safe sender. If your mail belongs to a company, ask its IT department to let this sender through.
notifications-test-nothing = This message has nothing to do with any account and does not tell whether this address is registered.
notifications-test-not-you = You need not do anything.

# Mailbox of the demo
notifications-mailbox-title = Mailbox of the demo
notifications-mailbox-banner = Demo: nothing is sent. Here you see what the server would have sent by mail or as a text message; it is gone when the server stops.
notifications-mailbox-empty = There are no messages yet.
notifications-mailbox-again = See new messages
notifications-mailbox-to = To
notifications-mailbox-date = Date
notifications-mailbox-home = Back to the portal
notifications-mailbox-sms = Text message (SMS)

notifications-appointment-booked-subject = Your appointment { $code }
notifications-appointment-booked = You made an appointment for the employer { $employer }. Here are the day, the place and what to bring.
notifications-appointment-moved-subject = Your appointment { $code } has another time
notifications-appointment-moved-title = Your appointment has another time
notifications-appointment-moved = The appointment for the employer { $employer } was moved. The time before is not valid any more.
notifications-appointment-reminder-subject = Reminder of your appointment { $code }
notifications-appointment-reminder-title = Your appointment is near
notifications-appointment-reminder = We remind you of your appointment for the employer { $employer }. If you cannot come, move it or cancel it: somebody else can use the place.
notifications-appointment-cancelled-subject = The appointment { $code } is cancelled
notifications-appointment-cancelled = The appointment for the employer { $employer } was cancelled and the place is free.
notifications-appointment-cancelled-by-centre = { $centre } does not serve at that time and had to cancel the appointment for the employer { $employer }. We are sorry: you can make another, there or at a centre nearby.
notifications-appointment-cancelled-by-officer = An officer cancelled the appointment for the employer { $employer }, because the person asked for that at a counter. The place is free; if you need one, you can make another.
notifications-appointment-again = See the appointment and make another
notifications-appointment-offered-subject = There is a place for you ({ $code })
notifications-appointment-offered = A place became free for the procedure of the employer { $employer }. We keep it for you until { $until }, mainland Ecuador's time; if you do not accept it, the next person gets it.
notifications-appointment-offered-action = See the place and accept it
notifications-appointment-action = See, move or cancel the appointment
notifications-appointment-video = { $minutes ->
    [one] It is by video: the link appears on the appointment's page 1 minute before. Have the originals of the list at hand.
   *[other] It is by video: the link appears on the appointment's page { $minutes } minutes before. Have the originals of the list at hand.
}
notifications-appointment-link-until = The link opens the appointment's page until { $until }, as often as you like. Whoever has it can move or cancel the appointment.
notifications-appointment-not-you = If you did not ask for this appointment, open the link and cancel it. No account was looked up or changed.
notifications-appointment-calendar = Appointment { $code }: { $procedure }
notifications-appointment-sheet = Appointment { $code }
notifications-appointment-sheet-qr = QR code with the appointment's code, { $code }
