# La comprobación que hace el navegador en lugar de un acertijo.
captcha-label = Comprobación de seguridad
captcha-waiting = Empieza sola cuando el número esté completo. No tiene que hacer nada.
captcha-preparing = Preparando…
captcha-progress = { $percent } %
captcha-done = Lista
captcha-failed = No se pudo hacer la comprobación. Al enviar se intentará otra vez.
