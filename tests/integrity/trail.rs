//! Writes what CloudTrail would have delivered: log files, digest files, their signatures.
//!
//! The keys are in `tests/fixtures/integrity/keys.json`; everything is the same at each run.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use num_bigint::BigUint;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use trailscope::event::format_time;

pub const HOUR_MS: i64 = 3_600_000;
/// 2023-07-09T18:00:00Z
pub const START_MS: i64 = 1_688_925_600_000;
pub const ACCOUNT: &str = "111122223333";
pub const BUCKET: &str = "trail-bucket";

/// An RSA key of the fixture.
#[derive(Clone)]
pub struct Key {
    modulus: BigUint,
    private: BigUint,
    pub pkcs1: String,
    pub spki: String,
    pub fingerprint: String,
}

impl Key {
    pub fn named(name: &str) -> Self {
        let all: Value = serde_json::from_str(include_str!("../fixtures/integrity/keys.json")).unwrap();
        let text = |key: &str| all[name][key].as_str().unwrap().to_owned();
        let number = |key: &str| BigUint::parse_bytes(text(key).as_bytes(), 16).unwrap();
        let pkcs1 = text("pkcs1");
        let der = base64(&pkcs1);
        Self {
            modulus: number("modulus"),
            private: number("private_exponent"),
            pkcs1,
            spki: text("spki"),
            fingerprint: hex(&<md5::Md5 as md5::Digest>::digest(&der)),
        }
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256, in hex.
    pub fn sign(&self, text: &str) -> String {
        let info = "3031300d060960864801650304020105000420";
        let tail = format!("00{info}{}", sum(text.as_bytes()));
        let padded = format!("0001{}{tail}", "ff".repeat(256 - 2 - tail.len() / 2));
        let number = BigUint::parse_bytes(padded.as_bytes(), 16).unwrap();
        format!("{:0>512}", number.modpow(&self.private, &self.modulus).to_str_radix(16))
    }

    /// One entry of what `list-public-keys` prints.
    pub fn listed(&self) -> Value {
        json!({
            "Value": self.pkcs1,
            "ValidityStartTime": (START_MS / 1000 - 1_000_000) as f64,
            "ValidityEndTime": (START_MS / 1000 + 1_000_000) as f64,
            "Fingerprint": self.fingerprint,
        })
    }

    /// The same, as `SubjectPublicKeyInfo`.
    pub fn listed_as_spki(&self) -> Value {
        let mut listed = self.listed();
        listed["Value"] = json!(self.spki);
        listed["Fingerprint"] = json!(hex(&<md5::Md5 as md5::Digest>::digest(base64(&self.spki))));
        listed
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn base64(text: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|sign| SIGNS.iter().position(|one| *one == sign));
    let bits: Vec<u8> =
        digits.flat_map(|digit| (0..6).rev().map(move |bit| (digit >> bit & 1) as u8)).collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |all, bit| all << 1 | bit)).collect()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A delivered log file.
#[derive(Clone)]
pub struct Log {
    pub object: String,
    pub text: Vec<u8>,
}

/// A delivered digest file.
#[derive(Clone)]
pub struct Digest {
    pub object: String,
    pub body: Value,
    pub key: Key,
    pub logs: Vec<Log>,
    /// The text of it, and its signature, once [`Trail::seal`] has run.
    pub text: Vec<u8>,
    pub signature: String,
}

impl Digest {
    pub fn sum(&self) -> String {
        sum(&self.text)
    }

    pub fn end(&self) -> &str {
        self.body["digestEndTime"].as_str().unwrap()
    }
}

/// One chain of a trail.
#[derive(Clone)]
pub struct Trail {
    pub region: &'static str,
    pub name: &'static str,
    pub home_region: &'static str,
    pub suffix: &'static str,
    /// `CloudTrail`, or `CloudTrail-Insight` for a chain of its own.
    pub service: &'static str,
    /// Records of each log file.
    pub records: usize,
    pub digests: Vec<Digest>,
}

impl Trail {
    /// Nothing was delivered yet.
    pub fn empty(region: &'static str) -> Self {
        let (name, home_region) = ("management_events", "us-east-1");
        let service = "CloudTrail";
        Self { region, name, home_region, suffix: "", service, records: 3, digests: Vec::new() }
    }

    /// `hours` hours with `logs` log files each, signed with `key`.
    pub fn new(region: &'static str, hours: i64, logs: usize, key: &Key) -> Self {
        let mut trail = Self::empty(region);
        (0..hours).for_each(|hour| trail.add(hour, logs, key));
        trail.seal();
        trail
    }

