# Institución llikachaskiwan kachashka willaykuna.

# Tukuypak
notifications-reference = Referencia
notifications-employer = Llamkachik
notifications-when = Puncha, hora
notifications-source = Maykan llikamanta rurashka (dirección de red)
notifications-time = { $year } watapi, { $month ->
    [1] kulla (enero)
    [2] panchi (febrero)
    [3] pawkar (marzo)
    [4] ayriwa (abril)
    [5] aymuray (mayo)
    [6] raymi (junio)
    [7] sitwa (julio)
    [8] karwa (agosto)
    [9] kuski (septiembre)
    [10] wayru (octubre)
    [11] sasi (noviembre)
   *[12] kapak (diciembre)
} killa, { $day } puncha, { $hour }:{ $minute } (Ecuador continental hora, UTC−5)
notifications-minutes = { $count } minuto
notifications-seconds = { $count } segundo
notifications-not-you = ¿Mana kikinchu karkanki?
notifications-contact = Tapuykunata charishpaka, { $institution } wasiman killkapay, mana kashpaka kayapay: { $contact }.
notifications-review = Kay kichwaman tikrachishka killkakunaka rikurikunrakmi. Imapash mana hamutarikpika, mishu shimipi (español) tapupay.
notifications-no-reply = Shuk sistemami kay willayta kacharka. Ama kutichipaychu: kay chaski wasitaka pipash mana ñawinchinchu.
notifications-unofficial = { $institution } pankaka manami IESSpachu.

# Mushuk yaykuna shimita rurana tinkichik
notifications-link-subject = Kikinpa llamkachik yaykuna shimita rurana tinkichik · { $reference }
notifications-link-title = Kikinpa mushuk llamkachik yaykuna shimita rurapay
notifications-link-intro = Shuk runami { $employer } llamkachikpa yaykuna shimita kutin hapinkapak mañarka, kay pankapi pi kashkatapash rikuchirka. Kay urapi referenciata pankapi killkashkawan paktachipay: shukllami kana kan.
notifications-link-action = Mushuk yaykuna shimita rurana
notifications-link-validity = Kikinpa llikachaski servidor kay willayta chaskishkamanta { $duration }kamami tinkichikka kawsan, shuk kutillami yanapan. Shukmanta yalli willayta chaskishka kashpaka, puchukayllami yanapan.
notifications-link-until = Tinkichikka { $time }kamami yanapan, shuk kutillami. Shukmanta yalli willayta chaskishka kashpaka, puchukayllami yanapan.
notifications-link-copy = Botón mana yanapakpika, kay direccionta kikinpa navegadorpi copiapay:
notifications-link-not-you = Hawapi tinkichikta ama paskapaychu, ama pimanpash kupaychu: tinkichik illakpika, kikinpa yaykuna shimika mana shukyanchu. Institucionpi llamkakkunaka chay tinkichikta, kikinpa yaykuna shimitapash manataki mañankachu. Shuk runami kikinpa willaykunata yachan: kay tinkichikwan cuentata harkay ushankimi; kutin paskankapakka cédulawan ventanillaman rina kanki.

# Yaykuna shimi mushukyarka
notifications-changed-subject = Kikinpa llamkachik yaykuna shimika mushukyarkami · { $reference }
notifications-changed-title = Kikinpa llamkachik yaykuna shimika mushukyarkami
notifications-changed-intro = { $employer } llamkachikpa yaykuna shimika kikinpa killkashka llikachaskiman kachashka tinkichikwanmi mushukyarka. Wakaychinkapakka tukuy paskashka sesionkunata wichkarkanchik; mushuk yaykuna shimiwan yaykupay.
notifications-freeze-steps = Kay tinkichikta paskashpa «ari» nipay. Cuentaka chay pachallami harkarin: kikin cédulawan ventanillaman rinkakamaka, internetpi pipash mana yaykuy ushankachu, yaykuna shimitapash mana kutin hapiy ushankachu.
notifications-freeze-action = No fui yo (mana ñukachu karkani): cuentata harkana
notifications-freeze-until = Kay tinkichikka { $time }kamami yanapan.

