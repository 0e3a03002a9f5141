//! Answers of authorities that are kept: used until the next ones come, and believed no more for it.

use crate::scene::{CEDULA, RUC, Scene, Upload};
use server::meters::Meters;
use server::notary::cache::Cache;
use server::notary::{Asking, Limits, Notary, Program};
use server::on;
use server::store::Tx;
use shared::signatures::{Finding, Reason};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use tests::pki::{Authority, Holder, Layout, ListManner, OcspManner, Pki, Status};
use tests::{EPOCH, Engine, World};

const TICK: Duration = Duration::from_micros(1);
const DAY: Duration = Duration::from_hours(24);
const PLENTY: u64 = 1 << 20;

/// A server with its database and an authority that listens.
struct Office {
    world: World,
    scene: Scene,
    notary: Notary,
    _folder: TempDir,
}

impl Office {
    async fn new() -> Self {
        let (pki, address) = Pki::listening(Authority::SecurityData, Layout::A, EPOCH).await;
        let signer = pki.issue(&Holder::representative(CEDULA, RUC));
        let scene = Scene {
            pki,
            signer,
            ..Scene::new(Authority::SecurityData, Layout::A)
        };
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("raiz.pem"), scene.pki.root.pem()).unwrap();
        let text =
            format!("[signatures]\nanchors = \".\"\nseconds = 30\nrevocation_private = [\"{address}\"]\n");
        let config = server::config::Config::parse(&text, folder.path())
            .unwrap()
            .signatures;
        let program = Program::at(binary(), Limits::of(&config));
        Self {
            world: World::new(Engine::Sqlite).await,
            notary: Notary::with(&config, program, &Meters::new(), Asking::Listed).unwrap(),
            scene,
            _folder: folder,
        }
    }

    /// What is found about the revocation of the signer's certificate, now.
    async fn revocation(&self) -> Finding {
        let Upload {
            file,
            mut expectation,
            ..
        } = self.scene.upload(self.scene.signed());
        expectation.now = self.world.now();
        let cache = Cache::Rows(&self.world.app.store, PLENTY);
        let examined = self
            .notary
            .examine(cache, &self.world.app.clock, file, expectation);
        examined.await.unwrap().findings.revocation
    }

    fn advance(&self, span: Duration) {
        self.world.advance(span);
        self.scene.pki.advance(span);
    }

    async fn kept(&self) -> i64 {
        let mut tx = self.world.app.store.read().await.unwrap();
        let count = "SELECT COUNT(*) FROM revocation_answers";
        on!(&mut tx, |conn| sqlx::query_scalar(count).fetch_one(conn)).unwrap()
    }
}

/// The binary beside the tests' own.
fn binary() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    target.join("debug").join("clavero")
}

#[tokio::test]
async fn an_authority_is_asked_again_at_the_tick_of_its_next_answer() {
    let office = Office::new().await;
    assert_eq!(office.revocation().await, Finding::Passed);
    assert_eq!((office.scene.pki.asked(), office.kept().await), (2, 2));
    office.advance(DAY.saturating_sub(TICK));
    assert_eq!(office.revocation().await, Finding::Passed);
    assert_eq!(office.scene.pki.asked(), 2, "a tick before, nobody is asked");
    office.advance(TICK);
    assert_eq!(office.revocation().await, Finding::Passed);
    assert_eq!((office.scene.pki.asked(), office.kept().await), (4, 2));
    office.advance(TICK);
    assert_eq!(office.revocation().await, Finding::Passed);
    assert_eq!(office.scene.pki.asked(), 4);
}

#[tokio::test]
async fn what_was_not_relied_on_is_not_kept() {
    for manner in [
        OcspManner::Stranger,
        OcspManner::AboutAnother,
        OcspManner::Stale,
        OcspManner::Spoiled,
        OcspManner::TryLater,
        OcspManner::Garbage,
    ] {
        let office = Office::new().await;
        office.scene.pki.set_ocsp(manner);
        office.scene.pki.set_lists(ListManner::Missing);
        let found = office.revocation().await;
        assert!(matches!(found, Finding::Unknown(_)), "{manner:?}: {found:?}");
        assert_eq!(office.kept().await, 0, "{manner:?}");
        office.scene.pki.set_ocsp(OcspManner::Own);
        assert_eq!(office.revocation().await, Finding::Passed, "{manner:?}");
    }
}

/// A revocation is kept too, and told without the authority.
#[tokio::test]
async fn a_revocation_is_kept() {
    let office = Office::new().await;
    let revoked = Status::Revoked(EPOCH.before(Duration::from_mins(1)));
    office.scene.pki.set_status(&office.scene.signer, revoked);
    assert_eq!(office.revocation().await, Finding::Failed(Reason::Revoked));
    let asked = office.scene.pki.asked();
    assert_eq!(office.revocation().await, Finding::Failed(Reason::Revoked));
    assert!(
        office.scene.pki.asked() - asked < asked,
        "what was kept was not asked again"
    );
}

/// Somebody who can write into the table cannot make a certificate good: the answer is verified, refused and dropped.
#[tokio::test]
async fn an_answer_that_was_changed_in_the_table_is_found_out() {
    let office = Office::new().await;
    assert_eq!(office.revocation().await, Finding::Passed);
    office.scene.pki.set_lists(ListManner::Missing);
    let mut tx = office.world.app.store.write().await.unwrap();
    let spoil = "UPDATE revocation_answers SET answer = $1";
    let changed: Result<u64, sqlx::Error> = match &mut tx {
        Tx::Sqlite(transaction) => sqlx::query(spoil)
            .bind(&b"forged"[..])
            .execute(&mut **transaction)
            .await
            .map(|done| done.rows_affected()),
        Tx::Postgres(_) => unreachable!("the world is on SQLite"),
    };
    assert_eq!(changed.unwrap(), 2);
    tx.commit().await.unwrap();
    let found = office.revocation().await;
    assert!(matches!(found, Finding::Unknown(_)), "{found:?}");
    assert_eq!(office.kept().await, 0);
    assert_eq!(office.revocation().await, Finding::Passed);
    assert_eq!(office.kept().await, 2);
}