    /// One more hour.
    pub fn add(&mut self, hour: i64, logs: usize, key: &Key) {
        let (from, to) = (START_MS + hour * HOUR_MS, START_MS + (hour + 1) * HOUR_MS);
        let stamp = format_time(to).replace(['-', ':'], "");
        let folder = format_time(to)[..10].replace('-', "/");
        let (region, name, home, service) = (self.region, self.name, self.home_region, self.service);
        let object = format!(
            "AWSLogs/{ACCOUNT}/{service}-Digest/{region}/{folder}/{ACCOUNT}_{service}-Digest_{region}_{name}_{home}_{stamp}{}.json.gz",
            self.suffix
        );
        let logs: Vec<Log> = (0..logs).map(|number| self.log(hour, number)).collect();
        let listed: Vec<Value> = logs
            .iter()
            .map(|log| {
                json!({
                    "s3Bucket": BUCKET, "s3Object": log.object, "hashValue": sum(&log.text), "hashAlgorithm": "SHA-256",
                    "newestEventTime": format_time(from + 60_000), "oldestEventTime": format_time(from),
                })
            })
            .collect();
        let body = json!({
            "awsAccountId": ACCOUNT, "digestStartTime": format_time(from), "digestEndTime": format_time(to),
            "digestS3Bucket": BUCKET, "digestS3Object": object,
            "digestPublicKeyFingerprint": key.fingerprint, "digestSignatureAlgorithm": "SHA256withRSA",
            "newestEventTime": null, "oldestEventTime": null,
            "previousDigestS3Bucket": null, "previousDigestS3Object": null, "previousDigestHashValue": null,
            "previousDigestHashAlgorithm": null, "previousDigestSignature": null,
            "logFiles": listed,
        });
        let key = key.clone();
        self.digests.push(Digest { object, body, key, logs, text: Vec::new(), signature: String::new() });
    }

    fn log(&self, hour: i64, number: usize) -> Log {
        // Files come every five minutes, several at a time where there are many.
        let time = START_MS + hour * HOUR_MS + 300_000 * (number as i64 % 12 + 1);
        let (region, service, written) = (self.region, self.service, format_time(time));
        let stamp = format!("{}Z", &written.replace(['-', ':'], "")[..13]);
        let folder = written[..10].replace('-', "/");
        let random =
            &sum(format!("{region}{}{hour}{number}{}{}", self.name, self.suffix, &service[10..]).as_bytes())
                [..16];
        let object = format!(
            "AWSLogs/{ACCOUNT}/{service}/{region}/{folder}/{ACCOUNT}_{service}_{region}_{stamp}_{random}.json.gz"
        );
        let record = |place: usize| {
            json!({
                "eventVersion": "1.08", "eventTime": written, "eventSource": "sqs.amazonaws.com", "eventName": "SendMessage",
                "awsRegion": region, "sourceIPAddress": "192.0.2.7", "recipientAccountId": ACCOUNT,
                "eventID": format!("{random}-{place}"), "userIdentity": {"type": "IAMUser", "userName": "alice"},
            })
        };
        let text =
            json!({"Records": (0..self.records).map(record).collect::<Vec<_>>()}).to_string().into_bytes();
        Log { object, text }
    }

    /// Links and signs all digest files, the oldest first. One that has a `previous` it was given keeps it.
    pub fn seal(&mut self) {
        let mut before: Option<Digest> = None;
        for digest in &mut self.digests {
            if let Some(before) = before.filter(|_| digest.body.get("restart").is_none()) {
                digest.body["previousDigestS3Bucket"] = json!(BUCKET);
                digest.body["previousDigestS3Object"] = json!(before.object);
                digest.body["previousDigestHashValue"] = json!(before.sum());
                digest.body["previousDigestHashAlgorithm"] = json!("SHA-256");
                digest.body["previousDigestSignature"] = json!(before.signature);
            }
            if let Some(body) = digest.body.as_object_mut() {
                body.remove("restart");
            }
            digest.text = digest.body.to_string().into_bytes();
            digest.signature = digest.key.sign(&signed(digest));
            before = Some(digest.clone());
        }
    }

    /// The uncompressed bytes of an object.
    pub fn text_of(&self, object: &str) -> Vec<u8> {
        let digest =
            self.digests.iter().find(|digest| digest.object == object).map(|digest| digest.text.clone());
        let mut logs = self.digests.iter().flat_map(|digest| &digest.logs);
        digest.or_else(|| logs.find(|log| log.object == object).map(|log| log.text.clone())).unwrap()
    }

    /// All objects of the chain by their S3 key, compressed.
    pub fn objects(&self) -> Vec<(String, Vec<u8>)> {
        let mut all = Vec::new();
        for digest in &self.digests {
            all.push((digest.object.clone(), gzip(&digest.text)));
            all.extend(digest.logs.iter().map(|log| (log.object.clone(), gzip(&log.text))));
        }
        all
    }
}

/// What is signed of a digest file.
pub fn signed(digest: &Digest) -> String {
    let previous = digest.body["previousDigestSignature"].as_str().unwrap_or("null");
    format!("{}\n{BUCKET}/{}\n{}\n{previous}", digest.end(), digest.object, digest.sum())
}

/// What `aws s3api head-object` prints.
pub fn head_object(signature: &str) -> Vec<u8> {
    let metadata = json!({"signature": signature, "signature-algorithm": "SHA256withRSA"});
    json!({"AcceptRanges": "bytes", "ContentType": "application/json", "Metadata": metadata})
        .to_string()
        .into_bytes()
}

/// What `aws cloudtrail list-public-keys` prints.
pub fn list_public_keys(keys: &[Value]) -> Vec<u8> {
    json!({"PublicKeyList": keys}).to_string().into_bytes()
}
