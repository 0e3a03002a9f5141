use super::*;
use crate::policy::{Policy, Profile};
use proptest::prelude::*;
use rstest::rstest;

fn rules() -> Rules {
    Policy::of(Profile::Y2026).password
}

fn someone() -> Personal {
    Personal::new([
        "1729999993001",
        "1729999993",
        "María Fernanda Núñez Ló",
        "Ferretería El Clavo S.A.",
        "mfnunez@gmail.com",
    ])
}

fn broken(password: &str) -> Vec<Violation> {
    rules().violations(password, &someone())
}

#[test]
fn a_good_password_breaks_nothing() {
    assert_eq!(broken("Tz9#kUx2!q"), []);
}

#[test]
fn all_violations_are_told_at_once_and_in_order() {
    use Violation as V;
    assert_eq!(
        broken(""),
        [
            V::TooShort,
            V::NoUpperCase,
            V::NoLowerCase,
            V::NoDigit,
            V::NoSpecial
        ]
    );
    assert_eq!(
        broken("nunez1234567890"),
        [V::TooLong, V::NoUpperCase, V::NoSpecial, V::Personal, V::Run]
    );
    assert!(V::ALL.is_sorted());
}

#[rstest]
#[case("Aa1#xyw", &[Violation::TooShort])]
#[case("Aa1#xywv", &[])]
#[case("Aa1#xywvKpQs", &[])]
#[case("Aa1#xywvKpQsT", &[Violation::TooLong])]
// Eight graphemes in many more bytes: a flag, a family, a decomposed é.
#[case("Aa1🇪🇨👨‍👩‍👧e\u{301}xk", &[])]
#[case("Aa1🇪🇨👨‍👩‍👧e\u{301}x", &[Violation::TooShort])]
fn length_counts_what_a_person_sees(#[case] password: &str, #[case] violations: &[Violation]) {
    assert_eq!(broken(password), violations);
}

#[test]
fn twelve_characters_cannot_be_a_megabyte() {
    let zalgo = format!("Aa1#xywv{}", "\u{301}".repeat(1000));
    assert_eq!(broken(&zalgo), [Violation::TooLong]);
}

#[test]
fn an_accent_is_no_special_character() {
    assert_eq!(broken("Aa1e\u{301}xkpq"), [Violation::NoSpecial]);
    assert_eq!(broken("Ñé1xkpqm"), [Violation::NoSpecial]);
    assert_eq!(broken("Aa1 xkpqm"), [], "a space is one");
}

#[rstest]
// Names: case, accents, leet; across the words of a name; shorter pieces pass.
#[case("Xk#NÚÑE9", true)]
#[case("Xk#nun3#9", true)]
#[case("Xk#nun9#K", false)]
#[case("Xk#m4R1#9", true)]
#[case("Xk#mar#9Tz", false)]
#[case("Xk#F3rn4#9", true)]
#[case("Xk#F€rn#9T", false)]
#[case("Xk#Ｎúñez9", true)]
// The company, the mail address and its domain.
#[case("Xk#f3rr3t9", true)]
#[case("Xk#elCl#9T", true)]
#[case("Xk#gM4iK9", true)]
// Numbers: as digits and as the letters that stand for them.
#[case("Xk#k9993T", true)]
#[case("Xk#k999T#", false)]
#[case("Xk#I72gT1z9", false)]
#[case("Xk#17299T", true)]
fn pieces_of_the_person_are_found(#[case] password: &str, #[case] found: bool) {
    assert_eq!(
        broken(password).contains(&Violation::Personal),
        found,
        "{password}"
    );
}

#[test]
fn the_piece_is_as_long_as_the_policy_says() {
    let personal = Personal::new(["lopez"]);
    for (least, found) in [(4, true), (5, true), (6, false), (0, false)] {
        let rules = Rules {
            personal_piece: least,
            ..rules()
        };
        assert_eq!(
            rules
                .violations("K#9LopezT", &personal)
                .contains(&Violation::Personal),
            found,
            "{least}"
        );
    }
}

