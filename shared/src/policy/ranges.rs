//! Which numbers a policy may have. A test holds this table against the policy itself: no number is without a range.

use super::file::{Defect, Reason, Zero};
use super::{Limits, Policy, Rate, Retention, Signatures, StepUp};

/// A number with its path and its range.
pub(super) struct Number {
    pub(super) path: &'static str,
    pub(super) value: u64,
    least: u64,
    most: u64,
    zero: Zero,
}

impl Policy {
    /// Everything that is wrong with the numbers.
    pub(super) fn defects(&self) -> Vec<Defect> {
        let ranges = self.numbers().into_iter().filter_map(|number| number.defect());
        let defect = |path: &str, other| Defect {
            path: path.to_owned(),
            reason: Reason::Below(other),
        };
        let order = [
            (
                self.password.max_length < self.password.min_length,
                "password.max_length",
                "password.min_length",
            ),
            (
                self.link.cap_seconds < self.link.seconds,
                "link.cap_seconds",
                "link.seconds",
            ),
            (
                self.limits.mail_budget.count < self.limits.mail_reserve,
                "limits.mail_budget.count",
                "limits.mail_reserve",
            ),
            (
                self.limits.sms_budget.count < self.limits.sms_reserve,
                "limits.sms_budget.count",
                "limits.sms_reserve",
            ),
            (
                self.captcha.max_bits < self.captcha.base_bits,
                "captcha.max_bits",
                "captcha.base_bits",
            ),
            (
                self.sessions.absolute_seconds < self.sessions.idle_seconds,
                "sessions.absolute_seconds",
                "sessions.idle_seconds",
            ),
            (
                self.signatures.case_minutes < self.signatures.request_minutes,
                "signatures.case_minutes",
                "signatures.request_minutes",
            ),
            (
                self.staff.absolute_seconds < self.staff.idle_seconds,
                "staff.absolute_seconds",
                "staff.idle_seconds",
            ),
        ];
        let disordered = order
            .into_iter()
            .filter(|(below, ..)| *below)
            .map(|(_, path, other)| defect(path, other));
        ranges.chain(disordered).collect()
    }

