//! A case that asks for a passkey: the right signature, a wrong one, one that is lost on its way, and one sent twice.

use super::lost::{lost, quiet};
use super::model::Subjected;
use super::play::{POLLS, Play};
use server::http::Failure;
use server::recovery::{assert, renew, service};
use shared::api::ErrorCode;
use shared::passkeys::browser::RequestOptions;
use shared::recovery::api::{CaseView, StageView};
use shared::secrets::Secret;
use tests::authenticator::Lie;

impl Play {
    /// A case that asks for a passkey of an employer that has one.
    pub(super) async fn step_up(
        &mut self,
        who: &mut Subjected,
        cookie: Option<&Secret<String>>,
        (options, left): (RequestOptions, u8),
        before: &CaseView,
    ) -> CaseView {
        let app = self.world.app.clone();
        let call = self.call();
        let device = who.device.as_mut().expect("an employer with a passkey");
        // In turn and not by chance: few cases come this far, and each arm has to be taken.
        self.step_ups += 1;
        match self.step_ups % 8 {
            0 => {
                let view = renew(&app, cookie, call).await.unwrap();
                expect_asked(&view, left);
                self.note("challenge renewed");
                view
            }
            1 | 2 => {
                let lie = device.lying(Lie::Signature).sign(&options).await;
                let view = assert(&app, cookie, lie, call).await.unwrap();
                expect_asked(&view, left - 1);
                self.note("assertion refused");
                view
            }
            3 => {
                let signed = device.sign(&options).await;
                let polls = self.chance.below(POLLS);
                let whole = lost(assert(&app, cookie, signed, call), polls).await;
                quiet(self.idle).await;
                let view = service::current(&app, cookie, call).await.unwrap();
                // Nothing came of it, or all.
                if view.stage == before.stage {
                    assert!(whole.is_none());
                } else {
                    expect_judged(&view, left, 1);
                }
                self.note("assertion lost");
                view
            }
            4 => {
                let signed = device.sign(&options).await;
                let (one, other) = tokio::join!(
                    assert(&app, cookie, signed.clone(), call),
                    assert(&app, cookie, signed, call)
                );
                quiet(self.idle).await;
                for sent in [one, other] {
                    match sent {
                        Ok(_) => {}
                        Err(Failure::Problem(problem)) => {
                            assert_eq!(problem.code, ErrorCode::CaseAtOtherStage);
                        }
                        Err(Failure::Fault(fault)) => panic!("{}", fault.chain()),
                    }
                }
                let view = service::current(&app, cookie, call).await.unwrap();
                expect_judged(&view, left, 2);
                self.note("asserted twice");
                view
            }
            _ => {
                let signed = device.sign(&options).await;
                let view = assert(&app, cookie, signed, call).await.unwrap();
                expect_judged(&view, left, 1);
                self.note("asserted");
                view
            }
        }
    }
}

fn expect_asked(view: &CaseView, expected: u8) {
    let StageView::StepUp {
        passkey,
        attempts_left,
        ..
    } = &view.stage
    else {
        panic!("{:?}", view.stage)
    };
    assert_eq!(*attempts_left, expected);
    assert_eq!(passkey.is_some(), expected > 0);
}

/// A right assertion sends the link, unless it came too late for its challenge: then each that was sent costs one.
fn expect_judged(view: &CaseView, left: u8, sent: u8) {
    if let StageView::StepUp { attempts_left, .. } = &view.stage {
        assert_eq!(*attempts_left, left.saturating_sub(sent));
    } else {
        assert!(
            matches!(view.stage, StageView::Sending { .. }),
            "{:?}",
            view.stage
        );
    }
}
