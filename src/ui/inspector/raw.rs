//! The source text of a record as it stands in the file.

use std::ops::Range;

use yew::prelude::*;

use crate::display::shown;
use crate::layout::{Piece, line_sources, pieces};
use crate::protocol::RecordView;
use crate::ui::shared::{Icon, IconButton, Same};

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
            <IconButton icon={Icon::Copy} name="Copy the source text" onclick={copy} />
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

/// The spans in the source text of the values that AWS hid in whole or in part.
fn marks(record: &Same<RecordView>) -> Vec<(usize, Range<usize>)> {
    let Some(sources) = line_sources(&record.raw, &record.tree) else { return Vec::new() };
    let hidden =
        record.tree.iter().zip(sources).filter(|(line, span)| line.redaction.is_some() && !span.is_empty());
    let mut spans: Vec<(usize, Range<usize>)> = Vec::new();
    for (place, (_, span)) in hidden.enumerate() {
        // A value inside a marked one is marked already.
        if spans.last().is_none_or(|(_, last)| last.end <= span.start) {
            spans.push((place, span));
        }
    }
    spans
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
