//! Sealed events outside of the database: one JSON object a line, and verifying them again with the key.
//!
//! The first line of a file is `{"before":"<head>"}`, what the first event's seal is over; the last one is
//! `{"head":"<head>"}`, where the events lead. In between each line is an event with every column, and its seal.

use super::store::EventRow;
use super::verify::Verifier;
use super::{Finding, Head};
use crate::hexadecimal::{self, Hexadecimal};
use crate::keys::{Digest, Keys};
use serde::{Deserialize, Serialize};
use std::io::BufRead;
use uuid::Uuid;

/// A sealed event as a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    sequence: Option<i64>,
    id: Uuid,
    at: i64,
    kind: String,
    actor: String,
    account_id: Option<Uuid>,
    case_id: Option<Uuid>,
    identifier: Option<String>,
    delegate_id: Option<Uuid>,
    source: Option<String>,
    browser: Option<String>,
    system: Option<String>,
    staff_id: Option<Uuid>,
    detail: String,
    seal: Option<String>,
}

/// What begins and what ends a file.
#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Edge {
    Before { before: Head },
    After { head: Head },
}

/// Why a file cannot be verified.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The file cannot be read.
    #[error("cannot be read")]
    Io(#[from] std::io::Error),
    /// A line is none of an export.
    #[error("line {line} is none of an export of the audit log")]
    Line {
        /// Which one, from 1 on.
        line: usize,
    },
    /// The first line is missing.
    #[error("does not begin with the head before its first event")]
    NoBeginning,
    /// The last line is missing: it may have been cut off.
    #[error("does not end with the head at its last event: it may have been cut off")]
    NoEnd,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// How many events.
    pub events: i64,
    /// The head before the first.
    pub before: Head,
    /// The head at the last.
    pub head: Head,
    /// Everything that does not fit. Empty: the events are those that were sealed, in their order, without a gap.
    pub findings: Vec<Finding>,
}

/// An event as a line.
pub fn line(row: &EventRow) -> Result<String, serde_json::Error> {
    let digits = |bytes: &Vec<u8>| Hexadecimal(bytes).to_string();
    serde_json::to_string(&Line {
        sequence: row.sequence,
        id: row.id,
        at: row.at,
        kind: row.kind.clone(),
        actor: row.actor.clone(),
        account_id: row.account_id,
        case_id: row.case_id,
        identifier: row.identifier.as_ref().map(digits),
        delegate_id: row.delegate_id,
        source: row.source.clone(),
        browser: row.browser.clone(),
        system: row.system.clone(),
        staff_id: row.staff_id,
        detail: row.detail.clone(),
        seal: row.seal.as_ref().map(digits),
    })
}

/// Verifies a file with the key that sealed its events, without a database.
pub fn check(keys: &Keys, file: impl BufRead) -> Result<Exported, Unreadable> {
    let mut lines = file.lines().enumerate();
    let (_, first) = lines.next().ok_or(Unreadable::NoBeginning)?;
    let Ok(Edge::Before { before }) = serde_json::from_str(&first?) else {
        return Err(Unreadable::NoBeginning);
    };
    let mut verifier = Verifier::after(keys, &[], before);
    let mut end = None;
    for (number, text) in lines {
        let malformed = || Unreadable::Line { line: number + 1 };
        let text = text?;
        if end.is_some() {
            return Err(malformed());
        }
        if let Ok(Edge::After { head }) = serde_json::from_str(&text) {
            end = Some(head);
            continue;
        }
        let line: Line = serde_json::from_str(&text).map_err(|_| malformed())?;
        verifier.read(&row(line).ok_or_else(malformed)?);
    }
    let head = end.ok_or(Unreadable::NoEnd)?;
    let found = verifier.finish(head, 0);
    Ok(Exported {
        events: found.sealed,
        before,
        head: found.head,
        findings: found.findings,
    })
}

