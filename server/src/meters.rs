//! What is counted and measured, and how Prometheus reads it.
//!
//! Words: a *meter* is one thing that is counted ([`Counter`]), stands at a value ([`Gauge`]) or takes time ([`Histogram`]); it is declared
//! once, beside what it measures, with the types of its labels. A *word* is what a label may say.
//!
//! Invariants: a label is a [`Word`], so one of a closed type's, or the address of a route as it was mounted; no identifier, address or text of
//! anybody can become one. A recorder of our own, not the process's: two servers in one process (as in tests) do not count into each other.
//!
//! What it does not do: it keeps nothing. A node that starts again counts from nothing, as Prometheus expects.

use metrics::{Key, KeyName, Label, Level, Metadata, Recorder, SharedString, Unit};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// Upper bounds of what a person waits for, in seconds.
const SHORT: [f64; 12] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];

/// Upper bounds of what waits for others: up to an hour.
const LONG: [f64; 12] = [
    0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 3600.0,
];

/// Counters with no more combinations of words than this stand at 0 before they count, so that a rate is right from the first event on.
const SHOWN_AT_ZERO: usize = 256;

static METADATA: Metadata<'static> = Metadata::new("clavero", Level::INFO, None);

/// What a label says: one of a closed type's words.
pub trait Word: 'static {
    /// The label's name.
    const LABEL: &'static str;

    /// Every word that it may say.
    fn words() -> Words;

    /// The word.
    fn word(&self) -> SharedString;
}

/// What a label may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// One of these.
    Closed(Vec<&'static str>),
    /// The address of a route as it was mounted, or what stands for everything else.
    Routes,
}

/// Makes the words of a type with `ALL` and `as_str` those of a label: `words!(SourceName, "registry")`.
#[macro_export]
macro_rules! words {
    ($type:ty, $label:literal) => {
        impl $crate::meters::Word for $type {
            const LABEL: &'static str = $label;

            fn words() -> $crate::meters::Words {
                $crate::meters::Words::Closed(Self::ALL.iter().map(|word| word.as_str()).collect())
            }

            fn word(&self) -> metrics::SharedString {
                self.as_str().into()
            }
        }
    };
}

/// The labels of a meter: none to three words.
pub trait Labels {
    /// Their names, and what each may say.
    fn names() -> Vec<(&'static str, Words)>;

    /// What they say.
    fn labels(&self) -> Vec<Label>;
}

impl Labels for () {
    fn names() -> Vec<(&'static str, Words)> {
        Vec::new()
    }

    fn labels(&self) -> Vec<Label> {
        Vec::new()
    }
}

macro_rules! labels {
    ($($word:ident)+) => {
        impl<$($word: Word),+> Labels for ($($word,)+) {
            fn names() -> Vec<(&'static str, Words)> {
                vec![$(($word::LABEL, $word::words())),+]
            }

            #[expect(non_snake_case, reason = "each is named as its type")]
            fn labels(&self) -> Vec<Label> {
                let ($($word,)+) = self;
                vec![$(Label::new($word::LABEL, $word.word())),+]
            }
        }
    };
}

labels!(A);
labels!(A B);
labels!(A B C);

/// Something that happens again and again.
pub type Counter<L> = Meter<Counts, L>;

/// Something that goes up and down.
pub type Gauge<L> = Meter<Stands, L>;

/// Something that takes time.
pub type Histogram<L> = Meter<Takes, L>;

/// A meter: its name, what it stands for, and the types of its labels.
#[derive(Debug)]
pub struct Meter<K, L> {
    name: &'static str,
    text: &'static str,
    span: Span,
    of: PhantomData<fn() -> (K, L)>,
}

/// The mark of a [`Counter`].
#[derive(Debug)]
pub struct Counts;

/// The mark of a [`Gauge`].
#[derive(Debug)]
pub struct Stands;

/// The mark of a [`Histogram`].
#[derive(Debug)]
pub struct Takes;

/// How long what is measured takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// As long as a person waits.
    Short,
    /// Up to an hour.
    Long,
}

