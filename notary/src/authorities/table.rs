//! The table as a file: `notary/data/authorities.toml` says its form.

use crate::Role;
use der::asn1::ObjectIdentifier;
use serde::Deserialize;

/// The registry of enterprises, below which all arcs are.
const ENTERPRISES: &str = "1.3.6.1.4.1";

/// Every authority whose certificates can be read.
#[derive(Clone, Debug)]
pub struct Authorities {
    pub(super) rows: Vec<Row>,
}

/// Why a table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AuthoritiesError {
    /// It is not of the form.
    #[error("the table of authorities is not of its form")]
    Form(#[from] toml::de::Error),
    /// There is none in it.
    #[error("the table names no authority")]
    Empty,
    /// An entry is neither of layouts A and B nor of C.
    #[error("authority \"{0}\" has neither a part `private` nor a part `subject`")]
    NoLayout(String),
    /// In layouts A and B the holder has to be somewhere.
    #[error("authority \"{0}\" needs `fields` and either `holder` or `identification`")]
    NoHolder(String),
    /// A text is no object identifier.
    #[error("authority \"{authority}\": \"{arcs}\" is no number below 1.3.6.1.4.1")]
    Arcs {
        /// Whose.
        authority: String,
        /// Which text.
        arcs: String,
    },
    /// The same number twice.
    #[error("authority \"{authority}\": {arcs} is in the table already")]
    Twice {
        /// Whose.
        authority: String,
        /// Which number.
        arcs: String,
    },
}

/// One authority.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) private: Option<Private>,
    pub(super) subject: Vec<Policy>,
}

/// Layouts A and B of an authority.
#[derive(Clone, Debug)]
pub(super) struct Private {
    pub(super) places: Vec<Place>,
    pub(super) numbers: Numbers,
    pub(super) policies: Vec<Policy>,
}

/// Where private fields are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    /// Extensions (layout A).
    Extension,
    /// Names of the subject (layout B).
    Name,
}

/// The numbers of the fields.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    pub(super) identification: ObjectIdentifier,
    pub(super) given_names: Option<ObjectIdentifier>,
    pub(super) surnames: Vec<ObjectIdentifier>,
    pub(super) position: Option<ObjectIdentifier>,
    pub(super) organisation: Option<ObjectIdentifier>,
    pub(super) ruc: Option<ObjectIdentifier>,
}

/// A policy and its role.
#[derive(Clone, Debug)]
pub(super) struct Policy {
    begin: ObjectIdentifier,
    more: More,
    pub(super) role: Role,
}

/// What may follow the components that a policy names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum More {
    Nothing,
    One,
    Several,
}

impl Policy {
    /// Whether a certificate's policy is this one.
    pub(super) fn is(&self, policy: ObjectIdentifier) -> bool {
        let mut arcs = policy.arcs();
        let begins = self.begin.arcs().all(|arc| arcs.next() == Some(arc));
        begins
            && match self.more {
                More::Nothing => arcs.next().is_none(),
                More::One => arcs.count() == 1,
                More::Several => arcs.next().is_some(),
            }
    }
}

impl Authorities {
    /// The table that comes with this program.
    pub fn built_in() -> Result<Self, AuthoritiesError> {
        Self::read(include_str!("../../data/authorities.toml"))
    }

    /// A table as text (TOML).
    pub fn read(text: &str) -> Result<Self, AuthoritiesError> {
        let file: File = toml::from_str(text)?;
        if file.authority.is_empty() {
            return Err(AuthoritiesError::Empty);
        }
        let mut seen = Vec::new();
        let rows = file.authority.into_iter().map(|entry| entry.row(&mut seen));
        Ok(Self {
            rows: rows.collect::<Result<_, _>>()?,
        })
    }

