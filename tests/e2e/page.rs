//! What a person does with a page: reads headings, fills fields by their labels, presses buttons by their words.
//!
//! Everything waits for what it needs, with a time-out; nothing sleeps.

use crate::recovery::ES;
use shared::i18n::{Language, Text};
use std::time::Duration;
use tests::told;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

/// How long a person would wait for anything here: the captcha and a password's hash in a debug build are slow.
const PATIENCE: Duration = Duration::from_secs(45);
const LOOK: Duration = Duration::from_millis(50);
/// Nothing here is further away than this.
pub const MOST_TABS: usize = 80;

/// A tab, with what a person does in it.
#[derive(Clone)]
pub struct Page(WebDriver);

impl Page {
    /// The tab that is in front.
    pub fn of(driver: &WebDriver) -> Self {
        Self(driver.clone())
    }

    /// Types an address.
    pub async fn open(&self, url: &str) {
        told::note_message(url);
        self.0.goto(url).await.expect("the page loads");
    }

    /// Waits for the page with this heading.
    pub async fn reads(&self, heading: &str) {
        self.finds(&format!("//h1[normalize-space(.)={}]", literal(heading)), heading)
            .await;
        // Of this site, also those that no script sees.
        for cookie in self.0.get_all_cookies().await.unwrap_or_default() {
            told::note(&cookie.value);
        }
    }

    /// Waits for a text anywhere on the page.
    pub async fn shows(&self, text: &str) {
        self.finds(
            &format!("//body//*[contains(normalize-space(.), {})]", literal(text)),
            text,
        )
        .await;
    }