    /// Every number of the policy.
    #[expect(clippy::too_many_lines, reason = "a list of every section's numbers")]
    pub(super) fn numbers(&self) -> Vec<Number> {
        let Self {
            profile: _,
            recovery,
            challenges,
            link,
            password,
            hashing,
            captcha,
            limits,
            sessions,
            passkeys,
            contacts,
            delegates,
            obligations,
            centres,
            step_up,
            unlock,
            signatures,
            retention,
            appointments,
            staff,
            dossiers,
        } = self;
        let mut numbers = vec![
            number("recovery.time_floor_millis", recovery.time_floor_millis, 0, 5000),
            number("recovery.case_seconds", recovery.case_seconds, 300, 86_400),
            // Less than ended cases and their cookies are kept.
            number("recovery.officer_days", recovery.officer_days, 1, 28),
            number("challenges.questions", challenges.questions, 1, 6),
            number("challenges.attempts", challenges.attempts, 1, 10),
            number("challenges.window_hours", challenges.window_hours, 1, 720),
            number("challenges.suspension_hours", challenges.suspension_hours, 1, 720),
            number("challenges.set_hours", challenges.set_hours, 1, 720),
            number(
                "challenges.registry_retry_seconds",
                challenges.registry_retry_seconds,
                60,
                86_400,
            ),
            number("link.seconds", link.seconds, 60, 86_400),
            number("link.redeem_seconds", link.redeem_seconds, 60, 3600),
            number("link.cap_seconds", link.cap_seconds, 60, 86_400),
            number("link.freeze_hours", link.freeze_hours, 1, 720),
            number("password.min_length", password.min_length, 8, 128),
            number("password.max_length", password.max_length, 8, 128),
            or_off("password.personal_piece", password.personal_piece, 3, 12),
            or_off("password.run", password.run, 3, 12),
            number("password.min_score", password.min_score, 0, 4),
            number("password.history", password.history, 0, 24),
            // 7 MiB is the least that OWASP's password storage advice knows for Argon2id.
            number("hashing.memory_kib", hashing.memory_kib, 7168, 1_048_576),
            number("hashing.passes", hashing.passes, 1, 20),
            number("hashing.lanes", hashing.lanes, 1, 16),
            or_off("hashing.slots", hashing.slots, 1, 64),
            number("captcha.memory_kib", captcha.memory_kib, 64, 65_536),
            number("captcha.passes", captcha.passes, 1, 10),
            number("captcha.parts", captcha.parts, 1, 16),
            number("captcha.base_bits", captcha.base_bits, 0, 20),
            number("captcha.max_bits", captcha.max_bits, 0, 20),
            number("captcha.seconds", captcha.seconds, 60, 3600),
            number("captcha.failure_seconds", captcha.failure_seconds, 60, 172_800),
        ];
        numbers.extend(self::limits(limits));
        numbers.extend([
            number("sessions.idle_seconds", sessions.idle_seconds, 120, 86_400),
            number(
                "sessions.absolute_seconds",
                sessions.absolute_seconds,
                300,
                604_800,
            ),
            number("sessions.failures", sessions.failures, 1, 100),
            number("sessions.failure_seconds", sessions.failure_seconds, 60, 86_400),
            // Browsers keep no cookie longer than 400 days.
            number("sessions.device_days", sessions.device_days, 1, 400),
            or_off(
                "sessions.password_reminder_days",
                sessions.password_reminder_days,
                1,
                3650,
            ),
            number("passkeys.most", passkeys.most, 1, 100),
            number(
                "passkeys.enrolment_seconds",
                passkeys.enrolment_seconds,
                300,
                86_400,
            ),
            // Standards ask for five minutes at least; browsers give up after ten.
            number("passkeys.ceremony_seconds", passkeys.ceremony_seconds, 60, 600),
            number("contacts.confirm_minutes", contacts.confirm_minutes, 5, 1440),
            number("contacts.hold_hours", contacts.hold_hours, 1, 720),
            number(
                "contacts.signed_confirm_hours",
                contacts.signed_confirm_hours,
                1,
                720,
            ),
            number("delegates.per_account", delegates.per_account, 0, 200),
            number("delegates.invitation_hours", delegates.invitation_hours, 1, 720),
            number("delegates.most_days", delegates.most_days, 1, 3650),
            number("centres.slot_minutes", centres.slot_minutes, 5, 240),
            number("centres.lead_minutes", centres.lead_minutes, 0, 1440),
            number("centres.horizon_days", centres.horizon_days, 0, 180),
            number("obligations.due_day", obligations.due_day, 1, 28),
            number("unlock.attempts", unlock.attempts, 1, 20),
        ]);
        numbers.extend(self::signatures(signatures, *retention));
        numbers.extend(self::step_up(step_up));
        numbers.extend(appointments.numbers());
        numbers.extend(staff.numbers());
        numbers.extend(dossiers.numbers());
        numbers
    }
}

/// Requests that are signed, and how long what is kept of them is kept.
fn signatures(signatures: &Signatures, retention: Retention) -> [Number; 13] {
    [
        number("signatures.request_minutes", signatures.request_minutes, 5, 1440),
        // The cookies of a browser's cases last two days.
        number("signatures.case_minutes", signatures.case_minutes, 5, 2880),
        number("signatures.uploads", signatures.uploads, 1, 100),
        // Of a longer file the notary reads nothing.
        number("signatures.most_bytes", signatures.most_bytes, 65_536, 5_242_880),
        // Fifty years: what is meant for good is not deleted by a job.
        number("retention.signature_days", retention.signature_days, 30, 18_250),
        number("retention.request_days", retention.request_days, 1, 3650),
        number("retention.dossier_days", retention.dossier_days, 30, 18_250),
        number("retention.visit_days", retention.visit_days, 1, 3650),
        // Reports go back a quarter of a year.
        number("retention.figures_days", retention.figures_days, 92, 18_250),
        // A case waits for an officer for four weeks at most, and the cookies of a browser's cases outlive none of them.
        number("retention.case_days", retention.case_days, 30, 3650),
        // The step-up and four eyes ask for changes of ninety days ago at most.
        number(
            "retention.contact_change_days",
            retention.contact_change_days,
            91,
            18_250,
        ),
        // Whoever was answered may complain of it.
        number(
            "retention.data_request_days",
            retention.data_request_days,
            365,
            18_250,
        ),
        number("retention.words_days", retention.words_days, 90, 18_250),
    ]
}

