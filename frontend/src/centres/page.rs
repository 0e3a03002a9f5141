//! The centres, one after another, with what can be done about each.

use super::closing::{CloseForm, EndForm, OpenForm, ResumeForm};
use super::details::DetailsForm;
use super::holidays::HolidaysForm;
use super::words;
use crate::api::Remote;
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::staff::{Officer, use_staff_load};
use crate::ui::prose::lead;
use crate::ui::{ButtonKind, ButtonProps, TagTone, button, live_region, loading, press, tag};
use shared::centres::keeping::{Kept, KeptCentre, KeptCentres, KeptClosure, ListKeptCentres};
use shared::centres::{CentreId, ClosureId, Holiday};
use shared::i18n::Text;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Nothing,
    Making,
    Changing(CentreId),
    /// The holidays of a centre, or of the country.
    Holidays(Option<CentreId>),
    Closing(CentreId),
    Opening(CentreId, ClosureId),
    Ending(CentreId),
    Resuming(CentreId),
}

/// Properties of [`CentresPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct CentresPageProps {
    /// Who is signed in.
    pub officer: Officer,
}

/// The page.
#[component]
pub fn CentresPage(_props: &CentresPageProps) -> Html {
    let text = use_text();
    let load = use_staff_load::<ListKeptCentres>();
    let changed = use_state(|| None::<Rc<Kept>>);
    let doing = use_state_eq(|| Doing::Nothing);
    let said = use_state_eq(|| "");
    let onretry = {
        let load = load.clone();
        Callback::from(move |()| load.send(()))
    };
    let kept = match (&*changed, load.state()) {
        (Some(kept), _) => kept.centres.clone(),
        (None, Remote::Ready(list)) => (*list).clone(),
        (None, Remote::Idle | Remote::Loading) => return loading(text.staff_loading()),
        (None, Remote::Failed(problem)) => return problem_notice(text, &problem, Some(&onretry)),
    };
    let act = {
        let (doing, said) = (doing.setter(), said.setter());
        Callback::from(move |what| {
            said.set("");
            doing.set(what);
        })
    };
    let ondone = {
        let (doing, said, changed) = (doing.setter(), said.setter(), changed.setter());
        Callback::from(move |kept| {
            changed.set(Some(kept));
            said.set(text.centres_saved());
            doing.set(Doing::Nothing);
        })
    };
    let onreload = {
        let (doing, changed, load) = (doing.setter(), changed.setter(), load.clone());
        Callback::from(move |()| {
            changed.set(None);
            doing.set(Doing::Nothing);
            load.send(());
        })
    };
    let page = Shown {
        text,
        kept: &kept,
        doing: *doing,
        act: &act,
        ondone: &ondone,
        onleave: &act.reform(|()| Doing::Nothing),
        onreload: &onreload,
    };
    html! {
        <div class="flow">
            { lead(text.centres_lead()) }
            if !said.is_empty() { <p class="said"><strong>{ *said }</strong></p> }
            { live_region(*said) }
            { page.head() }
            if kept.centres.is_empty() { <p>{ text.centres_none() }</p> }
            <ul class="members">{ for kept.centres.iter().map(|centre| page.row(centre)) }</ul>
        </div>
    }
}

/// The list as it is drawn once.
struct Shown<'a> {
    text: Text,
    kept: &'a KeptCentres,
    doing: Doing,
    act: &'a Callback<Doing>,
    ondone: &'a Callback<Rc<Kept>>,
    onleave: &'a Callback<()>,
    /// Shows the centres as they are now.
    onreload: &'a Callback<()>,
}

