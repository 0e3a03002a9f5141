//! What a person does in two browsers that share everything: cookies, links and the mailbox.

use crate::bounds::JUDGING;
use crate::carry::Undone;
use crate::fault::Fault;
use crate::properties::Breach;
use crate::world::{Admission, Browser, Entry, Proved, Seen, World};
use shared::captcha::Verified;
use shared::identifiers::{Email, LinkId, MaskedEmail};
use shared::links::{Link, LinkState};
use shared::passkeys::{PasskeyAsserted, PasskeyId, Purpose};
use shared::recovery::{
    Case, CaseReference, Event, IdentityVerified, OfficerApproval, Opening, Proof, Refusal, Route,
    SolvedCaptcha, StageName, Standing, ValidSignature,
};
use shared::registries::Registry;
use shared::signatures::{Finding, Findings, Verdict};
use shared::step_up::Reason;
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

/// A signed request in which nothing is wrong.
const PASSED: Findings = Findings {
    file: Finding::Passed,
    contents: Finding::Passed,
    request: Finding::Passed,
    unaltered: Finding::Passed,
    one_signature: Finding::Passed,
    coverage: Finding::Passed,
    digest: Finding::Passed,
    signature: Finding::Passed,
    authority: Finding::Passed,
    period: Finding::Passed,
    key_usage: Finding::Passed,
    revocation: Finding::Passed,
    holder: Finding::Passed,
    employer: Finding::Passed,
    representative: Finding::Passed,
};

impl World {
    pub(crate) fn open_online(&mut self) {
        let failures = self.failures();
        self.open(Opening::Asked { failures });
    }

    pub(crate) fn open_signed(&mut self) {
        self.open(Opening::Signature);
    }

    fn open(&mut self, opening: Opening) {
        self.left.cases -= 1;
        let solved = SolvedCaptcha::spent(Verified {
            seed: [0; 16],
            expires: Deadline::at(self.now),
        });
        let reference = CaseReference::from_random([7; 8]);
        let step = Case::open(&solved, opening, reference, self.bounds.terms, self.now);
        self.cases.push(Entry {
            case: step.case,
            proof: Proved::Nothing,
            cap: None,
        });
    }

    /// Failed attempts that count now, and those that are being judged.
    fn failures(&self) -> u8 {
        let taken = self.attempts.slots.iter().flatten().count();
        u8::try_from(taken).unwrap_or(u8::MAX)
    }

    /// Whether answers sent now would be judged, or end in a suspension. Others are told to try again in a moment.
    pub(crate) fn may_send_answers(&self) -> bool {
        self.admission().is_some()
    }

    /// What the server does with an attempt at this moment, and what it does to nobody yet; `None` while it is busy.
    fn admission(&self) -> Option<Admission> {
        if let Some(until) = self.attempts.suspended.filter(|until| *until > self.now) {
            return Some(Admission::Suspended { until });
        }
        if let Some(slot) = self.attempts.slots.iter().position(Option::is_none) {
            return Some(Admission::Counted {
                slot: Some(slot).filter(|_| self.fault != Fault::CountedAfterwards),
                failures: self.failures() + 1,
                answered: false,
            });
        }
        let last = self.attempts.slots.iter().flatten().max()?;
        (self.now.since(*last) >= JUDGING).then_some(Admission::Lapsed {
            failures: self.bounds.terms.attempts,
        })
    }

    pub(crate) fn send_answers(&mut self, browser: usize, case: usize, right: bool) {
        if right {
            self.left.right -= 1;
        } else {
            self.left.wrong -= 1;
        }
        let Some(admission) = self.admission() else { return };
        match admission {
            Admission::Counted { slot: Some(slot), .. } => self.attempts.slots[slot] = Some(self.now),
            // The one that is waited for in vain is written down anew, so that only one submission finds it.
            Admission::Lapsed { .. } => {
                if let Some(last) = self.attempts.slots.iter_mut().flatten().max() {
                    *last = self.now;
                }
            }
            Admission::Counted { slot: None, .. } | Admission::Suspended { .. } => {}
        }
        self.browsers[browser] = Browser::Judging {
            case,
            right,
            admission,
        };
    }

    /// The node dies: the attempt stays counted, and nobody is told anything.
    pub(crate) fn lose_answers(&mut self, browser: usize) {
        self.left.crashes -= 1;
        self.browsers[browser] = Browser::Idle;
    }