# Kutin hapiy shayachishka
notifications-suspended-subject = Kikinpa yaykuna shimita internetpi kutin hapiyka shayachishkami · { $reference }
notifications-suspended-title = Internetpi kutin hapiyka shayachishkami
notifications-suspended-intro = Shuk runami { $employer } llamkachikpa tapuykunata tawka kutin pantashpa kutichirka. Wakaychinkapakka, internetpi kutin hapiyka { $time }kamami shayachishka kanka.
notifications-suspended-open = Kikinpa yaykuna shimika mana shukyarkachu; chaywan yaykuy ushankimi. Chaykamanka firma electrónicawan, mana kashpaka ventanillapipash kutin hapiy ushankimi.
notifications-suspended-not-you = Mana imata rurana kankichu: pipash kikinpa yaykuna shimita mana hapirkachu. Kay willay kutin chayakpi, mana kashpaka pimantapash manchakpika, kay tinkichikwan cuentata harkay ushankimi; kutin paskankapakka cédulawan ventanillaman rina kanki.

# Cuenta harkashka
notifications-frozen-subject = Kikinpa llamkachik cuentaka harkashkami (congelada)
notifications-frozen-title = Kikinpa cuentaka harkashkami (congelada)
notifications-frozen-intro = «Mana ñukachu karkani» nishka kikinpa willayta chaskirkanchik: { $employer } llamkachikpa cuentaka harkashkami. Kunanmantaka internetpi pipash mana yaykuy ushanchu, yaykuna shimitapash mana kutin hapiy ushanchu.
notifications-frozen-next = Cuentata kutin charinkapakka, kikinpa kikin cédulawan shuk ventanillaman ripay. Chaypimi kikin pi kashkata rikunka, mushuk yaykuna shimita rurankapakpash shuk tinkichikta kachanka.
notifications-frozen-not-you = Shuk runami ñawpa willaypi «No fui yo» tinkichikta llapirka. Cuentaka wakaychishkami kan, shinapash kutin paskankapakka ventanillaman rinami kanki.
notifications-frozen-officer-intro = Ventanillapi { $employer } llamkachikpa cuentata harkarka, paypa ñawpakman rikuchik mañashkamanta. Kunanmantaka internetpi pipash mana yaykuy ushanchu, yaykuna shimitapash mana kutin hapiy ushanchu.
notifications-frozen-officer-not-you = Kikinpa empresamanta mana pipash mañashka kakpika, ventanillaman ripay: chaykamanka cuentaka wakaychishkami kan.
notifications-thawed-subject = Kikinpa llamkachik cuentaka ña mana harkashkachu
notifications-thawed-title = Kikinpa cuentaka ña mana harkashkachu
notifications-thawed-intro = Ventanillapi pi kashkata rikushpa { $employer } llamkachikpa cuentata kutin paskarka.
notifications-thawed-next = Ñawpa yaykuna shimika ña mana yanapanchu. Yaykunkapakka ventanilla kachashka tinkichikwan mushuk yaykuna shimita ruray, mana kashpaka internetpi kutin hapiy.
notifications-data-subject = Kikinpa willaykunamanta mañayta kutichirkanchik
notifications-data-title = Kikinpa willaykuna
notifications-data-given = Shuk runa { $employer } llamkachikta rikuchini nishkamanta, ventanillapi chay runamanta wakaychishka willaykunata kurkanchik.
notifications-data-deleted = Shuk runa { $employer } llamkachikta rikuchini nishkamanta, ventanillapi chay runamanta mana wakaychina willaykunata picharkanchik. Cuentaka shinallatami sakirin; kikinpak willaykuna kakpika, kutin yaykukpi kikinpa navegadorka mushukmi kanka.

