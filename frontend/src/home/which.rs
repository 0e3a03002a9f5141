//! "Which one do I need?": at most three questions, asked one at a time, nothing kept and nothing sent.

use super::Procedure;
use crate::i18n::use_text;
use crate::platform::elements;
use crate::ui::prose::soft;
use crate::ui::{ButtonKind, button_link, press};
use shared::i18n::Text;
use yew::prelude::*;

/// What is asked, or what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// What the person wants.
    Goal,
    /// Whether the registered mailbox can be opened.
    Mailbox,
    /// Whether a fingerprint or a face is enrolled.
    Passkey,
    /// Whether the password is known, so that the contacts can be changed in the account.
    Password,
    /// Whether there is an electronic signature.
    Signature,
    /// The procedure that fits.
    Found(Procedure),
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Has no password.
    Forgot,
    /// The account is blocked.
    Blocked,
    /// The registered address or telephone is no longer theirs.
    Contact,
    /// Has the password.
    Known,
    /// Yes.
    Yes,
    /// No.
    No,
}

impl Step {
    /// The answers in the order in which they are shown, each with what follows; none once it is found.
    pub const fn ways(self) -> &'static [(Answer, Self)] {
        match self {
            Self::Goal => &[
                (Answer::Forgot, Self::Mailbox),
                (Answer::Blocked, Self::Passkey),
                (Answer::Contact, Self::Password),
                (Answer::Known, Self::Found(Procedure::SignIn)),
            ],
            Self::Mailbox => &[
                (Answer::Yes, Self::Found(Procedure::Recover)),
                (Answer::No, Self::Signature),
            ],
            Self::Passkey => &[
                (Answer::Yes, Self::Found(Procedure::Unlock)),
                (Answer::No, Self::Signature),
            ],
            Self::Password => &[
                (Answer::Yes, Self::Found(Procedure::SignIn)),
                (Answer::No, Self::Signature),
            ],
            Self::Signature => &[
                (Answer::Yes, Self::Found(Procedure::Signature)),
                (Answer::No, Self::Found(Procedure::Appointment)),
            ],
            Self::Found(_) => &[],
        }
    }
}

/// The questions.
#[component]
pub(super) fn Which() -> Html {
    let text = use_text();
    // The steps so far; never empty.
    let path = use_state(|| vec![Step::Goal]);
    let step = path.last().copied().unwrap_or(Step::Goal);
    let asked = path.len();
    let heading = use_node_ref();
    let touched = use_mut_ref(|| false);
    use_effect_with(asked, {
        let heading = heading.clone();
        move |_| {
            // The answer that was pressed is gone: the keyboard goes on at the new question.
            if touched.replace(true) {
                elements::focus(&heading);
            }
        }
    });
    let go = {
        let path = path.clone();
        move |steps: Vec<Step>| {
            let path = path.clone();
            Callback::from(move |_: MouseEvent| path.set(steps.clone()))
        }
    };
    let (title, hint) = words(text, step);
    html! {
        <section class="which flow" aria-labelledby="which-title">
            <h2 id="which-title">{ text.home_which_title() }</h2>
            <div class="which-question">
                if let Step::Found(_) = step {
                    { soft(text.home_which_answer()) }
                } else {
                    { soft(text.home_which_position(asked)) }
                }
                <h3 ref={heading} tabindex="-1">{ title }</h3>
                if let Some(hint) = hint { <p class="soft">{ hint }</p> }
            </div>
            if let Step::Found(procedure) = step {
                <p>{ button_link(ButtonKind::Primary, procedure.route().path(), way_on(text, procedure)) }</p>
            } else {
                <div class="choices">
                    { for step.ways().iter().map(|(answer, next)| press(ButtonKind::Secondary, go(path.iter().copied().chain([*next]).collect()), answer_words(text, *answer))) }
                </div>
            }
            if asked > 1 {
                <div class="actions">
                    { press(ButtonKind::Quiet, go(path[..asked - 1].to_vec()), text.home_which_back()) }
                    if asked > 2 {
                        { press(ButtonKind::Quiet, go(vec![Step::Goal]), text.home_which_again()) }
                    }
                </div>
            }
        </section>
    }
}

/// The question, or the answer found, and what helps to answer.
fn words(text: Text, step: Step) -> (&'static str, Option<&'static str>) {
    match step {
        Step::Goal => (text.home_which_goal(), None),
        Step::Mailbox => (text.home_which_mailbox(), Some(text.home_which_mailbox_hint())),
        Step::Passkey => (text.home_which_passkey(), None),
        Step::Password => (text.home_which_password(), None),
        Step::Signature => (
            text.home_which_signature(),
            Some(text.home_which_signature_hint()),
        ),
        Step::Found(Procedure::Recover) => (text.home_which_answer_recover(), None),
        Step::Found(Procedure::Unlock) => (text.home_which_answer_unlock(), None),
        Step::Found(Procedure::Signature) => (text.home_which_answer_signature(), None),
        Step::Found(Procedure::Appointment) => (text.home_which_answer_appointment(), None),
        Step::Found(Procedure::SignIn) => (text.home_which_answer_sign_in(), None),
    }
}

/// The words of an answer.
fn answer_words(text: Text, answer: Answer) -> &'static str {
    match answer {
        Answer::Forgot => text.home_which_goal_forgot(),
        Answer::Blocked => text.home_which_goal_blocked(),
        Answer::Contact => text.home_which_goal_contact(),
        Answer::Known => text.home_which_goal_known(),
        Answer::Yes => text.home_which_yes(),
        Answer::No => text.home_which_no(),
    }
}

/// The words of the way on.
fn way_on(text: Text, procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Recover => text.home_which_go_recover(),
        Procedure::Unlock => text.home_unlock_title(),
        Procedure::SignIn => text.home_sign_in(),
        Procedure::Signature => text.home_which_go_signature(),
        Procedure::Appointment => text.home_appointment_title(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Procedure, Step};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// The most questions that follow from `step`, and every procedure found.
    fn walk(step: Step, found: &mut Vec<Procedure>) -> usize {
        if let Step::Found(procedure) = step {
            found.push(procedure);
            return 0;
        }
        1 + step
            .ways()
            .iter()
            .map(|(_, next)| walk(*next, found))
            .max()
            .expect("a question has answers")
    }

    #[test]
    fn every_procedure_is_found_after_three_questions_at_most() {
        let mut found = Vec::new();
        assert_eq!(walk(Step::Goal, &mut found), 3);
        for procedure in Procedure::ALL {
            assert!(found.contains(&procedure), "{procedure:?} is never the answer");
        }
    }
}
