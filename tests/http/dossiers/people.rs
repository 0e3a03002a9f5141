//! A counter: two officers, a person who is served, and the dossier of the visit.

use crate::recovery::people::{self, COMPANY, Condition, Employer};
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use server::centres::import;
use shared::api::{BASE, Problem};
use shared::centres::api::ListCentres;
use shared::centres::{CentreId, Procedure};
use shared::dossiers::api::{
    Act, Acted, ActionView, AddPaper, ApprovalDecided, ApprovalDecision, ApprovalView, Asking,
    DecideApproval, DossierNamed, DossierView, ItemRecorded, ListApprovals, LookUp, OpenDossier, PaperAsked,
    RecordItem, VisitNamed, paper_path,
};
use shared::dossiers::{Action, ActionName, Item, Need, PaperId, Verdict, Way};
use shared::identifiers::{ApprovalId, DossierId, VisitId};
use shared::policy::Policy;
use shared::staff::ActReason;
use shared::visits::api::{
    AdmitWalkIn, BeginService, CallVisit, ChooseCounter, CounterChoice, FinishVisit, VisitChoice, WalkIn,
};
use std::path::Path;
use std::time::Duration;
use tests::desk::{self, Desk};
use tests::{Browser, Engine, Reply, World};

pub const TICK: Duration = Duration::from_micros(1);

/// The centres of the demo, which are made up.
const CENTRES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/src/demo/centres.csv");

/// A world with a counter.
pub struct Counter {
    pub world: World,
    pub centre: CentreId,
    /// Serves the person.
    pub agent: Browser,
    /// Another officer of the same centre.
    pub other: Browser,
    pub dossier: DossierId,
    pub visit: VisitId,
}

/// A counter at which somebody of this employer is served, with a dossier in which nothing was found yet.
pub async fn counter(engine: Engine, employer: Employer, condition: Condition) -> Counter {
    counter_with(engine, employer, condition, |_| ()).await
}

/// The same, under a policy that differs in what is tested.
pub async fn counter_with(
    engine: Engine,
    employer: Employer,
    condition: Condition,
    change: impl FnOnce(&mut Policy),
) -> Counter {
    let world = people::with(engine, change).await;
    employer.settle(&world, condition).await;
    let centre = centre(&world).await;
    let mut agent = seated(&world, "Ana Paz", centre, 1).await;
    let other = seated(&world, "Luis Mora", centre, 2).await;
    let visit = serve(&mut agent, employer).await;
    let opened = open(&mut agent, visit).await.unwrap();
    Counter {
        dossier: opened.dossier,
        world,
        centre,
        agent,
        other,
        visit,
    }
}

/// The same, with every item accepted.
pub async fn accepted(engine: Engine, employer: Employer, condition: Condition) -> Counter {
    let mut counter = counter(engine, employer, condition).await;
    counter.accept_all().await;
    counter
}

/// A counter for the company, with every item accepted.
pub async fn ready(engine: Engine) -> Counter {
    accepted(engine, COMPANY, Condition::Good).await
}

async fn centre(world: &World) -> CentreId {
    import::import(&world.app, Path::new(CENTRES), 0).await.unwrap();
    let list = world.browser().call::<ListCentres>(&()).await.unwrap();
    list.centres[0].id
}

/// An officer who sits at a counter.
pub async fn seated(world: &World, name: &str, centre: CentreId, counter: u8) -> Browser {
    let Desk { mut browser } = desk::agent(world, name).await;
    let choice = CounterChoice {
        counter: Some(counter.try_into().unwrap()),
        centre: Some(centre),
    };
    browser.call::<ChooseCounter>(&choice).await.unwrap();
    browser
}

/// Somebody comes without an appointment and is served at once.
pub async fn serve(officer: &mut Browser, employer: Employer) -> VisitId {
    let walk_in = WalkIn {
        employer: employer.identifier(),
        branch: shared::identifiers::Branch::default(),
        representative: employer.representative.parse().unwrap(),
        procedure: Procedure::Recovery,
    };
    let before = officer.call::<AdmitWalkIn>(&walk_in).await.unwrap();
    let visit = before
        .visits
        .iter()
        .max_by_key(|visit| visit.number)
        .unwrap()
        .visit;
    let choice = VisitChoice { visit };
    officer.call::<CallVisit>(&choice).await.unwrap();
    officer.call::<BeginService>(&choice).await.unwrap();
    visit
}

