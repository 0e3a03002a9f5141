//! Whether the official records agree about who represents an employer.
//!
//! Words: a *claim* is what somebody typed, beside what the registries answered about it; a *finding* is what follows;
//! a *correction* names the record that must be set right, and by its registry where, but never what it holds.
//!
//! Invariants: a finding is told only to somebody who has answered the questions rightly; only [`Finding::Agreed`] lets a
//! link be sent. Whoever a registry names may prove the identity, so that the true representative learns which record
//! stands in the way; whoever none names proves nothing.
//!
//! What it does not do: names and addresses are not compared. Each registry spells them in its own way.

use crate::identifiers::{EmployerIdentifier, RepresentativeId};
use crate::registries::{
    Appointment, EmployerRecord, Person, Registry, Taxpayer, TaxpayerKind, TaxpayerStatus,
};
use serde::{Deserialize, Serialize};

/// Who says to represent whom, and what the registries answered. `None` is "not on record", never "did not answer".
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The employer.
    pub employer: EmployerIdentifier,
    /// Who says to represent it.
    pub representative: &'a RepresentativeId,
    /// What the SRI knows of the employer; a household has no RUC.
    pub taxpayer: Option<&'a Taxpayer>,
    /// What the Registro Civil knows of the person.
    pub person: Option<&'a Person>,
    /// Whom the Superintendencia names today. It knows companies only.
    pub appointment: Option<&'a Appointment>,
    /// What the institute knows of the employer's branch.
    pub employer_record: Option<&'a EmployerRecord>,
}

/// What the records say of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Finding {
    /// Every registry that knows the matter names this person.
    Agreed,
    /// Some registry names this person, and another record contradicts it.
    Disagreed(Correction),
    /// Some registry names this person, and the SRI does not let the employer act.
    Inactive,
    /// No registry names this person: no answer of theirs is right.
    Stranger,
}

/// A record to set right before the recovery can go on online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Correction {
    /// The Registro Civil does not know the representative's cédula.
    Person,
    /// The SRI does not know the RUC.
    Taxpayer,
    /// The Superintendencia's registered appointment names somebody else.
    Appointment,
    /// The institute has no record of this employer and branch.
    Employer,
    /// The institute's record names somebody else as representative.
    Representative,
}

impl Correction {
    /// Every one.
    pub const ALL: &'static [Self] = &[
        Self::Person,
        Self::Taxpayer,
        Self::Appointment,
        Self::Employer,
        Self::Representative,
    ];

    /// Where the record is set right.
    pub const fn registry(self) -> Registry {
        match self {
            Self::Person => Registry::CivilRegistry,
            Self::Taxpayer => Registry::Sri,
            Self::Appointment => Registry::Superintendencia,
            Self::Employer | Self::Representative => Registry::Iess,
        }
    }
}

/// What one source says of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Named,
    AnotherNamed,
    /// It keeps no such record.
    Nothing,
}

impl Says {
    fn of(named: Option<&RepresentativeId>, claimed: &RepresentativeId) -> Self {
        match named {
            Some(named) if named == claimed => Self::Named,
            Some(_) => Self::AnotherNamed,
            None => Self::Nothing,
        }
    }
}

