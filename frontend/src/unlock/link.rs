//! The link of an unblocking while its time runs.

use crate::api::use_call;
use crate::countdown::Task;
use crate::i18n::use_text;
use crate::procedure::LinkSent;
use shared::notifications::Delivery;
use shared::recovery::CaseReference;
use shared::time::Countdown;
use shared::unlock::api::{CurrentUnlock, Destination, UnlockView};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`UnlockLink`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct UnlockLinkProps {
    /// The case.
    pub reference: CaseReference,
    /// Where the link went.
    pub to: Destination,
    /// How far it has come.
    pub delivery: Delivery,
    /// Its time.
    pub countdown: Countdown,
    /// Takes a newer view.
    pub show: Callback<Rc<UnlockView>>,
}

/// The clock runs.
#[component]
pub fn UnlockLink(props: &UnlockLinkProps) -> Html {
    let text = use_text();
    let call = use_call::<CurrentUnlock>();
    let show = props.show.clone();
    let onover = Callback::from(move |()| {
        let show = show.clone();
        call.send_then((), move |view| show.emit(view));
    });
    html! {
        <LinkSent reference={props.reference.clone()} channel={props.to.channel()} address={address(&props.to)} delivery={props.delivery}
            countdown={props.countdown} task={Task::Unlock} over={text.unlock_ended_link_expired_what()}
            again={text.unlock_link_again()} {onover} />
    }
}

/// A contact, masked.
pub fn address(to: &Destination) -> String {
    match to {
        Destination::Email(address) => address.to_string(),
        Destination::Sms(phone) => phone.to_string(),
    }
}