pub async fn finish(officer: &mut Browser, visit: VisitId) {
    officer.call::<FinishVisit>(&VisitChoice { visit }).await.unwrap();
}

pub async fn open(officer: &mut Browser, visit: VisitId) -> Result<DossierView, Problem> {
    officer.call::<OpenDossier>(&VisitNamed { visit }).await
}

pub async fn look_up(officer: &mut Browser, dossier: DossierId) -> Result<DossierView, Problem> {
    officer.call::<LookUp>(&DossierNamed { dossier }).await
}

pub fn reason(words: &str) -> ActReason {
    words.parse().unwrap()
}

/// An item, accepted in its usual way, or judged otherwise.
pub fn found(dossier: DossierId, item: Item, way: Way, verdict: Verdict) -> ItemRecorded {
    ItemRecorded {
        dossier,
        item,
        way,
        verdict,
        note: None,
    }
}

pub async fn record(officer: &mut Browser, asked: &ItemRecorded) -> Result<DossierView, Problem> {
    officer.call::<RecordItem>(asked).await
}

pub async fn act(officer: &mut Browser, dossier: DossierId, action: Action) -> Result<Acted, Problem> {
    let reason = reason("La persona está presente y mostró su cédula");
    officer
        .call::<Act>(&Asking {
            dossier,
            action,
            reason,
        })
        .await
}

pub fn send_link() -> Action {
    Action::SendRecoveryLink { reference: None }
}

pub fn new_email(address: &str) -> Action {
    Action::ChangeContact {
        wanted: shared::contacts::Wanted::Email(address.parse().unwrap()),
    }
}

pub async fn decide(
    officer: &mut Browser,
    approval: ApprovalId,
    decision: ApprovalDecision,
) -> Result<ApprovalView, Problem> {
    let reason = reason("Revisé el expediente");
    officer
        .call::<DecideApproval>(&ApprovalDecided {
            approval,
            decision,
            reason,
        })
        .await
}

pub async fn approvals(officer: &mut Browser) -> Vec<ApprovalView> {
    officer.call::<ListApprovals>(&()).await.unwrap().approvals
}

pub async fn place(officer: &mut Browser, dossier: DossierId, item: Item) -> Result<PaperId, Problem> {
    let place = officer.call::<AddPaper>(&PaperAsked { dossier, item }).await?;
    Ok(place.paper)
}

/// Sends a file to its place.
pub async fn send(officer: &mut Browser, paper: PaperId, bytes: Vec<u8>) -> Reply {
    let request = Request::post(format!("{BASE}{}", paper_path(paper)))
        .header(ORIGIN, officer.origin())
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "application/octet-stream")
        .body(Body::from(bytes));
    officer.send(request.unwrap()).await
}

pub async fn fetch(officer: &mut Browser, paper: PaperId) -> Reply {
    officer.get(&format!("{BASE}{}", paper_path(paper))).await
}

pub fn action(view: &DossierView, name: ActionName) -> &ActionView {
    view.actions.iter().find(|one| one.action == name).unwrap()
}

impl Counter {
    /// Accepts everything that is asked for: originals, and what the registries say.
    pub async fn accept_all(&mut self) -> DossierView {
        let mut view = look_up(&mut self.agent, self.dossier).await.unwrap();
        for item in view.items.clone() {
            if item.need == Need::NotApplicable || item.verdict == Verdict::Accepted {
                continue;
            }
            let way = match item.item {
                Item::Ruc | Item::Representation => Way::LookedUp,
                Item::Identity | Item::Appointment | Item::Letter => Way::Original,
            };
            let asked = found(self.dossier, item.item, way, Verdict::Accepted);
            view = record(&mut self.agent, &asked).await.unwrap();
        }
        view
    }

    pub async fn act(&mut self, action: Action) -> Result<Acted, Problem> {
        act(&mut self.agent, self.dossier, action).await
    }

    /// A dossier in which a second officer is asked for the link after a change of the address.
    pub async fn asked(&mut self) -> ApprovalId {
        self.act(new_email("nueva@empresa.example")).await.unwrap();
        let view = self.act(send_link()).await.unwrap().dossier;
        view.approvals[0].approval
    }
}
