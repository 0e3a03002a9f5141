//! The request is to be fetched, signed and uploaded; after a file that failed, why it did.

use super::stage::{Seen, verdict};
use super::upload::Upload;
use crate::api::address;
use crate::countdown::use_remaining;
use crate::i18n::use_text;
use crate::platform::clock;
use crate::ui::prose::{advice, lead, list, paragraph};
use crate::ui::{NoticeProps, Tone, disclosure, live_region, notice};
use shared::i18n::Text;
use shared::signatures::api::{REQUEST_PATH, SignatureView};
use shared::time::Deadline;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// Minutes left at which the time is said aloud.
const SPOKEN: [u32; 3] = [10, 5, 1];

/// Milliseconds between two questions after the time is over.
const ASK_EVERY: u32 = 4_000;

/// Properties of [`Issued`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct IssuedProps {
    /// The request.
    pub seen: Seen,
    /// Until when it can be uploaded.
    pub deadline: Deadline,
    /// How many files are still judged.
    pub uploads_left: u8,
    /// Takes the new view.
    pub show: Callback<Rc<SignatureView>>,
    /// Asks the server what became of it.
    pub onask: Callback<()>,
}

/// Three steps, and the time for them.
#[component]
pub fn Issued(props: &IssuedProps) -> Html {
    let text = use_text();
    let view = &props.seen.view;
    let failed = view.verdict.as_ref();
    let said = failed.map_or(0, |verdict| verdict.at.as_millis());
    let upload = html! {
        <section id="upload">
            <h2>{ text.signatures_upload_title() }</h2>
            // Another verdict is another file.
            <Upload key={said} uploads_left={props.uploads_left} show={props.show.clone()} onask={props.onask.clone()} />
        </section>
    };
    if props.uploads_left == 0 {
        return html! { <>{ used_up(text) }{ verdict(text, failed) }</> };
    }
    html! {
        <>
            if failed.is_some() {
                { notice(&props!(NoticeProps { tone: Tone::Danger, children: html! { <>
                    { paragraph(text.signatures_failed_what()) }
                    { advice_left(text, props.uploads_left) }
                </> } })) }
                { verdict(text, failed) }
            } else {
                { lead(text.signatures_issued_lead()) }
            }
            <TimeLeft seen={props.seen.clone()} deadline={props.deadline} onask={props.onask.clone()} />
            <section>
                <h2>{ text.signatures_download_title() }</h2>
                <p><a class="button button-secondary" href={address(REQUEST_PATH)} download="">{ text.signatures_download_act() }{ " (" }{ text.signatures_download_form() }{ ")" }</a></p>
                { paragraph(text.signatures_download_read(view.reference.to_string())) }
            </section>
            <section>
                <h2>{ text.signatures_sign_title() }</h2>
                { advice(text.signatures_sign_once()) }
                { disclosure(text.signatures_sign_firmaec(), list(&[
                    text.signatures_sign_firmaec_open(),
                    text.signatures_sign_firmaec_choose(),
                    text.signatures_sign_firmaec_place(),
                    text.signatures_sign_firmaec_saved(),
                ])) }
                { disclosure(text.signatures_sign_other(), list(&[
                    text.signatures_sign_other_pades(),
                    text.signatures_sign_other_p7m(),
                ])) }
            </section>
            { upload }
        </>
    }
}

/// Every file that the request bears has failed. Leaving it is below.
fn used_up(text: Text) -> Html {
    notice(&props!(NoticeProps {
        tone: Tone::Danger,
        children: html! { <>
            { paragraph(text.signatures_ended_rejected_what()) }
            { advice(text.signatures_ended_rejected_do()) }
        </> }
    }))
}

fn advice_left(text: Text, uploads: u8) -> Html {
    html! { <p><strong>{ text.signatures_upload_left(uploads.into()) }</strong></p> }
}

/// Properties of [`TimeLeft`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct TimeLeftProps {
    seen: Seen,
    deadline: Deadline,
    onask: Callback<()>,
}

/// Until when, and how many minutes that is: an hour needs no ring. When it is over the server is asked what that means.
#[component]
fn TimeLeft(props: &TimeLeftProps) -> Html {
    let text = use_text();
    let left = use_remaining(props.seen.countdown(props.deadline));
    let minutes = left.seconds.div_ceil(60);
    let onask = props.onask.clone();
    use_effect_with(left.is_over(), move |over| {
        let timer = over.then(|| {
            onask.emit(());
            clock::every(ASK_EVERY, move || onask.emit(()))
        });
        move || drop(timer)
    });
    let words = text.signatures_minutes(minutes.into());
    let said = if SPOKEN.contains(&minutes) {
        words.as_str()
    } else {
        ""
    };
    let class = if minutes <= SPOKEN[1] {
        "time-left time-left-soon"
    } else {
        "time-left"
    };
    html! {
        <div {class}>
            <p>{ text.signatures_until(clock::hour(props.deadline.instant())) }{ " " }<strong>{ &words }</strong></p>
            { live_region(said) }
        </div>
    }
}
