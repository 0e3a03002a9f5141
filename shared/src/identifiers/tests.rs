use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn natural(first_nine: [u8; 9]) -> String {
    (0..10)
        .map(|check| {
            let mut number = first_nine.to_vec();
            number.push(check);
            number
        })
        .find(|number| digits::holds_mod_10(number))
        .map(|number| format!("{}001", digits::text(&number)))
        .expect("one of ten digits holds")
}

fn provinces() -> impl Strategy<Value = u8> {
    prop::sample::select(Province::ALL).prop_map(Province::code)
}

prop_compose! {
    /// A natural person's RUC whose check digit holds.
    fn natural_ruc()(province in provinces(), third in 0..=5u8, rest in prop::array::uniform6(0..=9u8)) -> String {
        let [a, b, c, d, e, f] = rest;
        natural([province / 10, province % 10, third, a, b, c, d, e, f])
    }
}

prop_compose! {
    /// Thirteen digits, mostly of a plausible form.
    fn thirteen()(province in provinces(), rest in "[0-9]{8}", suffix in "001|000|[0-9]{3}") -> String {
        format!("{province:02}{rest}{suffix}")
    }
}

proptest! {
    #[test]
    fn formatting_and_parsing_round_trip(text in thirteen()) {
        if let Ok(ruc) = text.parse::<Ruc>() {
            prop_assert_eq!(ruc.to_string(), text.as_str());
            prop_assert_eq!(group(&text).parse::<Ruc>(), Ok(ruc));
            let json = serde_json::to_string(&ruc).unwrap();
            prop_assert_eq!(serde_json::from_str::<Ruc>(&json).unwrap(), ruc);
            prop_assert!(ruc.kinds().iter().next().is_some(), "never without a kind");
        }
        if let Ok(employer) = text.parse::<EmployerIdentifier>() {
            prop_assert_eq!(employer.to_string().parse::<EmployerIdentifier>(), Ok(employer));
        }
    }

    #[test]
    fn every_changed_digit_of_a_natural_number_is_caught(text in natural_ruc(), place in 0..10usize, by in 1..10u8) {
        prop_assert_eq!(text.parse::<Ruc>().map(Ruc::check), Ok(Check::Ok));
        let mut bytes = text.into_bytes();
        bytes[place] = b'0' + (bytes[place] - b'0' + by) % 10;
        let changed = String::from_utf8(bytes).unwrap();
        if let Ok(ruc) = changed.parse::<Ruc>() {
            prop_assert!(!(ruc.kinds().contains(Kind::Natural) && ruc.check() == Check::Ok), "{}", changed);
            prop_assert_eq!(ruc.cedula(), None);
        }
        prop_assert!(changed[..10].parse::<Cedula>().is_err());
    }

    #[test]
    fn no_input_panics(text in ".{0,80}") {
        let _ = text.parse::<Ruc>();
        let _ = text.parse::<Cedula>();
        let _ = text.parse::<EmployerIdentifier>();
        let _ = text.parse::<RepresentativeId>();
        let _ = text.parse::<ForeignerCode>();
        let _ = text.parse::<Branch>();
        let _ = text.parse::<Email>().map(|email| email.masked());
        let _ = text.parse::<MaskedEmail>();
        let _ = text.parse::<Phone>().map(|phone| phone.masked());
        let _ = text.parse::<CaseId>();
        let _ = (EmployerIdentifier::progress(&text), RepresentativeId::progress(&text), group(&text));
        let _ = RucReport::of(&text).to_string();
    }

    #[test]
    fn no_digit_soup_panics(text in "[0-9 .-]{0,20}") {
        let _ = (text.parse::<EmployerIdentifier>(), EmployerIdentifier::progress(&text), text.parse::<Phone>());
        let _ = RucReport::of(&text).to_string();
    }

    #[test]
    fn typing_ends_where_parsing_does(text in thirteen()) {
        let expected = text.parse::<EmployerIdentifier>().map_or_else(Progress::Wrong, Progress::Complete);
        prop_assert_eq!(EmployerIdentifier::progress(&text), expected);
        // A number that is accepted is never called wrong on the way.
        if text.parse::<EmployerIdentifier>().is_ok() {
            for end in 1..text.len() {
                let half = EmployerIdentifier::progress(&text[..end]);
                prop_assert!(matches!(half, Progress::Partial | Progress::Complete(_)), "{:?} at {}", half, end);
            }
        }
    }

    #[test]
    fn debug_shows_no_cedula(text in natural_ruc()) {
        let shown = format!(
            "{:?} {:?} {:?}",
            text.parse::<Ruc>(), text.parse::<EmployerIdentifier>(), text[..10].parse::<RepresentativeId>()
        );
        prop_assert!(!shown.contains(&text[2..9]), "{}", shown);
    }

    #[test]
    fn masked_addresses_are_read_back(local in "[a-z.]{1,12}", domain in "[a-z]{1,9}", top in "com|ec|gob\\.ec") {
        if let Ok(email) = format!("{local}@{domain}.{top}").parse::<Email>() {
            let masked = email.masked();
            prop_assert_eq!(masked.to_string().parse::<MaskedEmail>(), Ok(masked.clone()));
            let shown = format!("{email:?}");
            let hidden = email.local_part().len() < 3 || !shown.contains(email.local_part());
            prop_assert!(hidden, "{}", shown);
        }
    }
}

