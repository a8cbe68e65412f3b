//! Messages: toasts that pass, problems that stay.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::ui::shared::{Button, ButtonKind, Icon, IconButton, Same, icon, sentence};

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
    /// The one action, if there is one: `Show them`.
    pub action: Option<String>,
}

/// Of [`Toasts`].
#[derive(Clone, PartialEq, Properties)]
pub struct ToastsProps {
    /// Oldest first.
    pub news: Same<Vec<News>>,
    /// Closed by the reader, or gone by itself.
    pub on_close: Callback<u32>,
    /// Its action was pressed.
    #[prop_or_default]
    pub on_action: Callback<u32>,
}

/// The messages at the bottom right.
#[component]
pub fn Toasts(props: &ToastsProps) -> Html {
    html! {
        <div class="toasts">
            for place in 0..props.news.len() {
                <Toast key={props.news.get(place).map_or(0, |news| news.id)} news={props.news.clone()} {place}
                    on_close={props.on_close.clone()} on_action={props.on_action.clone()} />
            }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ToastProps {
    news: Same<Vec<News>>,
    place: usize,
    on_close: Callback<u32>,
    on_action: Callback<u32>,
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
            { words(&news, props.on_action.reform(move |()| id)) }
            <IconButton icon={Icon::Close} name="Close" onclick={props.on_close.reform(move |()| id)} />
        </div>
    }
}

fn words(news: &News, on_action: Callback<()>) -> Html {
    html! {
        <div class="words">
            <b>{ sentence(&news.title) }</b>
            if !news.text.is_empty() { <p>{ sentence(&news.text) }</p> }
            if let Some(action) = &news.action {
                <Button label={action.clone()} kind={ButtonKind::Tool} onclick={on_action} />
            }
        </div>
    }
}

/// Of [`Problem`].
#[derive(Clone, PartialEq, Properties)]
pub struct ProblemProps {
    /// What is wrong.
    pub news: News,
    /// Its action was pressed.
    #[prop_or_default]
    pub on_action: Callback<()>,
}

/// A message that stays where the trouble is.
#[component]
pub fn Problem(props: &ProblemProps) -> Html {
    let news = &props.news;
    html! {
        <div class={classes!("problem", news.kind.name())} role="alert" data-testid="problem"
            data-kind={news.kind.name()}>
            { icon(news.kind.icon()) }
            { words(news, props.on_action.clone()) }
        </div>
    }
}
