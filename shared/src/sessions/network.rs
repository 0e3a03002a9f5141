//! The part of an address that says from which network somebody came, and not who.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The first three bytes of an IPv4 address, or the first six of an IPv6 address: a neighbourhood of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Network {
    /// A /24: `192.0.2.0/24`.
    V4([u8; 3]),
    /// A /48: `2001:db8:1::/48`.
    V6([u16; 3]),
}

/// A text that is no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a network")]
pub struct InvalidNetwork;

impl Network {
    /// The network of an address. An IPv4 address that is written as IPv6 is an IPv4 address.
    pub const fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                Self::V4([a, b, c])
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                Self::V6([a, b, c])
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::V4([a, b, c]) => write!(f, "{}/24", Ipv4Addr::new(a, b, c, 0)),
            Self::V6([a, b, c]) => write!(f, "{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)),
        }
    }
}

impl FromStr for Network {
    type Err = InvalidNetwork;

    /// Reads exactly what `Display` writes.
    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let (address, _) = text.split_once('/').ok_or(InvalidNetwork)?;
        let network = address.parse().map(Self::of).map_err(|_| InvalidNetwork)?;
        if network.to_string() == text {
            Ok(network)
        } else {
            Err(InvalidNetwork)
        }
    }
}

impl Serialize for Network {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Network {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::Object::builder()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("a network: an IPv4 /24 or an IPv6 /48"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Network {}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_gives_its_network_and_no_more() {
        let network = |text: &str| Network::of(text.parse().unwrap()).to_string();
        assert_eq!(network("192.0.2.77"), "192.0.2.0/24");
        assert_eq!(network("::ffff:192.0.2.77"), "192.0.2.0/24");
        assert_eq!(network("2001:db8:1:2:3::4"), "2001:db8:1::/48");
    }

    #[test]
    fn what_is_no_network_of_ours_is_refused() {
        for text in [
            "",
            "192.0.2.0",
            "192.0.2.7/24",
            "192.0.2.0/23",
            "::/0",
            "x/24",
            "192.0.2.0/24 ",
        ] {
            assert_eq!(text.parse::<Network>(), Err(InvalidNetwork), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_and_back(v4: [u8; 4], v6: [u8; 16]) {
            for network in [Network::of(IpAddr::from(v4)), Network::of(IpAddr::from(v6))] {
                prop_assert_eq!(network.to_string().parse(), Ok(network));
            }
        }
    }
}
