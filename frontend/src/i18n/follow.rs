//! The language of a module that shows pages inside another module's layout.

use super::{Tongue, TongueProviderProps, fetch};
use crate::platform::title;
use shared::i18n::{self, Language};
use yew::prelude::*;

/// Gives everything below it the language of the document, which the main module chooses. Each module has texts of its
/// own, so they may have to be fetched once more; until then nothing is shown, and afterwards the language before.
#[component]
pub fn TongueFollower(props: &TongueProviderProps) -> Html {
    let wanted = use_state_eq(of_document);
    let language = use_state_eq(|| None::<Language>);
    {
        let wanted = wanted.setter();
        use_effect_with((), move |()| {
            let listener = title::on_language(move || wanted.set(of_document()));
            move || drop(listener)
        });
    }
    {
        let language = language.setter();
        let first = *wanted;
        use_effect_with((), move |()| {
            fetch::once_known(first, move || {
                language.set(Some(if i18n::knows(first) {
                    first
                } else {
                    Language::default()
                }));
            });
        });
    }
    {
        let language = language.setter();
        use_effect_with(*wanted, move |wanted| {
            fetch::when_known(*wanted, i18n::knows, move |known| language.set(Some(known)))
        });
    }
    let Some(language) = *language else {
        return Html::default();
    };
    let tongue = Tongue {
        language,
        choose: Callback::noop(),
    };
    html! { <ContextProvider<Tongue> context={tongue}>{ props.children.clone() }</ContextProvider<Tongue>> }
}

fn of_document() -> Language {
    title::language()
        .and_then(|tag| tag.parse().ok())
        .unwrap_or_default()
}
