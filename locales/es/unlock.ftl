# Desbloquear la cuenta de empleador, paso por paso.
unlock-title = Desbloquear la cuenta
unlock-lead = Si sabe la clave pero la cuenta está bloqueada, levante aquí el bloqueo con su huella, su rostro o el PIN de su dispositivo. La clave no cambia.
unlock-steps-label = Pasos del desbloqueo
unlock-step-identify = Identificación
unlock-step-passkey = Huella o rostro
unlock-step-link = Enlace
unlock-step-confirm = Confirmación
unlock-loading = Buscando si ya tiene un desbloqueo abierto…
unlock-prepare-device = El teléfono o computador con el que registró su huella o rostro en una ventanilla
unlock-prepare-contact = El correo o el teléfono registrado, a la vista
unlock-prepare-time = Cinco minutos sin interrupciones
unlock-window = { $minutes ->
    [one] El enlace sirve durante 1 minuto desde que se entrega.
   *[other] El enlace sirve durante { $minutes } minutos desde que se entrega.
}
unlock-none-summary = ¿No ha registrado huella ni rostro?
unlock-none-what = También se puede pedir el desbloqueo con una solicitud firmada electrónicamente o en una ventanilla, con turno.
unlock-none-signature = Con firma electrónica
unlock-none-counter = Con un turno
unlock-missing-title = No hay un desbloqueo abierto en este navegador
unlock-missing-what = No se ha empezado, terminó hace tiempo o se empezó en otro dispositivo. Puede empezar uno nuevo.

unlock-passkey-title = Confirme que es usted
unlock-passkey-lead = Al pulsar el botón, su teléfono o computador le pedirá la huella, el rostro o el PIN con que lo desbloquea.
unlock-passkey-stays = La huella y el rostro no salen de su dispositivo: aquí llega solo una respuesta firmada.
unlock-passkey-elsewhere = Este equipo no puede comprobar huella, rostro ni PIN. Elija «usar un teléfono o una tableta» en la ventana que se abre y lea con él el código QR.
unlock-passkey-act = Usar huella, rostro o PIN
unlock-passkey-waiting = Esperando a su dispositivo…
unlock-passkey-checking = Comprobando…
unlock-passkey-until = Puede hacerlo hasta las { $time }.
unlock-passkey-again = No se pudo confirmar con ese dispositivo. Use uno registrado para esta cuenta.
unlock-passkey-attempts = { $attempts ->
    [one] Le queda 1 intento.
   *[other] Le quedan { $attempts } intentos.
}
unlock-passkey-without = Si no ha registrado huella, rostro ni PIN, siga por una de las otras vías.
unlock-refused-title = No se pudo confirmar con la huella o el rostro
unlock-refused-what = Se terminaron los intentos. Puede ser que el dispositivo no esté registrado para esta cuenta.
unlock-refused-do = Siga por una de las otras vías. La cuenta sigue como estaba.

unlock-channel-title = ¿Por dónde le enviamos el enlace?
unlock-channel-lead = Listo: usted confirmó su identidad. Falta abrir un enlace que llega a un contacto registrado.
unlock-channel-label = El enlace llega por
unlock-channel-email = Correo: { $address }
unlock-channel-sms = Mensaje de texto: { $phone }
unlock-channel-missing = Elija por dónde recibirlo
unlock-channel-failed = { $address } no recibe mensajes. Elija otro contacto.
unlock-channel-act = Enviar el enlace
unlock-channel-sending = Enviando…
unlock-channel-again = Si ninguno es suyo, vaya a una ventanilla: allí se corrigen los contactos.

unlock-sending-lead = Su identidad está confirmada. El enlace va a { $address }.
unlock-sms-title = Revise sus mensajes de texto
unlock-sms-clock = El tiempo empezará a correr cuando la red de telefonía lo haya recibido.
unlock-sms-do = Abra el mensaje y pulse el enlace. Puede abrirlo en este dispositivo o en otro.
unlock-sms-reference = El mensaje lleva la referencia { $reference }. Si ve otra, no es este envío.
unlock-sms-missing = Revise que el teléfono tenga señal y que no filtre mensajes de remitentes desconocidos.
unlock-sms-label = Estado del mensaje
unlock-sms-handed-over = Entregado a la red de telefonía.
unlock-sms-delayed = Demorado: la red de telefonía no lo recibe todavía. Lo intentamos otra vez solos; puede dejar esta página abierta.
unlock-sms-rejected = Rechazado: la red de telefonía no acepta el mensaje.
unlock-link-again = Si el tiempo termina, la cuenta sigue bloqueada y puede empezar de nuevo.
unlock-countdown-calm = Tiene tiempo: hágalo con calma.
unlock-countdown-soon = Queda menos de un minuto.

unlock-abandon = Cancelar y empezar de nuevo
unlock-abandon-title = ¿Cancelar este desbloqueo?
unlock-abandon-body = Se olvida lo hecho en este navegador. La cuenta sigue como está.
unlock-abandon-confirm = Cancelar el desbloqueo
unlock-abandon-keep = Seguir con él

