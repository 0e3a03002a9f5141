//! Comparing a password with the one in force, in the same time whether there is an account or not.

use super::HashError;
use super::phc::{PasswordHash, Recipe};
use super::store::{self, Change};
use crate::app::App;
use crate::keys::Purpose;
use crate::slots::Room;
use crate::store::{StoreError, Tx};
use shared::identifiers::AccountId;
use shared::secrets::Secret;
use std::fmt;

/// The password in force of an account, or none: read before it is compared. Without one, the same work is done.
#[derive(Clone, Debug, Default)]
pub struct StoredPassword(Option<PasswordHash>);

/// What a comparison found.
#[derive(Debug)]
pub enum Checked {
    /// It is the password.
    Right(RightPassword),
    /// It is not, or there is none.
    Wrong,
}

/// Somebody knew the password of an account: made by [`StoredPassword::check`] only. It is worth nothing any more once
/// [`RightPassword::still`] says that the password was replaced meanwhile.
pub struct RightPassword {
    matched: PasswordHash,
    renewed: Option<PasswordHash>,
}

impl fmt::Debug for RightPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RightPassword(••••)")
    }
}

impl StoredPassword {
    /// The password whose hash is `text`; none without one. For people who have a password that is not an account's.
    pub fn of(text: Option<&str>) -> Result<Self, StoreError> {
        Ok(Self(text.map(read).transpose()?))
    }

    /// Reads the password in force of an account.
    pub(super) async fn load(tx: &mut Tx, account: AccountId) -> Result<Self, StoreError> {
        let text = store::password_hash(tx, account).await?;
        Ok(Self(text.map(|text| read(&text)).transpose()?))
    }

    /// Compares. Call it outside of any transaction, after the attempt was counted.
    ///
    /// An account without a password and one that does not exist cost a hash of the same parameters in the same slots. A
    /// right password that was hashed under other parameters than today's, or with an older pepper, is hashed once more, unless no
    /// slot is free. One whose pepper is gone is nobody's: no password is right, at the same cost.
    pub(super) async fn check(
        &self,
        app: &App,
        password: &Secret<String>,
        room: Room,
    ) -> Result<Checked, HashError> {
        let recipe = match &self.0 {
            Some(hash) => hash.recipe,
            None => nobody(app),
        };
        let output = match app.hasher.hash(password, recipe, room).await {
            Err(HashError::Pepper) => {
                let generation = recipe.generation;
                tracing::error!(
                    generation,
                    "a password cannot be compared: its generation is not in the ring of keys"
                );
                app.hasher.hash(password, nobody(app), room).await?;
                return Ok(Checked::Wrong);
            }
            hashed => hashed?,
        };
        match &self.0 {
            Some(hash) if hash.is(&output) => {
                let renewed = renewed(app, password, hash).await;
                Ok(Checked::Right(RightPassword {
                    matched: hash.clone(),
                    renewed,
                }))
            }
            Some(_) | None => Ok(Checked::Wrong),
        }
    }
}

impl RightPassword {
    /// Whether it is the password whose hash is `text`.
    pub fn is(&self, text: Option<&str>) -> bool {
        text.is_some_and(|text| text == self.matched.to_string())
    }

    /// The hash that matched and the one of today's parameters, where that differs.
    pub fn renewal(&self) -> Option<(String, String)> {
        let renewed = self.renewed.as_ref()?;
        Some((self.matched.to_string(), renewed.to_string()))
    }

    /// Whether it is still the password, to be asked in the transaction that relies on it, after the account was locked.
    pub(super) async fn still(&self, tx: &mut Tx, account: AccountId) -> Result<bool, StoreError> {
        let text = store::password_hash(tx, account).await?;
        Ok(self.is(text.as_deref()))
    }

    /// Writes the hash under the parameters of today, where there is one. The password stays the same, and so does its
    /// age; the history has the new hash in the place of the old one, so that it goes on costing one hash.
    pub(super) async fn renew(&self, tx: &mut Tx, account: AccountId) -> Result<Change, StoreError> {
        match &self.renewed {
            Some(renewed) => {
                store::renew_hash(tx, account, &self.matched.to_string(), &renewed.to_string()).await
            }
            None => Ok(Change::None),
        }
    }
}

/// The recipe for nobody's password: the policy's parameters and a salt of ours.
fn nobody(app: &App) -> Recipe {
    let digest = app.keys.digest(Purpose::Decoy, &[b"password"]);
    let mut salt = [0; 16];
    salt.copy_from_slice(&digest[..16]);
    Recipe::new(&app.policy.hashing, generation(app), salt)
}

/// The generation whose pepper new hashes have.
fn generation(app: &App) -> u32 {
    app.keys.in_force(app.clock.now()).number()
}

async fn renewed(app: &App, password: &Secret<String>, hash: &PasswordHash) -> Option<PasswordHash> {
    let (policy, generation) = (&app.policy.hashing, generation(app));
    if hash.recipe.is_current(policy, generation) {
        return None;
    }
    let recipe = Recipe::new(policy, generation, app.entropy.bytes());
    // Under load it waits for the next sign-in.
    let output = app.hasher.hash(password, recipe, Room::Half).await.ok()?;
    Some(PasswordHash { recipe, output })
}

fn read(text: &str) -> Result<PasswordHash, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Corrupt("accounts.password_hash"))
}
