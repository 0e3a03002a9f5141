use super::*;
use crate::Role;
use crate::asn1::{OCTET_STRING, constructed, element};
use crate::authorities::holder::Layout;
use crate::mint::{Draft, oid, sequence, utf8};
use rstest::rstest;

fn table() -> Authorities {
    Authorities::built_in().unwrap()
}

fn arcs(rest: &str) -> String {
    format!("1.3.6.1.4.1.{rest}")
}

fn holder(draft: Draft) -> Holder {
    Holder::of(&draft.self_signed().certificate, &table())
}

/// Layout A below `base`.
fn in_extensions(base: &str, fields: &[(u8, &str)]) -> Draft {
    fields
        .iter()
        .fold(Draft::person("a", 1), |draft, (number, text)| {
            draft.with(&arcs(&format!("{base}.{number}")), &utf8(text))
        })
}

/// Layout B below `base`.
fn in_names(base: &str, fields: &[(u8, &str)]) -> Draft {
    let names: Vec<_> = fields
        .iter()
        .map(|(number, text)| {
            let value = element(constructed(0), &utf8(text));
            element(
                constructed(0),
                &[oid(&arcs(&format!("{base}.{number}"))), value].concat(),
            )
        })
        .collect();
    Draft::person("a", 1).with("2.5.29.17", &sequence(&names))
}

const FIELDS: &[(u8, &str)] = &[
    (1, "1710034065"),
    (2, "Ana María"),
    (3, "Paz"),
    (4, "Ríos"),
    (5, "Gerente"),
    (10, "Flores S.A."),
    (11, "1790012345001"),
];

const SUBJECT: &[(&str, &str)] = &[
    ("2.5.4.5", "IDCEC-1710034065"),
    ("2.5.4.42", "Ana María"),
    ("2.5.4.4", "Paz Ríos"),
    ("2.5.4.12", "Gerente"),
    ("2.5.4.10", "Flores S.A."),
    ("2.5.4.97", "VATEC-1790012345001"),
];

fn assert_is_ana(holder: &Holder) {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let fields = [
        &holder.identification,
        &holder.given_names,
        &holder.surnames,
        &holder.position,
        &holder.organisation,
        &holder.ruc,
    ];
    assert_eq!(
        fields.map(text),
        [
            "1710034065",
            "Ana María",
            "Paz Ríos",
            "Gerente",
            "Flores S.A.",
            "1790012345001"
        ]
    );
}

#[test]
fn the_table_that_comes_along_is_sound() {
    let table = table();
    assert_eq!(table.names().count(), 18);
    assert!(table.names().any(|name| name == "Registro Civil"));
}

#[test]
fn the_three_layouts_say_the_same() {
    let a = holder(in_extensions("37746.3", FIELDS).policies(&[&arcs("37746.2.9")]));
    assert_is_ana(&a);
    assert_eq!(
        (a.layout, a.role),
        (Layout::Extensions, Role::LegalRepresentative)
    );
    assert_eq!(a.authority.as_deref(), Some("Security Data"));

    let b = holder(in_names("47286.102.3", FIELDS).policies(&[&arcs("47286.102.2.2.2")]));
    assert_is_ana(&b);
    assert_eq!((b.layout, b.role), (Layout::Names, Role::Member));
    assert_eq!(b.authority.as_deref(), Some("Uanataca"));

    let c = holder(
        Draft::person("a", 1)
            .subject(SUBJECT)
            .policies(&[&arcs("62431.2.1.1")]),
    );
    assert_is_ana(&c);
    assert_eq!((c.layout, c.role), (Layout::Subject, Role::NaturalPerson));
    assert_eq!(c.authority.as_deref(), Some("AppFirmas"));
}

#[rstest]
#[case::central_bank("37947.3", "37947.2.1.1", Role::NaturalPerson)]
#[case::central_bank_without_representatives("37947.3", "37947.2.2.1", Role::LegalRepresentative)]
#[case::central_bank_servant("37947.3", "37947.2.3.1", Role::PublicServant)]
#[case::security_data_company("37746.3", "37746.2.8", Role::LegalPerson)]
#[case::anfac_old("18332.3", "18332.3.4.1.2.22", Role::NaturalPerson)]
#[case::anfac("37442.3", "37442.4.1.3.22", Role::PublicServant)]
#[case::alpha("56105.3", "56105.2.3", Role::Member)]
#[case::argosdata("59198.3", "59198.2.2.1", Role::LegalRepresentative)]
#[case::firma_segura("61305.3", "61305.2.2.1", Role::NaturalPerson)]
#[case::longer_is_another("37746.3", "37746.2.9.1", Role::Unknown)]
#[case::shorter_is_another("37746.3", "37746.2", Role::Unknown)]
#[case::of_another_authority("37746.3", "37947.2.1.1", Role::Unknown)]
fn policies_tell_roles(#[case] base: &str, #[case] policy: &str, #[case] role: Role) {
    assert_eq!(
        holder(in_extensions(base, FIELDS).policies(&[&arcs(policy)])).role,
        role
    );
}

