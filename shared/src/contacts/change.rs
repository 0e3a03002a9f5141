//! Where a change can stand, and what becomes of it.

use super::Wanted;
use crate::policy::Contacts;
use crate::recovery::OfficerApproval;
use crate::time::{Deadline, Timestamp};
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// Where a change stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A link to confirm it goes to the new contact.
    Requested {
        /// When it lapses.
        until: Deadline,
    },
    /// The old contacts were told and can cancel it.
    Held {
        /// Since when.
        since: Timestamp,
        /// When it goes on, unless there is an [`Obstacle`]: it is applied, or the new contact is asked.
        until: Deadline,
        /// Whether the new contact has said yes to it.
        consent: Consent,
    },
    /// The hold of a signed request is over, or an officer saw the person: a link to confirm it goes to the new contact, which
    /// applies it at once. The owner can still stop it.
    Confirming {
        /// Since when it was held, or asked for at the counter.
        since: Timestamp,
        /// When it lapses.
        until: Deadline,
    },
    /// The account has the new contact.
    Applied {
        /// When.
        at: Timestamp,
    },
    /// Somebody, or something, stopped it.
    Cancelled {
        /// When.
        at: Timestamp,
        /// Who.
        by: Canceller,
    },
    /// Nobody confirmed it.
    Lapsed {
        /// When.
        at: Timestamp,
    },
    /// A newer change of the same kind took its place.
    Replaced {
        /// When.
        at: Timestamp,
    },
}

/// How a change was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Asked {
    /// In the account area, with the password in force.
    #[default]
    Session,
    /// With a request that the representative signed.
    Signature,
    /// At a counter: an officer saw the person.
    Counter,
}

/// Whether whoever reads the new contact has said yes to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Consent {
    /// With the link that went there; a removal needs none.
    Given,
    /// The link goes there after the hold.
    Awaited,
}

/// Who stopped a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Canceller {
    /// Whoever reads an old contact, with the link in the message that told of the hold.
    Link,
    /// The owner, in the account area.
    Owner,
    /// A freeze ("no fui yo").
    Freeze,
    /// A new password: whoever knew the one before may have asked for it.
    Password,
    /// The contact that was to be replaced is not the account's any more: an official record corrected it meanwhile.
    Correction,
}

/// What keeps a change held although its time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Obstacle {
    /// The account is frozen.
    Frozen,
    /// A recovery is past its identity proof: its link goes to the contact that is registered.
    Recovery,
    /// An unlocking is past its identity proof: likewise.
    Unlock,
}

/// What can happen to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The link that went to the new contact was used.
    Confirmed,
    /// It is stopped.
    Cancelled {
        /// By whom.
        by: Canceller,
    },
    /// A newer change of the same kind takes its place.
    Replaced,
    /// Its time may be over.
    TimePassed,
}

/// When something happens, and what is in the way at that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// What keeps a change of the account held.
    pub obstacle: Option<Obstacle>,
}

/// The times that changes are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How long a change waits for its confirmation.
    pub confirm: Duration,
    /// How long it is held.
    pub hold: Duration,
    /// How long a change that was held first waits for its confirmation.
    pub signed_confirm: Duration,
}

/// Why an event does not move a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The time to confirm, or to cancel, is over.
    #[error("too late")]
    Expired,
    /// It was confirmed or applied already.
    #[error("done already")]
    Done,
    /// It was stopped.
    #[error("stopped")]
    Stopped,
    /// A newer change took its place.
    #[error("replaced by a newer change")]
    Replaced,
    /// Its time is not over, or something is in the way.
    #[error("not due")]
    NotDue,
}

impl Terms {
    /// The times of a policy.
    pub fn of(policy: Contacts) -> Self {
        Self {
            confirm: Duration::from_mins(policy.confirm_minutes.into()),
            hold: Duration::from_hours(policy.hold_hours.into()),
            signed_confirm: Duration::from_hours(policy.signed_confirm_hours.into()),
        }
    }
}

impl State {
    /// A change that was just asked for.
    pub fn requested(terms: Terms, at: Timestamp) -> Self {
        Self::Requested {
            until: Deadline::after(at, terms.confirm),
        }
    }

    /// A change that is held from `at` on.
    pub fn held(consent: Consent, terms: Terms, at: Timestamp) -> Self {
        Self::Held {
            since: at,
            until: Deadline::after(at, terms.hold),
            consent,
        }
    }

    /// A change that was just asked for at a counter. The officer, who saw the person, takes the place of the hold: it is
    /// applied when the new contact confirms it; a removal, which nobody has to confirm, as soon as nothing is in the way.
    pub fn at_counter(_approval: &OfficerApproval, wanted: &Wanted, terms: Terms, at: Timestamp) -> Self {
        match wanted {
            Wanted::Email(_) | Wanted::Phone(_) => Self::Confirming {
                since: at,
                until: Deadline::after(at, terms.confirm),
            },
            Wanted::NoPhone => Self::Held {
                since: at,
                until: Deadline::at(at),
                consent: Consent::Given,
            },
        }
    }

    /// Where it stands after an event.
    ///
    /// # Errors
    /// [`Refused`] when the event does not move it; it stays where it was.
    pub fn apply(self, event: Event, terms: Terms, moment: Moment) -> Result<Self, Refused> {
        match event {
            Event::Confirmed => self.confirm(terms, moment),
            Event::Cancelled { by } => self.cancel(by, moment),
            Event::Replaced => self.replace(moment),
            Event::TimePassed => self.pass(terms, moment),
        }
    }

    /// Where it stands once time has done what it does.
    #[must_use]
    pub fn as_of(self, terms: Terms, moment: Moment) -> Self {
        self.pass(terms, moment).unwrap_or(self)
    }

