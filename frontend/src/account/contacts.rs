//! Where the owner is reached: what is registered, what is under way, and asking for another contact.

use super::proof::{use_proof, use_typed};
use super::session::{SignedIn, use_account_call, use_account_load};
use super::when;
use crate::countdown::use_remaining;
use crate::errors::{problem_notice, summary, words, wrong};
use crate::forms::use_field;
use crate::i18n::use_text;
use crate::platform::{clock, focus};
use crate::ui::prose::{advice, lead, list, paragraph, soft};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, ButtonState, InputKind, NoticeProps, TextInputProps, Tone, Urgency,
    button, loading, notice, press, text_input,
};
use shared::api::FieldCode;
use shared::contacts::api::{
    ChangeChoice, ChangeView, ContactRequest, ContactsView, RequestContactChange, ShowContacts, Standing,
    WithdrawContactChange,
};
use shared::contacts::{ContactKind, Obstacle, Wanted};
use shared::i18n::Text;
use shared::identifiers::{ContactChangeId, Email, Phone};
use shared::time::{Countdown, Timestamp};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What is being changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Editing {
    Nothing,
    Email,
    Phone,
    NoPhone,
}

/// What was done last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Asked(Editing),
    Withdrawn,
}

/// What the server said last, and when this device heard it.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    view: Rc<ContactsView>,
    heard: Timestamp,
}

impl Told {
    fn now(view: Rc<ContactsView>) -> Self {
        Self {
            view,
            heard: clock::now(),
        }
    }
}

/// Properties of [`ContactsPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ContactsPageProps {
    /// Who is signed in.
    pub signed_in: SignedIn,
}

/// The page.
#[component]
pub fn ContactsPage(_props: &ContactsPageProps) -> Html {
    let text = use_text();
    let load = use_account_load::<ShowContacts>();
    let withdraw = use_account_call::<WithdrawContactChange>();
    let told = use_state(|| None::<Told>);
    let editing = use_state_eq(|| Editing::Nothing);
    let done = use_state_eq(|| None::<Done>);
    {
        let told = told.setter();
        use_effect_with(load.state().ready().cloned(), move |view| {
            if let Some(view) = view {
                told.set(Some(Told::now(view.clone())));
            }
        });
    }
    let onretry = {
        let load = load.clone();
        Callback::from(move |()| load.send(()))
    };
    let Some(present) = (*told).clone() else {
        return match load.problem() {
            Some(problem) => problem_notice(text, problem, Some(&onretry)),
            None => loading(text.account_loading()),
        };
    };
    let edit = {
        let (editing, done) = (editing.setter(), done.setter());
        Callback::from(move |what| {
            done.set(None);
            editing.set(what);
        })
    };
    let onasked = {
        let (told, editing, done, now) = (told.setter(), editing.setter(), done.setter(), *editing);
        Callback::from(move |view| {
            told.set(Some(Told::now(view)));
            editing.set(Editing::Nothing);
            done.set(Some(Done::Asked(now)));
            focus::element("contacts-done");
        })
    };
    let onwithdraw = {
        let (told, done, withdraw) = (told.setter(), done.setter(), withdraw.clone());
        Callback::from(move |change| {
            let (told, done) = (told.clone(), done.clone());
            withdraw.send_then(ChangeChoice { change }, move |view| {
                told.set(Some(Told::now(view)));
                done.set(Some(Done::Withdrawn));
            });
        })
    };
    let card = |kind: ContactKind| contact(text, &present, kind, *editing, &edit, &onasked, &onwithdraw);
    html! {
        <>
            { lead(text.account_contacts_lead()) }
            { said(text, *done) }
            if let Some(problem) = withdraw.problem() { { problem_notice(text, problem, None) } }
            <ul class="items">
                { card(ContactKind::Email) }
                { card(ContactKind::Phone) }
            </ul>
            <section class="flow">
                <h2>{ text.account_contacts_how() }</h2>
                { list(&[text.account_contacts_how_confirm(), text.account_contacts_how_hold(), text.account_contacts_how_recovery()]) }
            </section>
        </>
    }
}

/// What was done.
fn said(text: Text, done: Option<Done>) -> Html {
    let (title, what) = match done {
        None => return Html::default(),
        Some(Done::Asked(Editing::Email)) => {
            (text.account_contacts_asked(), text.account_contacts_asked_email())
        }
        Some(Done::Asked(Editing::Phone)) => {
            (text.account_contacts_asked(), text.account_contacts_asked_phone())
        }
        Some(Done::Asked(Editing::NoPhone | Editing::Nothing)) => (
            text.account_contacts_asked(),
            text.account_contacts_asked_no_phone(),
        ),
        Some(Done::Withdrawn) => (
            text.account_contacts_withdrawn(),
            text.account_contacts_withdrawn_what(),
        ),
    };
    html! {
        <div id="contacts-done" tabindex="-1">
            { notice(&props!(NoticeProps { tone: Tone::Success, title, urgency: Urgency::Polite, children: paragraph(what) })) }
        </div>
    }
}

