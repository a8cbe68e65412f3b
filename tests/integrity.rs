//! Chains of digest files made by the project itself, each with the verdict that is due.
//!
//! The cases are also written to `target/tmp/integrity`, for the browser tests and for the comparison
//! with AWS's own validator.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "integrity/cases.rs"]
mod cases;
#[path = "integrity/trail.rs"]
mod trail;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cases::Case;
use proptest::prelude::*;
use trail::{Key, Trail};
use trailscope::event::RecordFields;
use trailscope::ingest::{FileReader, Place, RecordSink};
use trailscope::integrity::{Bytes, Case as Check, Hasher, Sum};
use trailscope::protocol::{Evidence, IntegrityReport, IntegrityVerdict};

/// The files as shards take them in: bytes in pieces, several shards.
fn report(case: &Case) -> IntegrityReport {
    let mut shards = [Evidence::default(), Evidence::default()];
    for (source, (path, bytes)) in (0u32..).zip(&case.files) {
        let mut hasher = Hasher::new(path, bytes.len() as u64);
        bytes.chunks(1000).for_each(|piece| hasher.push(piece));
        for unpacked in hasher.finish() {
            let (sum, is_log) = match &unpacked.content {
                Bytes::Whole(bytes) => (Some(Sum::of(bytes)), bytes.starts_with(b"{\"Records\"")),
                _ => (None, false),
            };
            shards[source as usize % 2].files.push(unpacked.evidence(source, sum, is_log));
        }
    }
    let mut check = Check::new(7);
    shards.into_iter().for_each(|evidence| check.add(evidence));
    while check.step() {}
    check.report()
}

fn check(case: &Case) {
    let report = report(case);
    let paths: Vec<&String> = case.files.keys().collect();
    let name = |source: u32, entry: u32| {
        if entry == 0 {
            paths[source as usize].clone()
        } else {
            format!("{}, entry {entry}", paths[source as usize])
        }
    };
    let is_archive = paths.iter().any(|path| path.ends_with(".tar.gz"));
    let found: BTreeMap<String, &str> = report
        .files
        .iter()
        .map(|file| (name(file.source, file.entry), file.integrity.verdict.name()))
        .collect();
    let evidence: Vec<&str> = report.files.iter().map(|file| file.integrity.evidence.as_str()).collect();
    let shown = format!("{}: {} {:#?}", case.name, report.sentence, evidence);
    if is_archive {
        let mut verdicts: Vec<&str> = found.values().copied().collect();
        let mut expected: Vec<&str> = case.verdicts.values().copied().collect();
        verdicts.sort_unstable();
        expected.sort_unstable();
        assert_eq!(verdicts, expected, "{shown}");
    } else {
        assert_eq!(found, case.verdicts, "{shown}");
    }
    assert_eq!(report.verdict.name(), case.verdict, "{shown}");
    assert_eq!(report.count(IntegrityVerdict::Missing), case.missing, "missing, {shown}");
    assert_eq!(report.missing.len() as u64, case.missing, "missing, {shown}");
    assert_eq!(report.count(IntegrityVerdict::Gap), case.gaps, "gaps, {shown}");
    assert!(!report.sentence.is_empty() && !report.limit.is_empty());
    assert!(report.files.iter().all(|file| !file.integrity.evidence.is_empty()));
    if !report.chains.is_empty() {
        let worst = report.chains.iter().map(|chain| chain.verdict).min().unwrap();
        assert!(worst >= report.verdict, "a chain is worse than the whole: {shown}");
    }
}

#[test]
fn every_case_has_its_verdict() {
    cases::all().iter().for_each(check);
}

#[test]
fn cases_are_written_for_other_tests() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("integrity");
    // Cases that are gone would be read as well.
    let _ = fs::remove_dir_all(&root);
    for case in cases::all() {
        let folder = root.join(case.name);
        for (path, bytes) in &case.files {
            let path = folder.join("drop").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        fs::write(folder.join("case.json"), cases::described(&case).to_string()).unwrap();
    }
}

