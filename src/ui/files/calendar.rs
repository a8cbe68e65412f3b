//! Where there is digest evidence, by account, Region and hour.

use yew::prelude::*;

use crate::display::{day, day_start, day_year, year_minute};
use crate::protocol::{Calendar, Coverage};
use crate::ui::shared::shown;
use crate::ui::shared::{Names, named, span};

/// The height of a cell, and its width with the space behind it, in pixels.
const HEIGHT: usize = 10;
const WIDE: usize = 8;
const NARROW: usize = 4;

/// Up to this many columns are wide.
const MOST_WIDE: usize = 72;

/// A day is named where its label fits, without the year or with it.
const LABEL_PX: usize = 48;
const YEAR_LABEL_PX: usize = 80;

const LEGEND: [Coverage; 6] = [
    Coverage::Authentic,
    Coverage::Consistent,
    Coverage::Altered,
    Coverage::Missing,
    Coverage::Gap,
    Coverage::NotCovered,
];

fn name(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::None => "none",
        Coverage::Authentic => "authentic",
        Coverage::Consistent => "consistent",
        Coverage::Altered => "altered",
        Coverage::Missing => "missing",
        Coverage::Gap => "gap",
        Coverage::NotCovered => "not covered",
    }
}

/// Its class in the stylesheet.
fn class(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::None => "cell none",
        Coverage::Authentic => "cell authentic",
        Coverage::Consistent => "cell consistent",
        Coverage::Altered => "cell altered",
        Coverage::Missing => "cell missing",
        Coverage::Gap => "cell gap",
        Coverage::NotCovered => "cell uncovered",
    }
}

/// What a column is.
fn unit(hours: i64) -> String {
    match hours {
        1 => "hour".to_owned(),
        24 => "day".to_owned(),
        168 => "week".to_owned(),
        hours if hours < 24 => format!("{hours} hours"),
        hours => format!("{} weeks", hours / 168),
    }
}

/// The calendar with its legend.
pub fn calendar(calendar: &Calendar, names: &Names) -> Html {
    let columns = calendar.rows.first().map_or(0, |(_, _, cells)| cells.len());
    let step = if columns > MOST_WIDE { NARROW } else { WIDE };
    html! {
        <div class="evidence">
            <div class="evidence-head">
                { span("what", format!("Digest evidence by account, Region and {}", unit(calendar.step_ms / 3_600_000))) }
                <span class="legend">
                    for coverage in LEGEND {
                        <span class="entry"><svg width="10" height={HEIGHT.to_string()} aria-hidden="true">
                            { run(coverage, 0, 1, WIDE + 2, None) }</svg>{ name(coverage) }</span>
                    }
                </span>
            </div>
            <div class="evidence-rows" tabindex="0" role="group" aria-label="Digest evidence">
                for (account, region, cells) in calendar.rows.iter() {
                    { row(calendar, &named(names, account), region, cells, step) }
                }
                { axis(calendar, columns, step) }
            </div>
        </div>
    }
}

fn row(calendar: &Calendar, account: &str, region: &str, cells: &[Coverage], step: usize) -> Html {
    let mut runs = Vec::new();
    let mut told = String::new();
    let mut at = 0;
    for same in cells.chunk_by(|one, other| one == other) {
        let time = |place: usize| {
            let place = i64::try_from(place).unwrap_or_default();
            year_minute(calendar.from_ms + place * calendar.step_ms)
        };
        let title = format!("{} to {} UTC: {}", time(at), time(at + same.len()), name(same[0]));
        if same[0] != Coverage::None {
            told.push_str(&title);
            told.push_str(". ");
        }
        runs.push(run(same[0], at, same.len(), step, Some(title)));
        at += same.len();
    }
    let label = shown(account).into_owned();
    html! {
        <div class="evidence-row">
            <span class="label" title={format!("{label} {region}")}>{ span("v line", label.clone()) }{ span("region", region.to_owned()) }</span>
            <svg width={(cells.len() * step).to_string()} height={HEIGHT.to_string()} role="img" aria-label={told}>
                { for runs }
            </svg>
        </div>
    }
}

/// Cells side by side that say the same.
fn run(coverage: Coverage, from: usize, count: usize, step: usize, title: Option<String>) -> Html {
    let (mut boxes, mut marks) = (String::new(), String::new());
    let width = step - 1;
    for place in from..from + count {
        let x = place * step;
        // Lines of one pixel lie between pixels.
        boxes.push_str(&format!("M{x}.5 .5h{}v{}h-{}z", width - 1, HEIGHT - 1, width - 1));
        let (left, right, middle) = (x + 1, x + width - 1, HEIGHT / 2);
        match coverage {
            Coverage::Altered => {
                marks.push_str(&format!("M{left}.5 2.5 {right}.5 7.5M{right}.5 2.5 {left}.5 7.5"));
            }
            Coverage::Gap => marks.push_str(&format!("M{left} 9 {right} 1")),
            Coverage::NotCovered => marks.push_str(&format!("M{left} {middle}h{}", width - 2)),
            _ => {}
        }
    }
    html! {
        <g class={class(coverage)}>
            if let Some(title) = title { <title>{ title }</title> }
            <path d={boxes} />
            if !marks.is_empty() { <path class="sign" d={marks} /> }
        </g>
    }
}

fn axis(calendar: &Calendar, columns: usize, step: usize) -> Html {
    let mut labels = Vec::new();
    let mut free = 0;
    // Where days are columns no hour tells them apart, and years may.
    let years = calendar.step_ms >= 24 * 3_600_000;
    let (label, wide): (fn(i64) -> String, _) =
        if years { (day_year, YEAR_LABEL_PX) } else { (day, LABEL_PX) };
    for place in 0..columns {
        let ms = calendar.from_ms + i64::try_from(place).unwrap_or_default() * calendar.step_ms;
        let starts = place == 0 || day_start(ms) > day_start(ms - calendar.step_ms);
        if starts && place * step >= free {
            free = place * step + wide;
            // The year of the first column is told in any case.
            let text = if place == 0 { day_year(ms) } else { label(ms) };
            free = free.max(if place == 0 { YEAR_LABEL_PX } else { 0 });
            labels.push(html! { <text x={(place * step).to_string()} y="11">{ text }</text> });
        }
    }
    html! {
        <div class="evidence-row axis" aria-hidden="true"><span class="label" />
            <svg width={(columns * step + YEAR_LABEL_PX).to_string()} height="14">{ for labels }</svg></div>
    }
}
