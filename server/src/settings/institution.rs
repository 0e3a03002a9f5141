//! What administrators do with the institution's words.

use super::store::{self, Changed};
use super::{Words, logo, service};
use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::http::upload::Upload;
use crate::staff::service::{record, record_view};
use crate::staff::{About, Deed, Officer};
use crate::store::{StoreError, Tx};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::settings::api::Institution;
use shared::settings::institution::{InstitutionToSave, InstitutionView, LARGEST_LOGO, LogoId, LogoTaken};
use shared::staff::DeedName;
use shared::time::Timestamp;
use std::time::Duration;

/// How long a logo that was sent can be saved.
const UNSAVED: Duration = Duration::from_hours(24);

/// The words as they are. Who looks is written down.
pub(super) async fn show(app: &App, officer: &Officer, call: Call) -> Result<InstitutionView, Failure> {
    let deed = Deed::seen(DeedName::InstitutionSeen, About::default());
    record_view(app, officer, &deed, call).await?;
    let mut tx = app.store.read().await?;
    Ok(view(words(app, &mut tx).await?, call.at))
}

/// Takes a logo in. It is shown nowhere until it is saved.
pub(super) async fn take_logo(
    app: &App,
    officer: &Officer,
    file: Upload,
    call: Call,
) -> Result<LogoTaken, Failure> {
    let received = file.read(LARGEST_LOGO).await?;
    let png = logo::draw(app, received.bytes).await?;
    let now = app.clock.now();
    let id = LogoId::new(now, app.entropy.bytes());
    let mut tx = app.store.write().await?;
    store::forget_logos(&mut tx, now.before(UNSAVED)).await?;
    store::insert_logo(&mut tx, id, &png, now).await?;
    let deed = Deed::seen(DeedName::LogoTaken, About::default());
    record(app, &mut tx, officer, &deed, Call { at: now, ..call }).await?;
    tx.commit().await?;
    Ok(LogoTaken { logo: id })
}

/// Gives the institution other words.
pub(super) async fn save(
    app: &App,
    officer: &Officer,
    asked: InstitutionToSave,
    call: Call,
) -> Result<InstitutionView, Failure> {
    let mut tx = app.store.write().await?;
    if let Some(id) = asked.logo
        && store::logo(&mut tx, id).await?.is_none()
    {
        return Err(Problem::field("logo", FieldCode::NotOffered).into());
    }
    let changed = Changed {
        name: asked.name.into(),
        contact: asked.contact.into(),
        logo: asked.logo,
        at: call.at,
    };
    if store::save(&mut tx, &changed, asked.seen).await? == 0 {
        return Err(ErrorCode::DetailsChanged.into());
    }
    let deed = Deed::for_reason(DeedName::InstitutionChanged, &asked.reason, About::default());
    record(app, &mut tx, officer, &deed, call).await?;
    tx.commit().await?;
    // As they stand now: of two who save at once the other one may have been the last.
    service::renew(app).await?;
    Ok(view(over(app, Some(changed)), call.at))
}

/// The words in force, from the database.
pub(super) async fn words(app: &App, tx: &mut Tx) -> Result<Words, StoreError> {
    Ok(over(app, store::read(tx).await?))
}

/// An administrator's words over the configuration's.
fn over(app: &App, changed: Option<Changed>) -> Words {
    let configured = app.config.institution.clone();
    match changed {
        None => Words {
            institution: configured,
            logo: None,
            changed_at: None,
        },
        Some(Changed {
            name,
            contact,
            logo,
            at,
        }) => Words {
            institution: Institution {
                name,
                contact,
                official: configured.official,
            },
            logo,
            changed_at: Some(at),
        },
    }
}

fn view(words: Words, now: Timestamp) -> InstitutionView {
    let Words {
        institution,
        logo,
        changed_at,
    } = words;
    InstitutionView {
        now,
        name: institution.name,
        contact: institution.contact,
        logo,
        official: institution.official,
        changed_at,
    }
}