impl<K, L> Meter<K, L> {
    /// A meter called `name`; `text` says in a sentence what it stands for.
    pub const fn new(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            text,
            span: Span::Short,
            of: PhantomData,
        }
    }
}

impl<L> Histogram<L> {
    /// One of what may take up to an hour.
    pub const fn long(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            text,
            span: Span::Long,
            of: PhantomData,
        }
    }
}

/// A meter of any kind, as the catalogue lists it.
pub trait Describe: Sync {
    /// All about it.
    fn describe(&self) -> Described;
}

/// All about a meter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: &'static str,
    /// What it stands for.
    pub text: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// Its labels' names, and what each may say.
    pub labels: Vec<(&'static str, Words)>,
}

/// What kind of meter it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A [`Counter`].
    Counter,
    /// A [`Gauge`].
    Gauge,
    /// A [`Histogram`] of this span.
    Histogram(Span),
}

impl Kind {
    /// The word in the text format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram(_) => "histogram",
        }
    }
}

impl<L: Labels> Describe for Counter<L> {
    fn describe(&self) -> Described {
        self.described(Kind::Counter)
    }
}

impl<L: Labels> Describe for Gauge<L> {
    fn describe(&self) -> Described {
        self.described(Kind::Gauge)
    }
}

impl<L: Labels> Describe for Histogram<L> {
    fn describe(&self) -> Described {
        self.described(Kind::Histogram(self.span))
    }
}

impl<K, L: Labels> Meter<K, L> {
    fn described(&self, kind: Kind) -> Described {
        Described {
            name: self.name,
            text: self.text,
            kind,
            labels: L::names(),
        }
    }
}

impl Described {
    /// Every combination of its words; none where one is known only when it is said.
    fn combinations(&self) -> Vec<Vec<Label>> {
        let mut all = vec![Vec::new()];
        for (name, words) in &self.labels {
            let Words::Closed(words) = words else {
                return Vec::new();
            };
            let longer = |before: &Vec<Label>| {
                let before = before.clone();
                words.iter().map(move |word| {
                    let mut labels = before.clone();
                    labels.push(Label::from_static_parts(name, word));
                    labels
                })
            };
            all = all.iter().flat_map(longer).collect();
        }
        all
    }
}

/// The meters of a server, cheap to clone.
#[derive(Clone)]
pub struct Meters(Arc<Parts>);

struct Parts {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

impl Meters {
    /// Meters that stand at nothing, and that nobody describes.
    pub fn new() -> Self {
        Self::of(&[])
    }

    /// The meters of a catalogue: each is described, and counters stand at 0 where they are few.
    pub fn of(catalogue: &[Described]) -> Self {
        let long = catalogue
            .iter()
            .filter(|it| it.kind == Kind::Histogram(Span::Long))
            .map(|it| it.name);
        // It fails only for an empty list of bounds.
        let mut builder = PrometheusBuilder::new()
            .set_buckets(&SHORT)
            .unwrap_or_else(|_| PrometheusBuilder::new());
        for name in long {
            builder = builder
                .set_buckets_for_metric(Matcher::Full(name.to_owned()), &LONG)
                .unwrap_or_else(|_| PrometheusBuilder::new());
        }
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        let meters = Self(Arc::new(Parts { recorder, handle }));
        for one in catalogue {
            meters.show(one);
        }
        meters
    }

    fn show(&self, one: &Described) {
        let (recorder, name) = (&self.0.recorder, KeyName::from_const_str(one.name));
        let unit = if one.name.ends_with("_seconds") {
            Unit::Seconds
        } else {
            Unit::Count
        };
        match one.kind {
            Kind::Counter => {
                recorder.describe_counter(name, Some(unit), one.text.into());
                let combinations = one.combinations();
                if combinations.len() <= SHOWN_AT_ZERO {
                    for labels in combinations {
                        let key = Key::from_parts(SharedString::const_str(one.name), labels);
                        recorder.register_counter(&key, &METADATA).increment(0);
                    }
                }
            }
            Kind::Gauge => recorder.describe_gauge(name, Some(unit), one.text.into()),
            Kind::Histogram(_) => recorder.describe_histogram(name, Some(unit), one.text.into()),
        }
    }