# Harkashka cuenta
notifications-blocked-subject = Kikinpa llamkachik cuentaka wichkarirkami (bloqueada)
notifications-blocked-title = Kikinpa cuentaka wichkarirkami (bloqueada)
notifications-blocked-intro = Shuk runami { $employer } llamkachikpa cuentaman tawka kutin mana alli yaykuna shimiwan yaykunata kamarka. Wakaychinkapakka cuentaka wichkarirkami; yaykuna shimika mana shukyarkachu.
notifications-blocked-known = Kikin ña yaykushka antanikikkunamantaka ñawpa shinallatak yaykuy ushankimi; paskashka sesionkunapash paskashkami katin.
notifications-blocked-next = Shuktak antanikikmanta yaykunkapak, mana kashpaka yaykuna shimita kutin hapinkapakka, «Desbloqueo de Clave» pankapi cuentata paskapay:
notifications-blocked-action = Cuentata paskana
notifications-blocked-note = Kikin pi kashkata, huellata mana kashpaka ñawitapash mañashun; mana killkashka kashpaka, pankami imata ruranata nin. Yaykuna shimika mana shukyanchu.
notifications-blocked-not-you = Mana kikin yaykunata kamashka kashpaka, mana ashtawan imata rurana kankichu: pipash mana yaykurkachu. Shuk runa kikinpa yaykuna shimita yachan nishpa yuyashpaka, ña yaykushka antanikikmanta mushukyachipay, mana kashpaka kay tinkichikwan cuentata harkapay:

# Cuentamanta mushukyashka yaykuna shimi
notifications-replaced-subject = Kikinpa llamkachik yaykuna shimika mushukyarkami
notifications-replaced-title = Kikinpa llamkachik yaykuna shimika mushukyarkami
notifications-replaced-intro = { $employer } llamkachikpa yaykuna shimika cuentamanta, ñawpa yaykuna shimiwanmi mushukyarka. Wakaychinkapakka shuktak sesionkunata wichkarkanchik.

# Yaykuna shimipa watamanta willay
notifications-reminder-subject = Kikinpa llamkachik yaykuna shimika unaytami charin
notifications-reminder-title = Kikinpa llamkachik yaykuna shimita mushukyachiy ushanki
notifications-reminder-intro = { $employer } llamkachikpa yaykuna shimika { $since } rurarirka. { $days } puncha yallikpika, mushukyachichun yuyachinchik.
notifications-reminder-free = Mana rurana kankichu: kikinpa yaykuna shimika katinllami yanapan, pipash mana harkankachu. Kay yaykuna shimimantaka mana kutin killkashunchu.
notifications-reminder-action = Yaykuna shimita mushukyachina
notifications-reminder-note = Puntaka kunan charishka yaykuna shimiwan yaykuna kanki. Munashpaka, kikin pankapa direccionta navegadorpi killkapay.
notifications-reminder-not-you = Kay willayka yaykuna shimi unayta charishkamantallami kachashka; pipash mana imata kamarkachu. Mana kikin chay yaykuna shimita rurashka kashpaka, mana kashpaka pimantapash manchakpika, kay tinkichikwan cuentata harkay ushankimi; kutin paskankapakka cédulawan ventanillaman rina kanki.

# Wichkashka cuentata paskana tinkichik
notifications-unlock-subject = Kikinpa llamkachik cuentata paskana tinkichik · { $reference }
notifications-unlock-title = Kikinpa llamkachik cuentata paskapay
notifications-unlock-intro = Shuk runami { $employer } llamkachikpa wichkashka cuentata paskachun mañarka, kay pankapi pi kashkatapash rikuchirka. Kay urapi referenciata pankapi killkashkawan paktachipay: shukllami kana kan.
notifications-unlock-action = Cuentata paskana
notifications-unlock-not-you = Hawapi tinkichikta ama paskapaychu, ama pimanpash kupaychu: tinkichik illakpika, cuentaka wichkashkami katin, kikinpa yaykuna shimipash mana shukyanchu. Institucionpi llamkakkunaka chay tinkichikta, kikinpa yaykuna shimitapash manataki mañankachu. Shuk runami kikinpa cuentapi killkashka huellata, mana kashpaka ñawita churarka: kay tinkichikwan cuentata harkay ushankimi; kutin paskankapakka cédulawan ventanillaman rina kanki.

