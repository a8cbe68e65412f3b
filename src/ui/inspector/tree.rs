//! The record as a tree: one tab stop, folding, the way to a mark.

use std::rc::Rc;

use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::Pivot;
use super::line::{Act, Line};
use super::record::Chosen;
use crate::display::{DOTS, grouped};
use crate::layout::{Mark, ORDINARY_LINES, ancestors, folded_at_first, line_sources, unfolded};
use crate::protocol::{RecordView, ValueKind};
use crate::query::any_element;
use crate::ui::shared::{Same, is_masked_at};

/// From here on the browser is told to lay out only lines in sight.
const LARGE_LINES: usize = 400;

/// Of [`Tree`].
#[derive(Clone, PartialEq, Properties)]
pub struct TreeProps {
    /// The record.
    pub record: Same<RecordView>,
    /// Its marks.
    pub marks: Same<Vec<Mark>>,
    /// The mark whose call-out is open.
    pub chosen: Option<Chosen>,
    /// A mark was chosen here.
    pub on_choose: Callback<usize>,
    /// A path, its value, wanted or unwanted.
    pub on_filter: Callback<(String, String, bool)>,
    /// A value leads elsewhere.
    pub on_pivot: Callback<Pivot>,
    /// Text for the clipboard.
    pub on_copy: Callback<String>,
}

/// The members of the record, folded and unfolded.
#[component]
pub fn Tree(props: &TreeProps) -> Html {
    let folded = use_state(|| Rc::new(folded_at_first(&props.record.tree)));
    let current = use_state_eq(|| None::<usize>);
    let limit = use_state_eq(|| ORDINARY_LINES);
    let node = use_node_ref();
    let lines = use_memo((props.record.clone(), (*folded).clone()), |(record, folded)| {
        unfolded(&record.tree, folded)
    });
    let on_act = use_acts(props, &folded, &current);
    use_way_to_mark(props, &folded, &limit, &node);

    let chosen = props.chosen.map(|chosen| chosen.mark);
    let shown = &lines[..lines.len().min(*limit)];
    let rest = lines.len() - shown.len();
    let onkeydown = {
        let (lines, current, on_act, record) =
            (lines.clone(), current.clone(), on_act.clone(), props.record.clone());
        let (folded, node) = ((*folded).clone(), node.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let Some(done) = pressed(&event.key(), &record, &lines, &folded, *current) else { return };
            event.prevent_default();
            event.stop_propagation();
            match done {
                Pressed::Go(line) => {
                    current.set(Some(line));
                    show(&node, &line_id(line), ScrollLogicalPosition::Nearest);
                }
                Pressed::Do(line, act) => on_act.emit((line, act)),
            }
        })
    };
    let more = {
        let limit = limit.clone();
        move |_: MouseEvent| limit.set(*limit + ORDINARY_LINES)
    };
    html! {
        <>
            <div class={classes!("tree", (lines.len() > LARGE_LINES).then_some("large"))} role="tree" tabindex="0" aria-label="Record" ref={node} {onkeydown}
                aria-activedescendant={current.map(line_id)}>
                for line in shown.iter().copied() {
                    <Line key={line.to_string()} record={props.record.clone()} marks={props.marks.clone()} {line} folded={folded.binary_search(&line).is_ok()}
                        current={*current == Some(line)} on_act={on_act.clone()}
                        chosen={chosen.filter(|mark| holds(&props.marks, line, *mark))} />
                }
            </div>
            if rest > 0 {
                <button type="button" class="link more" onclick={more}>
                    { format!("{} more lines", grouped(rest as u64)) }
                </button>
            }
        </>
    }
}

/// Whether the line is the one that a mark stands on.
fn holds(marks: &[Mark], line: usize, mark: usize) -> bool {
    marks.get(mark).is_some_and(|mark| mark.line == line)
}

fn line_id(line: usize) -> String {
    format!("line-{line}")
}

/// What lines ask for, in one callback that all of them share.
#[hook]
fn use_acts(
    props: &TreeProps,
    folded: &UseStateHandle<Rc<Vec<usize>>>,
    current: &UseStateHandle<Option<usize>>,
) -> Callback<(usize, Act)> {
    let (folded_now, current) = (folded.clone(), current.setter());
    use_callback((props.clone(), (**folded).clone()), move |(line, act): (usize, Act), (props, folded)| {
        let Some(tree_line) = props.record.tree.get(line) else { return };
        let (path, text) = (tree_line.path.clone(), tree_line.text.clone());
        current.set(Some(line));
        match act {
            Act::Stand => {}
            Act::Fold => {
                let mut changed = Vec::clone(folded);
                match changed.binary_search(&line) {
                    Ok(at) => drop(changed.remove(at)),
                    Err(at) => changed.insert(at, line),
                }
                folded_now.set(Rc::new(changed));
            }
            Act::Choose(mark) => props.on_choose.emit(mark),
            Act::Only => props.on_filter.emit((path, text, true)),
            Act::Without => props.on_filter.emit((path, text, false)),
            Act::Just => props.on_pivot.emit(Pivot::Only(path, text)),
            Act::Column => props.on_pivot.emit(Pivot::Column(any_element(&path))),
            Act::Facet => props.on_pivot.emit(Pivot::Facet(any_element(&path))),
            Act::CopyPath => props.on_copy.emit(path),
            Act::CopyValue if is_masked_at(&path) => props.on_copy.emit(DOTS.to_owned()),
            Act::CopyValue => props.on_copy.emit(copied(&props.record, line)),
        }
    })
}

