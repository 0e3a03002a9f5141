//! What is around every page behind the sign-in: who is signed in, the pages of their role, the keys, the lock, the way out.

use super::kept_focus::use_kept_focus;
use super::keys::{KeysButton, Press, use_shortcut};
use super::lock::{IdleWatch, Lock, is_locked};
use super::places::{self, Place};
use super::session::{Ask, End, Officer, state_of, use_heed, use_officer, use_staff_load, use_staff_session};
use crate::api::{Remote, use_call};
use crate::errors::problem_notice;
use crate::i18n::{use_text, use_title};
use crate::platform::{clock, visibility};
use crate::routes::{Link, Route, StaffPage, use_navigator};
use crate::ui::prose::paragraph;
use crate::ui::{ButtonKind, ButtonProps, NoticeProps, Tone, button, loading, notice, stage_heading};
use shared::dossiers::api::CountApprovals;
use shared::i18n::Text;
use shared::recovery::api::Empty;
use shared::staff::Role;
use shared::staff::api::{LockStaffSession, SignOutStaff};
use yew::prelude::*;
use yew::props;

/// Properties of [`Behind`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct BehindProps {
    /// Which page it is; who may see it says [`places::PLACES`].
    pub page: StaffPage,
    /// Its heading and title.
    pub title: AttrValue,
    /// The page itself, once it is known who is signed in.
    pub show: Callback<Officer, Html>,
}

/// A page behind the sign-in.
#[component]
pub fn Behind(props: &BehindProps) -> Html {
    let text = use_text();
    let (stand, look) = use_officer(Ask::Always);
    let locked = stand.ready().is_some_and(is_locked);
    use_kept_focus(locked, "office-page".into());
    use_title(if locked {
        text.staff_lock_title()
    } else {
        &props.title
    });
    match stand {
        Remote::Idle | Remote::Loading => html! {
            <div class="column flow">{ stage_heading("asking", props.title.clone(), None) }{ loading(text.staff_loading()) }</div>
        },
        Remote::Failed(problem) => html! {
            <div class="column flow">{ stage_heading("failed", props.title.clone(), None) }{ problem_notice(text, &problem, Some(&look)) }</div>
        },
        Remote::Ready(officer) => {
            html! {
                <>
                    // What was typed stays in a page that is locked.
                    <div key="office" class="office" hidden={locked}>
                        <Bar officer={officer.clone()} />
                        <Places role={officer.view.role} />
                        <Inside key={props.page_key()} page={props.page} title={props.title.clone()} show={props.show.clone()} officer={officer.clone()} />
                    </div>
                    if locked { <Lock key="lock" {officer} /> }
                </>
            }
        }
    }
}

impl BehindProps {
    fn page_key(&self) -> String {
        Route::Staff(self.page).path()
    }
}

/// Properties of [`Inside`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct InsideProps {
    page: StaffPage,
    title: AttrValue,
    show: Callback<Officer, Html>,
    officer: Officer,
}

/// The page, if their role may see it.
#[component]
fn Inside(props: &InsideProps) -> Html {
    let text = use_text();
    let allowed = places::named(props.page).is_none_or(|place| props.officer.may(place.right));
    html! {
        <div class="office-page" id="office-page" tabindex="-1">
            { stage_heading("page", props.title.clone(), None) }
            if allowed {
                { props.show.emit(props.officer.clone()) }
            } else {
                { notice(&props!(NoticeProps { tone: Tone::Info, title: text.staff_not_yours_title(), children: paragraph(text.staff_not_yours_what()) })) }
            }
        </div>
    }
}

/// Properties of [`Bar`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct BarProps {
    officer: Officer,
}

