//! Seals: how an event is bound to everything before it.

use crate::audit::store::EventRow;
use crate::keys::{Digest, Keys, Purpose};

/// The seal of `row` at place `sequence` after an event whose seal is `previous`.
///
/// Every column takes part, each with its length; an absent value differs from an empty one.
pub fn seal(keys: &Keys, previous: &Digest, sequence: i64, row: &EventRow) -> Digest {
    let (sequence, at) = (sequence.to_be_bytes(), row.at.to_be_bytes());
    let account = optional(row.account_id.as_ref().map(|id| id.as_bytes().as_slice()));
    let case = optional(row.case_id.as_ref().map(|id| id.as_bytes().as_slice()));
    let identifier = optional(row.identifier.as_deref());
    let source = optional(row.source.as_deref().map(str::as_bytes));
    let mut parts: Vec<&[u8]> = vec![
        previous,
        &sequence,
        row.id.as_bytes(),
        &at,
        row.kind.as_bytes(),
        row.actor.as_bytes(),
        &account,
        &case,
        &identifier,
        &source,
        row.detail.as_bytes(),
    ];
    // Events of before there were delegates, and those of nobody's, have no such part.
    if let Some(delegate) = &row.delegate_id {
        parts.push(delegate.as_bytes());
    }
    // The same of events of before devices were remembered. Always two, so that their number tells which they are.
    let browser = optional(row.browser.as_deref().map(str::as_bytes));
    let system = optional(row.system.as_deref().map(str::as_bytes));
    if row.browser.is_some() || row.system.is_some() {
        parts.extend([browser.as_slice(), system.as_slice()]);
    }
    // The same of events of before there was staff. Named, so that it is never taken for a delegate.
    if let Some(staff) = &row.staff_id {
        parts.extend([b"staff".as_slice(), staff.as_bytes(), b""]);
    }
    keys.digest(Purpose::Audit, &parts)
}

fn optional(value: Option<&[u8]>) -> Vec<u8> {
    match value {
        None => vec![0],
        Some(bytes) => [&[1], bytes].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hexadecimal::Hexadecimal;
    use shared::secrets::Secret;
    use uuid::Uuid;

    fn row() -> EventRow {
        EventRow {
            id: Uuid::from_u128(1),
            at: 5,
            kind: "opened".into(),
            actor: "visitor".into(),
            account_id: None,
            case_id: Some(Uuid::from_u128(2)),
            identifier: None,
            delegate_id: None,
            source: Some("192.0.2.7".into()),
            browser: None,
            system: None,
            staff_id: None,
            detail: "{}".into(),
            sequence: None,
            seal: None,
        }
    }

    #[test]
    fn every_part_of_a_row_changes_its_seal() {
        let keys = Keys::new(Secret::new([7; 32]));
        let original = seal(&keys, &[0; 32], 1, &row());
        assert_eq!(original, seal(&keys, &[0; 32], 1, &row()));
        assert_ne!(original, seal(&keys, &[1; 32], 1, &row()), "previous seal");
        assert_ne!(original, seal(&keys, &[0; 32], 2, &row()), "sequence");
        assert_ne!(
            original,
            seal(&Keys::new(Secret::new([8; 32])), &[0; 32], 1, &row()),
            "key"
        );
        let changes: [fn(&mut EventRow); 13] = [
            |row| row.id = Uuid::from_u128(3),
            |row| row.at += 1,
            |row| row.kind.push('x'),
            |row| row.actor = "system".into(),
            |row| row.account_id = Some(Uuid::nil()),
            |row| row.case_id = None,
            |row| row.identifier = Some(Vec::new()),
            |row| row.source = None,
            |row| row.delegate_id = Some(Uuid::nil()),
            |row| row.browser = Some("chrome".into()),
            |row| row.system = Some("chrome".into()),
            |row| row.staff_id = Some(Uuid::nil()),
            |row| row.detail = "{ }".into(),
        ];
        for (number, change) in changes.iter().enumerate() {
            let mut other = row();
            change(&mut other);
            assert_ne!(original, seal(&keys, &[0; 32], 1, &other), "change {number}");
        }
    }

    #[test]
    fn what_is_absent_from_an_event_is_absent_from_its_seal() {
        let keys = Keys::new(Secret::new([7; 32]));
        let of = |change: fn(&mut EventRow)| {
            let mut row = row();
            change(&mut row);
            Hexadecimal(&seal(&keys, &[0; 32], 1, &row)).to_string()
        };
        // As the versions before delegates, and before devices, sealed these events.
        assert_eq!(
            of(|_| ()),
            "efd94f84316d43d256373c88c83032c05c37aa4b531186542bfa74a615defd5e"
        );
        assert_eq!(
            of(|row| row.delegate_id = Some(Uuid::from_u128(4))),
            "0b29a028ea1888be3344ad1ec1214ebfb0e89709b4bfe22e10edb4cac8cbe6b4"
        );
    }
}
