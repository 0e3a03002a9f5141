//! The account at a glance: how it stands, what is due, what wants attention, and what happened last.

use super::obligations::due_card;
use super::session::SignedIn;
use super::{visit, when};
use crate::i18n::use_text;
use crate::routes::{Route, link};
use crate::ui::prose::{advice, heading, paragraph};
use crate::ui::{
    ButtonKind, Description, DescriptionListProps, NoticeProps, Tone, button_link, description_list, notice,
};
use shared::delegates::{Scope, Scopes};
use shared::i18n::Text;
use shared::sessions::api::{AccountState, AccountView};
use shared::sessions::{PasswordAge, Who};
use yew::prelude::*;
use yew::props;

/// Properties of [`Overview`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct OverviewProps {
    /// Who is signed in.
    pub signed_in: SignedIn,
}

/// The page.
#[component]
pub fn Overview(props: &OverviewProps) -> Html {
    let text = use_text();
    let account = &props.signed_in.account;
    html! {
        <>
            { delegation(text, account) }
            { state(text, account) }
            { reminder(text, account) }
            { due_card() }
            <section class="flow">
                { heading(text.account_facts()) }
                { description_list(&props!(DescriptionListProps { entries: facts(text, account) })) }
            </section>
        </>
    }
}

/// For a delegate: whose account it is, and what they may do.
fn delegation(text: Text, account: &AccountView) -> Html {
    match &account.who {
        Who::Owner => Html::default(),
        Who::Delegate { name, scopes, until } => notice(&props!(NoticeProps {
            title: text.account_delegate_title(name.to_string()),
            children: html! { <>
                { paragraph(text.account_delegate_what(when::day(text, *until))) }
                { scope_list(text, *scopes) }
            </> }
        })),
    }
}

/// What scopes let somebody do.
pub(super) fn scope_list(text: Text, scopes: Scopes) -> Html {
    html! { <ul>{ for scopes.iter().map(|scope| html! { <li>{ scope_words(text, scope) }</li> }) }</ul> }
}

/// A scope, in words.
pub(super) fn scope_words(text: Text, scope: Scope) -> &'static str {
    match scope {
        Scope::Payroll => text.delegates_scope_payroll(),
        Scope::Registrations => text.delegates_scope_registrations(),
        Scope::ReadOnly => text.delegates_scope_read_only(),
    }
}

/// How the account stands, if it wants attention.
fn state(text: Text, account: &AccountView) -> Html {
    match account.state {
        AccountState::Active => Html::default(),
        AccountState::Blocked => notice(&props!(NoticeProps {
            tone: Tone::Warning,
            title: text.account_blocked_title(),
            children: html! { <>
                { paragraph(text.account_blocked_what()) }
                if account.who == Who::Owner {
                    { advice(text.account_blocked_do()) }
                    <div class="actions">{ button_link(ButtonKind::Secondary, Route::Unlock.path(), text.account_blocked_unlock()) }</div>
                } else {
                    { advice(text.account_blocked_tell()) }
                }
            </> }
        })),
    }
}

/// A calm word about an old password; never forced.
fn reminder(text: Text, account: &AccountView) -> Html {
    match account.password {
        Some(PasswordAge {
            days, reminder: true, ..
        }) => notice(&props!(NoticeProps {
            title: text.account_old_password_title(days),
            children: html! { <>
                { paragraph(text.account_old_password_what()) }
                <p>{ link(Route::AccountPassword, text.account_old_password_change()) }</p>
            </> }
        })),
        Some(_) | None => Html::default(),
    }
}

fn facts(text: Text, account: &AccountView) -> Vec<Description> {
    let mut facts = vec![Description {
        term: text.account_state().into(),
        detail: match account.state {
            AccountState::Active => html! { text.account_state_active() },
            AccountState::Blocked => html! { text.account_state_blocked() },
        },
    }];
    if let Some(age) = account.password {
        facts.push(Description {
            term: text.account_password().into(),
            detail: html! { <>
                { text.account_password_age(when::day_of(text, age.set_at), age.days.into()) }
            </> },
        });
    }
    facts.push(Description {
        term: text.account_last_sign_in().into(),
        detail: match account.last_sign_in {
            Some(last) => html! { <>
                { when::moment(text, last.at) }
                if let Some(place) = visit::place(text, Some(last.device), last.network) { <span class="detail-more">{ place }</span> }
            </> },
            None => html! { text.account_first_sign_in() },
        },
    });
    if !account.linked.is_empty() {
        facts.push(Description {
            term: text.account_linked().into(),
            detail: html! { <>
                { account.linked.join(", ") }<span class="detail-more">{ text.account_linked_hint() }</span>
            </> },
        });
    }
    facts
}