    /// Writes into the field with this label, in place of what stood there.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        write_over(&field, text).await;
    }

    /// Writes the boxes of a date, or of a month, whose legend contains this text.
    pub async fn fill_date(&self, legend: &str, year: u16, others: &[(&str, u8)]) {
        let others = others
            .iter()
            .map(|(suffix, number)| (*suffix, u16::from(*number)));
        for (suffix, number) in others.chain([("year", year)]) {
            let path = format!("{}//input[contains(@id, '-{suffix}')]", fieldset(legend));
            let field = self.finds(&path, legend).await;
            write_over(&field, &number.to_string()).await;
        }
    }

    /// Chooses a bank and writes the last digits of an account, whose legend contains this text.
    pub async fn fill_account(&self, legend: &str, bank: &str, digits: &str) {
        let group = fieldset(legend);
        let option = format!("{group}//option[normalize-space(.)={}]", literal(bank));
        self.finds(&option, bank)
            .await
            .click()
            .await
            .expect("the bank can be chosen");
        let field = self.finds(&format!("{group}//input"), legend).await;
        write_over(&field, digits).await;
    }

    /// Waits until no field has this label.
    pub async fn lacks(&self, label: &str) {
        let path = format!("//label[normalize-space(.)={}]", literal(label));
        let query = self.0.query(By::XPath(path)).wait(PATIENCE, LOOK);
        let gone = query.not_exists().await.expect("the page can be searched");
        assert!(gone, "“{label}” is on the page at {}", self.address().await);
    }

    /// Chooses one of several, whose legend contains this text.
    pub async fn choose(&self, legend: &str, choice: &str) {
        let path = format!(
            "{}//label[normalize-space(.)={}]",
            fieldset(legend),
            literal(choice)
        );
        told::note(choice);
        self.finds(&path, choice)
            .await
            .click()
            .await
            .expect("the choice can be clicked");
    }

    /// Chooses the first of several that is not this one.
    pub async fn choose_other(&self, legend: &str, not: &str) {
        let path = format!(
            "{}//label[normalize-space(.)!={}]",
            fieldset(legend),
            literal(not)
        );
        let choice = self.finds(&path, legend).await;
        told::note(&choice.text().await.unwrap_or_default());
        choice.click().await.expect("the choice can be clicked");
    }

    /// Writes into the field whose label begins so.
    pub async fn fill_beginning(&self, beginning: &str, text: &str) {
        let path = format!("//label[starts-with(normalize-space(.), {})]", literal(beginning));
        let label = self.finds(&path, beginning).await.text().await.expect("its text");
        self.fill(label.trim(), text).await;
    }

    /// The field with this label.
    pub async fn field(&self, label: &str) -> WebElement {
        let label = self
            .finds(&format!("//label[normalize-space(.)={}]", literal(label)), label)
            .await;
        let id = label
            .attr("for")
            .await
            .expect("an attribute")
            .expect("the label names its field");
        self.0.find(By::Id(id)).await.expect("the label's field is there")
    }

    /// Presses the button or follows the link with these words.
    pub async fn press(&self, words: &str) {
        let path = format!(
            "//*[self::button or self::a][normalize-space(.)={}]",
            literal(words)
        );
        let control = self.finds(&path, words).await;
        self.0
            .query(By::XPath(path))
            .wait(PATIENCE, LOOK)
            .and_clickable()
            .first()
            .await
            .expect("it can be clicked");
        control.click().await.expect("it can be clicked");
    }

    /// Presses the first button or link whose words begin so.
    pub async fn press_beginning(&self, beginning: &str) {
        let control = self.button_beginning(beginning).await;
        control.click().await.expect("it can be clicked");
    }

    /// Waits for a button or link whose words begin so.
    pub async fn button_beginning(&self, beginning: &str) -> WebElement {
        let path = format!(
            "//*[self::button or self::a][starts-with(normalize-space(.), {})]",
            literal(beginning)
        );
        self.finds(&path, beginning).await
    }

    /// Presses a button inside the article with this heading.
    pub async fn press_in(&self, heading: &str, words: &str) {
        let path = format!(
            "{}//button[normalize-space(.)={}]",
            article(heading),
            literal(words)
        );
        let control = self.finds(&path, words).await;
        control.click().await.expect("it can be clicked");
    }

    /// Waits for a text inside the article with this heading.
    pub async fn shows_in(&self, heading: &str, text: &str) {
        let path = format!(
            "{}//*[contains(normalize-space(.), {})]",
            article(heading),
            literal(text)
        );
        self.finds(&path, text).await;
    }

    /// Picks a file with the control inside the article with this heading, which may be hidden behind its label.
    pub async fn pick_file_in(&self, heading: &str, path: &str) {
        let control = format!("{}//input[@type='file']", article(heading));
        let control = self
            .0
            .query(By::XPath(control))
            .wait(PATIENCE, LOOK)
            .first()
            .await
            .expect("a place for a file");
        control.send_keys(path).await.expect("the file is picked");
    }

    /// Chooses one of the options of the list with this label.
    pub async fn pick(&self, label: &str, option: &str) {
        let id = self
            .field(label)
            .await
            .id()
            .await
            .expect("an attribute")
            .expect("fields have an id");
        let path = format!(
            "//select[@id={}]/option[normalize-space(.)={}]",
            literal(&id),
            literal(option)
        );
        // The list may still be on its way when its field is there.
        self.finds(&path, option)
            .await
            .click()
            .await
            .expect("it can be chosen");
    }

    /// Ticks or unticks the box with this label.
    pub async fn tick(&self, label: &str) {
        let path = format!("//label[normalize-space(.)={}]", literal(label));
        self.finds(&path, label)
            .await
            .click()
            .await
            .expect("the box can be ticked");
    }

    /// Waits until a text is nowhere on the page.
    pub async fn says_no_more(&self, text: &str) {
        let mut looks = tokio::time::interval(LOOK);
        let gone = async {
            while self.text().await.contains(text) {
                looks.tick().await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, gone).await;
        assert!(
            waited.is_ok(),
            "“{text}” stays on the page: {}",
            self.text().await
        );
    }

    /// Opens the line with these words, so that what is folded under it can be read.
    pub async fn unfold(&self, words: &str) {
        let path = format!("//summary[normalize-space(.)={}]", literal(words));
        self.finds(&path, words)
            .await
            .click()
            .await
            .expect("it can be unfolded");
    }

    /// Waits until nothing on the page's checklist is open or broken but what the server checks.
    pub async fn meets_every_requirement(&self) {
        let met = |text: &str| text.contains(ES.reset_check_unmet());
        let mut looks = tokio::time::interval(LOOK);
        let all = async {
            while met(&self.text().await) || self.text().await.contains(ES.reset_strength_waiting()) {
                looks.tick().await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, all).await;
        assert!(
            waited.is_ok(),
            "the password does not meet the rules: {}",
            self.text().await
        );
    }

    /// All text that a person sees.
    pub async fn text(&self) -> String {
        let body = self
            .0
            .query(By::Tag("body"))
            .wait(PATIENCE, LOOK)
            .first()
            .await
            .expect("a body");
        body.text().await.expect("its text")
    }

    /// The text of each element of a selector.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self
            .0
            .query(By::Css(css))
            .wait(PATIENCE, LOOK)
            .any_required()
            .await
            .expect("such elements")
        {
            texts.push(element.text().await.expect("its text"));
        }
        texts
    }

    /// Waits until a frame shows a file in the browser's own viewer: its body is styled, or, since Chromium 148 at the latest, its style
    /// comes from the viewer's extension. What is refused has neither.
    pub async fn shows_in_frame(&self, css: &str) {
        let frame = self.0.query(By::Css(css)).wait(PATIENCE, LOOK).first().await;
        let frame = frame.expect("a frame");
        frame.enter_frame().await.expect("the frame can be entered");
        let viewer = self.0.query(By::Css(
            "body[style*='overflow'], link[href^='chrome-extension://']",
        ));
        let shown = viewer.wait(PATIENCE, LOOK).exists().await;
        self.0.enter_default_frame().await.expect("the page is there");
        assert!(shown.expect("the frame can be searched"), "{css} shows nothing");
    }

    /// The address in the bar.
    pub async fn address(&self) -> String {
        self.0.current_url().await.expect("an address").to_string()
    }

    /// Waits until the address ends so.
    pub async fn arrives(&self, ending: &str) {
        let mut looks = tokio::time::interval(LOOK);
        let arrived = async {
            while !self.address().await.ends_with(ending) {
                looks.tick().await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, arrived).await;
        assert!(
            waited.is_ok(),
            "not at {ending} but at {}: {}",
            self.address().await,
            self.text().await
        );
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.0.refresh().await.expect("the page loads again");
    }

    /// Presses the browser's back button.
    pub async fn back(&self) {
        self.0.back().await.expect("the browser goes back");
    }

    /// Presses the browser's forward button.
    pub async fn forward(&self) {
        self.0.forward().await.expect("the browser goes forward");
    }

    /// Switches the page to a language.
    pub async fn speak(&self, language: Language) {
        self.press(Text::new(language).product_language()).await;
    }

    /// Presses a key, wherever the focus is.
    pub async fn key(&self, key: Key) {
        self.0
            .action_chain()
            .send_keys(key)
            .perform()
            .await
            .expect("a key is pressed");
    }

    /// Types, wherever the focus is.
    pub async fn types(&self, text: &str) {
        told::note(text);
        self.0
            .action_chain()
            .send_keys(text)
            .perform()
            .await
            .expect("keys are pressed");
    }

    /// Where the focus is.
    pub async fn focus(&self) -> Focus {
        let script = "const at = document.activeElement;
            const label = at.labels && at.labels[0];
            const legend = at.closest('fieldset')?.querySelector('legend') ?? label ?? at;
            const said = element => element.textContent.replace(/\\s+/g, ' ').trim();
            return { id: at.id, name: said(label ?? at), question: said(legend) };";
        self.0
            .execute(script, Vec::new())
            .await
            .expect("the script runs")
            .convert()
            .expect("a focus")
    }

    /// The focus is on something, and whoever looks sees where: on a control by its outline.
    pub async fn keeps_focus(&self, after: &str) {
        let script = "const at = document.activeElement;
            const style = getComputedStyle(at);
            const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
            return { at: at.tagName + '#' + at.id, visible: at !== document.body && (at.tabIndex < 0 || outlined) };";
        let found = self.0.execute(script, Vec::new()).await.expect("the script runs");
        let found = found.json();
        assert!(
            found["visible"] == true,
            "the focus is lost after “{after}”: {found}"
        );
    }

    /// Presses the tabulator until the control with this name has the focus.
    pub async fn tab_to(&self, name: &str) {
        let mut reached = Vec::new();
        for _ in 0..MOST_TABS {
            self.key(Key::Tab).await;
            let focus = self.focus().await;
            if focus.name == name {
                return;
            }
            reached.push(focus.name.chars().take(40).collect::<String>());
        }
        panic!(
            "“{name}” cannot be reached with the keyboard at {}, but {reached:?}",
            self.address().await
        );
    }

    /// Runs a script that gets a value and a function to call with its result.
    pub async fn run(&self, script: &str, value: serde_json::Value) -> serde_json::Value {
        let answer = self
            .0
            .execute_async(script, vec![value])
            .await
            .expect("the script runs");
        answer.json().clone()
    }

    /// What the browser's console complains of. That there is no case yet is told by a 404, and that nobody is signed in by a
    /// 401, that an officer has not said at which centre they are by a 409: none is a fault of the page.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.0.browser_log().await.expect("the console");
        let messages = log
            .into_iter()
            .filter(|it| it.level == "SEVERE")
            .map(|it| it.message);
        messages
            .filter(|it| !(it.contains("/api/v1/recovery ") && it.contains("404")))
            .filter(|it| !(it.contains("session ") && it.contains("401")))
            .filter(|it| !(it.contains("/staff/queue ") && it.contains("409")))
            .collect()
    }

    async fn finds(&self, path: &str, what: &str) -> WebElement {
        loop {
            let query = self.0.query(By::XPath(path.to_owned()));
            match query.wait(PATIENCE, LOOK).and_displayed().first().await {
                Ok(element) => return element,
                // It went between being found and being looked at, as the page's shell goes when the app takes its place.
                Err(error) if matches!(*error, WebDriverErrorInner::StaleElementReference(_)) => {}
                Err(_) => break,
            }
        }
        panic!(
            "“{what}” is not on the page at {}, which says:\n{}",
            self.address().await,
            self.text().await
        )
    }
}

