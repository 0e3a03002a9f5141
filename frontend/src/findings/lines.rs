//! Every check of a verdict as a line: sign, words, why, and what to do. What needs the person stands first.

use super::words;
use crate::ui::prose::soft;
use crate::ui::{Mark, TickedItem, disclosure, ticked_list};
use shared::i18n::Text;
use shared::signatures::api::{Line, VerdictView};
use shared::signatures::{Finding, Outcome};
use yew::prelude::*;

/// What came of a check, without why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Failed,
    Unknown,
    Passed,
    Skipped,
}

impl Kind {
    /// In the order of the page.
    const ALL: [Self; 4] = [Self::Failed, Self::Unknown, Self::Passed, Self::Skipped];

    const fn of(finding: Finding) -> Self {
        match finding {
            Finding::Failed(_) => Self::Failed,
            Finding::Unknown(_) => Self::Unknown,
            Finding::Passed => Self::Passed,
            Finding::Skipped => Self::Skipped,
        }
    }

    const fn mark(self) -> Mark {
        match self {
            Self::Failed => Mark::Wrong,
            Self::Unknown => Mark::Doubtful,
            Self::Passed => Mark::Right,
            Self::Skipped => Mark::Open,
        }
    }

    /// What stands above the lines of this kind, and what stands beside each.
    fn words(self, text: Text) -> (&'static str, &'static str) {
        match self {
            Self::Failed => (text.findings_group_failed(), text.findings_failed()),
            Self::Unknown => (text.findings_group_unknown(), text.findings_unknown()),
            Self::Passed => (text.findings_group_passed(), text.findings_passed()),
            Self::Skipped => (text.findings_group_skipped(), text.findings_skipped()),
        }
    }
}

/// All lines of a verdict, in groups: what failed, what is unknown, what passed, what was not checked. Where something is to be
/// done about, the rest is folded.
pub fn verdict_lines(text: Text, verdict: &VerdictView) -> Html {
    html! { <div class="findings flow">{ for Kind::ALL.map(|kind| group(text, verdict, kind)) }</div> }
}

fn group(text: Text, verdict: &VerdictView, kind: Kind) -> Html {
    let (title, state) = kind.words(text);
    let items: Vec<TickedItem> = verdict
        .lines
        .iter()
        .filter(|line| Kind::of(line.finding) == kind)
        .map(|line| item(text, verdict.outcome, *line, state))
        .collect();
    if items.is_empty() {
        return Html::default();
    }
    let list = html! {
        <>
            if kind == Kind::Skipped { { soft(text.findings_group_skipped_why()) } }
            { ticked_list(kind.mark(), &items) }
        </>
    };
    match (kind, verdict.outcome) {
        (Kind::Passed | Kind::Skipped, Outcome::TotalFailed | Outcome::Indeterminate) => {
            disclosure(title, list)
        }
        (Kind::Failed | Kind::Unknown, _) | (_, Outcome::TotalPassed) => {
            html! { <section><h3>{ title }</h3>{ list }</section> }
        }
    }
}

fn item(text: Text, outcome: Outcome, line: Line, state: &'static str) -> TickedItem {
    let (why, advice) = match (line.finding, outcome) {
        (Finding::Passed | Finding::Skipped, _) => (None, None),
        (Finding::Failed(reason), _) => (
            Some(words::reason(text, reason)),
            Some(words::advice(text, reason)),
        ),
        // Nobody decides on a file that failed anyway.
        (Finding::Unknown(reason), Outcome::TotalFailed) => {
            (Some(words::reason(text, reason)), Some(text.findings_do_later()))
        }
        (Finding::Unknown(reason), Outcome::Indeterminate | Outcome::TotalPassed) => {
            (Some(words::reason(text, reason)), Some(text.findings_do_person()))
        }
    };
    TickedItem {
        name: words::check(text, line.check).into(),
        state: state.into(),
        why: why.map(AttrValue::from),
        advice: advice.map(AttrValue::from),
    }
}