impl Shown<'_> {
    /// What is not about one centre.
    fn head(&self) -> Html {
        let text = self.text;
        match self.doing {
            Doing::Making => html! {
                <DetailsForm centre={None::<Rc<KeptCentre>>} ondone={self.ondone.clone()} onleave={self.onleave.clone()} onreload={self.onreload.clone()} />
            },
            Doing::Holidays(None) => self.holidays(None, &self.kept.national),
            Doing::Nothing
            | Doing::Changing(_)
            | Doing::Holidays(Some(_))
            | Doing::Closing(_)
            | Doing::Opening(..)
            | Doing::Ending(_)
            | Doing::Resuming(_) => html! {
                <div class="actions">
                    { press(ButtonKind::Primary, self.act.reform(|_| Doing::Making), text.centres_new()) }
                    { press(ButtonKind::Secondary, self.act.reform(|_| Doing::Holidays(None)), text.centres_national()) }
                </div>
            },
        }
    }

    fn holidays(&self, centre: Option<CentreId>, holidays: &[Holiday]) -> Html {
        html! {
            <HolidaysForm {centre} holidays={holidays.to_vec()} ondone={self.ondone.clone()} onleave={self.onleave.clone()} onreload={self.onreload.clone()} />
        }
    }

    fn row(&self, centre: &KeptCentre) -> Html {
        html! {
            <li key={centre.id.to_string()} class="member">
                { self.about(centre) }
                if let Some(form) = self.form(centre) { { form } } else { { self.ways(centre) } }
            </li>
        }
    }

    /// Where it is, when it serves, and when it does not.
    fn about(&self, centre: &KeptCentre) -> Html {
        let (text, details) = (self.text, &centre.details);
        let (tone, state) = match centre.ended_at {
            None => (TagTone::Done, text.centres_state_serving()),
            Some(_) => (TagTone::Stopped, text.centres_state_ended()),
        };
        let modes: Vec<_> = details.modes.iter().map(|mode| words::mode(text, mode)).collect();
        let procedures: Vec<_> = details
            .procedures
            .iter()
            .map(|one| words::procedure(text, one))
            .collect();
        html! {
            <div class="member-about">
                <p><strong>{ details.name.to_string() }</strong>{ " " }{ tag(tone, state) }{ " " }<code>{ details.code.to_string() }</code></p>
                <p class="soft">{ details.province.name() }{ " · " }{ details.canton.to_string() }{ " · " }{ details.address.to_string() }</p>
                <p class="soft">{ words::hours(text, &details.hours) }{ " · " }{ text.centres_counters_count(i64::from(details.counters.count())) }</p>
                <p class="soft">{ modes.join(" · ") }{ ": " }{ procedures.join(", ") }</p>
                if !centre.holidays.is_empty() {
                    <p class="soft">{ text.centres_holidays() }{ ": " }{ centre.holidays.iter().map(named).collect::<Vec<_>>().join(", ") }</p>
                }
                if !centre.closures.is_empty() {
                    <ul class="closures">{ for centre.closures.iter().map(|closure| self.closure(centre, closure)) }</ul>
                }
            </div>
        }
    }

    fn closure(&self, centre: &KeptCentre, kept: &KeptClosure) -> Html {
        let (text, zone) = (self.text, centre.details.province.zone());
        let (from, until) = (
            words::instant(zone, kept.closure.from),
            words::instant(zone, kept.closure.until),
        );
        let line = text.centres_closed(from, until);
        let doing = Doing::Opening(centre.id, kept.id);
        html! {
            <li key={kept.id.to_string()}>
                <span>{ line.clone() }</span>
                if self.doing != doing { { self.way(ButtonKind::Quiet, doing, text.centres_open(), &line) } }
            </li>
        }
    }

    /// A button whose name says what it is about.
    fn way(&self, kind: ButtonKind, doing: Doing, words: &'static str, about: &str) -> Html {
        let onclick = self.act.reform(move |_: MouseEvent| doing);
        button(&props!(ButtonProps {
            kind,
            onclick,
            children: html! { <>{ words }<span class="visually-hidden">{ ": " }{ about.to_owned() }</span></> }
        }))
    }

    /// What can be done about it.
    fn ways(&self, centre: &KeptCentre) -> Html {
        let (text, id, name) = (self.text, centre.id, centre.details.name.as_str());
        let quiet = |doing, words| self.way(ButtonKind::Quiet, doing, words, name);
        html! {
            <div class="actions">
                if centre.ended_at.is_none() {
                    { quiet(Doing::Changing(id), text.centres_change()) }
                    { quiet(Doing::Holidays(Some(id)), text.centres_holidays()) }
                    { quiet(Doing::Closing(id), text.centres_close()) }
                    { quiet(Doing::Ending(id), text.centres_end()) }
                } else {
                    { quiet(Doing::Resuming(id), text.centres_resume()) }
                }
            </div>
        }
    }

    /// The form of what is being done about it.
    fn form(&self, centre: &KeptCentre) -> Option<Html> {
        let (ondone, onleave) = (self.ondone.clone(), self.onleave.clone());
        let of = |id: CentreId| id == centre.id;
        let shared = || Rc::new(centre.clone());
        match self.doing {
            Doing::Changing(id) if of(id) => Some(
                html! { <DetailsForm centre={Some(shared())} {ondone} {onleave} onreload={self.onreload.clone()} /> },
            ),
            Doing::Holidays(Some(id)) if of(id) => Some(self.holidays(Some(id), &centre.holidays)),
            Doing::Closing(id) if of(id) => {
                Some(html! { <CloseForm centre={shared()} {ondone} {onleave} /> })
            }
            Doing::Opening(id, closure) if of(id) => {
                Some(html! { <OpenForm centre={shared()} {closure} {ondone} {onleave} /> })
            }
            Doing::Ending(id) if of(id) => Some(html! { <EndForm centre={shared()} {ondone} {onleave} /> }),
            Doing::Resuming(id) if of(id) => {
                Some(html! { <ResumeForm centre={shared()} {ondone} {onleave} /> })
            }
            Doing::Nothing
            | Doing::Making
            | Doing::Changing(_)
            | Doing::Holidays(_)
            | Doing::Closing(_)
            | Doing::Opening(..)
            | Doing::Ending(_)
            | Doing::Resuming(_) => None,
        }
    }
}

fn named(holiday: &Holiday) -> String {
    format!("{} {}", holiday.day, holiday.name)
}
