//! Who is of the staff: listed, invited, given another role, begun anew, ended.

use super::session::{Officer, state_of, use_staff_call, use_staff_load};
use super::shell::role_words;
use crate::api::Remote;
use crate::errors::{problem_notice, summary, words, wrong};
use crate::forms::{FieldHandle, use_field};
use crate::i18n::use_text;
use crate::platform::{clock, focus};
use crate::ui::prose::{heading, lead, paragraph, soft};
use crate::ui::{
    ButtonKind, ButtonProps, ButtonRole, ButtonState, ChoiceOption, InputKind, SelectProps, SummaryEntry,
    TagTone, TextInputProps, button, live_region, loading, press, select, tag, text_input,
};
use shared::api::{FieldCode, Problem};
use shared::centres::api::{CentreView, ListCentres};
use shared::i18n::Text;
use shared::identifiers::{CentreId, Email, StaffId};
use shared::staff::api::{
    ChangeStaff, EndStaff, InviteStaff, ListStaff, NewStaff, ResetStaff, StaffChange, StaffChoice, StaffList,
    StaffMember, StaffState,
};
use shared::staff::{ActReason, Role, StaffName};
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Nothing,
    Inviting,
    Changing(StaffId),
    Resetting(StaffId),
    Ending(StaffId),
}

/// Properties of [`TeamPage`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct TeamPageProps {
    /// Who is signed in.
    pub officer: Officer,
}

/// The page.
#[component]
pub fn TeamPage(_props: &TeamPageProps) -> Html {
    let text = use_text();
    let load = use_staff_load::<ListStaff>();
    let centres = use_staff_load::<ListCentres>();
    let changed = use_state(|| None::<Rc<StaffList>>);
    let doing = use_state_eq(|| Doing::Nothing);
    let said = use_state_eq(|| "");
    let onretry = {
        let load = load.clone();
        Callback::from(move |()| load.send(()))
    };
    let list = match (&*changed, load.state()) {
        (Some(list), _) => list.clone(),
        (None, Remote::Ready(list)) => list,
        (None, Remote::Idle | Remote::Loading) => return loading(text.staff_loading()),
        (None, Remote::Failed(problem)) => return problem_notice(text, &problem, Some(&onretry)),
    };
    // Without their names, centres still have their ids: somebody can be kept where they are.
    let centres = Rc::new(match centres.state() {
        Remote::Ready(list) => list.centres.clone(),
        Remote::Idle | Remote::Loading | Remote::Failed(_) => Vec::new(),
    });
    let act = {
        let (doing, said) = (doing.setter(), said.setter());
        Callback::from(move |what| {
            said.set("");
            doing.set(what);
        })
    };
    let ondone = {
        let (doing, said, changed) = (doing.clone(), said.setter(), changed.setter());
        Callback::from(move |list| {
            changed.set(Some(list));
            said.set(match *doing {
                Doing::Inviting => text.staff_team_invited(),
                Doing::Changing(_) => text.staff_team_changed(),
                Doing::Resetting(_) => text.staff_team_resent(),
                Doing::Ending(_) => text.staff_team_ended(),
                Doing::Nothing => "",
            });
            doing.set(Doing::Nothing);
        })
    };
    let onleave = act.reform(|()| Doing::Nothing);
    let row = |member: &StaffMember| {
        html! {
            <li key={member.id.to_string()} class="member">
                { about(text, member, &centres) }
                { ways(text, member, *doing, &act) }
                if let Some(form) = form(member, *doing, &centres, &ondone, &onleave) { { form } }
            </li>
        }
    };
    html! {
        <div class="flow">
            { lead(text.staff_team_lead()) }
            if !said.is_empty() { <p class="said"><strong>{ *said }</strong></p> }
            { live_region(*said) }
            if *doing == Doing::Inviting {
                <InviteForm centres={centres.clone()} ondone={ondone.clone()} onleave={onleave.clone()} />
            } else {
                <div class="actions">{ press(ButtonKind::Primary, act.reform(|_| Doing::Inviting), text.staff_team_invite()) }</div>
            }
            <ul class="members">{ for list.members.iter().map(row) }</ul>
        </div>
    }
}

