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
notifications-link-copy = Si el botón no funciona, copie esta dirección en su navegador:
notifications-link-not-you = No abra el enlace y no se lo dé a nadie: sin él, su clave no cambia. Ningún funcionario le pedirá este enlace ni su clave.

# La clave cambió
notifications-changed-subject = Su clave de empleador cambió · { $reference }
notifications-changed-title = Su clave de empleador cambió
notifications-changed-intro = La clave de empleador de { $employer } se cambió con un enlace enviado a su correo registrado. Por seguridad se cerraron todas las sesiones abiertas; ingrese con la clave nueva.
notifications-changed-not-you = Abra este enlace y confirme. La cuenta se congela enseguida: nadie podrá ingresar ni recuperar la clave en línea hasta que usted se presente en una ventanilla con su cédula.
notifications-changed-freeze = No fui yo: congelar la cuenta
notifications-changed-until = Este enlace sirve hasta el { $time }.

# Recuperación en pausa
notifications-suspended-subject = La recuperación en línea de su clave está en pausa · { $reference }
notifications-suspended-title = La recuperación en línea está en pausa
notifications-suspended-intro = Alguien respondió mal varias veces las preguntas de verificación de { $employer }. Por seguridad, la recuperación en línea queda en pausa hasta el { $time }.
notifications-suspended-open = Su clave no cambió y puede ingresar con ella como siempre. Mientras dura la pausa también puede recuperarla con firma electrónica o en una ventanilla.
notifications-suspended-not-you = No tiene que hacer nada: nadie obtuvo su clave. Si este mensaje se repite, avísenos.

# Cuenta congelada
notifications-frozen-subject = Su cuenta de empleador está congelada
notifications-frozen-title = Su cuenta está congelada
notifications-frozen-intro = Recibimos su aviso: usted no cambió la clave de empleador de { $employer }. Desde ahora nadie puede ingresar ni recuperar la clave en línea.
notifications-frozen-next = Para volver a usar la cuenta, preséntese en una ventanilla con su cédula original. Allí comprobarán su identidad y le enviarán un enlace para crear una clave nueva.
notifications-frozen-not-you = Alguien usó el enlace «No fui yo» de un mensaje anterior. La cuenta está a salvo, pero debe ir a una ventanilla para abrirla de nuevo.

# Cuenta bloqueada
notifications-blocked-subject = Su cuenta de empleador se bloqueó
notifications-blocked-title = Su cuenta se bloqueó
notifications-blocked-intro = Alguien intentó ingresar varias veces a la cuenta de { $employer } con una clave incorrecta. Por seguridad la cuenta quedó bloqueada; la clave no cambió.
notifications-blocked-known = Desde los equipos en los que usted ya ingresó puede seguir ingresando como siempre, y las sesiones abiertas siguen abiertas.
notifications-blocked-next = Para ingresar desde otro equipo o recuperar la clave, pida el Desbloqueo de Clave. La ayuda del portal explica cómo:
notifications-blocked-action = Cómo desbloquear la cuenta
notifications-blocked-note = Esa página solo explica; no le pide ningún dato.
notifications-blocked-not-you = No tiene que hacer nada más: nadie ingresó. Si usted cree que alguien conoce su clave, cámbiela desde un equipo en el que ya ingresó.

# La clave se cambió desde la cuenta
notifications-replaced-subject = Su clave de empleador cambió
notifications-replaced-title = Su clave de empleador cambió
notifications-replaced-intro = La clave de empleador de { $employer } se cambió desde la cuenta, con la clave anterior. Por seguridad se cerraron las demás sesiones.

# Prueba de correo
notifications-test-subject = Prueba de correo: los mensajes llegan
notifications-test-title = Los mensajes llegan
notifications-test-intro = Alguien escribió esta dirección en el portal para comprobar que nuestros mensajes llegan. Si usted lee esto, llegan.
notifications-test-allow = Si lo encontró en correo no deseado, marque a { $sender } como remitente seguro. Si su correo es de una empresa, pida a su área de sistemas que permita este remitente.
notifications-test-nothing = Este mensaje no tiene relación con ninguna cuenta y no dice si esta dirección está registrada.
notifications-test-not-you = No tiene que hacer nada.

# Buzón de la demostración
notifications-mailbox-title = Buzón de la demostración
notifications-mailbox-banner = Demostración: no se envía nada. Aquí se ve lo que el servidor habría enviado por correo; se borra cuando el servidor se detiene.
notifications-mailbox-empty = Todavía no hay mensajes.
notifications-mailbox-again = Ver mensajes nuevos
notifications-mailbox-to = Para
notifications-mailbox-date = Fecha
notifications-mailbox-home = Volver al portal
