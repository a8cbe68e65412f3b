//! One row of the events table.

use yew::prelude::*;

use crate::display::{grouped, iso};
use crate::event::Field;
use crate::layout::keep_end;
use crate::protocol::{EventRow, RowRef};
use crate::state::{Columns, Shows};
use crate::ui::shared::{
    Icon, Same, clock, day, icon_small, mark, masked, masked_as, service, shown, shown_as, shown_in, span,
    titled,
};

use super::columns::look;
use super::end_class;

/// Of [`Row`].
#[derive(Clone, PartialEq, Properties)]
pub struct RowProps {
    /// The rows of the window.
    pub rows: Same<Vec<EventRow>>,
    /// The columns.
    pub columns: Same<Columns>,
    /// Which of them.
    pub at: usize,
    /// Its place in the whole list, counted from 0.
    pub place: u64,
    /// It is the chosen one.
    pub chosen: bool,
    /// Keys go from here.
    pub cursor: bool,
    /// It is the first row of its day, or the first without a time.
    pub new_day: bool,
    /// The day stands beside its time.
    pub dated: bool,
    /// With its place, when clicked.
    pub on_row: Callback<u64>,
}

/// An event on one line, or on two where the table is narrow.
#[component]
pub fn Row(props: &RowProps) -> Html {
    let Some(row) = props.rows.get(props.at) else { return blank_row(props.place, props.cursor) };
    let place = props.place;
    let onclick = props.on_row.reform(move |_: MouseEvent| place);
    let moment = row.time_ms.map_or_else(|| row.time_text.clone(), iso);
    html! {
        <div role="row" class={row_class(props)} id={row_id(place)} {onclick}
            aria-rowindex={(place + 1).to_string()} aria-selected={if props.chosen { "true" } else { "false" }}
            data-testid="event-row" data-event-id={row.event_id.clone()} data-time={moment.clone()}
            data-source={masked(&row.source).into_owned()} data-name={masked(&row.name).into_owned()}
            data-principal={masked_as(Field::Principal, &row.principal).into_owned()}>
            for column in props.columns.list() { { shown_cell(column.shows, row, &props.columns, props.dated) } }
        </div>
    }
}

/// A row that was pinned: it stays above the others, whatever the query.
pub fn pinned(
    row: &EventRow,
    columns: &Columns,
    selected: Option<RowRef>,
    on_open: &Callback<RowRef>,
) -> Html {
    let at = row.row;
    let onclick = on_open.reform(move |_: MouseEvent| at);
    let onkeydown = {
        let on_open = on_open.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.stop_propagation();
                on_open.emit(at);
            }
        })
    };
    html! {
        <div role="row" class={classes!("event-row", "pinned", (selected == Some(at)).then_some("chosen"))} tabindex="0"
            data-testid="pinned-row" data-event-id={row.event_id.clone()} {onclick} {onkeydown}>
            for column in columns.list() { { shown_cell(column.shows, row, columns, true) } }
        </div>
    }
}

fn shown_cell(shows: Shows, row: &EventRow, columns: &Columns, dated: bool) -> Html {
    let (class, ..) = look(shows);
    let Shows::Value(field) = shows else {
        return match shows {
            Shows::Marks => cell(class, marks(row)),
            _ => {
                let moment = row.time_ms.map_or_else(|| row.time_text.clone(), iso);
                let title = shown(&moment).into_owned();
                html! { <span role="gridcell" class="c-time v line" {title}>{ time(row, dated) }</span> }
            }
        };
    };
    let inside = match field {
        Field::EventSource => {
            let title = shown(&row.source).into_owned();
            return html! { <span role="gridcell" class="c-service clip" {title}>{ service(&row.source).short }</span> };
        }
        Field::EventName => html! { <>{ ends(field, &row.name, 8) }{ copies(row.copies) }</> },
        Field::Principal => ends(field, &row.principal, 6),
        // Of a queue the name comes first, then account and Region.
        Field::Resource if row.source.starts_with("sqs.") => ends(field, &row.resource, 0),
        Field::Resource => ends(field, &row.resource, 6),
        Field::Failure => outcome(row.error.as_deref()),
        Field::SourceIp => ends(field, &row.source_ip, 0),
        _ => added(field, row, columns),
    };
    cell(if row.root && field == Field::Principal { "c-principal root" } else { class }, inside)
}

