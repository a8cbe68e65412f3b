//! The status line: what was read, what matches, what went wrong, how far the reading is.

use yew::prelude::*;

use crate::display::{breadth, duration_short, grouped, rate, size};
use crate::state::Phase;
use crate::ui::shared::{
    Button, ButtonKind, Icon, bold, button, click, icon_small, key_cap, labelled_count, masked_query, span,
};

/// What the status line says. Counts are of everything loaded unless said otherwise.
pub struct StatusLine<'a> {
    /// What the page is doing.
    pub state: Phase,
    /// The applied query.
    pub query: AttrValue,
    /// Events shown, copies not counted.
    pub events: u64,
    /// Of these, what fits the query.
    pub matched: u64,
    /// Dropped files in the ledger.
    pub files: u64,
    /// Dropped files there will be; 0 while it is not known.
    pub files_total: u64,
    /// Dropped files without events: recognised but none in them, or failed.
    pub skipped: u64,
    /// Lines of the ledger that failed.
    pub failed: u64,
    /// Partly read.
    pub partly: u64,
    /// Exact copies that are not shown.
    pub duplicates: u64,
    /// Records that could not be read.
    pub rejected: u64,
    /// Dropped bytes read so far.
    pub bytes: u64,
    /// Dropped bytes in all; 0 while it is not known.
    pub bytes_total: u64,
    /// Bytes of JSON read, for the rate.
    pub inflated: u64,
    /// How long the reading took or is taking, milliseconds.
    pub elapsed_ms: u64,
    /// What the view adds: `row 7,019 of 17,222`.
    pub note: Option<AttrValue>,
    /// Stop reading, keep what is read.
    pub on_cancel: &'a Callback<()>,
    /// Choose more files while reading.
    pub on_add_files: &'a Callback<()>,
    /// Show the ledger, where trouble is listed first.
    pub on_trouble: &'a Callback<()>,
    /// Choose what to read of the files that wait.
    pub on_choose: &'a Callback<()>,
}

/// The line at the bottom.
pub fn status_line(props: &StatusLine) -> Html {
    let state = props.state;
    html! {
        <footer class={classes!("status", (state == Phase::Loading).then_some("reading"))} data-testid="status"
            data-state={state.name()} data-query={masked_query(&props.query).into_owned()} data-events={props.events.to_string()}
            data-matched={props.matched.to_string()} data-files={props.files.to_string()}
            data-skipped={props.skipped.to_string()} data-duplicates={props.duplicates.to_string()}
            data-rejected={props.rejected.to_string()} data-bytes={props.bytes.to_string()}>
            { match state {
                Phase::Empty => empty(),
                Phase::Loading => reading(props),
                Phase::Asking | Phase::Ready => ready(props),
            } }
            <span class="visually-hidden" role="status" aria-live="polite">{ spoken(props) }</span>
        </footer>
    }
}

fn promise() -> Html {
    html! { <span class="promise">{ icon_small(Icon::Lock) }{ "Nothing leaves this tab" }</span> }
}

fn empty() -> Html {
    let keys = [("o", "folder"), ("f", "files"), ("v", "paste"), ("?", "all keys")];
    html! {
        <>
            { bold("Empty") }{ span("soft", "Waiting for files") }
            <span class="push" />
            for (key, word) in keys { <span class="hint">{ key_cap(key) }{ word }</span> }
            { promise() }
        </>
    }
}

fn ready(props: &StatusLine) -> Html {
    let took = (props.elapsed_ms > 0).then(|| {
        let took = duration_short(props.elapsed_ms);
        rate(props.inflated, props.elapsed_ms).map_or(took.clone(), |rate| format!("{took} at {rate}"))
    });
    html! {
        <>
            <b class="state">{ if props.state == Phase::Asking { "Asking" } else { "Ready" } }</b>
            { labelled_count(props.events, "events") }
            { labelled_count(props.matched, "match") }
            { labelled_count(props.files, if props.files == 1 { "file" } else { "files" }) }
            { trouble(props) }
            { minor(props.duplicates, "duplicates") }
            { minor(props.rejected, "rejected") }
            if let Some(note) = &props.note { { span("soft", note) } }
            else if let Some(took) = took { { span("soft last", took) } }
            <span class="push" />
            { promise() }
        </>
    }
}

/// A count that matters only where it is not zero.
fn minor(count: u64, word: &str) -> Html {
    if count == 0 {
        return Html::default();
    }
    html! { <span class="minor">{ labelled_count(count, word) }</span> }
}

