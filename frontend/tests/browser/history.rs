//! Addresses, links, the back button, and the fragment that must not stay.

use crate::scene::Scene;
use frontend::platform::history;
use frontend::routes::{Link, NavigatorProvider, Route, use_navigator};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[component]
fn Where() -> Html {
    let route = use_navigator().route;
    html! { <p id="where">{ route.path() }</p> }
}

fn page() -> Html {
    html! {
        <NavigatorProvider>
            <Where />
            <span id="help"><Link to={Route::Help}>{ "a" }</Link></span>
            <a id="mailbox" href="/mailbox">{ "b" }</a>
        </NavigatorProvider>
    }
}

#[wasm_bindgen_test]
fn paths_are_read_and_written_alike() {
    let routes = [
        Route::Home,
        Route::Recovery,
        Route::RecoveryQuestions,
        Route::RecoveryLink,
        Route::Reset,
        Route::Help,
        Route::HelpTopic("no_email".into()),
        Route::Freeze,
        Route::MailTest,
    ];
    for route in routes {
        assert_eq!(Route::parse(&route.path()), route);
        assert_eq!(
            Route::parse(&format!("{}/", route.path())),
            route,
            "a slash at the end"
        );
        assert!(
            shared::settings::pages::is_page(&route.path()),
            "the server does not know {}",
            route.path()
        );
    }
    for path in ["/x", "/recuperar/x", "/ayuda/a/b", "/ayuda/<b>", "/Recuperar"] {
        assert_eq!(Route::parse(path), Route::NotFound, "{path}");
    }
}

#[wasm_bindgen_test]
async fn a_link_changes_the_page_without_loading_it() {
    let before = history::path();
    let scene = Scene::of(page()).await;
    scene.click("#help a").await;
    assert_eq!(scene.text_of("#where"), "/ayuda");
    assert_eq!(history::path(), "/ayuda");
    assert_eq!(
        scene.get("#help a").get_attribute("aria-current").as_deref(),
        Some("page")
    );
    history::replace(&before);
}

#[wasm_bindgen_test]
async fn a_fragment_is_taken_once_and_leaves_the_address() {
    let before = history::path();
    history::replace("/restablecer#geheim");
    assert_eq!(history::take_fragment().as_deref(), Some("geheim"));
    assert_eq!(gloo::utils::window().location().hash().unwrap(), "");
    assert!(
        !gloo::utils::window()
            .location()
            .href()
            .unwrap()
            .contains("geheim")
    );
    assert_eq!(history::take_fragment(), None);
    history::replace(&before);
}
