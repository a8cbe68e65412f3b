//! What all entries come to: the banner above the ledger and the sum below it.

use yew::prelude::*;

use crate::display::grouped;
use crate::layout::LedgerSum;
use crate::ui::shared::{Icon, icon, icon_small, labelled_count, span};

/// What went wrong, in two lines; nothing where nothing did.
pub fn banner(sum: &LedgerSum, reading: bool) -> Html {
    if reading || sum.partial + sum.failed == 0 {
        return Html::default();
    }
    let useful = sum.read + sum.partial;
    let mut parts = Vec::new();
    if sum.partial > 0 {
        parts.push(format!(
            "{} {} read in part",
            grouped(sum.partial),
            if sum.partial == 1 { "was" } else { "were" }
        ));
    }
    if sum.failed > 0 {
        parts.push(format!("{} failed", grouped(sum.failed)));
    }
    if sum.other > 0 {
        parts.push(format!(
            "{} {} no events",
            grouped(sum.other),
            if sum.other == 1 { "holds" } else { "hold" }
        ));
    }
    let kept = if sum.partial > 0 {
        "What was read is whole and usable; each line says what would mend it."
    } else {
        "Each line says what would work."
    };
    html! {
        <div class="files-banner">
            { icon(if sum.partial > 0 { Icon::Partly } else { Icon::Error }) }
            <div>
                <h2>{ format!("{} events from {} of {} entries", grouped(sum.events), grouped(useful), grouped(sum.entries)) }</h2>
                <p>{ parts.join(", ") }{ ". " }{ kept }</p>
            </div>
        </div>
    }
}

/// That every record that came in is accounted for, and every entry.
pub fn sum_line(sum: &LedgerSum, held: Option<u64>) -> Html {
    html! {
        <footer class="ledger-sum" data-testid="ledger-sum" data-records={sum.records.to_string()}
            data-events={sum.events.to_string()} data-duplicates={sum.duplicates.to_string()}
            data-rejected={sum.rejected.to_string()} data-entries={sum.entries.to_string()}>
            <span class="records">
                { labelled_count(sum.records, "records in") }{ op("=") }{ labelled_count(sum.events, "events shown") }
                { op("+") }{ labelled_count(sum.duplicates, "duplicates") }{ op("+") }
                { labelled_count(sum.rejected, "rejected") }
                { verdict(sum, held) }
            </span>
            <span class="entries">
                { labelled_count(sum.entries, "entries") }{ op("=") }{ labelled_count(sum.read, "read") }{ op("+") }
                { labelled_count(sum.partial, "partly") }{ op("+") }{ labelled_count(sum.other, "no events") }{ op("+") }
                { labelled_count(sum.failed, "failed") }
            </span>
        </footer>
    }
}

fn op(sign: &'static str) -> Html {
    span("op", sign)
}

fn verdict(sum: &LedgerSum, held: Option<u64>) -> Html {
    let in_ledger = sum.records == sum.events + sum.duplicates + sum.rejected;
    let wrong = match held {
        Some(held) if held != sum.events => format!("the table holds {} events", grouped(held)),
        _ if in_ledger => {
            return html! { <b class="verdict is-ok">{ icon_small(Icon::Tick) }{ "adds up" }</b> };
        }
        _ => "does not add up".to_owned(),
    };
    html! { <b class="verdict is-err" role="alert">{ icon_small(Icon::Error) }{ wrong }</b> }
}
