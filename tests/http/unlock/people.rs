//! Who unblocks: an employer whose account is blocked, with a mail address, a telephone and a passkey.

pub use crate::recovery::people::{COMPANY, Condition, Employer, OTHER, UNKNOWN, change_state, deliver};

use crate::recovery::people;
use server::on;
use shared::api::Problem;
use shared::captcha::{Solution, Subject};
use shared::identifiers::{AccountId, UnlockId};
use shared::notifications::Channel;
use shared::passkeys::browser::RequestOptions;
use shared::policy::Policy;
use shared::secrets::Secret;
use shared::unlock::api::{
    AssertUnlock, ChannelChoice, ChooseUnlockChannel, ConfirmUnlock, CurrentUnlock, InspectUnlockLink,
    LinkToken, OpenUnlock, UnlockAssertion, UnlockDone, UnlockLinkView, UnlockStageView, UnlockView,
};
use std::time::Duration;
use tests::authenticator::{self, Device};
use tests::{Browser, Engine, World};
use uuid::Uuid;

pub const TICK: Duration = Duration::from_micros(1);

/// How long a link lives.
pub const LIFE: Duration = Duration::from_mins(3);

/// A world with quick captchas in which nothing of this procedure is limited.
pub async fn world(engine: Engine) -> World {
    with(engine, |_| ()).await
}

/// The same, under a policy that differs in what is tested.
pub async fn with(engine: Engine, change: impl FnOnce(&mut Policy)) -> World {
    people::with(engine, |policy| {
        policy.limits.sms_per_destination.count = 100_000;
        policy.limits.sms_budget.count = 100_000;
        change(policy);
    })
    .await
}

/// A world with an employer whose account is blocked, and the device with its passkey.
pub async fn blocked(engine: Engine) -> (World, Device) {
    let world = world(engine).await;
    let (_, device) = settle(&world, COMPANY, Condition::Blocked).await;
    (world, device)
}

/// Opens an employer's account, with a telephone and a passkey, and brings it into this condition.
pub async fn settle(world: &World, employer: Employer, condition: Condition) -> (AccountId, Device) {
    let registered = match condition {
        Condition::Inactive | Condition::NoEmail => condition,
        Condition::Good | Condition::Blocked | Condition::Frozen | Condition::NoAccount => Condition::Good,
    };
    let account = employer.settle(world, registered).await.expect("an account");
    register_phone(world, account, Some("+593991234567")).await;
    let mut device = Device::of(world);
    authenticator::enrol(world, &mut device, employer.number).await;
    change_state(world, account, condition).await;
    (account, device)
}

pub async fn register_phone(world: &World, account: AccountId, phone: Option<&str>) {
    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(
        &mut tx,
        sqlx::query("UPDATE accounts SET phone = $2 WHERE id = $1")
            .bind(account.as_uuid())
            .bind(phone)
    )
    .unwrap();
    tx.commit().await.unwrap();
}

pub async fn forget_email(world: &World, account: AccountId) {
    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(
        &mut tx,
        sqlx::query("UPDATE accounts SET email = NULL WHERE id = $1").bind(account.as_uuid())
    )
    .unwrap();
    tx.commit().await.unwrap();
}

pub async fn captcha(employer: Employer, browser: &mut Browser) -> Solution {
    let employer = employer.identifier();
    browser.solve(&Subject::Unlock { employer }).await.unwrap()
}

/// The first page: captcha and identifiers.
pub async fn open(employer: Employer, browser: &mut Browser) -> Result<UnlockView, Problem> {
    let captcha = captcha(employer, browser).await;
    browser
        .call::<OpenUnlock>(&employer.identification(captcha))
        .await
}

pub async fn current(browser: &mut Browser) -> Result<UnlockView, Problem> {
    browser.call::<CurrentUnlock>(&()).await
}

/// What the authenticator is asked.
pub fn options(view: &UnlockView) -> &RequestOptions {
    let UnlockStageView::Passkey { options, .. } = &view.stage else {
        panic!("no passkey is asked for at {:?}", view.stage)
    };
    options
}

