//! What a browser's `navigator.credentials` takes and gives, in WebAuthn's own JSON: what
//! `PublicKeyCredential.parseCreationOptionsFromJSON` and `parseRequestOptionsFromJSON` read and `toJSON` writes.
//! Source: Web Authentication Level 3, sections 5.1.8 to 5.1.10 and 5.4 to 5.5.
//!
//! Only the members that the server needs are here, each of a bounded length. Members that a browser adds are ignored: the
//! standard lets it, and what the device signed stands in the binary ones.

use super::Bytes;
use serde::{Deserialize, Serialize};

/// Names a credential; the device chose it.
pub type CredentialId = Bytes<1023>;
/// Fresh random bytes.
pub type Challenge = Bytes<64>;
/// Names the account to the device.
pub type UserHandle = Bytes<64>;

/// The one type of credential there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CredentialType {
    /// A key pair.
    #[serde(rename = "public-key")]
    PublicKey,
}

/// How much something is wanted of the device. We want everything or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Requirement {
    /// Without it the ceremony fails.
    Required,
}

/// Whether the device is to prove of which make it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Attestation {
    /// No: the officer sees the device, and the make is nobody's business.
    None,
}

/// What `navigator.credentials.create({ publicKey })` is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreationOptions {
    /// The site.
    pub rp: RelyingParty,
    /// The account, as the device's list of passkeys shows it.
    pub user: User,
    /// What the device is to answer.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub challenge: Challenge,
    /// The algorithms that the server understands, the best first.
    pub pub_key_cred_params: Vec<Algorithm>,
    /// How long the browser waits, in milliseconds.
    pub timeout: u32,
    /// Passkeys that the account has already: a device that holds one refuses to make another.
    pub exclude_credentials: Vec<Descriptor>,
    /// What the device must be able to do.
    pub authenticator_selection: Selection,
    /// Whether it must prove its make.
    pub attestation: Attestation,
    /// What else is asked of it.
    pub extensions: CreationExtensions,
}

/// The site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelyingParty {
    /// Its host: the passkey works there and nowhere else.
    pub id: String,
    /// The institution's name.
    pub name: String,
}

/// The account, as a device knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct User {
    /// Names it; says nothing about it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: UserHandle,
    /// The employer's number, masked: devices copy it to their providers.
    pub name: String,
    /// The same and the branch.
    pub display_name: String,
}

/// A signature algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Algorithm {
    /// For which type of credential.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// Its number in the COSE registry: -7 is ES256.
    pub alg: i64,
}

/// Names a credential in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Descriptor {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: CredentialId,
}

/// What the device must be able to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Selection {
    /// To find the passkey without being told its name.
    pub resident_key: Requirement,
    /// The same, for browsers that know only the older word.
    pub require_resident_key: bool,
    /// To verify its user by fingerprint, face or PIN.
    pub user_verification: Requirement,
}

/// What else is asked at the creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreationExtensions {
    /// To tell whether the passkey is discoverable.
    pub cred_props: bool,
    /// Never to show the passkey to somebody whom the device did not verify.
    pub credential_protection_policy: ProtectionPolicy,
    /// Whether a device that cannot is to refuse. It is not: the server checks for itself.
    pub enforce_credential_protection_policy: bool,
}

/// When a security key may use a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProtectionPolicy {
    /// After it verified its user.
    #[serde(rename = "userVerificationRequired")]
    UserVerificationRequired,
}

/// What `create` gave: the passkey that the device made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationResponse {
    /// The credential's name; in WebAuthn's JSON `id` and `rawId` are the same text.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub raw_id: CredentialId,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// What the device said.
    pub response: AttestationResponse,
    /// What the browser said of the extensions.
    #[serde(default)]
    pub client_extension_results: CreationResults,
}

/// What the device said at the creation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttestationResponse {
    /// What the browser had it sign: type, challenge and origin.
    #[serde(rename = "clientDataJSON")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub client_data_json: Bytes<2048>,
    /// The public key and the device's own data, in CBOR.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub attestation_object: Bytes<6144>,
}

/// What the browser said of the extensions at the creation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreationResults {
    /// The passkey's properties, where the browser tells them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cred_props: Option<CredentialProperties>,
}

/// Properties of a new passkey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialProperties {
    /// Whether it is discoverable, where the browser knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rk: Option<bool>,
}

/// What `navigator.credentials.get({ publicKey })` is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestOptions {
    /// What the device is to sign.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub challenge: Challenge,
    /// How long the browser waits, in milliseconds.
    pub timeout: u32,
    /// The site.
    pub rp_id: String,
    /// Always empty: the device finds the passkey, and nothing tells whether there is one.
    pub allow_credentials: Vec<Descriptor>,
    /// The device must verify its user.
    pub user_verification: Requirement,
}

/// What `get` gave: the device's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuthenticationResponse {
    /// The credential's name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub raw_id: CredentialId,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: CredentialType,
    /// What the device said.
    pub response: AssertionResponse,
}

/// What the device said at an assertion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssertionResponse {
    /// What the browser had it sign: type, challenge and origin.
    #[serde(rename = "clientDataJSON")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub client_data_json: Bytes<2048>,
    /// The site, the flags and the counter.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub authenticator_data: Bytes<1024>,
    /// The signature over both.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub signature: Bytes<1024>,
    /// Whose passkey it is. A discoverable one always says so; the server refuses an answer without it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub user_handle: Option<UserHandle>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_json_writes_is_read_and_what_it_adds_is_ignored() {
        let text = r#"{"id":"AQI","rawId":"AQI","type":"public-key","authenticatorAttachment":"platform",
            "response":{"clientDataJSON":"e30","attestationObject":"oA","authenticatorData":"AA",
            "transports":["internal"],"publicKeyAlgorithm":-7},"clientExtensionResults":{"credProps":{"rk":true}}}"#;
        let read: RegistrationResponse = serde_json::from_str(text).unwrap();
        assert_eq!(read.raw_id.as_slice(), [1, 2]);
        assert_eq!(
            read.client_extension_results
                .cred_props
                .and_then(|props| props.rk),
            Some(true)
        );
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(written["response"]["clientDataJSON"], "e30");
        assert_eq!(written["type"], "public-key");

        let text = r#"{"id":"AQI","rawId":"AQI","type":"public-key","clientExtensionResults":{},
            "response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","userHandle":null}}"#;
        let read: AuthenticationResponse = serde_json::from_str(text).unwrap();
        assert_eq!(read.response.user_handle, None);
    }

    #[test]
    fn options_are_written_as_browsers_read_them() {
        let options = RequestOptions {
            challenge: Bytes::new([7; 32]).unwrap(),
            timeout: 60_000,
            rp_id: "localhost".to_owned(),
            allow_credentials: Vec::new(),
            user_verification: Requirement::Required,
        };
        let written = serde_json::to_value(&options).unwrap();
        assert_eq!(written["rpId"], "localhost");
        assert_eq!(written["userVerification"], "required");
        assert_eq!(written["allowCredentials"], serde_json::json!([]));
    }
}
