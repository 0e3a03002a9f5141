# Turnokuna: mañana, arinina, shukyana, harkana, imata apana.
appointments-title = Turnota mañapay
appointments-lead = Ventanillapi, mana kashpaka videollamadawan, shuk runami yanapanka. Mana kullkita mañanchu, cuentapash mana minishtirinchu.
appointments-steps-label = Turnota mañanapak yallikuna
appointments-step-place = Maypi
appointments-step-time = Puncha, hora
appointments-step-identify = Pi kashkata willana
appointments-step-confirm = Arinina
appointments-need-number = Llamkachikpa RUC, representantepa cédulapash
appointments-need-mailbox = Paskay ushashka llikachaski (correo): chaymanmi código, yuyachik willaykunapash chayan
appointments-need-time = Ishkay minuto
appointments-loading = Turnokunata tapukunchikmi…
appointments-continue = Katina
appointments-have-title = Kay navegadorpi ña turnota charinki
appointments-have-act = Ñuka turnota rikuna
appointments-mine-link = Ña turnota mañarkani: rikuna, shukyana, mana kashpaka harkana
appointments-help = Ventanillapi ima tukun, imatapash apana
appointments-province-label = ¿Ima markapitak (provincia) yanapachun munanki?
appointments-province-hint = Centro tiyak markakunami rikurin. Washaka kuchulla centrokunatapash rikunki.
appointments-province-choose = Markata akllapay
appointments-province-missing = Markata akllapay
appointments-none = Kay pankapi turnota kuk centrokuna manarak tiyanchu. Institucionpa contactoman killkapay, kay pankapa urapimi kan.

appointments-errand-title = ¿Imatatak minishtinki?
appointments-procedure-label = Ruray
appointments-procedure-missing = Rurayta akllapay
appointments-procedure-recovery = Yaykuna shimita kutin hapina
appointments-procedure-recovery-hint = Killkashka llikachaskiman tinkichiktami kachachinka.
appointments-procedure-unlock = Cuentata paskana
appointments-procedure-unlock-hint = Yaykuna shimika mana shukyanchu.
appointments-procedure-contact = Killkashka llikachaskita, teléfonota shukyana
appointments-procedure-contact-hint = Killkashkata ña mana paskay ushakpi, mana kashpaka mana tiyakpi.
appointments-procedure-passkey = Huellata, rostrota killkachina
appointments-procedure-passkey-hint = Chaywan yaykuna teléfonota, computadoratapash apamupay.
appointments-procedure-signature = Firma electrónicawan mañayta allichina
appointments-procedure-signature-hint = Wichachikpi F sanampawan kallarik yupayta chaskishka kashpaka.
appointments-mode-label = ¿Imashinatak yanapachun munanki?
appointments-mode-missing = Imashina yanapachun akllapay
appointments-mode-in-person = Ventanillapi
appointments-mode-in-person-hint = Kikinmi originalkunawan centroman rinki.
appointments-mode-video = Videollamadawan
appointments-mode-video-hint = Maymantapash, cámarawan, micrófonowan, originalkuna makipi.

appointments-centre-title = Centrota akllapay
appointments-centre-here = { $province } markapi
appointments-centre-nearby = Shuktak centrokuna
appointments-centre-elsewhere = Shuktak markakunapi
appointments-centre-next = Katik chushak hora: { $day }, { $time }
appointments-centre-full = Kunanka mana chushak tiyanchu
appointments-centre-wait = Shuyay listapi killkarina
appointments-centre-map = Mapapi rikuna
appointments-centre-kilometres = { $kilometres } km shina karu
appointments-centre-none = Kay markapi, kuchullapipash, mana maykan centro kayta shina yanapanchu. Shuktak shinata, shuktak markatapash akllapay.
appointments-change-errand = Rurayta, imashina yanapanata shukyana
appointments-change-province = Shuktak markata akllana
appointments-change-centre = Shuktak centrota akllana
appointments-change-time = Shuktak horata akllana

