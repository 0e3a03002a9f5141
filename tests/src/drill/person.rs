//! Somebody who recovers a password, from the first page to the new one, over real connections, and does not always do it well.

use super::client::{Client, Events, Site, Trouble};
use super::dice::Dice;
use crate::answers::Known;
use crate::captcha;
use server::clock::{Stopwatch, pause};
use server::demo::Employer;
use shared::api::{Endpoint, ErrorCode};
use shared::captcha::Subject;
use shared::captcha::api::IssueCaptcha;
use shared::identifiers::{Branch, EmployerIdentifier};
use shared::recovery::api::{
    AnswerQuestions, Answers, CaseView, CurrentCase, EVENTS_PATH, Empty, Identification, Identify,
    InspectLink, LinkToken, Reset, ResetPassword, Resume, StageView,
};
use shared::secrets::Secret;
use shared::sessions::api::{Credentials, SignIn};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// How long somebody waits before trying again what nobody answered.
const BREATH: Duration = Duration::from_millis(300);

/// How people are.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// How long they think, as a share of what people take; 0 for none.
    pub thinking: f64,
    /// Whether all of them do everything right the first time, or as they are.
    pub all_steady: bool,
    /// How long one step is tried again where nobody answers, and how long a mail is waited for.
    pub patience: Duration,
}

/// What somebody is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temper {
    /// Everything right at once.
    Steady,
    /// Answers wrong first.
    Errs,
    /// Leaves before the answers.
    LeavesEarly,
    /// Leaves with the link in the mailbox.
    LeavesLate,
    /// Uses the link again after it was used.
    OpensTwice,
    /// Sends two passwords from two browsers at once.
    TwoBrowsers,
    /// Begins again in another browser while the first one's link is on its way.
    BeginsTwice,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The new password is set, and they were told.
    Recovered,
    /// They were told that it had been set before: by what they sent and nobody answered.
    RecoveredUnanswered,
    /// They left.
    Left,
    /// They were sent elsewhere: to a counter, a signature, to come back later.
    Elsewhere,
    /// The case or the link ended before they were through.
    TooLate,
    /// Nobody answered for as long as their patience lasted.
    Unserved,
    /// No mail came for as long as their patience lasted.
    NoMail,
    /// They were refused what should have been done: a defect, theirs or ours.
    Refused,
}

/// What somebody was told, to be compared with what is so.
#[derive(Clone, Debug)]
pub struct Told {
    /// Whose password.
    pub employer: EmployerIdentifier,
    /// Which branch's.
    pub branch: Branch,
    /// Where its mails go.
    pub address: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What they were like.
    pub temper: Temper,
    /// The passwords of which they were told that they are set. One at most, whatever was tried.
    pub set: Vec<Secret<String>>,
    /// Passwords that were sent without an answer, where they were told afterwards that the link had been used.
    pub one_of: Vec<Secret<String>>,
    /// Whether a page told them that the mail server has the mail.
    pub mail_went: bool,
    /// What they were refused with, where that ended it.
    pub why: Option<String>,
}

/// Somebody.
#[derive(Debug)]
pub struct Person {
    employer: Employer,
    temper: Temper,
    habits: Habits,
    browser: Client,
    other: Client,
    dice: Dice,
    told: Told,
}

/// What ends a recovery before its end.
struct Over(Outcome, Option<String>);

impl From<Outcome> for Over {
    fn from(outcome: Outcome) -> Self {
        Self(outcome, None)
    }
}

impl Person {
    /// The representative of an employer, who is known by a number.
    pub fn new(site: &Arc<Site>, employer: Employer, habits: Habits, seed: u64, number: u32) -> Self {
        let stream = u64::from(number) << 2;
        let mut dice = Dice::of(seed, stream);
        let temper = if habits.all_steady {
            Temper::Steady
        } else {
            match dice.below(20) {
                0..9 => Temper::Steady,
                9..12 => Temper::Errs,
                12 => Temper::LeavesEarly,
                13 => Temper::LeavesLate,
                14..16 => Temper::OpensTwice,
                16..18 => Temper::TwoBrowsers,
                _ => Temper::BeginsTwice,
            }
        };
        let told = Told {
            employer: employer.record.employer,
            branch: employer.record.branch,
            address: employer
                .email
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            outcome: Outcome::Refused,
            temper,
            set: Vec::new(),
            one_of: Vec::new(),
            mail_went: false,
            why: None,
        };
        // Two browsers of one person are at one address.
        Self {
            browser: Client::new(Arc::clone(site), number, Dice::of(seed, stream | 1)),
            other: Client::new(Arc::clone(site), number, Dice::of(seed, stream | 2)),
            employer,
            temper,
            habits,
            dice,
            told,
        }
    }

