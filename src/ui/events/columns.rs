//! The heads of the columns: sorting, and another place or width by mouse and keyboard.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};
use yew::prelude::*;

use crate::event::Field;
use crate::protocol::Order;
use crate::state::{Column, Columns, ColumnsAction, Shows, WIDTHS};
use crate::ui::shared::{Icon, Same, icon_tiny, shown};

/// One press of a key makes a column so much wider, in pixels.
const STEP: u16 = 16;

/// Between two columns, and at both sides of all: as the stylesheet has them.
const GAP: u32 = 12;
const SIDES: u32 = 32;

/// What the page calls the column: of a path its last key.
pub fn label(columns: &Columns, shows: Shows) -> String {
    match shows {
        Shows::Time => "Time".to_owned(),
        Shows::Marks => "Marks".to_owned(),
        Shows::Value(Field::EventName) => "Event".to_owned(),
        Shows::Value(Field::Failure) => "Outcome".to_owned(),
        Shows::Value(Field::SourceIp) => "Source".to_owned(),
        Shows::Value(field) if field.added().is_some() => {
            let path = columns.name(field);
            path.rsplit(['.', '"']).find(|key| !key.is_empty()).unwrap_or(path).to_owned()
        }
        Shows::Value(field) => field.info().label.to_owned(),
    }
}

/// The class of a column's cells, its least width in pixels and its share of the room, in hundredths.
pub fn look(shows: Shows) -> (&'static str, u32, u32) {
    match shows {
        Shows::Time => ("c-time", 100, 0),
        Shows::Marks => ("c-marks", 54, 0),
        Shows::Value(Field::EventSource) => ("c-service", 56, 80),
        Shows::Value(Field::EventName) => ("c-event", 140, 205),
        Shows::Value(Field::Principal) => ("c-principal", 88, 160),
        Shows::Value(Field::Resource) => ("c-resource", 80, 155),
        Shows::Value(Field::Failure) => ("c-outcome", 104, 150),
        Shows::Value(Field::SourceIp) => ("c-source", 84, 110),
        Shows::Value(_) => ("c-added", 110, 140),
    }
}

/// The tracks of the grid, and what they need at least, both as CSS. `live` is a width that is being dragged.
pub fn tracks(columns: &[Column], live: Option<(Shows, u16)>) -> (String, String) {
    let (mut tracks, mut least) = (String::new(), SIDES);
    for column in columns {
        let width = live.filter(|(shows, _)| *shows == column.shows).map_or(column.width, |(_, width)| width);
        let (_, narrowest, share) = look(column.shows);
        let px = if width > 0 { u32::from(width) } else { narrowest };
        least += px + GAP;
        if width > 0 || share == 0 {
            tracks.push_str(&format!("{px}px "));
        } else {
            tracks.push_str(&format!("minmax({px}px,{share}fr) "));
        }
    }
    (tracks, format!("{}px", least - GAP))
}

/// Of [`Heads`].
#[derive(Clone, PartialEq, Properties)]
pub struct HeadsProps {
    /// The columns.
    pub columns: Same<Columns>,
    /// The order of the list.
    pub order: Order,
    /// A head was pressed; `None` is time.
    pub on_sort: Callback<Option<Field>>,
    /// A column is to go elsewhere, or has a width.
    pub on_columns: Callback<ColumnsAction>,
    /// A width while it is dragged; `None` when it no longer is.
    pub on_live: Callback<Option<(Shows, u16)>>,
}

/// A drag of the right edge of a head: where it began, and how wide the column was and is.
type Drag = Rc<Cell<Option<(i32, u16, u16)>>>;

