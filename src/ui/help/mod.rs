//! The keys, under `?`.

use yew::prelude::*;

use crate::ui::shared::{Dialog, key_cap};

/// Keys that do one thing, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// Any of these.
    pub keys: &'static [&'static str],
    /// What they do.
    pub does: &'static str,
}

/// Keys that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyGroup {
    /// Where they work.
    pub title: &'static str,
    /// The keys.
    pub lines: &'static [KeyLine],
}

const fn line(keys: &'static [&'static str], does: &'static str) -> KeyLine {
    KeyLine { keys, does }
}

/// The keys of the page, in the order of the help. A key that is not listed does nothing.
pub const KEYS: &[KeyGroup] = &[
    KeyGroup {
        title: "Everywhere",
        lines: &[
            line(&["/"], "go to the query"),
            line(&["↓", "Ctrl Space"], "in the query: what can go on"),
            line(&["Esc"], "close, back, cancel"),
            line(&["1", "2", "3", "4", "5", "6"], "the views"),
            line(&["b"], "filters"),
            line(&["h"], "histogram"),
            line(&["0"], "whole range of time"),
            line(&["l"], "light or dark"),
            line(&["t"], "times in UTC, in local time"),
            line(&["m"], "mask what leaked, identifiers too, nothing"),
            line(&["?"], "these keys"),
        ],
    },
    KeyGroup {
        title: "Events",
        lines: &[
            line(&["↑", "↓"], "row by row"),
            line(&["PgUp", "PgDn"], "page by page"),
            line(&["Home", "End"], "first, last"),
            line(&["Enter"], "open the event"),
            line(&["e"], "next error"),
            line(&["E"], "previous error"),
        ],
    },
    KeyGroup {
        title: "Record",
        lines: &[
            line(&["n"], "next mark"),
            line(&["p"], "previous mark"),
            line(&["r"], "source text or tree"),
            line(&["↑", "↓"], "line by line"),
            line(&["Home", "End"], "first, last line"),
            line(&["←", "→"], "fold, unfold"),
            line(&["Enter", "Space"], "fold or unfold"),
            line(&["+"], "only this value"),
            line(&["−"], "without this value"),
            line(&["y"], "copy the value"),
            line(&["Y"], "copy its path"),
            line(&["Esc"], "close"),
        ],
    },
    KeyGroup {
        title: "Opening",
        lines: &[line(&["o"], "a folder"), line(&["f"], "files"), line(&["v"], "paste text")],
    },
    KeyGroup {
        title: "Grips of the histogram",
        lines: &[
            line(&["←", "→"], "move an edge"),
            line(&["PgUp", "PgDn"], "by ten bars"),
            line(&["Home", "End"], "to the end of the range"),
        ],
    },
];

/// The overlay with the keys.
pub fn help(on_close: &Callback<()>) -> Html {
    html! {
        <Dialog title="Keys" {on_close}>
            <div class="key-groups">{ for_each(KEYS, group) }</div>
        </Dialog>
    }
}

fn group(group: &KeyGroup) -> Html {
    html! { <section><h3>{ group.title }</h3><dl>{ for_each(group.lines, keys) }</dl></section> }
}

fn keys(line: &KeyLine) -> Html {
    html! { <div><dt>{ for_each(line.keys, |key| key_cap(key)) }</dt><dd>{ line.does }</dd></div> }
}

fn for_each<T>(items: &[T], draw: fn(&T) -> Html) -> Html {
    items.iter().map(draw).collect()
}
