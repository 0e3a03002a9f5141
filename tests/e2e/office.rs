//! Every page of the staff can be used by everybody: axe finds nothing in any language and colour, and nothing is wider than 320
//! pixels.
//!
//! With `CLAVERO_TEST_SHOTS` naming a folder the same walk takes pictures of every page instead, for people to look at.

use crate::access::{as_it_is, in_every_look, in_few_looks};
use crate::appointments::{self, CENTRE};
use crate::chrome::Chrome;
use crate::desk::{self, Officer, Works};
use crate::dossier;
use crate::narrow::{NARROW, in_every_language};
use crate::page::Page;
use crate::people::{GOOD, NATURAL, PUBLIC};
use crate::recovery::ES;
use crate::scene::Scene;
use std::path::PathBuf;
use std::time::Duration;

/// The sizes and colours of the pictures.
const SHOTS: [(u32, &str); 4] = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")];

/// Who looks at pages, and what was found so far.
struct Eye<'a> {
    chrome: &'a Chrome,
    page: Page,
    /// Where pictures go; without it the pages are checked.
    shots: Option<PathBuf>,
    found: Vec<String>,
}

/// How closely a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    /// In every language and colour, and on a small screen.
    All,
    /// In fewer: it is made like others.
    Few,
    /// As it stands, because something modal is before the switches.
    AsItIs,
}

impl<'a> Eye<'a> {
    fn of(scene: &'a Scene) -> Self {
        Self {
            chrome: &scene.chrome,
            page: scene.page(),
            shots: crate::variable("CLAVERO_TEST_SHOTS").map(PathBuf::from),
            found: Vec::new(),
        }
    }

    async fn look(&mut self, name: &str, looks: Looks) {
        match self.shots.clone() {
            Some(folder) => self.shoot(&folder.join(name)).await,
            None => self.check(name, looks).await,
        }
    }

    async fn check(&mut self, name: &str, looks: Looks) {
        let (chrome, page) = (self.chrome, &self.page);
        let found = match looks {
            Looks::All => in_every_look(chrome, page, name).await,
            Looks::Few => in_few_looks(chrome, page, name).await,
            Looks::AsItIs => as_it_is(chrome, name).await,
        };
        self.found.extend(found);
        if looks != Looks::AsItIs {
            chrome.narrow(NARROW).await;
            self.found.extend(in_every_language(page, name).await);
            chrome.widen().await;
        }
    }

    async fn shoot(&self, name: &std::path::Path) {
        for (width, scheme) in SHOTS {
            self.chrome.prefer(scheme).await;
            self.chrome.narrow(width).await;
            let file = format!("{}-{width}-{scheme}.png", name.display());
            std::fs::write(file, self.chrome.picture().await).expect("the picture is written");
        }
        self.chrome.prefer("light").await;
        self.chrome.widen().await;
    }

