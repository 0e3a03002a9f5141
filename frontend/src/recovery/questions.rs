//! The questions: all on one page, judged together.

use super::identify::Greeting;
use crate::api::use_call;
use crate::errors::problem_notice;
use crate::forms::answers::{AnswerDraft, answer_field, error_words, first_control};
use crate::i18n::use_text;
use crate::platform::clock;
use crate::ui::prose::{lead, paragraph, soft};
use crate::ui::{
    ButtonKind, ButtonState, Dialog, ErrorSummary, NoticeProps, SummaryEntry, Tone, Urgency, notice, press,
    submit,
};
use shared::api::{ErrorCode, Problem};
use shared::challenges::Question;
use shared::recovery::api::{Abandon, AnswerQuestions, Answers, CaseView, CurrentCase, Empty};
use shared::time::Deadline;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Properties of [`Questions`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct QuestionsProps {
    /// What is asked.
    pub questions: Vec<Question>,
    /// Failed attempts so far.
    pub failures: u8,
    /// Attempts left.
    pub attempts_left: u8,
    /// When the case lapses.
    pub deadline: Deadline,
    /// Takes the new view.
    pub show: Callback<Rc<CaseView>>,
    /// Forgets the case.
    pub onforget: Callback<Greeting>,
}

/// Asks and sends the answers.
#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let text = use_text();
    let drafts = use_state(|| {
        props
            .questions
            .iter()
            .map(|question| AnswerDraft::of(&question.form))
            .collect::<Vec<_>>()
    });
    let submission = use_state(|| 0_u32);
    let failures_at_first = *use_state(|| props.failures);
    let answer = use_call::<AnswerQuestions>();
    let refresh = use_call::<CurrentCase>();
    use_refresh(answer.problem().cloned(), refresh, props.show.clone());

    let onsubmit = {
        let (drafts, submission, answer, show) = (
            drafts.clone(),
            submission.clone(),
            answer.clone(),
            props.show.clone(),
        );
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if answer.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            let read: Result<Vec<_>, _> = drafts.iter().map(AnswerDraft::read).collect();
            if let Ok(answers) = read {
                let show = show.clone();
                answer.send_then(Answers { answers }, move |view| show.emit(view));
            }
        })
    };
    let entries: Vec<_> = drafts
        .iter()
        .enumerate()
        .filter(|_| *submission > 0)
        .filter_map(|(index, draft)| {
            let error = draft.read().err()?;
            let field = first_control(index, draft, error);
            let message = text.challenges_error(error_words(text, draft, error), index + 1);
            Some(SummaryEntry {
                field: field.into(),
                message: message.into(),
            })
        })
        .collect();
    let (state, label) = if answer.is_loading() {
        (ButtonState::Busy, text.recovery_questions_sending())
    } else {
        (ButtonState::Ready, text.recovery_questions_send())
    };
    let fields = props
        .questions
        .iter()
        .zip(drafts.iter())
        .enumerate()
        .map(|(index, (question, draft))| {
            let onchange = {
                let drafts = drafts.clone();
                Callback::from(move |changed: AnswerDraft| {
                    let mut all = (*drafts).clone();
                    if let Some(slot) = all.get_mut(index) {
                        *slot = changed;
                    }
                    drafts.set(all);
                })
            };
            answer_field(text, index, question, draft, *submission, &onchange)
        });
    html! {
        <>
            <ErrorSummary title={text.errors_summary_title()} {entries} submission={*submission} />
            if props.failures > failures_at_first {
                <key={props.failures}>{ notice(&props!(NoticeProps { tone: Tone::Danger, title: text.recovery_questions_failed(), urgency: Urgency::Assertive, children: paragraph(text.recovery_questions_attempts(props.attempts_left.into())) })) }</>
            } else if props.failures > 0 {
                { notice(&props!(NoticeProps { tone: Tone::Warning, children: paragraph(text.recovery_questions_attempts(props.attempts_left.into())) })) }
            }
            if let Some(problem) = answer.problem() { { problem_notice(text, problem, None) } }
            { lead(text.recovery_questions_lead()) }
            <form class="flow" {onsubmit} novalidate=true>
                { for fields }
                { soft(text.recovery_questions_until(clock::hour(props.deadline.instant()))) }
                <div class="actions">
                    { submit(state, label) }
                    <Abandoning onforget={props.onforget.clone()} />
                </div>
            </form>
        </>
    }
}

/// Loads the case again when the server says that it stands elsewhere.
#[hook]
pub(super) fn use_refresh(
    problem: Option<Problem>,
    refresh: crate::api::Call<CurrentCase>,
    show: Callback<Rc<CaseView>>,
) {
    let moved = problem
        .is_some_and(|problem| matches!(problem.code, ErrorCode::CaseAtOtherStage | ErrorCode::CaseChanged));
    use_effect_with(moved, move |moved| {
        if *moved {
            refresh.send_then((), move |view| show.emit(view));
        }
    });
}

/// Properties of [`Abandoning`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct AbandoningProps {
    /// Forgets the case when the server has.
    pub onforget: Callback<Greeting>,
}

/// A button that ends the case, after a question.
#[component]
pub fn Abandoning(props: &AbandoningProps) -> Html {
    let text = use_text();
    let asked = use_state(|| false);
    let abandon = use_call::<Abandon>();
    let ask = {
        let asked = asked.setter();
        Callback::from(move |_: MouseEvent| asked.set(true))
    };
    let oncancel = {
        let asked = asked.setter();
        Callback::from(move |()| asked.set(false))
    };
    let onconfirm = {
        let (abandon, asked, onforget) = (abandon.clone(), asked.setter(), props.onforget.clone());
        Callback::from(move |()| {
            asked.set(false);
            let onforget = onforget.clone();
            abandon.send_then(Empty {}, move |_| onforget.emit(Greeting::Abandoned));
        })
    };
    html! {
        <>
            { press(ButtonKind::Quiet, ask, text.recovery_abandon()) }
            if let Some(problem) = abandon.problem() { { problem_notice(text, problem, None) } }
            if *asked {
                <Dialog id="abandon" title={text.recovery_abandon_title()} confirm={text.recovery_abandon_confirm()}
                    cancel={text.recovery_abandon_keep()} {onconfirm} {oncancel}>
                    { paragraph(text.recovery_abandon_body()) }
                </Dialog>
            }
        </>
    }
}
