//! The files of a dossier: making the place, taking the file in, showing it.

use super::access::{self, about, announce, now, served, serving};
use super::paper::{Harmless, make_harmless};
use super::store::papers::{self, Filed, Paper};
use super::{store, view};
use crate::app::App;
use crate::audit::Subject;
use crate::challenges::Call;
use crate::documents::{self, DocumentError, Period};
use crate::http::Failure;
use crate::staff::{Deed, Officer, service as staff};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::documents::DocumentClass;
use shared::dossiers::api::{DossierView, PaperAsked, PaperKind, PaperPlace};
use shared::dossiers::{PaperId, Way};
use shared::staff::DeedName;

/// A place that waits for this officer's file.
#[derive(Debug)]
pub struct Admitted(Paper);

/// A file that is to be shown.
pub struct Shown {
    /// What it is.
    pub kind: PaperKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A file is personal.
impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shown")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// Makes the place for a file.
///
/// # Errors
/// [`ErrorCode::DossierClosed`]; [`ErrorCode::PapersFull`]; `item: not_offered` for what is never filed.
pub async fn add(app: &App, officer: &Officer, asked: PaperAsked, call: Call) -> Result<PaperPlace, Failure> {
    let mut tx = app.store.write().await?;
    let record = serving(app, &mut tx, officer, asked.dossier, call.at).await?;
    let bring = record
        .errand()
        .to_bring(asked.item, app.policy.appointments.papers);
    if !bring.is_some_and(|bring| bring.takes(Way::Uploaded)) {
        return Err(Problem::field("item", FieldCode::NotOffered).into());
    }
    if papers::count(&mut tx, record.id).await? >= i64::from(app.policy.dossiers.papers) {
        return Err(ErrorCode::PapersFull.into());
    }
    let paper = Paper {
        id: PaperId::new(call.at, app.entropy.bytes()),
        dossier: record.id,
        item: asked.item,
        officer: officer.id(),
        file: None,
    };
    papers::insert(&mut tx, &paper, call.at).await?;
    tx.commit().await?;
    Ok(PaperPlace {
        paper: paper.id,
        most: app.policy.dossiers.paper_bytes,
    })
}

/// Whether a file may come: before its first byte.
///
/// # Errors
/// [`ErrorCode::PaperUnknown`] where there is no such place, it is filled, or somebody else made it;
/// [`ErrorCode::DossierClosed`].
pub async fn admit(app: &App, officer: &Officer, paper: PaperId) -> Result<Admitted, Failure> {
    let mut tx = app.store.read().await?;
    let paper = papers::by_id(&mut tx, paper)
        .await?
        .filter(|paper| paper.file.is_none() && paper.officer == officer.id())
        .ok_or(ErrorCode::PaperUnknown)?;
    served(&mut tx, officer, paper.dossier).await?;
    Ok(Admitted(paper))
}

/// Makes a file harmless and keeps it. The object is written first; without its row nobody can read it.
///
/// # Errors
/// Those of [`make_harmless`] and of [`admit`].
pub async fn receive(
    app: &App,
    officer: &Officer,
    Admitted(paper): Admitted,
    bytes: Vec<u8>,
    call: Call,
) -> Result<DossierView, Failure> {
    let Harmless { kind, bytes } = make_harmless(app, bytes).await?;
    let size = u32::try_from(bytes.len()).map_err(Failure::fault)?;
    let written = documents::service::write(app, DocumentClass::DossierPaper, bytes, app.clock.now())
        .await
        .map_err(not_written)?;

    let mut tx = app.store.write().await?;
    let record = serving(app, &mut tx, officer, paper.dossier, call.at).await?;
    let call = now(app, call);
    let about = about(&mut tx, &record).await?;
    let subject = Subject {
        account: about.account,
        ..Subject::default()
    };
    let document = documents::service::keep(app, &mut tx, &written, Period::Dossier, subject).await?;
    let file = Filed {
        document,
        kind,
        size,
        at: call.at,
    };
    if papers::fill(&mut tx, paper.id, file).await? == 0 {
        return Err(ErrorCode::PaperUnknown.into());
    }
    let deed = Deed::seen(DeedName::PaperAdded, about);
    staff::record(app, &mut tx, officer, &deed, call).await?;
    let view = view::of(app, &mut tx, officer, &record, call.at).await?;
    tx.commit().await?;
    announce(app, record.id);
    Ok(view)
}

/// A picture of few colours may be larger drawn anew than it came.
fn not_written(error: DocumentError) -> Failure {
    if matches!(error, DocumentError::TooLarge) {
        return ErrorCode::BodyTooLarge.into();
    }
    Failure::fault(error)
}

/// Shows a file to whoever is being shown its dossier. Looking is an act.
///
/// # Errors
/// [`ErrorCode::PaperUnknown`] where there is none, it was deleted, or its dossier is not shown to this officer.
pub async fn show(app: &App, officer: &Officer, paper: PaperId, call: Call) -> Result<Shown, Failure> {
    let mut tx = app.store.write().await?;
    let paper = papers::by_id(&mut tx, paper)
        .await?
        .ok_or(ErrorCode::PaperUnknown)?;
    let file = paper.file.ok_or(ErrorCode::PaperUnknown)?;
    let record = store::by_id(&mut tx, paper.dossier)
        .await?
        .ok_or(ErrorCode::PaperUnknown)?;
    match access::looks(&mut tx, officer, paper.dossier, call.at).await {
        Ok(()) => {}
        Err(Failure::Problem(_)) => return Err(ErrorCode::PaperUnknown.into()),
        Err(fault @ Failure::Fault(_)) => return Err(fault),
    }
    let deed = Deed::seen(DeedName::PaperSeen, about(&mut tx, &record).await?);
    staff::record(app, &mut tx, officer, &deed, call).await?;
    tx.commit().await?;
    let bytes = match documents::service::read(app, file.document).await {
        Ok(bytes) => bytes,
        Err(DocumentError::Missing) => return Err(ErrorCode::PaperUnknown.into()),
        Err(error) => return Err(Failure::fault(error)),
    };
    Ok(Shown {
        kind: file.kind,
        bytes,
    })
}
