//! Picking the signed file, looking at it, and sending it by one press.

use super::file::{Advice, MEGABYTE, Objection, USUAL_MOST, look, weigh};
use crate::api::{Progress, use_sending};
use crate::errors::{problem_notice, summary, wrong};
use crate::i18n::use_text;
use crate::platform::picked::Picked;
use crate::settings::use_settings;
use crate::ui::prose::{paragraph, soft};
use crate::ui::{
    ButtonKind, ButtonState, FileInput, NoticeProps, ProgressProps, Tone, live_region, loading, notice,
    press, progress, submit,
};
use shared::api::Problem;
use shared::i18n::Text;
use shared::signatures::api::{DOCUMENT_PATH, SignatureView};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew::props;

/// The control's `id`.
const FIELD: &str = "document";

/// What is offered for picking. Whatever is picked otherwise is taken too.
const ACCEPT: &str = ".pdf,.p7m,application/pdf,application/pkcs7-mime";

/// What was picked last.
#[derive(Clone, Debug, Default, PartialEq)]
enum Choice {
    /// Nothing.
    #[default]
    None,
    /// A file that may be sent.
    Good(Picked, Advice),
    /// A file that is not sent.
    Bad(Objection),
    /// More than one.
    Several,
}

/// Properties of [`Upload`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct UploadProps {
    /// How many files are still judged.
    pub uploads_left: u8,
    /// Takes the new view.
    pub show: Callback<Rc<SignatureView>>,
    /// Asks the server where the request stands.
    #[prop_or_default]
    pub onask: Callback<()>,
}

/// The place for the file, and how far it is.
#[component]
pub fn Upload(props: &UploadProps) -> Html {
    let text = use_text();
    let choice = use_state_eq(Choice::default);
    let submission = use_state(|| 0_u32);
    let sending = use_sending();
    let most = use_settings().map_or(USUAL_MOST, |settings| settings.document_bytes);
    let megabytes = i64::from(most / MEGABYTE);
    use_doubt(sending.problem().cloned(), props.onask.clone());
    let onpick = {
        let (choice, sending) = (choice.setter(), sending.clone());
        Callback::from(move |files: Vec<Picked>| {
            // Another file is another try: what was said of the one before is over.
            sending.stop();
            take(files, most, choice.clone());
        })
    };
    let onsubmit = {
        let (choice, sending, submission) = (choice.clone(), sending.clone(), submission.clone());
        let show = props.show.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if sending.is_running() {
                return;
            }
            submission.set(*submission + 1);
            if let Choice::Good(file, _) = &*choice {
                let (choice, show) = (choice.setter(), show.clone());
                sending.send::<SignatureView>(DOCUMENT_PATH, file, move |view| {
                    choice.set(Choice::None);
                    show.emit(view);
                });
            }
        })
    };
    let onstop = {
        let sending = sending.clone();
        Callback::from(move |_: MouseEvent| sending.stop())
    };
    let error = error(text, &choice, *submission, megabytes);
    let entries = || {
        error
            .clone()
            .map(|words| wrong(FIELD, words))
            .into_iter()
            .collect()
    };
    let state = if sending.is_running() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    };
    let said = announcement(text, &sending.progress);
    html! {
        <form class="flow" {onsubmit} novalidate=true>
            { summary(text, *submission, entries) }
            if let Some(problem) = sending.problem() { { problem_notice(text, problem, None) } }
            if sending.is_running() {
                { under_way(text, &sending.progress) }
            } else {
                <FileInput id={FIELD} label={label(text, &choice)} hint={text.signatures_file_hint(megabytes)}
                    error={error.clone()} note={note(text, &choice)} drop={text.signatures_file_drop()}
                    release={text.signatures_file_release()} accept={ACCEPT} {onpick} />
            }
            { soft(text.signatures_upload_left(props.uploads_left.into())) }
            <div class="actions">
                { submit(state, text.signatures_send()) }
                if matches!(sending.progress, Progress::Under(_)) { { press(ButtonKind::Quiet, onstop, text.signatures_stop()) } }
            </div>
            { live_region(&said) }
        </form>
    }
}