    /// Goes through the whole recovery; what they were told.
    pub async fn recover(mut self) -> Told {
        let watch = Stopwatch::start();
        match self.go().await {
            Ok(outcome) => self.told.outcome = outcome,
            Err(Over(outcome, why)) => (self.told.outcome, self.told.why) = (outcome, why),
        }
        if self.told.outcome == Outcome::Recovered {
            self.browser.site().ledger.took("all of it", watch.elapsed());
        }
        self.told
    }

    async fn go(&mut self) -> Result<Outcome, Over> {
        self.prove(Window::First).await?;
        if self.temper == Temper::BeginsTwice {
            self.prove(Window::Second).await?;
        }
        let mut known = 0;
        loop {
            let (token, count) = self.wait_for_mail(known).await?;
            known = count;
            if self.temper == Temper::LeavesLate {
                return Ok(Outcome::Left);
            }
            // The page stays open behind the mail, as tabs do.
            let _page = (self.habits.thinking > 0.0).then(|| self.keep_page());
            self.think(5, 20).await;
            match self.use_link(token).await? {
                Used::Done(outcome) => return Ok(outcome),
                // Another mail replaced the link: it comes, or has come.
                Used::Replaced => {}
            }
        }
    }

    /// The first page, and the questions.
    async fn prove(&mut self, window: Window) -> Result<(), Over> {
        if window == Window::First && self.habits.thinking > 0.0 {
            // What a browser loads first. Its files are the same for everybody and belong to a cache.
            let _page_or_nothing = self.browser.fetch("page", "/").await;
        }
        self.think(5, 20).await;
        let mut view = self.identify(window).await?;
        let mut err = self.temper == Temper::Errs;
        let watch = Stopwatch::start();
        loop {
            let questions = match view.stage {
                StageView::Questions { questions, .. } => questions,
                StageView::Sending { .. } => return Ok(()),
                StageView::LinkSent { .. } => {
                    self.told.mail_went = true;
                    return Ok(());
                }
                StageView::Completed { .. } | StageView::Ended { .. } => return Err(Outcome::TooLate.into()),
                StageView::RegistryUnavailable { .. } if watch.elapsed() < self.habits.patience => {
                    pause(BREATH * 5).await;
                    view = match self.persist::<Resume>(window, "resume", &Empty {}).await {
                        Ok(view) => view,
                        Err(Some(ErrorCode::CaseAtOtherStage)) => self.look(window).await?,
                        Err(code) => return Err(refused("resume", code)),
                    };
                    continue;
                }
                StageView::RegistryUnavailable { .. } => return Err(elsewhere("a registry does not answer")),
                StageView::Suspended { .. } => return Err(elsewhere("suspended")),
                StageView::AwaitingSignature { .. } => return Err(elsewhere("a signature")),
                StageView::AwaitingOfficer { .. } => return Err(elsewhere("an officer")),
                StageView::Refused { reason } => return Err(elsewhere(&format!("refused: {reason:?}"))),
                StageView::StepUp { reasons, .. } => {
                    return Err(elsewhere(&format!("a passkey: {reasons:?}")));
                }
            };
            if self.temper == Temper::LeavesEarly {
                return Err(Outcome::Left.into());
            }
            self.think(10, 40).await;
            let known = Known {
                taxpayer: self.employer.taxpayer.as_ref(),
                person: &self.employer.person,
                appointment: Some(&self.employer.appointment),
                record: &self.employer.record,
            };
            let answers = if err {
                known.wrong(&questions)
            } else {
                known.right(&questions)
            };
            err = false;
            let answers = Answers { answers };
            view = match self.persist::<AnswerQuestions>(window, "answers", &answers).await {
                Ok(view) => view,
                // What was sent before without an answer was done, or somebody was quicker: look where the case stands.
                Err(Some(ErrorCode::CaseAtOtherStage)) => self.look(window).await?,
                Err(code) => return Err(refused("answers", code)),
            };
        }
    }

