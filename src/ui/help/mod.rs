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
            line(&["Esc"], "close, back, cancel"),
            line(&["1", "2", "3", "4", "5"], "the views"),
            line(&["b"], "filters"),
            line(&["h"], "histogram"),
            line(&["0"], "whole range of time"),
            line(&["l"], "light or dark"),
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

/// Of [`Help`].
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// Close it.
    pub on_close: Callback<()>,
    /// What is listed.
    #[prop_or(KEYS)]
    pub keys: &'static [KeyGroup],
}

/// The overlay with the keys.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    html! {
        <Dialog title="Keys" on_close={props.on_close.clone()}>
            <div class="key-groups">
                for group in props.keys {
                    <section>
                        <h3>{ group.title }</h3>
                        <dl>
                            for line in group.lines {
                                <div>
                                    <dt>for key in line.keys { { key_cap(key) } }</dt>
                                    <dd>{ line.does }</dd>
                                </div>
                            }
                        </dl>
                    </section>
                }
            </div>
        </Dialog>
    }
}
