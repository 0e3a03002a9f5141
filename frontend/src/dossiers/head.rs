//! Whom the dossier is about, what is known of the account, and who serves.

use super::words;
use crate::ui::prose::paragraph;
use crate::ui::{
    Description, DescriptionListProps, NoticeProps, TagTone, Tone, description_list, notice, tag,
};
use shared::centres::Mode;
use shared::dossiers::api::{Access, AccountSeen, DossierView};
use shared::i18n::Text;
use yew::prelude::*;
use yew::props;

/// Number, branch, representative, account.
pub(super) fn head(text: Text, view: &DossierView, live: Html) -> Html {
    let employer_name = view.found.as_ref().and_then(|found| found.employer_name.clone());
    let person_name = view.found.as_ref().and_then(|found| found.person_name.clone());
    let named = |number: String, name: Option<String>| {
        html! { <><span class="figures">{ number }</span>if let Some(name) = name { <span class="detail-more">{ name }</span> }</> }
    };
    let entries = vec![
        Description {
            term: text.dossiers_employer().into(),
            detail: named(
                text.account_number(view.branch.to_string(), view.employer.to_string()),
                employer_name,
            ),
        },
        Description {
            term: text.dossiers_representative().into(),
            detail: named(view.representative.to_string(), person_name),
        },
        Description {
            term: text.dossiers_account().into(),
            detail: account(text, view.account.as_ref()),
        },
    ];
    html! {
        <section class="dossier-head" aria-label={text.dossiers_about()}>
            { description_list(&props!(DescriptionListProps { entries })) }
            <p class="soft dossier-served">
                { text.dossiers_served(words::hour(view.zone, view.opened_at), &view.officer) }
                if view.mode == Mode::Video { { " " }{ tag(TagTone::Open, text.queue_video()) } }
                { " " }{ live }
            </p>
            { access(text, view.access) }
        </section>
    }
}

fn account(text: Text, account: Option<&AccountSeen>) -> Html {
    match account {
        None => html! { text.dossiers_account_none() },
        Some(account) => html! {
            <>
                { words::account_state(text, account.state) }
                <span class="detail-more">{ contact(text.dossiers_email_none(), account.email.as_ref()) }{ " · " }{ contact(text.dossiers_phone_none(), account.phone.as_ref()) }</span>
            </>
        },
    }
}

fn contact(none: &'static str, contact: Option<&String>) -> String {
    contact.cloned().unwrap_or_else(|| none.to_owned())
}

fn access(text: Text, access: Access) -> Html {
    let words = match access {
        Access::Serving => return Html::default(),
        Access::Looking => text.dossiers_looking(),
        Access::Over => text.dossiers_visit_over(),
    };
    notice(&props!(NoticeProps {
        tone: Tone::Info,
        children: paragraph(words)
    }))
}