/// One contact: what is registered, what is under way, and what can be done.
fn contact(
    text: Text,
    told: &Told,
    kind: ContactKind,
    editing: Editing,
    edit: &Callback<Editing>,
    onasked: &Callback<Rc<ContactsView>>,
    onwithdraw: &Callback<ContactChangeId>,
) -> Html {
    let (title, registered, change_words, own) = match kind {
        ContactKind::Email => (
            text.account_contacts_email(),
            told.view.email.clone(),
            text.account_contacts_change_email(),
            Editing::Email,
        ),
        ContactKind::Phone => (
            text.account_contacts_phone(),
            told.view.phone.clone(),
            if told.view.phone.is_some() {
                text.account_contacts_change_phone()
            } else {
                text.account_contacts_add_phone()
            },
            Editing::Phone,
        ),
    };
    let removable = kind == ContactKind::Phone && registered.is_some();
    let open = editing == own || (kind == ContactKind::Phone && editing == Editing::NoPhone);
    let pending = told.view.changes.iter().find(|change| change.kind == kind);
    html! {
        <li class="item item-tall" key={title}>
            <div class="item-body flow">
                <h2 class="item-title">{ title }</h2>
                <p class="item-value">{ registered.unwrap_or_else(|| text.account_contacts_none().to_owned()) }</p>
                if let Some(change) = pending { <Pending change={change.clone()} said={told.view.now} heard={told.heard} onwithdraw={onwithdraw.clone()} /> }
                if open {
                    <ContactForm key={format!("{editing:?}")} {editing} onasked={onasked.clone()} onleave={edit.reform(|()| Editing::Nothing)} />
                } else {
                    <div class="actions">
                        { press(ButtonKind::Secondary, edit.reform(move |_| own), change_words) }
                        if removable { { press(ButtonKind::Quiet, edit.reform(|_| Editing::NoPhone), text.account_contacts_remove_phone()) } }
                    </div>
                }
            </div>
        </li>
    }
}

/// Properties of [`Pending`].
#[derive(Clone, PartialEq, Properties)]
struct PendingProps {
    change: ChangeView,
    said: Timestamp,
    heard: Timestamp,
    onwithdraw: Callback<ContactChangeId>,
}

/// A change under way, with the time that is left, and withdrawing it.
#[component]
fn Pending(props: &PendingProps) -> Html {
    let text = use_text();
    let change = &props.change;
    let total = change.deadline.remaining(props.said);
    let left = use_remaining(Countdown::new(change.deadline, total, props.said, props.heard));
    let until = when::moment(text, change.deadline.instant());
    let to = change.to.clone();
    let (title, what) = match (change.standing, to) {
        (Standing::Requested, Some(to)) => (
            text.account_contacts_requested(),
            text.account_contacts_requested_what(to, &until),
        ),
        (Standing::Held, Some(to)) => (
            text.account_contacts_held(),
            text.account_contacts_held_what(to, &until),
        ),
        (Standing::HeldFirst, Some(to)) => (
            text.account_contacts_held(),
            text.account_contacts_held_first_what(to, &until),
        ),
        (Standing::Confirming, Some(to)) => (
            text.account_contacts_requested(),
            text.account_contacts_confirming_what(to, &until),
        ),
        (Standing::Requested | Standing::Held | Standing::HeldFirst | Standing::Confirming, None) => (
            text.account_contacts_held(),
            text.account_contacts_held_removal(&until),
        ),
    };
    let id = change.change;
    html! {
        { notice(&props!(NoticeProps { tone: Tone::Warning, title, children: html! { <>
            { paragraph(what) }
            if left.seconds > 0 {
                { soft(text.account_contacts_left(i64::from(left.seconds / 3600), i64::from(left.seconds % 3600 / 60))) }
            }
            if let Some(obstacle) = change.obstacle { { advice(obstacle_words(text, obstacle)) } }
            { press(ButtonKind::Secondary, props.onwithdraw.reform(move |_| id), text.account_contacts_withdraw()) }
        </> } })) }
    }
}

/// What keeps a change held.
fn obstacle_words(text: Text, obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Frozen => text.account_contacts_frozen(),
        Obstacle::Recovery => text.account_contacts_recovery(),
        Obstacle::Unlock => text.account_contacts_unlock(),
    }
}

/// Properties of [`ContactForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct ContactFormProps {
    editing: Editing,
    onasked: Callback<Rc<ContactsView>>,
    onleave: Callback<()>,
}

