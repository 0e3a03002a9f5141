//! Who may be asked, and as whom: certificates of both sides.

use super::{Asking, asking, company, section};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use std::path::Path;
use std::sync::Arc;
use tests::hostile::{answer, read_head};
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// An authority that vouches for names.
struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate with its key.
struct Vouched {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn vouch(&self, name: &str, purpose: ExtendedKeyUsagePurpose) -> Vouched {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.extended_key_usages = vec![purpose];
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        Vouched { certificate, key }
    }

    fn pem(&self) -> String {
        self.0.pem()
    }

    fn roots(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.der().clone()).unwrap();
        roots
    }
}

/// A registry on `localhost` with this certificate, which answers those whom `clients` vouches for. Its port.
async fn registry(own: &Vouched, clients: &Authority) -> u16 {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier =
        WebPkiClientVerifier::builder_with_provider(Arc::new(clients.roots()), Arc::clone(&provider))
            .build()
            .unwrap();
    let chain: Vec<CertificateDer<'static>> = vec![own.certificate.der().clone()];
    let key = PrivateKeyDer::try_from(own.key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let ruc = company().taxpayer.unwrap().ruc;
    let body = format!("{{\"ruc\":\"{ruc}\",\"name\":\"A\",\"status\":\"ACTIVO\"}}");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, body) = (acceptor.clone(), body.clone());
            tokio::spawn(async move {
                // Who cannot say who it is gets no further.
                let mut stream = BufReader::new(acceptor.accept(stream).await.ok()?);
                while read_head(&mut stream).await.ok()?.is_some() {
                    let answer = answer("200 OK", "application/json", &body);
                    stream.write_all(&answer).await.ok()?;
                    stream.flush().await.ok()?;
                }
                Some(())
            });
        }
    });
    port
}

/// A connector that trusts `authority` and shows `identity`.
fn connector(folder: &Path, port: u16, authority: &Authority, identity: Option<&Vouched>) -> Asking {
    std::fs::write(folder.join("ca.pem"), authority.pem()).unwrap();
    let mut lines = "timeout_millis = 30000\nretries = 0\nca_file = \"ca.pem\"\n".to_owned();
    if let Some(Vouched { certificate, key }) = identity {
        std::fs::write(folder.join("client.pem"), certificate.pem()).unwrap();
        std::fs::write(folder.join("client.key"), key.serialize_pem()).unwrap();
        lines.push_str("client_cert_file = \"client.pem\"\nclient_key_file = \"client.key\"\n");
    }
    asking(
        &section("sri", &format!("https://localhost:{port}"), &lines),
        folder,
    )
    .unwrap()
}

async fn answers(asking: &Asking) -> bool {
    let ruc = company().taxpayer.unwrap().ruc;
    asking
        .registries
        .taxpayer(&ruc)
        .await
        .is_ok_and(|it| it.is_some())
}

#[tokio::test]
async fn both_sides_are_known_to_each_other_or_nothing_is_told() {
    let (servers, clients, strangers) = (Authority::new(), Authority::new(), Authority::new());
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let purpose = || ExtendedKeyUsagePurpose::ServerAuth;
    let own = servers.vouch("localhost", purpose());
    let port = registry(&own, &clients).await;
    let client = clients.vouch("clavero", ExtendedKeyUsagePurpose::ClientAuth);
    assert!(answers(&connector(folder, port, &servers, Some(&client))).await);

    assert!(
        !answers(&connector(folder, port, &servers, None)).await,
        "without a certificate"
    );
    let stranger = strangers.vouch("clavero", ExtendedKeyUsagePurpose::ClientAuth);
    assert!(
        !answers(&connector(folder, port, &servers, Some(&stranger))).await,
        "somebody else's"
    );
    let wrong = clients.vouch("clavero", purpose());
    assert!(
        !answers(&connector(folder, port, &servers, Some(&wrong))).await,
        "one for servers"
    );

    assert!(
        !answers(&connector(folder, port, &strangers, Some(&client))).await,
        "an unknown server"
    );
    let named = servers.vouch("otro.example", purpose());
    let port = registry(&named, &clients).await;
    assert!(
        !answers(&connector(folder, port, &servers, Some(&client))).await,
        "another name"
    );
    let purposeless = servers.vouch("localhost", ExtendedKeyUsagePurpose::ClientAuth);
    let port = registry(&purposeless, &clients).await;
    assert!(
        !answers(&connector(folder, port, &servers, Some(&client))).await,
        "one for clients"
    );
}

#[tokio::test]
async fn an_own_authority_is_the_only_one() {
    // Without a file the system's authorities are asked, and they do not know this one.
    let (servers, clients) = (Authority::new(), Authority::new());
    let port = registry(
        &servers.vouch("localhost", ExtendedKeyUsagePurpose::ServerAuth),
        &clients,
    )
    .await;
    let text = section("sri", &format!("https://localhost:{port}"), "retries = 0");
    assert!(!answers(&asking(&text, Path::new("/nonexistent")).unwrap()).await);
}

#[tokio::test]
async fn a_key_must_be_of_its_certificate() {
    let clients = Authority::new();
    let (one, other) = (
        clients.vouch("clavero", ExtendedKeyUsagePurpose::ClientAuth),
        clients.vouch("clavero", ExtendedKeyUsagePurpose::ClientAuth),
    );
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("client.pem"), one.certificate.pem()).unwrap();
    std::fs::write(folder.path().join("client.key"), other.key.serialize_pem()).unwrap();
    let lines = "client_cert_file = \"client.pem\"\nclient_key_file = \"client.key\"";
    let text = section("sri", "https://localhost:1", lines);
    let refusal = asking(&text, folder.path()).map(|_| ()).unwrap_err().to_string();
    assert!(refusal.starts_with("registries.sri.client_key_file"), "{refusal}");
}
