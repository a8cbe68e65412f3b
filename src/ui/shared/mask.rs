//! Masking on screen, in one place: whatever a view shows of a record goes through [`shown`] or
//! [`masked`], and copying through [`masked`] too.
//!
//! It is kept beside the components and not in their properties, because hundreds of plain functions
//! show values. When it changes, the page draws its parts anew.

use std::borrow::Cow;
use std::cell::RefCell;

use crate::display::{self, DOTS, Masking, mask};
use crate::event::Field;
use crate::protocol::{RecordView, ValueKind};

thread_local! {
    static MASK: RefCell<(Masking, Vec<String>)> = const { RefCell::new((Masking::Off, Vec::new())) };
}

/// Shorter values are masked only where they stand: as words they would be everywhere.
const LEAST_SECRET: usize = 4;

/// Sets what is masked. `record` is the open one: what leaked in it is masked wherever it is shown.
pub fn set_masking(masking: Masking, record: Option<&RecordView>) {
    let secrets =
        record.filter(|_| masking != Masking::Off).map(|record| secrets(record, masking)).unwrap_or_default();
    MASK.with(|mask| *mask.borrow_mut() = (masking, secrets));
}

fn secrets(record: &RecordView, masking: Masking) -> Vec<String> {
    let mut secrets: Vec<String> = Vec::new();
    if masking == Masking::Identifiers {
        let names = record
            .tree
            .iter()
            .filter(|line| line.kind == ValueKind::String && line.text.len() >= LEAST_SECRET);
        let names =
            names.filter(|line| display::is_identifier(&line.path) && !line.text.ends_with(".amazonaws.com"));
        secrets.extend(names.map(|line| line.text.clone()));
    }
    let mut lines = record.tree.iter().filter(|line| line.exposure.is_some()).peekable();
    for exposure in &record.exposures {
        while lines.next_if(|line| !exposure.path.starts_with(&line.path)).is_some() {}
        let (start, end) = (exposure.span.0 as usize, exposure.span.1 as usize);
        let text = lines.peek().and_then(|line| line.text.get(start..end));
        secrets.extend(text.filter(|text| text.len() >= LEAST_SECRET).map(str::to_owned));
    }
    secrets
}

/// What is masked now.
pub fn masking() -> Masking {
    MASK.with(|mask| mask.borrow().0)
}

/// A text of a log as it may leave for an attribute, the clipboard or a title.
pub fn masked(text: &str) -> Cow<'_, str> {
    MASK.with(|mask| {
        let mask = mask.borrow();
        mask::text(text, mask.0, &mask.1)
    })
}

/// [`masked`], controls made visible: as it may be read.
pub fn shown(text: &str) -> Cow<'_, str> {
    match masked(text) {
        Cow::Borrowed(text) => display::shown(text),
        Cow::Owned(text) => Cow::Owned(display::shown(&text).into_owned()),
    }
}

/// Whether the value of a field is masked as a whole: identifiers are by what they are, not by their
/// shape.
fn is_hidden(field: Field, text: &str) -> bool {
    masking() == Masking::Identifiers
        && (display::is_identifier(field.name()) || field == Field::RecipientAccount)
        && !text.is_empty()
        && !text.ends_with(".amazonaws.com")
}

/// [`masked`], for the value of a field.
pub fn masked_as(field: Field, text: &str) -> Cow<'_, str> {
    if is_hidden(field, text) { Cow::Borrowed(DOTS) } else { masked(text) }
}

/// [`shown`], for the value of a field.
pub fn shown_as(field: Field, text: &str) -> Cow<'_, str> {
    if is_hidden(field, text) { Cow::Borrowed(DOTS) } else { shown(text) }
}

/// Whether the value at a path is masked as a whole.
pub fn is_masked_at(path: &str) -> bool {
    masking() == Masking::Identifiers && display::is_identifier(path)
}

/// [`shown`], for the value at a path.
pub fn shown_at<'t>(path: &str, text: &'t str) -> Cow<'t, str> {
    if is_masked_at(path) && !text.is_empty() { Cow::Borrowed(DOTS) } else { shown(text) }
}

/// [`shown_at`], away from the open record: there only the path tells what leaked.
pub fn shown_away<'t>(path: &str, text: &'t str) -> Cow<'t, str> {
    let hidden = masking() != Masking::Off && display::names_secret(path);
    if hidden && !text.is_empty() { Cow::Borrowed(DOTS) } else { shown_at(path, text) }
}

/// [`shown`], for a column or a facet: `name` is what the field is called, or the path it stands for.
pub fn shown_in<'t>(field: Field, name: &str, text: &'t str) -> Cow<'t, str> {
    if field.added().is_some() { shown_away(name, text) } else { shown_as(field, text) }
}

/// A query with `*` for each byte that is masked: its letters stay where they are.
pub fn masked_query(query: &str) -> Cow<'_, str> {
    MASK.with(|mask| {
        let mask = mask.borrow();
        mask::query(query, mask.0, &mask.1)
    })
}
