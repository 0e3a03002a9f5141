# The request with an electronic signature: asking for it, signing it, uploading it, and what came of it.
signatures-title = With an electronic signature
signatures-lead = You get a request here as a PDF. You sign it on your own computer, with your certificate, and upload it. It works from anywhere.
signatures-steps-label = Steps of the request with an electronic signature
signatures-step-purpose = What you ask for
signatures-step-identify = Identification
signatures-step-sign = Signature
signatures-step-result = Result
signatures-loading = Looking for an open request of yours…
signatures-need-certificate = The representative’s valid electronic signature, in a file or on a token
signatures-need-tool = A program that signs PDFs, FirmaEC for example
signatures-need-cedula = The employer’s RUC and the representative’s cédula
signatures-need-time = Fifteen minutes
signatures-key-title = The file of your signature is yours alone
signatures-key-what = Give nobody your .p12 or .pfx file or its password. This portal does not ask for them: you sign on your own computer and upload only the signed document here.
signatures-help = How the electronic signature works

signatures-purpose-title = What do you want to ask for?
signatures-purpose-recovery = A new password
signatures-purpose-recovery-hint = Without answering questions. The link goes to the registered e-mail.
signatures-purpose-unlock = Unblocking the account
signatures-purpose-unlock-hint = The password stays the same. The link goes to the registered e-mail or telephone.
signatures-purpose-email = Changing the registered e-mail
signatures-purpose-email-hint = If you can no longer open the registered one, or there is none.
signatures-purpose-phone = Changing the registered telephone
signatures-purpose-phone-hint = If the registered one is no longer yours, or there is none.
signatures-purpose-other = Ask for something else

signatures-recovery-title = New password with an electronic signature
signatures-unlock-title = Unblocking with an electronic signature
signatures-email-title = New e-mail with an electronic signature
signatures-phone-title = New telephone with an electronic signature
signatures-contact-after = The change waits for a while after the signature. We tell the contacts before it, which can cancel it; then a link goes to the new contact, to confirm it.
signatures-email-hint = You must be able to open it. It is written in the request that you sign.
signatures-phone-hint = A mobile number, for example 099 123 4567. It is written in the request that you sign.
signatures-missing-title = There is no open request in this browser
signatures-missing-what = None was asked for, it ended some time ago, or it was asked for on another device. You can ask for a new one.

signatures-for-recovery = Asks for a new password
signatures-for-unlock = Asks for the account to be unblocked
signatures-for-email = Asks for { $contact } as the registered e-mail
signatures-for-phone = Asks for { $contact } as the registered telephone
signatures-for-label = The request

signatures-issued-title = Sign the request and upload it
signatures-issued-lead = The request is ready. There are three steps, and you can come back to this page with this same browser.
signatures-until = You can upload it until { $time }.
signatures-minutes = { $minutes ->
    [one] 1 minute is left.
   *[other] { $minutes } minutes are left.
}
signatures-download-title = 1. Download the request
signatures-download-act = Download the request
signatures-download-form = PDF
signatures-download-read = Read it before you sign: it says, in Spanish, what it asks for, for which employer, and until when it is good. It carries the reference { $reference }.
signatures-sign-title = 2. Sign it on your computer
signatures-sign-once = Once only, without printing it, without changing anything, and without saving it again with another program.
signatures-sign-firmaec = With FirmaEC
signatures-sign-firmaec-open = Open FirmaEC and choose “Firmar Documento”.
signatures-sign-firmaec-choose = Choose the PDF that you downloaded and your certificate, in a file or on a token. The password is typed there, never in this portal.
signatures-sign-firmaec-place = If it asks where to put the visible signature, choose an empty place.
signatures-sign-firmaec-saved = FirmaEC saves a new file whose name ends in “-signed.pdf”. That is the one to upload.
signatures-sign-other = With another program
signatures-sign-other-pades = Any that signs PDFs (PAdES) will do. Sign once; do not use “Print to PDF” or “Save as” afterwards.
signatures-sign-other-p7m = A signed message (.p7m) will do as well, if it has the PDF inside that you downloaded.
signatures-upload-title = 3. Upload the signed file
signatures-upload-left = { $uploads ->
    [one] You have 1 upload left.
   *[other] You have { $uploads } uploads left.
}

signatures-file-label = Choose the signed file
signatures-file-other = Choose another file
signatures-file-drop = or drop it here
signatures-file-release = Drop the file
signatures-file-hint = The signed PDF or the .p7m, { $megabytes } MB at most.
signatures-file-chosen = { $name }, { $kilobytes } kB
signatures-file-chosen-label = Chosen file
signatures-file-missing = Choose the signed file first
signatures-file-several = Drop one file only
signatures-file-empty = The file is empty. Choose the one that your program saved when you signed.
signatures-file-too-large = The file is larger than { $megabytes } MB. Upload the signed request with nothing added.
signatures-file-key = This looks like the file of your signature, not like the signed document. Do not send it or give it to anybody. Choose the PDF that you saved when you signed.
signatures-file-unsigned = This PDF does not look signed yet. Check that it is the file that your program saved when you signed.
signatures-file-other-type = This looks neither like a PDF nor like a .p7m. Check that it is the file that your program saved when you signed.
signatures-send = Upload and check
signatures-sending = Uploading…
signatures-checking = Checking the signature…
signatures-checking-what = It usually takes a few seconds. The authority that issued your certificate is asked too.
signatures-progress = File uploaded
signatures-percent = { $percent } %
signatures-stop = Stop

