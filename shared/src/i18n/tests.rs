//! What the templates mean, and that every language says everything.

use super::*;
use rstest::rstest;

/// What `build.rs` makes of `{ $count -> [0] none of { $who } [one] one *[other] { $count } of { $who } } left`.
const LEFT: &str = "\u{1}A\u{1}?0:none of \u{1}b\u{1}?1:one\u{1}?:\u{1}a of \u{1}b\u{1}; left";

#[rstest]
#[case(-1, "-1 of Ana left")]
#[case(0, "none of Ana left")]
#[case(1, "one left")]
#[case(2, "2 of Ana left")]
#[case(10, "10 of Ana left")]
fn a_selection_says_one_variant_and_goes_on(#[case] count: i64, #[case] said: &str) {
    assert_eq!(fill(LEFT, &[&count, &"Ana"]), said);
}

#[test]
fn arguments_stand_where_they_are_marked_and_are_never_read_as_marks() {
    assert_eq!(fill("no arguments", &[]), "no arguments");
    assert_eq!(fill("\u{1}b, \u{1}a!\u{1}b", &[&"one", &"dós"]), "dós, one!dós");
    assert_eq!(fill("<\u{1}a>", &[&"\u{1}a\u{1}A?;"]), "<\u{1}a\u{1}A?;>");
    // No template of ours: nothing is shown that was not given, and nothing panics.
    assert_eq!(fill("a\u{1}\u{1}z\u{1}ñ\u{1}?", &[&"one"]), "a");
}

#[test]
fn two_selections_in_one_text_do_not_mix() {
    let template = "\u{1}A\u{1}?1:one\u{1}?:many\u{1};, \u{1}B\u{1}?1:uno\u{1}?:varios\u{1};.";
    assert_eq!(fill(template, &[&1, &2]), "one, varios.");
    assert_eq!(fill(template, &[&2, &1]), "many, uno.");
}

#[rstest]
#[case("qu", Language::Qu)]
#[case("QU-EC", Language::Qu)]
#[case("qu_PE", Language::Qu)]
#[case("es-EC", Language::Es)]
#[case("en", Language::En)]
fn a_tag_names_a_language(#[case] tag: &str, #[case] language: Language) {
    assert_eq!(tag.parse(), Ok(language));
}

#[rstest]
#[case("")]
#[case("q")]
#[case("que")]
#[case("-qu")]
#[case("fr")]
fn another_tag_names_none(#[case] tag: &str) {
    assert_eq!(tag.parse::<Language>(), Err(UnknownLanguage));
}

#[test]
fn a_language_is_written_as_its_tag() {
    for language in Language::ALL {
        assert_eq!(language.to_string().parse(), Ok(*language));
        assert_eq!(
            serde_json::to_string(language).unwrap(),
            format!("\"{language}\"")
        );
    }
}

#[test]
fn only_spanish_and_english_have_been_checked_by_speakers() {
    let under_review: Vec<_> = Language::ALL.iter().filter(|it| it.under_review()).collect();
    assert_eq!(under_review, [&Language::Qu]);
}

#[test]
fn each_language_names_itself() {
    let names: Vec<_> = Language::ALL
        .iter()
        .map(|language| Text::new(*language).product_language())
        .collect();
    assert_eq!(names, ["Español", "English", "Kichwa"]);
}

#[test]
fn every_table_is_full_and_every_text_says_something() {
    assert_eq!(ENGLISH.len(), KICHWA.len());
    assert_eq!(FIRST_HELP + SPANISH_HELP.len(), last_help() + 1);
    for language in Language::ALL {
        for (number, text) in table(*language).iter().enumerate() {
            assert!(!text.trim().is_empty(), "{language} {number}");
            assert!(
                !text.contains("{ $") && !text.contains("TODO"),
                "{language}: {text}"
            );
        }
    }
}

/// The number of the last text of the help: the only texts that have a place in the Spanish table.
fn last_help() -> usize {
    (0..ENGLISH.len())
        .filter(|number| numbered(Language::Es, *number).is_some())
        .max()
        .unwrap_or_default()
}

const QU: Text = Text::new(Language::Qu);

#[test]
fn kichwa_selects_by_numbers() {
    assert_eq!(QU.help_found(1), "1 yachana");
    assert_eq!(QU.help_found(7), "7 yachana");
    assert!(!QU.help_found(0).contains('0'));
    assert!(QU.recovery_questions_attempts(1).starts_with("Shuk kutillatami"));
    assert!(QU.recovery_questions_attempts(2).starts_with("2 kutitarakmi"));
    assert_eq!(QU.recovery_countdown_left(60), "1 minutomi puchun");
    assert_eq!(QU.recovery_countdown_left(59), "59 segundomi puchun");
    let months: std::collections::BTreeSet<_> =
        (1..=12).map(|month| QU.challenges_month_name(month)).collect();
    assert_eq!(months.len(), 12);
}

#[test]
fn kichwa_dates_go_from_the_year_to_the_minute() {
    assert_eq!(
        QU.notifications_time(22, "14", "05", 11, 2026),
        "2026 watapi, sasi (noviembre) killa, 22 puncha, 14:05 (Ecuador continental hora, UTC−5)"
    );
}

/// Who reads Kichwa sees the prescribed words elsewhere too, so they stand there in Spanish, and not alone.
#[test]
fn kichwa_quotes_the_prescribed_messages_and_explains_them() {
    let es = Text::new(Language::Es);
    for (spanish, kichwa) in [
        (es.recovery_no_email_title(), QU.recovery_no_email_title()),
        (es.recovery_blocked_title(), QU.recovery_blocked_title()),
        (es.recovery_inactive_title(), QU.recovery_inactive_title()),
        (es.errors_registry_civil(), QU.errors_registry_civil()),
        (es.errors_registry_sri(), QU.errors_registry_sri()),
        (
            es.errors_registry_superintendencia(),
            QU.errors_registry_superintendencia(),
        ),
        (es.errors_registry_iess(), QU.errors_registry_iess()),
        (es.passwords_refused(), QU.passwords_refused()),
        (
            es.errors_password_refused_title(),
            QU.errors_password_refused_title(),
        ),
    ] {
        let explained = kichwa.strip_prefix(&format!("«{spanish}»: "));
        assert!(explained.is_some_and(|words| words.len() > 8), "{kichwa}");
    }
}
