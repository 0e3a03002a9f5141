//! One line of text: a number in groups, an address, a password.

use super::field::Frame;
use crate::platform::elements;
use yew::prelude::*;

/// What is typed, which decides keyboard, spelling aid and look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Words.
    #[default]
    Text,
    /// Digits that are not a quantity: the numeric keyboard, no arrows.
    Digits,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A password that is covered.
    Password,
    /// A password that is shown.
    ShownPassword,
    /// A code of letters and digits, in upper case on most papers.
    Code,
}

/// How wide the box is: as wide as its answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputWidth {
    /// All that the column offers.
    #[default]
    Full,
    /// Two characters.
    Two,
    /// Four characters.
    Four,
    /// Ten to thirteen characters with their gaps.
    Number,
}

impl InputWidth {
    /// The classes that give it its width.
    const fn class(self) -> &'static str {
        match self {
            Self::Full => "input",
            Self::Two => "input input-two",
            Self::Four => "input input-four",
            Self::Number => "input input-number",
        }
    }
}

/// Properties of [`text_input`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TextInputProps {
    /// The control's `id`.
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// How to answer.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What was recognised so far.
    #[prop_or_default]
    pub note: Option<Html>,
    /// What stands in it, without the gaps of `groups`.
    pub value: AttrValue,
    /// Called with the new text at every change; without the gaps if there are `groups`.
    pub oninput: Callback<String>,
    /// Called when the person leaves the field.
    #[prop_or_default]
    pub onblur: Callback<()>,
    /// What is typed.
    #[prop_or_default]
    pub kind: InputKind,
    /// How wide it is.
    #[prop_or_default]
    pub width: InputWidth,
    /// Sizes of the groups in which digits are shown, for example `&[4, 3, 3, 3]`.
    #[prop_or_default]
    pub groups: &'static [usize],
    /// The token for `autocomplete`; `off` unless given.
    #[prop_or(AttrValue::Static("off"))]
    pub autocomplete: AttrValue,
    /// The field's `name`, for password managers and saved forms.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// What stands beside the box: a button that shows the password, for example.
    #[prop_or_default]
    pub beside: Html,
}

/// One line of text with its label.
pub fn text_input(props: &TextInputProps) -> Html {
    let frame = Frame {
        id: &props.id,
        label: &props.label,
        hint: props.hint.as_ref(),
        error: props.error.as_ref(),
        note: props.note.as_ref(),
    };
    frame.around(control(props, &frame))
}

/// The box itself.
fn control(props: &TextInputProps, frame: &Frame<'_>) -> Html {
    let groups = props.groups;
    let oninput = props.oninput.reform(move |event: InputEvent| {
        if groups.is_empty() {
            elements::value_of(&event)
        } else {
            elements::typed_in_groups(&event, groups)
        }
    });
    let onblur = props.onblur.reform(|_: FocusEvent| ());
    let (kind, mode) = match props.kind {
        InputKind::Text | InputKind::Code | InputKind::ShownPassword => ("text", None),
        InputKind::Digits => ("text", Some("numeric")),
        InputKind::Email => ("email", Some("email")),
        InputKind::Phone => ("tel", Some("tel")),
        InputKind::Password => ("password", None),
    };
    let capitals = match props.kind {
        InputKind::Text => None,
        InputKind::Code => Some("characters"),
        InputKind::Digits
        | InputKind::Email
        | InputKind::Phone
        | InputKind::Password
        | InputKind::ShownPassword => Some("none"),
    };
    html! {
        <div class="input-row">
            <input class={props.width.class()} id={props.id.clone()} name={props.name.clone()} type={kind} inputmode={mode}
                autocapitalize={capitals} autocomplete={props.autocomplete.clone()} autocorrect="off" spellcheck="false"
                value={elements::grouped(&props.value, groups)} {oninput} {onblur}
                aria-describedby={frame.described_by()} aria-invalid={frame.invalid()} />
            { props.beside.clone() }
        </div>
    }
}
