//! The query bar: a plain input with its text coloured by a layer beneath it.

use gloo::timers::callback::Timeout;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::display::Masking;
use crate::display::shown;
use crate::ui::shared::masked_query;
use crate::ui::shared::{Icon, icon, icon_button_as, icon_small, key_cap, sentence, span};

/// The `id` of the input, so that `/` finds it.
pub const QUERY_INPUT: &str = "query-input";
/// Applied this long after the last key press.
const PAUSE_MS: u32 = 300;

/// What a stretch of a query is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A field name.
    Field,
    /// A value.
    Value,
    /// `:`, parentheses, comparison signs.
    Punctuation,
    /// `AND`, `OR`, `NOT`.
    Operator,
}

/// A coloured stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub from: usize,
    /// The byte after its last.
    pub to: usize,
    /// What it is.
    pub kind: TokenKind,
}

/// Of [`QueryBar`].
#[derive(Clone, PartialEq, Properties)]
pub struct QueryBarProps {
    /// The text as typed.
    pub text: AttrValue,
    /// What is masked on screen: the text is drawn anew when it changes.
    pub masking: Masking,
    /// The text last applied; while it differs, the bar applies after a pause.
    pub applied: AttrValue,
    /// Coloured stretches of `text`, ascending; what is between them stays plain.
    #[prop_or_default]
    pub tokens: Vec<Token>,
    /// What is wrong with `text`, and at which character, counted from 0.
    #[prop_or_default]
    pub error: Option<(usize, AttrValue)>,
    /// At every change.
    pub on_change: Callback<AttrValue>,
    /// On Enter and after a pause, also when the text cannot be parsed.
    pub on_apply: Callback<AttrValue>,
}

/// The query bar.
#[component]
pub fn QueryBar(props: &QueryBarProps) -> Html {
    let input = use_node_ref();
    let layer = use_node_ref();
    use_effect_with(
        (props.text.clone(), props.applied.clone(), props.on_apply.clone()),
        |(text, applied, on_apply)| {
            let (text, on_apply) = (text.clone(), on_apply.clone());
            let pause = (text != *applied).then(|| Timeout::new(PAUSE_MS, move || on_apply.emit(text)));
            move || drop(pause)
        },
    );
    let follow = {
        let (input, layer) = (input.clone(), layer.clone());
        move || {
            if let (Some(input), Some(layer)) = (input.cast::<HtmlElement>(), layer.cast::<HtmlElement>()) {
                layer.set_scroll_left(input.scroll_left());
            }
        }
    };
    {
        let follow = follow.clone();
        use_effect_with(props.text.clone(), move |_| follow());
    }
    let onscroll = Callback::from(move |_: Event| follow());
    let oninput = props.on_change.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        AttrValue::from(input.value())
    });
    let onkeydown = keys(props);
    let clear = {
        let (on_change, on_apply, input) = (props.on_change.clone(), props.on_apply.clone(), input.clone());
        Callback::from(move |()| {
            on_change.emit(AttrValue::default());
            on_apply.emit(AttrValue::default());
            if let Some(input) = input.cast::<HtmlElement>() {
                let _ = input.focus();
            }
        })
    };
    let wrong = props.error.is_some();
    html! {
        <div class={classes!("query-bar", wrong.then_some("wrong"))}>
            <div class="query-box">
                { icon(Icon::Search) }
                <div class="query-text">
                    <div class="query-layer" aria-hidden="true" ref={layer}>{ coloured(props) }</div>
                    <input id={QUERY_INPUT} ref={input} type="text" data-testid="query-input" autocomplete="off"
                        autocapitalize="off" spellcheck="false" aria-label="Query" enterkeyhint="search"
                        aria-invalid={wrong.then_some("true")} aria-describedby={wrong.then_some("query-error")}
                        placeholder="Search events, for example  errorCode:AccessDenied  or  service:sqs AND readOnly:false"
                        value={props.text.clone()} {oninput} {onkeydown} {onscroll} />
                </div>
                if !props.text.is_empty() {
                    { icon_button_as(Icon::Close, "Clear the query", "icon-button query-clear", None, &clear) }
                }
                <span class="query-key">{ key_cap("/") }</span>
            </div>
            if let Some((position, message)) = &props.error {
                <p class="query-error" id="query-error" role="alert" data-testid="query-error"
                    data-position={position.to_string()}>
                    { icon_small(Icon::Error) }
                    { sentence(&complaint(*position, message)) }
                </p>
            }
        </div>
    }
}

fn complaint(position: usize, message: &str) -> String {
    let stop = if message.ends_with(['.', '?']) { "" } else { "." };
    format!("Character {}: {message}{stop} The last good query is still shown.", position + 1)
}

fn keys(props: &QueryBarProps) -> Callback<KeyboardEvent> {
    let (text, on_apply) = (props.text.clone(), props.on_apply.clone());
    Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => on_apply.emit(text.clone()),
        "Escape" => {
            event.stop_propagation();
            let _ = event.target_unchecked_into::<HtmlElement>().blur();
        }
        _ => {}
    })
}

/// The text in coloured stretches, with the character at fault underlined.
fn coloured(props: &QueryBarProps) -> Html {
    let seen = masked_query(&props.text);
    let text = &*seen;
    let fault = props
        .error
        .as_ref()
        .map(|(position, _)| text.char_indices().nth(*position).map_or(text.len(), |(at, _)| at));
    let mut cuts: Vec<(usize, usize, &'static str)> = Vec::new();
    let mut at = 0;
    for token in &props.tokens {
        if token.from < at || text.get(token.from..token.to).is_none() {
            continue;
        }
        cuts.push((at, token.from, "q-plain"));
        cuts.push((token.from, token.to, class_of(token.kind)));
        at = token.to;
    }
    cuts.push((at, text.len(), "q-plain"));
    html! {
        <>
            for (from, to, class) in cuts {
                { stretch(text, from, to, class, fault) }
            }
            if fault.is_some_and(|at| at >= text.len()) { <span class="q-fault">{ "\u{a0}" }</span> }
        </>
    }
}

fn class_of(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Field => "q-field",
        TokenKind::Value => "q-value",
        TokenKind::Punctuation => "q-sign",
        TokenKind::Operator => "q-operator",
    }
}

fn stretch(text: &str, from: usize, to: usize, class: &'static str, fault: Option<usize>) -> Html {
    let Some(part) = text.get(from..to).filter(|part| !part.is_empty()) else { return Html::default() };
    let Some(at) = fault.filter(|at| (from..to).contains(at)) else {
        return span(class, shown(part).into_owned());
    };
    let (before, rest) = part.split_at(at - from);
    let length = rest.chars().next().map_or(0, char::len_utf8);
    let (sign, after) = rest.split_at(length);
    let seen = |text: &str| shown(text).into_owned();
    html! { <span {class}>{ seen(before) }<span class="q-fault">{ seen(sign) }</span>{ seen(after) }</span> }
}
