//! Addresses, links, the back button, and the fragment that must not stay.

use crate::scene::Scene;
use frontend::platform::history;
use frontend::procedure::{Greeting, Procedure};
use frontend::routes::{
    AppointmentPage, Link, Module, NavigatorProvider, Route, StaffPage, use_fragment, use_navigator,
};
use shared::signatures::PurposeName;
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
        Route::Unlock,
        Route::UnlockLink,
        Route::UnlockConfirm,
        Route::PasskeyEnrolment,
        Route::ContactConfirm,
        Route::ContactCancel,
        Route::Signature,
        Route::SignatureFor(PurposeName::Recovery),
        Route::SignatureFor(PurposeName::Unlock),
        Route::SignatureFor(PurposeName::Email),
        Route::SignatureFor(PurposeName::Phone),
        Route::SignatureCase,
        Route::SignIn,
        Route::Account,
        Route::AccountPassword,
        Route::AccountSessions,
        Route::AccountHistory,
        Route::AccountContacts,
        Route::AccountPasskeys,
        Route::AccountDelegates,
        Route::AccountObligations,
        Route::Invitation,
        Route::Appointment(AppointmentPage::Begin),
        Route::Appointment(AppointmentPage::Errand),
        Route::Appointment(AppointmentPage::Centre),
        Route::Appointment(AppointmentPage::Time),
        Route::Appointment(AppointmentPage::Book),
        Route::Appointment(AppointmentPage::Waiting),
        Route::Appointment(AppointmentPage::Mine),
        Route::Appointment(AppointmentPage::Move),
        Route::Appointment(AppointmentPage::Link),
        Route::Appointment(AppointmentPage::Video),
        Route::Staff(StaffPage::Entry),
        Route::Staff(StaffPage::Invitation),
        Route::Staff(StaffPage::Queue),
        Route::Staff(StaffPage::Dossier),
        Route::Staff(StaffPage::Approvals),
        Route::Staff(StaffPage::Team),
        Route::Staff(StaffPage::Reports),
        Route::Staff(StaffPage::Centres),
        Route::Staff(StaffPage::Institution),
        Route::Staff(StaffPage::Audit),
        Route::Staff(StaffPage::DataRequests),
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
    for path in [
        "/x",
        "/recuperar/x",
        "/ayuda/a/b",
        "/ayuda/<b>",
        "/Recuperar",
        "/firma/o",
        "/firma/clave/x",
        "/turno/otra",
    ] {
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

#[wasm_bindgen_test]
async fn both_modules_follow_the_address_whoever_changes_it() {
    #[component]
    fn Leaving() -> Html {
        let navigator = use_navigator();
        html! { <button onclick={move |_| navigator.replace(Route::Recovery)}>{ "c" }</button> }
    }
    let before = history::path();
    let scene = Scene::of(html! { <>
        <NavigatorProvider><div id="main"><Where /><Link to={Route::Help}>{ "a" }</Link></div></NavigatorProvider>
        <NavigatorProvider module={Module::Annex}><div id="annex"><Where /><Leaving /></div></NavigatorProvider>
    </> })
    .await;
    let both = || [scene.text_of("#main p"), scene.text_of("#annex p")];
    scene.click("#main a").await;
    assert_eq!(both(), ["/ayuda", "/ayuda"], "a link");
    scene.press("#annex", "c").await;
    assert_eq!(
        both(),
        ["/recuperar", "/recuperar"],
        "the other module's own move"
    );
    history::replace(&before);
}

#[wasm_bindgen_test]
async fn a_link_that_is_opened_again_in_this_tab_counts_again() {
    #[component]
    fn Taking() -> Html {
        let fragment = use_fragment();
        let seen = use_mut_ref(Vec::new);
        {
            let seen = seen.clone();
            use_effect_with(fragment.clone(), move |fragment| {
                let secret = fragment.secret.as_ref().map(|secret| secret.expose().clone());
                seen.borrow_mut().extend(secret);
            });
        }
        html! { <p id="seen">{ format!("{:?} {:?}", seen.borrow(), fragment) }</p> }
    }
    let before = history::path();
    history::replace("/restablecer#uno");
    let scene = Scene::of(html! { <Taking /> }).await;
    for _ in 0..2 {
        history::replace("/restablecer#dos");
        gloo::utils::window()
            .dispatch_event(&web_sys::Event::new("hashchange").unwrap())
            .unwrap();
        yew::scheduler::flush().await;
    }
    gloo::utils::window()
        .dispatch_event(&web_sys::Event::new("hashchange").unwrap())
        .unwrap();
    yew::scheduler::flush().await;
    let said = scene.text_of("#seen");
    assert!(
        said.starts_with(r#"["uno", "dos"]"#),
        "shown before the last effect: {said}"
    );
    assert!(
        said.contains("opened: 2") && !said.contains("secret: Some(\"dos"),
        "{said}"
    );
    assert!(!gloo::utils::window().location().href().unwrap().contains('#'));
    history::replace(&before);
}

#[wasm_bindgen_test]
fn a_greeting_is_said_once() {
    Greeting::Abandoned.leave(Procedure::Recovery);
    assert_eq!(
        Greeting::take(Procedure::Unlock),
        Greeting::Plain,
        "another procedure's"
    );
    assert_eq!(Greeting::take(Procedure::Recovery), Greeting::Abandoned);
    assert_eq!(Greeting::take(Procedure::Recovery), Greeting::Plain);
}