appointments-time-title = Punchata, horata akllapay
appointments-time-where = { $centre }, { $canton }
appointments-time-minutes = Turnoka { $minutes } minutotami kan.
appointments-day-label = Puncha
appointments-day-free = { $count } chushak hora
appointments-day-full = Mana chushak
appointments-day-closed = Mana yanapan
appointments-time-label = Hora, { $day }
appointments-time-missing = Horata akllapay
appointments-time-last = Puchukay
appointments-time-earlier = Ñawpa punchakuna
appointments-time-later = Katik punchakuna
appointments-time-week-full = Kay punchakunapi mana chushak tiyanchu. Katik punchakunata rikupay.
appointments-time-full-title = Kay centroka mana chushakta charinchu
appointments-time-full-what = Shuyay listapi killkariy ushanki: pipash turnota harkakpi, llikachaskiwan kikinman kararinchik. Mana kashpaka shuktak centrota akllapay.
appointments-zone-galapagos = Galápagos hora, continentemanta shuk hora washa.
appointments-zone-mainland = Ecuador continentepa hora.
appointments-weekday-name = { $weekday ->
    [1] awaki (lunes)
    [2] awka (martes)
    [3] kuyllur (miércoles)
    [4] illapa (jueves)
    [5] chaska (viernes)
    [6] wakma (sábado)
   *[7] inti (domingo)
}
appointments-day = { $weekday }, { $month } { $day }
appointments-day-year = { $weekday }, { $year } wata { $month } { $day }
appointments-span = { $from } horamanta { $until } horakama
appointments-moment = { $day }, { $time }

appointments-book-title = ¿Pitak shamunka?
appointments-book-lead = Turnoka llamkachikpak, paypa representantepakpashmi. Kaypi mana ima mamallaktapa killkata tapunchikchu.
appointments-place-label = Turno

appointments-held-title = Turnota arinipay
appointments-held-lead = Llikachaskita killkakukpi kay kuskata wakaychikunchikmi. Manarak kikinpakchu.
appointments-held-label = Arininapak pacha
appointments-held-calm = Pachata charinkimi: kasilla killkapay.
appointments-held-soon = Shuk minutomanta ashallami arininapak puchun.
appointments-email-label = Kikinpa llikachaski
appointments-email-hint = Chaymanmi código, calendariopak archivo, yuyachik willaykunapash chayan. Kay turnollapakmi.
appointments-email-missing = Kikinpa llikachaskita killkapay
appointments-email-malformed = Tukuy llikachaskita killkapay, shinami: shuti@ejemplo.ec
appointments-confirm = Turnota arinina
appointments-confirming = Arinikunmi…
appointments-release = Kay kuskata kacharina
appointments-release-title = ¿Kay kuskata kacharinkichu?
appointments-release-body = Shuktak runapakmi chushak sakirin. Shuktak horata akllay ushanki.
appointments-release-confirm = Kuskata kacharina
appointments-release-keep = Paywan katina

appointments-booked-title = Kikinpa turnoka wakaychishkami
appointments-code-label = Turnopa código
appointments-when-label = Ima pacha
appointments-where-label = Maypi
appointments-where-video = Videollamadawan, { $centre } centrowan
appointments-hours-label = Paskashka pacha
appointments-exceptions-label = Wichkashka
appointments-holiday = { $day } ({ $name })
appointments-closure = { $from } pachamanta { $until } pachakaman
appointments-procedure-term = Ruray
appointments-employer-label = Llamkachik
appointments-booked-told = Kay tukuyta { $email } nishkaman kacharkanchik. Manarak turno chayakpi yuyachishunmi.
appointments-booked-early = Chunka minuto ñawpa chayapay, códigota willapay.
appointments-download-sheet = PDFta urmachina
appointments-download-calendar = Calendarioman churana
appointments-print = Kay pankata impreso llukchina
appointments-move = Shuktak horaman shukyana
appointments-moves-left = { $count ->
    [0] Ña mana shukyay ushankichu; harkashpa shuktakta mañay ushankimi.
   *[other] { $count } kutimi shukyay ushanki.
}
appointments-change-title = Mana riy ushashpaka
appointments-change-what = Shukyapay, mana kashpaka harkapay: shina shuktak runa kuskata hapinka. Willaypa tinkichikpash, código representantepa cédulawanpash yanapanmi.
appointments-cancel = Turnota harkana
appointments-cancel-title = ¿Kay turnota harkankichu?
appointments-cancel-body = Kuskaka shuktak runapakmi sakirin, mana kutichiy ushankichu. Munashpaka shuktak turnota mañay ushanki.
appointments-cancel-confirm = Turnota harkana
appointments-cancel-keep = Wakaychina
appointments-another = Shuktak turnota rikuna

