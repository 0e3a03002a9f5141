//! The examination of one file, as a machine that asks and is answered: it has no network of its own.
//!
//! `begin` makes every check that needs nobody else; then, as long as there are [`questions`](Examination::questions), whoever
//! runs it fetches the answers and gives them to [`reply`](Examination::reply); [`opinion`](Examination::opinion) ends it, at any
//! time: what was not answered by then is unknown.
//!
//! Invariants: what can be found out is found out, so that a person sees all reasons at once; but nothing passes that rests on
//! something that did not: what a certificate says is worth nothing unless an authority signed it. Nobody is asked because of
//! a certificate that no accredited authority issued, or that is not the signer's. There are at most [`QUESTIONS`] questions.

mod person;

#[cfg(test)]
mod tests;

use crate::authorities::Holder;
use crate::certificate::Certificate;
use crate::cms::{self, Judgement, Message, Padding};
use crate::document::{self, Document, Kind};
use crate::revocation::{Answer, Inquiry};
use crate::trust::Trust;
use crate::{Evidence, Expectation, Issued, Opinion, Question, Reply, Signer, path};
use shared::signatures::{Finding, Findings, Reason};
use shared::time::Timestamp;
use std::sync::Arc;

/// Questions that one examination asks in all.
pub const QUESTIONS: usize = 8;

/// An examination that has begun.
pub struct Examination {
    findings: Findings,
    now: Timestamp,
    signer: Option<Signer>,
    chain: Vec<Arc<Certificate>>,
    inquiries: Vec<Inquiry>,
    left: usize,
}

impl core::fmt::Debug for Examination {
    /// Without the signer: personal data.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Examination")
            .field("findings", &self.findings)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

impl Examination {
    /// Makes every check of `file` that needs no answer from an authority.
    pub fn begin(file: &[u8], expectation: &Expectation, trust: &Trust) -> Self {
        let mut examination = Self {
            findings: Findings::NONE,
            now: expectation.now,
            signer: None,
            chain: Vec::new(),
            inquiries: Vec::new(),
            left: QUESTIONS,
        };
        let document = document::read(file, expectation.issued.as_ref(), expectation.now);
        examination.take_structure(document.findings);
        if let Some((message, judgement)) = examination.signature(document, expectation.issued.as_ref()) {
            examination.certificate(&message, judgement, expectation, trust);
        }
        examination
    }

    /// What has to be asked now: nothing more, once it is empty.
    pub fn questions(&self) -> Vec<Question> {
        let mut questions: Vec<Question> = Vec::new();
        for question in self.inquiries.iter().filter_map(Inquiry::question) {
            if questions.len() < self.left && !questions.contains(question) {
                questions.push(question.clone());
            }
        }
        questions
    }

    /// Takes the reply to a question of [`questions`](Self::questions). One to anything else is left alone.
    pub fn reply(&mut self, question: &Question, reply: &Reply) {
        if !self.questions().contains(question) {
            return;
        }
        for inquiry in &mut self.inquiries {
            inquiry.reply(question, reply, self.now);
        }
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            self.inquiries.iter_mut().for_each(Inquiry::stop);
        }
    }

    /// What it comes to.
    pub fn opinion(mut self) -> Opinion {
        let findings = self.inquiries.iter().map(Inquiry::finding);
        self.findings.revocation = findings
            .max_by_key(|finding| weight(*finding))
            .unwrap_or(Finding::Skipped);
        let mut evidence = Evidence {
            chain: self
                .chain
                .iter()
                .map(|certificate| certificate.der.clone())
                .collect(),
            ..Evidence::default()
        };
        for answer in self.inquiries.iter().filter_map(Inquiry::evidence) {
            match answer {
                Answer::Ocsp(bytes) => evidence.ocsp.push(bytes.clone()),
                Answer::List(bytes) => evidence.crls.push(bytes.clone()),
            }
        }
        for answer in self.inquiries.iter().flat_map(Inquiry::doubted) {
            evidence.doubt(answer);
        }
        Opinion {
            findings: self.findings,
            signer: self.signer,
            evidence,
        }
    }

    fn take_structure(&mut self, found: document::Structure) {
        let findings = &mut self.findings;
        findings.file = found.file;
        findings.contents = found.contents;
        findings.request = found.request;
        findings.unaltered = found.unaltered;
        findings.one_signature = found.one_signature;
        findings.coverage = found.coverage;
    }

