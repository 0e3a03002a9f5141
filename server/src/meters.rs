//! What is counted and measured, and how Prometheus reads it.
//!
//! A recorder of our own, not the process's: two servers in one process (as in tests) do not count into each other. Names
//! and labels are fixed words; no identifier, address or text of anybody is ever a label.

use metrics::{Key, KeyName, Label, Level, Metadata, Recorder, SharedString, Unit};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Upper bounds of what is measured, in seconds.
const SECONDS: [f64; 12] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];

static METADATA: Metadata<'static> = Metadata::new("clavero", Level::INFO, None);

/// The meters of a server, cheap to clone.
#[derive(Clone)]
pub struct Meters(Arc<Parts>);

struct Parts {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

/// A label's name and its word.
pub type Tag = (&'static str, &'static str);

impl Meters {
    /// Meters that stand at nothing.
    pub fn new() -> Self {
        // It fails only for an empty list of bounds.
        let builder = PrometheusBuilder::new();
        let builder = builder
            .set_buckets(&SECONDS)
            .unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        Self(Arc::new(Parts { recorder, handle }))
    }

    /// Says what a name stands for, in the output.
    pub fn describe_counter(&self, name: &'static str, text: &'static str) {
        self.0
            .recorder
            .describe_counter(KeyName::from_const_str(name), Some(Unit::Count), text.into());
    }

    /// The same, for a state.
    pub fn describe_gauge(&self, name: &'static str, text: &'static str) {
        self.0
            .recorder
            .describe_gauge(KeyName::from_const_str(name), Some(Unit::Count), text.into());
    }

    /// The same, for a span of time.
    pub fn describe_seconds(&self, name: &'static str, text: &'static str) {
        self.0
            .recorder
            .describe_histogram(KeyName::from_const_str(name), Some(Unit::Seconds), text.into());
    }

    /// Counts one.
    pub fn count(&self, name: &'static str, tags: &[Tag]) {
        self.0
            .recorder
            .register_counter(&key(name, tags), &METADATA)
            .increment(1);
    }

    /// Sets a state.
    pub fn set(&self, name: &'static str, tags: &[Tag], value: f64) {
        self.0
            .recorder
            .register_gauge(&key(name, tags), &METADATA)
            .set(value);
    }

    /// Measures a span.
    pub fn measure(&self, name: &'static str, tags: &[Tag], span: Duration) {
        self.0
            .recorder
            .register_histogram(&key(name, tags), &METADATA)
            .record(span.as_secs_f64());
    }

    /// Everything, in the text format of Prometheus.
    pub fn render(&self) -> String {
        self.0.handle.run_upkeep();
        self.0.handle.render()
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

fn key(name: &'static str, tags: &[Tag]) -> Key {
    let labels: Vec<Label> = tags
        .iter()
        .map(|(name, word)| Label::from_static_parts(name, word))
        .collect();
    Key::from_parts(SharedString::const_str(name), labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_rendered() {
        let (one, other) = (Meters::new(), Meters::new());
        one.describe_counter("clavero_tests_total", "Tests.");
        one.count("clavero_tests_total", &[("outcome", "good")]);
        one.count("clavero_tests_total", &[("outcome", "good")]);
        one.set("clavero_state", &[], 1.0);
        one.measure("clavero_test_seconds", &[], Duration::from_millis(30));
        let text = one.render();
        for line in [
            "# HELP clavero_tests_total Tests.",
            "clavero_tests_total{outcome=\"good\"} 2",
            "clavero_state 1",
            "clavero_test_seconds_bucket{le=\"0.025\"} 0",
            "clavero_test_seconds_bucket{le=\"0.05\"} 1",
            "clavero_test_seconds_count 1",
        ] {
            assert!(text.lines().any(|it| it == line), "{line} is not in:\n{text}");
        }
        assert_eq!(other.render(), "");
    }
}