# Cuenta paskarirka
notifications-unlocked-subject = Kikinpa llamkachik cuentaka paskarirkami · { $reference }
notifications-unlocked-title = Kikinpa cuentaka paskarirkami
notifications-unlocked-intro = { $employer } llamkachikpa cuentaka killkashka contactoman kachashka tinkichikwanmi paskarirka. Yaykuna shimika mana shukyarkachu: chaywan yaykuy ushankimi.

# Contactokuna
notifications-contact-confirm-subject = Kay llikachaskita kikinpa llamkachik cuentapak «ari» nipay
notifications-contact-confirm-title = Kay llikachaskita «ari» nipay
notifications-contact-confirm-intro = { $employer } llamkachikpa cuentapimi shuk runa kay direccionta mushuk llikachaski shina killkarka. Tinkichikta paskashpa kikinpa kashkata «ari» nipay; chaykamanka mana imapash shukyanchu.
notifications-contact-confirm-action = Kay llikachaskita «ari» nina
notifications-contact-confirm-not-you = Kay cuentata mana riksishpaka, tinkichikta ama paskapaychu: tinkichik illakpika, kay direccionka mana killkarinchu.
notifications-contact-held-subject = Kikinpa llamkachik cuentapa contactoka shukyankami
notifications-contact-held-title = Kikinpa cuentapa contactoka shukyankami
notifications-contact-held-email = { $employer } llamkachikpa cuentapimi { $masked } killkashka llikachaski kachun mañashka. Kay shukyayka { $time } kallarin; chaykamanka ñawpa contactomi katin.
notifications-contact-held-phone = { $employer } llamkachikpa cuentapimi { $masked } killkashka teléfono kachun mañashka. Kay shukyayka { $time } kallarin; chaykamanka ñawpa contactomi katin.
notifications-contact-held-signed-email = Electrónica firmawan killkashka mañaywanmi { $employer } llamkachikpa cuentapi { $masked } killkashka llikachaski kachun mañashka. { $time } kallarishpa, chay llikachaskita rikuk runa arinkapak ushanka; chaykamanka ñawpa contactomi katin.
notifications-contact-held-signed-phone = Electrónica firmawan killkashka mañaywanmi { $employer } llamkachikpa cuentapi { $masked } killkashka teléfono kachun mañashka. { $time } kallarishpa, chay teléfonota charik runa arinkapak ushanka; chaykamanka ñawpa contactomi katin.
notifications-contact-held-no-phone = { $employer } llamkachikpa cuentamantami killkashka telefonota anchuchichun mañashka. Kay shukyayka { $time } kallarin; chaykamanka telefonoka katinmi.
notifications-contact-held-cancel = Kikin mañashka kashpaka, mana imata rurana kankichu. Mana kashpaka, kay tinkichikwan shukyayta anulapay:
notifications-contact-held-action = Shukyayta anulana
notifications-contact-changed-subject = Kikinpa llamkachik cuentapa contactoka shukyarkami
notifications-contact-changed-title = Kikinpa cuentapa contactoka shukyarkami
notifications-contact-changed-email = { $employer } llamkachikpa cuentapa killkashka llikachaskika kunan { $masked } kan.
notifications-contact-changed-phone = { $employer } llamkachikpa cuentapa killkashka telefonoka kunan { $masked } kan.
notifications-contact-changed-no-phone = { $employer } llamkachikpa cuentaka ña mana killkashka telefonota charinchu.
notifications-contact-changed-counter = Ventanillapi kikin cédulawan mañarka, mushuk contactopash ari nirka.
notifications-contact-cancelled-subject = Contacto shukyayka anulashkami
notifications-contact-cancelled-title = Contacto shukyayka anulashkami
notifications-contact-cancelled-email = { $employer } llamkachikpa cuentapika { $masked } ña mana killkashka llikachaski kankachu. Ñawpa contactomi katin.
notifications-contact-cancelled-phone = { $employer } llamkachikpa cuentapika { $masked } ña mana killkashka teléfono kankachu. Ñawpa contactomi katin.
notifications-contact-cancelled-no-phone = { $employer } llamkachikpa cuentamantaka killkashka telefonoka ña mana anchurinkachu.

