# Los turnos: pedir uno, confirmarlo, moverlo, cancelarlo, y qué llevar.
appointments-title = Pida un turno
appointments-lead = Le atiende una persona, en una ventanilla o por videollamada. No cuesta nada y no necesita una cuenta.
appointments-steps-label = Pasos para pedir un turno
appointments-step-place = Lugar
appointments-step-time = Día y hora
appointments-step-identify = Identificación
appointments-step-confirm = Confirmación
appointments-need-number = El RUC del empleador y la cédula del representante
appointments-need-mailbox = Un correo que pueda abrir: ahí llegan el código y los recordatorios
appointments-need-time = Dos minutos
appointments-loading = Consultando los turnos…
appointments-continue = Continuar
appointments-have-title = Ya tiene un turno en este navegador
appointments-have-act = Ver mi turno
appointments-mine-link = Ya pedí un turno: verlo, moverlo o cancelarlo
appointments-help = Qué pasa en la ventanilla y qué llevar
appointments-province-label = ¿En qué provincia quiere que le atiendan?
appointments-province-hint = Están las que tienen un centro. Después verá también los centros cercanos.
appointments-province-choose = Elija una provincia
appointments-province-missing = Elija una provincia
appointments-none = Todavía no hay centros que den turnos por este portal. Escriba al contacto de la institución, al pie de esta página.

appointments-errand-title = ¿Qué necesita?
appointments-procedure-label = El trámite
appointments-procedure-missing = Elija el trámite
appointments-procedure-recovery = Recuperar la clave
appointments-procedure-recovery-hint = Le hacen enviar el enlace a su correo registrado.
appointments-procedure-unlock = Desbloquear la cuenta
appointments-procedure-unlock-hint = La clave no cambia.
appointments-procedure-contact = Cambiar el correo o el teléfono registrado
appointments-procedure-contact-hint = Si ya no puede abrir el registrado, o no hay ninguno.
appointments-procedure-passkey = Registrar una huella o un rostro
appointments-procedure-passkey-hint = Tenga consigo el teléfono o la computadora en que la va a usar.
appointments-procedure-signature = Resolver una solicitud con firma electrónica
appointments-procedure-signature-hint = Si al subirla recibió un número que empieza con F.
appointments-mode-label = ¿Cómo quiere que le atiendan?
appointments-mode-missing = Elija cómo quiere que le atiendan
appointments-mode-in-person = En una ventanilla
appointments-mode-in-person-hint = Usted va al centro con sus originales.
appointments-mode-video = Por videollamada
appointments-mode-video-hint = Desde donde esté, con cámara, micrófono y sus originales a la mano.

appointments-centre-title = Elija un centro
appointments-centre-here = En { $province }
appointments-centre-nearby = Otros centros
appointments-centre-elsewhere = En otras provincias
appointments-centre-next = Próximo cupo: { $day }, { $time }
appointments-centre-full = Sin cupos por ahora
appointments-centre-wait = Anotarse en la lista de espera
appointments-centre-map = Ver en el mapa
appointments-centre-kilometres = { $kilometres ->
    [0] A menos de 1 km
   *[other] A unos { $kilometres } km
}
appointments-centre-none = En esta provincia y cerca de ella ningún centro atiende esto así. Elija otra forma de atención u otra provincia.
appointments-change-errand = Cambiar el trámite o la forma
appointments-change-province = Elegir otra provincia
appointments-change-centre = Elegir otro centro
appointments-change-time = Elegir otra hora

appointments-time-title = Elija el día y la hora
appointments-time-where = { $centre }, { $canton }
appointments-time-minutes = { $minutes ->
    [one] El turno dura 1 minuto.
   *[other] El turno dura { $minutes } minutos.
}
appointments-day-label = Día
appointments-day-free = { $count ->
    [one] 1 hora libre
   *[other] { $count } horas libres
}
appointments-day-full = Sin cupos
appointments-day-closed = No atiende
appointments-time-label = Hora, { $day }
appointments-time-missing = Elija una hora
appointments-time-last = Último cupo
appointments-time-earlier = Días anteriores
appointments-time-later = Días siguientes
appointments-time-week-full = En estos días no hay cupos. Vea los días siguientes.
appointments-time-full-title = Este centro no tiene cupos
appointments-time-full-what = Puede anotarse en la lista de espera: si alguien cancela, se lo ofrecemos por correo. O elija otro centro.
appointments-zone-galapagos = Hora de Galápagos, una menos que en el continente.
appointments-zone-mainland = Hora de Ecuador continental.
appointments-weekday-name = { $weekday ->
    [1] lunes
    [2] martes
    [3] miércoles
    [4] jueves
    [5] viernes
    [6] sábado
   *[7] domingo
}
appointments-day = { $weekday } { $day } de { $month }
appointments-day-year = { $weekday } { $day } de { $month } de { $year }
appointments-span = De { $from } a { $until }
appointments-moment = { $day }, { $time }

