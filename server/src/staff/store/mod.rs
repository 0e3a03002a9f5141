//! SQL of the staff: members and acts here, what belongs to signing in and to invitations in modules of their own.

pub mod invitations;
pub mod passkeys;
pub mod sessions;

use super::{About, Deed, Member};
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::i18n::Language;
use shared::identifiers::{
    AccountId, AppointmentId, CaseId, CentreId, DataRequestId, DocumentId, DossierId, Email, StaffActId,
    StaffId, VisitId,
};
use shared::secrets::Secret;
use shared::staff::{ActReason, DeedName, Role};
use shared::time::Timestamp;
use std::str::FromStr;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    BY_ID,
    BY_EMAIL,
    ALL,
    LOCK,
    ADMINISTRATORS,
    CHANGE,
    END,
    RESET,
    BLOCK,
    SECOND_FAILED,
    SIGNED_IN,
    USE_STEP,
    PASSWORD_HASH,
    RENEW_HASH,
    JOIN,
    INSERT_ACT,
    HAS_LOOKED,
    WORDS,
    FORGET_WORDS,
    COUNTS,
];

macro_rules! columns {
    () => {
        "id, name, email, language, role, centre_id, password_set_at, totp_secret, totp_step, second_factor_failures, \
         blocked_at, invited_at, signed_in_at, ended_at"
    };
}

// Two invitations of one address at once: the second finds it taken.
const INSERT: &str = "INSERT INTO staff \
    (id, name, email, language, role, centre_id, second_factor_failures, invited_at, created_at, version) \
    VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7, 1) ON CONFLICT (email) WHERE ended_at IS NULL DO NOTHING";
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM staff WHERE id = $1");
const BY_EMAIL: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM staff WHERE email = $1 AND ended_at IS NULL"
);
const ALL: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM staff ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, name, id"
);
// A write that changes nothing: it takes the row's lock on PostgreSQL; SQLite has one writer anyway.
const LOCK: &str = concat!("UPDATE staff SET id = id WHERE id = $1 RETURNING ", columns!());
const ADMINISTRATORS: &str = "SELECT id FROM staff \
    WHERE role = 'administrator' AND ended_at IS NULL AND password_hash IS NOT NULL AND blocked_at IS NULL";
const CHANGE: &str = "UPDATE staff SET role = $2, centre_id = $3, version = version + 1 \
    WHERE id = $1 AND ended_at IS NULL";
const END: &str = "UPDATE staff SET ended_at = $2, password_hash = NULL, password_set_at = NULL, totp_secret = NULL, \
    totp_step = NULL, invited_at = NULL, version = version + 1 WHERE id = $1 AND ended_at IS NULL";
const RESET: &str = "UPDATE staff SET password_hash = NULL, password_set_at = NULL, totp_secret = NULL, totp_step = NULL, \
    second_factor_failures = 0, blocked_at = NULL, invited_at = $2, version = version + 1 \
    WHERE id = $1 AND ended_at IS NULL";
const BLOCK: &str =
    "UPDATE staff SET blocked_at = $2, version = version + 1 WHERE id = $1 AND blocked_at IS NULL";
const SECOND_FAILED: &str = "UPDATE staff SET second_factor_failures = second_factor_failures + 1 \
    WHERE id = $1 RETURNING second_factor_failures";
const SIGNED_IN: &str = "UPDATE staff SET signed_in_at = $2, second_factor_failures = 0 WHERE id = $1";
// One statement decides: of any number of submissions of one code at once, one uses it.
const USE_STEP: &str =
    "UPDATE staff SET totp_step = $2 WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)";
const PASSWORD_HASH: &str = "SELECT password_hash FROM staff WHERE id = $1";
const RENEW_HASH: &str =
    "UPDATE staff SET password_hash = $3, version = version + 1 WHERE id = $1 AND password_hash = $2";
const JOIN: &str = "UPDATE staff SET password_hash = $2, password_set_at = $3, totp_secret = $4, totp_step = $5, \
    second_factor_failures = 0, blocked_at = NULL, invited_at = NULL, version = version + 1 \
    WHERE id = $1 AND ended_at IS NULL";
const INSERT_ACT: &str = "INSERT INTO staff_acts \
    (id, staff_id, at, deed, reason, account_id, case_id, dossier_id, visit_id, appointment_id, centre_id, member_id, \
    document_id, data_request_id) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
const HAS_LOOKED: &str =
    "SELECT COUNT(*) FROM staff_acts WHERE staff_id = $1 AND deed = $2 AND centre_id = $3 AND at > $4";
const WORDS: &str = "SELECT reason FROM staff_acts WHERE id = $1";
const FORGET_WORDS: &str = "UPDATE staff_acts SET reason = NULL WHERE reason IS NOT NULL AND at <= $1";

