//! What was looked at, one line each: a sign, the name, how it stands in words, why, and what to do.

use super::icon::{Shape, icon};
use yew::prelude::*;

/// How the lines of a list stand. The words say it too: never the sign or the colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// In order.
    Right,
    /// Not in order.
    Wrong,
    /// Nobody can tell.
    Doubtful,
    /// Not looked at.
    Open,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TickedItem {
    /// What was looked at.
    pub name: AttrValue,
    /// How it stands.
    pub state: AttrValue,
    /// Why.
    pub why: Option<AttrValue>,
    /// What to do.
    pub advice: Option<AttrValue>,
}

/// Lines that stand alike.
pub fn ticked_list(mark: Mark, items: &[TickedItem]) -> Html {
    let (class, shape) = match mark {
        Mark::Right => ("ticked ticked-right", Shape::Check),
        Mark::Wrong => ("ticked ticked-wrong", Shape::Stop),
        Mark::Doubtful => ("ticked ticked-doubtful", Shape::Warning),
        Mark::Open => ("ticked", Shape::Open),
    };
    html! { <ul {class}>{ for items.iter().map(|item| line(shape, item)) }</ul> }
}

fn line(shape: Shape, item: &TickedItem) -> Html {
    html! {
        <li>
            { icon(shape) }
            <div>
                <p class="ticked-name">{ &item.name }<span class="ticked-state">{ &item.state }</span></p>
                if let Some(why) = &item.why { <p>{ why }</p> }
                if let Some(advice) = &item.advice { <p><strong>{ advice }</strong></p> }
            </div>
        </li>
    }
}
