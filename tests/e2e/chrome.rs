//! One headless Chromium with its driver, for one test. Both end with it, also when the test panics.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::{DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};

/// How long a script in a page may take; axe on a long page needs seconds.
const SCRIPT_PATIENCE: Duration = Duration::from_mins(1);

/// What a browser without a window needs to run anywhere, also as root, and to ask nobody else for anything.
const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--window-size=1000,1200",
];

/// A running browser.
pub struct Chrome {
    driver: WebDriver,
    process: Child,
    _profile: TempDir,
}

impl Chrome {
    /// Starts the driver on a port that it chooses, and a browser with an empty profile.
    pub async fn start() -> Self {
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let program = super::variable("CLAVERO_TEST_CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // A group of its own, so that its end can be the end of the browser and of all its children.
            .process_group(0)
            .spawn()
            .expect("ChromeDriver is installed (`cargo xtask test` installs it)");
        let port = port_of(&mut process);
        let mut wanted = DesiredCapabilities::chrome();
        for argument in ARGUMENTS {
            wanted.add_arg(argument).expect("an argument");
        }
        wanted
            .add_arg(&format!("--user-data-dir={}", profile.path().display()))
            .expect("an argument");
        wanted.add_arg("--accept-lang=es-EC").expect("an argument");
        if let Some(browser) = super::variable("CLAVERO_TEST_CHROMIUM") {
            wanted.set_binary(&browser.to_string_lossy()).expect("a path");
        }
        wanted
            .set_browser_log_level(LoggingPrefsLogLevel::All)
            .expect("a capability");
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted)
            .await
            .expect("a browser starts");
        driver
            .set_script_timeout(SCRIPT_PATIENCE)
            .await
            .expect("a time-out");
        Self {
            driver,
            process,
            _profile: profile,
        }
    }

    /// What to say to the browser.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Makes pages believe that the person prefers a light or a dark screen.
    pub async fn prefer(&self, scheme: &str) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.emulate("Emulation.setEmulatedMedia", features).await;
    }

    /// Shows pages as they would be on paper.
    pub async fn print(&self) {
        self.emulate("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await;
    }

    /// Shows pages as on a screen of so many CSS pixels across, which may be less than a window can be.
    pub async fn narrow(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.emulate("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Shows pages in the window's own width again.
    pub async fn widen(&self) {
        self.emulate("Emulation.clearDeviceMetricsOverride", json!({}))
            .await;
    }

    /// A picture of the whole page in front, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        // Their width would be missing at the right edge.
        self.emulate("Emulation.setScrollbarsHidden", json!({ "hidden": true }))
            .await;
        let what = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.driver.cdp().send_raw("Page.captureScreenshot", what).await;
        let answer = answer.expect("the browser takes a picture");
        STANDARD
            .decode(answer["data"].as_str().expect("a picture"))
            .expect("base64")
    }

    /// Saves downloads into a folder, without asking.
    pub async fn save_into(&self, folder: &Path) {
        let what = json!({ "behavior": "allow", "downloadPath": folder.to_string_lossy() });
        self.emulate("Browser.setDownloadBehavior", what).await;
    }

    async fn emulate(&self, command: &str, what: Value) {
        let tools = self.driver.cdp();
        tools
            .send_raw(command, what)
            .await
            .expect("the browser emulates it");
    }
}

impl Drop for Chrome {
    fn drop(&mut self) {
        // The session is not closed politely: the group's end is quicker and cannot fail half-way.
        let _ = self.driver.clone().leak();
        let _ = Command::new("kill")
            .args(["-KILL", "--", &format!("-{}", self.process.id())])
            .status();
        let _ = self.process.wait();
    }
}

/// Reads the port from what ChromeDriver says when it is ready; goes on reading so that it never waits for a full pipe.
fn port_of(process: &mut Child) -> u16 {
    let stream = process.stdout.take().expect("a pipe");
    let mut lines = BufReader::new(stream).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split("successfully on port ")
                .nth(1)?
                .trim_end_matches('.')
                .parse()
                .ok()
        })
        .expect("ChromeDriver says its port");
    std::thread::spawn(move || lines.for_each(drop));
    port
}
