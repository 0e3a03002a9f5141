//! What the server answers when it does not do what was asked: RFC 9457, with an enum instead of prose.

use crate::accounts::NotDone;
use crate::passwords::Violation;
use crate::registries::Registry;
use serde::{Deserialize, Serialize};

/// `application/problem+json`. It holds no sentence: the browser words [`ErrorCode`] and [`FieldCode`] in its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The HTTP status, repeated as RFC 9457 asks.
    pub status: u16,
    /// What went wrong.
    pub code: ErrorCode,
    /// Which fields, when the body was at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Which password rules were broken; only with [`ErrorCode::PasswordRefused`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
    /// Why an officer's act was not done; only with [`ErrorCode::ActionWithheld`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_done: Option<NotDone>,
    /// Which registry did not answer; only with [`ErrorCode::RegistryUnavailable`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry: Option<Registry>,
    /// Seconds after which another try makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// A reference to quote to the operator: the request's id in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl Problem {
    /// A problem that is only its code, with the status that belongs to it.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            status: code.status(),
            code,
            fields: Vec::new(),
            violations: Vec::new(),
            not_done: None,
            registry: None,
            retry_after: None,
            reference: None,
        }
    }

    /// Names one field of the body as the cause.
    pub fn field(field: &str, code: FieldCode) -> Self {
        let mut problem = Self::new(ErrorCode::InvalidInput);
        problem.fields.push(FieldProblem {
            field: field.to_owned(),
            code,
        });
        problem
    }
}

/// A field of a body and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The path of the field in the body, for example `answers[1].date`.
    pub field: String,
    /// What is wrong.
    pub code: FieldCode,
}

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $text:tt $(= $status:literal)?),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every one of them, for tables and coverage tests.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it stands in bodies and in help addresses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        codes!(@status $name $($variant $($status)?),+);
    };
    (@status $name:ident $($variant:ident $status:literal),+) => {
        impl $name {
            /// The HTTP status that goes with the code.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }
        }
    };
    (@status $name:ident $($variant:ident),+) => {};
}

