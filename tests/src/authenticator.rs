//! A passkey in software: the device of a person, which the tests may have lie.
//!
//! A [`Device`] holds at most one passkey, like the authenticators of its make (`passkey`, by 1Password) with a store of one.
//! What a browser adds is written here, so that a test can write something else: the origin of the page, the site, the type.
//!
//! ```ignore
//! let mut device = Device::of(&world);
//! authenticator::enrol(&world, &mut device, "1790016919001").await;
//! let answer = device.sign(&options).await;                         // RequestOptions -> AuthenticationResponse
//! let answer = device.lying(Lie::Origin("https://evil.example")).sign(&options).await;
//! ```

use crate::World;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passkey::authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod};
use passkey::crypto::rust_crypto::RustCryptoBackend;
use passkey::types::ctap2::{Aaguid, Ctap2Error, get_assertion, make_credential};
use passkey::types::{Passkey, webauthn};
use serde_json::json;
use server::passkeys::{EnrolmentAsked, service};
use shared::api::Problem;
use shared::passkeys::Bytes;
use shared::passkeys::api::{
    BeginEnrolment, Enrolment, EnrolmentBegun, EnrolmentDone, EnrolmentToken, FinishEnrolment,
};
use shared::passkeys::browser::{
    AssertionResponse, AttestationResponse, AuthenticationResponse, CreationOptions, CreationResults,
    CredentialProperties, CredentialType, RegistrationResponse, RequestOptions,
};
use shared::secrets::Secret;
use std::pin::Pin;

/// A device with at most one passkey, in the hands of its owner.
#[derive(Clone, Debug)]
pub struct Device {
    passkey: Option<Passkey>,
    origin: String,
    counts: Counts,
    lie: Option<Lie>,
}

/// Whether a device counts its signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    Always,
    Never,
}