#[rstest]
#[case("", InvalidIdentifier::Missing)]
#[case(" . - ", InvalidIdentifier::Missing)]
#[case("179001167400", InvalidIdentifier::Length)]
#[case("17900116740011", InvalidIdentifier::Length)]
#[case("179001167400A", InvalidIdentifier::NotDigits)]
#[case("１７９００１１６７４００１", InvalidIdentifier::ForeignDigits)]
#[case("179001167400²", InvalidIdentifier::ForeignDigits)]
#[case("١٧٩٠٠١١٦٧٤٠٠١", InvalidIdentifier::ForeignDigits)]
#[case("0090011674001", InvalidIdentifier::Province)]
#[case("2590011674001", InvalidIdentifier::Province)]
#[case("1770011674001", InvalidIdentifier::ThirdDigit)]
#[case("1780011674001", InvalidIdentifier::ThirdDigit)]
#[case("1790011674000", InvalidIdentifier::Suffix)]
#[case("1760013210000", InvalidIdentifier::Suffix)]
#[case("9999999999999", InvalidIdentifier::FinalConsumer)]
fn a_ruc_is_refused_for_its_reason(#[case] text: &str, #[case] reason: InvalidIdentifier) {
    assert_eq!(text.parse::<Ruc>(), Err(reason));
    assert_eq!(text.parse::<EmployerIdentifier>(), Err(reason));
}

#[rstest]
#[case("1790011674001")]
#[case("1790 0116 74 001")]
#[case("1790011674-001")]
#[case(" 1.790.011.674.001\t")]
#[case("\u{202d}1790011674001\u{202c}")]
#[case("1790011674\u{a0}001")]
fn separators_mean_nothing(#[case] text: &str) {
    assert_eq!(text.parse::<Ruc>().unwrap().to_string(), "1790011674001");
}

#[rstest]
// Ten digits, and with 000 behind.
#[case("1729999993", Ok("1729999993"))]
#[case("1729999993000", Ok("1729999993"))]
#[case("0960000008000", Ok("0960000008"))]
// With 001 behind it is the same person's RUC.
#[case("1729999993001", Ok("1729999993001"))]
// A cédula that does not hold is no household.
#[case("1729999994", Err(InvalidIdentifier::CheckDigit))]
#[case("1729999994000", Err(InvalidIdentifier::CheckDigit))]
// The first ten would be a cédula, but it is a public body's number with establishment 0000.
#[case("1760001550000", Err(InvalidIdentifier::Suffix))]
fn a_household_employer_is_a_cedula(#[case] text: &str, #[case] read: Result<&str, InvalidIdentifier>) {
    let employer = text.parse::<EmployerIdentifier>();
    assert_eq!(
        employer.map(|employer| employer.to_string()),
        read.map(str::to_owned)
    );
}

