# Recuperar la clave de empleador, paso por paso.
recovery-title = Recuperar la clave de empleador
recovery-lead = Si es el representante legal o el titular, obtendrá un enlace en su correo registrado para crear una clave nueva.
recovery-steps-label = Pasos de la recuperación
recovery-step-identify = Identificación
recovery-step-questions = Verificación
recovery-step-link = Enlace
recovery-step-password = Clave nueva
recovery-step-position = Paso { $step } de { $total }: { $name }
recovery-reference-label = Referencia
recovery-loading = Buscando si ya tiene una recuperación abierta…

recovery-prepare-title = Tenga a la mano
recovery-prepare-ruc = El número de RUC del empleador y su certificado
recovery-prepare-cedula = La cédula del representante legal
recovery-prepare-papers = Los documentos de la compañía: constitución, planillas y cuenta bancaria de débito
recovery-prepare-mailbox = El correo registrado, abierto en otra pestaña o en el teléfono
recovery-prepare-time = Diez minutos sin interrupciones
recovery-mail-summary = Cómo dejar pasar nuestro correo
recovery-mail-sender = El correo llega desde { $sender }. Agregue esa dirección a sus contactos o remitentes seguros.
recovery-mail-sender-unknown = Agregue la dirección de este portal a sus contactos o remitentes seguros.
recovery-mail-spam = Revise también la carpeta de correo no deseado (spam) y la de promociones.
recovery-mail-it = Si el correo es de la empresa, pida al área de sistemas que permita los mensajes del dominio { $domain } y que no abra ni demore sus enlaces.
recovery-mail-test = Probar ahora si nuestro correo le llega
recovery-window = { $minutes ->
    [one] El enlace sirve durante 1 minuto desde que su servidor de correo lo recibe.
   *[other] El enlace sirve durante { $minutes } minutos desde que su servidor de correo lo recibe.
}
recovery-identify-title = Identifíquese
recovery-identify-send = Continuar
recovery-identify-sending = Enviando…
recovery-identify-waiting = Terminando la comprobación de seguridad…

recovery-questions-title = Preguntas de verificación
recovery-questions-lead = Responda todas las preguntas como constan en los registros oficiales. Se revisan juntas y no se indica cuál falló.
recovery-questions-failed = Una o más respuestas no coinciden con los registros oficiales.
recovery-questions-attempts = { $attempts ->
    [one] Le queda 1 intento. Si falla, la recuperación en línea se suspende por un tiempo.
   *[other] Le quedan { $attempts } intentos.
}
recovery-questions-until = Puede responder hasta las { $time }.
recovery-questions-back = La fuente oficial ya responde. Sus respuestas siguen aquí: vuelva a enviarlas.
recovery-questions-send = Enviar respuestas
recovery-questions-sending = Revisando…
recovery-abandon = Cancelar y empezar de nuevo
recovery-abandon-title = ¿Cancelar esta recuperación?
recovery-abandon-body = Se olvida lo hecho en este navegador. Los intentos ya usados siguen contando.
recovery-abandon-confirm = Cancelar la recuperación
recovery-abandon-keep = Seguir con ella

recovery-unavailable-what = La fuente oficial no responde en este momento. Está fuera de este portal, y no se ha descontado ningún intento.
recovery-unavailable-do = Espere una hora y vuelva a intentar. Sus datos siguen aquí: puede dejar esta página abierta o volver después con este mismo navegador.
recovery-unavailable-at = Pruebe otra vez desde las { $time }.
recovery-unavailable-resume = Volver a intentar
recovery-unavailable-resuming = Consultando…
recovery-unavailable-still = Todavía no responde

recovery-suspended-title = Recuperación en línea suspendida
recovery-suspended-what = Se agotaron los intentos: las respuestas no coinciden con los registros oficiales. Para proteger la cuenta, la recuperación en línea de este número se detiene por un tiempo.
recovery-suspended-until = Termina sola el { $day } de { $month } a las { $time }, hora de Ecuador continental.
recovery-suspended-do = Mientras tanto puede ingresar si recuerda la clave o seguir por otra vía. Si no fue usted quien respondió, no tiene que hacer nada: la cuenta está protegida.
recovery-suspended-told = Si la cuenta tiene un correo registrado, su titular recibe un aviso.
recovery-print = Imprimir esta página
recovery-ways-title = Otras vías
recovery-signature-title = Continúe con firma electrónica
recovery-officer-title = Continúe en una ventanilla
recovery-waits-until = Este trámite queda abierto aquí hasta las { $time }. Guarde la referencia antes.
recovery-waits-days = Este trámite queda abierto hasta el { $day } de { $month } a las { $time }, hora de Ecuador continental. Guarde la referencia.
recovery-records-title = Los registros oficiales no coinciden
recovery-no-questions = En este portal la identidad se prueba con firma electrónica o en una ventanilla, sin preguntas.

