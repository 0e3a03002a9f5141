//! The words of every message, in every language and by every way that it goes.

use crate::notifications::{ADDRESS, Notebook, PHONE};
use rstest::rstest;
use server::accounts::{NewAccount, State, service as accounts};
use server::appointments::Notice;
use server::challenges::Call;
use server::desk::Bureau;
use server::notifications::{
    Address, Channel, Content, FrozenBy, Kind, NewMessage, Recipient, TeamChange, service,
};
use shared::appointments::{CancelledBy, Errand, Papers, Place, what_to_bring};
use shared::centres::{Lane, Mode, Procedure, Zone};
use shared::contacts::Asked;
use shared::data_requests::DataRequestKind;
use shared::i18n::{Language, Text};
use shared::identifiers::{
    AccountId, AppointmentId, CentreId, ContactChangeId, DelegateId, StaffId, UnlockId,
};
use shared::notifications::gsm;
use shared::secrets::Secret;
use shared::signatures::Rejection;
use shared::staff::Role;
use shared::time::Timestamp;
use std::collections::BTreeSet;
use std::time::Duration;
use tests::{EPOCH, Engine, World};

const EMPLOYER: &str = "17•••••••3001";

/// One message of each kind, and of each kind of contact.
#[expect(
    clippy::too_many_lines,
    reason = "one message of each kind, written out: there is nothing in it to read"
)]
fn contents() -> Vec<Content> {
    let employer = || EMPLOYER.to_owned();
    let reference = || "KX4T".parse().unwrap();
    let at = EPOCH;
    let until = at.after(Duration::from_hours(24));
    let source = Some("192.0.2.9".parse().unwrap());
    let change = ContactChangeId::new(at, [1; 10]);
    let delegate = || "17•••••••5".to_owned();
    let mut contents = vec![
        Content::RecoveryLink {
            reference: reference(),
            employer: employer(),
            at,
        },
        Content::PasswordChanged {
            reference: reference(),
            employer: employer(),
            at,
            source,
        },
        Content::RecoverySuspended {
            reference: reference(),
            employer: employer(),
            at,
            until,
            source,
        },
        Content::AccountFrozen {
            employer: employer(),
            at,
            by: FrozenBy::Owner,
        },
        Content::AccountFrozen {
            employer: employer(),
            at,
            by: FrozenBy::Officer,
        },
        Content::AccountThawed {
            employer: employer(),
            at,
        },
        Content::AccountBlocked {
            employer: employer(),
            at,
            source,
        },
        Content::PasswordReplaced {
            employer: employer(),
            at,
            source,
        },
        Content::PasswordReminder {
            employer: employer(),
            since: at,
            days: 90,
        },
        Content::UnlockLink {
            unlock: UnlockId::new(at, [1; 10]),
            reference: reference(),
            employer: employer(),
            at,
        },
        Content::AccountUnlocked {
            reference: reference(),
            employer: employer(),
            at,
            source,
        },
        Content::ContactConfirmation {
            change,
            employer: employer(),
            at,
        },
        Content::DelegateInvitation {
            delegate: DelegateId::new(at, [1; 10]),
            employer: employer(),
            at,
        },
        Content::StaffInvitation {
            member: StaffId::new(at, [1; 10]),
            at,
        },
        Content::TeamChanged {
            change: TeamChange::Invited,
            member: "Ana Vega".parse().unwrap(),
            role: Role::Agent,
            by: Some("Luis Paz".parse().unwrap()),
            at,
        },
        Content::DelegateAdded {
            employer: employer(),
            delegate: delegate(),
            at,
            source,
        },
        Content::DelegateBlocked {
            employer: employer(),
            delegate: delegate(),
            at,
            source,
        },
        Content::AccessBlocked {
            employer: employer(),
            at,
            source,
        },
        Content::DelegateEnded {
            employer: employer(),
            delegate: delegate(),
            at,
            source,
        },
        Content::PasskeyAdded {
            employer: employer(),
            at,
            source,
        },
        Content::PasskeyRemoved {
            employer: employer(),
            at,
            source,
        },
        Content::PasskeySuspected {
            employer: employer(),
            at,
            source,
        },
        Content::SignatureReferred {
            reference: reference(),
            employer: employer(),
            number: shared::signatures::ReferralNumber::from_random([7; 8]),
            at,
            source,
        },
        Content::SignatureDecided {
            reference: reference(),
            employer: employer(),
            number: "F-7K3M-2Q".parse().unwrap(),
            because: None,
            at,
        },
        Content::DeliverabilityTest,
    ];
    contents.extend(of_appointments(at));
    contents.extend(
        [TeamChange::Changed, TeamChange::Reset, TeamChange::Ended].map(|change| Content::TeamChanged {
            change,
            member: "Ana Vega".parse().unwrap(),
            role: Role::Supervisor,
            by: None,
            at,
        }),
    );
    contents.extend(
        [DataRequestKind::Access, DataRequestKind::Deletion].map(|request| Content::DataRequestDone {
            employer: employer(),
            at,
            request,
        }),
    );
    let masked = [
        (Channel::Email, Some("ma•••@em•••.com".to_owned())),
        (Channel::Sms, Some("•••567".to_owned())),
        (Channel::Sms, None),
    ];
    contents.extend(Rejection::ALL.iter().map(|because| Content::SignatureDecided {
        reference: reference(),
        employer: employer(),
        number: "F-7K3M-2Q".parse().unwrap(),
        because: Some(*because),
        at,
    }));
    for (contact, masked) in masked {
        contents.extend([
            Content::ContactChangeHeld {
                change,
                employer: employer(),
                contact,
                masked: masked.clone(),
                asked: Asked::Signature,
                at,
                until,
                source,
            },
            Content::ContactChangeHeld {
                change,
                employer: employer(),
                contact,
                masked: masked.clone(),
                asked: Asked::Session,
                at,
                until,
                source,
            },
            Content::ContactChanged {
                employer: employer(),
                contact,
                masked: masked.clone(),
                asked: Asked::Counter,
                at,
            },
            Content::ContactChangeCancelled {
                employer: employer(),
                contact,
                masked,
                at,
                source,
            },
        ]);
    }
    contents
}

