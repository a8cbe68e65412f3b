//! A verdict on integrity: icon and word, and colour only where something is proven.

use yew::prelude::*;

use super::{Icon, icon_small};
use crate::protocol::{FileIntegrity, IntegrityVerdict};

/// The drawing of a verdict, and its colour: green for what a signature proves, red for what was altered,
/// none for anything else.
pub fn verdict_look(verdict: IntegrityVerdict) -> (Icon, &'static str) {
    match verdict {
        IntegrityVerdict::Authentic => (Icon::Check, "verdict-mark is-ok"),
        IntegrityVerdict::Altered => (Icon::NotEqual, "verdict-mark is-err weight"),
        IntegrityVerdict::Consistent => (Icon::Equal, "verdict-mark"),
        IntegrityVerdict::Missing => (Icon::Missing, "verdict-mark"),
        IntegrityVerdict::Gap => (Icon::Gap, "verdict-mark"),
        IntegrityVerdict::Unreadable => (Icon::Question, "verdict-mark"),
        IntegrityVerdict::Moved => (Icon::Link, "verdict-mark"),
        IntegrityVerdict::KeyMissing | IntegrityVerdict::SignatureMissing => (Icon::Key, "verdict-mark"),
        IntegrityVerdict::NotCovered => (Icon::Minus, "verdict-mark"),
    }
}

/// The verdict on a file, with its evidence on hover.
pub fn verdict_mark(integrity: &FileIntegrity) -> Html {
    let (shape, class) = verdict_look(integrity.verdict);
    html! { <span {class} title={integrity.evidence.clone()}>{ icon_small(shape) }{ integrity.verdict.label() }</span> }
}