# Delegadokuna
notifications-invitation-subject = Llamkachik cuentapi llamkachun kayay
notifications-invitation-title = Kikinta delegado kachunmi kayarka
notifications-invitation-intro = { $employer } llamkachikmi kikinta delegado shina killkarka: kikinpa cédulawan, kikinpalla yaykuna shimiwanpash yaykunki, llamkachik sakishkallata rurankapak.
notifications-invitation-own = Kay tinkichikwan kikinpa yaykuna shimita rurapay, ama pimanpash willapaychu, llamkachikmanpash ama.
notifications-invitation-action = Ñukapa delegado yaykuna shimita rurana
notifications-invitation-not-you = Kay llamkachikpak mana llamkashpaka, tinkichikta ama paskapaychu: tinkichik illakpika, mana ima yaykuypash rurarinchu.
notifications-staff-invitation-subject = { $institution } llamkakkunapi llamkachun kayay
notifications-staff-invitation-title = Llamkakkunapi llamkachunmi kikinta kayarka
notifications-staff-invitation-intro = { $institution } administradormi kikinta llamkana pushapi llamkachun killkarka.
notifications-staff-invitation-own = Kay tinkichikwan kikinpak yaykuna shimita, ishkayniki rikuchitapash rurapay: aplicacionpak codigota mana kashpaka yaykuna llaweta. Ama pimanpash willapaychu.
notifications-staff-invitation-action = Ñukapa yaykuyta rurana
notifications-staff-invitation-not-you = Kay institucionpak mana llamkashpaka, tinkichikta ama paskapaychu: tinkichik illakpika, mana ima yaykuypash rurarinchu.
notifications-team-subject = { $institution } llamkakkunapi shuk mushuk ruray
notifications-team-invited = Shuk runata llamkakkunaman kayarka
notifications-team-changed = Shuk llamkakpak ruranata mana kashpaka ukuta mushukyachirka
notifications-team-reset = Shuk llamkakpak yaykunata kutin rurarka
notifications-team-ended = Shuk llamkakpak yaykuna tukurirka
notifications-team-why = Kay willayka shuktak pushakkunaman, rikukkunamanpash chayan: pipash llamkakkunata ama shuktakkuna mana yachashpa mushukyachichun.
notifications-team-member = Runa
notifications-team-role = Rurana
notifications-team-by = Pi rurarka
notifications-team-keeper = Servidorta kamak
notifications-team-not-you = Mana shuyakushkashpaka, rurakwan rimay, chaymanta auditoría nishkata rikuy.
notifications-delegate-added-subject = Kikinpa llamkachik cuentaman shuk delegado mushuk yaykuyta charin
notifications-delegate-added-title = Shuk delegado kikinpa cuentaman mushuk yaykuyta charin
notifications-delegate-added-intro = { $employer } llamkachikpa cuentapimi { $delegate } cedulayuk runata delegado shina killkarka, mana kashpaka ñawpamanta ashtawan yaykuyta kurka. «Delegadokuna» pankapi munashka punchapimi paypa yaykuyta tukuchiy ushanki.
notifications-delegate-blocked-subject = Kikinpa cuentamanta shuk delegadota harkarka
notifications-delegate-blocked-title = Shuk delegadopa yaykuyta harkarkami
notifications-delegate-blocked-intro = Pipash ashtaka kutin { $delegate } cedulawan, pantashka clavewan { $employer } llamkachikpa cuentaman yaykunata munarka. Kikinpa yaykuyka mana mushukyarkachu, shukkunapakpash.
notifications-delegate-blocked-next = Delegadoka ñawpa yaykushka equipokunamanta yaykuy ushanmi. Shuk equipomanta yaykuchunka «Delegadokuna» pankapi mushuk invitacionta kachapay.
notifications-access-blocked-subject = Kikinpa delegado yaykuyta harkarka
notifications-access-blocked-title = Kikinpa yaykuyta harkarkami
notifications-access-blocked-intro = Pipash ashtaka kutin kikinpa cedulawan, pantashka clavewan { $employer } llamkachikpa cuentaman yaykunata munarka. Kikinpa claveka mana mushukyarkachu.
notifications-access-blocked-next = Ñawpa yaykushka equipokunamantaka yaykuy ushankillami. Shuk equipomanta yaykunkapakka llamkachikta mushuk invitacionta mañay.
notifications-access-blocked-not-you = Mana kikin kashpaka, llamkachikman willay. Pipash mana yaykurkachu.
notifications-delegate-ended-subject = Shuk delegadopa yaykuyka tukurirkami
notifications-delegate-ended-title = Shuk delegadopa yaykuyka tukurirkami
notifications-delegate-ended-intro = { $employer } llamkachikpa cuentapimi { $delegate } cedulayuk delegadopa yaykuy tukurirka. Paypa sesionkunaka wichkarirkami.

