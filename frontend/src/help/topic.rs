//! What the help explains, and under which address.

use shared::api::ErrorCode;
use shared::recovery::api::StageView;
use shared::recovery::{Ending, Refusal};

/// One topic. Every message of the product leads to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// What the server, or the browser, could not do.
    Error(ErrorCode),
    /// Lifting a block.
    Unlock,
    /// A signed request.
    Signature,
    /// Why a signed request did not pass.
    Findings,
    /// The counter, and what to bring.
    Counter,
    /// Signing in.
    SignIn,
    /// "Usuario no tiene correo registrado".
    NoEmail,
    /// "Cuenta bloqueada".
    Blocked,
    /// "RUC no activo".
    Inactive,
    /// The official records contradict each other.
    Records,
    /// The owner froze the account.
    Frozen,
    /// The online recovery pauses.
    Suspended,
    /// The questions and the usual confusions.
    Questions,
    /// Spam filters and letting mails through.
    Mail,
    /// The mail server did not take the message.
    Undelivered,
    /// A case that ended without a password.
    Ended,
    /// "No fui yo".
    NotMe,
    /// Mora patronal.
    Arrears,
}

/// Under which heading a topic stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What to do today.
    Procedures,
    /// Messages of the recovery.
    Recovery,
    /// The mail and the link.
    Mail,
    /// The account and its security.
    Account,
    /// What is between browser and server.
    Technical,
}

impl Group {
    /// In the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Procedures,
        Self::Recovery,
        Self::Mail,
        Self::Account,
        Self::Technical,
    ];
}

impl Topic {
    /// The topics that are no error codes, in the order of the page.
    const OWN: [Self; 17] = [
        Self::Unlock,
        Self::Signature,
        Self::Findings,
        Self::Counter,
        Self::SignIn,
        Self::NoEmail,
        Self::Blocked,
        Self::Inactive,
        Self::Records,
        Self::Suspended,
        Self::Questions,
        Self::Ended,
        Self::Mail,
        Self::Undelivered,
        Self::Frozen,
        Self::NotMe,
        Self::Arrears,
    ];

    /// Every topic, in the order of the page within its group. A code of which a topic of its own tells has no other.
    pub fn all() -> impl Iterator<Item = Self> {
        let codes = ErrorCode::ALL.iter().copied().map(Self::from);
        Self::OWN
            .into_iter()
            .chain(codes.filter(|topic| matches!(topic, Self::Error(_))))
    }

