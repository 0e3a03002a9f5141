//! Whether our mails arrive: a test message to an address that the visitor types.
//!
//! It has nothing to do with the address registered in an account, and what becomes of the message is not told: the page
//! would otherwise say which addresses exist.

use crate::api::use_call;
use crate::captcha::{Captcha, captcha_progress, use_captcha};
use crate::errors::{problem_notice, summary, words, wrong};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::{use_text, use_title, use_tongue};
use crate::routes::{Route, link};
use crate::settings::use_settings;
use crate::ui::prose::{lead, list, paragraph};
use crate::ui::{
    ButtonKind, ButtonState, InputKind, TextInputProps, Tone, button_link, press, result_panel,
    stage_heading, submit, text_input,
};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::captcha::Subject;
use shared::i18n::Text;
use shared::identifiers::Email;
use shared::notifications::api::{DeliverabilityTest, TestDeliverability};
use shared::settings::api::Settings;
use yew::prelude::*;
use yew::props;

/// The `id` of the one field.
const ADDRESS: &str = "address";

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sent {
    address: Email,
    sender: String,
}

/// The page.
#[component]
pub fn MailTestPage() -> Html {
    let text = use_text();
    use_title(text.mail_test_title());
    let settings = use_settings();
    let sent = use_state(|| None::<Sent>);
    let onsent = {
        let sent = sent.setter();
        Callback::from(move |done: Sent| sent.set(Some(done)))
    };
    let onagain = {
        let sent = sent.setter();
        Callback::from(move |()| sent.set(None))
    };
    let page = match &*sent {
        None => html! { <Form key="form" {onsent} /> },
        Some(sent) => done(text, settings.as_deref(), sent, &onagain),
    };
    html! { <div class="column">{ page }</div> }
}

/// What the form needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct FormProps {
    /// Hears that the server has taken the request.
    onsent: Callback<Sent>,
}

/// Asks for the address. The captcha belongs to the address, so its work begins when the form is sent.
#[component]
fn Form(props: &FormProps) -> Html {
    let text = use_text();
    let language = use_tongue().language;
    let field = use_field::<Email>(String::new);
    let wanted = use_state(|| None::<Email>);
    let submission = use_state(|| 0_u32);
    let captcha = use_captcha((*wanted).clone().map(|address| Subject::MailTest { address }));
    let call = use_call::<TestDeliverability>();
    {
        let (call, onsent) = (call.clone(), props.onsent.clone());
        use_effect_with(
            ((*wanted).clone(), captcha.captcha.clone()),
            move |(wanted, captcha)| {
                if let (Some(address), Captcha::Solved(solution)) = (wanted.clone(), captcha) {
                    let request = DeliverabilityTest {
                        address: address.clone(),
                        language,
                        captcha: solution.clone(),
                    };
                    call.send_then(request, move |accepted| {
                        onsent.emit(Sent {
                            address,
                            sender: accepted.sender.clone(),
                        });
                    });
                }
            },
        );
    }
    use_refusal(&field, &wanted, &captcha.captcha, call.problem().cloned());
    let waiting = wanted.is_some() && !matches!(captcha.captcha, Captcha::Failed(_));
    let onsubmit = {
        let (field, wanted, submission) = (field.clone(), wanted.clone(), submission.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !waiting {
                submission.set(*submission + 1);
                wanted.set(field.send().ok());
            }
        })
    };
    let (state, label) = match (call.is_loading(), waiting) {
        (true, _) => (ButtonState::Busy, text.mail_test_sending()),
        (false, true) => (ButtonState::Busy, text.mail_test_checking()),
        (false, false) => (ButtonState::Ready, text.mail_test_send()),
    };
    let problem = call.problem().cloned().or_else(|| match &captcha.captcha {
        Captcha::Failed(problem) => Some(problem.clone()),
        Captcha::Waiting | Captcha::Preparing | Captcha::Working(_) | Captcha::Solved(_) => None,
    });
    let error = field.error().map(|code| address_error(text, code));
    html! {
        <form class="flow" {onsubmit} novalidate=true>
            { stage_heading("page", text.mail_test_title().into(), None) }
            { summary(text, *submission, || error.map(|message| wrong(ADDRESS, message)).into_iter().collect()) }
            if let Some(problem) = problem.filter(|_| !waiting) { { problem_notice(text, &problem, None) } }
            { lead(text.mail_test_lead()) }
            { text_input(&props!(TextInputProps { id: ADDRESS, label: text.mail_test_label(), hint: text.mail_test_hint(), error, value: field.text().to_owned(), oninput: field.oninput(), onblur: field.onblur(), kind: InputKind::Email, autocomplete: "email", name: "email" })) }
            if waiting { { captcha_progress(text, &captcha.captcha) } }
            <div class="actions">{ submit(state, label) }</div>
            <p>{ link(Route::HelpTopic("correo".into()), text.mail_test_help()) }</p>
        </form>
    }
}