#[test]
fn a_natural_number_that_fails_is_a_hint_and_not_a_refusal() {
    let ruc: Ruc = "1729999994001".parse().unwrap();
    assert_eq!(
        (ruc.kinds().only(), ruc.check(), ruc.cedula()),
        (Some(Kind::Natural), Check::Failed, None)
    );
    assert_eq!(
        RucReport::of("1729999994001").to_string(),
        "valid\tnatural\tfailed\tcheck_digit"
    );
}

#[rstest]
// A household employer, and the same person with a RUC.
#[case("1729999993", Some("1729999993"))]
#[case("1729999993000", Some("1729999993"))]
#[case("1729999993001", Some("1729999993"))]
// On the way from one to the other nothing flickers.
#[case("17299999930", Some("1729999993"))]
#[case("172999999300", Some("1729999993"))]
#[case("172999999", None)]
#[case("17299999930011", None)]
// A foreigner's, whose third digit is 6.
#[case("0960000008", Some("0960000008"))]
// The check digit fails: the cédula is not known.
#[case("1729999994001", None)]
// A company, and a number that may be a public body's.
#[case("1790011674001", None)]
#[case("1760001550001", None)]
#[case("1760013229001", None)]
fn people_act_for_themselves(#[case] typed: &str, #[case] person: Option<&str>) {
    let known = typed_own_representative(typed).map(|cedula| cedula.to_string());
    assert_eq!(known.as_deref(), person);
}

#[test]
fn third_digit_six_without_a_check_digit_may_be_either() {
    let ruc: Ruc = "1760013229001".parse().unwrap();
    assert_eq!(
        (ruc.kinds().to_string().as_str(), ruc.check()),
        ("public,natural", Check::Absent)
    );
    assert_eq!(ruc.kinds().only(), None);
}

#[test]
fn a_public_establishment_has_four_digits() {
    // 1000 is an establishment of a public body; for a foreigner it would be 000.
    let ruc: Ruc = "1760013211000".parse().unwrap();
    assert_eq!(ruc.kinds().only(), Some(Kind::Public));
}

#[test]
fn masks_are_as_published() {
    let employer: EmployerIdentifier = "1729999993001".parse().unwrap();
    assert_eq!(employer.masked(), "17•••••••3001");
    assert_eq!("1760013210001".parse::<Ruc>().unwrap().masked(), "17•••••••0001");
    assert_eq!(
        "maria@empresa.com".parse::<Email>().unwrap().masked().to_string(),
        "ma•••@em•••.com"
    );
    assert_eq!(
        "a@b.ec".parse::<Email>().unwrap().masked().to_string(),
        "•••@•••.ec"
    );
    assert_eq!(
        "099 123 4567".parse::<Phone>().unwrap().masked().masked(),
        "•••567"
    );
}

#[test]
fn a_masked_phone_reads_back_and_nothing_that_shows_more_does() {
    let masked = "+593991234567".parse::<Phone>().unwrap().masked();
    assert_eq!(masked.to_string().parse::<MaskedPhone>(), Ok(masked));
    for text in [
        "",
        "567",
        "•••4567",
        "•••67",
        "•••56a",
        "+593991234567",
        "••••567",
    ] {
        assert_eq!(
            text.parse::<MaskedPhone>(),
            Err(InvalidIdentifier::Malformed),
            "{text}"
        );
    }
}

#[rstest]
#[case("1", "1")]
#[case("179", "17 9")]
#[case("1790011674001", "17 9001 1674 001")]
#[case("17-90011674-001", "17 9001 1674 001")]
#[case("17x", "17x")]
fn digits_are_grouped_while_typing(#[case] typed: &str, #[case] shown: &str) {
    assert_eq!(group(typed), shown);
}

