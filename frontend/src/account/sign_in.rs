//! Signing in: the employer's number, the branch, the password; for a secondary user also their cédula.
//!
//! Whatever is wrong with them is one message. What is typed survives a refusal, the number also a reload; the password
//! survives nothing.

use super::returning;
use super::session::{Ask, Ended, Unsent, use_session, use_signed_in};
use crate::api::{Remote, use_call};
use crate::errors::{problem_notice, retry_after, summary, words, wrong};
use crate::forms::current::{CurrentDraft, CurrentPasswordProps, current_password};
use crate::forms::identifiers::{
    EmployerFor, branch_error, branch_field, cedula_error, cedula_field, employer_error, employer_field_for,
};
use crate::forms::{FieldHandle, draft, use_field};
use crate::i18n::{use_text, use_title};
use crate::platform::focus;
use crate::routes::{AppointmentPage, Route, link};
use crate::ui::prose::{advice, lead, paragraph};
use crate::ui::{
    ButtonKind, ButtonState, CheckboxProps, NoticeProps, SummaryEntry, Tick, Tone, Urgency, button_link,
    checkbox, notice, press, stage_heading, submit,
};
use shared::api::{ErrorCode, Problem};
use shared::i18n::Text;
use shared::identifiers::{Branch, Cedula, EmployerIdentifier};
use shared::sessions::api::{Credentials, SignIn};
use yew::prelude::*;
use yew::props;

/// The page.
#[component]
pub fn SignInPage() -> Html {
    let text = use_text();
    use_title(text.sessions_sign_in_title());
    let session = use_session();
    let (stand, _) = use_signed_in(Ask::IfSomebodyWas);
    {
        let session = session.clone();
        use_effect_with(matches!(stand, Remote::Ready(_)), move |signed_in| {
            if *signed_in {
                session.enter();
            }
        });
    }
    {
        let session = session.clone();
        // Who comes back later need not read again how an earlier session ended.
        use_effect_with((), move |()| move || session.read());
    }
    html! {
        <div class="column flow">
            { stage_heading("page", text.sessions_sign_in_title().into(), None) }
            { said(text, session.ended()) }
            <SignInForm />
            <section class="flow" aria-labelledby="no-entry">
                <h2 id="no-entry">{ text.sessions_no_entry() }</h2>
                <ul>
                    <li>{ link(Route::Recovery, text.sessions_to_recovery()) }</li>
                    <li>{ link(Route::Unlock, text.sessions_to_unlock()) }</li>
                    <li>{ link(Route::HelpTopic("ingresar".into()), text.sessions_to_help()) }</li>
                </ul>
            </section>
        </div>
    }
}

/// How the session before ended, or what the sign-in leads to.
fn said(text: Text, ended: Option<Ended>) -> Html {
    let (tone, title, what, unsent) = match ended {
        None => {
            return if returning::kept().is_some() {
                lead(text.sessions_first())
            } else {
                lead(text.sessions_sign_in_lead())
            };
        }
        Some(Ended::Never) => return lead(text.sessions_first()),
        Some(Ended::SignedOut) => (
            Tone::Success,
            text.sessions_left_title(),
            text.sessions_left_what(),
            Unsent::Nothing,
        ),
        Some(Ended::Idle(unsent)) => (
            Tone::Warning,
            text.sessions_idle_title(),
            text.sessions_idle_what(),
            unsent,
        ),
        Some(Ended::Elsewhere(unsent)) => (
            Tone::Warning,
            text.sessions_over_title(),
            text.sessions_over_what(),
            unsent,
        ),
    };
    notice(&props!(NoticeProps {
        tone,
        title,
        urgency: Urgency::Polite,
        children: html! { <>
            { paragraph(what) }
            if unsent == Unsent::Form { { advice(text.sessions_unsent()) } }
        </> }
    }))
}

/// Whether the branch can be changed: almost everybody has the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BranchBox {
    Told,
    Open,
}

/// What is typed.
#[derive(Clone, PartialEq)]
struct Fields {
    employer: FieldHandle<EmployerIdentifier>,
    branch: FieldHandle<Branch>,
    delegate: FieldHandle<Cedula>,
    who: Tick,
    password: CurrentDraft,
}