/// What is told of appointments: in person and by video, on the mainland and in Galápagos.
fn of_appointments(at: Timestamp) -> Vec<Content> {
    let mut contents = Vec::new();
    for (mode, zone) in [(Mode::InPerson, Zone::Mainland), (Mode::Video, Zone::Galapagos)] {
        let notice = Notice {
            appointment: AppointmentId::new(at, [1; 10]),
            code: "T-7K3M-2Q".parse().unwrap(),
            procedure: Procedure::Recovery,
            mode,
            employer: EMPLOYER.to_owned(),
            centre: "Centro de prueba".into(),
            address: "Av. de Prueba N1-23, Quito, Pichincha".into(),
            map: Some("https://www.openstreetmap.org/?mlat=0&mlon=-78".into()),
            zone,
            place: Place {
                centre: CentreId::new(at, [2; 10]),
                starts_at: at.after(Duration::from_hours(48)),
                ends_at: at.after(Duration::from_hours(49)),
                lane: Lane::of_number(1),
            },
            bring: what_to_bring(
                Errand {
                    procedure: Procedure::Recovery,
                    mode,
                    employer: "1790016919001".parse().unwrap(),
                    representative: &"1710034065".parse().unwrap(),
                },
                Papers::Y2026,
            ),
            sequence: 2,
        };
        contents.extend([
            Content::AppointmentBooked {
                notice: notice.clone(),
            },
            Content::AppointmentMoved {
                notice: notice.clone(),
            },
            Content::AppointmentReminder {
                notice: notice.clone(),
            },
            Content::PlaceOffered {
                notice: notice.clone(),
                until: at.after(Duration::from_hours(1)),
            },
        ]);
        contents.extend(
            [CancelledBy::Person, CancelledBy::Centre, CancelledBy::Officer].map(|by| {
                Content::AppointmentCancelled {
                    notice: notice.clone(),
                    by,
                }
            }),
        );
    }
    contents
}

