//! The person's device with its fingerprint: Chromium's virtual authenticator, over DevTools.

use crate::chrome::Chrome;
use serde_json::{Value, json};
use thirtyfour::WebDriver;

/// A platform authenticator of a browser's tab: discoverable passkeys, user verification, presence without asking.
pub struct Device {
    driver: WebDriver,
    id: String,
}

/// Whether the device recognises its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognises {
    /// The finger is the right one.
    Everybody,
    /// It is not.
    Nobody,
}

impl Device {
    /// Gives a browser a device that has no passkey yet and recognises its user.
    pub async fn of(chrome: &Chrome) -> Self {
        let driver = chrome.driver().clone();
        send(&driver, "WebAuthn.enable", json!({ "enableUI": false })).await;
        let options = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": true,
            "automaticPresenceSimulation": true,
        });
        let made = send(
            &driver,
            "WebAuthn.addVirtualAuthenticator",
            json!({ "options": options }),
        )
        .await;
        let id = made["authenticatorId"].as_str().expect("an id").to_owned();
        Self { driver, id }
    }

    /// From now on it recognises its user, or does not.
    pub async fn recognises(&self, whom: Recognises) {
        let parameters = json!({
            "authenticatorId": self.id,
            "isUserVerified": whom == Recognises::Everybody,
        });
        send(&self.driver, "WebAuthn.setUserVerified", parameters).await;
    }

    /// Its passkeys, as DevTools shows them.
    pub async fn passkeys(&self) -> Vec<Value> {
        let parameters = json!({ "authenticatorId": self.id });
        let answer = send(&self.driver, "WebAuthn.getCredentials", parameters).await;
        answer["credentials"].as_array().expect("a list").clone()
    }

    /// Loses its passkeys, as a device that was reset.
    pub async fn forgets(&self) {
        for passkey in self.passkeys().await {
            let parameters = json!({
                "authenticatorId": self.id,
                "credentialId": passkey["credentialId"],
            });
            send(&self.driver, "WebAuthn.removeCredential", parameters).await;
        }
    }
}

async fn send(driver: &WebDriver, command: &str, parameters: Value) -> Value {
    driver
        .cdp()
        .send_raw(command, parameters)
        .await
        .unwrap_or_else(|error| panic!("{command}: {error}"))
}
