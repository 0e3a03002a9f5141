//! Unblocking: the page of each stage, from views as the server sends them, and the pages behind links without a link.

use crate::scene::Scene;
use frontend::contacts::{ContactCancelPage, ContactConfirmPage};
use frontend::passkeys::EnrolmentPage;
use frontend::platform::history;
use frontend::unlock::{Course, Seen, StageProps, UnlockConfirmPage, course, standing};
use serde_json::{Value, json};
use shared::i18n::{Language, Text};
use shared::unlock::api::UnlockView;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew::props;

const SECOND: i64 = 1_000_000;

fn view(stage: Value, routes: &[&str]) -> UnlockView {
    serde_json::from_value(json!({ "reference": "KQMA", "now": 0, "stage": stage, "routes": routes }))
        .unwrap()
}

async fn showing(stage: Value, routes: &[&str]) -> Scene {
    let seen = Seen::now(Rc::new(view(stage, routes)));
    Scene::of(standing(
        Text::new(Language::Es),
        &props!(StageProps {
            seen,
            show: Callback::noop(),
            onforget: Callback::noop()
        }),
    ))
    .await
}

fn passkey(attempts_left: u8) -> Value {
    json!({ "stage": "passkey", "attempts_left": attempts_left, "expires": 300 * SECOND, "deadline": 900 * SECOND,
        "options": { "challenge": "AQID", "timeout": 60_000, "rpId": "localhost", "allowCredentials": [],
            "userVerification": "required" } })
}

fn email() -> Value {
    json!({ "channel": "email", "address": "ma•••@em•••.com" })
}

fn sms() -> Value {
    json!({ "channel": "sms", "address": "•••567" })
}

#[wasm_bindgen_test]
async fn a_passkey_is_asked_for_by_one_button_and_the_other_routes_stand_beside_it() {
    let scene = showing(passkey(3), &["signature", "counter"]).await;
    assert_eq!(scene.text_of("h1"), "Confirme que es usted");
    assert_eq!(
        scene.count(".button:not(.button-secondary, .button-quiet)"),
        1,
        "one primary action"
    );
    let text = scene.text();
    for said in [
        "su teléfono o computador le pedirá la huella, el rostro o el PIN",
        "no salen de su dispositivo",
        "Usar huella, rostro o PIN",
        "Seguir con firma electrónica",
        "Seguir en una ventanilla",
        "KQMA",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("intento"), "nothing has failed yet: {text}");
}

#[wasm_bindgen_test]
async fn where_no_attempt_is_left_only_the_other_routes_are_offered() {
    let stage = json!({ "stage": "passkey_refused", "deadline": 900 * SECOND });
    let scene = showing(stage, &["signature", "counter"]).await;
    let text = scene.text();
    assert!(text.contains("Se terminaron los intentos"), "{text}");
    assert!(!text.contains("Usar huella"), "{text}");
    assert_eq!(scene.count("section .button-secondary"), 2);
}

#[wasm_bindgen_test]
async fn one_of_two_contacts_must_be_chosen_and_a_single_one_is_chosen_already() {
    let both = json!({ "stage": "channel", "choices": [email(), sms()], "deadline": 900 * SECOND });
    let scene = showing(both, &[]).await;
    assert_eq!(scene.count("input[type=radio]"), 2);
    assert_eq!(scene.count("input:checked"), 0);
    scene.press("form", "Enviar el enlace").await;
    assert!(
        scene
            .text_of("[role=alert]")
            .contains("Elija por dónde recibirlo")
    );

    let one = json!({ "stage": "channel", "choices": [sms()], "failed": email(), "deadline": 900 * SECOND });
    let scene = showing(one, &[]).await;
    assert_eq!(scene.count("input:checked"), 1);
    let text = scene.text();
    assert!(text.contains("Mensaje de texto: •••567"), "{text}");
    assert!(text.contains("ma•••@em•••.com no recibe mensajes"), "{text}");
}