/// What a device, its browser or somebody between says that is not so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lie {
    /// The page is of this origin.
    Origin(&'static str),
    /// The site is this one.
    Site(&'static str),
    /// The user was not verified, only present.
    Unverified,
    /// The page stands in a frame of another site.
    Framed,
    /// The type of the ceremony is the other one.
    Type(&'static str),
    /// The passkey is of this account; of none if there is nothing.
    Owner(Option<Vec<u8>>),
    /// The signature has one bit turned.
    Signature,
    /// The passkey is not discoverable.
    NotDiscoverable,
}

/// Verifies its user by touch.
struct Person;

impl UserValidationMethod for Person {
    type PasskeyItem = Passkey;

    // What the trait's own macro would write: the one place in the project that needs it.
    fn check_user<'hint, 'this, 'future>(
        &'this self,
        _hint: UiHint<'hint, Passkey>,
        presence: bool,
        verification: bool,
    ) -> Pin<Box<dyn Future<Output = Result<UserCheck, Ctap2Error>> + Send + 'future>>
    where
        'hint: 'future,
        'this: 'future,
        Self: 'future,
    {
        Box::pin(std::future::ready(Ok(UserCheck {
            presence,
            verification,
        })))
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

impl Device {
    /// A new device whose browser is on a page of the portal. It counts its signatures.
    pub fn of(world: &World) -> Self {
        Self {
            passkey: None,
            origin: world.app.config.public_url.origin().to_owned(),
            counts: Counts::Always,
            lie: None,
        }
    }

    /// The same, with a counter that stays 0, as on devices that copy their passkeys.
    #[must_use]
    pub fn that_does_not_count(mut self) -> Self {
        self.counts = Counts::Never;
        self
    }

    /// A copy of the device, passkey and all, that tells a lie.
    #[must_use]
    pub fn lying(&self, lie: Lie) -> Self {
        Self {
            lie: Some(lie),
            ..self.clone()
        }
    }

    /// How often its passkey signed.
    pub fn counter(&self) -> u32 {
        let passkey = self.passkey.as_ref();
        passkey.and_then(|passkey| passkey.counter).unwrap_or_default()
    }

    /// Makes a passkey, as `navigator.credentials.create` does.
    pub async fn create(&mut self, options: &CreationOptions) -> RegistrationResponse {
        let client = self.client_data("webauthn.create", options.challenge.as_slice());
        let request = make_credential::Request {
            client_data_hash: hash(&client).into(),
            rp: make_credential::PublicKeyCredentialRpEntity {
                id: self.site(&options.rp.id),
                name: Some(options.rp.name.clone()),
            },
            user: webauthn::PublicKeyCredentialUserEntity {
                id: options.user.id.as_slice().to_vec().into(),
                name: options.user.name.clone(),
                display_name: options.user.display_name.clone(),
            },
            pub_key_cred_params: webauthn::PublicKeyCredentialParameters::default_algorithms(),
            exclude_list: None,
            extensions: None,
            options: make_credential::Options {
                rk: true,
                up: true,
                uv: self.verifies(),
            },
            pin_auth: None,
            pin_protocol: None,
        };
        let mut authenticator = self.authenticator();
        let made = authenticator
            .make_credential(request)
            .await
            .expect("a device makes a passkey");
        self.passkey.clone_from(authenticator.store());
        let passkey = self.passkey.as_ref().expect("the device keeps its passkey");
        RegistrationResponse {
            raw_id: bytes(&passkey.credential_id),
            kind: CredentialType::PublicKey,
            response: AttestationResponse {
                client_data_json: bytes(&client),
                attestation_object: bytes(&made.as_webauthn_bytes()),
            },
            client_extension_results: CreationResults {
                cred_props: Some(CredentialProperties {
                    rk: Some(self.lie != Some(Lie::NotDiscoverable)),
                }),
            },
        }
    }

    /// Signs a challenge, as `navigator.credentials.get` does.
    pub async fn sign(&mut self, options: &RequestOptions) -> AuthenticationResponse {
        let client = self.client_data("webauthn.get", options.challenge.as_slice());
        let request = get_assertion::Request {
            rp_id: self.site(&options.rp_id),
            client_data_hash: hash(&client).into(),
            allow_list: None,
            extensions: None,
            options: get_assertion::Options {
                up: true,
                uv: self.verifies(),
            },
            pin_auth: None,
            pin_protocol: None,
        };
        let mut authenticator = self.authenticator();
        let signed = authenticator
            .get_assertion(request)
            .await
            .expect("a device with a passkey signs");
        self.passkey.clone_from(authenticator.store());
        let mut signature = signed.signature.to_vec();
        if self.lie == Some(Lie::Signature) {
            *signature.last_mut().expect("a signature") ^= 1;
        }
        let owner = match &self.lie {
            Some(Lie::Owner(owner)) => owner.clone(),
            _ => signed.user.map(|user| user.id.to_vec()),
        };
        AuthenticationResponse {
            raw_id: bytes(&signed.credential.expect("a passkey is named").id),
            kind: CredentialType::PublicKey,
            response: AssertionResponse {
                client_data_json: bytes(&client),
                authenticator_data: bytes(&signed.auth_data.to_vec()),
                signature: bytes(&signature),
                user_handle: owner.map(|owner| bytes(&owner)),
            },
        }
    }

    fn authenticator(&self) -> Authenticator<Option<Passkey>, Person, RustCryptoBackend> {
        let mut authenticator = Authenticator::new(
            Aaguid::new_empty(),
            self.passkey.clone(),
            Person,
            RustCryptoBackend,
        );
        authenticator.set_make_credentials_with_signature_counter(self.counts == Counts::Always);
        authenticator
    }

    fn verifies(&self) -> bool {
        self.lie != Some(Lie::Unverified)
    }

    fn site(&self, asked: &str) -> String {
        match &self.lie {
            Some(Lie::Site(site)) => (*site).to_owned(),
            _ => asked.to_owned(),
        }
    }

    /// What the browser has the device sign.
    fn client_data(&self, kind: &str, challenge: &[u8]) -> Vec<u8> {
        let origin = match &self.lie {
            Some(Lie::Origin(origin)) => *origin,
            _ => &self.origin,
        };
        let kind = match &self.lie {
            Some(Lie::Type(other)) => *other,
            _ => kind,
        };
        json!({
            "type": kind,
            "challenge": URL_SAFE_NO_PAD.encode(challenge),
            "origin": origin,
            "crossOrigin": self.lie == Some(Lie::Framed),
        })
        .to_string()
        .into_bytes()
    }
}

/// The token of a fresh enrolment link of an employer's account, from `clavero staff enrol-link`.
pub async fn link(world: &World, employer: &str) -> EnrolmentToken {
    let asked = EnrolmentAsked {
        employer: employer.parse().expect("an employer's number"),
        branch: shared::identifiers::Branch::default(),
        officer: "Lucía Paz".parse().expect("a name"),
        reason: "cédula original, RUC activo".parse().expect("a reason"),
    };
    let made = service::make_enrolment_link(&world.app, &asked)
        .await
        .expect("an account that may have a passkey");
    EnrolmentToken {
        token: Secret::new(made.token.expose().clone()),
    }
}

/// Draws the challenge of a new passkey.
pub async fn begin(world: &World, link: &EnrolmentToken) -> Result<EnrolmentBegun, Problem> {
    world.browser().call::<BeginEnrolment>(link).await
}

/// Sends what a device made.
pub async fn finish(
    world: &World,
    link: &EnrolmentToken,
    name: &str,
    credential: RegistrationResponse,
) -> Result<EnrolmentDone, Problem> {
    let enrolment = Enrolment {
        token: Secret::new(link.token.expose().clone()),
        name: name.parse().expect("a name for a passkey"),
        credential,
    };
    world.browser().call::<FinishEnrolment>(&enrolment).await
}

/// Enrols a new passkey of a device for an employer's account, from the officer's link to the end.
pub async fn enrol(world: &World, device: &mut Device, employer: &str) -> EnrolmentDone {
    let link = link(world, employer).await;
    let begun = begin(world, &link).await.expect("a challenge");
    let made = device.create(&begun.options).await;
    finish(world, &link, "Huella del celular", made)
        .await
        .expect("an enrolled passkey")
}

fn hash(client_data: &[u8]) -> Vec<u8> {
    use passkey::crypto::CryptoBackend;
    use passkey::crypto::hash::Sha256Backend;
    <RustCryptoBackend as CryptoBackend>::Sha256::sha256(client_data).to_vec()
}

fn bytes<const MAX: usize>(bytes: &[u8]) -> Bytes<MAX> {
    Bytes::new(bytes).expect("bytes that fit")
}
