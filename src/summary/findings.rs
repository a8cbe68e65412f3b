//! What is hidden and what leaked by service, event, path and label.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::event::Field;
use crate::protocol::{FindingGroup, RowRef};
use crate::sorting::sort_by;
use crate::table::{EventTable, Finding};

/// The groups of redactions or of exposures in `rows`: redactions most first, exposures worst first.
#[must_use]
pub fn finding_groups(table: &EventTable, field: Field, rows: &[u32], shard: u16) -> Vec<FindingGroup> {
    let findings = table.findings(field);
    let sources = &table.column(Field::EventSource).ids;
    let names = &table.column(Field::EventName).ids;
    // Source, name and set of each row: few are different, and only those are looked into.
    let mut seen: HashMap<[u32; 3], (u64, u32)> = HashMap::new();
    for &row in rows {
        let at = row as usize;
        seen.entry([sources[at], names[at], findings.rows()[at]]).or_insert((0, row)).0 += 1;
    }
    let mut calls: Vec<([u32; 3], (u64, u32))> = seen.into_iter().collect();
    sort_by(&mut calls, |one, other| one.0.cmp(&other.0));
    let mut out = Vec::new();
    for call in calls.chunk_by(|one, other| one.0[..2] == other.0[..2]) {
        let of = call.iter().map(|(_, (events, _))| events).sum();
        of_call(table, field, call, of, shard, &mut out);
    }
    sort_by(&mut out, |a, b| {
        let worse = if field == Field::Exposure { a.class.cmp(&b.class) } else { Ordering::Equal };
        let place = |g: &FindingGroup, h: &FindingGroup| {
            g.source
                .cmp(&h.source)
                .then(g.name.cmp(&h.name))
                .then(g.path.cmp(&h.path))
                .then(g.label.cmp(&h.label))
        };
        worse.then(b.count.cmp(&a.count)).then_with(|| place(a, b))
    });
    out
}

type Call = ([u32; 3], (u64, u32));

fn of_call(
    table: &EventTable,
    field: Field,
    sets: &[Call],
    of: u64,
    shard: u16,
    out: &mut Vec<FindingGroup>,
) {
    let findings = table.findings(field);
    let text = |field: Field, id: u32| table.column(field).dictionary.get(id).unwrap_or_default().to_owned();
    let mut found: Vec<(Finding, u32, u64)> = Vec::new();
    for ([_, _, set], (events, row)) in sets {
        found.extend(findings.of_set(*set).map(|finding| (finding, *row, *events)));
    }
    let key = |finding: &Finding| (finding.path, finding.label, finding.class, finding.basis);
    // Equal ones of one row stay together, and rows in order.
    sort_by(&mut found, |one, other| (key(&one.0), one.1).cmp(&(key(&other.0), other.1)));
    for group in found.chunk_by(|one, other| one.0 == other.0) {
        let Some(&(finding, row, _)) = group.first() else { continue };
        let events = group.chunk_by(|one, other| one.1 == other.1).filter_map(<[_]>::first);
        let call = sets.first().map_or([0; 3], |set| set.0);
        out.push(FindingGroup {
            source: text(Field::EventSource, call[0]),
            name: text(Field::EventName, call[1]),
            path: findings.paths().get(finding.path).unwrap_or_default().to_owned(),
            label: findings.labels().get(finding.label).unwrap_or_default().to_owned(),
            class: finding.class,
            basis: finding.basis,
            count: group.iter().map(|(.., events)| events).sum(),
            events: events.map(|(.., events)| events).sum(),
            of,
            example: Some(RowRef { shard, row }),
        });
    }
}