recovery-no-email-title = Usuario no tiene correo registrado
recovery-no-email-what = Su identidad está confirmada, pero la cuenta no tiene un correo al que enviar el enlace.
recovery-no-email-do = Registre un correo con firma electrónica, o acuda a la ventanilla con su cédula y regístrelo allí.
recovery-blocked-title = Cuenta bloqueada
recovery-blocked-what = Su identidad está confirmada, pero la cuenta está bloqueada. Una cuenta bloqueada no se recupera por esta vía.
recovery-blocked-do = Vaya a Desbloqueo de Clave. Después del desbloqueo la clave anterior sigue sirviendo, y si no la recuerda podrá recuperarla.
recovery-inactive-title = RUC no activo
recovery-inactive-what = En el SRI este RUC no está activo, y por eso la cuenta de empleador no puede recibir una clave nueva.
recovery-inactive-do = Regularice el estado del RUC en el SRI. Cuando conste como activo, vuelva a intentar; el cambio puede tardar un día en llegar aquí.
recovery-frozen-title = Cuenta congelada
recovery-frozen-what = El titular avisó que no reconoce un cambio en esta cuenta. Para protegerla, nada se puede cambiar en línea.
recovery-frozen-do = Acuda a la ventanilla con la cédula original del representante legal.
recovery-refused-quote = Si pide ayuda, dé esta referencia.

recovery-sending-title = Enviando el enlace
recovery-sending-lead = Su identidad está confirmada. El enlace va a { $address }.
recovery-sending-clock = El tiempo empezará a correr cuando su servidor de correo lo haya recibido.
recovery-delivery-label = Estado del correo
recovery-delivery-queued = En cola: sale en un momento.
recovery-delivery-handed-over = Entregado a su servidor de correo.
recovery-delivery-delayed = Demorado: su servidor de correo pidió esperar. Lo intentamos otra vez solos; puede dejar esta página abierta.
recovery-delivery-rejected = Rechazado: su servidor de correo no acepta el mensaje.
recovery-link-title = Revise su correo
recovery-link-lead = Enviamos el enlace a { $address }.
recovery-link-reference = El correo lleva la referencia { $reference }. Si ve otra, no es este envío.
recovery-link-do = Abra el correo y pulse el enlace. Puede abrirlo en este dispositivo o en otro.
recovery-link-missing-summary = ¿No lo encuentra?
recovery-link-missing = Busque en correo no deseado y promociones el remitente { $sender }, o la referencia { $reference }.
recovery-link-missing-again = Si el tiempo termina, su clave anterior sigue igual y puede empezar de nuevo.
recovery-countdown-label = Tiempo del enlace
recovery-countdown-calm = Tiene tiempo: abra el correo con calma.
recovery-countdown-soon = Queda menos de un minuto para crear la clave nueva.
recovery-countdown-last = Quedan pocos segundos.
recovery-countdown-over = El tiempo terminó.
recovery-countdown-left = { $seconds ->
    [120] Quedan 2 minutos
    [60] Queda 1 minuto
   *[other] Quedan { $seconds } segundos
}
recovery-live-lost = Se perdió la conexión en vivo; la página pregunta cada pocos segundos.

recovery-due = { $days ->
    [0] Los próximos aportes vencen hoy, { $day } de { $month }.
    [one] Los próximos aportes vencen mañana, { $day } de { $month }.
   *[other] Los próximos aportes vencen el { $day } de { $month }: faltan { $days } días.
}
recovery-due-more = Qué pasa si se paga tarde

recovery-completed-title = La clave nueva está creada
recovery-completed-what = La clave de empleador se cambió a las { $time }. Todas las sesiones abiertas se cerraron.
recovery-completed-linked = Con la misma cédula consta también la cuenta { $accounts }; su clave no cambió.
recovery-completed-do = Ya puede cerrar esta página e ingresar con la clave nueva.

recovery-ended-lapsed-title = La recuperación se cerró por tiempo
recovery-ended-lapsed-what = Nadie respondió dentro del plazo, y por seguridad se cerró. Su clave no cambió.
recovery-ended-link-expired-title = El tiempo del enlace terminó
recovery-ended-link-expired-what = El enlace no se usó a tiempo. Su clave no cambió y el enlace ya no sirve.
recovery-ended-undelivered-title = El correo no se pudo entregar
recovery-ended-undelivered-what = Su servidor de correo no recibió el mensaje dentro del plazo. La causa está entre nuestro servidor y el suyo. Su clave no cambió.
recovery-ended-rejected-title = Su servidor de correo rechazó el mensaje
recovery-ended-rejected-what = La dirección registrada no existe o su servidor no acepta nuestros mensajes. Su clave no cambió.
recovery-ended-superseded-title = Hay una recuperación más reciente
recovery-ended-superseded-what = Para esta misma cuenta se empezó otra recuperación, y solo la última sigue abierta.
recovery-ended-abandoned-title = Recuperación cancelada
recovery-ended-abandoned-what = Usted canceló esta recuperación. Su clave no cambió.
recovery-ended-try-again = Puede empezar de nuevo. Tenga el correo abierto antes de responder las preguntas.
recovery-ended-mail-first = Antes de empezar de nuevo, deje pasar nuestro correo o haga la prueba de entrega. Si la dirección registrada ya no es suya, cámbiela con firma electrónica o en una ventanilla.
recovery-ended-other-device = Siga en el dispositivo donde la empezó. Si no fue usted, empiece de nuevo: al llegar al enlace, la otra se cierra.
recovery-start-again = Empezar de nuevo
recovery-go-home = Ir al inicio
recovery-way-signature = Seguir con firma electrónica
recovery-way-counter = Seguir en una ventanilla
