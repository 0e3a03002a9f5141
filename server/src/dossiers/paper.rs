//! Making a file of a dossier harmless before it is kept: what it is by its content, and nothing of it that was not looked at.
//!
//! Invariants: the sender's name and type of a file are never believed; a picture is kept as its points, drawn anew, so that nothing
//! that stood beside them (where it was taken, a second file behind its end) is left; how large it says to be is looked at before room
//! is made for it; a PDF is read by the notary, in a process of its own, and kept as it came only if nothing in it is active.

use crate::app::App;
use crate::http::Failure;
use crate::notary;
use crate::slots::Room;
use ::notary::Expectation;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use shared::api::ErrorCode;
use shared::dossiers::api::PaperKind;
use shared::signatures::{Finding, Reason};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The points of a picture at most: a page of paper at 600 points an inch.
pub const MOST_POINTS: u64 = 36_000_000;

/// Points along one side at most.
const LONGEST_SIDE: u32 = 16_384;

/// The memory that the points of one picture take at most, in bytes. While it is turned, or its points become smaller ones, there are
/// two of it.
const MEMORY: u64 = 160 * 1024 * 1024;

/// Of a hundred: writing on photographed paper stays sharp, and a telephone's photograph becomes no larger than it was.
const JPEG_QUALITY: u8 = 85;

/// A file that was made harmless.
pub struct Harmless {
    /// What it is.
    pub kind: PaperKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A file is personal.
impl std::fmt::Debug for Harmless {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Harmless")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// Looks at a file, and makes it harmless or refuses it.
///
/// # Errors
/// [`ErrorCode::PaperOtherType`], [`ErrorCode::PaperUnreadable`], [`ErrorCode::PaperActive`]; [`ErrorCode::Busy`] where too many are
/// being looked at.
pub async fn make_harmless(app: &App, bytes: Vec<u8>) -> Result<Harmless, Failure> {
    let kind = kind_of(&bytes).ok_or(ErrorCode::PaperOtherType)?;
    let bytes = match kind {
        PaperKind::Pdf => inspect(app, bytes).await?,
        PaperKind::Jpeg => redraw(app, bytes, ImageFormat::Jpeg).await?,
        PaperKind::Png => redraw(app, bytes, ImageFormat::Png).await?,
    };
    Ok(Harmless { kind, bytes })
}

/// What a file is, by its first bytes.
fn kind_of(bytes: &[u8]) -> Option<PaperKind> {
    match infer::get(bytes)?.mime_type() {
        "application/pdf" => Some(PaperKind::Pdf),
        "image/jpeg" => Some(PaperKind::Jpeg),
        "image/png" => Some(PaperKind::Png),
        _ => None,
    }
}

/// Has the notary read a PDF; it is kept as it came.
async fn inspect(app: &App, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
    let expectation = Expectation {
        issued: None,
        holder: None,
        now: app.clock.now(),
    };
    let opinion = notary::service::examine(app, bytes.clone(), expectation)
        .await
        .map_err(|_not_examined| Failure::busy())?;
    let findings = opinion.findings;
    let refused = match (findings.file, findings.contents, findings.coverage) {
        // What two readers would see differently may be anything.
        (Finding::Passed, _, Finding::Failed(Reason::HiddenContent)) => ErrorCode::PaperUnreadable,
        (Finding::Passed, Finding::Passed, _) => return Ok(bytes),
        (Finding::Passed, Finding::Failed(Reason::ActiveContent | Reason::Attachment), _) => {
            ErrorCode::PaperActive
        }
        (Finding::Passed | Finding::Failed(_) | Finding::Unknown(_) | Finding::Skipped, ..) => {
            ErrorCode::PaperUnreadable
        }
    };
    Err(refused.into())
}

/// Takes a picture apart and draws it anew, off the threads that serve requests and so many at a time.
async fn redraw(app: &App, bytes: Vec<u8>, format: ImageFormat) -> Result<Vec<u8>, Failure> {
    let drawing = app.pictures.run(Room::Whole, move |()| {
        // A decoder that panics over a file has refused it.
        catch_unwind(AssertUnwindSafe(|| redrawn(&bytes, format))).unwrap_or(None)
    });
    Ok(drawing.await?.ok_or(ErrorCode::PaperUnreadable)?)
}

/// The same picture from its points alone; `None` for what is damaged or too large.
fn redrawn(bytes: &[u8], format: ImageFormat) -> Option<Vec<u8>> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_POINTS {
        return None;
    }
    // Points of 16 bits a colour take twice the room: the decoder alone would not count them.
    limits.reserve(decoder.total_bytes()).ok()?;
    // A camera says beside the points which way up it was held; that is put into the points.
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    let mut drawn = Vec::new();
    if format == ImageFormat::Png {
        let flat = if picture.color().has_alpha() {
            DynamicImage::ImageRgba8(picture.into_rgba8())
        } else {
            DynamicImage::ImageRgb8(picture.into_rgb8())
        };
        flat.write_with_encoder(PngEncoder::new(&mut drawn)).ok()?;
    } else {
        let flat = DynamicImage::ImageRgb8(picture.into_rgb8());
        flat.write_with_encoder(JpegEncoder::new_with_quality(&mut drawn, JPEG_QUALITY))
            .ok()?;
    }
    Some(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::codecs::png::{CompressionType, FilterType};
    use image::{ExtendedColorType, ImageEncoder, RgbImage};

    fn picture(format: ImageFormat) -> Vec<u8> {
        let points = RgbImage::from_fn(40, 20, |x, y| {
            image::Rgb([x.to_le_bytes()[0] * 6, y.to_le_bytes()[0] * 12, 90])
        });
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(points)
            .write_to(&mut bytes, format)
            .unwrap();
        bytes.into_inner()
    }

    /// A segment of a JPEG with what a camera writes beside the points: the way it was held (6: a quarter turned), and a place.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0".to_vec();
        exif.extend_from_slice(b"\x0e\x01\x02\0\x10\0\0\0\x26\0\0\0\0\0\0\0GPS -0.18 -78.47");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], b"\xff\xe1", &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn a_file_is_what_its_content_says() {
        assert_eq!(kind_of(&picture(ImageFormat::Png)), Some(PaperKind::Png));
        assert_eq!(kind_of(&picture(ImageFormat::Jpeg)), Some(PaperKind::Jpeg));
        assert_eq!(kind_of(b"%PDF-1.7\n"), Some(PaperKind::Pdf));
        for other in [
            &b"GIF89a"[..],
            b"<html>",
            b"PK\x03\x04",
            b"",
            b"MZ",
            b"  %PDF-1.7",
        ] {
            assert_eq!(kind_of(other), None, "{other:?}");
        }
    }

