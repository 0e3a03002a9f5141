//! What an institution writes about its centres.

use crate::lines::lines;

pub use crate::lines::InvalidLine;

lines!(
    /// A centre's name, up to 80 characters.
    CentreName = line up to 80;
    /// The canton it lies in, up to 60 characters. Whether there is such a canton, its reader checks.
    CantonName = line up to 60;
    /// Street, number and what helps to find it, up to 160 characters.
    Address = line up to 160;
    /// What a holiday is called, up to 80 characters.
    HolidayName = line up to 80;
    /// A page with a map, `https://…`, up to 300 characters.
    MapLink = link up to 300;
);

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::api::FieldCode;
    use proptest::prelude::*;
    use rstest::rstest;

    #[test]
    fn a_line_has_single_spaces() {
        let address: Address = "  Av. 10 de Agosto   N21-83 y Ñahui ".parse().unwrap();
        assert_eq!(address.as_str(), "Av. 10 de Agosto N21-83 y Ñahui");
    }

    #[rstest]
    #[case("", InvalidLine::Missing)]
    #[case("   ", InvalidLine::Missing)]
    #[case("a\nb", InvalidLine::Characters)]
    #[case("a\u{202e}b", InvalidLine::Characters)]
    #[case("a\u{0}", InvalidLine::Characters)]
    fn what_is_no_line_is_refused(#[case] typed: &str, #[case] reason: InvalidLine) {
        assert_eq!(typed.parse::<CentreName>(), Err(reason));
        assert_eq!(FieldCode::of_message(&reason.to_string()), Some(reason.into()));
    }

    #[test]
    fn eighty_characters_are_a_name() {
        assert!("ñ".repeat(80).parse::<CentreName>().is_ok());
        assert_eq!("ñ".repeat(81).parse::<CentreName>(), Err(InvalidLine::TooLong));
    }

    #[rstest]
    #[case("https://www.openstreetmap.org/?mlat=-0.1&mlon=-78.4#map=17/-0.1/-78.4")]
    #[case("https://maps.example/p/1")]
    fn links_are_pages(#[case] typed: &str) {
        assert_eq!(typed.parse::<MapLink>().unwrap().as_str(), typed);
    }

    #[rstest]
    #[case("http://maps.example")]
    #[case("javascript:alert(1)")]
    #[case("https://")]
    #[case("https:///x")]
    #[case("https://somebody@elsewhere.example")]
    #[case("https://maps.example/\"onclick")]
    #[case("https://maps.example/a b")]
    #[case("https://mapas.ejemplo/ñ")]
    fn everything_else_is_no_link(#[case] typed: &str) {
        assert_eq!(typed.parse::<MapLink>(), Err(InvalidLine::Malformed));
    }

    proptest! {
        #[test]
        fn a_line_is_read_as_it_is_written(text in "\\PC{0,90}") {
            if let Ok(name) = text.parse::<CentreName>() {
                prop_assert_eq!(name.to_string().parse(), Ok(name));
            }
        }
    }
}
