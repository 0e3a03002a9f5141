//! Visits in words. Times are told by the centre's clocks, as on the pages of appointments, and never by this device's.

use crate::ui::{TagTone, tag};
use shared::centres::{Mode, Procedure};
use shared::i18n::Text;
use shared::time::Timestamp;
use shared::visits::StageName;
use shared::visits::api::CaseStanding;
use yew::prelude::*;

pub(super) use crate::platform::clock::hour_at as hour;

/// What they come for, in a word or two.
pub(super) fn procedure(text: Text, procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Recovery => text.queue_for_recovery(),
        Procedure::Unlock => text.queue_for_unlock(),
        Procedure::Contact => text.queue_for_contact(),
        Procedure::Passkey => text.queue_for_passkey(),
        Procedure::Signature => text.queue_for_signature(),
    }
}

/// That it is by video; in person goes without saying.
pub(super) fn mode(text: Text, mode: Mode) -> Option<&'static str> {
    match mode {
        Mode::InPerson => None,
        Mode::Video => Some(text.queue_video()),
    }
}

/// Where a visit stands.
pub(super) fn stage(text: Text, stage: StageName) -> Html {
    match stage {
        StageName::Waiting => tag(TagTone::Waiting, text.queue_stage_waiting()),
        StageName::Called => tag(TagTone::Running, text.queue_stage_called()),
        StageName::InService => tag(TagTone::Running, text.queue_stage_in_service()),
        StageName::Done => tag(TagTone::Done, text.queue_stage_done()),
        StageName::NoShow => tag(TagTone::Stopped, text.queue_stage_no_show()),
    }
}

/// Where a case stands, as the officer tells it to the person.
pub(super) fn standing(text: Text, standing: CaseStanding) -> &'static str {
    match standing {
        CaseStanding::Online => text.queue_case_online(),
        CaseStanding::AwaitingSignature => text.queue_case_signature(),
        CaseStanding::AwaitingOfficer => text.queue_case_officer(),
        CaseStanding::LinkQueued => text.queue_case_queued(),
        CaseStanding::LinkSent => text.queue_case_sent(),
        CaseStanding::LinkOpened => text.queue_case_opened(),
    }
}

/// What they come for, who, and by video: one line.
pub(super) fn about(text: Text, for_what: Procedure, by: Mode, employer: &str, representative: &str) -> Html {
    html! {
        <>
            <strong>{ procedure(text, for_what) }</strong>
            if let Some(video) = mode(text, by) { { " " }{ tag(TagTone::Open, video) } }
            <span class="soft">{ text.queue_who(employer, representative) }</span>
        </>
    }
}

/// Whole minutes from a moment to another.
pub(super) fn minutes(from: Timestamp, to: Timestamp) -> i64 {
    i64::try_from(to.since(from).as_secs() / 60).unwrap_or(i64::MAX)
}