codes!(
    /// Everything the server refuses with. Each has a message in every language and an entry on the help page.
    ErrorCode {
        /// The body is not JSON of the expected shape.
        MalformedBody "malformed_body" = 400,
        /// Fields of the body break a rule; they are listed.
        InvalidInput "invalid_input" = 422,
        /// The body is larger than allowed.
        BodyTooLarge "body_too_large" = 413,
        /// The body is not `application/json`.
        UnsupportedMediaType "unsupported_media_type" = 415,
        /// The request comes from a page of another origin, or names none.
        OriginRefused "origin_refused" = 403,
        /// No such address under `/api`.
        NotFound "not_found" = 404,
        /// The address exists, not with this method.
        MethodNotAllowed "method_not_allowed" = 405,
        /// Too many requests from this source, about this identifier or to this destination.
        RateLimited "rate_limited" = 429,
        /// The captcha's solution is wrong, was used before, or belongs to something else.
        CaptchaRefused "captcha_refused" = 403,
        /// The captcha's challenge is too old.
        CaptchaExpired "captcha_expired" = 403,
        /// This browser has no open case (none begun, or ended long ago).
        CaseMissing "case_missing" = 404,
        /// The case is at a stage where this cannot be done.
        CaseAtOtherStage "case_at_other_stage" = 409,
        /// Somebody else changed the case meanwhile; load it again.
        CaseChanged "case_changed" = 409,
        /// An official registry does not answer.
        RegistryUnavailable "registry_unavailable" = 503,
        /// The link is not one of ours.
        LinkInvalid "link_invalid" = 404,
        /// The link's time is over.
        LinkExpired "link_expired" = 410,
        /// The link has been used.
        LinkUsed "link_used" = 410,
        /// A newer link replaced this one.
        LinkReplaced "link_replaced" = 410,
        /// The new password breaks rules; they are listed.
        PasswordRefused "password_refused" = 422,
        /// The sign-in was refused: a wrong number, branch or password, or too many tries. Which one is not told.
        SignInRefused "sign_in_refused" = 403,
        /// The password was right, and the account is blocked for browsers that it does not know.
        SignInBlocked "sign_in_blocked" = 403,
        /// The password was right, and the owner froze the account.
        SignInFrozen "sign_in_frozen" = 403,
        /// Nobody is signed in here: never, not any more, or the session is over.
        SessionMissing "session_missing" = 401,
        /// The account has no such session (any more).
        SessionUnknown "session_unknown" = 404,
        /// The password in force, asked for before a change, was wrong.
        CurrentPasswordWrong "current_password_wrong" = 403,
        /// The device's answer was not accepted. Why is not told.
        PasskeyRefused "passkey_refused" = 403,
        /// The account has no such passkey (any more).
        PasskeyUnknown "passkey_unknown" = 404,
        /// The account has as many passkeys as it can have.
        PasskeysFull "passkeys_full" = 409,
        /// Only the owner of the account may do this, and a delegate is signed in.
        OwnerOnly "owner_only" = 403,
        /// The account has no such delegate (any more).
        DelegateUnknown "delegate_unknown" = 404,
        /// The account has as many delegates as it may have.
        DelegatesFull "delegates_full" = 409,
        /// The account has no such change of a contact under way (any more).
        ContactChangeUnknown "contact_change_unknown" = 404,
        /// The contact that was asked for is the account's already.
        ContactUnchanged "contact_unchanged" = 409,
        /// The account has no contact that could be told of the change, so it is for the counter.
        NobodyToTell "nobody_to_tell" = 409,
        /// There is nothing to unblock: the account is not blocked (any more).
        AccountNotBlocked "account_not_blocked" = 409,
        /// The owner froze the account meanwhile ("no fui yo").
        AccountFrozen "account_frozen" = 409,
        /// The sign-in to the desk was refused: a wrong address, password or second factor, or too many tries. Which one is not told.
        StaffSignInRefused "staff_sign_in_refused" = 403,
        /// The desk is locked: its officer locked it, or nobody used it for a while.
        StaffLocked "staff_locked" = 403,
        /// Whoever is signed in at the desk has a role without this right.
        NotYourRight "not_your_right" = 403,
        /// There is no such member of the staff (any more).
        StaffUnknown "staff_unknown" = 404,
        /// Nobody changes or ends themselves, and one administrator stays.
        StaffStays "staff_stays" = 409,
        /// There is no such dossier (any more).
        DossierUnknown "dossier_unknown" = 404,
        /// The visit of the dossier is not being served, or another officer serves it: it can only be looked at.
        DossierClosed "dossier_closed" = 409,
        /// Items that the action needs are not accepted.
        ItemsMissing "items_missing" = 409,
        /// What was looked up does not say so, or was not looked up here, or no file came: the item cannot be accepted this way.
        NotBorneOut "not_borne_out" = 409,
        /// There is no such paper, or no place for one.
        PaperUnknown "paper_unknown" = 404,
        /// The dossier has as many papers as it can have.
        PapersFull "papers_full" = 409,
        /// The file is no PDF, JPEG or PNG, whatever its name says.
        PaperOtherType "paper_other_type" = 422,
        /// The file is damaged, protected by a password, or too large when unpacked.
        PaperUnreadable "paper_unreadable" = 422,
        /// The PDF does something by itself, or carries other files.
        PaperActive "paper_active" = 422,
        /// The account cannot have this now; the dossier says why.
        ActionWithheld "action_withheld" = 409,
        /// There is no such approval.
        ApprovalUnknown "approval_unknown" = 404,
        /// The approval was decided, is too late, or its visit is over.
        ApprovalOver "approval_over" = 409,
        /// Nobody agrees to what they asked for themselves.
        ApprovalOwn "approval_own" = 403,
        /// The same action was asked of a second officer with other content, and waits.
        ApprovalWaits "approval_waits" = 409,
        /// Nobody decides about a signed request that they have not looked at in this dossier.
        ReferralUnseen "referral_unseen" = 409,
        /// Somebody else has the place meanwhile, or it is not given out any more.
        PlaceTaken "place_taken" = 409,
        /// The person has as many open appointments for this procedure as one can have.
        AppointmentOpen "appointment_open" = 409,
        /// No appointment has this code and this person, or this browser looks after none.
        AppointmentUnknown "appointment_unknown" = 404,
        /// The appointment is at a stage where this cannot be done.
        AppointmentAtOtherStage "appointment_at_other_stage" = 409,
        /// The waiting list takes nobody more.
        WaitingListFull "waiting_list_full" = 409,
        /// The centre has free places: nobody needs to wait.
        PlacesFree "places_free" = 409,
        /// Whoever is signed in works at every centre and has not said at which one today.
        CentreMissing "centre_missing" = 409,
        /// The centre has no such counter, or whoever is signed in does not work there.
        CounterUnknown "counter_unknown" = 404,
        /// Another officer has somebody at that counter.
        CounterTaken "counter_taken" = 409,
        /// Whoever calls somebody sits at a counter, and this officer has chosen none today.
        CounterMissing "counter_missing" = 409,
        /// This officer called or serves somebody already.
        OfficerServes "officer_serves" = 409,
        /// Nobody waits to be called.
        NobodyWaits "nobody_waits" = 409,
        /// The centre has no such visit today.
        VisitUnknown "visit_unknown" = 404,
        /// Another officer has the visit meanwhile, or it stands elsewhere; load the queue again.
        VisitChanged "visit_changed" = 409,
        /// Somebody else saved the same details since they were shown; look at them as they are now.
        DetailsChanged "details_changed" = 409,
        /// There is no such document, or it does not stand where the act expects it.
        DocumentUnknown "document_unknown" = 404,
        /// No data request of this kind is open under this id.
        DataRequestUnknown "data_request_unknown" = 404,
        /// What the request asks for was not done yet, so it cannot be closed as answered.
        DataRequestNotDone "data_request_not_done" = 409,
        /// The server works at its limit.
        Busy "busy" = 503,
        /// The request took too long.
        TimedOut "timed_out" = 504,
        /// Our fault; the reference finds the cause in the log.
        Internal "internal" = 500,
        /// Never sent by the server: the browser could not reach it.
        Unreachable "unreachable" = 0,
    }
);