appointments-book-title = ¿Quién viene?
appointments-book-lead = El turno es para el empleador y su representante. Aquí no se consulta ningún registro.
appointments-place-label = El turno

appointments-held-title = Confirme su turno
appointments-held-lead = Le guardamos este cupo mientras escribe su correo. Todavía no está reservado.
appointments-held-label = Tiempo para confirmar
appointments-held-calm = Tiene tiempo: escriba su correo con calma.
appointments-held-soon = Queda menos de un minuto para confirmar.
appointments-email-label = Su correo
appointments-email-hint = Ahí llegan el código, el archivo para su calendario y los recordatorios. Solo se usa para este turno.
appointments-email-missing = Escriba su correo
appointments-email-malformed = Escriba un correo completo, por ejemplo nombre@ejemplo.ec
appointments-confirm = Confirmar el turno
appointments-confirming = Confirmando…
appointments-release = Soltar este cupo
appointments-release-title = ¿Soltar este cupo?
appointments-release-body = Queda libre para otra persona. Puede elegir otra hora.
appointments-release-confirm = Soltar el cupo
appointments-release-keep = Seguir con él

appointments-booked-title = Su turno está reservado
appointments-code-label = Código del turno
appointments-when-label = Cuándo
appointments-where-label = Dónde
appointments-where-video = Por videollamada, con { $centre }
appointments-hours-label = Horario
appointments-exceptions-label = No atiende
appointments-holiday = { $day } ({ $name })
appointments-closure = desde { $from } hasta { $until }
appointments-procedure-term = Trámite
appointments-employer-label = Empleador
appointments-booked-told = Enviamos todo esto a { $email }. Antes del turno le llega un recordatorio.
appointments-booked-early = Llegue diez minutos antes y diga el código.
appointments-download-sheet = Descargar en PDF
appointments-download-calendar = Agregar al calendario
appointments-print = Imprimir esta página
appointments-move = Mover a otra hora
appointments-moves-left = { $count ->
    [0] Ya no se puede mover; sí cancelar y pedir otro.
    [one] Puede moverlo 1 vez más.
   *[other] Puede moverlo { $count } veces más.
}
appointments-change-title = Si no puede ir
appointments-change-what = Muévalo o cancélelo: así otra persona puede usar el cupo. También sirve el enlace del correo, o el código con la cédula del representante.
appointments-cancel = Cancelar el turno
appointments-cancel-title = ¿Cancelar este turno?
appointments-cancel-body = El cupo queda libre para otra persona y no se puede recuperar. Puede pedir otro turno cuando quiera.
appointments-cancel-confirm = Cancelar el turno
appointments-cancel-keep = Conservarlo
appointments-another = Ver otro turno

appointments-bring-title = Qué llevar
appointments-bring-title-video = Qué tener a la mano
appointments-bring-note = Es la lista para su caso. Por ley no le pueden pedir copias de lo que el Estado ya tiene.
appointments-paper-cedula = La cédula del representante
appointments-paper-foreign = El documento de identidad del representante extranjero
appointments-paper-ruc = El RUC activo
appointments-paper-code = El código de este turno
appointments-paper-letter = La carta de solicitud, firmada por el representante
appointments-paper-request = La solicitud con firma electrónica
appointments-paper-company = El nombramiento del representante, inscrito
appointments-paper-public = El nombramiento o la acción de personal de quien representa a la institución
appointments-paper-power = El poder notarial que le permite actuar por esa persona
appointments-bring-original = Lleve el original. Se lo devuelven.
appointments-bring-copy = Lleve el original y una copia, que se queda.
appointments-bring-camera = Téngalo a la mano para mostrarlo a la cámara.
appointments-bring-looked-up = No lleve nada: lo consulta el funcionario.
appointments-bring-on-file = Ya lo tenemos: lo envió usted.
appointments-bring-code = Basta mostrarlo en papel o en el teléfono.

appointments-checked-in-title = Su llegada está registrada
appointments-checked-in-what = Registrada a las { $time }. Espere a que llamen su código.
appointments-attended-title = Su turno terminó
appointments-attended-what = Le atendieron el { $when }.
appointments-no-show-title = Nadie llegó a este turno
appointments-no-show-what = El centro lo cerró porque nadie se presentó. Puede pedir otro.
appointments-cancelled-title = El turno está cancelado
appointments-cancelled-person = Usted lo canceló el { $when }. El cupo quedó libre.
appointments-cancelled-centre = El centro lo canceló el { $when }. Lo sentimos: pida otro turno, allí o en un centro cercano.
appointments-cancelled-officer = Un funcionario lo canceló el { $when }, porque se pidió en una ventanilla. Puede pedir otro cuando quiera.
appointments-lapsed-title = El tiempo terminó
appointments-lapsed-what = El plazo para confirmar, aceptar o esperar se acabó. No hay nada reservado.
appointments-again = Pedir otro turno

