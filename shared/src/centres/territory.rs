//! Where a centre lies: the province, what its clocks show, and what is near.

use super::ClockTime;
use crate::api::FieldCode;
use crate::identifiers::Province;
use crate::time::{CivilDate, Timestamp};
use core::fmt;
use core::str::FromStr;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// One of the 24 provinces in which something can lie. In text its two digits, `01` to `24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
pub struct Territory(Province);

/// A text that is no province. Its text is the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("province")]
pub struct UnknownTerritory;

impl From<UnknownTerritory> for FieldCode {
    fn from(_: UnknownTerritory) -> Self {
        Self::Province
    }
}

impl Territory {
    /// All 24, in the order of their codes.
    pub fn all() -> impl Iterator<Item = Self> {
        Province::ALL
            .iter()
            .filter_map(|province| Self::of(*province).ok())
    }

    /// The territory of a province; the codes of cédulas that stand for none have none.
    pub const fn of(province: Province) -> Result<Self, UnknownTerritory> {
        match province.name() {
            Some(_) => Ok(Self(province)),
            None => Err(UnknownTerritory),
        }
    }

    /// The province.
    pub const fn province(self) -> Province {
        self.0
    }

    /// Its proper name, which is the same in every language.
    pub const fn name(self) -> &'static str {
        match self.0.name() {
            Some(name) => name,
            None => "",
        }
    }

    /// What its clocks show.
    pub const fn zone(self) -> Zone {
        match self.0 {
            Province::Galapagos => Zone::Galapagos,
            Province::Azuay
            | Province::Bolivar
            | Province::Canar
            | Province::Carchi
            | Province::Cotopaxi
            | Province::Chimborazo
            | Province::ElOro
            | Province::Esmeraldas
            | Province::Guayas
            | Province::Imbabura
            | Province::Loja
            | Province::LosRios
            | Province::Manabi
            | Province::MoronaSantiago
            | Province::Napo
            | Province::Pastaza
            | Province::Pichincha
            | Province::Tungurahua
            | Province::ZamoraChinchipe
            | Province::Sucumbios
            | Province::Orellana
            | Province::SantoDomingo
            | Province::SantaElena
            | Province::Abroad
            | Province::Fifty => Zone::Mainland,
        }
    }

    /// The provinces that one goes to next: those with a common border, and from Galápagos those that its aeroplanes go to.
    pub fn neighbours(self) -> impl Iterator<Item = Self> {
        neighbours(self.0).iter().copied().map(Self)
    }
}

/// Source: the provinces of Ecuador and their borders, as on the map of the Instituto Geográfico Militar.
const fn neighbours(province: Province) -> &'static [Province] {
    use Province::{
        Azuay, Bolivar, Canar, Carchi, Chimborazo, Cotopaxi, ElOro, Esmeraldas, Galapagos, Guayas, Imbabura,
        Loja, LosRios, Manabi, MoronaSantiago, Napo, Orellana, Pastaza, Pichincha, SantaElena, SantoDomingo,
        Sucumbios, Tungurahua, ZamoraChinchipe,
    };
    match province {
        Azuay => &[Canar, ElOro, Guayas, Loja, MoronaSantiago, ZamoraChinchipe],
        Bolivar => &[Chimborazo, Cotopaxi, Guayas, LosRios, Tungurahua],
        Canar => &[Azuay, Chimborazo, Guayas, MoronaSantiago],
        Carchi => &[Esmeraldas, Imbabura, Sucumbios],
        Cotopaxi => &[Bolivar, LosRios, Napo, Pichincha, SantoDomingo, Tungurahua],
        Chimborazo => &[Bolivar, Canar, Guayas, MoronaSantiago, Tungurahua],
        ElOro => &[Azuay, Guayas, Loja],
        Esmeraldas => &[Carchi, Imbabura, Manabi, Pichincha, SantoDomingo],
        Guayas => &[
            Azuay, Bolivar, Canar, Chimborazo, ElOro, LosRios, Manabi, SantaElena, Galapagos,
        ],
        Imbabura => &[Carchi, Esmeraldas, Pichincha, Sucumbios],
        Loja => &[Azuay, ElOro, ZamoraChinchipe],
        LosRios => &[Bolivar, Cotopaxi, Guayas, Manabi, SantoDomingo],
        Manabi => &[Esmeraldas, Guayas, LosRios, SantaElena, SantoDomingo],
        MoronaSantiago => &[Azuay, Canar, Chimborazo, Pastaza, Tungurahua, ZamoraChinchipe],
        Napo => &[Cotopaxi, Orellana, Pastaza, Pichincha, Sucumbios, Tungurahua],
        Pastaza => &[MoronaSantiago, Napo, Orellana, Tungurahua],
        Pichincha => &[
            Cotopaxi,
            Esmeraldas,
            Imbabura,
            Napo,
            SantoDomingo,
            Sucumbios,
            Galapagos,
        ],
        Tungurahua => &[Bolivar, Chimborazo, Cotopaxi, MoronaSantiago, Napo, Pastaza],
        ZamoraChinchipe => &[Azuay, Loja, MoronaSantiago],
        Galapagos => &[Guayas, Pichincha],
        Sucumbios => &[Carchi, Imbabura, Napo, Orellana, Pichincha],
        Orellana => &[Napo, Pastaza, Sucumbios],
        SantoDomingo => &[Cotopaxi, Esmeraldas, LosRios, Manabi, Pichincha],
        SantaElena => &[Guayas, Manabi],
        Province::Abroad | Province::Fifty => &[],
    }
}