signatures-failed-title = The signature did not pass the check
signatures-failed-what = Nothing was changed in the account. Below is why, and what to do; then you can upload it again.
signatures-verdict-title = What was checked
signatures-verdict-at = Checked at { $time }.

signatures-expired-title = The time of this request is over
signatures-expired-what = For safety, each request is good for a short time. The one before can no longer be uploaded.
signatures-expired-do = Ask for a fresh one: you do not have to identify yourself again. Sign and upload it before its time is over.
signatures-expired-until = You can ask for it until { $time }.
signatures-expired-act = Ask for a fresh request
signatures-expired-acting = Preparing the request…

signatures-referred-title = A person will look at your request
signatures-referred-what = The signature did not fail, but something could not be found out now. For safety it does not pass by itself: a person of the institution decides, with the document that you uploaded.
signatures-referred-number = Your number
signatures-referred-at = Received
signatures-when = { $day } { $month } { $year }, { $time } (time of mainland Ecuador)
signatures-referred-next = What comes next
signatures-referred-call = Go to a counter or use the institution’s contact, and quote this number.
signatures-referred-bring = Bring your original cédula and, if you represent a company, the registered appointment.
signatures-referred-keep = Print or note this page: the number is all that you need to remember.
signatures-referred-nothing = Meanwhile nothing changes in the account.
signatures-declined-title = The request was not accepted
signatures-declined-at = Decided
signatures-declined-signer = It could not be shown that whoever signed is the person who came.
signatures-declined-representative = Whoever signed does not represent the employer.
signatures-declined-certificate = The certificate of the signature is revoked or not to be trusted.
signatures-declined-withdrawn = Somebody asked not to go on with it.
signatures-declined-nothing = Nothing changed in the account. You can ask for another request or come back to the counter.
signatures-print = Print this page

signatures-passed-title = The signature is valid
signatures-passed-what = Every check is good. Checked at { $time }.
signatures-passed-recovery = Go on now: the next page shows the link for the new password being sent. The link does not live long; keep the mailbox in sight.
signatures-passed-recovery-act = Go on to the link
signatures-passed-unlock = Now choose where to receive the link that unblocks the account.
signatures-passed-unlock-act = Go on with the unblocking
signatures-held-title = The change has been asked for
signatures-held-what-email = { $contact } will be the registered e-mail once the wait is over and you confirm it.
signatures-held-what-phone = { $contact } will be the registered telephone once the wait is over and you confirm it.
signatures-held-until = Waits until
signatures-held-told = We told every contact before it: they can cancel the change until then.
signatures-held-then-email = Then a link goes to the new e-mail. Open it and confirm: only then it counts.
signatures-held-then-phone = Then a link goes to the new telephone by text message. Open it and confirm: only then it counts.
signatures-held-close = You can close this page now.
signatures-frozen-title = Account frozen
signatures-frozen-what = The signature is valid, but the owner froze the account because of a change they do not recognise. Nothing can be changed online.
signatures-frozen-do = Go to the counter with the legal representative’s original cédula.

signatures-ended-lapsed-title = The request was closed because of time
signatures-ended-lapsed-what = It was not finished in time and was closed for safety. Nothing changed in the account.
signatures-ended-rejected-title = The request was closed
signatures-ended-rejected-what = All uploads were used and the signature did not pass. Nothing changed in the account.
signatures-ended-rejected-do = Look at the reasons before you ask for another request, or go to a counter.
signatures-ended-superseded-title = There is a more recent procedure
signatures-ended-superseded-what = Another procedure was begun for this same account, and only the last one stays open.
signatures-ended-superseded-do = Go on where you began it. If it was not you, you can ask for another request.
signatures-ended-abandoned-title = Request cancelled
signatures-ended-abandoned-what = You cancelled this request. Nothing changed in the account.
signatures-ended-again = You can ask for another one if you still need it.
signatures-ended-act = Ask for another request

signatures-abandon = Cancel this request
signatures-abandon-title = Cancel this request?
signatures-abandon-body = The downloaded request is no longer good. The account stays as it is.
signatures-abandon-confirm = Cancel the request
signatures-abandon-keep = Go on with it
signatures-counter = Get an appointment
signatures-prepare-act = Prepare the request
signatures-prepare-acting = Preparing the request…
signatures-way-email = Register an e-mail with an electronic signature
