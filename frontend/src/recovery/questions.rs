//! The questions: all on one page, judged together.

use super::elsewhere::Abandoning;
use crate::api::use_call;
use crate::errors::{problem_notice, summary, wrong};
use crate::forms::answers::{AnswerDraft, answer_field, error_words, first_control};
use crate::i18n::use_text;
use crate::platform::clock;
use crate::procedure::{Greeting, use_refresh};
use crate::ui::prose::{lead, paragraph, soft};
use crate::ui::{ButtonState, NoticeProps, SummaryEntry, Tone, Urgency, notice, submit};
use shared::challenges::Question;
use shared::i18n::Text;
use shared::recovery::CaseReference;
use shared::recovery::api::{AnswerQuestions, Answers, CaseView, CurrentCase};
use shared::time::Deadline;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What was typed as answers to one case's questions. It lives in the page's memory and nowhere else: a registry that fails
/// must not cost the person the answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typed {
    case: Option<CaseReference>,
    drafts: Vec<AnswerDraft>,
}

impl Typed {
    /// What was typed for this case.
    pub(super) fn of(&self, case: &CaseReference) -> Vec<AnswerDraft> {
        if self.case.as_ref() == Some(case) {
            self.drafts.clone()
        } else {
            Vec::new()
        }
    }
}

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
    /// Which case asks.
    pub case: CaseReference,
    /// What was typed before a registry failed; empty if nothing was.
    pub typed: Vec<AnswerDraft>,
    /// Hears what is typed.
    pub ontyped: Callback<Typed>,
    /// Takes the new view.
    pub show: Callback<Rc<CaseView>>,
    /// Forgets the case.
    pub onforget: Callback<Greeting>,
}

/// Asks and sends the answers.
#[component]
pub fn Questions(props: &QuestionsProps) -> Html {
    let text = use_text();
    let kept = *use_state(|| props.typed.len() == props.questions.len());
    let drafts = use_state(|| {
        if kept {
            return props.typed.clone();
        }
        let fresh = props
            .questions
            .iter()
            .map(|question| AnswerDraft::of(&question.form));
        fresh.collect()
    });
    let submission = use_state(|| 0_u32);
    let failures_at_first = *use_state(|| props.failures);
    let answer = use_call::<AnswerQuestions>();
    use_refresh::<CurrentCase>(answer.problem().cloned(), props.show.clone());

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
                let (drafts, ontyped, case) = (drafts.clone(), props.ontyped.clone(), props.case.clone());
                Callback::from(move |changed: AnswerDraft| {
                    let mut all = (*drafts).clone();
                    if let Some(slot) = all.get_mut(index) {
                        *slot = changed;
                    }
                    ontyped.emit(Typed {
                        case: Some(case.clone()),
                        drafts: all.clone(),
                    });
                    drafts.set(all);
                })
            };
            answer_field(text, index, question, draft, *submission, &onchange)
        });
    html! {
        <>
            { summary(text, *submission, || wrong_answers(text, &drafts)) }
            if props.failures > failures_at_first {
                <key={props.failures}>{ notice(&props!(NoticeProps { tone: Tone::Danger, title: text.recovery_questions_failed(), urgency: Urgency::Assertive, children: paragraph(text.recovery_questions_attempts(props.attempts_left.into())) })) }</>
            } else if props.failures > 0 {
                { notice(&props!(NoticeProps { tone: Tone::Warning, children: paragraph(text.recovery_questions_attempts(props.attempts_left.into())) })) }
            }
            if let Some(problem) = answer.problem() { { problem_notice(text, problem, None) } }
            if kept { { notice(&props!(NoticeProps { urgency: Urgency::Polite, children: paragraph(text.recovery_questions_back()) })) } }
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

/// What is wrong with the answers' form, each by its number.
fn wrong_answers(text: Text, drafts: &[AnswerDraft]) -> Vec<SummaryEntry> {
    let entries = drafts.iter().enumerate().filter_map(|(index, draft)| {
        let error = draft.read().err()?;
        let message = text.challenges_error(error_words(text, draft, error), index + 1);
        Some(wrong(first_control(index, draft, error), message))
    });
    entries.collect()
}
