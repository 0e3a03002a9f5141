//! Runs: characters that follow one another on a keyboard, in the alphabet or in counting, or that repeat.

/// The orders in which neighbours count as a run. The row of digits closes into a ring (`7890` and `8901`).
const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

/// The ways in which one character can follow another; each has its own count.
const WAYS: usize = 7;

/// Whether `folded` has `least` or more characters in a row, forwards or backwards. `least` 0 finds nothing.
pub(super) fn has_run(folded: &[char], least: u8) -> bool {
    if least == 0 {
        return false;
    }
    let mut lengths = [1u8; WAYS];
    folded.len() >= usize::from(least)
        && (least == 1
            || folded.windows(2).any(|pair| {
                let [before, after] = pair else { return false };
                let follows = ways(*before, *after);
                for (length, follows) in lengths.iter_mut().zip(follows) {
                    *length = if follows { length.saturating_add(1) } else { 1 };
                }
                lengths.iter().any(|length| *length >= least)
            }))
}

/// In which ways `after` follows `before`: the same again; the next or the previous letter, digit, or key of a row.
fn ways(before: char, after: char) -> [bool; WAYS] {
    let mut ways = [before == after, false, false, false, false, false, false];
    let (Ok(a), Ok(b)) = (u8::try_from(before), u8::try_from(after)) else {
        return ways;
    };
    if a.is_ascii_digit() && b.is_ascii_digit() {
        ways[1] = (a - b'0' + 1) % 10 == b - b'0';
        ways[2] = (b - b'0' + 1) % 10 == a - b'0';
    }
    if a.is_ascii_lowercase() && b.is_ascii_lowercase() {
        ways[3] = a + 1 == b;
        ways[4] = b + 1 == a;
        ways[5] = is_next_key(a, b);
        ways[6] = is_next_key(b, a);
    }
    ways
}

/// Whether the key right of `key` is `next`.
fn is_next_key(key: u8, next: u8) -> bool {
    ROWS.iter()
        .any(|row| row.windows(2).any(|keys| *keys == [key, next]))
}
