//! The cases, each with the verdict that is due beside it.

use std::collections::BTreeMap;

use serde_json::json;

use super::trail::{
    ACCOUNT, BUCKET, Digest, Key, START_MS, Trail, gzip, head_object, hex, list_public_keys, sum,
};

/// What is dropped, and what is to be said of it.
pub struct Case {
    pub name: &'static str,
    /// By path as dropped. Paths of delivered files are their S3 keys.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Signatures in the metadata of S3 objects, for AWS's own validator: by S3 key.
    pub signatures: BTreeMap<String, String>,
    /// The verdict of the whole.
    pub verdict: &'static str,
    /// The verdict of each log file, digest file and signature file.
    pub verdicts: BTreeMap<String, &'static str>,
    pub missing: u64,
    pub gaps: u64,
    /// Whether AWS's validator can be asked: it wants a key for everything, and the real bucket.
    pub asks_aws: bool,
}

impl Case {
    /// A trail with keys and the signature of its newest digest file: everything is authentic.
    fn whole(name: &'static str, trails: &[&Trail]) -> Self {
        let mut case = Self {
            name,
            files: BTreeMap::new(),
            signatures: BTreeMap::new(),
            verdict: "authentic",
            verdicts: BTreeMap::new(),
            missing: 0,
            gaps: 0,
            asks_aws: true,
        };
        for trail in trails {
            for (object, bytes) in trail.objects() {
                case.verdicts.insert(object.clone(), "authentic");
                case.files.insert(object, bytes);
            }
            for digest in &trail.digests {
                case.signatures.insert(digest.object.clone(), digest.signature.clone());
            }
            if let Some(newest) = trail.digests.last() {
                let path = format!(
                    "newest-{}-{}{}{}.json",
                    trail.region,
                    trail.name,
                    trail.suffix,
                    &trail.service[10..]
                );
                case.files.insert(path, head_object(&newest.signature));
            }
        }
        case.keys(&[Key::named("first").listed(), Key::named("second").listed()])
    }

    fn keys(mut self, keys: &[serde_json::Value]) -> Self {
        self.files.insert("keys.json".to_owned(), list_public_keys(keys));
        self
    }

    fn without(mut self, start: &str) -> Self {
        self.files.retain(|path, _| !path.starts_with(start));
        self
    }

    /// Whether newest digest files have their signature.
    fn without_metadata(self) -> Self {
        self.without("newest-")
    }

    fn put(mut self, path: &str, bytes: Vec<u8>) -> Self {
        self.files.insert(path.to_owned(), bytes);
        self
    }

    fn delete(mut self, path: &str) -> Self {
        self.files.remove(path).unwrap();
        self.verdicts.remove(path);
        self
    }

    fn rename(mut self, from: &str, to: &str) -> Self {
        let bytes = self.files.remove(from).unwrap();
        self.verdicts.remove(from);
        self.files.insert(to.to_owned(), bytes);
        self.says(to, "moved")
    }

    fn says(mut self, path: &str, verdict: &'static str) -> Self {
        self.verdicts.insert(path.to_owned(), verdict);
        self
    }

    /// The digest file and the log files in it.
    fn says_of_hour(mut self, digest: &Digest, own: &'static str, logs: &'static str) -> Self {
        self = self.says(&digest.object, own);
        for log in &digest.logs {
            self = self.says(&log.object, logs);
        }
        self
    }

    fn says_of_all(mut self, verdict: &'static str) -> Self {
        self.verdicts.values_mut().for_each(|one| *one = verdict);
        self
    }

    fn whole_is(mut self, verdict: &'static str) -> Self {
        self.verdict = verdict;
        self
    }

    fn misses(mut self, missing: u64) -> Self {
        self.missing = missing;
        self
    }

    fn has_gaps(mut self, gaps: u64) -> Self {
        self.gaps = gaps;
        self
    }

    /// AWS's validator has another view of it, or none.
    fn only_ours(mut self) -> Self {
        self.asks_aws = false;
        self
    }
}

fn trail(hours: i64, logs: usize) -> Trail {
    Trail::new("us-east-1", hours, logs, &Key::named("first"))
}

/// A trail with everything that vouches for it.
pub fn all_of(trail: &Trail) -> Case {
    Case::whole("whole", &[trail])
}

/// All cases.
pub fn all() -> Vec<Case> {
    let mut cases = vouched();
    cases.extend(logs());
    cases.extend(digests());
    cases.extend(chains());
    cases.extend(keys());
    cases.extend(containers());
    cases.extend(lake());
    cases
}

