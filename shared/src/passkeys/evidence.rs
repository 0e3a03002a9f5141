//! What an assertion that held proves.

use super::{PasskeyId, Purpose};

/// A passkey of the account was asserted, with its user verified, over a challenge drawn for this purpose that is spent by it.
/// Made by [`PasskeyAsserted::verified`] only, which the server's passkeys call when all of that is written down.
#[derive(Debug, PartialEq, Eq)]
pub struct PasskeyAsserted {
    passkey: PasskeyId,
    purpose: Purpose,
}

impl PasskeyAsserted {
    /// To be called when the signature, the origin, the site, the user's verification, the owner and the counter were found
    /// right and the challenge is spent.
    pub const fn verified(passkey: PasskeyId, purpose: Purpose) -> Self {
        Self { passkey, purpose }
    }

    /// Which one.
    pub const fn passkey(&self) -> PasskeyId {
        self.passkey
    }

    /// What it was asserted for. Good for nothing else.
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }
}
