//! What is due, how the institute sees the employer, and what being late costs; also what it does not.

use super::session::{SignedIn, use_account_load};
use super::when;
use crate::api::Remote;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::platform::print;
use crate::routes::{Route, link};
use crate::ui::prose::{heading, list, paragraph, soft};
use crate::ui::{
    ButtonKind, Description, DescriptionListProps, NoticeProps, Tone, description_list, loading, notice,
    press,
};
use shared::delegates::Permission;
use shared::i18n::Text;
use shared::obligations::api::{NextDue, ObligationsView, RecordState, ShowObligations};
use shared::obligations::{Cents, Standing};
use yew::prelude::*;
use yew::props;

/// The card of the overview.
pub(super) fn due_card() -> Html {
    html! { <DueCard /> }
}

/// What is due next and how the employer stands, in few words.
#[component]
fn DueCard() -> Html {
    let text = use_text();
    let load = use_account_load::<ShowObligations>();
    let body = match load.state() {
        Remote::Idle | Remote::Loading => loading(text.account_loading()),
        Remote::Failed(_) => html! { paragraph(text.account_obligations_later()) },
        Remote::Ready(view) => html! { <>
            <p class="due"><strong>{ when::day(text, view.due.on) }</strong>{ " · " }{ days_left(text, view.due) }</p>
            { paragraph(standing_line(text, &view)) }
        </> },
    };
    html! {
        <section class="card flow" aria-labelledby="due-title">
            <h2 id="due-title">{ text.account_due_title() }</h2>
            { body }
            <p>{ link(Route::AccountObligations, text.account_due_more()) }</p>
        </section>
    }
}

/// Properties of [`ObligationsPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ObligationsPageProps {
    /// Who is signed in.
    pub signed_in: SignedIn,
}

/// The page.
#[component]
pub fn ObligationsPage(props: &ObligationsPageProps) -> Html {
    let text = use_text();
    let load = use_account_load::<ShowObligations>();
    let onretry = {
        let load = load.clone();
        Callback::from(move |()| load.send(()))
    };
    match load.state() {
        Remote::Idle | Remote::Loading => loading(text.account_loading()),
        Remote::Failed(problem) => problem_notice(text, &problem, Some(&onretry)),
        Remote::Ready(view) => {
            let debts = if props.signed_in.account.who.may(Permission::SeeDebt) {
                Debts::Shown
            } else {
                Debts::Hidden
            };
            html! { <>
                { standing(text, &view) }
                { unavailable(text, &view, &onretry) }
                { description_list(&props!(DescriptionListProps { entries: facts(text, &view, debts) })) }
                { soft(text.account_obligations_rule()) }
                <section class="flow">
                    { heading(text.account_mora_title()) }
                    { paragraph(text.account_mora_lead()) }
                    { list(&[
                        text.account_mora_tenders(),
                        text.account_mora_loans(),
                        text.account_mora_certificate(),
                        text.account_mora_members(),
                        text.account_mora_interest(),
                        text.account_mora_liability(),
                    ]) }
                    <h3>{ text.account_mora_not_title() }</h3>
                    { paragraph(text.account_mora_not()) }
                </section>
                <div class="actions no-print">{ press(ButtonKind::Secondary, Callback::from(|_: MouseEvent| print()), text.account_print()) }</div>
            </> }
        }
    }
}

/// Whether amounts are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Debts {
    Shown,
    Hidden,
}

/// How the institute sees the employer.
fn standing(text: Text, view: &ObligationsView) -> Html {
    let (tone, title, what) = match view.standing {
        Some(Standing::UpToDate) => (
            Tone::Success,
            text.account_standing_current(),
            text.account_standing_current_what(),
        ),
        Some(Standing::Late) => (
            Tone::Warning,
            text.account_standing_arrears(),
            text.account_standing_arrears_what(),
        ),
        Some(Standing::Agreement) => (
            Tone::Info,
            text.account_standing_agreement(),
            text.account_standing_agreement_what(),
        ),
        None => return Html::default(),
    };
    notice(&props!(NoticeProps {
        tone,
        title,
        children: paragraph(what)
    }))
}

/// What is not known, and why.
fn unavailable(text: Text, view: &ObligationsView, onretry: &Callback<()>) -> Html {
    match view.source {
        RecordState::Known => Html::default(),
        RecordState::Unknown => notice(&props!(NoticeProps {
            title: text.account_record_unknown_title(),
            children: paragraph(text.account_record_unknown_what())
        })),
        RecordState::Unavailable => notice(&props!(NoticeProps {
            tone: Tone::Warning,
            title: text.account_record_unavailable_title(),
            children: html! { <>
                { paragraph(text.account_record_unavailable_what()) }
                { press(ButtonKind::Secondary, onretry.reform(|_| ()), text.errors_retry_now()) }
            </> }
        })),
    }
}

/// The standing in one line, for the card.
fn standing_line(text: Text, view: &ObligationsView) -> &'static str {
    match (view.source, view.standing) {
        (_, Some(Standing::UpToDate)) => text.account_standing_current(),
        (_, Some(Standing::Late)) => text.account_standing_arrears(),
        (_, Some(Standing::Agreement)) => text.account_standing_agreement(),
        (RecordState::Unavailable, None) => text.account_record_unavailable_title(),
        (RecordState::Known | RecordState::Unknown, None) => text.account_record_unknown_title(),
    }
}

fn facts(text: Text, view: &ObligationsView, debts: Debts) -> Vec<Description> {
    let mut facts = vec![Description {
        term: text.account_due_title().into(),
        detail: html! { <>
            { when::day(text, view.due.on) }<span class="detail-more">{ days_left(text, view.due) }</span>
        </> },
    }];
    match (debts, view.debt) {
        (Debts::Shown, Some(debt)) => facts.push(Description {
            term: text.account_debt().into(),
            detail: html! { dollars(debt) },
        }),
        (Debts::Hidden, _) => facts.push(Description {
            term: text.account_debt().into(),
            detail: html! { text.account_debt_hidden() },
        }),
        (Debts::Shown, None) => {}
    }
    if let Some(month) = view.unpaid_since {
        facts.push(Description {
            term: text.account_unpaid_since().into(),
            detail: html! { text.account_month(text.challenges_month_name(month.month().into()), month.year()) },
        });
    }
    if let Some(day) = view.counted_on {
        facts.push(Description {
            term: text.account_counted_on().into(),
            detail: html! { when::day(text, day) },
        });
    }
    facts
}

/// How many days are left.
fn days_left(text: Text, due: NextDue) -> String {
    text.account_days_left(i64::from(due.days_left))
}

/// An amount as it is written in Ecuador: `USD 1.234,56`.
pub fn dollars(amount: Cents) -> String {
    let (whole, cents) = (amount.count() / 100, amount.count() % 100);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("USD {grouped},{cents:02}")
}

#[cfg(test)]
mod tests {
    use super::dollars;
    use shared::obligations::Cents;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn amounts_are_written_as_in_ecuador() {
        for (cents, words) in [
            (0, "USD 0,00"),
            (5, "USD 0,05"),
            (12_345, "USD 123,45"),
            (123_456, "USD 1.234,56"),
            (123_456_789, "USD 1.234.567,89"),
        ] {
            let amount = Cents::new(cents).expect("an amount");
            assert_eq!(dollars(amount), words);
        }
    }
}