/// A value decoded, a node as its source text.
fn copied(record: &RecordView, line: usize) -> String {
    let Some(tree_line) = record.tree.get(line) else { return String::new() };
    if !matches!(tree_line.kind, ValueKind::Object(_) | ValueKind::Array(_)) {
        return tree_line.text.clone();
    }
    let span = line_sources(&record.raw, &record.tree).and_then(|spans| spans.get(line).cloned());
    span.and_then(|span| record.raw.get(span)).map_or_else(|| tree_line.text.clone(), str::to_owned)
}

/// Unfolds what a mark is in and brings it into sight, when it was asked for.
#[hook]
fn use_way_to_mark(
    props: &TreeProps,
    folded: &UseStateHandle<Rc<Vec<usize>>>,
    limit: &UseStateHandle<usize>,
    node: &NodeRef,
) {
    let (folded, limit) = (folded.clone(), limit.clone());
    let (record, marks) = (props.record.clone(), props.marks.clone());
    {
        use_effect_with(props.chosen, move |chosen| {
            let Some(chosen) = chosen.filter(|chosen| chosen.turn > 0) else { return };
            let Some(line) = marks.get(chosen.mark).map(|mark| mark.line) else { return };
            let mut changed = Vec::clone(&folded);
            let above = ancestors(&record.tree, line);
            changed.retain(|line| !above.contains(line));
            limit.set((*limit).max(line + 1));
            if changed != **folded {
                folded.set(Rc::new(changed));
            }
        });
    }
    let (node, marks) = (node.clone(), props.marks.clone());
    let scrolled = use_mut_ref(|| 0);
    let chosen = props.chosen;
    // After every render, because the line may have to be unfolded first.
    use_effect(move || {
        let Some(chosen) = chosen.filter(|chosen| chosen.turn != *scrolled.borrow()) else { return };
        let Some(line) = marks.get(chosen.mark).map(|mark| mark.line) else { return };
        if show(&node, &line_id(line), ScrollLogicalPosition::Center) {
            *scrolled.borrow_mut() = chosen.turn;
        }
    });
}

/// Scrolls a line into sight; `false` where it is not on the page.
fn show(node: &NodeRef, id: &str, block: ScrollLogicalPosition) -> bool {
    let line = node.cast::<Element>().and_then(|tree| tree.query_selector(&format!("#{id}")).ok().flatten());
    let Some(line) = line else { return false };
    let options = ScrollIntoViewOptions::new();
    options.set_block(block);
    line.scroll_into_view_with_scroll_into_view_options(&options);
    true
}

/// What a key does.
enum Pressed {
    /// Moves to a line.
    Go(usize),
    /// Does something with a line.
    Do(usize, Act),
}

fn pressed(
    key: &str,
    record: &RecordView,
    lines: &[usize],
    folded: &[usize],
    current: Option<usize>,
) -> Option<Pressed> {
    let first = *lines.first()?;
    let Some(line) = current.filter(|line| lines.contains(line)) else {
        return matches!(key, "ArrowDown" | "ArrowUp" | "Home").then_some(Pressed::Go(first));
    };
    let at = lines.partition_point(|other| *other < line);
    let inside = record.tree.get(line).is_some_and(|line| line.inside > 0);
    let open = inside && folded.binary_search(&line).is_err();
    let scalar = record.tree.get(line).is_some_and(|line| is_filter(line.kind));
    match key {
        "ArrowDown" => lines.get(at + 1).copied().map(Pressed::Go),
        "ArrowUp" => at.checked_sub(1).and_then(|above| lines.get(above)).copied().map(Pressed::Go),
        "Home" => Some(Pressed::Go(first)),
        "End" => lines.last().copied().map(Pressed::Go),
        "ArrowLeft" if open => Some(Pressed::Do(line, Act::Fold)),
        "ArrowLeft" => ancestors(&record.tree, line).first().copied().map(Pressed::Go),
        "ArrowRight" if inside && !open => Some(Pressed::Do(line, Act::Fold)),
        "ArrowRight" if open => lines.get(at + 1).copied().map(Pressed::Go),
        "Enter" | " " if inside => Some(Pressed::Do(line, Act::Fold)),
        "+" if scalar => Some(Pressed::Do(line, Act::Only)),
        "-" | "−" if scalar => Some(Pressed::Do(line, Act::Without)),
        "=" if scalar => Some(Pressed::Do(line, Act::Just)),
        "c" => Some(Pressed::Do(line, Act::Column)),
        "C" => Some(Pressed::Do(line, Act::Facet)),
        "y" => Some(Pressed::Do(line, Act::CopyValue)),
        "Y" => Some(Pressed::Do(line, Act::CopyPath)),
        _ => None,
    }
}

/// Whether events can be filtered by a value of this kind.
pub fn is_filter(kind: ValueKind) -> bool {
    matches!(kind, ValueKind::String | ValueKind::Number | ValueKind::Bool)
}