#[rstest]
#[case("K#a1234T", true)]
#[case("K#a123T4", false)]
#[case("K#a4321T", true)]
#[case("K#9abcdT", true)]
#[case("K#9dcbaT", true)]
#[case("K#9AbCdT", true)]
#[case("K#9qwerT", true)]
#[case("K#9rewqT", true)]
#[case("K#9hjklT", true)]
#[case("K#9mnbvT", true)]
#[case("K#9qweTr", false)]
#[case("K#a1111T", true)]
#[case("K#a111T1", false)]
#[case("K#aaAaT9", true)]
#[case("K9aX!!!!", true)]
#[case("K#a7890T", true)]
#[case("K#a0987T", true)]
#[case("K#9xyzaT", false)]
// Turning round is no run: 1232, and a row does not go on in another.
#[case("K#a1232T", false)]
#[case("K#9opasT", false)]
fn runs_are_found_forwards_and_backwards(#[case] password: &str, #[case] found: bool) {
    assert_eq!(broken(password).contains(&Violation::Run), found, "{password}");
}

#[test]
fn the_run_is_as_long_as_the_policy_says() {
    for (least, found) in [(3, true), (4, true), (5, false), (0, false)] {
        let rules = Rules {
            run: least,
            ..rules()
        };
        assert_eq!(
            rules.violations("K#a1234T", &someone()).contains(&Violation::Run),
            found,
            "{least}"
        );
    }
}

#[test]
fn the_other_profile_is_the_same_code_with_other_numbers() {
    let rules = Policy::of(Profile::Standards).password;
    assert_eq!(rules.violations("correctohorsebate", &someone()), []);
    assert_eq!(
        rules.violations("correctohorseb", &someone()),
        [Violation::TooShort]
    );
    assert_eq!(
        rules.violations("correcto nunez x", &someone()),
        [Violation::Personal]
    );
    assert_eq!(
        rules.violations(&"tzkqx ".repeat(11), &someone()),
        [Violation::TooLong]
    );
    let lines: Vec<Requirement> = rules
        .checklist("", &someone(), None)
        .lines()
        .iter()
        .map(|(line, _)| *line)
        .collect();
    assert_eq!(
        lines,
        [
            Requirement::Length,
            Requirement::NotPersonal,
            Requirement::NoRun,
            Requirement::Strong
        ]
    );
}

#[test]
fn the_checklist_ticks_while_typing() {
    let marks = |password: &str, score: Option<u8>| {
        let score = score.map(|score| Score::new(score).unwrap());
        rules().checklist(password, &someone(), score)
    };
    assert!(
        marks("", None)
            .lines()
            .iter()
            .all(|(_, mark)| *mark == Mark::Open)
    );
    let typed = marks("Tz9#kUx2!q", None);
    assert!(
        typed
            .lines()
            .iter()
            .all(|(line, mark)| (*line == Requirement::Strong) == (*mark == Mark::Open))
    );
    assert!(!typed.is_met());
    assert!(!marks("Tz9#kUx2!q", Some(2)).is_met());
    assert!(marks("Tz9#kUx2!q", Some(3)).is_met());
    let broken = marks("nunez", None);
    let broken: Vec<_> = broken
        .lines()
        .iter()
        .filter(|(_, mark)| *mark == Mark::Broken)
        .map(|(line, _)| *line)
        .collect();
    assert_eq!(
        broken,
        [
            Requirement::Length,
            Requirement::UpperCase,
            Requirement::Digit,
            Requirement::Special,
            Requirement::NotPersonal
        ]
    );
}

