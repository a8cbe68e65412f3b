//! The keys, under `?`.

use yew::prelude::*;

use crate::ui::shared::{Dialog, key_cap};

/// Where keys work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// On the page, wherever the focus is: the command palette has them too.
    Page,
    /// Only on what has the focus.
    Focus,
}

/// Keys that do one thing, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// Any of these.
    pub keys: &'static [&'static str],
    /// What they do.
    pub does: &'static str,
    /// Where they work.
    pub reach: Reach,
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
    KeyLine { keys, does, reach: Reach::Focus }
}

const fn page(keys: &'static [&'static str], does: &'static str) -> KeyLine {
    KeyLine { keys, does, reach: Reach::Page }
}

/// The keys of the page, in the order of the help. A key that is not listed does nothing.
pub const KEYS: &[KeyGroup] = &[
    KeyGroup {
        title: "Everywhere",
        lines: &[
            page(&["/"], "go to the query"),
            line(&["↓", "Ctrl Space"], "in the query: what can go on"),
            line(&["Ctrl K", "⌘ K"], "every view, action and field by its name"),
            line(&["Esc"], "close, back, cancel"),
            line(&["1", "2", "3", "4", "5", "6"], "the views"),
            page(&["b"], "filters"),
            page(&["h"], "histogram"),
            page(&["0"], "whole range of time"),
            page(&["l"], "light or dark"),
            page(&["t"], "times in UTC, in local time"),
            page(&["m"], "mask what leaked, identifiers too, nothing"),
            page(&["?"], "these keys"),
        ],
    },
    KeyGroup {
        title: "Events",
        lines: &[
            line(&["↑", "↓"], "row by row"),
            line(&["PgUp", "PgDn"], "page by page"),
            line(&["Home", "End"], "first, last"),
            line(&["Enter"], "open the event"),
            page(&["e"], "next error"),
            page(&["E"], "previous error"),
            page(&["x"], "pin the event, or let it go"),
            page(&["d"], "beside the pinned event"),
            page(&["a"], "events around it, without the query"),
            line(&["Alt ←", "Alt →"], "on a column's head: move the column"),
            line(&["Alt Shift ←", "Alt Shift →"], "narrower, wider"),
        ],
    },
    KeyGroup {
        title: "Record",
        lines: &[
            page(&["n"], "next mark"),
            page(&["p"], "previous mark"),
            page(&["r"], "source text or tree"),
            line(&["↑", "↓"], "line by line"),
            line(&["Home", "End"], "first, last line"),
            line(&["←", "→"], "fold, unfold"),
            line(&["Enter", "Space"], "fold or unfold"),
            line(&["+"], "with this value"),
            line(&["−"], "without this value"),
            line(&["="], "only this value"),
            line(&["c"], "as a column"),
            line(&["C"], "as a facet"),
            line(&["y"], "copy the value"),
            line(&["Y"], "copy its path"),
            line(&["Esc"], "close"),
        ],
    },
    KeyGroup {
        title: "Opening",
        lines: &[page(&["o"], "a folder"), page(&["f"], "files"), page(&["v"], "paste text")],
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