/// A refusal ends the wait and marks the field; only unreachable servers leave the captcha unused.
#[hook]
fn use_refusal(
    field: &FieldHandle<Email>,
    wanted: &UseStateHandle<Option<Email>>,
    captcha: &Captcha,
    problem: Option<Problem>,
) {
    let failed = match captcha {
        Captcha::Failed(problem) => Some(problem.clone()),
        Captcha::Waiting | Captcha::Preparing | Captcha::Working(_) | Captcha::Solved(_) => None,
    };
    let (field, wanted) = (field.clone(), wanted.setter());
    use_effect_with((problem, failed), move |(problem, failed)| {
        if let Some(problem) = problem {
            if problem.code == ErrorCode::InvalidInput {
                for wrong in problem.fields.iter().filter(|wrong| wrong.field == ADDRESS) {
                    field.refuse(wrong.code);
                }
            }
            wanted.set(None);
        } else if failed.is_some() {
            wanted.set(None);
        }
    });
}

/// What is wrong with the address.
fn address_error(text: Text, code: FieldCode) -> &'static str {
    match code {
        FieldCode::Missing => text.mail_test_missing(),
        FieldCode::Malformed => text.mail_test_malformed(),
        FieldCode::Length
        | FieldCode::NotDigits
        | FieldCode::ForeignDigits
        | FieldCode::Province
        | FieldCode::ThirdDigit
        | FieldCode::Suffix
        | FieldCode::FinalConsumer
        | FieldCode::CheckDigit
        | FieldCode::Year
        | FieldCode::Month
        | FieldCode::Day
        | FieldCode::NotOffered
        | FieldCode::TooLong
        | FieldCode::Characters
        | FieldCode::OutOfRange
        | FieldCode::AlreadyDelegate
        | FieldCode::AlreadyUsed
        | FieldCode::WrongCode
        | FieldCode::AlreadyStaff
        | FieldCode::Representative => words::field(text, code),
    }
}

/// Taken: where to look, and what it means.
fn done(text: Text, settings: Option<&Settings>, sent: &Sent, onagain: &Callback<()>) -> Html {
    let demo = settings.is_some_and(|settings| settings.demo_mailbox);
    result_panel(
        Tone::Success,
        text.mail_test_done_title(),
        html! { <>
            { paragraph(text.mail_test_done_what(&sent.address, &sent.sender)) }
            if demo { <p>{ text.mail_test_done_mailbox() }{ " " }<a href="/mailbox">{ text.layout_demo_mailbox() }</a></p> }
            { list(&[text.mail_test_done_arrived(), text.mail_test_done_spam(), text.mail_test_done_missing()]) }
            <div class="actions">
                { button_link(ButtonKind::Primary, Route::Recovery.path(), text.mail_test_done_recover()) }
                { press(ButtonKind::Secondary, onagain.reform(|_| ()), text.mail_test_done_again()) }
            </div>
        </> },
    )
}
