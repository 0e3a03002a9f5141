//! Centres: kept by the institution, shown to everybody, and asked for the times that can be booked.
//!
//! Words: see [`shared::centres`]. A place is *displaced* when a change of its centre leaves it without its slot.
//!
//! Invariants: a code names one centre for ever; whoever changes what slots follow from raises the centre's version first, so
//! that nobody books a place that goes in the same moment.

mod displaced;
pub mod http;
pub mod import;
mod keep;
pub mod service;
pub mod store;

pub use shared::centres::CentreId;

use shared::centres::api::{CentreDetails, CentreView};
use shared::centres::{Exceptions, MapLink, Mode, Procedure, Zone};
use shared::time::Timestamp;

/// A centre's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Centre {
    /// Its row.
    pub id: CentreId,
    /// What the institution says of it.
    pub details: CentreDetails,
    /// When it ceased to serve for good.
    pub closed_at: Option<Timestamp>,
    /// Goes up by one whenever its slots may have changed.
    pub version: i64,
}

impl Centre {
    /// What its clocks show.
    pub const fn zone(&self) -> Zone {
        self.details.province.zone()
    }

    /// Whether it serves at all, and can be visited for a procedure in this way.
    pub fn offers(&self, procedure: Procedure, mode: Mode) -> bool {
        self.closed_at.is_none() && self.details.offers(procedure, mode)
    }

    /// A page with a map of it.
    pub fn map_link(&self) -> Option<MapLink> {
        self.view(Exceptions::default()).map_link
    }

    /// What everybody sees of it.
    pub fn view(&self, exceptions: Exceptions) -> CentreView {
        self.details.view(self.id, exceptions)
    }
}
