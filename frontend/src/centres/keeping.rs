//! A change of centres: sent, and sent again with the number of appointments that may go.

use super::words;
use crate::api::Call;
use crate::errors::{problem_notice, saving_notice};
use crate::forms::FieldHandle;
use crate::platform::focus;
use crate::staff::{state_of, use_staff_call};
use crate::ui::prose::paragraph;
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, ButtonState, NoticeProps, SummaryEntry, TextInputProps, Tone,
    Urgency, button, notice, press, text_input,
};
use shared::api::{Endpoint, FieldCode};
use shared::centres::keeping::{
    CentreToEnd, CentreToSave, CloseCentre, EndCentre, HolidaysToSave, Kept, SaveCentre, SaveHolidays,
    TimeToClose,
};
use shared::i18n::Text;
use shared::staff::ActReason;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// A change that may displace appointments.
pub(super) trait Change: Endpoint<Request: Clone + 'static, Response = Kept> {
    /// The same request, with so many that may be cancelled.
    fn agreeing(request: Self::Request, agreed: u32) -> Self::Request;
}

impl Change for SaveCentre {
    fn agreeing(request: CentreToSave, agreed: u32) -> CentreToSave {
        CentreToSave { agreed, ..request }
    }
}

impl Change for SaveHolidays {
    fn agreeing(request: HolidaysToSave, agreed: u32) -> HolidaysToSave {
        HolidaysToSave { agreed, ..request }
    }
}

impl Change for CloseCentre {
    fn agreeing(request: TimeToClose, agreed: u32) -> TimeToClose {
        TimeToClose { agreed, ..request }
    }
}

impl Change for EndCentre {
    fn agreeing(request: CentreToEnd, agreed: u32) -> CentreToEnd {
        CentreToEnd { agreed, ..request }
    }
}

/// What was asked for and displaces appointments.
#[derive(Clone, Debug)]
struct Displacing<R> {
    request: R,
    appointments: u32,
}

/// A change, as one form uses it.
pub(super) struct Keeping<E: Change> {
    call: Call<E>,
    displacing: UseStateHandle<Option<Displacing<E::Request>>>,
    ondone: Callback<Rc<Kept>>,
}

impl<E: Change> Clone for Keeping<E> {
    fn clone(&self) -> Self {
        Self {
            call: self.call.clone(),
            displacing: self.displacing.clone(),
            ondone: self.ondone.clone(),
        }
    }
}

impl<E: Change> Keeping<E> {
    /// Asks for it.
    pub(super) fn send(&self, request: E::Request) {
        if self.call.is_loading() {
            return;
        }
        let (displacing, ondone) = (self.displacing.setter(), self.ondone.clone());
        let asked = request.clone();
        self.call
            .send_then(request, move |kept: Rc<Kept>| match kept.displaces {
                None => ondone.emit(kept),
                Some(appointments) => displacing.set(Some(Displacing {
                    request: asked.clone(),
                    appointments,
                })),
            });
    }

    /// How its button looks.
    pub(super) fn state(&self) -> ButtonState {
        state_of(&self.call)
    }

    /// The call itself.
    pub(super) const fn call(&self) -> &Call<E> {
        &self.call
    }

    /// As [`Self::told`], with a way to the details as they are where somebody else was faster.
    pub(super) fn told_or_reload(&self, text: Text, onreload: &Callback<()>) -> Html {
        match self.call.problem() {
            Some(problem) => saving_notice(text, problem, onreload),
            None => self.told(text),
        }
    }

    /// What went wrong, or how many appointments would go: then there is nothing else to press.
    pub(super) fn told(&self, text: Text) -> Html {
        if let Some(problem) = self.call.problem() {
            return problem_notice(text, problem, None);
        }
        let Some(found) = &*self.displacing else {
            return Html::default();
        };
        let count = i64::from(found.appointments);
        let onagree = {
            let (keeping, request) = (
                self.clone(),
                E::agreeing(found.request.clone(), found.appointments),
            );
            Callback::from(move |_: MouseEvent| keeping.send(request.clone()))
        };
        let onleave = {
            let displacing = self.displacing.setter();
            Callback::from(move |_: MouseEvent| {
                displacing.set(None);
                focus::element("reason");
            })
        };
        notice(&props!(NoticeProps {
            tone: Tone::Warning,
            title: text.centres_displaces(count),
            urgency: Urgency::Assertive,
            children: html! { <>
                { paragraph(text.centres_displaces_what()) }
                <div class="actions">
                    { button(&props!(ButtonProps { kind: ButtonKind::Danger, state: self.state(), onclick: onagree, children: html! { text.centres_displaces_agree(count) } })) }
                    { press(ButtonKind::Quiet, onleave, text.centres_displaces_leave()) }
                </div>
            </> }
        }))
    }

    /// The buttons of its form; none while somebody is asked whether appointments may go.
    pub(super) fn ways(
        &self,
        text: Text,
        kind: ButtonKind,
        label: &'static str,
        onleave: &Callback<()>,
    ) -> Html {
        if self.displacing.is_some() {
            return Html::default();
        }
        form_ways(text, self.state(), kind, label, onleave)
    }
}

/// A change, not sent yet; `ondone` gets the centres once it was made.
#[hook]
pub(super) fn use_keeping<E: Change>(ondone: Callback<Rc<Kept>>) -> Keeping<E> {
    let call = use_staff_call::<E>();
    let displacing = use_state(|| None);
    Keeping {
        call,
        displacing,
        ondone,
    }
}

/// The buttons of a form.
pub(super) fn form_ways(
    text: Text,
    state: ButtonState,
    kind: ButtonKind,
    label: &'static str,
    onleave: &Callback<()>,
) -> Html {
    html! {
        <div class="actions">
            { button(&props!(ButtonProps { kind, role: ButtonRole::Submit, state, children: html! { label } })) }
            { press(ButtonKind::Quiet, onleave.reform(|_: MouseEvent| ()), text.staff_leave_it()) }
        </div>
    }
}

/// Why it is done.
pub(super) fn reason_field(text: Text, reason: &FieldHandle<ActReason>) -> Html {
    text_input(&props!(TextInputProps {
        id: "reason",
        label: text.staff_reason(),
        hint: text.staff_reason_hint(),
        error: reason
            .error()
            .map(|code| reason_words(text, code))
            .map(AttrValue::from),
        value: reason.text().to_owned(),
        oninput: reason.oninput(),
        onblur: reason.onblur()
    }))
}

/// What is wrong with it.
pub(super) fn reason_entry(text: Text, reason: &FieldHandle<ActReason>) -> Option<SummaryEntry> {
    let code = reason.error()?;
    Some(words::entry("reason", reason_words(text, code)))
}

fn reason_words(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.staff_reason_missing()
    } else {
        crate::errors::words::field(text, code)
    }
}