#[test]
fn typing_says_what_is_wrong_as_soon_as_it_is() {
    let wrong = |text| EmployerIdentifier::progress(text);
    assert_eq!(wrong(""), Progress::Empty);
    assert_eq!(wrong("8"), Progress::Partial);
    assert_eq!(wrong("88"), Progress::Wrong(InvalidIdentifier::Province));
    assert_eq!(wrong("177"), Progress::Wrong(InvalidIdentifier::ThirdDigit));
    assert_eq!(
        wrong("17900116740011"),
        Progress::Wrong(InvalidIdentifier::Length)
    );
    assert!(matches!(
        wrong("1729999993"),
        Progress::Complete(EmployerIdentifier::Household(_))
    ));
    assert_eq!(wrong("1729999994"), Progress::Partial);
    assert_eq!(
        wrong("1729999994000"),
        Progress::Wrong(InvalidIdentifier::CheckDigit)
    );
    assert_eq!(RepresentativeId::progress("ex"), Progress::Partial);
    assert!(matches!(
        RepresentativeId::progress("ex1234"),
        Progress::Complete(RepresentativeId::ForeignerCode(_))
    ));
    assert_eq!(
        Cedula::progress("17299999930"),
        Progress::Wrong(InvalidIdentifier::Length)
    );
}

#[rstest]
#[case("maria@Empresa.COM", Ok("maria@empresa.com"))]
#[case(
    " maria.lopez+iess@sub.empresa.com.ec ",
    Ok("maria.lopez+iess@sub.empresa.com.ec")
)]
#[case("", Err(InvalidIdentifier::Missing))]
#[case("maria", Err(InvalidIdentifier::Malformed))]
#[case("maria@localhost", Err(InvalidIdentifier::Malformed))]
#[case("@empresa.com", Err(InvalidIdentifier::Malformed))]
#[case("ma..ria@empresa.com", Err(InvalidIdentifier::Malformed))]
#[case("maria@-empresa.com", Err(InvalidIdentifier::Malformed))]
#[case("maria@10.0.0.1", Err(InvalidIdentifier::Malformed))]
#[case("maría@empresa.com", Err(InvalidIdentifier::Characters))]
#[case("maria@empresa.com\r\nBcc: a@b.ec", Err(InvalidIdentifier::Characters))]
#[case("a,b@empresa.com", Err(InvalidIdentifier::Characters))]
fn mail_addresses(#[case] text: &str, #[case] read: Result<&str, InvalidIdentifier>) {
    assert_eq!(
        text.parse::<Email>().map(|email| email.to_string()),
        read.map(str::to_owned)
    );
}

#[rstest]
#[case("0991234567", Ok("+593991234567"))]
#[case("(02) 234-5678", Ok("+59322345678"))]
#[case("+593 99 123 4567", Ok("+593991234567"))]
#[case("+34 600 123 456", Ok("+34600123456"))]
#[case("", Err(InvalidIdentifier::Missing))]
#[case("991234567", Err(InvalidIdentifier::Malformed))]
#[case("099123456", Err(InvalidIdentifier::Length))]
#[case("08001234567", Err(InvalidIdentifier::Malformed))]
#[case("09912345x7", Err(InvalidIdentifier::NotDigits))]
#[case("０９９１２３４５６７", Err(InvalidIdentifier::ForeignDigits))]
fn telephone_numbers(#[case] text: &str, #[case] read: Result<&str, InvalidIdentifier>) {
    assert_eq!(
        text.parse::<Phone>().map(|phone| phone.to_string()),
        read.map(str::to_owned)
    );
}

#[test]
fn serde_names_the_reason() {
    let error = serde_json::from_str::<Branch>("\"12\"").unwrap_err().to_string();
    assert!(error.starts_with("length"), "{error}");
    let error = serde_json::from_str::<EmployerIdentifier>("\"8890011674001\"")
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("province"), "{error}");
}

#[test]
fn ids_sort_by_time() {
    let at = |millis| AccountId::new(crate::time::Timestamp::from_millis(millis), [0xff; 10]);
    let late = AccountId::new(crate::time::Timestamp::from_millis(2), [0; 10]);
    assert!(at(0) < at(1) && at(1) < late);
    assert_eq!(late.as_uuid().get_version_num(), 7);
    assert_eq!(late.to_string().parse(), Ok(late));
}