#[wasm_bindgen_test]
async fn the_words_of_a_link_are_those_of_its_channel() {
    let sent = |to: Value| json!({ "stage": "link_sent", "to": to, "delivery": "handed_over", "deadline": 180 * SECOND, "total": 180 });
    let mail = showing(sent(email()), &[]).await;
    assert_eq!(mail.text_of("h1"), "Revise su correo");
    assert!(mail.text().contains("Entregado a su servidor de correo"));
    let message = showing(sent(sms()), &[]).await;
    assert_eq!(message.text_of("h1"), "Revise sus mensajes de texto");
    let text = message.text();
    assert!(
        text.contains("red de telefonía") && !text.contains("correo"),
        "{text}"
    );
    for scene in [&mail, &message] {
        assert!(scene.text().contains("KQMA"));
        assert!(scene.find("[role=timer], .countdown").is_some());
    }
}

#[wasm_bindgen_test]
async fn an_unblocked_account_is_told_calmly_with_what_comes_next() {
    let scene = showing(json!({ "stage": "unblocked", "at": 0 }), &[]).await;
    assert_eq!(scene.text_of("h1"), "La cuenta está desbloqueada");
    let text = scene.text();
    for said in [
        "31 de diciembre de 1969, 19:00 (hora de Ecuador continental)",
        "Sin cambios",
        "KQMA",
        "Imprimir",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    for way in ["/ingresar", "/recuperar"] {
        assert!(scene.hrefs().contains(&way.to_owned()), "{way}");
    }
}

#[wasm_bindgen_test]
async fn refusals_and_endings_say_what_stays_and_where_to_go() {
    for (reason, title, way) in [
        ("not_blocked", "La cuenta no está bloqueada", "/ingresar"),
        ("account_frozen", "Cuenta congelada", "/ayuda/account_frozen"),
        ("ruc_inactive", "RUC no activo", "/ayuda/ruc_inactive"),
    ] {
        let scene = showing(json!({ "stage": "refused", "reason": reason }), &[]).await;
        assert_eq!(scene.text_of("h1"), title);
        assert!(
            scene.hrefs().contains(&way.to_owned()),
            "{reason}: {:?}",
            scene.hrefs()
        );
    }
    let nowhere = showing(
        json!({ "stage": "refused", "reason": "no_contact" }),
        &["signature", "counter"],
    )
    .await;
    assert!(nowhere.text().contains("Seguir en una ventanilla"));
    for ending in [
        "lapsed",
        "link_expired",
        "undelivered",
        "rejected",
        "superseded",
        "abandoned",
    ] {
        let scene = showing(json!({ "stage": "ended", "ending": ending }), &[]).await;
        assert!(scene.text().contains("Empezar de nuevo"), "{ending}");
        assert!(scene.hrefs().contains(&"/desbloquear".to_owned()), "{ending}");
        assert!(
            !scene.text().contains("Su clave no cambió"),
            "{ending}: of a recovery"
        );
    }
}

#[wasm_bindgen_test]
fn a_case_that_ended_is_not_listened_to() {
    let open = |stage: Value| course(&view(stage, &[]).stage);
    assert_eq!(open(passkey(1)), Course::Open);
    assert_eq!(open(json!({ "stage": "unblocked", "at": 0 })), Course::Closed);
    assert_eq!(
        open(json!({ "stage": "refused", "reason": "not_blocked" })),
        Course::Closed
    );
}

#[wasm_bindgen_test]
async fn pages_of_links_without_a_link_say_so_and_can_do_nothing() {
    // The tests share one tab, and a summary of errors leads to its fields by a fragment.
    let _left_by_another = history::take_fragment();
    for page in [
        html! { <UnlockConfirmPage /> },
        html! { <EnrolmentPage /> },
        html! { <ContactConfirmPage /> },
        html! { <ContactCancelPage /> },
    ] {
        let scene = Scene::of(page).await;
        assert_eq!(scene.text_of("h1"), "Falta el enlace completo");
        assert_eq!(scene.count("main button"), 0, "{}", scene.text());
    }
}
