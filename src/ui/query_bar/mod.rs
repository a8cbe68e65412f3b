//! The query bar: a plain input with its text coloured by a layer beneath it.

mod offers;

pub use offers::{id_of, reveal};
mod saved_menu;

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::display::Masking;
use crate::protocol::Answer;
use crate::query::{Completion, Known, OfferKind, complete};
use crate::state::History;
use crate::ui::shared::{
    Icon, Same, icon, icon_button_as, icon_small, key_cap, masked, masked_query, sentence, shown, span,
};
use saved_menu::SavedMenu;

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

/// What may be meant in place of some characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The characters, `start..end`, counted from 0.
    pub span: (usize, usize),
    /// What may be meant.
    pub text: AttrValue,
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
    /// What may be meant: with an error in its place, without one by a name that no record has.
    #[prop_or_default]
    pub mend: Option<Mend>,
    /// The answer whose facets tell which values there are.
    pub answer: Same<Answer>,
    /// The queries of this tab.
    pub history: Same<History>,
    /// At every change.
    pub on_change: Callback<AttrValue>,
    /// On Enter, also when the text cannot be parsed.
    pub on_apply: Callback<AttrValue>,
    /// The same after a pause.
    pub on_pause: Callback<AttrValue>,
    /// The query as SQL is wanted; `None` while there is nothing to ask.
    #[prop_or_default]
    pub on_sql: Option<Callback<()>>,
}

/// The query bar.
#[component]
pub fn QueryBar(props: &QueryBarProps) -> Html {
    let input = use_node_ref();
    let layer = use_node_ref();
    // Where the caret stands while the list is open, in bytes.
    let caret = use_state_eq(|| None::<usize>);
    let active = use_state_eq(|| None::<usize>);
    // Where the caret is to stand once the text has changed.
    let wanted = use_mut_ref(|| None::<u32>);
    use_effect_with(
        (props.text.clone(), props.applied.clone(), props.on_pause.clone()),
        |(text, applied, on_pause)| {
            let (text, on_pause) = (text.clone(), on_pause.clone());
            let pause = (text != *applied).then(|| Timeout::new(PAUSE_MS, move || on_pause.emit(text)));
            move || drop(pause)
        },
    );
    let completion = use_memo(
        (props.text.clone(), *caret, props.answer.clone(), props.history.clone()),
        |(text, caret, answer, history)| match caret {
            Some(caret) => offered(text, *caret, answer, history),
            None => Completion::default(),
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
        let (follow, input, wanted) = (follow.clone(), input.clone(), wanted.clone());
        use_effect_with(props.text.clone(), move |_| {
            let place = wanted.borrow_mut().take();
            if let (Some(place), Some(input)) = (place, input.cast::<HtmlInputElement>()) {
                let _ = input.set_selection_range(place, place);
            }
            follow();
        });
    }
    use_effect_with(*active, |active| active.iter().for_each(|place| reveal(*place)));
    let list = List {
        input: input.clone(),
        caret: caret.clone(),
        active: active.clone(),
        wanted,
        completion: completion.clone(),
        text: props.text.clone(),
        on_change: props.on_change.clone(),
        on_apply: props.on_apply.clone(),
    };
    let onscroll = Callback::from(move |_: Event| follow());
    let oninput = {
        let (on_change, caret, active) = (props.on_change.clone(), caret.setter(), active.setter());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            caret.set(Some(byte_of(&input)));
            active.set(None);
            on_change.emit(AttrValue::from(input.value()));
        })
    };
    let onkeydown = {
        let list = list.clone();
        Callback::from(move |event: KeyboardEvent| list.pressed(&event))
    };
    let onblur = {
        let caret = caret.setter();
        Callback::from(move |_: FocusEvent| caret.set(None))
    };
    let on_take = {
        let list = list.clone();
        Callback::from(move |place: usize| list.take(place))
    };
    let replace = {
        let list = list.clone();
        Callback::from(move |text: AttrValue| list.replace(text))
    };
    let clear = replace.reform(|()| AttrValue::default());
    let open = caret.is_some() && !completion.offers.is_empty();
    // What is only unfinished is no alarm while the list offers how it can go on.
    let characters = props.text.chars().count();
    let unfinished = open && props.error.as_ref().is_some_and(|(position, _)| *position >= characters);
    let wrong = props.error.is_some() && !unfinished;
    html! {
        <div class={classes!("query-bar", wrong.then_some("wrong"))}>
            <div class="query-box">
                { icon(Icon::Search) }
                <div class="query-text">
                    <div class="query-layer" aria-hidden="true" ref={layer}>{ coloured(props) }</div>
                    <input id={QUERY_INPUT} ref={input} type="text" data-testid="query-input" autocomplete="off"
                        autocapitalize="off" spellcheck="false" aria-label="Query" enterkeyhint="search"
                        role="combobox" aria-autocomplete="list" aria-expanded={if open { "true" } else { "false" }}
                        aria-controls={open.then_some(offers::LIST)}
                        aria-activedescendant={active.filter(|_| open).map(id_of)}
                        aria-invalid={wrong.then_some("true")} aria-describedby={wrong.then_some("query-error")}
                        placeholder="Search events, for example  errorCode:AccessDenied  or  service:sqs AND readOnly:false"
                        value={props.text.clone()} {oninput} {onkeydown} {onscroll} {onblur} />
                </div>
                if !props.text.is_empty() {
                    { icon_button_as(Icon::Close, "Clear the query", "icon-button query-clear", None, &clear) }
                }
                <span class="query-tools">
                    <SavedMenu history={props.history.clone()} on_choose={replace.clone()} />
                    if let Some(on_sql) = &props.on_sql {
                        <button type="button" class="button tool quiet" data-testid="sql-open"
                            title="The query as SQL, for DuckDB, Athena and CloudTrail Lake"
                            onclick={on_sql.reform(|_: MouseEvent| ())}><span><span class="word">{ "As " }</span>{ "SQL" }</span></button>
                    }
                </span>
                <span class="query-key">{ key_cap("/") }</span>
            </div>
            <div class="query-drop">
                if let Some((position, message)) = &props.error {
                    <p class={classes!("query-error", unfinished.then_some("soft"))} id="query-error" role="alert" data-testid="query-error"
                        data-position={position.to_string()}>
                        { icon_small(Icon::Error) }
                        <span>{ sentence(&complaint(*position, message)) }{ mended(props, &replace) }</span>
                    </p>
                } else if props.mend.is_some() && !open {
                    <p class="query-hint" role="status" data-testid="query-hint">
                        { icon_small(Icon::Question) }<span>{ mended(props, &replace) }</span>
                    </p>
                }
                if open { { offers::offers(&completion, *active, &on_take) } }
            </div>
        </div>
    }
}

