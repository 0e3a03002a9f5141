//! The adapter for mail servers, against one that speaks over a socket.

use rstest::rstest;
use server::config::{Credentials, Smtp as Settings, Tls};
use server::notifications::mailer::{Greeting, Mail, SendError, Smtp};
use shared::i18n::Language;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::time::Duration;
use tests::smtp::silent::{SilentServer, Step};
use tests::smtp::{PASSWORD, SmtpServer, Turn, USER, Validity};

const TEMPORARY: Result<(), SendError> = Err(SendError::Temporary { code: 0, after: None });

fn settings(server: &SmtpServer) -> Settings {
    Settings {
        host: "localhost".into(),
        port: server.port(),
        tls: Tls::None,
        credentials: None,
        timeout: Duration::from_secs(10),
        ca: None,
        from: "clavero@instituto.example".into(),
    }
}

/// STARTTLS, trusting the server's own authority.
fn protected(server: &SmtpServer) -> Settings {
    Settings {
        tls: Tls::StartTls,
        ca: Some(server.authority().into()),
        ..settings(server)
    }
}

fn with_password(server: &SmtpServer, password: &str) -> Settings {
    let credentials = Credentials {
        user: USER.into(),
        password: Secret::from(password),
    };
    Settings {
        credentials: Some(credentials),
        ..protected(server)
    }
}

fn smtp(settings: &Settings) -> Smtp {
    Smtp::new(settings).unwrap()
}

fn mail() -> Mail {
    Mail {
        to: "ana@correo.example".parse().unwrap(),
        sender: "Institución de Ejemplo".into(),
        message_id: "1.1@instituto.example".into(),
        date: Timestamp::from_millis(1_795_446_000_000),
        subject: "Clave · ñandú".into(),
        text: "Una línea con ñ\n.\n..\nBcc: otra@correo.example\n".into(),
        html: "<p>Una línea con ñ</p>".into(),
        calendar: None,
        language: Language::Es,
    }
}

#[tokio::test]
async fn a_calendar_file_goes_behind_the_text() {
    let server = SmtpServer::start().await;
    let calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
    let mail = Mail {
        calendar: Some(calendar.into()),
        ..mail()
    };
    smtp(&settings(&server)).send(&mail).await.unwrap();
    let received = server.mail(1).await;
    let raw = &received.raw;
    assert!(raw.contains("multipart/mixed") && raw.contains("multipart/alternative"));
    assert!(raw.contains("text/calendar; charset=utf-8; method=PUBLISH"));
    assert!(raw.contains("filename=\"turno.ics\""));
}

#[tokio::test]
async fn what_arrives_is_what_was_written() {
    let server = SmtpServer::start().await;
    smtp(&settings(&server)).send(&mail()).await.unwrap();
    let received = server.mail(1).await;
    assert_eq!(received.text(), mail().text, "lines that begin with a dot too");
    assert_eq!(received.html().trim_end(), mail().html);
    assert_eq!(received.to, ["ana@correo.example"]);
    assert_eq!(received.header("Bcc"), "");
    assert!(
        received
            .header("Content-Type")
            .starts_with("multipart/alternative")
    );
    assert!(
        received.raw.is_ascii(),
        "no mail server on the way has to know more than ASCII"
    );
}