/// The links of the mail, in their order: what it is for, and, where it goes to the owner, the one that freezes.
fn links(kind: Kind) -> Vec<&'static str> {
    let freeze = "http://localhost:8080/no-fui-yo#freeze-token";
    match kind {
        Kind::RecoveryLink => vec!["http://localhost:8080/restablecer#token-1", freeze],
        Kind::UnlockLink => vec!["http://localhost:8080/desbloqueo#token-1", freeze],
        Kind::ContactConfirmation => vec!["http://localhost:8080/contacto#token-1"],
        Kind::DelegateInvitation => vec!["http://localhost:8080/invitacion#token-1"],
        Kind::StaffInvitation => vec!["http://localhost:8080/personal/invitacion#token-1"],
        Kind::ContactChangeHeld => vec!["http://localhost:8080/contacto/cancelar#token-1", freeze],
        Kind::AccountBlocked => vec!["http://localhost:8080/desbloquear", freeze],
        Kind::PasswordReminder => vec!["http://localhost:8080/cuenta/clave", freeze],
        Kind::PasswordChanged
        | Kind::PasswordReplaced
        | Kind::RecoverySuspended
        | Kind::AccountUnlocked
        | Kind::ContactChanged
        | Kind::ContactChangeCancelled
        | Kind::DelegateAdded
        | Kind::DelegateBlocked
        | Kind::DelegateEnded
        | Kind::PasskeyAdded
        | Kind::PasskeyRemoved
        | Kind::PasskeySuspected
        | Kind::SignatureReferred
        | Kind::SignatureDecided
        | Kind::AccountThawed
        | Kind::DataRequestDone => vec![freeze],
        Kind::AppointmentBooked
        | Kind::AppointmentMoved
        | Kind::AppointmentCancelled
        | Kind::AppointmentReminder
        | Kind::PlaceOffered => vec!["http://localhost:8080/turno/gestionar#token-1"],
        // Not to the owner, or frozen already.
        Kind::AccessBlocked | Kind::AccountFrozen | Kind::TeamChanged | Kind::DeliverabilityTest => vec![],
    }
}

fn message(content: Content, address: Address, language: Language, now: Timestamp) -> NewMessage {
    NewMessage {
        content,
        recipient: Recipient::Typed {
            address,
            account: None,
        },
        case: None,
        language,
        expires_at: now.after(Duration::from_hours(1)),
    }
}

