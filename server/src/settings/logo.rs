//! Making a logo of a file: its points, no more of them than are shown, drawn anew.

use crate::app::App;
use crate::http::Failure;
use crate::slots::Room;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use shared::api::ErrorCode;
use shared::settings::institution::LOGO_BOX;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Points along one side at most of what is sent.
const LONGEST_SIDE: u32 = 4096;

/// The memory that it takes at most while it is taken apart, in bytes.
const MEMORY: u64 = 96 * 1024 * 1024;

/// A PNG within [`LOGO_BOX`], of a PNG or JPEG; off the threads that serve requests.
///
/// # Errors
/// [`ErrorCode::PaperOtherType`] for another type, [`ErrorCode::PaperUnreadable`] for what is damaged or too large,
/// [`ErrorCode::Busy`] where too many pictures are being drawn.
pub(super) async fn draw(app: &App, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
    let format = format_of(&bytes).ok_or(ErrorCode::PaperOtherType)?;
    let drawing = app.pictures.run(Room::Whole, move |()| {
        // A decoder that panics over a file has refused it.
        catch_unwind(AssertUnwindSafe(|| drawn(&bytes, format))).unwrap_or(None)
    });
    Ok(drawing.await?.ok_or(ErrorCode::PaperUnreadable)?)
}

/// What a file is, by its first bytes.
fn format_of(bytes: &[u8]) -> Option<ImageFormat> {
    match infer::get(bytes)?.mime_type() {
        "image/png" => Some(ImageFormat::Png),
        "image/jpeg" => Some(ImageFormat::Jpeg),
        _ => None,
    }
}

fn drawn(bytes: &[u8], format: ImageFormat) -> Option<Vec<u8>> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let (width, height) = LOGO_BOX;
    let fitting = if picture.width() > width || picture.height() > height {
        picture.resize(width, height, FilterType::Lanczos3)
    } else {
        picture
    };
    let mut png = Vec::new();
    DynamicImage::ImageRgba8(fitting.into_rgba8())
        .write_with_encoder(PngEncoder::new(&mut png))
        .ok()?;
    Some(png)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GenericImageView, Rgba, RgbaImage};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbaImage::from_fn(width, height, |x, _| Rgba([x.to_le_bytes()[0], 80, 160, 255]));
        let mut bytes = Vec::new();
        DynamicImage::ImageRgba8(picture)
            .write_with_encoder(PngEncoder::new(&mut bytes))
            .unwrap();
        bytes
    }

    fn size(bytes: &[u8]) -> (u32, u32) {
        image::load_from_memory_with_format(bytes, ImageFormat::Png)
            .unwrap()
            .dimensions()
    }

    #[test]
    fn a_logo_that_fits_keeps_its_size_and_a_larger_one_its_shape() {
        assert_eq!(size(&drawn(&png(100, 40), ImageFormat::Png).unwrap()), (100, 40));
        assert_eq!(size(&drawn(&png(480, 96), ImageFormat::Png).unwrap()), (480, 96));
        assert_eq!(size(&drawn(&png(960, 96), ImageFormat::Png).unwrap()), (480, 48));
        assert_eq!(size(&drawn(&png(192, 192), ImageFormat::Png).unwrap()), (96, 96));
    }

    #[test]
    fn what_stands_beside_the_points_is_left() {
        let mut bytes = png(20, 20);
        bytes.extend_from_slice(b"<script>alert(1)</script>");
        let kept = drawn(&bytes, ImageFormat::Png).unwrap();
        assert!(!kept.windows(7).any(|part| part == b"<script"));
    }

    #[test]
    fn other_types_and_damaged_files_are_none() {
        assert_eq!(format_of(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), None);
        assert_eq!(format_of(b"GIF89a"), None);
        assert_eq!(format_of(b""), None);
        let whole = png(20, 20);
        assert_eq!(drawn(&whole[..whole.len() / 2], ImageFormat::Png), None);
    }
}
