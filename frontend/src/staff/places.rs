//! The pages behind the sign-in: what each is called, who sees it, and by which keys it is reached.

use crate::routes::StaffPage;
use shared::i18n::Text;
use shared::staff::{Right, Role};

/// A page, as the navigation knows it.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The page.
    pub page: StaffPage,
    /// The right that whoever sees it has.
    pub right: Right,
    /// The key that leads there after `g`.
    pub key: &'static str,
    /// Its name.
    pub name: fn(Text) -> &'static str,
}

/// The pages, in the order of the navigation. Whoever signs in comes to the first one that they may see.
pub const PLACES: &[Place] = &[
    Place {
        page: StaffPage::Queue,
        right: Right::ServeQueue,
        key: "f",
        name: |text| text.staff_nav_queue(),
    },
    Place {
        page: StaffPage::Dossier,
        right: Right::KeepDossiers,
        key: "e",
        name: |text| text.staff_nav_dossier(),
    },
    Place {
        page: StaffPage::Approvals,
        right: Right::Approve,
        key: "v",
        name: |text| text.staff_nav_approvals(),
    },
    Place {
        page: StaffPage::Reports,
        right: Right::SeeReports,
        key: "i",
        name: |text| text.reports_nav(),
    },
    Place {
        page: StaffPage::Team,
        right: Right::KeepStaff,
        key: "q",
        name: |text| text.staff_nav_team(),
    },
    Place {
        page: StaffPage::Centres,
        right: Right::KeepCentres,
        key: "c",
        name: |text| text.centres_nav(),
    },
    Place {
        page: StaffPage::Institution,
        right: Right::KeepInstitution,
        key: "n",
        name: |text| text.institution_nav(),
    },
    Place {
        page: StaffPage::Audit,
        right: Right::ReadAudit,
        key: "a",
        name: |text| text.audit_nav(),
    },
    Place {
        page: StaffPage::DataRequests,
        right: Right::AnswerDataRequests,
        key: "d",
        name: |text| text.data_requests_nav(),
    },
];

/// The pages that they may see.
pub fn of(role: Role) -> impl Iterator<Item = &'static Place> {
    PLACES.iter().filter(move |place| role.may(place.right))
}

/// The place of a page.
pub fn named(page: StaffPage) -> Option<&'static Place> {
    PLACES.iter().find(|place| place.page == page)
}
