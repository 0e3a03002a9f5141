//! Everything that a scenario needs, made anew for it: mail server, portal with imported files, browser.

use crate::chrome::Chrome;
use crate::page::Page;
use crate::people::{self, BLOCKED, Employer};
use crate::portal::{Installation, Portal};
use crate::recovery::{self, Answering, ES};
use shared::time::Timestamp;
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use tests::smtp::{Received, SmtpServer};

/// A password that keeps every rule of the profile `2026`.
pub const PASSWORD: &str = "Kj7#vTq2zW";

/// A scenario's world.
pub struct Scene {
    /// The running server.
    pub portal: Portal,
    /// Where its mails arrive.
    pub mail: SmtpServer,
    /// The browser.
    pub chrome: Chrome,
}

impl Scene {
    /// Everything started, everything imported, nobody at work.
    pub async fn open() -> Self {
        Self::with("profile = \"2026\"", |_| ()).await
    }

    /// The same under another policy, and with what `prepare` does before the server starts.
    pub async fn with(policy: &str, prepare: impl FnOnce(&Installation)) -> Self {
        let mail = SmtpServer::start().await;
        let installation = Installation::new(mail.port(), policy);
        people::import(&installation);
        block(&installation, &BLOCKED).await;
        prepare(&installation);
        let portal = installation.serve();
        Self {
            portal,
            mail,
            chrome: Chrome::start().await,
        }
    }

    /// The tab in front.
    pub fn page(&self) -> Page {
        Page::of(self.chrome.driver())
    }

    /// Identification and right answers, until the page tells what comes of them.
    pub async fn prove(&self, employer: &Employer) -> Page {
        let page = self.page();
        recovery::identify(&page, &self.portal, employer).await;
        recovery::answer(&page, Answering::Right).await;
        page
    }

    /// All the way to the mail with the link.
    pub async fn ask_for_link(&self, employer: &Employer) -> (Page, Received) {
        let before = self.mail.received().len();
        let page = self.prove(employer).await;
        page.reads(ES.recovery_link_title()).await;
        let mail = self.mail.mail(before + 1).await;
        (page, mail)
    }

    /// The first link to a page (`/contacto#`) in a mail to an address. The mails before have been read.
    pub async fn link(&self, to: &str, page: &str, before: usize) -> String {
        let beginning = self.portal.url(page);
        for number in before + 1.. {
            let mail = self.mail.mail(number).await;
            let text = mail.text();
            let link = text.lines().find(|line| line.starts_with(&beginning));
            if let Some(link) = link.filter(|_| mail.to.iter().any(|it| it == to)) {
                return link.trim().to_owned();
            }
        }
        unreachable!("mails are numbered without end")
    }

    /// Opens a link and sets the password; does not wait for what comes of it.
    pub async fn set_password(&self, page: &Page, link: &str) {
        page.open(link).await;
        page.fill(ES.reset_password_label(), PASSWORD).await;
        page.fill(ES.reset_repeat_label(), PASSWORD).await;
        page.press(ES.reset_send()).await;
    }

    /// Makes the browser one that has never been here.
    pub async fn forget_cookies(&self) {
        self.chrome
            .driver()
            .delete_all_cookies()
            .await
            .expect("the cookies are forgotten");
    }

    /// The server's time.
    pub async fn now(&self) -> Timestamp {
        let answer = reqwest::get(self.portal.url("/api/v1/centres"))
            .await
            .expect("an answer");
        let list: serde_json::Value = answer.json().await.expect("the centres");
        Timestamp::from_micros(list["now"].as_i64().expect("a time"))
    }

    /// What the database says, one number.
    pub async fn count(&self, query: &'static str) -> i64 {
        let options = SqliteConnectOptions::new()
            .filename(self.portal.installation().database())
            .read_only(true);
        let mut connection = options.connect().await.expect("the database can be read");
        sqlx::query_scalar(query)
            .fetch_one(&mut connection)
            .await
            .expect("a number")
    }
}

/// Blocks an account as failed sign-ins do, which are another feature.
pub async fn block(installation: &Installation, employer: &Employer) {
    let options = SqliteConnectOptions::new().filename(installation.database());
    let mut connection = options.connect().await.expect("the database can be written");
    let blocked = sqlx::query("UPDATE accounts SET blocked_at = 1 WHERE employer = $1").bind(employer.number);
    let blocked = blocked
        .execute(&mut connection)
        .await
        .expect("the account is blocked");
    assert_eq!(blocked.rows_affected(), 1);
}