/// Who they are and how they stand.
fn about(text: Text, member: &StaffMember, centres: &[CentreView]) -> Html {
    let (tone, words) = match member.state {
        StaffState::Invited => (TagTone::Waiting, text.staff_state_invited()),
        StaffState::Active => (TagTone::Done, text.staff_state_active()),
        StaffState::Blocked => (TagTone::Stopped, text.staff_state_blocked()),
        StaffState::Ended => (TagTone::Stopped, text.staff_state_ended()),
    };
    let when = match (member.invited_until, member.last_sign_in) {
        (Some(until), _) => {
            text.staff_team_invited_until(day(until.instant()), clock::official_hour(until.instant()))
        }
        (None, Some(at)) => text.staff_team_last(day(at), clock::official_hour(at)),
        (None, None) => text.staff_team_never().to_owned(),
    };
    html! {
        <div class="member-about">
            <p><strong>{ member.name.to_string() }</strong>{ " " }{ tag(tone, words) }if member.yourself { { " " }{ text.staff_team_you() } }</p>
            <p class="soft">{ role_words(text, member.role) }{ " · " }{ centre_words(text, member.centre, centres) }{ " · " }{ member.email.to_string() }</p>
            { soft(when) }
        </div>
    }
}

/// A day as figures, year first: short, and the same in every language.
fn day(at: shared::time::Timestamp) -> String {
    let (year, month, day) = clock::official_day(at);
    format!("{year}-{month:02}-{day:02}")
}

fn centre_words(text: Text, centre: Option<CentreId>, centres: &[CentreView]) -> String {
    match centre {
        None => text.staff_team_every_centre().to_owned(),
        Some(id) => centres.iter().find(|centre| centre.id == id).map_or_else(
            || text.staff_team_one_centre().to_owned(),
            |centre| centre.name.to_string(),
        ),
    }
}

/// What can be done with them: nothing with oneself, and nothing with who has left.
fn ways(text: Text, member: &StaffMember, doing: Doing, act: &Callback<Doing>) -> Html {
    let id = member.id;
    let busy = [Doing::Changing(id), Doing::Resetting(id), Doing::Ending(id)].contains(&doing);
    let gone = match member.state {
        StaffState::Ended => true,
        StaffState::Invited | StaffState::Active | StaffState::Blocked => false,
    };
    if member.yourself || gone || busy {
        return Html::default();
    }
    let again = match member.state {
        StaffState::Invited => text.staff_team_resend(),
        StaffState::Active | StaffState::Blocked | StaffState::Ended => text.staff_team_reset(),
    };
    let named = |kind, what, words: &'static str| {
        let onclick = act.reform(move |_: MouseEvent| what);
        button(&props!(ButtonProps {
            kind,
            onclick,
            children: html! { <>{ words }<span class="visually-hidden">{ ": " }{ member.name.to_string() }</span></> }
        }))
    };
    html! {
        <div class="actions">
            { named(ButtonKind::Quiet, Doing::Changing(id), text.staff_team_change()) }
            { named(ButtonKind::Quiet, Doing::Resetting(id), again) }
            { named(ButtonKind::Quiet, Doing::Ending(id), text.staff_team_end()) }
        </div>
    }
}

/// The form of what is being done with them.
fn form(
    member: &StaffMember,
    doing: Doing,
    centres: &Rc<Vec<CentreView>>,
    ondone: &Callback<Rc<StaffList>>,
    onleave: &Callback<()>,
) -> Option<Html> {
    let (member, id) = (member.clone(), member.id);
    let (centres, ondone, onleave) = (centres.clone(), ondone.clone(), onleave.clone());
    match doing {
        Doing::Changing(other) if other == id => {
            Some(html! { <ChangeForm {member} {centres} {ondone} {onleave} /> })
        }
        Doing::Resetting(other) if other == id => {
            Some(html! { <ResetForm {member} {centres} {ondone} {onleave} /> })
        }
        Doing::Ending(other) if other == id => {
            Some(html! { <EndForm {member} {centres} {ondone} {onleave} /> })
        }
        Doing::Nothing | Doing::Inviting | Doing::Changing(_) | Doing::Resetting(_) | Doing::Ending(_) => {
            None
        }
    }
}