appointments-bring-title = Imata apana
appointments-bring-title-video = Imata makipi charina
appointments-bring-note = Kayka kikinpa ruraypak listami. Leypika Mamallakta ña charishka killkakunamanta copiakunata mana mañay ushanchu.
appointments-paper-cedula = Representantepa cédula
appointments-paper-foreign = Karu mamallakta representantepa identidad killka
appointments-paper-ruc = Kawsak RUC
appointments-paper-code = Kay turnopa código
appointments-paper-letter = Mañay carta, representante firmashka
appointments-paper-request = Firma electrónicawan mañay
appointments-paper-company = Representantepa nombramiento, inscrito kashka
appointments-paper-public = Institucionta rikuchikpa nombramiento, mana kashpaka acción de personal
appointments-paper-power = Chay runamanta rurachun poder notarial
appointments-bring-original = Originalta apapay. Kutichinkami.
appointments-bring-copy = Originalta, shuk copiatapash apapay; copiaka sakirin.
appointments-bring-camera = Makipi charipay, cámaraman rikuchinkapak.
appointments-bring-looked-up = Ama imata apaychu: funcionariomi rikun.
appointments-bring-on-file = Ñami charinchik: kikinmi kacharka.
appointments-bring-code = Killkapi, mana kashpaka teléfonopi rikuchikpi allimi.

appointments-checked-in-title = Kikinpa chayamushkaka killkashkami
appointments-checked-in-what = { $time } horapimi killkashka. Códigota kayankakama shuyapay.
appointments-attended-title = Kikinpa turnoka tukurirkami
appointments-attended-what = { $when } pachapi yanaparka.
appointments-no-show-title = Kay turnoman mana pi chayarka
appointments-no-show-what = Mana pi chayakpi centro wichkarka. Shuktakta mañay ushanki.
appointments-cancelled-title = Turnoka harkashkami
appointments-cancelled-person = Kikinmi harkarka, { $when }. Kuskaka chushakmi sakirirka.
appointments-cancelled-centre = Centromi harkarka, { $when }. Llakichikunchikmi: shuktak turnota mañapay, chaypi, mana kashpaka kuchulla centropi.
appointments-cancelled-officer = Ventanillapi mañashkamanta llamkak harkarka, { $when }. Munashpaka shuktak turnota mañay ushanki.
appointments-lapsed-title = Pacha tukurirkami
appointments-lapsed-what = Arininapak, chaskinapak, shuyanapakpash pacha tukurirkami. Mana ima wakaychishka tiyanchu.
appointments-again = Shuktak turnota mañana

appointments-waiting-title = Shuyay listapi killkaripay
appointments-waiting-lead = { $centre } centropi pipash harkakpi, chay kuskata llikachaskiwan kikinman kararinchik. Ashalla pachatami arininapak charinki; chaymanta katik runaman rin.
appointments-waiting-email-hint = Chaymanmi willay chayan. Kayllapakmi.
appointments-waits-title = Shuyay listapimi kanki
appointments-waits-ahead = { $ahead ->
    [0] Kikinmi katinki.
   *[other] { $ahead } runami ñawpapi kan.
}
appointments-waits-told = Willayka { $email } nishkamanmi chayanka. Kay pankata wichkay ushanki.
appointments-waits-until = Shuyayka paylla tukurinkami: { $day }.
appointments-waits-meanwhile = Shuktak centropi kuskata munashpaka, ñawpaka kay listamanta llukshipay.
appointments-waits-leave = Listamanta llukshina
appointments-waits-leave-title = ¿Shuyay listamanta llukshinkichu?
appointments-waits-leave-body = Filapi kuskata chinkachinki. Kutin killkariy ushanki, puchukaypi.
appointments-waits-leave-confirm = Listamanta llukshina
appointments-waits-leave-keep = Shuyashpa katina