#[rstest]
#[case::judicature("43745.1.3", "43745.1.2.1.1.7", Role::NaturalPerson)]
#[case::judicature_deeper("43745.1.3", "43745.1.2.1.4.1.2", Role::Member)]
#[case::judicature_servant("43745.1.3", "43745.1.2.1.3.1", Role::PublicServant)]
#[case::judicature_needs_one_more("43745.1.3", "43745.1.2.1.1", Role::Unknown)]
#[case::eclipsoft("57153.102.3", "57153.1.1.3.2", Role::LegalRepresentative)]
#[case::uanataca_company("47286.102.3", "47286.102.2.4.1", Role::LegalPerson)]
fn policies_of_names_tell_roles(#[case] base: &str, #[case] policy: &str, #[case] role: Role) {
    assert_eq!(
        holder(in_names(base, FIELDS).policies(&[&arcs(policy)])).role,
        role
    );
}

#[rstest]
#[case("65311.2.3.9", Some("Uanataca"), Role::LegalRepresentative)]
#[case("65311.2.3", None, Role::Unknown)]
#[case("65311.2.3.9.1", None, Role::Unknown)]
#[case("64849.2.2.2", Some("CorpNewBest"), Role::Member)]
#[case("61305.2.2.1", Some("FirmaSegura"), Role::Member)]
#[case("62566.2.4.2", Some("Letmi"), Role::Member)]
#[case("1.2.3", None, Role::Unknown)]
fn policies_of_subjects_tell_roles(
    #[case] policy: &str,
    #[case] authority: Option<&str>,
    #[case] role: Role,
) {
    let holder = holder(Draft::person("a", 1).subject(SUBJECT).policies(&[&arcs(policy)]));
    assert_eq!((holder.authority.as_deref(), holder.role), (authority, role));
}

#[test]
fn two_roles_are_none() {
    let both = [arcs("37746.2.7"), arcs("37746.2.9")];
    let draft = in_extensions("37746.3", FIELDS).policies(&[&both[0], &both[1]]);
    assert_eq!(holder(draft).role, Role::Unknown);
}

#[test]
fn the_layout_is_decided_first() {
    // What the subject says does not count beside private extensions, and their authority is not asked about its layout C.
    let draft = in_extensions("61305.3", &[(1, "1710034065")]).subject(SUBJECT);
    let holder = holder(draft.policies(&[&arcs("61305.2.2.2")]));
    assert_eq!(holder.layout, Layout::Extensions);
    assert_eq!(holder.identification.as_deref(), Some("1710034065"));
    assert_eq!(
        (holder.given_names, holder.role),
        (None, Role::LegalRepresentative)
    );
}

#[rstest]
#[case::the_same("IDCEC-1710034065", "VATEC-1790012345001", "1710034065", "1790012345001")]
#[case::a_bare_serial_number("0102030405", "VATEC-1790012345001", "1710034065", "1790012345001")]
#[case::no_organisation("IDCEC-1710034065", "NO APLICA", "1710034065", "1790012345001")]
#[case::another_person(
    "IDCEC-0102030405",
    "VATEC-1790012345001",
    "1710034065 / 0102030405",
    "1790012345001"
)]
#[case::another_organisation(
    "IDCEC-1710034065",
    "VATEC-1790054321001",
    "1710034065",
    "1790012345001 / 1790054321001"
)]
fn the_subject_may_not_contradict_private_fields(
    #[case] serial: &str,
    #[case] organisation: &str,
    #[case] identification: &str,
    #[case] ruc: &str,
) {
    for draft in [in_extensions("37746.3", FIELDS), in_names("47286.102.3", FIELDS)] {
        let holder = holder(draft.subject(&[("2.5.4.5", serial), ("2.5.4.97", organisation)]));
        assert_ne!(holder.layout, Layout::Subject);
        assert_eq!(holder.identification.as_deref(), Some(identification));
        assert_eq!(holder.ruc.as_deref(), Some(ruc));
    }
}

#[test]
fn a_subject_that_cannot_be_read_may_name_any_organisation() {
    let many = [("2.5.4.3", "Ana María"); 65];
    for draft in [
        in_extensions("37746.3", FIELDS),
        in_names("47286.102.3", FIELDS),
        Draft::person("a", 1),
    ] {
        assert!(holder(draft.subject(&many)).ruc.unwrap().contains('\u{fffd}'));
    }
}

#[test]
fn an_organisation_in_the_subject_alone_counts() {
    let fields = &[(1, "1710034065")];
    for draft in [in_extensions("37746.3", fields), in_names("47286.102.3", fields)] {
        let holder = holder(draft.subject(&[("2.5.4.97", "VATEC-1790054321001")]));
        assert_eq!(holder.ruc.as_deref(), Some("1790054321001"));
    }
}

