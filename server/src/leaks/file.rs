//! The filter file: `CLAVLEAK`, version, the filter's shape, its fingerprints, and a SHA-256 over all of it.
//!
//! | bytes | what (little-endian) |
//! |---|---|
//! | 8 | `CLAVLEAK` |
//! | 4 | version, 1 |
//! | 8 | seed |
//! | 4, 4 | segment length; length of all segments |
//! | 8 | number of fingerprints |
//! | 2 each | fingerprints |
//! | 32 | SHA-256 of everything before |

use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
use xorf::BinaryFuse16;

const MAGIC: [u8; 8] = *b"CLAVLEAK";
const VERSION: u32 = 1;
/// Fingerprints that are read at once, so that a header that lies costs no memory.
const CHUNK: usize = 64 * 1024;

/// Why a filter file is not used.
#[derive(Debug, thiserror::Error)]
pub enum DamagedFilter {
    /// The file cannot be read.
    #[error("the filter of leaked passwords cannot be read")]
    Unreadable(#[source] io::Error),
    /// It begins otherwise.
    #[error("not a filter of leaked passwords")]
    NotAFilter,
    /// It was made by a newer program.
    #[error("filter of leaked passwords of version {0}, which this program does not know")]
    Version(u32),
    /// It ends too early, or goes on after its end.
    #[error("the filter of leaked passwords has the wrong length")]
    Length,
    /// Its shape contradicts itself.
    #[error("the filter of leaked passwords has an impossible shape")]
    Shape,
    /// Its content is not what was written.
    #[error("the filter of leaked passwords is damaged: its checksum does not hold")]
    Checksum,
}

/// Writes a filter.
pub(super) fn write(filter: &BinaryFuse16, mut out: impl Write) -> io::Result<()> {
    let shape = &filter.descriptor;
    let mut digest = Sha256::new();
    let mut put = |bytes: &[u8]| {
        digest.update(bytes);
        out.write_all(bytes)
    };
    put(&MAGIC)?;
    put(&VERSION.to_le_bytes())?;
    put(&shape.seed.to_le_bytes())?;
    put(&shape.segment_length.to_le_bytes())?;
    put(&shape.segment_count_length.to_le_bytes())?;
    put(&(filter.fingerprints.len() as u64).to_le_bytes())?;
    for chunk in filter.fingerprints.chunks(CHUNK) {
        put(&chunk
            .iter()
            .flat_map(|fingerprint| fingerprint.to_le_bytes())
            .collect::<Vec<_>>())?;
    }
    let digest = digest.finalize();
    out.write_all(&digest)?;
    out.flush()
}

/// Reads a filter and checks all of it.
pub(super) fn read(from: impl Read) -> Result<BinaryFuse16, DamagedFilter> {
    let mut from = Checked {
        from: io::BufReader::new(from),
        digest: Sha256::new(),
    };
    if from.take::<8>().map_err(|error| {
        if matches!(error, DamagedFilter::Length) {
            DamagedFilter::NotAFilter
        } else {
            error
        }
    })? != MAGIC
    {
        return Err(DamagedFilter::NotAFilter);
    }
    let version = u32::from_le_bytes(from.take()?);
    if version != VERSION {
        return Err(DamagedFilter::Version(version));
    }
    let seed = u64::from_le_bytes(from.take()?);
    let segment_length = u32::from_le_bytes(from.take()?);
    let segment_count_length = u32::from_le_bytes(from.take()?);
    let count = u64::from_le_bytes(from.take()?);
    // The three places of a key lie in three segments in a row: the last begins two segments after the counted ones.
    let fits = u64::from(segment_count_length) + 2 * u64::from(segment_length) == count;
    let whole = segment_length.is_power_of_two()
        && segment_count_length > 0
        && segment_count_length.is_multiple_of(segment_length);
    if !fits || !whole {
        return Err(DamagedFilter::Shape);
    }
    let mut left = usize::try_from(count).map_err(|_| DamagedFilter::Shape)?;
    let mut fingerprints = Vec::new();
    let mut buffer = vec![0; CHUNK * 2];
    while left > 0 {
        let bytes = &mut buffer[..left.min(CHUNK) * 2];
        from.fill(bytes)?;
        fingerprints.extend(
            bytes
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]])),
        );
        left -= bytes.len() / 2;
    }
    let expected = from.digest.clone().finalize();
    if from.take::<32>()? != *expected {
        return Err(DamagedFilter::Checksum);
    }
    match from.take::<1>() {
        Err(DamagedFilter::Length) => {}
        Ok(_) => return Err(DamagedFilter::Length),
        Err(error) => return Err(error),
    }
    // The type of the shape has no public name, so a filter of two keys lends its own.
    let mut filter = BinaryFuse16::try_from(&[0, 1][..]).map_err(|_| DamagedFilter::Shape)?;
    filter.descriptor.seed = seed;
    filter.descriptor.segment_length = segment_length;
    filter.descriptor.segment_length_mask = segment_length - 1;
    filter.descriptor.segment_count_length = segment_count_length;
    filter.fingerprints = fingerprints.into_boxed_slice();
    Ok(filter)
}

struct Checked<R> {
    from: R,
    digest: Sha256,
}

impl<R: Read> Checked<R> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], DamagedFilter> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), DamagedFilter> {
        self.from.read_exact(bytes).map_err(|error| {
            if error.kind() == io::ErrorKind::UnexpectedEof {
                DamagedFilter::Length
            } else {
                DamagedFilter::Unreadable(error)
            }
        })?;
        self.digest.update(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xorf::Filter;

    fn written() -> Vec<u8> {
        let filter = BinaryFuse16::try_from(&(1..=1000_u64).collect::<Vec<_>>()).unwrap();
        let mut bytes = Vec::new();
        write(&filter, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn what_was_written_is_read() {
        let filter = read(written().as_slice()).unwrap();
        assert!((1..=1000_u64).all(|key| filter.contains(&key)));
    }

    #[test]
    fn no_damage_goes_unseen() {
        let good = written();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x40;
            assert!(read(bad.as_slice()).is_err(), "byte {at}");
        }
        for length in (0..good.len()).step_by(7) {
            assert!(read(&good[..length]).is_err(), "cut at {length}");
        }
        assert!(matches!(
            read([good.as_slice(), b"x"].concat().as_slice()),
            Err(DamagedFilter::Length)
        ));
        assert!(matches!(read(b"".as_slice()), Err(DamagedFilter::NotAFilter)));
        assert!(matches!(
            read(b"something else".as_slice()),
            Err(DamagedFilter::NotAFilter)
        ));
        let mut newer = good;
        newer[8] = 2;
        assert!(matches!(read(newer.as_slice()), Err(DamagedFilter::Version(2))));
    }
}
