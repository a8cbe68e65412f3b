//! Buttons, and a choice of one.

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

/// Of [`Button`].
#[derive(Clone, PartialEq, Properties)]
pub struct ButtonProps {
    /// What it does, in a word or two.
    pub label: AttrValue,
    /// Before the label.
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// Its weight.
    #[prop_or_default]
    pub kind: ButtonKind,
    /// 32 px high instead of 28: Start and Hand-over.
    #[prop_or_default]
    pub large: bool,
    /// It cannot be pressed now; say why in `title`.
    #[prop_or_default]
    pub disabled: bool,
    /// Shown on hover.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// `data-testid`.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
    /// For a button that stays down.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// The key that does the same.
    #[prop_or_default]
    pub key_name: Option<AttrValue>,
    /// When pressed.
    pub onclick: Callback<()>,
}

/// A button with a word on it.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let onclick = props.onclick.reform(|_: MouseEvent| ());
    let pressed = props.pressed.map(|pressed| if pressed { "true" } else { "false" });
    html! {
        <button type="button" class={classes!(props.kind.class(), props.large.then_some("large"))} {onclick}
            disabled={props.disabled} title={props.title.clone()} data-testid={props.testid.clone()}
            aria-pressed={pressed}>
            if let Some(shape) = props.icon {
                { if matches!(props.kind, ButtonKind::Tool | ButtonKind::Quiet) { icon_small(shape) } else { icon(shape) } }
            }
            <span>{ &props.label }</span>
            if let Some(key) = &props.key_name { { super::key_cap(key) } }
        </button>
    }
}

/// Of [`IconButton`].
#[derive(Clone, PartialEq, Properties)]
pub struct IconButtonProps {
    /// The drawing.
    pub icon: Icon,
    /// Its accessible name, also shown on hover.
    pub name: AttrValue,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
    /// It cannot be pressed now.
    #[prop_or_default]
    pub disabled: bool,
    /// `data-testid`.
    #[prop_or_default]
    pub testid: Option<AttrValue>,
    /// For a button that stays down.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// When pressed.
    pub onclick: Callback<()>,
}

/// A button that is only a drawing; it has a name all the same.
#[component]
pub fn IconButton(props: &IconButtonProps) -> Html {
    let onclick = props.onclick.reform(|_: MouseEvent| ());
    let pressed = props.pressed.map(|pressed| if pressed { "true" } else { "false" });
    html! {
        <button type="button" class={classes!("icon-button", props.class.clone())} {onclick}
            disabled={props.disabled} title={props.name.clone()} aria-label={props.name.clone()}
            data-testid={props.testid.clone()} aria-pressed={pressed}>
            { icon(props.icon) }
        </button>
    }
}

/// Of [`Segmented`].
#[derive(Clone, PartialEq, Properties)]
pub struct SegmentedProps {
    /// What is chosen with it, for a screen reader.
    pub label: AttrValue,
    /// The choices.
    pub options: Vec<AttrValue>,
    /// The place of the chosen one.
    pub chosen: usize,
    /// With the place of the new choice.
    pub on_choose: Callback<usize>,
}

/// One of a few, all in sight.
#[component]
pub fn Segmented(props: &SegmentedProps) -> Html {
    html! {
        <div class="segmented" role="radiogroup" aria-label={props.label.clone()}>
            for (place, option) in props.options.iter().enumerate() {
                <button type="button" role="radio"
                    aria-checked={if place == props.chosen { "true" } else { "false" }}
                    onclick={props.on_choose.reform(move |_: MouseEvent| place)}>
                    { option }
                </button>
            }
        </div>
    }
}
