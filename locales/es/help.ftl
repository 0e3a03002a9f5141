# La ayuda: cada mensaje del portal y lo que conviene saber. Los mensajes de errors.ftl se reutilizan aquí.
help-title = Ayuda
help-lead = Qué significa cada mensaje, qué hacer y cuándo volver a intentar.
help-search = Buscar en la ayuda
help-search-hint = Por ejemplo: enlace, bloqueada, correo, mora
help-found = { $count ->
    [0] Ningún tema. Pruebe con otra palabra.
    [one] 1 tema
   *[other] { $count } temas
}
help-all = Todos los temas de ayuda
help-unknown = Ese tema no existe. Aquí están todos.
help-contact = Si no encuentra lo que necesita, comuníquese con { $institution }: { $contact }

help-group-procedures = Trámites y qué hacer hoy
help-group-recovery = Mensajes de la recuperación
help-group-mail = El correo y el enlace
help-group-account = Su cuenta y su seguridad
help-group-technical = Mensajes técnicos

help-part-what = Qué pasó
help-part-about = De qué se trata
help-part-side = De qué lado está
help-part-do = Qué hacer ahora
help-part-again = Cuándo volver a intentar
help-part-when = Cuándo
help-part-more = Conviene saber

help-side-you = Puede resolverlo usted, con los datos que tiene.
help-side-us = Está de nuestro lado. No es un error suyo.
help-side-registry = Está en una fuente oficial, fuera de este portal. No es un error suyo.
help-side-network = Está en la red o en este dispositivo.
help-side-mail = Está entre su correo y el nuestro.
help-side-record = Está en lo que consta en los registros oficiales sobre el empleador.
help-side-protection = Es una protección. Nadie hizo nada mal necesariamente.
help-side-none = No es un error: es una explicación.

help-again-now = Ahora mismo.
help-again-corrected = Apenas lo haya corregido.
help-again-moment = En unos segundos; si se repite, en unos minutos.
help-again-minutes = En unos minutos. Si la página dice un tiempo, espere ese tiempo.
help-again-hour = En una hora. No cuenta como intento y su caso se puede retomar.
help-again-new = Ahora mismo, con una recuperación nueva.
help-again-open = No hace falta: la página muestra en qué paso está.
help-again-suspended = { $hours ->
    [one] Cuando termine 1 hora desde la suspensión. La página dice la hora exacta.
   *[other] Cuando terminen { $hours } horas desde la suspensión. La página dice la hora exacta.
}
help-again-done = Cuando lo que falta esté resuelto.
help-again-counter = Después de la atención en ventanilla.
help-again-any = Cuando quiera.

help-more-civil = El mensaje nombra la fuente que no respondió, por ejemplo «Error de Conexión con el Registro Civil». Sus respuestas no se perdieron ni se juzgaron.
help-more-link-expired = El tiempo empieza cuando su servidor de correo recibe el mensaje, no cuando usted lo abre. Tenga el correo abierto antes de enviar las respuestas y escriba la clave apenas abra el enlace.
help-more-link-used = Mirar el enlace no lo gasta: tampoco lo gastan los antivirus ni los filtros que lo abren. Solo lo gasta quien envía la clave nueva.
help-more-link-replaced = Cada vez que se pide un enlace, los anteriores dejan de servir. Por eso solo hay uno válido por cuenta.
help-more-captcha = En lugar de imágenes o letras, su navegador hace un cálculo de unos segundos. No pide ver, oír ni copiar nada, y no usa servicios de terceros.
help-more-password = La lista junto al campo muestra cada regla y se marca mientras escribe. Puede pegar la clave y usar un gestor de claves.
help-more-sign-in = Varios ingresos fallidos en poco tiempo bloquean la cuenta para equipos nuevos. Los equipos en los que ya ingresó tienen su propia cuenta de intentos: un extraño no puede dejarlo fuera de ellos.
help-more-blocked = El bloqueo no cierra las sesiones abiertas ni impide ingresar desde un equipo conocido. Solo se dice que la cuenta está bloqueada a quien escribe la clave correcta.
help-more-session = Una sesión termina cuando pasa un tiempo sin uso y, en todo caso, después de unas horas. Cambiar la clave termina las sesiones de los demás equipos.
help-more-limit = El límite se cuenta por conexión, por número y por dirección de correo. En una red compartida puede alcanzarlo otra persona.

