//! Whether the log files are what was delivered: the verdict, what it rests on, and what it cannot say.

use yew::prelude::*;

use super::calendar::calendar;
use crate::display::{full, grouped, middle, share, year_minute};
use crate::protocol::{ChainReport, IntegrityReport, IntegrityVerdict, KeyReport};
use crate::ui::shared::shown;
use crate::ui::shared::{
    Button, ButtonKind, Icon, Names, bold, button, icon_small, labelled_count, named, span, titled,
    verdict_look,
};

/// Missing files that are listed on the page; the evidence sheet has more.
const MOST_MISSING: usize = 200;

/// The check of integrity, as the page shows it.
#[derive(Clone, Default, PartialEq)]
pub struct IntegrityShown {
    /// What the last check came to.
    pub report: Option<crate::ui::shared::Same<IntegrityReport>>,
    /// While one is under way: bytes done, and in all.
    pub checking: Option<(u64, u64)>,
    /// There is something that a check could go by.
    pub can_check: bool,
}

/// What the panel can ask for.
#[derive(Clone, PartialEq)]
pub struct IntegrityCallbacks {
    /// Paste keys.
    pub on_keys: Callback<()>,
    /// Save the evidence sheet.
    pub on_sheet: Callback<()>,
    /// Stop the check, or begin it again.
    pub on_toggle: Callback<()>,
}

/// The panel above the ledger.
pub fn integrity(shown: &IntegrityShown, names: &Names, on: &IntegrityCallbacks) -> Html {
    let verdict = match (&shown.report, shown.checking, shown.can_check) {
        (_, Some(_), _) => "checking",
        (Some(report), None, _) => report.verdict.name(),
        (None, None, true) => "not-checked",
        (None, None, false) => IntegrityVerdict::NotCovered.name(),
    };
    html! {
        <section class="integrity" data-testid="integrity" data-verdict={verdict} aria-label="Integrity">
            { match (&shown.report, shown.checking) {
                (_, Some((done, all))) => checking(done, all, on),
                (Some(report), None) => judged(report, names, on),
                (None, None) => unjudged(shown.can_check, on),
            } }
        </section>
    }
}

fn tool(label: &'static str, testid: &'static str, onclick: &Callback<()>) -> Html {
    button(Button {
        label: label.into(),
        kind: ButtonKind::Tool,
        testid: Some(testid),
        onclick: onclick.clone(),
        ..Button::default()
    })
}

fn checking(done: u64, all: u64, on: &IntegrityCallbacks) -> Html {
    html! {
        <p class="line" role="status"><b>{ "Integrity" }</b>
            { span("soft", format!("checking, {} hashed", share(done, all))) }
            { tool("Stop", "integrity-stop", &on.on_toggle) }</p>
    }
}

fn unjudged(can_check: bool, on: &IntegrityCallbacks) -> Html {
    let text = if can_check {
        "not checked"
    } else {
        "No digest file is in this set, so nothing can be said of whether log files were changed."
    };
    html! {
        <p class="line"><b>{ "Integrity" }</b>{ span("soft", text) }
            if can_check { { tool("Check now", "integrity-check", &on.on_toggle) } }</p>
    }
}

fn judged(report: &IntegrityReport, names: &Names, on: &IntegrityCallbacks) -> Html {
    let has_calendar = !report.calendar.rows.is_empty();
    html! {
        <>
            <div class="integrity-words">
                <h2>{ "Integrity" }{ span("soft", summary(report)) }</h2>
                <div class="counts">{ counts(report) }</div>
                <p data-testid="integrity-sentence">{ report.sentence.clone() }{ " " }
                    <b>{ "Always true: " }</b>{ span("", report.limit.clone()) }</p>
                <div class="tools">
                    { tool("Add public keys", "integrity-keys", &on.on_keys) }
                    { tool("Evidence sheet", "integrity-sheet", &on.on_sheet) }
                </div>
            </div>
            if has_calendar { { calendar(&report.calendar, names) } }
            { details(report, names) }
        </>
    }
}

fn summary(report: &IntegrityReport) -> String {
    let chains = report.chains.len() as u64;
    let plural = |count: u64, one: &str, many: &str| {
        format!("{} {}", grouped(count), if count == 1 { one } else { many })
    };
    let mut regions: Vec<(&str, bool)> =
        report.chains.iter().map(|chain| (chain.region.as_str(), chain.has_keys)).collect();
    crate::sorting::sort_by(&mut regions, Ord::cmp);
    // Of a Region of which one chain lacks a key, the lacking one stands first.
    regions.dedup_by(|next, kept| next.0 == kept.0);
    let keyed = regions.iter().filter(|(_, has_keys)| *has_keys).count() as u64;
    format!(
        "{}, {}, keys for {} of {}",
        plural(chains, "chain", "chains"),
        plural(report.digests(), "digest", "digests"),
        grouped(keyed),
        plural(regions.len() as u64, "Region", "Regions")
    )
}

