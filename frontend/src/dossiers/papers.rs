//! An item's files: sent with their progress, and looked at on the page.
//!
//! A file is shown from memory, under an address that only this page knows, and is what the server says that it is: a picture
//! in an `img`, a PDF in a frame of its own, anything else not at all.

use super::words;
use crate::api::{Progress, Remote, use_sending, use_shown};
use crate::errors::problem_notice;
use crate::i18n::use_text;
use crate::platform::picked::Picked;
use crate::staff::{use_heed, use_staff_call};
use crate::ui::prose::paragraph;
use crate::ui::{
    ButtonKind, ButtonProps, FileInput, ProgressProps, button, live_region, loading, press, progress,
};
use shared::centres::Zone;
use shared::dossiers::Item;
use shared::dossiers::api::{AddPaper, DossierView, ItemView, PaperAsked, PaperKind, PaperView, paper_path};
use shared::i18n::Text;
use shared::identifiers::DossierId;
use std::rc::Rc;
use yew::prelude::*;
use yew::props;

/// What is offered for picking.
const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png";

/// Bytes in a megabyte, as people count them.
const MEGABYTE: u64 = 1_000_000;

/// What was wrong with what was picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Picking {
    Fine,
    Several,
    TooLarge(u32),
}

/// Whether there is a place for another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// There is.
    Open,
    /// There is none.
    Closed,
}

/// Properties of [`Papers`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct PapersProps {
    /// Which dossier.
    pub dossier: DossierId,
    /// What the centre's clocks show.
    pub zone: Zone,
    /// Which item.
    pub item: ItemView,
    /// Whether another file can be added.
    pub place: Place,
    /// Takes the dossier with the new file.
    pub show: Callback<Rc<DossierView>>,
}

/// The files, and the place for another one.
#[component]
pub(super) fn Papers(props: &PapersProps) -> Html {
    let text = use_text();
    let shown = use_state_eq(|| None::<shared::dossiers::PaperId>);
    let paper = |paper: &PaperView| {
        let id = paper.paper;
        let open = *shown == Some(id);
        let onclick = {
            let shown = shown.setter();
            Callback::from(move |_: MouseEvent| shown.set((!open).then_some(id)))
        };
        let kilobytes = i64::from(paper.size.div_ceil(1000));
        html! {
            <li key={id.to_string()}>
                <div class="paper">
                    <span>{ text.dossiers_paper(words::hour(props.zone, paper.at), kilobytes, kind_words(text, paper.kind)) }</span>
                    { button(&props!(ButtonProps { kind: ButtonKind::Quiet, onclick, expanded: if open { "true" } else { "false" },
                        children: html! { if open { { text.dossiers_paper_hide() } } else { { text.dossiers_paper_show() } } } })) }
                </div>
                if open { <Viewer path={paper_path(id)} label={words::item(text, props.item.item)} /> }
            </li>
        }
    };
    html! {
        <div class="papers">
            if !props.item.papers.is_empty() { <ul>{ for props.item.papers.iter().map(paper) }</ul> }
            if props.place == Place::Open {
                <Adding dossier={props.dossier} item={props.item.item} show={props.show.clone()} />
            }
        </div>
    }
}

fn kind_words(text: Text, kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Pdf => text.dossiers_paper_pdf(),
        PaperKind::Jpeg | PaperKind::Png => text.dossiers_paper_picture(),
    }
}

/// Properties of [`Adding`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct AddingProps {
    dossier: DossierId,
    item: Item,
    show: Callback<Rc<DossierView>>,
}

/// The place for a file: picked, it is sent at once.
#[component]
fn Adding(props: &AddingProps) -> Html {
    let text = use_text();
    let place = use_staff_call::<AddPaper>();
    let sending = use_sending();
    let picking = use_state_eq(|| Picking::Fine);
    use_heed(sending.problem().cloned());
    let onpick = {
        let (place, sending, picking) = (place.clone(), sending.clone(), picking.setter());
        let (asked, show) = (
            PaperAsked {
                dossier: props.dossier,
                item: props.item,
            },
            props.show.clone(),
        );
        Callback::from(move |files: Vec<Picked>| {
            sending.stop();
            let mut files = files.into_iter();
            let (Some(file), None) = (files.next(), files.next()) else {
                return picking.set(Picking::Several);
            };
            picking.set(Picking::Fine);
            let (sending, picking, show) = (sending.clone(), picking.clone(), show.clone());
            place.send_then(asked, move |place| {
                if file.size() > u64::from(place.most) {
                    return picking.set(Picking::TooLarge(place.most));
                }
                sending.send::<DossierView>(&paper_path(place.paper), &file, move |view| show.emit(view));
            });
        })
    };
    let onstop = {
        let sending = sending.clone();
        Callback::from(move |_: MouseEvent| sending.stop())
    };
    let error = match *picking {
        Picking::Fine => None,
        Picking::Several => Some(AttrValue::from(text.dossiers_paper_several())),
        Picking::TooLarge(most) => {
            let megabytes = i64::try_from(u64::from(most) / MEGABYTE).unwrap_or(i64::MAX);
            Some(AttrValue::from(text.dossiers_paper_too_large(megabytes)))
        }
    };
    let id = format!("paper-{}", props.item.as_str());
    let bar = format!("{id}-progress");
    html! {
        <>
            if let Some(problem) = sending.problem().or(place.problem()) { { problem_notice(text, problem, None) } }
            { match &sending.progress {
                Progress::Idle | Progress::Failed(_) => html! {
                    <FileInput {id} label={text.dossiers_paper_add()} hint={text.dossiers_paper_hint()} {error} drop={text.dossiers_paper_drop()}
                        release={text.signatures_file_release()} accept={ACCEPT} {onpick} />
                },
                Progress::Under(permille) => html! { <>
                    { progress(&props!(ProgressProps { id: bar, label: text.dossiers_paper_sending(), done: u32::from(*permille), of: 1000, text: text.signatures_percent(i64::from(permille / 10)) })) }
                    { press(ButtonKind::Quiet, onstop, text.signatures_stop()) }
                </> },
                Progress::Arrived => html! { <>
                    { progress(&props!(ProgressProps { id: bar, label: text.dossiers_paper_checking(), done: 1000_u32, of: 1000_u32 })) }
                    { live_region(text.dossiers_paper_checking()) }
                </> },
            } }
        </>
    }
}

/// Properties of [`Viewer`].
#[derive(Clone, Debug, PartialEq, Properties)]
struct ViewerProps {
    path: String,
    label: &'static str,
}

/// A file, on the page.
#[component]
fn Viewer(props: &ViewerProps) -> Html {
    let text = use_text();
    let shown = use_shown(props.path.clone());
    use_heed(shown.problem().cloned());
    match &shown {
        Remote::Idle | Remote::Loading => loading(text.staff_loading()),
        Remote::Failed(problem) => problem_notice(text, problem, None),
        Remote::Ready(file) => match file.media.as_str() {
            "image/jpeg" | "image/png" => html! {
                <div class="viewer" tabindex="0"><img src={file.address().to_owned()} alt={text.dossiers_paper_alt(props.label)} /></div>
            },
            "application/pdf" => html! {
                <iframe class="viewer viewer-pdf" src={file.address().to_owned()} title={text.dossiers_paper_alt(props.label)}></iframe>
            },
            _ => paragraph(text.dossiers_paper_unknown()),
        },
    }
}