help-unlock-title = Desbloquear la cuenta
help-unlock-what = La cuenta se bloquea después de varios ingresos fallidos seguidos. La clave sigue siendo la misma: solo hay que levantar el bloqueo, y ese trámite es distinto de recuperar la clave.
help-unlock-do = Pídalo en línea: se identifica, confirma con la huella o el rostro que registró en una ventanilla, y abre un enlace que le llega por correo o SMS. Si no registró ninguno, acuda a una ventanilla con su cédula.
help-unlock-more = Una cuenta bloqueada no se puede recuperar por el enlace: primero se desbloquea.

help-signature-title = Solicitud con firma electrónica
help-signature-what = Con una firma electrónica vigente usted prueba quién es sin responder preguntas ni ir a una ventanilla: firma una solicitud en su propio equipo y la sube aquí.
help-signature-do = Pida la solicitud, descárguela, fírmela una sola vez con FirmaEC u otro programa, y suba el archivo firmado.
help-signature-more = Nunca entregue a nadie el archivo de su firma (.p12) ni su contraseña. Este portal jamás los pedirá: se firma en su propio equipo, por ejemplo con FirmaEC.
help-signature-purposes = Sirve para crear una clave nueva, desbloquear la cuenta, o cambiar el correo o el teléfono registrado.
help-signature-holder = Firma el representante con su propio certificado, de una entidad de certificación acreditada en el Ecuador.
help-signature-time = Cada solicitud sirve por poco tiempo. Si termina, se pide otra sin identificarse de nuevo.
help-signature-person = Si algo no se puede saber, por ejemplo porque la entidad emisora no responde, lo decide una persona y usted recibe un número.

help-findings-title = La firma no pasó la revisión
help-findings-what = De un documento firmado se comprueban el archivo, la firma, el certificado, su titular y el registro oficial. La página muestra cada comprobación con su resultado. Si una sola falla, no pasa y en la cuenta no cambia nada.
help-findings-do = Busque abajo el motivo que le mostró la página: cada uno dice qué hacer. Casi siempre basta descargar otra vez la solicitud, firmarla una vez y subirla tal como quedó.
help-findings-again = Apenas lo haya corregido, mientras queden envíos. Si los envíos o el tiempo terminaron, con otra solicitud.

help-counter-title = Pedir un turno y qué llevar
help-counter-what = En una ventanilla comprueban quién es usted y hacen enviar el enlace a su correo registrado. El personal no ve ni escribe su clave.
help-counter-do = Pida un turno aquí: elija la provincia, el centro, el día y la hora. Toma dos minutos, sin cuenta. También puede pedirlo por videollamada.
help-counter-bring = La confirmación del turno dice qué llevar en su caso. Casi siempre bastan la cédula original del representante, la carta de solicitud firmada y el código del turno; el RUC y el nombramiento inscrito los consulta el funcionario.
help-counter-copies = No le pueden exigir copias de la cédula ni del RUC: la ley prohíbe pedir lo que el Estado ya tiene.
help-counter-reference = Anote o imprima la referencia de esta página y dígala en la ventanilla.
help-counter-wait = Si va para cambiar el correo y la clave el mismo día, intervienen dos funcionarios: cuente con algo más de tiempo.

help-sign-in-title = Ingresar con su clave
help-sign-in-what = Con el RUC del empleador, la sucursal y la clave se entra a la cuenta: obligaciones, contactos, sesiones, historial y usuarios secundarios.
help-sign-in-do = Escriba el RUC y la clave. Si es usuario secundario, marque la casilla y escriba también su cédula; use su propia clave.
help-sign-in-more = Después de crear una clave nueva no se ingresa automáticamente: es una medida de seguridad.

help-suspended-more = Los intentos se cuentan por empleador, también desde otros dispositivos. Por seguridad no se dice cuál respuesta falló. Si no fue usted, alguien intentó por su cuenta: no llegó a nada, y el titular recibe un aviso por correo.

help-questions-title = Las preguntas de verificación
help-questions-what = Se responden con datos que constan en registros oficiales. Todas se revisan juntas, y la respuesta tiene que ser igual al registro.
help-questions-do = Tenga a mano la cédula, el certificado de RUC y los papeles de la empresa antes de empezar.
help-questions-ruc = «Fecha de emisión del RUC» es el día en que el SRI emitió el RUC. No es el inicio de actividades: las dos fechas suelen confundirse.
help-questions-bank = Si el IESS debita de una cuenta que usted cambió hace poco, es posible que el registro tenga todavía la anterior.
help-questions-again = Por un tiempo se hacen las mismas preguntas, aunque empiece de nuevo.

