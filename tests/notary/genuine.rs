//! Files as genuine tools sign them pass every check; and genuine tools find nothing wrong with what our own hand signs.

use crate::scene::Scene;
use crate::tools::{Form, Habit, chain_holds, openssl, pyhanko, second_opinion};
use rstest::rstest;
use tests::pki::{Authority, Layout};
use tests::signing::{self, SubFilter};

#[rstest]
fn our_own_hand_signs_as_tools_do(#[values(SubFilter::Adobe, SubFilter::Etsi)] subfilter: SubFilter) {
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    assert!(chain_holds(&scene.signer, &scene.pki));
    let signed = signing::sign(&scene.issued, &scene.signer, &scene.pki.issuer, subfilter);
    let found = second_opinion(&signed, &scene.pki);
    let expected = serde_json::json!({
        "signatures": 1, "intact": true, "valid": true, "trusted": true, "coverage": "ENTIRE_FILE",
    });
    assert_eq!(found, expected);
}
