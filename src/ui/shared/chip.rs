//! Chips: icon, word, count.

use yew::prelude::*;

use super::{Icon, icon_small};

/// What a chip is about; it decides icon and colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChipKind {
    /// Grey, with its own icon if any.
    #[default]
    Plain,
    /// The call changed something.
    Write,
    /// The call failed.
    Error,
    /// AWS hid a value.
    Hid,
    /// Proven.
    Ok,
    /// Root, no MFA, worth a look: bold, never a colour.
    Weight,
}

impl ChipKind {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "chip",
            Self::Write => "chip write",
            Self::Error => "chip error",
            Self::Hid => "chip hid",
            Self::Ok => "chip ok",
            Self::Weight => "chip weight",
        }
    }

    fn icon(self) -> Option<Icon> {
        match self {
            Self::Plain | Self::Weight => None,
            Self::Write => Some(Icon::Write),
            Self::Error => Some(Icon::Error),
            Self::Hid => Some(Icon::Hid),
            Self::Ok => Some(Icon::Check),
        }
    }
}

/// Of [`Chip`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChipProps {
    /// The word, and the count if there is one: `AWS hid 2`.
    pub label: AttrValue,
    /// What it is about.
    #[prop_or_default]
    pub kind: ChipKind,
    /// Instead of the icon of its kind.
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// Shown on hover.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Filters or jumps; without it the chip is not a button.
    #[prop_or_default]
    pub onclick: Option<Callback<()>>,
}

/// A small fact about an event.
#[component]
pub fn Chip(props: &ChipProps) -> Html {
    let inside = html! {
        <>
            if let Some(shape) = props.icon.or(props.kind.icon()) { { icon_small(shape) } }
            <span class="v ours">{ &props.label }</span>
        </>
    };
    match &props.onclick {
        Some(onclick) => html! {
            <button type="button" class={props.kind.class()} title={props.title.clone()}
                onclick={onclick.reform(|_: MouseEvent| ())}>{ inside }</button>
        },
        None => html! { <span class={props.kind.class()} title={props.title.clone()}>{ inside }</span> },
    }
}
