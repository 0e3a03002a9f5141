//! A list whose rows each have one button, and which is one stop of the tab key.
//!
//! Inside it j and k, the arrows, Home and End move; Enter and the space bar press, as on every button. The rows may change
//! at any time, because other people change them: the focus stays on its row, or goes to the one that took its place.

use super::button::ButtonState;
use crate::platform::focus;
use yew::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct RovingRow {
    /// Names the row, as long as the list is there.
    pub key: AttrValue,
    /// What it says.
    pub body: Html,
    /// Its button.
    pub act: RovingAct,
}

/// The button of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct RovingAct {
    /// Its words.
    pub label: AttrValue,
    /// What follows them for ears, so that each button of the list has a name of its own.
    pub about: AttrValue,
    /// Whether it can be pressed.
    pub state: ButtonState,
    /// Called by a press.
    pub onact: Callback<()>,
}

/// Properties of [`Roving`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct RovingProps {
    /// The list's `id`; a row's button is `{id}-{key}`.
    pub id: AttrValue,
    /// What is listed.
    pub label: AttrValue,
    /// The rows.
    pub rows: Vec<RovingRow>,
}

/// The row that a key leads to, among `count`.
pub fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "j" | "ArrowDown" => Some((at + 1).min(last)),
        "k" | "ArrowUp" => Some(at.saturating_sub(1)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// The list.
#[component]
pub fn Roving(props: &RovingProps) -> Html {
    let list = use_node_ref();
    let current = use_state_eq(|| None::<AttrValue>);
    let place = use_mut_ref(|| 0_usize);
    let found = props
        .rows
        .iter()
        .position(|row| current.as_ref() == Some(&row.key));
    // Where its row is gone, the focus goes to the one that has its place now.
    let at = found.unwrap_or_else(|| (*place.borrow()).min(props.rows.len().saturating_sub(1)));
    place.replace(at);
    let button_id = |row: &RovingRow| format!("{}-{}", props.id, row.key);
    {
        let (inside, list) = (focus::is_inside(&list), list.clone());
        let next = props.rows.get(at).map(button_id);
        let keys: Vec<_> = props.rows.iter().map(|row| row.key.clone()).collect();
        use_effect_with(keys, move |_| {
            if let Some(next) = next.filter(|_| inside && !focus::is_inside(&list)) {
                focus::element(&next);
            }
        });
    }
    let onkeydown = {
        let buttons: Vec<_> = props.rows.iter().map(button_id).collect();
        Callback::from(move |event: KeyboardEvent| {
            let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
            let to = step(&event.key(), at, buttons.len()).filter(|_| !modified);
            if let Some(button) = to.and_then(|to| buttons.get(to)) {
                event.prevent_default();
                focus::element(button);
            }
        })
    };
    let rows = props.rows.iter().enumerate().map(|(index, row)| {
        let onfocus = {
            let (current, key) = (current.setter(), row.key.clone());
            Callback::from(move |_: FocusEvent| current.set(Some(key.clone())))
        };
        let busy = row.act.state == ButtonState::Busy;
        let onclick = {
            let onact = row.act.onact.clone();
            Callback::from(move |_: MouseEvent| {
                if !busy {
                    onact.emit(());
                }
            })
        };
        html! {
            <li key={row.key.to_string()}>
                <div class="row-body">{ row.body.clone() }</div>
                <button type="button" class="button button-secondary" id={button_id(row)} tabindex={if index == at { "0" } else { "-1" }}
                    aria-disabled={busy.then_some("true")} {onfocus} {onclick}>
                    { &row.act.label }<span class="visually-hidden">{ " " }{ &row.act.about }</span>
                </button>
            </li>
        }
    });
    html! { <ol ref={list.clone()} class="rows" id={props.id.clone()} aria-label={props.label.clone()} {onkeydown}>{ for rows }</ol> }
}

#[cfg(test)]
mod tests {
    use super::step;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn keys_move_within_the_list_and_no_further() {
        for (key, at, to) in [
            ("j", 0, Some(1)),
            ("ArrowDown", 2, Some(2)),
            ("k", 0, Some(0)),
            ("ArrowUp", 2, Some(1)),
            ("Home", 2, Some(0)),
            ("End", 0, Some(2)),
            ("Enter", 1, None),
            ("J", 1, None),
        ] {
            assert_eq!(step(key, at, 3), to, "{key} at {at}");
        }
        assert_eq!(step("j", 0, 0), None, "an empty list has no rows");
    }
}
