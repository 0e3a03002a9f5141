# Mensajes que la institución envía por correo.

# Comunes
notifications-reference = Referencia
notifications-employer = Empleador
notifications-when = Fecha y hora
notifications-source = Dirección de red desde donde se hizo
notifications-time = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
} de { $year }, { $hour }:{ $minute } (hora de Ecuador continental, UTC−5)
notifications-minutes = { $count ->
    [one] 1 minuto
   *[other] { $count } minutos
}
notifications-seconds = { $count ->
    [one] 1 segundo
   *[other] { $count } segundos
}
notifications-not-you = ¿No fue usted?
notifications-contact = Si tiene dudas, escriba o llame a { $institution }: { $contact }.
notifications-review = Esta traducción al kichwa está en revisión. Si algo no se entiende, pregunte en español.
notifications-no-reply = Un sistema envió este mensaje. No lo responda: nadie lee este buzón.
notifications-unofficial = { $institution } no es un sitio oficial del IESS.

# Enlace para crear la clave nueva
notifications-link-subject = Enlace para crear su clave de empleador · { $reference }
notifications-link-title = Cree su clave de empleador nueva
notifications-link-intro = Alguien pidió recuperar la clave de empleador de { $employer } y comprobó su identidad en el portal. Compare la referencia de abajo con la que ve en la página: deben ser iguales.
notifications-link-action = Crear la clave nueva
notifications-link-validity = El enlace vale { $duration } desde que su servidor de correo recibió este mensaje, y una sola vez. Si le llegó más de un mensaje, solo sirve el último.
notifications-link-until = El enlace sirve hasta el { $time }, y una sola vez. Si le llegó más de un mensaje, solo sirve el último.
notifications-link-copy = Si el botón no funciona, copie esta dirección en su navegador:
notifications-link-not-you = No abra el enlace de arriba y no se lo dé a nadie: sin él, su clave no cambia. Ningún funcionario le pedirá ese enlace ni su clave. Alguien conoce sus datos: puede congelar la cuenta con este enlace; para abrirla de nuevo deberá presentarse en una ventanilla con su cédula.

# La clave cambió
notifications-changed-subject = Su clave de empleador cambió · { $reference }
notifications-changed-title = Su clave de empleador cambió
notifications-changed-intro = La clave de empleador de { $employer } se cambió con un enlace enviado a su correo registrado. Por seguridad se cerraron todas las sesiones abiertas; ingrese con la clave nueva.
notifications-freeze-steps = Abra este enlace y confirme. La cuenta se congela enseguida: nadie podrá ingresar ni recuperar la clave en línea hasta que usted se presente en una ventanilla con su cédula.
notifications-freeze-action = No fui yo: congelar la cuenta
notifications-freeze-until = Este enlace sirve hasta el { $time }.

# Recuperación en pausa
notifications-suspended-subject = La recuperación en línea de su clave está en pausa · { $reference }
notifications-suspended-title = La recuperación en línea está en pausa
notifications-suspended-intro = Alguien respondió mal varias veces las preguntas de verificación de { $employer }. Por seguridad, la recuperación en línea queda en pausa hasta el { $time }.
notifications-suspended-open = Su clave no cambió y puede ingresar con ella como siempre. Mientras dura la pausa también puede recuperarla con firma electrónica o en una ventanilla.
notifications-suspended-not-you = No tiene que hacer nada: nadie obtuvo su clave. Si este mensaje se repite o sospecha de alguien, puede congelar la cuenta con este enlace; para abrirla de nuevo deberá presentarse en una ventanilla con su cédula.

