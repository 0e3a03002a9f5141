# La auditoría: buscar en el registro, comprobar su cadena, llevarse una parte.
audit-nav = Auditoría
audit-title = Auditoría
audit-lead = Todo lo que cambia queda escrito y sellado en una cadena. Aquí se busca en ella, se comprueba que nadie la alteró y se guarda una copia con su prueba. También queda escrito lo que usted mira.
audit-verification = Comprobar la cadena
audit-verification-what = Se leen todos los eventos sellados y se dice todo lo que no encaja: lo cambiado, lo que falta y lo que está en otro lugar.
audit-heads = Cabezas que guardó antes
audit-heads-hint = Opcional, separadas por espacios. Con ellas se descubre también un registro cortado al final o escrito de nuevo.
audit-heads-wrong = Una cabeza es un número, dos puntos y 64 dígitos hexadecimales
audit-verify = Comprobar ahora
audit-progress = Eventos leídos
audit-read = { $read } de { $last }; { $waiting } esperan su sello
audit-whole = El registro está entero
audit-broken = El registro fue alterado, o la clave maestra no es la que lo selló
audit-keep-head = Guarde esta cabeza fuera de aquí: con ella se sabrá después si el registro se cortó o se escribió de nuevo.
audit-finding-altered = El evento { $sequence } no es el que se selló
audit-finding-missing = Faltan los eventos { $from } a { $to }
audit-finding-misplaced = Hay un evento en el lugar { $sequence }, donde no puede haber ninguno
audit-finding-end = La cadena se selló hasta el evento { $recorded }, pero los eventos terminan en { $found }
audit-finding-truncated = Hay una cabeza guardada del evento { $exported }, pero los eventos terminan en { $found }
audit-finding-rewritten = El evento { $sequence } no coincide con la cabeza guardada
audit-search = Buscar
audit-period = Desde hace
audit-period-hour = Una hora
audit-period-day = Un día
audit-period-week = Siete días
audit-period-month = Treinta días
audit-period-ever = Siempre
audit-employer = RUC o cédula del empleador
audit-branch = Sucursal
audit-kind = Evento
audit-kind-any = Cualquiera
audit-reason = Motivo para ver los datos completos
audit-reason-hint = Opcional. Sin motivo, los datos de las personas se ven ocultos. Con motivo se ven completos, y el motivo queda escrito.
audit-search-do = Buscar
audit-newest = Ver lo más reciente
audit-results = Resultado
audit-found = { $count ->
    [one] Un evento
   *[other] { $count } eventos
}
audit-masked = Con los datos de las personas ocultos.
audit-open = Con los datos completos. Quedó escrito que usted los vio, y por qué.
audit-older = Ver más antiguos
audit-column-when = Cuándo
audit-column-what = Qué
audit-column-who = Quién
audit-column-employer = Empleador
audit-column-from = Desde dónde
audit-column-place = Lugar en la cadena
audit-detail = Detalle
audit-actor-system = El sistema
audit-actor-visitor = Alguien sin identificar
audit-actor-holder = El titular
audit-actor-delegate = Un usuario secundario
audit-actor-officer = Un funcionario
audit-export = Llevarse el registro con su prueba
audit-export-what = Se guarda un archivo con todos los eventos sellados, sus sellos y las cabezas del inicio y del final. Con la clave maestra se comprueba sin la base de datos: clavero audit check ARCHIVO.
audit-export-reason = Motivo
audit-export-do = Guardar el archivo
audit-exported = { $count ->
    [one] Se guardó un evento
   *[other] Se guardaron { $count } eventos
}
