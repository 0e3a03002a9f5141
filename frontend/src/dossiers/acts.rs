//! What can be done for the account: what may, what misses what, and what cannot.

use super::act_form::ActForm;
use super::words;
use crate::ui::prose::soft;
use crate::ui::{ButtonKind, ButtonProps, TagTone, button, tag};
use shared::dossiers::api::{Access, Acted, ActionView, DossierView};
use shared::dossiers::{ActionName, Standing};
use shared::i18n::Text;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// The list; the form of the one that is chosen stands in its place.
pub(super) fn acts(
    text: Text,
    view: &Rc<DossierView>,
    chosen: Option<ActionName>,
    choose: &Callback<Option<ActionName>>,
    onacted: &Callback<Rc<Acted>>,
) -> Html {
    if view.access != Access::Serving {
        return Html::default();
    }
    html! {
        <section class="flow" aria-labelledby="acts-title">
            <h2 id="acts-title" tabindex="-1">{ text.dossiers_acts() }</h2>
            <ul class="acts">
                { for view.actions.iter().map(|action| html! {
                    <li key={action.action.as_str()}>{ act(text, view, action, chosen, choose, onacted) }</li>
                }) }
            </ul>
        </section>
    }
}

fn act(
    text: Text,
    view: &Rc<DossierView>,
    action: &ActionView,
    chosen: Option<ActionName>,
    choose: &Callback<Option<ActionName>>,
    onacted: &Callback<Rc<Acted>>,
) -> Html {
    let name = action.action;
    let words = words::action(text, name);
    let (offered, why) = match action.standing {
        Standing::Offered => (true, Html::default()),
        Standing::SecondOfficer => (true, tag(TagTone::Waiting, text.dossiers_second_officer())),
        Standing::AwaitsApproval => (false, tag(TagTone::Waiting, text.dossiers_awaits_approval())),
        Standing::ItemsMissing => {
            let missing: Vec<_> = action
                .missing
                .iter()
                .map(|item| words::item(text, *item))
                .collect();
            (false, soft(text.dossiers_missing(missing.join(", "))))
        }
        Standing::Withheld => (
            false,
            action
                .because
                .map(|because| soft(words::not_done(text, because)))
                .unwrap_or_default(),
        ),
        Standing::Closed => (false, soft(text.dossiers_closed())),
    };
    if offered && chosen == Some(name) {
        let onleave = choose.reform(|()| None);
        return html! { <ActForm view={view.clone()} {name} standing={action.standing} onacted={onacted.clone()} {onleave} /> };
    }
    if offered {
        let onclick = choose.reform(move |_: MouseEvent| Some(name));
        let id = format!("act-{}", name.as_str());
        return html! { <>
            { button(&props!(ButtonProps { kind: ButtonKind::Secondary, id: id, onclick, expanded: "false", children: html! { words } })) }
            { why }
        </> };
    }
    html! { <div class="act-closed"><p>{ words }</p>{ why }</div> }
}
