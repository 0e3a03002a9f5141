# La solicitud con firma electrónica: pedirla, firmarla, subirla y saber qué resultó.
signatures-title = Con firma electrónica
signatures-lead = Aquí se entrega una solicitud en PDF. Usted la firma en su equipo, con su certificado, y la sube. Sirve desde cualquier lugar.
signatures-steps-label = Pasos de la solicitud con firma electrónica
signatures-step-purpose = Qué pide
signatures-step-identify = Identificación
signatures-step-sign = Firma
signatures-step-result = Resultado
signatures-loading = Buscando si ya tiene una solicitud abierta…
signatures-need-certificate = La firma electrónica vigente del representante, en archivo o en token
signatures-need-tool = Un programa que firme PDF, por ejemplo FirmaEC
signatures-need-cedula = El RUC del empleador y la cédula del representante
signatures-need-time = Quince minutos
signatures-key-title = El archivo de su firma es solo suyo
signatures-key-what = No entregue a nadie su archivo .p12 o .pfx ni su contraseña. Este portal no los pide: usted firma en su propio equipo y aquí sube solo el documento firmado.
signatures-help = Cómo funciona la firma electrónica

signatures-purpose-title = ¿Qué quiere pedir?
signatures-purpose-recovery = Una clave nueva
signatures-purpose-recovery-hint = Sin responder preguntas. El enlace llega al correo registrado.
signatures-purpose-unlock = Desbloquear la cuenta
signatures-purpose-unlock-hint = La clave no cambia. El enlace llega al correo o al teléfono registrado.
signatures-purpose-email = Cambiar el correo registrado
signatures-purpose-email-hint = Si ya no puede abrir el registrado, o no hay ninguno.
signatures-purpose-phone = Cambiar el teléfono registrado
signatures-purpose-phone-hint = Si el registrado ya no es suyo, o no hay ninguno.
signatures-purpose-other = Pedir otra cosa

signatures-recovery-title = Clave nueva con firma electrónica
signatures-unlock-title = Desbloqueo con firma electrónica
signatures-email-title = Correo nuevo con firma electrónica
signatures-phone-title = Teléfono nuevo con firma electrónica
signatures-contact-after = El cambio espera un tiempo después de la firma. Avisamos a los contactos anteriores, que pueden cancelarlo, y luego llega un enlace al contacto nuevo para confirmarlo.
signatures-email-hint = Debe poder abrirlo. Va escrito en la solicitud que usted firma.
signatures-phone-hint = Un celular, por ejemplo 099 123 4567. Va escrito en la solicitud que usted firma.
signatures-missing-title = No hay una solicitud abierta en este navegador
signatures-missing-what = No se ha pedido, terminó hace tiempo o se pidió en otro dispositivo. Puede pedir una nueva.

signatures-for-recovery = Pide una clave nueva
signatures-for-unlock = Pide desbloquear la cuenta
signatures-for-email = Pide que { $contact } sea el correo registrado
signatures-for-phone = Pide que { $contact } sea el teléfono registrado
signatures-for-label = La solicitud

signatures-issued-title = Firme la solicitud y súbala
signatures-issued-lead = La solicitud está lista. Son tres pasos, y puede volver a esta página con este mismo navegador.
signatures-until = Puede subirla hasta las { $time }.
signatures-minutes = { $minutes ->
    [one] Queda 1 minuto.
   *[other] Quedan { $minutes } minutos.
}
signatures-download-title = 1. Descargue la solicitud
signatures-download-act = Descargar la solicitud
signatures-download-form = PDF
signatures-download-read = Léala antes de firmar: dice qué pide, para qué empleador y hasta cuándo sirve. Lleva la referencia { $reference }.
signatures-sign-title = 2. Fírmela en su equipo
signatures-sign-once = Una sola vez, sin imprimirla, sin cambiarle nada y sin volver a guardarla con otro programa.
signatures-sign-firmaec = Con FirmaEC
signatures-sign-firmaec-open = Abra FirmaEC y elija «Firmar Documento».
signatures-sign-firmaec-choose = Elija el PDF que descargó y su certificado, en archivo o en token. La contraseña se escribe ahí, nunca en este portal.
signatures-sign-firmaec-place = Si pide dónde poner la firma visible, elija un espacio en blanco.
signatures-sign-firmaec-saved = FirmaEC guarda un archivo nuevo; su nombre termina en «-signed.pdf». Ese es el que se sube.
signatures-sign-other = Con otro programa
signatures-sign-other-pades = Sirve cualquiera que firme PDF (PAdES). Firme una vez; no use «Imprimir a PDF» ni «Guardar como» después.
signatures-sign-other-p7m = También sirve el mensaje firmado .p7m, si lleva dentro el PDF que descargó.
signatures-upload-title = 3. Suba el archivo firmado
signatures-upload-left = { $uploads ->
    [one] Le queda 1 envío.
   *[other] Le quedan { $uploads } envíos.
}

signatures-file-label = Elegir el archivo firmado
signatures-file-other = Elegir otro archivo
signatures-file-drop = o suéltelo aquí
signatures-file-release = Suelte el archivo
signatures-file-hint = El PDF firmado o el .p7m, de { $megabytes } MB como máximo.
signatures-file-chosen = { $name }, { $kilobytes } kB
signatures-file-chosen-label = Archivo elegido
signatures-file-missing = Elija primero el archivo firmado
signatures-file-several = Suelte un solo archivo
signatures-file-empty = El archivo está vacío. Elija el que su programa guardó al firmar.
signatures-file-too-large = El archivo pesa más de { $megabytes } MB. Suba la solicitud firmada, sin agregarle nada.
signatures-file-key = Este parece el archivo de su firma, no el documento firmado. No lo envíe ni lo entregue a nadie. Elija el PDF que guardó al firmar.
signatures-file-unsigned = Parece que este PDF todavía no está firmado. Revise que sea el archivo que guardó su programa al firmar.
signatures-file-other-type = No parece un PDF ni un .p7m. Revise que sea el archivo que guardó su programa al firmar.
signatures-send = Subir y revisar
signatures-sending = Subiendo…
signatures-checking = Revisando la firma…
signatures-checking-what = Suele tardar unos segundos. También se pregunta a la entidad que emitió su certificado.
signatures-progress = Archivo subido
signatures-percent = { $percent } %
signatures-stop = Detener

