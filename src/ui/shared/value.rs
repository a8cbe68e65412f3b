//! Values of records, key caps, monograms and counts.

use yew::prelude::*;

use super::{Icon, icon_small};
use crate::display::{grouped, middle, shown};

/// A value as logged: monospaced, isolated from the text around it, controls made visible.
pub fn value(text: &str) -> Html {
    html! { <span class="v">{ shown(text).into_owned() }</span> }
}

/// A value on one line, its middle left out beyond `most` characters; the whole is in the title.
pub fn short_value(text: &str, most: usize) -> Html {
    let whole = shown(text);
    let short = middle(&whole, most);
    let title = (short != whole).then(|| AttrValue::from(whole.clone().into_owned()));
    html! { <span class="v line" {title}>{ short.into_owned() }</span> }
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
    html! { <span class="count"><b>{ grouped(count) }</b>{ " " }<span class="soft">{ word }</span></span> }
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
