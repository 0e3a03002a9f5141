# Llamkachik yaykuna shimita kutin hapina, yalli yalli.
recovery-title = Llamkachik yaykuna shimita kutin hapina
recovery-lead = Representante legal, mana kashpaka cuentayuk kashpa, kikinpa killkashka llikachaskipi (correo) mushuk yaykuna shimita rurankapak shuk tinkichikta chaskinki.
recovery-steps-label = Kutin hapiypa yallikuna
recovery-step-identify = Riksichirina
recovery-step-questions = Tapuykuna
recovery-step-link = Tinkichik
recovery-step-password = Mushuk yaykuna shimi
recovery-step-position = { $total } yallimanta { $step } yalli: { $name }
recovery-reference-label = Referencia
recovery-loading = Paskashka kutin hapiyta charinkichu, maskakunmi…

recovery-prepare-title = Kaykunata kuchupi charipay
recovery-prepare-ruc = Llamkachikpa RUC yupayta, paypa certificadotapash
recovery-prepare-cedula = Representante legalpa cédulata
recovery-prepare-papers = Compañíapa killkakunata: constitución, planillakuna, aporte kullkita hapina cuentapash
recovery-prepare-mailbox = Killkashka llikachaskita, shuktak pankapi, mana kashpaka teléfonopi paskashka
recovery-prepare-time = Chunka minutota, mana shuktak llamkaywan
recovery-mail-summary = Ñukanchikpa llikachaskita imashina yaykuchina
recovery-mail-sender = Llikachaskika { $sender } direccionmanta chayan. Chay direccionta kikinpa riksishkakunaman, mana kashpaka alli kachakkunaman yapapay.
recovery-mail-sender-unknown = Kay pankapa direccionta kikinpa riksishkakunaman, mana kashpaka alli kachakkunaman yapapay.
recovery-mail-spam = Mana munashka chaskikunatapash (spam), promocioneskunatapash rikupay.
recovery-mail-it = Llikachaskika empresapa kakpika, sistemasmanta llamkakkunata { $domain } dominiomanta willaykunata sakichun, tinkichikkunata ama paskachun, ama unayachichun mañapay.
recovery-mail-test = Ñukanchikpa llikachaski kikinman chayanchu, kunan kamana
recovery-window = { $minutes ->
    [one] Kikinpa llikachaski servidor chaskishkamanta 1 minutokamami tinkichikka kawsan.
   *[other] Kikinpa llikachaski servidor chaskishkamanta { $minutes } minutokamami tinkichikka kawsan.
}
recovery-identify-title = Riksichiripay
recovery-identify-send = Katina
recovery-identify-sending = Kachakunmi…
recovery-identify-waiting = Wakaychiymanta kamayta tukuchikunmi…

recovery-questions-title = Pi kashkata rikuna tapuykuna
recovery-questions-lead = Tukuy tapuykunata mamallaktapa killkakunapi killkashka shina kutichipay. Tukuyta tantalla rikunchik, maykan pantashkata mana willanchikchu.
recovery-questions-failed = Shuk, mana kashpaka ashtawan kutichiykunaka mamallaktapa killkakunawan mana paktanchu.
recovery-questions-back = Mamallaktapa killka wasika ñami kutichin. Kikinpa kutichiykunaka kayllapimi kan: kutin kachapay.
recovery-questions-attempts = { $attempts ->
    [one] Shuk kutillatami kutichiy ushankirak. Pantakpika, internetpi kutin hapiyka shuk pachata shayachishka kanka.
   *[other] { $attempts } kutitarakmi kutichiy ushanki.
}
recovery-questions-until = { $time } horakamami kutichiy ushanki.
recovery-questions-send = Kutichiykunata kachana
recovery-questions-sending = Rikukunmi…
recovery-abandon = Sakishpa kutin kallarina
recovery-abandon-title = ¿Kay kutin hapiyta sakishunchu?
recovery-abandon-body = Kay navegadorpi rurashkaka kunkarinkami. Ña kutichishka kutikunaka yuparinrakmi.
recovery-abandon-confirm = Kutin hapiyta sakina
recovery-abandon-keep = Katina

recovery-unavailable-what = Mamallaktapa killka wasika kunan mana kutichikunchu. Kay pankamanta kanchapimi kan, mana ima kutitapash anchuchirkanchikchu.
recovery-unavailable-do = Shuk horata shuyashpa kutin kamapay. Kikinpa willaykunaka kaypimi: kay pankata paskashka sakiy ushanki, mana kashpaka kipa kay kikin navegadorwan tikramuy ushanki.
recovery-unavailable-at = { $time } horamanta kutin kamapay.
recovery-unavailable-resume = Kutin kamana
recovery-unavailable-resuming = Tapukunmi…
recovery-unavailable-still = Manarak kutichinchu

