//! Officers at their desks: invited by the command line, with a browser of their own each.
//!
//! They join over HTTP, with the secret of their codes in the test's hands, where joining is not what is tested; they sign in in
//! the browser always.

use crate::chrome::Chrome;
use crate::page::Page;
use crate::recovery::ES;
use crate::scene::Scene;
use serde_json::{Value, json};
use shared::api::BASE;
use std::cell::Cell;
use std::fs;
use tests::desk::{PASSWORD, one_time_code};
use tests::told;

/// Seconds for which a one-time code is good, and as many before and after.
const STEP: i64 = 30;

/// Somebody of the staff.
pub struct Officer {
    /// Their name.
    pub name: &'static str,
    /// The secret of their codes.
    secret: String,
    /// The half minute whose code they used last: each is good once.
    used: Cell<i64>,
}

/// An officer at a desk. The browser ends with it.
pub struct Desk {
    /// Their browser.
    pub chrome: Chrome,
    /// Who sits here.
    pub officer: Officer,
}

/// Where an officer works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Works {
    /// At the centre with this code.
    At(&'static str),
    /// At all of them.
    Everywhere,
}

/// Makes somebody a member of the staff; the address of the invitation.
pub fn invite(scene: &Scene, name: &str, role: &str, works: Works) -> String {
    let email = address_of(name);
    let mut asked = vec!["staff", "add", "--name", name, "--email", &email, "--role", role];
    match works {
        Works::At(centre) => asked.extend(["--centre", centre]),
        Works::Everywhere => {}
    }
    let printed = scene.portal.installation().clavero(&asked);
    let address = printed.lines().last().expect("an address");
    assert!(address.contains("/personal/invitacion#"), "{printed}");
    address.to_owned()
}

/// With what somebody signs in.
pub fn address_of(name: &str) -> String {
    format!("{}@instituto.example", name.to_lowercase().replace(' ', "."))
}

/// Invites somebody, who joins with a code.
pub async fn join(scene: &Scene, name: &'static str, role: &str, works: Works) -> Officer {
    let invitation = invite(scene, name, role, works);
    let token = invitation.rsplit('#').next().expect("a token");
    join_with(scene, name, token).await
}

/// Joins with the token of an invitation, and a code.
pub async fn join_with(scene: &Scene, name: &'static str, token: &str) -> Officer {
    let begun = post(scene, "/staff/invitation/code", &json!({ "token": token })).await;
    let officer = Officer {
        name,
        secret: begun["secret"].as_str().expect("a secret").to_owned(),
        used: Cell::new(0),
    };
    let second = json!({ "way": "code", "code": officer.code(scene).await });
    let accepted = json!({ "token": token, "password": PASSWORD, "second": second });
    post(scene, "/staff/invitation/accept", &accepted).await;
    officer
}

async fn post(scene: &Scene, path: &str, body: &Value) -> Value {
    told::note_body(body);
    let request = reqwest::Client::new()
        .post(scene.portal.url(&format!("{BASE}{path}")))
        .header("origin", scene.portal.url(""))
        .json(body);
    let answer = request.send().await.expect("an answer");
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    answer.json().await.expect("JSON")
}

impl Officer {
    /// A code that was not used yet. The clock may go on a little before it is shown: then it is the present one, or the last.
    pub async fn code(&self, scene: &Scene) -> String {
        let now = scene.now().await.as_millis() / 1000 / STEP;
        let step = now.max(self.used.get() + 1);
        assert!(step <= now + 1, "{} used two codes within a minute", self.name);
        self.used.set(step);
        let seconds = u64::try_from(step * STEP).expect("after 1970");
        one_time_code(&self.secret, seconds)
    }

    /// Signs in, from the page of the sign-in; does not wait for what comes of it.
    pub async fn sign_in(&self, page: &Page, scene: &Scene) {
        prove_password(page, self.name).await;
        self.prove_code(page, scene).await;
    }

    /// The second step, with a code.
    pub async fn prove_code(&self, page: &Page, scene: &Scene) {
        page.fill(ES.staff_code(), &self.code(scene).await).await;
        page.press(ES.staff_sign_in()).await;
    }
}

/// The first step of the sign-in of somebody, to the second.
pub async fn prove_password(page: &Page, name: &str) {
    page.reads(ES.staff_sign_in_title()).await;
    page.fill(ES.staff_email(), &address_of(name)).await;
    page.fill(ES.staff_password(), PASSWORD).await;
    page.press(ES.staff_next()).await;
    page.reads(ES.staff_second_title()).await;
}

impl Desk {
    /// An officer in a new browser, at the first page of their role.
    pub async fn open(scene: &Scene, name: &'static str, role: &str, works: Works) -> Self {
        let officer = join(scene, name, role, works).await;
        let desk = Self {
            chrome: Chrome::start().await,
            officer,
        };
        let page = desk.page();
        page.open(&scene.portal.url("/personal")).await;
        desk.officer.sign_in(&page, scene).await;
        page.shows(desk.officer.name).await;
        desk
    }

    /// The tab in front.
    pub fn page(&self) -> Page {
        Page::of(self.chrome.driver())
    }
}

/// Sits down at a counter of the own centre.
pub async fn sit(page: &Page, counter: &str) {
    page.reads(ES.queue_title()).await;
    page.pick(ES.queue_seat(), &ES.queue_counter(counter)).await;
    page.button_beginning(ES.queue_call_next()).await;
}

/// Sits down at a counter, for whoever works at every centre.
pub async fn sit_at(page: &Page, centre: &str, counter: &str) {
    page.reads(ES.queue_title()).await;
    page.pick(ES.queue_centre(), centre).await;
    page.fill(ES.queue_seat(), counter).await;
    page.press(ES.queue_sit()).await;
    page.button_beginning(ES.queue_call_next()).await;
}

/// Opens a locked desk with the password.
pub async fn unlock(page: &Page) {
    page.reads(ES.staff_lock_title()).await;
    page.fill(ES.staff_password(), PASSWORD).await;
    page.press(ES.staff_unlock()).await;
    page.shows(ES.staff_lock()).await;
}

/// Writes a file that is to be picked; where it is.
pub fn file(scene: &Scene, name: &str, bytes: &[u8]) -> String {
    let path = scene.portal.installation().folder().join(name);
    fs::write(&path, bytes).expect("the file is written");
    path.to_string_lossy().into_owned()
}
