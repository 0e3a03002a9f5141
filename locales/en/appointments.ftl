# Appointments: getting one, confirming, moving, cancelling, and what to bring.
appointments-title = Get an appointment
appointments-lead = A person serves you, at a counter or by video call. It costs nothing and needs no account.
appointments-steps-label = Steps to an appointment
appointments-step-place = Place
appointments-step-time = Day and time
appointments-step-identify = Identification
appointments-step-confirm = Confirmation
appointments-need-number = The employer’s RUC and the representative’s cédula
appointments-need-mailbox = A mailbox that you can open: the code and the reminders go there
appointments-need-time = Two minutes
appointments-loading = Asking for appointments…
appointments-continue = Continue
appointments-have-title = You have an appointment in this browser
appointments-have-act = Show my appointment
appointments-mine-link = I have an appointment: see, move or cancel it
appointments-help = What happens at the counter, and what to bring
appointments-province-label = In which province would you like to be served?
appointments-province-hint = Those that have a centre are listed. Afterwards you also see centres nearby.
appointments-province-choose = Choose a province
appointments-province-missing = Choose a province
appointments-none = No centre gives appointments through this portal yet. Write to the institution’s contact, at the foot of this page.

appointments-errand-title = What do you need?
appointments-procedure-label = The procedure
appointments-procedure-missing = Choose the procedure
appointments-procedure-recovery = Recover the password
appointments-procedure-recovery-hint = The link is sent to your registered e-mail address.
appointments-procedure-unlock = Unblock the account
appointments-procedure-unlock-hint = The password does not change.
appointments-procedure-contact = Change the registered e-mail address or phone
appointments-procedure-contact-hint = If you can no longer open the registered one, or there is none.
appointments-procedure-passkey = Enrol a fingerprint or a face
appointments-procedure-passkey-hint = Have the phone or computer with you on which you will use it.
appointments-procedure-signature = Settle an electronically signed request
appointments-procedure-signature-hint = If you got a number that begins with F when you uploaded it.
appointments-mode-label = How would you like to be served?
appointments-mode-missing = Choose how you would like to be served
appointments-mode-in-person = At a counter
appointments-mode-in-person-hint = You come to the centre with your originals.
appointments-mode-video = By video call
appointments-mode-video-hint = From wherever you are, with a camera, a microphone and your originals at hand.

appointments-centre-title = Choose a centre
appointments-centre-here = In { $province }
appointments-centre-nearby = Other centres
appointments-centre-elsewhere = In other provinces
appointments-centre-next = Next free: { $day }, { $time }
appointments-centre-full = Nothing free at the moment
appointments-centre-wait = Join the waiting list
appointments-centre-map = Show on a map
appointments-centre-kilometres = { $kilometres ->
    [0] Less than 1 km away
   *[other] About { $kilometres } km away
}
appointments-centre-none = No centre in this province or near it serves this in this way. Choose another way of meeting or another province.
appointments-change-errand = Change the procedure or the way of meeting
appointments-change-province = Choose another province
appointments-change-centre = Choose another centre
appointments-change-time = Choose another time

appointments-time-title = Choose the day and the time
appointments-time-where = { $centre }, { $canton }
appointments-time-minutes = { $minutes ->
    [one] The appointment takes 1 minute.
   *[other] The appointment takes { $minutes } minutes.
}
appointments-day-label = Day
appointments-day-free = { $count ->
    [one] 1 time free
   *[other] { $count } times free
}
appointments-day-full = Nothing free
appointments-day-closed = Closed
appointments-time-label = Time, { $day }
appointments-time-missing = Choose a time
appointments-time-last = Last place
appointments-time-earlier = Earlier days
appointments-time-later = Later days
appointments-time-week-full = Nothing is free on these days. Look at the later days.
appointments-time-full-title = This centre has nothing free
appointments-time-full-what = You can join the waiting list: if somebody cancels, we offer it to you by e-mail. Or choose another centre.
appointments-zone-galapagos = Galápagos time, one hour behind the mainland.
appointments-zone-mainland = Mainland Ecuador time.
appointments-weekday-name = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
appointments-day = { $weekday } { $day } { $month }
appointments-day-year = { $weekday } { $day } { $month } { $year }
appointments-span = { $from } to { $until }
appointments-moment = { $day }, { $time }

