//! An owner who changes contacts, and who reads which message.

pub use crate::recovery::people::deliver;
pub use crate::sessions::people::{RIGHT, TICK, WRONG, events, facts, load, set_password};

use crate::recovery::people as recovery;
use crate::sessions::people as sessions;
use server::contacts::job;
use server::on;
use shared::api::{ErrorCode, Problem};
use shared::contacts::Wanted;
use shared::contacts::api::{
    CancelContactChange, CancelDone, CancelView, ChangeChoice, ChangeView, ConfirmContact, ConfirmDone,
    ConfirmView, ContactRequest, ContactToken, ContactsView, InspectContact, InspectContactCancel,
    RequestContactChange, ShowContacts, WithdrawContactChange,
};
use shared::identifiers::{AccountId, ContactChangeId};
use shared::policy::Policy;
use shared::secrets::Secret;
use shared::sessions::api::{Happening, HistoryPage, ShowHistory};
use std::time::Duration;
use tests::{Browser, Engine, World};

/// The address that every account of these tests begins with.
pub const OLD: &str = "maria@empresa.example";
/// The address that is asked for.
pub const NEW: &str = "maria.quispe@nueva.example";
/// Another one.
pub const NEWER: &str = "elena@otra.example";
/// A mobile.
pub const PHONE: &str = "+593991234567";

pub const CONFIRM: Duration = Duration::from_mins(30);
pub const HOLD: Duration = Duration::from_hours(24);
pub const MINUTE: Duration = Duration::from_mins(1);

/// A span without its last piece.
pub fn short_of(span: Duration, piece: Duration) -> Duration {
    span.checked_sub(piece).unwrap()
}

/// A world in which a password can also be recovered.
pub async fn world(engine: Engine) -> World {
    with(engine, |_| ()).await
}

pub async fn with(engine: Engine, change: impl FnOnce(&mut Policy)) -> World {
    recovery::with(engine, |policy| {
        policy.limits.sign_ins_per_source.count = 100_000;
        policy.limits.sign_ins_per_account.count = 100_000;
        policy.limits.contact_changes_per_account.count = 100_000;
        // A test of many days signs in once.
        policy.sessions.idle_seconds = 86_400 * 60;
        policy.sessions.absolute_seconds = 86_400 * 60;
        change(policy);
    })
    .await
}

/// An employer with a password, in the registries and here.
pub async fn settle(world: &World, employer: recovery::Employer) -> AccountId {
    let id = employer.settle(world, recovery::Condition::Good).await.unwrap();
    set_password(world, id, RIGHT).await;
    id
}

/// The company's account and its owner, who signed in a second ago.
pub async fn owner(world: &World) -> (AccountId, Browser) {
    let id = settle(world, recovery::COMPANY).await;
    let browser = sessions::COMPANY.known(world).await;
    world.advance(Duration::from_secs(1));
    (id, browser)
}

pub fn email(text: &str) -> Wanted {
    Wanted::Email(text.parse().unwrap())
}

pub fn phone(text: &str) -> Wanted {
    Wanted::Phone(text.parse().unwrap())
}

pub async fn ask(browser: &mut Browser, wanted: Wanted) -> Result<ContactsView, Problem> {
    ask_with(browser, wanted, RIGHT).await
}

pub async fn ask_with(
    browser: &mut Browser,
    wanted: Wanted,
    password: &str,
) -> Result<ContactsView, Problem> {
    browser
        .call::<RequestContactChange>(&ContactRequest {
            wanted,
            current: Secret::from(password),
        })
        .await
}

pub async fn show(browser: &mut Browser) -> ContactsView {
    browser.call::<ShowContacts>(&()).await.unwrap()
}

/// The only change under way.
pub async fn pending(browser: &mut Browser) -> ChangeView {
    let changes = show(browser).await.changes;
    let [change] = changes.as_slice() else {
        panic!("not one change: {changes:?}")
    };
    change.clone()
}

pub async fn withdraw(browser: &mut Browser, change: ContactChangeId) -> Result<ContactsView, ErrorCode> {
    browser
        .call::<WithdrawContactChange>(&ChangeChoice { change })
        .await
        .map_err(|problem| problem.code)
}

pub async fn inspect(world: &World, token: &ContactToken) -> Result<ConfirmView, ErrorCode> {
    world
        .browser()
        .call::<InspectContact>(token)
        .await
        .map_err(|problem| problem.code)
}