    /// The last part of its address: a message's is its code, so that a code in a log leads here too; another topic's
    /// is a word that can be read aloud on the telephone.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Error(code) => code.as_str(),
            Self::Unlock => "desbloquear",
            Self::Signature => "firma-electronica",
            Self::Findings => "firma-no-valida",
            Self::Counter => "turno",
            Self::SignIn => "ingresar",
            Self::NoEmail => "no_email",
            Self::Blocked => "account_blocked",
            Self::Inactive => "ruc_inactive",
            Self::Records => "records_disagree",
            Self::Frozen => "account_frozen",
            Self::Suspended => "suspended",
            Self::Questions => "preguntas",
            Self::Mail => "correo",
            Self::Undelivered => "correo-no-entregado",
            Self::Ended => "recuperacion-terminada",
            Self::NotMe => "no-fui-yo",
            Self::Arrears => "mora-patronal",
        }
    }

    /// The topic with this address.
    pub fn with_slug(slug: &str) -> Option<Self> {
        Self::all().find(|topic| topic.slug() == slug)
    }

    /// Where it stands.
    pub const fn group(self) -> Group {
        match self {
            Self::Unlock | Self::Signature | Self::Findings | Self::Counter | Self::SignIn => {
                Group::Procedures
            }
            Self::NoEmail
            | Self::Blocked
            | Self::Inactive
            | Self::Records
            | Self::Suspended
            | Self::Questions
            | Self::Ended => Group::Recovery,
            Self::Mail | Self::Undelivered => Group::Mail,
            Self::Frozen | Self::NotMe | Self::Arrears => Group::Account,
            Self::Error(code) => match code {
                ErrorCode::CaseMissing
                | ErrorCode::CaseAtOtherStage
                | ErrorCode::CaseChanged
                | ErrorCode::RegistryUnavailable
                | ErrorCode::InvalidInput => Group::Recovery,
                ErrorCode::LinkInvalid
                | ErrorCode::LinkExpired
                | ErrorCode::LinkUsed
                | ErrorCode::LinkReplaced => Group::Mail,
                ErrorCode::PasswordRefused
                | ErrorCode::SignInRefused
                | ErrorCode::SignInBlocked
                | ErrorCode::SignInFrozen
                | ErrorCode::SessionMissing
                | ErrorCode::SessionUnknown
                | ErrorCode::PasskeyRefused
                | ErrorCode::PasskeyUnknown
                | ErrorCode::PasskeysFull
                | ErrorCode::OwnerOnly
                | ErrorCode::DelegateUnknown
                | ErrorCode::DelegatesFull
                | ErrorCode::ContactChangeUnknown
                | ErrorCode::ContactUnchanged
                | ErrorCode::NobodyToTell
                | ErrorCode::AccountNotBlocked
                | ErrorCode::AccountFrozen
                | ErrorCode::StaffSignInRefused
                | ErrorCode::StaffLocked
                | ErrorCode::NotYourRight
                | ErrorCode::StaffUnknown
                | ErrorCode::StaffStays
                | ErrorCode::DossierUnknown
                | ErrorCode::DossierClosed
                | ErrorCode::ItemsMissing
                | ErrorCode::NotBorneOut
                | ErrorCode::PaperUnknown
                | ErrorCode::PapersFull
                | ErrorCode::PaperOtherType
                | ErrorCode::PaperUnreadable
                | ErrorCode::PaperActive
                | ErrorCode::ActionWithheld
                | ErrorCode::ApprovalUnknown
                | ErrorCode::ApprovalOver
                | ErrorCode::ApprovalOwn
                | ErrorCode::ApprovalWaits
                | ErrorCode::ReferralUnseen
                | ErrorCode::PlaceTaken
                | ErrorCode::AppointmentOpen
                | ErrorCode::AppointmentUnknown
                | ErrorCode::AppointmentAtOtherStage
                | ErrorCode::WaitingListFull
                | ErrorCode::PlacesFree
                | ErrorCode::CentreMissing
                | ErrorCode::CounterUnknown
                | ErrorCode::CounterTaken
                | ErrorCode::CounterMissing
                | ErrorCode::OfficerServes
                | ErrorCode::NobodyWaits
                | ErrorCode::VisitUnknown
                | ErrorCode::VisitChanged
                | ErrorCode::DetailsChanged
                | ErrorCode::DocumentUnknown
                | ErrorCode::DataRequestUnknown
                | ErrorCode::DataRequestNotDone
                | ErrorCode::CurrentPasswordWrong => Group::Account,
                ErrorCode::MalformedBody
                | ErrorCode::BodyTooLarge
                | ErrorCode::UnsupportedMediaType
                | ErrorCode::OriginRefused
                | ErrorCode::NotFound
                | ErrorCode::MethodNotAllowed
                | ErrorCode::RateLimited
                | ErrorCode::CaptchaRefused
                | ErrorCode::CaptchaExpired
                | ErrorCode::Busy
                | ErrorCode::TimedOut
                | ErrorCode::Internal
                | ErrorCode::Unreachable => Group::Technical,
            },
        }
    }
}

/// A new code, refusal or ending does not compile without its topic.
impl From<ErrorCode> for Topic {
    fn from(code: ErrorCode) -> Self {
        if code == ErrorCode::AccountFrozen {
            Self::Frozen
        } else {
            Self::Error(code)
        }
    }
}

impl From<Refusal> for Topic {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoEmail => Self::NoEmail,
            Refusal::AccountBlocked => Self::Blocked,
            Refusal::RucInactive => Self::Inactive,
            Refusal::AccountFrozen => Self::Frozen,
            Refusal::RecordsDisagree(_) => Self::Records,
        }
    }
}

impl From<&StageView> for Topic {
    fn from(stage: &StageView) -> Self {
        match stage {
            StageView::Questions { .. } => Self::Questions,
            StageView::RegistryUnavailable { .. } => Self::Error(ErrorCode::RegistryUnavailable),
            StageView::Suspended { .. } => Self::Suspended,
            StageView::AwaitingSignature { .. } | StageView::StepUp { .. } => Self::Signature,
            StageView::AwaitingOfficer { .. } => Self::Counter,
            StageView::Refused { reason } => (*reason).into(),
            StageView::Sending { .. } | StageView::LinkSent { .. } => Self::Mail,
            StageView::Completed { .. } => Self::NotMe,
            StageView::Ended { ending } => (*ending).into(),
        }
    }
}

impl From<Ending> for Topic {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Lapsed | Ending::Superseded | Ending::Abandoned => Self::Ended,
            Ending::LinkExpired => Self::Error(ErrorCode::LinkExpired),
            Ending::Undelivered | Ending::Rejected => Self::Undelivered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Topic};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn addresses_are_distinct_and_lead_back() {
        for topic in Topic::all() {
            assert_eq!(Topic::with_slug(topic.slug()), Some(topic));
        }
    }

    #[test]
    fn every_group_has_topics() {
        for group in Group::ALL {
            assert!(Topic::all().any(|topic| topic.group() == group), "{group:?}");
        }
    }
}
