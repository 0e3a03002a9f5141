//! The policy in force, as a table.

use crate::api::Remote;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::staff::{Officer, use_staff_call};
use crate::ui::prose::{heading, soft};
use crate::ui::{ButtonKind, loading, press};
use shared::i18n::Text;
use shared::settings::institution::{PolicyValue, PolicyView, ShowPolicy};
use yew::prelude::*;

/// Properties of [`Policy`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct PolicyProps {
    /// Who looks.
    pub officer: Officer,
}

/// The policy, once somebody wants to see it: the look is written down.
#[component]
pub(super) fn Policy(_props: &PolicyProps) -> Html {
    let text = use_text();
    let call = use_staff_call::<ShowPolicy>();
    let onshow = {
        let call = call.clone();
        Callback::from(move |_: MouseEvent| call.send(()))
    };
    let onretry = {
        let call = call.clone();
        Callback::from(move |()| call.send(()))
    };
    html! {
        <section class="flow policy" aria-labelledby="policy-title">
            <div id="policy-title">{ heading(text.institution_policy()) }</div>
            { soft(text.institution_policy_lead()) }
            { match call.state() {
                Remote::Idle => html! { <div class="actions">{ press(ButtonKind::Secondary, onshow, text.institution_policy_show()) }</div> },
                Remote::Loading => loading(text.staff_loading()),
                Remote::Failed(problem) => problem_notice(text, &problem, Some(&onretry)),
                Remote::Ready(policy) => table(text, &policy),
            } }
        </section>
    }
}

fn table(text: Text, policy: &PolicyView) -> Html {
    let row = |value: &PolicyValue| {
        html! {
            <tr key={value.path.clone()}>
                <th scope="row"><code>{ &value.path }</code></th>
                <td>{ &value.value }</td>
                <td>{ value.profiles.clone().unwrap_or_default() }</td>
            </tr>
        }
    };
    html! {
        <div class="table-frame policy-frame" tabindex="0" role="group" aria-labelledby="policy-title">
            <table class="table">
                <caption>{ text.institution_policy_profile(&policy.profile) }</caption>
                <thead><tr>
                    <th scope="col">{ text.institution_policy_path() }</th>
                    <th scope="col">{ text.institution_policy_value() }</th>
                    <th scope="col">{ text.institution_policy_profiles() }</th>
                </tr></thead>
                <tbody>{ for policy.values.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
