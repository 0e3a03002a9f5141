//! The one door to the library that draws challenges and verifies answers: our bounded types on one side, its own on the
//! other. Between them stands WebAuthn's JSON, which both speak.

use crate::accounts::Account;
use crate::config::Config;
use crate::store::StoreError;
use serde::Deserialize;
use serde_json::json;
use shared::passkeys::RefusedBecause;
use shared::passkeys::browser::{
    Algorithm, Attestation, AuthenticationResponse, CreationExtensions, CreationOptions, CredentialType,
    Descriptor, ProtectionPolicy, RegistrationResponse, RelyingParty, RequestOptions, Requirement, Selection,
    User,
};
use shared::passkeys::{Bytes, MalformedBytes};
use std::time::Duration;
use webauthn_rs::prelude::{
    Credential, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Where no browser makes a passkey: the public address is a bare number.
const NOWHERE: &str = "localhost";

/// Draws challenges and verifies answers for this site: host, origin and institution are the configuration's.
#[derive(Clone, Debug)]
pub struct Verifier(Webauthn);

/// A challenge that was drawn.
#[derive(Debug)]
pub(crate) struct Drawn<T> {
    /// For the browser.
    pub(crate) options: T,
    /// For the row, to compare the answer with.
    pub(crate) state: String,
}

impl Verifier {
    /// The site of a configuration.
    ///
    /// Browsers make passkeys for names only. Where the public address is a number, challenges are drawn all the same, so that
    /// nothing else differs; no browser answers them.
    ///
    /// # Panics
    /// Never: a public address is a URL, and `localhost` is a name.
    pub fn new(config: &Config) -> Self {
        let (name, lifetime) = (
            &config.institution.name,
            config.policy.passkeys.ceremony_lifetime(),
        );
        let origin = Url::parse(config.public_url.origin()).ok();
        origin
            .and_then(|origin| site(&origin, name, lifetime).ok())
            .or_else(|| {
                let origin = Url::parse(&format!("http://{NOWHERE}")).ok()?;
                site(&origin, name, lifetime).ok()
            })
            .map(Self)
            .expect("localhost is a name")
    }

    /// Draws the challenge of a new passkey of an account that has these.
    pub(super) fn create(
        &self,
        account: &Account,
        existing: &[Credential],
    ) -> Result<Drawn<CreationOptions>, StoreError> {
        let employer = account.employer.masked();
        let shown = format!("{employer} · {}", account.branch);
        self.create_for(account.id.as_uuid(), (&employer, &shown), existing)
    }

    /// The same for anybody: the handle by which the device names its owner, and the two names that it shows.
    pub(crate) fn create_for(
        &self,
        handle: Uuid,
        (name, shown): (&str, &str),
        existing: &[Credential],
    ) -> Result<Drawn<CreationOptions>, StoreError> {
        let known = existing
            .iter()
            .map(|credential| credential.cred_id.clone())
            .collect();
        let (drawn, state) = self
            .0
            .start_passkey_registration(handle, name, shown, Some(known))
            .map_err(|_| StoreError::Corrupt("a challenge cannot be drawn"))?;
        let drawn = drawn.public_key;
        Ok(Drawn {
            options: CreationOptions {
                rp: RelyingParty {
                    id: drawn.rp.id,
                    name: drawn.rp.name,
                },
                user: User {
                    id: bytes(drawn.user.id)?,
                    name: drawn.user.name,
                    display_name: drawn.user.display_name,
                },
                challenge: bytes(drawn.challenge)?,
                pub_key_cred_params: drawn
                    .pub_key_cred_params
                    .iter()
                    .map(|param| Algorithm {
                        kind: CredentialType::PublicKey,
                        alg: param.alg,
                    })
                    .collect(),
                timeout: drawn.timeout.unwrap_or_default(),
                exclude_credentials: existing.iter().map(descriptor).collect::<Result<_, _>>()?,
                // Stricter than the library asks: without a name in the challenge only a discoverable passkey is found.
                authenticator_selection: Selection {
                    resident_key: Requirement::Required,
                    require_resident_key: true,
                    user_verification: Requirement::Required,
                },
                attestation: Attestation::None,
                extensions: CreationExtensions {
                    cred_props: true,
                    credential_protection_policy: ProtectionPolicy::UserVerificationRequired,
                    enforce_credential_protection_policy: false,
                },
            },
            state: written(&state)?,
        })
    }

    /// Verifies what a device made.
    pub(crate) fn created(
        &self,
        state: &str,
        response: &RegistrationResponse,
    ) -> Result<Credential, RefusedBecause> {
        let state: PasskeyRegistration =
            serde_json::from_str(state).map_err(|_| RefusedBecause::NoCeremony)?;
        let properties = response.client_extension_results.cred_props;
        if properties.and_then(|properties| properties.rk) == Some(false) {
            return Err(RefusedBecause::NotDiscoverable);
        }
        not_framed(response.response.client_data_json.as_slice())?;
        let id = response.raw_id.to_text();
        let answer: RegisterPublicKeyCredential = serde_json::from_value(json!({
            "id": id,
            "rawId": id,
            "type": response.kind,
            "response": response.response,
        }))
        .map_err(|_| RefusedBecause::Invalid)?;
        let credential: Credential = self
            .0
            .finish_passkey_registration(&answer, &state)
            .map_err(|error| reason(&error))?
            .into();
        if credential.cred_id != response.raw_id.as_slice() {
            return Err(RefusedBecause::Invalid);
        }
        Ok(credential)
    }

    /// Draws the challenge of an assertion. It names nobody.
    pub(crate) fn request(&self) -> Result<Drawn<RequestOptions>, StoreError> {
        let (drawn, state) = self
            .0
            .start_discoverable_authentication()
            .map_err(|_| StoreError::Corrupt("a challenge cannot be drawn"))?;
        let drawn = drawn.public_key;
        Ok(Drawn {
            options: RequestOptions {
                challenge: bytes(drawn.challenge)?,
                timeout: drawn.timeout.unwrap_or_default(),
                rp_id: drawn.rp_id,
                allow_credentials: Vec::new(),
                user_verification: Requirement::Required,
            },
            state: written(&state)?,
        })
    }

    /// Verifies an assertion with the passkey that it names; the passkey as it is after this use.
    pub(crate) fn asserted(
        &self,
        state: &str,
        response: &AuthenticationResponse,
        credential: &Credential,
    ) -> Result<Credential, RefusedBecause> {
        let state: DiscoverableAuthentication =
            serde_json::from_str(state).map_err(|_| RefusedBecause::NoCeremony)?;
        not_framed(response.response.client_data_json.as_slice())?;
        let id = response.raw_id.to_text();
        let answer: PublicKeyCredential = serde_json::from_value(json!({
            "id": id,
            "rawId": id,
            "type": response.kind,
            "response": response.response,
        }))
        .map_err(|_| RefusedBecause::Invalid)?;
        let result = self
            .0
            .finish_discoverable_authentication_v2(&answer, state, credential)
            .map_err(|error| reason(&error))?;
        if !result.user_verified() {
            return Err(RefusedBecause::UserNotVerified);
        }
        let mut used = Passkey::from(credential.clone());
        used.update_credential(&result);
        Ok(used.into())
    }
}

/// What the browser says of the frames around the page. The signature covers it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Framing {
    #[serde(default)]
    cross_origin: Option<bool>,
    #[serde(default)]
    top_origin: Option<String>,
}

