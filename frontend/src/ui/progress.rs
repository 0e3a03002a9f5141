//! Waiting: how far it is, how strong it is, and that something is on its way.

use yew::prelude::*;

/// Properties of [`progress`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ProgressProps {
    /// The element's `id`.
    pub id: AttrValue,
    /// What is under way.
    pub label: AttrValue,
    /// How much is done, up to `of`; `None` while that is unknown.
    pub done: Option<u32>,
    /// How much there is to do.
    pub of: u32,
    /// How much is done, in words.
    #[prop_or_default]
    pub text: AttrValue,
}

/// Work that ends by itself.
pub fn progress(props: &ProgressProps) -> Html {
    html! {
        <div class="progress">
            <label for={props.id.clone()}>{ &props.label }</label>
            <progress id={props.id.clone()} max={props.of.to_string()} value={props.done.map(|done| done.to_string())}></progress>
            <span class="progress-text">{ &props.text }</span>
        </div>
    }
}

/// Properties of [`meter`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MeterProps {
    /// The element's `id`.
    pub id: AttrValue,
    /// What is measured.
    pub label: AttrValue,
    /// 0 to 4; `None` while it is not known.
    pub level: Option<u8>,
    /// The level in words; announced politely.
    pub text: AttrValue,
}

/// A strength in four bars. The words say the same as the bars.
pub fn meter(props: &MeterProps) -> Html {
    let level = props.level.unwrap_or(0).min(4);
    html! {
        <div class={format!("meter meter-{level}")}>
            <p class="meter-label" id={props.id.clone()}>{ &props.label }{ " " }<strong role="status">{ &props.text }</strong></p>
            <div class="meter-bars" role="meter" aria-labelledby={props.id.clone()} aria-valuemin="0" aria-valuemax="4"
                aria-valuenow={level.to_string()} aria-valuetext={props.text.clone()}>
                { for (1..=4).map(|bar| html! { <span class={(bar <= level).then_some("on")}></span> }) }
            </div>
        </div>
    }
}

/// Says that something, `text`, is on its way; shown only if that takes longer than a moment. Nothing spins.
pub fn loading(text: &'static str) -> Html {
    html! { <p class="loading" role="status">{ text }</p> }
}
