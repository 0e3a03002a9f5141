//! What is asked: a path, a query and headers with places for the identifiers.

use super::document::Request;
use super::{MappingError, wrong};
use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// Headers that are ours to set.
const OURS: [&str; 6] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "host",
    "transfer-encoding",
];

/// A request with places for identifiers.
#[derive(Debug)]
pub(super) struct Template {
    path: Vec<Vec<Part>>,
    query: Vec<(String, Vec<Part>)>,
    headers: Vec<(HeaderName, Vec<Part>)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable(&'static str),
}

/// A request about one identifier. It has no `Debug`: the identifier is personal.
pub struct Question {
    path: Vec<String>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
}

impl Template {
    pub(super) fn of(request: Request, variables: &'static [&'static str]) -> Result<Self, MappingError> {
        let Some(path) = request.path.strip_prefix('/') else {
            return Err(wrong(
                "request.path must begin with a slash; it is added to the registry's url",
            ));
        };
        if path.contains(['?', '#', '\\']) {
            return Err(wrong("request.path must have neither ? nor #: see request.query"));
        }
        let path: Vec<_> = path
            .split('/')
            .map(|segment| match segment {
                "." | ".." => Err(wrong("request.path must have neither . nor .. in it")),
                segment => parts("request.path", segment, variables),
            })
            .collect::<Result<_, _>>()?;
        let query: Vec<_> = request
            .query
            .into_iter()
            .map(|(name, text)| {
                let parts = parts(&format!("request.query.{name}"), &text, variables)?;
                Ok((name, parts))
            })
            .collect::<Result<_, _>>()?;
        let headers: Vec<_> = request
            .headers
            .into_iter()
            .map(|(name, text)| {
                let full = format!("request.headers.{name}");
                let parts = parts(&full, &text, variables)?;
                if OURS.contains(&name.to_ascii_lowercase().as_str()) {
                    return Err(wrong(format!("{full} is set by Clavero itself")));
                }
                let fixed = parts.iter().all(|part| match part {
                    Part::Text(text) => HeaderValue::try_from(text.as_str()).is_ok(),
                    Part::Variable(_) => true,
                });
                match HeaderName::try_from(name) {
                    Ok(name) if fixed => Ok((name, parts)),
                    _ => Err(wrong(format!("{full} is no header"))),
                }
            })
            .collect::<Result<_, _>>()?;
        let template = Self { path, query, headers };
        match variables.iter().find(|variable| !template.has(variable)) {
            None => Ok(template),
            Some(missing) => Err(wrong(format!(
                "request: {{{missing}}} is in no path, query or header: every answer would be about somebody else"
            ))),
        }
    }

    /// Puts the identifiers into their places.
    pub(super) fn fill(&self, values: &[(&'static str, String)]) -> Question {
        let mut headers = HeaderMap::new();
        for (name, parts) in &self.headers {
            // Identifiers are ASCII letters and digits, and the rest was checked: this cannot fail.
            if let Ok(mut value) = HeaderValue::try_from(filled(parts, values)) {
                value.set_sensitive(true);
                headers.insert(name.clone(), value);
            }
        }
        Question {
            path: self.path.iter().map(|segment| filled(segment, values)).collect(),
            query: self
                .query
                .iter()
                .map(|(name, parts)| (name.clone(), filled(parts, values)))
                .collect(),
            headers,
        }
    }

    fn has(&self, variable: &str) -> bool {
        let query = self.query.iter().map(|(_, parts)| parts);
        let headers = self.headers.iter().map(|(_, parts)| parts);
        self.path
            .iter()
            .chain(query)
            .chain(headers)
            .flatten()
            .any(|part| matches!(part, Part::Variable(name) if *name == variable))
    }
}

impl Question {
    /// The address below `base`, whose path ends with a slash. Whatever an identifier holds stays within its segment.
    pub(in crate::registries::http) fn url(&self, base: &Url) -> Url {
        let mut url = base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(&self.path);
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }

    /// The headers that the mapping wants.
    pub(in crate::registries::http) fn headers(&self) -> HeaderMap {
        self.headers.clone()
    }
}

fn filled(parts: &[Part], values: &[(&'static str, String)]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.as_str(),
            Part::Variable(name) => values
                .iter()
                .find(|(variable, _)| variable == name)
                .map_or("", |(_, value)| value),
        })
        .collect()
}

fn parts(name: &str, text: &str, variables: &'static [&'static str]) -> Result<Vec<Part>, MappingError> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        let (inside, after) = after
            .split_once('}')
            .ok_or_else(|| wrong(format!("{name}: a {{ has no }}")))?;
        let variable = variables
            .iter()
            .find(|variable| **variable == inside)
            .ok_or_else(|| {
                wrong(format!(
                    "{name}: {{{inside}}} is none of {}",
                    variables.join(", ")
                ))
            })?;
        parts.push(Part::Variable(variable));
        rest = after;
    }
    if rest.contains('}') {
        return Err(wrong(format!("{name}: a }} has no {{")));
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}
