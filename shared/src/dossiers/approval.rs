//! Four eyes: when a second officer has to agree, and who that can be.

use super::ActionName;
use super::item::words;

/// How many officers an action needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// The one who serves the visit.
    Two,
    /// That one, and another who agrees.
    Four,
}

words!(
    /// Where an approval stands.
    ApprovalState {
        /// It waits for a second officer.
        Waiting "waiting",
        /// A second officer agreed, and it was carried out.
        Agreed "agreed",
        /// A second officer refused.
        Refused "refused",
        /// Nobody decided in time, or the visit ended before.
        Lapsed "lapsed",
        /// A second officer agreed, and the account could not have it any more.
        Failed "failed",
    }
);

/// Whether an action needs a second officer, after what was `done` for the account lately: whoever may change where links go
/// and send one could take an account alone. The order of the two does not matter.
pub fn eyes(action: ActionName, done: &[ActionName]) -> Eyes {
    let other = match action {
        ActionName::SendRecoveryLink => ActionName::ChangeContact,
        ActionName::ChangeContact => ActionName::SendRecoveryLink,
        ActionName::SendUnlockLink
        | ActionName::EnrolPasskey
        | ActionName::DecideSignature
        | ActionName::Freeze
        | ActionName::Unfreeze => return Eyes::Two,
    };
    if done.contains(&other) {
        Eyes::Four
    } else {
        Eyes::Two
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_the_pair_needs_four_eyes_in_either_order_and_nothing_else_does() {
        let pair = [ActionName::ChangeContact, ActionName::SendRecoveryLink];
        for action in ActionName::ALL {
            assert_eq!(eyes(*action, &[]), Eyes::Two, "{action:?}");
            for done in ActionName::ALL {
                let expected = if action != done && pair.contains(action) && pair.contains(done) {
                    Eyes::Four
                } else {
                    Eyes::Two
                };
                assert_eq!(eyes(*action, &[*done]), expected, "{action:?} after {done:?}");
            }
        }
        assert_eq!(eyes(ActionName::SendRecoveryLink, ActionName::ALL), Eyes::Four);
    }
}