/// Asks where the request stands when a file was not taken: it may have been, and only the answer was lost.
#[hook]
fn use_doubt(problem: Option<Problem>, onask: Callback<()>) {
    use_effect_with(problem, move |problem| {
        if problem.is_some() {
            onask.emit(());
        }
    });
}

/// Looks at what was picked.
fn take(files: Vec<Picked>, most: u32, choice: UseStateSetter<Choice>) {
    let mut files = files.into_iter();
    let (Some(file), None) = (files.next(), files.next()) else {
        return choice.set(Choice::Several);
    };
    if let Err(objection) = weigh(file.size(), most) {
        return choice.set(Choice::Bad(objection));
    }
    spawn_local(async move {
        choice.set(match file.bytes().await {
            Some(bytes) => match look(&file.name(), &bytes) {
                Ok(advice) => Choice::Good(file, advice),
                Err(objection) => Choice::Bad(objection),
            },
            // It is gone, or is a folder.
            None => Choice::Bad(Objection::Empty),
        });
    });
}

fn label(text: Text, choice: &Choice) -> &'static str {
    match choice {
        Choice::Good(..) => text.signatures_file_other(),
        Choice::None | Choice::Bad(_) | Choice::Several => text.signatures_file_label(),
    }
}

/// What is wrong with what was picked; that nothing was picked is wrong once it is to be sent.
fn error(text: Text, choice: &Choice, submission: u32, megabytes: i64) -> Option<AttrValue> {
    let words = match choice {
        Choice::None if submission > 0 => text.signatures_file_missing().into(),
        Choice::None | Choice::Good(..) => return None,
        Choice::Several => text.signatures_file_several().into(),
        Choice::Bad(Objection::Empty) => text.signatures_file_empty().into(),
        Choice::Bad(Objection::TooLarge) => text.signatures_file_too_large(megabytes).into(),
        Choice::Bad(Objection::Key) => text.signatures_file_key().into(),
    };
    Some(words)
}

/// The file that was picked, and what is doubtful about it.
fn note(text: Text, choice: &Choice) -> Option<Html> {
    let Choice::Good(file, advice) = choice else {
        return None;
    };
    let kilobytes = file.size().div_ceil(1000);
    let doubt = match advice {
        Advice::None => None,
        Advice::OtherType => Some(text.signatures_file_other_type()),
        Advice::Unsigned => Some(text.signatures_file_unsigned()),
    };
    Some(html! {
        <>
            <p class="picked">
                { text.signatures_file_chosen_label() }{ ": " }
                <strong>{ text.signatures_file_chosen(kilobytes, file.name()) }</strong>
            </p>
            if let Some(doubt) = doubt {
                { notice(&props!(NoticeProps { tone: Tone::Warning, children: paragraph(doubt) })) }
            }
        </>
    })
}

/// How far the file is.
fn under_way(text: Text, state: &Progress) -> Html {
    match state {
        Progress::Under(permille) => {
            let percent = i64::from(permille / 10);
            progress(&props!(ProgressProps {
                id: "upload-progress",
                label: text.signatures_progress(),
                done: u32::from(*permille),
                of: 1000,
                text: text.signatures_percent(percent)
            }))
        }
        Progress::Arrived => html! {
            <>
                { progress(&props!(ProgressProps { id: "upload-progress", label: text.signatures_checking(), done: 1000_u32, of: 1000_u32 })) }
                { loading(text.signatures_checking_what()) }
            </>
        },
        Progress::Idle | Progress::Failed(_) => Html::default(),
    }
}

/// What is said aloud: that it begins, each quarter, and that it is looked at.
fn announcement(text: Text, state: &Progress) -> String {
    match state {
        Progress::Under(permille) => match permille / 250 {
            0 => text.signatures_sending().to_owned(),
            quarters => text.signatures_percent(i64::from(quarters * 25)),
        },
        Progress::Arrived => text.signatures_checking().to_owned(),
        Progress::Idle | Progress::Failed(_) => String::new(),
    }
}