impl FromStr for Territory {
    type Err = UnknownTerritory;

    fn from_str(text: &str) -> Result<Self, UnknownTerritory> {
        let text = text.trim_matches(' ');
        Self::all()
            .find(|one| one.to_string() == text)
            .ok_or(UnknownTerritory)
    }
}

impl TryFrom<String> for Territory {
    type Error = UnknownTerritory;

    fn try_from(text: String) -> Result<Self, UnknownTerritory> {
        text.parse()
    }
}

impl From<Territory> for String {
    fn from(territory: Territory) -> Self {
        territory.to_string()
    }
}

impl fmt::Display for Territory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0.code())
    }
}

/// What clocks show. Neither zone has a summer time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Zone {
    /// UTC−5.
    Mainland,
    /// UTC−6, an hour behind the mainland.
    Galapagos,
}

impl Zone {
    /// Its name in the time zone database, for calendars.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mainland => "America/Guayaquil",
            Self::Galapagos => "Pacific/Galapagos",
        }
    }

    /// How far its clocks are behind those of the mainland.
    const fn behind_mainland(self) -> Duration {
        match self {
            Self::Mainland => Duration::ZERO,
            Self::Galapagos => Duration::from_hours(1),
        }
    }

    /// The day on its calendars at an instant.
    pub fn day_of(self, at: Timestamp) -> CivilDate {
        CivilDate::in_ecuador(at.before(self.behind_mainland()))
    }

    /// What its clocks show at an instant, seconds cut off.
    pub fn clock_at(self, at: Timestamp) -> ClockTime {
        let minutes = at.since(self.instant(self.day_of(at), 0)).as_secs() / 60;
        u16::try_from(minutes)
            .ok()
            .and_then(ClockTime::of_minutes)
            .unwrap_or(ClockTime::MIDNIGHT)
    }

    /// The instant so many minutes after a day began in the zone.
    pub fn instant(self, day: CivilDate, minutes: u16) -> Timestamp {
        day.begin_in_ecuador()
            .after(self.behind_mainland())
            .after(Duration::from_secs(u64::from(minutes) * 60))
    }
}

/// Degrees of latitude and longitude, in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Anywhere")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Coordinates {
    /// North positive.
    latitude: i32,
    /// East positive.
    longitude: i32,
}

/// Coordinates in a body, not yet held against the map.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Anywhere {
    latitude: i32,
    longitude: i32,
}

impl TryFrom<Anywhere> for Coordinates {
    type Error = InvalidCoordinates;

    fn try_from(there: Anywhere) -> Result<Self, InvalidCoordinates> {
        Self::try_from((there.latitude, there.longitude))
    }
}

