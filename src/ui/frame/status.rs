//! The status line: what was read, what matches, what went wrong, how far the reading is.

use yew::prelude::*;

use crate::display::{duration_short, grouped, rate, size};
use crate::ui::shared::{Button, Icon, icon_small, key_cap, labelled_count};

/// What the page is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusState {
    /// Nothing is loaded.
    #[default]
    Empty,
    /// Files are in flight.
    Loading,
    /// An answer is in flight.
    Asking,
    /// What is shown is the answer.
    Ready,
}

impl StatusState {
    /// `data-state`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Loading => "loading",
            Self::Asking => "asking",
            Self::Ready => "ready",
        }
    }
}

/// Of [`StatusLine`]. Counts are of everything loaded unless said otherwise.
#[derive(Clone, PartialEq, Properties)]
pub struct StatusLineProps {
    /// What the page is doing.
    pub state: StatusState,
    /// The applied query.
    #[prop_or_default]
    pub query: AttrValue,
    /// Events shown, copies not counted.
    #[prop_or_default]
    pub events: u64,
    /// Of these, what fits the query.
    #[prop_or_default]
    pub matched: u64,
    /// Lines of the ledger.
    #[prop_or_default]
    pub files: u64,
    /// Lines of the ledger there will be; 0 while it is not known.
    #[prop_or_default]
    pub files_total: u64,
    /// Lines without events: recognised but none in them, or failed.
    #[prop_or_default]
    pub skipped: u64,
    /// Of these, the failed ones.
    #[prop_or_default]
    pub failed: u64,
    /// Partly read.
    #[prop_or_default]
    pub partly: u64,
    /// Exact copies that are not shown.
    #[prop_or_default]
    pub duplicates: u64,
    /// Records that could not be read.
    #[prop_or_default]
    pub rejected: u64,
    /// Dropped bytes read so far.
    #[prop_or_default]
    pub bytes: u64,
    /// Dropped bytes in all; 0 while it is not known.
    #[prop_or_default]
    pub bytes_total: u64,
    /// Bytes of JSON read, for the rate.
    #[prop_or_default]
    pub inflated: u64,
    /// How long the reading took or is taking, milliseconds.
    #[prop_or_default]
    pub elapsed_ms: u64,
    /// What the view adds: `row 7,019 of 17,222`.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    /// Stop reading, keep what is read.
    pub on_cancel: Callback<()>,
    /// Choose more files while reading.
    pub on_add_files: Callback<()>,
    /// Show the ledger, where trouble is listed first.
    pub on_trouble: Callback<()>,
}

