//! Who is signed in at the desk, whether it is locked, and what became of the session before.
//!
//! The session itself is a cookie that no script can read; what is here is what the server said of it last. Whatever a page
//! hears ([`use_staff_call`]) may be that the session is over, then the person goes to the sign-in and from there back; or that
//! it is locked, then the lock comes up over the page, which stays as it is.

use super::returning;
use crate::api::{Call, Remote, use_call};
use crate::platform::{clock, history};
use crate::routes::{Navigator, Route, StaffPage, use_navigator};
use crate::ui::ButtonState;
use shared::api::{Endpoint, ErrorCode, Problem};
use shared::staff::api::{CurrentStaff, StaffView};
use shared::staff::{Right, Standing};
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

/// Somebody of the staff who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Officer {
    /// As the server said last.
    pub view: Rc<StaffView>,
    /// What this device's clock showed then.
    pub heard: Timestamp,
}

impl Officer {
    /// Whether their role has a right. The server asks again, each time.
    pub fn may(&self, right: Right) -> bool {
        self.view.may(right)
    }

    /// The server's time now: this device's clock may be wrong, and only differences of it are trusted.
    pub fn server_now(&self) -> Timestamp {
        self.view.now.after(clock::now().since(self.heard))
    }
}

/// How the session before ended, to say it where the person signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The person signed out.
    SignedOut,
    /// Its hours were over, or an administrator ended it.
    Elsewhere,
    /// There was none in this tab.
    Never,
}

/// What is known of the session.
#[derive(Clone, Debug, Default, PartialEq)]
struct State {
    stand: Remote<Officer>,
    ended: Option<Ended>,
}

/// What happens to the session.
enum Event {
    Asked,
    Told(Rc<StaffView>),
    Locked,
    Failed(Problem),
    Over(Ended),
    Read,
}

/// Why it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The person signed out.
    SignedOut,
    /// The server knows of none.
    Missing,
}

impl Reducible for State {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut next = (*self).clone();
        match event {
            Event::Asked => next.stand = Remote::Loading,
            Event::Told(view) => {
                next = Self {
                    stand: Remote::Ready(Officer {
                        view,
                        heard: clock::now(),
                    }),
                    ended: None,
                }
            }
            Event::Locked => {
                if let Remote::Ready(officer) = &mut next.stand {
                    Rc::make_mut(&mut officer.view).standing = Standing::Locked;
                }
            }
            Event::Failed(problem) => next.stand = Remote::Failed(problem),
            // Several calls of a page may hear of the same end: the first one tells it.
            Event::Over(_) if matches!(self.stand, Remote::Idle) && self.ended.is_some() => {}
            Event::Over(ended) => {
                next = Self {
                    stand: Remote::Idle,
                    ended: Some(ended),
                }
            }
            Event::Read => next.ended = None,
        }
        Rc::new(next)
    }
}

/// The session, to ask and to tell.
#[derive(Clone, PartialEq)]
pub struct Session {
    state: Rc<State>,
    dispatcher: UseReducerDispatcher<State>,
    navigator: Navigator,
}

impl core::fmt::Debug for Session {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Session(••••)")
    }
}

impl Session {
    /// Who is signed in, as far as it is known.
    pub fn stand(&self) -> &Remote<Officer> {
        &self.state.stand
    }

    /// How the session before ended.
    pub fn ended(&self) -> Option<Ended> {
        self.state.ended
    }

    /// Whether somebody is signed in and the desk is open: only then is there anything to hear.
    pub fn is_open(&self) -> bool {
        self.state
            .stand
            .ready()
            .is_some_and(|officer| officer.view.standing == Standing::Open)
    }

    /// The session as it is now: somebody signed in, or is.
    pub fn told(&self, view: Rc<StaffView>) {
        returning::signed_in();
        self.dispatcher.dispatch(Event::Told(view));
    }

    /// The server says that the desk is locked.
    pub fn locked(&self) {
        self.dispatcher.dispatch(Event::Locked);
    }