/// Takes records and keeps none.
struct Nobody;

impl RecordSink for Nobody {
    fn record(&mut self, _place: Place, _text: &[u8], _fields: &RecordFields<'_>) {}
}

#[test]
fn entries_are_numbered_as_in_the_ledger() {
    for case in cases::all().iter().filter(|case| ["in-a-tar", "valid"].contains(&case.name)) {
        for (path, bytes) in &case.files {
            let mut reader = FileReader::new(path, bytes.len() as u64);
            reader.push(bytes, &mut Nobody);
            let mut ledger: Vec<(u32, String)> =
                reader.finish(&mut Nobody).into_iter().map(|report| (report.entry, report.name)).collect();
            let mut hasher = Hasher::new(path, bytes.len() as u64);
            hasher.push(bytes);
            let mut hashed: Vec<(u32, String)> =
                hasher.finish().into_iter().map(|unpacked| (unpacked.entry, unpacked.name)).collect();
            ledger.sort_unstable();
            hashed.sort_unstable();
            assert_eq!(hashed, ledger, "{path}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever byte of whatever delivered file is changed: it is never called authentic again.
    #[test]
    fn no_changed_byte_stays_authentic(file in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), by in 1u8..) {
        let trail = Trail::new("us-east-1", 2, 1, &Key::named("first"));
        let case = cases::all_of(&trail);
        let objects = trail.objects();
        let (object, _) = file.get(&objects);
        let mut text = trail.text_of(object);
        let place = at.index(text.len());
        text[place] ^= by;
        let mut case = Case { name: "changed", ..case };
        case.files.insert(object.clone(), text);
        let report = report(&case);
        prop_assert_ne!(report.verdict, IntegrityVerdict::Authentic);
        let source = case.files.keys().position(|path| path == object).unwrap() as u32;
        let found = report.files.iter().find(|line| line.source == source);
        prop_assert!(found.is_none_or(|line| line.integrity.verdict != IntegrityVerdict::Authentic));
    }
}

#[test]
fn what_is_shown_names_times_and_hashes() {
    let cases = cases::all();
    let of = |name: &str| report(cases.iter().find(|case| case.name == name).unwrap());
    let evidence = |report: &IntegrityReport, verdict: IntegrityVerdict| {
        report.files.iter().find(|file| file.integrity.verdict == verdict).unwrap().integrity.evidence.clone()
    };
    let altered = evidence(&of("log-altered-by-a-byte"), IntegrityVerdict::Altered);
    assert!(
        altered.starts_with("Its SHA-256 ") && altered.contains("that the digest file of 9 Jul 2023 20:00"),
        "{altered}"
    );
    let valid = of("valid");
    assert!(valid.sentence.ends_with("Signatures hold for every digest file."), "{}", valid.sentence);
    assert!(valid.limit.contains("what came after 9 Jul 2023 22:00"), "{}", valid.limit);
    let chain = &valid.chains[0];
    assert_eq!((chain.digests, chain.signed, chain.listed), (4, 4, 8));
    assert_eq!(
        (chain.trail.as_str(), chain.kind.as_str(), chain.has_keys),
        ("management_events", "standard", true)
    );
    assert_eq!(valid.keys.iter().map(|key| key.verified).sum::<u64>(), 4);
    let insight = of("insight");
    let mut kinds: Vec<&str> = insight.chains.iter().map(|chain| chain.kind.as_str()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["Insight", "standard"]);
    let padded = of("padded-hash");
    assert_eq!(padded.notes, ["1 hash lacks zeros in front; they were added."]);
    let mistyped = of("mistyped-key");
    assert!(mistyped.keys.iter().any(|key| key.trouble.is_some()));
    let cells = &of("digest-deleted").calendar.rows[0].2;
    assert_eq!(format!("{cells:?}"), "[Authentic, Consistent, Gap, Authentic, Authentic, Authentic]");
}