unlock-not-blocked-title = La cuenta no está bloqueada
unlock-not-blocked-what = Su identidad está confirmada y no hay nada que desbloquear: la cuenta acepta su clave.
unlock-not-blocked-do = Ingrese con ella. Si no la recuerda, recupérela.
unlock-no-contact-title = La cuenta no tiene correo ni teléfono registrado
unlock-no-contact-what = Su identidad está confirmada, pero no hay a dónde enviar el enlace.
unlock-no-contact-do = Registre un correo con firma electrónica, o acuda a la ventanilla con su cédula y regístrelo allí.
unlock-inactive-what = En el SRI este RUC no está activo, y por eso la cuenta de empleador no se puede desbloquear.

unlock-ended-lapsed-title = El desbloqueo se cerró por tiempo
unlock-ended-lapsed-what = No se terminó dentro del plazo, y por seguridad se cerró. La cuenta sigue como estaba.
unlock-ended-link-expired-what = El enlace no se usó a tiempo y ya no sirve. La cuenta sigue bloqueada.
unlock-ended-undelivered-title = El enlace no se pudo entregar
unlock-ended-undelivered-what = No se recibió dentro del plazo en el otro lado. La cuenta sigue bloqueada.
unlock-ended-rejected-title = El envío fue rechazado
unlock-ended-rejected-what = El correo o el teléfono registrado no existe o no acepta nuestros mensajes. La cuenta sigue bloqueada.
unlock-ended-superseded-title = Hay un trámite más reciente
unlock-ended-superseded-what = Para esta misma cuenta se empezó otro desbloqueo o una recuperación, y solo el último sigue abierto.
unlock-ended-abandoned-title = Desbloqueo cancelado
unlock-ended-abandoned-what = Usted canceló este desbloqueo. La cuenta sigue como estaba.
unlock-ended-try-again = Puede empezar de nuevo. Tenga a la vista el correo o el teléfono antes de pedir el enlace.
unlock-ended-other-contact = Empiece de nuevo y elija otro contacto si lo tiene. Si ya no son suyos, cámbielos con firma electrónica o en una ventanilla.
unlock-ended-other-device = Siga en el dispositivo donde lo empezó. Si no fue usted, empiece de nuevo: al llegar al enlace, el otro se cierra.

unlock-confirm-title = Confirme el desbloqueo
unlock-confirm-loading = Revisando el enlace…
unlock-confirm-lead = Este enlace desbloquea la cuenta del empleador { $employer }. Compare la referencia: { $reference }.
unlock-confirm-password = La clave no cambia: después podrá ingresar con la misma.
unlock-confirm-not-you = Si usted no lo pidió, no pulse el botón y cierre esta página: la cuenta sigue como está.
unlock-confirm-act = Desbloquear la cuenta
unlock-confirm-acting = Desbloqueando…
unlock-confirm-no-token-title = Falta el enlace completo
unlock-confirm-no-token-what = Por seguridad, el enlace se borra de la barra de direcciones y no queda guardado. Si volvió a cargar la página, ábralo otra vez desde el mensaje.
unlock-confirm-invalid-do = Copie el enlace completo desde el mensaje. Si no funciona, pida otro desbloqueo.
unlock-confirm-used-what = Con este enlace ya se desbloqueó la cuenta. Cada enlace sirve una sola vez.
unlock-confirm-used-do = Puede ingresar con la clave de siempre. Si no fue usted, use el enlace «No fui yo» del aviso que le llegó.
unlock-confirm-replaced-do = Abra el mensaje más reciente; compare la referencia de cuatro caracteres con la de la página.
unlock-confirm-not-blocked-what = La cuenta ya no está bloqueada, y no hay nada que desbloquear.
unlock-confirm-frozen-what = El titular congeló la cuenta, y nada se puede cambiar en línea.
unlock-confirm-again = Pedir otro desbloqueo

unlock-done-title = La cuenta está desbloqueada
unlock-done-what = Ya puede ingresar. La clave es la misma de antes.
unlock-done-employer = Empleador
unlock-done-at = Desbloqueada
unlock-done-when = { $day } de { $month } de { $year }, { $time } (hora de Ecuador continental)
unlock-done-password = Clave
unlock-done-password-same = Sin cambios
unlock-done-next = Qué sigue
unlock-done-next-sign-in = Ingrese con la clave de siempre.
unlock-done-next-recover = Si no la recuerda, recupérela ahora: varios intentos fallidos bloquean otra vez la cuenta.
unlock-done-next-notice = Enviamos un aviso a cada contacto registrado. Si no fue usted, use el enlace «No fui yo» que lleva.
unlock-done-sign-in = Ingresar
unlock-done-recover = Recuperar la clave
unlock-print = Imprimir esta página
unlock-way = Desbloquear la cuenta
