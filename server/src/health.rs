//! `clavero health`: whether the server that runs by this configuration may be sent requests. For supervisors that can only run a
//! command, such as a container's.

use crate::cli::say;
use crate::config::Config;
use crate::outbound;
use anyhow::Context;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How much of the answer is read.
const LONGEST: usize = 4096;

/// Asks, prints what was answered, and ends with 0 for a server that is ready and 1 for any other.
pub async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let (code, answer) = ask(here(config.listen)).await?;
    say(&answer);
    Ok(code)
}

/// Asks the server at `address` whether it is ready.
async fn ask(address: SocketAddr) -> anyhow::Result<(ExitCode, String)> {
    let tls = outbound::tls(None).map_err(anyhow::Error::msg)?;
    let client = outbound::client(tls).timeout(PATIENCE).build()?;
    let answer = client
        .get(format!("http://{address}/readyz"))
        .send()
        .await
        .with_context(|| format!("{address} does not answer"))?;
    let code = if answer.status().is_success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    };
    let text = match outbound::read(answer, LONGEST).await {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(outbound::Unread::TooLarge | outbound::Unread::Broken(_)) => {
            anyhow::bail!("{address} does not answer as Clavero does")
        }
    };
    Ok((code, text))
}

/// Where a server that listens at `listen` is reached from the same machine.
fn here(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip @ (IpAddr::V4(_) | IpAddr::V6(_)) => ip,
    };
    SocketAddr::new(ip, listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::http::StatusCode;
    use axum::routing::get;

    async fn server(status: StatusCode, text: &'static str) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/readyz", get(move || async move { (status, text) }));
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    #[tokio::test]
    async fn a_server_that_is_ready_is_well_and_any_other_is_not() {
        let ready = server(StatusCode::OK, "ready\n").await;
        assert_eq!(
            ask(ready).await.unwrap(),
            (ExitCode::SUCCESS, "ready\n".to_owned())
        );
        let stopping = server(StatusCode::SERVICE_UNAVAILABLE, "shutting down\n").await;
        let (code, text) = ask(stopping).await.unwrap();
        assert_eq!((code, text.as_str()), (ExitCode::FAILURE, "shutting down\n"));
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = gone.local_addr().unwrap();
        drop(gone);
        assert!(
            ask(address)
                .await
                .unwrap_err()
                .to_string()
                .contains("does not answer")
        );
    }

    #[test]
    fn a_server_that_listens_everywhere_is_asked_here() {
        for (listen, asked) in [
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:8080", "[::1]:8080"),
            ("10.0.0.7:80", "10.0.0.7:80"),
        ] {
            assert_eq!(here(listen.parse().unwrap()), asked.parse().unwrap());
        }
    }
}
