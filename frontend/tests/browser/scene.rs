//! A piece of the app on an empty page, in Spanish unless told otherwise.

use frontend::i18n::Tongue;
use shared::i18n::{self, Language};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// Turns of the browser after which nothing more is expected: a hundred times what a page takes.
pub(crate) const TURNS: u32 = 3_000;

/// A mounted piece; gone when dropped.
pub(crate) struct Scene {
    root: Element,
    app: Option<AppHandle<Frame>>,
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FrameProps {
    language: Language,
    children: Html,
}

#[component]
fn Frame(props: &FrameProps) -> Html {
    let tongue = Tongue {
        language: props.language,
        choose: Callback::noop(),
    };
    html! { <ContextProvider<Tongue> context={tongue}><main>{ props.children.clone() }</main></ContextProvider<Tongue>> }
}

impl Scene {
    /// Shows `piece`.
    pub(crate) async fn of(piece: Html) -> Self {
        Self::in_language(Language::Es, piece).await
    }

    /// Shows `piece` in a language.
    pub(crate) async fn in_language(language: Language, children: Html) -> Self {
        i18n::know_every_language();
        let document = gloo::utils::document();
        let root = document.create_element("div").unwrap();
        gloo::utils::body().append_child(&root).unwrap();
        let app =
            yew::Renderer::<Frame>::with_root_and_props(root.clone(), FrameProps { language, children })
                .render();
        yew::scheduler::flush().await;
        Self { root, app: Some(app) }
    }

    /// All that can be read.
    pub(crate) fn text(&self) -> String {
        self.root.unchecked_ref::<HtmlElement>().inner_text()
    }

    /// The first element that matches, if there is one.
    pub(crate) fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root
            .query_selector(selector)
            .unwrap()
            .map(JsCast::unchecked_into)
    }

    /// The first element that matches.
    pub(crate) fn get(&self, selector: &str) -> HtmlElement {
        self.find(selector)
            .unwrap_or_else(|| panic!("no {selector} in: {}", self.root.inner_html()))
    }

    /// How many elements match.
    pub(crate) fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// The text of the first element that matches.
    pub(crate) fn text_of(&self, selector: &str) -> String {
        self.get(selector).inner_text()
    }

    /// What stands in an input.
    pub(crate) fn value_of(&self, selector: &str) -> String {
        self.get(selector).unchecked_into::<HtmlInputElement>().value()
    }

    /// Puts a text into an input as typing or pasting does.
    pub(crate) async fn type_into(&self, selector: &str, text: &str) {
        let input: HtmlInputElement = self.get(selector).unchecked_into();
        input.set_value(text);
        fire(&input, "input");
        yew::scheduler::flush().await;
    }

    /// Leaves a field.
    pub(crate) async fn leave(&self, selector: &str) {
        let input = self.get(selector);
        input.focus().unwrap();
        input.blur().unwrap();
        // An unfocused window fires no events of its own.
        fire(&input, "focusout");
        fire(&input, "blur");
        yew::scheduler::flush().await;
    }

    /// Chooses from a list.
    pub(crate) async fn choose(&self, selector: &str, value: &str) {
        let select: web_sys::HtmlSelectElement = self.get(selector).unchecked_into();
        select.set_value(value);
        fire(&select, "change");
        yew::scheduler::flush().await;
    }

    /// Leaves a dialog as the Escape key does.
    pub(crate) async fn cancel(&self, selector: &str) {
        fire(&self.get(selector), "cancel");
        yew::scheduler::flush().await;
    }

    /// Presses the button with these words within the first element that matches.
    pub(crate) async fn press(&self, selector: &str, words: &str) {
        let buttons = self.get(selector).query_selector_all("button").unwrap();
        let button = (0..buttons.length())
            .filter_map(|index| buttons.get(index))
            .find(|button| button.text_content().is_some_and(|text| text.trim() == words))
            .unwrap_or_else(|| panic!("no button {words} in: {}", self.text()));
        button.unchecked_into::<HtmlElement>().click();
        yew::scheduler::flush().await;
    }

    /// Where the links lead.
    pub(crate) fn hrefs(&self) -> Vec<String> {
        let links = self.root.query_selector_all("a[href]").unwrap();
        (0..links.length())
            .filter_map(|index| {
                links
                    .get(index)?
                    .unchecked_into::<Element>()
                    .get_attribute("href")
            })
            .collect()
    }

    /// Presses a key while the focus is on the first element that matches.
    pub(crate) async fn key(&self, selector: &str, key: &str) {
        let target: Element = match selector {
            "body" => gloo::utils::body().into(),
            within => self.get(within).into(),
        };
        js_sys::Function::new_with_args(
            "element, key",
            "element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))",
        )
        .call2(&wasm_bindgen::JsValue::NULL, &target, &key.into())
        .unwrap();
        yew::scheduler::flush().await;
    }

    /// Lets everything that is ready be drawn.
    pub(crate) async fn settle(&self) {
        yew::scheduler::flush().await;
    }

    /// Lets the browser go on until an element matches that is there only after an answer.
    pub(crate) async fn until(&self, selector: &str) {
        self.until_so(selector, || self.find(selector).is_some()).await;
    }

    /// The same, until a text can be read.
    pub(crate) async fn until_text(&self, text: &str) {
        self.until_so(text, || self.text().contains(text)).await;
    }

    /// The answers are there at once, so it takes a few turns of the browser; what never comes is told with what is there.
    pub(crate) async fn until_so(&self, what: &str, so: impl Fn() -> bool) {
        for _ in 0..TURNS {
            if so() {
                return;
            }
            pause().await;
        }
        panic!("no {what} in: {}", self.root.inner_html());
    }

    /// Clicks.
    pub(crate) async fn click(&self, selector: &str) {
        self.get(selector).click();
        yew::scheduler::flush().await;
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

/// Lets the browser go on with what it has begun: answers are read and pages drawn.
pub(crate) async fn pause() {
    let turn = js_sys::Promise::new(&mut |done, _| {
        gloo::utils::window().set_timeout_with_callback(&done).unwrap();
    });
    wasm_bindgen_futures::JsFuture::from(turn).await.unwrap();
    yew::scheduler::flush().await;
}

/// Dispatches a bubbling event.
fn fire(element: &HtmlElement, name: &str) {
    js_sys::Function::new_with_args(
        "element, name",
        "element.dispatchEvent(new Event(name, { bubbles: true }))",
    )
    .call2(&wasm_bindgen::JsValue::NULL, element, &name.into())
    .unwrap();
}