# Cuenta congelada
notifications-frozen-subject = Su cuenta de empleador está congelada
notifications-frozen-title = Su cuenta está congelada
notifications-frozen-intro = Recibimos su aviso de que no fue usted, y la cuenta de { $employer } quedó congelada. Desde ahora nadie puede ingresar ni recuperar la clave en línea.
notifications-frozen-next = Para volver a usar la cuenta, preséntese en una ventanilla con su cédula original. Allí comprobarán su identidad y le enviarán un enlace para crear una clave nueva.
notifications-frozen-not-you = Alguien usó el enlace «No fui yo» de un mensaje anterior. La cuenta está a salvo, pero debe ir a una ventanilla para abrirla de nuevo.
notifications-frozen-officer-intro = En una ventanilla se congeló la cuenta de { $employer } a pedido de quien la representa. Desde ahora nadie puede ingresar ni recuperar la clave en línea.
notifications-frozen-officer-not-you = Si nadie de su empresa lo pidió, acuda a una ventanilla: la cuenta está a salvo mientras tanto.
notifications-thawed-subject = Su cuenta de empleador ya no está congelada
notifications-thawed-title = Se levantó el congelamiento de su cuenta
notifications-thawed-intro = En una ventanilla comprobaron la identidad y levantaron el congelamiento de la cuenta de { $employer }.
notifications-thawed-next = La clave anterior ya no sirve. Para ingresar cree una clave nueva con el enlace que le enviarán en la ventanilla, o recupérela en línea.
notifications-data-subject = Se respondió una solicitud sobre sus datos personales
notifications-data-title = Sus datos personales
notifications-data-given = A pedido de quien dijo representar a { $employer }, en una ventanilla se entregó una copia de los datos que se guardan de esa persona.
notifications-data-deleted = A pedido de quien dijo representar a { $employer }, en una ventanilla se borraron los datos de esa persona que no hace falta guardar. La cuenta sigue como estaba; si los datos eran los suyos, la próxima vez que ingrese su navegador será nuevo para ella.

# Cuenta bloqueada
notifications-blocked-subject = Su cuenta de empleador se bloqueó
notifications-blocked-title = Su cuenta se bloqueó
notifications-blocked-intro = Alguien intentó ingresar varias veces a la cuenta de { $employer } con una clave incorrecta. Por seguridad la cuenta quedó bloqueada; la clave no cambió.
notifications-blocked-known = Desde los equipos en los que usted ya ingresó puede seguir ingresando como siempre, y las sesiones abiertas siguen abiertas.
notifications-blocked-next = Para ingresar desde otro equipo o recuperar la clave, desbloquee la cuenta en «Desbloqueo de Clave»:
notifications-blocked-action = Desbloquear la cuenta
notifications-blocked-note = Le pediremos su identificación y su huella o su rostro; la página dice qué hacer si no los registró. La clave no cambia.
notifications-blocked-not-you = Si usted no intentó ingresar, no tiene que hacer nada más: nadie ingresó. Si cree que alguien conoce su clave, cámbiela desde un equipo en el que ya ingresó, o congele la cuenta con este enlace:

# La clave se cambió desde la cuenta
notifications-replaced-subject = Su clave de empleador cambió
notifications-replaced-title = Su clave de empleador cambió
notifications-replaced-intro = La clave de empleador de { $employer } se cambió desde la cuenta, con la clave anterior. Por seguridad se cerraron las demás sesiones.

# Aviso por la edad de la clave
notifications-reminder-subject = Su clave de empleador ya tiene tiempo
notifications-reminder-title = Puede cambiar su clave de empleador
notifications-reminder-intro = La clave de empleador de { $employer } se creó el { $since }. Pasados { $days ->
    [one] 1 día
   *[other] { $days } días
}, le aconsejamos cambiarla.
notifications-reminder-free = No es obligatorio: su clave sigue sirviendo y nadie le cerrará el ingreso. No le volveremos a escribir por esta clave.
notifications-reminder-action = Cambiar la clave
notifications-reminder-note = Primero deberá ingresar con su clave actual. Si prefiere, escriba usted mismo la dirección del portal en su navegador.
notifications-reminder-not-you = Este aviso se envía por la edad de la clave; nadie ha intentado nada. Si usted no creó esa clave o sospecha de alguien, puede congelar la cuenta con este enlace; para abrirla de nuevo deberá presentarse en una ventanilla con su cédula.