pub async fn confirm(world: &World, token: &ContactToken) -> Result<ConfirmDone, ErrorCode> {
    world
        .browser()
        .call::<ConfirmContact>(token)
        .await
        .map_err(|problem| problem.code)
}

pub async fn inspect_cancel(world: &World, token: &ContactToken) -> Result<CancelView, ErrorCode> {
    world
        .browser()
        .call::<InspectContactCancel>(token)
        .await
        .map_err(|problem| problem.code)
}

pub async fn cancel(world: &World, token: &ContactToken) -> Result<CancelDone, ErrorCode> {
    world
        .browser()
        .call::<CancelContactChange>(token)
        .await
        .map_err(|problem| problem.code)
}

/// A message, by mail or as a text.
#[derive(Clone)]
pub struct Received {
    pub to: String,
    pub text: String,
}

/// Sends what waits; every message so far, mails before texts, each newest first.
pub async fn received(world: &World) -> Vec<Received> {
    deliver(world).await;
    let mails = world.mails().into_iter().map(|mail| Received {
        to: mail.to.to_string(),
        text: mail.text,
    });
    let texts = world.texts().into_iter().map(|message| Received {
        to: message.to.to_string(),
        text: message.text,
    });
    mails.chain(texts).collect()
}

/// The tokens of the links to `page` that somebody got, the newest first.
pub async fn tokens(world: &World, to: &str, page: &str) -> Vec<ContactToken> {
    let marker = format!("{page}#");
    let messages = received(world).await;
    let links = messages
        .iter()
        .filter(|message| message.to == to)
        .filter_map(|message| {
            let (_, rest) = message.text.split_once(&marker)?;
            let end = rest
                .find(|character: char| {
                    !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
                })
                .unwrap_or(rest.len());
            Some(ContactToken {
                token: Secret::from(rest.get(..end)?),
            })
        });
    links.collect()
}

/// The newest confirmation link that somebody got.
pub async fn confirmation(world: &World, to: &str) -> ContactToken {
    let tokens = tokens(world, to, "/contacto").await;
    tokens.first().cloned().expect("a confirmation link")
}

/// The newest cancel link that somebody got.
pub async fn cancellation(world: &World, to: &str) -> ContactToken {
    let tokens = tokens(world, to, "/contacto/cancelar").await;
    tokens.first().cloned().expect("a cancel link")
}

/// How many messages somebody got.
pub async fn count(world: &World, to: &str) -> usize {
    received(world)
        .await
        .iter()
        .filter(|message| message.to == to)
        .count()
}

/// Asks, and confirms with the link that went to the new contact: when the hold ends.
pub async fn hold(world: &World, browser: &mut Browser, to: &str) -> ConfirmDone {
    let wanted = if to.contains('@') { email(to) } else { phone(to) };
    ask(browser, wanted).await.unwrap();
    let token = confirmation(world, to).await;
    let done = confirm(world, &token).await.unwrap();
    deliver(world).await;
    done
}

/// One round of the job.
pub async fn settle_due(world: &World) -> usize {
    job::settle_due(&world.app).await.unwrap()
}

/// The account's e-mail and phone.
pub async fn contacts(world: &World, id: AccountId) -> (Option<String>, Option<String>) {
    let account = load(world, id).await;
    (
        account.email.map(|email| email.to_string()),
        account.phone.map(|phone| phone.to_string()),
    )
}

/// Where every change of the tests' accounts stands, oldest first, and whether the new contact is still stored.
pub async fn changes(world: &World) -> Vec<(String, Option<String>, bool)> {
    let mut tx = world.app.store.read().await.unwrap();
    let rows: Vec<(String, Option<String>, Option<String>)> = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT state, cancelled_by, value FROM contact_changes ORDER BY requested_at, id"
    )
    .fetch_all(conn))
    .unwrap();
    rows.into_iter()
        .map(|(state, by, value)| (state, by, value.is_some()))
        .collect()
}

/// What the account's history tells, newest first.
pub async fn history(browser: &mut Browser) -> Vec<Happening> {
    let page = HistoryPage::default();
    let history = browser.call::<ShowHistory>(&page).await.unwrap();
    history.entries.into_iter().map(|entry| entry.what).collect()
}