const COUNTS: &str = "SELECT staff_acts.deed, COUNT(*) FROM staff_acts JOIN staff ON staff.id = staff_acts.staff_id \
    WHERE staff_acts.at >= $1 AND staff_acts.at < $2 AND COALESCE($3, staff.centre_id) IS NOT DISTINCT FROM staff.centre_id \
    GROUP BY staff_acts.deed ORDER BY staff_acts.deed";

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    email: String,
    language: String,
    role: String,
    centre_id: Option<Uuid>,
    password_set_at: Option<i64>,
    totp_secret: Option<Vec<u8>>,
    totp_step: Option<i64>,
    second_factor_failures: i64,
    blocked_at: Option<i64>,
    invited_at: Option<i64>,
    signed_in_at: Option<i64>,
    ended_at: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Member, StoreError> {
        Ok(Member {
            id: StaffId::from_uuid(self.id),
            name: parse(&self.name, "staff.name")?,
            email: parse(&self.email, "staff.email")?,
            language: parse(&self.language, "staff.language")?,
            role: Role::of_word(&self.role).ok_or(StoreError::Corrupt("staff.role"))?,
            centre: self.centre_id.map(CentreId::from_uuid),
            password_set_at: self.password_set_at.map(Timestamp::from_micros),
            totp: self.totp_secret,
            totp_step: self.totp_step,
            second_factor_failures: self.second_factor_failures,
            blocked_at: self.blocked_at.map(Timestamp::from_micros),
            invited_at: self.invited_at.map(Timestamp::from_micros),
            signed_in_at: self.signed_in_at.map(Timestamp::from_micros),
            ended_at: self.ended_at.map(Timestamp::from_micros),
        })
    }
}

fn parse<T: FromStr>(text: &str, column: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(column))
}

/// An address as it is stored and looked for: what stands before the `@` is written in any case.
fn address(email: &Email) -> String {
    email.to_string().to_ascii_lowercase()
}

/// The second factor and the password that somebody begins with.
#[derive(Debug)]
pub struct Joining<'a> {
    /// The password's hash.
    pub hash: &'a str,
    /// The sealed secret of one-time codes; nothing where a passkey is the second factor.
    pub totp: Option<&'a [u8]>,
    /// The half minute whose code proved that the app has the secret.
    pub step: Option<i64>,
}

/// Stores somebody who is invited; how many rows: none when the address is somebody's already.
pub async fn insert(tx: &mut Tx, member: &Member, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(INSERT)
            .bind(member.id.as_uuid())
            .bind(member.name.as_str())
            .bind(address(&member.email))
            .bind(Language::tag(member.language))
            .bind(member.role.as_str())
            .bind(member.centre.map(CentreId::as_uuid))
            .bind(at.as_micros())
    )?)
}

/// Somebody by their row, also when their access was ended.
pub async fn by_id(tx: &mut Tx, id: StaffId) -> Result<Option<Member>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// Whoever works here with an address.
pub async fn by_email(tx: &mut Tx, email: &Email) -> Result<Option<Member>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_EMAIL)
        .bind(address(email))
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// Everybody, those who left last.
pub async fn all(tx: &mut Tx) -> Result<Vec<Member>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(ALL).fetch_all(conn))?;
    rows.into_iter().map(Row::read).collect()
}

/// Somebody, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, id: StaffId) -> Result<Option<Member>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(LOCK)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// The administrators who can sign in.
pub async fn administrators(tx: &mut Tx) -> Result<Vec<StaffId>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(ADMINISTRATORS).fetch_all(conn))?;
    Ok(rows.into_iter().map(|(id,)| StaffId::from_uuid(id)).collect())
}

/// Gives somebody another role and centre; how many rows: none for those who left.
pub async fn change(
    tx: &mut Tx,
    id: StaffId,
    role: Role,
    centre: Option<CentreId>,
) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(CHANGE)
            .bind(id.as_uuid())
            .bind(role.as_str())
            .bind(centre.map(CentreId::as_uuid))
    )?)
}

/// Ends somebody's access for good; how many rows.
pub async fn end(tx: &mut Tx, id: StaffId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(END).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Takes password, second factor and block away: they are invited again; how many rows: none for those who left.
pub async fn reset(tx: &mut Tx, id: StaffId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(RESET).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Blocks somebody; how many rows: none for those who are blocked already.
pub async fn block(tx: &mut Tx, id: StaffId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(BLOCK).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Counts a wrong second factor; how many in a row that makes.
pub async fn second_factor_failed(tx: &mut Tx, id: StaffId) -> Result<i64, StoreError> {
    let (failures,): (i64,) = on!(tx, |conn| sqlx::query_as(SECOND_FAILED)
        .bind(id.as_uuid())
        .fetch_one(conn))?;
    Ok(failures)
}

/// Notes a sign-in: both factors were right.
pub async fn signed_in(tx: &mut Tx, id: StaffId, at: Timestamp) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(SIGNED_IN).bind(id.as_uuid()).bind(at.as_micros()))?;
    Ok(())
}

/// Uses up the code of a half minute, and those before it; how many rows: none when one of them was used already.
pub async fn use_step(tx: &mut Tx, id: StaffId, step: i64) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(USE_STEP).bind(id.as_uuid()).bind(step))?)
}

