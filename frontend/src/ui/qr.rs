//! A QR code, drawn from what somebody else computed.

use yew::prelude::*;

/// Properties of [`qr`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct QrProps {
    /// What it leads to, for those who do not see it.
    pub label: AttrValue,
    /// Modules along one side, the quiet zone among them.
    pub size: u16,
    /// Dark modules as unit squares: the data of an SVG path.
    pub path: AttrValue,
}

/// A QR code: dark on light in every theme, because cameras want it so.
pub fn qr(props: &QrProps) -> Html {
    let size = props.size;
    html! {
        <svg class="qr" viewBox={format!("0 0 {size} {size}")} role="img" aria-label={props.label.clone()} shape-rendering="crispEdges">
            <rect class="qr-ground" width={size.to_string()} height={size.to_string()} />
            <path class="qr-dark" d={props.path.clone()} />
        </svg>
    }
}