/// Properties of the forms about somebody.
#[derive(Clone, Debug, PartialEq, Properties)]
struct MemberFormProps {
    member: StaffMember,
    centres: Rc<Vec<CentreView>>,
    ondone: Callback<Rc<StaffList>>,
    onleave: Callback<()>,
}

/// Properties of [`InviteForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct InviteFormProps {
    centres: Rc<Vec<CentreView>>,
    ondone: Callback<Rc<StaffList>>,
    onleave: Callback<()>,
}

/// Somebody new.
#[component]
fn InviteForm(props: &InviteFormProps) -> Html {
    let text = use_text();
    let name = use_field::<StaffName>(String::new);
    let email = use_field::<Email>(String::new);
    let reason = use_field::<ActReason>(String::new);
    let role = use_state_eq(|| Role::Agent);
    let centre = use_state_eq(|| None::<CentreId>);
    let submission = use_state(|| 0_u32);
    let invite = use_staff_call::<InviteStaff>();
    use_effect_with((), |()| focus::element("name"));
    {
        let (name, email, reason) = (name.clone(), email.clone(), reason.clone());
        use_effect_with(invite.problem().cloned(), move |problem| {
            if let Some(problem) = problem {
                refuse(problem, "name", |code| name.refuse(code));
                refuse(problem, "email", |code| email.refuse(code));
                refuse(problem, "reason", |code| reason.refuse(code));
            }
        });
    }
    let onsubmit = {
        let (name, email, reason) = (name.clone(), email.clone(), reason.clone());
        let (role, centre, submission) = (*role, *centre, submission.clone());
        let (invite, ondone, language) = (invite.clone(), props.ondone.clone(), text.language());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if invite.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            let (name, email, reason) = (name.send(), email.send(), reason.send());
            if let (Ok(name), Ok(email), Ok(reason)) = (name, email, reason) {
                let ondone = ondone.clone();
                invite.send_then(
                    NewStaff {
                        name,
                        email,
                        role,
                        centre,
                        language,
                        reason,
                    },
                    move |list| ondone.emit(list),
                );
            }
        })
    };
    let entries = || {
        [
            field_entry(text, "name", text.staff_team_name(), &name),
            field_entry(text, "email", text.staff_email(), &email),
            reason_entry(text, &reason),
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    html! {
        <form class="card flow" {onsubmit} novalidate=true>
            { heading(text.staff_team_invite()) }
            { summary(text, *submission, entries) }
            if let Some(problem) = invite.problem() { { problem_notice(text, problem, None) } }
            { text_input(&props!(TextInputProps {
                id: "name", label: text.staff_team_name(),
                error: name.error().map(|code| words::field(text, code)).map(AttrValue::from),
                value: name.text().to_owned(), oninput: name.oninput(), onblur: name.onblur()
            })) }
            { text_input(&props!(TextInputProps {
                id: "email", label: text.staff_email(), hint: text.staff_team_email_hint(), kind: InputKind::Email,
                error: email.error().map(|code| words::field(text, code)).map(AttrValue::from),
                value: email.text().to_owned(), oninput: email.oninput(), onblur: email.onblur()
            })) }
            { role_select(text, *role, &role.setter()) }
            { centre_select(text, *centre, &props.centres, &centre.setter()) }
            { reason_field(text, &reason) }
            { form_ways(state_of(&invite), ButtonKind::Primary, text.staff_team_send(), text.staff_leave_it(), &props.onleave) }
        </form>
    }
}

/// Another role or centre.
#[component]
fn ChangeForm(props: &MemberFormProps) -> Html {
    let text = use_text();
    let reason = use_field::<ActReason>(String::new);
    let role = use_state_eq(|| props.member.role);
    let centre = use_state_eq(|| props.member.centre);
    let submission = use_state(|| 0_u32);
    let change = use_staff_call::<ChangeStaff>();
    use_effect_with((), |()| focus::element("role"));
    let onsubmit = {
        let (reason, submission, change) = (reason.clone(), submission.clone(), change.clone());
        let (staff, role, centre, ondone) = (props.member.id, *role, *centre, props.ondone.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if change.is_loading() {
                return;
            }
            submission.set(*submission + 1);
            if let Ok(reason) = reason.send() {
                let ondone = ondone.clone();
                change.send_then(
                    StaffChange {
                        staff,
                        role,
                        centre,
                        reason,
                    },
                    move |list| ondone.emit(list),
                );
            }
        })
    };
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || reason_entry(text, &reason).into_iter().collect()) }
            if let Some(problem) = change.problem() { { problem_notice(text, problem, None) } }
            { role_select(text, *role, &role.setter()) }
            { centre_select(text, *centre, &props.centres, &centre.setter()) }
            { reason_field(text, &reason) }
            { form_ways(state_of(&change), ButtonKind::Primary, text.staff_team_save(), text.staff_leave_it(), &props.onleave) }
        </form>
    }
}

