//! The staff of the demo: one member of each role, who can sign in at once.
//!
//! Their passwords and the secrets of their codes are made from this installation's master key: whoever reads this source, or
//! has another demo, knows nothing of them. Where the institution is a real one they are not made at all.

use crate::app::App;
use crate::demo::service::DemoError;
use crate::keys::{Keys, Purpose};
use crate::staff::service::{self as staff, Ready, Wanted};
use shared::i18n::Language;
use shared::secrets::Secret;
use shared::staff::Role;
use shared::time::Timestamp;
use std::fmt::Write;

/// Letters and digits that nobody takes for another (Crockford's, in lower case).
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Somebody of the demo's staff.
#[derive(Debug)]
pub struct DemoMember {
    /// What they are.
    pub role: Role,
    /// With what they sign in.
    pub email: &'static str,
    /// Their password.
    pub password: Secret<String>,
    name: &'static str,
    code: Secret<[u8; 20]>,
}

impl DemoMember {
    /// The secret of their codes in base32, to be typed into an authenticator app.
    pub fn secret(&self) -> Secret<String> {
        staff::code_secret(&self.code)
    }

    /// Their code of a moment.
    pub fn code_at(&self, now: Timestamp) -> Secret<String> {
        staff::code_at(&self.code, now)
    }
}

/// The four, the same for the same master key.
pub fn members(keys: &Keys) -> [DemoMember; 4] {
    let of = |role: Role, name, email| {
        let digest = |what: &[u8]| keys.digest(Purpose::Demo, &[what, role.as_str().as_bytes()]);
        let mut code = [0; 20];
        code.copy_from_slice(&digest(b"code")[..20]);
        DemoMember {
            role,
            email,
            password: password(&digest(b"password")),
            name,
            code: Secret::new(code),
        }
    };
    [
        of(Role::Agent, "Ana Vega", "agente@clavero.example"),
        of(Role::Supervisor, "Susana Mora", "supervisora@clavero.example"),
        of(Role::Auditor, "Aurelio Paz", "auditor@clavero.example"),
        of(
            Role::Administrator,
            "Delia Ríos",
            "administradora@clavero.example",
        ),
    ]
}

/// Five groups of four signs: a hundred bits.
fn password(digest: &[u8; 32]) -> Secret<String> {
    let mut text = String::new();
    for (place, byte) in digest.iter().take(20).enumerate() {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    Secret::new(text)
}

/// Makes those who are not there yet, ready to sign in; how many.
pub(super) async fn load(app: &App) -> Result<u64, DemoError> {
    if app.config.institution.official {
        return Ok(0);
    }
    let mut made = 0;
    for member in members(&app.keys) {
        let wanted = Wanted {
            name: member.name.parse().map_err(|_| DemoError::Staff)?,
            email: member.email.parse().map_err(|_| DemoError::Staff)?,
            role: member.role,
            centre: None,
            language: Language::Es,
        };
        let ready = Ready {
            password: &member.password,
            code: &member.code,
        };
        made += staff::add_ready(app, wanted, &ready)
            .await
            .map_err(|_| DemoError::Staff)?;
    }
    Ok(made)
}

/// What to type at `/personal`.
pub fn showcase(keys: &Keys) -> String {
    let mut text = String::from(
        "The desk, at /personal - the code is an authenticator app's, or: clavero demo --codes\n",
    );
    for member in members(keys) {
        // Writing to a string cannot fail.
        let _ = describe(&member, &mut text);
    }
    text
}

fn describe(member: &DemoMember, text: &mut String) -> std::fmt::Result {
    writeln!(text, "    {:<28}{}", role(member.role), member.email)?;
    writeln!(text, "    {:<28}{}", "Password", member.password.expose())?;
    writeln!(
        text,
        "    {:<28}{}",
        "Secret of the codes",
        member.secret().expose()
    )
}

/// The present codes, for those who have no app at hand.
pub fn codes(keys: &Keys, now: Timestamp) -> String {
    let mut text = String::new();
    for member in members(keys) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:<36}{}", member.email, member.code_at(now).expose());
    }
    text
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Agent => "Agent",
        Role::Supervisor => "Supervisor",
        Role::Auditor => "Auditor",
        Role::Administrator => "Administrator",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_of_each_role_and_another_installation_has_others() {
        let of = |byte| members(&Keys::new(Secret::new([byte; 32])));
        let (ours, theirs) = (of(1), of(2));
        let roles: Vec<Role> = ours.iter().map(|member| member.role).collect();
        assert_eq!(roles, Role::ALL);
        for (one, other) in ours.iter().zip(&theirs) {
            assert_ne!(one.password, other.password);
            assert_ne!(one.secret(), other.secret());
            assert_eq!(one.password.expose().len(), 24);
        }
        for (one, next) in ours.iter().zip(ours.iter().skip(1)) {
            assert_ne!(one.password, next.password);
        }
    }

    #[test]
    fn what_to_type_names_all_of_it_and_is_the_same_every_time() {
        let keys = Keys::new(Secret::new([1; 32]));
        let text = showcase(&keys);
        for member in members(&keys) {
            for shown in [member.email, member.password.expose(), member.secret().expose()] {
                assert!(text.contains(shown), "{shown}");
            }
        }
        assert_eq!(text, showcase(&keys));
    }
}