recovery-suspended-title = Internetpi kutin hapiyka shayachishkami
recovery-suspended-what = Kutikunaka tukurirkami: kutichiykunaka mamallaktapa killkakunawan mana paktanchu. Cuentata wakaychinkapakka, kay yupaywan internetpi kutin hapiyka shuk pachata shayachishkami.
recovery-suspended-until = { $month } killa, { $day } puncha, { $time } horapimi paylla tukurinka (Ecuador continental hora).
recovery-suspended-do = Chaykamanka yaykuna shimita yuyarishpaka yaykuy ushanki, mana kashpaka shuktak ñanta katiy ushanki. Mana kikin kutichishka kakpika, mana imata rurana kankichu: cuentaka wakaychishkami.
recovery-suspended-told = Cuentaka killkashka llikachaskita charikpika, cuentayukmi shuk willayta chaskin.
recovery-print = Kay pankata impreso llukchina
recovery-ways-title = Shuktak ñankuna
recovery-signature-title = Firma electrónicawan katipay
recovery-officer-title = Ventanillapi katipay
recovery-waits-until = Kay rurayka { $time } horakamami kaypi paskashka kanka. Chaymanta ñawpaka referenciata wakaychipay.
recovery-waits-days = Kay rurayka { $month } killa, { $day } puncha, { $time } horakamami paskashka kanka (Ecuador continental hora). Referenciata wakaychipay.
recovery-records-title = Mamallaktapa killkakunaka mana paktanchu
recovery-no-questions = Kay pankapika firma electrónicawan, mana kashpaka ventanillapimi kikin pi kashkata rikunchik, mana tapuykunawan.

recovery-no-email-title = «Usuario no tiene correo registrado»: killkashka llikachaski illan
recovery-no-email-what = Kikin pi kashkaka ña rikushkami, shinapash cuentaka tinkichikta kachana llikachaskita mana charinchu.
recovery-no-email-do = Firma electrónicawan shuk llikachaskita killkachipay, mana kashpaka cédulawan ventanillaman rishpa chaypi killkachipay.
recovery-blocked-title = «Cuenta bloqueada»: cuentaka wichkashkami
recovery-blocked-what = Kikin pi kashkaka ña rikushkami, shinapash cuentaka wichkashkami. Wichkashka cuentaka kay ñanwan mana kutin hapirinchu.
recovery-blocked-do = «Desbloqueo de Clave» nishkaman ripay. Paskashka kipaka ñawpa yaykuna shimi yanapanrakmi; mana yuyarishpaka, kutin hapiy ushankimi.
recovery-inactive-title = «RUC no activo»: RUCka mana kawsakchu
recovery-inactive-what = SRIpi kay RUCka mana kawsakchu (activo) kan; chaymanta llamkachik cuentaka mushuk yaykuna shimita mana chaskiy ushanchu.
recovery-inactive-do = SRIpi RUCta allichipay. «Activo» nishpa killkashka kakpi kutin kamapay; chay shukyayka shuk punchata unayashpa kayman chayay ushan.
recovery-frozen-title = Cuentaka harkashkami (congelada)
recovery-frozen-what = Cuentayukmi kay cuentapi shuk shukyayta mana riksinichu nishpa willarka. Wakaychinkapakka internetpi mana imata mushukyachiy ushankichu.
recovery-frozen-do = Representante legalpa kikin cédulawan ventanillaman ripay.
recovery-refused-quote = Yanapayta mañashpaka, kay referenciata kupay.

