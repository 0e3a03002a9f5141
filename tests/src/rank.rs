//! Whether one list of measurements tends to be above another: the rank-sum test of Mann and Whitney (1947), by its
//! normal approximation with corrections for ties and for continuity. Good from about twenty measurements a side.
//!
//! Of many pairs that do not differ, some always look as if they did: with 36 pairs, one run in three finds p ≤ 0.01
//! somewhere. So [`telltales`] believes a difference only when independent fresh measurements show it again, to the same
//! side, at each of [`STAGES`]. Chance does that to a pair once in 0.01 · (0.01 / 2) · (0.002 / 2) = 5·10⁻⁸ runs, and to
//! any of 36 pairs once in half a million runs. A difference that is there is found as often as the weakest stage finds
//! it (ADR 77).

use std::collections::BTreeMap;
use std::time::Duration;

/// What p must not be above at each stage.
pub const STAGES: [f64; 3] = [0.01, 0.01, 0.002];

/// A pair of classes whose times tell them apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Telltale<C> {
    /// The one that takes longer.
    pub slower: C,
    /// The other.
    pub faster: C,
    /// How probable that is by chance at the last stage.
    pub p: f64,
}

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// How probable a difference at least as large is, to either side, where there is none.
    pub p: f64,
    /// Which side tends to be above.
    pub above: Side,
}

/// One of the two lists compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first one.
    First,
    /// The second one.
    Second,
    /// Neither.
    Neither,
}

/// Which pairs of classes are told apart by their times. `measure` gives times of the classes that it is asked for, each
/// time fresh ones; after the first stage only for classes that are under suspicion.
pub async fn telltales<C: Copy + Ord>(
    classes: &[C],
    mut measure: impl AsyncFnMut(&[C]) -> BTreeMap<C, Vec<Duration>>,
) -> Vec<Telltale<C>> {
    let mut suspects: Vec<Telltale<C>> = Vec::new();
    for (number, level) in STAGES.into_iter().enumerate() {
        let asked: Vec<C> = classes
            .iter()
            .copied()
            .filter(|class| {
                number == 0
                    || suspects
                        .iter()
                        .any(|pair| [pair.slower, pair.faster].contains(class))
            })
            .collect();
        let times = measure(&asked).await;
        let found = differences(&times, level);
        let again = |pair: &Telltale<C>| {
            let mut before = suspects.iter();
            number == 0 || before.any(|one| (one.slower, one.faster) == (pair.slower, pair.faster))
        };
        suspects = found.into_iter().filter(again).collect();
        if suspects.is_empty() {
            break;
        }
    }
    suspects
}

fn differences<C: Copy>(times: &BTreeMap<C, Vec<Duration>>, level: f64) -> Vec<Telltale<C>> {
    let mut found = Vec::new();
    for (place, (one, first)) in times.iter().enumerate() {
        for (other, second) in times.iter().skip(place + 1) {
            let Comparison { p, above } = compare(first, second);
            let (slower, faster) = match above {
                Side::First => (*one, *other),
                Side::Second => (*other, *one),
                Side::Neither => continue,
            };
            if p <= level {
                found.push(Telltale { slower, faster, p });
            }
        }
    }
    found
}

/// Compares two lists. Equal measurements share the middle of their ranks.
#[expect(clippy::cast_precision_loss, reason = "lists of measurements are short")]
pub fn compare<T: Ord>(first: &[T], second: &[T]) -> Comparison {
    let (n, m) = (first.len() as f64, second.len() as f64);
    let mut all: Vec<(&T, Side)> = first.iter().map(|one| (one, Side::First)).collect();
    all.extend(second.iter().map(|one| (one, Side::Second)));
    all.sort_by_key(|(one, _)| *one);

    let (mut ranks_of_first, mut ties, mut before) = (0.0, 0.0, 0.0);
    for equals in all.chunk_by(|(one, _), (other, _)| one == other) {
        let count = equals.len() as f64;
        let middle = before + f64::midpoint(1.0, count);
        let firsts = equals.iter().filter(|(_, side)| *side == Side::First).count();
        ranks_of_first += middle * firsts as f64;
        ties += count * (count * count - 1.0);
        before += count;
    }
    let u = ranks_of_first - n * (n + 1.0) / 2.0;
    let expected = n * m / 2.0;
    let total = n + m;
    let variance = n * m / 12.0 * (total + 1.0 - ties / (total * (total - 1.0)));
    let above = match u.partial_cmp(&expected) {
        Some(std::cmp::Ordering::Greater) => Side::First,
        Some(std::cmp::Ordering::Less) => Side::Second,
        Some(std::cmp::Ordering::Equal) | None => Side::Neither,
    };
    let distance = ((u - expected).abs() - 0.5).max(0.0);
    let p = if variance > 0.0 {
        beyond(distance / variance.sqrt())
    } else {
        1.0
    };
    Comparison { p, above }
}

