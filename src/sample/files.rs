//! Lays the events into files, as CloudTrail delivers them.

use flate2::Crc;

use super::json::{object, text};
use super::random::Random;
use super::trail::{Event, Moment, Trail, iso, parts};
use super::{PRODUCTION, SampleFile};
use crate::sorting::sort_by;

const BUCKET: &str = "amzn-s3-demo-bucket";

/// One file covers half a day here, in life five to fifteen minutes.
const SECONDS_PER_FILE: Moment = 12 * 3_600;

/// How many records the plain twin repeats at most.
const TWIN_RECORDS: usize = 14;

/// How many records at the end of one file are delivered again with the next.
const OVERLAP: usize = 11;

/// All files, in the order of their paths.
pub(super) fn pack(trail: Trail) -> Vec<SampleFile> {
    let Trail { mut random, mut events } = trail;
    sort_by(&mut events, |one, other| (key(one), one.at).cmp(&(key(other), other.at)));
    let mut groups: Vec<Vec<&Event>> =
        events.chunk_by(|one, other| key(one) == key(other)).map(|file| file.iter().collect()).collect();
    overlap(&mut groups);
    let mut files = Vec::new();
    let mut twin = None;
    for events in &groups {
        let Some((account, region, half)) = events.last().map(|event| key(event)) else { continue };
        let json = envelope(events);
        let end = (half + 1) * SECONDS_PER_FILE - 300;
        let path = format!("{}_{}.json", log_key(account, region, end), random.name(16));
        if twin.is_none() && (8..=TWIN_RECORDS).contains(&events.len()) {
            twin = Some(SampleFile { path: path.clone(), bytes: json.clone().into_bytes() });
        }
        files.push(SampleFile { path: format!("{path}.gz"), bytes: gzip(json.as_bytes()) });
    }
    files.extend(twin);
    files.push(digest(&mut random));
    sort_by(&mut files, |one, other| one.path.cmp(&other.path));
    files
}

/// The file that an event is delivered in: account, Region, half-day.
fn key(event: &Event) -> (&'static str, &'static str, Moment) {
    (event.account, event.region, event.at / SECONDS_PER_FILE)
}

/// Repeats the last events of the production account's first file at the start of its second.
fn overlap(files: &mut [Vec<&Event>]) {
    let place = |half| {
        let wanted = (PRODUCTION, "us-east-1", half);
        files.iter().position(|file| file.first().is_some_and(|event| key(event) == wanted))
    };
    let (Some(first), Some(second)) = (place(0), place(1)) else { return };
    let skip = files[first].len().saturating_sub(OVERLAP);
    let mut again = files[first].split_off(skip);
    files[first].extend_from_slice(&again);
    again.append(&mut files[second]);
    files[second] = again;
}

fn envelope(events: &[&Event]) -> String {
    let records: Vec<&str> = events.iter().map(|event| event.json.as_str()).collect();
    format!("{{\"Records\":[{}]}}", records.join(","))
}

/// The key of a log file but for its random end.
fn log_key(account: &str, region: &str, at: Moment) -> String {
    let (day, hour, minute, _) = parts(at);
    format!(
        "AWSLogs/{account}/CloudTrail/{region}/2026/03/{day:02}/\
         {account}_CloudTrail_{region}_202603{day:02}T{hour:02}{minute:02}Z"
    )
}

/// The digest of an hour in which nothing was delivered: while the trail was stopped.
fn digest(random: &mut Random) -> SampleFile {
    let (start, end) = (super::trail::at(1, 5, 0, 0), super::trail::at(1, 6, 0, 0));
    let path = format!(
        "AWSLogs/{PRODUCTION}/CloudTrail-Digest/us-east-1/2026/03/10/\
         {PRODUCTION}_CloudTrail-Digest_us-east-1_orders-trail_us-east-1_20260310T060000Z.json.gz"
    );
    let json = object(&[
        ("awsAccountId", text(PRODUCTION)),
        ("digestStartTime", text(&iso(start))),
        ("digestEndTime", text(&iso(end))),
        ("digestS3Bucket", text(BUCKET)),
        ("digestS3Object", text(&path)),
        ("digestPublicKeyFingerprint", text(&random.hex(32))),
        ("digestSignatureAlgorithm", text("SHA256withRSA")),
        ("newestEventTime", "null".to_owned()),
        ("oldestEventTime", "null".to_owned()),
        ("previousDigestS3Bucket", "null".to_owned()),
        ("previousDigestS3Object", "null".to_owned()),
        ("previousDigestHashValue", "null".to_owned()),
        ("previousDigestHashAlgorithm", "null".to_owned()),
        ("previousDigestSignature", "null".to_owned()),
        ("logFiles", "[]".to_owned()),
    ]);
    SampleFile { path, bytes: gzip(json.as_bytes()) }
}

/// A gzip file of stored blocks (RFC 1951, 3.2.4): the page needs no compressor for its sample.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    const MOST: usize = 0xffff;
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut crc = Crc::new();
    crc.update(bytes);
    let blocks = bytes.chunks(MOST);
    let last = blocks.len().saturating_sub(1);
    for (place, block) in blocks.enumerate() {
        let len = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(place == last));
        out.extend(len.to_le_bytes());
        out.extend((!len).to_le_bytes());
        out.extend(block);
    }
    out.extend(crc.sum().to_le_bytes());
    out.extend(crc.amount().to_le_bytes());
    out
}
