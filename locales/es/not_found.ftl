# Una dirección que no existe.
not_found-title = Esta página no existe
not_found-what = La dirección está incompleta, tiene un error de escritura o viene de un enlace antiguo.
not_found-do = Si llegó desde un correo, copie el enlace completo. Si no, empiece desde el inicio.
not_found-home = Ir al inicio
not_found-help = Ver la ayuda
