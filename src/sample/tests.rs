//! What the sample promises.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};

use serde_json::Value;

use super::*;
use crate::json::Document;
use crate::redaction;

fn records_of(file: &SampleFile) -> Vec<Value> {
    let mut text = Vec::new();
    if file.path.ends_with(".gz") {
        flate2::read::GzDecoder::new(file.bytes.as_slice()).read_to_end(&mut text).unwrap();
    } else {
        text.clone_from(&file.bytes);
    }
    let json: Value = serde_json::from_slice(&text).unwrap();
    json.get("Records").map_or_else(Vec::new, |records| records.as_array().unwrap().clone())
}

/// All records without the copies, in the order of time.
fn events() -> Vec<Value> {
    let mut by_id = BTreeMap::new();
    for record in sample_trail().iter().flat_map(records_of) {
        let id = record["eventID"].as_str().unwrap().to_owned();
        let copy = by_id.insert(id, record.clone());
        assert!(copy.is_none_or(|copy| copy == record), "two events with one id");
    }
    let mut events: Vec<Value> = by_id.into_values().collect();
    events.sort_by_key(|event| event["eventTime"].as_str().unwrap().to_owned());
    events
}

/// Where pages have it from.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/static/sample.gz");

#[test]
fn the_file_of_the_page_is_the_sample() {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(FILE).unwrap()).read_to_end(&mut bytes).unwrap();
    let same = unpacked(&bytes) == sample_trail();
    assert!(same, "write it anew: cargo test --lib sample:: -- --ignored");
    assert_eq!(unpacked(&bytes[..bytes.len() - 1]).len() + 1, sample_trail().len());
    assert_eq!(unpacked(&[255; 9]), []);
}

#[test]
#[ignore = "writes the file of the page"]
fn write_the_file_of_the_page() {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(&packed(&sample_trail())).unwrap();
    std::fs::write(FILE, writer.finish().unwrap()).unwrap();
}

#[test]
fn it_is_the_same_every_time_and_of_the_promised_size() {
    let files = sample_trail();
    assert_eq!(files, sample_trail());
    let records: usize = files.iter().map(|file| records_of(file).len()).sum();
    let compressed =
        files.iter().filter(|file| file.path.contains("/CloudTrail/") && file.path.ends_with(".gz"));
    assert_eq!(
        (events().len(), records, compressed.count(), files.len()),
        (EVENTS, RECORDS, GZ_FILES, GZ_FILES + 2)
    );
    assert_eq!(files.iter().filter(|file| file.path.contains("CloudTrail-Digest")).count(), 1);
    let twin = files.iter().find(|file| file.path.ends_with(".json")).unwrap();
    let original = files.iter().find(|file| file.path == format!("{}.gz", twin.path)).unwrap();
    assert_eq!(records_of(twin), records_of(original));
    let paths: BTreeSet<_> = files.iter().map(|file| &file.path).collect();
    assert_eq!(paths.len(), files.len());
}

#[test]
fn every_record_is_one_aws_could_have_written() {
    for event in events() {
        let time = event["eventTime"].as_str().unwrap();
        assert!(("2026-03-09T00:00:00Z".."2026-03-12T00:00:00Z").contains(&time), "{time}");
        let key = event["userIdentity"]["accessKeyId"].as_str().unwrap_or_default();
        assert!(key.is_empty() || (key.len() == 20 && key.ends_with("EXAMPLE")), "{key}");
        let account = event["recipientAccountId"].as_str().unwrap();
        assert!([PRODUCTION, WORKSHOP].contains(&account));
        let size = event.to_string().len();
        assert!((550..4_000).contains(&size), "{size}: {event}");
    }
}

#[test]
fn the_seed_services_and_the_everyday_ones_are_there() {
    let sources: BTreeSet<String> = events()
        .iter()
        .map(|event| event["eventSource"].as_str().unwrap().trim_end_matches(".amazonaws.com").to_owned())
        .collect();
    for source in [
        "amazonmq",
        "sqs",
        "qapps",
        "monitron",
        "amplify",
        "amplifybackend",
        "amplifyuibuilder",
        "s3",
        "ec2",
        "iam",
        "sts",
        "kms",
        "ssm",
        "lambda",
        "rds",
        "secretsmanager",
        "signin",
        "cloudtrail",
        "dynamodb",
    ] {
        assert!(sources.contains(source), "{source}");
    }
}

#[test]
fn markers_of_every_kind_are_found_in_it() {
    let mut markers: BTreeMap<String, u32> = BTreeMap::new();
    for event in events() {
        let text = event.to_string();
        for redaction in redaction::find(&Document::parse(text.as_bytes()).unwrap()) {
            *markers.entry(redaction.marker).or_default() += 1;
        }
    }
    for marker in [
        "***",
        "****",
        "***(Redacted)",
        "<sensitiveDataRemoved>",
        "HIDDEN_DUE_TO_SECURITY_REASONS",
        "Value hidden due to security reasons.",
    ] {
        assert!(markers.contains_key(marker), "{marker} is missing in {markers:?}");
    }
}

#[test]
fn the_chain_of_roles_can_be_followed_by_its_keys() {
    let events = events();
    let handed_out = |by: &str| -> Vec<&str> {
        events
            .iter()
            .filter(|event| event["eventName"] == "AssumeRole" && event["userIdentity"]["accessKeyId"] == by)
            .filter_map(|event| event["responseElements"]["credentials"]["accessKeyId"].as_str())
            .collect()
    };
    assert_eq!(handed_out(actor::LEAKED_KEY), [actor::DEPLOY_KEY]);
    assert_eq!(handed_out(actor::DEPLOY_KEY), [actor::ADMIN_KEY]);
    let by_admin = events.iter().filter(|event| event["userIdentity"]["accessKeyId"] == actor::ADMIN_KEY);
    let names: Vec<&str> = by_admin.map(|event| event["eventName"].as_str().unwrap()).collect();
    assert!(names.contains(&"AddPermission") && names.last() == Some(&"StopLogging"), "{names:?}");
}

#[test]
fn the_production_account_is_silent_while_its_trail_is_stopped() {
    let silent = |event: &&Value| {
        let time = event["eventTime"].as_str().unwrap();
        event["recipientAccountId"] == PRODUCTION
            && ("2026-03-10T02:58:41Z".."2026-03-10T07:41:15Z").contains(&time)
    };
    assert_eq!(events().iter().filter(silent).count(), 0);
}

#[test]
fn the_description_is_true() {
    let accounts: BTreeSet<String> =
        events().iter().map(|event| event["recipientAccountId"].as_str().unwrap().to_owned()).collect();
    let days: BTreeSet<String> =
        events().iter().map(|event| event["eventTime"].as_str().unwrap()[..10].to_owned()).collect();
    let expected = format!("{EVENTS} events over {} days from {} accounts", days.len(), accounts.len());
    assert_eq!(DESCRIPTION, expected);
}

const EVENTS: usize = 412;
const RECORDS: usize = 432;
const GZ_FILES: usize = 25;
