//! The endpoints of recovering a password, from the identification to the new password.

use crate::captcha::Solution;
use crate::challenges::{Answer, Question};
use crate::i18n::Language;
use crate::identifiers::{Branch, EmployerIdentifier, MaskedEmail, RepresentativeId};
use crate::notifications::Delivery;
use crate::passkeys::browser::{AuthenticationResponse, RequestOptions};
use crate::passwords::Rules;
use crate::registries::Registry;
use crate::secrets::Secret;
use crate::step_up::Reason;
use crate::time::{Deadline, Timestamp};
use crate::{endpoint, recovery};
use serde::{Deserialize, Serialize};

pub use recovery::{CaseReference, Correction, Ending, Refusal, Route};

endpoint!(
    /// Opens a case for this browser (cookie). Answers alike for identifiers known and unknown.
    Identify, Post "/recoveries", "Open a recovery case for an employer.", Identification => CaseView
);
endpoint!(
    /// The case of this browser, wherever it stands.
    CurrentCase, Get "/recovery", "Show this browser's recovery case.", () => CaseView
);
endpoint!(
    /// Judges all answers together. Which one was wrong is never told.
    AnswerQuestions, Post "/recovery/answers", "Answer the case's questions.", Answers => CaseView
);
endpoint!(
    /// Asks a registry again that did not answer before.
    Resume, Post "/recovery/resume", "Resume a case that waited for a registry.", Empty => CaseView
);
endpoint!(
    /// Goes on by another of the routes that the case's view names.
    ChooseRoute, Post "/recovery/route", "Go on by another route.", RouteChoice => CaseView
);
endpoint!(
    /// Draws a fresh challenge for the passkey, where the one before it is too old or was used. It costs no attempt.
    RenewChallenge, Post "/recovery/challenge", "Draw a fresh challenge for the passkey.", Empty => CaseView
);
endpoint!(
    /// Judges what the passkey signed. A refused one leaves the case where it is, with a fresh challenge and one attempt
    /// less; why it was refused is not told.
    AssertPasskey, Post "/recovery/assertion", "Show a passkey for the case.", Assertion => CaseView
);
endpoint!(
    /// Ends this browser's case and forgets its cookie.
    Abandon, Post "/recovery/abandon", "Abandon this browser's case.", Empty => Empty
);
endpoint!(
    /// Looks at a link without using it up: scanners that run JavaScript come this far.
    InspectLink, Post "/reset/inspect", "Show what a recovery link is good for.", LinkToken => LinkView
);
endpoint!(
    /// Opens a link under `window = "redeem"`: from here the person has the redeem time. Never called without a click.
    RedeemLink, Post "/reset/redeem", "Open a recovery link, where the policy asks it.", LinkToken => LinkView
);
endpoint!(
    /// Uses the link up and sets the password: exactly once.
    ResetPassword, Post "/reset", "Set the new password with a recovery link.", Reset => ResetDone
);

/// Where the browser hears of changes: server-sent events, each a [`CaseView`] as JSON with the event name `case`.
pub const EVENTS_PATH: &str = "/recovery/events";

/// Nothing, as a JSON object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// Who asks for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Identification {
    /// RUC, or the cédula of a household employer.
    pub employer: EmployerIdentifier,
    /// `0001` unless told otherwise.
    #[serde(default)]
    pub branch: Branch,
    /// The representative's cédula or foreigner code.
    pub representative: RepresentativeId,
    /// The language of the mails.
    pub language: Language,
    /// A solved captcha for the employer's identifier.
    pub captcha: Solution,
}

/// All answers, in the order of the questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// One an asked question.
    pub answers: Vec<Answer>,
}

/// The route by which somebody wants to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RouteChoice {
    /// One of the [`CaseView::routes`].
    pub route: Route,
}

/// What a passkey signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    /// What `navigator.credentials.get` gave.
    pub assertion: AuthenticationResponse,
}