# Huella
notifications-passkey-added-subject = Kikinpa llamkachik cuentapi shuk huellata killkarka
notifications-passkey-added-title = Shuk huellata, mana kashpaka ñawita killkarka
notifications-passkey-added-intro = { $employer } llamkachikpa cuentapimi huellawan, mana kashpaka ñawiwan paskarik antanikikta killkarka. Wichkashka cuentata paskankapak, kutin hapiyta «ari» ninkapakpashmi yanapan.
notifications-passkey-removed-subject = Kikinpa llamkachik cuentamanta shuk huellata anchuchirka
notifications-passkey-removed-title = Shuk huellata, mana kashpaka ñawita anchuchirka
notifications-passkey-removed-intro = { $employer } llamkachikpa cuentamantami huellawan, mana kashpaka ñawiwan paskarik antanikikta anchuchirka. Ña mana cuentata paskankapak, kutin hapiyta «ari» ninkapakpash yanapanchu.
notifications-passkey-suspected-subject = Kikinpa llamkachik cuentapak shuk huellata mana chaskirkanchikchu
notifications-passkey-suspected-title = Shuk huellapak rikchakka tiyanmanchari
notifications-passkey-suspected-intro = { $employer } llamkachikpa cuentapi killkashka huellayuk, mana kashpaka ñawiyuk antanikika, shuk rikchak tiyakpi shina kutichirka; mana chaskirkanchikchu. Mana kikin kashpaka chay huellata cuentapi anchuchipay, shuktakta ventanillapi killkachipay.
notifications-referred-subject = Firmashka pankata rikuchkanchik · { $reference }
notifications-referred-title = Firmashka pankata rikuchkanchik
notifications-referred-intro = { $employer } llamkachikpa cuentapak firmashka mañayta chaskirkanchik, shinapash firmamanta shuk yuyayta mana yachay usharirkachu. Institucionpa shuk runami rikunka; chaykamanka mana imapash shukyanchu. Tapunkapak yupay: { $number }.
notifications-decided-subject = Kikinpa firmashka mañaymanta ña yuyarirka · { $reference }
notifications-decided-title = Firmashka mañaymanta ña yuyarirka
notifications-decided-accepted = { $employer } llamkachikpa cuentapak { $number } firmashka mañayta ventanillapi chaskirka. Ñawpakman katikun.
notifications-decided-declined = { $employer } llamkachikpa cuentapak { $number } firmashka mañayta mana chaskirkachu. Cuentapi mana imapash shukyarkachu.
notifications-decided-signer = Imamanta: firmak runaka shamuk runa kashkata mana yachay usharirkachu.
notifications-decided-representative = Imamanta: firmak runaka llamkachikpa ñawpakman rikuchik mana kanchu.
notifications-decided-certificate = Imamanta: firmapa certificadoka revocado kan, mana kashpaka mana iñina kanchu.
notifications-decided-withdrawn = Imamanta: runaka ña mana katinata munarkachu.

