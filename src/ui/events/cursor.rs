//! The row from which keys move, and the window of rows that are known.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::EventTableProps;
use super::viewport::Viewport;
use crate::protocol::{EventRow, RowRef};
use crate::ui::shared::Same;

/// The rows that are known.
#[derive(Clone, PartialEq)]
pub struct Window {
    /// The place of the first of them.
    pub first: u64,
    /// Rows in the whole list.
    pub total: u64,
    /// In the order of the list.
    pub rows: Same<Vec<EventRow>>,
}

impl Window {
    /// The row at a place of the list, and where it is in the window.
    pub fn row(&self, place: u64) -> Option<(usize, &EventRow)> {
        let at = usize::try_from(place.checked_sub(self.first)?).ok()?;
        if place >= self.total {
            return None;
        }
        Some((at, self.rows.get(at)?))
    }

    fn place(&self, row: RowRef) -> Option<u64> {
        let at = self.rows.iter().position(|event| event.row == row)?;
        self.first.checked_add(u64::try_from(at).ok()?).filter(|place| *place < self.total)
    }
}

/// Where the cursor is. It can stand on a row that is not known yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stand {
    place: Option<u64>,
    /// The row there, once it is known.
    row: Option<RowRef>,
    /// The row is to be told as soon as it is known.
    owed: bool,
    /// It is also to be opened then.
    open: bool,
}

/// The cursor of the table.
#[derive(Clone)]
pub struct Cursor {
    stand: UseStateHandle<Stand>,
    /// Rows that were told and have not come back as the chosen one: the answer to an earlier move
    /// must not undo a later one.
    told: Rc<RefCell<Vec<RowRef>>>,
    window: Window,
    viewport: Viewport,
    on_select: Callback<(u64, RowRef)>,
    on_open: Callback<(u64, RowRef)>,
    on_row: Callback<u64>,
}

impl Cursor {
    /// Its place in the list.
    pub fn place(&self) -> Option<u64> {
        self.stand.place
    }

    /// For rows: moves to the clicked place and opens it.
    pub fn on_row(&self) -> Callback<u64> {
        self.on_row.clone()
    }

    /// Moves to a place, brings it into sight, and tells of its row.
    pub fn go(&self, place: u64) {
        self.viewport.reveal(place);
        self.tell(Stand { place: Some(place), row: None, owed: true, open: false });
    }

    /// Opens the row it stands on.
    pub fn open(&self) {
        self.tell(Stand { open: true, owed: false, ..*self.stand });
    }

    /// Tells what is owed for a stand if its row is known, and keeps the rest for later.
    fn tell(&self, stand: Stand) {
        let mut left = stand;
        if let Some((place, row)) = stand.place.and_then(|place| Some((place, self.window.row(place)?.1.row)))
        {
            left = Stand { place: Some(place), row: Some(row), owed: false, open: false };
            if stand.owed {
                self.told.borrow_mut().push(row);
                self.on_select.emit((place, row));
            }
            if stand.open {
                self.on_open.emit((place, row));
            }
        }
        self.stand.set(left);
    }

    /// Follows the chosen row to its place in other rows, and tells of rows that have come.
    fn follow(&self, selected: Option<RowRef>) {
        if self.stand.owed || self.stand.open {
            self.tell(*self.stand);
            return;
        }
        let Some(row) = selected else { return };
        let earlier = self.told.borrow().iter().position(|told| *told == row);
        if let Some(at) = earlier {
            self.told.borrow_mut().drain(..=at);
            return;
        }
        let Some(place) = self.window.place(row).filter(|place| self.stand.place != Some(*place)) else {
            return;
        };
        match self.stand.place {
            // Rows were put in above it: it stays where it is on the screen.
            Some(before) if self.stand.row == Some(row) => self.viewport.shift(before, place),
            _ => self.viewport.reveal(place),
        }
        self.stand.set(Stand { place: Some(place), row: Some(row), ..Stand::default() });
    }
}

/// The cursor, kept on the chosen row.
#[hook]
pub fn use_cursor(props: &EventTableProps, window: &Window, viewport: &Viewport) -> Cursor {
    let stand = use_state_eq(Stand::default);
    let told = use_mut_ref(Vec::new);
    let clicked = use_state(|| None::<u64>);
    let on_row = {
        let clicked = clicked.setter();
        use_callback((), move |place, ()| clicked.set(Some(place)))
    };
    let cursor = Cursor {
        stand,
        told,
        window: window.clone(),
        viewport: viewport.clone(),
        on_select: props.on_select.clone(),
        on_open: props.on_open.clone(),
        on_row,
    };
    {
        let cursor = cursor.clone();
        use_effect_with(props.list, move |_| {
            cursor.viewport.to_start();
            cursor.told.borrow_mut().clear();
            cursor.stand.set(Stand::default());
        });
    }
    {
        let cursor = cursor.clone();
        // A click is kept as state so that every row can share one callback that never changes.
        use_effect_with(clicked, move |clicked| {
            if let Some(place) = **clicked {
                cursor.tell(Stand { place: Some(place), row: None, owed: true, open: true });
                clicked.set(None);
            }
        });
    }
    {
        let cursor = cursor.clone();
        use_effect_with((window.clone(), props.selected), move |(_, selected)| cursor.follow(*selected));
    }
    {
        let cursor = cursor.clone();
        use_effect_with(props.reveal, move |reveal| {
            if let Some((_, place)) = reveal {
                cursor.viewport.jump(*place);
                cursor.go(*place);
            }
        });
    }
    cursor
}
