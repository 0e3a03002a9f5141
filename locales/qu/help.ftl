# Yanapay: pankapa tukuy willaykuna, yachanakunapash. errors.ftl killkapi willaykunaka kaypipashmi rikurin.
help-title = Yanapay
help-lead = Sapan willay imata nin, imata rurana, ima pachapi kutin kamana.
help-search = Yanapaypi maskana
help-search-hint = Shinami: tinkichik, wichkashka, llikachaski, mora
help-found = { $count ->
    [0] Mana ima yachanapash. Shuktak shimiwan kamapay.
    [one] 1 yachana
   *[other] { $count } yachana
}
help-all = Yanapaypa tukuy yachanakuna
help-unknown = Chay yachanaka mana tiyanchu. Kaypimi tukuylla kan.
help-contact = Mutsurishkata mana tarishpaka, { $institution } wasiwan rimapay: { $contact }

help-group-procedures = Ruraykuna, kunan imata rurana
help-group-recovery = Kutin hapiypa willaykuna
help-group-mail = Llikachaski, tinkichikpash
help-group-account = Kikinpa cuenta, paypa wakaychiypash
help-group-technical = Antanikikmanta willaykuna

help-part-what = Imatak tukurka
help-part-about = Imamantatak kan
help-part-side = Pimantatak kan
help-part-do = Kunan imata rurana
help-part-again = Ima pachapi kutin kamana
help-part-when = Ima pachapi
help-part-more = Yachana allimi

help-side-you = Kikinllatak charishka willaykunawan allichiy ushankimi.
help-side-us = Ñukanchikmantami. Manami kikin pantashkachu.
help-side-registry = Mamallaktapa shuk killka wasimantami, kay pankamanta kanchapi. Manami kikin pantashkachu.
help-side-network = Llikamantami, mana kashpaka kay antanikikmantami.
help-side-mail = Kikinpa llikachaski, ñukanchikpa llikachaskipash chawpipimi.
help-side-record = Llamkachikmanta mamallaktapa killkakunapi killkashkamantami.
help-side-protection = Shuk wakaychiymi. Manachari pipash pantarka.
help-side-none = Manami pantaychu: yachachiyllami.

help-again-now = Kunanllatak.
help-again-corrected = Allichishka washalla.
help-again-moment = Asha segundopi; kutin tukukpika, asha minutopi.
help-again-minutes = Asha minutopi. Pankaka shuk pachata nikpika, chayta shuyapay.
help-again-hour = Shuk horapi. Kutikunata mana anchuchinchu, kikinpa ruraytapash katiy ushankimi.
help-again-new = Kunanllatak, mushuk kutin hapiywan.
help-again-open = Mana mutsurinchu: pankaka maypi kashkata rikuchin.
help-again-suspended = { $hours ->
    [one] Shayachishkamanta 1 hora yallikpi. Pankaka mashna hora kashkata nin.
   *[other] Shayachishkamanta { $hours } hora yallikpi. Pankaka mashna hora kashkata nin.
}
help-again-done = Illashka allichishka kakpi.
help-again-counter = Ventanillapi yanapashka kipa.
help-again-any = Munashka pachapi.

help-more-civil = Willayka mana kutichik killka wasipa shutita nin, shinami: «Error de Conexión con el Registro Civil». Kikinpa kutichiykunaka mana chinkarirkachu, mana rikurirkachu.
help-more-link-expired = Kikinpa llikachaski servidor willayta chaskikpimi pachaka kallarin, mana kikin paskakpichu. Kutichiykunata manarak kachashpa llikachaskita paskashka charipay; tinkichikta paskashpa, yaykuna shimita utka killkapay.
help-more-link-used = Tinkichikta rikushpaka mana tukurinchu: antiviruskuna, shushunakuna (filtro) paskakpipash mana tukurinchu. Mushuk yaykuna shimita kachakllami tukuchin.
help-more-link-replaced = Shuk tinkichikta mañakpika, ñawpa tinkichikkuna ña mana yanapanchu. Chaymantami sapan cuentapak shuklla kawsak tinkichik tiyan.
help-more-captcha = Shuyukunapa, killkakunapa rantipi, kikinpa navegadormi asha segundopi shuk yupayta ruran. Imatapash rikunata, uyanata, copianata mana mañanchu, shuktakkunapa yanapaytapash mana hapinchu.
help-more-password = Killkana ladopi listaka sapan kamachikta rikuchin, killkakukpimi unancharin. Yaykuna shimita llutay ushanki, yaykuna shimi wakaychiktapash hapiy ushanki.
help-more-sign-in = Asha pachallapi tawka kutin pantashpa yaykukpika, cuentaka mushuk antanikikkunapak wichkarin. Kikin ña yaykushka antanikikkunaka paykunapa kutikunatami charin: mana riksishka runaka kikinta paykunamanta mana llukchiy ushanchu.
help-more-blocked = Wichkayka paskashka sesionkunata mana wichkanchu, riksishka antanikikmanta yaykunatapash mana harkanchu. Alli yaykuna shimita killkakllamanmi cuenta wichkashka kashkata ninchik.
help-more-session = Unayta mana llamkashka sesionka tukurinmi, tukuy sesionpash asha horakunapi tukurin. Yaykuna shimita mushukyachikpika, shuktak antanikikkunapa sesionkuna tukurin.
help-more-limit = Sapan llikamanta, sapan yupaymanta, sapan llikachaski direccionmantami yupan. Tawka runapa llikapika shuktak runapash paktachiy ushan.