    /// Asks for a captcha, does its work, and opens a case.
    async fn identify(&mut self, window: Window) -> Result<CaseView, Over> {
        let employer = self.employer.record.employer;
        let subject = Subject::Recovery { employer };
        let watch = Stopwatch::start();
        loop {
            let issued = self.persist::<IssueCaptcha>(window, "captcha", &subject).await;
            let issued = issued.map_err(|code| refused("captcha", code))?;
            let challenge = issued.challenge.parse().expect("the server issues challenges");
            let work = Stopwatch::start();
            let captcha = tokio::task::spawn_blocking(move || captcha::solve(challenge))
                .await
                .expect("the work of a captcha ends");
            let site = Arc::clone(self.browser.site());
            site.ledger.took("captcha's work (theirs)", work.elapsed());
            let asked = Identification {
                employer,
                branch: self.employer.record.branch,
                representative: self.employer.person.id.clone(),
                language: self.employer.language,
                captcha,
            };
            // Not tried again as it is: a captcha is good for one try, whether that was answered or not.
            match self.window(window).call::<Identify>("identify", &asked).await {
                Ok(view) => return Ok(view),
                Err(_) if watch.elapsed() >= self.habits.patience => return Err(Outcome::Unserved.into()),
                Err(trouble) if trouble.may_pass() => pause(BREATH).await,
                Err(trouble) => return Err(refused("identify", trouble.code())),
            }
        }
    }

    /// Where the case of a browser stands.
    async fn look(&mut self, window: Window) -> Result<CaseView, Over> {
        let view = self.persist::<CurrentCase>(window, "look", &()).await;
        view.map_err(|code| refused("look", code))
    }

    /// Waits for a mail with a link beyond those that are known, and watches the page meanwhile.
    async fn wait_for_mail(&mut self, known: usize) -> Result<(String, usize), Over> {
        let site = Arc::clone(self.browser.site());
        let address = self.told.address.clone();
        let watch = Stopwatch::start();
        let window = if self.temper == Temper::BeginsTwice {
            Window::Second
        } else {
            Window::First
        };
        let mail = site.post.link(&address, known);
        tokio::pin!(mail);
        let patience = self.habits.patience;
        let waited = tokio::time::timeout(patience, async {
            tokio::select! {
                mail = &mut mail => Ok(mail),
                over = self.watch_page(window) => over.map(|never| match never {}),
            }
        })
        .await;
        match waited {
            Ok(Ok(mail)) => {
                site.ledger.took("mail", watch.elapsed());
                Ok(mail)
            }
            Ok(Err(over)) => Err(over),
            Err(_) => Err(Outcome::NoMail.into()),
        }
    }

    /// Reads what the page is told until the case is over; listens again where the stream breaks.
    async fn watch_page(&mut self, window: Window) -> Result<std::convert::Infallible, Over> {
        loop {
            let stream = self.window(window).listen(EVENTS_PATH).await;
            let Ok(mut stream) = stream else {
                pause(BREATH).await;
                continue;
            };
            self.hear(&mut stream).await?;
            pause(BREATH).await;
        }
    }

    /// Listens for what happens to the case, until that is over or what is returned is dropped.
    fn keep_page(&self) -> JoinSet<()> {
        let mut page = self.browser.clone();
        let mut open = JoinSet::new();
        open.spawn(async move {
            if let Ok(mut stream) = page.listen(EVENTS_PATH).await {
                while stream.next::<CaseView>().await.is_some() {}
            }
        });
        open
    }

    async fn hear(&mut self, stream: &mut Events) -> Result<(), Over> {
        while let Some(view) = stream.next::<CaseView>().await {
            match view.stage {
                StageView::LinkSent { .. } => self.told.mail_went = true,
                StageView::Ended { .. } => return Err(Outcome::TooLate.into()),
                StageView::Questions { .. }
                | StageView::RegistryUnavailable { .. }
                | StageView::Suspended { .. }
                | StageView::AwaitingSignature { .. }
                | StageView::AwaitingOfficer { .. }
                | StageView::Refused { .. }
                | StageView::StepUp { .. }
                | StageView::Sending { .. }
                | StageView::Completed { .. } => {}
            }
        }
        Ok(())
    }

