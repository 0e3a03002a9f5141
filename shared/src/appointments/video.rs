//! The room of an appointment by video: a name nobody can guess, and when it is told.

use super::Place;
use crate::policy::Policy;
use crate::time::{Deadline, Timestamp};
use core::fmt::Write as _;
use core::time::Duration;

/// A room's name: 128 random bits, as 32 hexadecimal digits behind a word. Whoever knows it can come in.
#[derive(Clone, PartialEq, Eq)]
pub struct Room([u8; 16]);

impl Room {
    /// The room that these random bytes name.
    pub const fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// For storing.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The room's address: the provider's template with the name in the place of `{room}`. Told to nobody outside of
    /// [`video_window`].
    pub fn address(&self, template: &str) -> String {
        let mut name = String::from("turno-");
        for byte in self.0 {
            let _ = write!(name, "{byte:02x}");
        }
        template.replace("{room}", &name)
    }
}

impl core::fmt::Debug for Room {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Room(••••)")
    }
}

/// From when until when a room's address is told, to both sides.
pub fn video_window(policy: &Policy, place: &Place) -> (Timestamp, Deadline) {
    let minutes = |count: u16| Duration::from_mins(count.into());
    (
        place
            .starts_at
            .before(minutes(policy.appointments.video_before_minutes)),
        Deadline::after(place.ends_at, minutes(policy.appointments.video_after_minutes)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_in_its_address_and_not_in_debug() {
        let room = Room::new([0xab; 16]);
        assert_eq!(
            room.address("https://meet.example/{room}#config"),
            format!("https://meet.example/turno-{}#config", "ab".repeat(16))
        );
        assert!(!format!("{room:?}").contains("ab"));
    }
}
