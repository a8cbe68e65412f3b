//! The source text of a record as it stands in the file.

use std::ops::Range;

use yew::prelude::*;

use crate::display::{DOTS, Masking};
use crate::layout::{Mark, MarkOf, Piece, line_sources, pieces};
use crate::protocol::{RecordView, ValueKind};
use crate::ui::shared::{Icon, Same, icon_button};
use crate::ui::shared::{is_masked_at, masking, shown};

/// Of [`Raw`].
#[derive(Clone, PartialEq, Properties)]
pub struct RawProps {
    /// The record.
    pub record: Same<RecordView>,
    /// Its marks.
    pub marks: Same<Vec<Mark>>,
    /// Text for the clipboard.
    pub on_copy: Callback<String>,
}

/// The number of what is masked without a mark.
const MASKED: usize = usize::MAX;

/// The text, with its marks where the tree can be found in it again.
#[component]
pub fn Raw(props: &RawProps) -> Html {
    let marks = use_memo((props.record.clone(), props.marks.clone()), |(record, marks)| spans(record, marks));
    let copy = {
        let (record, marks) = (props.record.clone(), marks.clone());
        let all = props.marks.clone();
        props.on_copy.reform(move |()| copied(&record, &all, &marks))
    };
    html! {
        <div class="raw">
            { icon_button(Icon::Copy, "Copy the source text", &copy) }
            <pre data-testid="raw-json" tabindex="0">
                for piece in pieces(&props.record.raw, &marks) {
                    { match piece {
                        Piece::Text(text) => html! { { lines(text) } },
                        Piece::Mark(mark, text) => marked(props, mark, text),
                    } }
                }
            </pre>
        </div>
    }
}

fn marked(props: &RawProps, number: usize, text: &str) -> Html {
    let mark = props.marks.get(number);
    let seen = if is_dotted(mark) { DOTS.to_owned() } else { lines(text) };
    let class = match mark.map(|mark| (mark.exposure(&props.record), mark.redaction(&props.record))) {
        Some((Some(_), _)) => "leak-value",
        Some((_, Some(redaction))) if redaction.class.is_redaction() => "hid-value",
        _ => "grey-value",
    };
    let title = mark.map(|mark| {
        let told = mark.exposure(&props.record).map(|one| &one.explanation);
        told.or(mark.redaction(&props.record).map(|one| &one.explanation)).cloned().unwrap_or_default()
    });
    html! { <mark {class} {title}>{ seen }</mark> }
}

/// Whether dots stand for a marked piece.
fn is_dotted(mark: Option<&Mark>) -> bool {
    mark.is_none_or(|mark| matches!(mark.of, MarkOf::Exposure(_)) && masking() != Masking::Off)
}

/// The source text for the clipboard, masked as it is on screen.
fn copied(record: &RecordView, all: &[Mark], spans: &[(usize, Range<usize>)]) -> String {
    if masking() == Masking::Off {
        return record.raw.clone();
    }
    let mut out = String::with_capacity(record.raw.len());
    for piece in pieces(&record.raw, spans) {
        match piece {
            Piece::Mark(number, _) if is_dotted(all.get(number)) => out.push_str(DOTS),
            Piece::Text(text) | Piece::Mark(_, text) => out.push_str(text),
        }
    }
    out
}

/// The spans in the source text of the marks, and of what is masked besides: the marked piece where it
/// is written as it reads, else the whole value.
fn spans(record: &RecordView, marks: &[Mark]) -> Vec<(usize, Range<usize>)> {
    let Some(sources) = line_sources(&record.raw, &record.tree) else { return Vec::new() };
    let mut spans: Vec<(usize, Range<usize>)> = Vec::new();
    let mut next = marks.iter().enumerate().peekable();
    for ((place, line), span) in record.tree.iter().enumerate().zip(sources) {
        let scalar = !matches!(line.kind, ValueKind::Object(_) | ValueKind::Array(_));
        let masked = scalar && is_masked_at(&line.path);
        while let Some((number, mark)) = next.next_if(|(_, mark)| mark.line <= place) {
            let piece = line.text.get(mark.span.clone()).unwrap_or_default();
            add(&mut spans, if masked { MASKED } else { number }, narrowed(&record.raw, span.clone(), piece));
        }
        if masked {
            add(&mut spans, MASKED, span);
        }
    }
    spans
}

/// Adds a span that is not in the one before: a value inside a marked one is marked already.
fn add(spans: &mut Vec<(usize, Range<usize>)>, number: usize, span: Range<usize>) {
    if !span.is_empty() && spans.last().is_none_or(|(_, last)| last.end <= span.start) {
        spans.push((number, span));
    }
}

fn narrowed(raw: &str, span: Range<usize>, piece: &str) -> Range<usize> {
    let at = raw.get(span.clone()).and_then(|source| source.find(piece)).map(|at| span.start + at);
    at.filter(|_| !piece.is_empty()).map_or(span, |start| start..start + piece.len())
}

/// Controls as signs, but for those that lay out the text.
fn lines(text: &str) -> String {
    if !text.contains(['\n', '\r', '\t']) {
        return shown(text).into_owned();
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(['\n', '\r', '\t']) {
        let body = part.trim_end_matches(['\n', '\r', '\t']);
        out.push_str(&shown(body));
        out.push_str(&part[body.len()..]);
    }
    out
}