appointments-offered-title = Kikinpak shuk kuska tiyan
appointments-offered-lead = Pimi harkarka. Kay kuskata kikinpak wakaychikunchik; pachapi mana chaskikpika, katik runaman rin.
appointments-offered-label = Chaskinapak pacha
appointments-offered-calm = Yuyarinkapak pachata charinki.
appointments-offered-soon = Shuk minutomanta ashallami chaskinapak puchun.
appointments-offered-accept = Kuskata chaskina
appointments-offered-accepting = Chaskikunmi…
appointments-offered-refuse = Mana munanichu
appointments-offered-refuse-title = ¿Kay kuskata sakinkichu?
appointments-offered-refuse-body = Katik runaman kararinchik, kikinka listamanta llukshinki.
appointments-offered-refuse-confirm = Sakina
appointments-offered-refuse-keep = Ashatawan yuyarina

appointments-find-title = Kikinpa turnota maskapay
appointments-find-lead = Códigowan, representantepa cédulawan. Códigoka llikachaskipi, PDFpipash kan, T sanampawanmi kallarin.
appointments-find-code-label = Turnopa código
appointments-find-code-hint = Shinami: T-7K3M-2Q. Guionwan, mana guionwanpash allimi.
appointments-find-code-missing = Turnopa códigota killkapay
appointments-find-code-malformed = Códigota rikupay: T, chaymanta sukta sanampa
appointments-find-act = Maskana
appointments-find-acting = Maskakunchikmi…
appointments-find-lost = ¿Códigota mana charinkichu? Turnopa maykan willaypa tinkichikta paskapay, mana kashpaka kikinpa cédulawan centropi tapupay.

appointments-move-title = Kikinpa turnota shukyapay
appointments-move-now = Kunanka { $when } kan. Akllakukpi mana chinkachinkichu.
appointments-move-act = Kay horaman shukyana
appointments-moving = Shukyakunmi…
appointments-move-back = Chayllata sakina
appointments-move-none = Kay turnoka ña mana shukyay ushanchu.
appointments-move-elsewhere = Shuktak kuskayuk centrokuna
appointments-move-elsewhere-none = Kunanka kuchulla shuktak centrokunapi mana kuska tiyanchu.
appointments-move-see = Paypa horakunata rikuna
appointments-move-here = Kay centropa horakunata rikukunki.

appointments-link-title = Kikinpa turnota paskakunchikmi
appointments-link-missing-title = Tinkichikka mana tukuychu
appointments-link-missing-what = Llikachaskimanta kutin tukuyta paskapay. Mana kashpaka códigowan, cédulawan turnota maskapay.
appointments-link-find = Códigowan maskana

appointments-video-title = Kikinpa videollamada
appointments-video-before = Tinkichikka kaypimi rikurinka: { $day }, { $time } horamanta. Kay pankata paskashka sakiy ushanki.
appointments-video-open = Salaka { $time } horakamami paskashka kan.
appointments-video-enter = Videollamadaman yaykuna
appointments-video-new-tab = Shuktak pestañapimi paskarin, institucionpa video serviciopi.
appointments-video-over = Kay videollamadapa hora ña yallirka.
appointments-video-none = Kay turnoka ventanillapimi.
appointments-video-check-title = Manarak yaykushpa
appointments-video-check-camera = Cámarata, micrófonota kamapay
appointments-video-check-light = Punchayashkapi, sapalla tiyaripay
appointments-video-check-papers = Listapi kashka originalkunata makipi charipay
appointments-video-check-code = Funcionarioka { $code } códigota mañanka. Yaykuna shimita mana pipash mañankachu.
appointments-video-mine = Tukuy turnota rikuna