/// What may be claimed with what (CloudTrail User Guide, "Validating CloudTrail log file integrity").
fn vouched() -> Vec<Case> {
    let trail = trail(4, 2);
    let newest = trail.digests.last().unwrap();
    let other = Trail::new("eu-west-1", 3, 1, &Key::named("second"));
    let whole = |name| Case::whole(name, &[&trail]);
    let one = Trail::new("us-east-1", 1, 2, &Key::named("first"));
    let two_days = Trail::new("us-east-1", 40, 1, &Key::named("first"));
    vec![
        whole("valid"),
        Case::whole("two-regions", &[&trail, &other]),
        Case::whole("long", &[&two_days]),
        whole("newest-without-metadata")
            .without_metadata()
            .says_of_hour(newest, "consistent", "consistent")
            .whole_is("consistent"),
        whole("no-keys").without("keys").says_of_all("consistent").whole_is("consistent").only_ours(),
        whole("no-keys-no-metadata")
            .without("keys")
            .without_metadata()
            .says_of_all("consistent")
            .whole_is("consistent")
            .only_ours(),
        Case::whole("one-digest-alone", &[&one])
            .without("keys")
            .without_metadata()
            .says_of_hour(&one.digests[0], "signature-missing", "consistent")
            .whole_is("signature-missing")
            .only_ours(),
        logs_only(&trail),
        digests_only(&trail),
    ]
}

fn logs_only(trail: &Trail) -> Case {
    let mut case = Case::whole("logs-only", &[trail]);
    for digest in &trail.digests {
        case = case.delete(&digest.object);
    }
    case.without_metadata().says_of_all("not-covered").whole_is("not-covered").only_ours()
}

fn digests_only(trail: &Trail) -> Case {
    let mut case = Case::whole("digests-only", &[trail]);
    for log in trail.digests.iter().flat_map(|digest| &digest.logs) {
        case = case.delete(&log.object);
    }
    case.whole_is("missing").misses(8)
}

fn logs() -> Vec<Case> {
    let trail = trail(4, 2);
    let log = &trail.digests[1].logs[0];
    let whole = |name| Case::whole(name, &[&trail]);
    let mut byte = log.text.clone();
    *byte.last_mut().unwrap() = b' ';
    byte.push(b'}');
    let mut changed = log.text.clone();
    let at = changed.windows(5).position(|five| five == b"alice").unwrap();
    changed[at] = b'A';
    let again = gzip(&[log.text.as_slice()].concat());
    let mut slow = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    std::io::Write::write_all(&mut slow, &log.text).unwrap();
    let slow = slow.finish().unwrap();
    assert_ne!(again, slow);
    let unzipped = log.object.trim_end_matches(".gz").to_owned();
    let cut = again[..again.len() / 2].to_vec();
    let uncovered = format!(
        "AWSLogs/{ACCOUNT}/CloudTrail/us-east-1/2023/07/10/{ACCOUNT}_CloudTrail_us-east-1_20230710T0405Z_0123456789abcdef.json.gz"
    );
    vec![
        whole("log-altered-by-a-byte")
            .put(&log.object, gzip(&changed))
            .says(&log.object, "altered")
            .whole_is("altered"),
        whole("log-altered-by-white-space")
            .put(&log.object, gzip(&byte))
            .says(&log.object, "altered")
            .whole_is("altered"),
        whole("log-compressed-anew").put(&log.object, slow),
        whole("log-unpacked")
            .delete(&log.object)
            .put(&unzipped, log.text.clone())
            .says(&unzipped, "authentic")
            .only_ours(),
        whole("log-deleted").delete(&log.object).misses(1).whole_is("missing"),
        whole("log-renamed").rename(&log.object, "AWSLogs/renamed.json.gz").whole_is("moved").only_ours(),
        whole("log-in-another-folder")
            .rename(&log.object, &log.object.replace("/us-east-1/2023", "/us-west-2/2023"))
            .whole_is("moved")
            .only_ours(),
        whole("log-cut").put(&log.object, cut).says(&log.object, "altered").whole_is("altered"),
        whole("log-empty")
            .put(&log.object, Vec::new())
            .says(&log.object, "unreadable")
            .whole_is("unreadable")
            .only_ours(),
        whole("log-not-covered")
            .put(&uncovered, gzip(&changed))
            .says(&uncovered, "not-covered")
            .whole_is("not-covered")
            .only_ours(),
        flat(&trail),
    ]
}

