//! One line of the tree.

use std::ops::Range;

use yew::prelude::*;

use super::tree::is_filter;
use crate::display::{DOTS, Masking, grouped};
use crate::layout::{LONG_BYTES, Mark, Piece, opening, pieces};
use crate::protocol::{Hidden, RecordView, Redaction, TreeLine, ValueKind};
use crate::ui::shared::{Icon, Same, icon_small, icon_tiny, sentence, span};
use crate::ui::shared::{is_masked_at, masking, shown, shown_at};

/// Guides are drawn for this many levels; what is deeper stands as far in as that.
const LEVELS: u16 = 20;

/// What a line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Keys go from here.
    Stand,
    /// Fold or unfold it.
    Fold,
    /// Open the call-out of a mark.
    Choose(usize),
    /// Only events with this value.
    Only,
    /// Without this value.
    Without,
    /// Events with this value, whatever was asked before.
    Just,
    /// Its path as a column.
    Column,
    /// Its path as a facet.
    Facet,
    /// The value to the clipboard.
    CopyValue,
    /// The path to the clipboard.
    CopyPath,
}

/// Of [`Line`].
#[derive(Clone, PartialEq, Properties)]
pub struct LineProps {
    /// The record.
    pub record: Same<RecordView>,
    /// The marks of the record.
    pub marks: Same<Vec<Mark>>,
    /// Which of its lines.
    pub line: usize,
    /// What is inside is not shown.
    pub folded: bool,
    /// Keys go from here.
    pub current: bool,
    /// The mark on it whose call-out is open.
    pub chosen: Option<usize>,
    /// What it asks for.
    pub on_act: Callback<(usize, Act)>,
}

/// Key, value, marks, and what can be done with them.
#[component]
pub fn Line(props: &LineProps) -> Html {
    let hovered = use_state_eq(|| false);
    let whole = use_state_eq(|| false);
    let Some(line) = props.record.tree.get(props.line) else { return Html::default() };
    let marks = marks(&props.marks, props.line);
    let hover = |on: bool| {
        let hovered = hovered.clone();
        move |_: MouseEvent| hovered.set(on)
    };
    let level = (line.depth + 1).to_string();
    let expanded = (line.inside > 0).then_some(if props.folded { "false" } else { "true" });
    let act = if line.inside > 0 { Act::Fold } else { Act::Stand };
    let class = classes!(
        "tree-line",
        format!("level-{}", line.depth.min(LEVELS)),
        props.current.then_some("current"),
        (!marks.is_empty()).then_some("marked"),
        props.chosen.map(|_| "chosen")
    );
    html! {
        <>
            <div {class} id={format!("line-{}", props.line)} role="treeitem" aria-level={level} aria-expanded={expanded}
                aria-describedby={props.chosen.map(|mark| format!("mark-{mark}"))}
                aria-selected={if props.current { "true" } else { "false" }}
                onmouseenter={hover(true)} onmouseleave={hover(false)} onclick={asks(props, act)}>
                <span class="caret">
                    if line.inside > 0 { { icon_tiny(if props.folded { Icon::Right } else { Icon::Down }) } }
                </span>
                { span("member v", shown(&line.key).into_owned()) }{ span("colon", ":") }
                { value(props, line, &marks, &whole) }
                if let Some((mark, _)) = marks.first() { { told(props, *mark) } }
                if marks.is_empty() { { no_response(&props.record, line) } }
                if *hovered || props.current { { actions(props, line) } }
            </div>
            if let Some((number, mark)) = props.chosen.and_then(|number| Some((number, props.marks.get(number)?))) {
                { call_out(number, &props.record, mark, line.depth) }
            }
        </>
    }
}

fn asks(props: &LineProps, act: Act) -> Callback<MouseEvent> {
    let line = props.line;
    props.on_act.reform(move |event: MouseEvent| {
        event.stop_propagation();
        (line, act)
    })
}

/// The marks in the value of a line, each with its number and its span.
fn marks(all: &[Mark], line: usize) -> Vec<(usize, Range<usize>)> {
    let first = all.partition_point(|mark| mark.line < line);
    let here = all.iter().enumerate().skip(first).take_while(|(_, mark)| mark.line == line);
    here.map(|(number, mark)| (number, mark.span.clone())).collect()
}

