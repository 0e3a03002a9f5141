//! Keys derived from one master secret, one for each purpose, and the keyed digests made with them.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use shared::secrets::Secret;

/// A keyed digest: what the database holds instead of a secret or of personal data.
pub type Digest = [u8; 32];

/// What a key is for. A digest made for one purpose never equals one made for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Tokens of links.
    Link,
    /// The cookie of a case.
    Case,
    /// Identifiers under which attempts, limits and question sets are counted.
    Subject,
    /// Expected answers.
    Answer,
    /// The captcha's signature.
    Captcha,
    /// The pepper of passwords.
    Pepper,
    /// The chain of audit events.
    Audit,
    /// Decoys that must look the same every time for an unknown identifier.
    Decoy,
    /// Tokens of links with which an owner freezes the account.
    Freeze,
    /// The cookie of a session.
    Session,
    /// The cookie of a browser that an account knows.
    Device,
    /// Tokens of invitations.
    Invitation,
    /// Tokens of links to the new and the old contacts of an account.
    Contact,
    /// Tokens of links with which a passkey is enrolled.
    Enrolment,
    /// The cookie of a case of unblocking.
    UnlockCase,
    /// Tokens of links that unblock.
    UnlockLink,
    /// The cookie of a case of a signed request.
    SignatureCase,
    /// The cookie of a browser that looks after an appointment.
    Appointment,
    /// Tokens of links to an appointment.
    AppointmentLink,
    /// The names of rooms for appointments by video.
    VideoRoom,
    /// Whose passkey it is: the representative's number.
    PasskeyHolder,
    /// Wraps the keys of documents; nothing is digested with it.
    Document,
    /// Digests of documents, and the name of the key that wraps theirs.
    DocumentDigest,
    /// The cookie of a session of the staff.
    StaffSession,
    /// Tokens of invitations to the staff.
    StaffInvitation,
    /// Seals the secrets of the staff's one-time codes; nothing is digested with it.
    StaffCode,
    /// Passwords and secrets of the demo's staff.
    Demo,
    /// The seal of backups, and the name of the key that they need.
    Backup,
}

/// The master secret: 32 random bytes in a file that only the server's user may read.
#[derive(Clone, Debug)]
pub struct Keys(Secret<[u8; 32]>);

impl Keys {
    /// From the master secret.
    pub const fn new(master: Secret<[u8; 32]>) -> Self {
        Self(master)
    }

    /// The key of a purpose.
    pub fn key(&self, purpose: Purpose) -> Secret<[u8; 32]> {
        let label: &[u8] = match purpose {
            Purpose::Link => b"clavero link",
            Purpose::Case => b"clavero case",
            Purpose::Subject => b"clavero subject",
            Purpose::Answer => b"clavero answer",
            Purpose::Captcha => b"clavero captcha",
            Purpose::Pepper => b"clavero pepper",
            Purpose::Audit => b"clavero audit",
            Purpose::Decoy => b"clavero decoy",
            Purpose::Freeze => b"clavero freeze",
            Purpose::Session => b"clavero session",
            Purpose::Device => b"clavero device",
            Purpose::Invitation => b"clavero invitation",
            Purpose::Contact => b"clavero contact",
            Purpose::Enrolment => b"clavero enrolment",
            Purpose::UnlockCase => b"clavero unlock case",
            Purpose::UnlockLink => b"clavero unlock link",
            Purpose::SignatureCase => b"clavero signature case",
            Purpose::Appointment => b"clavero appointment",
            Purpose::AppointmentLink => b"clavero appointment link",
            Purpose::VideoRoom => b"clavero video room",
            Purpose::PasskeyHolder => b"clavero passkey holder",
            Purpose::Document => b"clavero document",
            Purpose::DocumentDigest => b"clavero document digest",
            Purpose::StaffSession => b"clavero staff session",
            Purpose::StaffInvitation => b"clavero staff invitation",
            Purpose::StaffCode => b"clavero staff code",
            Purpose::Demo => b"clavero demo",
            Purpose::Backup => b"clavero backup",
        };
        Secret::new(mac(self.0.expose(), &[label]))
    }

    /// The digest of `parts` under the key of `purpose`. Parts are length-prefixed: `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn digest(&self, purpose: Purpose, parts: &[&[u8]]) -> Digest {
        mac(self.key(purpose).expose(), parts)
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> Digest {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