/// Selects what stands in a field and types over it, as a person does: a driver's own way of emptying it tells the page nothing.
async fn write_over(field: &WebElement, text: &str) {
    told::note(text);
    field
        .send_keys(Key::Control + "a")
        .await
        .expect("the field takes keys");
    field
        .send_keys(Key::Backspace)
        .await
        .expect("the field takes keys");
    field.send_keys(text).await.expect("the field takes keys");
}

/// What has the keyboard's focus.
#[derive(Debug, serde::Deserialize)]
pub struct Focus {
    /// The element's id.
    pub id: String,
    /// Its label, else its text.
    pub name: String,
    /// The legend of the group that it is in, else its name.
    pub question: String,
}

/// The article with this heading.
fn article(heading: &str) -> String {
    format!(
        "//article[.//*[self::h2 or self::h3][normalize-space(.)={}]]",
        literal(heading)
    )
}

/// The group of fields whose legend contains this text.
fn fieldset(legend: &str) -> String {
    format!(
        "//fieldset[legend[contains(normalize-space(.), {})]]",
        literal(legend)
    )
}

/// A text as XPath has it, which knows no escapes.
fn literal(text: &str) -> String {
    assert!(
        !text.contains('"'),
        "{text} has a double quote, which these paths cannot have"
    );
    format!("\"{text}\"")
}
