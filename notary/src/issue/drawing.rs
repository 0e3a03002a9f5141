//! The PDF: what stands where, and what it is to those who have it read to them.

use super::layout::{Area, HEIGHT, Layout, Line, WIDTH};
use super::qr::{Code, QUIET};
use super::sheet::Sheet;
use super::typeface::Typeface;
use super::{IssueError, Request};
use core::num::NonZeroU16;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, ListNumbering, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind,
    TagTree,
};
use krilla::{Document, SerializeSettings};
use shared::time::{CivilDate, Timestamp};

/// The language of every request.
const LANGUAGE: &str = "es-EC";

/// The colour of lines and frames.
fn grey() -> rgb::Color {
    rgb::Color::new(118, 118, 118)
}

pub(super) fn draw(
    request: &Request,
    sheet: &Sheet,
    layout: &Layout,
    typeface: &Typeface,
) -> Result<Vec<u8>, IssueError> {
    let mut document = Document::new_with(SerializeSettings {
        configuration: configuration()?,
        enable_tagging: true,
        ..SerializeSettings::default()
    });
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(IssueError::BuiltIn("the size of the page"))?;
    let mut page = document.start_page_with(size);
    let mut surface = page.surface();
    let tree = Pen {
        surface: &mut surface,
        typeface,
    }
    .draw(request, sheet, layout)?;
    surface.finish();
    page.finish();
    document.set_tag_tree(tree);
    document.set_outline(outline(sheet, layout));
    document.set_metadata(metadata(request, sheet));
    let mut bytes = document.finish().map_err(told)?;
    // Some signing tools begin to write right behind the end: what they add first would be in its line, which is a remark.
    if bytes.last() != Some(&b'\n') {
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Tagged for archives, and for those who have it read to them.
pub(crate) fn configuration() -> Result<Configuration, IssueError> {
    ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| IssueError::BuiltIn("the standards contradict each other"))
}

/// Where it comes from, and since when. The id is the request's number: nothing here is drawn or told by a clock.
fn metadata(request: &Request, sheet: &Sheet) -> Metadata {
    Metadata::new()
        .title(format!("{} · {}", sheet.title, sheet.subject))
        .authors(vec![request.issuer.name.clone()])
        .description(sheet.subject.clone())
        .language(LANGUAGE.to_owned())
        .creator("Clavero".to_owned())
        .producer("Clavero".to_owned())
        .creation_date(date(request.issued_at))
        .document_id(request.nonce.code())
}

pub(crate) fn date(at: Timestamp) -> DateTime {
    let day = CivilDate::in_ecuador(at);
    let seconds = at.since(day.begin_in_ecuador()).as_secs();
    let part = |value: u64| u8::try_from(value).unwrap_or(0);
    DateTime::new(u16::try_from(day.year()).unwrap_or(0))
        .month(day.month())
        .day(day.day())
        .hour(part(seconds / 3600))
        .minute(part(seconds / 60 % 60))
        .second(part(seconds % 60))
        .utc_offset_hour(-5)
        .utc_offset_minute(0)
}

fn outline(sheet: &Sheet, layout: &Layout) -> Outline {
    let mut outline = Outline::new();
    let entries = [
        (&sheet.title, &layout.title),
        (&sheet.signature, &layout.signature),
        (&sheet.how, &layout.how),
    ];
    for (text, lines) in entries {
        let top = lines.first().map_or(0.0, |line| line.y - line.size);
        let place = XyzDestination::new(0, Point::from_xy(0.0, top));
        outline.push_child(OutlineNode::new(text.clone(), place));
    }
    outline
}

/// Draws and tags.
struct Pen<'a, 'page> {
    surface: &'a mut Surface<'page>,
    typeface: &'a Typeface,
}

impl Pen<'_, '_> {
    /// In the order in which it is read.
    fn draw(&mut self, request: &Request, sheet: &Sheet, layout: &Layout) -> Result<TagTree, IssueError> {
        let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
        for rule in &layout.rules {
            self.shape(area(*rule).ok_or(IssueError::TooLong)?, Some(fill(grey())), None);
        }
        tree.push(self.group(Tag::P, &layout.issuer)?);
        tree.push(self.group(heading(1, &sheet.title), &layout.title)?);
        tree.push(self.facts(layout)?);
        tree.push(self.code(request, sheet, layout.qr)?);
        tree.push(self.group(Tag::P, &layout.declaration)?);
        tree.push(self.group(heading(2, &sheet.signature), &layout.signature)?);
        tree.push(self.group(Tag::P, &layout.space)?);
        self.shape(
            area(layout.room).ok_or(IssueError::TooLong)?,
            None,
            Some(dashed()),
        );
        tree.push(self.group(heading(2, &sheet.how), &layout.how)?);
        tree.push(self.steps(layout)?);
        tree.push(self.group(Tag::P, &layout.warning)?);
        tree.push(self.group(Tag::P, &layout.footer)?);
        Ok(tree)
    }

    fn group(&mut self, tag: impl Into<TagKind>, lines: &[Line]) -> Result<TagGroup, IssueError> {
        let mut group = TagGroup::new(tag);
        for line in lines {
            let glyphs = self.typeface.glyphs(line.weight, &line.text)?;
            group.push(self.surface.start_tagged(ContentTag::Span(SpanTag::empty())));
            self.surface.set_fill(Some(fill(rgb::Color::black())));
            self.surface.set_stroke(None);
            self.surface.draw_glyphs(
                Point::from_xy(line.x, line.y),
                &glyphs,
                self.typeface.font(line.weight),
                &line.text,
                line.size,
                false,
            );
            self.surface.end_tagged();
        }
        Ok(group)
    }

    fn facts(&mut self, layout: &Layout) -> Result<TagGroup, IssueError> {
        let mut table = TagGroup::new(Tag::Table);
        for (label, value) in &layout.facts {
            let mut row = TagGroup::new(Tag::TR);
            row.push(self.group(Tag::TH(TableHeaderScope::Row), label)?);
            row.push(self.group(Tag::TD, value)?);
            table.push(row);
        }
        Ok(table)
    }

    fn steps(&mut self, layout: &Layout) -> Result<TagGroup, IssueError> {
        let mut list = TagGroup::new(Tag::L(ListNumbering::Decimal));
        for (label, body) in &layout.steps {
            let mut item = TagGroup::new(Tag::LI);
            item.push(self.group(Tag::Lbl, label)?);
            item.push(self.group(Tag::LBody, body)?);
            list.push(item);
        }
        Ok(list)
    }

    fn code(&mut self, request: &Request, sheet: &Sheet, place: Area) -> Result<TagGroup, IssueError> {
        let code = Code::of(&request.nonce.code())?;
        let module = place.width / f32::from(code.side + 2 * QUIET);
        let mut path = PathBuilder::new();
        for run in &code.runs {
            let rect = Rect::from_xywh(
                place.x + module * f32::from(run.column + QUIET),
                place.y + module * f32::from(run.row + QUIET),
                module * f32::from(run.length),
                module,
            );
            path.push_rect(rect.ok_or(IssueError::TooLong)?);
        }
        let mut figure = TagGroup::new(Tag::Figure(Some(sheet.qr.clone())));
        figure.push(self.surface.start_tagged(ContentTag::Other));
        self.surface.set_fill(Some(fill(rgb::Color::black())));
        self.surface.set_stroke(None);
        self.surface.draw_path(&path.finish().ok_or(IssueError::TooLong)?);
        self.surface.end_tagged();
        Ok(figure)
    }

    /// Something that only looks: nobody has it read out.
    fn shape(&mut self, path: Path, fill: Option<Fill>, stroke: Option<Stroke>) {
        let artifact = Artifact::with_kind(ArtifactType::Layout);
        self.surface.start_tagged(ContentTag::Artifact(artifact));
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        self.surface.draw_path(&path);
        self.surface.end_tagged();
    }
}

pub(crate) fn heading(level: u16, text: &str) -> TagKind {
    let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    Tag::Hn(level, Some(text.to_owned())).into()
}

fn area(area: Area) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(area.x, area.y, area.width, area.height)?);
    path.finish()
}

pub(crate) fn fill(color: rgb::Color) -> Fill {
    Fill {
        paint: color.into(),
        ..Fill::default()
    }
}

fn dashed() -> Stroke {
    Stroke {
        paint: grey().into(),
        width: 0.8,
        dash: Some(StrokeDash {
            array: vec![4.0, 3.0],
            offset: 0.0,
        }),
        ..Stroke::default()
    }
}

/// Which family of rules the library saw broken. Its own words may quote the page, and what this says goes to a log.
pub(crate) fn told(error: KrillaError) -> IssueError {
    IssueError::Invalid(match error {
        KrillaError::Validation(_) => "a rule of its standards",
        KrillaError::Font(..) => "a font",
        KrillaError::Limit(_) => "a limit",
        KrillaError::DuplicateNamedDestination(_)
        | KrillaError::DuplicateTagId(..)
        | KrillaError::UnknownTagId(..) => "its tags",
    })
}
