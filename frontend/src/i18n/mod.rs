//! The reader's language: chosen once, remembered on the device, switchable at any time without losing what was typed.

mod fetch;
mod follow;

pub use fetch::serve;
pub use follow::TongueFollower;

use crate::platform::{storage, title};
use shared::i18n::{self, Language, Text};
use yew::prelude::*;

const REMEMBERED: &str = "clavero.language";

/// The language in use and how to change it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tongue {
    /// The language in use.
    pub language: Language,
    /// Chooses another.
    pub choose: Callback<Language>,
}

/// What the provider needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TongueProviderProps {
    /// Everything that speaks.
    pub children: Html,
}

/// Gives everything below it a language. One whose texts are still to be fetched takes over when they are there.
#[component]
pub fn TongueProvider(props: &TongueProviderProps) -> Html {
    let wanted = use_state(first_language);
    let language = use_state(|| {
        if i18n::knows(*wanted) {
            *wanted
        } else {
            Language::default()
        }
    });
    let choose = {
        let wanted = wanted.clone();
        Callback::from(move |chosen: Language| {
            storage::set_local(REMEMBERED, chosen.tag());
            wanted.set(chosen);
        })
    };
    {
        let language = language.setter();
        use_effect_with(*wanted, move |wanted| {
            fetch::when_known(*wanted, i18n::knows, move |known| language.set(known))
        });
    }
    use_effect_with(*language, |language| title::set_language(language.tag()));
    let tongue = Tongue {
        language: *language,
        choose,
    };
    html! { <ContextProvider<Tongue> context={tongue}>{ props.children.clone() }</ContextProvider<Tongue>> }
}

/// The language and the way to change it.
#[hook]
pub fn use_tongue() -> Tongue {
    use_context::<Tongue>().unwrap_or_else(|| Tongue {
        language: Language::default(),
        choose: Callback::noop(),
    })
}

/// The texts in the reader's language.
#[hook]
pub fn use_text() -> Text {
    Text::new(use_tongue().language)
}

/// Whether the texts of the help are there in the reader's language; fetches them where they are not.
#[hook]
pub fn use_help_texts() -> bool {
    let language = use_tongue().language;
    let come = use_state_eq(|| None);
    {
        let come = come.setter();
        use_effect_with(language, move |language| {
            fetch::when_known(*language, i18n::knows_help, move |known| come.set(Some(known)))
        });
    }
    *come == Some(language) || i18n::knows_help(language)
}

/// The remembered language, else the first of the browser's that we speak, else Spanish.
fn first_language() -> Language {
    storage::local(REMEMBERED)
        .into_iter()
        .chain(title::preferred_languages())
        .find_map(|tag| tag.parse().ok())
        .unwrap_or_default()
}

/// Calls `then` when the app can speak the reader's language, or will not be able to soon.
pub fn once_first_language_is_known(then: impl FnOnce() + 'static) {
    fetch::once_known(first_language(), then);
}

/// Names the tab: the page's title, then the product's.
#[hook]
pub fn use_title(page: &str) {
    let product = use_text().product_name();
    use_effect_with(format!("{page} · {product}"), |full| title::set(full));
}
