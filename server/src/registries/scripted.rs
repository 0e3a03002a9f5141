//! Registries that answer what a test says.

use super::Unavailable;
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId, Ruc};
use shared::obligations::ObligationRecord;
use shared::registries::{Appointment, EmployerRecord, Person, Registry, Taxpayer};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Records held in memory and sources that can be made to fail. Clones share the script.
#[derive(Clone, Debug, Default)]
pub struct Scripted(Arc<Mutex<Script>>);

#[derive(Debug, Default)]
struct Script {
    taxpayers: Vec<Taxpayer>,
    persons: Vec<Person>,
    appointments: Vec<Appointment>,
    employers: Vec<EmployerRecord>,
    obligations: Vec<ObligationRecord>,
    failing: BTreeSet<Registry>,
    asked: usize,
}

impl Scripted {
    /// Knows this taxpayer from now on, instead of an earlier record of the same RUC.
    pub fn know_taxpayer(&self, taxpayer: Taxpayer) {
        let mut script = self.script();
        script.taxpayers.retain(|known| known.ruc != taxpayer.ruc);
        script.taxpayers.push(taxpayer);
    }

    /// Knows this person from now on.
    pub fn know_person(&self, person: Person) {
        let mut script = self.script();
        script.persons.retain(|known| known.id != person.id);
        script.persons.push(person);
    }

    /// Knows this appointment from now on.
    pub fn know_appointment(&self, appointment: Appointment) {
        let mut script = self.script();
        script
            .appointments
            .retain(|known| known.employer != appointment.employer);
        script.appointments.push(appointment);
    }

    /// Knows this employer from now on.
    pub fn know_employer(&self, record: EmployerRecord) {
        let mut script = self.script();
        script
            .employers
            .retain(|known| known.employer != record.employer || known.branch != record.branch);
        script.employers.push(record);
    }

    /// Knows what this employer owes from now on.
    pub fn know_obligations(&self, record: ObligationRecord) {
        let mut script = self.script();
        script
            .obligations
            .retain(|known| known.employer != record.employer || known.branch != record.branch);
        script.obligations.push(record);
    }

    /// From now on neither an appointment nor a record of this employer's branches is known.
    pub fn forget_employer(&self, employer: &EmployerIdentifier) {
        let mut script = self.script();
        script.appointments.retain(|known| known.employer != *employer);
        script.employers.retain(|known| known.employer != *employer);
    }

    /// From now on this source does not answer.
    pub fn fail(&self, registry: Registry) {
        self.script().failing.insert(registry);
    }

    /// From now on this source answers again.
    pub fn recover(&self, registry: Registry) {
        self.script().failing.remove(&registry);
    }

    /// How often any source was asked.
    pub fn asked(&self) -> usize {
        self.script().asked
    }

    pub(super) fn taxpayer(&self, ruc: &Ruc) -> Result<Option<Taxpayer>, Unavailable> {
        let script = self.ask(Registry::Sri)?;
        Ok(script.taxpayers.iter().find(|known| known.ruc == *ruc).cloned())
    }

    pub(super) fn person(&self, id: &RepresentativeId) -> Result<Option<Person>, Unavailable> {
        let script = self.ask(Registry::CivilRegistry)?;
        Ok(script.persons.iter().find(|known| known.id == *id).cloned())
    }

    pub(super) fn appointment(
        &self,
        employer: &EmployerIdentifier,
    ) -> Result<Option<Appointment>, Unavailable> {
        let script = self.ask(Registry::Superintendencia)?;
        Ok(script
            .appointments
            .iter()
            .find(|known| known.employer == *employer)
            .cloned())
    }

    pub(super) fn employer(
        &self,
        employer: &EmployerIdentifier,
        branch: Branch,
    ) -> Result<Option<EmployerRecord>, Unavailable> {
        let script = self.ask(Registry::Iess)?;
        Ok(script
            .employers
            .iter()
            .find(|known| known.employer == *employer && known.branch == branch)
            .cloned())
    }

    pub(super) fn obligations(
        &self,
        employer: &EmployerIdentifier,
        branch: Branch,
    ) -> Result<Option<ObligationRecord>, Unavailable> {
        let script = self.ask(Registry::Iess)?;
        Ok(script
            .obligations
            .iter()
            .find(|known| known.employer == *employer && known.branch == branch)
            .cloned())
    }

    fn ask(&self, registry: Registry) -> Result<MutexGuard<'_, Script>, Unavailable> {
        let mut script = self.script();
        script.asked += 1;
        if script.failing.contains(&registry) {
            Err(Unavailable { registry })
        } else {
            Ok(script)
        }
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
