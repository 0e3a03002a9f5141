//! The settings, put together.

use crate::app::App;
use shared::i18n::Language;
use shared::settings::api::Settings;
use shared::time::Timestamp;

/// What the browser must know, at `now`. Nothing in it depends on who asks.
pub fn settings(app: &App, now: Timestamp) -> Settings {
    let policy = &app.policy;
    Settings {
        institution: app.config.institution.clone(),
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
