//! Where objects are: a folder, or whatever else stores objects.

use super::{DocumentError, MOST};
use crate::documents::seal::OVERHEAD;
use futures_util::StreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions};
use shared::identifiers::DocumentId;
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};

/// How many documents are in memory at a time.
const AT_A_TIME: usize = 4;

/// Where documents are kept. Clones share it.
#[derive(Clone, Debug)]
pub struct Documents(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    objects: Arc<dyn ObjectStore>,
    memory: Semaphore,
}

impl Documents {
    /// In a folder, which is made if it is missing, for its owner's eyes only. What is written is on the disk before it is said to be.
    pub fn in_folder(folder: &std::path::Path) -> Result<Self, DocumentError> {
        create(folder).map_err(|error| Error::Generic {
            store: "documents",
            source: Box::new(error),
        })?;
        let objects = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self::at(Arc::new(objects)))
    }

    /// In any other store.
    pub fn at(objects: Arc<dyn ObjectStore>) -> Self {
        Self(Arc::new(Shared {
            objects,
            memory: Semaphore::new(AT_A_TIME),
        }))
    }

    /// The store itself, for tests that do what an attacker or a crash does.
    pub fn objects(&self) -> &Arc<dyn ObjectStore> {
        &self.0.objects
    }

    /// Room for one document in memory.
    pub(super) async fn room(&self) -> Result<SemaphorePermit<'_>, DocumentError> {
        self.0.memory.acquire().await.map_err(|_| DocumentError::CutOff)
    }

    /// Writes an object that is not there yet.
    pub(super) async fn put(&self, id: DocumentId, bytes: Vec<u8>) -> Result<(), DocumentError> {
        let options = PutOptions::from(PutMode::Create);
        self.0.objects.put_opts(&place(id), bytes.into(), options).await?;
        Ok(())
    }

    /// Reads an object whose document has `size` bytes.
    pub(super) async fn get(&self, id: DocumentId, size: usize) -> Result<Vec<u8>, DocumentError> {
        let object = match self.0.objects.get(&place(id)).await {
            Ok(object) => object,
            Err(Error::NotFound { .. }) => return Err(DocumentError::Lost),
            Err(error) => return Err(error.into()),
        };
        let expected = size.saturating_add(OVERHEAD);
        if size > MOST || usize::try_from(object.meta.size) != Ok(expected) {
            return Err(DocumentError::Damaged);
        }
        Ok(object.bytes().await?.into())
    }

    /// Deletes an object. One that is gone already is as good.
    pub(super) async fn delete(&self, id: DocumentId) -> Result<(), DocumentError> {
        match self.0.objects.delete(&place(id)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The days on which objects were made.
    pub(super) async fn days(&self) -> Result<Vec<Day>, DocumentError> {
        let listed = self.0.objects.list_with_delimiter(None).await?;
        Ok(listed
            .common_prefixes
            .iter()
            .filter_map(|prefix| prefix.as_ref().parse().ok().map(Day))
            .collect())
    }

    /// The objects of a day. What is no object of ours is left alone.
    pub(super) async fn of_day(&self, day: Day) -> Result<Vec<DocumentId>, DocumentError> {
        let mut listed = self.0.objects.list(Some(&Path::from(day.0.to_string())));
        let mut found = Vec::new();
        while let Some(object) = listed.next().await {
            let location = object?.location;
            found.extend(
                location
                    .filename()
                    .and_then(|name| name.parse::<DocumentId>().ok()),
            );
        }
        Ok(found)
    }
}

/// A day, counted from 1970 on, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day(i64);

impl Day {
    const MICROS: i64 = 86_400_000_000;

    /// The day of an instant.
    pub(super) const fn of(at: shared::time::Timestamp) -> Self {
        Self(at.as_micros().div_euclid(Self::MICROS))
    }

    /// The day before.
    pub(super) const fn before(self) -> Self {
        Self(self.0 - 1)
    }

    /// Its first microsecond, and that of the next day.
    pub(super) const fn bounds(self) -> (i64, i64) {
        let begin = self.0.saturating_mul(Self::MICROS);
        (begin, begin.saturating_add(Self::MICROS))
    }
}

/// Where an object is: below the day of its id, so that sweeping need not look at all.
fn place(id: DocumentId) -> Path {
    Path::from(format!("{}/{id}", Day::of(made_at(id)).0))
}

/// When an id was made, to the millisecond.
pub(super) fn made_at(id: DocumentId) -> shared::time::Timestamp {
    let millis = id.as_uuid().as_u128() >> 80;
    shared::time::Timestamp::from_millis(i64::try_from(millis).unwrap_or(0))
}

#[cfg(unix)]
fn create(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn create(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}