# Celularman willaykuna: GSM killkakunallawan, tinkichikpak kuskawan
notifications-sms-unlock = { $reference }: { $employer } paskana, { $duration } yanapan: { $url }
notifications-sms-contact-confirm = { $employer } cuentapak kay telefonota ari nipay: { $url }
notifications-sms-contact-held = Cuenta { $employer }: contacto shukyanka. Anulana: { $url }
notifications-sms-contact-changed = Cuenta { $employer }: contacto shukyarka. Mana ñukachu: { $url }
notifications-sms-contact-cancelled = Cuenta { $employer }: contacto mana shukyanka. Mana ñukachu: { $url }
notifications-sms-password = Cuenta { $employer }: yaykuna shimi shukyarka. Mana ñukachu: { $url }
notifications-sms-suspended = Cuenta { $employer }: kutin hapiy shayachishka. Mana ñukachu: { $url }
notifications-sms-frozen = Cuenta { $employer } harkashka. Paskankapak cédulawan ventanillaman ripay.
notifications-sms-blocked = Cuenta { $employer } wichkashka: Desbloqueo. Mana ñukachu: { $url }
notifications-sms-unlocked = Cuenta { $employer } paskarirka. Mana ñukachu: { $url }
notifications-sms-delegate-added = Cuenta { $employer }: delegadopa mushuk yaykuy. Mana ñukachu: { $url }
notifications-sms-delegate-blocked = Cuenta { $employer }: delegadota harkarka. Mana ñukachu: { $url }
notifications-sms-delegate-ended = Cuenta { $employer }: delegado tukurirka. Mana ñukachu: { $url }
notifications-sms-passkey-added = Cuenta { $employer }: huella killkashka. Mana ñukachu: { $url }
notifications-sms-passkey-removed = Cuenta { $employer }: huella anchuchishka. Mana ñukachu: { $url }
notifications-sms-passkey-suspected = Cuenta { $employer }: huella mana chaskishka. Mana ñukachu: { $url }
notifications-sms-referred = Cuenta { $employer }: firma rikuypi. Mana ñukachu: { $url }
notifications-sms-thawed = Cuenta { $employer }: ña mana harkashkachu. Mana ñukachu: { $url }
notifications-sms-data = Cuenta { $employer }: mañashka willaykunata rurarka. Mana nuka: { $url }
notifications-sms-decided = Cuenta { $employer }: firmata rikushka. Mana ñukachu: { $url }

# Llikachaskita kamay
notifications-test-subject = Llikachaskita kamay: willaykunaka chayanmi
notifications-test-title = Willaykunaka chayanmi
notifications-test-intro = Shuk runami ñukanchikpa willaykuna chayashkata rikunkapak kay direccionta pankapi killkarka. Kayta ñawinchikushpaka, chayanmi.
notifications-test-allow = Mana munashka chaskikunapi (spam) tarishka kashpaka, { $sender } kachakta alli kachakta shina churapay. Kikinpa llikachaskika empresapa kakpika, sistemasmanta llamkakkunata kay kachakta sakichun mañapay.
notifications-test-nothing = Kay willayka mana ima cuentamantachu, kay dirección killkashka kashkatapash mana willanchu.
notifications-test-not-you = Mana imata rurana kankichu.

