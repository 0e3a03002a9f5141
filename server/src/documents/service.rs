//! What other slices may do with documents.
//!
//! ```text
//! let written = service::write(app, class, bytes, at).await?;        // outside a transaction: encrypts, writes the object
//! let id = service::keep(app, &mut tx, &written, Period::Request, subject).await?;   // in the caller's transaction
//! let bytes = service::read(app, id).await?;                          // outside a transaction
//! ```

use super::seal::{self, KeyId, WrappedKey};
use super::store::{self, NewRow};
use super::{DocumentError, MOST, Period};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::challenges::Call;
use crate::keys::{Digest, Generation};
use crate::store::{StoreError, Tx};
use shared::audit::{Actor, Event};
use shared::documents::DocumentClass;
use shared::identifiers::DocumentId;
use shared::time::Timestamp;
use std::fmt;
use std::time::Duration;

/// An object that was written and has no row yet. Dropped, it is swept away within hours.
pub struct Written {
    id: DocumentId,
    class: DocumentClass,
    size: usize,
    digest: Digest,
    key_id: KeyId,
    wrapped_key: WrappedKey,
    at: Timestamp,
}

impl Written {
    /// The id that the document will have.
    pub const fn id(&self) -> DocumentId {
        self.id
    }

    /// The keyed digest of its bytes.
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Written")
            .field("id", &self.id)
            .field("class", &self.class)
            .finish_non_exhaustive()
    }
}

/// Encrypts bytes and writes them as an object. Never within a transaction: a disk or a network may be slow.
pub async fn write(
    app: &App,
    class: DocumentClass,
    mut bytes: Vec<u8>,
    at: Timestamp,
) -> Result<Written, DocumentError> {
    let size = bytes.len();
    if size > MOST {
        return Err(DocumentError::TooLarge);
    }
    let _room = app.documents.room().await?;
    let id = DocumentId::new(at, app.entropy.bytes());
    let key = seal::fresh_key(&app.entropy);
    let generation = app.keys.in_force(app.clock.now());
    let wrapped_key = seal::wrap(&generation, &app.entropy, &key, id, class)?;
    let keys = app.keys.clone();
    let sealing = tokio::task::spawn_blocking(move || {
        let digest = seal::digest(&keys, &bytes);
        bytes.reserve_exact(seal::OVERHEAD);
        seal::seal(&key, id, class, &mut bytes)?;
        Ok::<_, DocumentError>((digest, bytes))
    });
    let (digest, sealed) = sealing.await.map_err(|_| DocumentError::CutOff)??;
    app.documents.put(id, sealed).await?;
    Ok(Written {
        id,
        class,
        size,
        digest,
        key_id: seal::key_id(&generation),
        wrapped_key,
        at,
    })
}

/// Gives an object its row: from the caller's commit on it is a document. The event goes to the audit log of `subject`.
pub async fn keep(
    app: &App,
    tx: &mut Tx,
    written: &Written,
    period: Period,
    subject: Subject,
) -> Result<DocumentId, StoreError> {
    let delete_after = written.at.after(length(app, period));
    store::insert(
        tx,
        &NewRow {
            id: written.id,
            class: written.class,
            size: written.size,
            digest: &written.digest,
            key_id: &written.key_id,
            wrapped_key: &written.wrapped_key,
            made_at: written.at,
            delete_after,
        },
    )
    .await?;
    let event = Event::DocumentKept {
        document: written.id,
        class: written.class,
        until: delete_after,
    };
    tell(app, tx, &event, Actor::System, subject, written.at).await?;
    Ok(written.id)
}

/// Whether a document is kept still, held or not; one that is being deleted is not gone yet.
pub async fn exists(tx: &mut Tx, id: DocumentId) -> Result<bool, StoreError> {
    Ok(store::by_id(tx, id).await?.is_some())
}

