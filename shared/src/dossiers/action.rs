//! What an officer may do for an account, and which items each action needs: one table.

use super::item::words;
use super::{Item, Need, Verdict};
use crate::contacts::Wanted;
use crate::notifications::Channel;
use crate::recovery::CaseReference;
use crate::signatures::ReferralNumber;
use serde::{Deserialize, Serialize};

/// Something an officer does for the account of a dossier. There is no action that shows or sets a password.
///
/// On the wire: `{"action": "change_contact", "wanted": {"kind": "email", "value": "…"}}`; fields of other actions are refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case", try_from = "Flat")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Action {
    /// Sends the link for a new password to the registered address, and nowhere else.
    SendRecoveryLink {
        /// The case that waits for an officer, if the person has one: what its page shows.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        reference: Option<CaseReference>,
    },
    /// Sends the link that lifts a block to a registered contact.
    SendUnlockLink {
        /// The case that waits for an officer, if the person has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        reference: Option<CaseReference>,
        /// To which contact.
        channel: Channel,
    },
    /// Gives the account another contact; it is in force when a link to it was opened, here.
    ChangeContact {
        /// What the account is to have.
        wanted: Wanted,
    },
    /// Makes the link with which one passkey is enrolled, here.
    EnrolPasskey,
    /// Decides a signed request whose verdict was indeterminate.
    DecideSignature {
        /// Its number.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        number: ReferralNumber,
        /// What the officer decides.
        decision: Decision,
    },
    /// Freezes the account.
    Freeze,
    /// Lifts the freeze.
    Unfreeze,
}

words!(
    /// The names of actions.
    ActionName {
        /// See [`Action::SendRecoveryLink`].
        SendRecoveryLink "send_recovery_link",
        /// See [`Action::SendUnlockLink`].
        SendUnlockLink "send_unlock_link",
        /// See [`Action::ChangeContact`].
        ChangeContact "change_contact",
        /// See [`Action::EnrolPasskey`].
        EnrolPasskey "enrol_passkey",
        /// See [`Action::DecideSignature`].
        DecideSignature "decide_signature",
        /// See [`Action::Freeze`].
        Freeze "freeze",
        /// See [`Action::Unfreeze`].
        Unfreeze "unfreeze",
    }
);

words!(
    /// What is decided about an indeterminate signature.
    Decision {
        /// It counts as the person's: the case goes on.
        Accept "accept",
        /// It does not: the case ends, and its applicant is told why.
        Reject "reject",
    }
);

words!(
    /// Whether an action can be taken now.
    Standing {
        /// It can.
        Offered "offered",
        /// It can, and another officer has to agree first.
        SecondOfficer "second_officer",
        /// Items are missing.
        ItemsMissing "items_missing",
        /// It cannot, whatever is presented.
        Withheld "withheld",
    }
);

words!(
    /// Why an action cannot be taken, whatever is presented.
    Withheld {
        /// Another officer serves the visit.
        NotYours "not_yours",
        /// The visit is not being served (any more).
        VisitOver "visit_over",
        /// This employer and branch have no account.
        NoAccount "no_account",
        /// The account has no address to send to.
        NoAddress "no_address",
        /// The account is blocked: that is lifted first.
        Blocked "blocked",
        /// The account is not blocked.
        NotBlocked "not_blocked",
        /// The account is frozen.
        Frozen "frozen",
        /// The account is not frozen.
        NotFrozen "not_frozen",
        /// The same was asked of a second officer, who has not decided yet.
        AwaitsApproval "awaits_approval",
    }
);

impl Action {
    /// Its name.
    pub const fn name(&self) -> ActionName {
        match self {
            Self::SendRecoveryLink { .. } => ActionName::SendRecoveryLink,
            Self::SendUnlockLink { .. } => ActionName::SendUnlockLink,
            Self::ChangeContact { .. } => ActionName::ChangeContact,
            Self::EnrolPasskey => ActionName::EnrolPasskey,
            Self::DecideSignature { .. } => ActionName::DecideSignature,
            Self::Freeze => ActionName::Freeze,
            Self::Unfreeze => ActionName::Unfreeze,
        }
    }
}

impl ActionName {
    /// Which items must be accepted before. What opens something needs all five; a signed request is its own letter; a
    /// freeze only closes, and must be quick.
    pub const fn needs(self) -> &'static [Item] {
        match self {
            Self::SendRecoveryLink
            | Self::SendUnlockLink
            | Self::ChangeContact
            | Self::EnrolPasskey
            | Self::Unfreeze => Item::ALL,
            Self::DecideSignature => &[Item::Identity, Item::Ruc, Item::Appointment, Item::Representation],
            Self::Freeze => &[Item::Identity, Item::Representation],
        }
    }

    /// Which of them are not accepted; empty, if the action can be taken. What the kind of employer does not have is not missing.
    pub fn missing(self, found: impl Fn(Item) -> (Need, Verdict)) -> Vec<Item> {
        let is_missing = |item: &Item| match found(*item) {
            (Need::Required, Verdict::Open | Verdict::Rejected) => true,
            (Need::Required, Verdict::Accepted) | (Need::NotApplicable, _) => false,
        };
        self.needs().iter().copied().filter(is_missing).collect()
    }
}