    /// The session is over: to the sign-in, and back to this page afterwards, unless the person left.
    pub fn over(&self, end: End) {
        let ended = match end {
            End::SignedOut => Ended::SignedOut,
            End::Missing if returning::was_signed_in() => Ended::Elsewhere,
            End::Missing => Ended::Never,
        };
        match end {
            End::SignedOut => returning::forget(),
            End::Missing => returning::keep(&Route::parse(&history::path())),
        }
        self.dispatcher.dispatch(Event::Over(ended));
        self.navigator.replace(Route::Staff(StaffPage::Entry));
    }

    /// How the session before ended has been read.
    pub fn read(&self) {
        self.dispatcher.dispatch(Event::Read);
    }

    /// Hears what a call came to.
    fn heard(&self, problem: &Problem) {
        if problem.code == ErrorCode::SessionMissing {
            self.over(End::Missing);
        } else if problem.code == ErrorCode::StaffLocked {
            self.locked();
        }
    }
}

/// What the provider needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct StaffSessionProviderProps {
    /// The staff's pages.
    pub children: Html,
}

/// Keeps what is known of the session, from page to page.
#[component]
pub fn StaffSessionProvider(props: &StaffSessionProviderProps) -> Html {
    let state = use_reducer_eq(State::default);
    let session = Session {
        state: Rc::new((*state).clone()),
        dispatcher: state.dispatcher(),
        navigator: use_navigator(),
    };
    html! { <ContextProvider<Session> context={session}>{ props.children.clone() }</ContextProvider<Session>> }
}

/// The session.
#[hook]
pub fn use_staff_session() -> Session {
    let own = use_reducer_eq(State::default);
    let navigator = use_navigator();
    use_context::<Session>().unwrap_or_else(|| Session {
        state: Rc::new((*own).clone()),
        dispatcher: own.dispatcher(),
        navigator,
    })
}

/// When to ask the server who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// If nobody did yet.
    Always,
    /// Not after somebody left or was sent here.
    UnlessEnded,
}

/// Who is signed in; asks the server if need be. And how to ask again.
#[hook]
pub fn use_officer(when: Ask) -> (Remote<Officer>, Callback<()>) {
    let session = use_staff_session();
    let ask = use_call::<CurrentStaff>();
    let look = {
        let (session, ask) = (session.clone(), ask.clone());
        Callback::from(move |()| {
            session.dispatcher.dispatch(Event::Asked);
            let session = session.clone();
            ask.send_then((), move |view| session.told(view));
        })
    };
    {
        let look = look.clone();
        let asks = match when {
            Ask::Always => true,
            Ask::UnlessEnded => session.ended().is_none(),
        };
        use_effect_with(asks && matches!(session.stand(), Remote::Idle), move |asks| {
            if *asks {
                look.emit(());
            }
        });
    }
    {
        let session = session.clone();
        use_effect_with(ask.problem().cloned(), move |problem| match problem {
            Some(problem) if problem.code == ErrorCode::SessionMissing => session.over(End::Missing),
            Some(problem) => session.dispatcher.dispatch(Event::Failed(problem.clone())),
            None => {}
        });
    }
    (session.stand().clone(), look)
}

/// A call of a staff page: that the session is over leads to the sign-in, that the desk is locked to the lock.
#[hook]
pub fn use_staff_call<E: Endpoint>() -> Call<E> {
    let call = use_call::<E>();
    use_heed(call.problem().cloned());
    call
}

/// The same, sent when the component appears, and again when the desk was locked meanwhile.
#[hook]
pub fn use_staff_load<E: Endpoint<Request = ()>>() -> Call<E> {
    let call = use_staff_call::<E>();
    let open = use_staff_session().is_open();
    {
        let call = call.clone();
        let missed = !matches!(call.state(), Remote::Ready(_));
        use_effect_with(open, move |open| {
            if *open && missed {
                call.send(());
            }
        });
    }
    call
}

/// Tells the session what something other than a call came to: a file on its way, a file that is shown.
#[hook]
pub fn use_heed(problem: Option<Problem>) {
    let session = use_staff_session();
    use_effect_with(problem, move |problem| {
        if let Some(problem) = problem {
            session.heard(problem);
        }
    });
}

/// How the button of a call looks.
pub fn state_of<E: Endpoint>(call: &Call<E>) -> ButtonState {
    if call.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    }
}
