# The audit: searching the log, verifying its chain, taking a part of it along.
audit-nav = Audit
audit-title = Audit
audit-lead = Everything that changes is written down and sealed into a chain. Here you search it, verify that nobody altered it, and keep a copy with its proof. What you look at is written down too.
audit-verification = Verify the chain
audit-verification-what = All sealed events are read, and everything that does not fit is told: what was changed, what is missing, what stands elsewhere.
audit-heads = Heads you kept before
audit-heads-hint = Optional, separated by spaces. They also reveal a log that was cut off at its end or written anew.
audit-heads-wrong = A head is a number, a colon and 64 hexadecimal digits
audit-verify = Verify now
audit-progress = Events read
audit-read = { $read } of { $last }; { $waiting } wait for their seal
audit-whole = The log is whole
audit-broken = The log was tampered with, or the master key is not the one it was sealed with
audit-keep-head = Keep this head elsewhere: with it you will know later whether the log was cut off or written anew.
audit-finding-altered = Event { $sequence } is not the one that was sealed
audit-finding-missing = Events { $from } to { $to } are missing
audit-finding-misplaced = An event stands at place { $sequence }, where none can be
audit-finding-end = The chain was sealed up to event { $recorded }, but the events end at { $found }
audit-finding-truncated = A head was kept of event { $exported }, but the events end at { $found }
audit-finding-rewritten = Event { $sequence } differs from the head that was kept
audit-search = Search
audit-period = Not older than
audit-period-hour = One hour
audit-period-day = One day
audit-period-week = Seven days
audit-period-month = Thirty days
audit-period-ever = Any age
audit-employer = Employer's RUC or cédula
audit-branch = Branch
audit-kind = Event
audit-kind-any = Any
audit-reason = Reason to see everything
audit-reason-hint = Optional. Without a reason, people's data are masked. With one they are shown, and the reason is written down.
audit-search-do = Search
audit-newest = Show the newest
audit-results = Results
audit-found = { $count ->
    [one] One event
   *[other] { $count } events
}
audit-masked = People's data are masked.
audit-open = Nothing is masked. It was written down that you saw it, and why.
audit-older = Show older
audit-column-when = When
audit-column-what = What
audit-column-who = Who
audit-column-employer = Employer
audit-column-from = From where
audit-column-place = Place in the chain
audit-detail = Detail
audit-actor-system = The system
audit-actor-visitor = Somebody unidentified
audit-actor-holder = The account's holder
audit-actor-delegate = A secondary user
audit-actor-officer = An officer
audit-export = Take the log along with its proof
audit-export-what = A file is saved with all sealed events, their seals, and the heads at the beginning and the end. With the master key it is verified without the database: clavero audit check FILE.
audit-export-reason = Reason
audit-export-do = Save the file
audit-exported = { $count ->
    [one] One event was saved
   *[other] { $count } events were saved
}
