//! One line of the tree.

use std::ops::Range;

use yew::prelude::*;

use super::tree::is_filter;
use crate::display::{grouped, shown};
use crate::layout::{LONG_BYTES, Piece, opening, pieces};
use crate::protocol::{RecordView, Redaction, TreeLine, ValueKind};
use crate::ui::shared::{Icon, Same, icon_small, icon_tiny, sentence, span};

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
    let marks = marks(&props.record, line);
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
                if !marks.is_empty() { <span class="told is-hid">{ icon_small(Icon::Hid) }{ "AWS hid" }</span> }
                if *hovered || props.current { { actions(props, line) } }
            </div>
            if let Some((mark, redaction)) = props.chosen.and_then(|mark| Some((mark, props.record.redactions.get(mark)?))) {
                { call_out(mark, redaction, line.depth) }
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

/// The marks in the value of a line, with their spans.
fn marks(record: &RecordView, line: &TreeLine) -> Vec<(usize, Range<usize>)> {
    if line.redaction.is_none() {
        return Vec::new();
    }
    let here = record.redactions.iter().enumerate().filter(|(_, redaction)| redaction.path == line.path);
    here.map(|(mark, redaction)| {
        let (start, end) = redaction.span;
        (mark, usize::try_from(start).unwrap_or(usize::MAX)..usize::try_from(end).unwrap_or(usize::MAX))
    })
    .collect()
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

/// The text with what AWS hid in it highlighted, just as far as the marker goes.
fn marked(props: &LineProps, text: &str, marks: &[(usize, Range<usize>)]) -> Html {
    if marks.is_empty() {
        return html! { { shown(text).into_owned() } };
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

fn marker(props: &LineProps, mark: usize, text: &str) -> Html {
    let Some(redaction) = props.record.redactions.get(mark) else {
        return html! { { shown(text).into_owned() } };
    };
    let basis = if redaction.documented { "documented" } else { "observed" };
    html! {
        <mark class="hid-value" data-testid="redaction" data-marker={redaction.marker.clone()}
            data-path={redaction.path.clone()} data-basis={basis} title="AWS hid this value"
            onclick={asks(props, Act::Choose(mark))}>{ shown(text).into_owned() }</mark>
    }
}

/// What happened to a value, whether it can be had, and where AWS says so.
fn call_out(mark: usize, redaction: &Redaction, depth: u16) -> Html {
    let explanation = redaction.explanation.clone();
    let (first, rest) = match explanation.split_once(". ") {
        Some((first, rest)) => (format!("{first}."), rest.to_owned()),
        None => (explanation, "The value is not in the file and cannot be recovered.".to_owned()),
    };
    let source = match (redaction.documented, redaction.document.as_str()) {
        (true, "") => "Documented by AWS".to_owned(),
        (true, document) => format!("Documented by AWS: {document}"),
        (false, _) => "Observed, not documented".to_owned(),
    };
    html! {
        <div class={classes!("call-out", format!("level-{}", depth.min(LEVELS)))} id={format!("mark-{mark}")}>
            <p class="isolate"><b>{ sentence(&first) }</b>{ " " }{ sentence(&rest) }</p>
            <p class="source isolate">{ sentence(&source) }</p>
        </div>
    }
}

fn actions(props: &LineProps, line: &TreeLine) -> Html {
    let button = |face: Html, name: &'static str, act: Act| {
        html! {
            <button type="button" tabindex="-1" title={name} aria-label={name} onclick={asks(props, act)}>{ face }</button>
        }
    };
    html! {
        <span class="actions">
            if is_filter(line.kind) {
                { button(icon_small(Icon::Plus), "Only events with this value (+)", Act::Only) }
                { button(icon_small(Icon::Minus), "Without this value (−)", Act::Without) }
            }
            { button(icon_small(Icon::Copy), "Copy the value (y)", Act::CopyValue) }
            { button(html! { "path" }, "Copy the path (Y)", Act::CopyPath) }
        </span>
    }
}