/// Coordinates that are not in Ecuador. Its text is the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("out_of_range")]
pub struct InvalidCoordinates;

impl From<InvalidCoordinates> for FieldCode {
    fn from(_: InvalidCoordinates) -> Self {
        Self::OutOfRange
    }
}

impl Coordinates {
    /// Millionths of degrees, north and east positive.
    pub const fn micro_degrees(self) -> (i32, i32) {
        (self.latitude, self.longitude)
    }

    /// The same as decimal degrees, for the address of a map.
    pub fn degrees(self) -> (String, String) {
        let written = |millionths: i32| {
            let sign = if millionths < 0 { "-" } else { "" };
            let whole = millionths.unsigned_abs();
            format!("{sign}{}.{:06}", whole / 1_000_000, whole % 1_000_000)
        };
        (written(self.latitude), written(self.longitude))
    }

    /// How far away another place is, in whole kilometres as the crow flies.
    ///
    /// Degrees are taken to be of one length: near the equator a degree of longitude is at most a hundredth shorter than one of
    /// latitude.
    pub fn kilometres_to(self, other: Self) -> u16 {
        // A degree is 111.2 km, so a kilometre about 8993 millionths.
        let part = |one: i32, two: i32| i64::from(one - two).pow(2);
        let squares = part(self.latitude, other.latitude) + part(self.longitude, other.longitude);
        u16::try_from(squares.isqrt() / 8993).unwrap_or(u16::MAX)
    }

    /// Reads two decimal degrees; what is finer than a millionth is left out.
    pub fn of_degrees(latitude: &str, longitude: &str) -> Result<Self, InvalidCoordinates> {
        Self::try_from((millionths(latitude)?, millionths(longitude)?))
    }
}

fn millionths(text: &str) -> Result<i32, InvalidCoordinates> {
    let text = text.trim_matches(' ');
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |digits: &str, longest: usize| {
        (1..=longest).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !plain(whole, 3) || !plain(part, 20) {
        return Err(InvalidCoordinates);
    }
    let number = |digits: &str| digits.parse::<i32>().map_err(|_| InvalidCoordinates);
    let six: String = part.chars().chain("000000".chars()).take(6).collect();
    Ok(sign * (number(whole)? * 1_000_000 + number(&six)?))
}

/// `-0.180653, -78.467834`: latitude and longitude as maps give them.
impl FromStr for Coordinates {
    type Err = InvalidCoordinates;

    fn from_str(text: &str) -> Result<Self, InvalidCoordinates> {
        let (latitude, longitude) = text.split_once(',').ok_or(InvalidCoordinates)?;
        Self::of_degrees(latitude, longitude)
    }
}

impl fmt::Display for Coordinates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (latitude, longitude) = self.degrees();
        write!(f, "{latitude}, {longitude}")
    }
}

impl TryFrom<(i32, i32)> for Coordinates {
    type Error = InvalidCoordinates;

