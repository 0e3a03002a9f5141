# Centres, for those who keep them.
centres-nav = Centres
centres-title = Centres
centres-lead = Where and when people are served. Places follow from these details; a change holds at once.
centres-none = There are no centres yet.
centres-new = New centre
centres-national = National holidays
centres-change = Change
centres-holidays = Holidays
centres-close = Close for some time
centres-end = End its service
centres-saved = The change is made
centres-state-serving = Serving
centres-state-ended = Serves no more
centres-counters-count = { $count ->
    [1] 1 counter
   *[other] { $count } counters
}
centres-closed = Closed from { $from } until { $until }

centres-name = Name of the centre
centres-code = Code
centres-code-hint = As in the institution's files, for example UIO-01.
centres-province = Province
centres-province-hint = In Galápagos the centre uses the time of Galápagos.
centres-province-missing = Choose the province
centres-canton = Canton
centres-address = Address
centres-coordinates = Coordinates
centres-coordinates-hint = Optional. Latitude and longitude, as a map gives them: -0.180653, -78.467834
centres-map-link = Link to a map
centres-map-link-hint = Optional. Without a link, the coordinates make the map.
centres-counters = Counters
centres-counters-hint = How many people are served at once, up to { $most }.
centres-procedures = Procedures
centres-procedures-missing = Choose at least one procedure
centres-modes = How people are served
centres-modes-missing = Choose at least one way
centres-hours = Hours
centres-hours-hint = For example 08:00-13:00 14:00-17:00. Leave a day empty on which nobody is served.
centres-hours-missing = Write the hours of at least one day
centres-hours-malformed = Use the form 08:00-13:00 14:00-17:00
centres-hours-order = Some hours end before they begin or overlap others
centres-monday = Monday
centres-tuesday = Tuesday
centres-wednesday = Wednesday
centres-thursday = Thursday
centres-friday = Friday
centres-saturday = Saturday
centres-sunday = Sunday
centres-days = { $first } to { $last }

centres-holidays-hint = Whole days on which nobody is served. Dates are written as 2026-12-25.
centres-holidays-add = Add a day
centres-holidays-remove = Remove
centres-holiday-day = Date
centres-holiday-name = Name

centres-zone-mainland = By the time of mainland Ecuador. Dates are written as 2026-12-25 and times as 08:30.
centres-zone-galapagos = By the time of Galápagos. Dates are written as 2026-12-25 and times as 08:30.
centres-from-day = From the day
centres-from-clock = From the time
centres-until-day = Until the day
centres-until-clock = Until the time
centres-close-do = Close
centres-open = Take the closure back
centres-open-what = That time can be booked again.
centres-end-what = The centre goes from the booking pages. Its past stays, and it can serve again.
centres-end-do = End its service
centres-resume = Serve again
centres-resume-what = The centre is on the booking pages again, with the hours it had.

centres-displaces = { $count ->
    [1] This change leaves 1 appointment without its place
   *[other] This change leaves { $count } appointments without their place
}
centres-displaces-what = Nothing has been changed yet. If you go on, they are cancelled and each person gets a mail to choose another one.
centres-displaces-agree = { $count ->
    [1] Cancel 1 appointment and make the change
   *[other] Cancel { $count } appointments and make the change
}
centres-displaces-leave = Do not make the change
