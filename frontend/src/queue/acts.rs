//! What an officer does with the queue. One thing at a time: the next act begins when the one before is answered.

use crate::api::Call;
use crate::staff::use_staff_call;
use crate::ui::ButtonState;
use shared::api::{Endpoint, Problem};
use shared::identifiers::{AppointmentId, VisitId};
use shared::recovery::api::Empty;
use shared::staff::ActReason;
use shared::visits::api::{
    AdmitCase, AdmitWalkIn, Arrival, BeginService, CallNext, CallVisit, CaseNamed, CheckIn, ChooseCounter,
    CounterChoice, FinishVisit, MarkNoShow, NoShow, QueueView, ReturnVisit, VisitChoice, WalkIn,
};
use std::rc::Rc;
use yew::prelude::*;

/// The acts of a page.
#[derive(Clone, Debug)]
pub(super) struct Acts {
    seat: Call<ChooseCounter>,
    check_in: Call<CheckIn>,
    walk_in: Call<AdmitWalkIn>,
    case: Call<AdmitCase>,
    next: Call<CallNext>,
    call: Call<CallVisit>,
    back: Call<ReturnVisit>,
    begin: Call<BeginService>,
    finish: Call<FinishVisit>,
    no_show: Call<MarkNoShow>,
    show: Callback<Rc<QueueView>>,
}

/// The acts; `show` gets the queue as it is after each.
#[hook]
pub(super) fn use_acts(show: Callback<Rc<QueueView>>) -> Acts {
    Acts {
        seat: use_staff_call(),
        check_in: use_staff_call(),
        walk_in: use_staff_call(),
        case: use_staff_call(),
        next: use_staff_call(),
        call: use_staff_call(),
        back: use_staff_call(),
        begin: use_staff_call(),
        finish: use_staff_call(),
        no_show: use_staff_call(),
        show,
    }
}

/// What is true of a call, whichever it is.
struct Stand<'a> {
    loading: bool,
    problem: Option<&'a Problem>,
}

impl Acts {
    fn stands(&self) -> [Stand<'_>; 10] {
        fn stand<E: Endpoint>(call: &Call<E>) -> Stand<'_> {
            Stand {
                loading: call.is_loading(),
                problem: call.problem(),
            }
        }
        [
            stand(&self.seat),
            stand(&self.check_in),
            stand(&self.walk_in),
            stand(&self.case),
            stand(&self.next),
            stand(&self.call),
            stand(&self.back),
            stand(&self.begin),
            stand(&self.finish),
            stand(&self.no_show),
        ]
    }

    /// Whether an act is awaited.
    pub(super) fn state(&self) -> ButtonState {
        if self.stands().iter().any(|stand| stand.loading) {
            ButtonState::Busy
        } else {
            ButtonState::Ready
        }
    }

    /// Why the last act came to nothing, if it did.
    pub(super) fn problem(&self) -> Option<Problem> {
        self.stands().iter().find_map(|stand| stand.problem.cloned())
    }

    /// Begins an act, unless one is awaited; what went wrong before is over.
    fn act<E: Endpoint<Response = QueueView>>(&self, call: &Call<E>, request: E::Request) {
        if self.state() == ButtonState::Busy {
            return;
        }
        self.forget();
        let show = self.show.clone();
        call.send_then(request, move |view| show.emit(view));
    }

    fn forget(&self) {
        self.seat.forget();
        self.check_in.forget();
        self.walk_in.forget();
        self.case.forget();
        self.next.forget();
        self.call.forget();
        self.back.forget();
        self.begin.forget();
        self.finish.forget();
        self.no_show.forget();
    }

    /// The officer sits here.
    pub(super) fn sit(&self, choice: CounterChoice) {
        self.act(&self.seat, choice);
    }

    /// Somebody with an appointment has come.
    pub(super) fn check_in(&self, appointment: AppointmentId) {
        self.act(&self.check_in, Arrival { appointment });
    }

    /// Somebody without one has come.
    pub(super) fn admit(&self, walk_in: WalkIn) {
        self.act(&self.walk_in, walk_in);
    }

    /// Somebody without one has come, whose case waits for an officer.
    pub(super) fn admit_case(&self, case: CaseNamed) {
        self.act(&self.case, case);
    }

    /// Whoever is next.
    pub(super) fn call_next(&self) {
        self.act(&self.next, Empty {});
    }

    /// This one.
    pub(super) fn call(&self, visit: VisitId) {
        self.act(&self.call, VisitChoice { visit });
    }

    /// They wait again.
    pub(super) fn put_back(&self, visit: VisitId) {
        self.act(&self.back, VisitChoice { visit });
    }

    /// They are there.
    pub(super) fn begin(&self, visit: VisitId) {
        self.act(&self.begin, VisitChoice { visit });
    }

    /// It is done.
    pub(super) fn finish(&self, visit: VisitId) {
        self.act(&self.finish, VisitChoice { visit });
    }

    /// Nobody came.
    pub(super) fn no_show(&self, visit: VisitId, reason: ActReason) {
        self.act(&self.no_show, NoShow { visit, reason });
    }
}
