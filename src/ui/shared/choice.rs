//! A part of a query that a click makes.

use yew::prelude::*;

use crate::event::Field;

/// Only with a value of a field, or without it.
///
/// `value: None` is the absence of the field: excluding it asks for the field to be there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Choice {
    /// The field.
    pub field: Field,
    /// Its value, whole; `None` is its absence.
    pub value: Option<String>,
    /// Only with it, or only without it.
    pub include: bool,
}

impl Choice {
    /// Only with this value.
    #[must_use]
    pub fn only(field: Field, value: impl Into<String>) -> Self {
        Self { field, value: Some(value.into()), include: true }
    }

    /// Only where the field is there.
    #[must_use]
    pub fn present(field: Field) -> Self {
        Self { field, value: None, include: false }
    }
}

/// Narrows the query by several choices at once; several of one field are alternatives.
pub type OnFilter = Callback<Vec<Choice>>;