impl Claim<'_> {
    /// Compares everything with everything. Where several records are wrong, the one that the others build on is told.
    pub fn cross_check(&self) -> Finding {
        let claimed = self.representative;
        let appointed = Says::of(self.appointment.map(|one| &one.representative), claimed);
        let recorded = Says::of(self.employer_record.map(|one| &one.representative), claimed);
        let holder = self.holder();
        if ![appointed, recorded, holder].contains(&Says::Named) {
            return Finding::Stranger;
        }
        if self
            .taxpayer
            .is_some_and(|one| one.status != TaxpayerStatus::Active)
        {
            return Finding::Inactive;
        }
        let needs_ruc = match self.employer {
            EmployerIdentifier::Ruc(_) => true,
            EmployerIdentifier::Household(_) => false,
        };
        let wrong = if self.person.is_none() && claimed.cedula().is_some() {
            Some(Correction::Person)
        } else if self.taxpayer.is_none() && needs_ruc {
            Some(Correction::Taxpayer)
        } else if appointed == Says::AnotherNamed || (holder, appointed) == (Says::AnotherNamed, Says::Named)
        {
            Some(Correction::Appointment)
        } else if self.employer_record.is_none() {
            Some(Correction::Employer)
        } else if recorded == Says::AnotherNamed || holder == Says::AnotherNamed {
            Some(Correction::Representative)
        } else {
            None
        };
        wrong.map_or(Finding::Agreed, Finding::Disagreed)
    }

    /// Whose number it is: a natural person, as the SRI says, and a household represent themselves. A foreigner's code
    /// cannot be compared with a number.
    fn holder(&self) -> Says {
        let Some(claimed) = self.representative.cedula() else {
            return Says::Nothing;
        };
        let natural = self
            .taxpayer
            .is_some_and(|one| one.kind == Some(TaxpayerKind::NaturalPerson));
        let holder = match self.employer {
            EmployerIdentifier::Ruc(ruc) if natural => ruc.cedula(),
            EmployerIdentifier::Ruc(_) => None,
            EmployerIdentifier::Household(cedula) => Some(cedula),
        };
        match holder {
            Some(holder) if holder == claimed => Says::Named,
            Some(_) => Says::AnotherNamed,
            None => Says::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPANY: &str = "1790016919001";
    const NATURAL: &str = "1700000019001";
    const HOUSEHOLD: &str = "1700000019";
    const HOLDER: &str = "1700000019";
    const ANOTHER: &str = "1710034065";
    const FOREIGNER: &str = "EXT2041";

    /// Who stands in which record; `None` where there is no record.
    #[derive(Clone, Copy)]
    struct Known {
        employer: &'static str,
        claimed: &'static str,
        status: Option<TaxpayerStatus>,
        kind: Option<TaxpayerKind>,
        person: Option<()>,
        appointed: Option<&'static str>,
        recorded: Option<&'static str>,
    }

    const AGREED: Known = Known {
        employer: COMPANY,
        claimed: HOLDER,
        status: Some(TaxpayerStatus::Active),
        kind: Some(TaxpayerKind::LegalEntity),
        person: Some(()),
        appointed: Some(HOLDER),
        recorded: Some(HOLDER),
    };

    const OWN: Known = Known {
        employer: NATURAL,
        kind: Some(TaxpayerKind::NaturalPerson),
        appointed: None,
        ..AGREED
    };

    const HOME: Known = Known {
        employer: HOUSEHOLD,
        status: None,
        appointed: None,
        ..AGREED
    };

    fn check(known: Known) -> Finding {
        let employer: EmployerIdentifier = known.employer.parse().unwrap();
        let claimed: RepresentativeId = known.claimed.parse().unwrap();
        let taxpayer = match (employer, known.status) {
            (EmployerIdentifier::Ruc(ruc), Some(status)) => Some(Taxpayer {
                ruc,
                name: "EMPRESA DE PRUEBA S.A.".to_owned(),
                status,
                kind: known.kind,
                activities_started_on: None,
                ruc_issued_on: None,
                incorporated_on: None,
                head_office: None,
                main_activity: None,
            }),
            (EmployerIdentifier::Ruc(_) | EmployerIdentifier::Household(_), _) => None,
        };
        let person = known.person.map(|()| Person {
            id: claimed.clone(),
            given_names: "MARIA ELENA".to_owned(),
            surnames: "QUISPE ANDRADE".to_owned(),
            birth_date: "1970-05-04".parse().unwrap(),
            birthplace: None,
            married_on: None,
            address: None,
            previous_addresses: Vec::new(),
        });
        let appointment = known.appointed.map(|named| Appointment {
            employer,
            representative: named.parse().unwrap(),
            registered_on: None,
        });
        let employer_record = known.recorded.map(|named| EmployerRecord {
            employer,
            branch: crate::identifiers::Branch::default(),
            name: "EMPRESA DE PRUEBA S.A.".to_owned(),
            representative: named.parse().unwrap(),
            registered_on: None,
            first_worker_in: None,
            workers: Vec::new(),
            branches: None,
            address: None,
            previous_addresses: Vec::new(),
            debit_account: None,
        });
        Claim {
            employer,
            representative: &claimed,
            taxpayer: taxpayer.as_ref(),
            person: person.as_ref(),
            appointment: appointment.as_ref(),
            employer_record: employer_record.as_ref(),
        }
        .cross_check()
    }

    #[test]
    fn whoever_all_records_name_is_the_representative() {
        let public_body = Known {
            appointed: None,
            ..AGREED
        };
        let foreigner = Known {
            claimed: FOREIGNER,
            person: None,
            appointed: Some(FOREIGNER),
            recorded: Some(FOREIGNER),
            ..AGREED
        };
        for known in [AGREED, public_body, OWN, HOME, foreigner] {
            assert_eq!(check(known), Finding::Agreed, "{}", known.employer);
        }
    }

    #[test]
    fn whom_no_registry_names_is_a_stranger_whatever_else_is_wrong() {
        for status in [Some(TaxpayerStatus::Active), Some(TaxpayerStatus::Passive), None] {
            for person in [Some(()), None] {
                for named in [Some(HOLDER), None] {
                    let known = Known {
                        claimed: ANOTHER,
                        status,
                        person,
                        appointed: named,
                        recorded: named,
                        ..AGREED
                    };
                    assert_eq!(check(known), Finding::Stranger);
                }
            }
        }
        assert_eq!(
            check(Known {
                claimed: ANOTHER,
                ..OWN
            }),
            Finding::Stranger
        );
        assert_eq!(
            check(Known {
                claimed: ANOTHER,
                ..HOME
            }),
            Finding::Stranger
        );
    }

    #[test]
    fn a_contradiction_names_the_record_and_where_it_is_set_right() {
        let cases = [
            // The company's new representative: the institute still has the old one.
            (
                Known {
                    recorded: Some(ANOTHER),
                    ..AGREED
                },
                Correction::Representative,
            ),
            // The old one, or a new one whose appointment nobody registered.
            (
                Known {
                    appointed: Some(ANOTHER),
                    ..AGREED
                },
                Correction::Appointment,
            ),
            (
                Known {
                    recorded: None,
                    ..AGREED
                },
                Correction::Employer,
            ),
            (
                Known {
                    person: None,
                    ..AGREED
                },
                Correction::Person,
            ),
            (
                Known {
                    status: None,
                    ..AGREED
                },
                Correction::Taxpayer,
            ),
            // A natural person's RUC: the SRI says whose it is.
            (
                Known {
                    recorded: Some(ANOTHER),
                    ..OWN
                },
                Correction::Representative,
            ),
            (
                Known {
                    claimed: ANOTHER,
                    recorded: Some(ANOTHER),
                    ..OWN
                },
                Correction::Representative,
            ),
            (
                Known {
                    claimed: ANOTHER,
                    appointed: Some(ANOTHER),
                    recorded: Some(ANOTHER),
                    ..OWN
                },
                Correction::Appointment,
            ),
            (
                Known {
                    recorded: Some(ANOTHER),
                    ..HOME
                },
                Correction::Representative,
            ),
            (
                Known {
                    recorded: None,
                    ..HOME
                },
                Correction::Employer,
            ),
        ];
        for (known, correction) in cases {
            assert_eq!(check(known), Finding::Disagreed(correction), "{correction:?}");
        }
        let named: std::collections::HashSet<_> = cases.iter().map(|(_, correction)| *correction).collect();
        assert_eq!(
            named.len(),
            Correction::ALL.len(),
            "every correction has its case"
        );
    }

    #[test]
    fn a_ruc_that_may_not_act_is_told_before_anything_else() {
        for status in [TaxpayerStatus::Suspended, TaxpayerStatus::Passive] {
            let known = Known {
                status: Some(status),
                person: None,
                recorded: None,
                ..AGREED
            };
            assert_eq!(check(known), Finding::Inactive);
        }
    }

    #[test]
    fn one_record_that_is_not_as_it_should_be_is_enough_for_no_link() {
        // Every combination of who is named where: a link needs all that speak to name the claimed person.
        let says = [None, Some(HOLDER), Some(ANOTHER)];
        for appointed in says {
            for recorded in says {
                for base in [AGREED, OWN, HOME] {
                    let known = Known {
                        appointed,
                        recorded,
                        ..base
                    };
                    let speaks_against = [appointed, recorded].contains(&Some(ANOTHER));
                    let agreed = check(known) == Finding::Agreed;
                    assert_eq!(agreed, !speaks_against && recorded == Some(HOLDER));
                }
            }
        }
    }
}
