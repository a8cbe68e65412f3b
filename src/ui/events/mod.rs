//! The events table: any of millions of rows, of which only those in sight are on the page.

mod chooser;
mod columns;
mod cursor;
mod ends;
mod row;
mod viewport;

use std::ops::Range;

use yew::prelude::*;

use self::chooser::Chooser;
use self::columns::{Heads, label, tracks};
use self::cursor::{Cursor, Window, use_cursor};
pub(super) use self::ends::end_class;
use self::row::{Row, blank_row, pinned, row_id};
use self::viewport::{Viewport, use_viewport};
use super::shared::{
    Button, ButtonKind, Icon, Same, button, day_header, icon_button_as, labelled_count, local, no_match,
    shown,
};
use crate::display::day_start;
use crate::event::Field;
use crate::layout::ask_window;
use crate::protocol::{Answer, EventRow, Order, RowRef};
use crate::state::{Columns, ColumnsAction, Shows};

/// Of [`EventTable`].
#[derive(Clone, PartialEq, Properties)]
pub struct EventTableProps {
    /// Rows in the whole list.
    pub total: u64,
    /// The place of the first of `rows` in the list.
    pub window_first: u64,
    /// The rows that are known, in the order of the list.
    pub rows: Same<Vec<EventRow>>,
    /// The chosen row.
    pub selected: Option<RowRef>,
    /// The columns.
    pub columns: Same<Columns>,
    /// Whether they are being chosen.
    pub choosing: bool,
    /// How many events have each field, while they are.
    pub answer: Same<Answer>,
    /// Pinned rows: they stay in sight.
    pub pins: Same<Vec<EventRow>>,
    /// The chosen row is to be pinned, or no longer.
    pub on_pin: Callback<()>,
    /// The chosen event and the pinned one side by side.
    pub on_compare: Callback<()>,
    /// The events around the chosen one.
    pub on_around: Callback<()>,
    /// A pinned row was pressed.
    pub on_pinned: Callback<RowRef>,
    /// Something is to be done with the columns.
    pub on_columns: Callback<ColumnsAction>,
    /// The chooser opens or closes.
    pub on_choosing: Callback<bool>,
    /// The order of the list.
    pub order: Order,
    /// An answer is awaited: what is shown is the last one.
    pub loading: bool,
    /// Files are still being read, so counts are "so far".
    #[prop_or_default]
    pub reading: bool,
    /// The number of the list. A new one starts at its top.
    #[prop_or_default]
    pub list: u32,
    /// Moves to a place as a key would: a turn number, so that the same place can be asked for
    /// twice, and the place. [`EventTableProps::on_select`] tells of the row once it is known.
    #[prop_or_default]
    pub reveal: Option<(u32, u64)>,
    /// Rows are needed: the first place, and how many.
    pub on_window: Callback<(u64, u32)>,
    /// A row is opened, with its place: Enter or a click.
    pub on_open: Callback<(u64, RowRef)>,
    /// A row is chosen, with its place: the cursor moved to it.
    pub on_select: Callback<(u64, RowRef)>,
    /// The head of a column was pressed; `None` is time.
    pub on_sort: Callback<Option<Field>>,
    /// The next row with an error, or the previous one (`false`).
    pub on_next_error: Callback<bool>,
    /// A way out where nothing matches.
    pub on_clear_query: Callback<()>,
}