/// What a passkey is to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyChallenge {
    /// What `navigator.credentials.get` is to be given.
    pub options: RequestOptions,
    /// When the challenge ends: from then on a fresh one is needed ([`RenewChallenge`]).
    pub expires: Deadline,
}

/// A case as its browser may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseView {
    /// What to quote when asking for help; also in the mail.
    pub reference: CaseReference,
    /// The server's time when it answered.
    pub now: Timestamp,
    /// Where the case stands.
    pub stage: StageView,
    /// The other routes on which the case may go on from here, the best first. The same for everybody at this stage.
    pub routes: Vec<Route>,
}

/// Where a case stands. The recovery page is a `match` on this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case", try_from = "super::flat::FlatStage")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StageView {
    /// The questions are to be answered.
    Questions {
        /// What is asked.
        questions: Vec<Question>,
        /// How many failed attempts count against the identifier now.
        failures: u8,
        /// How many attempts are left.
        attempts_left: u8,
        /// When the case lapses if nothing is answered.
        deadline: Deadline,
    },
    /// A registry did not answer; no attempt was spent. The questions, if they were asked already, stay the same.
    RegistryUnavailable {
        /// Which one.
        registry: Registry,
        /// When another try makes sense.
        retry_at: Timestamp,
    },
    /// The online recovery of the identifier pauses.
    Suspended {
        /// When it ends by itself.
        until: Timestamp,
    },
    /// The case goes on with a request that is signed electronically. Also the beginning where no questions are asked.
    AwaitingSignature {
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The case goes on at a counter.
    AwaitingOfficer {
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The identity is proved and the way online ends here.
    Refused {
        /// Why.
        reason: Refusal,
    },
    /// The answers are right, and the link is not enough: a passkey is asked for too, or one of the other routes.
    StepUp {
        /// Why. Never none; each has its own words.
        reasons: Vec<Reason>,
        /// What a passkey is to sign; absent if the account has none, or if none is accepted any more.
        passkey: Option<PasskeyChallenge>,
        /// How many more assertions are accepted.
        attempts_left: u8,
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The identity is proved; the mail is on its way and the clock has not started.
    Sending {
        /// Where it goes.
        address: MaskedEmail,
        /// How far it has come.
        delivery: Delivery,
        /// When the case gives up waiting for the mail server.
        deadline: Deadline,
    },
    /// The mail server has taken the message over: the clock runs.
    LinkSent {
        /// Where it went.
        address: MaskedEmail,
        /// How far it has come.
        delivery: Delivery,
        /// When the link ends.
        deadline: Deadline,
        /// How long a link lives in all, in seconds.
        total: u32,
    },
    /// The password is set.
    Completed {
        /// When.
        at: Timestamp,
        /// The same person's other accounts (the household's beside the own RUC's), masked.
        linked: Vec<String>,
    },
    /// The case is over without a new password.
    Ended {
        /// Why.
        ending: Ending,
    },
}

/// A link's token: 32 bytes in base64url, from the fragment of the link's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    /// The token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: Secret<String>,
}

/// What a link is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkView {
    /// The case's reference, as on the first page and in the mail.
    pub reference: CaseReference,
    /// The server's time when it answered.
    pub now: Timestamp,
    /// When the link ends.
    pub deadline: Deadline,
    /// The whole time it had, in seconds.
    pub total: u32,
    /// Whether a click must open it first (`window = "redeem"`).
    pub must_redeem: bool,
    /// The employer, masked.
    pub employer: String,
    /// The rules for the new password.
    pub rules: Rules,
    /// Pieces that the password must not contain (names, identifiers, e-mail); for the live checklist.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub personal: Vec<Secret<String>>,
}

/// The new password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reset {
    /// The link's token.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub token: Secret<String>,
    /// The new password.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub password: Secret<String>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetDone {
    /// The case's reference.
    pub reference: CaseReference,
    /// The employer, masked.
    pub employer: String,
    /// When the password was set.
    pub at: Timestamp,
    /// The same person's other accounts (the household's beside the own RUC's), masked. Their passwords stay.
    pub linked: Vec<String>,
}