/// What a mark is called at the right edge of its line: icon, class, words.
fn word(record: &RecordView, mark: &Mark) -> (Icon, &'static str, &'static str) {
    if let Some(exposure) = mark.exposure(record) {
        return (Icon::Leak, "is-leak", exposure.kind.label());
    }
    match mark.redaction(record).map(|redaction| redaction.class).unwrap_or_default() {
        Hidden::Masked | Hidden::PartlyMasked | Hidden::Withheld => (Icon::Hid, "is-hid", ""),
        Hidden::NotLogged => (Icon::NotLogged, "soft", "not logged"),
        Hidden::Cut => (Icon::Cut, "soft", "cut by CloudTrail"),
        Hidden::Scrubbed => (Icon::Scrub, "soft", "scrubbed after logging"),
    }
}

fn told(props: &LineProps, number: usize) -> Html {
    let Some(mark) = props.marks.get(number) else { return Html::default() };
    let (shape, class, words) = word(&props.record, mark);
    let first = match shape {
        Icon::Leak => "leaked: ",
        Icon::Hid => "AWS hid",
        _ => "",
    };
    html! { <span class={classes!("told", class)}>{ icon_small(shape) }{ first }{ words }</span> }
}

/// Why there is no response, where nothing hid one.
fn no_response(record: &RecordView, line: &TreeLine) -> Html {
    if line.kind != ValueKind::Null || line.path != "responseElements" {
        return Html::default();
    }
    let words = match (&record.error, record.write) {
        (Some(_), _) => "the call failed: there is no response",
        (None, true) => "the call returned nothing",
        (None, false) => "AWS logs no response for this call",
    };
    html! { <span class="told soft">{ words }</span> }
}

fn value(
    props: &LineProps,
    line: &TreeLine,
    marks: &[(usize, Range<usize>)],
    whole: &UseStateHandle<bool>,
) -> Html {
    let class = classes!("value", "v", kind_class(line.kind));
    let count = match line.kind {
        ValueKind::Object(members) => Some(format!("{{{}}}", grouped(members.into()))),
        ValueKind::Array(elements) => Some(format!("[{}]", grouped(elements.into()))),
        _ => None,
    };
    if let Some(count) = count {
        let preview = if props.folded || !marks.is_empty() { line.text.as_str() } else { "" };
        return html! {
            <span {class} data-testid="json-value" data-path={line.path.clone()}>
                { span("count", count) }
                if !preview.is_empty() { { " " }{ marked(props, preview, marks) } }
            </span>
        };
    }
    // A mark behind the opening of a long value would be out of sight.
    let long =
        line.text.len() > LONG_BYTES && !**whole && marks.iter().all(|(_, span)| span.end <= LONG_BYTES);
    let text = if long { opening(&line.text) } else { &line.text };
    html! {
        <>
            <span {class} data-testid="json-value" data-path={line.path.clone()}>{ marked(props, text, marks) }</span>
            if long { { all_of(line, whole) } }
        </>
    }
}

fn all_of(line: &TreeLine, whole: &UseStateHandle<bool>) -> Html {
    let whole = whole.setter();
    let onclick = move |event: MouseEvent| {
        event.stop_propagation();
        whole.set(true);
    };
    let characters = grouped(line.text.chars().count() as u64);
    html! { <button type="button" class="link" tabindex="-1" {onclick}>{ format!("show all {characters} characters") }</button> }
}

fn kind_class(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Object(_) | ValueKind::Array(_) => "node",
        ValueKind::String => "string",
        ValueKind::Number | ValueKind::Bool => "bare",
        ValueKind::Null => "null",
    }
}

/// The text with its marks, just as far as they go.
fn marked(props: &LineProps, text: &str, marks: &[(usize, Range<usize>)]) -> Html {
    let path = props.record.tree.get(props.line).map_or("", |line| line.path.as_str());
    if marks.is_empty() || is_masked_at(path) {
        return html! { { shown_at(path, text).into_owned() } };
    }
    html! {
        for piece in pieces(text, marks) {
            { match piece {
                Piece::Text(text) => html! { { shown(text).into_owned() } },
                Piece::Mark(mark, text) => marker(props, mark, text),
            } }
        }
    }
}

