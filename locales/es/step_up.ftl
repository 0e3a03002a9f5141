# Falta una confirmación más: la huella, la firma o la ventanilla, antes de enviar el enlace.

step-up-title = Falta una confirmación más
step-up-what = Sus respuestas son correctas. En este caso el enlace solo se envía después de una confirmación más, por lo siguiente:
step-up-contact-changed = Un correo o un teléfono de la cuenta cambió hace poco.
step-up-recovery-repeated = La clave de esta cuenta ya se recuperó hace poco.
step-up-often-suspended = La recuperación en línea de este empleador se suspendió varias veces en los últimos meses.
step-up-many-workers = Es un empleador con muchos trabajadores.
step-up-source-failing = Desde esta misma conexión fallaron respuestas sobre varios empleadores.
step-up-passkey-do = Confirme con la huella, el rostro o el PIN del dispositivo que registró en un centro de atención.
step-up-passkey-press = Confirmar con mi dispositivo
step-up-passkey-failed = Ese dispositivo no confirmó a esta cuenta. Use el que registró para ella.
step-up-passkey-left = { $left ->
    [one] Le queda un intento.
   *[other] Le quedan { $left } intentos.
}
step-up-other-routes = Si no tiene a mano ese dispositivo, siga por otra vía:
step-up-without = La cuenta no tiene una huella ni un rostro registrados. Siga con una solicitud firmada o en la ventanilla.
step-up-exhausted = Ya no se aceptan más intentos con un dispositivo en este caso. Siga con una solicitud firmada o en la ventanilla.
