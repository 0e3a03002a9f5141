//! Finding an appointment by its code and the representative's number, from any device.

use crate::api::{Call, use_call};
use crate::captcha::{Captcha, CaptchaHandle, captcha_progress, use_captcha};
use crate::errors::{problem_notice, summary, wrong};
use crate::forms::identifiers::{representative_error, representative_field};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::use_text;
use crate::ui::prose::soft;
use crate::ui::{ButtonState, InputKind, InputWidth, SummaryEntry, TextInputProps, submit, text_input};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::appointments::AppointmentCode;
use shared::appointments::api::{FindAppointment, Search};
use shared::captcha::{Solution, Subject};
use shared::i18n::Text;
use shared::identifiers::RepresentativeId;
use yew::prelude::*;
use yew::props;

/// What is typed.
#[derive(Clone, PartialEq)]
struct Fields {
    code: FieldHandle<AppointmentCode>,
    representative: FieldHandle<RepresentativeId>,
}

impl Fields {
    fn entries(&self, text: Text) -> Vec<SummaryEntry> {
        let code = self
            .code
            .error()
            .map(|code| wrong("code", code_error(text, code)));
        let representative = self
            .representative
            .error()
            .map(|code| wrong("representative", representative_error(text, code)));
        code.into_iter().chain(representative).collect()
    }

    /// Shows what is wrong. Says whether nothing is.
    fn send(&self) -> bool {
        let (code, representative) = (self.code.send(), self.representative.send());
        code.is_ok() && representative.is_ok()
    }

    fn request(&self, captcha: Solution) -> Option<Search> {
        Some(Search {
            code: self.code.parsed().ok()?,
            representative: self.representative.parsed().ok()?,
            captcha,
        })
    }
}

/// Whether the form was sent and waits for the captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    None,
    Send,
}

/// Properties of [`FindForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct FindFormProps {
    /// It is found: this browser has its cookie.
    pub onfound: Callback<()>,
}

/// The form. The captcha begins by itself when the code is complete.
#[component]
pub(super) fn FindForm(props: &FindFormProps) -> Html {
    let text = use_text();
    let find = use_call::<FindAppointment>();
    let fields = Fields {
        code: use_field(String::new),
        representative: use_field(String::new),
    };
    let subject = fields
        .code
        .parsed()
        .ok()
        .map(|code| Subject::AppointmentSearch { code });
    let captcha = use_captcha(subject);
    let submission = use_state(|| 0_u32);
    let wish = use_state_eq(|| Wish::None);
    use_sending(&fields, &captcha, &wish, &find, props.onfound.clone());
    use_refusal(&captcha, find.problem().cloned());
    let onsubmit = {
        let (fields, captcha, submission, wish) =
            (fields.clone(), captcha.clone(), submission.clone(), wish.setter());
        let busy = find.is_loading();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if busy {
                return;
            }
            submission.set(*submission + 1);
            if fields.send() {
                if matches!(captcha.captcha, Captcha::Failed(_)) {
                    captcha.renew();
                }
                wish.set(Wish::Send);
            }
        })
    };
    let (state, label) = match (find.is_loading(), *wish) {
        (true, _) => (ButtonState::Busy, text.appointments_find_acting()),
        (false, Wish::Send) => (ButtonState::Busy, text.recovery_identify_waiting()),
        (false, Wish::None) => (ButtonState::Ready, text.appointments_find_act()),
    };
    let problem = find.problem().or(match (&captcha.captcha, *submission) {
        (Captcha::Failed(problem), 1..) => Some(problem),
        _ => None,
    });
    html! {
        <form class="flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || fields.entries(text)) }
            if let Some(problem) = problem { { problem_notice(text, problem, None) } }
            { code_field(text, &fields.code) }
            { representative_field(text, "representative", &fields.representative) }
            { captcha_progress(text, &captcha.captcha) }
            <div class="actions">{ submit(state, label) }</div>
            { soft(text.appointments_find_lost()) }
        </form>
    }
}

fn code_field(text: Text, field: &FieldHandle<AppointmentCode>) -> Html {
    text_input(&props!(TextInputProps {
        id: "code",
        label: text.appointments_find_code_label(),
        hint: text.appointments_find_code_hint(),
        error: field.error().map(|code| AttrValue::from(code_error(text, code))),
        value: field.text().to_owned(),
        oninput: field.oninput(),
        onblur: field.onblur(),
        kind: InputKind::Code,
        width: InputWidth::Number,
        name: "code"
    }))
}

fn code_error(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.appointments_find_code_missing()
    } else {
        text.appointments_find_code_malformed()
    }
}

/// Sends as soon as it is wished and the captcha is solved.
#[hook]
fn use_sending(
    fields: &Fields,
    captcha: &CaptchaHandle,
    wish: &UseStateHandle<Wish>,
    find: &Call<FindAppointment>,
    onfound: Callback<()>,
) {
    let (fields, setter, find) = (fields.clone(), wish.setter(), find.clone());
    use_effect_with((**wish, captcha.captcha.clone()), move |(wish, captcha)| {
        if *wish == Wish::None {
            return;
        }
        match captcha {
            Captcha::Solved(solution) => {
                setter.set(Wish::None);
                if let Some(request) = fields.request(solution.clone()) {
                    find.send_then(request, move |_| onfound.emit(()));
                }
            }
            Captcha::Failed(_) | Captcha::Waiting => setter.set(Wish::None),
            Captcha::Preparing | Captcha::Working(_) => {}
        }
    });
}

/// A refused request used its captcha up.
#[hook]
fn use_refusal(captcha: &CaptchaHandle, problem: Option<Problem>) {
    let captcha = captcha.clone();
    use_effect_with(problem, move |problem| {
        if problem
            .as_ref()
            .is_some_and(|problem| problem.code != ErrorCode::Unreachable)
        {
            captcha.renew();
        }
    });
}
