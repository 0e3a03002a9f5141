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
notifications-link-copy = Botón mana yanapakpika, kay direccionta kikinpa navegadorpi copiapay:
notifications-link-not-you = Tinkichikta ama paskapaychu, ama pimanpash kupaychu: tinkichik illakpika, kikinpa yaykuna shimika mana shukyanchu. Institucionpi llamkakkunaka kay tinkichikta, kikinpa yaykuna shimitapash manataki mañankachu.

# Yaykuna shimi mushukyarka
notifications-changed-subject = Kikinpa llamkachik yaykuna shimika mushukyarkami · { $reference }
notifications-changed-title = Kikinpa llamkachik yaykuna shimika mushukyarkami
notifications-changed-intro = { $employer } llamkachikpa yaykuna shimika kikinpa killkashka llikachaskiman kachashka tinkichikwanmi mushukyarka. Wakaychinkapakka tukuy paskashka sesionkunata wichkarkanchik; mushuk yaykuna shimiwan yaykupay.
notifications-changed-not-you = Kay tinkichikta paskashpa «ari» nipay. Cuentaka chay pachallami harkarin: kikin cédulawan ventanillaman rinkakamaka, internetpi pipash mana yaykuy ushankachu, yaykuna shimitapash mana kutin hapiy ushankachu.
notifications-changed-freeze = No fui yo (mana ñukachu karkani): cuentata harkana
notifications-changed-until = Kay tinkichikka { $time }kamami yanapan.

# Kutin hapiy shayachishka
notifications-suspended-subject = Kikinpa yaykuna shimita internetpi kutin hapiyka shayachishkami · { $reference }
notifications-suspended-title = Internetpi kutin hapiyka shayachishkami
notifications-suspended-intro = Shuk runami { $employer } llamkachikpa tapuykunata tawka kutin pantashpa kutichirka. Wakaychinkapakka, internetpi kutin hapiyka { $time }kamami shayachishka kanka.
notifications-suspended-open = Kikinpa yaykuna shimika mana shukyarkachu; chaywan yaykuy ushankimi. Chaykamanka firma electrónicawan, mana kashpaka ventanillapipash kutin hapiy ushankimi.
notifications-suspended-not-you = Mana imata rurana kankichu: pipash kikinpa yaykuna shimita mana hapirkachu. Kay willay kutin chayakpika, ñukanchikman willapay.

# Cuenta harkashka
notifications-frozen-subject = Kikinpa llamkachik cuentaka harkashkami (congelada)
notifications-frozen-title = Kikinpa cuentaka harkashkami (congelada)
notifications-frozen-intro = Kikinpa willayta chaskirkanchik: { $employer } llamkachikpa yaykuna shimita manami kikin mushukyachirkankichu. Kunanmantaka internetpi pipash mana yaykuy ushanchu, yaykuna shimitapash mana kutin hapiy ushanchu.
notifications-frozen-next = Cuentata kutin charinkapakka, kikinpa kikin cédulawan shuk ventanillaman ripay. Chaypimi kikin pi kashkata rikunka, mushuk yaykuna shimita rurankapakpash shuk tinkichikta kachanka.
notifications-frozen-not-you = Shuk runami ñawpa willaypi «No fui yo» tinkichikta llapirka. Cuentaka wakaychishkami kan, shinapash kutin paskankapakka ventanillaman rinami kanki.

# Harkashka cuenta
notifications-blocked-subject = Kikinpa llamkachik cuentaka wichkarirkami (bloqueada)
notifications-blocked-title = Kikinpa cuentaka wichkarirkami (bloqueada)
notifications-blocked-intro = Shuk runami { $employer } llamkachikpa cuentaman tawka kutin mana alli yaykuna shimiwan yaykunata kamarka. Wakaychinkapakka cuentaka wichkarirkami; yaykuna shimika mana shukyarkachu.
notifications-blocked-known = Kikin ña yaykushka antanikikkunamantaka ñawpa shinallatak yaykuy ushankimi; paskashka sesionkunapash paskashkami katin.
notifications-blocked-next = Shuktak antanikikmanta yaykunkapak, mana kashpaka yaykuna shimita kutin hapinkapakka, «Desbloqueo de Clave» nishkata mañapay. Kay pankapa yanapaymi imashina ruranata nin:
notifications-blocked-action = Cuentata imashina paskana
notifications-blocked-note = Chay pankaka yachachinllami; mana ima willaytapash mañanchu.
notifications-blocked-not-you = Mana ashtawan imata rurana kankichu: pipash mana yaykurkachu. Shuk runa kikinpa yaykuna shimita yachan nishpa yuyashpaka, ña yaykushka antanikikmanta mushukyachipay.

# Cuentamanta mushukyashka yaykuna shimi
notifications-replaced-subject = Kikinpa llamkachik yaykuna shimika mushukyarkami
notifications-replaced-title = Kikinpa llamkachik yaykuna shimika mushukyarkami
notifications-replaced-intro = { $employer } llamkachikpa yaykuna shimika cuentamanta, ñawpa yaykuna shimiwanmi mushukyarka. Wakaychinkapakka shuktak sesionkunata wichkarkanchik.

# Llikachaskita kamay
notifications-test-subject = Llikachaskita kamay: willaykunaka chayanmi
notifications-test-title = Willaykunaka chayanmi
notifications-test-intro = Shuk runami ñukanchikpa willaykuna chayashkata rikunkapak kay direccionta pankapi killkarka. Kayta ñawinchikushpaka, chayanmi.
notifications-test-allow = Mana munashka chaskikunapi (spam) tarishka kashpaka, { $sender } kachakta alli kachakta shina churapay. Kikinpa llikachaskika empresapa kakpika, sistemasmanta llamkakkunata kay kachakta sakichun mañapay.
notifications-test-nothing = Kay willayka mana ima cuentamantachu, kay dirección killkashka kashkatapash mana willanchu.
notifications-test-not-you = Mana imata rurana kankichu.

# Rikuchiypa chaski wasi
notifications-mailbox-title = Rikuchiypa (demostración) chaski wasi
notifications-mailbox-banner = Rikuchiyllami (demostración): mana imata kachanchikchu. Kaypimi servidor llikachaskiwan kachana kashkata rikuy ushanki; servidor shayarikpika chinkarinmi.
notifications-mailbox-empty = Manarak willaykuna tiyanchu.
notifications-mailbox-again = Mushuk willaykunata rikuna
notifications-mailbox-to = Pipak
notifications-mailbox-date = Puncha
notifications-mailbox-home = Pankaman tikrana
