//! The form: employer, branch, representative, and the captcha that begins by itself.

use super::Procedure;
use crate::captcha::{Captcha, CaptchaHandle, captcha_progress, use_captcha};
use crate::errors::{problem_notice, summary, wrong};
use crate::forms::identifiers::{
    branch_error, branch_field, employer_error, employer_field, representative_error, representative_field,
};
use crate::forms::{FieldHandle, draft, use_field};
use crate::i18n::{use_text, use_tongue};
use crate::ui::{ButtonState, SummaryEntry, submit};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::captcha::Solution;
use shared::i18n::{Language, Text};
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId, typed_own_representative};
use yew::prelude::*;

/// What was typed, with the captcha solved for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified {
    /// RUC, or the cédula of a household employer.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// Who acts for the employer.
    pub representative: RepresentativeId,
    /// The language that the person reads.
    pub language: Language,
    /// The solved captcha.
    pub captcha: Solution,
}

/// The fields of the form.
#[derive(Clone, PartialEq)]
struct Fields {
    employer: FieldHandle<EmployerIdentifier>,
    branch: FieldHandle<Branch>,
    representative: FieldHandle<RepresentativeId>,
}

/// The fields, as they were typed before a reload; kept while they are typed.
#[hook]
fn use_fields() -> Fields {
    let kept = use_memo((), |()| draft::recall());
    let employer = use_field(|| kept.employer.clone());
    let branch = use_field(|| {
        if kept.branch.is_empty() {
            Branch::default().to_string()
        } else {
            kept.branch.clone()
        }
    });
    let representative = use_field(|| kept.representative.clone());
    let typed = draft::Identification {
        employer: employer.text().to_owned(),
        branch: branch.text().to_owned(),
        representative: representative.text().to_owned(),
    };
    use_effect_with(typed, draft::keep);
    Fields {
        employer,
        branch,
        representative,
    }
}

impl Fields {
    /// What is wrong, in the order of the fields, in the words that stand beside them.
    fn entries(&self, text: Text) -> Vec<SummaryEntry> {
        [
            self.employer
                .error()
                .map(|code| wrong("employer", employer_error(text, code))),
            self.branch
                .error()
                .map(|code| wrong("branch", branch_error(text, code))),
            self.person()
                .is_none()
                .then(|| self.representative.error())
                .flatten()
                .map(|code| wrong("representative", representative_error(text, code))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether the employer is a person, who needs no other to act for it: the same cédula is not asked for twice.
    fn person(&self) -> Option<RepresentativeId> {
        typed_own_representative(self.employer.text()).map(RepresentativeId::Cedula)
    }

    /// Shows what is wrong. The values if nothing is.
    fn send(&self) -> Option<(EmployerIdentifier, Branch, RepresentativeId)> {
        let representative = self.person().map_or_else(|| self.representative.send(), Ok);
        let (employer, branch) = (self.employer.send(), self.branch.send());
        Some((employer.ok()?, branch.ok()?, representative.ok()?))
    }

    /// The values with a solution, if everything is there.
    fn request(&self, language: Language, captcha: Solution) -> Option<Identified> {
        Some(Identified {
            employer: self.employer.parsed().ok()?,
            branch: self.branch.parsed().ok()?,
            representative: self.person().or_else(|| self.representative.parsed().ok())?,
            language,
            captcha,
        })
    }

    /// Marks the fields that the server refused.
    fn refuse(&self, problem: &Problem) {
        for wrong in &problem.fields {
            match wrong.field.as_str() {
                "employer" => self.employer.refuse(wrong.code),
                "branch" => self.branch.refuse(wrong.code),
                "representative" => self.representative.refuse(wrong.code),
                _ => {}
            }
        }
    }
}

/// A question of the procedure's own, asked before who asks for whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// Its field.
    pub field: Html,
    /// What is wrong with the answer, if it may be shown.
    pub wrong: Option<SummaryEntry>,
    /// The form is sent: from now on what is wrong shows. Says whether something is.
    pub onsend: Callback<(), Result<(), FieldCode>>,
}

/// Whether the form was sent and waits for the captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    None,
    Send,
}

/// Properties of [`IdentifyForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct IdentifyFormProps {
    /// What is begun: the captcha is solved for it.
    pub procedure: Procedure,
    /// Whether the server's answer is awaited.
    pub state: ButtonState,
    /// Why the server refused what was sent last.
    pub problem: Option<Problem>,
    /// What is asked first, if anything is.
    #[prop_or_default]
    pub before: Option<Before>,
    /// Takes what is sent.
    pub onsend: Callback<Identified>,
}

