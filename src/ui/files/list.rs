//! The lines of the ledger, of which only those near the view are on the page.

use std::ops::Range;

use web_sys::HtmlElement;
use yew::prelude::*;

use super::row::{entry_row, group_row, is_troubled, trouble_lines};
use crate::layout::{Heights, LedgerGroups, LedgerLine, LedgerOrder};
use crate::protocol::LedgerEntry;
use crate::ui::shared::{Icon, Names, Same, column_header, icon_tiny, use_width};

/// So many lines are all on the page: browser search finds them.
const ALL_LINES: usize = 400;

/// Pixels above and below the view that are drawn too.
const OVERSCAN_PX: u64 = 1_000;

/// A scroll of less than this draws nothing new.
const STEP_PX: i32 = 200;

/// Of [`LedgerList`].
#[derive(Clone, PartialEq, Properties)]
pub struct LedgerListProps {
    /// The ledger.
    pub ledger: Same<Vec<LedgerEntry>>,
    /// Its listed entries by folder or outcome.
    pub groups: Same<LedgerGroups>,
    /// The names of the groups that are folded.
    pub folded: Same<Vec<String>>,
    /// Folds or unfolds a group.
    pub on_fold: Callback<String>,
    /// The order of the entries.
    pub order: LedgerOrder,
    /// A column was pressed.
    pub on_order: Callback<LedgerOrder>,
    /// Names of accounts.
    pub names: Names,
    /// A dropped file is to be forgotten.
    pub on_remove: Callback<u32>,
}

/// Heights of a heading, of an entry, and of entries whose trouble takes one line, two, or three
/// where the ledger is narrow. The stylesheet decides.
type RowHeights = [u32; 5];

/// The table of entries.
#[component]
pub fn LedgerList(props: &LedgerListProps) -> Html {
    let scroller = use_node_ref();
    let track = use_node_ref();
    let rows = use_node_ref();
    let rulers = [use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref()];
    let step = use_state_eq(|| 0i32);
    // Another width can mean other heights.
    let width = use_width(&scroller);
    let measured = row_heights(&rulers, width);

    let lines =
        use_memo((props.groups.clone(), props.folded.clone()), |(groups, folded)| groups.lines(folded));
    let heights = use_memo((lines.clone(), props.ledger.clone(), measured), |(lines, ledger, measured)| {
        Heights::new(lines.iter().map(|line| height(*line, ledger, measured)))
    });
    let drawn = drawn(&scroller, &heights, lines.len(), *step);
    {
        let (track, rows, total, top) =
            (track.clone(), rows.clone(), heights.total(), heights.top(drawn.start));
        use_effect(move || {
            set_px(&track, "height", total);
            set_px(&rows, "top", top);
        });
    }
    let onscroll = {
        let (scroller, step) = (scroller.clone(), step.setter());
        use_callback((), move |_: Event, ()| {
            if let Some(scroller) = scroller.cast::<HtmlElement>() {
                step.set(scroller.scroll_top() / STEP_PX);
            }
        })
    };
    html! {
        <div class="file-table" ref={scroller} role="table" tabindex="0" aria-label="Ledger" {onscroll}
            aria-rowcount={lines.len().to_string()} data-testid="file-table">
            { column_names(props) }
            <div class="file-track" ref={track} role="rowgroup">
                <div class="file-rows" ref={rows} role="presentation">
                    for place in drawn {
                        { line(props, &lines, place) }
                    }
                </div>
                { ruler("file-group ruler", &rulers[0]) }
                { ruler("file-row ruler", &rulers[1]) }
                { ruler("file-row troubled lines-1 ruler", &rulers[2]) }
                { ruler("file-row troubled lines-2 ruler", &rulers[3]) }
                { ruler("file-row troubled ruler", &rulers[4]) }
            </div>
            if lines.is_empty() { <p class="none">{ "No entry of this kind" }</p> }
        </div>
    }
}