impl Fields {
    /// What is wrong, in the order of the fields, in the words that stand beside them.
    fn entries(&self, text: Text) -> Vec<SummaryEntry> {
        let delegate = match self.who {
            Tick::On => self.delegate.error(),
            Tick::Off => None,
        };
        [
            self.employer
                .error()
                .map(|code| wrong("employer", employer_error(text, code))),
            self.branch
                .error()
                .map(|code| wrong("branch", branch_error(text, code))),
            delegate.map(|code| wrong("delegate", cedula_error(text, code))),
            self.password
                .is_empty()
                .then(|| wrong("password", text.sessions_password_missing())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Shows what is wrong. The credentials if nothing is.
    fn send(&self) -> Option<Credentials> {
        let (employer, branch) = (self.employer.send(), self.branch.send());
        let delegate = match self.who {
            Tick::On => self.delegate.send().map(Some),
            Tick::Off => Ok(None),
        };
        if self.password.is_empty() {
            return None;
        }
        Some(Credentials {
            employer: employer.ok()?,
            branch: branch.ok()?,
            delegate: delegate.ok()?,
            password: self.password.password.clone(),
        })
    }

    /// Marks the fields that the server refused.
    fn refuse(&self, problem: &Problem) {
        for wrong in &problem.fields {
            match wrong.field.as_str() {
                "employer" => self.employer.refuse(wrong.code),
                "branch" => self.branch.refuse(wrong.code),
                "delegate" => self.delegate.refuse(wrong.code),
                _ => {}
            }
        }
    }
}

/// The form.
#[component]
pub fn SignInForm() -> Html {
    let text = use_text();
    let session = use_session();
    let kept = use_memo((), |()| draft::recall());
    let branch = use_field(|| match kept.branch.as_str() {
        "" => Branch::default().to_string(),
        kept => kept.to_owned(),
    });
    let who = use_state_eq(Tick::default);
    let password = use_state(CurrentDraft::default);
    let fields = Fields {
        employer: use_field(|| kept.employer.clone()),
        branch: branch.clone(),
        delegate: use_field(String::new),
        who: *who,
        password: (*password).clone(),
    };
    let branch_box = use_state_eq(|| {
        if branch.text() == Branch::default().to_string() {
            BranchBox::Told
        } else {
            BranchBox::Open
        }
    });
    let shown = use_mut_ref(|| *branch_box);
    use_effect_with(*branch_box, move |now| {
        // Whoever asked for the box goes on in it.
        if shown.replace(*now) != *now {
            focus::element("branch");
        }
    });
    let typed = draft::Identification {
        employer: fields.employer.text().to_owned(),
        branch: fields.branch.text().to_owned(),
        representative: kept.representative.clone(),
    };
    use_effect_with(typed, draft::keep);
    let submission = use_state(|| 0_u32);
    let sign_in = use_call::<SignIn>();
    {
        let fields = fields.clone();
        use_effect_with(sign_in.problem().cloned(), move |problem| {
            if let Some(problem) = problem {
                fields.refuse(problem);
            }
        });
    }
    let onsubmit = {
        let (fields, submission, sign_in, session) = (
            fields.clone(),
            submission.clone(),
            sign_in.clone(),
            session.clone(),
        );
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if sign_in.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if let Some(credentials) = fields.send() {
                let session = session.clone();
                sign_in.send_then(credentials, move |account| {
                    draft::forget();
                    session.renew(account);
                });
            }
        })
    };
    let (state, label) = if sign_in.is_loading() {
        (ButtonState::Busy, text.sessions_signing_in())
    } else {
        (ButtonState::Ready, text.sessions_sign_in())
    };
    let open = {
        let branch_box = branch_box.setter();
        Callback::from(move |_: MouseEvent| branch_box.set(BranchBox::Open))
    };
    let missing = (*submission > 0 && fields.password.is_empty()).then(|| text.sessions_password_missing());
    html! {
        <form class="flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || fields.entries(text)) }
            if let Some(problem) = sign_in.problem() { { refused(text, problem) } }
            { employer_field_for(text, "employer", &fields.employer, EmployerFor::SignIn) }
            if *branch_box == BranchBox::Open || fields.branch.error().is_some() {
                { branch_field(text, "branch", &fields.branch) }
            } else {
                <p class="disclosed">{ text.sessions_branch(fields.branch.text()) }{ " " }{ press(ButtonKind::Quiet, open, text.sessions_branch_other()) }</p>
            }
            { checkbox(&props!(CheckboxProps { id: "secondary", label: text.sessions_secondary(), hint: text.sessions_secondary_hint(), tick: *who, onchange: { let who = who.setter(); Callback::from(move |tick| who.set(tick)) } })) }
            if *who == Tick::On {
                { cedula_field(text, "delegate", &fields.delegate, text.sessions_delegate_label(), Some(text.sessions_delegate_hint())) }
            }
            { current_password(text, &props!(CurrentPasswordProps {
                id: "password",
                label: match *who { Tick::On => text.sessions_password_own(), Tick::Off => text.sessions_password() },
                error: missing,
                draft: (*password).clone(),
                onchange: { let password = password.setter(); Callback::from(move |draft| password.set(draft)) }
            })) }
            <div class="actions">{ submit(state, label) }</div>
        </form>
    }
}

/// Why nobody was let in: what to do stands first.
fn refused(text: Text, problem: &Problem) -> Html {
    let (way, label) = if problem.code == ErrorCode::SignInBlocked {
        (Route::Unlock, text.sessions_to_unlock_now())
    } else if problem.code == ErrorCode::SignInFrozen {
        (
            Route::Appointment(AppointmentPage::Begin),
            text.sessions_to_counter(),
        )
    } else {
        return problem_notice(text, problem, None);
    };
    let words = words::problem(text, problem);
    notice(&props!(NoticeProps {
        tone: Tone::Warning,
        title: words.title,
        urgency: Urgency::Assertive,
        children: html! { <>
            { paragraph(words.what) }
            { advice(words.advice) }
            if let Some(seconds) = problem.retry_after { { paragraph(retry_after(text, seconds)) } }
            <div class="actions">{ button_link(ButtonKind::Secondary, way.path(), label) }</div>
        </> }
    }))
}