/// How often, and how much.
fn limits(limits: &Limits) -> Vec<Number> {
    let mut numbers = Vec::new();
    numbers.extend(rate(
        "limits.per_source.count",
        "limits.per_source.seconds",
        limits.per_source,
    ));
    numbers.extend(rate(
        "limits.per_desk.count",
        "limits.per_desk.seconds",
        limits.per_desk,
    ));
    numbers.extend(rate(
        "limits.per_identifier.count",
        "limits.per_identifier.seconds",
        limits.per_identifier,
    ));
    numbers.extend(rate(
        "limits.per_destination.count",
        "limits.per_destination.seconds",
        limits.per_destination,
    ));
    numbers.extend(rate(
        "limits.mail_budget.count",
        "limits.mail_budget.seconds",
        limits.mail_budget,
    ));
    numbers.push(number("limits.mail_reserve", limits.mail_reserve, 0, 1_000_000));
    numbers.extend(rate(
        "limits.sms_per_destination.count",
        "limits.sms_per_destination.seconds",
        limits.sms_per_destination,
    ));
    numbers.extend(rate(
        "limits.sms_budget.count",
        "limits.sms_budget.seconds",
        limits.sms_budget,
    ));
    numbers.push(number("limits.sms_reserve", limits.sms_reserve, 0, 1_000_000));
    numbers.extend(rate(
        "limits.sign_ins_per_source.count",
        "limits.sign_ins_per_source.seconds",
        limits.sign_ins_per_source,
    ));
    numbers.extend(rate(
        "limits.sign_ins_per_account.count",
        "limits.sign_ins_per_account.seconds",
        limits.sign_ins_per_account,
    ));
    numbers.extend(rate(
        "limits.contact_changes_per_account.count",
        "limits.contact_changes_per_account.seconds",
        limits.contact_changes_per_account,
    ));
    numbers.extend(rate(
        "limits.uploads_per_source.count",
        "limits.uploads_per_source.seconds",
        limits.uploads_per_source,
    ));
    numbers.extend(rate(
        "limits.invitations_per_account.count",
        "limits.invitations_per_account.seconds",
        limits.invitations_per_account,
    ));
    numbers
}

/// Suspensions are kept for 100 days, completed cases and the failures of a source as long as their rules ask: no rule
/// looks back further.
fn step_up(step_up: &StepUp) -> [Number; 9] {
    let StepUp {
        assertions,
        contact_changed,
        recovery_repeated,
        often_suspended,
        many_workers,
        source_failing,
    } = *step_up;
    let (repeated, suspended) = (recovery_repeated, often_suspended);
    [
        number("step_up.assertions", assertions, 1, 20),
        number("step_up.contact_changed.days", contact_changed.days, 1, 90),
        number(
            "step_up.recovery_repeated.recoveries",
            repeated.recoveries,
            2,
            100,
        ),
        number("step_up.recovery_repeated.days", repeated.days, 1, 90),
        number("step_up.often_suspended.more_than", suspended.more_than, 0, 100),
        number("step_up.often_suspended.days", suspended.days, 1, 90),
        number(
            "step_up.many_workers.more_than",
            many_workers.more_than,
            0,
            1_000_000,
        ),
        number(
            "step_up.source_failing.identifiers",
            source_failing.identifiers,
            1,
            1000,
        ),
        number("step_up.source_failing.hours", source_failing.hours, 1, 720),
    ]
}

pub(super) fn number(path: &'static str, value: impl Into<u64>, least: u64, most: u64) -> Number {
    Number {
        path,
        value: value.into(),
        least,
        most,
        zero: Zero::Plain,
    }
}

pub(super) fn or_off(path: &'static str, value: impl Into<u64>, least: u64, most: u64) -> Number {
    Number {
        zero: Zero::TurnsOff,
        ..number(path, value, least, most)
    }
}

/// A window of at most two days: the server drops older counters.
pub(super) fn rate(count: &'static str, seconds: &'static str, rate: Rate) -> [Number; 2] {
    [
        number(count, rate.count, 1, 1_000_000),
        number(seconds, rate.seconds, 1, 172_800),
    ]
}

impl Number {
    fn defect(&self) -> Option<Defect> {
        let off = self.zero == Zero::TurnsOff && self.value == 0;
        if off || (self.least..=self.most).contains(&self.value) {
            return None;
        }
        let reason = Reason::Range {
            least: self.least,
            most: self.most,
            zero: self.zero,
        };
        Some(Defect {
            path: self.path.to_owned(),
            reason,
        })
    }
}