/// All files in one folder, as browsers download them.
fn flat(trail: &Trail) -> Case {
    let mut case = Case::whole("flat-folder", &[trail]);
    let flat = |path: &String| format!("downloads/{}", path.rsplit('/').next().unwrap());
    case.files = case.files.iter().map(|(path, bytes)| (flat(path), bytes.clone())).collect();
    case.verdicts = case.verdicts.iter().map(|(path, verdict)| (flat(path), *verdict)).collect();
    case.only_ours()
}

fn digests() -> Vec<Case> {
    let trail = trail(6, 2);
    let whole = |name| Case::whole(name, &[&trail]);
    let hour = |at: usize| &trail.digests[at];
    // Somebody alters a log file, and its hash in the digest file.
    let altered = |at: usize| {
        let text = String::from_utf8(hour(at).text.clone()).unwrap();
        let log = &hour(at).logs[0];
        let changed: Vec<u8> = [log.text.as_slice(), b" "].concat();
        (text.replace(&sum(&log.text), &sum(&changed)).into_bytes(), gzip(&changed))
    };
    let (digest, log) = altered(2);
    let (newest, newest_log) = altered(5);
    vec![
        whole("digest-altered")
            .put(&hour(2).object, gzip(&digest))
            .put(&hour(2).logs[0].object, log)
            .says_of_hour(hour(2), "altered", "not-covered")
            .whole_is("altered"),
        whole("newest-digest-altered")
            .put(&hour(5).object, gzip(&newest))
            .put(&hour(5).logs[0].object, newest_log)
            .says_of_hour(hour(5), "altered", "not-covered")
            .whole_is("altered"),
        whole("digest-deleted")
            .delete(&hour(2).object)
            .says_of_hour(hour(1), "consistent", "consistent")
            .says(&hour(2).logs[0].object, "not-covered")
            .says(&hour(2).logs[1].object, "not-covered")
            .misses(1)
            .has_gaps(1)
            .whole_is("missing"),
        whole("two-digests-deleted")
            .delete(&hour(2).object)
            .delete(&hour(3).object)
            .says_of_hour(hour(1), "consistent", "consistent")
            .says(&hour(2).logs[0].object, "not-covered")
            .says(&hour(2).logs[1].object, "not-covered")
            .says(&hour(3).logs[0].object, "not-covered")
            .says(&hour(3).logs[1].object, "not-covered")
            .misses(1)
            .has_gaps(1)
            .whole_is("missing"),
        whole("digest-renamed")
            .rename(&hour(2).object, &hour(2).object.replace("_2023", "_2024"))
            .whole_is("moved")
            .only_ours(),
        whole("digest-broken")
            .put(&hour(2).object, gzip(b"{\"digestS3Object\":"))
            .says_of_hour(hour(2), "unreadable", "not-covered")
            .says_of_hour(hour(1), "consistent", "consistent")
            .has_gaps(1)
            .whole_is("gap")
            .only_ours(),
        whole("metadata-of-another-file")
            .put("newest-us-east-1-management_events.json", head_object(&hour(1).signature))
            .says_of_hour(hour(5), "altered", "not-covered")
            .whole_is("altered")
            .only_ours(),
    ]
}

fn chains() -> Vec<Case> {
    let first = Key::named("first");
    let mut restarted = trail(2, 1);
    restarted.add(5, 1, &first);
    restarted.digests[2].body["restart"] = json!(true);
    restarted.add(6, 1, &first);
    restarted.seal();
    let mut backfill = Trail { suffix: "_backfill", ..trail(0, 0) };
    (0..3).for_each(|hour| backfill.add(hour - 10, 1, &first));
    backfill.seal();
    let mut insight = Trail { service: "CloudTrail-Insight", ..trail(0, 0) };
    (0..3).for_each(|hour| insight.add(hour, 1, &first));
    insight.seal();
    let mut quiet = trail(0, 0);
    [2, 0, 0, 1].into_iter().enumerate().for_each(|(hour, logs)| quiet.add(hour as i64, logs, &first));
    quiet.seal();
    let mut tail = Case::whole("chain-without-its-beginning", &[&trail(6, 1)]);
    for digest in trail(6, 1).digests.iter().take(2) {
        tail = tail.delete(&digest.object).delete(&digest.logs[0].object);
    }
    let padded = padded();
    vec![
        Case::whole("validation-was-off", &[&restarted])
            .says_of_hour(&restarted.digests[1], "consistent", "consistent")
            .has_gaps(1)
            .whole_is("gap"),
        Case::whole("backfill", &[&trail(3, 1), &backfill]).only_ours(),
        Case::whole("insight", &[&trail(3, 1), &insight]).only_ours(),
        Case::whole("empty-hours", &[&quiet]),
        tail,
        Case::whole("padded-hash", &[&padded]).only_ours(),
    ]
}

