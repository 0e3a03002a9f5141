# The verification questions and how to answer them.
challenges-day = Day
challenges-month = Month
challenges-year = Year
challenges-choose = Choose an option
challenges-month-name = { $month ->
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
}
challenges-birth-date = What is the legal representative's date of birth?
challenges-birth-date-hint = As on the cédula. For example: 27 3 1980.
challenges-previous-address = On which of these streets did the legal representative live before?
challenges-previous-address-hint = According to the Registro Civil. It may be from several years ago.
challenges-ruc-issue-date = On what date was the RUC issued?
challenges-ruc-issue-date-hint = The date on which the SRI issued the RUC. It is not the start of activities; the certificate shows both.
challenges-incorporation-date = On what date was the company incorporated?
challenges-incorporation-date-hint = The date of incorporation on record at the SRI, not that of the representative's appointment.
challenges-head-office-canton = In which canton is the head office?
challenges-head-office-canton-hint = The main office according to the SRI, not a branch.
challenges-workers-in-month = How many workers were registered in { $month } { $year }?
challenges-workers-in-month-hint = According to that month's IESS payroll. Only the number.
challenges-debit-account = From which bank account does the IESS debit your contributions?
challenges-debit-account-hint = If you changed accounts recently, the former one may still be on record.
challenges-bank = Bank
challenges-last-four = Last four digits of the account
challenges-last-four-wrong = Type exactly four digits
challenges-number-wrong = Type a whole number, for example 12
challenges-error = Question { $number }: { $message }
