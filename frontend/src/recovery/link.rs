//! The link of a recovery while its time runs.

use crate::api::use_call;
use crate::countdown::Task;
use crate::i18n::use_text;
use crate::procedure::LinkSent;
use shared::notifications::{Channel, Delivery};
use shared::recovery::CaseReference;
use shared::recovery::api::{CaseView, CurrentCase};
use shared::time::Countdown;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`RecoveryLink`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RecoveryLinkProps {
    /// The case.
    pub reference: CaseReference,
    /// Where the mail went, masked.
    pub address: AttrValue,
    /// How far it has come.
    pub delivery: Delivery,
    /// Its time.
    pub countdown: Countdown,
    /// Takes a newer view.
    pub show: Callback<Rc<CaseView>>,
}

/// The clock runs.
#[component]
pub fn RecoveryLink(props: &RecoveryLinkProps) -> Html {
    let text = use_text();
    let call = use_call::<CurrentCase>();
    let show = props.show.clone();
    let onover = Callback::from(move |()| {
        let show = show.clone();
        call.send_then((), move |view| show.emit(view));
    });
    html! {
        <LinkSent reference={props.reference.clone()} channel={Channel::Email} address={props.address.clone()} delivery={props.delivery}
            countdown={props.countdown} task={Task::Mail} over={text.recovery_ended_link_expired_what()}
            again={text.recovery_link_missing_again()} {onover} />
    }
}
