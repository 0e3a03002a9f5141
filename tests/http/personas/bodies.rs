//! A well-formed body for each endpoint that takes one.

use super::{Belongings, Persona};
use crate::delegates::people::{LAST_DAY, Person, day, scopes};
use crate::sessions::people::*;
use crate::staff::bodies::NOTHING;
use serde_json::{Value, json};
use shared::captcha::{Solution, Subject};
use shared::delegates::Scope;
use shared::delegates::api::{DelegateChange, DelegateChoice, DelegateEnding};
use shared::recovery::api::Identification;
use shared::sessions::api::{PasswordChange, SessionChoice};
use shared::signatures::Purpose;
use shared::signatures::api::SignatureAsked;

/// What can be refused for its content is: so that one cell leaves the next one as it was, and the reason shows that the door
/// before it was open. What takes a name of the first employer's gets one.
#[expect(clippy::too_many_lines, reason = "a table of bodies, an endpoint each")]
pub(super) fn body(path: &str, persona: Persona, named: &Belongings) -> Value {
    let token = json!({ "token": "A".repeat(43) });
    let enrolment = match persona {
        Persona::EnrolmentLink => of(&named.enrolment),
        Persona::Anonymous
        | Persona::Employer
        | Persona::Payroll
        | Persona::Registrations
        | Persona::ReadOnly
        | Persona::Ended
        | Persona::Blocked
        | Persona::Frozen
        | Persona::Late
        | Persona::Other
        | Persona::OtherSite => token.clone(),
    };
    match path {
        "/captchas" => of(&Subject::Recovery {
            employer: COMPANY.0.parse().unwrap(),
        }),
        "/recoveries" | "/unlocks" => of(&identification()),
        "/signatures" => of(&signature_asked()),
        "/signatures/continuation" => json!({ "of": "recovery" }),
        "/recovery/answers" => json!({ "answers": [] }),
        "/recovery/route" | "/unlock/route" => json!({ "route": "counter" }),
        "/unlock/channel" => json!({ "channel": "email" }),
        "/recovery/assertion" | "/unlock/assertion" => json!({ "assertion": assertion() }),
        "/deliverability-tests" => json!({
            "address": "maria@empresa.example", "language": "es", "captcha": of(&solution()),
        }),
        "/passkeys/enrolment/inspect" | "/passkeys/enrolment/begin" => enrolment,
        "/passkeys/enrolment/finish" => json!({
            "token": enrolment["token"], "name": "Huella", "credential": registration(),
        }),
        "/reset/inspect"
        | "/reset/redeem"
        | "/freeze/inspect"
        | "/freeze"
        | "/unlock/inspect"
        | "/unlock/confirm"
        | "/contacts/inspect"
        | "/contacts/confirm"
        | "/contacts/cancel/inspect"
        | "/contacts/cancel"
        | "/appointments/link"
        | "/invitation/inspect" => token,
        "/reset" | "/invitation/accept" => json!({ "token": "A".repeat(43), "password": NEXT }),
        "/sessions" => of(&COMPANY.credentials(WRONG)),
        "/account/sessions/end" => of(&SessionChoice {
            session: named.session,
        }),
        "/account/password" => of(&PasswordChange {
            current: persona
                .scope()
                .map_or(RIGHT, |_| crate::delegates::people::OWN)
                .into(),
            password: "x".into(),
        }),
        "/account/contacts" => json!({
            "wanted": { "kind": "phone", "value": "0991234567" }, "current": RIGHT,
        }),
        "/account/contacts/withdraw" => json!({ "change": named.change }),
        "/account/passkeys/rename" => json!({ "passkey": named.renamed, "name": "Otra" }),
        "/account/passkeys/remove" => json!({ "passkey": named.removed, "current": RIGHT }),
        "/account/delegates" => of(&Person("1700000027").asked()),
        "/account/delegates/change" => of(&DelegateChange {
            delegate: named.changed,
            scopes: scopes(&[Scope::ReadOnly]),
            until: day(LAST_DAY),
            current: RIGHT.into(),
        }),
        "/account/delegates/invite-again" => of(&DelegateChoice {
            delegate: named.invited,
        }),
        "/account/delegates/end" => of(&DelegateEnding {
            delegate: named.ended,
            current: RIGHT.into(),
        }),
        "/appointments/next" => json!({ "province": "17", "procedure": "recovery", "mode": "in_person" }),
        "/appointments/places" => json!({
            "centre": NOTHING, "procedure": "recovery", "mode": "in_person", "from": null,
        }),
        "/appointments" => place(json!({ "starts_at": 1_795_449_600_000_i64 })),
        "/appointments/waiting" => place(json!({ "email": "maria@empresa.example" })),
        "/appointments/find" => json!({
            "code": "T-7K3M-2Q", "representative": "1710034065", "captcha": of(&solution()),
        }),
        "/appointment/confirmation" => json!({ "email": "maria@empresa.example" }),
        "/appointment/move" => json!({ "centre": NOTHING, "starts_at": 1_795_449_600_000_i64 }),
        "/recovery/resume"
        | "/appointment/cancel"
        | "/appointment/acceptance"
        | "/appointment/leave"
        | "/recovery/challenge"
        | "/recovery/abandon"
        | "/unlock/challenge"
        | "/unlock/abandon"
        | "/signature/renewal"
        | "/signature/abandon"
        | "/signature/document"
        | "/session/extend"
        | "/session/end"
        | "/account/sessions/end-others"
        | "/account/history" => json!({}),
        path => panic!("{path} has no body here: every endpoint is asked by every persona"),
    }
}

/// A place that there is not.
fn place(more: Value) -> Value {
    let mut place = json!({
        "centre": NOTHING, "procedure": "recovery", "mode": "in_person", "employer": COMPANY.0, "branch": "0001",
        "representative": "1710034065", "language": "es", "captcha": of(&solution()),
    });
    if let (Some(to), Value::Object(from)) = (place.as_object_mut(), more) {
        to.extend(from);
    }
    place
}

fn identification() -> Identification {
    Identification {
        employer: COMPANY.0.parse().unwrap(),
        branch: shared::identifiers::Branch::default(),
        representative: "1710034065".parse().unwrap(),
        language: shared::i18n::Language::Es,
        captcha: solution(),
    }
}

fn signature_asked() -> SignatureAsked {
    let Identification {
        employer,
        branch,
        representative,
        language,
        captcha,
    } = identification();
    SignatureAsked {
        purpose: Purpose::Recovery,
        employer,
        branch,
        representative,
        language,
        captcha,
    }
}

fn solution() -> Solution {
    Solution {
        challenge: "x".to_owned(),
        nonces: vec![1],
    }
}

/// What no device said.
pub(crate) fn assertion() -> Value {
    json!({
        "rawId": "AAAA", "type": "public-key",
        "response": { "clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": null },
    })
}

pub(crate) fn registration() -> Value {
    json!({
        "rawId": "AAAA", "type": "public-key",
        "response": { "clientDataJSON": "e30", "attestationObject": "AAAA" },
    })
}

fn of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}
