//! A line of the ledger: a folder or an outcome, or one entry.

use yew::prelude::*;

use crate::display::{day_start, grouped, size};
use crate::layout::{LedgerGroup, file_name, is_in_doubt, keep_file_end};
use crate::protocol::{LedgerEntry, Outcome};
use crate::ui::events::end_class;
use crate::ui::shared::{
    Icon, Names, bold, icon_button_as, icon_small, icon_tiny, name_of, named, span, titled, verdict_mark,
};
use crate::ui::shared::{clock, day, day_minute, full, local, masked, shown};

/// Whether an entry has a second line that says what is wrong with it.
pub fn is_troubled(entry: &LedgerEntry) -> bool {
    entry.reason.is_some() || entry.remedy.is_some() || doubt(entry).is_some()
}

/// Why an entry is not what was delivered, where that is so.
fn doubt(entry: &LedgerEntry) -> Option<&str> {
    let integrity = entry.integrity.as_ref().filter(|integrity| is_in_doubt(integrity.verdict))?;
    Some(&integrity.evidence)
}

/// How many lines the second line of an entry becomes where the ledger is narrow: 1 to 3, with what
/// does not fit left to the title. The stylesheet knows `lines-1` and `lines-2`.
pub fn trouble_lines(entry: &LedgerEntry) -> usize {
    /// What fits on a line of the narrowest page.
    const LINE_BYTES: usize = 60;
    let bytes = |text: &Option<String>| text.as_deref().map_or(0, str::len);
    let doubt = doubt(entry).map_or(0, str::len);
    (bytes(&entry.reason) + bytes(&entry.remedy) + doubt).div_ceil(LINE_BYTES).clamp(1, 3)
}

/// The heading of a group; it folds it.
pub fn group_row(
    place: usize,
    group: &LedgerGroup,
    folded: bool,
    on_fold: &Callback<String>,
    names: &Names,
) -> Html {
    let name = group.name.clone();
    let onclick = on_fold.reform(move |_: MouseEvent| name.clone());
    let count = group.entries.len() as u64;
    let folder = group.note.is_empty();
    let total = match group.events {
        0 => "no events".to_owned(),
        1 => "1 event".to_owned(),
        more => format!("{} events", grouped(more)),
    };
    let title =
        if group.name.is_empty() { "not in a folder".to_owned() } else { shown(&group.name).into_owned() };
    html! {
        <div key={place.to_string()} class="file-group" role="row" aria-rowindex={(place + 1).to_string()}>
            <span role="cell">
            <button type="button" {onclick} aria-expanded={if folded { "false" } else { "true" }}>
            <span class="caret">{ icon_tiny(if folded { Icon::Right } else { Icon::Down }) }</span>
            if folder {
                { icon_small(Icon::Folder) }
                { titled(if group.name.is_empty() { "name v line ours" } else { "name v line" }, title.clone(), title) }
                if let Some(name) = group.name.split('/').find_map(|part| name_of(names, part)) {
                    { span("note", shown(name).into_owned()) }
                }
            } else {
                { bold(title) }
                { span("note clip", group.note) }
            }
            { span("count", format!("{}{}", grouped(count), entries_word(folder, count))) }
            { span("total", total) }
            </button>
            </span>
        </div>
    }
}

fn entries_word(folder: bool, count: u64) -> &'static str {
    match (folder, count) {
        (true, 1) => " file",
        (true, _) => " files",
        (false, 1) => " entry",
        (false, _) => " entries",
    }
}