    /// Whether it is under way.
    pub const fn is_pending(self) -> bool {
        match self {
            Self::Requested { .. } | Self::Held { .. } | Self::Confirming { .. } => true,
            Self::Applied { .. } | Self::Cancelled { .. } | Self::Lapsed { .. } | Self::Replaced { .. } => {
                false
            }
        }
    }

    /// When its present stage ends by itself, if it is under way and nothing is in the way.
    pub const fn deadline(self) -> Option<Deadline> {
        match self {
            Self::Requested { until } | Self::Held { until, .. } | Self::Confirming { until, .. } => {
                Some(until)
            }
            Self::Applied { .. } | Self::Cancelled { .. } | Self::Lapsed { .. } | Self::Replaced { .. } => {
                None
            }
        }
    }

    /// When it ended, if it is over.
    pub const fn ended_at(self) -> Option<Timestamp> {
        match self {
            Self::Requested { .. } | Self::Held { .. } | Self::Confirming { .. } => None,
            Self::Applied { at }
            | Self::Cancelled { at, by: _ }
            | Self::Lapsed { at }
            | Self::Replaced { at } => Some(at),
        }
    }

    fn confirm(self, terms: Terms, moment: Moment) -> Result<Self, Refused> {
        match self {
            Self::Requested { until } | Self::Confirming { until, .. } if until.has_passed(moment.at) => {
                Err(Refused::Expired)
            }
            Self::Requested { .. } => Ok(Self::held(Consent::Given, terms, moment.at)),
            // It was held its whole time: now it waits for nothing but what is in the way.
            Self::Confirming { since, .. } => match moment.obstacle {
                None => Ok(Self::Applied { at: moment.at }),
                Some(_) => Ok(Self::Held {
                    since,
                    until: Deadline::at(moment.at),
                    consent: Consent::Given,
                }),
            },
            Self::Held {
                consent: Consent::Given,
                ..
            } => Err(Refused::Done),
            Self::Held {
                consent: Consent::Awaited,
                ..
            } => Err(Refused::NotDue),
            Self::Applied { .. } | Self::Cancelled { .. } | Self::Lapsed { .. } | Self::Replaced { .. } => {
                Err(self.refusal())
            }
        }
    }

    fn cancel(self, by: Canceller, moment: Moment) -> Result<Self, Refused> {
        let cancelled = Self::Cancelled { at: moment.at, by };
        match self {
            Self::Requested { until } | Self::Confirming { until, .. } if until.has_passed(moment.at) => {
                Err(Refused::Expired)
            }
            Self::Requested { .. } | Self::Confirming { .. } => Ok(cancelled),
            Self::Held { until, consent, .. } => match (by, consent) {
                (Canceller::Link | Canceller::Owner, Consent::Given) if moment.is_due(until) => {
                    Err(Refused::Expired)
                }
                // Whatever was not applied is stopped: by the holders of links until then, by the others however late.
                (
                    Canceller::Link
                    | Canceller::Owner
                    | Canceller::Freeze
                    | Canceller::Password
                    | Canceller::Correction,
                    Consent::Given | Consent::Awaited,
                ) => Ok(cancelled),
            },
            Self::Applied { .. } | Self::Cancelled { .. } | Self::Lapsed { .. } | Self::Replaced { .. } => {
                Err(self.refusal())
            }
        }
    }

    fn replace(self, moment: Moment) -> Result<Self, Refused> {
        match self {
            Self::Requested { until } | Self::Confirming { until, .. } if until.has_passed(moment.at) => {
                Err(Refused::Expired)
            }
            Self::Held {
                until,
                consent: Consent::Given,
                ..
            } if moment.is_due(until) => Err(Refused::Expired),
            Self::Requested { .. } | Self::Held { .. } | Self::Confirming { .. } => {
                Ok(Self::Replaced { at: moment.at })
            }
            Self::Applied { .. } | Self::Cancelled { .. } | Self::Lapsed { .. } | Self::Replaced { .. } => {
                Err(self.refusal())
            }
        }
    }

    fn pass(self, terms: Terms, moment: Moment) -> Result<Self, Refused> {
        match self {
            Self::Requested { until } | Self::Confirming { until, .. } if until.has_passed(moment.at) => {
                Ok(Self::Lapsed { at: until.instant() })
            }
            Self::Held {
                since,
                until,
                consent,
            } if moment.is_due(until) => Ok(match consent {
                Consent::Given => Self::Applied { at: moment.at },
                Consent::Awaited => Self::Confirming {
                    since,
                    until: Deadline::after(moment.at, terms.signed_confirm),
                },
            }),
            Self::Requested { .. } | Self::Held { .. } | Self::Confirming { .. } => Err(Refused::NotDue),
            Self::Applied { .. } | Self::Cancelled { .. } | Self::Lapsed { .. } | Self::Replaced { .. } => {
                Err(self.refusal())
            }
        }
    }

    /// What somebody is told who comes when it is over.
    const fn refusal(self) -> Refused {
        match self {
            Self::Requested { .. } | Self::Held { .. } | Self::Confirming { .. } => Refused::NotDue,
            Self::Applied { .. } => Refused::Done,
            Self::Cancelled { .. } => Refused::Stopped,
            Self::Lapsed { .. } => Refused::Expired,
            Self::Replaced { .. } => Refused::Replaced,
        }
    }
}

impl Moment {
    /// Whether a hold until `until` is over: its time is, and nothing is in the way.
    fn is_due(self, until: Deadline) -> bool {
        self.obstacle.is_none() && until.has_passed(self.at)
    }
}
