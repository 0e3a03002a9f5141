//! What happened to the account, newest first.

use super::happening::{Weight, weight, words};
use super::session::{SignedIn, use_account_call};
use super::{visit, when};
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::ui::prose::{lead, paragraph, soft};
use crate::ui::{ButtonKind, ButtonProps, ButtonState, button, live_region, loading};
use shared::i18n::Text;
use shared::sessions::api::{HistoryCursor, HistoryEntry, HistoryPage as Page, ShowHistory};
use yew::prelude::*;
use yew::props;

/// What was fetched so far.
#[derive(Clone, Debug, Default, PartialEq)]
struct Fetched {
    entries: Vec<HistoryEntry>,
    next: Option<HistoryCursor>,
    pages: usize,
}

/// Properties of [`HistoryPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct HistoryPageProps {
    /// Who is signed in.
    pub signed_in: SignedIn,
}

/// The page.
#[component]
pub fn HistoryPage(_props: &HistoryPageProps) -> Html {
    let text = use_text();
    let show = use_account_call::<ShowHistory>();
    let fetched = use_state(Fetched::default);
    let fetch = {
        let (show, fetched) = (show.clone(), fetched.clone());
        Callback::from(move |before: Option<HistoryCursor>| {
            let fetched = fetched.clone();
            show.send_then(Page { before }, move |page| {
                let mut entries = fetched.entries.clone();
                entries.extend(page.entries.iter().cloned());
                fetched.set(Fetched {
                    entries,
                    next: page.next,
                    pages: fetched.pages + 1,
                });
            });
        })
    };
    {
        let fetch = fetch.clone();
        use_effect_with((), move |()| fetch.emit(None));
    }
    let next = fetched.next;
    let again = fetch.reform(move |()| next);
    let state = if show.is_loading() {
        ButtonState::Busy
    } else {
        ButtonState::Ready
    };
    let announcement = if fetched.pages > 1 {
        text.sessions_history_count(fetched.entries.len())
    } else {
        String::new()
    };
    html! {
        <>
            { lead(text.sessions_history_lead()) }
            if fetched.pages == 0 && show.is_loading() { { loading(text.account_loading()) } }
            if fetched.pages > 0 && fetched.entries.is_empty() { { paragraph(text.sessions_history_empty()) } }
            <ol class="events">{ for fetched.entries.iter().enumerate().map(|(place, entry)| event(text, place, entry)) }</ol>
            if let Some(problem) = show.problem() { { problem_notice(text, problem, Some(&again)) } }
            if fetched.next.is_some() {
                <div class="actions">
                    { button(&props!(ButtonProps { kind: ButtonKind::Secondary, state, onclick: again.reform(|_| ()), children: html! { text.sessions_history_older() } })) }
                </div>
            } else if fetched.pages > 0 {
                { soft(text.sessions_history_end()) }
            }
            { live_region(&announcement) }
        </>
    }
}

/// One thing that happened.
fn event(text: Text, place: usize, entry: &HistoryEntry) -> Html {
    let class = match weight(entry.what) {
        Weight::Plain => "event",
        Weight::Notable => "event event-notable",
    };
    html! {
        <li key={place} {class}>
            <p class="event-time">{ when::moment(text, entry.at) }</p>
            <p class="event-what">{ words(text, entry.what) }</p>
            if let Some(by) = &entry.by { <p>{ text.sessions_history_by(by.to_string()) }</p> }
            if let Some(place) = visit::place(text, entry.device, entry.network) { <p class="soft">{ place }</p> }
        </li>
    }
}
