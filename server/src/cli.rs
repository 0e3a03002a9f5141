//! The command line. Each command calls one function of a slice and says in plain lines how it went.

use crate::app::App;
use crate::audit;
use crate::backup::{self, Manifest};
use crate::check::{self, CheckCommand};
use crate::clock::Clock;
use crate::compose;
use crate::config::Config;
use crate::config::command::{self as config_command, ConfigCommand};
use crate::demo::command::{self as demo_command, DemoArguments};
use crate::doctor;
use crate::health;
use crate::http::serve::{Bounds, serve_within};
use crate::keys::command::{self as keys_command, KeysCommand};
use crate::leaks::Leaks;
use crate::leaks::command::{self as leaks_command, LeaksCommand};
use crate::notary;
use crate::notary::command::{self as signature_command, SignatureCommand};
use crate::registries::Registries;
use crate::registries::command::{self as import_command, ImportCommand};
use crate::registries::sim::{self, SimArguments};
use crate::staff::command::{self as staff_command, StaffCommand};
use crate::store::Lack;
use crate::telemetry::{self, Loudness};
use crate::traces::Traces;
use anyhow::Context;
use clap::{Parser, Subcommand};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Clavero: recovery of the employer's password.
#[derive(Debug, Parser)]
#[command(name = "clavero", version)]
struct Arguments {
    /// The configuration file. Without one, the demo runs on this machine.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal until told to stop.
    Serve,
    /// Bring the database's schema up to date and stop.
    Migrate,
    /// Copy the database and the documents into a new folder, while the portal runs. The master key is not in it: keep it elsewhere.
    Backup {
        /// The folder; it must not be there yet.
        folder: PathBuf,
    },
    /// Make an installation of a backup, where the configuration says and nothing is but the master key.
    Restore {
        /// The folder of the backup.
        folder: PathBuf,
    },
    /// Import official data. Importing the same file twice changes nothing.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Load made-up employers and print what to type to try everything. Loading twice changes nothing.
    Demo(DemoArguments),
    /// Check lists of identifiers or passwords; FILE or standard input, one a line.
    #[command(subcommand)]
    Check(CheckCommand),
    /// The list of leaked passwords.
    #[command(subcommand)]
    Leaks(LeaksCommand),
    /// Show the policy in force.
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// The configuration: check it, or print an example of every field.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// The keys: list the generations of the master key, make another one, forget one that nothing needs.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// The audit log.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// The staff: add, list, end and reset its members; make a link for a passkey.
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Signed requests.
    #[command(subcommand)]
    Signature(SignatureCommand),
    /// Play all registries, for demonstrations and tests: speaks the built-in protocol from the imported records.
    RegistrySim(SimArguments),
    /// Judge one file that is given on standard input. The server starts it; it is of no use to a person.
    #[command(hide = true)]
    Notary(notary::Limits),
    /// Check the installation: each line says ok, warn or fail, and what to do.
    Doctor,
    /// Ask the server that runs by this configuration whether it is ready; ends with 0 if it is, with 1 if not.
    Health,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Read the whole log and tell every change, removal and reordering; fails if there is one.
    Verify {
        /// A head that was exported earlier (the server's log has one after each sealing); finds a log cut off or
        /// rewritten since. May be given several times.
        #[arg(long, value_name = "SEQUENCE:SEAL")]
        head: Vec<audit::Head>,
    },
    /// Print the head of the log, to be kept elsewhere.
    Head,
    /// Verify events that an auditor took along, with the key of this installation and without its database.
    Check {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum PolicyCommand {
    /// Print it as TOML.
    Show,
}

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| misused(&error));
    // Before anything that takes memory, threads or files.
    if let Command::Notary(limits) = arguments.command {
        return notary::run(limits);
    }
    // The server's log begins when it knows where its traces go.
    if !matches!(arguments.command, Command::Serve) {
        telemetry::start(Loudness::Command, None);
    }
    // What `clavero signature` ends with otherwise is a verdict.
    let failure = if matches!(arguments.command, Command::Signature(_)) {
        ExitCode::from(signature_command::MISUSED)
    } else {
        ExitCode::FAILURE
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into(), failure),
    };
    match runtime.block_on(dispatch(arguments)) {
        Ok(code) => code,
        Err(error) => failed(&error, failure),
    }
}

