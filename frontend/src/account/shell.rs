//! What is around every page behind the sign-in: who is signed in, the pages of the area, and the way out.

use super::idle::IdleWatch;
use super::session::{Ask, End, SignedIn, use_account_call, use_session, use_signed_in};
use crate::api::Remote;
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::routes::{Link, Route};
use crate::ui::prose::paragraph;
use crate::ui::{
    ButtonKind, ButtonProps, ButtonState, NoticeProps, Tone, button, loading, notice, stage_heading,
};
use shared::i18n::Text;
use shared::recovery::api::Empty;
use shared::sessions::Who;
use shared::sessions::api::SignOut;
use yew::prelude::*;
use yew::props;

/// Who may see a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Whoever is signed in.
    Everybody,
    /// Only the owner.
    Owner,
}

/// A page of the area, as the navigation knows it.
struct Place {
    route: Route,
    audience: Audience,
    name: fn(Text) -> &'static str,
}

const fn place(route: Route, audience: Audience, name: fn(Text) -> &'static str) -> Place {
    Place {
        route,
        audience,
        name,
    }
}

/// The pages of the area, in the order of the navigation.
const PLACES: &[Place] = &[
    place(Route::Account, Audience::Everybody, |text| {
        text.account_nav_overview()
    }),
    place(Route::AccountObligations, Audience::Everybody, |text| {
        text.account_nav_obligations()
    }),
    place(Route::AccountPassword, Audience::Everybody, |text| {
        text.account_nav_password()
    }),
    place(Route::AccountSessions, Audience::Everybody, |text| {
        text.account_nav_sessions()
    }),
    place(Route::AccountHistory, Audience::Owner, |text| {
        text.account_nav_history()
    }),
    place(Route::AccountContacts, Audience::Owner, |text| {
        text.account_nav_contacts()
    }),
    place(Route::AccountPasskeys, Audience::Owner, |text| {
        text.account_nav_passkeys()
    }),
    place(Route::AccountDelegates, Audience::Owner, |text| {
        text.account_nav_delegates()
    }),
];

/// Whether they see the page.
fn sees(who: &Who, audience: Audience) -> bool {
    match (audience, who) {
        (Audience::Everybody, Who::Owner | Who::Delegate { .. }) | (Audience::Owner, Who::Owner) => true,
        (Audience::Owner, Who::Delegate { .. }) => false,
    }
}

/// Properties of [`Shell`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ShellProps {
    /// Which page it is.
    pub route: Route,
    /// Its heading and title.
    pub title: AttrValue,
    /// Who may see it.
    pub audience: Audience,
    /// The page itself, once it is known who is signed in.
    pub page: Callback<SignedIn, Html>,
}

/// A page behind the sign-in.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let text = use_text();
    use_title(&props.title);
    let (stand, look) = use_signed_in(Ask::Always);
    match stand {
        Remote::Idle | Remote::Loading => html! {
            <div class="column flow">{ stage_heading("asking", props.title.clone(), None) }{ loading(text.account_loading()) }</div>
        },
        Remote::Failed(problem) => html! {
            <div class="column flow">{ stage_heading("failed", props.title.clone(), None) }{ problem_notice(text, &problem, Some(&look)) }</div>
        },
        Remote::Ready(signed_in) => {
            let allowed = sees(&signed_in.account.who, props.audience);
            html! {
                <div class="account">
                    <Bar signed_in={signed_in.clone()} />
                    <Places route={props.route.clone()} who={signed_in.account.who.clone()} />
                    <div class="account-page flow" key={props.route.path()}>
                        { stage_heading("page", props.title.clone(), None) }
                        if allowed {
                            { props.page.emit(signed_in.clone()) }
                        } else {
                            { notice(&props!(NoticeProps { tone: Tone::Info, title: text.account_owner_only_title(), children: paragraph(text.account_owner_only_what()) })) }
                        }
                    </div>
                    <IdleWatch {signed_in} />
                </div>
            }
        }
    }
}

/// Who is signed in, and the way out.
#[component]
fn Bar(props: &BarProps) -> Html {
    let text = use_text();
    let session = use_session();
    let leave = use_account_call::<SignOut>();
    let account = &props.signed_in.account;
    let onclick = {
        let leave = leave.clone();
        Callback::from(move |_: MouseEvent| {
            let session = session.clone();
            leave.send_then(Empty {}, move |_| session.over(End::SignedOut));
        })
    };
    let (state, label) = if leave.is_loading() {
        (ButtonState::Busy, text.account_leaving())
    } else {
        (ButtonState::Ready, text.account_leave())
    };
    html! {
        <>
            <div class="account-bar">
                <p>
                    <strong>{ account.name.expose() }</strong>
                    <span>{ text.account_number(account.branch.to_string(), &account.employer) }</span>
                    if let Who::Delegate { name, .. } = &account.who {
                        <span>{ text.account_as_delegate(name.to_string()) }</span>
                    }
                </p>
                { button(&props!(ButtonProps { kind: ButtonKind::Secondary, state, onclick, children: html! { label } })) }
            </div>
            if let Some(problem) = leave.problem() { { problem_notice(text, problem, None) } }
        </>
    }
}

/// Properties of [`Bar`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct BarProps {
    signed_in: SignedIn,
}

/// Whether the pages are folded up, where there is no room for them beside the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fold {
    Folded,
    Open,
}

/// Properties of [`Places`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct PlacesProps {
    route: Route,
    who: Who,
}

/// The pages that they may see: beside the page, or on a phone behind a button that names the present one.
#[component]
fn Places(props: &PlacesProps) -> Html {
    let text = use_text();
    let fold = use_state_eq(|| Fold::Folded);
    {
        let fold = fold.setter();
        use_effect_with(props.route.clone(), move |_| fold.set(Fold::Folded));
    }
    let (class, expanded, other) = match *fold {
        Fold::Folded => ("account-places", "false", Fold::Open),
        Fold::Open => ("account-places unfolded", "true", Fold::Folded),
    };
    let onclick = {
        let fold = fold.setter();
        Callback::from(move |_: MouseEvent| fold.set(other))
    };
    let places = PLACES.iter().filter(|place| sees(&props.who, place.audience));
    html! {
        <nav {class} aria-label={text.account_places()}>
            { button(&props!(ButtonProps { kind: ButtonKind::Secondary, onclick, expanded, controls: "places", children: html! { text.account_places() } })) }
            <ul id="places">{ for places.map(|place| html! { <li><Link to={place.route.clone()}>{ (place.name)(text) }</Link></li> }) }</ul>
        </nav>
    }
}
