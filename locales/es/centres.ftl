# Los centros, para quienes los administran.
centres-nav = Centros
centres-title = Centros
centres-lead = Dónde y cuándo se atiende. Los cupos se calculan con estos datos; un cambio vale al instante.
centres-none = Todavía no hay centros.
centres-new = Nuevo centro
centres-national = Feriados nacionales
centres-change = Cambiar
centres-holidays = Feriados
centres-close = Cerrar por un tiempo
centres-end = Terminar la atención
centres-saved = El cambio está hecho
centres-state-serving = Atiende
centres-state-ended = Ya no atiende
centres-counters-count = { $count ->
    [1] 1 ventanilla
   *[other] { $count } ventanillas
}
centres-closed = Cerrado desde { $from } hasta { $until }

centres-name = Nombre del centro
centres-code = Código
centres-code-hint = El de los archivos de la institución, por ejemplo UIO-01.
centres-province = Provincia
centres-province-hint = En Galápagos el centro usa la hora de Galápagos.
centres-province-missing = Elija la provincia
centres-canton = Cantón
centres-address = Dirección
centres-coordinates = Coordenadas
centres-coordinates-hint = Opcional. Latitud y longitud, como las da un mapa: -0.180653, -78.467834
centres-map-link = Enlace a un mapa
centres-map-link-hint = Opcional. Sin enlace, el mapa sale de las coordenadas.
centres-counters = Ventanillas
centres-counters-hint = Cuántas personas se atienden a la vez, hasta { $most }.
centres-procedures = Trámites
centres-procedures-missing = Elija al menos un trámite
centres-modes = Atención
centres-modes-missing = Elija al menos una forma de atención
centres-hours = Horario
centres-hours-hint = Por ejemplo 08:00-13:00 14:00-17:00. Deje vacío el día en que no se atiende.
centres-hours-missing = Escriba el horario de al menos un día
centres-hours-malformed = Use la forma 08:00-13:00 14:00-17:00
centres-hours-order = Un horario termina antes de empezar o se cruza con otro
centres-monday = lunes
centres-tuesday = martes
centres-wednesday = miércoles
centres-thursday = jueves
centres-friday = viernes
centres-saturday = sábado
centres-sunday = domingo
centres-days = { $first } a { $last }

centres-holidays-hint = Días completos en que no se atiende. La fecha va como 2026-12-25.
centres-holidays-add = Agregar un día
centres-holidays-remove = Quitar
centres-holiday-day = Fecha
centres-holiday-name = Nombre

centres-zone-mainland = Con la hora del Ecuador continental. Las fechas van como 2026-12-25 y las horas como 08:30.
centres-zone-galapagos = Con la hora de Galápagos. Las fechas van como 2026-12-25 y las horas como 08:30.
centres-from-day = Desde el día
centres-from-clock = Desde la hora
centres-until-day = Hasta el día
centres-until-clock = Hasta la hora
centres-close-do = Cerrar
centres-open = Quitar el cierre
centres-open-what = En ese tiempo se podrá reservar otra vez.
centres-end-what = El centro desaparece de las reservas. Su historia se conserva y puede volver a atender.
centres-end-do = Terminar la atención
centres-resume = Volver a atender
centres-resume-what = El centro aparece otra vez en las reservas, con el horario que tenía.

centres-displaces = { $count ->
    [1] Este cambio deja 1 turno sin cupo
   *[other] Este cambio deja { $count } turnos sin cupo
}
centres-displaces-what = Todavía no se cambió nada. Si continúa, se cancelan y cada persona recibe un correo para elegir otro.
centres-displaces-agree = { $count ->
    [1] Cancelar 1 turno y hacer el cambio
   *[other] Cancelar { $count } turnos y hacer el cambio
}
centres-displaces-leave = No hacer el cambio