recovery-sending-title = Tinkichikta kachakunchikmi
recovery-sending-lead = Kikin pi kashkaka ña rikushkami. Tinkichikka { $address } direccionmanmi rikun.
recovery-sending-clock = Kikinpa llikachaski servidor chaskikpimi pachaka kallarinka.
recovery-delivery-label = Llikachaski maypi kashka
recovery-delivery-queued = Chaparimi kan: kunanllami llukshinka.
recovery-delivery-handed-over = Kikinpa llikachaski servidorman kushkami.
recovery-delivery-delayed = Unayakunmi: kikinpa llikachaski servidorka shuyachun mañarka. Ñukanchikllatak kutin kamanchik; kay pankata paskashka sakiy ushanki.
recovery-delivery-rejected = Mana chaskishkachu: kikinpa llikachaski servidorka willayta mana chaskinchu.
recovery-link-title = Kikinpa llikachaskita rikupay
recovery-link-lead = Tinkichikta { $address } direccionman kacharkanchik.
recovery-link-reference = Llikachaskika { $reference } referenciata apan. Shuktakta rikushpaka, mana kay kachashkachu.
recovery-link-do = Llikachaskita paskashpa tinkichikta llapipay. Kay antanikikpi, mana kashpaka shuktakpi paskay ushanki.
recovery-link-missing-summary = ¿Mana tarinkichu?
recovery-link-missing = Mana munashka chaskikunapi (spam), promocioneskunapipash { $sender } kachakta, mana kashpaka { $reference } referenciata maskapay.
recovery-link-missing-again = Pacha tukurikpika, kikinpa ñawpa yaykuna shimi chayllatakmi kan, kutin kallariy ushankimi.
recovery-countdown-label = Tinkichikpa pacha
recovery-countdown-calm = Pachata charinkimi: llikachaskita kasilla paskapay.
recovery-countdown-soon = Mushuk yaykuna shimita rurankapak shuk minutomanta ashallami puchun.
recovery-countdown-last = Asha segundollami puchun.
recovery-countdown-over = Pachaka tukurirkami.
recovery-countdown-left = { $seconds ->
    [120] 2 minutomi puchun
    [60] 1 minutomi puchun
   *[other] { $seconds } segundomi puchun
}
recovery-live-lost = Kawsak tinkiyka pitirirkami; pankaka asha segundopi tapukunmi.

recovery-due = { $days ->
    [0] Katik aporteskunaka kunan punchami tukurin: { $month } killa, { $day } puncha.
    [one] Katik aporteskunaka kayami tukurin: { $month } killa, { $day } puncha.
   *[other] Katik aporteskunaka { $month } killa, { $day } punchami tukurin: { $days } puncha puchun.
}
recovery-due-more = Unayta kullkita kukpika imami tukun

recovery-completed-title = Mushuk yaykuna shimika ña rurashkami
recovery-completed-what = Llamkachik yaykuna shimika { $time } horapimi mushukyarka. Tukuy paskashka sesionkunataka wichkarkanchikmi.
recovery-completed-do = Kay pankata wichkashpa, mushuk yaykuna shimiwan yaykuy ushankimi.
recovery-completed-linked = Chay kikin cédulawanmi { $accounts } cuentapash killkashka kan; chaypa yaykuna shimika mana shukyarkachu.

recovery-ended-lapsed-title = Kutin hapiyka pacha yallikpimi wichkarirka
recovery-ended-lapsed-what = Pipash mana pachapi kutichirkachu, wakaychinkapakmi wichkarirka. Kikinpa yaykuna shimika mana shukyarkachu.
recovery-ended-link-expired-title = Tinkichikpa pachaka tukurirkami
recovery-ended-link-expired-what = Tinkichikta mana pachapi paskarkachu. Kikinpa yaykuna shimika mana shukyarkachu, tinkichikpash ña mana yanapanchu.
recovery-ended-undelivered-title = Llikachaskita mana kuy usharirkachu
recovery-ended-undelivered-what = Kikinpa llikachaski servidorka willayta mana pachapi chaskirkachu. Ñukanchikpa servidor, kikinpa servidorpash chawpipimi pantay tiyan. Kikinpa yaykuna shimika mana shukyarkachu.
recovery-ended-rejected-title = Kikinpa llikachaski servidorka willayta mana chaskirkachu
recovery-ended-rejected-what = Killkashka direccionka mana tiyanchu, mana kashpaka paypa servidorka ñukanchikpa willaykunata mana chaskinchu. Kikinpa yaykuna shimika mana shukyarkachu.
recovery-ended-superseded-title = Ashtawan mushuk kutin hapiy tiyanmi
recovery-ended-superseded-what = Kay kikin cuentapakmi shuktak kutin hapiyta kallarirka; puchukayllami paskashka kan.
recovery-ended-abandoned-title = Kutin hapiyka sakishkami
recovery-ended-abandoned-what = Kikinmi kay kutin hapiyta sakirkanki. Kikinpa yaykuna shimika mana shukyarkachu.
recovery-ended-try-again = Kutin kallariy ushankimi. Tapuykunata manarak kutichishpa llikachaskita paskashka charipay.
recovery-ended-mail-first = Kutin manarak kallarishpa, ñukanchikpa llikachaskita yaykuchipay, mana kashpaka llikachaskita kamapay. Killkashka direccionka ña mana kikinpa kakpika, firma electrónicawan mana kashpaka ventanillapi shukyachipay.
recovery-ended-other-device = Kallarishka antanikikpi katipay. Mana kikin kallarishka kakpika, kutin kallaripay: tinkichikman chayakpika shukka wichkarinmi.
recovery-start-again = Kutin kallarina
recovery-go-home = Kallari pankaman rina
recovery-way-signature = Firma electrónicawan imashina mañana
recovery-way-counter = Ventanillapi turnota imashina mañana
