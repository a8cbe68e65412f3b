//! Messages: toasts, of which good news passes by itself.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::state::Offer;
use crate::ui::shared::{Button, Icon, Same, button, icon, icon_button, sentence};

/// Good news goes by itself after this long.
const GOOD_MS: u32 = 4000;

/// How bad the news is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NewsKind {
    /// It worked. Goes by itself.
    #[default]
    Good,
    /// Worth knowing. Stays until closed.
    Notice,
    /// Something is lost or was refused. Stays until closed.
    Bad,
}

impl NewsKind {
    /// `data-kind`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Notice => "notice",
            Self::Bad => "bad",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Good => Icon::Check,
            Self::Notice => Icon::Warn,
            Self::Bad => Icon::Error,
        }
    }
}

/// One message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Its number; never used twice.
    pub id: u32,
    /// How bad it is.
    pub kind: NewsKind,
    /// What is.
    pub title: String,
    /// More, and what would work. May be empty.
    pub text: String,
    /// What its button offers.
    pub offer: Option<Offer>,
}

/// The messages at the bottom right, oldest first. `on_close` is told which was closed or has gone,
/// `on_offer` what was taken up.
pub fn toasts(news: &Same<Vec<News>>, on_close: &Callback<u32>, on_offer: &Callback<Offer>) -> Html {
    html! {
        <div class="toasts">
            for (place, one) in news.iter().enumerate() {
                <Toast key={one.id} news={news.clone()} {place} {on_close} {on_offer} />
            }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ToastProps {
    news: Same<Vec<News>>,
    place: usize,
    on_close: Callback<u32>,
    on_offer: Callback<Offer>,
}

#[component]
fn Toast(props: &ToastProps) -> Html {
    let news = props.news.get(props.place).cloned().unwrap_or_default();
    use_effect_with((news.id, news.kind, props.on_close.clone()), |(id, kind, on_close)| {
        let (id, on_close) = (*id, on_close.clone());
        let timer = (*kind == NewsKind::Good).then(|| Timeout::new(GOOD_MS, move || on_close.emit(id)));
        move || drop(timer)
    });
    let id = news.id;
    let role = if news.kind == NewsKind::Bad { "alert" } else { "status" };
    html! {
        <div class={classes!("toast", news.kind.name())} {role} data-testid="toast" data-kind={news.kind.name()}>
            { icon(news.kind.icon()) }
            { words(&news, props) }
            { icon_button(Icon::Close, "Close", &props.on_close.reform(move |()| id)) }
        </div>
    }
}

fn words(news: &News, props: &ToastProps) -> Html {
    html! {
        <div class="words">
            <b>{ sentence(&news.title) }</b>
            if !news.text.is_empty() { <p>{ sentence(&news.text) }</p> }
            if let Some(offer) = news.offer {
                { button(Button {
                    label: offer.label().into(),
                    testid: Some("toast-offer"),
                    onclick: props.on_offer.reform(move |()| offer),
                    ..Button::default()
                }) }
            }
        </div>
    }
}