async fn send(world: &World, message: NewMessage) {
    let mut tx = world.app.store.write().await.unwrap();
    service::queue(&world.app, &mut tx, &message, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    service::send_due(&world.app, &Notebook::default()).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn every_mail_says_what_happened_and_what_to_do_in_every_language(
    #[values(Language::Es, Language::En, Language::Qu)] language: Language,
) {
    let world = World::new(Engine::Sqlite).await;
    for content in contents() {
        let kind = content.kind();
        let address = Address::Email(ADDRESS.parse().unwrap());
        send(&world, message(content, address, language, world.now())).await;
        let mail = world.mails().remove(0);
        let told = format!("{kind:?}: {}", mail.text);
        let found: Vec<_> = mail.text.lines().filter(|line| line.contains("http")).collect();
        assert_eq!(found, links(kind), "a link is alone on its line: {told}");
        for link in found {
            assert!(mail.html.contains(&format!("href=\"{link}\"")), "{told}");
        }
        assert!(
            !mail.subject.contains("token") && mail.subject.lines().count() == 1,
            "{}",
            mail.subject
        );
        assert_eq!(mail.language, language);
        assert!(mail.html.contains(&format!("lang=\"{}\"", language.tag())));
        let about_account = !matches!(
            kind,
            Kind::DeliverabilityTest | Kind::StaffInvitation | Kind::TeamChanged
        );
        let dated = kind != Kind::DeliverabilityTest;
        for part in [&mail.text, &mail.html] {
            assert!(
                part.contains(Text::new(language).notifications_not_you()),
                "{told}"
            );
            assert_eq!(part.contains(EMPLOYER), about_account, "{told}");
            assert_eq!(part.contains("UTC−5"), dated, "{told}");
            assert!(!part.contains("{ $") && !part.contains("{{"), "{told}");
            assert!(!part.contains('\u{1}'), "a template that was not filled: {told}");
            for review in [Text::new(language), Text::new(Language::Es)].map(Text::notifications_review) {
                assert_eq!(part.contains(review), language.under_review(), "{told}");
            }
        }
        assert!(!mail.text.contains("\n\n\n"), "{told}");
    }
}

#[rstest]
#[tokio::test]
async fn every_text_message_is_one_line_in_the_alphabet_with_the_mails_most_urgent_link(
    #[values(Language::Es, Language::En, Language::Qu)] language: Language,
) {
    let world = World::new(Engine::Sqlite).await;
    for content in contents() {
        let kind = content.kind();
        let before = world.texts().len();
        let address = Address::Phone(PHONE.parse().unwrap());
        send(&world, message(content, address, language, world.now())).await;
        world.advance(Duration::from_mins(1));
        assert_eq!(
            world.texts().len() - before,
            usize::from(kind.goes_by(Channel::Sms)),
            "{kind:?}"
        );
        if !kind.goes_by(Channel::Sms) {
            continue;
        }
        let text = world.texts().remove(0);
        assert_eq!((text.to.to_string().as_str(), text.language), (PHONE, language));
        assert!(gsm::septets(&text.text).unwrap() < gsm::SEPTETS, "{}", text.text);
        assert!(text.text.contains("17...3001"), "{}", text.text);
        // One link: what it is for, or what freezes; the way to unblock is in the mail.
        let link = links(kind)
            .into_iter()
            .find(|link| link.contains('#'))
            .unwrap_or("");
        assert!(text.text.ends_with(link), "{}", text.text);
        assert_eq!(
            text.text.matches("http").count(),
            usize::from(!link.is_empty()),
            "{}",
            text.text
        );
        assert!(
            !text.text.contains('\n') && !text.text.contains('{'),
            "{}",
            text.text
        );
    }
}

/// An account of its own for each message: the same employer's next branch.
async fn account(world: &World, branch: usize) -> AccountId {
    let mut tx = world.app.store.write().await.unwrap();
    let account = NewAccount {
        employer: "1790011674001".parse().unwrap(),
        branch: format!("{branch:04}").parse().unwrap(),
        email: Some(ADDRESS.parse().unwrap()),
        phone: None,
        language: Language::Es,
        name: "Comercial Andina".into(),
        representative: "1710034065".parse().unwrap(),
        representative_name: "Ana Torres".into(),
    };
    let id = accounts::open(&world.app, &mut tx, &account, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

/// Mails whose own link needs a case or a change are in `tests/http`: `recovery::orders`, `unlock::links`,
/// `contacts::obstacles`.
const fn needs_its_slice(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::RecoveryLink | Kind::UnlockLink | Kind::ContactChangeHeld
    )
}

#[rstest]
#[tokio::test]
async fn every_mail_to_the_owner_freezes_the_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let to_the_owner = contents().into_iter().filter(|content| {
        links(content.kind())
            .iter()
            .any(|link| link.contains("/no-fui-yo#"))
            && !needs_its_slice(content.kind())
    });
    let mut frozen = BTreeSet::new();
    for (number, content) in to_the_owner.enumerate() {
        let kind = content.kind();
        let id = account(&world, number + 1).await;
        let news = NewMessage {
            recipient: Recipient::owner_by_email(id),
            ..message(
                content,
                Address::Email(ADDRESS.parse().unwrap()),
                Language::Es,
                world.now(),
            )
        };
        let mut tx = world.app.store.write().await.unwrap();
        service::queue(&world.app, &mut tx, &news, world.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        service::send_due(&world.app, &Bureau).await.unwrap();
        let mail = world.mails().remove(0);
        let (_, link) = mail.text.split_once("/no-fui-yo#").unwrap();
        let token = Secret::from(link.split_whitespace().next().unwrap());
        accounts::freeze(&world.app, &token, Call::own(world.now()))
            .await
            .unwrap();
        let mut tx = world.app.store.read().await.unwrap();
        let state = accounts::by_id(&mut tx, id).await.unwrap().unwrap().state;
        assert!(matches!(state, State::Frozen { .. }), "{kind:?}: {state:?}");
        drop(tx);
        // The news of the freeze is the only one without the link.
        service::send_due(&world.app, &Bureau).await.unwrap();
        assert!(!world.mails()[0].text.contains("/no-fui-yo#"), "{kind:?}");
        frozen.insert(kind.as_str());
    }
    assert_eq!(frozen.len(), 18, "{frozen:?}");
}

#[test]
fn no_kind_is_left_out() {
    // The list above has every kind: their number is the number of names in the log.
    let kinds: BTreeSet<_> = contents().iter().map(|content| content.kind().as_str()).collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "{kinds:?}");
}
