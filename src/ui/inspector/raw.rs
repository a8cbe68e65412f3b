//! The source text of a record as it stands in the file.

use std::ops::Range;

use yew::prelude::*;

use crate::display::shown;
use crate::layout::{Piece, line_sources, pieces};
use crate::protocol::RecordView;
use crate::ui::shared::{Icon, Same, icon_button};

/// Of [`Raw`].
#[derive(Clone, PartialEq, Properties)]
pub struct RawProps {
    /// The record.
    pub record: Same<RecordView>,
    /// Text for the clipboard.
    pub on_copy: Callback<String>,
}

/// The text, with what AWS hid marked where the tree can be found in it again.
#[component]
pub fn Raw(props: &RawProps) -> Html {
    let marks = use_memo(props.record.clone(), marks);
    let copy = {
        let record = props.record.clone();
        props.on_copy.reform(move |()| record.raw.clone())
    };
    html! {
        <div class="raw">
            { icon_button(Icon::Copy, "Copy the source text", &copy) }
            <pre data-testid="raw-json" tabindex="0">
                for piece in pieces(&props.record.raw, &marks) {
                    { match piece {
                        Piece::Text(text) => html! { { lines(text) } },
                        Piece::Mark(_, text) => html! { <mark class="hid-value">{ lines(text) }</mark> },
                    } }
                }
            </pre>
        </div>
    }
}

/// The spans in the source text of what AWS hid: the marker where it is written as it reads, else
/// the whole value.
fn marks(record: &Same<RecordView>) -> Vec<(usize, Range<usize>)> {
    let Some(sources) = line_sources(&record.raw, &record.tree) else { return Vec::new() };
    let mut spans: Vec<(usize, Range<usize>)> = Vec::new();
    for (line, span) in record.tree.iter().zip(sources) {
        let Some(mark) = line.redaction.and_then(|mark| usize::try_from(mark).ok()) else { continue };
        let span = record
            .redactions
            .get(mark)
            .map_or(span.clone(), |hidden| narrowed(&record.raw, span, &hidden.marker));
        // A value inside a marked one is marked already.
        if !span.is_empty() && spans.last().is_none_or(|(_, last)| last.end <= span.start) {
            spans.push((mark, span));
        }
    }
    spans
}

fn narrowed(raw: &str, span: Range<usize>, marker: &str) -> Range<usize> {
    let at = raw.get(span.clone()).and_then(|source| source.find(marker)).map(|at| span.start + at);
    at.filter(|_| !marker.is_empty()).map_or(span, |start| start..start + marker.len())
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
