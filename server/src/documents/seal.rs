//! How a document is sealed: a key of its own, wrapped by the server's.
//!
//! The key of a document seals one text, once, so its nonce can be zero; wrapped keys are many under one key, and have
//! random nonces of 192 bits. Both are bound to the document's id and class.

use super::DocumentError;
use crate::entropy::Entropy;
use crate::keys::{Digest, Generation, Keys, Purpose};
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce, XChaCha20Poly1305, XNonce};
use shared::documents::DocumentClass;
use shared::identifiers::DocumentId;
use shared::secrets::Secret;
use zeroize::Zeroizing;

/// How much longer an object is than its document.
pub(super) const OVERHEAD: usize = 16;

/// The length of a wrapped key's nonce.
const NONCE: usize = 24;

/// Which key wraps others: a name.
pub(super) type KeyId = [u8; 8];

/// A document's own key, wrapped: nonce, key, tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrappedKey(Vec<u8>);

impl WrappedKey {
    pub(super) const fn stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

/// The name of the key of a generation that wraps others.
pub(super) fn key_id(generation: &Generation) -> KeyId {
    let mut id = KeyId::default();
    let name = generation.digest(Purpose::DocumentDigest, &[b"key"]);
    id.copy_from_slice(&name[..size_of::<KeyId>()]);
    id
}

/// The digest of a document's bytes.
pub(super) fn digest(keys: &Keys, bytes: &[u8]) -> Digest {
    keys.digest(Purpose::DocumentDigest, &[b"document", bytes])
}

/// A fresh key for one document.
pub(super) fn fresh_key(entropy: &Entropy) -> Secret<[u8; 32]> {
    Secret::new(entropy.bytes())
}

/// Encrypts a document where it stands.
pub(super) fn seal(
    key: &Secret<[u8; 32]>,
    id: DocumentId,
    class: DocumentClass,
    bytes: &mut Vec<u8>,
) -> Result<(), DocumentError> {
    ChaCha20Poly1305::new(key.expose().into())
        .encrypt_in_place(&Nonce::default(), &bound(id, class), bytes)
        .map_err(|_| DocumentError::TooLarge)
}

/// Decrypts an object where it stands.
pub(super) fn open(
    key: &Secret<[u8; 32]>,
    id: DocumentId,
    class: DocumentClass,
    bytes: &mut Vec<u8>,
) -> Result<(), DocumentError> {
    ChaCha20Poly1305::new(key.expose().into())
        .decrypt_in_place(&Nonce::default(), &bound(id, class), bytes)
        .map_err(|_| DocumentError::Damaged)
}

/// Wraps a document's key.
pub(super) fn wrap(
    generation: &Generation,
    entropy: &Entropy,
    key: &Secret<[u8; 32]>,
    id: DocumentId,
    class: DocumentClass,
) -> Result<WrappedKey, DocumentError> {
    let nonce: [u8; NONCE] = entropy.bytes();
    // Encrypted where it stands, so that no copy stays: the tag has room already.
    let mut wrapped = Vec::with_capacity(key.expose().len() + OVERHEAD);
    wrapped.extend_from_slice(key.expose());
    XChaCha20Poly1305::new(generation.key(Purpose::Document).expose().into())
        .encrypt_in_place(&XNonce::from(nonce), &bound(id, class), &mut wrapped)
        .map_err(|_| DocumentError::TooLarge)?;
    Ok(WrappedKey([nonce.as_slice(), &wrapped].concat()))
}

/// Unwraps a document's key.
pub(super) fn unwrap(
    generation: &Generation,
    wrapped: &WrappedKey,
    id: DocumentId,
    class: DocumentClass,
) -> Result<Secret<[u8; 32]>, DocumentError> {
    let (nonce, rest) = wrapped
        .0
        .split_first_chunk::<NONCE>()
        .ok_or(DocumentError::Damaged)?;
    let mut key = Zeroizing::new(rest.to_vec());
    XChaCha20Poly1305::new(generation.key(Purpose::Document).expose().into())
        .decrypt_in_place(&XNonce::from(*nonce), &bound(id, class), &mut *key)
        .map_err(|_| DocumentError::Damaged)?;
    let key = key.as_slice().try_into().map_err(|_| DocumentError::Damaged)?;
    Ok(Secret::new(key))
}

/// What a seal is bound to, besides its bytes.
fn bound(id: DocumentId, class: DocumentClass) -> Vec<u8> {
    [
        b"clavero document 1 ",
        id.as_uuid().as_bytes().as_slice(),
        class.as_str().as_bytes(),
    ]
    .concat()
}
