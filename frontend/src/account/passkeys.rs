//! The devices that can tell for the owner that it is them: named, listed, removed. They are enrolled at a counter.

use super::proof::{use_proof, use_typed};
use super::session::{SignedIn, state_of, use_account_call, use_account_load};
use super::when;
use crate::api::Remote;
use crate::errors::{problem_notice, summary, words, wrong};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::focus;
use crate::routes::{AppointmentPage, Route, link};
use crate::ui::prose::{heading, lead, list, paragraph};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, TextInputProps, button, live_region, loading, press, text_input,
};
use shared::i18n::Text;
use shared::passkeys::api::{
    ListPasskeys, PasskeyList, PasskeyRemoval, PasskeyRename, PasskeyView, RemovePasskey, RenamePasskey,
};
use shared::passkeys::{Backup, PasskeyId, PasskeyName};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What is being done with one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Nothing,
    Renaming(PasskeyId),
    Removing(PasskeyId),
}

/// Properties of [`PasskeysPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PasskeysPageProps {
    /// Who is signed in.
    pub signed_in: SignedIn,
}

/// The page.
#[component]
pub fn PasskeysPage(_props: &PasskeysPageProps) -> Html {
    let text = use_text();
    let load = use_account_load::<ListPasskeys>();
    let changed = use_state(|| None::<Rc<PasskeyList>>);
    let doing = use_state_eq(|| Doing::Nothing);
    let said = use_state_eq(|| "");
    let onretry = {
        let load = load.clone();
        Callback::from(move |()| load.send(()))
    };
    let list_now = match (&*changed, load.state()) {
        (Some(list), _) => list.clone(),
        (None, Remote::Ready(list)) => list,
        (None, Remote::Idle | Remote::Loading) => return loading(text.account_loading()),
        (None, Remote::Failed(problem)) => return problem_notice(text, &problem, Some(&onretry)),
    };
    let act = {
        let (doing, said) = (doing.setter(), said.setter());
        Callback::from(move |what| {
            said.set("");
            doing.set(what);
        })
    };
    let ondone = {
        let (doing, said, changed) = (doing.clone(), said.setter(), changed.setter());
        Callback::from(move |list| {
            changed.set(Some(list));
            said.set(match *doing {
                Doing::Renaming(_) => text.account_passkeys_renamed(),
                Doing::Removing(_) => text.account_passkeys_removed(),
                Doing::Nothing => "",
            });
            doing.set(Doing::Nothing);
        })
    };
    let item = |passkey: &PasskeyView| {
        html! { <li key={passkey.id.to_string()} class="item item-tall">{ item(text, passkey, *doing, &act, &ondone) }</li> }
    };
    html! {
        <>
            { lead(text.account_passkeys_lead()) }
            if !said.is_empty() { <p class="said"><strong>{ *said }</strong></p> }
            { live_region(*said) }
            if list_now.passkeys.is_empty() {
                { paragraph(text.account_passkeys_none()) }
            } else {
                <ul class="items">{ for list_now.passkeys.iter().map(item) }</ul>
            }
            <section class="flow">
                { heading(text.account_passkeys_where()) }
                { list(&[text.account_passkeys_where_counter(), text.account_passkeys_where_lost()]) }
                <p>{ link(Route::Appointment(AppointmentPage::Begin), text.account_passkeys_where_help()) }</p>
            </section>
        </>
    }
}

/// One of them.
fn item(
    text: Text,
    passkey: &PasskeyView,
    doing: Doing,
    act: &Callback<Doing>,
    ondone: &Callback<Rc<PasskeyList>>,
) -> Html {
    let id = passkey.id;
    let used = match passkey.used_at {
        Some(at) => text.account_passkeys_used(when::moment(text, at)),
        None => text.account_passkeys_unused().to_owned(),
    };
    let backup = match passkey.backup {
        Backup::DeviceBound => text.account_passkeys_bound(),
        Backup::Eligible => text.account_passkeys_eligible(),
        Backup::BackedUp => text.account_passkeys_backed_up(),
    };
    html! {
        <div class="item-body flow">
            <h2 class="item-title">{ passkey.name.as_str() }</h2>
            <p class="soft">{ text.account_passkeys_since(when::moment(text, passkey.created_at)) }{ " " }{ used }</p>
            <p class="soft">{ backup }</p>
            if doing == Doing::Renaming(id) {
                <RenameForm passkey={passkey.clone()} ondone={ondone.clone()} onleave={act.reform(|()| Doing::Nothing)} />
            } else if doing == Doing::Removing(id) {
                <RemoveForm passkey={passkey.clone()} ondone={ondone.clone()} onleave={act.reform(|()| Doing::Nothing)} />
            } else {
                <div class="actions">
                    { named(ButtonKind::Secondary, act.reform(move |_| Doing::Renaming(id)), text.account_passkeys_rename(), &passkey.name) }
                    { named(ButtonKind::Quiet, act.reform(move |_| Doing::Removing(id)), text.account_passkeys_remove(), &passkey.name) }
                </div>
            }
        </div>
    }
}