#[test]
fn every_violation_is_a_line_or_only_the_server_knows_it() {
    for violation in Violation::ALL {
        let lines = [
            Requirement::Length,
            Requirement::UpperCase,
            Requirement::LowerCase,
            Requirement::Digit,
            Requirement::Special,
            Requirement::NotPersonal,
            Requirement::NoRun,
            Requirement::Strong,
        ];
        let count = lines.iter().filter(|line| violation.breaks(**line)).count();
        let server_only = matches!(violation, Violation::Reused | Violation::Leaked);
        assert_eq!(count, usize::from(!server_only), "{violation:?}");
        assert_eq!(
            serde_json::to_string(violation).unwrap(),
            format!("\"{}\"", violation.as_str())
        );
    }
}

#[cfg(feature = "strength")]
mod with_strength {
    use super::*;
    use crate::i18n::{Language, Text};

    #[test]
    fn weak_and_leaked_are_told_with_the_rest() {
        let leaked = |password: &str| password == "Password1!";
        let violations = rules().judge("Password1!", &someone(), &leaked);
        assert_eq!(violations, [Violation::Weak, Violation::Leaked]);
        assert_eq!(rules().judge("Tz9#kUx2!q", &someone(), &leaked), []);
    }

    #[test]
    fn what_is_known_of_the_person_makes_a_password_weaker() {
        let password = "kowalczykowski";
        let nobody = Personal::default();
        let owner = Personal::new(["Kowalczykowski"]);
        assert!(estimate(password, &owner).score < estimate(password, &nobody).score);
    }

    #[test]
    fn weak_passwords_come_with_advice_in_every_language() {
        for password in [
            "password",
            "qwertyuiop",
            "aaaaaa",
            "abcabcabc",
            "1987",
            "maria",
            "drowssap",
            "",
        ] {
            let strength = estimate(password, &Personal::default());
            assert!(
                strength.score.get() < 3 && !strength.advice.is_empty(),
                "{password}"
            );
            let unique: std::collections::HashSet<_> = strength.advice.iter().collect();
            assert_eq!(unique.len(), strength.advice.len(), "{password}");
        }
        for advice in Advice::ALL {
            let worded: std::collections::HashSet<_> = Language::ALL
                .iter()
                .map(|language| advice.worded(Text::new(*language)))
                .collect();
            assert_eq!(worded.len(), Language::ALL.len(), "{advice:?}");
        }
        assert_eq!(estimate("Tz9#kUx2!q", &Personal::default()).advice, []);
    }

    proptest! {
        #[test]
        fn no_password_panics(password in ".{0,100}", name in ".{0,40}") {
            let personal = Personal::new([name.as_str()]);
            let all = rules().judge(&password, &personal, &|_: &str| true);
            prop_assert!(all.is_sorted());
        }
    }
}

proptest! {
    #[test]
    fn the_checklist_and_the_refusal_agree(password in ".{0,20}") {
        let violations = rules().violations(&password, &someone());
        let list = rules().checklist(&password, &someone(), Some(Score::new(4).unwrap()));
        if !password.is_empty() {
            prop_assert_eq!(list.is_met(), violations.is_empty());
        }
    }

    #[test]
    fn any_piece_of_a_name_is_found(name in "[a-zA-ZñÑáÉ]{4,20}", at in 0..16usize) {
        let letters: Vec<char> = name.chars().collect();
        let at = at.min(letters.len() - 4);
        let piece: String = letters[at..at + 4].iter().collect();
        let password = format!("#9{}Zk", piece.to_uppercase());
        let rules = rules();
        prop_assert!(rules.violations(&password, &Personal::new([name])).contains(&Violation::Personal));
    }

    #[test]
    fn personal_data_is_not_in_debug(name in "[a-z]{6,20}") {
        let shown = format!("{:?}", Personal::new([name.as_str()]));
        prop_assert!(!shown.contains(name.as_str()));
    }
}

#[test]
fn scores_are_0_to_4() {
    assert_eq!(Score::new(5), Err(strength::InvalidScore));
    assert!(serde_json::from_str::<Score>("5").is_err());
    assert_eq!(serde_json::from_str::<Score>("4").unwrap().get(), 4);
}
