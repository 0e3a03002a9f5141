//! The addresses of the portal and moving between them.
//!
//! A small router over the browser's history: links are real links (`<a href>`), a plain click on one changes the page
//! without loading it. On every change of page the keyboard's focus goes to the page's heading.
//!
//! Pages are in several WebAssembly *modules*: the main one, the annex (ADR 75), the account area (ADR 56), signing (ADR 110), the
//! staff's (ADR 131) and booking (ADR 130).
//! Each has its own [`NavigatorProvider`]; all follow the address bar, and each takes care of its own pages.

use crate::platform::module::Style;
use crate::platform::{focus, history};
use shared::secrets::Secret;
use shared::signatures::PurposeName;
use yew::prelude::*;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`: the doors.
    Home,
    /// `/recuperar`: what to have at hand, and the identification.
    Recovery,
    /// `/recuperar/preguntas`: the questions, or why there are none now.
    RecoveryQuestions,
    /// `/recuperar/enlace`: the link, its delivery and its countdown; and how it ended.
    RecoveryLink,
    /// `/restablecer`: the new password. The token is in the fragment and is no part of the route.
    Reset,
    /// `/ayuda`: every message explained.
    Help,
    /// `/ayuda/:topic`: one of them.
    HelpTopic(AttrValue),
    /// `/no-fui-yo`: freezing the account. The token is in the fragment.
    Freeze,
    /// `/prueba-de-correo`: whether our mail arrives.
    MailTest,
    /// `/desbloquear`: who asks for an account to be unblocked, and the passkey.
    Unlock,
    /// `/desbloquear/enlace`: the link, its delivery and its countdown; and how it ended.
    UnlockLink,
    /// `/desbloqueo`: confirming that the account is to be unblocked. The token is in the fragment.
    UnlockConfirm,
    /// `/registrar-huella`: enrolling a passkey. The token is in the fragment.
    PasskeyEnrolment,
    /// `/contacto`: confirming a new contact. The token is in the fragment.
    ContactConfirm,
    /// `/contacto/cancelar`: cancelling a change of contact. The token is in the fragment.
    ContactCancel,
    /// `/firma`: what a signed request is, and what it can be for.
    Signature,
    /// `/firma/clave`, `/firma/desbloqueo`, `/firma/correo`, `/firma/telefono`: who asks for it, and for what.
    SignatureFor(PurposeName),
    /// `/firma/solicitud`: the request of this browser, wherever it stands.
    SignatureCase,
    /// `/turno` and what is below it: appointments.
    Appointment(AppointmentPage),
    /// `/ingresar`: signing in.
    SignIn,
    /// `/cuenta`: the account at a glance.
    Account,
    /// `/cuenta/clave`: another password.
    AccountPassword,
    /// `/cuenta/sesiones`: where somebody is signed in.
    AccountSessions,
    /// `/cuenta/historial`: what happened.
    AccountHistory,
    /// `/cuenta/contactos`: e-mail and phone.
    AccountContacts,
    /// `/cuenta/llaves`: passkeys.
    AccountPasskeys,
    /// `/cuenta/delegados`: secondary users.
    AccountDelegates,
    /// `/cuenta/obligaciones`: what is due.
    AccountObligations,
    /// `/invitacion`: a secondary user's own first password. The token is in the fragment.
    Invitation,
    /// `/personal` and what is below it: the staff's.
    Staff(StaffPage),
    /// Any other path.
    NotFound,
}

/// A WebAssembly module of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Module {
    /// The first load: what is around every page, and the pages that people begin with.
    #[default]
    Main,
    /// What follows the first page of a recovery, and other pages without a session.
    Annex,
    /// Signing in, and everything behind it.
    Account,
    /// Requests that are signed electronically.
    Signing,
    /// Everything of the staff.
    Staff,
    /// Appointments: booking one, and what becomes of it.
    Booking,
}

impl Module {
    /// The modules that are fetched when one of their pages is visited, or near, in the order of [`Self::number`].
    pub const LATER: [Self; 5] = [
        Self::Annex,
        Self::Account,
        Self::Signing,
        Self::Staff,
        Self::Booking,
    ];

    /// The name of its binary, and the `id` of the element that its pages are in.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "app",
            Self::Annex => "annex",
            Self::Account => "account",
            Self::Signing => "signing",
            Self::Staff => "staff",
            Self::Booking => "booking",
        }
    }

    /// Whether it has a style sheet of its own, which citizens need not fetch.
    pub const fn style(self) -> Style {
        match self {
            Self::Main | Self::Annex | Self::Account | Self::Signing | Self::Booking => Style::Common,
            Self::Staff => Style::Own,
        }
    }

    /// Its number among the modules.
    pub const fn number(self) -> usize {
        match self {
            Self::Main => 0,
            Self::Annex => 1,
            Self::Account => 2,
            Self::Signing => 3,
            Self::Staff => 4,
            Self::Booking => 5,
        }
    }
}

/// A page of appointments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppointmentPage {
    /// `/turno`: what an appointment is for, and in which province.
    Begin,
    /// `/turno/tramite`: what for, and whether at a counter or by video.
    Errand,
    /// `/turno/centro`: the centres, each with its next free place.
    Centre,
    /// `/turno/hora`: the free times of one centre.
    Time,
    /// `/turno/reservar`: who comes, and then where to write, while the place is held.
    Book,
    /// `/turno/espera`: the waiting list.
    Waiting,
    /// `/turno/mi-turno`: the appointment of this browser, wherever it stands; or finding it by its code.
    Mine,
    /// `/turno/cambiar`: another time for it.
    Move,
    /// `/turno/gestionar`: the link of a mail. The token is in the fragment.
    Link,
    /// `/turno/video`: the room of an appointment by video.
    Video,
}

impl AppointmentPage {
    /// Every page with what stands behind `/turno` in its path.
    const PATHS: &'static [(Self, &'static str)] = &[
        (Self::Begin, ""),
        (Self::Errand, "/tramite"),
        (Self::Centre, "/centro"),
        (Self::Time, "/hora"),
        (Self::Book, "/reservar"),
        (Self::Waiting, "/espera"),
        (Self::Mine, "/mi-turno"),
        (Self::Move, "/cambiar"),
        (Self::Link, "/gestionar"),
        (Self::Video, "/video"),
    ];

    /// Reads the parts of a path behind `/turno`.
    fn parse(parts: &[&str]) -> Option<Self> {
        let path = parts.iter().fold(String::new(), |path, part| path + "/" + part);
        let found = Self::PATHS.iter().find(|(_, own)| **own == path);
        found.map(|(page, _)| *page)
    }

    /// The path of the page.
    fn path(self) -> String {
        let found = Self::PATHS.iter().find(|(page, _)| *page == self);
        format!("/turno{}", found.map_or("", |(_, path)| path))
    }
}

/// A page of the staff. What each is for, and who sees it, is in `staff/places.rs`, which only their module has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffPage {
    /// `/personal`: signing in, and from there to the first page of the person's role.
    Entry,
    /// `/personal/invitacion`: a new member's password and second factor. The token is in the fragment.
    Invitation,
    /// `/personal/fila`: the day's queue.
    Queue,
    /// `/personal/expediente`: the dossier of a visit. Which one is in the tab's memory, never in the address.
    Dossier,
    /// `/personal/vistos-buenos`: what waits for a second officer.
    Approvals,
    /// `/personal/equipo`: who is of the staff.
    Team,
    /// `/personal/auditoria`: the audit log.
    Audit,
    /// `/personal/datos`: what people ask about what is kept about them.
    DataRequests,
    /// `/personal/informes`: figures of the centres.
    Reports,
    /// `/personal/centros`: the centres.
    Centres,
    /// `/personal/institucion`: the institution's words, and the policy.
    Institution,
}

impl StaffPage {
    /// Every page with what stands behind `/personal` in its path.
    const PATHS: &'static [(Self, &'static [&'static str])] = &[
        (Self::Entry, &[]),
        (Self::Invitation, &["invitacion"]),
        (Self::Queue, &["fila"]),
        (Self::Dossier, &["expediente"]),
        (Self::Approvals, &["vistos-buenos"]),
        (Self::Team, &["equipo"]),
        (Self::Audit, &["auditoria"]),
        (Self::DataRequests, &["datos"]),
        (Self::Reports, &["informes"]),
        (Self::Centres, &["centros"]),
        (Self::Institution, &["institucion"]),
    ];

    /// Reads the parts of a path behind `/personal`.
    fn parse(parts: &[&str]) -> Option<Self> {
        let found = Self::PATHS.iter().find(|(_, path)| *path == parts);
        found.map(|(page, _)| *page)
    }

    /// The path of the page.
    fn path(self) -> String {
        let found = Self::PATHS.iter().find(|(page, _)| *page == self);
        let rest = found.map_or(&[][..], |(_, path)| *path);
        rest.iter()
            .fold("/personal".to_owned(), |path, part| path + "/" + part)
    }
}

impl Route {
    /// Which module shows this page.
    pub const fn module(&self) -> Module {
        match self {
            Self::Home | Self::Recovery | Self::NotFound => Module::Main,
            Self::RecoveryQuestions
            | Self::RecoveryLink
            | Self::Reset
            | Self::Help
            | Self::HelpTopic(_)
            | Self::Freeze
            | Self::MailTest
            | Self::Unlock
            | Self::UnlockLink
            | Self::UnlockConfirm
            | Self::PasskeyEnrolment
            | Self::ContactConfirm
            | Self::ContactCancel => Module::Annex,
            Self::SignIn
            | Self::Account
            | Self::AccountPassword
            | Self::AccountSessions
            | Self::AccountHistory
            | Self::AccountContacts
            | Self::AccountPasskeys
            | Self::AccountDelegates
            | Self::AccountObligations
            | Self::Invitation => Module::Account,
            Self::Signature | Self::SignatureFor(_) | Self::SignatureCase => Module::Signing,
            Self::Staff(_) => Module::Staff,
            Self::Appointment(_) => Module::Booking,
        }
    }

    /// Reads a path. A slash at the end does not matter.
    pub fn parse(path: &str) -> Self {
        let path = path.trim_matches('/');
        let parts: Vec<&str> = if path.is_empty() {
            Vec::new()
        } else {
            path.split('/').collect()
        };
        match parts.as_slice() {
            [] => Self::Home,
            ["recuperar"] => Self::Recovery,
            ["recuperar", "preguntas"] => Self::RecoveryQuestions,
            ["recuperar", "enlace"] => Self::RecoveryLink,
            ["restablecer"] => Self::Reset,
            ["ayuda"] => Self::Help,
            ["ayuda", topic] if is_slug(topic) => Self::HelpTopic(AttrValue::from((*topic).to_owned())),
            ["no-fui-yo"] => Self::Freeze,
            ["prueba-de-correo"] => Self::MailTest,
            ["desbloquear"] => Self::Unlock,
            ["desbloquear", "enlace"] => Self::UnlockLink,
            ["desbloqueo"] => Self::UnlockConfirm,
            ["registrar-huella"] => Self::PasskeyEnrolment,
            ["contacto"] => Self::ContactConfirm,
            ["contacto", "cancelar"] => Self::ContactCancel,
            ["firma"] => Self::Signature,
            ["firma", "solicitud"] => Self::SignatureCase,
            ["firma", "clave"] => Self::SignatureFor(PurposeName::Recovery),
            ["firma", "desbloqueo"] => Self::SignatureFor(PurposeName::Unlock),
            ["firma", "correo"] => Self::SignatureFor(PurposeName::Email),
            ["firma", "telefono"] => Self::SignatureFor(PurposeName::Phone),
            ["turno", rest @ ..] => AppointmentPage::parse(rest).map_or(Self::NotFound, Self::Appointment),
            ["ingresar"] => Self::SignIn,
            ["cuenta"] => Self::Account,
            ["cuenta", "clave"] => Self::AccountPassword,
            ["cuenta", "sesiones"] => Self::AccountSessions,
            ["cuenta", "historial"] => Self::AccountHistory,
            ["cuenta", "contactos"] => Self::AccountContacts,
            ["cuenta", "llaves"] => Self::AccountPasskeys,
            ["cuenta", "delegados"] => Self::AccountDelegates,
            ["cuenta", "obligaciones"] => Self::AccountObligations,
            ["invitacion"] => Self::Invitation,
            ["personal", rest @ ..] => StaffPage::parse(rest).map_or(Self::NotFound, Self::Staff),
            _ => Self::NotFound,
        }
    }

    /// The path of the page.
    pub fn path(&self) -> String {
        let path = match self {
            Self::Home => "/",
            Self::Recovery => "/recuperar",
            Self::RecoveryQuestions => "/recuperar/preguntas",
            Self::RecoveryLink => "/recuperar/enlace",
            Self::Reset => "/restablecer",
            Self::Help => "/ayuda",
            Self::HelpTopic(topic) => return format!("/ayuda/{topic}"),
            Self::Freeze => "/no-fui-yo",
            Self::MailTest => "/prueba-de-correo",
            Self::Unlock => "/desbloquear",
            Self::UnlockLink => "/desbloquear/enlace",
            Self::UnlockConfirm => "/desbloqueo",
            Self::PasskeyEnrolment => "/registrar-huella",
            Self::ContactConfirm => "/contacto",
            Self::ContactCancel => "/contacto/cancelar",
            Self::Signature => "/firma",
            Self::SignatureFor(PurposeName::Recovery) => "/firma/clave",
            Self::SignatureFor(PurposeName::Unlock) => "/firma/desbloqueo",
            Self::SignatureFor(PurposeName::Email) => "/firma/correo",
            Self::SignatureFor(PurposeName::Phone) => "/firma/telefono",
            Self::SignatureCase => "/firma/solicitud",
            Self::SignIn => "/ingresar",
            Self::Account => "/cuenta",
            Self::AccountPassword => "/cuenta/clave",
            Self::AccountSessions => "/cuenta/sesiones",
            Self::AccountHistory => "/cuenta/historial",
            Self::AccountContacts => "/cuenta/contactos",
            Self::AccountPasskeys => "/cuenta/llaves",
            Self::AccountDelegates => "/cuenta/delegados",
            Self::AccountObligations => "/cuenta/obligaciones",
            Self::Invitation => "/invitacion",
            Self::Staff(page) => return page.path(),
            Self::Appointment(page) => return page.path(),
            Self::NotFound => "/no-encontrado",
        };
        path.to_owned()
    }
}

/// Letters, digits, hyphen and underscore: what the names of help topics are made of.
fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Where the person is and how to go elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Navigator {
    /// The present page.
    pub route: Route,
    go: Callback<(Route, Entry)>,
}

/// Whether a move can be undone by the back button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    New,
    Same,
}

impl Navigator {
    /// Goes to a page; back leads here again.
    pub fn go(&self, route: Route) {
        self.go.emit((route, Entry::New));
    }

    /// Goes to a page in the place of this one; back does not lead here.
    pub fn replace(&self, route: Route) {
        self.go.emit((route, Entry::Same));
    }
}

/// What the provider needs.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct NavigatorProviderProps {
    /// Whose pages are below.
    #[prop_or_default]
    pub module: Module,
    /// Everything that has an address.
    pub children: Html,
}

/// Keeps the page and the address bar the same.
#[component]
pub fn NavigatorProvider(props: &NavigatorProviderProps) -> Html {
    let module = props.module;
    let route = use_state_eq(|| Route::parse(&history::path()));
    {
        let route = route.setter();
        use_effect_with((), move |()| {
            let moved = history::on_move(move || route.set(Route::parse(&history::path())));
            // One module is enough to follow links, wherever they are on the page.
            let links = (module == Module::Main)
                .then(|| history::on_link(|path| go((Route::parse(&path), Entry::New))));
            move || drop((moved, links))
        });
    }
    let arrived = use_mut_ref(|| false);
    use_effect_with((*route).clone(), move |route| {
        // The first page keeps the focus where the browser put it; a change of page moves it.
        match (arrived.replace(true), route.module() == module) {
            (true, true) => focus::heading(),
            (true, false) => focus::top(),
            (false, _) => {}
        }
    });
    let navigator = Navigator {
        route: (*route).clone(),
        go: Callback::from(go),
    };
    html! { <ContextProvider<Navigator> context={navigator}>{ props.children.clone() }</ContextProvider<Navigator>> }
}

/// Writes an address into the address bar, which every module follows.
fn go((route, entry): (Route, Entry)) {
    match entry {
        Entry::New => history::push(&route.path()),
        Entry::Same => history::replace(&route.path()),
    }
}

/// Where the person is and how to go elsewhere. Outside of a provider (in tests of parts) it stays at home.
#[hook]
pub fn use_navigator() -> Navigator {
    use_context::<Navigator>().unwrap_or_else(|| Navigator {
        route: Route::Home,
        go: Callback::noop(),
    })
}

/// What a link carried behind its `#`. It may be a secret, so it is out of the address bar and of the history by now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fragment {
    /// Nothing if the address had none.
    pub secret: Option<Secret<String>>,
    /// How many links have been opened on this page: the same link opened again is another one.
    opened: u32,
}

