//! The lock: over the page of a desk that nobody uses. The page stays as it is behind it, hidden, with what was typed.
//!
//! Whoever types or presses something is there: that is told to the server at most once a minute, because a page that only
//! listens keeps no desk open. Another tab may have done so too; so at the end the server is asked.

use super::passkey::StaffPasskey;
use super::session::{End, Officer, state_of, use_heed, use_staff_session};
use crate::api::use_call;
use crate::countdown::use_remaining;
use crate::errors::{problem_notice, summary, wrong};
use crate::forms::current::{CurrentDraft, CurrentPasswordProps, current_password};
use crate::i18n::use_text;
use crate::platform::{activity, clock, focus};
use crate::ui::prose::{heading, paragraph};
use crate::ui::{ButtonKind, live_region, press, submit};
use core::time::Duration;
use shared::recovery::api::Empty;
use shared::staff::api::{
    CurrentStaff, ExtendStaffSession, SignOutStaff, StaffPasskeyShown, UnlockAsked, UnlockWithPasskey,
    UnlockWithPassword,
};
use shared::staff::{SecondFactor, Standing};
use shared::time::Countdown;
use yew::prelude::*;
use yew::props;

/// Seconds left at which the bar says that the desk will be locked.
pub const WARNING: u32 = 60;
/// How often use is told.
const TELL: Duration = Duration::from_mins(1);

/// Properties of [`IdleWatch`] and [`Lock`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct OfficerProps {
    /// Who is signed in.
    pub officer: Officer,
}

/// Watches the time after which the desk is locked, and says when it is near.
#[component]
pub fn IdleWatch(props: &OfficerProps) -> Html {
    let text = use_text();
    let session = use_staff_session();
    let (view, heard) = (&props.officer.view, props.officer.heard);
    let ends = view.ends.locks.earlier(view.ends.absolute);
    let left = use_remaining(Countdown::new(ends, ends.remaining(view.now), view.now, heard));
    let look = use_call::<CurrentStaff>();
    let extend = use_call::<ExtendStaffSession>();
    use_heed(look.problem().or(extend.problem()).cloned());
    {
        let (session, look) = (session.clone(), look.clone());
        let failed = look.problem().is_some();
        use_effect_with((left.is_over(), failed), move |(over, failed)| {
            match (over, failed) {
                // Where nobody answers any more, the page's own clock has the last word.
                (true, true) => session.locked(),
                (true, false) => {
                    let told = session.clone();
                    look.send_then((), move |view| told.told(view));
                }
                (false, _) => {}
            }
        });
    }
    {
        let (session, over) = (session.clone(), left.is_over());
        use_effect_with((heard, over), move |(heard, over)| {
            let (heard, over) = (*heard, *over);
            let listeners = activity::on_activity(move || {
                if !over && clock::now().since(heard) >= TELL {
                    let session = session.clone();
                    extend.send_then(Empty {}, move |view| session.told(view));
                }
            });
            move || drop(listeners)
        });
    }
    if left.seconds > WARNING || left.is_over() {
        return Html::default();
    }
    html! {
        <p class="locks-soon" role="timer">
            { text.staff_locks_soon(left.clock()) }
            { live_region(text.staff_locks_soon_said()) }
        </p>
    }
}

/// What is before a locked desk.
#[component]
pub fn Lock(props: &OfficerProps) -> Html {
    let text = use_text();
    let session = use_staff_session();
    let draft = use_state(CurrentDraft::default);
    let submission = use_state(|| 0_u32);
    let unlock = use_call::<UnlockWithPassword>();
    let show = use_call::<UnlockWithPasskey>();
    let leave = use_call::<SignOutStaff>();
    let view = &props.officer.view;
    use_heed(unlock.problem().or(show.problem()).or(leave.problem()).cloned());
    use_effect_with((), |()| focus::element("lock-password"));
    let onsubmit = {
        let (draft, submission, unlock, session) =
            (draft.clone(), submission.clone(), unlock.clone(), session.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if unlock.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if !draft.is_empty() {
                let session = session.clone();
                let password = draft.password.clone();
                unlock.send_then(UnlockAsked { password }, move |view| session.told(view));
            }
        })
    };
    let onleave = {
        let (leave, session) = (leave.clone(), session.clone());
        Callback::from(move |_: MouseEvent| {
            let session = session.clone();
            leave.send_then(Empty {}, move |_| session.over(End::SignedOut));
        })
    };
    let onproof = {
        let (show, session) = (show.clone(), session.clone());
        Callback::from(move |credential| {
            let session = session.clone();
            show.send_then(StaffPasskeyShown { credential }, move |view| session.told(view));
        })
    };
    let error = (*submission > 0 && draft.is_empty()).then(|| text.staff_password_missing());
    let entries = || {
        error
            .map(|words| wrong("lock-password", words))
            .into_iter()
            .collect()
    };
    html! {
        <div class="lock flow">
            <h1 tabindex="-1">{ text.staff_lock_title() }</h1>
            { paragraph(text.staff_lock_what(view.name.to_string())) }
            <form class="flow" {onsubmit} novalidate=true>
                { summary(text, *submission, entries) }
                if let Some(problem) = unlock.problem().or(leave.problem()) { { problem_notice(text, problem, None) } }
                { current_password(text, &props!(CurrentPasswordProps {
                    id: "lock-password",
                    label: text.staff_password(),
                    error: error.map(AttrValue::from),
                    draft: (*draft).clone(),
                    onchange: { let draft = draft.setter(); Callback::from(move |typed| draft.set(typed)) }
                })) }
                <div class="actions">
                    { submit(state_of(&unlock), text.staff_unlock()) }
                    { press(ButtonKind::Quiet, onleave, text.staff_lock_leave()) }
                </div>
            </form>
            if view.ways.contains(&SecondFactor::Passkey) {
                <section class="flow">
                    { heading(text.staff_lock_passkey()) }
                    <StaffPasskey label={text.staff_passkey_unlock()} state={state_of(&show)} problem={show.problem().cloned()} {onproof} />
                </section>
            }
        </div>
    }
}

/// Whether the desk is locked.
pub fn is_locked(officer: &Officer) -> bool {
    match officer.view.standing {
        Standing::Locked => true,
        Standing::Open => false,
    }
}
