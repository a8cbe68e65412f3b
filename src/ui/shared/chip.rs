//! Chips: icon, word, count.

use yew::prelude::*;

use super::{Icon, icon_small, span};

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
    /// Values in clear that one would not hand over.
    Leak,
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
            Self::Leak => "chip leak",
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
            Self::Leak => Some(Icon::Leak),
            Self::Ok => Some(Icon::Check),
        }
    }
}

/// A small fact about an event: a word, and the count if there is one. `onclick` filters or jumps;
/// without it the chip is not a button.
pub fn chip(
    kind: ChipKind,
    label: AttrValue,
    title: &'static str,
    onclick: Option<Callback<MouseEvent>>,
) -> Html {
    let class = kind.class();
    let inside = html! {
        <>
            if let Some(shape) = kind.icon() { { icon_small(shape) } }
            { span("v ours", label) }
        </>
    };
    match onclick {
        Some(onclick) => html! { <button type="button" {class} {title} {onclick}>{ inside }</button> },
        None => html! { <span {class} {title}>{ inside }</span> },
    }
}
