//! The scrolled element of the table: sizes, positions, the wheel.
//!
//! [`Scroll`] does the arithmetic; here its results are put on the page. Heights and places go
//! through CSSOM, because the page's policy refuses `style` attributes.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlElement, ResizeObserver, WheelEvent};
use yew::prelude::*;

use crate::layout::Scroll;

/// Rows drawn above and below those in sight.
const OVERSCAN: u64 = 12;

/// The elements that are measured and moved.
#[derive(Clone, Default, PartialEq)]
pub struct Nodes {
    /// What scrolls; the head sticks to its top.
    pub scroller: NodeRef,
    /// The column names.
    pub head: NodeRef,
    /// As high as all rows, or as an element can be.
    pub track: NodeRef,
    /// The rows that are drawn.
    pub rows: NodeRef,
    /// As high as one row: the stylesheet decides that, by width and pointer.
    pub ruler: NodeRef,
}

#[derive(Clone, Copy)]
struct Held {
    list: Scroll,
    /// Where the rows are, pixels: more exact than the scroll position where that is scaled.
    offset: f64,
    first_drawn: u64,
    /// A row that stays in sight when the height changes.
    kept: Option<u64>,
}

/// What part of the rows is in sight, and how to move it.
#[derive(Clone)]
pub struct Viewport {
    /// To be put on the elements.
    pub nodes: Nodes,
    held: Rc<RefCell<Held>>,
    first: UseStateSetter<u64>,
    size: UseStateSetter<(i32, i32)>,
}

/// The viewport of a table with this many rows. The component renders again when other rows come
/// into sight.
#[hook]
pub fn use_viewport(rows: u64) -> Viewport {
    let nodes = use_memo((), |()| Nodes::default());
    let first = use_state_eq(|| 0u64);
    let size = use_state_eq(|| (0i32, 0i32));
    let list = Scroll { rows, row_px: f64::from(size.1), view_px: f64::from(size.0) };
    let held = use_mut_ref(|| Held { list, offset: 0.0, first_drawn: 0, kept: None });
    {
        let mut held = held.borrow_mut();
        held.list = list;
        // Before the first measurement nothing is known to clamp to.
        if size.0 > 0 {
            held.offset = held.offset.clamp(0.0, list.max_offset());
        }
    }
    let viewport = Viewport { nodes: (*nodes).clone(), held, first: first.setter(), size: size.setter() };
    {
        let viewport = viewport.clone();
        use_effect_with((), move |()| {
            let listeners = viewport.listen();
            move || drop(listeners)
        });
    }
    {
        let viewport = viewport.clone();
        use_effect(move || viewport.place());
    }
    viewport
}

impl Viewport {
    /// The rows to draw now.
    pub fn drawn(&self) -> Range<u64> {
        let mut held = self.held.borrow_mut();
        let range = held.list.visible(held.offset, OVERSCAN);
        held.first_drawn = range.start;
        range
    }

    /// The first row in sight.
    pub fn first_row(&self) -> u64 {
        let held = self.held.borrow();
        held.list.first_row(held.offset)
    }

    /// How many rows a page key moves.
    pub fn page_rows(&self) -> u64 {
        self.held.borrow().list.page_rows().saturating_sub(1).max(1)
    }

    /// Keeps a row in sight, if it is, when the height changes.
    pub fn keep(&self, row: Option<u64>) {
        self.held.borrow_mut().kept = row;
    }

    /// Scrolls as little as needed to have the row in sight.
    pub fn reveal(&self, row: u64) {
        let offset = {
            let held = self.held.borrow();
            held.list.reveal(row, held.offset)
        };
        self.go(offset);
    }

    /// Scrolls to a row that may be far away: what is not next to the rows in sight comes to the middle, so
    /// that its neighbours are seen too.
    pub fn jump(&self, row: u64) {
        let held = *self.held.borrow();
        let nearest = held.list.reveal(row, held.offset);
        let way = nearest - held.offset;
        if way.abs() > held.list.row_px {
            let half = (held.list.view_px - held.list.row_px) / 2.0;
            self.go(held.list.moved(nearest, half.copysign(way)));
        }
    }

    /// Moves along with a row in sight that has moved from one place to another.
    pub fn shift(&self, from: u64, to: u64) {
        let held = *self.held.borrow();
        if held.list.visible(held.offset, 0).contains(&from) {
            #[expect(clippy::cast_precision_loss, reason = "places are far below 2^52")]
            let rows = to as f64 - from as f64;
            self.go(held.list.moved(held.offset, rows * held.list.row_px));
        }
    }

    /// Back to the first row.
    pub fn to_start(&self) {
        self.go(0.0);
    }

    fn go(&self, offset: f64) {
        self.held.borrow_mut().offset = offset;
        self.place();
        self.first.set(self.first_row());
    }