/// Takes the fragment of the address, also that of a link that is opened later in this very tab.
#[hook]
pub fn use_fragment() -> Fragment {
    let fragment = use_state(|| Fragment {
        secret: history::take_fragment().map(Secret::new),
        opened: 0,
    });
    {
        let fragment = fragment.setter();
        use_effect_with((), move |()| {
            let mut opened = 0;
            let listener = history::on_fragment(move || {
                if let Some(text) = history::take_fragment() {
                    opened += 1;
                    fragment.set(Fragment {
                        secret: Some(Secret::new(text)),
                        opened,
                    });
                }
            });
            move || drop(listener)
        });
    }
    (*fragment).clone()
}

/// A link to a page.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct LinkProps {
    /// Where it leads.
    pub to: Route,
    /// CSS classes.
    #[prop_or_default]
    pub class: Classes,
    /// What it says.
    pub children: Html,
}

/// A link to a page of the portal: a real link, followed without loading the page anew.
#[component]
pub fn Link(props: &LinkProps) -> Html {
    let current = (use_navigator().route == props.to).then_some("page");
    html! { <a href={props.to.path()} class={props.class.clone()} aria-current={current}>{ props.children.clone() }</a> }
}

/// A [`Link`] of plain words.
#[inline(never)]
pub fn link(to: Route, words: &'static str) -> Html {
    html! { <Link {to}>{ words }</Link> }
}