appointments-book-title = Who is coming?
appointments-book-lead = The appointment is for the employer and its representative. No register is asked here.
appointments-place-label = The appointment

appointments-held-title = Confirm your appointment
appointments-held-lead = We keep this place for you while you type your e-mail address. It is not booked yet.
appointments-held-label = Time to confirm
appointments-held-calm = There is time: type your address calmly.
appointments-held-soon = Less than a minute is left to confirm.
appointments-email-label = Your e-mail address
appointments-email-hint = The code, the file for your calendar and the reminders go there. It is used for this appointment only.
appointments-email-missing = Enter your e-mail address
appointments-email-malformed = Enter a complete address, for example name@example.ec
appointments-confirm = Confirm the appointment
appointments-confirming = Confirming…
appointments-release = Give this place back
appointments-release-title = Give this place back?
appointments-release-body = Somebody else can take it then. You can choose another time.
appointments-release-confirm = Give it back
appointments-release-keep = Go on with it

appointments-booked-title = Your appointment is booked
appointments-code-label = Appointment code
appointments-when-label = When
appointments-where-label = Where
appointments-where-video = By video call, with { $centre }
appointments-hours-label = Opening hours
appointments-exceptions-label = Closed
appointments-holiday = { $day } ({ $name })
appointments-closure = from { $from } until { $until }
appointments-procedure-term = Procedure
appointments-employer-label = Employer
appointments-booked-told = We sent all of this to { $email }. A reminder follows before the appointment.
appointments-booked-early = Come ten minutes early and say the code.
appointments-download-sheet = Download as PDF
appointments-download-calendar = Add to the calendar
appointments-print = Print this page
appointments-move = Move to another time
appointments-moves-left = { $count ->
    [0] It cannot be moved any more; you can cancel it and get another one.
    [one] You can move it once more.
   *[other] You can move it { $count } more times.
}
appointments-change-title = If you cannot come
appointments-change-what = Move or cancel it, so that somebody else can use the place. The link in the e-mail works too, or the code with the representative’s cédula.
appointments-cancel = Cancel the appointment
appointments-cancel-title = Cancel this appointment?
appointments-cancel-body = The place goes to somebody else and cannot be had back. You can get another appointment whenever you like.
appointments-cancel-confirm = Cancel the appointment
appointments-cancel-keep = Keep it
appointments-another = See another appointment

appointments-bring-title = What to bring
appointments-bring-title-video = What to have at hand
appointments-bring-note = This is the list for your case. By law they may not ask you for copies of what the State already holds.
appointments-paper-cedula = The representative’s cédula
appointments-paper-foreign = The foreign representative’s identity document
appointments-paper-ruc = The active RUC
appointments-paper-code = The code of this appointment
appointments-paper-letter = The letter of request, signed by the representative
appointments-paper-request = The electronically signed request
appointments-paper-company = The representative’s appointment (nombramiento), registered
appointments-paper-public = The appointment (nombramiento or acción de personal) of whoever represents the institution
appointments-paper-power = The power of attorney (poder notarial) by which you act for that person
appointments-bring-original = Bring the original. You get it back.
appointments-bring-copy = Bring the original and a copy, which stays.
appointments-bring-camera = Have it at hand to show it to the camera.
appointments-bring-looked-up = Bring nothing: the officer looks it up.
appointments-bring-on-file = We have it already: you sent it.
appointments-bring-code = It is enough to show it, on paper or on the phone.

