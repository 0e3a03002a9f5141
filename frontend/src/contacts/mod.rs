//! The pages behind the links of a change of contact: the new contact confirms it, the former ones cancel it.
//!
//! Looking at either link changes nothing; each takes one press. Nobody needs to be signed in: a link is read where the
//! contact is read. Asking for a change is the account area's.

mod cancel;
mod confirm;

pub use cancel::ContactCancelPage;
pub use confirm::ContactConfirmPage;

use crate::platform::{clock, print};
use crate::ui::{ButtonKind, Description, press};
use shared::contacts::ContactKind;
use shared::i18n::Text;
use shared::time::Timestamp;
use yew::prelude::*;

/// A line of a result.
fn entry(term: &'static str, detail: impl Into<AttrValue>) -> Description {
    let detail: AttrValue = detail.into();
    Description {
        term: term.into(),
        detail: html! { detail },
    }
}

/// A moment, complete, as it is kept or printed.
fn moment(text: Text, at: Timestamp) -> String {
    let (year, month, day) = clock::official_day(at);
    let month = text.challenges_month_name(month.into());
    text.contacts_when(day, month, clock::official_hour(at), year)
}

fn kind_words(text: Text, kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Email => text.contacts_kind_email(),
        ContactKind::Phone => text.contacts_kind_phone(),
    }
}

fn printing(text: Text) -> Html {
    press(
        ButtonKind::Quiet,
        Callback::from(|_| print()),
        text.contacts_print(),
    )
}