fn row(line: Line) -> Option<EventRow> {
    let digest = |digits: &String| hexadecimal::read::<32>(digits).map(Digest::into);
    let absent_or = |digits: &Option<String>| match digits {
        None => Some(None),
        Some(digits) => digest(digits).map(Some),
    };
    Some(EventRow {
        identifier: absent_or(&line.identifier)?,
        seal: absent_or(&line.seal)?,
        id: line.id,
        at: line.at,
        kind: line.kind,
        actor: line.actor,
        account_id: line.account_id,
        case_id: line.case_id,
        delegate_id: line.delegate_id,
        source: line.source,
        browser: line.browser,
        system: line.system,
        staff_id: line.staff_id,
        detail: line.detail,
        sequence: line.sequence,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::chain::seal;
    use shared::secrets::Secret;

    fn keys() -> Keys {
        Keys::new(Secret::new([7; 32]))
    }

    /// A file of events 5 to 7.
    fn file() -> Vec<String> {
        let mut head = Head {
            sequence: 4,
            seal: [9; 32],
        };
        let mut lines = vec![format!("{{\"before\":\"{head}\"}}")];
        for sequence in 5_i64..=7 {
            let mut row = EventRow {
                id: Uuid::from_u128(u128::from(sequence.unsigned_abs())),
                at: sequence * 10,
                kind: "signed_in".into(),
                actor: "holder".into(),
                account_id: Some(Uuid::from_u128(1)),
                case_id: None,
                identifier: Some(vec![3; 32]),
                delegate_id: None,
                source: Some("192.0.2.7".into()),
                browser: Some("firefox".into()),
                system: Some("linux".into()),
                staff_id: Some(Uuid::from_u128(2)),
                detail: "{}".into(),
                sequence: Some(sequence),
                seal: None,
            };
            head = Head {
                sequence,
                seal: seal(&keys(), &head.seal, sequence, &row),
            };
            row.seal = Some(head.seal.into());
            lines.push(line(&row).unwrap());
        }
        lines.push(format!("{{\"head\":\"{head}\"}}"));
        lines
    }

    fn checked(lines: &[String]) -> Result<Exported, Unreadable> {
        check(&keys(), lines.join("\n").as_bytes())
    }

    #[test]
    fn what_was_taken_along_is_what_was_sealed() {
        let found = checked(&file()).unwrap();
        assert_eq!((found.events, found.head.sequence), (3, 7));
        assert_eq!(found.findings, []);
    }

    #[test]
    fn a_change_a_gap_and_a_cut_are_found() {
        let mut changed = file();
        changed[2] = changed[2].replace("192.0.2.7", "192.0.2.8");
        assert_eq!(
            checked(&changed).unwrap().findings,
            [Finding::Altered { sequence: 6 }]
        );
        let mut gap = file();
        gap.remove(2);
        assert_eq!(
            checked(&gap).unwrap().findings,
            [Finding::Missing { from: 6, to: 6 }]
        );
        let mut cut = file();
        cut.remove(3);
        assert_eq!(
            checked(&cut).unwrap().findings,
            [Finding::EndDiffers {
                recorded: 7,
                found: 6
            }]
        );
        let mut other_beginning = file();
        other_beginning[0] = other_beginning[0].replace("4:09", "4:08");
        assert_eq!(
            checked(&other_beginning).unwrap().findings,
            [Finding::Altered { sequence: 5 }]
        );
    }

    #[test]
    fn what_is_no_export_is_refused() {
        let whole = file();
        assert!(matches!(checked(&[]), Err(Unreadable::NoBeginning)));
        assert!(matches!(checked(&whole[1..]), Err(Unreadable::NoBeginning)));
        assert!(matches!(checked(&whole[..4]), Err(Unreadable::NoEnd)));
        let mut more = whole.clone();
        more.push(whole[1].clone());
        assert!(matches!(checked(&more), Err(Unreadable::Line { line: 6 })));
        let mut odd = whole;
        odd[1] = odd[1].replace("\"kind\"", "\"kin\"");
        assert!(matches!(checked(&odd), Err(Unreadable::Line { line: 2 })));
    }
}
