//! A column chart, drawn as SVG, with a table of the same values beside it.
//!
//! The table is the chart's text: whoever does not see the columns reads it, whoever does looks a value up. The columns have no text,
//! so that they can be stretched to any width.

use yew::prelude::*;

/// The height of the drawing, in its own units: a column of the greatest value is as high.
const HEIGHT: u64 = 100;

/// How wide a column is, with what is between it and the next one.
const STEP: usize = 10;

/// How wide a column is shown at most, in `rem`: a few are not stretched over the whole width.
const WIDEST: usize = 5;

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What it is of.
    pub label: AttrValue,
    /// How high it is, in any unit.
    pub value: u64,
    /// The value in words, with its unit.
    pub shown: AttrValue,
}

/// Properties of [`chart`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChartProps {
    /// The `id` of its title.
    pub id: AttrValue,
    /// What it shows.
    pub title: AttrValue,
    /// What the columns are of: a heading of the table.
    pub of: AttrValue,
    /// What the values are: the other one.
    pub unit: AttrValue,
    /// The columns, from the first to the last.
    pub columns: Vec<Column>,
}

/// The chart and its table; nothing where there is no column.
pub fn chart(props: &ChartProps) -> Html {
    let Some(greatest) = props.columns.iter().max_by_key(|column| column.value) else {
        return Html::default();
    };
    let (first, last) = (props.columns.first(), props.columns.last());
    let view_box = format!("0 0 {} {HEIGHT}", props.columns.len() * STEP);
    let width = format!("{}rem", props.columns.len() * WIDEST);
    html! {
        <figure class="chart" aria-labelledby={props.id.clone()}>
            <figcaption id={props.id.clone()}>{ &props.title }</figcaption>
            <div class="chart-parts">
                <div class="chart-plot" aria-hidden="true">
                    <span class="chart-most">{ &greatest.shown }</span>
                    <svg class="chart-columns" {width} viewBox={view_box} preserveAspectRatio="none" focusable="false">
                        { for props.columns.iter().enumerate().map(|(place, column)| bar(place, column, greatest.value)) }
                    </svg>
                    <span class="chart-ends">
                        <span>{ first.map(|column| column.label.clone()) }</span>
                        if props.columns.len() > 1 { <span>{ last.map(|column| column.label.clone()) }</span> }
                    </span>
                </div>
                <div class="chart-table table-frame" tabindex="0" role="region" aria-labelledby={props.id.clone()}>
                    <table class="table">
                        <thead><tr><th scope="col">{ &props.of }</th><th scope="col">{ &props.unit }</th></tr></thead>
                        <tbody>
                            { for props.columns.iter().map(|column| html! {
                                <tr><th scope="row">{ &column.label }</th><td>{ &column.shown }</td></tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            </div>
        </figure>
    }
}

fn bar(place: usize, column: &Column, greatest: u64) -> Html {
    let height = height(column.value, greatest);
    html! {
        <rect class="chart-column" x={(place * STEP + 1).to_string()} y={(HEIGHT - height).to_string()}
            width={(STEP - 2).to_string()} height={height.to_string()}>
            <title>{ format!("{}: {}", column.label, column.shown) }</title>
        </rect>
    }
}

/// How high a column is drawn: of nothing not at all, of anything at least a line.
fn height(value: u64, greatest: u64) -> u64 {
    let share = value.saturating_mul(HEIGHT).checked_div(greatest).unwrap_or(0);
    if value == 0 { 0 } else { share.clamp(1, HEIGHT) }
}
