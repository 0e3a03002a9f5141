//! Who is signed in, as the account area's pages know it, and what became of the session before.
//!
//! The session itself is a cookie that no script can read; what is here is what the server said of it last. It is asked once
//! when the first page of the area comes up. Whatever a page hears ([`use_account_call`]) may be that the session is over:
//! then the person goes to the sign-in, and from there back to where they were going.

use super::returning;
use crate::api::{Call, Remote, use_call};
use crate::platform::{clock, history};
use crate::routes::{Navigator, Route, use_navigator};
use crate::ui::ButtonState;
use shared::api::{Endpoint, ErrorCode, Problem};
use shared::sessions::Ends;
use shared::sessions::api::{AccountView, CurrentSession};
use shared::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedIn {
    /// The account.
    pub account: Rc<AccountView>,
    /// When the session ends, as it was said last.
    pub times: Times,
}

/// The ends of the session on two clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When it ends.
    pub ends: Ends,
    /// The server's time when it said so.
    pub said: Timestamp,
    /// What this device's clock showed then.
    pub heard: Timestamp,
}

impl Times {
    /// As it was just said.
    pub fn of(ends: Ends, said: Timestamp) -> Self {
        Self {
            ends,
            said,
            heard: clock::now(),
        }
    }
}

/// Whether something was typed into a form and not sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unsent {
    /// Nothing.
    #[default]
    Nothing,
    /// A form.
    Form,
}

/// How the session before ended, to say it where the person signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The person signed out.
    SignedOut,
    /// Nobody used it.
    Idle(Unsent),
    /// Its hours were over, it was ended elsewhere, or the password was replaced.
    Elsewhere(Unsent),
    /// There was none in this tab.
    Never,
}

/// What is known of the session.
#[derive(Clone, Debug, Default, PartialEq)]
struct State {
    stand: Remote<SignedIn>,
    ended: Option<Ended>,
    unsent: Unsent,
}

/// What happens to the session.
enum Event {
    Asked,
    Opened(Rc<AccountView>),
    Told(Times),
    Failed(Problem),
    Over(fn(Unsent) -> Ended),
    Typed(Unsent),
    Read,
}

/// Why it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The person signed out.
    SignedOut,
    /// Nobody used it.
    Idle,
    /// The server knows of none.
    Missing,
}

impl Reducible for State {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut next = (*self).clone();
        match event {
            Event::Asked => next.stand = Remote::Loading,
            Event::Opened(account) => {
                next = Self {
                    stand: Remote::Ready(SignedIn {
                        times: Times::of(account.ends, account.now),
                        account,
                    }),
                    ended: None,
                    unsent: self.unsent,
                }
            }
            Event::Told(times) => {
                if let Remote::Ready(signed_in) = &mut next.stand {
                    signed_in.times = times;
                }
            }
            Event::Failed(problem) => next.stand = Remote::Failed(problem),
            // Several calls of a page may hear of the same end: the first one tells it.
            Event::Over(_) if matches!(self.stand, Remote::Idle) && self.ended.is_some() => {}
            Event::Over(ended) => {
                next = Self {
                    stand: Remote::Idle,
                    ended: Some(ended(self.unsent)),
                    unsent: Unsent::Nothing,
                }
            }
            Event::Typed(unsent) => next.unsent = unsent,
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
    pub fn stand(&self) -> &Remote<SignedIn> {
        &self.state.stand
    }

    /// How the session before ended.
    pub fn ended(&self) -> Option<Ended> {
        self.state.ended
    }

    /// Whether a form was typed into and not sent.
    pub fn unsent(&self) -> Unsent {
        self.state.unsent
    }

    /// On to where somebody was going who is signed in now.
    pub fn enter(&self) {
        self.navigator.replace(returning::take());
    }

    /// The account as it is now: somebody signed in, or is.
    pub fn renew(&self, account: Rc<AccountView>) {
        returning::signed_in();
        self.dispatcher.dispatch(Event::Opened(account));
    }

    /// The session's ends were told anew.
    pub fn told(&self, times: Times) {
        self.dispatcher.dispatch(Event::Told(times));
    }

    /// The session is over: to the sign-in, and back to this page afterwards, unless the person left.
    pub fn over(&self, end: End) {
        let ended: fn(Unsent) -> Ended = match end {
            End::SignedOut => |_| Ended::SignedOut,
            End::Idle => Ended::Idle,
            End::Missing if returning::was_signed_in() => Ended::Elsewhere,
            End::Missing => |_| Ended::Never,
        };
        match end {
            End::SignedOut => returning::forget(),
            End::Idle | End::Missing => returning::keep(&Route::parse(&history::path())),
        }
        self.dispatcher.dispatch(Event::Over(ended));
        self.navigator.replace(Route::SignIn);
    }

    /// Notes whether a form is typed into and not sent.
    pub fn typed(&self, unsent: Unsent) {
        self.dispatcher.dispatch(Event::Typed(unsent));
    }

    /// How the session before ended has been read.
    pub fn read(&self) {
        self.dispatcher.dispatch(Event::Read);
    }
}

/// What the provider needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SessionProviderProps {
    /// The area.
    pub children: Html,
}