    fn try_from((latitude, longitude): (i32, i32)) -> Result<Self, InvalidCoordinates> {
        // Ecuador with its islands, generously.
        let inside =
            (-6_000_000..=2_000_000).contains(&latitude) && (-93_000_000..=-75_000_000).contains(&longitude);
        if inside {
            Ok(Self { latitude, longitude })
        } else {
            Err(InvalidCoordinates)
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn territory(code: &str) -> Territory {
        code.parse().unwrap()
    }

    #[test]
    fn there_are_24_and_each_is_read_as_it_is_written() {
        assert_eq!(Territory::all().count(), 24);
        for one in Territory::all() {
            assert_eq!(one.to_string().parse(), Ok(one));
            assert!(!one.name().is_empty());
        }
        for other in ["", "1", "00", "25", "30", "50", "017", "xx"] {
            assert_eq!(other.parse::<Territory>(), Err(UnknownTerritory), "{other}");
        }
    }

    #[test]
    fn who_is_a_neighbour_has_one() {
        for one in Territory::all() {
            assert!(one.neighbours().count() >= 2, "{}", one.name());
            for other in one.neighbours() {
                assert!(
                    other != one && other.neighbours().any(|back| back == one),
                    "{} and {}",
                    one.name(),
                    other.name()
                );
            }
        }
    }

    #[test]
    fn galapagos_is_an_hour_behind() {
        let day = CivilDate::new(2026, 3, 2).unwrap();
        let (mainland, islands) = (territory("17").zone(), territory("20").zone());
        let opens = mainland.instant(day, 480);
        assert_eq!(opens.as_micros(), 1_772_456_400_000_000, "13:00 UTC");
        assert_eq!(islands.instant(day, 480), opens.after(Duration::from_hours(1)));
        assert_eq!(islands.clock_at(opens).to_string(), "07:00");
        assert_eq!(mainland.clock_at(opens).to_string(), "08:00");
    }

    #[test]
    fn between_the_two_midnights_it_is_yesterday_in_galapagos() {
        let day = CivilDate::new(2026, 3, 2).unwrap();
        let yesterday = CivilDate::new(2026, 3, 1).unwrap();
        let midnight = Zone::Mainland.instant(day, 0);
        assert_eq!(Zone::Mainland.day_of(midnight), day);
        assert_eq!(
            Zone::Mainland.day_of(midnight.before(Duration::from_micros(1))),
            yesterday
        );
        assert_eq!(Zone::Galapagos.day_of(midnight), yesterday);
        let its_own = midnight.after(Duration::from_hours(1));
        assert_eq!(
            Zone::Galapagos.day_of(its_own.before(Duration::from_micros(1))),
            yesterday
        );
        assert_eq!(Zone::Galapagos.day_of(its_own), day);
        assert_eq!(Zone::Galapagos.clock_at(midnight).to_string(), "23:00");
    }

    #[test]
    fn coordinates_are_written_with_six_digits() {
        let quito = Coordinates::of_degrees("-0.2", " -78.493215").unwrap();
        assert_eq!(quito.degrees(), ("-0.200000".to_owned(), "-78.493215".to_owned()));
        // What is finer is left out: maps give up to fifteen digits.
        let finer = Coordinates::of_degrees("-0.2000009", "-78.4932159").unwrap();
        assert_eq!(finer, quito);
        for (latitude, longitude) in [
            ("4.7", "-74"),
            ("x", "-78"),
            ("0", "-78.123456789012345678901"),
            ("", ""),
            ("-0,2", "-78"),
            ("--1", "-78"),
        ] {
            assert_eq!(
                Coordinates::of_degrees(latitude, longitude),
                Err(InvalidCoordinates),
                "{latitude} {longitude}"
            );
        }
    }

    #[test]
    fn from_quito_to_guayaquil_the_crow_flies_270_kilometres() {
        let quito = Coordinates::of_degrees("-0.22", "-78.51").unwrap();
        let guayaquil = Coordinates::of_degrees("-2.19", "-79.89").unwrap();
        let there = quito.kilometres_to(guayaquil);
        assert!((264..=270).contains(&there), "{there}");
        assert_eq!(there, guayaquil.kilometres_to(quito));
        assert_eq!(quito.kilometres_to(quito), 0);
    }

    proptest! {
        #[test]
        fn what_a_clock_shows_is_when_it_is(micros in 0_i64..4_000_000_000_000_000, islands in any::<bool>()) {
            let zone = if islands { Zone::Galapagos } else { Zone::Mainland };
            let at = Timestamp::from_micros(micros);
            let shown = zone.instant(zone.day_of(at), zone.clock_at(at).minutes());
            prop_assert!(at.since(shown) < Duration::from_mins(1) && shown <= at);
        }

        #[test]
        fn coordinates_are_read_as_they_are_written(latitude in -6_000_000..=2_000_000, longitude in -93_000_000..=-75_000_000) {
            let there = Coordinates::try_from((latitude, longitude)).unwrap();
            let (north, east) = there.degrees();
            prop_assert_eq!(Coordinates::of_degrees(&north, &east), Ok(there));
            prop_assert_eq!(there.to_string().parse(), Ok(there));
        }
    }
}