    #[test]
    fn what_stood_beside_the_points_is_gone_and_the_picture_stands_upright() {
        let sent = with_exif(&picture(ImageFormat::Jpeg));
        assert!(sent.windows(3).any(|piece| piece == b"GPS"));
        let kept = redrawn(&sent, ImageFormat::Jpeg).unwrap();
        assert!(!kept.windows(3).any(|piece| piece == b"GPS"));
        assert!(!kept.windows(4).any(|piece| piece == b"Exif"));
        let upright = image::load_from_memory(&kept).unwrap();
        assert_eq!((upright.width(), upright.height()), (20, 40));
    }

    #[test]
    fn a_second_file_behind_the_end_is_gone() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let mut sent = picture(format);
            sent.extend_from_slice(b"<script>alert(1)</script>%PDF-1.7");
            let kept = redrawn(&sent, format).unwrap();
            assert!(!kept.windows(8).any(|piece| piece == b"<script>"), "{format:?}");
            assert!(!kept.windows(4).any(|piece| piece == b"%PDF"), "{format:?}");
        }
    }

    #[test]
    fn a_bomb_is_refused_by_what_it_says_of_itself() {
        let bomb = |width: u32, height: u32| {
            let mut bytes = picture(ImageFormat::Png);
            bytes[16..20].copy_from_slice(&width.to_be_bytes());
            bytes[20..24].copy_from_slice(&height.to_be_bytes());
            let crc = crc32(&bytes[12..29]);
            bytes[29..33].copy_from_slice(&crc.to_be_bytes());
            bytes
        };
        assert_eq!(redrawn(&bomb(60_000, 60_000), ImageFormat::Png), None);
        assert_eq!(redrawn(&bomb(16_384, 16_384), ImageFormat::Png), None);
        assert_eq!(redrawn(&bomb(u32::MAX, u32::MAX), ImageFormat::Png), None);
        // The same bytes with the size that they have are a picture.
        assert!(redrawn(&bomb(40, 20), ImageFormat::Png).is_some());
    }

    #[test]
    fn points_that_take_too_much_room_are_refused_before_there_is_any() {
        let deep = |side: u32, color: ExtendedColorType, bytes_per_point: usize| {
            let side_points = usize::try_from(side).unwrap();
            let points = vec![0; side_points * side_points * bytes_per_point];
            let mut file = Vec::new();
            PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::NoFilter)
                .write_image(&points, side, side, color)
                .unwrap();
            assert!(
                file.len() < 10 * 1024 * 1024,
                "it would be let in: {}",
                file.len()
            );
            file
        };
        // 6000 × 6000 points of eight bytes each are 288 MB, of a file that is small enough.
        let file = deep(6000, ExtendedColorType::Rgba16, 8);
        assert_eq!(redrawn(&file, ImageFormat::Png), None);
        // Fewer of them are a picture.
        assert!(redrawn(&deep(600, ExtendedColorType::Rgba16, 8), ImageFormat::Png).is_some());
    }

    #[test]
    fn what_is_cut_short_or_another_picture_is_refused() {
        let jpeg = picture(ImageFormat::Jpeg);
        let png = picture(ImageFormat::Png);
        assert_eq!(redrawn(&png[..png.len() / 2], ImageFormat::Png), None);
        assert_eq!(redrawn(&jpeg[..20], ImageFormat::Jpeg), None);
        assert_eq!(redrawn(&jpeg, ImageFormat::Png), None);
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xEDB8_8320
                } else {
                    crc >> 1
                }
            })
        })
    }
}
