//! One-time codes (RFC 6238): six digits of half a minute, by a secret that the database holds sealed.

use crate::entropy::Entropy;
use crate::keys::{Generation, Keys, Purpose};
use crate::store::StoreError;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use qrcode::{Color, EcLevel, QrCode};
use shared::identifiers::StaffId;
use shared::secrets::Secret;
use shared::staff::api::{CodeEnrolment, QrPath};
use shared::time::Timestamp;
use std::fmt::Write as _;
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

/// Bytes of a secret: as long as the digest under it (RFC 4226, section 4).
const LENGTH: usize = 20;
/// Bytes of a seal's nonce.
const NONCE: usize = 24;
/// Half minutes before and after the present one whose codes are accepted: clocks differ, and people type.
const SKEW: u16 = 1;
/// Light modules around a QR code, as its standard asks.
const QUIET: usize = 4;

/// The secret of somebody's one-time codes.
#[derive(Debug)]
pub(super) struct CodeSecret(Secret<[u8; LENGTH]>);

impl CodeSecret {
    /// A fresh one.
    pub(super) fn draw(entropy: &Entropy) -> Self {
        Self(Secret::new(entropy.bytes()))
    }

    /// The secret as it is stored: encrypted with a key that is not in the database, and bound to its owner, so that it is
    /// worth nothing in another row.
    pub(super) fn seal(
        &self,
        generation: &Generation,
        entropy: &Entropy,
        owner: StaffId,
    ) -> Result<Vec<u8>, StoreError> {
        let nonce: [u8; NONCE] = entropy.bytes();
        let mut sealed = Vec::with_capacity(LENGTH + 16);
        sealed.extend_from_slice(self.0.expose());
        XChaCha20Poly1305::new(generation.key(Purpose::StaffCode).expose().into())
            .encrypt_in_place(&XNonce::from(nonce), &bound(owner), &mut sealed)
            .map_err(|_| StoreError::Corrupt("staff.totp_secret"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The secret of a row, by whichever generation it was sealed.
    pub(super) fn open(keys: &Keys, sealed: &[u8], owner: StaffId) -> Result<Self, StoreError> {
        let opened = Self::opened(keys, sealed, owner).map(|(_, secret)| secret);
        opened.ok_or(StoreError::Corrupt("staff.totp_secret"))
    }

    /// The secret of a row, with the number of the generation that it was sealed with.
    pub(super) fn opened(keys: &Keys, sealed: &[u8], owner: StaffId) -> Option<(u32, Self)> {
        let generations = keys.generations();
        let mut opened = generations.iter().filter_map(|generation| {
            let secret = Self::open_with(generation, sealed, owner).ok()?;
            Some((generation.number(), secret))
        });
        opened.next()
    }

    fn open_with(generation: &Generation, sealed: &[u8], owner: StaffId) -> Result<Self, StoreError> {
        let damaged = || StoreError::Corrupt("staff.totp_secret");
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>().ok_or_else(damaged)?;
        let mut secret = Zeroizing::new(rest.to_vec());
        XChaCha20Poly1305::new(generation.key(Purpose::StaffCode).expose().into())
            .decrypt_in_place(&XNonce::from(*nonce), &bound(owner), &mut *secret)
            .map_err(|_| damaged())?;
        let secret = secret.as_slice().try_into().map_err(|_| damaged())?;
        Ok(Self(Secret::new(secret)))
    }

    /// The half minute whose code this is, if it is one that is accepted now. Whether it was used already is not asked here.
    pub(super) fn step_of(&self, code: &Secret<String>, now: Timestamp) -> Option<i64> {
        let digits: Zeroizing<String> =
            Zeroizing::new(code.expose().chars().filter(|one| !one.is_whitespace()).collect());
        let seconds = u64::try_from(now.as_millis() / 1000).ok()?;
        let step = self.codes("", None).check(&digits, seconds)?;
        i64::try_from(step).ok()
    }

    /// A secret that is known already: the demo's.
    pub(super) const fn of(secret: Secret<[u8; LENGTH]>) -> Self {
        Self(secret)
    }

    /// The code of a moment, for whoever has the app in their hands: the demo, and tests.
    pub(super) fn code_at(&self, now: Timestamp) -> Secret<String> {
        let seconds = u64::try_from(now.as_millis() / 1000).unwrap_or_default();
        Secret::new(self.codes("", None).generate(seconds).to_string())
    }

    /// The secret in base32, as it is typed into an app.
    pub(super) fn to_base32(&self) -> Secret<String> {
        Secret::new(self.codes("", None).secret().to_base32())
    }

    /// What an app needs to make the codes of `owner`, an address, for a site of `issuer`.
    pub(super) fn enrolment(&self, issuer: &str, owner: &str) -> Option<CodeEnrolment> {
        // A colon stands between the two in the address.
        let issuer = issuer.replace(':', " ");
        let codes = self.codes(owner, Some(&issuer));
        let uri = Secret::new(codes.to_url().ok()?);
        Some(CodeEnrolment {
            secret: Secret::new(codes.secret().to_base32()),
            qr: qr(uri.expose())?,
            uri,
        })
    }

    /// The defaults are what every app knows: SHA-1, six digits, half a minute (RFC 6238). Nothing is left to be refused: a
    /// secret has its length, and names without a colon come in.
    fn codes(&self, owner: &str, issuer: Option<&str>) -> Totp {
        Builder::new()
            .with_secret(self.0.expose().to_vec())
            .with_skew(SKEW)
            .with_account_name(owner)
            .with_issuer(issuer)
            .build_noncompliant()
    }
}

/// What a seal is bound to, besides its bytes.
fn bound(owner: StaffId) -> Vec<u8> {
    [b"clavero staff code 1 ".as_slice(), owner.as_uuid().as_bytes()].concat()
}

/// A text as a QR code that survives the loss of 15 % of it: a path of unit squares, a run of dark modules at a time.
fn qr(text: &str) -> Option<QrPath> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(side).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, width) = (column + QUIET, row + QUIET, run.len());
                write!(path, "M{x} {y}h{width}v1h-{width}z").ok()?;
            }
            column += run.len();
        }
    }
    Some(QrPath {
        size: u16::try_from(side + 2 * QUIET).ok()?,
        path: Secret::new(path),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_446_000_000);

    fn owner(number: u8) -> StaffId {
        StaffId::new(NOW, [number; 10])
    }

    /// RFC 6238, appendix B, for SHA-1 and its secret of 20 bytes; the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = CodeSecret(Secret::new(*b"12345678901234567890"));
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = Timestamp::from_millis(seconds * 1000);
            assert_eq!(secret.step_of(&code.into(), at), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_accepted_half_a_minute_before_and_after_and_no_longer() {
        let secret = CodeSecret::draw(&Entropy::seeded(1));
        let code = secret.code_at(NOW);
        // The present half minute begins here: its code is good from half a minute before to the end of the next one.
        let begins = NOW.as_millis() / 30_000 * 30_000;
        let at = |millis: i64| secret.step_of(&code, Timestamp::from_millis(begins + millis));
        assert_eq!(at(-30_001), None);
        assert!(at(-30_000).is_some());
        assert!(at(0).is_some());
        assert!(at(59_999).is_some());
        assert_eq!(at(60_000), None);
    }

    #[test]
    fn what_is_typed_with_spaces_is_read_and_nothing_else() {
        let secret = CodeSecret::draw(&Entropy::seeded(1));
        let code = secret.code_at(NOW);
        let (left, right) = code.expose().split_at(3);
        assert!(
            secret
                .step_of(&Secret::new(format!(" {left} {right}")), NOW)
                .is_some()
        );
        for wrong in ["", "000", "abcdef", "+12345", "1234567"] {
            assert_eq!(secret.step_of(&wrong.into(), NOW), None, "{wrong}");
        }
    }

    #[test]
    fn a_sealed_secret_opens_for_its_owner_and_its_key_only() {
        let (keys, entropy) = (Keys::new(Secret::new([7; 32])), Entropy::seeded(1));
        let secret = CodeSecret::draw(&entropy);
        let sealed = secret.seal(&keys.in_force(NOW), &entropy, owner(1)).unwrap();
        let opened = CodeSecret::open(&keys, &sealed, owner(1)).unwrap();
        assert_eq!(opened.0.expose(), secret.0.expose());
        assert!(CodeSecret::open(&keys, &sealed, owner(2)).is_err());
        assert!(CodeSecret::open(&Keys::new(Secret::new([8; 32])), &sealed, owner(1)).is_err());
        assert!(CodeSecret::open(&keys, &sealed[..30], owner(1)).is_err());
        assert!(CodeSecret::open(&keys, b"", owner(1)).is_err());
    }

    #[test]
    fn an_app_is_given_the_secret_its_owner_and_the_site() {
        let secret = CodeSecret::draw(&Entropy::seeded(1));
        let enrolment = secret
            .enrolment("Instituto: el de aquí", "ana@example.ec")
            .unwrap();
        let uri = enrolment.uri.expose();
        assert!(uri.starts_with("otpauth://totp/"), "{uri}");
        assert!(
            uri.contains(enrolment.secret.expose()) && uri.contains("ana%40example.ec"),
            "{uri}"
        );
        assert_eq!(enrolment.secret.expose().len(), 32);
        assert_eq!(secret.to_base32(), enrolment.secret);
        let size = usize::from(enrolment.qr.size);
        assert!(size > 2 * QUIET + 20 && enrolment.qr.path.expose().starts_with("M4 4h7v1h-7z"));
        assert!(!format!("{enrolment:?}").contains(enrolment.secret.expose().as_str()));
    }
}