appointments-waiting-title = Anótese en la lista de espera
appointments-waiting-lead = Si alguien cancela en { $centre }, le ofrecemos ese cupo por correo. Tendrá un tiempo para aceptarlo; después pasa a la siguiente persona.
appointments-waiting-email-hint = Ahí llega la oferta. Solo se usa para esto.
appointments-waits-title = Está en la lista de espera
appointments-waits-ahead = { $ahead ->
    [0] Es la siguiente persona.
    [one] Hay 1 persona antes.
   *[other] Hay { $ahead } personas antes.
}
appointments-waits-told = La oferta llegará a { $email }. Puede cerrar esta página.
appointments-waits-until = La espera termina sola el { $day }.
appointments-waits-meanwhile = Si prefiere un cupo en otro centro, salga antes de esta lista.
appointments-waits-leave = Salir de la lista
appointments-waits-leave-title = ¿Salir de la lista de espera?
appointments-waits-leave-body = Pierde su lugar en la fila. Puede anotarse otra vez, al final.
appointments-waits-leave-confirm = Salir de la lista
appointments-waits-leave-keep = Seguir esperando

appointments-offered-title = Hay un cupo para usted
appointments-offered-lead = Alguien canceló. Le guardamos este cupo; si no lo acepta a tiempo, pasa a la siguiente persona.
appointments-offered-label = Tiempo para aceptar
appointments-offered-calm = Tiene tiempo para decidir.
appointments-offered-soon = Queda menos de un minuto para aceptar.
appointments-offered-accept = Aceptar el cupo
appointments-offered-accepting = Aceptando…
appointments-offered-refuse = No lo quiero
appointments-offered-refuse-title = ¿Dejar pasar este cupo?
appointments-offered-refuse-body = Se ofrece a la siguiente persona y usted sale de la lista.
appointments-offered-refuse-confirm = Dejarlo pasar
appointments-offered-refuse-keep = Pensarlo más

appointments-find-title = Busque su turno
appointments-find-lead = Con el código y la cédula del representante. El código está en el correo y en el PDF, y empieza con T.
appointments-find-code-label = Código del turno
appointments-find-code-hint = Por ejemplo T-7K3M-2Q. Da igual con o sin guiones.
appointments-find-code-missing = Escriba el código del turno
appointments-find-code-malformed = Revise el código: T y seis letras o números
appointments-find-act = Buscar
appointments-find-acting = Buscando…
appointments-find-lost = ¿No tiene el código? Abra el enlace de alguno de los correos del turno, o pregunte en el centro con su cédula.

appointments-move-title = Mueva su turno
appointments-move-now = Ahora es el { $when }. No lo pierde mientras elige.
appointments-move-act = Mover a esta hora
appointments-moving = Moviendo…
appointments-move-back = Dejarlo como está
appointments-move-none = Este turno ya no se puede mover.
appointments-move-elsewhere = Otros centros con cupo
appointments-move-elsewhere-none = Por ahora ningún otro centro cercano tiene cupo.
appointments-move-see = Ver sus horas
appointments-move-here = Está viendo las horas de este centro.

appointments-link-title = Abriendo su turno
appointments-link-missing-title = El enlace está incompleto
appointments-link-missing-what = Ábralo otra vez desde el correo, entero. O busque su turno con el código y la cédula.
appointments-link-find = Buscar con el código

appointments-video-title = Su videollamada
appointments-video-before = El enlace aparece aquí el { $day }, desde las { $time }. Puede dejar esta página abierta.
appointments-video-open = La sala está abierta hasta las { $time }.
appointments-video-enter = Entrar a la videollamada
appointments-video-new-tab = Se abre en otra pestaña, en el servicio de video de la institución.
appointments-video-over = La hora de esta videollamada ya pasó.
appointments-video-none = Este turno es en una ventanilla.
appointments-video-check-title = Antes de entrar
appointments-video-check-camera = Pruebe la cámara y el micrófono
appointments-video-check-light = Siéntese donde haya luz, a solas
appointments-video-check-papers = Tenga a la mano los originales de la lista
appointments-video-check-code = El funcionario le pedirá el código { $code }. Nadie le pedirá nunca la clave.
appointments-video-mine = Ver todo el turno
