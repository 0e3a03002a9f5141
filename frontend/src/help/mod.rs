//! Help: a topic for each message of the product, and what is good to know before.
//!
//! `/ayuda` lists and searches the topics, `/ayuda/<topic>` shows one. The words of an error are the same as where it
//! occurs; the help adds whose side it is on, when to try again and what else there is to know.

mod entry;
mod search;
mod topic;

pub use entry::{Entry, Numbers, Side, entry};
pub use search::folded;
pub use topic::{Group, Topic};

use crate::i18n::{use_help_texts, use_text, use_title};
use crate::routes::{AppointmentPage, Link, Route, link};
use crate::settings::use_settings;
use crate::ui::prose::{heading, lead, paragraph, soft};
use crate::ui::{
    ButtonKind, NoticeProps, TextInputProps, button_link, live_region, loading, notice, stage_heading,
    text_input,
};
use shared::i18n::Text;
use shared::signatures::PurposeName;
use yew::prelude::*;
use yew::props;

/// The page of a topic, by the slug of its address, or the list of them all.
pub fn help_page(slug: Option<&str>) -> Html {
    let slug = slug.map(|slug| AttrValue::from(slug.to_owned()));
    html! { <HelpPage {slug} /> }
}

/// What the help needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct HelpPageProps {
    #[prop_or_default]
    slug: Option<AttrValue>,
}

/// The help, once its texts have been fetched.
#[component]
fn HelpPage(props: &HelpPageProps) -> Html {
    let text = use_text();
    if !use_help_texts() {
        return loading(text.layout_loading());
    }
    let topic = props.slug.as_deref().map(Topic::with_slug);
    match topic {
        Some(Some(topic)) => html! { <TopicPage key={topic.slug()} {topic} /> },
        Some(None) => html! { <IndexPage unknown={true} /> },
        None => html! { <IndexPage /> },
    }
}

/// What the list needs.
#[derive(Clone, Debug, PartialEq, Properties)]
struct IndexPageProps {
    /// Whether the address named a topic that does not exist.
    #[prop_or_default]
    unknown: bool,
}

/// Every topic, with a search.
#[component]
fn IndexPage(props: &IndexPageProps) -> Html {
    let text = use_text();
    let settings = use_settings();
    let query = use_state(String::new);
    use_title(text.help_title());
    let numbers = Numbers::of(settings.as_deref());
    let found: Vec<(Topic, Entry)> = Topic::all()
        .map(|topic| (topic, entry(text, &numbers, topic)))
        .filter(|(_, entry)| search::matches(entry, &query))
        .collect();
    let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let oninput = {
        let query = query.clone();
        Callback::from(move |typed| query.set(typed))
    };
    html! {
        <div class="column flow">
            { stage_heading("page", text.help_title().into(), None) }
            { lead(text.help_lead()) }
            if props.unknown { { notice(&props!(NoticeProps { children: paragraph(text.help_unknown()) })) } }
            <div role="search">
                { text_input(&props!(TextInputProps { id: "help-search", label: text.help_search(), hint: text.help_search_hint(), value: (*query).clone(), oninput })) }
            </div>
            if !query.trim().is_empty() { { soft(text.help_found(count)) } }
            { live_region(&if query.trim().is_empty() { String::new() } else { text.help_found(count) }) }
            { for Group::ALL.map(|group| list(text, group, &found)) }
            if let Some(settings) = &settings {
                { paragraph(text.help_contact(&settings.institution.contact, &settings.institution.name)) }
            }
        </div>
    }
}