fn line(props: &LedgerListProps, lines: &[LedgerLine], place: usize) -> Html {
    match lines.get(place) {
        Some(LedgerLine::Group(group)) => {
            props.groups.groups.get(*group).map_or_else(Html::default, |group| {
                group_row(place, group, props.folded.contains(&group.name), &props.on_fold, &props.names)
            })
        }
        Some(LedgerLine::Entry(entry)) => {
            let whole_name = props.order != LedgerOrder::Grouped
                || props.groups.groups.iter().any(|group| !group.note.is_empty());
            props.ledger.get(*entry).map_or_else(Html::default, |entry| {
                entry_row(place, entry, whole_name, &props.names, &props.on_remove)
            })
        }
        None => Html::default(),
    }
}

fn ruler(class: &'static str, node: &NodeRef) -> Html {
    html! { <div {class} ref={node.clone()} aria-hidden="true" /> }
}

fn row_heights(rulers: &[NodeRef; 5], width: u32) -> RowHeights {
    let px = |ruler: &NodeRef, otherwise: u32| {
        let height = ruler.cast::<HtmlElement>().map_or(0, |element| element.offset_height());
        u32::try_from(height).ok().filter(|height| *height > 0 && width > 0).unwrap_or(otherwise)
    };
    let [group, entry, one, two, three] = rulers;
    [px(group, 28), px(entry, 28), px(one, 46), px(two, 46), px(three, 46)]
}

fn height(line: LedgerLine, ledger: &[LedgerEntry], [group, entry, one, two, three]: &RowHeights) -> u32 {
    match line {
        LedgerLine::Group(_) => *group,
        LedgerLine::Entry(at) => match ledger.get(at).filter(|entry| is_troubled(entry)).map(trouble_lines) {
            None => *entry,
            Some(1) => *one,
            Some(2) => *two,
            Some(_) => *three,
        },
    }
}

fn drawn(scroller: &NodeRef, heights: &Heights, lines: usize, step: i32) -> Range<usize> {
    if lines <= ALL_LINES {
        return 0..lines;
    }
    let view = scroller.cast::<HtmlElement>().map_or(0, |scroller| scroller.client_height());
    let view = u64::try_from(view).unwrap_or_default();
    let top = u64::try_from(step.saturating_mul(STEP_PX)).unwrap_or_default();
    heights.visible(top.saturating_sub(OVERSCAN_PX), top + view + OVERSCAN_PX)
}

fn set_px(node: &NodeRef, property: &str, px: u64) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // A browser refuses no length in pixels.
        let _ = element.style().set_property(property, &format!("{px}px"));
    }
}

fn column_names(props: &LedgerListProps) -> Html {
    let column = |class: &'static str, title: &'static str, order: LedgerOrder| {
        let sort = match (props.order == order, order) {
            (false, _) => None,
            (true, LedgerOrder::Name | LedgerOrder::First | LedgerOrder::Integrity) => Some("ascending"),
            (true, _) => Some("descending"),
        };
        let onclick = props.on_order.reform(move |_: MouseEvent| order);
        html! {
            <span role="columnheader" {class} aria-sort={sort}>
                <button type="button" {onclick} title={format!("Order by {}", title.to_ascii_lowercase())}>
                    { title }if sort.is_some() { { icon_tiny(Icon::Down) } }</button>
            </span>
        }
    };
    html! {
        <div class="file-columns" role="row">
            { column_header("f-outcome", "Outcome") }
            { column("f-name", "Name", LedgerOrder::Name) }
            { column_header("f-kind", "Kind") }
            { column_header("f-from", "Account, Region") }
            { column("f-number", "Size", LedgerOrder::Size) }
            { column("f-number f-inflated", "Inflated", LedgerOrder::Inflated) }
            { column("f-number", "Events", LedgerOrder::Events) }
            { column("f-number", "Duplicates", LedgerOrder::Duplicates) }
            { column("f-number", "Rejected", LedgerOrder::Rejected) }
            { column("f-times", "First and last", LedgerOrder::First) }
            { column("f-integrity", "Integrity", LedgerOrder::Integrity) }
        </div>
    }
}
