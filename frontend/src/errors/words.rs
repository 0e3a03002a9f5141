//! The words of problems: a title, what happened and whose side it is on, and what to do now.
//!
//! The functions are exhaustive matches: a new code without words does not compile.

use shared::api::{ErrorCode, FieldCode, Problem};
use shared::i18n::Text;
use shared::registries::Registry;

/// What is said of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// A line that names it.
    pub title: &'static str,
    /// What happened, and whose side it is on.
    pub what: &'static str,
    /// What to do now.
    pub advice: &'static str,
}

/// The words of a problem.
pub fn problem(text: Text, problem: &Problem) -> Words {
    let words = code(text, problem.code);
    match problem.registry {
        Some(source) => Words {
            title: registry(text, source),
            ..words
        },
        None => words,
    }
}

/// That a registry does not answer, by its name.
pub fn registry(text: Text, registry: Registry) -> &'static str {
    match registry {
        Registry::CivilRegistry => text.errors_registry_civil(),
        Registry::Sri => text.errors_registry_sri(),
        Registry::Superintendencia => text.errors_registry_superintendencia(),
        Registry::Iess => text.errors_registry_iess(),
    }
}

/// The words of a code.
#[expect(clippy::too_many_lines, reason = "one arm a code, and nothing else")]
pub fn code(text: Text, code: ErrorCode) -> Words {
    let (title, what, advice) = match code {
        ErrorCode::MalformedBody => (
            text.errors_malformed_body_title(),
            text.errors_malformed_body_what(),
            text.errors_malformed_body_do(),
        ),
        ErrorCode::InvalidInput => (
            text.errors_invalid_input_title(),
            text.errors_invalid_input_what(),
            text.errors_invalid_input_do(),
        ),
        ErrorCode::BodyTooLarge => (
            text.errors_body_too_large_title(),
            text.errors_body_too_large_what(),
            text.errors_body_too_large_do(),
        ),
        ErrorCode::UnsupportedMediaType => (
            text.errors_unsupported_media_type_title(),
            text.errors_unsupported_media_type_what(),
            text.errors_unsupported_media_type_do(),
        ),
        ErrorCode::OriginRefused => (
            text.errors_origin_refused_title(),
            text.errors_origin_refused_what(),
            text.errors_origin_refused_do(),
        ),
        ErrorCode::NotFound => (
            text.errors_not_found_title(),
            text.errors_not_found_what(),
            text.errors_not_found_do(),
        ),
        ErrorCode::MethodNotAllowed => (
            text.errors_method_not_allowed_title(),
            text.errors_method_not_allowed_what(),
            text.errors_method_not_allowed_do(),
        ),
        ErrorCode::RateLimited => (
            text.errors_rate_limited_title(),
            text.errors_rate_limited_what(),
            text.errors_rate_limited_do(),
        ),
        ErrorCode::CaptchaRefused => (
            text.errors_captcha_refused_title(),
            text.errors_captcha_refused_what(),
            text.errors_captcha_refused_do(),
        ),
        ErrorCode::CaptchaExpired => (
            text.errors_captcha_expired_title(),
            text.errors_captcha_expired_what(),
            text.errors_captcha_expired_do(),
        ),
        ErrorCode::CaseMissing => (
            text.errors_case_missing_title(),
            text.errors_case_missing_what(),
            text.errors_case_missing_do(),
        ),
        ErrorCode::CaseAtOtherStage => (
            text.errors_case_at_other_stage_title(),
            text.errors_case_at_other_stage_what(),
            text.errors_case_at_other_stage_do(),
        ),
        ErrorCode::CaseChanged => (
            text.errors_case_changed_title(),
            text.errors_case_changed_what(),
            text.errors_case_changed_do(),
        ),
        ErrorCode::RegistryUnavailable => (
            text.errors_registry_unavailable_title(),
            text.errors_registry_unavailable_what(),
            text.errors_registry_unavailable_do(),
        ),
        ErrorCode::LinkInvalid => (
            text.errors_link_invalid_title(),
            text.errors_link_invalid_what(),
            text.errors_link_invalid_do(),
        ),
        ErrorCode::LinkExpired => (
            text.errors_link_expired_title(),
            text.errors_link_expired_what(),
            text.errors_link_expired_do(),
        ),
        ErrorCode::LinkUsed => (
            text.errors_link_used_title(),
            text.errors_link_used_what(),
            text.errors_link_used_do(),
        ),
        ErrorCode::LinkReplaced => (
            text.errors_link_replaced_title(),
            text.errors_link_replaced_what(),
            text.errors_link_replaced_do(),
        ),
        ErrorCode::PasswordRefused => (
            text.errors_password_refused_title(),
            text.errors_password_refused_what(),
            text.errors_password_refused_do(),
        ),
        ErrorCode::SignInRefused => (
            text.errors_sign_in_refused_title(),
            text.errors_sign_in_refused_what(),
            text.errors_sign_in_refused_do(),
        ),
        ErrorCode::SignInBlocked => (
            text.errors_sign_in_blocked_title(),
            text.errors_sign_in_blocked_what(),
            text.errors_sign_in_blocked_do(),
        ),
        ErrorCode::SignInFrozen => (
            text.errors_sign_in_frozen_title(),
            text.errors_sign_in_frozen_what(),
            text.errors_sign_in_frozen_do(),
        ),
        ErrorCode::SessionMissing => (
            text.errors_session_missing_title(),
            text.errors_session_missing_what(),
            text.errors_session_missing_do(),
        ),
        ErrorCode::SessionUnknown => (
            text.errors_session_unknown_title(),
            text.errors_session_unknown_what(),
            text.errors_session_unknown_do(),
        ),
        ErrorCode::CurrentPasswordWrong => (
            text.errors_current_password_wrong_title(),
            text.errors_current_password_wrong_what(),
            text.errors_current_password_wrong_do(),
        ),
        ErrorCode::PasskeyRefused => (
            text.errors_passkey_refused_title(),
            text.errors_passkey_refused_what(),
            text.errors_passkey_refused_do(),
        ),
        ErrorCode::PasskeyUnknown => (
            text.errors_passkey_unknown_title(),
            text.errors_passkey_unknown_what(),
            text.errors_passkey_unknown_do(),
        ),
        ErrorCode::PasskeysFull => (
            text.errors_passkeys_full_title(),
            text.errors_passkeys_full_what(),
            text.errors_passkeys_full_do(),
        ),
        ErrorCode::OwnerOnly => (
            text.errors_owner_only_title(),
            text.errors_owner_only_what(),
            text.errors_owner_only_do(),
        ),
        ErrorCode::DelegateUnknown => (
            text.errors_delegate_unknown_title(),
            text.errors_delegate_unknown_what(),
            text.errors_delegate_unknown_do(),
        ),
        ErrorCode::DelegatesFull => (
            text.errors_delegates_full_title(),
            text.errors_delegates_full_what(),
            text.errors_delegates_full_do(),
        ),
        ErrorCode::ContactChangeUnknown => (
            text.errors_contact_change_unknown_title(),
            text.errors_contact_change_unknown_what(),
            text.errors_contact_change_unknown_do(),
        ),
        ErrorCode::ContactUnchanged => (
            text.errors_contact_unchanged_title(),
            text.errors_contact_unchanged_what(),
            text.errors_contact_unchanged_do(),
        ),
        ErrorCode::NobodyToTell => (
            text.errors_nobody_to_tell_title(),
            text.errors_nobody_to_tell_what(),
            text.errors_nobody_to_tell_do(),
        ),
        ErrorCode::AccountNotBlocked => (
            text.errors_account_not_blocked_title(),
            text.errors_account_not_blocked_what(),
            text.errors_account_not_blocked_do(),
        ),
        ErrorCode::AccountFrozen => (
            text.errors_account_frozen_title(),
            text.errors_account_frozen_what(),
            text.errors_account_frozen_do(),
        ),
        ErrorCode::StaffSignInRefused => (
            text.errors_staff_sign_in_refused_title(),
            text.errors_staff_sign_in_refused_what(),
            text.errors_staff_sign_in_refused_do(),
        ),
        ErrorCode::StaffLocked => (
            text.errors_staff_locked_title(),
            text.errors_staff_locked_what(),
            text.errors_staff_locked_do(),
        ),
        ErrorCode::NotYourRight => (
            text.errors_not_your_right_title(),
            text.errors_not_your_right_what(),
            text.errors_not_your_right_do(),
        ),
        ErrorCode::StaffUnknown => (
            text.errors_staff_unknown_title(),
            text.errors_staff_unknown_what(),
            text.errors_staff_unknown_do(),
        ),
        ErrorCode::StaffStays => (
            text.errors_staff_stays_title(),
            text.errors_staff_stays_what(),
            text.errors_staff_stays_do(),
        ),
        ErrorCode::DossierUnknown => (
            text.errors_dossier_unknown_title(),
            text.errors_dossier_unknown_what(),
            text.errors_dossier_unknown_do(),
        ),
        ErrorCode::DossierClosed => (
            text.errors_dossier_closed_title(),
            text.errors_dossier_closed_what(),
            text.errors_dossier_closed_do(),
        ),
        ErrorCode::ItemsMissing => (
            text.errors_items_missing_title(),
            text.errors_items_missing_what(),
            text.errors_items_missing_do(),
        ),
        ErrorCode::NotBorneOut => (
            text.errors_not_borne_out_title(),
            text.errors_not_borne_out_what(),
            text.errors_not_borne_out_do(),
        ),
        ErrorCode::PaperUnknown => (
            text.errors_paper_unknown_title(),
            text.errors_paper_unknown_what(),
            text.errors_paper_unknown_do(),
        ),
        ErrorCode::PapersFull => (
            text.errors_papers_full_title(),
            text.errors_papers_full_what(),
            text.errors_papers_full_do(),
        ),
        ErrorCode::PaperOtherType => (
            text.errors_paper_other_type_title(),
            text.errors_paper_other_type_what(),
            text.errors_paper_other_type_do(),
        ),
        ErrorCode::PaperUnreadable => (
            text.errors_paper_unreadable_title(),
            text.errors_paper_unreadable_what(),
            text.errors_paper_unreadable_do(),
        ),
        ErrorCode::PaperActive => (
            text.errors_paper_active_title(),
            text.errors_paper_active_what(),
            text.errors_paper_active_do(),
        ),
        ErrorCode::ActionWithheld => (
            text.errors_action_withheld_title(),
            text.errors_action_withheld_what(),
            text.errors_action_withheld_do(),
        ),
        ErrorCode::ApprovalUnknown => (
            text.errors_approval_unknown_title(),
            text.errors_approval_unknown_what(),
            text.errors_approval_unknown_do(),
        ),
        ErrorCode::ApprovalOver => (
            text.errors_approval_over_title(),
            text.errors_approval_over_what(),
            text.errors_approval_over_do(),
        ),
        ErrorCode::ApprovalOwn => (
            text.errors_approval_own_title(),
            text.errors_approval_own_what(),
            text.errors_approval_own_do(),
        ),
        ErrorCode::ApprovalWaits => (
            text.errors_approval_waits_title(),
            text.errors_approval_waits_what(),
            text.errors_approval_waits_do(),
        ),
        ErrorCode::ReferralUnseen => (
            text.errors_referral_unseen_title(),
            text.errors_referral_unseen_what(),
            text.errors_referral_unseen_do(),
        ),
        ErrorCode::PlaceTaken => (
            text.errors_place_taken_title(),
            text.errors_place_taken_what(),
            text.errors_place_taken_do(),
        ),
        ErrorCode::AppointmentOpen => (
            text.errors_appointment_open_title(),
            text.errors_appointment_open_what(),
            text.errors_appointment_open_do(),
        ),
        ErrorCode::AppointmentUnknown => (
            text.errors_appointment_unknown_title(),
            text.errors_appointment_unknown_what(),
            text.errors_appointment_unknown_do(),
        ),
        ErrorCode::AppointmentAtOtherStage => (
            text.errors_appointment_at_other_stage_title(),
            text.errors_appointment_at_other_stage_what(),
            text.errors_appointment_at_other_stage_do(),
        ),
        ErrorCode::WaitingListFull => (
            text.errors_waiting_list_full_title(),
            text.errors_waiting_list_full_what(),
            text.errors_waiting_list_full_do(),
        ),
        ErrorCode::PlacesFree => (
            text.errors_places_free_title(),
            text.errors_places_free_what(),
            text.errors_places_free_do(),
        ),
        ErrorCode::CentreMissing => (
            text.errors_centre_missing_title(),
            text.errors_centre_missing_what(),
            text.errors_centre_missing_do(),
        ),
        ErrorCode::CounterUnknown => (
            text.errors_counter_unknown_title(),
            text.errors_counter_unknown_what(),
            text.errors_counter_unknown_do(),
        ),
        ErrorCode::CounterTaken => (
            text.errors_counter_taken_title(),
            text.errors_counter_taken_what(),
            text.errors_counter_taken_do(),
        ),
        ErrorCode::CounterMissing => (
            text.errors_counter_missing_title(),
            text.errors_counter_missing_what(),
            text.errors_counter_missing_do(),
        ),
        ErrorCode::OfficerServes => (
            text.errors_officer_serves_title(),
            text.errors_officer_serves_what(),
            text.errors_officer_serves_do(),
        ),
        ErrorCode::NobodyWaits => (
            text.errors_nobody_waits_title(),
            text.errors_nobody_waits_what(),
            text.errors_nobody_waits_do(),
        ),
        ErrorCode::VisitUnknown => (
            text.errors_visit_unknown_title(),
            text.errors_visit_unknown_what(),
            text.errors_visit_unknown_do(),
        ),
        ErrorCode::VisitChanged => (
            text.errors_visit_changed_title(),
            text.errors_visit_changed_what(),
            text.errors_visit_changed_do(),
        ),
        ErrorCode::DetailsChanged => (
            text.errors_details_changed_title(),
            text.errors_details_changed_what(),
            text.errors_details_changed_do(),
        ),
        ErrorCode::DocumentUnknown => (
            text.errors_document_unknown_title(),
            text.errors_document_unknown_what(),
            text.errors_document_unknown_do(),
        ),
        ErrorCode::DataRequestUnknown => (
            text.errors_data_request_unknown_title(),
            text.errors_data_request_unknown_what(),
            text.errors_data_request_unknown_do(),
        ),
        ErrorCode::DataRequestNotDone => (
            text.errors_data_request_not_done_title(),
            text.errors_data_request_not_done_what(),
            text.errors_data_request_not_done_do(),
        ),
        ErrorCode::Busy => (
            text.errors_busy_title(),
            text.errors_busy_what(),
            text.errors_busy_do(),
        ),
        ErrorCode::TimedOut => (
            text.errors_timed_out_title(),
            text.errors_timed_out_what(),
            text.errors_timed_out_do(),
        ),
        ErrorCode::Internal => (
            text.errors_internal_title(),
            text.errors_internal_what(),
            text.errors_internal_do(),
        ),
        ErrorCode::Unreachable => (
            text.errors_unreachable_title(),
            text.errors_unreachable_what(),
            text.errors_unreachable_do(),
        ),
    };
    Words { title, what, advice }
}

