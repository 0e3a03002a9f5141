//! What an officer may do for an account, which items each action needs and what it touches: two tables.

use super::item::words;
use super::{Item, Need, Verdict};
use crate::contacts::Wanted;
use crate::notifications::Channel;
use crate::recovery::CaseReference;
use crate::signatures::{PurposeName, ReferralNumber, Rejection};
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
    /// Follows a signed request whose verdict was indeterminate, as after a pass.
    AcceptSignature {
        /// Its number.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        number: ReferralNumber,
    },
    /// Does not follow it: its applicant is told why.
    DeclineSignature {
        /// Its number.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        number: ReferralNumber,
        /// Why.
        because: Rejection,
    },
    /// Freezes the account.
    Freeze,
    /// Lifts the freeze. The password in force goes with it.
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
        /// See [`Action::AcceptSignature`].
        AcceptSignature "accept_signature",
        /// See [`Action::DeclineSignature`].
        DeclineSignature "decline_signature",
        /// See [`Action::Freeze`].
        Freeze "freeze",
        /// See [`Action::Unfreeze`].
        Unfreeze "unfreeze",
    }
);

words!(
    /// Whether an action can be taken now, by whoever looks.
    Standing {
        /// It can.
        Offered "offered",
        /// It can, and another officer has to agree first.
        SecondOfficer "second_officer",
        /// It was asked of a second officer, who has not decided yet.
        AwaitsApproval "awaits_approval",
        /// Items are missing.
        ItemsMissing "items_missing",
        /// The account cannot have it now, whatever is presented.
        Withheld "withheld",
        /// The dossier can only be looked at.
        Closed "closed",
    }
);

words!(
    /// What an action touches, as far as two of them together would let one officer take an account.
    Reach {
        /// Where links go.
        Contact "contact",
        /// A link for a new password leaves.
        Password "password",
        /// A passkey that proves who somebody is, wherever answers alone are not enough.
        Passkey "passkey",
        /// The freeze that stops all of these.
        Freeze "freeze",
        /// None of them.
        Neither "neither",
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
            Self::AcceptSignature { .. } => ActionName::AcceptSignature,
            Self::DeclineSignature { .. } => ActionName::DeclineSignature,
            Self::Freeze => ActionName::Freeze,
            Self::Unfreeze => ActionName::Unfreeze,
        }
    }
}

impl ActionName {
    /// Which items must be accepted before. What opens something needs all five; a signed request is its own letter; a
    /// freeze only closes, and must be quick; and that nobody came, or not the one who signed, is a reason to decline.
    pub const fn needs(self) -> &'static [Item] {
        match self {
            Self::SendRecoveryLink
            | Self::SendUnlockLink
            | Self::ChangeContact
            | Self::EnrolPasskey
            | Self::Unfreeze => Item::ALL,
            Self::AcceptSignature => &[Item::Identity, Item::Ruc, Item::Appointment, Item::Representation],
            Self::Freeze => &[Item::Identity, Item::Representation],
            Self::DeclineSignature => &[],
        }
    }

    /// Which of them are not accepted; empty, if the action can be taken. What the kind of employer does not have is not missing.
    pub fn missing(self, found: impl Fn(Item) -> (Need, Verdict)) -> Vec<Item> {
        let is_missing = |item: &Item| match found(*item) {
            (Need::Required | Need::OnFile, Verdict::Open | Verdict::Rejected) => true,
            (Need::Required | Need::OnFile, Verdict::Accepted) | (Need::NotApplicable, _) => false,
        };
        self.needs().iter().copied().filter(is_missing).collect()
    }

    /// What it touches. What an accepted request touches, its own purpose says.
    pub const fn reach(self, purpose: Option<PurposeName>) -> Reach {
        match self {
            Self::SendRecoveryLink => Reach::Password,
            Self::ChangeContact => Reach::Contact,
            Self::EnrolPasskey => Reach::Passkey,
            Self::Unfreeze => Reach::Freeze,
            Self::AcceptSignature => match purpose {
                Some(PurposeName::Recovery) => Reach::Password,
                Some(PurposeName::Email | PurposeName::Phone) => Reach::Contact,
                Some(PurposeName::Unlock) | None => Reach::Neither,
            },
            Self::SendUnlockLink | Self::DeclineSignature | Self::Freeze => Reach::Neither,
        }
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
    because: Option<Rejection>,
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
            because,
        } = flat;
        let own = match (action, reference, channel, wanted, number, because) {
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
            (ActionName::AcceptSignature, None, None, None, Some(number), None) => {
                Self::AcceptSignature { number }
            }
            (ActionName::DeclineSignature, None, None, None, Some(number), Some(because)) => {
                Self::DeclineSignature { number, because }
            }
            (ActionName::Freeze, None, None, None, None, None) => Self::Freeze,
            (ActionName::Unfreeze, None, None, None, None, None) => Self::Unfreeze,
            (
                ActionName::SendRecoveryLink
                | ActionName::SendUnlockLink
                | ActionName::ChangeContact
                | ActionName::EnrolPasskey
                | ActionName::AcceptSignature
                | ActionName::DeclineSignature
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
    fn nothing_is_given_without_having_seen_who_it_is_and_whom_they_represent() {
        for name in ActionName::ALL {
            let needs = name.needs();
            let seen = needs.contains(&Item::Identity) && needs.contains(&Item::Representation);
            assert!(seen || *name == ActionName::DeclineSignature, "{name:?}");
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
            Action::AcceptSignature {
                number: number.clone(),
            },
            Action::DeclineSignature {
                number,
                because: Rejection::NotRepresentative,
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
            r#"{"action":"decline_signature","number":"F-7K3M-2Q"}"#,
            r#"{"action":"accept_signature","number":"F-7K3M-2Q","because":"withdrawn"}"#,
        ] {
            assert!(serde_json::from_str::<Action>(json).is_err(), "{json}");
        }
    }
}