# Rikuchiypa chaski wasi
notifications-mailbox-title = Rikuchiypa (demostración) chaski wasi
notifications-mailbox-banner = Rikuchiyllami (demostración): mana imata kachanchikchu. Kaypimi servidor llikachaskiwan, celularman willaywanpash kachana kashkata rikuy ushanki; servidor shayarikpika chinkarinmi.
notifications-mailbox-empty = Manarak willaykuna tiyanchu.
notifications-mailbox-again = Mushuk willaykunata rikuna
notifications-mailbox-to = Pipak
notifications-mailbox-date = Puncha
notifications-mailbox-home = Pankaman tikrana
notifications-mailbox-sms = Celularman willay (SMS)

notifications-appointment-booked-subject = Kampak turno { $code }
notifications-appointment-booked = { $employer } mañakpak shuk turnota mañarkanki. Kaypimi punchaka, kuska, imata apanapash kan.
notifications-appointment-moved-subject = Kampak turno { $code } shuk pachata charin
notifications-appointment-moved-title = Kampak turnoka shuk pachata charin
notifications-appointment-moved = { $employer } mañakpak turnoka kuyurkami. Ñawpa pachaka ñana valinchu.
notifications-appointment-reminder-subject = Kampak turno { $code } yuyarichiy
notifications-appointment-reminder-title = Kampak turnoka kuchuyamunmi
notifications-appointment-reminder = { $employer } mañakpak turnota yuyarichinchik. Mana rinata ushashpaka kuyuchipay mana kashpaka anchuchipay: shuk runami chay pushtuta charinata ushan.
notifications-appointment-cancelled-subject = Turno { $code } anchuchishkami
notifications-appointment-cancelled = { $employer } mañakpak turnoka anchuchishkami, pushtuka chushakmi sakirirka.
notifications-appointment-cancelled-by-centre = { $centre } chay pachapika mana paskashkachu, chaymanta { $employer } mañakpak turnota anchuchirka. Llakinchik: shuktak turnota mañanata ushankimi, chaypi mana kashpaka kuchulla ukupi.
notifications-appointment-cancelled-by-officer = Runa ventanillapi mañashkamanta, llamkak { $employer } mañakpak turnota anchuchirka. Kuska chushakmi sakirirka; munashpaka shuktakta mañanata ushankimi.
notifications-appointment-again = Turnota rikuna, shuktakta mañana
notifications-appointment-offered-subject = Kampakmi shuk pushtu tiyan ({ $code })
notifications-appointment-offered = { $employer } mañakpak rurayman shuk pushtu chushakyarka. { $until } kaman kampak wakichinchik, Ecuador allpa pachapi; mana chaskikpika katik runamanmi rin.
notifications-appointment-offered-action = Pushtuta rikuna, chaskina
notifications-appointment-action = Turnota rikuna, kuyuchina mana kashpaka anchuchina
notifications-appointment-video = { $minutes ->
    [one] Videopimi kan: tinkika turno pankapi 1 chini ñawpa rikurin. Killkapi churashka pankakunata makipi charipay.
   *[other] Videopimi kan: tinkika turno pankapi { $minutes } chini ñawpa rikurin. Killkapi churashka pankakunata makipi charipay.
}
notifications-appointment-link-until = Tinkika { $until } kaman, mashna kutin munashpapash, turno pankata paskan. Charik runaka turnota kuyuchinata, anchuchinatapash ushan.
notifications-appointment-not-you = Kan kay turnota mana mañashkakpika, tinkita paskay, anchuchipay. Mana ima cuentatapash rikurkanchikchu, mana shuktakyachirkanchikchu.
notifications-appointment-calendar = Turno { $code }: { $procedure }
notifications-appointment-sheet = Turno { $code }
notifications-appointment-sheet-qr = Turno kodigowan QR, { $code }