/// What is wrong with a field, in general. Fields with words of their own ask for them first.
pub fn field(text: Text, code: FieldCode) -> &'static str {
    match code {
        FieldCode::Missing => text.errors_field_missing(),
        FieldCode::Malformed => text.errors_field_malformed(),
        FieldCode::Length => text.errors_field_length(),
        FieldCode::NotDigits => text.errors_field_not_digits(),
        FieldCode::ForeignDigits => text.errors_field_foreign_digits(),
        FieldCode::Province => text.errors_field_province(),
        FieldCode::ThirdDigit => text.errors_field_third_digit(),
        FieldCode::Suffix => text.errors_field_suffix(),
        FieldCode::FinalConsumer => text.errors_field_final_consumer(),
        FieldCode::CheckDigit => text.errors_field_check_digit(),
        FieldCode::Year => text.errors_field_year(),
        FieldCode::Month => text.errors_field_month(),
        FieldCode::Day => text.errors_field_day(),
        FieldCode::NotOffered => text.errors_field_not_offered(),
        FieldCode::TooLong => text.errors_field_too_long(),
        FieldCode::Characters => text.errors_field_characters(),
        FieldCode::OutOfRange => text.errors_field_out_of_range(),
        FieldCode::AlreadyDelegate => text.errors_field_already_delegate(),
        FieldCode::AlreadyUsed => text.errors_field_already_used(),
        FieldCode::WrongCode => text.errors_field_wrong_code(),
        FieldCode::AlreadyStaff => text.errors_field_already_staff(),
        FieldCode::Representative => text.errors_field_representative(),
    }
}