/// A chain in which a hash lacks the zeros in front.
fn padded() -> Trail {
    let mut trail = trail(3, 1);
    let mut space = 0;
    loop {
        // White space until a hash begins with a zero.
        let text = [trail.digests[1].logs[0].text.as_slice(), " ".repeat(space).as_bytes()].concat();
        if sum(&text).starts_with('0') {
            trail.digests[1].body["logFiles"][0]["hashValue"] = json!(sum(&text).trim_start_matches('0'));
            trail.digests[1].logs[0].text = text;
            trail.seal();
            return trail;
        }
        space += 1;
    }
}

fn keys() -> Vec<Case> {
    let (first, second, other, forger) =
        (Key::named("first"), Key::named("second"), Key::named("other"), Key::named("forger"));
    let mut rotated = trail(3, 1);
    rotated.add(3, 1, &second);
    rotated.add(4, 1, &second);
    rotated.seal();
    let trail = trail(4, 1);
    let valid = |name| Case::whole(name, &[&trail]);
    // From the third hour on everything is made anew with a key that is not AWS's.
    let mut forged = trail.clone();
    for digest in &mut forged.digests[2..] {
        digest.logs[0].text.push(b' ');
        digest.body["logFiles"][0]["hashValue"] = json!(sum(&digest.logs[0].text));
        digest.key = forger.clone();
    }
    let mut renamed = forged.clone();
    for digest in &mut renamed.digests[2..] {
        digest.body["digestPublicKeyFingerprint"] = json!(forger.fingerprint);
    }
    forged.seal();
    renamed.seal();
    let text = format!(
        "PUBLICKEYLIST\t{}\t1690000000.0\t1680000000.0\t{}\nPUBLICKEYLIST\t{}\t1690000000.0\t1680000000.0\t{}\n",
        first.fingerprint, first.pkcs1, other.fingerprint, other.pkcs1
    );
    let mut expired = first.listed();
    expired["ValidityEndTime"] = json!((START_MS / 1000 - 500_000) as f64);
    let mut mistyped = first.listed();
    mistyped["Fingerprint"] = json!(other.fingerprint);
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", first.spki);
    let mut spki_trail = trail.clone();
    for digest in &mut spki_trail.digests {
        digest.body["digestPublicKeyFingerprint"] = first.listed_as_spki()["Fingerprint"].clone();
    }
    spki_trail.seal();
    let unkeyed = |case: Case| {
        let mut case = case.whole_is("key-missing").only_ours();
        for digest in &trail.digests {
            case = case.says_of_hour(digest, "key-missing", "consistent");
        }
        case
    };
    vec![
        Case::whole("key-rotation", &[&rotated]),
        unkeyed(valid("wrong-regions-key").keys(&[other.listed()])),
        unkeyed(valid("key-out-of-its-time").keys(&[expired])),
        unkeyed(valid("mistyped-key").keys(&[mistyped, other.listed()])),
        valid("keys-as-text").without("keys").put("keys.txt", text.into_bytes()).only_ours(),
        Case::whole("spki-key", &[&spki_trail]).keys(&[first.listed_as_spki()]).only_ours(),
        Case::whole("pem-key", &[&spki_trail]).without("keys").put("key.pem", pem.into_bytes()).only_ours(),
        Case::whole("forged-with-another-key", &[&forged])
            .says_of_hour(&forged.digests[2], "altered", "not-covered")
            .says_of_hour(&forged.digests[3], "altered", "not-covered")
            .whole_is("altered"),
        Case::whole("forged-with-a-key-of-its-own", &[&renamed])
            .says_of_hour(&renamed.digests[2], "key-missing", "consistent")
            .says_of_hour(&renamed.digests[3], "key-missing", "consistent")
            .whole_is("key-missing"),
    ]
}

/// The same in an archive, and twice.
fn containers() -> Vec<Case> {
    let trail = trail(3, 2);
    let whole = Case::whole("in-a-tar", &[&trail]);
    let mut archived = Case { files: BTreeMap::new(), ..Case::whole("in-a-tar", &[&trail]) }.only_ours();
    archived.files.insert("evidence.tar.gz".to_owned(), gzip(&tar(&whole.files)));
    archived.verdicts =
        whole.verdicts.iter().map(|(path, verdict)| (format!("evidence.tar.gz/{path}"), *verdict)).collect();
    let mut twice = Case::whole("dropped-twice", &[&trail]).only_ours();
    for (path, bytes) in &whole.files {
        twice.files.insert(format!("copy/{path}"), bytes.clone());
    }
    for (path, verdict) in &whole.verdicts {
        twice.verdicts.insert(format!("copy/{path}"), verdict);
    }
    vec![archived, twice]
}