/// The line at the bottom.
#[component]
pub fn StatusLine(props: &StatusLineProps) -> Html {
    let state = props.state;
    html! {
        <footer class={classes!("status", (state == StatusState::Loading).then_some("reading"))} data-testid="status"
            data-state={state.name()} data-query={props.query.clone()} data-events={props.events.to_string()}
            data-matched={props.matched.to_string()} data-files={props.files.to_string()}
            data-skipped={props.skipped.to_string()} data-duplicates={props.duplicates.to_string()}
            data-rejected={props.rejected.to_string()} data-bytes={props.bytes.to_string()}>
            { match state {
                StatusState::Empty => empty(),
                StatusState::Loading => reading(props),
                StatusState::Asking | StatusState::Ready => ready(props),
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
            <b>{ "Empty" }</b><span class="soft">{ "Waiting for files" }</span>
            <span class="push" />
            for (key, word) in keys { <span class="hint">{ key_cap(key) }{ word }</span> }
            { promise() }
        </>
    }
}

fn ready(props: &StatusLineProps) -> Html {
    let took = (props.elapsed_ms > 0).then(|| {
        let took = duration_short(props.elapsed_ms);
        rate(props.inflated, props.elapsed_ms).map_or(took.clone(), |rate| format!("{took} at {rate}"))
    });
    html! {
        <>
            <b class="state">{ if props.state == StatusState::Asking { "Asking" } else { "Ready" } }</b>
            { labelled_count(props.events, "events") }
            { labelled_count(props.matched, "match") }
            { labelled_count(props.files, if props.files == 1 { "file" } else { "files" }) }
            { trouble(props) }
            if props.duplicates > 0 { <span class="minor">{ labelled_count(props.duplicates, "duplicates") }</span> }
            if props.rejected > 0 { <span class="minor">{ labelled_count(props.rejected, "rejected") }</span> }
            if let Some(note) = &props.note { <span class="soft">{ note }</span> }
            else if let Some(took) = took { <span class="soft last">{ took }</span> }
            <span class="push" />
            { promise() }
        </>
    }
}

fn trouble(props: &StatusLineProps) -> Html {
    let onclick = props.on_trouble.reform(|_: MouseEvent| ());
    html! {
        <>
            if props.failed > 0 {
                <button type="button" class="plain is-err" onclick={onclick.clone()}>
                    { icon_small(Icon::Error) }{ format!("{} failed", grouped(props.failed)) }</button>
            }
            if props.partly > 0 {
                <button type="button" class="plain soft" {onclick}>
                    { icon_small(Icon::Partly) }{ format!("{} partly read", grouped(props.partly)) }</button>
            }
        </>
    }
}

fn reading(props: &StatusLineProps) -> Html {
    let left = time_left_ms(props);
    html! {
        <>
            <b class="state">{ "Reading" }</b>
            { bar(props.bytes, props.bytes_total) }
            <span class="count"><b>{ size(props.bytes) }</b>
                if props.bytes_total > 0 { <span class="soft">{ format!(" of {}", size(props.bytes_total)) }</span> }
            </span>
            <span class="count"><b>{ grouped(props.files) }</b>
                <span class="soft">{ of_files(props) }</span></span>
            { labelled_count(props.events, "events") }
            if props.duplicates > 0 { { labelled_count(props.duplicates, "duplicates") } }
            if props.rejected > 0 { { labelled_count(props.rejected, "rejected") } }
            { trouble(props) }
            if let Some(rate) = rate(props.inflated, props.elapsed_ms) { <span class="soft last">{ rate }</span> }
            if let Some(left) = left {
                <span class="count last"><b>{ duration_short(left) }</b><span class="soft">{ " left" }</span></span>
            }
            <span class="push" />
            <Button label="Add files" kind={crate::ui::shared::ButtonKind::Tool} onclick={props.on_add_files.clone()} />
            <Button label="Cancel, keep what is read" kind={crate::ui::shared::ButtonKind::Tool} key_name="Esc"
                testid="cancel" onclick={props.on_cancel.clone()} />
        </>
    }
}

fn of_files(props: &StatusLineProps) -> String {
    if props.files_total > 0 {
        format!(" of {} files", grouped(props.files_total))
    } else {
        " files".to_owned()
    }
}

/// Of the pace so far, in whole seconds; nothing before it has settled.
fn time_left_ms(props: &StatusLineProps) -> Option<u64> {
    let rest = props.bytes_total.checked_sub(props.bytes).filter(|&rest| rest > 0)?;
    if props.elapsed_ms < 500 || props.bytes == 0 {
        return None;
    }
    let left = u128::from(props.elapsed_ms) * u128::from(rest) / u128::from(props.bytes);
    Some((u64::try_from(left).ok()? / 1000 + 1) * 1000)
}

fn bar(done: u64, total: u64) -> Html {
    let share = if total == 0 { 0.0 } else { (done as f64 / total as f64 * 100.0).min(100.0) };
    let known = total > 0;
    let now = known.then(|| format!("{share:.0}"));
    html! {
        <svg class={classes!("progress", (!known).then_some("unknown"))} role="progressbar" aria-label="Reading"
            aria-valuemin="0" aria-valuemax="100" aria-valuenow={now}>
            <rect class="track" width="100%" height="100%" rx="2" />
            <rect class="done" width={if known { format!("{share:.2}%") } else { "33%".to_owned() }} height="100%"
                rx="2" />
        </svg>
    }
}

/// What a screen reader hears: milestones while reading, the count after a question.
fn spoken(props: &StatusLineProps) -> String {
    match props.state {
        StatusState::Empty | StatusState::Asking => String::new(),
        StatusState::Loading => match (props.bytes * 4).checked_div(props.bytes_total) {
            None | Some(0) => "Reading".to_owned(),
            Some(quarters) => format!("{} % read", quarters.min(4) * 25),
        },
        StatusState::Ready => format!("{} of {} events match", grouped(props.matched), grouped(props.events)),
    }
}
