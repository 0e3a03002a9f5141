# Servidor, mana kashpaka navegador mana ruray ushashka: shuti, imatak tukurka, kunan imata rurana.
errors-summary-title = Kaykunata rikupay
errors-reference = Yanapayta mañankapak referencia: { $reference }
errors-retry-now = Kutin kamana
errors-retry-seconds = { $seconds ->
    [one] 1 segundo kipami kutin kamay ushanki.
   *[other] { $seconds } segundo kipami kutin kamay ushanki.
}
errors-retry-minutes = { $minutes ->
    [one] 1 minuto kipami kutin kamay ushanki.
   *[other] { $minutes } minuto kipami kutin kamay ushanki.
}
errors-help-link = Kay willaymanta ashtawan

errors-malformed-body-title = Kay pankaka mañashkata mana hamutarkachu
errors-malformed-body-what = Panka, servidorpash mana paktanchu; pankaka unaytami paskashka karka yuyanchik. Manami kikin pantashkachu.
errors-malformed-body-do = Pankata kutin paskashpa kutin kamapay.
errors-invalid-input-title = Allichinakuna tiyan
errors-invalid-input-what = Shuk, mana kashpaka ashtawan killkashkakunaka mana shuyashka shinachu kan.
errors-invalid-input-do = Rikuchishkata allichishpa kutin kachapay. Killkashkaka mana chinkarirkachu.
errors-body-too-large-title = Kachashkaka yapa hatunmi
errors-body-too-large-what = Mañashkaka kay panka chaskina ushashkata yallin.
errors-body-too-large-do = Killkashkata kutuyachishpa kutin kamapay.
errors-unsupported-media-type-title = Kay pankaka mañashkata mana hamutarkachu
errors-unsupported-media-type-what = Mañashkaka servidor mana riksishka shinami chayarka. Wakinpika llika shushunami (filtro) chayta ruran.
errors-unsupported-media-type-do = Pankata kutin paskapay. Kutin tukukpika, shuktak llikamanta kamapay.
errors-origin-refused-title = Mañashkaka mana kay pankamantachu llukshirka
errors-origin-refused-what = Wakaychinkapakka, kay kikin direccionmanta rurashka mañaykunallatami chaskinchik.
errors-origin-refused-do = Kay pankapa direccionta kikinllatak navegadorpi killkashpa, chaymanta kallaripay.
errors-not-found-title = Chay direccionka manami tiyanchu
errors-not-found-what = Panka mañashkata servidorka mana riksinchu; pankaka mawkachari.
errors-not-found-do = Pankata kutin paskapay, mana kashpaka kallari pankaman ripay.
errors-method-not-allowed-title = Kay pankaka mañashkata mana hamutarkachu
errors-method-not-allowed-what = Panka, servidorpash mana paktanchu. Manami kikin pantashkachu.
errors-method-not-allowed-do = Pankata kutin paskashpa kutin kamapay.
errors-rate-limited-title = Yapa katirishka mañaykuna
errors-rate-limited-what = Kikinpa llikamanta, mana kashpaka kay yupaypak, asha pachallapi achka mañaykunata rurashkami. Kay harkayka tukuy llamkachikkunata wakaychin.
errors-rate-limited-do = Ashata shuyashpa kutin kamapay. Killkashkaka kayllapimi kan.
errors-captcha-refused-title = Wakaychiymanta kamayka mana chaskirirkachu
errors-captcha-refused-what = Kikinpa navegador rurashka kamayka ñami yanaparka, mana kashpaka shuktak yupaypakmi.
errors-captcha-refused-do = Kutin kachapay: navegadorka paylla mushuk kamayta ruranka.
errors-captcha-expired-title = Wakaychiymanta kamaypa pachaka tukurirkami
errors-captcha-expired-what = Kamaymanta kachaykama achka pachami yallirka. Manami kikin pantashkachu.
errors-captcha-expired-do = Kutin kachapay: navegadorka paylla mushuk kamayta ruranka.
errors-case-missing-title = Kay navegadorpi mana ima kutin hapiy paskashka tiyanchu
errors-case-missing-what = Kutin hapiyka mana kallarishkachu, unaymi tukurishka, mana kashpaka shuktak antanikikpimi kallarishka.
errors-case-missing-do = Mushuk kutin hapiyta kallaripay.
errors-case-at-other-stage-title = Kutin hapiyka ña shuktak yallipimi kan
errors-case-at-other-stage-what = Kay yallika ñami rurashka, shuktak paskashka pankapichari.
errors-case-at-other-stage-do = Pankaka kunan maypi kashkata rikuchinka.
errors-case-changed-title = Kutin hapiyka chaykaman shukyarkami
errors-case-changed-what = Shuktak panka, mana kashpaka shuktak antanikik kay kikin kutin hapiyta katirka.
errors-case-changed-do = Pankaka kunan maypi kashkata rikuchinka; minishtishpaka, puchukay rurashkata kutin rurapay.
errors-registry-unavailable-title = «Error de Conexión con una fuente oficial»: mamallaktapa killka wasika mana kutichinchu
errors-registry-civil = «Error de Conexión con el Registro Civil»: Registro Civilka mana kutichinchu
errors-registry-sri = «Error de Conexión con el SRI»: SRIka mana kutichinchu
errors-registry-superintendencia = «Error de Conexión con la Superintendencia de Compañías»: Superintendencia de Compañíaska mana kutichinchu
errors-registry-iess = «Error de Conexión con los registros del IESS»: IESSpa killkakunaka mana kutichinchu
errors-registry-unavailable-what = Kikinpa willaykunata rikuk mamallaktapa killka wasika mana kutichinchu. Kay pankamanta kanchapimi kan, kutitapash mana anchuchinchu.
errors-registry-unavailable-do = Shuk horata shuyashpa kutin kamapay.
errors-link-invalid-title = Kay tinkichikka mana allichu
errors-link-invalid-what = Direccionka mana paktashkachu, mana kashpaka mana kay pankachu llukchirka. Wakin llikachaskikunaka suni tinkichikkunata pitinmi.
errors-link-invalid-do = Tukuy tinkichikta llikachaskimanta copiapay. Mana yanapakpika, mushuk kutin hapiyta kallaripay.
errors-link-expired-title = Tinkichikpa pachaka tukurirkami
errors-link-expired-what = Kikinpa llikachaski servidor chaskishkamanta asha minutollatami tinkichikka kawsan. Kikinpa yaykuna shimika mana shukyarkachu.
errors-link-expired-do = Mushuk kutin hapiyta kallaripay; tinkichikta manarak mañashpa llikachaskita paskashka charipay.
errors-link-used-title = Kay tinkichikka ñami yanaparka
errors-link-used-what = Kay tinkichikwanka ñami mushuk yaykuna shimi rurashka. Sapan tinkichikka shuk kutillami yanapan.
errors-link-used-do = Kikin rurashka kashpaka, chaywan yaykupay. Mana kikinchu kashpaka, chay llikachaskipi «No fui yo» nishkawan utka willapay.
errors-link-replaced-title = Ashtawan mushuk tinkichik tiyanmi
errors-link-replaced-what = Kay tinkichik kipa shuktak tinkichikta kacharkanchik; puchukayllami yanapan.
errors-link-replaced-do = Puchukay llikachaskita paskapay; chusku sanampayuk referenciata pankapi killkashkawan paktachipay.
errors-password-refused-title = «La clave no cumple con los parámetros de seguridad»: yaykuna shimika wakaychiymanta kamachikkunata mana paktachinchu
errors-password-refused-what = Servidorka yaykuna shimita rikushpa, kay listapi rikuchishkata tarirka. Kikinpa tinkichikka pacha tukurinkakama yanapanrakmi.
errors-password-refused-do = Rikuchishkata allichishpa kutin kachapay.
errors-busy-title = Kay pankaka achka llamkaytami charin
errors-busy-what = Kunanka servidor ruray ushashkamanta yalli mañaykunami tiyan. Ñukanchikmantami.
errors-busy-do = Asha segundota shuyashpa kutin kamapay. Killkashkaka kayllapimi kan.
errors-timed-out-title = Kutichiyka yapa unayarkami
errors-timed-out-what = Servidorka mana pachallapi tukuchirkachu. Ñukanchikmantami, mana kashpaka llikamantami.
errors-timed-out-do = Kutin kamapay. Kutin tukukpika, asha minutota shuyapay.
errors-internal-title = Ñukanchikpurapi imapash pantarkami
errors-internal-what = Servidorka mañashkata mana paktachiy usharkachu. Manami kikin pantashkachu, mana imapash chawpipi sakirirkachu.
errors-internal-do = Kutin kamapay. Kutin tukukpika, institucionwan rimashpa referenciata kupay.
errors-unreachable-title = Kay pankawan mana tinkirinchu
errors-unreachable-what = Navegadorka servidorwan mana rimay usharkachu. Yallinpika kay antanikikpa internetmi.
errors-unreachable-do = Internetta rikushpa kutin kamapay. Killkashkaka kayllapimi kan; yaykuna shimikunallami mana.

