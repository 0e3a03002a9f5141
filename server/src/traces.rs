//! Traces for a collector (OTLP over HTTP), where the configuration names one: what a request spent its time on.
//!
//! Invariants: what is sent is our own spans, with what the log says of them (ids, templates of routes, words of closed types) and no line of the
//! log; nobody waits for a collector: what does not fit into the queue is not sent, a batch has [`PATIENCE`], and the end of the server
//! [`FLUSH`]. Nothing is taken from a request: whoever asks cannot begin a trace of theirs here.

use crate::config::declare::section;
use crate::config::{ConfigError, field, missing};
use crate::outbound;
use futures_util::future::BoxFuture;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider};
use std::time::Duration;
use tokio::runtime::Handle;
use tracing::{Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

/// How many spans wait for the collector at most; more are not sent.
const QUEUE: usize = 2048;

/// How many leave together.
const BATCH: usize = 512;

/// How often they leave.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a collector may take for a batch.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long the end of the server waits for the last batch.
const FLUSH: Duration = Duration::from_secs(4);

/// How much of a collector's answer is read.
const ANSWER: usize = 64 * 1024;

/// The target of spans that are parts of a request. The log leaves them out: its lines stand in the span of the request.
pub const PART: &str = "traces";

/// Where traces go.
#[derive(Clone, Debug, PartialEq)]
pub struct TracesConfig {
    /// The collector: `http(s)://host:port`.
    pub endpoint: String,
    /// The share of requests that are traced, 0 to 1.
    pub share: f64,
}

section! {
    /// Traces.
    pub(crate) struct Section {
        /// Where a collector takes traces as OTLP over HTTP: http(s)://host:port. Lines of the log never go there.
        otlp_endpoint: Option<String> = None, otherwise "required", example "\"http://127.0.0.1:4318\"";
        /// The share of requests that are traced, 0 to 1.
        share: f64 = 1.0;
    }
}

impl TracesConfig {
    /// Reads the section.
    pub(crate) fn of(section: Section) -> Result<Self, ConfigError> {
        let endpoint = section
            .otlp_endpoint
            .ok_or_else(|| missing("traces.otlp_endpoint"))?;
        let endpoint = endpoint.trim_end_matches('/').to_owned();
        let url = reqwest::Url::parse(&endpoint)
            .map_err(|_| field("traces.otlp_endpoint", "must be http(s)://host:port"))?;
        let is_bare = matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if !is_bare {
            return Err(field(
                "traces.otlp_endpoint",
                "must be http(s)://host:port: no path, no user",
            ));
        }
        let share = section.share;
        if !(0.0..=1.0).contains(&share) {
            return Err(field("traces.share", "must be a number from 0 to 1"));
        }
        Ok(Self { endpoint, share })
    }
}

/// Traces on their way to a collector.
#[derive(Clone, Debug)]
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Prepares the way; nothing is sent yet. It must be called within the runtime, which carries the requests to the collector.
    pub fn open(config: &TracesConfig) -> anyhow::Result<Self> {
        let tls = outbound::tls(None).map_err(anyhow::Error::msg)?;
        let client = Client {
            inner: outbound::client(tls).timeout(PATIENCE).build()?,
            runtime: Handle::current(),
        };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", config.endpoint))
            .with_timeout(PATIENCE)
            .build()?;
        let batches = BatchConfigBuilder::default()
            .with_max_queue_size(QUEUE)
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(PAUSE)
            .build();
        let processor = BatchSpanProcessor::builder(exporter)
            .with_batch_config(batches)
            .build();
        let resource = Resource::builder_empty()
            .with_attributes([
                KeyValue::new("service.name", "clavero"),
                KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
            ])
            .build();
        let sampler = Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(config.share)));
        let provider = SdkTracerProvider::builder()
            .with_span_processor(processor)
            .with_sampler(sampler)
            .with_resource(resource)
            .build();
        Ok(Self(provider))
    }

    /// What listens to our spans.
    pub fn layer<S>(&self) -> impl Layer<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("clavero"))
            .with_location(false)
            .with_threads(false)
            .with_level(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_filter(filter_fn(is_ours))
    }

    /// Sends what waits, within [`FLUSH`], and ends.
    pub async fn close(self) {
        let closing = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(FLUSH));
        match closing.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the last traces were not sent"),
            Err(_) => tracing::warn!("the last traces were not sent"),
        }
    }
}

/// Spans of ours only: no line of the log, and nothing of a library.
fn is_ours(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    metadata.is_span() && (target == PART || target.starts_with("server"))
}

/// The client of everything that leaves, on our runtime: the queue has a thread of its own, without one.
#[derive(Debug)]
struct Client {
    inner: reqwest::Client,
    runtime: Handle,
}

impl HttpClient for Client {
    fn send_bytes<'life, 'sent>(
        &'life self,
        request: Request<Bytes>,
    ) -> BoxFuture<'sent, Result<Response<Bytes>, HttpError>>
    where
        'life: 'sent,
        Self: 'sent,
    {
        let sending = self.runtime.spawn(send(self.inner.clone(), request));
        Box::pin(async move { sending.await? })
    }
}

async fn send(client: reqwest::Client, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let (parts, body) = request.into_parts();
    let request = client
        .request(parts.method, parts.uri.to_string())
        .headers(parts.headers)
        .body(body);
    let answer = request.send().await.map_err(outbound::told)?;
    let status = answer.status();
    let body = outbound::read(answer, ANSWER)
        .await
        .map_err(|_| "the collector's answer cannot be read")?;
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<TracesConfig, String> {
        let section = toml::from_str(text).map_err(|error| error.to_string())?;
        TracesConfig::of(section).map_err(|error| error.to_string())
    }

    #[test]
    fn the_section_says_where_and_how_much() {
        let config = read("otlp_endpoint = \"http://127.0.0.1:4318/\"\nshare = 0.25").unwrap();
        assert_eq!(config.endpoint, "http://127.0.0.1:4318");
        assert!((config.share - 0.25).abs() < f64::EPSILON);
        for (text, field) in [
            ("otlp_endpoint = \"127.0.0.1:4318\"", "traces.otlp_endpoint"),
            ("otlp_endpoint = \"ftp://x:1\"", "traces.otlp_endpoint"),
            ("otlp_endpoint = \"http://x:1/v1/traces\"", "traces.otlp_endpoint"),
            ("otlp_endpoint = \"http://a:b@x:1\"", "traces.otlp_endpoint"),
            ("otlp_endpoint = \"http://x:1\"\nshare = 1.1", "traces.share"),
            ("otlp_endpoint = \"http://x:1\"\nshare = -0.1", "traces.share"),
            ("otlp_endpoint = \"http://x:1\"\nshares = 1", "shares"),
            ("share = 1", "otlp_endpoint"),
        ] {
            let refusal = read(text).unwrap_err();
            assert!(refusal.contains(field), "{text}: {refusal}");
        }
        for share in ["0", "1", "0.0", "1.0"] {
            read(&format!("otlp_endpoint = \"http://x:1\"\nshare = {share}")).unwrap();
        }
    }
}