# Enlace para desbloquear
notifications-unlock-subject = Enlace para desbloquear su cuenta de empleador · { $reference }
notifications-unlock-title = Desbloquee su cuenta de empleador
notifications-unlock-intro = Alguien pidió desbloquear la cuenta de { $employer } y comprobó su identidad en el portal. Compare la referencia de abajo con la que ve en la página: deben ser iguales.
notifications-unlock-action = Desbloquear la cuenta
notifications-unlock-not-you = No abra el enlace de arriba y no se lo dé a nadie: sin él, la cuenta sigue bloqueada y su clave no cambia. Ningún funcionario le pedirá ese enlace ni su clave. Alguien usó una huella o un rostro registrado en su cuenta: puede congelarla con este enlace; para abrirla de nuevo deberá presentarse en una ventanilla con su cédula.

# Cuenta desbloqueada
notifications-unlocked-subject = Su cuenta de empleador está desbloqueada · { $reference }
notifications-unlocked-title = Su cuenta está desbloqueada
notifications-unlocked-intro = La cuenta de { $employer } se desbloqueó con un enlace enviado a un contacto registrado. La clave no cambió: puede ingresar con ella.

# Contactos
notifications-contact-confirm-subject = Confirme este correo para su cuenta de empleador
notifications-contact-confirm-title = Confirme este correo
notifications-contact-confirm-intro = En la cuenta de { $employer } alguien escribió esta dirección como correo nuevo. Abra el enlace y confirme que el correo es suyo; mientras tanto no cambia nada.
notifications-contact-confirm-action = Confirmar este correo
notifications-contact-confirm-not-you = Si no conoce esta cuenta, no abra el enlace: sin él, esta dirección no se registra.
notifications-contact-held-subject = Un contacto de su cuenta de empleador va a cambiar
notifications-contact-held-title = Un contacto de su cuenta va a cambiar
notifications-contact-held-email = En la cuenta de { $employer } se pidió poner { $masked } como correo registrado. El cambio empieza a valer el { $time }; hasta entonces sigue el contacto anterior.
notifications-contact-held-phone = En la cuenta de { $employer } se pidió poner { $masked } como teléfono registrado. El cambio empieza a valer el { $time }; hasta entonces sigue el contacto anterior.
notifications-contact-held-signed-email = Con una solicitud firmada electrónicamente se pidió poner { $masked } como correo registrado de la cuenta de { $employer }. Desde el { $time } podrá confirmarlo quien lee ese correo; hasta que lo haga sigue el contacto anterior.
notifications-contact-held-signed-phone = Con una solicitud firmada electrónicamente se pidió poner { $masked } como teléfono registrado de la cuenta de { $employer }. Desde el { $time } podrá confirmarlo quien tiene ese teléfono; hasta que lo haga sigue el contacto anterior.
notifications-contact-held-no-phone = En la cuenta de { $employer } se pidió quitar el teléfono registrado. El cambio empieza a valer el { $time }; hasta entonces sigue el teléfono.
notifications-contact-held-cancel = Si usted lo pidió, no tiene que hacer nada. Si no, anule el cambio con este enlace:
notifications-contact-held-action = Anular el cambio
notifications-contact-changed-subject = Un contacto de su cuenta de empleador cambió
notifications-contact-changed-title = Un contacto de su cuenta cambió
notifications-contact-changed-email = El correo registrado de la cuenta de { $employer } es ahora { $masked }.
notifications-contact-changed-phone = El teléfono registrado de la cuenta de { $employer } es ahora { $masked }.
notifications-contact-changed-no-phone = La cuenta de { $employer } ya no tiene teléfono registrado.
notifications-contact-changed-counter = El cambio se pidió en una ventanilla, con la cédula original, y el contacto nuevo lo confirmó.
notifications-contact-cancelled-subject = El cambio de contacto quedó anulado
notifications-contact-cancelled-title = El cambio de contacto quedó anulado
notifications-contact-cancelled-email = En la cuenta de { $employer } ya no se pondrá { $masked } como correo registrado. Sigue el contacto anterior.
notifications-contact-cancelled-phone = En la cuenta de { $employer } ya no se pondrá { $masked } como teléfono registrado. Sigue el contacto anterior.
notifications-contact-cancelled-no-phone = En la cuenta de { $employer } ya no se quitará el teléfono registrado.

