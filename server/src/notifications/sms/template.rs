//! Texts of a gateway's configuration with places for the message: an address, a header, a body.

use std::fmt::Write as _;

/// What stands in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The number.
    Number,
    /// The message's text.
    Text,
    /// The configured sender.
    Sender,
    /// The secret of the token file.
    Token,
    /// The try's own name: the same message tried again has another one, because it has another text.
    Id,
}

/// How a value is written so that it stays one, whatever it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// As it is.
    Plain,
    /// Within the quotes of a JSON string.
    Json,
    /// Percent-encoded: in addresses and forms.
    Percent,
    /// As the text of an XML element or attribute.
    Xml,
}

/// A text with places.
#[derive(Clone, Debug)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    Place(Place),
}

impl Place {
    const ALL: [Self; 5] = [Self::Number, Self::Text, Self::Sender, Self::Token, Self::Id];

    const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Sender => "sender",
            Self::Token => "token",
            Self::Id => "id",
        }
    }
}

impl Template {
    /// Reads `…{number}…{text}…`. A brace that no name and no second brace follow is a brace, as JSON has many.
    ///
    /// # Errors
    /// A name in braces that no place has.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        let mut plain = String::new();
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            plain.push_str(before);
            let name = from[1..]
                .split_once('}')
                .map(|(name, _)| name)
                .filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase()));
            let Some(name) = name else {
                plain.push('{');
                rest = &from[1..];
                continue;
            };
            let place = Place::ALL
                .into_iter()
                .find(|place| place.name() == name)
                .ok_or_else(|| format!("has a place {{{name}}}; there are only {}", names()))?;
            parts.push(Part::Text(std::mem::take(&mut plain)));
            parts.push(Part::Place(place));
            rest = &from[name.len() + 2..];
        }
        plain.push_str(rest);
        parts.push(Part::Text(plain));
        Ok(Self(parts))
    }

    /// The text with its values.
    pub fn fill<'a>(&self, escape: Escape, value: impl Fn(Place) -> &'a str) -> String {
        self.0.iter().fold(String::new(), |mut filled, part| {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Place(place) => escape.write(&mut filled, value(*place)),
            }
            filled
        })
    }

    /// Whether the text has this place.
    pub fn has(&self, wanted: Place) -> bool {
        self.0
            .iter()
            .any(|part| matches!(part, Part::Place(place) if *place == wanted))
    }

    /// What stands before the first place.
    pub fn beginning(&self) -> &str {
        match self.0.first() {
            Some(Part::Text(text)) => text,
            Some(Part::Place(_)) | None => "",
        }
    }
}

impl Escape {
    /// How values are written in a body of this type, which is in lower case and without parameters.
    pub fn of(content_type: &str) -> Option<Self> {
        match content_type {
            "application/json" => Some(Self::Json),
            "application/x-www-form-urlencoded" => Some(Self::Percent),
            "application/xml" | "text/xml" => Some(Self::Xml),
            "text/plain" => Some(Self::Plain),
            _ if content_type.starts_with("application/") && content_type.ends_with("+json") => {
                Some(Self::Json)
            }
            _ if content_type.starts_with("application/") && content_type.ends_with("+xml") => {
                Some(Self::Xml)
            }
            _ => None,
        }
    }

    fn write(self, filled: &mut String, value: &str) {
        match self {
            Self::Plain => filled.push_str(value),
            Self::Json => {
                let quoted = serde_json::Value::from(value).to_string();
                filled.push_str(&quoted[1..quoted.len() - 1]);
            }
            Self::Percent => {
                for byte in value.bytes() {
                    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                        filled.push(char::from(byte));
                    } else {
                        // Writing to a text cannot fail.
                        let _ = write!(filled, "%{byte:02X}");
                    }
                }
            }
            Self::Xml => {
                for character in value.chars() {
                    match character {
                        '&' => filled.push_str("&amp;"),
                        '<' => filled.push_str("&lt;"),
                        '>' => filled.push_str("&gt;"),
                        '"' => filled.push_str("&quot;"),
                        '\'' => filled.push_str("&apos;"),
                        other => filled.push(other),
                    }
                }
            }
        }
    }
}

fn names() -> String {
    Place::ALL.map(|place| format!("{{{}}}", place.name())).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, escape: Escape, text: &str) -> String {
        Template::read(template)
            .unwrap()
            .fill(escape, |place| match place {
                Place::Number => "+593991234567",
                Place::Text => text,
                Place::Sender => "Clavero",
                Place::Token => "secret",
                Place::Id => "1.2",
            })
    }

    #[test]
    fn places_are_filled_and_other_braces_stay() {
        assert_eq!(
            filled(
                r#"{"to":"{number}","x":{},"y":{"a": "{sender}"}}"#,
                Escape::Json,
                ""
            ),
            r#"{"to":"+593991234567","x":{},"y":{"a": "Clavero"}}"#
        );
        assert_eq!(filled("", Escape::Plain, ""), "");
        assert_eq!(filled("{", Escape::Plain, ""), "{");
        assert_eq!(filled("{{text}}", Escape::Plain, "x"), "{x}");
        assert_eq!(filled("{text}{id}{token}", Escape::Plain, "x"), "x1.2secret");
    }

    #[test]
    fn a_value_stays_one_value() {
        let nasty = "a\"b\\c\nd<e>&'f g+ñ";
        let json = filled(r#"{"text":"{text}"}"#, Escape::Json, nasty);
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["text"], nasty);
        for edge in ["\"", "\"\"", "\\", "\\\"", ""] {
            let json = filled(r#"{"text":"{text}"}"#, Escape::Json, edge);
            let read: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(read["text"], edge);
        }
        assert_eq!(
            filled("t={text}", Escape::Percent, nasty),
            "t=a%22b%5Cc%0Ad%3Ce%3E%26%27f%20g%2B%C3%B1"
        );
        assert_eq!(
            filled("<t>{text}</t>", Escape::Xml, nasty),
            "<t>a&quot;b\\c\nd&lt;e&gt;&amp;&apos;f g+ñ</t>"
        );
    }

    #[test]
    fn an_unknown_place_is_refused_by_its_name() {
        let refusal = Template::read("x{nummer}").unwrap_err();
        assert!(
            refusal.contains("{nummer}") && refusal.contains("{number}"),
            "{refusal}"
        );
    }

    #[test]
    fn a_type_tells_how_values_are_written() {
        assert_eq!(Escape::of("application/json"), Some(Escape::Json));
        assert_eq!(Escape::of("application/vnd.gateway+json"), Some(Escape::Json));
        assert_eq!(Escape::of("application/soap+xml"), Some(Escape::Xml));
        assert_eq!(Escape::of("text/html"), None);
    }
}
