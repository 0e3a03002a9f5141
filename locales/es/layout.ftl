# Lo que rodea a cada página: encabezado, aviso, pie.
layout-skip = Saltar al contenido
layout-unofficial = Sitio independiente: esta no es una página oficial del IESS.
layout-demo = Es una demostración: ningún correo sale a internet.
layout-demo-mailbox = Ver el buzón
layout-language = Idioma
layout-review = Traducción al kichwa en revisión.
layout-theme = Colores
layout-theme-device = Como el dispositivo
layout-theme-light = Claros
layout-theme-dark = Oscuros
layout-footer = Más páginas
layout-footer-home = Inicio
layout-footer-help = Ayuda
layout-footer-mail-test = Probar si le llegan nuestros correos
layout-contact = Contacto de { $institution }: { $contact }
layout-software = Clavero es software libre. Los secretos que usted escribe no se guardan en este navegador.
layout-loading = Cargando…