/// How many there are of each verdict: what is proven first, then what worries.
fn counts(report: &IntegrityReport) -> Html {
    let order = [IntegrityVerdict::Authentic, IntegrityVerdict::Consistent];
    let rest = IntegrityVerdict::ALL.into_iter().filter(|verdict| !order.contains(verdict));
    html! {
        for verdict in order.into_iter().chain(rest) {
            if report.count(verdict) > 0 {
                <span class={verdict_look(verdict).1} data-verdict={verdict.name()}
                    data-count={report.count(verdict).to_string()}>
                    { icon_small(verdict_look(verdict).0) }{ bold(grouped(report.count(verdict))) }{ " " }{ verdict.label() }
                    if let Some(when) = when(report, verdict) { { when } }
                </span>
            }
        }
    }
}

/// From when to when, where there is one gap.
fn when(report: &IntegrityReport, verdict: IntegrityVerdict) -> Option<String> {
    let mut gaps =
        report.chains.iter().flat_map(|chain| &chain.gaps).filter(|_| verdict == IntegrityVerdict::Gap);
    let (from, to) = gaps.next()?;
    gaps.next().is_none().then(|| format!(", {} to {}", year_minute(*from), year_minute(*to)))
}

fn details(report: &IntegrityReport, names: &Names) -> Html {
    let missing = report.missing.len();
    html! {
        <details class="integrity-details" data-testid="integrity-details">
            <summary>{ "Chains and keys" }{ if missing > 0 { ", missing files" } else { "" } }</summary>
            <table>
                <thead><tr><th>{ "Chain" }</th><th>{ "Trail" }</th><th>{ "Digests" }</th><th>{ "Signed" }</th>
                    <th>{ "Logs listed" }</th><th>{ "From, to (UTC)" }</th><th>{ "Verdict" }</th></tr></thead>
                <tbody>for chain in report.chains.iter() { { chain_row(chain, names) } }</tbody>
            </table>
            <table>
                <thead><tr><th>{ "Public key" }</th><th>{ "Bits" }</th><th>{ "Verified" }</th><th>{ "Valid (UTC)" }</th></tr></thead>
                <tbody>
                    for key in report.keys.iter() { { key_row(key) } }
                    if report.keys.is_empty() {
                        <tr><td colspan="4">{ "None. Paste or drop what aws cloudtrail list-public-keys prints." }</td></tr>
                    }
                </tbody>
            </table>
            for note in report.notes.iter() { <p>{ note.clone() }</p> }
            if missing > 0 {
                <ul class="missing" data-testid="integrity-missing">
                    for file in report.missing.iter().take(MOST_MISSING) {
                        <li>{ titled("v line", shown(&file.object).into_owned(), file.evidence.clone()) }</li>
                    }
                    if missing > MOST_MISSING { <li>{ format!("{} more, in the evidence sheet", grouped((missing - MOST_MISSING) as u64)) }</li> }
                </ul>
            }
        </details>
    }
}

fn chain_row(chain: &ChainReport, names: &Names) -> Html {
    let (shape, class) = verdict_look(chain.verdict);
    let account = shown(&named(names, &chain.account)).into_owned();
    let trail = format!("{} ({})", shown(&chain.trail), chain.kind);
    html! {
        <>
        <tr data-testid="integrity-chain" data-verdict={chain.verdict.name()}>
            <td>{ account }{ " " }{ shown(&chain.region).into_owned() }</td><td>{ trail }</td>
            <td>{ grouped(chain.digests) }</td><td>{ grouped(chain.signed) }</td><td>{ grouped(chain.listed) }</td>
            <td>{ format!("{} to {}", year_minute(chain.from_ms), year_minute(chain.to_ms)) }</td>
            <td><span {class}>{ icon_small(shape) }{ chain.verdict.label() }</span></td>
        </tr>
        <tr class="told"><td colspan="7">{ chain.sentence.clone() }</td></tr>
        </>
    }
}

fn key_row(key: &KeyReport) -> Html {
    let time = |ms: Option<i64>| ms.map_or_else(|| "not told".to_owned(), full);
    let valid = match (&key.trouble, key.from_ms.or(key.to_ms)) {
        (Some(trouble), _) => trouble.clone(),
        (None, None) => "not told".to_owned(),
        (None, Some(_)) => format!("{} to {}", time(key.from_ms), time(key.to_ms)),
    };
    html! {
        <tr><td class="v">{ middle(&shown(&key.fingerprint), 32).into_owned() }</td><td>{ grouped(key.bits.into()) }</td>
            <td>{ labelled_count(key.verified, if key.verified == 1 { "signature" } else { "signatures" }) }</td><td>{ valid }</td></tr>
    }
}

/// Says that a key is meant, beside the word.
pub fn keys_hint() -> Html {
    html! {
        <p class="soft">{ icon_small(Icon::Key) }{ " Paste what " }<code>{ "aws cloudtrail list-public-keys" }</code>
            { " prints, for each Region, in any of its formats. For the newest digest file of a chain also what " }
            <code>{ "aws s3api head-object" }</code>{ " prints: its signature is only there. Dropping the files does the same." }</p>
    }
}