/// Another beginning: password and second factor go, an invitation comes.
#[component]
fn ResetForm(props: &MemberFormProps) -> Html {
    let text = use_text();
    let call = use_staff_call::<ResetStaff>();
    let ondone = props.ondone.clone();
    let onsend = {
        let call = call.clone();
        Callback::from(move |choice| {
            let ondone = ondone.clone();
            call.send_then(choice, move |list| ondone.emit(list));
        })
    };
    html! {
        <ReasonForm staff={props.member.id} kind={ButtonKind::Primary} what={text.staff_team_reset_what()} label={text.staff_team_reset_do()}
            state={state_of(&call)} problem={call.problem().cloned()} {onsend} onleave={props.onleave.clone()} />
    }
}

/// The end of somebody's access.
#[component]
fn EndForm(props: &MemberFormProps) -> Html {
    let text = use_text();
    let call = use_staff_call::<EndStaff>();
    let ondone = props.ondone.clone();
    let onsend = {
        let call = call.clone();
        Callback::from(move |choice| {
            let ondone = ondone.clone();
            call.send_then(choice, move |list| ondone.emit(list));
        })
    };
    html! {
        <ReasonForm staff={props.member.id} kind={ButtonKind::Danger} what={text.staff_team_end_what()} label={text.staff_team_end_do()}
            state={state_of(&call)} problem={call.problem().cloned()} {onsend} onleave={props.onleave.clone()} />
    }
}

/// Properties of [`ReasonForm`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct ReasonFormProps {
    staff: StaffId,
    kind: ButtonKind,
    what: &'static str,
    label: &'static str,
    state: ButtonState,
    problem: Option<Problem>,
    onsend: Callback<StaffChoice>,
    onleave: Callback<()>,
}

/// What will happen, and why it is done.
#[component]
fn ReasonForm(props: &ReasonFormProps) -> Html {
    let text = use_text();
    let reason = use_field::<ActReason>(String::new);
    let submission = use_state(|| 0_u32);
    use_effect_with((), |()| focus::element("reason"));
    let onsubmit = {
        let (reason, submission, onsend) = (reason.clone(), submission.clone(), props.onsend.clone());
        let (staff, state) = (props.staff, props.state);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if state == ButtonState::Busy {
                return;
            }
            submission.set(*submission + 1);
            if let Ok(reason) = reason.send() {
                onsend.emit(StaffChoice { staff, reason });
            }
        })
    };
    html! {
        <form class="card-form flow" {onsubmit} novalidate=true>
            { summary(text, *submission, || reason_entry(text, &reason).into_iter().collect()) }
            if let Some(problem) = &props.problem { { problem_notice(text, problem, None) } }
            { paragraph(props.what) }
            { reason_field(text, &reason) }
            { form_ways(props.state, props.kind, props.label, text.staff_leave_it(), &props.onleave) }
        </form>
    }
}

