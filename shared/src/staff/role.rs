//! Who among the staff may do what: one table, read by the server's guard and by the pages.

use serde::{Deserialize, Serialize};

/// What somebody of the staff is. Exactly one role each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Serves people at a counter or by video.
    Agent,
    /// Does what an agent does, and answers for a centre.
    Supervisor,
    /// Looks at what was done, and does nothing.
    Auditor,
    /// Keeps centres, staff and the institution's words. Sees no dossier and no secret.
    Administrator,
}

/// Something that a role may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Right {
    /// See the day's queue, call people and serve them.
    ServeQueue,
    /// Open dossiers, look at them, write into them.
    KeepDossiers,
    /// Act on an account, with a dossier.
    ActOnAccounts,
    /// Approve, as the second officer, what another one asked for.
    Approve,
    /// See figures of the centres, and export them.
    SeeReports,
    /// Search the audit log, verify and export it.
    ReadAudit,
    /// Keep a document for longer than its time, and end that.
    HoldDocuments,
    /// Answer a person's request for, or for the deletion of, what is kept about them.
    AnswerDataRequests,
    /// Import and change centres.
    KeepCentres,
    /// Invite staff, change their role, end their access.
    KeepStaff,
    /// Change the institution's name, logo and contact; see the policy.
    KeepInstitution,
}

impl Role {
    /// All roles.
    pub const ALL: &'static [Self] = &[Self::Agent, Self::Supervisor, Self::Auditor, Self::Administrator];

    /// As it stands in the database and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// The role of this name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.as_str() == word)
    }

    /// Whether the role has a right.
    pub const fn may(self, right: Right) -> bool {
        match right {
            Right::ServeQueue | Right::KeepDossiers | Right::ActOnAccounts | Right::Approve => match self {
                Self::Agent | Self::Supervisor => true,
                Self::Auditor | Self::Administrator => false,
            },
            Right::SeeReports | Right::AnswerDataRequests => match self {
                Self::Supervisor => true,
                Self::Agent | Self::Auditor | Self::Administrator => false,
            },
            Right::ReadAudit | Right::HoldDocuments => match self {
                Self::Auditor => true,
                Self::Agent | Self::Supervisor | Self::Administrator => false,
            },
            Right::KeepCentres | Right::KeepStaff | Right::KeepInstitution => match self {
                Self::Administrator => true,
                Self::Agent | Self::Supervisor | Self::Auditor => false,
            },
        }
    }
}

impl Right {
    /// All rights.
    pub const ALL: &'static [Self] = &[
        Self::ServeQueue,
        Self::KeepDossiers,
        Self::ActOnAccounts,
        Self::Approve,
        Self::SeeReports,
        Self::ReadAudit,
        Self::HoldDocuments,
        Self::AnswerDataRequests,
        Self::KeepCentres,
        Self::KeepStaff,
        Self::KeepInstitution,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_stored_under_its_name() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            assert_eq!(Role::of_word(role.as_str()), Some(*role));
        }
    }

    #[test]
    fn every_right_is_somebodys_and_nobody_both_acts_and_audits_or_administers() {
        for right in Right::ALL {
            assert!(Role::ALL.iter().any(|role| role.may(*right)), "{right:?}");
        }
        for role in Role::ALL {
            let kinds = [Right::ActOnAccounts, Right::ReadAudit, Right::KeepStaff];
            let has = kinds.iter().filter(|right| role.may(**right)).count();
            assert_eq!(has, 1, "{role:?}");
        }
    }
}
