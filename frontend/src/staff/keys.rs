//! Keys that do something on a staff page: each page says which and what, and `?` lists them.
//!
//! They are single letters, pressed where nothing is typed. Who speaks to the computer, or presses keys without wanting to, can
//! turn them off for this device (WCAG 2.1.4); the keys inside a list stay, since they need the focus there.

use super::lock::is_locked;
use super::session::use_staff_session;
use crate::i18n::use_text;
use crate::platform::keys::{Taken, on_key};
use crate::platform::storage;
use crate::ui::{ButtonKind, ButtonProps, CheckboxProps, Dialog, Stake, Tick, button, checkbox};
use core::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

const REMEMBERED: &str = "clavero.staff-keys";
const OFF: &str = "off";

/// What is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Press {
    /// One key.
    Key(&'static str),
    /// `g`, then a key: to go somewhere.
    Go(&'static str),
    /// Keys that work inside a list, which takes care of them itself: they are only listed.
    Within(&'static str),
}

/// A shortcut as the list of them shows it.
#[derive(Clone, Debug, PartialEq)]
struct Shortcut {
    press: Press,
    words: &'static str,
}

/// A shortcut that is in force, by its number.
struct Entry {
    number: usize,
    shortcut: Shortcut,
    does: Rc<RefCell<Callback<()>>>,
}

/// The shortcuts of everything that is on the page.
#[derive(Clone, Default)]
pub struct Keys {
    entries: Rc<RefCell<Vec<Entry>>>,
    last: Rc<Cell<usize>>,
}

/// There is one of them.
impl PartialEq for Keys {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.entries, &other.entries)
    }
}

impl core::fmt::Debug for Keys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Keys({})", self.entries.borrow().len())
    }
}

impl Keys {
    fn add(&self, shortcut: Shortcut, does: Rc<RefCell<Callback<()>>>) -> usize {
        let number = self.last.get() + 1;
        self.last.set(number);
        self.entries.borrow_mut().push(Entry {
            number,
            shortcut,
            does,
        });
        number
    }

    fn remove(&self, number: usize) {
        self.entries.borrow_mut().retain(|entry| entry.number != number);
    }

    /// What a press does.
    fn of(&self, press: Press) -> Option<Callback<()>> {
        let entries = self.entries.borrow();
        let entry = entries.iter().rev().find(|entry| entry.shortcut.press == press)?;
        let does = entry.does.borrow().clone();
        Some(does)
    }

    /// What is pressed by this key, after `g` or alone.
    fn pressed(&self, key: &str, after_g: bool) -> Option<Callback<()>> {
        let press = self.entries.borrow().iter().find_map(|entry| {
            let press = entry.shortcut.press;
            let is = match press {
                Press::Key(own) => !after_g && own == key,
                Press::Go(own) => after_g && own == key,
                Press::Within(_) => false,
            };
            is.then_some(press)
        })?;
        self.of(press)
    }

    /// All of them, each once, in the order in which they were added.
    fn list(&self) -> Vec<Shortcut> {
        let mut list: Vec<Shortcut> = Vec::new();
        for entry in self.entries.borrow().iter() {
            if !list.contains(&entry.shortcut) {
                list.push(entry.shortcut.clone());
            }
        }
        // What the page does stands first, how to get elsewhere last.
        list.sort_by_key(|shortcut| match shortcut.press {
            Press::Key("?") => 3,
            Press::Key(_) => 0,
            Press::Within(_) => 1,
            Press::Go(_) => 2,
        });
        list
    }
}

/// Puts a shortcut in force for as long as the component is there.
#[hook]
pub fn use_shortcut(press: Press, words: &'static str, does: Callback<()>) {
    let keys = use_context::<Keys>();
    let latest = use_mut_ref(Callback::noop);
    latest.replace(does);
    use_effect_with((press, words, keys), move |(press, words, keys)| {
        let shortcut = Shortcut { press: *press, words };
        let added = keys.clone().map(|keys| (keys.add(shortcut, latest), keys));
        move || {
            if let Some((number, keys)) = added {
                keys.remove(number);
            }
        }
    });
}

