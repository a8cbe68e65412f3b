//! A line of the ledger as text: what is copied, and what is saved as CSV, have the same columns.

use crate::event::format_time;
use crate::protocol::LedgerEntry;

/// The names of the [`cells`], with commas.
pub const COLUMNS: &str = "name,outcome,kind,size,inflated,events,duplicates,rejected,first,last,account,region,integrity,evidence,reason,remedy";

/// The cells of a line.
pub fn cells(line: &LedgerEntry) -> [String; 16] {
    let time = |ms: Option<i64>| ms.map(format_time).unwrap_or_default();
    let integrity = line.integrity.as_ref();
    [
        line.name.clone(),
        line.outcome.label().to_owned(),
        line.kind.clone(),
        line.size.to_string(),
        line.inflated.map(|bytes| bytes.to_string()).unwrap_or_default(),
        line.events.to_string(),
        line.duplicates.to_string(),
        line.rejected.to_string(),
        time(line.first_ms),
        time(line.last_ms),
        line.account.clone().unwrap_or_default(),
        line.region.clone().unwrap_or_default(),
        integrity.map(|one| one.verdict.label().to_owned()).unwrap_or_default(),
        integrity.map(|one| one.evidence.clone()).unwrap_or_default(),
        line.reason.clone().unwrap_or_default(),
        line.remedy.clone().unwrap_or_default(),
    ]
}
