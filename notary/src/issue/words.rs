//! The words of a request, as they stand in `words/request.es.toml`.

use super::IssueError;
use serde::Deserialize;

/// The file.
const SPANISH: &str = include_str!("../../words/request.es.toml");

/// All words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) titles: Titles,
    pub(super) labels: Labels,
    pub(super) declaration: Declaration,
    pub(super) signature: Signature,
    pub(super) steps: Steps,
    pub(super) footer: Footer,
    pub(super) time: Time,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Titles {
    pub(super) recovery: String,
    pub(super) unlock: String,
    pub(super) email: String,
    pub(super) phone: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Labels {
    pub(super) ruc: String,
    pub(super) household: String,
    pub(super) branch: String,
    pub(super) representative: String,
    pub(super) foreigner: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) reference: String,
    pub(super) nonce: String,
    pub(super) issued: String,
    pub(super) expires: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Declaration {
    pub(super) cedula: String,
    pub(super) foreigner: String,
    pub(super) ruc: String,
    pub(super) household: String,
    pub(super) recovery: String,
    pub(super) unlock: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) once: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signature {
    pub(super) heading: String,
    pub(super) space: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Steps {
    pub(super) heading: String,
    pub(super) list: Vec<String>,
    pub(super) warning: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Footer {
    pub(super) official: String,
    pub(super) unofficial: String,
    pub(super) subject: String,
    pub(super) qr: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Time {
    pub(super) moment: String,
    pub(super) months: [String; 12],
}

impl Words {
    /// In Spanish.
    pub(super) fn spanish() -> Result<Self, IssueError> {
        toml::from_str(SPANISH).map_err(|_| IssueError::BuiltIn("words"))
    }
}

/// Puts values where their names stand in braces. What a value says is never looked at again.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> Result<String, IssueError> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or(IssueError::BuiltIn("a brace"))?;
        let (_, value) = values
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or(IssueError::BuiltIn("a name in braces"))?;
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}