/// The form. The captcha begins by itself when the employer's number is complete.
#[component]
pub fn IdentifyForm(props: &IdentifyFormProps) -> Html {
    let text = use_text();
    let language = use_tongue().language;
    let fields = use_fields();
    let procedure = props.procedure;
    let subject = fields
        .employer
        .parsed()
        .ok()
        .map(|employer| procedure.subject(employer));
    let captcha = use_captcha(subject);
    let submission = use_state(|| 0_u32);
    let wish = use_state_eq(|| Wish::None);
    use_sending(&fields, &captcha, &wish, language, props.onsend.clone());
    use_refusal(&fields, &captcha, props.problem.clone());

    let onsubmit = {
        let (fields, captcha, submission, wish) =
            (fields.clone(), captcha.clone(), submission.clone(), wish.setter());
        let (state, before) = (props.state, props.before.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if state == ButtonState::Busy {
                return;
            }
            submission.set(*submission + 1);
            let first = before.as_ref().map_or(Ok(()), |before| before.onsend.emit(()));
            if fields.send().is_some() && first.is_ok() {
                if matches!(captcha.captcha, Captcha::Failed(_)) {
                    captcha.renew();
                }
                wish.set(Wish::Send);
            }
        })
    };
    let (state, label) = match (props.state, *wish) {
        (ButtonState::Busy, _) => (ButtonState::Busy, text.recovery_identify_sending()),
        (ButtonState::Ready, Wish::Send) => (ButtonState::Busy, text.recovery_identify_waiting()),
        (ButtonState::Ready, Wish::None) => (ButtonState::Ready, text.recovery_identify_send()),
    };
    let problem = props.problem.as_ref().or(match (&captcha.captcha, *submission) {
        (Captcha::Failed(problem), 1..) => Some(problem),
        _ => None,
    });
    let entries = || {
        let first = props.before.iter().filter_map(|before| before.wrong.clone());
        first.chain(fields.entries(text)).collect()
    };
    html! {
        <form class="flow" {onsubmit} novalidate=true>
            { summary(text, *submission, entries) }
            if let Some(problem) = problem { { problem_notice(text, problem, None) } }
            if let Some(before) = &props.before { { before.field.clone() } }
            { employer_field(text, "employer", &fields.employer) }
            { branch_field(text, "branch", &fields.branch) }
            if fields.person().is_none() {
                { representative_field(text, "representative", &fields.representative) }
            }
            { captcha_progress(text, &captcha.captcha) }
            <div class="actions">{ submit(state, label) }</div>
        </form>
    }
}

/// Sends as soon as it is wished and the captcha is solved.
#[hook]
fn use_sending(
    fields: &Fields,
    captcha: &CaptchaHandle,
    wish: &UseStateHandle<Wish>,
    language: Language,
    onsend: Callback<Identified>,
) {
    let (fields, setter) = (fields.clone(), wish.setter());
    use_effect_with((**wish, captcha.captcha.clone()), move |(wish, captcha)| {
        if *wish == Wish::None {
            return;
        }
        match captcha {
            Captcha::Solved(solution) => {
                setter.set(Wish::None);
                if let Some(request) = fields.request(language, solution.clone()) {
                    onsend.emit(request);
                }
            }
            // Without a subject there is nothing to wait for: the number was changed meanwhile.
            Captcha::Failed(_) | Captcha::Waiting => setter.set(Wish::None),
            Captcha::Preparing | Captcha::Working(_) => {}
        }
    });
}

/// A refused request used its captcha up: the next one begins, and refused fields are marked.
#[hook]
fn use_refusal(fields: &Fields, captcha: &CaptchaHandle, problem: Option<Problem>) {
    let (fields, captcha) = (fields.clone(), captcha.clone());
    use_effect_with(problem, move |problem| {
        let Some(problem) = problem else { return };
        fields.refuse(problem);
        // If nobody was reached, the solution was not used and still holds.
        if problem.code != ErrorCode::Unreachable {
            captcha.renew();
        }
    });
}