/// A virtual grid of events with its toolbar.
#[component]
pub fn EventTable(props: &EventTableProps) -> Html {
    let viewport = use_viewport(props.total);
    let window = Window { first: props.window_first, total: props.total, rows: props.rows.clone() };
    let cursor = use_cursor(props, &window, &viewport);
    viewport.keep(cursor.place());
    let drawn = viewport.drawn();
    use_window_question(props, &window, &drawn);
    let onkeydown = {
        let (cursor, props, viewport) = (cursor.clone(), props.clone(), viewport.clone());
        Callback::from(move |event: KeyboardEvent| pressed(&event, &cursor, &props, &viewport))
    };
    let live = use_state_eq(|| None::<(Shows, u16)>);
    let on_live = {
        let live = live.setter();
        use_callback((), move |width, ()| live.set(width))
    };
    let counted = use_mut_ref(|| props.columns.list().len());
    let custom = live.is_some() || !props.columns.are_usual();
    {
        let scroller = viewport.nodes.scroller.clone();
        let counted = counted.clone();
        use_effect_with((props.columns.clone(), *live), move |(columns, live)| {
            let Some(table) = scroller.cast::<web_sys::HtmlElement>() else { return };
            let (tracks, least) = tracks(columns.list(), *live);
            // A browser refuses no property of our own.
            let _ = table.style().set_property("--columns", &tracks);
            let _ = table.style().set_property("--least", &least);
            // A column that is added stands at the right, perhaps out of sight.
            let count = columns.list().len();
            if std::mem::replace(&mut *counted.borrow_mut(), count) < count {
                table.set_scroll_left(table.scroll_width());
            }
        });
    }
    let day = day_in_sight(&window, viewport.first_row());
    let active = cursor.place().filter(|place| drawn.contains(place)).map(row_id);
    let nodes = &viewport.nodes;
    html! {
        <section class="events" aria-label="Events">
            { toolbar(props) }
            <div class={classes!("event-table", props.loading.then_some("waiting"), custom.then_some("custom"))} ref={nodes.scroller.clone()}
                role="grid" tabindex="0" data-testid="event-table" aria-label="Events" aria-rowcount={props.total.to_string()}
                aria-activedescendant={active} aria-busy={if props.loading { "true" } else { "false" }} {onkeydown}>
                <div class="event-head" ref={nodes.head.clone()} role="presentation">
                    <Heads columns={props.columns.clone()} order={props.order} on_sort={&props.on_sort}
                        on_columns={&props.on_columns} {on_live} />
                    if !props.pins.is_empty() {
                        <div class="pins" role="rowgroup" aria-label="Pinned events" data-testid="pins" data-count={props.pins.len().to_string()}>
                            for pin in props.pins.iter() { { pinned(pin, &props.columns, props.selected, &props.on_pinned) } }
                        </div>
                    }
                    if props.total > 0 && props.order.by.is_none() {
                        <div class="event-day" aria-hidden="true">{ day }</div>
                    }
                </div>
                <div class="event-track" ref={nodes.track.clone()} role="rowgroup">
                    <div class="event-rows" ref={nodes.rows.clone()} role="presentation">
                        for place in drawn {
                            { row(place, props, &window, &cursor) }
                        }
                    </div>
                </div>
                <div class="event-ruler" ref={nodes.ruler.clone()} aria-hidden="true" />
                if props.total == 0 && !props.loading && !props.reading { { no_match(&props.on_clear_query) } }
            </div>
        </section>
    }
}

/// The list, its length, and the window of it that is asked for.
type Question = (u32, u64, (u64, u32));

/// Asks for rows when the ones to draw are not all in the window.
///
/// The same window is asked for again only when other rows have come than those asked for: an answer
/// that falls short must not be asked for without end.
#[hook]
fn use_window_question(props: &EventTableProps, window: &Window, drawn: &Range<u64>) {
    let asked = use_mut_ref(|| None::<(Question, Same<Vec<EventRow>>)>);
    let covered =
        drawn.is_empty() || (window.row(drawn.start).is_some() && window.row(drawn.end - 1).is_some());
    let wanted = ask_window(drawn, props.total);
    let question: Question = (props.list, props.total, wanted);
    let answered = !props.rows.is_empty() && props.window_first == wanted.0;
    let rows = props.rows.clone();
    let on_window = props.on_window.clone();
    use_effect(move || {
        let mut asked = asked.borrow_mut();
        let again =
            asked.as_ref().is_some_and(|(before, had)| *before == question && (answered || *had == rows));
        if !covered && !again {
            *asked = Some((question, rows));
            drop(asked);
            on_window.emit(wanted);
        }
    });
}

