//! Before the case: what to have at hand, how to let the mail through, and who asks for whom.

use crate::api::use_call;
use crate::forms::draft;
use crate::procedure::{AtHand, Greeting, Identified, IdentifyForm, Procedure, at_hand};
use crate::ui::prose::{advice, heading, lead, paragraph};
use crate::ui::{ButtonState, NoticeProps, Tone, notice};
use shared::i18n::Text;
use shared::recovery::api::{CaseView, Identification, Identify};
use shared::settings::api::Settings;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What to have at hand, then the form.
pub(super) fn identify_page(
    text: Text,
    settings: Option<&Settings>,
    said: Greeting,
    show: Callback<Rc<CaseView>>,
) -> Html {
    let things = [
        text.recovery_prepare_ruc(),
        text.recovery_prepare_cedula(),
        text.recovery_prepare_papers(),
        text.recovery_prepare_mailbox(),
        text.recovery_prepare_time(),
    ];
    let before = AtHand {
        things: &things,
        window: settings.map(|settings| text.recovery_window(i64::from(settings.link_seconds.div_ceil(60)))),
        more: html! {
            if settings.is_some_and(|settings| settings.questions == 0) { { advice(text.recovery_no_questions()) } }
        },
    };
    html! {
        <>
            { greeting(text, said) }
            { lead(text.recovery_lead()) }
            { at_hand(text, settings, before) }
            { heading(text.recovery_identify_title()) }
            <RecoveryForm {show} />
        </>
    }
}

fn greeting(text: Text, greeting: Greeting) -> Html {
    match greeting {
        Greeting::Plain => Html::default(),
        Greeting::Abandoned => notice(&props!(NoticeProps {
            title: text.recovery_ended_abandoned_title(),
            children: paragraph(text.recovery_ended_abandoned_what())
        })),
        Greeting::CaseMissing => notice(&props!(NoticeProps {
            tone: Tone::Warning,
            title: text.errors_case_missing_title(),
            children: paragraph(text.errors_case_missing_what())
        })),
    }
}

/// Properties of [`RecoveryForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RecoveryFormProps {
    /// Takes the case that begins.
    pub show: Callback<Rc<CaseView>>,
}

/// The form that opens a case.
#[component]
pub fn RecoveryForm(props: &RecoveryFormProps) -> Html {
    let identify = use_call::<Identify>();
    let onsend = {
        let (identify, show) = (identify.clone(), props.show.clone());
        Callback::from(move |typed: Identified| {
            let show = show.clone();
            identify.send_then(request(typed), move |view| {
                draft::forget();
                show.emit(view);
            });
        })
    };
    let state = if identify.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    };
    html! { <IdentifyForm procedure={Procedure::Recovery} {state} problem={identify.problem().cloned()} {onsend} /> }
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