    /// Opens a link and sets the password.
    async fn use_link(&mut self, token: String) -> Result<Used, Over> {
        let shown = LinkToken {
            token: Secret::new(token.clone()),
        };
        match self.persist::<InspectLink>(Window::First, "link", &shown).await {
            Ok(_) => {}
            Err(Some(ErrorCode::LinkReplaced | ErrorCode::LinkInvalid)) => return Ok(Used::Replaced),
            Err(Some(ErrorCode::LinkExpired)) => return Err(Outcome::TooLate.into()),
            Err(code) => return Err(refused("link", code)),
        }
        if !self.habits.all_steady
            && let Ok(view) = self.look(Window::First).await
        {
            // Some look at the page once more before they type.
            self.told.mail_went |= matches!(view.stage, StageView::LinkSent { .. });
        }
        self.think(10, 30).await;
        let first = Attempt::new(&mut self.dice, &token);
        let ends = if self.temper == Temper::TwoBrowsers {
            let second = Attempt::new(&mut self.dice, &token);
            let patience = self.habits.patience;
            let (one, two) = tokio::join!(
                first.submit(&mut self.browser, patience),
                second.submit(&mut self.other, patience)
            );
            vec![one, two]
        } else {
            vec![first.submit(&mut self.browser, self.habits.patience).await]
        };
        let outcome = self.sum_up(ends);
        if self.temper == Temper::OpensTwice
            && outcome.as_ref().is_ok_and(|used| matches!(used, Used::Done(_)))
        {
            let again = Attempt::new(&mut self.dice, &token);
            let again = again.submit(&mut self.other, self.habits.patience).await;
            if let Submitted::Set(password) = again {
                self.told.set.push(password);
            }
        }
        outcome
    }

    /// What several submissions of one link come to.
    fn sum_up(&mut self, ends: Vec<Submitted>) -> Result<Used, Over> {
        let mut over = Over(Outcome::Unserved, None);
        let (mut in_doubt, mut used, mut replaced) = (Vec::new(), false, false);
        for end in ends {
            match end {
                Submitted::Set(password) => self.told.set.push(password),
                Submitted::Unanswered(password) => in_doubt.push(password),
                Submitted::Used(unanswered) => {
                    used = true;
                    in_doubt.extend(unanswered);
                }
                Submitted::Replaced => replaced = true,
                Submitted::Refused(outcome, why) => over = Over(outcome, why),
            }
        }
        if !self.told.set.is_empty() {
            return Ok(Used::Done(Outcome::Recovered));
        }
        if used {
            self.told.one_of = in_doubt;
            return Ok(Used::Done(Outcome::RecoveredUnanswered));
        }
        if replaced {
            return Ok(Used::Replaced);
        }
        Err(over)
    }

    /// Tries again for as long as their patience lasts where nobody answers. The error is what they were refused with, or nothing.
    async fn persist<E: Endpoint>(
        &mut self,
        window: Window,
        step: &'static str,
        request: &E::Request,
    ) -> Result<E::Response, Option<ErrorCode>> {
        let watch = Stopwatch::start();
        loop {
            match self.window(window).call::<E>(step, request).await {
                Ok(response) => return Ok(response),
                Err(trouble) if !trouble.may_pass() => return Err(trouble.code()),
                Err(_) if watch.elapsed() >= self.habits.patience => return Err(None),
                Err(_) => pause(BREATH).await,
            }
        }
    }

    fn window(&mut self, window: Window) -> &mut Client {
        match window {
            Window::First => &mut self.browser,
            Window::Second => &mut self.other,
        }
    }

    /// Reads, types, looks for the telephone: so many seconds.
    async fn think(&mut self, least: u64, most: u64) {
        if self.habits.thinking > 0.0 {
            let time = self
                .dice
                .between(Duration::from_secs(least), Duration::from_secs(most));
            pause(time.mul_f64(self.habits.thinking)).await;
        }
    }
}