/// The topics of a group that were found; nothing if there are none.
fn list(text: Text, group: Group, found: &[(Topic, Entry)]) -> Html {
    let title = match group {
        Group::Procedures => text.help_group_procedures(),
        Group::Recovery => text.help_group_recovery(),
        Group::Mail => text.help_group_mail(),
        Group::Account => text.help_group_account(),
        Group::Technical => text.help_group_technical(),
    };
    let mut topics = found
        .iter()
        .filter(|(topic, _)| topic.group() == group)
        .peekable();
    if topics.peek().is_none() {
        return Html::default();
    }
    html! {
        <section>
            <h2>{ title }</h2>
            <ul class="topics">
                { for topics.map(|(topic, entry)| html! {
                    <li>
                        <Link to={Route::HelpTopic(topic.slug().into())}>
                            { &entry.title }
                            // Different technical messages may say the same to people; the code tells them apart.
                            if group == Group::Technical { { " " }<code>{ topic.slug() }</code> }
                        </Link>
                    </li>
                }) }
            </ul>
        </section>
    }
}

/// What a topic's page needs.
#[derive(Clone, Copy, Debug, PartialEq, Properties)]
struct TopicPageProps {
    /// The topic.
    topic: Topic,
}

/// One topic.
#[component]
fn TopicPage(props: &TopicPageProps) -> Html {
    let text = use_text();
    let settings = use_settings();
    let topic = props.topic;
    let entry = entry(text, &Numbers::of(settings.as_deref()), topic);
    use_title(&entry.title);
    let (about, when) = match entry.side {
        Side::None => (text.help_part_about(), text.help_part_when()),
        Side::You
        | Side::Us
        | Side::Registry
        | Side::Network
        | Side::Mail
        | Side::Record
        | Side::Protection => (text.help_part_what(), text.help_part_again()),
    };
    html! {
        <div class="column flow">
            { stage_heading("page", entry.title, Some(text.help_title())) }
            <div class="topic-parts">
                <div><h2>{ about }</h2>{ paragraph(entry.what) }</div>
                <div class="todo">{ heading(text.help_part_do()) }{ paragraph(entry.advice) }{ way_on(text, topic) }</div>
                if entry.side != Side::None {
                    <div>{ heading(text.help_part_side()) }{ paragraph(entry.side.words(text)) }</div>
                }
                <div><h2>{ when }</h2>{ paragraph(entry.again) }</div>
                if !entry.more.is_empty() {
                    <div>{ heading(text.help_part_more()) }<ul>{ for entry.more.iter().map(|line| html! { <li>{ line }</li> }) }</ul></div>
                }
                if let Some(not_so) = &entry.not_so {
                    <div>{ heading(text.help_arrears_not_title()) }<p>{ not_so }</p></div>
                }
            </div>
            <p>{ link(Route::Help, text.help_all()) }</p>
        </div>
    }
}

/// The page where what is to be done can be done, if this portal has it.
fn way_on(text: Text, topic: Topic) -> Html {
    let (route, name) = match topic {
        Topic::Ended | Topic::Questions => (Route::Recovery, text.home_which_go_recover()),
        Topic::Mail | Topic::Undelivered => (Route::MailTest, text.home_mail_test()),
        Topic::Unlock => (Route::Unlock, text.help_unlock_title()),
        Topic::SignIn => (Route::SignIn, text.help_sign_in_title()),
        Topic::Signature | Topic::Findings => (Route::Signature, text.help_signature_title()),
        Topic::NoEmail => (
            Route::SignatureFor(PurposeName::Email),
            text.signatures_way_email(),
        ),
        Topic::Frozen | Topic::Suspended | Topic::Records => (
            Route::HelpTopic(Topic::Counter.slug().into()),
            text.help_counter_title(),
        ),
        Topic::Blocked => (
            Route::HelpTopic(Topic::Unlock.slug().into()),
            text.help_unlock_title(),
        ),
        Topic::Counter => (
            Route::Appointment(AppointmentPage::Begin),
            text.home_appointment_title(),
        ),
        Topic::Error(_) | Topic::Inactive | Topic::NotMe | Topic::Arrears => return Html::default(),
    };
    html! { <p>{ button_link(ButtonKind::Primary, route.path(), name) }</p> }
}