fn trouble(props: &StatusLine) -> Html {
    let line = |class: &'static str, shape: Icon, count: u64, word: &str| {
        if count == 0 {
            return Html::default();
        }
        let words = format!("{} {word}", grouped(count));
        html! { <button type="button" {class} onclick={click(props.on_trouble)}>{ icon_small(shape) }{ words }</button> }
    };
    html! {
        <>
            { line("plain is-err", Icon::Error, props.failed, "failed") }
            { line("plain soft", Icon::Partly, props.partly, "partly read") }
        </>
    }
}

fn reading(props: &StatusLine) -> Html {
    let left = time_left_ms(props);
    let kind = ButtonKind::Tool;
    let add =
        Button { label: "Add files".into(), kind, onclick: props.on_add_files.clone(), ..Button::default() };
    let choose = Button {
        label: "Choose what to read".into(),
        kind,
        testid: Some("choose-open"),
        onclick: props.on_choose.clone(),
        ..Button::default()
    };
    let cancel = Button {
        label: "Cancel, keep what is read".into(),
        kind,
        key_name: Some("Esc"),
        testid: Some("cancel"),
        onclick: props.on_cancel.clone(),
        ..Button::default()
    };
    html! {
        <>
            <b class="state">{ "Reading" }</b>
            { bar(props.bytes, props.bytes_total) }
            { amount("count", size(props.bytes), of_bytes(props)) }
            { amount("count", grouped(props.files), of_files(props)) }
            { labelled_count(props.events, "events") }
            { minor(props.duplicates, "duplicates") }
            { minor(props.rejected, "rejected") }
            { trouble(props) }
            if let Some(rate) = rate(props.inflated, props.elapsed_ms) { { span("soft last", rate) } }
            if let Some(left) = left {
                { amount("count last", duration_short(left), " left".to_owned()) }
            }
            <span class="push" />
            if props.files_total > props.files + FEW_FILES { { button(choose) } }
            { button(add) }
            { button(cancel) }
        </>
    }
}

/// With fewer files waiting there is nothing to choose of.
const FEW_FILES: u64 = 20;

/// **41 MB** of 82 MB.
fn amount(class: &'static str, amount: String, of: String) -> Html {
    html! { <span {class}>{ bold(amount) }{ span("soft", of) }</span> }
}

fn of_bytes(props: &StatusLine) -> String {
    if props.bytes_total > 0 { format!(" of {}", size(props.bytes_total)) } else { String::new() }
}

fn of_files(props: &StatusLine) -> String {
    if props.files_total > 0 {
        format!(" of {} files", grouped(props.files_total))
    } else {
        " files".to_owned()
    }
}

/// Of the pace so far, in whole seconds; nothing before it has settled.
fn time_left_ms(props: &StatusLine) -> Option<u64> {
    let rest = props.bytes_total.checked_sub(props.bytes).filter(|&rest| rest > 0)?;
    if props.elapsed_ms < 500 || props.bytes == 0 {
        return None;
    }
    let left = u128::from(props.elapsed_ms) * u128::from(rest) / u128::from(props.bytes);
    Some((u64::try_from(left).ok()? / 1000 + 1) * 1000)
}

fn bar(done: u64, total: u64) -> Html {
    let known = total > 0;
    let now = known.then(|| (u128::from(done) * 100 / u128::from(total)).min(100).to_string());
    html! {
        <svg class={classes!("progress", (!known).then_some("unknown"))} role="progressbar" aria-label="Reading"
            aria-valuemin="0" aria-valuemax="100" aria-valuenow={now}>
            <rect class="track" width="100%" height="100%" rx="2" />
            <rect class="done" width={if known { breadth(done, total) } else { "33%".to_owned() }} height="100%"
                rx="2" />
        </svg>
    }
}

/// What a screen reader hears: milestones while reading, the count after a question.
fn spoken(props: &StatusLine) -> String {
    match props.state {
        Phase::Empty | Phase::Asking => String::new(),
        Phase::Loading => match (props.bytes * 4).checked_div(props.bytes_total) {
            None | Some(0) => "Reading".to_owned(),
            Some(quarters) => format!("{} % read", quarters.min(4) * 25),
        },
        Phase::Ready => format!("{} of {} events match", grouped(props.matched), grouped(props.events)),
    }
}
