# Centrokuna, paykunata kamakkunapak.
centres-nav = Centrokuna
centres-title = Centrokuna
centres-lead = Maypi, ima pacha runakunata chaskin. Kay willaykunawan kuskakunata yupan; mushuk killkashkaka utka allimi kan.
centres-none = Manarak centro tiyanchu.
centres-new = Mushuk centro
centres-national = Mama llakta raymi punchakuna
centres-change = Shuktachina
centres-holidays = Raymi punchakuna
centres-close = Shuk pachapak wichkana
centres-end = Yanapayta tukuchina
centres-saved = Shuktachishkami kan
centres-state-serving = Yanapakun
centres-state-ended = Ña mana yanapanchu
centres-counters-count = { $count ->
    [1] 1 ventanilla
   *[other] { $count } ventanillakuna
}
centres-closed = { $from } pachamanta { $until } pachakaman wichkashka

centres-name = Centropak shuti
centres-code = Código
centres-code-hint = Institucionpak archivokunapi shina, UIO-01 shina.
centres-province = Marka
centres-province-hint = Galapagospika centroka Galapagos pachatami charin.
centres-province-missing = Markata akllay
centres-canton = Kiti
centres-address = Maypi kan
centres-coordinates = Coordenadakuna
centres-coordinates-hint = Munashpalla. Latitud, longitud, mapa shina: -0.180653, -78.467834
centres-map-link = Mapaman tinkichik
centres-map-link-hint = Munashpalla. Mana tiyakpika coordenadakunami mapata rurankakuna.
centres-counters = Ventanillakuna
centres-counters-hint = Mashna runata shuk pachallapi chaskin, { $most }kaman.
centres-procedures = Ruraykuna
centres-procedures-missing = Shuk rurayta akllay
centres-modes = Imashina chaskin
centres-modes-missing = Shuk chaskinata akllay
centres-hours = Pachakuna
centres-hours-hint = 08:00-13:00 14:00-17:00 shina. Mana chaskik punchapi chushak sakiy.
centres-hours-missing = Shuk punchapak pachata killkay
centres-hours-malformed = Kashna killkay: 08:00-13:00 14:00-17:00
centres-hours-order = Shuk pachaka kallarinamanta ñawpa tukun, mana kashpaka shukwan chapurin
centres-monday = awaki
centres-tuesday = awrik
centres-wednesday = chillay
centres-thursday = kullka
centres-friday = chaska
centres-saturday = wacha
centres-sunday = inti
centres-days = { $first }manta { $last }kaman

centres-holidays-hint = Mana chaskik punchakuna. Punchata kashna killkay: 2026-12-25.
centres-holidays-add = Punchata yapana
centres-holidays-remove = Anchuchina
centres-holiday-day = Puncha
centres-holiday-name = Shuti

centres-zone-mainland = Ecuador allpa pachawan. Punchata 2026-12-25 shina, pachata 08:30 shina killkay.
centres-zone-galapagos = Galapagos pachawan. Punchata 2026-12-25 shina, pachata 08:30 shina killkay.
centres-from-day = Kay punchamanta
centres-from-clock = Kay pachamanta
centres-until-day = Kay punchakaman
centres-until-clock = Kay pachakaman
centres-close-do = Wichkana
centres-open = Wichkashkata anchuchina
centres-open-what = Chay pachapi kutin mañayta ushankakuna.
centres-end-what = Centroka mañanakunamanta llukshin. Paypak kawsayka sakirin, kutin yanapayta ushanmi.
centres-end-do = Yanapayta tukuchina
centres-resume = Kutin yanapana
centres-resume-what = Centroka kutin mañanakunapi rikurin, charishka pachakunawan.

centres-displaces = { $count ->
    [1] Kay shuktachiyka 1 turnota mana kuskayuk sakin
   *[other] Kay shuktachiyka { $count } turnokunata mana kuskayuk sakin
}
centres-displaces-what = Manarak imapash shuktachishkachu. Katikpika turnokunaka tukurin, sapan runapash shuktak akllanapak correota chaskin.
centres-displaces-agree = { $count ->
    [1] 1 turnota tukuchishpa shuktachina
   *[other] { $count } turnokunata tukuchishpa shuktachina
}
centres-displaces-leave = Ama shuktachina
