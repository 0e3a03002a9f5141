//! Items: how they can be presented, and what bears an acceptance out.

use super::people::*;
use crate::recovery::people::{COMPANY, Condition, HOUSEHOLD};
use rstest::rstest;
use shared::api::{ErrorCode, FieldCode};
use shared::dossiers::{FoundIn, Item, Need, Verdict, Way};
use shared::registries::Registry;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn what_was_not_looked_up_here_is_not_accepted_as_if_it_were(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = counter(engine, COMPANY, Condition::Good).await;
    let accept = |item| found(counter.dossier, item, Way::LookedUp, Verdict::Accepted);
    for item in [Item::Ruc, Item::Representation] {
        let refused = record(&mut counter.agent, &accept(item)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotBorneOut, "{item:?}");
    }
    let view = look_up(&mut counter.agent, counter.dossier).await.unwrap();
    let said = view.found.expect("they were asked");
    assert_eq!(said.person_name.as_deref(), Some("QUISPE ANDRADE MARIA ELENA"));
    assert!(view.discrepancies.is_empty(), "{:?}", view.discrepancies);
    for item in [Item::Ruc, Item::Representation] {
        record(&mut counter.agent, &accept(item)).await.unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn a_discrepancy_is_shown_and_reopens_what_rested_on_the_records(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = ready(engine).await;
    COMPANY.name(&counter.world, "0926687856", COMPANY.representative);
    let view = look_up(&mut counter.agent, counter.dossier).await.unwrap();
    let told = &view.discrepancies[0];
    assert_eq!(
        (told.item, told.found_in),
        (Item::Representation, FoundIn::Appointment)
    );
    assert_eq!(told.found.as_deref(), Some("0926687856"));
    let item = view
        .items
        .iter()
        .find(|one| one.item == Item::Representation)
        .unwrap();
    assert_eq!(item.verdict, Verdict::Open);
    assert_eq!(
        counter.act(send_link()).await.unwrap_err().code,
        ErrorCode::ItemsMissing
    );

    // Against the records an officer accepts with a remark only.
    let mut asked = found(
        counter.dossier,
        Item::Representation,
        Way::LookedUp,
        Verdict::Accepted,
    );
    assert_eq!(
        record(&mut counter.agent, &asked).await.unwrap_err().code,
        ErrorCode::NotBorneOut
    );
    asked.way = Way::Original;
    let refused = record(&mut counter.agent, &asked).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "note");
    asked.note = Some(reason("Nombramiento inscrito ayer, con razón de inscripción"));
    record(&mut counter.agent, &asked).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_registry_that_is_silent_bears_nothing_out_and_hides_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = counter(engine, COMPANY, Condition::Good).await;
    counter.world.registries.fail(Registry::Superintendencia);
    let view = look_up(&mut counter.agent, counter.dossier).await.unwrap();
    let said = view.found.expect("they were asked");
    assert_eq!(said.silent, [Registry::Superintendencia]);
    assert!(said.status.is_some());
    let refused = found(
        counter.dossier,
        Item::Representation,
        Way::LookedUp,
        Verdict::Accepted,
    );
    assert_eq!(
        record(&mut counter.agent, &refused).await.unwrap_err().code,
        ErrorCode::NotBorneOut
    );
    let active = found(counter.dossier, Item::Ruc, Way::LookedUp, Verdict::Accepted);
    record(&mut counter.agent, &active).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn an_item_is_presented_in_its_own_ways_and_where_it_applies(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mut counter = counter(engine, HOUSEHOLD, Condition::Good).await;
    let view = open(&mut counter.agent, counter.visit).await.unwrap();
    let needs: Vec<Need> = view.items.iter().map(|one| one.need).collect();
    assert_eq!(
        needs.iter().filter(|need| **need == Need::NotApplicable).count(),
        2
    );
    let ruc = found(counter.dossier, Item::Ruc, Way::Original, Verdict::Accepted);
    let refused = record(&mut counter.agent, &ruc).await.unwrap_err();
    assert_eq!(
        (refused.fields[0].field.as_str(), refused.fields[0].code),
        ("item", FieldCode::NotOffered)
    );
    for (item, way) in [
        (Item::Identity, Way::Uploaded),
        (Item::Identity, Way::LookedUp),
        (Item::Letter, Way::LookedUp),
    ] {
        let asked = found(counter.dossier, item, way, Verdict::Accepted);
        let refused = record(&mut counter.agent, &asked).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "way", "{item:?} {way:?}");
    }
    let letter = found(counter.dossier, Item::Letter, Way::Uploaded, Verdict::Accepted);
    let refused = record(&mut counter.agent, &letter).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotBorneOut);
}

#[rstest]
#[tokio::test]
async fn a_household_needs_three_items(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mut counter = accepted(engine, HOUSEHOLD, Condition::Good).await;
    counter.act(send_link()).await.unwrap();
}
