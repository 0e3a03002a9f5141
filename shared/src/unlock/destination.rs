//! Where a link can go, as the page may show it.

use crate::identifiers::{MaskedEmail, MaskedPhone};
use crate::notifications::Channel;
use serde::{Deserialize, Serialize};

/// A registered contact, masked, and the way that leads there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "channel", content = "address", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Destination {
    /// The mail address.
    Email(MaskedEmail),
    /// The telephone.
    Sms(MaskedPhone),
}

/// The contacts from which the person may choose: one or two, each channel once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Destination>", into = "Vec<Destination>")]
pub struct Choices(Vec<Destination>);

/// No contacts at all, or two of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a choice of contacts")]
pub struct NoChoice;

impl Destination {
    /// Which way.
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Sms(_) => Channel::Sms,
        }
    }
}

impl Choices {
    /// What is registered, the mail address first; `None` where nothing is.
    pub fn of(email: Option<MaskedEmail>, phone: Option<MaskedPhone>) -> Option<Self> {
        let email = email.map(Destination::Email);
        let phone = phone.map(Destination::Sms);
        Self::try_from(email.into_iter().chain(phone).collect::<Vec<_>>()).ok()
    }

    /// All of them.
    pub fn as_slice(&self) -> &[Destination] {
        &self.0
    }

    /// The contact of a channel, if it may be chosen.
    pub fn get(&self, channel: Channel) -> Option<&Destination> {
        self.0.iter().find(|one| one.channel() == channel)
    }

    /// What is left without a channel.
    pub fn without(&self, channel: Channel) -> Option<Self> {
        let rest = self.0.iter().filter(|one| one.channel() != channel);
        Self::try_from(rest.cloned().collect::<Vec<_>>()).ok()
    }
}

impl TryFrom<Vec<Destination>> for Choices {
    type Error = NoChoice;

    fn try_from(list: Vec<Destination>) -> Result<Self, NoChoice> {
        match list.as_slice() {
            [_] => Ok(Self(list)),
            [one, other] if one.channel() != other.channel() => Ok(Self(list)),
            _ => Err(NoChoice),
        }
    }
}

impl From<Choices> for Vec<Destination> {
    fn from(choices: Choices) -> Self {
        choices.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifiers::{Email, Phone};

    fn email() -> MaskedEmail {
        "maria@empresa.example".parse::<Email>().unwrap().masked()
    }

    fn phone() -> MaskedPhone {
        "0991234567".parse::<Phone>().unwrap().masked()
    }

    #[test]
    fn what_is_registered_can_be_chosen_and_nothing_else() {
        assert_eq!(Choices::of(None, None), None);
        let both = Choices::of(Some(email()), Some(phone())).unwrap();
        assert_eq!(both.get(Channel::Sms), Some(&Destination::Sms(phone())));
        assert_eq!(both.without(Channel::Sms), Choices::of(Some(email()), None));
        let mail = Choices::of(Some(email()), None).unwrap();
        assert_eq!(mail.get(Channel::Sms), None);
        assert_eq!(mail.without(Channel::Sms), Some(mail.clone()));
        assert_eq!(mail.without(Channel::Email), None);
    }

    #[test]
    fn a_stored_list_is_read_back_and_a_wrong_one_refused() {
        let both = Choices::of(Some(email()), Some(phone())).unwrap();
        let stored = serde_json::to_value(&both).unwrap();
        assert_eq!(
            stored[1],
            serde_json::json!({"channel": "sms", "address": "•••567"})
        );
        assert_eq!(serde_json::from_value::<Choices>(stored).unwrap(), both);
        for wrong in [
            serde_json::json!([]),
            serde_json::json!([{"channel": "sms", "address": "•••567"}, {"channel": "sms", "address": "•••568"}]),
            serde_json::json!([{"channel": "sms", "address": "+593991234567"}]),
        ] {
            assert!(serde_json::from_value::<Choices>(wrong).is_err());
        }
    }
}