pub async fn assert_with(browser: &mut Browser, assertion: &UnlockAssertion) -> Result<UnlockView, Problem> {
    browser.call::<AssertUnlock>(assertion).await
}

pub async fn signed(device: &mut Device, view: &UnlockView) -> UnlockAssertion {
    UnlockAssertion {
        assertion: device.sign(options(view)).await,
    }
}

/// Shows the passkey for the challenge that waits.
pub async fn show(browser: &mut Browser, device: &mut Device) -> Result<UnlockView, Problem> {
    let view = current(browser).await?;
    let assertion = signed(device, &view).await;
    assert_with(browser, &assertion).await
}

pub async fn choose(browser: &mut Browser, channel: Channel) -> Result<UnlockView, Problem> {
    browser
        .call::<ChooseUnlockChannel>(&ChannelChoice { channel })
        .await
}

/// From the first page to the message that waits to be sent.
pub async fn reach_sending(
    employer: Employer,
    browser: &mut Browser,
    device: &mut Device,
    channel: Channel,
) -> UnlockView {
    open(employer, browser).await.unwrap();
    let proved = show(browser, device).await.unwrap();
    assert!(
        matches!(proved.stage, UnlockStageView::Channel { .. }),
        "{proved:?}"
    );
    let view = choose(browser, channel).await.unwrap();
    assert!(matches!(view.stage, UnlockStageView::Sending { .. }), "{view:?}");
    view
}

/// From the first page to the link in the message.
pub async fn reach_link(
    world: &World,
    employer: Employer,
    browser: &mut Browser,
    device: &mut Device,
    channel: Channel,
) -> LinkToken {
    reach_sending(employer, browser, device, channel).await;
    deliver(world).await;
    match channel {
        Channel::Email => by_mail(world).remove(0),
        Channel::Sms => by_sms(world).remove(0),
    }
}

pub async fn inspect(browser: &mut Browser, token: &LinkToken) -> Result<UnlockLinkView, Problem> {
    browser.call::<InspectUnlockLink>(token).await
}

pub async fn confirm(browser: &mut Browser, token: &LinkToken) -> Result<UnlockDone, Problem> {
    browser.call::<ConfirmUnlock>(token).await
}

/// The tokens of all mails with a link that unblocks, the newest first.
pub fn by_mail(world: &World) -> Vec<LinkToken> {
    world
        .mails()
        .iter()
        .filter_map(|mail| token(&mail.text))
        .collect()
}

/// The same of all text messages.
pub fn by_sms(world: &World) -> Vec<LinkToken> {
    world
        .texts()
        .iter()
        .filter_map(|message| token(&message.text))
        .collect()
}

fn token(text: &str) -> Option<LinkToken> {
    let (_, rest) = text.split_once("/desbloqueo#")?;
    Some(LinkToken {
        token: Secret::from(rest.split_whitespace().next()?),
    })
}

/// The newest case.
pub async fn newest_case(world: &World) -> UnlockId {
    let mut tx = world.app.store.read().await.unwrap();
    let (id,): (Uuid,) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT id FROM unlock_cases ORDER BY opened_at DESC, id DESC LIMIT 1"
    )
    .fetch_one(conn))
    .unwrap();
    UnlockId::from_uuid(id)
}

/// How often something stands in the audit log.
pub async fn audited(world: &World, kind: &'static str) -> i64 {
    crate::sessions::people::events(world, kind).await
}

pub async fn is_blocked(world: &World, account: AccountId) -> bool {
    let account = crate::sessions::people::load(world, account).await;
    matches!(account.state, server::accounts::State::Blocked { .. })
}

/// Every write counts against its source, whatever it does; nothing else may differ.
pub fn but_limits(rows: &str) -> String {
    let (before, rest) = rows.split_once("\nrate_limits\n").unwrap();
    let (_, after) = rest.split_once("\nrecovery_cases\n").unwrap();
    format!("{before}\n{after}")
}