/// Whether the page stood by itself. The library asks that at the creation only (WebAuthn Level 3, 7.2, step 14), and our
/// pages are never in frames.
fn not_framed(client_data: &[u8]) -> Result<(), RefusedBecause> {
    let framing: Framing = serde_json::from_slice(client_data).map_err(|_| RefusedBecause::Invalid)?;
    if framing.cross_origin == Some(true) || framing.top_origin.is_some() {
        return Err(RefusedBecause::OtherOrigin);
    }
    Ok(())
}

fn site(origin: &Url, name: &str, lifetime: Duration) -> Result<Webauthn, WebauthnError> {
    let host = origin.domain().ok_or(WebauthnError::Configuration)?;
    WebauthnBuilder::new(host, origin)?
        .rp_name(name)
        .timeout(lifetime)
        .build()
}

fn descriptor(credential: &Credential) -> Result<Descriptor, StoreError> {
    Ok(Descriptor {
        kind: CredentialType::PublicKey,
        id: bytes(credential.cred_id.clone())?,
    })
}

fn bytes<const MAX: usize>(bytes: Vec<u8>) -> Result<Bytes<MAX>, StoreError> {
    Bytes::new(bytes).map_err(|reason| match reason {
        MalformedBytes::Missing | MalformedBytes::TooLong | MalformedBytes::Malformed => {
            StoreError::Corrupt("a challenge or credential of another length")
        }
    })
}