fn complaint(position: usize, message: &str) -> String {
    let stop = if message.ends_with(['.', '?']) { "" } else { "." };
    format!("Character {}: {message}{stop} The last good query is still shown.", position + 1)
}

/// The text as it may be meant, to press.
fn mended(props: &QueryBarProps, replace: &Callback<AttrValue>) -> Html {
    let Some(mend) = &props.mend else { return Html::default() };
    let text = props.text.as_str();
    let byte = |place: usize| text.char_indices().nth(place).map_or(text.len(), |(at, _)| at);
    let (head, tail) = (&text[..byte(mend.span.0)], &text[byte(mend.span.1)..]);
    let whole = AttrValue::from([head, mend.text.as_str(), tail].concat());
    html! {
        <>
            { " Did you mean " }
            <button type="button" class="link v" data-testid="query-suggestion" data-text={masked(&whole).into_owned()}
                onclick={replace.reform({ let whole = whole.clone(); move |_: MouseEvent| whole.clone() })}>
                { shown(&whole).into_owned() }</button>
            { "?" }
        </>
    }
}

/// What can go on at a byte of the text.
fn offered(text: &str, caret: usize, answer: &Answer, history: &History) -> Completion {
    let values =
        |field| answer.facets.iter().find(|facet| facet.field == field).map(|facet| facet.values.as_slice());
    complete(text, caret, &Known { values: &values, events: answer.matched, history: history.all() })
}

/// Where the caret stands in an input, in bytes of its text.
fn byte_of(input: &HtmlInputElement) -> usize {
    let text = input.value();
    let units = input.selection_end().ok().flatten().map_or(usize::MAX, |units| units as usize);
    let mut seen = 0;
    let at = text.char_indices().find(|(_, character)| {
        seen += character.len_utf16();
        seen > units
    });
    at.map_or(text.len(), |(at, _)| at)
}

/// The list of offers, for what keys and clicks do to it.
#[derive(Clone)]
struct List {
    input: NodeRef,
    caret: UseStateHandle<Option<usize>>,
    active: UseStateHandle<Option<usize>>,
    wanted: Rc<RefCell<Option<u32>>>,
    completion: Rc<Completion>,
    text: AttrValue,
    on_change: Callback<AttrValue>,
    on_apply: Callback<AttrValue>,
}

impl List {
    fn pressed(&self, event: &KeyboardEvent) {
        let open = self.caret.is_some() && !self.completion.offers.is_empty();
        let count = self.completion.offers.len();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if !open => self.open(),
            " " if event.ctrl_key() => self.open(),
            "ArrowDown" => self.active.set(Some(self.active.map_or(0, |at| (at + 1) % count))),
            "ArrowUp" => {
                self.active.set(Some(self.active.map_or(count, |at| if at == 0 { count } else { at }) - 1))
            }
            "Enter" => match self.active.filter(|_| open) {
                Some(place) => self.take(place),
                None => {
                    self.caret.set(None);
                    self.on_apply.emit(self.text.clone());
                }
            },
            "Tab"
                if open
                    && !event.shift_key()
                    && (self.active.is_some() || self.completion.place.0 < self.completion.place.1) =>
            {
                self.take(self.active.unwrap_or(0));
            }
            "Escape" => {
                event.stop_propagation();
                if !open {
                    let _ = event.target_unchecked_into::<HtmlElement>().blur();
                }
                self.caret.set(None);
                return;
            }
            "ArrowLeft" | "ArrowRight" | "Home" | "End" => {
                self.caret.set(None);
                return;
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn open(&self) {
        if let Some(input) = self.input.cast::<HtmlInputElement>() {
            self.caret.set(Some(byte_of(&input)));
            self.active.set(None);
        }
    }

    /// Puts an offer in. A field goes on with its values.
    fn take(&self, place: usize) {
        let Some(offer) = self.completion.offers.get(place) else { return };
        let (text, caret) = self.completion.taken(&self.text, offer);
        if matches!(offer.kind, OfferKind::Saved | OfferKind::History) {
            self.replace(text.into());
            return;
        }
        let units = text.get(..caret).unwrap_or_default().chars().map(char::len_utf16).sum::<usize>();
        *self.wanted.borrow_mut() = u32::try_from(units).ok();
        let goes_on = matches!(offer.kind, OfferKind::Field | OfferKind::Operator);
        self.caret.set(Some(caret).filter(|_| goes_on));
        self.active.set(None);
        self.on_change.emit(text.into());
    }

    /// Takes another text and applies it.
    fn replace(&self, text: AttrValue) {
        self.caret.set(None);
        self.on_change.emit(text.clone());
        self.on_apply.emit(text);
        if let Some(input) = self.input.cast::<HtmlElement>() {
            let _ = input.focus();
        }
    }
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