    /// Rule 4: the signature itself, of either kind of file.
    fn signature(&mut self, document: Document<'_>, issued: Option<&Issued>) -> Option<(Message, Judgement)> {
        match document.kind {
            Kind::Other => None,
            Kind::Pdf => {
                let field = document.signature?;
                let profile = match field.profile {
                    document::Profile::AdbeDetached => cms::Profile::Plain,
                    document::Profile::EtsiDetached => cms::Profile::Etsi,
                };
                let message = self.message(&field.cms, Padding::Zeros)?;
                let mut judgement = self.judge(&message, &field.signed, profile)?;
                judgement.claimed_at = judgement.claimed_at.or(field.claimed_at);
                // The content is the file. A message with another one inside says two things at once (ISO 32000, 12.8.3.3).
                if message
                    .content
                    .as_ref()
                    .is_some_and(|content| !content.is_empty())
                {
                    self.findings.signature = Finding::Failed(Reason::SignatureMalformed);
                }
                Some((message, judgement))
            }
            Kind::SignedMessage(cms) => {
                let message = self.message(&cms, Padding::None)?;
                let Some(content) = &message.content else {
                    // A signature on its own: what it is of is not here.
                    self.findings.file = Finding::Failed(Reason::Malformed);
                    return None;
                };
                self.take_structure(document::compare(content, issued, self.now));
                if self.findings.one_signature == Finding::Skipped {
                    self.findings.one_signature = Finding::Passed;
                }
                // A message has nothing but what is signed, and may have nothing after it.
                self.findings.coverage = Finding::Passed;
                let judgement = self.judge(&message, &[content.as_slice()], cms::Profile::Plain)?;
                Some((message, judgement))
            }
        }
    }

    fn message(&mut self, cms: &[u8], padding: Padding) -> Option<Message> {
        let message = Message::read(cms, padding);
        if message.is_err() {
            self.findings.signature = Finding::Failed(Reason::SignatureMalformed);
        }
        message.ok()
    }

    fn judge(&mut self, message: &Message, content: &[&[u8]], profile: cms::Profile) -> Option<Judgement> {
        let signature = match message.signers.as_slice() {
            [signature] => signature,
            [] => {
                self.findings.one_signature = Finding::Failed(Reason::Unsigned);
                return None;
            }
            [_, _, ..] => {
                self.findings.one_signature = Finding::Failed(Reason::SeveralSignatures);
                return None;
            }
        };
        let judgement = cms::judge(message, signature, content, profile);
        self.findings.digest = judgement.digest;
        self.findings.signature = judgement.signature;
        Some(judgement)
    }

    /// Rules 5 to 7: the certificate and its holder.
    fn certificate(
        &mut self,
        message: &Message,
        judgement: Judgement,
        expectation: &Expectation,
        trust: &Trust,
    ) {
        let Some(certificate) = judgement.signer else {
            return;
        };
        let path = path::find(&certificate, &message.certificates, trust, self.now);
        self.findings.authority = match &path {
            Ok(_) => Finding::Passed,
            Err(reason) => Finding::Failed(*reason),
        };
        let period = match &path {
            Ok(path) => path.period,
            Err(_) => path::period(&certificate, self.now),
        };
        self.findings.period = period.map_or(Finding::Passed, Finding::Failed);
        self.findings.key_usage = person::purpose(&certificate);
        let holder = Holder::of(&certificate, &trust.authorities);
        if let Some(expected) = &expectation.holder {
            self.findings.holder = person::holder(&holder, expected);
            self.findings.employer = person::employer(&holder, expected);
        }
        self.signer = Some(person::signer(&certificate, holder, judgement.claimed_at));
        self.withdraw();
        match path {
            Ok(path) => {
                self.inquire(&path);
                self.chain = path.chain;
            }
            Err(_) => self.chain = vec![certificate],
        }
    }

    /// Takes back what passed by the word of a certificate that nobody vouches for, or that is not shown to be the signer's.
    fn withdraw(&mut self) {
        let findings = &mut self.findings;
        if findings.authority != Finding::Passed {
            for finding in [&mut findings.period, &mut findings.key_usage] {
                unless_failed(finding);
            }
        }
        if findings.authority != Finding::Passed || findings.signature != Finding::Passed {
            for finding in [&mut findings.holder, &mut findings.employer] {
                unless_failed(finding);
            }
        }
    }

    /// Begins to ask about every certificate below the anchor, where an answer can still matter.
    fn inquire(&mut self, path: &path::Path) {
        let findings = &self.findings;
        let matters = [findings.signature, findings.authority, findings.period];
        if matters.iter().all(|finding| *finding == Finding::Passed) {
            let pairs = path.chain.iter().zip(path.chain.iter().skip(1));
            self.inquiries = pairs
                .map(|(certificate, issuer)| Inquiry::about(certificate, issuer))
                .collect();
        }
    }
}

/// What did not fail was not found out.
fn unless_failed(finding: &mut Finding) {
    match finding {
        Finding::Failed(_) => {}
        Finding::Passed | Finding::Unknown(_) | Finding::Skipped => *finding = Finding::Skipped,
    }
}

/// Which finding about several certificates stands for all of them; of two of the same kind, the reason that says more.
const fn weight(finding: Finding) -> u8 {
    match finding {
        Finding::Passed => 0,
        Finding::Skipped => 1,
        Finding::Unknown(Reason::RevocationUnreachable) => 2,
        Finding::Unknown(Reason::RevocationUnknown) => 3,
        Finding::Unknown(Reason::RevocationStale) => 4,
        Finding::Unknown(_) => 5,
        Finding::Failed(_) => 6,
    }
}
