//! The five items: what each is, how it stands, and the form that writes it down.

use super::papers::{Papers, Place};
use super::words;
use crate::errors::{problem_notice, summary, words as error_words, wrong};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::use_text;
use crate::staff::{state_of, use_kept_focus, use_staff_call};
use crate::ui::prose::soft;
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, ButtonState, SwitchOption, SwitchProps, TextInputProps, button,
    press, switch, text_input,
};
use shared::centres::Zone;
use shared::dossiers::api::{Access, DossierView, ItemRecord, ItemRecorded, ItemView, RecordItem};
use shared::dossiers::{Need, Verdict, Way};
use shared::i18n::Text;
use shared::identifiers::DossierId;
use shared::staff::ActReason;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// All of them.
pub(super) fn items(text: Text, view: &DossierView, show: &Callback<Rc<DossierView>>) -> Html {
    let looked_up = match view.found {
        Some(_) => LookedUp::Yes,
        None => LookedUp::NotYet,
    };
    html! {
        <section class="flow" aria-labelledby="items-title">
            <h2 id="items-title">{ text.dossiers_items(accepted(view)) }</h2>
            <ol class="items-list">
                { for view.items.iter().map(|item| html! {
                    <li key={item.item.as_str()}>
                        <Item dossier={view.dossier} zone={view.zone} item={item.clone()} access={view.access} {looked_up} show={show.clone()} />
                    </li>
                }) }
            </ol>
        </section>
    }
}

/// How many are accepted.
fn accepted(view: &DossierView) -> i64 {
    let accepted = view.items.iter().filter(|item| item.verdict == Verdict::Accepted);
    i64::try_from(accepted.count()).unwrap_or(i64::MAX)
}

/// Whether the registries were asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LookedUp {
    Yes,
    NotYet,
}

/// Whether the form of an item is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fold {
    Open,
    Closed,
}

/// Properties of [`Item`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct ItemProps {
    dossier: DossierId,
    zone: Zone,
    item: ItemView,
    access: Access,
    looked_up: LookedUp,
    show: Callback<Rc<DossierView>>,
}

/// One item.
#[component]
fn Item(props: &ItemProps) -> Html {
    let text = use_text();
    let item = &props.item;
    let asked = match item.need {
        Need::Required | Need::OnFile => true,
        Need::NotApplicable => false,
    };
    let first = match item.verdict {
        Verdict::Open => Fold::Open,
        Verdict::Accepted | Verdict::Rejected => Fold::Closed,
    };
    let fold = use_state_eq(|| first);
    {
        // What was written down, here or elsewhere, closes the form.
        let fold = fold.setter();
        use_effect_with(item.record.clone(), move |_| fold.set(first));
    }
    let title = format!("item-{}", item.item.as_str());
    use_kept_focus(*fold, title.clone().into());
    let class = match item.verdict {
        Verdict::Open => "item-card",
        Verdict::Accepted => "item-card item-accepted",
        Verdict::Rejected => "item-card item-rejected",
    };
    let usual = item.ways.first().copied().unwrap_or(Way::Original);
    let way = use_state_eq(|| item.record.as_ref().map_or(usual, |record| record.way));
    let onway = {
        let way = way.setter();
        Callback::from(move |chosen| way.set(chosen))
    };
    let onunfold = {
        let fold = fold.setter();
        Callback::from(move |_: MouseEvent| fold.set(Fold::Open))
    };
    let serving = props.access == Access::Serving && asked;
    let writing = serving && *fold == Fold::Open;
    let place = if writing && *way == Way::Uploaded {
        Place::Open
    } else {
        Place::Closed
    };
    let again = if serving && !writing {
        press(ButtonKind::Quiet, onunfold, text.dossiers_record_again())
    } else {
        Html::default()
    };
    html! {
        <article {class} aria-labelledby={title.clone()}>
            <div class="section-head">
                <h3 id={title} tabindex="-1">{ words::item(text, item.item) }</h3>
                if asked { { words::verdict(text, item.verdict) } } else { <span class="soft">{ text.dossiers_not_applicable() }</span> }
            </div>
            { recorded(text, props.zone, item.record.as_ref(), again) }
            if writing {
                <ItemForm item={item.clone()} dossier={props.dossier} way={*way} {onway} looked_up={props.looked_up} show={props.show.clone()} />
            }
            if place == Place::Open || !item.papers.is_empty() {
                <Papers dossier={props.dossier} zone={props.zone} item={item.clone()} {place} show={props.show.clone()} />
            }
        </article>
    }
}