    pub(crate) fn judge(&mut self, browser: usize, more: bool) {
        let Browser::Judging {
            case: asked,
            right,
            admission,
        } = core::mem::replace(&mut self.browsers[browser], Browser::Idle)
        else {
            return;
        };
        let case = if self.fault == Fault::ProofOfNewest {
            self.cases.len() - 1
        } else {
            asked
        };
        match admission {
            Admission::Suspended { until } => {
                let _ = self.apply(case, Event::SuspensionMet { until }, self.now);
            }
            Admission::Lapsed { failures } => {
                let _ = self.apply(case, Event::AnswersFailed { failures }, self.now);
            }
            Admission::Counted {
                slot,
                failures,
                answered,
            } => {
                if right {
                    self.accept((case, asked), more, slot);
                } else {
                    self.reject(case, slot, failures, answered);
                }
            }
        }
    }

    fn reject(&mut self, case: usize, slot: Option<usize>, failures: u8, answered: bool) {
        let before = self.clone();
        self.guess(answered);
        if self
            .apply(case, Event::AnswersFailed { failures }, self.now)
            .is_err()
        {
            // Their case has gone on: nobody is told how they were judged, so they do not count.
            *self = before;
            self.release(slot);
        } else if self.fault == Fault::CountedAfterwards
            && let Some(free) = self.attempts.slots.iter_mut().find(|slot| slot.is_none())
        {
            *free = Some(self.now);
        }
    }

    fn accept(&mut self, (case, asked): (usize, usize), more: bool, slot: Option<usize>) {
        let standing = self.standing();
        let goes_on = matches!(standing, Standing::Reachable { .. });
        let reasons = if more {
            vec![Reason::RecoveryRepeated]
        } else {
            Vec::new()
        };
        let Some(verified) = IdentityVerified::by_answers(&[1; 32], &[1; 32]) else {
            return;
        };
        let proof = Proof::Answers { verified, reasons };
        let done = self.apply(case, Event::Proved { proof, standing }, self.now);
        // Right answers give their attempt back, and so do those whose case had gone on.
        self.release(slot);
        if done.is_ok() {
            if case != asked {
                self.breach(Breach::ProofOfOtherCase);
            }
            if goes_on {
                let proved = if more { Proved::AnswersOnly } else { Proved::All };
                self.proved(case, proved);
            }
        }
    }

    /// What the browser is told tells it that these were wrong. They count for the time in which they were counted.
    fn guess(&mut self, answered: bool) {
        let guesses = if answered {
            &mut self.attempts.guesses_before
        } else {
            &mut self.attempts.guesses
        };
        *guesses += 1;
        if *guesses > self.bounds.terms.attempts {
            self.breach(Breach::TooManyGuesses);
        }
    }

    fn release(&mut self, slot: Option<usize>) {
        if let Some(slot) = slot {
            self.attempts.slots[slot] = None;
        }
    }

    pub(crate) fn suspend(&mut self, until: Timestamp) {
        self.attempts.suspended = Some(until);
        self.attempts.slots.fill(None);
        self.attempts.guesses_before = core::mem::take(&mut self.attempts.guesses);
        for browser in &mut self.browsers {
            if let Browser::Judging {
                admission: Admission::Counted { slot, answered, .. },
                ..
            } = browser
            {
                (*slot, *answered) = (None, true);
            }
        }
    }

    fn proved(&mut self, case: usize, proof: Proved) {
        let cap = core::time::Duration::from_secs(self.bounds.terms.cap_seconds.into());
        self.cases[case].proof = proof;
        self.cases[case].cap = Some(self.now.after(cap));
    }

    pub(crate) fn registry_fails(&mut self, case: usize) {
        self.left.outages -= 1;
        let registry = Registry::Sri;
        let _ = self.apply(case, Event::RegistryFailed { registry }, self.now);
    }

    pub(crate) fn resume(&mut self, case: usize) {
        let failures = self.failures();
        let _ = self.apply(case, Event::Asked { failures }, self.now);
    }

    pub(crate) fn assert(&mut self, case: usize, passes: bool) {
        self.left.assertions -= 1;
        if !passes {
            let _ = self.apply(case, Event::AssertionFailed, self.now);
            return;
        }
        let standing = self.standing();
        let goes_on = matches!(standing, Standing::Reachable { .. });
        let passkey = PasskeyId::from_uuid(Uuid::from_u128(3));
        let asserted = PasskeyAsserted::verified(passkey, Purpose::Recovery);
        let event = Event::StepUpPassed { asserted, standing };
        if self.apply(case, event, self.now).is_ok() && goes_on {
            self.proved(case, Proved::All);
        }
    }

