# Lo que el servidor o el navegador no pudo hacer: título, qué pasó y de quién es la causa, qué hacer ahora.
errors-summary-title = Revise estos datos
errors-reference = Referencia para soporte: { $reference }
errors-retry-now = Reintentar
errors-retry-seconds = { $seconds ->
    [one] Puede volver a intentar en 1 segundo.
   *[other] Puede volver a intentar en { $seconds } segundos.
}
errors-retry-minutes = { $minutes ->
    [one] Puede volver a intentar en 1 minuto.
   *[other] Puede volver a intentar en { $minutes } minutos.
}
errors-help-link = Más sobre este mensaje

errors-malformed-body-title = El portal no entendió la solicitud
errors-malformed-body-what = La página y el servidor no coinciden, casi siempre porque la página quedó abierta mucho tiempo. No es un error suyo.
errors-malformed-body-do = Vuelva a cargar la página e intente de nuevo.
errors-invalid-input-title = Hay datos por corregir
errors-invalid-input-what = Uno o más datos no tienen la forma esperada.
errors-invalid-input-do = Corrija los campos señalados y envíe otra vez. No se perdió nada de lo que escribió.
errors-body-too-large-title = Lo enviado es demasiado grande
errors-body-too-large-what = La solicitud supera el tamaño que el portal acepta.
errors-body-too-large-do = Acorte lo que escribió o pegó e intente de nuevo.
errors-unsupported-media-type-title = El portal no entendió la solicitud
errors-unsupported-media-type-what = La solicitud llegó en un formato que el servidor no usa. A veces lo causa un filtro de la red.
errors-unsupported-media-type-do = Vuelva a cargar la página. Si se repite, pruebe desde otra red.
errors-origin-refused-title = La solicitud no salió de este portal
errors-origin-refused-what = Por seguridad solo se aceptan solicitudes hechas desde esta misma dirección.
errors-origin-refused-do = Escriba usted la dirección del portal en el navegador y empiece desde ahí.
errors-not-found-title = Esa dirección no existe
errors-not-found-what = El servidor no conoce lo que la página pidió; puede que la página esté desactualizada.
errors-not-found-do = Vuelva a cargar la página o vaya al inicio.
errors-method-not-allowed-title = El portal no entendió la solicitud
errors-method-not-allowed-what = La página y el servidor no coinciden. No es un error suyo.
errors-method-not-allowed-do = Vuelva a cargar la página e intente de nuevo.
errors-rate-limited-title = Demasiadas solicitudes seguidas
errors-rate-limited-what = Desde su conexión o para este número se hicieron muchas solicitudes en poco tiempo. El límite protege a todos los empleadores.
errors-rate-limited-do = Espere un momento y vuelva a intentar. Lo que escribió sigue aquí.
errors-captcha-refused-title = La comprobación de seguridad no fue aceptada
errors-captcha-refused-what = La comprobación que hace su navegador ya se usó o pertenece a otro número.
errors-captcha-refused-do = Envíe otra vez: el navegador hará una nueva comprobación por su cuenta.
errors-captcha-expired-title = La comprobación de seguridad venció
errors-captcha-expired-what = Pasó mucho tiempo entre la comprobación y el envío. No es un error suyo.
errors-captcha-expired-do = Envíe otra vez: el navegador hará una nueva comprobación por su cuenta.
errors-case-missing-title = No hay una recuperación abierta en este navegador
errors-case-missing-what = La recuperación no se ha empezado, terminó hace tiempo o se empezó en otro dispositivo.
errors-case-missing-do = Empiece una recuperación nueva.
errors-case-at-other-stage-title = La recuperación ya está en otro paso
errors-case-at-other-stage-what = Este paso ya se hizo, quizá en otra pestaña.
errors-case-at-other-stage-do = La página mostrará el paso en que está ahora.
errors-case-changed-title = La recuperación cambió mientras tanto
errors-case-changed-what = Otra pestaña u otro dispositivo avanzó en la misma recuperación.
errors-case-changed-do = La página mostrará el paso en que está ahora; si hace falta, repita la última acción.
errors-registry-unavailable-title = Error de Conexión con una fuente oficial
errors-registry-civil = Error de Conexión con el Registro Civil
errors-registry-sri = Error de Conexión con el SRI
errors-registry-superintendencia = Error de Conexión con la Superintendencia de Compañías
errors-registry-iess = Error de Conexión con los registros del IESS
errors-registry-unavailable-what = La fuente oficial que confirma sus datos no responde. Está fuera de este portal y no cuenta como intento.
errors-registry-unavailable-do = Espere una hora y vuelva a intentar.
errors-link-invalid-title = Este enlace no es válido
errors-link-invalid-what = La dirección está incompleta o no fue emitida por este portal. Algunos programas de correo cortan los enlaces largos.
errors-link-invalid-do = Copie el enlace completo desde el correo. Si no funciona, empiece una recuperación nueva.
errors-link-expired-title = El tiempo del enlace terminó
errors-link-expired-what = El enlace solo sirve durante unos minutos desde que su servidor de correo lo recibió. Su clave no cambió.
errors-link-expired-do = Empiece una recuperación nueva y tenga el correo abierto antes de pedir el enlace.
errors-link-used-title = Este enlace ya se usó
errors-link-used-what = Con este enlace ya se creó una clave nueva. Cada enlace sirve una sola vez.
errors-link-used-do = Si usted la creó, ingrese con ella. Si no fue usted, avise de inmediato con «No fui yo» en el correo de confirmación.
errors-link-replaced-title = Hay un enlace más reciente
errors-link-replaced-what = Se envió otro enlace después de este, y solo el último sirve.
errors-link-replaced-do = Abra el correo más reciente; compare la referencia de cuatro caracteres con la de la página.
errors-password-refused-title = La clave no cumple con los parámetros de seguridad
errors-password-refused-what = El servidor revisó la clave y encontró lo que la lista señala. Su enlace sigue sirviendo hasta que termine el tiempo.
errors-password-refused-do = Cambie lo señalado y envíe otra vez.
errors-busy-title = El portal está muy ocupado
errors-busy-what = En este momento hay más solicitudes de las que el servidor puede atender. La causa está de nuestro lado.
errors-busy-do = Espere unos segundos e intente de nuevo. Lo que escribió sigue aquí.
errors-timed-out-title = La respuesta tardó demasiado
errors-timed-out-what = El servidor no terminó a tiempo. La causa está de nuestro lado o en la red.
errors-timed-out-do = Intente de nuevo. Si se repite, espere unos minutos.
errors-internal-title = Algo falló de nuestro lado
errors-internal-what = El servidor no pudo completar la solicitud. No es un error suyo y nada quedó a medias.
errors-internal-do = Intente de nuevo. Si se repite, comuníquese con la institución y dé la referencia.
errors-unreachable-title = No hay conexión con el portal
errors-unreachable-what = El navegador no pudo comunicarse con el servidor. Suele ser la conexión a internet de este dispositivo.
errors-unreachable-do = Revise su conexión e intente de nuevo. Lo que escribió sigue aquí, excepto las claves.

# Lo que puede estar mal en un campo.
errors-field-missing = Falta este dato
errors-field-malformed = No tiene la forma esperada
errors-field-length = El número de caracteres no es el correcto
errors-field-not-digits = Escriba solo números del 0 al 9
errors-field-foreign-digits = Tiene números de otra escritura; escríbalos con el teclado, del 0 al 9
errors-field-province = Los dos primeros dígitos no corresponden a ninguna provincia
errors-field-third-digit = El tercer dígito no corresponde a ninguna clase de contribuyente; revise el número
errors-field-suffix = El final no puede ser 000: es el número del establecimiento, casi siempre 001
errors-field-final-consumer = 9999999999999 es «consumidor final», no un empleador
errors-field-check-digit = El último dígito no concuerda con los demás; revise el número
errors-field-year = Revise el año: escríbalo con cuatro dígitos
errors-field-month = Revise el mes: es un número del 1 al 12
errors-field-day = Revise el día: ese mes no lo tiene
errors-field-not-offered = Elija una de las opciones
errors-field-too-long = Es más largo de lo permitido
errors-field-characters = Tiene caracteres que no se permiten
