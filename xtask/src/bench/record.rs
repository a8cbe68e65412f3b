//! Records as trails have them, each a pure function of the seed and its number.

use super::{
    calls::{
        ACCOUNTS, AGENTS, CALLS, CONSOLE_USER, ERRORS, REGIONS, ROLE_SESSION, ROOT, SERVICE, USER, WORDS,
    },
    random::{Random, Zipf},
};

/// Stands in one event of [`NEEDLE_EVERY`], in a value.
pub const NEEDLE: &str = "xylograph";
const NEEDLE_EVERY: u64 = 10_000;

/// One event of this many has a request of 30 to 100 kB.
const LARGE_EVERY: u64 = 1_000;

/// Events come in groups: half of a group within a twentieth of its time.
const GROUP: u64 = 1_000;

/// 2026-03-01T00:00:00Z, in seconds.
const FIRST: u64 = 1_772_323_200;

/// The time that a corpus spans, in seconds: 30 days.
const SPAN: u64 = 30 * 86_400;

const HEX: &[u8] = b"0123456789abcdef";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes records of a corpus of a known length.
pub struct Records {
    seed: u64,
    events: u64,
    calls: Zipf,
    principals: Zipf,
    agents: Zipf,
    regions: Zipf,
    errors: Zipf,
    names: Zipf,
}

/// What one record is about: its parts name the same things.
struct Scene {
    random: Random,
    time: u64,
    principal: u64,
    account: &'static str,
    region: &'static str,
    bucket: u64,
    object: u64,
    session: u64,
}

impl Records {
    /// Records of a corpus with this many events.
    pub fn new(seed: u64, events: u64) -> Self {
        let zipf = |ranks: &[&str]| Zipf::new(ranks.len() as u64);
        Self {
            seed,
            events,
            calls: Zipf::new(CALLS.len() as u64),
            principals: Zipf::new(400),
            agents: zipf(AGENTS),
            regions: zipf(REGIONS),
            errors: Zipf::new(ERRORS.len() as u64),
            names: Zipf::new(5_000),
        }
    }

    /// When an event was, in seconds since 1970.
    pub fn time(&self, event: u64) -> u64 {
        let (group, inside) = (event / GROUP, event % GROUP);
        let span = SPAN * GROUP / self.events.max(GROUP);
        let (burst, half) = (span / 20, GROUP / 2);
        let offset = if inside < half {
            inside * burst / half
        } else {
            burst + (inside - half) * (span - burst) / half
        };
        FIRST + group * SPAN * GROUP / self.events.max(GROUP) + offset
    }

    /// The account and Region of an event: neighbours share them, as files of a trail do.
    pub fn place(&self, event: u64) -> (&'static str, &'static str) {
        let mut random = Random::of(self.seed, (1 << 40) | (event / 5));
        (random.pick(ACCOUNTS), REGIONS[self.regions.rank(&mut random)])
    }

