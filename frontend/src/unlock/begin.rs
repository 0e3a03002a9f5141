//! The beginning: what to have at hand, and who asks for whom.

use super::{Course, course};
use crate::api::{Remote, use_call, use_load};
use crate::forms::draft;
use crate::i18n::{use_text, use_title};
use crate::procedure::{AtHand, Greeting, Identified, IdentifyForm, Procedure, at_hand};
use crate::routes::{AppointmentPage, Route, link, use_navigator};
use crate::settings::use_settings;
use crate::steps::{UnlockStep, unlock_steps};
use crate::ui::prose::{heading, lead, paragraph};
use crate::ui::{ButtonState, NoticeProps, Tone, disclosure, notice, stage_heading};
use shared::i18n::Text;
use shared::settings::api::Settings;
use shared::signatures::PurposeName;
use shared::unlock::api::{CurrentUnlock, Identification, OpenUnlock};
use yew::prelude::*;
use yew::props;

/// The page at `/desbloquear`. A case that this browser has and that goes on is shown where it stands; one that is over is
/// left alone, so that the person can begin anew.
#[component]
pub fn UnlockPage() -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let settings = use_settings();
    let said = *use_state(|| Greeting::take(Procedure::Unlock));
    let loaded = use_load::<CurrentUnlock>();
    let onbegun = Callback::from(move |()| navigator.replace(Route::UnlockLink));
    {
        let onbegun = onbegun.clone();
        use_effect_with(loaded.state(), move |loaded| {
            if let Remote::Ready(view) = loaded
                && course(&view.stage) == Course::Open
            {
                onbegun.emit(());
            }
        });
    }
    let title = text.unlock_title();
    use_title(title);
    html! {
        <div class="recovery column flow">
            { unlock_steps(text, UnlockStep::Identify) }
            { stage_heading("none", title.into(), None) }
            { greeting(text, said) }
            { lead(text.unlock_lead()) }
            { before(text, settings.as_deref()) }
            { heading(text.recovery_identify_title()) }
            <UnlockForm {onbegun} />
        </div>
    }
}

fn greeting(text: Text, greeting: Greeting) -> Html {
    match greeting {
        Greeting::Plain => Html::default(),
        Greeting::Abandoned => notice(&props!(NoticeProps {
            title: text.unlock_ended_abandoned_title(),
            children: paragraph(text.unlock_ended_abandoned_what())
        })),
        Greeting::CaseMissing => notice(&props!(NoticeProps {
            tone: Tone::Warning,
            title: text.unlock_missing_title(),
            children: paragraph(text.unlock_missing_what())
        })),
    }
}

/// What to have at hand, and that there are ways for who has no passkey.
fn before(text: Text, settings: Option<&Settings>) -> Html {
    let things = [
        text.recovery_prepare_ruc(),
        text.recovery_prepare_cedula(),
        text.unlock_prepare_device(),
        text.unlock_prepare_contact(),
        text.unlock_prepare_time(),
    ];
    let said = AtHand {
        things: &things,
        window: settings.map(|settings| text.unlock_window(i64::from(settings.link_seconds.div_ceil(60)))),
        more: disclosure(
            text.unlock_none_summary(),
            html! { <>
                { paragraph(text.unlock_none_what()) }
                <ul>
                    <li>{ link(Route::SignatureFor(PurposeName::Unlock), text.unlock_none_signature()) }</li>
                    <li>{ link(Route::Appointment(AppointmentPage::Begin), text.unlock_none_counter()) }</li>
                </ul>
            </> },
        ),
    };
    at_hand(text, settings, said)
}

/// Properties of [`UnlockForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct UnlockFormProps {
    /// A case was opened.
    onbegun: Callback<()>,
}

/// The form that opens a case.
#[component]
fn UnlockForm(props: &UnlockFormProps) -> Html {
    let open = use_call::<OpenUnlock>();
    let onsend = {
        let (open, onbegun) = (open.clone(), props.onbegun.clone());
        Callback::from(move |typed: Identified| {
            let onbegun = onbegun.clone();
            open.send_then(request(typed), move |_| {
                draft::forget();
                onbegun.emit(());
            });
        })
    };
    let state = if open.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    };
    html! { <IdentifyForm procedure={Procedure::Unlock} {state} problem={open.problem().cloned()} {onsend} /> }
}

fn request(typed: Identified) -> Identification {
    Identification {
        employer: typed.employer,
        branch: typed.branch,
        representative: typed.representative,
        language: typed.language,
        captcha: typed.captcha,
    }
}
