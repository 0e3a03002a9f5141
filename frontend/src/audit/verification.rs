//! Verifying the chain, part by part, with its progress.

use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::{paragraph, soft};
use crate::ui::{
    ButtonKind, ButtonProps, NoticeProps, ProgressProps, TextInputProps, Tone, button, live_region, notice,
    progress, text_input,
};
use shared::audit::Head;
use shared::audit::api::{AuditFinding, VerifyAsked, VerifyAudit, VerifyStep};
use shared::i18n::Text;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What was read so far.
#[derive(Clone, Debug, Default, PartialEq)]
struct Reading {
    findings: Vec<AuditFinding>,
    last: Option<Rc<VerifyStep>>,
}

/// The button, the progress and the verdict.
#[component]
pub(super) fn VerificationSection() -> Html {
    let text = use_text();
    let typed = use_state_eq(String::new);
    let malformed = use_state_eq(|| false);
    let reading = use_state(Reading::default);
    let call = use_staff_call::<VerifyAudit>();
    // Each part asks for the next one.
    let go = {
        let (call, reading) = (call.clone(), reading.setter());
        Callback::from(move |(asked, before): (VerifyAsked, Vec<AuditFinding>)| {
            let reading = reading.clone();
            call.send_then(asked, move |step: Rc<VerifyStep>| {
                let mut findings = before.clone();
                findings.extend(step.findings.iter().copied());
                reading.set(Reading {
                    findings,
                    last: Some(step),
                });
            });
        })
    };
    {
        let (go, findings) = (go.clone(), reading.findings.clone());
        let heads = kept(&typed).unwrap_or_default();
        let next = reading.last.as_ref().and_then(|step| step.next);
        use_effect_with(next, move |next| {
            if let Some(after) = *next {
                let asked = VerifyAsked {
                    after: Some(after),
                    heads,
                };
                go.emit((asked, findings));
            }
        });
    }
    let onclick = {
        let (go, reading, typed, malformed) =
            (go.clone(), reading.setter(), typed.clone(), malformed.setter());
        Callback::from(move |_: MouseEvent| {
            let heads = kept(&typed);
            malformed.set(heads.is_none());
            if let Some(heads) = heads {
                reading.set(Reading::default());
                go.emit((VerifyAsked { after: None, heads }, Vec::new()));
            }
        })
    };
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |words: String| typed.set(words))
    };
    let complete = reading.last.as_ref().filter(|step| step.next.is_none());
    let announcement = match complete {
        Some(_) if reading.findings.is_empty() => text.audit_whole(),
        Some(_) => text.audit_broken(),
        None => "",
    };
    html! {
        <section class="card flow" aria-labelledby="audit-verification">
            <h2 id="audit-verification">{ text.audit_verification() }</h2>
            { paragraph(text.audit_verification_what()) }
            { text_input(&props!(TextInputProps {
                id: "heads", label: text.audit_heads(), hint: text.audit_heads_hint(),
                error: malformed.then(|| AttrValue::from(text.audit_heads_wrong())), value: (*typed).clone(), oninput
            })) }
            if let Some(problem) = call.problem() { { problem_notice(text, problem, None) } }
            <div class="actions">
                { button(&props!(ButtonProps { kind: ButtonKind::Secondary, state: state_of(&call), onclick, children: html! { text.audit_verify() } })) }
            </div>
            if let Some(step) = reading.last.as_ref() { { how_far(text, step) } }
            if complete.is_some() { { verdict(text, &reading) } }
            { live_region(announcement) }
        </section>
    }
}

/// The heads that were typed: separated by blanks.
fn kept(typed: &str) -> Option<Vec<Head>> {
    typed.split_whitespace().map(|head| head.parse().ok()).collect()
}

fn how_far(text: Text, step: &VerifyStep) -> Html {
    let most = u32::try_from(step.last).unwrap_or(u32::MAX).max(1);
    let value = u32::try_from(step.read).unwrap_or(0).min(most);
    html! {
        <>
            { progress(&props!(ProgressProps { id: "audit-progress", label: text.audit_progress(), done: Some(value), of: most })) }
            { soft(text.audit_read(step.last, step.read, step.waiting)) }
        </>
    }
}

fn verdict(text: Text, reading: &Reading) -> Html {
    let head = reading.last.as_ref().and_then(|step| step.head);
    if reading.findings.is_empty() {
        return notice(&props!(NoticeProps {
            tone: Tone::Success,
            title: text.audit_whole(),
            children: html! { <>{ paragraph(text.audit_keep_head()) }<p><code class="audit-detail">{ head.map(|head| head.to_string()).unwrap_or_default() }</code></p></> }
        }));
    }
    notice(&props!(NoticeProps {
        tone: Tone::Danger,
        title: text.audit_broken(),
        children: html! { <ul>{ for reading.findings.iter().map(|finding| html! { <li>{ finding_words(text, *finding) }</li> }) }</ul> }
    }))
}

fn finding_words(text: Text, finding: AuditFinding) -> String {
    match finding {
        AuditFinding::Altered { sequence } => text.audit_finding_altered(sequence),
        AuditFinding::Missing { from, to } => text.audit_finding_missing(from, to),
        AuditFinding::Misplaced { sequence } => text.audit_finding_misplaced(sequence),
        AuditFinding::EndDiffers { recorded, found } => text.audit_finding_end(found, recorded),
        AuditFinding::Truncated { exported, found } => text.audit_finding_truncated(exported, found),
        AuditFinding::Rewritten { sequence } => text.audit_finding_rewritten(sequence),
    }
}