# Usuarios secundarios
notifications-invitation-subject = Invitación para trabajar en una cuenta de empleador
notifications-invitation-title = Lo invitaron como usuario secundario
notifications-invitation-intro = El empleador { $employer } lo registró como usuario secundario: podrá ingresar con su cédula y una clave propia, solo para lo que el empleador le permitió.
notifications-invitation-own = Cree su clave con este enlace y no la comparta con nadie, tampoco con el empleador.
notifications-invitation-action = Crear mi clave de usuario secundario
notifications-invitation-not-you = Si no trabaja para este empleador, no abra el enlace: sin él no se crea ningún ingreso.
notifications-staff-invitation-subject = Invitación al personal de { $institution }
notifications-staff-invitation-title = Lo invitaron al personal
notifications-staff-invitation-intro = Un administrador de { $institution } lo registró para trabajar en el puesto de atención.
notifications-staff-invitation-own = Con este enlace cree su clave y su segundo factor: un código de una aplicación, o una llave de acceso. No los comparta con nadie.
notifications-staff-invitation-action = Crear mi ingreso
notifications-staff-invitation-not-you = Si no trabaja para esta institución, no abra el enlace: sin él no se crea ningún ingreso.
notifications-team-subject = Cambio en el personal de { $institution }
notifications-team-invited = Invitaron a alguien al personal
notifications-team-changed = Cambiaron el rol o el centro de alguien del personal
notifications-team-reset = Restablecieron el ingreso de alguien del personal
notifications-team-ended = Terminó el ingreso de alguien del personal
notifications-team-why = Este aviso llega a los demás administradores y a los auditores, para que nadie cambie el personal sin que otros lo sepan.
notifications-team-member = Persona
notifications-team-role = Rol
notifications-team-by = Lo hizo
notifications-team-keeper = Quien administra el servidor
notifications-team-not-you = Si no lo esperaba, hable con quien lo hizo y mire el registro de auditoría.
notifications-delegate-added-subject = Un usuario secundario tiene acceso nuevo a su cuenta de empleador
notifications-delegate-added-title = Un usuario secundario tiene acceso nuevo a su cuenta
notifications-delegate-added-intro = En la cuenta de { $employer } se registró como usuario secundario a la persona con cédula { $delegate }, o se le dio más acceso que antes. Usted puede terminar su acceso cuando quiera en «Usuarios secundarios».
notifications-delegate-blocked-subject = Se bloqueó a un usuario secundario de su cuenta
notifications-delegate-blocked-title = Se bloqueó el acceso de un usuario secundario
notifications-delegate-blocked-intro = Alguien intentó ingresar varias veces con la cédula { $delegate } y una clave incorrecta a la cuenta de { $employer }. Su propio ingreso no cambió, ni el de los demás.
notifications-delegate-blocked-next = El usuario secundario puede seguir ingresando desde los equipos que ya usó. Para que ingrese desde otro, envíele una invitación nueva en «Usuarios secundarios».
notifications-access-blocked-subject = Su acceso de usuario secundario se bloqueó
notifications-access-blocked-title = Su acceso se bloqueó
notifications-access-blocked-intro = Alguien intentó ingresar varias veces con su cédula y una clave incorrecta a la cuenta de { $employer }. Su clave no cambió.
notifications-access-blocked-next = Desde los equipos que ya usó puede seguir ingresando. Para ingresar desde otro, pida al empleador una invitación nueva.
notifications-access-blocked-not-you = Si no fue usted, avise al empleador. Nadie ingresó.
notifications-delegate-ended-subject = Terminó el acceso de un usuario secundario
notifications-delegate-ended-title = Terminó el acceso de un usuario secundario
notifications-delegate-ended-intro = En la cuenta de { $employer } terminó el acceso del usuario secundario con cédula { $delegate }. Sus sesiones se cerraron.