    pub(crate) fn choose(&mut self, case: usize, route: Route) {
        self.left.routes -= 1;
        let event = match route {
            Route::Signature => Event::SignatureChosen,
            Route::Counter => Event::CounterChosen,
            Route::Online => return,
        };
        let _ = self.apply(case, event, self.now);
    }

    pub(crate) fn prove(&mut self, case: usize) {
        self.left.proofs -= 1;
        let standing = self.standing();
        let goes_on = matches!(standing, Standing::Reachable { .. });
        let proof = if self.stage_now(case) == StageName::AwaitingOfficer {
            // An officer is told what the account does not allow, and nothing is written.
            if !goes_on {
                return;
            }
            OfficerApproval::given("seen at the counter").map(Proof::Officer)
        } else {
            ValidSignature::by_verdict(&Verdict::of(PASSED)).map(Proof::Signature)
        };
        let Some(proof) = proof else { return };
        let done = self.apply(case, Event::Proved { proof, standing }, self.now);
        if done.is_ok() && goes_on {
            self.proved(case, Proved::All);
        }
    }

    /// What the account allows at this moment.
    fn standing(&self) -> Standing {
        if self.account.frozen {
            return Standing::Unreachable {
                reason: Refusal::AccountFrozen,
            };
        }
        address().map_or(
            Standing::Unreachable {
                reason: Refusal::NoEmail,
            },
            |address| Standing::Reachable { address },
        )
    }

    pub(crate) fn can_click(&self, link: LinkId) -> bool {
        self.link(link)
            .is_some_and(|row| row.link.present(self.now).is_ok())
    }

    pub(crate) fn click(&mut self, link: LinkId) {
        self.left.clicks -= 1;
        let Some(row) = self.link(link) else { return };
        let case = row.case;
        let Ok(presented) = row.link.present(self.now) else {
            return;
        };
        if self.apply(case, Event::Redeemed { presented }, self.now).is_ok() {
            let span = core::time::Duration::from_secs(self.bounds.terms.redeem_seconds.into());
            let end = self.now.after(span);
            if let Some(row) = self.link_mut(link) {
                row.end = Some(end);
            }
        }
    }

    /// Whether the first look at the link lets a password through to the hashing.
    pub(crate) fn may_send_password(&self, link: LinkId) -> bool {
        self.link(link)
            .is_some_and(|row| self.is_good(&row.link) && !self.cases[row.case].case.must_redeem())
    }

    fn is_good(&self, link: &Link) -> bool {
        let late = self.fault == Fault::OneTickLate
            && link.state() == LinkState::Open
            && link.expires().instant() == self.now;
        late || link.present(self.now).is_ok()
    }

    pub(crate) fn send_password(&mut self, browser: usize, link: LinkId) {
        self.left.passwords -= 1;
        let unread = matches!(self.fault, Fault::Unguarded | Fault::UnguardedAndUnlocked);
        let seen = self.link(link).filter(|_| unread).map(|row| {
            Box::new(Seen {
                case: self.cases[row.case].case.clone(),
                link: row.link.clone(),
            })
        });
        self.browsers[browser] = Browser::Hashing { link, seen };
    }

    /// The one transaction: lock, look again, use the link up, write.
    pub(crate) fn commit(&mut self, browser: usize) {
        let Browser::Hashing { link: id, seen } =
            core::mem::replace(&mut self.browsers[browser], Browser::Idle)
        else {
            return;
        };
        let Some(row) = self.link(id) else { return };
        let case = row.case;
        let at = self.now;
        let mut link = row.link.clone();
        let mut read = self.cases[case].case.clone();
        if let Some(seen) = seen {
            // Good when it was looked at, and not looked at again.
            link = Link::made(id, Deadline::at(Timestamp::from_micros(i64::MAX)));
            if self.fault == Fault::UnguardedAndUnlocked {
                read = seen.case;
            }
        }
        if self.fault == Fault::OneTickLate && self.is_good(&link) {
            link = Link::made(id, Deadline::at(Timestamp::from_micros(i64::MAX)));
        }
        let Ok(consumed) = link.consume(at) else { return };
        if self.account.frozen && self.fault != Fault::FreezeForgotten {
            return;
        }
        let done: Result<(), Undone> = self.apply_to(case, &read, Event::PasswordSet { consumed }, at);
        // What the machine or the guard refuses, the browser is told; nothing is written.
        let _ = done;
    }
}

/// The registered address, as a page may show it.
fn address() -> Option<MaskedEmail> {
    let address: Result<Email, _> = "maria@empresa.example".parse();
    address.ok().map(|address| address.masked())
}