    fn close(self) {
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}

/// Signs somebody in whose page is then open, in a browser in which nobody is.
async fn enter(scene: &Scene, page: &Page, officer: &Officer) {
    scene.forget_cookies().await;
    page.open(&scene.portal.url("/personal")).await;
    officer.sign_in(page, scene).await;
    page.shows(officer.name).await;
}

#[tokio::test]
async fn everybody_can_come_in_and_be_locked_out() {
    let scene = appointments::open().await;
    let mut eye = Eye::of(&scene);
    let page = scene.page();
    page.open(&scene.portal.url("/personal")).await;
    page.reads(ES.staff_sign_in_title()).await;
    page.press(ES.staff_next()).await;
    page.shows(ES.errors_summary_title()).await;
    eye.look("sign-in", Looks::All).await;

    page.open(&desk::invite(&scene, "Rosa Luna", "agent", Works::At("NORTE")))
        .await;
    page.reads(ES.staff_invitation_title()).await;
    page.choose(ES.staff_second_which(), ES.staff_second_code()).await;
    page.shows(ES.staff_code_how_scan()).await;
    page.press(ES.staff_join()).await;
    page.shows(ES.errors_summary_title()).await;
    eye.look("invitation", Looks::All).await;
    page.open(&scene.portal.url("/personal/invitacion")).await;
    page.shows(ES.staff_no_token_title()).await;
    eye.look("invitation-incomplete", Looks::Few).await;

    let officer = desk::join(&scene, "Ana Paz", "agent", Works::Everywhere).await;
    page.open(&scene.portal.url("/personal")).await;
    desk::prove_password(&page, officer.name).await;
    eye.look("second-factor", Looks::All).await;
    officer.prove_code(&page, &scene).await;
    page.reads(ES.queue_title()).await;
    page.field(ES.queue_centre()).await;
    eye.look("first-seat", Looks::Few).await;
    page.open(&scene.portal.url("/personal/auditoria")).await;
    page.shows(ES.staff_not_yours_title()).await;
    eye.look("not-yours", Looks::Few).await;
    page.press(ES.staff_lock()).await;
    page.reads(ES.staff_lock_title()).await;
    eye.look("lock", Looks::All).await;
    eye.close();
}

#[tokio::test]
async fn everybody_can_serve_at_a_counter() {
    let scene = appointments::open().await;
    let (_, code, at) = appointments::book(&scene, &NATURAL, ES.appointments_mode_video()).await;
    let late = at.since(scene.now().await) + Duration::from_mins(1);
    scene.portal.advance(late).await;
    let agent = desk::join(&scene, "Ana Paz", "agent", Works::At("NORTE")).await;
    let other = desk::join(&scene, "Luis Mora", "supervisor", Works::Everywhere).await;
    let mut eye = Eye::of(&scene);
    let page = scene.page();
    enter(&scene, &page, &agent).await;
    desk::sit(&page, "1").await;
    dossier::admit(&page, PUBLIC.number, GOOD.representative).await;
    page.press_beginning(ES.queue_call_next()).await;
    page.press_beginning(ES.queue_begin()).await;
    page.press_beginning(ES.queue_walk_in_open()).await;
    page.press(ES.queue_admit()).await;
    page.shows(ES.errors_summary_title()).await;
    page.fill(ES.queue_search(), &code).await;
    page.press(ES.queue_search_do()).await;
    page.shows(ES.queue_found_appointments()).await;
    page.fill(ES.identifiers_employer_label(), GOOD.number).await;
    page.fill(ES.identifiers_representative_label(), GOOD.representative)
        .await;
    page.press(ES.queue_admit()).await;
    page.shows(&ES.queue_waiting(1)).await;
    eye.look("queue", Looks::All).await;
    page.press_beginning(ES.staff_keys_button()).await;
    page.shows(ES.staff_keys_title()).await;
    eye.look("keys", Looks::AsItIs).await;
    page.press(ES.staff_keys_close()).await;

    page.press_beginning(ES.queue_open_dossier()).await;
    page.press_beginning(ES.dossiers_look_up()).await;
    page.shows(ES.dossiers_differs()).await;
    let letter = ES.dossiers_item_letter();
    page.press_in(letter, ES.dossiers_way_uploaded()).await;
    eye.look("dossier-that-differs", Looks::All).await;
    page.press(ES.staff_nav_queue()).await;
    page.press_beginning(ES.queue_finish()).await;
    dossier::serve_next(&page).await;
    dossier::accept_all(&scene, &page).await;
    let before = scene.mail.received().len();
    dossier::change_email(&page, "nuevo@tresrios.example", "Ya no tiene el anterior").await;
    scene.link("nuevo@tresrios.example", "/contacto#", before).await;
    page.shows(ES.dossiers_step_handed_over()).await;
    dossier::ask_for_link(&page, "Olvidó la clave y está presente").await;
    page.press_in(letter, ES.dossiers_paper_show()).await;
    dossier::begin(&page, ES.dossiers_act_freeze()).await;
    page.press(ES.dossiers_act_freeze()).await;
    page.shows(ES.errors_summary_title()).await;
    eye.look("dossier", Looks::All).await;

    enter(&scene, &page, &other).await;
    desk::sit_at(&page, CENTRE, "2").await;
    page.press_beginning(ES.staff_nav_approvals()).await;
    page.shows(&ES.dossiers_approvals_waiting(1)).await;
    page.press(ES.dossiers_agree()).await;
    page.shows(ES.errors_summary_title()).await;
    eye.look("approvals", Looks::All).await;
    page.press(ES.reports_nav()).await;
    page.shows(ES.reports_by_day()).await;
    eye.look("reports", Looks::All).await;
    page.press(ES.data_requests_nav()).await;
    page.press(ES.data_requests_register()).await;
    page.fill(ES.identifiers_employer_label(), GOOD.number).await;
    page.fill(ES.identifiers_representative_label(), GOOD.representative)
        .await;
    page.fill(ES.data_requests_how(), "Vino con su cédula original")
        .await;
    page.press(ES.data_requests_save()).await;
    page.shows(ES.data_requests_registered()).await;
    page.press(ES.data_requests_register()).await;
    page.press(ES.data_requests_save()).await;
    page.shows(ES.errors_summary_title()).await;
    eye.look("data-requests", Looks::All).await;
    eye.close();
}

#[tokio::test]
async fn everybody_can_keep_the_portal_and_audit_it() {
    let scene = appointments::open().await;
    let keeper = desk::join(&scene, "Eva Luna", "administrator", Works::Everywhere).await;
    let auditor = desk::join(&scene, "Carlos Cruz", "auditor", Works::Everywhere).await;
    desk::invite(&scene, "Rosa Luna", "agent", Works::At("NORTE"));
    let mut eye = Eye::of(&scene);
    let page = scene.page();
    enter(&scene, &page, &keeper).await;
    page.reads(ES.staff_team_title()).await;
    page.press(ES.staff_team_invite()).await;
    page.press(ES.staff_team_send()).await;
    page.shows(ES.errors_summary_title()).await;
    eye.look("team", Looks::All).await;

    page.press(ES.centres_nav()).await;
    page.shows(CENTRE).await;
    eye.look("centres", Looks::Few).await;
    page.press(&dossier::of(ES.centres_change(), CENTRE)).await;
    page.shows(ES.centres_procedures()).await;
    eye.look("centre", Looks::All).await;
    page.press(ES.staff_leave_it()).await;
    page.press(&dossier::of(ES.centres_close(), CENTRE)).await;
    page.field(ES.centres_from_day()).await;
    eye.look("centre-closing", Looks::Few).await;
    page.press(ES.institution_nav()).await;
    page.press(ES.institution_policy_show()).await;
    page.shows(ES.institution_policy_value()).await;
    eye.look("institution", Looks::All).await;

    enter(&scene, &page, &auditor).await;
    page.reads(ES.audit_title()).await;
    page.press(ES.audit_verify()).await;
    page.shows(ES.audit_whole()).await;
    page.press(ES.audit_newest()).await;
    page.shows(ES.audit_column_place()).await;
    eye.look("audit", Looks::All).await;
    eye.close();
}