/// One entry, with a second line where something is wrong with it. `whole_name` shows its folder
/// too, for lists that are not grouped by folder.
pub fn entry_row(
    place: usize,
    entry: &LedgerEntry,
    whole_name: bool,
    names: &Names,
    on_remove: &Callback<u32>,
) -> Html {
    let name = shown(if whole_name { &entry.name } else { file_name(&entry.name) }).into_owned();
    let (start, end) = keep_file_end(&name);
    // Absent counts are not zero: nothing was there to count.
    let none = entry.records() == 0 && entry.outcome != Outcome::Read;
    let class = classes!("file-row", entry.outcome.name(), is_troubled(entry).then(|| trouble_class(entry)));
    let events = match entry.events {
        _ if none => "f-number f-events none",
        1 => "f-number f-events one",
        _ => "f-number f-events",
    };
    html! {
        <div key={place.to_string()} {class} role="row" aria-rowindex={(place + 1).to_string()} data-testid="file-row"
            data-name={masked(&entry.name).into_owned()} data-outcome={entry.outcome.name()} data-events={entry.events.to_string()}
            data-kind={entry.kind.clone()} data-reason={entry.reason.as_deref().map(|reason| masked(reason).into_owned())}
            data-integrity={entry.integrity.as_ref().map(|integrity| integrity.verdict.name())}>
            { cell("f-outcome", outcome(entry.outcome)) }
            <span role="cell" class={classes!("f-name", "v", "two-ends", end_class(end))} title={shown(&entry.name).into_owned()}>
                if !start.is_empty() { { span("start", start.to_owned()) } }
                { span("end", end.to_owned()) }
            </span>
            { text("f-kind clip", shown(&entry.kind).into_owned()) }
            { from(entry, names) }
            { text("f-number f-size", size(entry.size)) }
            { text("f-number f-inflated", entry.inflated.map_or_else(dash, size)) }
            { text(events, count(entry.events, none)) }
            { text("f-number f-duplicates", count(entry.duplicates, none)) }
            { text(if entry.rejected > 0 { "f-number f-rejected is-err" } else { "f-number f-rejected" },
                count(entry.rejected, none)) }
            { times(entry) }
            { cell("f-integrity", entry.integrity.as_ref().map_or_else(Html::default, verdict_mark)) }
            if entry.entry == 0 { { forget(entry.source, on_remove) } }
            if is_troubled(entry) { { trouble(entry) } }
        </div>
    }
}

fn trouble_class(entry: &LedgerEntry) -> &'static str {
    match trouble_lines(entry) {
        1 => "troubled lines-1",
        2 => "troubled lines-2",
        _ => "troubled",
    }
}

fn cell(class: &'static str, inside: Html) -> Html {
    html! { <span role="cell" {class}>{ inside }</span> }
}

fn text(class: &'static str, text: String) -> Html {
    cell(class, html! { { text } })
}

fn dash() -> String {
    "–".to_owned()
}

fn count(count: u64, none: bool) -> String {
    if none { dash() } else { grouped(count) }
}

fn outcome(outcome: Outcome) -> Html {
    let (shape, class) = match outcome {
        Outcome::Read => (Icon::Tick, ""),
        Outcome::Partial => (Icon::Partly, "weight"),
        Outcome::Other => (Icon::Info, ""),
        Outcome::Failed => (Icon::Error, "weight is-err"),
    };
    html! { <span class={classes!("outcome", class)}>{ icon_small(shape) }{ outcome.label() }</span> }
}

fn trouble(entry: &LedgerEntry) -> Html {
    let reason = entry.reason.as_deref().map(|reason| shown(reason).into_owned()).unwrap_or_default();
    let remedy = entry.remedy.as_deref().map(|remedy| shown(remedy).into_owned()).unwrap_or_default();
    let reason = match (doubt(entry), reason.is_empty()) {
        (Some(doubt), true) => doubt.to_owned(),
        (Some(doubt), false) => format!("{reason} {doubt}"),
        (None, _) => reason,
    };
    let title = format!("{reason} {remedy}");
    html! {
        <span role="cell" class="f-trouble" {title}>
            { span("reason isolate", reason) }{ " " }<b class="remedy isolate">{ remedy }</b>
        </span>
    }
}

/// The account and the Region in the S3 key.
fn from(entry: &LedgerEntry, names: &Names) -> Html {
    let account = entry.account.as_deref().map(|account| name_of(names, account).unwrap_or(account));
    let parts: Vec<&str> = [account, entry.region.as_deref()].into_iter().flatten().collect();
    let whole = entry.account.as_deref().map(|account| named(names, account));
    let whole: Vec<&str> = [whole.as_deref(), entry.region.as_deref()].into_iter().flatten().collect();
    let title = shown(&whole.join(" ")).into_owned();
    html! { <span role="cell" class="f-from v line" {title}>{ shown(&parts.join(" ")).into_owned() }</span> }
}

fn forget(source: u32, on_remove: &Callback<u32>) -> Html {
    let onclick = on_remove.reform(move |()| source);
    icon_button_as(
        Icon::Close,
        "Forget this file and its events",
        "icon-button forget",
        Some("file-remove"),
        &onclick,
    )
}

fn times(entry: &LedgerEntry) -> Html {
    let (Some(first), Some(last)) = (entry.first_ms, entry.last_ms) else {
        return cell("f-times", Html::default());
    };
    let text = if day_start(local(first)) == day_start(local(last)) {
        format!("{} {} to {}", day(first), clock(first), clock(last))
    } else {
        format!("{} to {}", day_minute(first), day_minute(last))
    };
    let title = format!("{} to {}", full(first), full(last));
    html! { <span role="cell" class="f-times v line" {title}>{ text }</span> }
}