/// Keeps what is known of the session, from page to page.
#[component]
pub fn SessionProvider(props: &SessionProviderProps) -> Html {
    let state = use_reducer_eq(State::default);
    let navigator = use_navigator();
    let session = Session {
        state: Rc::new((*state).clone()),
        dispatcher: state.dispatcher(),
        navigator,
    };
    html! { <ContextProvider<Session> context={session}>{ props.children.clone() }</ContextProvider<Session>> }
}

/// The session.
#[hook]
pub fn use_session() -> Session {
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
    /// If somebody was signed in, in this tab.
    IfSomebodyWas,
}

/// Who is signed in; asks the server if need be. And how to ask again.
#[hook]
pub fn use_signed_in(when: Ask) -> (Remote<SignedIn>, Callback<()>) {
    let session = use_session();
    let ask = use_call::<CurrentSession>();
    let look = {
        let (session, ask) = (session.clone(), ask.clone());
        Callback::from(move |()| {
            session.dispatcher.dispatch(Event::Asked);
            let session = session.clone();
            ask.send_then((), move |account| session.renew(account));
        })
    };
    {
        let look = look.clone();
        use_effect_with(matches!(session.stand(), Remote::Idle), move |idle| {
            let asks = match when {
                Ask::Always => true,
                Ask::IfSomebodyWas => returning::somebody_was_signed_in(),
            };
            if *idle && asks {
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

/// A call of a page of the area: that the session is over leads to the sign-in.
#[hook]
pub fn use_account_call<E: Endpoint>() -> Call<E> {
    let call = use_call::<E>();
    use_end(call.problem().cloned());
    call
}

/// The same, sent when the component appears.
#[hook]
pub fn use_account_load<E: Endpoint<Request = ()>>() -> Call<E> {
    let call = use_account_call::<E>();
    {
        let call = call.clone();
        use_effect_with((), move |()| call.send(()));
    }
    call
}

/// How the button of a call looks.
pub fn state_of<E: Endpoint>(call: &Call<E>) -> ButtonState {
    if call.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    }
}

#[hook]
fn use_end(problem: Option<Problem>) {
    let session = use_session();
    use_effect_with(problem, move |problem| {
        if problem
            .as_ref()
            .is_some_and(|problem| problem.code == ErrorCode::SessionMissing)
        {
            session.over(End::Missing);
        }
    });
}

/// Notes for the time of this component whether something was typed and not sent.
#[hook]
pub fn use_unsent(unsent: Unsent) {
    let session = use_session();
    use_effect_with(unsent, move |unsent| {
        session.typed(*unsent);
        move || session.typed(Unsent::Nothing)
    });
}
