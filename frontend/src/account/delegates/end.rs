//! Ending a delegate at once, with the owner's password.

use super::super::proof::{use_proof, use_typed};
use super::super::session::{state_of, use_account_call};
use super::DelegateFormProps;
use super::power::problem;
use crate::errors::summary;
use crate::i18n::use_text;
use crate::platform::focus;
use crate::ui::prose::paragraph;
use crate::ui::{ButtonKind, ButtonProps, ButtonRole, button, press};
use shared::delegates::api::{DelegateEnding, EndDelegate};
use yew::prelude::*;
use yew::props;

/// Ends a delegate.
#[component]
pub(super) fn EndForm(props: &DelegateFormProps) -> Html {
    let text = use_text();
    let submission = use_state(|| 0_u32);
    let end = use_account_call::<EndDelegate>();
    let proof = use_proof(end.problem().cloned());
    let ontyped = use_typed();
    use_effect_with((), |()| focus::element("current"));
    let onsubmit = {
        let (proof, submission, end) = (proof.clone(), submission.clone(), end.clone());
        let delegate = props.delegate.as_ref().map(|delegate| delegate.id);
        let ondone = props.ondone.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if end.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if let (Some(current), Some(delegate)) = (proof.send(), delegate) {
                let ondone = ondone.clone();
                end.send_then(DelegateEnding { delegate, current }, move |list| {
                    ondone.emit(list);
                });
            }
        })
    };
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || proof.entry(text).into_iter().collect()) }
            { problem(text, end.problem()) }
            { paragraph(text.delegates_end_what()) }
            { proof.field(text, &ontyped) }
            <div class="actions">
                { button(&props!(ButtonProps { kind: ButtonKind::Danger, role: ButtonRole::Submit, state: state_of(&end), children: html! { text.delegates_end_do() } })) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_| ()), text.account_leave_it()) }
            </div>
        </form>
    }
}