fn row(place: u64, props: &EventTableProps, window: &Window, cursor: &Cursor) -> Html {
    let here = cursor.place() == Some(place);
    let Some((at, event)) = window.row(place) else { return blank_row(place, here) };
    let day = |row: &EventRow| row.time_ms.map(|ms| day_start(local(ms)));
    let before = place.checked_sub(1).map(|before| window.row(before));
    let new_day = match before {
        // The day stands above the first row, and nothing is known of a row that is not here.
        None | Some(None) => false,
        Some(Some((_, before))) => day(before) != day(event),
    };
    // Days follow each other only in the order of time.
    let by_value = props.order.by.is_some();
    let (new_day, dated) = (new_day && !by_value, new_day || by_value);
    let chosen = props.selected == Some(event.row);
    html! {
        <Row key={place.to_string()} rows={props.rows.clone()} columns={props.columns.clone()} {at} {place} {chosen} cursor={here} {new_day} {dated}
            on_row={cursor.on_row()} />
    }
}

/// The day of the first row in sight. A row that is not here yet leaves the line empty.
fn day_in_sight(window: &Window, first: u64) -> String {
    window.row(first).map_or_else(String::new, |(_, row)| {
        row.time_ms.map_or_else(|| "No readable time".to_owned(), day_header)
    })
}

fn pressed(event: &KeyboardEvent, cursor: &Cursor, props: &EventTableProps, viewport: &Viewport) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let last = props.total.saturating_sub(1);
    let here = cursor.place();
    let from = here.unwrap_or_else(|| viewport.first_row());
    let target = match event.key().as_str() {
        // The first press puts the cursor in sight, the next ones move it.
        "ArrowDown" | "ArrowUp" if here.is_none() => Some(from),
        "ArrowDown" => Some(from.saturating_add(1)),
        "ArrowUp" => Some(from.saturating_sub(1)),
        "PageDown" => Some(from.saturating_add(viewport.page_rows())),
        "PageUp" => Some(from.saturating_sub(viewport.page_rows())),
        "Home" => Some(0),
        "End" => Some(last),
        "Enter" => {
            cursor.open();
            None
        }
        "e" => {
            props.on_next_error.emit(true);
            None
        }
        "E" => {
            props.on_next_error.emit(false);
            None
        }
        _ => return,
    };
    // The page has the same keys for when the table has not the focus.
    event.prevent_default();
    event.stop_propagation();
    if let Some(target) = target.filter(|_| props.total > 0) {
        cursor.go(target.min(last));
    }
}

fn toolbar(props: &EventTableProps) -> Html {
    let order = match (props.order.by, props.order.descending) {
        (None, true) => "newest first".to_owned(),
        (None, false) => "oldest first".to_owned(),
        (Some(field), descending) => {
            let label = label(&props.columns, Shows::Value(field)).to_lowercase();
            format!("by {}{}", shown(&label), if descending { ", reversed" } else { "" })
        }
    };
    let pinned = match props.pins.len() {
        0 => String::new(),
        pins => format!(", {pins} pinned"),
    };
    let word = match (props.total, props.reading) {
        (1, false) => format!("event, {order}{pinned}"),
        (_, false) => format!("events, {order}{pinned}"),
        (_, true) => format!("events so far, {order}{pinned}"),
    };
    let next = Button {
        label: "Next error".into(),
        icon: Some(Icon::Error),
        kind: ButtonKind::Quiet,
        key_name: Some("e"),
        title: Some("The next event that failed; E for the previous one"),
        onclick: props.on_next_error.reform(|()| true),
        ..Button::default()
    };
    html! {
        <div class="toolbar">
            <div class="told">{ labelled_count(props.total, &word) }</div>
            <div class="tools">
                { icon_button_as(Icon::Pin, "Pin the chosen event, or take its pin out (x)", "icon-button", Some("pin"), &props.on_pin) }
                { icon_button_as(Icon::NotEqual, "Compare the chosen event with the pinned one (d)", "icon-button", Some("compare-open"), &props.on_compare) }
                { icon_button_as(Icon::Gap, "The events around the chosen one, without the query (a)", "icon-button", Some("around"), &props.on_around) }
                <Chooser columns={props.columns.clone()} open={props.choosing} answer={props.answer.clone()}
                    on_columns={&props.on_columns} on_open={&props.on_choosing} />
                { button(next) }
            </div>
        </div>
    }
}
