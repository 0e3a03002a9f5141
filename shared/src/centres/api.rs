//! The endpoints of centres: what everybody sees of them.

use super::{
    Address, CantonName, CentreCode, CentreId, CentreName, Coordinates, Counters, Exceptions, Hours, MapLink,
    Mode, Modes, Procedure, Procedures, Territory, Zone,
};
use crate::endpoint;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

endpoint!(
    /// The centres that serve. Says nothing of anybody and of no appointment.
    ListCentres, Get "/centres", "List the centres, what they offer and when they are open.", () => CentreList
);

/// The centres that serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CentreList {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// By province, then by name.
    pub centres: Vec<CentreView>,
    /// How many days ahead one can book.
    pub horizon_days: u16,
    /// How long an appointment is.
    pub slot_minutes: u16,
}

/// A centre, as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CentreView {
    /// Names it.
    pub id: CentreId,
    /// What the institution calls it in its files.
    pub code: CentreCode,
    /// Its name.
    pub name: CentreName,
    /// The province.
    pub province: Territory,
    /// The canton.
    pub canton: CantonName,
    /// Where it is.
    pub address: Address,
    /// A page with a map; there if the institution gave one, or coordinates.
    pub map_link: Option<MapLink>,
    /// Where it is, if the institution said so.
    pub coordinates: Option<Coordinates>,
    /// What its clocks show.
    pub zone: Zone,
    /// When it serves.
    pub hours: Hours,
    /// When it does not, although its hours say so.
    pub exceptions: Exceptions,
    /// What it can be visited for.
    pub procedures: Procedures,
    /// How.
    pub modes: Modes,
}

/// What an institution says of a centre: in a file, or on its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CentreDetails {
    /// What the institution calls it in its files. No two centres have the same.
    pub code: CentreCode,
    /// Its name.
    pub name: CentreName,
    /// The province, and with it the zone.
    pub province: Territory,
    /// A canton of the province.
    pub canton: CantonName,
    /// Where it is.
    pub address: Address,
    /// A page with a map; without one, the coordinates make it.
    pub map_link: Option<MapLink>,
    /// Where it is on a map.
    pub coordinates: Option<Coordinates>,
    /// When it serves, by its own clocks.
    pub hours: Hours,
    /// How many it serves at once.
    pub counters: Counters,
    /// What it can be visited for.
    pub procedures: Procedures,
    /// How.
    pub modes: Modes,
}

impl CentreDetails {
    /// Whether it can be visited for a procedure in this way.
    pub fn offers(&self, procedure: Procedure, mode: Mode) -> bool {
        self.procedures.offers(procedure) && self.modes.offers(mode)
    }

    /// What everybody sees of it.
    pub fn view(&self, id: CentreId, exceptions: Exceptions) -> CentreView {
        let map = |there: Coordinates| there.map_link();
        CentreView {
            id,
            code: self.code.clone(),
            name: self.name.clone(),
            province: self.province,
            canton: self.canton.clone(),
            address: self.address.clone(),
            map_link: self.map_link.clone().or_else(|| self.coordinates.and_then(map)),
            coordinates: self.coordinates,
            zone: self.province.zone(),
            hours: self.hours.clone(),
            exceptions,
            procedures: self.procedures.clone(),
            modes: self.modes.clone(),
        }
    }
}

impl CentreList {
    /// The provinces that have a centre, each once, in the order of their codes.
    pub fn provinces(&self) -> Vec<Territory> {
        let mut provinces: Vec<_> = self.centres.iter().map(|centre| centre.province).collect();
        provinces.sort_unstable();
        provinces.dedup();
        provinces
    }
}

impl Coordinates {
    /// A page with a map of the place.
    pub fn map_link(self) -> Option<MapLink> {
        let (latitude, longitude) = self.degrees();
        format!(
            "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
        )
        .parse()
        .ok()
    }
}