/// The hash of somebody's password in force.
pub async fn password_hash(tx: &mut Tx, id: StaffId) -> Result<Option<String>, StoreError> {
    let row: Option<(Option<String>,)> = on!(tx, |conn| sqlx::query_as(PASSWORD_HASH)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    Ok(row.and_then(|(hash,)| hash))
}

/// Replaces a hash by one of the same password; how many rows: none when it is not in force any more.
pub async fn renew_hash(tx: &mut Tx, id: StaffId, old: &str, new: &str) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(RENEW_HASH).bind(id.as_uuid()).bind(old).bind(new)
    )?)
}

/// Gives somebody the password and the second factor that they chose; how many rows: none for those who left.
pub async fn join(tx: &mut Tx, id: StaffId, joining: &Joining<'_>, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(JOIN)
            .bind(id.as_uuid())
            .bind(joining.hash)
            .bind(at.as_micros())
            .bind(joining.totp)
            .bind(joining.step)
    )?)
}

/// Whether an officer did this at a centre after `since`.
pub async fn has_looked(
    tx: &mut Tx,
    officer: StaffId,
    deed: DeedName,
    centre: CentreId,
    since: Timestamp,
) -> Result<bool, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(HAS_LOOKED)
        .bind(officer.as_uuid())
        .bind(deed.as_str())
        .bind(centre.as_uuid())
        .bind(since.as_micros())
        .fetch_one(conn))?;
    Ok(count > 0)
}

/// Writes an act.
pub async fn insert_act(
    tx: &mut Tx,
    act: StaffActId,
    by: StaffId,
    deed: &Deed<'_>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let About {
        account,
        case,
        dossier,
        visit,
        appointment,
        centre,
        member,
        document,
        data_request,
        // It stands with the event: an employer without an account is found by it.
        subject: _,
    } = deed.about;
    changed!(
        tx,
        sqlx::query(INSERT_ACT)
            .bind(act.as_uuid())
            .bind(by.as_uuid())
            .bind(at.as_micros())
            .bind(deed.name.as_str())
            .bind(deed.reason.map(ActReason::as_str))
            .bind(account.map(AccountId::as_uuid))
            .bind(case.map(CaseId::as_uuid))
            .bind(dossier.map(DossierId::as_uuid))
            .bind(visit.map(VisitId::as_uuid))
            .bind(appointment.map(AppointmentId::as_uuid))
            .bind(centre.map(CentreId::as_uuid))
            .bind(member.map(StaffId::as_uuid))
            .bind(document.map(DocumentId::as_uuid))
            .bind(data_request.map(DataRequestId::as_uuid))
    )?;
    Ok(())
}

/// The words of an act, if it has any.
pub async fn words(tx: &mut Tx, act: StaffActId) -> Result<Option<Secret<String>>, StoreError> {
    let words: Option<Option<String>> = on!(tx, |conn| sqlx::query_scalar(WORDS)
        .bind(act.as_uuid())
        .fetch_optional(conn))?;
    Ok(words.flatten().map(Secret::new))
}

/// How often each deed was done from `from` to before `until`, by everybody or by those who work at one centre.
pub async fn counts(
    tx: &mut Tx,
    (from, until): (Timestamp, Timestamp),
    centre: Option<CentreId>,
) -> Result<Vec<(DeedName, u32)>, StoreError> {
    let rows: Vec<(String, i64)> = on!(tx, |conn| sqlx::query_as(COUNTS)
        .bind(from.as_micros())
        .bind(until.as_micros())
        .bind(centre.map(CentreId::as_uuid))
        .fetch_all(conn))?;
    rows.into_iter()
        .map(|(deed, count)| {
            let deed = DeedName::of_word(&deed).ok_or(StoreError::Corrupt("staff_acts.deed"))?;
            let count = u32::try_from(count).map_err(|_| StoreError::Corrupt("staff_acts"))?;
            Ok((deed, count))
        })
        .collect()
}

/// Forgets why officers did what they did before `before`. How many acts.
pub async fn forget_words(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(FORGET_WORDS).bind(before.as_micros()))?)
}