fn written(state: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(state).map_err(|_| StoreError::Corrupt("passkey_ceremonies.state"))
}

/// What the audit log says of the library's reason.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's enum is open; what nobody acts on is one reason"
)]
fn reason(error: &WebauthnError) -> RefusedBecause {
    match error {
        WebauthnError::MismatchedChallenge => RefusedBecause::OtherChallenge,
        WebauthnError::InvalidRPOrigin | WebauthnError::CredentialCrossOrigin => RefusedBecause::OtherOrigin,
        WebauthnError::InvalidRPIDHash => RefusedBecause::OtherSite,
        WebauthnError::UserNotPresent | WebauthnError::UserNotVerified => RefusedBecause::UserNotVerified,
        WebauthnError::CredentialPossibleCompromise => RefusedBecause::CounterBehind,
        _ => RefusedBecause::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn of(public_url: &str) -> RequestOptions {
        let text = format!("public_url = \"{public_url}\"");
        let config = Config::parse(&text, Path::new(".")).unwrap();
        Verifier::new(&config).request().unwrap().options
    }

    #[test]
    fn the_site_is_the_host_of_the_public_address() {
        assert_eq!(of("https://clave.example.ec").rp_id, "clave.example.ec");
        assert_eq!(of("https://clave.example.ec:8443").rp_id, "clave.example.ec");
        assert_eq!(of("http://localhost:8080").rp_id, "localhost");
    }

    #[test]
    fn an_address_of_numbers_draws_challenges_that_no_browser_answers() {
        for address in ["http://127.0.0.1:8080", "http://[::1]:8080", "https://192.0.2.7"] {
            assert_eq!(of(address).rp_id, NOWHERE);
        }
    }

    #[test]
    fn a_page_in_a_frame_of_another_site_is_refused() {
        let said = |text: &str| not_framed(text.as_bytes());
        assert_eq!(said(r#"{"type":"webauthn.get"}"#), Ok(()));
        assert_eq!(said(r#"{"crossOrigin":false}"#), Ok(()));
        assert_eq!(said(r#"{"crossOrigin":true}"#), Err(RefusedBecause::OtherOrigin));
        let framed = r#"{"crossOrigin":false,"topOrigin":"https://evil.example"}"#;
        assert_eq!(said(framed), Err(RefusedBecause::OtherOrigin));
        let twice = r#"{"crossOrigin":true,"crossOrigin":false}"#;
        assert_eq!(said(twice), Err(RefusedBecause::Invalid));
    }

    #[test]
    fn a_challenge_names_nobody_and_is_never_the_same() {
        let (one, other) = (of("http://localhost"), of("http://localhost"));
        assert!(one.allow_credentials.is_empty());
        assert_eq!(one.challenge.as_slice().len(), 32);
        assert_ne!(one.challenge, other.challenge);
        assert_eq!(one.user_verification, Requirement::Required);
    }
}
