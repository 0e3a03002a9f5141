//! What to have at hand, how to let our mail through, and how to try whether it comes.

use crate::routes::{Route, link};
use crate::ui::disclosure;
use crate::ui::prose::{list, paragraph};
use shared::i18n::Text;
use shared::settings::api::Settings;
use yew::prelude::*;

/// What is said before the form.
#[derive(Clone, Debug)]
pub struct AtHand<'a> {
    /// The things.
    pub things: &'a [&'static str],
    /// How long the link serves, in words; nothing until the settings are here.
    pub window: Option<String>,
    /// What else there is to know.
    pub more: Html,
}

/// The box above the form.
pub fn at_hand(text: Text, settings: Option<&Settings>, said: AtHand<'_>) -> Html {
    html! {
        <section class="prepare flow" aria-labelledby="prepare">
            <h2 id="prepare">{ text.recovery_prepare_title() }</h2>
            { list(said.things) }
            if let Some(window) = said.window { { paragraph(window) } }
            { mail_advice(text, settings) }
            { said.more }
        </section>
    }
}

/// How to let the mail through, and how to try.
fn mail_advice(text: Text, settings: Option<&Settings>) -> Html {
    let sender = settings
        .map(|settings| settings.sender.as_str())
        .filter(|sender| !sender.is_empty());
    let domain = sender
        .and_then(|sender| sender.rsplit_once('@'))
        .map(|(_, domain)| domain.trim_end_matches('>'));
    html! {
        <>
            { disclosure(text.recovery_mail_summary(), html! { <>
                <p>{ sender.map_or_else(|| text.recovery_mail_sender_unknown().to_owned(), |sender| text.recovery_mail_sender(sender)) }</p>
                { paragraph(text.recovery_mail_spam()) }
                if let Some(domain) = domain { { paragraph(text.recovery_mail_it(domain)) } }
            </> }) }
            <p>{ link(Route::MailTest, text.recovery_mail_test()) }</p>
        </>
    }
}