help-unlock-title = Cuentata paskana (desbloqueo)
help-unlock-what = Tawka kutin pantashpa yaykukpika cuentaka wichkarin. Yaykuna shimika chayllatakmi kan: wichkashkata paskanallami kanki; chay rurayka yaykuna shimita kutin hapinamanta chikanmi.
help-unlock-do = Llikapi mañay: pi kashkata niy, ventanillapi killkachishka huellawan, rostrowan rikuchiy, correopi SMSpipash chayashka enlaceta paskay. Mana killkachishka kashpaka cédulawan ventanillaman riy.
help-unlock-more = Wichkashka cuentaka tinkichikwan mana kutin hapirinchu: ñawpaka paskanami.

help-signature-title = Firma electrónicawan mañay
help-signature-what = Kawsak firma electrónicawan kikin pi kashkata rikuchinki, mana tapuykunata kutichishpa, mana ventanillaman rishpa: kikinpa antanikikpi shuk mañayta firmanki, kayman wichachinki.
help-signature-do = Mañayta mañapay, urmachipay, FirmaECwan mana kashpaka shuktak programawan shuk kutilla firmapay, firmashka archivota wichachipay.
help-signature-more = Kikinpa firma archivota (.p12), paypa contraseñatapash ama pimanpash kupaychu. Kay pankaka manataki chayta mañankachu: kikinpa antanikikpimi firmana kan, shinami: FirmaECwan.
help-signature-purposes = Mushuk yaykuna shimita ruranapak, cuentata paskanapak, killkashka llikachaskita, teléfonota shukyanapakpash yanapan.
help-signature-holder = Representanteka kikinpa certificadowan firman, Ecuadorpi arinishka wasi kushkawan.
help-signature-time = Sapan mañayka asha pachallatami yanapan. Tukurikpika, shuktakta mañay usharin, mana kutin pi kashkata willashpa.
help-signature-person = Imapash mana yachay usharikpi, shinami: certificadota kuk wasi mana kutichikpi, shuk runami rikun, kikinka shuk yupayta chaskinki.

help-findings-title = Firmaka rikuyta mana yallirkachu
help-findings-what = Firmashka killkamanta archivota, firmata, certificadota, pipak kashkata, mamallaktapa killkatapash rikunchik. Pankaka sapan rikushkata rikuchin. Shuklla pantakpipash mana yallinchu, cuentapi mana imapash shukyanchu.
help-findings-do = Panka rikuchishkata urapi maskapay: sapanmi imata ruranata nin. Mañayta kutin urmachishpa, shuk kuti firmashpa, chayllatata wichachishpaka yallinllami.
help-findings-again = Allichishka washalla, wichachinakuna puchukpi. Wichachinakuna, pachapash tukurikpika, shuktak mañaywan.

help-counter-title = Turnota mañana, imata apana
help-counter-what = Ventanillapi kikin pi kashkata rikunkuna, killkashka llikachaskiman tinkichikta kachachun mañankuna. Llamkakkunaka kikinpa yaykuna shimita mana rikunchu, mana killkanchu.
help-counter-do = Kaypimi turnota mañapay: markata, centrota, punchata, horatapash akllapay. Ishkay minutollami, cuentapash mana minishtirinchu. Videollamadawanpash mañay ushanki.
help-counter-bring = Turnota arinikpi, kikinpa ruraypak imata apanata nin. Yallika representantepa kikin cédula, firmashka mañay carta, turnopa códigopash allimi; RUCta, inscrito nombramientotapash funcionariomi rikun.
help-counter-copies = Cédulamanta, RUCmanta copiakunata mana mañay ushankunachu: mamallakta ña charishkata mañanata kamachikka harkanmi.
help-counter-reference = Kay pankapa referenciata killkapay, mana kashpaka impreso llukchipay; chayta ventanillapi nipay.
help-counter-wait = Llikachaskita, yaykuna shimitapash chay kikin punchapi mushukyachinkapak rikpika, ishkay llamkakmi rurankuna: asha ashtawan pachata charipay.