appointments-checked-in-title = Your arrival is registered
appointments-checked-in-what = Registered at { $time }. Wait for your code to be called.
appointments-attended-title = Your appointment is over
appointments-attended-what = You were served: { $when }.
appointments-no-show-title = Nobody came to this appointment
appointments-no-show-what = The centre closed it because nobody came. You can get another one.
appointments-cancelled-title = The appointment is cancelled
appointments-cancelled-person = You cancelled it: { $when }. The place is free again.
appointments-cancelled-centre = The centre cancelled it: { $when }. We are sorry: please get another one, there or at a centre nearby.
appointments-cancelled-officer = An officer cancelled it, because somebody asked for that at a counter: { $when }. You can get another one whenever you like.
appointments-lapsed-title = The time is over
appointments-lapsed-what = The time to confirm, accept or wait has run out. Nothing is booked.
appointments-again = Get another appointment

appointments-waiting-title = Join the waiting list
appointments-waiting-lead = If somebody cancels at { $centre }, we offer you the place by e-mail. You have some time to accept it; then it goes to the next person.
appointments-waiting-email-hint = The offer goes there. It is used for nothing else.
appointments-waits-title = You are on the waiting list
appointments-waits-ahead = { $ahead ->
    [0] You are next.
    [one] 1 person is before you.
   *[other] { $ahead } people are before you.
}
appointments-waits-told = The offer will go to { $email }. You can close this page.
appointments-waits-until = The wait ends by itself on { $day }.
appointments-waits-meanwhile = If you prefer a place at another centre, leave this list first.
appointments-waits-leave = Leave the list
appointments-waits-leave-title = Leave the waiting list?
appointments-waits-leave-body = You lose your place in the line. You can join again, at its end.
appointments-waits-leave-confirm = Leave the list
appointments-waits-leave-keep = Keep waiting

appointments-offered-title = There is a place for you
appointments-offered-lead = Somebody cancelled. We keep this place for you; if you do not accept it in time, it goes to the next person.
appointments-offered-label = Time to accept
appointments-offered-calm = There is time to decide.
appointments-offered-soon = Less than a minute is left to accept.
appointments-offered-accept = Accept the place
appointments-offered-accepting = Accepting…
appointments-offered-refuse = I do not want it
appointments-offered-refuse-title = Let this place go?
appointments-offered-refuse-body = It is offered to the next person, and you leave the list.
appointments-offered-refuse-confirm = Let it go
appointments-offered-refuse-keep = Think about it

appointments-find-title = Find your appointment
appointments-find-lead = With its code and the representative’s cédula. The code is in the e-mail and on the PDF, and begins with T.
appointments-find-code-label = Appointment code
appointments-find-code-hint = For example T-7K3M-2Q. With or without the hyphens.
appointments-find-code-missing = Enter the appointment’s code
appointments-find-code-malformed = Check the code: T and six letters or digits
appointments-find-act = Find
appointments-find-acting = Looking…
appointments-find-lost = You do not have the code? Open the link in any of the appointment’s e-mails, or ask at the centre with your cédula.

appointments-move-title = Move your appointment
appointments-move-now = It is now on { $when }. You keep it while you choose.
appointments-move-act = Move to this time
appointments-moving = Moving…
appointments-move-back = Leave it as it is
appointments-move-none = This appointment cannot be moved any more.
appointments-move-elsewhere = Other centres with free times
appointments-move-elsewhere-none = No other centre nearby has a free time now.
appointments-move-see = See its times
appointments-move-here = You are looking at the times of this centre.

appointments-link-title = Opening your appointment
appointments-link-missing-title = The link is incomplete
appointments-link-missing-what = Open it again from the e-mail, all of it. Or find your appointment by its code and the cédula.
appointments-link-find = Find it by its code

appointments-video-title = Your video call
appointments-video-before = The link appears here on { $day }, from { $time } on. You can leave this page open.
appointments-video-open = The room is open until { $time }.
appointments-video-enter = Enter the video call
appointments-video-new-tab = It opens in another tab, at the institution’s video service.
appointments-video-over = The time of this video call has passed.
appointments-video-none = This appointment is at a counter.
appointments-video-check-title = Before you go in
appointments-video-check-camera = Try the camera and the microphone
appointments-video-check-light = Sit where there is light, on your own
appointments-video-check-papers = Have the originals on the list at hand
appointments-video-check-code = The officer will ask you for the code { $code }. Nobody will ever ask you for the password.
appointments-video-mine = Show the whole appointment
