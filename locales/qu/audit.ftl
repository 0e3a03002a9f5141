# Rikuchik: killkashkakunapi maskana, chimpuchishkata rikuna, shuk pankata apana.
audit-nav = Llamkayta rikuna
audit-title = Llamkayta rikuna
audit-lead = Tukuy imapash tikrashkaka killkashka, chimpuchishkami sakirin. Kaypi maskay, pipash mana tikrachishkata rikuy, shuk pankatapash waychishpa apay. Kan rikushkapash killkashkami sakirin.
audit-verification = Chimpuchishkata rikuna
audit-verification-what = Tukuy chimpuchishka ruraykunata killkakatinmi; ima tikrashka, ima illak, ima shuk kuskapi kashkata willanmi.
audit-heads = Ñawpa wakaychishka umakuna
audit-heads-hint = Munashpalla, chushak kuskawan rakishka. Paykunawan puchukayta kuchushkata, mushukmanta killkashkatapash rikunmi.
audit-heads-wrong = Shuk umaka yupay, ishkay chimpu, 64 hexadecimal yupaykunami kan
audit-verify = Kunan rikuna
audit-progress = Killkakatishka ruraykuna
audit-read = { $last }manta { $read }; { $waiting } chimputa shuyakun
audit-whole = Killkashkaka tukuymi kan
audit-broken = Killkashkata tikrachishkami, mana kashpaka mama yaykuna shimika shukmi kan
audit-keep-head = Kay umata shuk kuskapi wakaychiy: kipaman kuchushkata, mushukmanta killkashkatapash yachankapak.
audit-finding-altered = { $sequence } rurayka mana chimpuchishkachu
audit-finding-missing = { $from }manta { $to }kaman ruraykuna illanmi
audit-finding-misplaced = { $sequence } kuskapi rurayka mana chaypi kana kanchu
audit-finding-end = { $recorded } ruraykaman chimpuchishkami, shinapash { $found }pi puchukan
audit-finding-truncated = { $exported } ruraypa uma wakaychishkami, shinapash { $found }pi puchukan
audit-finding-rewritten = { $sequence } rurayka wakaychishka umawan mana paktanchu
audit-search = Maskana
audit-period = Maykamanta
audit-period-hour = Shuk pacha
audit-period-day = Shuk puncha
audit-period-week = Kanchis puncha
audit-period-month = Kimsa chunka puncha
audit-period-ever = Tukuy pacha
audit-employer = Llamkachikpa RUC, cédula mana kashpaka
audit-branch = Sucursal
audit-kind = Ruray
audit-kind-any = Maykanpash
audit-reason = Imamanta tukuyta rikunata munanki
audit-reason-hint = Munashpalla. Mana killkashpaka runakunapa willaykunaka pakashkami rikurin. Killkashpaka tukuymi rikurin, imamanta nishkapash killkashkami sakirin.
audit-search-do = Maskana
audit-newest = Mushuklla ruraykunata rikuna
audit-results = Tarishka
audit-found = { $count ->
    [one] Shuk ruray
   *[other] { $count } ruraykuna
}
audit-masked = Runakunapa willaykunaka pakashkami.
audit-open = Tukuymi rikurin. Kan rikushkata, imamanta nishkatapash killkashkami.
audit-older = Ñawpa ruraykunata rikuna
audit-column-when = Hayka
audit-column-what = Ima
audit-column-who = Pi
audit-column-employer = Llamkachik
audit-column-from = Maymanta
audit-column-place = Chimpupi kuska
audit-detail = Ashtawan
audit-actor-system = Sistema
audit-actor-visitor = Mana riksishka runa
audit-actor-holder = Charik
audit-actor-delegate = Katik llamkak
audit-actor-officer = Wasi llamkak
audit-export = Killkashkata chimpuntin apana
audit-export-what = Tukuy chimpuchishka ruraykuna, chimpukuna, kallari puchukay umakunantin shuk pankapi wakaychirinmi. Mama yaykuna shimiwan rikuy: clavero audit check PANKA.
audit-export-reason = Imamanta
audit-export-do = Pankata wakaychina
audit-exported = { $count ->
    [one] Shuk ruraymi wakaychirirka
   *[other] { $count } ruraykunami wakaychirirka
}