help-sign-in-title = Kikinpa yaykuna shimiwan yaykuna
help-sign-in-what = RUCwan, sucursalwan, yaykuna shimiwan cuentaman yaykunchik: obligaciones, contactokuna, sesiones, imalla tukushka, ishkayniki usuariokuna.
help-sign-in-do = RUCta, yaykuna shimitapash killkay. Ishkayniki usuario kashpaka chayta akllay, kikinpak cédulata killkay; kikinpak yaykuna shimita churay.
help-sign-in-more = Mushuk yaykuna shimita rurashka kipa mana paylla yaykurinchu: wakaychinkapakmi.

help-suspended-more = Kutikunaka sapan llamkachikmantami yuparin, shuktak antanikikkunamantapash. Wakaychinkapakka maykan kutichiy pantashkata mana ninchikchu. Mana kikin kakpika, shuk runami kamarka: mana imata charirkachu, cuentayukpash llikachaskipi shuk willayta chaskin.

help-questions-title = Pi kashkata rikuna tapuykuna
help-questions-what = Mamallaktapa killkakunapi killkashkawanmi kutichina kan. Tukuytami tantalla rikunchik; kutichiyka killkashkawan shuklla kana kan.
help-questions-do = Manarak kallarishpa cédulata, RUC certificadota, empresapa killkakunatapash kuchupi charipay.
help-questions-ruc = «Fecha de emisión del RUC» nishkaka SRI RUCta llukchishka punchami. Llamkayta kallarishka puncha (inicio de actividades) manami kanchu: ishkantin punchata pantankunallami.
help-questions-bank = IESSka kikin kunanlla shukyachishka cuentamanta hapikpika, killkapika ñawpa cuentarakmi kayta ushan.
help-questions-again = Asha pachakama chay kikin tapuykunatami tapunchik, kutin kallarikpipash.

help-mail-title = Llikachaskika mana chayanchu
help-mail-what = Willayka mana munashka chaskikunapi (spam) urmashka kanka, shuk shushuna hapishka kanka, mana kashpaka llikachaski servidorpi unayakunka. Pankaka maykama chayashkata rikuchin.
help-mail-do = Mana munashka chaskikunata, «otros» nishkatapash rikupay. Pankapi rikuchishka chusku sanampayuk referenciata maskapay. Kachakpa direccionta kikinpa riksishkakunaman yapapay.
help-mail-sender = Llikachaskikunaka { $sender } direccionmantami llukshin.
help-mail-gmail = Gmailpi: «Spam» nishkata paskapay, willayta paskapay, «No es spam» llapipay; kipaka kachakta Contactoskunaman yapapay.
help-mail-outlook = Outlookpi, Hotmailpipash: Configuración ukupi «Correo no deseado» maskashpa, direccionta alli kachakkunaman yapapay.
help-mail-department = Kikinpa empresa llikachaskita shushukpika, sistemasmanta llamkakkunata chay direccionta, paypa dominiotapash sakichun mañapay, willaykunata ama hapichun, rikunkapakpash ama unayachun: tinkichikka asha pachallatami kawsan.
help-mail-test = Manarak kallarishpa llikachaskita kamapay: kikin killkashka direccionmanmi shuk willayta kachan.
help-mail-again = Kamay willay mana unayashpa chayakpi.

help-undelivered-title = Kikinpa llikachaski servidorka willayta mana chaskirkachu
help-undelivered-what = Llikachaski servidorka mana pachapi kutichirkachu, mana kashpaka willayta mana chaskirkachu. Mana ima tinkichik tukurirkachu, kikinpa yaykuna shimipash mana shukyarkachu.
help-undelivered-do = Chaski wasi tiyashkata, mana huntashka kashkatapash rikupay; sistemasmanta llamkakkunata ñukanchikpa direccionta sakichun mañapay. Chay llikachaskita ña mana charishpaka, yaykuna shimita charishpaka yaykupay, «Contactokuna» pankapi mushukyachipay; mana charishpaka, firma electrónicawan mana kashpaka ventanillapi shukyachipay.

