# Falta una confirmación más: la huella, la firma o la ventanilla, antes de enviar el enlace.

step_up-title = Falta una confirmación más
step_up-what = Sus respuestas son correctas. En este caso el enlace solo se envía después de una confirmación más, por lo siguiente:
step_up-contact-changed = Un correo o un teléfono de la cuenta cambió hace poco.
step_up-recovery-repeated = La clave de esta cuenta ya se recuperó hace poco.
step_up-often-suspended = La recuperación en línea de este empleador se suspendió varias veces en los últimos meses.
step_up-many-workers = Es un empleador con muchos trabajadores.
step_up-source-failing = Desde esta misma conexión fallaron respuestas sobre varios empleadores.
step_up-passkey-do = Confirme con la huella, el rostro o el PIN del dispositivo que registró en un centro de atención.
step_up-other-routes = Si no tiene a mano ese dispositivo, siga por otra vía.
step_up-without = La cuenta no tiene una huella ni un rostro registrados. Siga con una solicitud firmada o en la ventanilla.
step_up-exhausted = Ya no se aceptan más intentos con un dispositivo en este caso. Siga con una solicitud firmada o en la ventanilla.