    /// The names of the authorities, in the table's order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.name.as_str())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    authority: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    private: Option<PrivateEntry>,
    subject: Option<PoliciesEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrivateEntry {
    fields: Vec<Place>,
    holder: Option<String>,
    identification: Option<String>,
    ruc: Option<String>,
    #[serde(default)]
    natural_person: Vec<String>,
    #[serde(default)]
    member: Vec<String>,
    #[serde(default)]
    legal_representative: Vec<String>,
    #[serde(default)]
    legal_person: Vec<String>,
    #[serde(default)]
    public_servant: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PoliciesEntry {
    #[serde(default)]
    natural_person: Vec<String>,
    #[serde(default)]
    member: Vec<String>,
    #[serde(default)]
    legal_representative: Vec<String>,
    #[serde(default)]
    legal_person: Vec<String>,
    #[serde(default)]
    public_servant: Vec<String>,
}

impl Entry {
    /// `seen` are the numbers that earlier entries have.
    fn row(self, seen: &mut Vec<(Scope, String)>) -> Result<Row, AuthoritiesError> {
        let name = self.name;
        if self.private.is_none() && self.subject.is_none() {
            return Err(AuthoritiesError::NoLayout(name));
        }
        let private = self.private.map(|entry| entry.private(&name, seen)).transpose()?;
        let subject = match self.subject {
            Some(entry) => entry.policies(&name, Scope::Subject, seen)?,
            None => Vec::new(),
        };
        Ok(Row {
            name,
            private,
            subject,
        })
    }
}

impl PrivateEntry {
    fn private(self, name: &str, seen: &mut Vec<(Scope, String)>) -> Result<Private, AuthoritiesError> {
        let no_holder = || AuthoritiesError::NoHolder(name.to_owned());
        if self.fields.is_empty() {
            return Err(no_holder());
        }
        let field = |number: u8| -> Result<Option<ObjectIdentifier>, AuthoritiesError> {
            let arcs = self.holder.as_ref().map(|holder| format!("{holder}.{number}"));
            arcs.map(|arcs| oid(name, &arcs)).transpose()
        };
        let own = |arcs: &Option<String>| arcs.as_deref().map(|arcs| oid(name, arcs)).transpose();
        let identification = own(&self.identification)?.or(field(1)?).ok_or_else(no_holder)?;
        let numbers = Numbers {
            identification,
            given_names: field(2)?,
            surnames: field(3)?.into_iter().chain(field(4)?).collect(),
            position: field(5)?,
            organisation: field(10)?,
            ruc: own(&self.ruc)?.or(field(11)?),
        };
        once(name, Scope::Holder, &identification.to_string(), seen)?;
        let mut policies = PoliciesEntry {
            natural_person: self.natural_person,
            member: self.member,
            legal_representative: self.legal_representative,
            legal_person: self.legal_person,
            public_servant: self.public_servant,
        };
        if policies.legal_representative.is_empty() {
            policies.legal_representative = core::mem::take(&mut policies.legal_person);
        }
        Ok(Private {
            places: self.fields,
            numbers,
            policies: policies.policies(name, Scope::Private, seen)?,
        })
    }
}

impl PoliciesEntry {
    fn policies(
        self,
        name: &str,
        scope: Scope,
        seen: &mut Vec<(Scope, String)>,
    ) -> Result<Vec<Policy>, AuthoritiesError> {
        let roles = [
            (Role::NaturalPerson, self.natural_person),
            (Role::Member, self.member),
            (Role::LegalRepresentative, self.legal_representative),
            (Role::LegalPerson, self.legal_person),
            (Role::PublicServant, self.public_servant),
        ];
        let mut policies = Vec::new();
        for (role, texts) in roles {
            for text in texts {
                once(name, scope, &text, seen)?;
                policies.push(policy(name, &text, role)?);
            }
        }
        Ok(policies)
    }
}

/// Within what a number stands for one thing only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Holder,
    Private,
    Subject,
}

fn once(
    name: &str,
    scope: Scope,
    arcs: &str,
    seen: &mut Vec<(Scope, String)>,
) -> Result<(), AuthoritiesError> {
    let entry = (scope, arcs.to_owned());
    if seen.contains(&entry) {
        return Err(AuthoritiesError::Twice {
            authority: name.to_owned(),
            arcs: entry.1,
        });
    }
    seen.push(entry);
    Ok(())
}

fn policy(name: &str, text: &str, role: Role) -> Result<Policy, AuthoritiesError> {
    let (begin, more) = match text.rsplit_once('.') {
        Some((begin, "x")) => (begin, More::One),
        Some((begin, "*")) => (begin, More::Several),
        Some(_) | None => (text, More::Nothing),
    };
    Ok(Policy {
        begin: oid(name, begin)?,
        more,
        role,
    })
}

fn oid(name: &str, arcs: &str) -> Result<ObjectIdentifier, AuthoritiesError> {
    ObjectIdentifier::new(&format!("{ENTERPRISES}.{arcs}")).map_err(|_| AuthoritiesError::Arcs {
        authority: name.to_owned(),
        arcs: arcs.to_owned(),
    })
}
