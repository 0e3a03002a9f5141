//! What happens inside the child: `clavero notary`.

use super::frames::{self, Relied, Said, Told};
use super::limits::Limits;
use crate::notary::trust::Given;
use notary::{Examination, Expectation, Opinion, Question, Reply, freshness};
use std::io::{self, ErrorKind, Read, Write};
use std::process::ExitCode;

/// Takes the limits upon this process, judges one file and ends. Whatever goes wrong, it says nothing: what it was given is
/// personal, and an attacker may have chosen the words.
pub fn run(limits: Limits) -> ExitCode {
    std::panic::set_hook(Box::new(|_| ()));
    let judged = limits
        .apply()
        .and_then(|()| judge(&mut io::stdin().lock(), &mut io::stdout().lock()));
    match judged {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn judge(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    let given: Given = frames::read_json(input)?;
    let expectation: Expectation = frames::read_json(input)?;
    let file = frames::read(input)?;
    let trust = given
        .trust()
        .map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?;
    let mut examination = Examination::begin(&file, &expectation, &trust);
    let mut replies = Vec::new();
    loop {
        let questions = examination.questions();
        if questions.is_empty() {
            break;
        }
        frames::write_json(output, &Said::Questions(questions.clone()))?;
        for (question, reply) in answers(input, questions)? {
            examination.reply(&question, &reply);
            replies.push((question, reply));
        }
    }
    frames::write_json(output, &conclusion(examination.opinion(), &replies))
}

/// What the server tells of each question.
fn answers(input: &mut impl Read, questions: Vec<Question>) -> io::Result<Vec<(Question, Reply)>> {
    let told: Vec<Told> = frames::read_json(input)?;
    if told.len() != questions.len() {
        return Err(ErrorKind::InvalidData.into());
    }
    let read = |(question, told): (Question, Told)| {
        let bytes = match told.unanswered {
            None => Ok(frames::read(input)?),
            Some(reason) => Err(reason),
        };
        let fetched_at = told.fetched_at;
        Ok((question, Reply { bytes, fetched_at }))
    };
    questions.into_iter().zip(told).map(read).collect()
}

/// The opinion, with the answers that it relied on as numbers, and without those that it doubted: the server has them all.
fn conclusion(mut opinion: Opinion, replies: &[(Question, Reply)]) -> Said {
    let mut relied = Vec::new();
    for (number, (question, reply)) in replies.iter().enumerate() {
        let Ok(bytes) = &reply.bytes else {
            continue;
        };
        let evidence = match question {
            Question::Ocsp { .. } => &mut opinion.evidence.ocsp,
            Question::Crl { .. } => &mut opinion.evidence.crls,
        };
        let before = evidence.len();
        evidence.retain(|known| known != bytes);
        if evidence.len() < before {
            relied.push(Relied {
                answer: number,
                next: freshness(question, bytes),
            });
        } else {
            opinion.evidence.doubted.retain(|known| known != bytes);
        }
    }
    Said::Opinion {
        opinion: Box::new(opinion),
        relied,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notary::sound;
    use notary::Unanswered;
    use shared::time::Timestamp;

    fn told(unanswered: Option<Unanswered>) -> Told {
        Told {
            unanswered,
            fetched_at: Timestamp::from_micros(7),
        }
    }

    fn list(url: &str) -> Question {
        Question::Crl { url: url.to_owned() }
    }

    #[test]
    fn an_answer_goes_to_its_question() {
        let mut wire = Vec::new();
        let all = [told(None), told(Some(Unanswered::TooLarge)), told(None)];
        frames::write_json(&mut wire, &all).unwrap();
        wire.extend(b"\x01\0\0\0a\x01\0\0\0c");
        let questions = vec![list("a"), list("b"), list("c")];
        let got = answers(&mut &*wire, questions.clone()).unwrap();
        let got: Vec<_> = got
            .into_iter()
            .map(|(question, reply)| (question, reply.bytes))
            .collect();
        let [a, b, c] = <[_; 3]>::try_from(questions.clone()).unwrap();
        assert_eq!(
            got,
            [
                (a, Ok(b"a".to_vec())),
                (b, Err(Unanswered::TooLarge)),
                (c, Ok(b"c".to_vec()))
            ]
        );
        assert!(answers(&mut &*wire, vec![list("a")]).is_err());
        assert!(answers(&mut &wire[..wire.len() - 1], questions).is_err());
    }

    #[test]
    fn what_was_relied_on_is_a_number_and_other_evidence_stays() {
        let mut opinion = sound();
        opinion.evidence.crls = vec![b"b".to_vec(), b"of the file".to_vec()];
        opinion.evidence.doubted = vec![b"a".to_vec()];
        let reply = |bytes: &[u8]| Reply {
            bytes: Ok(bytes.to_vec()),
            fetched_at: Timestamp::from_micros(7),
        };
        let replies = [(list("a"), reply(b"a")), (list("b"), reply(b"b"))];
        let Said::Opinion { opinion, relied } = conclusion(opinion, &replies) else {
            panic!("no opinion");
        };
        assert_eq!(opinion.evidence.crls, [b"of the file".to_vec()]);
        assert!(opinion.evidence.doubted.is_empty());
        let relied: Vec<_> = relied.iter().map(|relied| relied.answer).collect();
        assert_eq!(relied, [1]);
    }
}
