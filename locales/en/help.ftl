# Help: every message of the portal and what is good to know. The messages of errors.ftl are used here again.
help-title = Help
help-lead = What each message means, what to do, and when to try again.
help-search = Search the help
help-search-hint = For example: link, blocked, mail, arrears
help-found = { $count ->
    [0] No topic. Try another word.
    [one] 1 topic
   *[other] { $count } topics
}
help-all = All help topics
help-unknown = There is no such topic. Here are all of them.
help-contact = If you do not find what you need, turn to { $institution }: { $contact }

help-group-procedures = Procedures, and what to do today
help-group-recovery = Messages of the recovery
help-group-mail = The mail and the link
help-group-account = Your account and its security
help-group-technical = Technical messages

help-part-what = What happened
help-part-about = What it is about
help-part-side = Whose side it is on
help-part-do = What to do now
help-part-again = When to try again
help-part-when = When
help-part-more = Good to know

help-side-you = You can solve it yourself, with what you have.
help-side-us = It is on our side. It is not your mistake.
help-side-registry = It is at an official source, outside this portal. It is not your mistake.
help-side-network = It is in the network or on this device.
help-side-mail = It is between your mail and ours.
help-side-record = It is in what the official records say of the employer.
help-side-protection = It is a protection. Nobody need have done anything wrong.
help-side-none = It is not an error: it is an explanation.

help-again-now = Right away.
help-again-corrected = As soon as you have corrected it.
help-again-moment = In a few seconds; if it happens again, in a few minutes.
help-again-minutes = In a few minutes. If the page tells a time, wait that long.
help-again-hour = In an hour. It does not count as an attempt, and your case can be resumed.
help-again-new = Right away, with a new recovery.
help-again-open = No need to: the page shows the step where you are.
help-again-suspended = { $hours ->
    [one] When 1 hour has passed since the suspension. The page tells the exact time.
   *[other] When { $hours } hours have passed since the suspension. The page tells the exact time.
}
help-again-done = When what is missing has been settled.
help-again-counter = After the visit to the counter.
help-again-any = Whenever you like.

help-more-civil = The message names the source that did not answer, for example “Error de Conexión con el Registro Civil” (the civil registry). Your answers were neither lost nor judged.
help-more-link-expired = The time begins when your mail server takes the message, not when you open it. Have the mailbox open before you send the answers, and type the password as soon as you have opened the link.
help-more-link-used = Looking at the link does not use it up: neither do virus scanners or filters that open it. Only sending the new password does.
help-more-link-replaced = Whenever a link is asked for, the earlier ones end. So there is only one valid link an account.
help-more-captcha = In place of pictures or letters your browser does a calculation of a few seconds. It asks you to see, hear or copy nothing, and uses no third party.
help-more-password = The list beside the field shows every rule and ticks while you type. You can paste the password and use a password manager.
help-more-sign-in = Several failed sign-ins within a short time block the account for new devices. Devices where you signed in before count their own tries: a stranger cannot lock you out of them.
help-more-blocked = A block closes no open session and does not keep a known device out. Only whoever types the right password is told that the account is blocked.
help-more-session = A session ends when nobody has used it for some time and, in any case, after some hours. Changing the password ends the sessions of the other devices.
help-more-limit = The limit counts by connection, by number and by mail address. In a shared network somebody else may reach it.

help-unlock-title = Unblock the account
help-unlock-what = The account is blocked after several failed sign-ins in a row. The password stays the same: only the block has to be lifted, and that is another procedure than recovering the password.
help-unlock-do = Do it online: say who you are, confirm with the fingerprint or face that you enrolled at a counter, and open a link that comes by e-mail or SMS. If you enrolled none, go to a counter with your cédula.
help-unlock-more = A blocked account cannot be recovered with the link: unblock it first.

help-signature-title = A request with an electronic signature
help-signature-what = With a valid electronic signature you prove who you are without answering questions or going to a counter: you sign a request on your own computer and upload it here.
help-signature-do = Ask for the request, download it, sign it once with FirmaEC or another program, and upload the signed file.
help-signature-more = Never give anybody the file of your signature (.p12) or its password. This portal will never ask for them: you sign on your own computer, with FirmaEC for example.
help-signature-purposes = It serves to make a new password, to unblock the account, or to change the registered e-mail or telephone.
help-signature-holder = The representative signs with their own certificate, of a certification authority accredited in Ecuador.
help-signature-time = Each request is good for a short time. When it is over, another can be had without identifying oneself again.
help-signature-person = If something cannot be found out, because the authority does not answer for example, a person decides and you get a number.

help-findings-title = The signature did not pass the check
help-findings-what = Of a signed document we check the file, the signature, the certificate, its holder and the official record. The page shows each check with its result. If a single one fails, it does not pass and nothing changes in the account.
help-findings-do = Look below for the reason that the page showed you: each says what to do. Nearly always it is enough to download the request again, sign it once, and upload it just as it is.
help-findings-again = As soon as you have corrected it, while uploads are left. If the uploads or the time are over, with another request.