/// How, by whom, when, and the remark; and the way to change it.
fn recorded(text: Text, zone: Zone, record: Option<&ItemRecord>, again: Html) -> Html {
    let Some(record) = record else {
        return html! { <div class="actions">{ again }</div> };
    };
    let by = match &record.officer {
        Some(officer) => text.dossiers_recorded(
            words::hour(zone, record.at),
            officer,
            words::way(text, record.way),
        ),
        None => text.dossiers_known(words::hour(zone, record.at), words::way(text, record.way)),
    };
    html! {
        <>
            <div class="item-record">{ soft(by) }{ again }</div>
            if let Some(note) = &record.note { <p class="note">{ note.as_str() }</p> }
        </>
    }
}

/// Properties of [`ItemForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct ItemFormProps {
    dossier: DossierId,
    item: ItemView,
    way: Way,
    onway: Callback<Way>,
    looked_up: LookedUp,
    show: Callback<Rc<DossierView>>,
}

/// How it was presented, a remark, and the verdict.
#[component]
fn ItemForm(props: &ItemFormProps) -> Html {
    let text = use_text();
    let item = &props.item;
    let way = props.way;
    let note = use_field::<ActReason>(String::new);
    let submission = use_state(|| 0_u32);
    let record = use_staff_call::<RecordItem>();
    let id = format!("note-{}", item.item.as_str());
    let write = {
        let (note, way, submission) = (note.clone(), way, submission.clone());
        let (record, show) = (record.clone(), props.show.clone());
        let (dossier, item) = (props.dossier, item.item);
        Callback::from(move |verdict| {
            if record.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            let note = if note.text().trim().is_empty() {
                Ok(None)
            } else {
                note.send().map(Some)
            };
            if let Ok(note) = note {
                let show = show.clone();
                record.send_then(
                    ItemRecorded {
                        dossier,
                        item,
                        way,
                        verdict,
                        note,
                    },
                    move |view| show.emit(view),
                );
            }
        })
    };
    let onsubmit = {
        let write = write.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            write.emit(Verdict::Accepted);
        })
    };
    let onreject = write.reform(|_: MouseEvent| Verdict::Rejected);
    let options: Vec<_> = item
        .ways
        .iter()
        .map(|one| SwitchOption {
            value: one.as_str().into(),
            name: words::way(text, *one).into(),
            shape: None,
            lang: None,
        })
        .collect();
    let onchange = {
        let onway = props.onway.clone();
        Callback::from(move |chosen: AttrValue| {
            if let Ok(chosen) = chosen.parse() {
                onway.emit(chosen);
            }
        })
    };
    let entries = || {
        remark_error(text, &note)
            .map(|words| wrong(id.clone(), words))
            .into_iter()
            .collect()
    };
    let waits = way == Way::LookedUp && props.looked_up == LookedUp::NotYet;
    let name = words::item(text, item.item);
    let about = html! { <span class="visually-hidden">{ ": " }{ name }</span> };
    let state: ButtonState = state_of(&record);
    html! {
        <form class="item-form" {onsubmit} novalidate=true>
            { soft(words::item_hint(text, item.item)) }
            { for told(text, item).map(soft) }
            { summary(text, *submission, entries) }
            if let Some(problem) = record.problem() { { problem_notice(text, problem, None) } }
            if options.len() > 1 {
                { switch(&props!(SwitchProps { label: text.dossiers_way(), options, current: way.as_str(), onchange })) }
            }
            if waits { { soft(text.dossiers_look_up_first()) } }
            { remark(text, &id, &note) }
            <div class="actions">
                { button(&props!(ButtonProps { kind: ButtonKind::Secondary, role: ButtonRole::Submit, state, children: html! { <>{ text.dossiers_accept() }{ about.clone() }</> } })) }
                { button(&props!(ButtonProps { kind: ButtonKind::Quiet, state, onclick: onreject, children: html! { <>{ text.dossiers_reject() }{ about }</> } })) }
            </div>
        </form>
    }
}

/// What the person was told of it, so that nobody is sent home for what was never asked for.
fn told(text: Text, item: &ItemView) -> Option<String> {
    match item.need {
        Need::Required => {
            let (paper, bring) = item.bring?.told(text);
            Some(text.dossiers_told(bring, paper))
        }
        Need::OnFile => Some(text.dossiers_on_file().to_owned()),
        Need::NotApplicable => None,
    }
}

/// The remark: it may be left out, so nothing is wrong with an empty one.
fn remark(text: Text, id: &str, note: &FieldHandle<ActReason>) -> Html {
    text_input(&props!(TextInputProps {
        id: id.to_owned(),
        label: text.dossiers_note(),
        error: remark_error(text, note).map(AttrValue::from),
        value: note.text().to_owned(),
        oninput: note.oninput(),
        onblur: note.onblur()
    }))
}

fn remark_error(text: Text, note: &FieldHandle<ActReason>) -> Option<&'static str> {
    let code = note.error().filter(|_| !note.text().trim().is_empty())?;
    Some(error_words::field(text, code))
}
