//! Importing official data from files of any size, in flat memory.
//!
//! Words: a *format* says which columns a file has and what a row of it is; a *remark* is what a rejects file says of a
//! line; a *batch* is what one thread has read and another writes; a *sink* writes the rows of a format.
//! Invariants: a row is imported whole or not at all; a transaction holds whole rows; importing the same file twice
//! changes nothing, also when the first import was killed half-way; no input panics. The formats are in docs/IMPORT.md.

mod employers;
mod fields;
mod lines;
mod lists;
mod obligations;
mod persons;
mod reject;
mod rows;
mod sri;

pub(super) use employers::{EmployerRow, Employers};
pub(super) use obligations::Obligations;
pub(super) use persons::Persons;
pub use reject::{Reason, Refused, Remark, Verdict};
pub(super) use sri::{Establishment, EstablishmentStatus, Sri, SriRow};

use crate::app::App;
use crate::audit::{self, Entry};
use crate::store::{StoreError, Tx};
use fields::{Fields, Header};
use reject::RejectsFile;
use rows::{Rows, Stopped};
use shared::audit::Event;
use shared::registries::Registry;
use std::fs::File;
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;

/// Rows that the reading thread hands over at once.
const BATCH: usize = 4096;
/// Batches that wait for the writer; more would only cost memory.
const WAITING: usize = 3;
/// Batches a transaction: a running server waits for the write lock no longer than this takes.
const BATCHES_IN_TRANSACTION: usize = 8;

/// A kind of file.
pub(super) trait Format: Sized + Send + 'static {
    /// What a line becomes.
    type Row: Send + 'static;

    /// Whose records they are.
    const REGISTRY: Registry;

    /// Finds the columns by their names.
    fn columns(header: &Header) -> Result<Self, MissingColumn>;

    /// Reads a line. What is left out of the row is told to `gaps`.
    fn row(&self, fields: &Fields<'_>, gaps: &mut Vec<Refused>) -> Result<Self::Row, Refused>;
}

/// Reads a file as each format would, for fuzzing; how many lines of it were taken.
pub(super) fn read_every_way(file: &[u8]) -> usize {
    read_as::<Sri>(file)
        + read_as::<Persons>(file)
        + read_as::<Employers>(file)
        + read_as::<Obligations>(file)
}

fn read_as<F: Format>(file: &[u8]) -> usize {
    let Ok(mut rows) = Rows::<F, _>::open(file) else {
        return 0;
    };
    let (mut gaps, mut last, mut taken) = (Vec::new(), 0, 0);
    while let Ok(Some((line, row))) = rows.next(&mut gaps) {
        assert!(line > last, "lines have numbers of their own");
        assert!(
            rows.bytes() <= file.len() as u64,
            "no more was read than there is"
        );
        last = line;
        taken += usize::from(row.is_ok());
        gaps.clear();
    }
    taken
}

/// Writes the rows of a format.
pub(super) trait Sink<Row> {
    /// Writes `rows` within a transaction. How many table rows were new or differed.
    fn write(&mut self, tx: &mut Tx, rows: Vec<Row>) -> impl Future<Output = Result<u64, StoreError>> + Send;
}

/// A column that the format cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the header has no column {0}, or has it twice")]
pub struct MissingColumn(pub &'static str);

/// Why an import stopped. What was committed before stays and is whole; importing again goes on.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file, or the rejects file beside it, cannot be read or written.
    #[error("{path}: cannot be read or written")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// There is no header line.
    #[error("the file is empty or its first line is no header")]
    NoHeader,
    /// A column is missing.
    #[error(transparent)]
    Column(#[from] MissingColumn),
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
    /// The reading thread ended without a result.
    #[error("the reader stopped unexpectedly")]
    Reader,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lines with data, without the header and empty lines.
    pub rows: u64,
    /// Rows not taken.
    pub rejected: u64,
    /// Rows taken without one or more unimportant fields.
    pub with_gaps: u64,
    /// Rows of the database that are new or differ now. Zero the second time.
    pub changed: u64,
    /// Where the remarks are, if there are any.
    pub rejects: Option<PathBuf>,
}

/// How far an import has come, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the file read so far.
    pub bytes: u64,
    /// Rows written so far.
    pub rows: u64,
}