/// Who is signed in, the keys, the lock, and the way out.
#[component]
fn Bar(props: &BarProps) -> Html {
    let text = use_text();
    let session = use_staff_session();
    let leave = use_call::<SignOutStaff>();
    let lock = use_call::<LockStaffSession>();
    use_heed(leave.problem().or(lock.problem()).cloned());
    let view = &props.officer.view;
    let onleave = {
        let (leave, session) = (leave.clone(), session.clone());
        Callback::from(move |_: MouseEvent| {
            let session = session.clone();
            leave.send_then(Empty {}, move |_| session.over(End::SignedOut));
        })
    };
    let onlock = {
        let (lock, session) = (lock.clone(), session.clone());
        Callback::from(move |()| {
            let session = session.clone();
            lock.send_then(Empty {}, move |view| session.told(view));
        })
    };
    use_shortcut(Press::Go("b"), text.staff_keys_lock(), onlock.clone());
    html! {
        <>
            <div class="office-bar">
                <p class="office-who">
                    <strong>{ view.name.to_string() }</strong>
                    <span>{ role_words(text, view.role) }</span>
                    <IdleWatch officer={props.officer.clone()} />
                </p>
                <div class="actions">
                    <KeysButton />
                    { button(&props!(ButtonProps { kind: ButtonKind::Quiet, state: state_of(&lock), onclick: onlock.reform(|_| ()), children: html! { text.staff_lock() } })) }
                    { button(&props!(ButtonProps { kind: ButtonKind::Secondary, state: state_of(&leave), onclick: onleave, children: html! { text.staff_leave() } })) }
                </div>
            </div>
            if let Some(problem) = leave.problem().or(lock.problem()) { { problem_notice(text, problem, None) } }
        </>
    }
}

/// Properties of [`Places`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct PlacesProps {
    role: Role,
}

/// The pages that they may see.
#[component]
fn Places(props: &PlacesProps) -> Html {
    let text = use_text();
    let places = places::of(props.role);
    html! {
        <nav class="office-places" aria-label={text.staff_places()}>
            <ul>
                { for places.map(|place| html! {
                    <li key={place.key}><Link to={Route::Staff(place.page)}>{ (place.name)(text) }if place.page == StaffPage::Approvals { <Undecided /> }</Link><GoKey {place} /></li>
                }) }
            </ul>
        </nav>
    }
}

/// Milliseconds between two looks at how many approvals wait.
const COUNTED_EVERY: u32 = 30_000;

/// How many approvals wait for this officer, beside the name of their page; nothing while none do. Looking at the number is no use of the
/// desk and no deed.
#[component]
fn Undecided() -> Html {
    let text = use_text();
    let count = use_staff_load::<CountApprovals>();
    let told = use_state_eq(|| 0_u32);
    {
        let told = told.setter();
        use_effect_with(count.state().ready().cloned(), move |ready| {
            if let Some(ready) = ready {
                told.set(ready.waiting);
            }
        });
    }
    let open = use_staff_session().is_open();
    use_effect_with(open, move |open| {
        let timer = open.then(|| {
            let again = count.clone();
            clock::every(COUNTED_EVERY, move || again.send(()))
        });
        let back = open.then(|| visibility::on_return(move || count.send(())));
        move || drop((timer, back))
    });
    if *told == 0 {
        return Html::default();
    }
    html! {
        <span class="office-count"><span aria-hidden="true">{ *told }</span><span class="visually-hidden">{ text.staff_nav_undecided(i64::from(*told)) }</span></span>
    }
}

/// Properties of [`GoKey`].
#[derive(Clone, Copy, Debug, Properties)]
struct GoKeyProps {
    place: &'static Place,
}

impl PartialEq for GoKeyProps {
    fn eq(&self, other: &Self) -> bool {
        self.place.page == other.place.page
    }
}

/// The keys that lead to a page.
#[component]
fn GoKey(props: &GoKeyProps) -> Html {
    let text = use_text();
    let navigator = use_navigator();
    let page = props.place.page;
    let go = Callback::from(move |()| navigator.go(Route::Staff(page)));
    use_shortcut(Press::Go(props.place.key), (props.place.name)(text), go);
    Html::default()
}

/// What somebody is.
pub fn role_words(text: Text, role: Role) -> &'static str {
    match role {
        Role::Agent => text.staff_role_agent(),
        Role::Supervisor => text.staff_role_supervisor(),
        Role::Auditor => text.staff_role_auditor(),
        Role::Administrator => text.staff_role_administrator(),
    }
}