# Huella
notifications-passkey-added-subject = Se registró una huella en su cuenta de empleador
notifications-passkey-added-title = Se registró una huella o un rostro
notifications-passkey-added-intro = En la cuenta de { $employer } se registró un dispositivo que se abre con huella o rostro. Sirve para desbloquear la cuenta y para confirmar una recuperación.
notifications-passkey-removed-subject = Se quitó una huella de su cuenta de empleador
notifications-passkey-removed-title = Se quitó una huella o un rostro
notifications-passkey-removed-intro = De la cuenta de { $employer } se quitó un dispositivo que se abría con huella o rostro. Ya no sirve para desbloquear la cuenta ni para confirmar una recuperación.
notifications-passkey-suspected-subject = No aceptamos una huella de su cuenta de empleador
notifications-passkey-suspected-title = Puede existir una copia de una huella
notifications-passkey-suspected-intro = Un dispositivo con una huella o un rostro registrado en la cuenta de { $employer } respondió como si hubiera una copia de él, y no lo aceptamos. Si no fue usted, quite esa huella en su cuenta y registre otra en una ventanilla.
notifications-referred-subject = Un documento firmado pasó a revisión · { $reference }
notifications-referred-title = Un documento firmado pasó a revisión
notifications-referred-intro = Para la cuenta de { $employer } se recibió una solicitud firmada y un dato de la firma no se pudo comprobar. Una persona de la institución la revisará; mientras tanto no cambia nada. El número para preguntar es { $number }.
notifications-decided-subject = Se decidió sobre su solicitud firmada · { $reference }
notifications-decided-title = Se decidió sobre una solicitud firmada
notifications-decided-accepted = La solicitud firmada { $number } para la cuenta de { $employer } fue aceptada en una ventanilla. El trámite sigue su curso.
notifications-decided-declined = La solicitud firmada { $number } para la cuenta de { $employer } no fue aceptada. En la cuenta no cambió nada.
notifications-decided-signer = Motivo: no se pudo comprobar que quien firmó sea la persona que se presentó.
notifications-decided-representative = Motivo: quien firmó no representa al empleador.
notifications-decided-certificate = Motivo: el certificado de la firma está revocado o no es de confianza.
notifications-decided-withdrawn = Motivo: la persona ya no quiso seguir con el trámite.

# Mensajes de texto: sin á, í, ó, ú (el alfabeto GSM no las tiene) y con lugar para el enlace
notifications-sms-unlock = { $reference }: desbloqueo de { $employer }, vale { $duration }: { $url }
notifications-sms-contact-confirm = Confirme este teléfono para la cuenta { $employer }: { $url }
notifications-sms-contact-held = Cuenta { $employer }: cambio de contacto. Anular: { $url }
notifications-sms-contact-changed = Cuenta { $employer }: contacto cambiado. No fui yo: { $url }
notifications-sms-contact-cancelled = Cuenta { $employer }: cambio de contacto anulado. No fui yo: { $url }
notifications-sms-password = Cuenta { $employer }: clave cambiada. No fui yo: { $url }
notifications-sms-suspended = Cuenta { $employer }: recuperar clave, en pausa. No fui yo: { $url }
notifications-sms-frozen = Cuenta { $employer } congelada. Para abrirla, presente su cédula en una ventanilla.
notifications-sms-blocked = Cuenta { $employer } bloqueada: use Desbloqueo. No fui yo: { $url }
notifications-sms-unlocked = Cuenta { $employer } desbloqueada, misma clave. No fui yo: { $url }
notifications-sms-delegate-added = Cuenta { $employer }: nuevo acceso secundario. No fui yo: { $url }
notifications-sms-delegate-blocked = Cuenta { $employer }: usuario secundario bloqueado. No fui yo: { $url }
notifications-sms-delegate-ended = Cuenta { $employer }: usuario secundario terminado. No fui yo: { $url }
notifications-sms-passkey-added = Cuenta { $employer }: huella registrada. No fui yo: { $url }
notifications-sms-passkey-removed = Cuenta { $employer }: huella quitada. No fui yo: { $url }
notifications-sms-passkey-suspected = Cuenta { $employer }: huella rechazada: ¿copia? No fui yo: { $url }
notifications-sms-referred = Cuenta { $employer }: firma por revisar. No fui yo: { $url }
notifications-sms-thawed = Cuenta { $employer } descongelada. No fui yo: { $url }
notifications-sms-data = Cuenta { $employer }: pedido de datos atendido. No fui yo: { $url }
notifications-sms-decided = Cuenta { $employer }: firma revisada. No fui yo: { $url }