/// Says what is wrong with what was typed, or what was asked to be shown, and ends: after a wrong word behind `signature` with a code
/// that is no verdict.
fn misused(error: &clap::Error) -> ! {
    let signature = std::env::args_os().any(|argument| argument == "signature");
    if signature && error.use_stderr() {
        let _closed = error.print();
        std::process::exit(i32::from(signature_command::MISUSED));
    }
    error.exit()
}

async fn dispatch(arguments: Arguments) -> anyhow::Result<ExitCode> {
    if let Command::Doctor = arguments.command {
        return Ok(doctor::examine(arguments.config.as_deref()).await);
    }
    // What is wrong is what they are asked about.
    if let Command::Config(command) = &arguments.command {
        return config_command::run(command, arguments.config.as_deref());
    }
    let config = Config::load(arguments.config.as_deref())?;
    match arguments.command {
        Command::Serve => listen(config).await?,
        Command::Migrate => {
            compose::open(config).await?;
            say("The schema is up to date.");
        }
        Command::Backup { folder } => back_up(config, &folder).await?,
        Command::Restore { folder } => return restore(config, &folder).await,
        Command::Import(command) => {
            import_command::run(&command, &compose::open(config).await?).await?;
        }
        Command::Demo(arguments) if arguments.loads() => {
            demo_command::run(arguments, &compose::open(config).await?).await?;
        }
        Command::Demo(arguments) => {
            let keys = compose::made_keys(&config)?;
            say(&arguments.shown(keys.as_ref(), Clock::system().now()));
        }
        Command::Check(command) => check::run(&command, &config.policy, &Leaks::in_force(&config.data_dir)?)?,
        Command::Leaks(command) => leaks_command::run(&command)?,
        Command::Policy(PolicyCommand::Show) => say(&toml::to_string_pretty(&config.policy)?),
        Command::Keys(command) => return keys_command::run(&command, config).await,
        Command::Audit(command) => return audit_log(config, command).await,
        Command::Staff(command) => staff_command::run(command, &compose::open(config).await?).await?,
        Command::Signature(command) => return signature_command::run(command, config).await,
        Command::Health => return health::run(&config).await,
        Command::RegistrySim(arguments) => play_registries(config, arguments).await?,
        Command::Config(_) | Command::Doctor | Command::Notary(_) => {}
    }
    Ok(ExitCode::SUCCESS)
}

async fn back_up(config: Config, folder: &Path) -> anyhow::Result<()> {
    // An installation without a key has nothing that could be backed up, and gets none by this.
    compose::existing_key(&config.data_dir)?;
    let app = compose::open(config).await?;
    let taken = backup::take(&app, folder).await?;
    app.store.close().await;
    let Manifest { documents, key, .. } = &taken.manifest;
    say(&format!(
        "{}: the database and {documents} documents, {} bytes. It is of use only with the master key {key}: keep that elsewhere.",
        folder.display(),
        taken.bytes
    ));
    Ok(())
}

async fn restore(config: Config, folder: &Path) -> anyhow::Result<ExitCode> {
    let restored = backup::restore(config, folder).await?;
    say(&format!(
        "Restored: the database and {} documents. {} sessions were ended. The backup's head of the audit log: {}.",
        restored.manifest.documents, restored.sessions, restored.manifest.audit_head
    ));
    Ok(judge(&restored.findings))
}