/// Lists keys that a list takes care of itself.
#[hook]
pub fn use_listed_keys(keys: &'static str, words: &'static str) {
    use_shortcut(Press::Within(keys), words, Callback::noop());
}

/// What the provider needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct KeysProviderProps {
    /// The staff's pages.
    pub children: Html,
}

/// Listens for keys, and shows the list of them.
#[component]
pub fn KeysProvider(props: &KeysProviderProps) -> Html {
    let keys = (*use_memo((), |()| Keys::default())).clone();
    // The page behind the lock is still there, and must not hear anything.
    let session = use_staff_session();
    let locked = session.stand().ready().is_some_and(is_locked);
    let used = use_state_eq(|| match storage::local(REMEMBERED).as_deref() {
        Some(OFF) => Tick::Off,
        Some(_) | None => Tick::On,
    });
    {
        let keys = keys.clone();
        use_effect_with((*used, locked), move |(used, locked)| {
            let listener = (*used == Tick::On && !locked).then(|| {
                let going = Cell::new(false);
                on_key(move |key| {
                    let after_g = going.replace(false);
                    let Some(does) = keys.pressed(key, after_g) else {
                        going.set(!after_g && key == "g");
                        return Taken::No;
                    };
                    does.emit(());
                    Taken::Yes
                })
            });
            move || drop(listener)
        });
    }
    let onchange = {
        let used = used.setter();
        Callback::from(move |tick| {
            storage::set_local(
                REMEMBERED,
                match tick {
                    Tick::On => "on",
                    Tick::Off => OFF,
                },
            );
            used.set(tick);
        })
    };
    html! {
        <ContextProvider<Keys> context={keys}>
            <Help used={*used} {onchange} />
            { props.children.clone() }
        </ContextProvider<Keys>>
    }
}

/// The button that lists the keys, for those who do not know the key that does.
#[component]
pub fn KeysButton() -> Html {
    let text = use_text();
    let keys = use_context::<Keys>();
    let onclick = Callback::from(move |_: MouseEvent| {
        if let Some(open) = keys.as_ref().and_then(|keys| keys.of(Press::Key("?"))) {
            open.emit(());
        }
    });
    button(&props!(ButtonProps {
        kind: ButtonKind::Quiet,
        onclick,
        children: html! { <>{ text.staff_keys_button() }{ " " }<kbd aria-hidden="true">{ "?" }</kbd></> }
    }))
}

/// Properties of [`Help`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct HelpProps {
    used: Tick,
    onchange: Callback<Tick>,
}

/// The list of keys, in a dialog that `?` opens and the button of the bar ([`KeysButton`]).
#[component]
fn Help(props: &HelpProps) -> Html {
    let text = use_text();
    let keys = use_context::<Keys>();
    let shown = use_state(Vec::<Shortcut>::new);
    let open = {
        let shown = shown.setter();
        Callback::from(move |()| shown.set(keys.as_ref().map(Keys::list).unwrap_or_default()))
    };
    use_shortcut(Press::Key("?"), text.staff_keys_help(), open);
    if shown.is_empty() {
        return Html::default();
    }
    let close = {
        let shown = shown.setter();
        Callback::from(move |()| shown.set(Vec::new()))
    };
    let row = |shortcut: &Shortcut| {
        let keys = match shortcut.press {
            Press::Key(key) => vec![key],
            Press::Go(key) => vec!["g", key],
            Press::Within(keys) => keys.split(' ').collect(),
        };
        html! { <div><dt>{ for keys.into_iter().map(|key| html! { <kbd>{ key }</kbd> }) }</dt><dd>{ shortcut.words }</dd></div> }
    };
    html! {
        <Dialog id="keys" title={text.staff_keys_title()} stake={Stake::Told} cancel={text.staff_keys_close()} oncancel={close}>
            <dl class="keys">{ for shown.iter().map(row) }</dl>
            { checkbox(&props!(CheckboxProps { id: "keys-used", label: text.staff_keys_used(), hint: text.staff_keys_used_hint(), tick: props.used, onchange: props.onchange.clone() })) }
        </Dialog>
    }
}
