//! Four eyes: when a second officer has to agree, and who that can be.

use super::Reach;
use super::item::words;
use crate::accounts::FrozenBy;
use crate::identifiers::StaffId;
use crate::time::{Deadline, Timestamp};

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
        /// A second officer agreed, and whoever asked for it may carry it out, once: what is shown only once is shown to nobody else.
        Granted "granted",
        /// A second officer agreed, and it was carried out.
        Agreed "agreed",
        /// A second officer refused.
        Refused "refused",
        /// Nobody decided in time, the visit ended before, or who asked had left or was of another role by then.
        Lapsed "lapsed",
        /// A second officer agreed, and the account could not have it any more.
        Failed "failed",
    }
);

/// Whether an action needs a second officer, after what was touched for the account lately: whoever may do two of {another
/// contact, a link for a new password, a passkey} could take an account alone, in whichever order. The freeze is the brake for
/// that: whoever touched any of them does not lift it alone, and nobody lifts alone what the owner did.
pub fn eyes(reach: Reach, touched: &[Reach], frozen: Option<FrozenBy>) -> Eyes {
    let others: &[Reach] = match reach {
        Reach::Contact => &[Reach::Password, Reach::Passkey],
        Reach::Password => &[Reach::Contact, Reach::Passkey],
        Reach::Passkey => &[Reach::Contact, Reach::Password],
        Reach::Freeze if frozen == Some(FrozenBy::Owner) => return Eyes::Four,
        Reach::Freeze => &[Reach::Contact, Reach::Password, Reach::Passkey],
        Reach::Neither => &[],
    };
    if others.iter().any(|other| touched.contains(other)) {
        Eyes::Four
    } else {
        Eyes::Two
    }
}

/// Why somebody may not decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotToDecide {
    /// They asked for it themselves.
    Own,
    /// It is decided, or its time is over.
    Over,
}

/// Whether an officer may decide what another one asked for at `now`.
///
/// # Errors
/// [`NotToDecide::Own`] first: who asked is told so, however late it is.
pub fn may_decide(
    (asker, decider): (StaffId, StaffId),
    state: ApprovalState,
    deadline: Deadline,
    now: Timestamp,
) -> Result<(), NotToDecide> {
    if asker == decider {
        return Err(NotToDecide::Own);
    }
    match state {
        ApprovalState::Waiting if !deadline.has_passed(now) => Ok(()),
        ApprovalState::Waiting
        | ApprovalState::Granted
        | ApprovalState::Agreed
        | ApprovalState::Refused
        | ApprovalState::Lapsed
        | ApprovalState::Failed => Err(NotToDecide::Over),
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::dossiers::ActionName;
    use crate::signatures::PurposeName;
    use core::time::Duration;

    #[test]
    fn two_different_ones_of_the_three_need_four_eyes_in_either_order_and_nothing_else_does() {
        let three = [Reach::Contact, Reach::Password, Reach::Passkey];
        for reach in Reach::ALL {
            assert_eq!(eyes(*reach, &[], None), Eyes::Two, "{reach:?}");
            for touched in Reach::ALL {
                let opens = three.contains(reach) && reach != touched;
                let lifts = *reach == Reach::Freeze;
                let expected = if three.contains(touched) && (opens || lifts) {
                    Eyes::Four
                } else {
                    Eyes::Two
                };
                assert_eq!(
                    eyes(*reach, &[*touched], None),
                    expected,
                    "{reach:?} after {touched:?}"
                );
            }
        }
        for reach in three {
            assert_eq!(eyes(reach, Reach::ALL, None), Eyes::Four, "{reach:?}");
        }
    }

    #[test]
    fn nobody_lifts_alone_what_the_owner_froze() {
        assert_eq!(eyes(Reach::Freeze, &[], Some(FrozenBy::Owner)), Eyes::Four);
        assert_eq!(eyes(Reach::Freeze, &[], Some(FrozenBy::Officer)), Eyes::Two);
        assert_eq!(eyes(Reach::Contact, &[], Some(FrozenBy::Owner)), Eyes::Two);
    }

    #[test]
    fn an_accepted_request_reaches_as_far_as_what_it_asks_for() {
        let reach = |purpose| ActionName::AcceptSignature.reach(Some(purpose));
        assert_eq!(
            reach(PurposeName::Recovery),
            ActionName::SendRecoveryLink.reach(None)
        );
        assert_eq!(reach(PurposeName::Email), ActionName::ChangeContact.reach(None));
        assert_eq!(reach(PurposeName::Phone), ActionName::ChangeContact.reach(None));
        assert_eq!(reach(PurposeName::Unlock), Reach::Neither);
    }

    #[test]
    fn a_passkey_and_the_end_of_a_freeze_reach_somewhere() {
        assert_eq!(ActionName::EnrolPasskey.reach(None), Reach::Passkey);
        assert_eq!(ActionName::Unfreeze.reach(None), Reach::Freeze);
        assert_eq!(ActionName::Freeze.reach(None), Reach::Neither);
    }

    #[test]
    fn another_officer_decides_until_the_deadline_and_once() {
        let at = Timestamp::from_micros(1_000_000);
        let deadline = Deadline::after(at, Duration::from_mins(15));
        let [asker, other] = [1, 2].map(|seed| StaffId::new(at, [seed; 10]));
        let decide = |who, state, now| may_decide((asker, who), state, deadline, now);
        let end = at.after(Duration::from_mins(15));
        let last = end.before(Duration::from_micros(1));
        assert_eq!(decide(other, ApprovalState::Waiting, last), Ok(()));
        assert_eq!(decide(other, ApprovalState::Waiting, end), Err(NotToDecide::Over));
        assert_eq!(decide(asker, ApprovalState::Waiting, at), Err(NotToDecide::Own));
        for state in ApprovalState::ALL {
            if *state != ApprovalState::Waiting {
                assert_eq!(decide(other, *state, at), Err(NotToDecide::Over), "{state:?}");
            }
        }
    }
}
