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
challenges-birthplace = In which canton was the legal representative born?
challenges-birthplace-hint = As on record at the Registro Civil, even if the person lived elsewhere afterwards.
challenges-previous-address = On which of these streets did the legal representative live before?
challenges-previous-address-hint = According to the Registro Civil. It may be from several years ago.
challenges-marriage-date = On what date did the legal representative marry?
challenges-marriage-date-hint = The date of the civil marriage on record at the Registro Civil, not that of a religious ceremony.
challenges-ruc-issue-date = On what date was the RUC issued?
challenges-ruc-issue-date-hint = The date on which the SRI issued the RUC. It is not the start of activities; the certificate shows both.
challenges-incorporation-date = On what date was the company incorporated?
challenges-incorporation-date-hint = The date of incorporation on record at the SRI, not that of the representative's appointment.
challenges-head-office-canton = In which canton is the head office?
challenges-head-office-canton-hint = The main office according to the SRI, not a branch.
challenges-main-activity = What is the employer's main activity?
challenges-main-activity-hint = The one that the RUC shows for the main office. Choose the closest one.
challenges-first-worker-month = In which month did you register your first worker at the IESS?
challenges-first-worker-month-hint = The month of the first notice of entry, even if that worker has left. For example: 4 2012.
challenges-workers-in-month = How many workers were registered in { $month } { $year }?
challenges-workers-in-month-hint = According to that month's IESS payroll. Only the number.
challenges-employer-previous-address = On which of these streets was the employer before?
challenges-employer-previous-address-hint = The last address at the IESS before the present one.
challenges-branch-count = How many branches does the employer have at the IESS?
challenges-branch-count-hint = Count the main one (0001) as well. Only the number.
challenges-employer-registration-date = On what date was the employer registered at the IESS?
challenges-employer-registration-date-hint = The date of the registration as an employer, not the date on which the RUC was issued.
challenges-debit-account = From which bank account does the IESS debit your contributions?
challenges-debit-account-hint = If you changed accounts recently, the former one may still be on record and the answer will not match.
challenges-appointment-date = On what date was the legal representative's appointment registered?
challenges-appointment-date-hint = The date on which the current appointment was registered, not that of the meeting that elected the person.
challenges-bank = Bank
challenges-last-four = Last four digits of the account
challenges-last-four-wrong = Type exactly four digits
challenges-number-wrong = Type a whole number, for example 12
challenges-error = Question { $number }: { $message }