#[tokio::test]
async fn a_connection_is_used_again_after_a_success_and_never_after_a_failure() {
    let server = SmtpServer::start().await;
    let smtp = smtp(&settings(&server));
    smtp.send(&mail()).await.unwrap();
    smtp.send(&mail()).await.unwrap();
    assert_eq!(server.connections(), 1);
    server.next(Turn::RefuseMessage(451));
    assert_eq!(
        smtp.send(&mail()).await,
        Err(SendError::Temporary {
            code: 451,
            after: None
        })
    );
    smtp.send(&mail()).await.unwrap();
    assert_eq!(server.connections(), 2);
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn codes_are_told_apart() {
    let server = SmtpServer::start().await;
    let smtp = smtp(&settings(&server));
    for code in [421, 450, 451, 452] {
        server.next(Turn::RefuseMessage(code));
        assert_eq!(
            smtp.send(&mail()).await,
            Err(SendError::Temporary { code, after: None })
        );
    }
    for code in [550, 552, 553, 554] {
        server.next(Turn::RefuseRecipient(code));
        assert_eq!(smtp.send(&mail()).await, Err(SendError::Permanent { code }));
    }
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn starttls_with_a_trusted_certificate_and_the_right_password() {
    let server = SmtpServer::start_with_password().await;
    smtp(&with_password(&server, PASSWORD))
        .send(&mail())
        .await
        .unwrap();
    assert_eq!(server.mail(1).await.user.as_deref(), Some(USER));
}

#[tokio::test]
async fn a_wrong_or_missing_password_puts_off_and_loses_nothing() {
    let server = SmtpServer::start_with_password().await;
    let wrong = smtp(&with_password(&server, "otra")).send(&mail()).await;
    assert_eq!(
        wrong,
        Err(SendError::Temporary {
            code: 535,
            after: None
        })
    );
    let missing = smtp(&protected(&server)).send(&mail()).await;
    assert!(
        matches!(missing, Err(SendError::Temporary { code: 503 | 530, .. })),
        "{missing:?}"
    );
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn a_certificate_of_somebody_else_gets_no_mail() {
    let (server, other) = (
        SmtpServer::start_with_tls().await,
        SmtpServer::start_with_tls().await,
    );
    let stranger = Settings {
        ca: None,
        ..protected(&server)
    };
    assert_eq!(smtp(&stranger).send(&mail()).await, TEMPORARY);
    let impostor = Settings {
        port: other.port(),
        ..protected(&server)
    };
    assert_eq!(smtp(&impostor).send(&mail()).await, TEMPORARY);
    let misnamed = Settings {
        host: "127.0.0.1".into(),
        ..protected(&server)
    };
    assert_eq!(smtp(&misnamed).send(&mail()).await, TEMPORARY);
    assert_eq!(server.received().len() + other.received().len(), 0);
}

/// TLS from the first byte, trusting the server's own authority.
fn implicit(server: &SmtpServer) -> Settings {
    Settings {
        tls: Tls::Tls,
        ..protected(server)
    }
}

#[tokio::test]
async fn tls_from_the_first_byte_with_a_trusted_certificate() {
    let server = SmtpServer::start_with_implicit_tls(Validity::Good).await;
    let smtp = smtp(&implicit(&server));
    smtp.send(&mail()).await.unwrap();
    smtp.send(&mail()).await.unwrap();
    assert_eq!(server.mail(2).await.text(), mail().text);
    assert_eq!(server.connections(), 1, "it is used again like any other");
}

#[rstest]
#[case::other_name(Validity::OtherName)]
#[case::expired(Validity::Expired)]
#[tokio::test]
async fn a_certificate_that_is_not_good_gets_no_mail(#[case] validity: Validity) {
    let server = SmtpServer::start_with_implicit_tls(validity).await;
    assert_eq!(smtp(&implicit(&server)).send(&mail()).await, TEMPORARY);
    assert_eq!((server.connections(), server.received().len()), (1, 0));
}

#[tokio::test]
async fn a_certificate_of_an_authority_that_nobody_trusts_gets_no_mail() {
    let (server, other) = (
        SmtpServer::start_with_implicit_tls(Validity::Good).await,
        SmtpServer::start_with_implicit_tls(Validity::Good).await,
    );
    let stranger = Settings {
        ca: None,
        ..implicit(&server)
    };
    assert_eq!(smtp(&stranger).send(&mail()).await, TEMPORARY);
    let impostor = Settings {
        ca: Some(other.authority().into()),
        ..implicit(&server)
    };
    assert_eq!(smtp(&impostor).send(&mail()).await, TEMPORARY);
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn a_server_that_speaks_in_the_clear_gets_no_mail_where_tls_is_asked_for() {
    let server = SmtpServer::start().await;
    assert_eq!(smtp(&implicit_to(server.port())).send(&mail()).await, TEMPORARY);
    assert_eq!(server.received().len(), 0);
}

fn implicit_to(port: u16) -> Settings {
    Settings {
        host: "localhost".into(),
        port,
        tls: Tls::Tls,
        credentials: None,
        timeout: Duration::from_millis(300),
        ca: None,
        from: "clavero@instituto.example".into(),
    }
}

#[rstest]
#[case::no_greeting(Step::Connected, Tls::None)]
#[case::no_handshake(Step::Connected, Tls::Tls)]
#[case::after_hello(Step::Hello, Tls::None)]
#[case::no_handshake_after_starttls(Step::StartTls, Tls::StartTls)]
#[case::after_the_sender(Step::Sender, Tls::None)]
#[case::after_the_recipient(Step::Recipient, Tls::None)]
#[case::after_data(Step::Data, Tls::None)]
#[case::after_the_message(Step::Message, Tls::None)]
#[tokio::test]
async fn a_server_that_falls_silent_is_given_up_at_any_step(#[case] step: Step, #[case] tls: Tls) {
    let server = SilentServer::at(step).await;
    let smtp = smtp(&Settings {
        tls,
        ..implicit_to(server.port())
    });
    // Longer than the configured time-out, and far shorter than the limit of a whole send.
    let patience = Duration::from_secs(20);
    let given_up = tokio::time::timeout(patience, smtp.send(&mail())).await;
    assert_eq!(given_up, Ok(TEMPORARY));
    let again = tokio::time::timeout(patience, smtp.send(&mail())).await;
    assert_eq!(
        (again, server.connections()),
        (Ok(TEMPORARY), 2),
        "and never spoken to again"
    );
}

#[tokio::test]
async fn a_server_without_starttls_gets_no_mail_where_it_is_asked_for() {
    let server = SmtpServer::start().await;
    let asked = Settings {
        tls: Tls::StartTls,
        ..settings(&server)
    };
    assert!(matches!(
        smtp(&asked).send(&mail()).await,
        Err(SendError::Temporary { .. })
    ));
    assert_eq!(server.received().len(), 0);
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up_in_time_and_its_late_answer_is_nobodys() {
    let server = SmtpServer::start().await;
    let smtp = smtp(&Settings {
        timeout: Duration::from_millis(300),
        ..settings(&server)
    });
    server.next(Turn::Stall);
    assert_eq!(smtp.send(&mail()).await, TEMPORARY);
    server.release();
    server.mail(1).await;
    server.next(Turn::RefuseMessage(554));
    let next = smtp.send(&mail()).await;
    assert_eq!(
        next,
        Err(SendError::Permanent { code: 554 }),
        "not the acceptance that came late"
    );
}

#[test]
fn settings_that_cannot_work_are_refused_at_the_start() {
    let plain = Settings {
        host: "localhost".into(),
        port: 25,
        tls: Tls::Tls,
        credentials: None,
        timeout: Duration::from_secs(1),
        ca: Some(b"no certificate".to_vec()),
        from: "clavero@instituto.example".into(),
    };
    let no_sender = Settings {
        ca: None,
        from: "nadie".into(),
        ..plain.clone()
    };
    assert!(
        Smtp::new(&no_sender)
            .unwrap_err()
            .to_string()
            .contains("smtp.from")
    );
}

#[tokio::test]
async fn a_greeting_goes_as_far_as_a_mail_would_and_brings_none() {
    let server = SmtpServer::start_with_password().await;
    assert_eq!(smtp(&with_password(&server, PASSWORD)).greet().await, Ok(()));
    assert_eq!(
        smtp(&with_password(&server, "another")).greet().await,
        Err(Greeting::SignIn)
    );
    assert_eq!(
        smtp(&protected(&server)).greet().await,
        Ok(()),
        "who signs in is not asked before a mail"
    );
    assert!(server.received().is_empty());
    let untrusted = Settings {
        ca: None,
        ..protected(&server)
    };
    assert_eq!(smtp(&untrusted).greet().await, Err(Greeting::StartTls));
    let server = SmtpServer::start_with_implicit_tls(Validity::Good).await;
    let wrapped = Settings {
        tls: Tls::Tls,
        ca: Some(server.authority().into()),
        ..settings(&server)
    };
    assert_eq!(smtp(&wrapped).greet().await, Ok(()));
    let untrusted = Settings { ca: None, ..wrapped };
    assert_eq!(smtp(&untrusted).greet().await, Err(Greeting::Connection));
}
