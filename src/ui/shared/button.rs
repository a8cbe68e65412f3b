//! Buttons, and a choice of one. Functions and no components: none has a state of its own.

use yew::prelude::*;

use super::{Icon, icon, icon_small};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// With a border.
    #[default]
    Plain,
    /// The one main action of a view.
    Primary,
    /// In a toolbar.
    Tool,
    /// Without a border until it is pointed at.
    Quiet,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button primary",
            Self::Tool => "button tool",
            Self::Quiet => "button tool quiet",
        }
    }
}

/// A button with a word on it.
#[derive(Default)]
pub struct Button {
    /// What it does, in a word or two.
    pub label: AttrValue,
    /// Before the label.
    pub icon: Option<Icon>,
    /// Its weight.
    pub kind: ButtonKind,
    /// 32 px high instead of 28: Start and Hand-over.
    pub large: bool,
    /// It cannot be pressed now.
    pub disabled: bool,
    /// Shown on hover.
    pub title: Option<&'static str>,
    /// `data-testid`.
    pub testid: Option<&'static str>,
    /// The key that does the same.
    pub key_name: Option<&'static str>,
    /// When pressed.
    pub onclick: Callback<()>,
}

/// Draws a [`Button`].
pub fn button(button: Button) -> Html {
    let Button { label, icon: shape, kind, large, disabled, title, testid, key_name, onclick } = button;
    let small = matches!(kind, ButtonKind::Tool | ButtonKind::Quiet);
    html! {
        <button type="button" class={classes!(kind.class(), large.then_some("large"))} {disabled} {title}
            onclick={click(&onclick)} data-testid={testid}>
            if let Some(shape) = shape { { if small { icon_small(shape) } else { icon(shape) } } }
            <span>{ label }</span>
            if let Some(key) = key_name { { super::key_cap(key) } }
        </button>
    }
}

/// What a click does, without the event.
pub fn click(onclick: &Callback<()>) -> Callback<MouseEvent> {
    onclick.reform(|_: MouseEvent| ())
}

/// A button that is only a drawing; its name is shown on hover.
pub fn icon_button(shape: Icon, name: &'static str, onclick: &Callback<()>) -> Html {
    icon_button_as(shape, name, "icon-button", None, onclick)
}

/// An [`icon_button`] with classes and a `data-testid` of its own.
pub fn icon_button_as(
    shape: Icon,
    name: &'static str,
    class: &'static str,
    testid: Option<&'static str>,
    onclick: &Callback<()>,
) -> Html {
    html! {
        <button type="button" {class} onclick={click(onclick)} title={name} aria-label={name} data-testid={testid}>
            { icon(shape) }
        </button>
    }
}

/// One of a few, all in sight; `label` says what is chosen, `on_choose` gets the place of a new choice.
pub fn segmented(
    label: &'static str,
    options: Vec<AttrValue>,
    chosen: usize,
    on_choose: &Callback<usize>,
) -> Html {
    html! {
        <div class="segmented" role="radiogroup" aria-label={label}>
            for (place, option) in options.into_iter().enumerate() {
                <button type="button" role="radio" aria-checked={if place == chosen { "true" } else { "false" }}
                    onclick={on_choose.reform(move |_: MouseEvent| place)}>{ option }</button>
            }
        </div>
    }
}