/// The value of a column that the reader chose.
fn added(field: Field, row: &EventRow, columns: &Columns) -> Html {
    let Some((_, text)) = row.cells.iter().find(|(of, _)| *of == field) else { return Html::default() };
    let whole = shown_in(field, columns.name(field), text).into_owned();
    titled("v line", whole.clone(), whole)
}

fn cell(class: &'static str, inside: Html) -> Html {
    html! { <span role="gridcell" {class}>{ inside }</span> }
}

fn row_class(props: &RowProps) -> Classes {
    classes!(
        "event-row",
        props.chosen.then_some("chosen"),
        props.cursor.then_some("cursor"),
        props.new_day.then_some("new-day")
    )
}

/// The id that `aria-activedescendant` names.
pub fn row_id(place: u64) -> String {
    format!("event-{place}")
}

/// A row that is not here yet. It says nothing, so it says nothing wrong.
pub fn blank_row(place: u64, cursor: bool) -> Html {
    html! {
        <div key={place.to_string()} role="row" id={row_id(place)} aria-busy="true"
            class={classes!("event-row", "blank", cursor.then_some("cursor"))}
            aria-rowindex={(place + 1).to_string()}>
            for class in ["c-time", "c-service", "c-event", "c-principal"] { { cell(class, html! { <i /> }) } }
        </div>
    }
}

fn time(row: &EventRow, dated: bool) -> Html {
    match row.time_ms {
        Some(ms) if dated => html! { <>{ clock(ms) }<b class="day">{ day(ms) }</b></> },
        Some(ms) => html! { { clock(ms) } },
        None if dated => html! {
            <><b class="day undated">{ "no time" }</b>{ " " }{ span("quiet", shown(&row.time_text).into_owned()) }</>
        },
        None if row.time_text.is_empty() => span("quiet", "no time"),
        None => span("quiet", shown(&row.time_text).into_owned()),
    }
}

/// Fixed slots, so that each kind of mark can be scanned down.
fn marks(row: &EventRow) -> Html {
    let who = if row.root {
        mark(Icon::Root, "", "root user")
    } else if row.no_mfa {
        mark(Icon::NoMfa, "", "no MFA")
    } else {
        Html::default()
    };
    html! {
        <>
            { slot(if row.write { mark(Icon::Write, "is-wr", "write") } else { Html::default() }) }
            { slot(if row.redactions > 0 { hid(row.redactions) } else { Html::default() }) }
            { slot(if row.exposures > 0 { leaked(row.exposures) } else { Html::default() }) }
            { slot(who) }
        </>
    }
}

fn slot(mark: Html) -> Html {
    html! { <span class="slot">{ mark }</span> }
}

fn hid(count: u32) -> Html {
    let name = if count == 1 {
        "AWS hid a value".to_owned()
    } else {
        format!("AWS hid {} values", grouped(count.into()))
    };
    html! {
        <span class="mark is-hid" role="img" aria-label={name.clone()} title={name}>{ icon_small(Icon::Hid) }</span>
    }
}

fn leaked(count: u32) -> Html {
    let name = if count == 1 {
        "a value leaked".to_owned()
    } else {
        format!("{} values leaked", grouped(count.into()))
    };
    html! {
        <span class="mark is-leak" role="img" aria-label={name.clone()} title={name}>{ icon_small(Icon::Leak) }</span>
    }
}

/// An identifier whose middle gives way when there is no room; text and title are whole.
fn ends(field: Field, text: &str, keep: usize) -> Html {
    let whole = shown_as(field, text).into_owned();
    let (start, end) = keep_end(&whole, keep);
    if keep == 0 || start.chars().count() < 4 {
        return titled("v line", whole.clone(), whole);
    }
    html! {
        <span class={classes!("v", "two-ends", end_class(end))} title={whole.clone()}>
            { span("start", start.to_owned()) }{ span("end", end.to_owned()) }
        </span>
    }
}

fn copies(count: u32) -> Html {
    if count == 0 {
        return Html::default();
    }
    let word = if count == 1 { "copy" } else { "copies" };
    let title = format!("{} exact {word} not shown", grouped(count.into()));
    html! { <span class="badge" {title}>{ grouped(u64::from(count) + 1) }{ "×" }</span> }
}

fn outcome(error: Option<&str>) -> Html {
    match error {
        Some(error) => {
            let whole = shown(error).into_owned();
            html! {
                <span class="outcome is-err" title={whole.clone()}>
                    { icon_small(Icon::Error) }{ span("clip isolate", whole) }
                </span>
            }
        }
        None => span("quiet", "ok"),
    }
}
