//! The demo's mailbox: keeps the last messages in memory, where a page shows them. No table ever holds a usable link.

use crate::notifications::mailer::Mail;
use crate::notifications::sms::TextMessage;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many mails are kept, and how many text messages.
const CAPACITY: usize = 200;

/// The last mails and text messages, newest first. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Mailbox {
    mails: Arc<Mutex<VecDeque<Mail>>>,
    texts: Arc<Mutex<VecDeque<TextMessage>>>,
}

impl Mailbox {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a mail in; the oldest one goes when it is full.
    pub fn put(&self, mail: &Mail) {
        put(&self.mails, mail);
    }

    /// Takes a text message in; the oldest one goes when it is full.
    pub fn put_text(&self, message: &TextMessage) {
        put(&self.texts, message);
    }

    /// Every mail, newest first.
    pub fn all(&self) -> Vec<Mail> {
        all(&self.mails)
    }

    /// Every text message, newest first.
    pub fn texts(&self) -> Vec<TextMessage> {
        all(&self.texts)
    }
}

fn put<T: Clone>(kept: &Mutex<VecDeque<T>>, one: &T) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    kept.truncate(CAPACITY - 1);
    kept.push_front(one.clone());
}

fn all<T: Clone>(kept: &Mutex<VecDeque<T>>) -> Vec<T> {
    kept.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
        .cloned()
        .collect()
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
                sender: String::new(),
                message_id: number.to_string(),
                date: Timestamp::from_micros(0),
                subject: String::new(),
                text: String::new(),
                html: String::new(),
                calendar: None,
                language: Language::Es,
            });
        }
        let mails = mailbox.all();
        assert_eq!(mails.len(), CAPACITY);
        assert_eq!(mails.first().unwrap().message_id, CAPACITY.to_string());
        assert_eq!(mails.last().unwrap().message_id, "1");
    }
}