/// Imports one file: one thread reads and parses, this task writes.
pub(super) async fn import<F: Format>(
    app: &App,
    path: &Path,
    sink: &mut impl Sink<F::Row>,
    watch: &mut (dyn FnMut(Progress) + Send),
) -> Result<Summary, ImportError> {
    let failed = |cause| ImportError::File {
        path: path.to_owned(),
        cause,
    };
    let file = File::open(path).map_err(failed)?;
    let rejects = RejectsFile::beside(path).map_err(failed)?;
    let (batches, mut incoming) = mpsc::channel::<Batch<F::Row>>(WAITING);
    let reader = tokio::task::spawn_blocking(move || read::<F>(file, rejects, &batches));

    let outcome = write(app, F::REGISTRY, &mut incoming, sink, watch).await;
    // A writer that failed hangs up, and the reader stops at its next batch.
    drop(incoming);
    let read = reader.await.map_err(|_| ImportError::Reader)?;
    let changed = outcome?;
    let summary = read.map_err(|stopped| match stopped {
        Stopped::File(cause) => failed(cause),
        Stopped::NoHeader => ImportError::NoHeader,
        Stopped::Column(missing) => ImportError::Column(missing),
    })?;
    Ok(Summary { changed, ..summary })
}

struct Batch<Row> {
    rows: Vec<Row>,
    /// Rows rejected since the batch before.
    rejected: u64,
    /// Bytes read when the batch was full.
    bytes: u64,
}

async fn write<Row>(
    app: &App,
    registry: Registry,
    incoming: &mut mpsc::Receiver<Batch<Row>>,
    sink: &mut impl Sink<Row>,
    watch: &mut (dyn FnMut(Progress) + Send),
) -> Result<u64, StoreError> {
    let (mut changed, mut rows) = (0, 0);
    // The first batch is awaited outside of the transaction: a slow disk must not hold the write lock.
    while let Some(first) = incoming.recv().await {
        let mut tx = app.store.write().await?;
        let mut told = Told::default();
        let mut batch = first;
        for left in (0..BATCHES_IN_TRANSACTION).rev() {
            let size = batch.rows.len() as u64;
            told.rows += size;
            told.rejected += batch.rejected;
            told.changed += sink.write(&mut tx, batch.rows).await?;
            rows += size;
            watch(Progress {
                bytes: batch.bytes,
                rows,
            });
            if left == 0 {
                break;
            }
            match incoming.recv().await {
                Some(next) => batch = next,
                None => break,
            }
        }
        changed += told.changed;
        tell(app, &mut tx, registry, &told).await?;
        tx.commit().await?;
    }
    Ok(changed)
}

/// What one transaction did.
#[derive(Default)]
struct Told {
    rows: u64,
    rejected: u64,
    changed: u64,
}

/// Tells the audit log, in the transaction itself; nothing if nothing changed.
async fn tell(app: &App, tx: &mut Tx, registry: Registry, told: &Told) -> Result<(), StoreError> {
    if told.changed == 0 {
        return Ok(());
    }
    let event = Event::RecordsImported {
        registry,
        rows: told.rows,
        rejected: told.rejected,
    };
    let subject = audit::Subject::default();
    let entry = Entry::by_system(&event, app.clock.now(), subject);
    audit::service::append(app, tx, &entry).await
}

fn read<F: Format>(
    file: File,
    mut rejects: RejectsFile,
    batches: &mpsc::Sender<Batch<F::Row>>,
) -> Result<Summary, Stopped> {
    let mut reader = Rows::<F, _>::open(file)?;
    let mut summary = Summary::default();
    let mut rows = Vec::with_capacity(BATCH);
    let mut gaps = Vec::new();
    let mut told = 0;
    while let Some((line, read)) = reader.next(&mut gaps)? {
        summary.rows += 1;
        match read {
            Ok(row) => {
                summary.with_gaps += u64::from(!gaps.is_empty());
                for Refused { field, reason } in gaps.drain(..) {
                    rejects.note(Remark {
                        line,
                        verdict: Verdict::Kept,
                        field,
                        reason,
                    })?;
                }
                rows.push(row);
            }
            Err(Refused { field, reason }) => {
                gaps.clear();
                summary.rejected += 1;
                rejects.note(Remark {
                    line,
                    verdict: Verdict::Rejected,
                    field,
                    reason,
                })?;
            }
        }
        if rows.len() == BATCH {
            let full = std::mem::replace(&mut rows, Vec::with_capacity(BATCH));
            let batch = Batch {
                rows: full,
                rejected: summary.rejected - told,
                bytes: reader.bytes(),
            };
            told = summary.rejected;
            // A failed send means that the writer has failed: its error is the one to tell.
            if batches.blocking_send(batch).is_err() {
                break;
            }
        }
    }
    if !rows.is_empty() {
        let batch = Batch {
            rows,
            rejected: summary.rejected - told,
            bytes: reader.bytes(),
        };
        let _ = batches.blocking_send(batch);
    }
    summary.rejects = rejects.finish()?;
    Ok(summary)
}
