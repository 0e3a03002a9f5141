//! Texts that people type and links carry: what a parser takes is what it writes, and what it writes it takes as the same.

use shared::appointments::AppointmentCode;
use shared::audit::Head;
use shared::captcha::Challenge;
use shared::centres::{CentreCode, ClockTime, Coordinates, Hours, Territory};
use shared::delegates::{DelegateName, Scopes};
use shared::i18n::Language;
use shared::identifiers::{
    AccountId, Branch, Cedula, Email, EmployerIdentifier, ForeignerCode, MaskedEmail, MaskedPhone, Phone,
    RepresentativeId, Ruc,
};
use shared::obligations::Cents;
use shared::passkeys::PasskeyName;
use shared::recovery::CaseReference;
use shared::registries::Month;
use shared::sessions::Network;
use shared::signatures::ReferralNumber;
use shared::time::CivilDate;
use shared::tokens::Token;
use shared::visits::{CounterNumber, SearchKey};
use std::fmt::{Debug, Display};
use std::str::FromStr;

/// What is taken is written so that it is taken again as the same, and written the same.
fn read<T: FromStr + Display + PartialEq + Debug>(text: &str)
where
    T::Err: Debug,
{
    if let Ok(value) = text.parse::<T>() {
        let written = value.to_string();
        let again: T = written.parse().expect("what is written is taken");
        assert!(again == value, "it is another");
        assert!(again.to_string() == written, "it is written otherwise");
    }
}

/// What is seen of a line is all there is of it: nothing that turns the direction of letters or hides.
fn read_line<T: FromStr + Display>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        let hides =
            |one: char| one.is_control() || matches!(one, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!value.to_string().chars().any(hides), "it hides something");
    }
}

/// Who somebody is and how they are reached.
pub fn identifiers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    read::<Ruc>(text);
    read::<Cedula>(text);
    read::<EmployerIdentifier>(text);
    read::<RepresentativeId>(text);
    read::<ForeignerCode>(text);
    read::<Branch>(text);
    read::<Email>(text);
    read::<MaskedEmail>(text);
    read::<Phone>(text);
    read::<MaskedPhone>(text);
    read::<DelegateName>(text);
    read::<PasskeyName>(text);
    read_line::<DelegateName>(text);
    read_line::<PasskeyName>(text);
    let _ = (
        shared::identifiers::group(text),
        shared::identifiers::typed_own_representative(text),
    );
    if let Ok(email) = text.parse::<Email>() {
        assert!(
            email.masked().to_string() != email.to_string(),
            "a mask hides something"
        );
    }
    if let Ok(phone) = text.parse::<Phone>() {
        assert!(
            phone.masked().to_string() != phone.to_string(),
            "a mask hides something"
        );
    }
}

/// Tokens of links, cookies and invitations, and every other code that is typed or stands in a file.
pub fn codes(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(token) = text.parse::<Token>() {
        assert!(token.to_text().as_str() == text, "one text belongs to one token");
    }
    read::<AccountId>(text);
    read::<AppointmentCode>(text);
    read::<CaseReference>(text);
    read::<ReferralNumber>(text);
    read::<Challenge>(text);
    read::<Head>(text);
    read::<SearchKey>(text);
    read::<CounterNumber>(text);
    read::<Network>(text);
    read::<Month>(text);
    read::<CivilDate>(text);
    read::<Cents>(text);
    read::<Scopes>(text);
    read::<Language>(text);
    read::<CentreCode>(text);
    read::<ClockTime>(text);
    read::<Coordinates>(text);
    read::<Hours>(text);
    read::<Territory>(text);
}
