//! How a desk is opened and locked: the invitation, a passkey as the second factor, the lock of a desk that nobody uses.

use crate::appointments;
use crate::desk::{self, Desk, Works};
use crate::devices::{Device, Recognises};
use crate::page::Page;
use crate::people::GOOD;
use crate::recovery::ES;
use crate::scene::Scene;
use std::time::Duration;
use tests::desk::PASSWORD;

/// A desk that nobody uses for so long is locked.
const IDLE: Duration = Duration::from_mins(10);
/// The longest that a session can be.
const DAY: Duration = Duration::from_hours(10);

/// An officer who joined with a passkey and signed in with it, in the scene's browser.
async fn with_passkey(scene: &Scene) -> (Page, Device) {
    let device = Device::of(&scene.chrome).await;
    let page = scene.page();
    page.open(&desk::invite(scene, "Ana Paz", "agent", Works::At("NORTE")))
        .await;
    page.reads(ES.staff_invitation_title()).await;
    page.arrives("/personal/invitacion").await;
    page.choose(ES.staff_second_which(), ES.staff_second_passkey())
        .await;
    page.press(ES.staff_passkey_make()).await;
    page.shows(&ES.staff_passkey_made(ES.staff_passkey_suggestion()))
        .await;
    page.fill(ES.reset_password_label(), PASSWORD).await;
    page.fill(ES.reset_repeat_label(), PASSWORD).await;
    page.press(ES.staff_join()).await;
    page.shows(ES.staff_joined_title()).await;
    page.press(ES.staff_sign_in_title()).await;
    desk::prove_password(&page, "Ana Paz").await;
    (page, device)
}

#[tokio::test]
async fn somebody_joins_with_a_passkey_and_signs_in_and_unlocks_with_it() {
    let scene = appointments::open().await;
    let (page, device) = with_passkey(&scene).await;
    assert_eq!(device.passkeys().await.len(), 1);

    // The password alone opens nothing, and a device that does not know its user proves nothing.
    device.recognises(Recognises::Nobody).await;
    page.press(ES.staff_passkey_act()).await;
    page.shows(ES.passkeys_cancelled_title()).await;
    device.recognises(Recognises::Everybody).await;
    page.press(ES.staff_passkey_act()).await;
    page.reads(ES.queue_title()).await;
    page.shows("Ana Paz").await;

    page.press(ES.staff_lock()).await;
    page.reads(ES.staff_lock_title()).await;
    page.press(ES.staff_passkey_unlock()).await;
    page.reads(ES.queue_title()).await;

    // Signed out is signed out: back in the history is no way in.
    page.press(ES.staff_leave()).await;
    page.shows(ES.staff_left_title()).await;
    page.open(&scene.portal.url("/personal/fila")).await;
    page.reads(ES.staff_sign_in_title()).await;
    assert_eq!(page.complaints().await, [""; 0]);
}

/// The pages behind the sign-in, as the navigation names them, and who sees them.
fn pages() -> [(&'static str, &'static str, &'static [&'static str]); 9] {
    const COUNTER: &[&str] = &["agent", "supervisor"];
    [
        ("/personal/fila", ES.staff_nav_queue(), COUNTER),
        ("/personal/expediente", ES.staff_nav_dossier(), COUNTER),
        ("/personal/vistos-buenos", ES.staff_nav_approvals(), COUNTER),
        ("/personal/informes", ES.reports_nav(), &["supervisor"]),
        ("/personal/equipo", ES.staff_nav_team(), &["administrator"]),
        ("/personal/centros", ES.centres_nav(), &["administrator"]),
        ("/personal/institucion", ES.institution_nav(), &["administrator"]),
        ("/personal/auditoria", ES.audit_nav(), &["auditor"]),
        ("/personal/datos", ES.data_requests_nav(), &["supervisor"]),
    ]
}

#[tokio::test]
async fn each_role_is_led_to_its_own_pages_and_let_into_no_other() {
    let scene = appointments::open().await;
    let page = scene.page();
    for (name, role) in [
        ("Ana Paz", "agent"),
        ("Luis Mora", "supervisor"),
        ("Carlos Cruz", "auditor"),
        ("Eva Luna", "administrator"),
    ] {
        let officer = desk::join(&scene, name, role, Works::At("NORTE")).await;
        scene.forget_cookies().await;
        page.open(&scene.portal.url("/personal")).await;
        officer.sign_in(&page, &scene).await;
        page.shows(name).await;
        let (own, others): (Vec<_>, Vec<_>) =
            pages().into_iter().partition(|(.., roles)| roles.contains(&role));
        let led = page.texts(".office-places a").await;
        assert_eq!(
            led,
            own.iter().map(|(_, name, _)| *name).collect::<Vec<_>>(),
            "{role}"
        );
        page.arrives(own[0].0).await;
        for (path, name, _) in others {
            page.open(&scene.portal.url(path)).await;
            page.shows(ES.staff_not_yours_title()).await;
            assert!(
                !page.texts(".office-places a").await.contains(&name.to_owned()),
                "{role} at {path}"
            );
        }
    }
}

#[tokio::test]
async fn an_invitation_is_good_once() {
    let scene = appointments::open().await;
    let address = desk::invite(&scene, "Ana Paz", "agent", Works::Everywhere);
    let token = address.rsplit('#').next().expect("a token");
    let _joined = desk::join_with(&scene, "Ana Paz", token).await;
    let page = scene.page();
    page.open(&address).await;
    page.reads(ES.staff_invitation_bad_title()).await;
    page.open(&scene.portal.url("/personal/invitacion")).await;
    page.shows(ES.staff_no_token_title()).await;
    assert!(!scene.portal.log().contains(token), "the log has a secret");
}

#[tokio::test]
async fn a_desk_that_nobody_uses_is_locked_and_keeps_what_was_typed() {
    let scene = appointments::open().await;
    let desk = Desk::open(&scene, "Ana Paz", "agent", Works::At("NORTE")).await;
    let page = desk.page();
    desk::sit(&page, "1").await;
    page.press_beginning(ES.queue_walk_in_open()).await;
    page.fill(ES.identifiers_employer_label(), GOOD.number).await;

    // The page listens to the queue all the time, which is no use.
    scene.portal.advance(IDLE).await;
    page.fill(ES.identifiers_representative_label(), GOOD.representative)
        .await;
    page.press(ES.queue_admit()).await;
    page.reads(ES.staff_lock_title()).await;
    assert_eq!(page.focus().await.id, "lock-password");
    assert!(
        !page.text().await.contains(ES.queue_walk_in_title()),
        "nothing of the page shows through the lock"
    );
    page.fill(ES.staff_password(), "no es esta clave").await;
    page.press(ES.staff_unlock()).await;
    page.shows(ES.errors_staff_sign_in_refused_title()).await;
    desk::unlock(&page).await;
    page.press(ES.queue_admit()).await;
    page.shows(&ES.queue_waiting(1)).await;

    // Another tab of the browser is the same desk; a session of ten hours is over, and the page leads back where it was.
    scene.portal.advance(DAY).await;
    page.press_beginning(ES.queue_call_next()).await;
    page.reads(ES.staff_sign_in_title()).await;
    page.shows(ES.staff_over_title()).await;
    desk.officer.sign_in(&page, &scene).await;
    page.reads(ES.queue_title()).await;
    page.arrives("/personal/fila").await;
}
