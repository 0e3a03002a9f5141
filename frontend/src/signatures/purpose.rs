//! The beginning: what a signed request is, what it takes, and what it can be for.

use super::{Course, course};
use crate::api::{Remote, use_load};
use crate::i18n::{use_text, use_title};
use crate::procedure::{Greeting, Procedure};
use crate::routes::{Route, link, use_navigator};
use crate::steps::{SignatureStep, signature_steps};
use crate::ui::prose::{heading, lead, list, paragraph};
use crate::ui::{DoorProps, NoticeProps, Shape, Tone, door, doors, notice, stage_heading};
use shared::i18n::Text;
use shared::signatures::PurposeName;
use shared::signatures::api::CurrentSignature;
use yew::prelude::*;
use yew::props;

/// The page at `/firma`. A request that this browser has and that goes on is shown where it stands; one that is over is left
/// alone, so that the person can ask for another.
#[component]
pub fn PurposePage() -> Html {
    let text = use_text();
    let said = *use_state(|| Greeting::take(Procedure::Signature));
    use_open_request();
    let title = text.signatures_title();
    use_title(title);
    html! {
        <div class="recovery column flow">
            { signature_steps(text, SignatureStep::Purpose) }
            { stage_heading("none", title.into(), None) }
            { greeting(text, said) }
            { lead(text.signatures_lead()) }
            { before(text) }
            { heading(text.signatures_purpose_title()) }
            { purposes(text) }
        </div>
    }
}

/// Goes to this browser's request, if it has one that goes on.
#[hook]
pub(super) fn use_open_request() {
    let navigator = use_navigator();
    let loaded = use_load::<CurrentSignature>();
    use_effect_with(loaded.state(), move |loaded| {
        if let Remote::Ready(view) = loaded
            && course(&view.stage) == Course::Open
        {
            navigator.replace(Route::SignatureCase);
        }
    });
}

fn greeting(text: Text, greeting: Greeting) -> Html {
    match greeting {
        Greeting::Plain => Html::default(),
        Greeting::Abandoned => notice(&props!(NoticeProps {
            title: text.signatures_ended_abandoned_title(),
            children: paragraph(text.signatures_ended_abandoned_what())
        })),
        Greeting::CaseMissing => notice(&props!(NoticeProps {
            tone: Tone::Warning,
            title: text.signatures_missing_title(),
            children: paragraph(text.signatures_missing_what())
        })),
    }
}

/// What to have at hand, and what to keep for oneself.
fn before(text: Text) -> Html {
    html! {
        <section class="prepare flow" aria-labelledby="prepare">
            <h2 id="prepare">{ text.recovery_prepare_title() }</h2>
            { list(&[
                text.signatures_need_certificate(),
                text.signatures_need_tool(),
                text.signatures_need_cedula(),
                text.signatures_need_time(),
            ]) }
            { keep_key(text) }
            <p>{ link(Route::HelpTopic("firma-electronica".into()), text.signatures_help()) }</p>
        </section>
    }
}

/// That the key file is nobody's but the person's.
pub(super) fn keep_key(text: Text) -> Html {
    notice(&props!(NoticeProps {
        tone: Tone::Warning,
        title: text.signatures_key_title(),
        children: paragraph(text.signatures_key_what())
    }))
}

fn purposes(text: Text) -> Html {
    let ways = PURPOSES.map(|purpose| {
        let (shape, title, hint) = match purpose {
            PurposeName::Recovery => (
                Shape::Key,
                text.signatures_purpose_recovery(),
                text.signatures_purpose_recovery_hint(),
            ),
            PurposeName::Unlock => (
                Shape::Unlock,
                text.signatures_purpose_unlock(),
                text.signatures_purpose_unlock_hint(),
            ),
            PurposeName::Email => (
                Shape::Envelope,
                text.signatures_purpose_email(),
                text.signatures_purpose_email_hint(),
            ),
            PurposeName::Phone => (
                Shape::Phone,
                text.signatures_purpose_phone(),
                text.signatures_purpose_phone_hint(),
            ),
        };
        door(&props!(DoorProps {
            href: Route::SignatureFor(purpose).path(),
            shape,
            title,
            text: hint
        }))
    });
    doors(html! { <>{ for ways }</> })
}

/// What a request can be for, the most frequent first.
const PURPOSES: [PurposeName; 4] = [
    PurposeName::Recovery,
    PurposeName::Unlock,
    PurposeName::Email,
    PurposeName::Phone,
];