help-records-what = Kikin pi kashkaka ña rikushkami, shinapash llamkachikpa representante pi kashkata mamallaktapa killkakunaka mana shuklla ninchu. Chaykamanka tinkichikta mana kachay ushanchikchu.
help-records-person = Registro Civilpi allichipay: chaypika representantepa cédula mana killkashkachu. Kikinpa kikin cédulawan shuk agenciaman ripay.
help-records-taxpayer = SRIpi allichipay: chaypika kay RUC mana killkashkachu. Ñawpaka yupay alli killkashka kashkata rikupay.
help-records-appointment = Superintendencia de Compañíaspi allichipay: representantepa kawsak nombramientota Registro Mercantilpi killkachipay, chaypipash killkashka kachun mañapay.
help-records-employer = IESSpi allichipay: chaypika kay llamkachik kay sucursalwan mana killkashkachu. Ñawpaka sucursalpa yupayta rikupay; alli kakpika, ventanillapi killkachun mañapay.
help-records-representative = IESSpi allichipay: killkachishka nombramientowan, ventanillapi representanteta mushukyachichun mañapay.
help-records-then = Wakaychinkapakka sapan killka imata nishkata mana rikuchinchikchu. Allichishka kakpi, kutin kallaripay; chay shukyayka shuk punchata unayashpa kayman chayay ushan.
help-records-do = Pankaka maykan killkata, maypi allichinata nin. Ña allichishka kakpika, chayta rikuchik killkawan ventanillaman ripay.

help-ended-title = Kutin hapiyka mushuk yaykuna shimi illak tukurirka
help-ended-what = Mana kutichishpa pacha yallirka, chay kikin cuentapak shuktak kutin hapiyta kallarirka, mana kashpaka kikinmi sakirkanki. Kikinpa yaykuna shimika mana shukyarkachu.
help-ended-do = Mutsurishparakka, mushukta kallaripay. Shuktak runapash kay cuentawan llamkakpika, paywan rimanakupay: puchukayllami yanapan.

help-not-me-title = «No fui yo»: ñukapa cuentapi imapash tukurka, mana ñukachu rurarkani
help-not-me-what = Cuentapi imapash mushukyakpika, tukuy killkashka contactokunamanmi willanchik. Llikachaskikunaka imata, ima pachapi tukushkata nin, «no fui yo» tinkichiktapash apamun; pipash mañashka tinkichikta apamukkunapash.
help-not-me-do = Chay tinkichikta paskashpa «ari» nipay. Cuentaka chay pachallami harkarin: sesionkuna tukurin, pipash mana yaykuy ushanchu, shuktak yaykuna shimita mana ruray ushanchu. Kipaka ventanillaman ripay.
help-not-me-again = Harkashkataka internetpi mana paskay ushankichu; ventanillallapimi, kikinpa cédulawan.

help-arrears-title = Mora patronal tiyakpi imatak tukun
help-arrears-what = Aportekunata mana pachapi kukpika mora patronal tiyan. Manuka interesta mirachin, IESSpash kamachik ñanwan (vía coactiva) hapiy ushan.
help-arrears-tenders = Mamallaktawan mana contratay ushankichu, mamallaktapa rantiykunapipash mana yaykuy ushankichu.
help-arrears-credit = Kullki wasikunapi mana kullkita mañay ushankichu.
help-arrears-certificate = «Certificado de cumplimiento de obligaciones» nishka killkata mana chaskinkichu.
help-arrears-members = Mora tiyakukpika, kikinpa llamkakkunaka BIESSmanta mana kullkita mañay ushankunachu.
help-arrears-personal = Representantekunaka paykunapa kullkiwan manuta kutichina kayta ushan.
help-arrears-not-title = Mana shinachu kan
help-arrears-not = Kikinpa llamkakkunaka hampi wasipi yanapay illak mana sakirinkunachu: kamachikka chayta wakaychin, chanitapash llamkachiktami mañan (Ley de Seguridad Social, artículo 96).
help-arrears-do = Mashnata manu kashkata, ima punchakama kashkatapash rikunkapak yaykuna shimita kutin hapipay. Tukuyta mana kuy ushashpaka, shuk «convenio de pago» nishkata tapupay.
help-arrears-again = Utka: interesmi sapan puncha mirarin.
