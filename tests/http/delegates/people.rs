//! Who is a delegate of the company, and how they come to it.

use crate::sessions::people::{COMPANY, RIGHT, current, mails};
use shared::api::{ErrorCode, Problem};
use shared::delegates::api::{
    AcceptInvitation, Acceptance, ChangeDelegate, CreateDelegate, DelegateChange, DelegateChoice,
    DelegateEnding, DelegateList, DelegateView, EndDelegate, InspectInvitation, InvitationToken,
    InvitationView, InviteAgain, ListDelegates, NewDelegate,
};
use shared::delegates::{DelegateId, Scope, Scopes};
use shared::secrets::Secret;
use shared::sessions::api::{AccountView, Credentials, SignIn};
use shared::time::CivilDate;
use std::time::Duration;
use tests::{Browser, World};

/// The delegates' passwords: those of two people.
pub const OWN: &str = "Gz3&vTw!kRb";
pub const OWN_NEXT: &str = "Lh8%xMc@fZq";

/// A person who may be a delegate, by the cédula.
#[derive(Clone, Copy, Debug)]
pub struct Person(pub &'static str);

pub const ANA: Person = Person("0926687856");
pub const LUIS: Person = Person("0102030400");
/// Nobody's delegate.
pub const NOBODY: Person = Person("1729999993");

/// Three days of Ecuador after the world's first.
pub const LAST_DAY: &str = "2026-11-26";
/// From the world's beginning (ten in the morning) to the first instant after that day.
pub const TO_THE_END: Duration = Duration::from_hours(14 + 3 * 24);

pub fn scopes(scopes: &[Scope]) -> Scopes {
    Scopes::new(scopes.iter().copied()).unwrap()
}

pub fn day(text: &str) -> CivilDate {
    text.parse().unwrap()
}

impl Person {
    /// What the owner types.
    pub fn asked(self) -> NewDelegate {
        NewDelegate {
            cedula: self.0.parse().unwrap(),
            name: "Ana Lucía Chango".parse().unwrap(),
            email: "ana@contable.example".parse().unwrap(),
            scopes: scopes(&[Scope::Payroll]),
            until: day(LAST_DAY),
            current: Secret::from(RIGHT),
        }
    }

    /// Signs in to the company's account.
    pub fn credentials(self, password: &str) -> Credentials {
        Credentials {
            delegate: Some(self.0.parse().unwrap()),
            ..COMPANY.credentials(password)
        }
    }

    pub async fn sign_in(self, browser: &mut Browser, password: &str) -> Result<AccountView, ErrorCode> {
        let entered = browser.call::<SignIn>(&self.credentials(password)).await;
        entered.map_err(|problem| problem.code)
    }

    /// Made by the owner, invited, and with a password.
    pub async fn join(self, world: &World, owner: &mut Browser, given: &[Scope]) -> DelegateId {
        let asked = NewDelegate {
            scopes: scopes(given),
            ..self.asked()
        };
        let list = create(owner, &asked).await.unwrap();
        accept(&mut world.browser(), &newest(world).await, OWN)
            .await
            .unwrap();
        let masked = asked.cedula.masked();
        let mine = list.delegates.iter().find(|delegate| delegate.cedula == masked);
        mine.expect("it is in the list").id
    }

    /// A browser that knows them, signed in.
    pub async fn known(self, world: &World) -> Browser {
        let mut browser = world.browser();
        self.sign_in(&mut browser, OWN).await.unwrap();
        browser
    }

    /// Fails to sign in, `times` times, each from another network.
    pub async fn strangers_fail(self, world: &World, times: u8) {
        for number in 0..times {
            let mut stranger = world.browser().at(&format!("203.0.{number}.1"));
            let refused = self.sign_in(&mut stranger, "Wq4$nJp@bYs").await;
            assert_eq!(refused.map(drop), Err(ErrorCode::SignInRefused));
        }
    }
}

pub async fn create(owner: &mut Browser, asked: &NewDelegate) -> Result<DelegateList, Problem> {
    owner.call::<CreateDelegate>(asked).await
}

pub async fn list(owner: &mut Browser) -> Vec<DelegateView> {
    owner.call::<ListDelegates>(&()).await.unwrap().delegates
}

pub async fn end(owner: &mut Browser, delegate: DelegateId) -> Result<DelegateList, Problem> {
    let current = Secret::from(RIGHT);
    owner
        .call::<EndDelegate>(&DelegateEnding { delegate, current })
        .await
}

pub async fn invite_again(owner: &mut Browser, delegate: DelegateId) -> Result<DelegateList, Problem> {
    owner.call::<InviteAgain>(&DelegateChoice { delegate }).await
}

pub async fn give(
    owner: &mut Browser,
    delegate: DelegateId,
    given: &[Scope],
    until: &str,
) -> Result<DelegateList, Problem> {
    give_with(owner, delegate, given, until, RIGHT).await
}

pub async fn give_with(
    owner: &mut Browser,
    delegate: DelegateId,
    given: &[Scope],
    until: &str,
    password: &str,
) -> Result<DelegateList, Problem> {
    let asked = DelegateChange {
        delegate,
        scopes: scopes(given),
        until: day(until),
        current: Secret::from(password),
    };
    owner.call::<ChangeDelegate>(&asked).await
}

/// The token in the newest invitation, after everything that waits was sent.
pub async fn newest(world: &World) -> Secret<String> {
    mails(world).await;
    invitations(world).remove(0)
}

/// The tokens of all invitations that were sent, the newest first.
pub fn invitations(world: &World) -> Vec<Secret<String>> {
    let mails = world.mails();
    let tokens = mails.iter().filter_map(|mail| {
        let (_, rest) = mail.text.split_once("/invitacion#")?;
        Some(Secret::from(rest.split_whitespace().next()?))
    });
    tokens.collect()
}

pub async fn inspect(browser: &mut Browser, token: &Secret<String>) -> Result<InvitationView, ErrorCode> {
    let token = token.clone();
    let shown = browser
        .call::<InspectInvitation>(&InvitationToken { token })
        .await;
    shown.map_err(|problem| problem.code)
}

pub async fn accept(browser: &mut Browser, token: &Secret<String>, password: &str) -> Result<(), ErrorCode> {
    let asked = Acceptance {
        token: token.clone(),
        password: Secret::from(password),
    };
    let accepted = browser.call::<AcceptInvitation>(&asked).await;
    accepted.map(drop).map_err(|problem| problem.code)
}

/// Whether somebody is signed in.
pub async fn is_in(browser: &mut Browser) -> bool {
    match current(browser).await {
        Ok(_) => true,
        Err(code) => {
            assert_eq!(code, ErrorCode::SessionMissing);
            false
        }
    }
}
