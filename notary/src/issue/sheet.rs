//! What the page says, in the order in which it is read.

use super::words::{Words, fill};
use super::{IssueError, Request, Standing};
use shared::identifiers::{EmployerIdentifier, RepresentativeId};
use shared::signatures::Purpose;
use shared::time::{CivilDate, Timestamp};

/// Everything that the page says.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Who issues it, above everything.
    pub(super) issuer: String,
    /// What it is.
    pub(super) title: String,
    /// Its data, label and value.
    pub(super) facts: Vec<Fact>,
    /// What stands beside the QR code for those who do not see it.
    pub(super) qr: String,
    /// What whoever signs declares.
    pub(super) declaration: String,
    /// Above the room for the signature.
    pub(super) signature: String,
    /// What that room is for.
    pub(super) space: String,
    /// Above the steps.
    pub(super) how: String,
    /// What to do, one after the other.
    pub(super) steps: Vec<String>,
    /// When not to sign it.
    pub(super) warning: String,
    /// At the foot of the page.
    pub(super) footer: String,
    /// For catalogues: case and number.
    pub(super) subject: String,
}

/// A line of the table.
#[derive(Debug)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
}

impl Sheet {
    pub(super) fn of(request: &Request) -> Result<Self, IssueError> {
        let words = Words::spanish()?;
        let contact = contact(&request.purpose);
        let nonce = request.nonce.groups();
        let issued = moment(&words, request.issued_at)?;
        let expires = moment(&words, request.expires.instant())?;
        let employer = request.employer.to_string();
        let branch = request.branch.to_string();
        let representative = request.representative.to_string();
        let values = [
            ("institution", request.issuer.name.as_str()),
            ("employer", &employer),
            ("branch", &branch),
            ("representative", &representative),
            ("contact", contact.as_deref().unwrap_or_default()),
            ("expires", &expires),
            ("reference", request.reference.as_str()),
            ("nonce", &nonce),
        ];
        let say = |text: &str| fill(text, &values);
        let facts = Self::facts(&words, request, contact.clone(), issued, expires.clone());
        Ok(Self {
            issuer: request.issuer.name.clone(),
            title: title(&words, &request.purpose).to_owned(),
            facts,
            qr: say(&words.footer.qr)?,
            declaration: say(&declaration(&words, request))?,
            signature: words.signature.heading.clone(),
            space: words.signature.space.clone(),
            how: words.steps.heading.clone(),
            steps: words
                .steps
                .list
                .iter()
                .map(|step| say(step))
                .collect::<Result<_, _>>()?,
            warning: words.steps.warning.clone(),
            footer: say(match request.issuer.standing {
                Standing::Official => &words.footer.official,
                Standing::Unofficial => &words.footer.unofficial,
            })?,
            subject: say(&words.footer.subject)?,
        })
    }

    fn facts(
        words: &Words,
        request: &Request,
        contact: Option<String>,
        issued: String,
        expires: String,
    ) -> Vec<Fact> {
        let labels = &words.labels;
        let contact_label = match request.purpose {
            Purpose::Recovery | Purpose::Unlock => None,
            Purpose::Email(_) => Some(&labels.email),
            Purpose::Phone(_) => Some(&labels.phone),
        };
        let rows = [
            (
                Some(employer_label(words, request.employer)),
                Some(request.employer.to_string()),
            ),
            (Some(&labels.branch), Some(request.branch.to_string())),
            (
                Some(representative_label(words, &request.representative)),
                Some(request.representative.to_string()),
            ),
            (contact_label, contact),
            (Some(&labels.reference), Some(request.reference.to_string())),
            (Some(&labels.nonce), Some(request.nonce.groups())),
            (Some(&labels.issued), Some(issued)),
            (Some(&labels.expires), Some(expires)),
        ];
        let fact = |(label, value): (Option<&String>, Option<String>)| {
            Some(Fact {
                label: label?.clone(),
                value: value?,
            })
        };
        rows.into_iter().filter_map(fact).collect()
    }
}

fn title<'a>(words: &'a Words, purpose: &Purpose) -> &'a str {
    match purpose {
        Purpose::Recovery => &words.titles.recovery,
        Purpose::Unlock => &words.titles.unlock,
        Purpose::Email(_) => &words.titles.email,
        Purpose::Phone(_) => &words.titles.phone,
    }
}

/// The new contact, in full: whoever signs must see what is signed.
fn contact(purpose: &Purpose) -> Option<String> {
    match purpose {
        Purpose::Recovery | Purpose::Unlock => None,
        Purpose::Email(email) => Some(email.to_string()),
        Purpose::Phone(phone) => Some(phone.to_string()),
    }
}

fn employer_label(words: &Words, employer: EmployerIdentifier) -> &String {
    match employer {
        EmployerIdentifier::Ruc(_) => &words.labels.ruc,
        EmployerIdentifier::Household(_) => &words.labels.household,
    }
}

fn representative_label<'a>(words: &'a Words, representative: &RepresentativeId) -> &'a String {
    match representative {
        RepresentativeId::Cedula(_) => &words.labels.representative,
        RepresentativeId::ForeignerCode(_) => &words.labels.foreigner,
    }
}

fn declaration(words: &Words, request: &Request) -> String {
    let said = &words.declaration;
    let who = match request.representative {
        RepresentativeId::Cedula(_) => &said.cedula,
        RepresentativeId::ForeignerCode(_) => &said.foreigner,
    };
    let on_behalf = match request.employer {
        EmployerIdentifier::Ruc(_) => &said.ruc,
        EmployerIdentifier::Household(_) => &said.household,
    };
    let what = match request.purpose {
        Purpose::Recovery => &said.recovery,
        Purpose::Unlock => &said.unlock,
        Purpose::Email(_) => &said.email,
        Purpose::Phone(_) => &said.phone,
    };
    [who, on_behalf, what, &said.once].map(String::as_str).join(" ")
}

/// A moment as a clock on the wall in mainland Ecuador shows it; what is left of a minute is dropped, so that a deadline is
/// never told too late.
fn moment(words: &Words, at: Timestamp) -> Result<String, IssueError> {
    let date = CivilDate::in_ecuador(at);
    let minutes = at.since(date.begin_in_ecuador()).as_secs() / 60;
    let month = words
        .time
        .months
        .get(usize::from(date.month()).saturating_sub(1))
        .ok_or(IssueError::BuiltIn("months"))?;
    fill(
        &words.time.moment,
        &[
            ("day", &date.day().to_string()),
            ("month", month),
            ("year", &date.year().to_string()),
            ("hour", &format!("{:02}", minutes / 60)),
            ("minute", &format!("{:02}", minutes % 60)),
        ],
    )
}