/// A button whose name for ears says which one it is about.
fn named(kind: ButtonKind, onclick: Callback<MouseEvent>, words: &'static str, name: &PasskeyName) -> Html {
    button(&props!(ButtonProps {
        kind,
        onclick,
        children: html! { <>{ words }<span class="visually-hidden">{ ": " }{ name.as_str() }</span></> }
    }))
}

/// Properties of the forms.
#[derive(Clone, Debug, PartialEq, Properties)]
struct PasskeyFormProps {
    passkey: PasskeyView,
    ondone: Callback<Rc<PasskeyList>>,
    onleave: Callback<()>,
}

/// Another name.
#[component]
fn RenameForm(props: &PasskeyFormProps) -> Html {
    let text = use_text();
    let name = use_field::<PasskeyName>(|| props.passkey.name.as_str().to_owned());
    let submission = use_state(|| 0_u32);
    let rename = use_account_call::<RenamePasskey>();
    use_effect_with((), |()| focus::element("passkey-name"));
    let error = name.error().map(|code| words::field(text, code));
    let onsubmit = {
        let (name, submission, rename) = (name.clone(), submission.clone(), rename.clone());
        let (passkey, ondone) = (props.passkey.id, props.ondone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if rename.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if let Ok(name) = name.send() {
                let ondone = ondone.clone();
                rename.send_then(PasskeyRename { passkey, name }, move |list| ondone.emit(list));
            }
        })
    };
    let state = state_of(&rename);
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || error.map(|words| wrong("passkey-name", words)).into_iter().collect()) }
            if let Some(problem) = rename.problem() { { problem_notice(text, problem, None) } }
            { text_input(&props!(TextInputProps { id: "passkey-name", label: text.account_passkeys_name(), error, value: name.text().to_owned(), oninput: name.oninput(), onblur: name.onblur() })) }
            <div class="actions">
                { button(&props!(ButtonProps { role: ButtonRole::Submit, state, children: html! { text.account_passkeys_rename_do() } })) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_| ()), text.account_leave_it()) }
            </div>
        </form>
    }
}

/// Removing it, with the password in force.
#[component]
fn RemoveForm(props: &PasskeyFormProps) -> Html {
    let text = use_text();
    let submission = use_state(|| 0_u32);
    let remove = use_account_call::<RemovePasskey>();
    let proof = use_proof(remove.problem().cloned());
    let ontyped = use_typed();
    use_effect_with((), |()| focus::element("current"));
    let onsubmit = {
        let (proof, submission, remove) = (proof.clone(), submission.clone(), remove.clone());
        let (passkey, ondone) = (props.passkey.id, props.ondone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if remove.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if let Some(current) = proof.send() {
                let ondone = ondone.clone();
                remove.send_then(PasskeyRemoval { passkey, current }, move |list| ondone.emit(list));
            }
        })
    };
    let state = state_of(&remove);
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || proof.entry(text).into_iter().collect()) }
            if let Some(problem) = remove.problem() { { problem_notice(text, problem, None) } }
            { paragraph(text.account_passkeys_remove_what()) }
            { proof.field(text, &ontyped) }
            <div class="actions">
                { button(&props!(ButtonProps { kind: ButtonKind::Danger, role: ButtonRole::Submit, state, children: html! { text.account_passkeys_remove_do() } })) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_| ()), text.account_leave_it()) }
            </div>
        </form>
    }
}