# Prueba de correo
notifications-test-subject = Prueba de correo: los mensajes llegan
notifications-test-title = Los mensajes llegan
notifications-test-intro = Alguien escribió esta dirección en el portal para comprobar que nuestros mensajes llegan. Si usted lee esto, llegan.
notifications-test-allow = Si lo encontró en correo no deseado, marque a { $sender } como remitente seguro. Si su correo es de una empresa, pida a su área de sistemas que permita este remitente.
notifications-test-nothing = Este mensaje no tiene relación con ninguna cuenta y no dice si esta dirección está registrada.
notifications-test-not-you = No tiene que hacer nada.

# Buzón de la demostración
notifications-mailbox-title = Buzón de la demostración
notifications-mailbox-banner = Demostración: no se envía nada. Aquí se ve lo que el servidor habría enviado por correo o por mensaje de texto; se borra cuando el servidor se detiene.
notifications-mailbox-empty = Todavía no hay mensajes.
notifications-mailbox-again = Ver mensajes nuevos
notifications-mailbox-to = Para
notifications-mailbox-date = Fecha
notifications-mailbox-home = Volver al portal
notifications-mailbox-sms = Mensaje de texto (SMS)

notifications-appointment-booked-subject = Su turno { $code }
notifications-appointment-booked = Pidió un turno para el empleador { $employer }. Aquí están el día, el lugar y qué llevar.
notifications-appointment-moved-subject = Su turno { $code } tiene otra hora
notifications-appointment-moved-title = Su turno tiene otra hora
notifications-appointment-moved = El turno para el empleador { $employer } se movió. La hora anterior ya no vale.
notifications-appointment-reminder-subject = Recordatorio de su turno { $code }
notifications-appointment-reminder-title = Se acerca su turno
notifications-appointment-reminder = Le recordamos su turno para el empleador { $employer }. Si no puede ir, muévalo o cancélelo: otra persona puede usar el cupo.
notifications-appointment-cancelled-subject = El turno { $code } está cancelado
notifications-appointment-cancelled = El turno para el empleador { $employer } se canceló y el cupo quedó libre.
notifications-appointment-cancelled-by-centre = { $centre } no atiende a esa hora y tuvo que cancelar el turno para el empleador { $employer }. Lo sentimos: puede pedir otro, allí o en un centro cercano.
notifications-appointment-cancelled-by-officer = Un funcionario canceló el turno para el empleador { $employer }, porque la persona lo pidió en una ventanilla. El cupo quedó libre; si lo necesita, puede pedir otro.
notifications-appointment-again = Ver el turno y pedir otro
notifications-appointment-offered-subject = Hay un cupo para usted ({ $code })
notifications-appointment-offered = Quedó libre un cupo para el trámite del empleador { $employer }. Se lo guardamos hasta el { $until }, hora de Ecuador continental; si no lo acepta, pasa a la siguiente persona.
notifications-appointment-offered-action = Ver el cupo y aceptarlo
notifications-appointment-action = Ver, mover o cancelar el turno
notifications-appointment-video = { $minutes ->
    [one] Es por videollamada: el enlace aparece en la página del turno 1 minuto antes. Tenga a la mano los originales de la lista.
   *[other] Es por videollamada: el enlace aparece en la página del turno { $minutes } minutos antes. Tenga a la mano los originales de la lista.
}
notifications-appointment-link-until = El enlace abre la página del turno hasta el { $until }, cuantas veces quiera. Quien lo tenga puede mover o cancelar el turno.
notifications-appointment-not-you = Si usted no pidió este turno, abra el enlace y cancélelo. No se consultó ni cambió ninguna cuenta.
notifications-appointment-calendar = Turno { $code }: { $procedure }
notifications-appointment-sheet = Turno { $code }
notifications-appointment-sheet-qr = Código QR con el código del turno, { $code }
