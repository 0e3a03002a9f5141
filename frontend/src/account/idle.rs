//! The end of a session that nobody uses: told two minutes before, put off by one press, and never a surprise.
//!
//! Whoever types or presses something is there: that is told to the server at most once a minute, because a page that only
//! looks keeps no session alive. Another tab may have done so too; so before the warning, and at the end, the server is asked.

use super::session::{End, SignedIn, Times, Unsent, use_session};
use crate::api::use_call;
use crate::countdown::{spoken, use_remaining};
use crate::i18n::use_text;
use crate::platform::{activity, clock};
use crate::ui::prose::paragraph;
use crate::ui::{Dialog, Stake, live_region};
use core::time::Duration;
use shared::api::{ErrorCode, Problem};
use shared::recovery::api::Empty;
use shared::sessions::Ends;
use shared::sessions::api::{CurrentSession, ExtendSession, SignOut};
use shared::time::{Countdown, Deadline, Remaining};
use yew::prelude::*;

/// Seconds left at which the warning comes up.
pub const WARNING: u32 = 120;
/// How often use is told, as the server notes it no more often.
const TELL: Duration = Duration::from_mins(1);

/// How far the end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// Nothing to say.
    Far,
    /// It is to be warned of.
    Near,
    /// It is over.
    Over,
}

impl Distance {
    /// With so many seconds left.
    pub const fn of(seconds: u32) -> Self {
        match seconds {
            0 => Self::Over,
            1..=WARNING => Self::Near,
            _ => Self::Far,
        }
    }
}

/// Properties of [`IdleWatch`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct IdleWatchProps {
    /// Who is signed in.
    pub signed_in: SignedIn,
}

/// Watches the session's end.
#[component]
pub fn IdleWatch(props: &IdleWatchProps) -> Html {
    let text = use_text();
    let session = use_session();
    let times = props.signed_in.times;
    let left = use_remaining(countdown(times));
    let distance = Distance::of(left.seconds);
    // What was warned of and answered: the absolute end cannot be put off, so it is said once.
    let answered = use_state_eq(|| None::<Deadline>);
    let confirmed = use_state_eq(|| None::<Ends>);
    let look = use_call::<CurrentSession>();
    let extend = use_call::<ExtendSession>();
    let leave = use_call::<SignOut>();

    {
        let (session, look, confirmed) = (session.clone(), look.clone(), confirmed.clone());
        use_effect_with((distance, times.ends), move |(distance, ends)| match distance {
            Distance::Far => {}
            Distance::Near if *confirmed == Some(*ends) => {}
            Distance::Near | Distance::Over => look.send_then((), move |account| {
                confirmed.set(Some(account.ends));
                session.told(Times::of(account.ends, account.now));
            }),
        });
    }
    {
        let session = session.clone();
        let heard = [look.problem(), extend.problem()].map(Option::<&Problem>::cloned);
        use_effect_with((distance, heard), move |(distance, heard)| {
            let missing = heard
                .iter()
                .flatten()
                .any(|problem| problem.code == ErrorCode::SessionMissing);
            // Where nobody answers any more, the page's own clock has the last word.
            let lost = *distance == Distance::Over && heard.iter().any(Option::is_some);
            if missing || lost {
                session.over(End::Idle);
            }
        });
    }
    let tell = {
        let (session, extend) = (session.clone(), extend.clone());
        Callback::from(move |()| {
            let session = session.clone();
            extend.send_then(Empty {}, move |times| {
                session.told(Times::of(times.ends, times.now));
            });
        })
    };
    {
        let tell = tell.clone();
        use_effect_with((times.heard, distance), move |(heard, distance)| {
            let (heard, distance) = (*heard, *distance);
            let listeners = activity::on_activity(move || {
                if distance == Distance::Far && clock::now().since(heard) >= TELL {
                    tell.emit(());
                }
            });
            move || drop(listeners)
        });
    }
    let last = times.ends.idle == times.ends.absolute;
    let warns =
        distance == Distance::Near && *confirmed == Some(times.ends) && *answered != Some(times.ends.idle);
    let onstay = {
        let (answered, end) = (answered.setter(), times.ends.idle);
        let tell = tell.clone();
        Callback::from(move |()| {
            if last {
                answered.set(Some(end));
            } else {
                tell.emit(());
            }
        })
    };
    let onleave = {
        let (leave, session) = (leave.clone(), session.clone());
        Callback::from(move |()| {
            let session = session.clone();
            leave.send_then(Empty {}, move |_| session.over(End::SignedOut));
        })
    };
    let moment = use_moment(left);
    if !warns {
        return Html::default();
    }
    let (title, what, stay) = if last {
        let hour = clock::official_hour(times.ends.absolute.instant());
        (
            text.account_idle_last_title(),
            text.account_idle_last_what(hour),
            text.account_idle_last_stay(),
        )
    } else {
        (
            text.account_idle_title(),
            text.account_idle_what().to_owned(),
            text.account_idle_stay(),
        )
    };
    let announcement = moment.map(|seconds| text.recovery_countdown_left(seconds.into()));
    html! {
        <Dialog id="idle" {title} stake={Stake::Harmless} confirm={text.account_idle_leave()} cancel={stay}
            onconfirm={onleave} oncancel={onstay}>
            { paragraph(what) }
            <p class="idle-clock" role="timer" aria-live="off">{ text.account_idle_left(left.clock()) }</p>
            { live_region(&announcement.unwrap_or_default()) }
            if session.unsent() == Unsent::Form { { paragraph(text.account_idle_unsent()) } }
        </Dialog>
    }
}

/// The session's time, from the server's clock.
fn countdown(times: Times) -> Countdown {
    let end = times.ends.idle;
    Countdown::new(end, end.remaining(times.said), times.said, times.heard)
}

/// The moment to speak of that passed last, while the time gets less.
#[hook]
fn use_moment(left: Remaining) -> Option<u32> {
    let before = use_mut_ref(|| left.seconds);
    let moment = use_state_eq(|| None::<u32>);
    {
        let moment = moment.setter();
        use_effect_with(left.seconds, move |seconds| {
            let before = before.replace(*seconds);
            if *seconds > before {
                moment.set(None);
            } else if let Some(passed) = spoken(before, *seconds) {
                moment.set(Some(passed));
            }
        });
    }
    *moment
}

#[cfg(test)]
mod tests {
    use super::{Distance, WARNING};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_warning_comes_two_minutes_before_the_end() {
        assert_eq!(Distance::of(WARNING + 1), Distance::Far);
        assert_eq!(Distance::of(WARNING), Distance::Near);
        assert_eq!(Distance::of(1), Distance::Near);
        assert_eq!(Distance::of(0), Distance::Over);
    }
}
