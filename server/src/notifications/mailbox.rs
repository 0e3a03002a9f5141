//! The demo's mailbox: keeps the last mails in memory, where a page shows them. No table ever holds a usable link.

use crate::notifications::mailer::Mail;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many mails are kept.
const CAPACITY: usize = 200;

/// The last mails, newest first. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Mailbox(Arc<Mutex<VecDeque<Mail>>>);

impl Mailbox {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a mail in; the oldest one goes when it is full.
    pub fn put(&self, mail: &Mail) {
        let mut mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mails.truncate(CAPACITY - 1);
        mails.push_front(mail.clone());
    }

    /// Every mail, newest first.
    pub fn all(&self) -> Vec<Mail> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .cloned()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::i18n::Language;
    use shared::time::Timestamp;

    #[test]
    fn it_keeps_the_newest_up_to_its_capacity() {
        let mailbox = Mailbox::new();
        for number in 0..=CAPACITY {
            mailbox.put(&Mail {
                to: "ana@correo.example".parse().unwrap(),
                message_id: number.to_string(),
                date: Timestamp::from_micros(0),
                subject: String::new(),
                text: String::new(),
                html: String::new(),
                language: Language::Es,
            });
        }
        let mails = mailbox.all();
        assert_eq!(mails.len(), CAPACITY);
        assert_eq!(mails.first().unwrap().message_id, CAPACITY.to_string());
        assert_eq!(mails.last().unwrap().message_id, "1");
    }
}