help-mail-title = No me llega el correo
help-mail-what = El mensaje puede haber caído en no deseados, estar retenido por un filtro o tardar en el servidor de correo. La página muestra hasta dónde llegó.
help-mail-do = Revise no deseados y «otros». Busque la referencia de cuatro caracteres que muestra la página. Agregue la dirección del remitente a sus contactos.
help-mail-sender = Los correos salen de { $sender }.
help-mail-gmail = En Gmail: abra la carpeta Spam, abra el mensaje y pulse «No es spam»; después agregue el remitente a Contactos.
help-mail-outlook = En Outlook o Hotmail: en Configuración, busque «Correo no deseado» y agregue la dirección a los remitentes seguros.
help-mail-department = Si su empresa filtra el correo, pida al área de sistemas que deje pasar esa dirección y su dominio, sin retener los mensajes ni esperar a analizarlos: el enlace dura poco.
help-mail-test = Antes de empezar, haga la prueba de correo: envía un mensaje fijo a la dirección que usted escriba.
help-mail-again = Cuando la prueba de correo llegue sin demora.

help-undelivered-title = Su servidor de correo no recibió el mensaje
help-undelivered-what = El servidor de correo no respondió a tiempo o rechazó el mensaje. No se gastó ningún enlace y su clave no cambió.
help-undelivered-do = Compruebe que el buzón exista y no esté lleno, y pida al área de sistemas que deje pasar nuestra dirección. Si ya no usa ese correo y tiene la clave, ingrese y cámbielo en «Contactos»; si no la tiene, cámbielo con firma electrónica o en una ventanilla.

help-records-what = Su identidad está confirmada, pero los registros oficiales se contradicen sobre quién representa al empleador. Mientras tanto no se puede enviar el enlace.
help-records-person = Corrija en el Registro Civil: allí no consta la cédula del representante. Acuda a una agencia con la cédula original.
help-records-taxpayer = Corrija en el SRI: allí no consta este RUC. Revise primero que el número esté bien escrito.
help-records-appointment = Corrija en la Superintendencia de Compañías: haga inscribir el nombramiento vigente del representante en el Registro Mercantil y pida que conste allí.
help-records-employer = Corrija en el IESS: allí no consta este empleador con esta sucursal. Revise primero el número de sucursal; si está bien, pida el registro en una ventanilla.
help-records-representative = Corrija en el IESS: pida en una ventanilla que actualicen el representante, con el nombramiento inscrito.
help-records-then = Por seguridad no se muestra lo que dice cada registro. Cuando esté corregido, empiece de nuevo; el cambio puede tardar un día en llegar aquí.
help-records-do = La página dice qué registro corregir y dónde. Si la corrección ya está hecha, acuda a una ventanilla con el documento que lo prueba.

help-ended-title = La recuperación terminó sin clave nueva
help-ended-what = Pasó el tiempo sin respuestas, se empezó otra recuperación para la misma cuenta, o usted la canceló. Su clave no cambió.
help-ended-do = Si todavía la necesita, empiece una nueva. Si alguien más trabaja con esta cuenta, póngase de acuerdo con esa persona: solo sirve la más reciente.

help-not-me-title = «No fui yo»: pasó algo en mi cuenta que yo no hice
help-not-me-what = Cada cambio en la cuenta se avisa a todos los contactos registrados. Los correos dicen qué pasó y cuándo, y llevan un enlace «no fui yo»; también los que traen un enlace que alguien pidió.
help-not-me-do = Abra ese enlace y confirme. La cuenta se congela de inmediato: terminan las sesiones y nadie puede ingresar ni crear otra clave. Luego acuda a una ventanilla.
help-not-me-again = Congelar no se puede deshacer en línea; solo en ventanilla, con su cédula.

help-arrears-title = Qué pasa si hay mora patronal
help-arrears-what = Hay mora patronal cuando los aportes no se pagan dentro del plazo. La deuda gana intereses y el IESS puede cobrarla por vía coactiva.
help-arrears-tenders = No puede contratar con el Estado ni participar en compras públicas.
help-arrears-credit = No puede obtener préstamos ni líneas de crédito en el sistema financiero.
help-arrears-certificate = No recibe el certificado de cumplimiento de obligaciones.
help-arrears-members = Sus trabajadores no pueden obtener préstamos del BIESS mientras dure.
help-arrears-personal = Los representantes pueden responder personalmente por la deuda.
help-arrears-not-title = Lo que no es así
help-arrears-not = Sus trabajadores no se quedan sin atención de salud: la ley la mantiene y cobra su costo al empleador (Ley de Seguridad Social, artículo 96).
help-arrears-do = Recupere la clave para ver lo que debe y por qué día vence. Si no puede pagarlo todo, pregunte por un convenio de pago.
help-arrears-again = Cuanto antes: los intereses corren cada día.
