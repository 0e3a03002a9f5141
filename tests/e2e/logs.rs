//! The log repeats nothing that somebody told: each scenario looks when its server ends ([`tests::told`]). Here it is shown that it looks.

use crate::portal::{Installation, Portal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tests::told;

/// Ends a server; whether its log was refused.
fn is_refused(portal: Portal) -> bool {
    catch_unwind(AssertUnwindSafe(|| drop(portal))).is_err()
}

#[tokio::test]
async fn a_planted_line_is_found_and_an_address_with_a_number_is_not_logged() {
    let number = "1792060346001";
    told::note(number);
    let portal = Installation::demo().serve();
    for path in [
        number,
        &format!("api/v1/{number}"),
        &format!("api/v1/recovery?number={number}"),
    ] {
        let answer = reqwest::get(portal.url(&format!("/{path}"))).await;
        assert!(answer.expect("an answer").headers().contains_key("x-request-id"));
    }
    assert!(portal.log().contains("\"request\""), "{}", portal.log());
    assert!(!is_refused(portal), "an address is in the log");

    let portal = Installation::demo().serve();
    portal.plant(&format!("{{\"message\":\"looked {number} up\"}}"));
    assert!(is_refused(portal), "a planted line was not found");
}