#[test]
fn the_civil_registry_has_numbers_of_its_own() {
    let draft = Draft::person("a", 1)
        .with(&arcs("55519.1.1.1.5.2.1"), &utf8("1710034065"))
        .with(&arcs("55519.1.1.1.5.2.4"), &utf8("1710034065001"))
        .policies(&[&arcs("55519.1.1.1.5.3.2")]);
    let holder = holder(draft);
    assert_eq!(holder.identification.as_deref(), Some("1710034065"));
    assert_eq!(holder.ruc.as_deref(), Some("1710034065001"));
    assert_eq!(
        (holder.authority.as_deref(), holder.role),
        (Some("Registro Civil"), Role::NaturalPerson)
    );
}

#[rstest]
#[case("IDCEC-1710034065", Some("1710034065"))]
#[case("idcec-1710034065", Some("1710034065"))]
#[case("PNOEC-1710034065", Some("1710034065"))]
#[case("PASEC-A1234567", Some("A1234567"))]
#[case("TINEC-1710034065", Some("1710034065"))]
#[case("TINEC-1710034065001", Some("1710034065"))]
#[case("TINEC-1790012345001", Some("1790012345001"))]
#[case("1710034065", None)]
#[case("250423121212", None)]
#[case("IDCES-1710034065", None)]
fn a_bare_serial_number_is_nobodys(#[case] text: &str, #[case] number: Option<&str>) {
    let holder = holder(Draft::person("a", 1).subject(&[("2.5.4.5", text)]));
    assert_eq!(holder.identification.as_deref(), number);
}

#[test]
fn texts_are_found_under_more_tags_than_one() {
    let number = arcs("37746.3.1");
    let text = |value: Vec<u8>| holder(Draft::person("a", 1).with(&number, &value)).identification;
    let wrapped =
        |times: usize| (0..times).fold(utf8("1710034065"), |inner, _| element(OCTET_STRING, &inner));
    for times in 0..=3 {
        assert_eq!(text(wrapped(times)).as_deref(), Some("1710034065"));
    }
    assert_eq!(text(wrapped(4)), None);
    assert_eq!(text(b"1710034065".to_vec()), None, "no string of ASN.1");
    let twice = element(constructed(0), &element(constructed(0), &utf8("1710034065")));
    let name = element(constructed(0), &[oid(&arcs("47286.102.3.1")), twice].concat());
    let in_name = holder(Draft::person("a", 1).with("2.5.29.17", &sequence(&[name])));
    assert_eq!(in_name.identification.as_deref(), Some("1710034065"));
}

#[test]
fn a_number_that_contradicts_itself_is_none() {
    let two = [("2.5.4.5", "IDCEC-1710034065"), ("2.5.4.5", "IDCEC-0102030405")];
    assert_eq!(holder(Draft::person("a", 1).subject(&two)).identification, None);
    let beside = [("2.5.4.5", "20250101"), ("2.5.4.5", "IDCEC-1710034065")];
    assert_eq!(
        holder(Draft::person("a", 1).subject(&beside))
            .identification
            .as_deref(),
        Some("1710034065")
    );
    let twice = in_names("47286.102.3", &[(1, "1710034065"), (1, "0102030405")]);
    assert_eq!(holder(twice).identification, None);
}

#[test]
fn an_unclear_ruc_is_not_no_ruc() {
    let ruc = |texts: &[&str]| {
        let attributes: Vec<_> = texts.iter().map(|text| ("2.5.4.97", *text)).collect();
        holder(Draft::person("a", 1).subject(&attributes)).ruc
    };
    assert_eq!(ruc(&[]), None);
    assert_eq!(ruc(&["-"]), None);
    assert_eq!(ruc(&["NO APLICA"]), None);
    assert_eq!(
        ruc(&["VATEC-1790012345001", "VATEC-1790012345001"]).as_deref(),
        Some("1790012345001")
    );
    assert!(ruc(&["VATEC-1790012345001", "VATEC-1790054321001"]).is_some_and(|text| text.contains('/')));
    let unreadable = Draft::person("a", 1)
        .with(&arcs("37746.3.1"), &utf8("1710034065"))
        .with(&arcs("37746.3.11"), &element(OCTET_STRING, b"1790012345001"));
    assert_eq!(holder(unreadable).ruc.as_deref(), Some("\u{fffd}"));
}

#[test]
fn a_table_that_contradicts_itself_is_refused() {
    let error = |text: &str| Authorities::read(text).unwrap_err().to_string();
    assert!(error("authority = 1").contains("form"));
    assert_eq!(error("authority = []"), "the table names no authority");
    assert!(error("[[authority]]\nname = \"A\"").contains("neither"));
    assert!(error("[[authority]]\nname = \"A\"\n[authority.private]\nfields = [\"name\"]").contains("needs"));
    assert!(
        error("[[authority]]\nname = \"A\"\n[authority.private]\nfields = []\nholder = \"1.3\"")
            .contains("needs")
    );
    assert!(
        error("[[authority]]\nname = \"A\"\n[authority.subject]\nmember = [\"x\"]").contains("no number")
    );
    assert!(error("[[authority]]\nname = \"A\"\nroots = []\n[authority.subject]").contains("form"));
    let twice =
        "[[authority]]\nname = \"A\"\n[authority.subject]\nmember = [\"1.2\"]\nnatural_person = [\"1.2\"]";
    assert!(error(twice).contains("already"));
}
