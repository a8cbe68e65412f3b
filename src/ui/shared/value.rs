//! Values of records, key caps, monograms and counts.

use yew::prelude::*;

use super::mask::shown;
use super::{Icon, icon_small};
use crate::display::grouped;

/// A value as logged: monospaced, isolated from the text around it, controls made visible.
pub fn value(text: &str) -> Html {
    span("v", shown(text).into_owned())
}

/// Text in a `span` of a class. Most elements of the page are such, and `html!` makes two hundred
/// bytes of code for each.
pub fn span(class: &'static str, text: impl Into<AttrValue>) -> Html {
    spanned(class, text.into())
}

fn spanned(class: &'static str, text: AttrValue) -> Html {
    html! { <span {class}>{ text }</span> }
}

/// A [`span`] whose text may be cut off, with the whole on hover.
pub fn titled(class: &'static str, text: impl Into<AttrValue>, title: impl Into<AttrValue>) -> Html {
    titled_span(class, text.into(), title.into())
}

fn titled_span(class: &'static str, text: AttrValue, title: AttrValue) -> Html {
    html! { <span {class} {title}>{ text }</span> }
}

/// The head of a column of a table that is made of `div`s.
pub fn column_header(class: &'static str, name: &'static str) -> Html {
    html! { <span role="columnheader" {class}>{ name }</span> }
}

/// Text in a `b`.
pub fn bold(text: impl Into<AttrValue>) -> Html {
    emboldened(text.into())
}

fn emboldened(text: AttrValue) -> Html {
    html! { <b>{ text }</b> }
}

/// A key of the keyboard.
pub fn key_cap(name: &str) -> Html {
    html! { <kbd class="key">{ name }</kbd> }
}

/// The two letters that stand for a service.
pub fn monogram(letters: &str) -> Html {
    html! { <span class="monogram" aria-hidden="true">{ letters }</span> }
}

/// A bold count with its word: **48,312** events.
pub fn labelled_count(count: u64, word: &str) -> Html {
    html! { <span class="count">{ bold(grouped(count)) }{ " " }{ span("soft", word.to_owned()) }</span> }
}

/// An icon with a meaning, in its colour, with a name for those who cannot see it. `class` is one of
/// `is-err`, `is-wr`, `is-hid`, `is-leak`, `is-ok` or empty.
pub fn mark(shape: Icon, class: &'static str, name: &'static str) -> Html {
    html! { <span class={classes!("mark", class)} role="img" aria-label={name} title={name}>{ icon_small(shape) }</span> }
}

/// A sentence of ours in which what stands between backticks is code.
pub fn sentence(text: &str) -> Html {
    let seen = shown(text);
    html! {
        <span class="v ours">
            for (place, part) in seen.split('`').enumerate() {
                { if place % 2 == 1 { html! { <code>{ part }</code> } } else { html! { { part } } } }
            }
        </span>
    }
}