    /// Appends the text of an event, compact JSON.
    pub fn write(&self, event: u64, out: &mut Vec<u8>) {
        let mut random = Random::of(self.seed, event);
        let (account, region) = self.place(event);
        let principal = self.principals.rank(&mut random) as u64;
        let call = &CALLS[self.calls.rank(&mut random)];
        let (bucket, object) = (random.below(80), self.names.rank(&mut random) as u64);
        let root = random.below(2_000) == 0;
        let failed = random.below(100) < 6;
        let error = ERRORS[self.errors.rank(&mut random)];
        let agent = AGENTS[self.agents.rank(&mut random)];
        let session = principal * 7 + random.below(5);
        let mut scene =
            Scene { random, time: self.time(event), principal, account, region, bucket, object, session };

        scene.fill(r#"{"eventVersion":"1.11","userIdentity":"#, out);
        scene.fill(if root { ROOT } else { identity(principal) }, out);
        scene.fill(r#","eventTime":"%t","eventSource":""#, out);
        out.extend_from_slice(call.source.as_bytes());
        out.extend_from_slice(br#".amazonaws.com","eventName":""#);
        out.extend_from_slice(call.name.as_bytes());
        scene.fill(r#"","awsRegion":"%g","sourceIPAddress":"%i","userAgent":""#, out);
        out.extend_from_slice(agent.as_bytes());
        out.push(b'"');
        if failed {
            scene.fill(r#","errorCode":""#, out);
            out.extend_from_slice(error.0.as_bytes());
            out.extend_from_slice(br#"","errorMessage":""#);
            scene.fill(error.1, out);
            out.push(b'"');
        }
        out.extend_from_slice(br#","requestParameters":"#);
        if event % LARGE_EVERY == LARGE_EVERY / 2 {
            scene.large(out);
        } else if event % NEEDLE_EVERY == NEEDLE_EVERY / 3 {
            out.extend_from_slice(format!(r#"{{"name":"the {NEEDLE} press","dryRun":false}}"#).as_bytes());
        } else {
            scene.fill(call.request, out);
        }
        out.extend_from_slice(br#","responseElements":"#);
        scene.fill(if failed { "null" } else { call.response }, out);
        out.push(b',');
        scene.fill(call.details, out);
        scene.fill(r#""requestID":"%u","eventID":"%u","readOnly":"#, out);
        out.extend_from_slice(if call.reads { b"true," } else { b"false," });
        scene.fill(call.resources, out);
        scene.fill(r#""eventType":"AwsApiCall","managementEvent":"#, out);
        out.extend_from_slice(if call.data { b"false," } else { b"true," });
        scene.fill(r#""recipientAccountId":"%a","eventCategory":""#, out);
        out.extend_from_slice(if call.data { b"Data" } else { b"Management" });
        scene.fill(r#"","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":""#, out);
        out.extend_from_slice(call.source.as_bytes());
        scene.fill(r#".%g.amazonaws.com"}}"#, out);
    }
}

fn identity(principal: u64) -> &'static str {
    match principal % 10 {
        3 => CONSOLE_USER,
        1 | 6 => USER,
        2 | 8 => SERVICE,
        _ => ROLE_SESSION,
    }
}

impl Scene {
    /// Writes a text with its values put in.
    fn fill(&mut self, text: &str, out: &mut Vec<u8>) {
        let mut parts = text.split('%');
        out.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
        for part in parts {
            let (letter, rest) = part.as_bytes().split_first().unwrap_or((&b' ', b""));
            self.value(*letter, out);
            out.extend_from_slice(rest);
        }
    }

    fn value(&mut self, letter: u8, out: &mut Vec<u8>) {
        let session = |salt: u64, hour: u64| Random::of(self.session ^ (salt << 32), hour);
        match letter {
            b'a' => out.extend_from_slice(self.account.as_bytes()),
            b'g' => out.extend_from_slice(self.region.as_bytes()),
            b'b' => {
                let word = WORDS[(self.bucket % 16) as usize];
                out.extend_from_slice(format!("{word}-{}-{:02}", self.account, self.bucket).as_bytes());
            }
            b'f' => {
                let word = WORDS[(self.bucket % 16) as usize];
                out.extend_from_slice(format!("{word}-function-{:02}", self.bucket).as_bytes());
            }
            b'o' => {
                let word = WORDS[(self.object % 13) as usize];
                out.extend_from_slice(format!("{word}-lake/2026/part-{:05}.parquet", self.object).as_bytes());
            }
            b'r' => {
                let word = WORDS[(self.principal % 16) as usize];
                out.extend_from_slice(format!("{word}-role-{:03}", self.principal).as_bytes());
            }
            b's' => {
                let word = WORDS[(self.session % 16) as usize];
                out.extend_from_slice(format!("{word}.{:04}", self.session).as_bytes());
            }
            b'w' => out.extend_from_slice(self.random.pick(WORDS).as_bytes()),
            // Long-lived ids of a principal, and the key of its session of this hour.
            b'k' => Random::of(self.principal, 1).letters(BASE32, 16, out),
            b'K' => session(1, self.time / 3_600).letters(BASE32, 16, out),
            b'T' => write_time(self.time / 3_600 * 3_600 + self.session % 3_600, out),
            b't' => write_time(self.time, out),
            b'i' => {
                let mut random = session(2, self.time / 86_400);
                let first = random.pick(&["10.0", "203.0", "198.51", "10.12"]);
                out.extend_from_slice(
                    format!("{first}.{}.{}", random.below(64), 1 + random.below(250)).as_bytes(),
                );
            }
            b'n' => out.extend_from_slice(self.random.below(1 << 24).to_string().as_bytes()),
            b'h' => self.random.letters(HEX, 17, out),
            b'x' => self.random.letters(BASE64, 76, out),
            b'u' => {
                for (at, digits) in [8, 4, 4, 4, 12].into_iter().enumerate() {
                    if at > 0 {
                        out.push(b'-');
                    }
                    self.random.letters(HEX, digits, out);
                }
            }
            other => out.push(other),
        }
    }

    /// A request of 30 to 100 kB: a document that names many resources.
    fn large(&mut self, out: &mut Vec<u8>) {
        let until = out.len() + 30_000 + self.random.below(70_000) as usize;
        out.extend_from_slice(br#"{"tags":["#);
        while out.len() < until {
            self.fill(
                r#"{"key":"%w-tag","value":"arn:aws:ec2:%g:%a:instance/i-%h","propagateAtLaunch":true},"#,
                out,
            );
        }
        out.pop();
        out.extend_from_slice(b"]}");
    }
}

/// A time as CloudTrail writes it. Corpora lie within March 2026.
fn write_time(seconds: u64, out: &mut Vec<u8>) {
    let (day, second) = ((seconds - FIRST) / 86_400, seconds % 86_400);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    out.extend_from_slice(
        format!("2026-03-{:02}T{hour:02}:{minute:02}:{:02}Z", day + 1, second % 60).as_bytes(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn record(records: &Records, event: u64) -> Value {
        let mut text = Vec::new();
        records.write(event, &mut text);
        serde_json::from_slice(&text)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&text)))
    }

    fn leaves(value: &Value) -> usize {
        match value {
            Value::Object(members) => members.values().map(leaves).sum(),
            Value::Array(elements) => elements.iter().map(leaves).sum(),
            _ => 1,
        }
    }

    #[test]
    fn a_record_follows_from_its_number_alone() {
        let (one, other) = (Records::new(7, 100_000), Records::new(7, 100_000));
        for event in [0, 1, 500, 3_333, 99_999] {
            assert_eq!(record(&one, event), record(&other, event));
            assert_ne!(record(&one, event), record(&Records::new(8, 100_000), event));
        }
    }

    #[test]
    fn records_are_like_those_of_trails() {
        let records = Records::new(1, 10_000);
        let (mut bytes, mut large, mut ordinary, mut leaves_of) = (0, 0, 0_usize, 0);
        let (mut needles, mut failed) = (0, 0);
        for event in 0..10_000 {
            let mut text = Vec::new();
            records.write(event, &mut text);
            bytes += text.len();
            let value = record(&records, event);
            failed += u32::from(value["errorCode"].is_string());
            needles += u32::from(text.windows(NEEDLE.len()).any(|part| part == NEEDLE.as_bytes()));
            if (30_000..102_000).contains(&text.len()) {
                large += 1;
            } else {
                ordinary += 1;
                leaves_of += leaves(&value);
            }
        }
        let mean = bytes / 10_000;
        assert!((1_100..1_500).contains(&mean), "{mean} B an event");
        assert!((27..=35).contains(&(leaves_of / ordinary)), "{} leaves", leaves_of / ordinary);
        assert_eq!((large, needles), (10, 1));
        assert!((500..700).contains(&failed), "{failed}");
    }

    #[test]
    fn time_goes_on_in_bursts_within_a_month() {
        for events in [1_000, 100_000, 2_000_000] {
            let records = Records::new(1, events);
            let times: Vec<u64> = (0..events).step_by(97).map(|event| records.time(event)).collect();
            assert!(times.is_sorted());
            assert!(*times.last().unwrap() < FIRST + 31 * 86_400);
        }
        let records = Records::new(1, 100_000);
        let (burst, group) = (records.time(500) - records.time(0), records.time(1_000) - records.time(0));
        assert!(burst * 15 < group, "{burst} of {group} s");
    }
}