# Shuk killkanapi ima mana alli kayta ushak.
errors-field-missing = Kay willay illan
errors-field-malformed = Mana shuyashka shinachu
errors-field-length = Sanampakunaka mana paktanchu
errors-field-not-digits = 0manta 9kama yupaykunallata killkapay
errors-field-foreign-digits = Shuktak killkaypa yupaykunata charin; tecladowan killkapay, 0manta 9kama
errors-field-province = Kallari ishkay yupayka mana ima markapachu (provincia) kan
errors-field-third-digit = Kimsaniki yupayka mana ima contribuyentepachu kan; yupayta rikupay
errors-field-suffix = Puchukayka mana 000 kay ushanchu: establecimientopa yupaymi, yallinpika 001
errors-field-final-consumer = 9999999999999 «consumidor final» nin; manami llamkachikchu
errors-field-check-digit = Puchukay yupayka shuktakkunawan mana paktanchu; yupayta rikupay
errors-field-year = Watata rikupay: chusku yupaywan killkapay
errors-field-month = Killata rikupay: 1manta 12kama yupaymi
errors-field-day = Punchata rikupay: chay killaka mana charinchu
errors-field-not-offered = Kaypi tiyakkunamanta shukta akllapay
errors-field-too-long = Sakishkata yallin
errors-field-characters = Mana sakishka sanampakunata charin
