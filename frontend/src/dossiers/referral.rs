//! A signed request that a person is to decide about: what it asks for, in full, and what the machine found.

use super::words;
use crate::errors::problem_notice;
use crate::findings::verdict_lines;
use crate::i18n::use_text;
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::{advice, soft};
use crate::ui::{ButtonKind, ButtonProps, NoticeProps, Tone, Urgency, button, notice};
use shared::api::Problem;
use shared::dossiers::api::{ReferralNamed, ReferralShown, ReferralView, ShowReferral};
use shared::i18n::Text;
use shared::identifiers::DossierId;
use shared::signatures::{PurposeName, ReferralNumber};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`LookFirst`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct LookFirstProps {
    /// The dossier.
    pub dossier: DossierId,
    /// The number, once it is one.
    pub number: Option<ReferralNumber>,
    /// What was shown last.
    pub shown: Option<Rc<ReferralShown>>,
    /// Takes what is shown.
    pub onshown: Callback<Rc<ReferralShown>>,
}

/// The request of a number, asked for with a press: nobody decides about one that they have not seen.
#[component]
pub(super) fn LookFirst(props: &LookFirstProps) -> Html {
    let text = use_text();
    let look = use_staff_call::<ShowReferral>();
    let onclick = {
        let (look, onshown) = (look.clone(), props.onshown.clone());
        let (dossier, number) = (props.dossier, props.number.clone());
        Callback::from(move |_: MouseEvent| {
            if let (Some(number), false) = (number.clone(), look.is_loading()) {
                let onshown = onshown.clone();
                look.send_then(ReferralNamed { dossier, number }, move |shown| {
                    onshown.emit(shown);
                });
            }
        })
    };
    let shown = props
        .shown
        .as_ref()
        .filter(|shown| Some(&shown.referral.number) == props.number.as_ref());
    html! {
        <div class="flow" id="referral" aria-live="polite">
            if let Some(problem) = look.problem() { { refused(text, problem) } }
            if let Some(shown) = shown {
                { referral(text, &shown.referral) }
            } else {
                { advice(text.dossiers_look_referral_first()) }
                <div class="actions">
                    { button(&props!(ButtonProps { kind: ButtonKind::Secondary, state: state_of(&look), onclick, children: html! { text.dossiers_look_referral() } })) }
                </div>
            }
        </div>
    }
}

fn refused(text: Text, problem: &Problem) -> Html {
    match problem.not_done {
        Some(because) => notice(&props!(NoticeProps {
            tone: Tone::Warning,
            title: words::not_done(text, because),
            urgency: Urgency::Assertive
        })),
        None => problem_notice(text, problem, None),
    }
}

/// What it asks for, and what was found.
pub(super) fn referral(text: Text, referral: &ReferralView) -> Html {
    html! {
        <div class="flow">
            <p><strong>{ asks_for(text, referral.purpose) }</strong>
                if let Some(contact) = &referral.contact { <span class="detail-more">{ text.dossiers_new_contact(contact) }</span> }
            </p>
            if referral.contact.is_some() { { advice(text.dossiers_referral_compare()) } }
            { soft(text.dossiers_referral_number(referral.number.as_str())) }
            { verdict_lines(text, &referral.verdict) }
        </div>
    }
}

fn asks_for(text: Text, purpose: PurposeName) -> &'static str {
    match purpose {
        PurposeName::Recovery => text.dossiers_asks_recovery(),
        PurposeName::Unlock => text.dossiers_asks_unlock(),
        PurposeName::Email => text.dossiers_asks_email(),
        PurposeName::Phone => text.dossiers_asks_phone(),
    }
}