fn marker(props: &LineProps, number: usize, text: &str) -> Html {
    let onclick = asks(props, Act::Choose(number));
    let mark = props.marks.get(number);
    if let Some(exposure) = mark.and_then(|mark| mark.exposure(&props.record)) {
        let seen = if masking() == Masking::Off { shown(text).into_owned() } else { DOTS.to_owned() };
        return html! {
            <mark class="leak-value" data-testid="exposure" data-kind={exposure.kind.name()}
                data-path={exposure.path.clone()} data-confidence={exposure.confidence.name()}
                title={exposure.explanation.clone()} {onclick}>{ seen }</mark>
        };
    }
    let Some(redaction) = mark.and_then(|mark| mark.redaction(&props.record)) else {
        return html! { { shown(text).into_owned() } };
    };
    redacted(redaction, shown(text).into_owned(), onclick)
}

/// The highlighted place of a redaction.
pub fn redacted(redaction: &Redaction, text: String, onclick: Callback<MouseEvent>) -> Html {
    let of_aws = redaction.class.is_redaction();
    html! {
        <mark class={if of_aws { "hid-value" } else { "grey-value" }}
            data-testid={if of_aws { "redaction" } else { redaction.class.name() }}
            data-marker={redaction.marker.clone()} data-path={redaction.path.clone()}
            data-class={redaction.class.name()} data-basis={basis(redaction)}
            title={redaction.explanation.clone()} {onclick}>{ text }</mark>
    }
}

fn basis(redaction: &Redaction) -> &'static str {
    if redaction.documented { "documented" } else { "observed" }
}

/// What happened to a value, whether it can be had, and where AWS says so.
fn call_out(number: usize, record: &RecordView, mark: &Mark, depth: u16) -> Html {
    let (_, class, _) = word(record, mark);
    let (explanation, source) = if let Some(exposure) = mark.exposure(record) {
        (&exposure.explanation, format!("Leaked, {}", exposure.confidence.name()))
    } else if let Some(redaction) = mark.redaction(record) {
        (&redaction.explanation, source_of(redaction))
    } else {
        return Html::default();
    };
    let (first, rest) = explanation.split_once(". ").unwrap_or((explanation, ""));
    let end = if rest.is_empty() { "" } else { "." };
    html! {
        <div class={classes!("call-out", class, format!("level-{}", depth.min(LEVELS)))} id={format!("mark-{number}")}>
            <p class="isolate"><b>{ sentence(&format!("{first}{end}")) }</b>{ " " }{ sentence(rest) }</p>
            <p class="source isolate">{ sentence(&source) }</p>
        </div>
    }
}

/// Who says so.
pub fn source_of(redaction: &Redaction) -> String {
    match (redaction.class, redaction.document.as_str()) {
        (Hidden::Scrubbed, _) => "No service wrote it".to_owned(),
        (_, "") => "Observed, not documented".to_owned(),
        (_, document) => format!("Documented by AWS: {document}"),
    }
}

fn actions(props: &LineProps, line: &TreeLine) -> Html {
    let button = |face: Html, name: &'static str, testid: &'static str, act: Act| {
        html! {
            <button type="button" tabindex="-1" title={name} aria-label={name} data-testid={testid} onclick={asks(props, act)}>{ face }</button>
        }
    };
    html! {
        <span class="actions">
            if is_filter(line.kind) {
                { button(icon_small(Icon::Plus), "Only events with this value (+)", "value-include", Act::Only) }
                { button(icon_small(Icon::Minus), "Without this value (−)", "value-exclude", Act::Without) }
                { button(icon_small(Icon::Equal), "Only this, whatever was asked before (=)", "value-only", Act::Just) }
            }
            { button(icon_small(Icon::AddColumn), "As a column (c)", "value-column", Act::Column) }
            { button(icon_small(Icon::Filter), "As a facet (C)", "value-facet", Act::Facet) }
            { button(icon_small(Icon::Copy), "Copy the value (y)", "value-copy", Act::CopyValue) }
            { button(html! { "path" }, "Copy the path (Y)", "path-copy", Act::CopyPath) }
        </span>
    }
}