codes!(
    /// What can be wrong with a field.
    FieldCode {
        /// It is missing or empty.
        Missing "missing",
        /// It is not of the expected form.
        Malformed "malformed",
        /// It has the wrong number of characters or digits.
        Length "length",
        /// It has characters other than 0 to 9.
        NotDigits "not_digits",
        /// It has digits of another script (full-width and the like).
        ForeignDigits "foreign_digits",
        /// Its first two digits are no province.
        Province "province",
        /// Its third digit belongs to no kind of number.
        ThirdDigit "third_digit",
        /// The establishment suffix is 000.
        Suffix "suffix",
        /// It is the number of the anonymous final consumer.
        FinalConsumer "final_consumer",
        /// The check digit does not hold.
        CheckDigit "check_digit",
        /// No such year, or out of range.
        Year "year",
        /// No such month.
        Month "month",
        /// No such day in that month.
        Day "day",
        /// It is not one of the choices offered.
        NotOffered "not_offered",
        /// It is longer than allowed.
        TooLong "too_long",
        /// It has characters that are not allowed.
        Characters "characters",
        /// It is before or after what is allowed.
        OutOfRange "out_of_range",
        /// Somebody with this number is a delegate of the account already.
        AlreadyDelegate "already_delegate",
        /// Another one has it already, and no two can have the same.
        AlreadyUsed "already_used",
        /// It is not the one-time code of this moment.
        WrongCode "wrong_code",
        /// Somebody of the staff has this address already.
        AlreadyStaff "already_staff",
        /// It is the number of the legal representative, who needs no delegation.
        Representative "representative",
    }
);

impl FieldCode {
    /// The code that a deserialiser's error begins with: our own types fail with the text of a code (see
    /// [`crate::identifiers`]), to which a format may add where it happened.
    pub fn of_message(message: &str) -> Option<Self> {
        let word = message.split_whitespace().next()?;
        Self::ALL.iter().copied().find(|code| code.as_str() == word)
    }
}
