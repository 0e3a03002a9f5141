//! Judging a new password and hashing it, before any transaction.

use super::phc::{MalformedHash, PasswordHash, Recipe};
use super::{Account, HashError, store};
use crate::app::App;
use crate::http::Failure;
use crate::slots::Room;
use crate::store::{StoreError, Tx};
use shared::identifiers::{AccountId, version_7};
use shared::passwords::{Personal, Rules, Violation};
use shared::secrets::Secret;
use shared::time::Timestamp;

/// A password that broke no rule, hashed. Made by [`prepare`] only.
#[derive(Debug)]
pub struct NewPassword(PasswordHash);

impl NewPassword {
    /// The hash, as it is stored.
    pub fn hash(&self) -> String {
        self.0.to_string()
    }
}

/// For whom a password is judged: what it must have no piece of, and what it must not have been.
#[derive(Debug)]
pub struct Judged {
    /// Names, numbers and addresses.
    pub personal: Personal,
    /// The hashes of the last passwords, as many as the policy wants.
    pub earlier: Vec<String>,
    /// What it must be.
    pub rules: Rules,
}

impl Judged {
    /// For the owner of an account.
    pub(super) async fn owner(app: &App, account: &Account) -> Result<Self, StoreError> {
        let mut tx = app.store.read().await?;
        let earlier = store::last_hashes(&mut tx, account.id, app.policy.password.history).await?;
        let personal = account.personal();
        Ok(Self {
            personal,
            earlier,
            rules: app.policy.password.clone(),
        })
    }
}

/// Judges a password by every rule and hashes it. All that it breaks is told at once.
///
/// Somebody's passwords have one salt, so one hash tells whether it is one of the last and is the new hash as well;
/// hashes of older parameters cost one more for each kind. One whose pepper is gone can be compared with nothing, and keeps nobody from a
/// new password. Whoever comes this far is entitled to a new password, so it may wait in all of the queue: sign-ins cannot crowd it out.
pub(super) async fn prepare(
    app: &App,
    judged: Judged,
    password: &Secret<String>,
) -> Result<Result<NewPassword, Vec<Violation>>, Failure> {
    let mut violations = judge(app, (judged.rules, judged.personal), password).await?;
    let history = read(&judged.earlier)?;
    let mut fresh = None;
    let generation = app.keys.in_force(app.clock.now()).number();
    for recipe in recipes(&history) {
        let output = match app.hasher.hash(password, recipe, Room::Whole).await {
            Err(HashError::Pepper) => continue,
            hashed => hashed?,
        };
        if history
            .iter()
            .any(|earlier| earlier.recipe == recipe && earlier.is(&output))
        {
            violations.push(Violation::Reused);
            break;
        }
        if recipe.is_current(&app.policy.hashing, generation) {
            fresh = Some(PasswordHash { recipe, output });
        }
    }
    if !violations.is_empty() {
        violations.sort_unstable();
        return Ok(Err(violations));
    }
    if let Some(hash) = fresh {
        return Ok(Ok(NewPassword(hash)));
    }
    let recipe = Recipe::new(&app.policy.hashing, generation, app.entropy.bytes());
    let output = app.hasher.hash(password, recipe, Room::Whole).await?;
    Ok(Ok(NewPassword(PasswordHash { recipe, output })))
}

/// Every rule but the history's. The strength estimate takes its time, so it runs beside the server's own work.
async fn judge(
    app: &App,
    (rules, personal): (Rules, Personal),
    password: &Secret<String>,
) -> Result<Vec<Violation>, Failure> {
    let leaks = app.leaks.clone();
    let password = password.clone();
    let work = tokio::task::spawn_blocking(move || rules.judge(password.expose(), &personal, &leaks));
    work.await.map_err(Failure::fault)
}

/// Writes a new password and its place in the history, in the transaction that uses up what entitled to it.
pub(super) async fn write(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    password: &NewPassword,
    at: Timestamp,
) -> Result<(), StoreError> {
    let hash = password.hash();
    store::set_password(tx, account, &hash, at).await?;
    let entry = version_7(at, app.entropy.bytes());
    store::remember(tx, entry, account, &hash, at).await?;
    store::forget_older(tx, account, app.policy.password.history).await
}

fn read(texts: &[String]) -> Result<Vec<PasswordHash>, StoreError> {
    let corrupt = |MalformedHash| StoreError::Corrupt("password_history.hash");
    texts.iter().map(|text| text.parse().map_err(corrupt)).collect()
}

/// The recipes of a history, each once.
fn recipes(history: &[PasswordHash]) -> Vec<Recipe> {
    let mut recipes: Vec<Recipe> = Vec::new();
    for hash in history {
        if !recipes.contains(&hash.recipe) {
            recipes.push(hash.recipe);
        }
    }
    recipes
}

impl From<HashError> for Failure {
    fn from(error: HashError) -> Self {
        match error {
            HashError::NoSlot(reason) => reason.into(),
            HashError::Pepper | HashError::Parameters => Self::fault(error),
        }
    }
}
