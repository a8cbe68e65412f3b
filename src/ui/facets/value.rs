//! One value of a facet: of the events' rail and of the files'.

use yew::prelude::*;

use crate::display::{breadth, grouped};
use crate::ui::shared::{Icon, icon, titled};

/// What a line of a facet shows. Its texts are masked already.
pub struct FacetValue {
    /// `data-value`.
    pub value: String,
    /// It stands for the absence of a value.
    pub absent: bool,
    /// Words of ours, or a value as logged.
    pub ours: bool,
    /// All of it, in what the buttons are called.
    pub label: String,
    /// As much of it as fits.
    pub short: String,
    /// On hover.
    pub title: String,
    /// How many have it.
    pub count: u64,
    /// What is counted: `events`.
    pub counted: &'static str,
    /// The highest count of the facet.
    pub top: u64,
    /// `Some(true)` is included, `Some(false)` excluded.
    pub state: Option<bool>,
    /// Before the value.
    pub mark: Html,
    /// + and − were pressed.
    pub on_press: [Callback<MouseEvent>; 2],
}

/// The line.
pub fn facet_value(line: FacetValue) -> Html {
    let class = match (line.state, line.count) {
        (Some(true), _) => "facet-value included",
        (Some(false), _) => "facet-value excluded",
        (None, 0) => "facet-value none",
        (None, _) => "facet-value",
    };
    let amount = grouped(line.count);
    let counted = format!("{amount} {}", line.counted);
    let [include, exclude] = line.on_press;
    let only = format!("Only with {}, {counted}", line.label);
    let without = format!("Without {}", line.label);
    html! {
        <li {class} data-testid="facet-value" data-value={line.value} data-absent={line.absent.then_some("true")}
            data-count={line.count.to_string()}>
            <svg class="facet-bar" aria-hidden="true"><rect width={breadth(line.count, line.top)} height="100%" rx="3" /></svg>
            { line.mark }
            { titled(if line.ours { "v line ours" } else { "v line" }, line.short, line.title) }
            <span class="end">
                <span class="buttons">
                    { press("facet-include", Icon::BarePlus, line.state == Some(true), only, include) }
                    { press("facet-exclude", Icon::BareMinus, line.state == Some(false), without, exclude) }
                </span>
                { titled("amount", amount, counted) }
            </span>
        </li>
    }
}

fn press(handle: &'static str, shape: Icon, on: bool, words: String, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" data-testid={handle} class={classes!(on.then_some("on"))} {onclick}
            aria-pressed={if on { "true" } else { "false" }} aria-label={words.clone()} title={words}>
            { icon(shape) }
        </button>
    }
}