/// A tar of regular files (POSIX.1-1988, with the prefix field for long names).
fn tar(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::new();
    for (path, bytes) in files {
        let (prefix, name) = match path.rsplit_once('/') {
            Some((folder, name)) if path.len() > 99 => (folder, name),
            _ => ("", path.as_str()),
        };
        let mut header = [0u8; 512];
        let mut put = |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
        put(0, name);
        put(100, "0000644\0");
        put(124, &format!("{:011o}\0", bytes.len()));
        put(136, "00000000000\0");
        put(148, "        ");
        put(156, "0");
        put(257, "ustar\x0000");
        put(345, prefix);
        let check: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{check:06o}\0 ").as_bytes());
        out.extend_from_slice(&header);
        out.extend_from_slice(bytes);
        out.resize(out.len().div_ceil(512) * 512, 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

/// Saved results of CloudTrail Lake.
fn lake() -> Vec<Case> {
    let key = Key::named("first");
    let result = |number: u32| gzip(format!("eventname,eventid\nRunInstances,{number}\n").as_bytes());
    let results: Vec<Vec<u8>> = (1..=2).map(result).collect();
    let folder = "AWSLogs/111122223333/CloudTrail-Lake/Query/2023/07/09/0a1b/";
    let path = |name: &str| format!("{folder}{name}");
    let case = |name: &'static str, results: &[Vec<u8>], signer: &Key| {
        let hashes: Vec<String> = results.iter().map(|bytes| sum(bytes)).collect();
        let listed: Vec<_> = hashes
            .iter()
            .enumerate()
            .map(|(at, hash)| json!({"fileHashValue": hash, "fileName": format!("result_{}.csv.gz", at + 1)}))
            .collect();
        let sign = json!({
            "version": "1.0", "region": "us-east-1", "files": listed, "hashAlgorithm": "SHA-256",
            "signatureAlgorithm": "SHA256withRSA", "queryCompleteTime": "2023-07-09T20:00:00Z",
            "hashSignature": signer.sign(&hashes.join(" ")), "publicKeyFingerprint": key.fingerprint,
        });
        let mut case = Case::whole(name, &[]).only_ours();
        for (at, bytes) in results.iter().enumerate() {
            let path = path(&format!("result_{}.csv.gz", at + 1));
            case.verdicts.insert(path.clone(), "authentic");
            case.files.insert(path, bytes.clone());
        }
        case.verdicts.insert(path("result_sign.json"), "authentic");
        case.files.insert(path("result_sign.json"), sign.to_string().into_bytes());
        case
    };
    let (one, two) = (path("result_1.csv.gz"), path("result_2.csv.gz"));
    let unpacked = path("result_1.csv");
    vec![
        case("lake", &results, &key),
        case("lake-altered", &results, &key).put(&one, result(9)).says(&one, "altered").whole_is("altered"),
        case("lake-compressed-anew", &results, &key)
            .put(&one, {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
                std::io::Write::write_all(&mut encoder, b"eventname,eventid\nRunInstances,1\n").unwrap();
                encoder.finish().unwrap()
            })
            .says(&one, "altered")
            .whole_is("altered"),
        case("lake-unpacked", &results, &key)
            .delete(&one)
            .put(&unpacked, b"eventname,eventid\nRunInstances,1\n".to_vec())
            .says(&unpacked, "not-covered")
            .whole_is("not-covered"),
        case("lake-missing", &results, &key).delete(&two).misses(1).whole_is("missing"),
        case("lake-forged", &results, &Key::named("forger"))
            .says(&path("result_sign.json"), "altered")
            .says(&one, "not-covered")
            .says(&two, "not-covered")
            .whole_is("altered"),
        case("lake-without-keys", &results, &key)
            .without("keys")
            .says(&path("result_sign.json"), "key-missing")
            .says(&one, "consistent")
            .says(&two, "consistent")
            .whole_is("key-missing"),
    ]
}

/// What stands beside the files of a case: for the browser tests, and for AWS's own validator.
pub fn described(case: &Case) -> serde_json::Value {
    let keys =
        case.files.get("keys.json").and_then(|bytes| serde_json::from_slice::<serde_json::Value>(bytes).ok());
    json!({
        "verdict": case.verdict, "files": case.verdicts, "missing": case.missing, "gaps": case.gaps,
        "asks_aws": case.asks_aws, "signatures": case.signatures, "keys": keys, "bucket": BUCKET,
        "account": ACCOUNT, "fingerprint": hex(&[]),
    })
}
