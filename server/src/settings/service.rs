//! The settings, put together.

use super::institution;
use crate::app::App;
use crate::store::StoreError;
use shared::i18n::Language;
use shared::settings::api::Settings;
use shared::time::Timestamp;

/// What the browser must know, at `now`. Nothing in it depends on who asks.
pub fn settings(app: &App, now: Timestamp) -> Settings {
    let policy = &app.policy;
    let words = app.institution.words();
    Settings {
        institution: words.institution,
        logo: words.logo,
        demo_mailbox: app.config.smtp.is_none(),
        sender: app.config.sender().to_owned(),
        password: policy.password.clone(),
        link_seconds: policy.link.seconds,
        link_window: policy.link.window,
        questions: if policy.challenges.enabled {
            policy.challenges.questions
        } else {
            0
        },
        attempts: policy.challenges.attempts,
        suspension_hours: policy.challenges.suspension_hours,
        document_bytes: policy.signatures.most_bytes,
        languages: Language::ALL.to_vec(),
        now,
    }
}

/// Reads the institution's words anew: at the start, and for what was changed through another node.
pub async fn renew(app: &App) -> Result<(), StoreError> {
    let mut tx = app.store.read().await?;
    app.institution.set(institution::words(app, &mut tx).await?);
    Ok(())
}