async fn audit_log(config: Config, command: AuditCommand) -> anyhow::Result<ExitCode> {
    match command {
        AuditCommand::Head => {
            let app = compose::open(config).await?;
            say(&audit::service::head(&app).await?.to_string());
            Ok(ExitCode::SUCCESS)
        }
        AuditCommand::Verify { head } => {
            let app = compose::open(config).await?;
            let found = audit::service::verify(&app, &head).await?;
            say(&format!(
                "{} sealed events read, {} wait for their seal. Head: {}",
                found.sealed, found.waiting, found.head
            ));
            Ok(judge(&found.findings))
        }
        AuditCommand::Check { file } => {
            let keys = compose::existing_key(&config.data_dir)?;
            let lines =
                std::fs::File::open(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let found = audit::check_export(&keys, std::io::BufReader::new(lines))
                .with_context(|| file.display().to_string())?;
            say(&format!(
                "{} sealed events read, after {}. Head: {}",
                found.events, found.before, found.head
            ));
            Ok(judge(&found.findings))
        }
    }
}

/// Tells everything that does not fit.
fn judge(findings: &[audit::Finding]) -> ExitCode {
    for finding in findings {
        say(&format!("FAIL  {finding}"));
    }
    if findings.is_empty() {
        say("The log is whole.");
        return ExitCode::SUCCESS;
    }
    say("The log was tampered with, or the master key is not the one it was sealed with.");
    ExitCode::FAILURE
}

async fn listen(config: Config) -> anyhow::Result<()> {
    let address = config.listen;
    let traces = config.traces.as_ref().map(Traces::open).transpose();
    let traces = traces.context("traces")?;
    telemetry::start(Loudness::Server, traces.as_ref());
    let app = compose::open(config).await?;
    // What is opened so stays so, also when the disk can be written to again.
    if app.store.lack() == Some(Lack::Leave) {
        anyhow::bail!("database: {}", Lack::Leave);
    }
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("listen: cannot listen on {address}"))?;
    if !app.site.is_present() {
        tracing::warn!("this binary was built without the frontend: only the API is served");
    }
    let local = listener.local_addr()?;
    tracing::info!(address = %local, public_url = app.config.public_url.origin(), "listening");
    let jobs = compose::start_jobs(&app);
    if let Some(address) = app.config.metrics_listen {
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .with_context(|| format!("metrics_listen: cannot listen on {address}"))?;
        tracing::info!(address = %listener.local_addr()?, "measurements can be read");
        jobs.spawn(serve_within(
            listener,
            crate::http::metrics::router(app.clone(), crate::measure::measure),
            app.shutdown.clone(),
            Bounds::of_measurements(),
        ));
    }
    stop_when_told(&app);
    let router = crate::http::router(app.clone(), compose::routes());
    let bounds = Bounds::behind(&app.config.trusted_proxies).within_files();
    serve_within(listener, router, app.shutdown.clone(), bounds).await;
    jobs.wait().await;
    app.store.close().await;
    tracing::info!("stopped");
    if let Some(traces) = traces {
        traces.close().await;
    }
    Ok(())
}

/// The imported records, also where the configuration asks others over HTTP.
async fn play_registries(config: Config, arguments: SimArguments) -> anyhow::Result<()> {
    let app = compose::open(config).await?;
    stop_when_told(&app);
    sim::run(arguments, Registries::imported(&app.store), app.shutdown.clone()).await?;
    app.store.close().await;
    Ok(())
}

fn stop_when_told(app: &App) {
    let shutdown = app.shutdown.clone();
    tokio::spawn(async move {
        stopped().await;
        tracing::info!("shutting down");
        shutdown.cancel();
    });
}

/// Waits for the first of SIGINT (Ctrl-C) and SIGTERM.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _unavailable = tokio::signal::ctrl_c().await;
}

fn failed(error: &anyhow::Error, code: ExitCode) -> ExitCode {
    #[expect(clippy::print_stderr, reason = "a command tells its user why it failed")]
    {
        eprintln!("clavero: {error:#}");
    }
    code
}

/// Prints a line for the person at the terminal. Who closes the pipe early (`| head`) has read enough.
pub fn say(line: &str) {
    let _closed = writeln!(std::io::stdout(), "{}", line.trim_end());
}
