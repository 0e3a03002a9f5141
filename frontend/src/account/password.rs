//! Another password, by somebody who knows the present one.

use super::proof::{use_proof, use_typed};
use super::session::{SignedIn, use_account_call, use_account_load, use_session};
use super::when;
use crate::api::Remote;
use crate::errors::problem_notice;
use crate::forms::new_password::{Judged, NewPasswordForm};
use crate::forms::strength;
use crate::i18n::use_text;
use crate::routes::{Route, link};
use crate::ui::prose::{lead, list, soft};
use crate::ui::{ButtonState, NoticeProps, Tone, Urgency, loading, notice};
use shared::i18n::Text;
use shared::sessions::Who;
use shared::sessions::api::{ChangePassword, PasswordChange, PasswordRules, ShowPasswordRules};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`PasswordPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PasswordPageProps {
    /// Who is signed in.
    pub signed_in: SignedIn,
}

/// The page.
#[component]
pub fn PasswordPage(props: &PasswordPageProps) -> Html {
    let text = use_text();
    let rules = use_account_load::<ShowPasswordRules>();
    let changed = use_state_eq(|| Changed::No);
    use_effect_with((), |()| strength::fetch_ahead());
    let account = &props.signed_in.account;
    if *changed == Changed::Yes {
        return done(text, &account.who);
    }
    let onretry = {
        let rules = rules.clone();
        Callback::from(move |()| rules.send(()))
    };
    let onchanged = {
        let changed = changed.setter();
        Callback::from(move |()| changed.set(Changed::Yes))
    };
    let form = match rules.state() {
        Remote::Idle | Remote::Loading => loading(text.account_loading()),
        Remote::Failed(problem) => problem_notice(text, &problem, Some(&onretry)),
        Remote::Ready(rules) => html! { <ChangeForm {rules} {onchanged} /> },
    };
    let age = account
        .password
        .map(|age| text.account_password_age(when::day_of(text, age.set_at), age.days.into()));
    html! {
        <>
            { lead(match account.who { Who::Owner => text.account_password_lead(), Who::Delegate { .. } => text.account_password_lead_own() }) }
            if let Some(age) = age { { soft(age) } }
            { form }
        </>
    }
}

/// Whether it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Changed {
    No,
    Yes,
}

/// What was done and what comes of it.
fn done(text: Text, who: &Who) -> Html {
    let told = match who {
        Who::Owner => text.account_password_told(),
        Who::Delegate { .. } => text.account_password_recorded(),
    };
    html! {
        <>
            { notice(&props!(NoticeProps {
                tone: Tone::Success,
                title: text.account_password_changed(),
                urgency: Urgency::Polite,
                children: list(&[text.account_password_others(), told, text.account_password_keep()])
            })) }
            <p>{ link(Route::Account, text.account_back()) }</p>
        </>
    }
}

/// Properties of [`ChangeForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct ChangeFormProps {
    rules: Rc<PasswordRules>,
    onchanged: Callback<()>,
}

/// The present password and the new one.
#[component]
fn ChangeForm(props: &ChangeFormProps) -> Html {
    let text = use_text();
    let session = use_session();
    let change = use_account_call::<ChangePassword>();
    let proof = use_proof(change.problem().cloned());
    let ontyped = use_typed();
    let onsubmit = {
        let (change, proof, session) = (change.clone(), proof.clone(), session.clone());
        let onchanged = props.onchanged.clone();
        Callback::from(move |judged| {
            let (Some(current), Judged::Good(password)) = (proof.send(), judged) else {
                return;
            };
            let (session, onchanged) = (session.clone(), onchanged.clone());
            change.send_then(PasswordChange { current, password }, move |account| {
                session.renew(account);
                onchanged.emit(());
            });
        })
    };
    let wrong: Vec<_> = proof.entry(text).into_iter().collect();
    let (state, label) = if change.is_loading() {
        (ButtonState::Busy, text.account_password_changing())
    } else {
        (ButtonState::Ready, text.account_password_change())
    };
    html! {
        <NewPasswordForm rules={props.rules.rules.clone()} personal={props.rules.personal.clone()} {state} {label}
            problem={change.problem().cloned()} {wrong} {onsubmit} ontyped={ontyped.clone()}>
            { proof.field(text, &ontyped) }
        </NewPasswordForm>
    }
}
