//! The home page: the doors, and three questions at most for those who do not know which one is theirs.

mod which;

pub use which::{Answer, Step};

use crate::i18n::{use_text, use_title};
use crate::routes::{AppointmentPage, Route, link};
use crate::ui::prose::{heading, lead};
use crate::ui::{DoorProps, Shape, door, doors, stage_heading};
use shared::i18n::Text;
use which::Which;
use yew::prelude::*;
use yew::props;

/// A procedure, and where it begins today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Procedure {
    /// A new password by a link.
    Recover,
    /// Lifting a block.
    Unlock,
    /// A signed request.
    Signature,
    /// A counter.
    Appointment,
    /// Nothing: the password is known.
    SignIn,
}

impl Procedure {
    /// Every procedure.
    pub const ALL: [Self; 5] = [
        Self::Recover,
        Self::Unlock,
        Self::Signature,
        Self::Appointment,
        Self::SignIn,
    ];

    /// Where it begins.
    pub fn route(self) -> Route {
        match self {
            Self::Recover => Route::Recovery,
            Self::Unlock => Route::Unlock,
            Self::SignIn => Route::SignIn,
            Self::Signature => Route::Signature,
            Self::Appointment => Route::Appointment(AppointmentPage::Begin),
        }
    }
}

/// The page.
#[component]
pub fn HomePage() -> Html {
    let text = use_text();
    use_title(text.home_title());
    html! {
        <>
            <div class="home-intro">
                { stage_heading("page", text.home_title().into(), None) }
                { lead(text.home_lead()) }
            </div>
            { ways(text) }
            <div class="home-lower">
                <Which />
                { others(text) }
            </div>
        </>
    }
}

/// The four doors.
fn ways(text: Text) -> Html {
    doors(html! { <>
        { door(&props!(DoorProps { href: Procedure::Recover.route().path(), shape: Shape::Key, title: text.home_recover_title(), text: text.home_recover_text(), badge: text.home_recover_badge() })) }
        { door(&props!(DoorProps { href: Procedure::Unlock.route().path(), shape: Shape::Unlock, title: text.home_unlock_title(), text: text.home_unlock_text(), badge: text.home_unlock_badge() })) }
        { door(&props!(DoorProps { href: Procedure::Signature.route().path(), shape: Shape::Pen, title: text.home_signature_title(), text: text.home_signature_text(), badge: text.home_signature_badge() })) }
        { door(&props!(DoorProps { href: Procedure::Appointment.route().path(), shape: Shape::Calendar, title: text.home_appointment_title(), text: text.home_appointment_text(), badge: text.home_appointment_badge() })) }
    </> })
}

/// What is smaller than a door.
fn others(text: Text) -> Html {
    let lines = [
        (
            Procedure::SignIn.route(),
            text.home_sign_in(),
            text.home_sign_in_text(),
        ),
        (Route::Help, text.home_help(), text.home_help_text()),
        (Route::MailTest, text.home_mail_test(), text.home_mail_test_text()),
    ];
    html! {
        <section class="others">
            { heading(text.home_others()) }
            <ul>
                { for lines.map(|(route, name, about)| html! {
                    <li>{ link(route, name) }<p>{ about }</p></li>
                }) }
            </ul>
        </section>
    }
}