help-counter-title = Get an appointment, and what to bring
help-counter-what = At a counter they check who you are and have the link sent to your registered e-mail. The staff neither see nor type your password.
help-counter-do = Get an appointment here: choose the province, the centre, the day and the time. It takes two minutes and no account. You can also get one by video call.
help-counter-bring = The confirmation of the appointment says what to bring in your case. Mostly the representative’s original cédula, the signed letter of request and the code of the appointment are enough; the officer looks up the RUC and the registered appointment (nombramiento).
help-counter-copies = They may not demand copies of the cédula or the RUC: the law forbids asking for what the State already holds.
help-counter-reference = Write down or print the reference on this page and give it at the counter.
help-counter-wait = If you go to change both the e-mail and the password on one day, two officers take part: allow somewhat more time.

help-sign-in-title = Sign in with your password
help-sign-in-what = RUC, branch and password lead to the account: obligations, contacts, sessions, history and secondary users.
help-sign-in-do = Type the RUC and the password. If you are a secondary user, tick the box and type your cédula too; use your own password.
help-sign-in-more = After making a new password you are not signed in automatically: that is a security measure.

help-suspended-more = Attempts are counted by employer, also from other devices. For security it is not told which answer failed. If it was not you, somebody tried on their own: they got nowhere, and the owner is told by mail.

help-questions-title = The verification questions
help-questions-what = They are answered with what stands in official records. All are judged together, and an answer has to equal the record.
help-questions-do = Have the cédula, the RUC certificate and the company’s papers at hand before you begin.
help-questions-ruc = “Date the RUC was issued” is the day on which the SRI issued the RUC. It is not the start of activities: the two dates are often confused.
help-questions-bank = If the IESS debits an account that you changed lately, the record may still have the earlier one.
help-questions-again = For some time the same questions are asked, even if you begin again.

help-mail-title = The mail does not arrive
help-mail-what = The message may have landed in spam, be held by a filter, or be slow at the mail server. The page shows how far it has come.
help-mail-do = Look into spam and “other”. Search for the four-character reference that the page shows. Add the sender’s address to your contacts.
help-mail-sender = Our mails come from { $sender }.
help-mail-gmail = In Gmail: open the Spam folder, open the message and press “Not spam”; then add the sender to your Contacts.
help-mail-outlook = In Outlook or Hotmail: look for “Junk email” in the settings and add the address to the safe senders.
help-mail-department = If your company filters mail, ask the IT department to let that address and its domain through without holding messages back for scanning: the link does not live long.
help-mail-test = Before you begin, do the mail test: it sends a fixed message to the address that you type.
help-mail-again = When the mail test arrives without delay.

help-undelivered-title = Your mail server did not take the message
help-undelivered-what = The mail server did not answer in time or refused the message. No link was used up and your password did not change.
help-undelivered-do = Check that the mailbox exists and is not full, and ask the IT department to let our address through. If you no longer use that e-mail and have the password, sign in and change it under “Contacts”; if you do not have it, change it with an electronic signature or at a counter.

help-records-what = Your identity is confirmed, but the official records contradict each other about who represents the employer. Until then the link cannot be sent.
help-records-person = Correct it at the Registro Civil: the representative's cédula is not on record there. Go to one of its offices with the original cédula.
help-records-taxpayer = Correct it at the SRI: this RUC is not on record there. First check that you typed the number right.
help-records-appointment = Correct it at the Superintendencia de Compañías: have the representative's current appointment registered at the Registro Mercantil and ask for it to be shown there.
help-records-employer = Correct it at the IESS: this employer and branch are not on record there. First check the number of the branch; if it is right, ask at a counter to have it registered.
help-records-representative = Correct it at the IESS: ask at a counter to have the representative updated, with the registered appointment.
help-records-then = For safety it is not shown what each record says. When it is corrected, start again; the change may take a day to arrive here.
help-records-do = The page says which record to correct and where. If it is corrected already, go to a counter with the document that proves it.

help-ended-title = The recovery ended without a new password
help-ended-what = Time passed without answers, another recovery was begun for the same account, or you cancelled it. Your password did not change.
help-ended-do = If you still need it, begin a new one. If somebody else works with this account, come to an agreement with them: only the latest one works.

help-not-me-title = “This was not me”: something happened in my account that I did not do
help-not-me-what = Every change of the account is told at all registered contacts. The mails say what happened and when, and carry a “this was not me” link; so do those with a link that somebody asked for.
help-not-me-do = Open that link and confirm. The account is frozen at once: sessions end and nobody can sign in or make another password. Then go to a counter.
help-not-me-again = Freezing cannot be undone online; only at a counter, with your cédula.

help-arrears-title = What happens when contributions are in arrears (mora patronal)
help-arrears-what = An employer is in arrears when contributions are not paid within their time. The debt gathers interest, and the IESS may collect it by coercive proceedings.
help-arrears-tenders = You cannot contract with the State or take part in public tenders.
help-arrears-credit = You cannot get loans or credit lines in the financial system.
help-arrears-certificate = You do not get the certificate of compliance.
help-arrears-members = Your workers cannot take loans from the BIESS for as long as it lasts.
help-arrears-personal = Representatives may be personally liable for the debt.
help-arrears-not-title = What is not so
help-arrears-not = Your workers do not lose their health care: the law keeps it going and charges its cost to the employer (Ley de Seguridad Social, article 96).
help-arrears-do = Recover the password to see what you owe and by which day. If you cannot pay it all, ask about a payment agreement.
help-arrears-again = The sooner the better: interest runs every day.
