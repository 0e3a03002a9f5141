//! Requests and whole recoveries a second, beside a bare handler and the bare hash.

use super::population::{Portal, answers, captcha, identification};
use super::{CLIENTS, report};
use anyhow::{Context, anyhow, ensure};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use server::app::App;
use server::demo::Employer;
use server::desk::Bureau;
use server::notifications::job::LANES;
use server::notifications::service as outbox;
use shared::identifiers::Ruc;
use shared::recovery::api::{
    AnswerQuestions, Answers, Identification, Identify, LinkToken, Reset, ResetPassword, StageView,
};
use shared::secrets::Secret;
use std::time::{Duration, Instant};
use tests::Browser;
use tokio::task::JoinSet;

/// Recoveries that are measured.
const RECOVERIES: usize = 400;
/// Recoveries between two deliveries of mail: what the mailbox holds.
const WAVE: usize = 100;
/// Reads of the bare handler.
const READS: usize = 20_000;

/// A person before the first request: the captcha is the browser's work and is solved before the clock runs.
struct Visitor {
    browser: Browser,
    employer: Employer,
    asked: Identification,
}

pub async fn measure() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let portal = Portal::open(folder.path()).await?;
    let employers = portal.populate(1200).await?;
    ensure!(
        employers.len() >= RECOVERIES,
        "the demo has {} employers that can recover",
        employers.len()
    );

    bare_reads(&portal.app, &employers).await?;
    hashes(&portal.app);

    let (mut asking, mut setting) = (Duration::ZERO, Duration::ZERO);
    for wave in employers[..RECOVERIES].chunks(WAVE) {
        let mut visitors = Vec::new();
        for employer in wave {
            let mut browser = portal.browser();
            let solution = captcha(&mut browser, employer).await?;
            visitors.push(Visitor {
                browser,
                employer: employer.clone(),
                asked: identification(employer, solution),
            });
        }
        let before = portal.mailbox.all().len();
        let start = Instant::now();
        together(visitors, prove).await?;
        deliver(&portal.app).await?;
        asking += start.elapsed();

        let tokens = tokens(&portal, before)?;
        let start = Instant::now();
        let browsers = tokens
            .into_iter()
            .map(|token| (portal.browser(), token))
            .collect();
        together(browsers, set_password).await?;
        setting += start.elapsed();
        // The confirmations are mails too, and the next wave's links must be told from them.
        deliver(&portal.app).await?;
    }
    rate("proof_requests", RECOVERIES * 3, asking);
    rate("recoveries", RECOVERIES, asking + setting);
    Ok(())
}

/// Sends what waits, in as many lanes as the server's worker has.
async fn deliver(app: &App) -> anyhow::Result<()> {
    together(vec![app.clone(); LANES], |app| async move {
        Ok(outbox::send_due(&app, &Bureau).await?)
    })
    .await
}

/// A handler that does one indexed read and nothing else.
async fn bare_reads(app: &App, employers: &[Employer]) -> anyhow::Result<()> {
    async fn read(State(app): State<App>, Path(ruc): Path<String>) -> Json<bool> {
        let found = match ruc.parse::<Ruc>() {
            Ok(ruc) => app.registries.taxpayer(&ruc).await.ok().flatten().is_some(),
            Err(_) => false,
        };
        Json(found)
    }
    let router = Router::new()
        .route("/bare/{ruc}", get(read))
        .with_state(app.clone());
    let rucs: Vec<String> = employers
        .iter()
        .filter_map(|one| Some(one.taxpayer.as_ref()?.ruc.to_string()))
        .collect();
    let requests: Vec<(Browser, String)> = (0..READS)
        .map(|number| {
            (
                Browser::new(router.clone(), "http://localhost"),
                format!("/bare/{}", rucs[number % rucs.len()]),
            )
        })
        .collect();
    let start = Instant::now();
    together(requests, |(mut browser, path)| async move {
        ensure!(browser.get(&path).await.text() == "true", "the employer is known");
        Ok(())
    })
    .await?;
    report("bare_reads", READS, start);
    Ok(())
}

/// Hashes one after the other, with the policy's numbers and the memory kept, as each slot of the server does.
fn hashes(app: &App) {
    const HASHES: usize = 40;
    let policy = app.policy.hashing;
    let Ok(params) = Params::new(policy.memory_kib, policy.passes, policy.lanes, Some(32)) else {
        return;
    };
    let mut memory = vec![Block::new(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut hash = [0; 32];
    let start = Instant::now();
    let done = (0..HASHES)
        .filter(|_| {
            argon2
                .hash_password_into_with_memory(b"password", b"salt of a test", &mut hash, &mut memory)
                .is_ok()
        })
        .count();
    report("hashes_on_one_core", done, start);
}

async fn prove(mut visitor: Visitor) -> anyhow::Result<()> {
    let view = visitor
        .browser
        .call::<Identify>(&visitor.asked)
        .await
        .map_err(|problem| anyhow!("{problem:?}"))?;
    let StageView::Questions { questions, .. } = view.stage else {
        anyhow::bail!("no questions")
    };
    let answers = Answers {
        answers: answers(&visitor.employer, &questions),
    };
    let view = visitor
        .browser
        .call::<AnswerQuestions>(&answers)
        .await
        .map_err(|problem| anyhow!("{problem:?}"))?;
    ensure!(
        matches!(view.stage, StageView::Sending { .. }),
        "not proved: {:?}",
        view.stage
    );
    Ok(())
}

async fn set_password((mut browser, token): (Browser, LinkToken)) -> anyhow::Result<()> {
    let request = Reset {
        token: token.token,
        password: Secret::from("Tr7#mKq!vZx"),
    };
    browser
        .call::<ResetPassword>(&request)
        .await
        .map_err(|problem| anyhow!("{problem:?}"))?;
    Ok(())
}

/// The tokens of the mails that came since there were `before`.
fn tokens(portal: &Portal, before: usize) -> anyhow::Result<Vec<LinkToken>> {
    let mails = portal.mailbox.all();
    let tokens: Vec<_> = mails
        .iter()
        .take(WAVE)
        .filter_map(|mail| {
            Some(
                mail.text
                    .split_once("/restablecer#")?
                    .1
                    .split_whitespace()
                    .next()?
                    .to_owned(),
            )
        })
        .map(|token| LinkToken {
            token: Secret::new(token),
        })
        .collect();
    ensure!(
        tokens.len() == WAVE,
        "{} links in {} mails after {before}",
        tokens.len(),
        mails.len()
    );
    Ok(tokens)
}

/// Does the same for all, [`CLIENTS`] at a time.
async fn together<T, F, W>(all: Vec<T>, work: W) -> anyhow::Result<()>
where
    T: Send + 'static,
    F: Future<Output = anyhow::Result<()>> + Send + 'static,
    W: Fn(T) -> F,
{
    let mut running = JoinSet::new();
    for one in all {
        if running.len() == CLIENTS {
            running.join_next().await.context("one is running")???;
        }
        running.spawn(work(one));
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are small")]
fn rate(name: &str, done: usize, time: Duration) {
    println!("{name} {:.1}", done as f64 / time.as_secs_f64());
}