/// The buttons of a form.
fn form_ways(
    state: ButtonState,
    kind: ButtonKind,
    label: &'static str,
    leave: &'static str,
    onleave: &Callback<()>,
) -> Html {
    html! {
        <div class="actions">
            { button(&props!(ButtonProps { kind, role: ButtonRole::Submit, state, children: html! { label } })) }
            { press(ButtonKind::Quiet, onleave.reform(|_: MouseEvent| ()), leave) }
        </div>
    }
}

fn role_select(text: Text, role: Role, set: &UseStateSetter<Role>) -> Html {
    let set = set.clone();
    let options: Vec<_> = Role::ALL
        .iter()
        .enumerate()
        .map(|(index, role)| ChoiceOption::new(index.to_string(), role_words(text, *role)))
        .collect();
    let selected = Role::ALL
        .iter()
        .position(|one| *one == role)
        .map(|index| AttrValue::from(index.to_string()));
    let onchange = Callback::from(move |chosen: Option<AttrValue>| {
        let role = chosen
            .and_then(|index| index.parse::<usize>().ok())
            .and_then(|index| Role::ALL.get(index).copied());
        if let Some(role) = role {
            set.set(role);
        }
    });
    select(&props!(SelectProps {
        id: "role",
        label: text.staff_role(),
        placeholder: text.staff_team_choose(),
        options,
        selected,
        onchange
    }))
}

fn centre_select(
    text: Text,
    centre: Option<CentreId>,
    centres: &[CentreView],
    set: &UseStateSetter<Option<CentreId>>,
) -> Html {
    let set = set.clone();
    let mut options: Vec<_> = centres
        .iter()
        .map(|centre| ChoiceOption::new(centre.id.to_string(), centre.name.to_string()))
        .collect();
    if let Some(id) = centre.filter(|id| centres.iter().all(|centre| centre.id != *id)) {
        options.push(ChoiceOption::new(id.to_string(), text.staff_team_one_centre()));
    }
    let onchange = Callback::from(move |chosen: Option<AttrValue>| {
        set.set(chosen.and_then(|id| id.parse().ok()));
    });
    select(&props!(SelectProps {
        id: "centre",
        label: text.staff_team_centre(),
        hint: text.staff_team_centre_hint(),
        placeholder: text.staff_team_every_centre(),
        options,
        selected: centre.map(|id| AttrValue::from(id.to_string())),
        onchange
    }))
}

fn reason_field(text: Text, reason: &FieldHandle<ActReason>) -> Html {
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

fn reason_words(text: Text, code: FieldCode) -> &'static str {
    if code == FieldCode::Missing {
        text.staff_reason_missing()
    } else {
        words::field(text, code)
    }
}

fn reason_entry(text: Text, reason: &FieldHandle<ActReason>) -> Option<SummaryEntry> {
    reason
        .error()
        .map(|code| wrong("reason", reason_words(text, code)))
}

fn field_entry<T: core::str::FromStr<Err: Into<FieldCode>>>(
    text: Text,
    id: &'static str,
    label: &'static str,
    field: &FieldHandle<T>,
) -> Option<SummaryEntry> {
    let words = |code| format!("{label}: {}", words::field(text, code));
    field.error().map(|code| wrong(id, words(code)))
}

/// Tells what the server refused of a field.
fn refuse(problem: &Problem, field: &str, tell: impl Fn(FieldCode)) {
    if let Some(wrong) = problem.fields.iter().find(|wrong| wrong.field == field) {
        tell(wrong.code);
    }
}