/// How [`Action`] is read; see `recovery/flat.rs` for why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Flat {
    action: ActionName,
    reference: Option<CaseReference>,
    channel: Option<Channel>,
    wanted: Option<Wanted>,
    number: Option<ReferralNumber>,
    decision: Option<Decision>,
}

/// Fails with the text of a code, as all our types do.
impl TryFrom<Flat> for Action {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, &'static str> {
        let Flat {
            action,
            reference,
            channel,
            wanted,
            number,
            decision,
        } = flat;
        let own = match (action, reference, channel, wanted, number, decision) {
            (ActionName::SendRecoveryLink, reference, None, None, None, None) => {
                Self::SendRecoveryLink { reference }
            }
            (ActionName::SendUnlockLink, reference, Some(channel), None, None, None) => {
                Self::SendUnlockLink { reference, channel }
            }
            (ActionName::ChangeContact, None, None, Some(wanted), None, None) => {
                Self::ChangeContact { wanted }
            }
            (ActionName::EnrolPasskey, None, None, None, None, None) => Self::EnrolPasskey,
            (ActionName::DecideSignature, None, None, None, Some(number), Some(decision)) => {
                Self::DecideSignature { number, decision }
            }
            (ActionName::Freeze, None, None, None, None, None) => Self::Freeze,
            (ActionName::Unfreeze, None, None, None, None, None) => Self::Unfreeze,
            (
                ActionName::SendRecoveryLink
                | ActionName::SendUnlockLink
                | ActionName::ChangeContact
                | ActionName::EnrolPasskey
                | ActionName::DecideSignature
                | ActionName::Freeze
                | ActionName::Unfreeze,
                ..,
            ) => return Err("malformed"),
        };
        Ok(own)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    const REQUIRED: Need = Need::Required;

    #[test]
    fn an_action_misses_exactly_what_it_needs_and_nobody_accepted() {
        for name in ActionName::ALL {
            for verdict in [Verdict::Open, Verdict::Rejected] {
                assert_eq!(name.missing(|_| (REQUIRED, verdict)), name.needs(), "{name:?}");
            }
            assert!(
                name.missing(|_| (REQUIRED, Verdict::Accepted)).is_empty(),
                "{name:?}"
            );
            for item in Item::ALL {
                let all_but = |one| {
                    let verdict = if one == *item {
                        Verdict::Open
                    } else {
                        Verdict::Accepted
                    };
                    (REQUIRED, verdict)
                };
                let expected: &[Item] = if name.needs().contains(item) {
                    core::slice::from_ref(item)
                } else {
                    &[]
                };
                assert_eq!(name.missing(all_but), expected, "{name:?} {item:?}");
            }
        }
    }

    #[test]
    fn nothing_is_done_without_having_seen_who_it_is_and_whom_they_represent() {
        for name in ActionName::ALL {
            assert!(name.needs().contains(&Item::Identity), "{name:?}");
            assert!(name.needs().contains(&Item::Representation), "{name:?}");
        }
    }

    #[test]
    fn what_does_not_apply_is_not_missing() {
        let but_ruc = |item| match item {
            Item::Ruc => (Need::NotApplicable, Verdict::Open),
            Item::Identity | Item::Appointment | Item::Letter | Item::Representation => {
                (REQUIRED, Verdict::Accepted)
            }
        };
        assert!(ActionName::SendRecoveryLink.missing(but_ruc).is_empty());
    }

    #[test]
    fn actions_read_back_and_fields_of_another_are_refused() {
        let number: ReferralNumber = serde_json::from_str("\"F-7K3M-2Q\"").unwrap();
        let actions = [
            Action::SendRecoveryLink {
                reference: Some("ACDE".parse().unwrap()),
            },
            Action::SendRecoveryLink { reference: None },
            Action::SendUnlockLink {
                reference: None,
                channel: Channel::Sms,
            },
            Action::ChangeContact {
                wanted: Wanted::Email("maria@empresa.ec".parse().unwrap()),
            },
            Action::EnrolPasskey,
            Action::DecideSignature {
                number,
                decision: Decision::Reject,
            },
            Action::Freeze,
            Action::Unfreeze,
        ];
        for action in actions {
            let json = serde_json::to_string(&action).unwrap();
            assert_eq!(serde_json::from_str::<Action>(&json).unwrap(), action, "{json}");
        }
        for json in [
            r#"{"action":"freeze","reference":"ACDE"}"#,
            r#"{"action":"send_unlock_link"}"#,
            r#"{"action":"change_contact"}"#,
            r#"{"action":"set_password"}"#,
            r#"{"action":"decide_signature","number":"F-7K3M-2Q"}"#,
        ] {
            assert!(serde_json::from_str::<Action>(json).is_err(), "{json}");
        }
    }
}