/// The new contact and the password in force.
#[component]
fn ContactForm(props: &ContactFormProps) -> Html {
    let text = use_text();
    let email = use_field::<Email>(String::new);
    let phone = use_field::<Phone>(String::new);
    let submission = use_state(|| 0_u32);
    let ask = use_account_call::<RequestContactChange>();
    let proof = use_proof(ask.problem().cloned());
    let ontyped = use_typed();
    use_effect_with(props.editing, |editing| match editing {
        Editing::Email => focus::element("email"),
        Editing::Phone => focus::element("phone"),
        Editing::NoPhone => focus::element("current"),
        Editing::Nothing => {}
    });
    {
        let (email, phone) = (email.clone(), phone.clone());
        use_effect_with(ask.problem().cloned(), move |problem| {
            for wrong in problem.iter().flat_map(|problem| &problem.fields) {
                if wrong.field.starts_with("wanted") {
                    email.refuse(wrong.code);
                    phone.refuse(wrong.code);
                }
            }
        });
    }
    let error = match props.editing {
        Editing::Email => email.error().map(|code| ("email", email_error(text, code))),
        Editing::Phone => phone.error().map(|code| ("phone", phone_error(text, code))),
        Editing::NoPhone | Editing::Nothing => None,
    };
    let onsubmit = {
        let (email, phone, proof, ask, submission) = (
            email.clone(),
            phone.clone(),
            proof.clone(),
            ask.clone(),
            submission.clone(),
        );
        let (editing, onasked) = (props.editing, props.onasked.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if ask.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            let wanted = match editing {
                Editing::Email => email.send().ok().map(Wanted::Email),
                Editing::Phone => phone.send().ok().map(Wanted::Phone),
                Editing::NoPhone => Some(Wanted::NoPhone),
                Editing::Nothing => None,
            };
            let (Some(current), Some(wanted)) = (proof.send(), wanted) else {
                return;
            };
            let onasked = onasked.clone();
            ask.send_then(ContactRequest { wanted, current }, move |view| onasked.emit(view));
        })
    };
    let entries = || {
        let own = error.map(|(field, words)| wrong(field, words));
        own.into_iter().chain(proof.entry(text)).collect()
    };
    let (state, kind, label) = match (ask.is_loading(), props.editing) {
        (true, _) => (
            ButtonState::Busy,
            ButtonKind::Primary,
            text.account_contacts_asking(),
        ),
        (false, Editing::NoPhone) => (
            ButtonState::Ready,
            ButtonKind::Danger,
            text.account_contacts_remove_phone(),
        ),
        (false, Editing::Email | Editing::Phone | Editing::Nothing) => (
            ButtonState::Ready,
            ButtonKind::Primary,
            text.account_contacts_ask(),
        ),
    };
    let message = error.map(|(_, words)| AttrValue::from(words));
    let typed = |oninput: Callback<String>| {
        let ontyped = ontyped.clone();
        Callback::from(move |value| {
            oninput.emit(value);
            ontyped.emit(());
        })
    };
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { summary(text, *submission, entries) }
            if let Some(problem) = ask.problem() { { problem_notice(text, problem, None) } }
            if props.editing == Editing::Email {
                { text_input(&props!(TextInputProps { id: "email", label: text.account_contacts_new_email(), hint: text.account_contacts_new_email_hint(), error: message, value: email.text().to_owned(), oninput: typed(email.oninput()), onblur: email.onblur(), kind: InputKind::Email, autocomplete: "email", name: "email" })) }
            } else if props.editing == Editing::Phone {
                { text_input(&props!(TextInputProps { id: "phone", label: text.account_contacts_new_phone(), hint: text.account_contacts_new_phone_hint(), error: message, value: phone.text().to_owned(), oninput: typed(phone.oninput()), onblur: phone.onblur(), kind: InputKind::Phone, autocomplete: "tel", name: "phone" })) }
            } else {
                { paragraph(text.account_contacts_remove_what()) }
            }
            { proof.field(text, &ontyped) }
            <div class="actions">
                { button(&props!(ButtonProps { kind, role: ButtonRole::Submit, state, children: html! { label } })) }
                { press(ButtonKind::Quiet, props.onleave.reform(|_| ()), text.account_leave_it()) }
            </div>
        </form>
    }
}

/// What is wrong with an address.
fn email_error(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.account_contacts_email_missing()
    } else if code == FieldCode::Malformed {
        text.account_contacts_email_malformed()
    } else {
        words::field(text, code)
    }
}

/// What is wrong with a number.
fn phone_error(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.account_contacts_phone_missing()
    } else {
        text.account_contacts_phone_malformed()
    }
}