    /// Counts one.
    pub fn count<L: Labels>(&self, meter: &Counter<L>, labels: L) {
        self.0
            .recorder
            .register_counter(&key(meter, &labels), &METADATA)
            .increment(1);
    }

    /// Sets what was counted elsewhere. It never goes back.
    pub fn counted<L: Labels>(&self, meter: &Counter<L>, labels: L, so_far: u64) {
        self.0
            .recorder
            .register_counter(&key(meter, &labels), &METADATA)
            .absolute(so_far);
    }

    /// Sets a state.
    pub fn set<L: Labels>(&self, meter: &Gauge<L>, labels: L, value: f64) {
        self.0
            .recorder
            .register_gauge(&key(meter, &labels), &METADATA)
            .set(value);
    }

    /// Measures a span.
    pub fn measure<L: Labels>(&self, meter: &Histogram<L>, labels: L, span: Duration) {
        self.0
            .recorder
            .register_histogram(&key(meter, &labels), &METADATA)
            .record(span.as_secs_f64());
    }

    /// Everything, in the text format of Prometheus.
    pub fn render(&self) -> String {
        self.tidy();
        self.0.handle.render()
    }

    /// Sums up the spans that were measured. Where nobody reads the meters they would be kept one by one, for ever.
    pub fn tidy(&self) {
        self.0.handle.run_upkeep();
    }
}

impl Default for Meters {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Meters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Meters")
    }
}

fn key<K, L: Labels>(meter: &Meter<K, L>, labels: &L) -> Key {
    Key::from_parts(SharedString::const_str(meter.name), labels.labels())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy)]
    enum Taste {
        Good,
        Bad,
    }

    impl Taste {
        const ALL: [Self; 2] = [Self::Good, Self::Bad];

        const fn as_str(self) -> &'static str {
            match self {
                Self::Good => "good",
                Self::Bad => "bad",
            }
        }
    }

    words!(Taste, "taste");

    static MEALS: Counter<(Taste,)> = Counter::new("clavero_tests_total", "Tests.");
    static STATE: Gauge<()> = Gauge::new("clavero_state", "A state.");
    static TOOK: Histogram<()> = Histogram::new("clavero_test_seconds", "A span.");
    static AWAY: Histogram<(Taste,)> = Histogram::long("clavero_away_seconds", "A long span.");

    fn has(text: &str, lines: &[&str]) {
        for line in lines {
            assert!(text.lines().any(|it| it == *line), "{line} is not in:\n{text}");
        }
    }

    #[test]
    fn what_was_counted_is_rendered() {
        let catalogue: [&dyn Describe; 4] = [&MEALS, &STATE, &TOOK, &AWAY];
        let one = Meters::of(&catalogue.map(Describe::describe));
        let other = Meters::new();
        one.count(&MEALS, (Taste::Good,));
        one.count(&MEALS, (Taste::Good,));
        one.set(&STATE, (), 1.0);
        one.measure(&TOOK, (), Duration::from_millis(30));
        one.measure(&AWAY, (Taste::Bad,), Duration::from_mins(3));
        has(
            &one.render(),
            &[
                "# HELP clavero_tests_total Tests.",
                "# TYPE clavero_tests_total counter",
                "clavero_tests_total{taste=\"good\"} 2",
                "clavero_tests_total{taste=\"bad\"} 0",
                "clavero_state 1",
                "clavero_test_seconds_bucket{le=\"0.025\"} 0",
                "clavero_test_seconds_bucket{le=\"0.05\"} 1",
                "clavero_test_seconds_count 1",
                "clavero_away_seconds_bucket{taste=\"bad\",le=\"120\"} 0",
                "clavero_away_seconds_bucket{taste=\"bad\",le=\"300\"} 1",
            ],
        );
        assert_eq!(other.render(), "");
    }

    #[test]
    fn what_is_counted_elsewhere_never_goes_back() {
        let meters = Meters::of(&[MEALS.describe()]);
        for so_far in [3, 7, 7, 5] {
            meters.counted(&MEALS, (Taste::Bad,), so_far);
        }
        has(&meters.render(), &["clavero_tests_total{taste=\"bad\"} 7"]);
    }
}