/// Reads a document as it was written.
pub async fn read(app: &App, id: DocumentId) -> Result<Vec<u8>, DocumentError> {
    let mut tx = app.store.read().await?;
    let row = store::by_id(&mut tx, id).await?;
    drop(tx);
    let row = row.ok_or(DocumentError::Missing)?;
    let wrapped = row.wrapped_key.ok_or(DocumentError::Missing)?;
    let key = seal::unwrap(&named(app, &row.key_id)?, &wrapped, id, row.class)?;
    let _room = app.documents.room().await?;
    let mut bytes = app.documents.get(id, row.size).await?;
    let keys = app.keys.clone();
    let opening = tokio::task::spawn_blocking(move || {
        seal::open(&key, id, row.class, &mut bytes)?;
        if seal::digest(&keys, &bytes).as_slice() == row.digest {
            Ok(bytes)
        } else {
            Err(DocumentError::Damaged)
        }
    });
    opening.await.map_err(|_| DocumentError::CutOff)?
}

/// The generation of keys that a row names.
fn named(app: &App, key_id: &[u8]) -> Result<Generation, DocumentError> {
    let generations = app.keys.generations();
    let mut named = generations
        .into_iter()
        .filter(|generation| seal::key_id(generation) == key_id);
    named.next().ok_or(DocumentError::OtherKey)
}

/// The name of the key with which a generation wraps those of documents.
pub fn key_id(generation: &Generation) -> [u8; 8] {
    seal::key_id(generation)
}

/// A document's key, given with the name of the key that wraps it, wrapped with another generation's.
pub fn wrapped_anew(
    app: &App,
    (id, class): (DocumentId, DocumentClass),
    (key_id, wrapped): (&[u8], &[u8]),
    generation: &Generation,
) -> Result<Vec<u8>, DocumentError> {
    let wrapped = WrappedKey::stored(wrapped.to_vec());
    let key = seal::unwrap(&named(app, key_id)?, &wrapped, id, class)?;
    let anew = seal::wrap(generation, &app.entropy, &key, id, class)?;
    Ok(anew.as_slice().to_vec())
}

/// Keeps a document for another period from `at` on, if that ends later than what was said before: a request that came back
/// signed, for one. Nothing happens to one that is being deleted, or is kept longer already.
pub async fn extend(
    app: &App,
    tx: &mut Tx,
    id: DocumentId,
    period: Period,
    subject: Subject,
    at: Timestamp,
) -> Result<(), StoreError> {
    let until = at.after(length(app, period));
    if store::extend(tx, id, until).await? == 1 {
        let event = Event::DocumentExtended { document: id, until };
        tell(app, tx, &event, Actor::System, subject, at).await?;
    }
    Ok(())
}

/// Holds a document: whatever its time, it is not deleted until it is released. [`StoreError::Changed`] when it is held already,
/// is being deleted, or is gone.
pub async fn hold(app: &App, tx: &mut Tx, id: DocumentId, call: Call) -> Result<(), StoreError> {
    exactly_one(store::hold(tx, id, call.at).await?)?;
    let event = Event::DocumentHeld { document: id };
    tell_call(app, tx, &event, call).await
}

/// Ends the hold of a document. [`StoreError::Changed`] when there is none.
pub async fn release(app: &App, tx: &mut Tx, id: DocumentId, call: Call) -> Result<(), StoreError> {
    exactly_one(store::release(tx, id).await?)?;
    let event = Event::DocumentReleased { document: id };
    tell_call(app, tx, &event, call).await
}

/// How long a period is.
fn length(app: &App, period: Period) -> Duration {
    match period {
        Period::Request => app.policy.retention.request(),
        Period::Signature => app.policy.retention.signature(),
        Period::Dossier => app.policy.retention.dossier(),
    }
}

/// Appends an event about a document.
pub(super) async fn tell(
    app: &App,
    tx: &mut Tx,
    event: &Event,
    actor: Actor,
    subject: Subject,
    at: Timestamp,
) -> Result<(), StoreError> {
    let entry = Entry {
        event,
        at,
        actor,
        subject,
        source: None,
        device: None,
        staff: None,
    };
    audit::service::append(app, tx, &entry).await
}

/// The same, of what somebody calls for: whoever keeps the server where no officer does.
async fn tell_call(app: &App, tx: &mut Tx, event: &Event, call: Call) -> Result<(), StoreError> {
    let entry = Entry {
        event,
        at: call.at,
        actor: match call.staff {
            Some(_) => Actor::Officer,
            None => Actor::System,
        },
        subject: Subject::default(),
        source: call.source,
        device: call.device,
        staff: call.staff,
    };
    audit::service::append(app, tx, &entry).await
}

const fn exactly_one(rows: u64) -> Result<(), StoreError> {
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}