signatures-failed-title = La firma no pasó la revisión
signatures-failed-what = No se cambió nada en la cuenta. Abajo se dice por qué y qué hacer; luego puede subirla otra vez.
signatures-verdict-title = Qué se revisó
signatures-verdict-at = Revisado a las { $time }.

signatures-expired-title = El tiempo de esta solicitud terminó
signatures-expired-what = Por seguridad, cada solicitud sirve poco tiempo. La anterior ya no se puede subir.
signatures-expired-do = Pida una nueva: no tiene que identificarse otra vez. Fírmela y súbala antes de que termine.
signatures-expired-until = Puede pedirla hasta las { $time }.
signatures-expired-act = Pedir una solicitud nueva
signatures-expired-acting = Preparando la solicitud…

signatures-referred-title = Una persona revisará su solicitud
signatures-referred-what = La firma no falló, pero algo no se pudo saber ahora. Por seguridad no pasa sola: la decide una persona de la institución, con el documento que usted subió.
signatures-referred-number = Su número
signatures-referred-at = Recibida
signatures-when = { $day } de { $month } de { $year }, { $time } (hora de Ecuador continental)
signatures-referred-next = Qué sigue
signatures-referred-call = Acuda a una ventanilla o use el contacto de la institución, y dé este número.
signatures-referred-bring = Lleve su cédula original y, si representa a una empresa, el nombramiento inscrito.
signatures-referred-keep = Imprima o anote esta página: el número es lo único que necesita recordar.
signatures-referred-nothing = Mientras tanto no cambia nada en la cuenta.
signatures-declined-title = La solicitud no fue aceptada
signatures-declined-at = Decidida
signatures-declined-signer = No se pudo comprobar que quien firmó sea la persona que se presentó.
signatures-declined-representative = Quien firmó no representa al empleador.
signatures-declined-certificate = El certificado de la firma está revocado o no es de confianza.
signatures-declined-withdrawn = Se pidió no seguir con el trámite.
signatures-declined-nothing = En la cuenta no cambió nada. Puede pedir otra solicitud o volver a la ventanilla.
signatures-print = Imprimir esta página

signatures-passed-title = La firma es válida
signatures-passed-what = Todas las comprobaciones están bien. Revisada a las { $time }.
signatures-passed-recovery = Siga ahora: la página siguiente muestra el envío del enlace para crear la clave nueva. El enlace dura poco; tenga el correo a la vista.
signatures-passed-recovery-act = Seguir al enlace
signatures-passed-unlock = Ahora elija por dónde recibir el enlace que desbloquea la cuenta.
signatures-passed-unlock-act = Seguir con el desbloqueo
signatures-held-title = El cambio está pedido
signatures-held-what-email = { $contact } será el correo registrado cuando termine la espera y usted lo confirme.
signatures-held-what-phone = { $contact } será el teléfono registrado cuando termine la espera y usted lo confirme.
signatures-held-until = Espera hasta
signatures-held-told = Avisamos a todos los contactos anteriores: pueden cancelar el cambio hasta entonces.
signatures-held-then-email = Después llega un enlace al correo nuevo. Ábralo y confirme: recién entonces vale.
signatures-held-then-phone = Después llega un enlace por SMS al teléfono nuevo. Ábralo y confirme: recién entonces vale.
signatures-held-close = Ya puede cerrar esta página.
signatures-frozen-title = Cuenta congelada
signatures-frozen-what = La firma es válida, pero el titular congeló la cuenta porque no reconoce un cambio. Nada se puede cambiar en línea.
signatures-frozen-do = Acuda a la ventanilla con la cédula original del representante legal.

signatures-ended-lapsed-title = La solicitud se cerró por tiempo
signatures-ended-lapsed-what = No se terminó dentro del plazo, y por seguridad se cerró. En la cuenta no cambió nada.
signatures-ended-rejected-title = La solicitud se cerró
signatures-ended-rejected-what = Se usaron todos los envíos sin que la firma pasara. En la cuenta no cambió nada.
signatures-ended-rejected-do = Revise los motivos antes de pedir otra solicitud, o acuda a una ventanilla.
signatures-ended-superseded-title = Hay un trámite más reciente
signatures-ended-superseded-what = Para esta misma cuenta se empezó otro trámite, y solo el último sigue abierto.
signatures-ended-superseded-do = Siga en el dispositivo donde lo empezó. Si no fue usted, puede pedir otra solicitud.
signatures-ended-abandoned-title = Solicitud cancelada
signatures-ended-abandoned-what = Usted canceló esta solicitud. En la cuenta no cambió nada.
signatures-ended-again = Puede pedir otra si todavía la necesita.
signatures-ended-act = Pedir otra solicitud

signatures-abandon = Cancelar esta solicitud
signatures-abandon-title = ¿Cancelar esta solicitud?
signatures-abandon-body = La solicitud descargada deja de servir. La cuenta sigue como está.
signatures-abandon-confirm = Cancelar la solicitud
signatures-abandon-keep = Seguir con ella
signatures-counter = Pedir un turno
signatures-prepare-act = Preparar la solicitud
signatures-prepare-acting = Preparando la solicitud…
signatures-way-email = Registrar un correo con firma electrónica
