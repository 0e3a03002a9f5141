//! A well-formed body for each endpoint of the desk that takes one. Whatever it names does not exist: what comes back says that
//! the door was open, and changes nothing.

use super::people::{RIGHT, WRONG, address};
use crate::personas::{assertion, registration};
use serde_json::{Value, json};

/// An id that is nobody's.
pub const NOTHING: &str = "01900000-0000-7000-8000-000000000000";

/// A path with an id that is nobody's.
pub fn concrete(path: &str) -> String {
    let names = |part: &str| part.starts_with('{');
    let parts = path
        .split('/')
        .map(|part| if names(part) { NOTHING } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// What takes a file as its whole body.
pub const FILES: &[&str] = &["/staff/papers/{paper}", "/staff/institution/logo"];

/// The body of an endpoint; `details` are those of a centre that there is.
pub fn body(path: &str, details: &Value) -> Value {
    let (token, reason) = ("A".repeat(43), "para probar");
    let (member, named) = (
        json!({ "staff": NOTHING, "reason": reason }),
        json!({ "token": token }),
    );
    let visit = json!({ "visit": NOTHING });
    let request = json!({ "request": NOTHING, "reason": reason });
    let centre = json!({ "centre": NOTHING, "reason": reason });
    let person = json!({ "employer": "1790016919001", "branch": "0001", "representative": "1710034065" });
    let with = |value: &Value, more: Value| merged(value.clone(), more);
    match path {
        "/staff/sign-in" => json!({ "email": address("nadie"), "password": RIGHT }),
        "/staff/sign-in/code" => json!({ "code": "000000" }),
        "/staff/sign-in/passkey" | "/staff/session/unlock/passkey" => json!({ "credential": assertion() }),
        "/staff/session/unlock" => json!({ "password": WRONG }),
        "/staff/passkey/begin" | "/staff/session/extend" | "/staff/session/lock" | "/staff/session/end" => {
            json!({})
        }
        "/staff/invitation/inspect" | "/staff/invitation/code" | "/staff/invitation/passkey" => named,
        "/staff/invitation/accept" => json!({
            "token": token, "password": RIGHT,
            "second": { "way": "passkey", "name": "Llave", "credential": registration() },
        }),
        "/staff/members" => json!({
            "name": "Nadie", "email": address("nadie"), "role": "agent", "centre": NOTHING, "reason": reason,
        }),
        "/staff/members/change" => with(&member, json!({ "role": "agent" })),
        "/staff/members/end" | "/staff/members/reset" => member,
        "/staff/queue/counter" => json!({ "counter": 1, "centre": NOTHING }),
        "/staff/queue/check-in" => json!({ "appointment": NOTHING }),
        "/staff/queue/walk-ins" => with(&person, json!({ "procedure": "recovery" })),
        "/staff/queue/cases" => json!({ "procedure": "recovery", "case": NOTHING }),
        "/staff/queue/no-show" => json!({ "visit": NOTHING, "reason": reason }),
        "/staff/queue/call"
        | "/staff/queue/begin"
        | "/staff/queue/finish"
        | "/staff/queue/return"
        | "/staff/dossiers" => visit,
        "/staff/appointments/cancel" => json!({ "appointment": NOTHING, "reason": reason }),
        "/staff/search" => json!({ "text": "1790016919001" }),
        "/staff/dossiers/show" | "/staff/dossiers/look-up" => json!({ "dossier": NOTHING }),
        "/staff/dossiers/item" => json!({
            "dossier": NOTHING, "item": "identity", "way": "original", "verdict": "accepted",
        }),
        "/staff/dossiers/act" => json!({
            "dossier": NOTHING, "action": { "action": "enrol_passkey" }, "reason": reason,
        }),
        "/staff/dossiers/referral" => json!({ "dossier": NOTHING, "number": "F-7K3M-2Q" }),
        "/staff/papers" => json!({ "dossier": NOTHING, "item": "identity" }),
        "/staff/approvals/decide" => json!({ "approval": NOTHING, "decision": "agree", "reason": reason }),
        "/staff/reports" | "/staff/reports/export" => json!({
            "span": { "from": "2026-11-01", "to": "2026-11-23" }, "centre": null,
        }),
        "/staff/queue/call-next" | "/staff/audit/search" | "/staff/audit/verification" => json!({}),
        "/staff/audit/export" => json!({ "after": 0, "reason": reason }),
        "/staff/data-requests" => with(
            &person,
            json!({ "kind": "access", "received_at": 1_795_446_000_000_i64, "reason": reason }),
        ),
        "/staff/data-requests/export" | "/staff/data-requests/deletion" => request,
        "/staff/data-requests/closing" => with(&request, json!({ "outcome": "refused" })),
        "/staff/centres/save" => {
            json!({ "centre": NOTHING, "details": details, "reason": reason, "agreed": 0 })
        }
        "/staff/centres/holidays" => with(&centre, json!({ "seen": [], "holidays": [], "agreed": 0 })),
        "/staff/centres/close" => with(
            &centre,
            json!({
                "from": { "day": "2026-12-01", "clock": "08:00" },
                "until": { "day": "2026-12-01", "clock": "09:00" },
                "agreed": 0,
            }),
        ),
        "/staff/centres/open" => with(&centre, json!({ "closure": NOTHING })),
        "/staff/centres/end" => with(&centre, json!({ "agreed": 0 })),
        "/staff/centres/resume" => centre,
        "/staff/documents/hold" | "/staff/documents/release" => {
            json!({ "document": NOTHING, "reason": reason })
        }
        "/staff/institution/save" => json!({
            "name": "Institución", "contact": "consultas@instituto.example", "logo": NOTHING, "reason": reason,
        }),
        path => panic!("{path} has no body here: every endpoint of the desk is asked by every role"),
    }
}

fn merged(mut value: Value, more: Value) -> Value {
    if let (Some(to), Value::Object(from)) = (value.as_object_mut(), more) {
        to.extend(from);
    }
    value
}