/// Which of a person's browsers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Window {
    First,
    Second,
}

/// What came of a link.
enum Used {
    Done(Outcome),
    Replaced,
}

/// One password that is sent with a link.
struct Attempt {
    token: String,
    password: Secret<String>,
    dice: Dice,
}

/// What came of it.
enum Submitted {
    /// They were told that it is set.
    Set(Secret<String>),
    /// Nobody answered.
    Unanswered(Secret<String>),
    /// The link was used; by this password perhaps, if it was sent before without an answer.
    Used(Option<Secret<String>>),
    Replaced,
    Refused(Outcome, Option<String>),
}

impl Attempt {
    fn new(dice: &mut Dice, token: &str) -> Self {
        Self {
            token: token.to_owned(),
            password: password(dice),
            dice: dice.clone(),
        }
    }

    async fn submit(mut self, browser: &mut Client, patience: Duration) -> Submitted {
        let watch = Stopwatch::start();
        let mut unanswered = false;
        loop {
            let reset = Reset {
                token: Secret::new(self.token.clone()),
                password: self.password.clone(),
            };
            let Err(trouble) = browser.call::<ResetPassword>("password", &reset).await else {
                return Submitted::Set(self.password);
            };
            match trouble.code() {
                Some(ErrorCode::LinkUsed) => return Submitted::Used(unanswered.then_some(self.password)),
                Some(ErrorCode::LinkReplaced | ErrorCode::LinkInvalid) => return Submitted::Replaced,
                Some(ErrorCode::LinkExpired) => return Submitted::Refused(Outcome::TooLate, None),
                // By chance it holds a piece of a name; another one does not. What was sent before may be set.
                Some(ErrorCode::PasswordRefused) if !unanswered => self.password = password(&mut self.dice),
                code if !trouble.may_pass() => {
                    return Submitted::Refused(
                        Outcome::Refused,
                        code.map(|code| format!("password: {}", code.as_str())),
                    );
                }
                _ if watch.elapsed() >= patience => {
                    unanswered |= trouble.leaves_doubt();
                    return if unanswered {
                        Submitted::Unanswered(self.password)
                    } else {
                        Submitted::Refused(Outcome::Unserved, None)
                    };
                }
                _ => {
                    unanswered |= trouble.leaves_doubt();
                    pause(BREATH).await;
                }
            }
        }
    }
}

impl Told {
    /// Whether what they were told holds: the password of which they were told that it is set signs in, now that nothing is broken.
    pub async fn holds(&self, site: &Arc<Site>, number: u32, dice: Dice) -> Result<bool, Trouble> {
        let candidates = if self.set.is_empty() {
            &self.one_of
        } else {
            &self.set
        };
        let mut browser = Client::new(Arc::clone(site), number, dice);
        for password in candidates {
            let credentials = Credentials {
                employer: self.employer,
                branch: self.branch,
                delegate: None,
                password: password.clone(),
            };
            match browser.call::<SignIn>("sign in", &credentials).await {
                Ok(_) => return Ok(true),
                Err(trouble) if trouble.code() == Some(ErrorCode::SignInRefused) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(false)
    }

    /// Whether they were told anything about a password.
    pub fn is_about_a_password(&self) -> bool {
        !self.set.is_empty() || !self.one_of.is_empty()
    }
}

/// A password that the rules take, but for chance: twelve characters of four kinds, no two alike beside each other.
fn password(dice: &mut Dice) -> Secret<String> {
    const PARTS: [&[u8]; 4] = [
        b"BDFGHKMNPQRTVWXZ",
        b"bcdfghkmnpqrtvwxz",
        b"23456789",
        b"!#%*+=?@",
    ];
    let mut text = String::new();
    for place in 0..12 {
        text.push(char::from(*dice.pick(PARTS[place % 4])));
    }
    Secret::new(text)
}

fn elsewhere(where_to: &str) -> Over {
    Over(Outcome::Elsewhere, Some(where_to.to_owned()))
}

fn refused(step: &str, code: Option<ErrorCode>) -> Over {
    match code {
        Some(code) => Over(Outcome::Refused, Some(format!("{step}: {}", code.as_str()))),
        None => Outcome::Unserved.into(),
    }
}