    /// Puts track, scroll position and drawn rows where they belong.
    fn place(&self) {
        let held = *self.held.borrow();
        let (Some(scroller), Some(track)) =
            (self.element(|nodes| &nodes.scroller), self.element(|nodes| &nodes.track))
        else {
            return;
        };
        set_px(&track, "height", held.list.track_px());
        let top = held.list.top_at(held.offset);
        if (top - f64::from(scroller.scroll_top())).abs() >= 1.0 {
            #[expect(clippy::cast_possible_truncation, reason = "a track is at most 8 million pixels high")]
            scroller.set_scroll_top(top.round() as i32);
        }
        self.place_rows();
    }

    fn place_rows(&self) {
        let held = *self.held.borrow();
        if let (Some(scroller), Some(rows)) =
            (self.element(|nodes| &nodes.scroller), self.element(|nodes| &nodes.rows))
        {
            let top = f64::from(scroller.scroll_top());
            set_px(&rows, "top", held.list.row_top(held.first_drawn, held.offset, top));
        }
    }

    fn element(&self, which: impl Fn(&Nodes) -> &NodeRef) -> Option<HtmlElement> {
        which(&self.nodes).cast::<HtmlElement>()
    }

    fn listen(&self) -> Option<impl Drop + use<>> {
        let scroller = self.element(|nodes| &nodes.scroller)?;
        let scroll = {
            let viewport = self.clone();
            EventListener::new(&scroller, "scroll", move |_| viewport.scrolled())
        };
        let wheel = {
            let viewport = self.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&scroller, "wheel", options, move |event| viewport.wheeled(event))
        };
        self.measure();
        Some(Listeners { _on: [scroll, wheel], sizes: self.observe(&scroller) })
    }

    fn observe(&self, scroller: &HtmlElement) -> Option<(ResizeObserver, Closure<dyn Fn()>)> {
        let viewport = self.clone();
        let notice = Closure::<dyn Fn()>::new(move || viewport.measure());
        let observer = ResizeObserver::new(notice.as_ref().unchecked_ref()).ok()?;
        observer.observe(scroller);
        for part in
            [self.element(|nodes| &nodes.head), self.element(|nodes| &nodes.ruler)].into_iter().flatten()
        {
            observer.observe(&part);
        }
        Some((observer, notice))
    }

    fn measure(&self) {
        let height =
            |which: fn(&Nodes) -> &NodeRef| self.element(which).map_or(0, |element| element.offset_height());
        let inside = self.element(|nodes| &nodes.scroller).map_or(0, |scroller| scroller.client_height());
        let row = height(|nodes| &nodes.ruler);
        let view = (inside - height(|nodes| &nodes.head)).max(0);
        {
            let mut held = self.held.borrow_mut();
            let before = held.list;
            held.list = Scroll { row_px: f64::from(row), view_px: f64::from(view), ..before };
            if before.row_px > 0.0 {
                // Another row height: the same row stays first.
                held.offset *= f64::from(row) / before.row_px;
            }
            let seen = |kept: &u64| before.visible(held.offset, 0).contains(kept);
            if let Some(kept) = held.kept.filter(seen) {
                held.offset = held.list.reveal(kept, held.offset);
            }
        }
        self.size.set((view, row));
    }

    fn scrolled(&self) {
        let Some(scroller) = self.element(|nodes| &nodes.scroller) else { return };
        {
            let mut held = self.held.borrow_mut();
            held.offset = held.list.follow(held.offset, f64::from(scroller.scroll_top()));
        }
        self.place_rows();
        self.first.set(self.first_row());
    }

    /// Where the scroll position is scaled, the wheel moves the rows and the position follows.
    fn wheeled(&self, event: &Event) {
        let held = *self.held.borrow();
        let Some(wheel) = event.dyn_ref::<WheelEvent>() else { return };
        if !held.list.is_scaled() || wheel.ctrl_key() || wheel.delta_x().abs() > wheel.delta_y().abs() {
            return;
        }
        event.prevent_default();
        let unit = match wheel.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => held.list.row_px,
            WheelEvent::DOM_DELTA_PAGE => held.list.view_px,
            _ => 1.0,
        };
        self.go(held.list.moved(held.offset, wheel.delta_y() * unit));
    }
}

struct Listeners {
    _on: [EventListener; 2],
    sizes: Option<(ResizeObserver, Closure<dyn Fn()>)>,
}

impl Drop for Listeners {
    fn drop(&mut self) {
        if let Some((observer, _notice)) = self.sizes.take() {
            observer.disconnect();
        }
    }
}

fn set_px(element: &HtmlElement, property: &str, px: f64) {
    // As JavaScript writes it: code that writes floats is large. A browser refuses no length.
    let length = js_sys::JsString::from("").concat(&px.into()).concat(&"px".into());
    let _ = element.style().set_property(property, &String::from(length));
}