/// How probable it is that a normal deviate is at least `z` (not negative) away from the mean, to either side.
fn beyond(z: f64) -> f64 {
    let density = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
    let tail = if z < 3.0 {
        // The distribution's own power series: Φ(z) - ½ = φ(z)·(z + z³/3 + z⁵/(3·5) + …).
        let (mut term, mut sum, mut divisor) = (z, z, 1.0);
        while term > 1e-17 {
            divisor += 2.0;
            term *= z * z / divisor;
            sum += term;
        }
        0.5 - density * sum
    } else {
        // Laplace's continued fraction for the tail: φ(z)/(z + 1/(z + 2/(z + 3/(z + …)))).
        let fraction = (1..=60).rev().fold(z, |below, step| z + f64::from(step) / below);
        density / fraction
    };
    (2.0 * tail).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    fn near(found: f64, known: f64) {
        assert!((found - known).abs() < known * 1e-6, "{found} is not {known}");
    }

    #[test]
    fn the_tails_of_the_normal_distribution() {
        // Abramowitz & Stegun, Handbook of Mathematical Functions, tables 26.1 and 26.2: 2·Q(z).
        for (z, known) in [
            (0.0, 1.0),
            (1.0, 0.317_310_507_862_9),
            (1.959_963_984_540_054, 0.05),
            (2.575_829_303_548_901, 0.01),
            (3.0, 0.002_699_796_063_3),
            (4.0, 6.334_248_366_6e-5),
            (6.0, 1.973_175_29e-9),
        ] {
            near(beyond(z), known);
        }
        // The two ways of computing it meet.
        near(beyond(2.999_999_999), beyond(3.000_000_001));
    }

    #[test]
    fn known_values_without_ties() {
        // The example of SciPy's documentation of `mannwhitneyu`, from Wild & Seber: asymptotic, with continuity.
        let (men, women) = ([19, 22, 16, 29, 24], [20, 11, 17, 12]);
        let found = compare(&men, &women);
        near(found.p, 0.111_346_886_533_140_41);
        assert_eq!(found.above, Side::First);
        assert_eq!(compare(&women, &men).above, Side::Second);
        near(compare(&women, &men).p, found.p);
    }

    #[test]
    fn ties_narrow_what_chance_can_do() {
        // By hand: ranks of the first 1.5 + 1.5 + 4 = 7, U = 1, expected 4.5, ties 6 + 24, so the variance is
        // 9/12 · (7 - 30/30) = 4.5 and z = (3.5 - 0.5)/√4.5 = √2.
        let found = compare(&[1, 1, 2], &[2, 2, 3]);
        near(found.p, beyond(std::f64::consts::SQRT_2));
        near(found.p, 0.157_299_207_050_28);
        assert_eq!(found.above, Side::Second);
    }

    /// Times of two classes, the second of which takes `more`, with the jitter of a timer and of a busy machine.
    fn made_up(random: &mut ChaCha8Rng, more: Duration) -> BTreeMap<u8, Vec<Duration>> {
        let mut times = |more: Duration| {
            let mut one = || {
                let timer = random.next_u64() % 1_000;
                let busy = if random.next_u64().is_multiple_of(10) {
                    random.next_u64() % 20_000
                } else {
                    0
                };
                Duration::from_micros(300_000 + timer + busy) + more
            };
            (0..200).map(|_| one()).collect()
        };
        BTreeMap::from([(1, times(Duration::ZERO)), (2, times(more))])
    }

    #[tokio::test]
    async fn a_difference_is_found_and_named() {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        let more = Duration::from_micros(300);
        let found = telltales(&[1, 2], async |_: &[u8]| made_up(&mut random, more)).await;
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].slower, found[0].faster), (2, 1));
    }

    #[tokio::test]
    async fn a_difference_must_show_again_to_the_same_side() {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        let (mut number, more) = (0, Duration::from_millis(1));
        let found = telltales(&[1, 2], async |_: &[u8]| {
            number += 1;
            let mut times = made_up(&mut random, more);
            if number == STAGES.len() {
                let second = times.insert(1, Vec::new()).unwrap_or_default();
                let first = times.insert(2, second).unwrap_or_default();
                times.insert(1, first);
            }
            times
        })
        .await;
        assert_eq!((number, found), (STAGES.len(), Vec::new()));
    }

    #[tokio::test]
    async fn without_a_difference_nothing_is_found_in_a_thousand_runs() {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        let mut stages = 0;
        for _ in 0..1000 {
            let found = telltales(&[1, 2], async |_: &[u8]| {
                stages += 1;
                made_up(&mut random, Duration::ZERO)
            })
            .await;
            assert_eq!(found, []);
        }
        // One comparison in a hundred goes on to the second stage.
        assert!((1003..1025).contains(&stages), "{stages}");
    }

    #[test]
    fn lists_that_are_the_same_differ_in_nothing() {
        assert_eq!(
            compare(&[7; 40], &[7; 30]),
            Comparison {
                p: 1.0,
                above: Side::Neither
            }
        );
    }
}