/// The row of heads.
#[component]
pub fn Heads(props: &HeadsProps) -> Html {
    let node = use_node_ref();
    let moved = use_mut_ref(|| None::<usize>);
    let held = use_mut_ref(|| None::<Shows>);
    let drag: Drag = (*use_memo((), |()| Rc::new(Cell::new(None)))).clone();
    {
        // An element that is moved in the document loses the focus.
        let (node, moved) = (node.clone(), moved.clone());
        use_effect_with(props.columns.clone(), move |_| {
            let Some(place) = moved.borrow_mut().take() else { return };
            let head = node.cast::<Element>().and_then(|row| row.children().item(u32::try_from(place).ok()?));
            let button = head.and_then(|head| head.query_selector("button").ok().flatten());
            if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                let _ = button.focus();
            }
        });
    }
    let head = |place: usize, column: Column| {
        let shows = column.shows;
        let onkeydown = {
            let (on_columns, moved, count) =
                (props.on_columns.clone(), moved.clone(), props.columns.list().len());
            Callback::from(move |event: KeyboardEvent| {
                let right = match event.key().as_str() {
                    "ArrowRight" if event.alt_key() => true,
                    "ArrowLeft" if event.alt_key() => false,
                    // What the button does with them, not the table.
                    "Enter" | " " => return event.stop_propagation(),
                    _ => return,
                };
                event.prevent_default();
                event.stop_propagation();
                if event.shift_key() {
                    let width = width_of(&event);
                    let width = if right { width.saturating_add(STEP) } else { width.saturating_sub(STEP) };
                    on_columns.emit(ColumnsAction::Resize(shows, width.max(WIDTHS.0)));
                } else if let Some(to) = if right { place.checked_add(1) } else { place.checked_sub(1) }
                    && to < count
                {
                    *moved.borrow_mut() = Some(to);
                    on_columns.emit(ColumnsAction::Move(shows, to));
                }
            })
        };
        let ondragstart = {
            let held = held.clone();
            Callback::from(move |event: DragEvent| {
                *held.borrow_mut() = Some(shows);
                if let Some(data) = event.data_transfer() {
                    // Without data some browsers start no drag.
                    let _ = data.set_data("text/plain", "");
                    data.set_effect_allowed("move");
                }
            })
        };
        let ondragover = {
            let held = held.clone();
            Callback::from(move |event: DragEvent| {
                if held.borrow().is_some() {
                    event.prevent_default();
                }
            })
        };
        let ondragend = {
            let held = held.clone();
            Callback::from(move |_: DragEvent| *held.borrow_mut() = None)
        };
        let ondrop = {
            let (held, on_columns) = (held.clone(), props.on_columns.clone());
            Callback::from(move |event: DragEvent| {
                if let Some(shows) = held.borrow_mut().take() {
                    event.prevent_default();
                    on_columns.emit(ColumnsAction::Move(shows, place));
                }
            })
        };
        let (class, ..) = look(shows);
        let by = match shows {
            Shows::Time => Some(None),
            Shows::Value(field) if !field.is_of_findings() => Some(Some(field)),
            _ => None,
        };
        let sorted = by == Some(props.order.by);
        let sort = match (sorted, props.order.descending) {
            (false, _) => None,
            (true, true) => Some("descending"),
            (true, false) => Some("ascending"),
        };
        let name = props.columns.name_of(shows).to_owned();
        let onclick = {
            let on_sort = props.on_sort.clone();
            Callback::from(move |_: MouseEvent| {
                if let Some(by) = by {
                    on_sort.emit(by);
                }
            })
        };
        html! {
            <span key={name.clone()} role="columnheader" class={classes!(class, sorted.then_some("sorted"))} aria-sort={sort}
                data-testid="column-head" data-column={name.clone()} draggable="true" {ondragstart} {ondragover} {ondragend} {ondrop} {onkeydown}>
                <button type="button" {onclick} title={title(props, shows, by)}>{ shown(&label(&props.columns, shows)).into_owned() }
                    if sorted { { icon_tiny(if props.order.descending { Icon::ArrowDown } else { Icon::ArrowUp }) } }
                </button>
                { grip(shows, &drag, props) }
            </span>
        }
    };
    html! {
        <div class="event-columns" role="row" ref={node}>
            for (place, column) in props.columns.list().iter().enumerate() { { head(place, *column) } }
        </div>
    }
}

/// What a press on a head does, and of a path the whole.
fn title(props: &HeadsProps, shows: Shows, by: Option<Option<Field>>) -> String {
    let name = label(&props.columns, shows);
    let press = match by.map(|by| props.order.pressed(by)) {
        None => "It has no order".to_owned(),
        Some(next) => match (next.by, next.descending) {
            (None, true) => "Press for newest first".to_owned(),
            (None, false) => "Press for oldest first".to_owned(),
            (Some(_), false) => format!("Press to sort by {name}"),
            (Some(_), true) => "Press for the reverse".to_owned(),
        },
    };
    let path = match shows {
        Shows::Value(field) if field.added().is_some() => format!("{}. ", props.columns.name(field)),
        _ => String::new(),
    };
    shown(&format!("{path}{press}")).into_owned()
}

/// The right edge of a head.
fn grip(shows: Shows, drag: &Drag, props: &HeadsProps) -> Html {
    let onpointerdown = {
        let drag = drag.clone();
        Callback::from(move |event: PointerEvent| {
            // Else the head is dragged, and not its edge.
            event.prevent_default();
            let Some(grip) = event.target_dyn_into::<Element>() else { return };
            let _ = grip.set_pointer_capture(event.pointer_id());
            let width = grip.parent_element().map_or(0, |head| head.client_width());
            let width = u16::try_from(width).unwrap_or(WIDTHS.1);
            drag.set(Some((event.client_x(), width, width)));
        })
    };
    let onpointermove = {
        let (drag, on_live) = (drag.clone(), props.on_live.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((from, before, _)) = drag.get() else { return };
            let width = i32::from(before).saturating_add(event.client_x() - from);
            let width =
                u16::try_from(width.clamp(i32::from(WIDTHS.0), i32::from(WIDTHS.1))).unwrap_or(before);
            drag.set(Some((from, before, width)));
            on_live.emit(Some((shows, width)));
        })
    };
    let onpointerup = {
        let (drag, on_live, on_columns) = (drag.clone(), props.on_live.clone(), props.on_columns.clone());
        Callback::from(move |_: PointerEvent| {
            let Some((_, before, width)) = drag.take() else { return };
            on_live.emit(None);
            if width != before {
                on_columns.emit(ColumnsAction::Resize(shows, width));
            }
        })
    };
    let ondblclick = props.on_columns.reform(move |_: MouseEvent| ColumnsAction::Resize(shows, 0));
    // A press that ends here is no press of the head.
    let ondragstart = Callback::from(|event: DragEvent| {
        event.prevent_default();
        event.stop_propagation();
    });
    html! {
        <i class="grip" data-testid="column-grip" aria-hidden="true" draggable="true" {onpointerdown} {onpointermove} {onpointerup}
            {ondblclick} {ondragstart} />
    }
}

/// How wide the column of a head is.
fn width_of(event: &KeyboardEvent) -> u16 {
    let head = event.target_dyn_into::<Element>();
    let head = head.and_then(|inside| inside.closest("[role=columnheader]").ok().flatten());
    u16::try_from(head.map_or(0, |head| head.client_width())).unwrap_or(WIDTHS.1)
}
