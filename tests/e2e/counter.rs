//! A whole visit at the counter: two officers and the person, in three browsers at once.

use crate::appointments::{self, CENTRE};
use crate::desk::{self, Desk, Works};
use crate::dossier;
use crate::people::{GOOD, PUBLIC};
use crate::recovery::ES;
use crate::scene::{PASSWORD, Scene};
use crate::sign_in::sign_in;
use std::time::Duration;

/// The address that the person brings.
const NEW: &str = "direccion@tresrios.example";

/// A counter at whose first desk somebody with an appointment has come.
struct Counter {
    scene: Scene,
    /// At the first counter, of this centre.
    agent: Desk,
    /// At the second one, of every centre.
    other: Desk,
    /// The code of the appointment.
    code: String,
}

impl Counter {
    /// The person has booked, it is the time of the appointment, and both officers sit.
    async fn open() -> Self {
        let scene = appointments::open().await;
        let (_, code, at) = appointments::book(&scene, &GOOD, ES.appointments_mode_in_person()).await;
        // The local day of the appointment, whenever the test runs.
        let late = at.since(scene.now().await) + Duration::from_mins(1);
        scene.portal.advance(late).await;
        let agent = Desk::open(&scene, "Ana Paz", "agent", Works::At("NORTE")).await;
        let other = Desk::open(&scene, "Luis Mora", "supervisor", Works::Everywhere).await;
        desk::sit(&agent.page(), "1").await;
        desk::sit_at(&other.page(), CENTRE, "2").await;
        Self {
            scene,
            agent,
            other,
            code,
        }
    }
}

#[tokio::test]
async fn a_visit_of_two_officers_and_a_person_ends_with_a_new_password() {
    let Counter {
        scene,
        agent,
        other,
        code,
    } = Counter::open().await;
    let (person, first, second) = (scene.page(), agent.page(), other.page());

    // They come; both officers see it, and one calls.
    first.press(&dossier::row(ES.queue_check_in(), &code)).await;
    second.shows(&ES.queue_waiting(1)).await;
    second.shows(&code).await;
    first.press_beginning(ES.queue_call_next()).await;
    second.shows(ES.queue_elsewhere()).await;
    second.shows(&ES.queue_at("1", agent.officer.name)).await;
    second.shows(ES.queue_waiting_none()).await;
    first.press_beginning(ES.queue_begin()).await;
    second.shows(ES.queue_stage_in_service()).await;
    first.press_beginning(ES.queue_open_dossier()).await;
    first.reads(ES.dossiers_title()).await;
    first.shows(GOOD.number).await;
    dossier::accept_all(&scene, &first).await;

    // Somebody else at the other counter says that they represent whom they do not. The queue shows nobody's numbers.
    dossier::admit(&second, PUBLIC.number, GOOD.representative).await;
    let queue = second.text().await;
    for number in [PUBLIC.number, GOOD.number, GOOD.representative] {
        assert!(!queue.contains(number), "{queue}");
    }
    dossier::serve_next(&second).await;
    second.press_beginning(ES.dossiers_look_up()).await;
    second.shows(ES.dossiers_differs()).await;
    second.shows(ES.dossiers_in_appointment()).await;
    second.shows(PUBLIC.representative).await;
    let representation = ES.dossiers_item_representation();
    second
        .press(&dossier::of(ES.dossiers_reject(), representation))
        .await;
    second
        .shows_in(representation, ES.dossiers_verdict_rejected())
        .await;

    // Another address: the person confirms it in their own browser, and the officer sees every step.
    let before = scene.mail.received().len();
    let why = "Ya no tiene el correo anterior; mostró su cédula";
    dossier::change_email(&first, NEW, why).await;
    first.shows(ES.dossiers_step_handed_over()).await;
    person.open(&scene.link(NEW, "/contacto#", before).await).await;
    person.reads(ES.contacts_confirm_title()).await;
    person.press(ES.contacts_confirm_act()).await;
    person.reads(ES.contacts_confirm_done_title()).await;
    first.shows(ES.dossiers_step_confirmed()).await;

    // A link for a new password in the same visit is for two officers: the second one hears of it at once.
    second.press(ES.staff_nav_approvals()).await;
    second.shows(ES.dossiers_approvals_none()).await;
    let before = scene.mail.received().len();
    let why = "Olvidó la clave y está presente";
    dossier::ask_for_link(&first, why).await;
    second.shows(&ES.dossiers_approvals_waiting(1)).await;
    second.shows(why).await;
    let sent = scene.mail.received();
    let none = sent.iter().all(|mail| !mail.text().contains("/restablecer#"));
    assert!(none, "no link leaves before two agree");
    first.says_no_more(ES.dossiers_finished()).await;
    second
        .fill(ES.staff_reason(), "Vi a la persona y su cédula")
        .await;
    second.press(ES.dossiers_agree()).await;
    second.shows(ES.dossiers_approval_agreed()).await;
    first.shows(ES.dossiers_approval_agreed()).await;

    // The person sets the password while they are at the counter, and the officer is told when they have.
    let link = scene.link(NEW, "/restablecer#", before).await;
    first.shows(ES.dossiers_step_handed_over()).await;
    scene.set_password(&person, &link).await;
    person.reads(ES.reset_done_title()).await;
    first.shows(ES.dossiers_finished()).await;
    first.press(ES.staff_nav_queue()).await;
    first.press_beginning(ES.queue_finish()).await;
    first.unfold(ES.queue_over()).await;
    first.shows(ES.queue_stage_done()).await;

    sign_in(&person, &scene.portal, &GOOD).await;
    for page in [&first, &second] {
        assert_eq!(page.complaints().await, [""; 0]);
    }
    let log = scene.portal.log();
    let token = link.rsplit('#').next().expect("a token");
    for secret in [GOOD.representative, NEW, PASSWORD, token, code.as_str()] {
        assert!(!log.contains(secret), "the log has a secret");
    }
}
