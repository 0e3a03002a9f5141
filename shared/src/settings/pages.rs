//! The addresses of the pages, so that the server can tell a page from a mistake.

/// Every page. A page below `/ayuda/` is an entry of the help, whose names the browser knows.
pub const PAGES: &[&str] = &[
    "/",
    "/recuperar",
    "/recuperar/preguntas",
    "/recuperar/enlace",
    "/restablecer",
    "/ayuda",
    "/no-fui-yo",
    "/prueba-de-correo",
    "/desbloquear",
    "/desbloquear/enlace",
    "/desbloqueo",
    "/registrar-huella",
    "/contacto",
    "/contacto/cancelar",
    "/firma",
    "/firma/clave",
    "/firma/desbloqueo",
    "/firma/correo",
    "/firma/telefono",
    "/firma/solicitud",
    "/turno",
    "/turno/tramite",
    "/turno/centro",
    "/turno/hora",
    "/turno/reservar",
    "/turno/espera",
    "/turno/mi-turno",
    "/turno/cambiar",
    "/turno/gestionar",
    "/turno/video",
    "/ingresar",
    "/cuenta",
    "/cuenta/clave",
    "/cuenta/sesiones",
    "/cuenta/historial",
    "/cuenta/contactos",
    "/cuenta/llaves",
    "/cuenta/delegados",
    "/cuenta/obligaciones",
    "/invitacion",
    "/personal",
    "/personal/invitacion",
    "/personal/fila",
    "/personal/expediente",
    "/personal/vistos-buenos",
    "/personal/equipo",
    "/personal/auditoria",
    "/personal/datos",
    "/personal/informes",
    "/personal/centros",
    "/personal/institucion",
    "/mailbox",
];

/// The entries of the help: `/ayuda/<word>`.
pub const HELP: &str = "/ayuda/";

/// Whether `path` is the address of a page.
pub fn is_page(path: &str) -> bool {
    let plain = path
        .strip_suffix('/')
        .filter(|plain| !plain.is_empty() && !plain.ends_with('/'))
        .unwrap_or(path);
    PAGES.contains(&plain) || plain.strip_prefix(HELP).is_some_and(is_entry)
}

fn is_entry(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_page;

    #[test]
    fn pages_are_told_from_mistakes() {
        for page in [
            "/",
            "/recuperar",
            "/recuperar/",
            "/ayuda/cuenta-bloqueada",
            "/ayuda/no_email",
        ] {
            assert!(is_page(page), "{page}");
        }
        for mistake in [
            "",
            "/recuperar/x",
            "/ayuda/a/b",
            "/ayuda/../x",
            "/wp-login.php",
            "//",
        ] {
            assert!(!is_page(mistake), "{mistake}");
        }
    }
}
