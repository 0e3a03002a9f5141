//! The PDF: what stands where, and what it is to those who have it read to them.

use super::Handout;
use super::layout::{Area, HEIGHT, Layout, Line, WIDTH};
use crate::issue::IssueError;
use crate::issue::drawing::{configuration, date, fill, heading, told};
use crate::issue::qr::{Code, QUIET};
use crate::issue::typeface::Typeface;
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, ListNumbering, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind,
    TagTree,
};
use krilla::{Document, SerializeSettings};

pub(super) fn draw(handout: &Handout, layout: &Layout, typeface: &Typeface) -> Result<Vec<u8>, IssueError> {
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
    .draw(handout, layout)?;
    surface.finish();
    page.finish();
    document.set_tag_tree(tree);
    document.set_outline(outline(handout, layout));
    document.set_metadata(
        Metadata::new()
            .title(handout.title.clone())
            .authors(vec![handout.issuer.clone()])
            .language(handout.language.to_owned())
            .creator("Clavero".to_owned())
            .producer("Clavero".to_owned())
            .creation_date(date(handout.at))
            .document_id(handout.code.clone()),
    );
    document.finish().map_err(told)
}

fn outline(handout: &Handout, layout: &Layout) -> Outline {
    let mut outline = Outline::new();
    for (text, lines) in [
        (&handout.title, &layout.title),
        (&handout.heading, &layout.heading),
    ] {
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
    fn draw(&mut self, handout: &Handout, layout: &Layout) -> Result<TagTree, IssueError> {
        let mut tree = TagTree::new().with_lang(Some(handout.language.to_owned()));
        for rule in &layout.rules {
            self.rule(*rule)?;
        }
        tree.push(self.group(Tag::P, &layout.issuer)?);
        tree.push(self.group(heading(1, &handout.title), &layout.title)?);
        let mut table = TagGroup::new(Tag::Table);
        for (term, said) in &layout.facts {
            let mut row = TagGroup::new(Tag::TR);
            row.push(self.group(Tag::TH(TableHeaderScope::Row), term)?);
            row.push(self.group(Tag::TD, said)?);
            table.push(row);
        }
        tree.push(table);
        tree.push(self.code(handout, layout.qr)?);
        for note in &layout.notes {
            tree.push(self.group(Tag::P, note)?);
        }
        tree.push(self.group(heading(2, &handout.heading), &layout.heading)?);
        let mut list = TagGroup::new(Tag::L(ListNumbering::Disc));
        for item in &layout.list {
            let mut group = TagGroup::new(Tag::LI);
            group.push(self.group(Tag::Lbl, &item.bullet)?);
            let mut body = TagGroup::new(Tag::LBody);
            body.push(self.group(Tag::P, &item.term)?);
            body.push(self.group(Tag::P, &item.said)?);
            group.push(body);
            list.push(group);
        }
        tree.push(list);
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

    fn code(&mut self, handout: &Handout, place: Area) -> Result<TagGroup, IssueError> {
        let code = Code::of(&handout.code)?;
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
        let mut figure = TagGroup::new(Tag::Figure(Some(handout.code_described.clone())));
        figure.push(self.surface.start_tagged(ContentTag::Other));
        self.surface.set_fill(Some(fill(rgb::Color::black())));
        self.surface.set_stroke(None);
        self.surface.draw_path(&path.finish().ok_or(IssueError::TooLong)?);
        self.surface.end_tagged();
        Ok(figure)
    }

    /// A line that only looks: nobody has it read out.
    fn rule(&mut self, rule: Area) -> Result<(), IssueError> {
        let artifact = Artifact::with_kind(ArtifactType::Layout);
        self.surface.start_tagged(ContentTag::Artifact(artifact));
        self.surface.set_fill(Some(fill(rgb::Color::new(118, 118, 118))));
        self.surface.set_stroke(None);
        self.surface.draw_path(&area(rule).ok_or(IssueError::TooLong)?);
        self.surface.end_tagged();
        Ok(())
    }
}

fn area(area: Area) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(area.x, area.y, area.width, area.height)?);
    path.finish()
}
