//! What is around every page: whose site it is and whose it is not, language and colours, the column, the footer.

mod modules;

pub use modules::{ModuleGate, module_places};

use crate::i18n::{Tongue, use_text, use_tongue};
use crate::platform::theme::{self, Theme};
use crate::platform::title;
use crate::routes::{Link, Route, link};
use crate::settings::use_settings;
use crate::ui::prose::paragraph;
use crate::ui::{Shape, SwitchOption, SwitchProps, mark, skip_link, switch};
use shared::api::BASE;
use shared::i18n::{Language, Text};
use shared::settings::api::Settings;
use shared::settings::institution::logo_path;
use yew::prelude::*;
use yew::props;

/// The `id` of the column, where the skip link leads.
const MAIN: &str = "main";

/// What is inside.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LayoutProps {
    /// The page.
    pub children: Html,
}

/// Header, page, footer.
#[component]
pub fn Layout(props: &LayoutProps) -> Html {
    let text = use_text();
    let tongue = use_tongue();
    let settings = use_settings();
    modules::use_foresight();
    // The page says it if it is the official one. Without it, it is not: the safe way to be wrong.
    let official = settings
        .as_ref()
        .map_or_else(title::says_official, |settings| settings.institution.official);
    let demo = settings.as_ref().is_some_and(|settings| settings.demo_mailbox);
    html! {
        <div class="page">
            { skip_link(MAIN, text.layout_skip()) }
            <header class="site-header">
                <div class="band">
                    <Link to={Route::Home} class="brand">
                        { mark() }
                        <span class="brand-name">{ text.product_name() }</span>
                        if let Some(settings) = &settings {
                            if let Some(logo) = settings.logo {
                                <img class="brand-logo" src={format!("{BASE}{}", logo_path(logo))} alt="" />
                            }
                            <span class="brand-institution">{ &settings.institution.name }</span>
                        }
                    </Link>
                    <div class="site-switches">{ language_switch(text, tongue) }<ThemeSwitch /></div>
                </div>
                if text.language().under_review() {
                    <div class="unofficial">
                        <p class="band">
                            { text.layout_review() }{ " " }
                            <span lang={Language::Es.tag()}>{ Text::new(Language::Es).layout_review() }</span>
                        </p>
                    </div>
                }
                if !official || demo {
                    <div class="unofficial">
                        <p class="band">
                            if !official { { text.layout_unofficial() }{ " " } }
                            if demo { { text.layout_demo() }{ " " }<a href="/mailbox">{ text.layout_demo_mailbox() }</a> }
                        </p>
                    </div>
                }
            </header>
            <main class="site-main band" id={MAIN} tabindex="-1">{ props.children.clone() }</main>
            { footer(text, settings.as_deref()) }
        </div>
    }
}

/// Other pages, whom to ask, what this is.
fn footer(text: Text, settings: Option<&Settings>) -> Html {
    html! {
        <footer class="site-footer">
            <div class="band">
                <nav aria-label={text.layout_footer()}>
                    <ul>
                        <li>{ link(Route::Home, text.layout_footer_home()) }</li>
                        <li>{ link(Route::SignIn, text.layout_footer_sign_in()) }</li>
                        <li>{ link(Route::Help, text.layout_footer_help()) }</li>
                        <li>{ link(Route::MailTest, text.layout_footer_mail_test()) }</li>
                        <li><a href="/status">{ text.layout_footer_status() }</a></li>
                    </ul>
                </nav>
                if let Some(settings) = settings {
                    { paragraph(text.layout_contact(&settings.institution.contact, &settings.institution.name)) }
                }
                { paragraph(text.layout_software()) }
            </div>
        </footer>
    }
}

/// The languages, each by its own name.
fn language_switch(text: Text, tongue: Tongue) -> Html {
    let Tongue { language, choose } = tongue;
    let options: Vec<_> = Language::ALL
        .iter()
        .map(|language| SwitchOption {
            value: language.tag().into(),
            name: Text::new(*language).product_language().into(),
            shape: None,
            lang: Some(language.tag().into()),
        })
        .collect();
    let onchange = Callback::from(move |tag: AttrValue| {
        if let Ok(chosen) = tag.parse() {
            choose.emit(chosen);
        }
    });
    switch(&props!(SwitchProps {
        label: text.layout_language(),
        options,
        current: language.tag(),
        onchange
    }))
}

/// The colours: the device's, light, dark.
#[component]
fn ThemeSwitch() -> Html {
    let text = use_text();
    let chosen = use_state(theme::remembered);
    use_effect_with(*chosen, |chosen| theme::show(*chosen));
    let options: Vec<_> = Theme::ALL
        .iter()
        .map(|theme| {
            let (name, shape) = match theme {
                Theme::Device => (text.layout_theme_device(), Shape::Half),
                Theme::Light => (text.layout_theme_light(), Shape::Sun),
                Theme::Dark => (text.layout_theme_dark(), Shape::Moon),
            };
            SwitchOption {
                value: theme.name().into(),
                name: name.into(),
                shape: Some(shape),
                lang: None,
            }
        })
        .collect();
    let current = chosen.name();
    let onchange = Callback::from(move |name: AttrValue| {
        if let Some(theme) = Theme::named(&name) {
            theme::choose(theme);
            chosen.set(theme);
        }
    });
    switch(&props!(SwitchProps {
        label: text.layout_theme(),
        options,
        current,
        onchange
    }))
}
