//! What names say: of digest files, of S3 keys, of dropped files.

use crate::ingest::origin;

/// What digest files of one chain have in common. Chains are sorted by it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainName {
    pub account: String,
    pub region: String,
    pub trail: String,
    pub home_region: String,
    /// `standard`, `backfill`, or what stands between `CloudTrail` and `Digest`.
    pub kind: String,
}

impl ChainName {
    /// The chain of a digest file by its S3 key:
    /// `<account>_CloudTrail[-<kind>]-Digest_<region>_<trail>_<home region>_<time>[_backfill].json.gz`.
    /// Of another name only what its folders say is known.
    pub fn of(object: &str) -> Self {
        Self::parse(object).unwrap_or_else(|| {
            let (account, region) = origin(object);
            let (account, region) = (account.unwrap_or_default(), region.unwrap_or_default());
            Self { account, region, kind: "standard".to_owned(), ..Self::default() }
        })
    }

    fn parse(object: &str) -> Option<Self> {
        let name = file_key(object).strip_suffix(".json")?;
        let plain = name.strip_suffix("_backfill");
        let (account, rest) = plain.unwrap_or(name).split_once('_')?;
        let (service, rest) = rest.split_once('_')?;
        let (region, rest) = rest.split_once('_')?;
        let (rest, _time) = rest.rsplit_once('_')?;
        let (trail, home_region) = rest.rsplit_once('_')?;
        let middle = service.strip_prefix("CloudTrail")?.strip_suffix("Digest")?.trim_matches('-');
        let mut kind = if middle.is_empty() { String::new() } else { middle.to_owned() };
        if plain.is_some() {
            kind.push_str(if kind.is_empty() { "backfill" } else { " backfill" });
        } else if kind.is_empty() {
            kind.push_str("standard");
        }
        Some(Self {
            account: account.to_owned(),
            region: region.to_owned(),
            trail: trail.to_owned(),
            home_region: home_region.to_owned(),
            kind,
        })
    }
}

/// The name of a file without its folders and without `.gz`, which browsers may take away: what a log
/// file is known by, for it ends in 16 random signs.
pub fn file_key(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.strip_suffix(".gz").unwrap_or(file)
}

/// Whether a dropped file stands elsewhere than its S3 key says. Only the part from `AWSLogs/` on can be
/// compared: what is in front of it is the reader's own folder, or the prefix in the bucket.
pub fn is_elsewhere(dropped: &str, object: &str) -> bool {
    let inside = |path: &'_ str| path.rfind("AWSLogs/").map(|at| path.split_at(at).1.to_owned());
    let plain = |path: String| path.strip_suffix(".gz").map(str::to_owned).unwrap_or(path);
    match (inside(dropped).map(plain), inside(object).map(plain)) {
        (Some(dropped), Some(object)) => dropped != object,
        _ => file_key(dropped) != file_key(object),
    }
}

/// Whether a file is named like a digest file.
pub fn is_digest(name: &str) -> bool {
    let file = file_key(name);
    file.split('_')
        .nth(1)
        .is_some_and(|service| service.starts_with("CloudTrail") && service.ends_with("-Digest"))
}

/// Whether a file is named like a saved result of CloudTrail Lake: `result_1.csv.gz`.
#[must_use]
pub fn is_lake_result(name: &str) -> bool {
    let number = file_key(name).strip_prefix("result_").and_then(|rest| rest.strip_suffix(".csv"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The folder of a name with its last `/`.
pub fn folder(name: &str) -> &str {
    name.rfind('/').map_or("", |at| name.split_at(at + 1).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_told_by_names() {
        for (object, expected) in [
            (
                "p/AWSLogs/111122223333/CloudTrail-Digest/us-east-2/2015/08/17/111122223333_CloudTrail-Digest_us-east-2_my_trail_us-west-2_20150817T150131Z.json.gz",
                "111122223333 us-east-2 my_trail us-west-2 standard",
            ),
            (
                "111122223333_CloudTrail-Digest_us-gov-west-1_t_us-gov-east-1_20150817T150131Z_backfill.json.gz",
                "111122223333 us-gov-west-1 t us-gov-east-1 backfill",
            ),
            (
                "111122223333_CloudTrail-Insight-Digest_us-east-1_t_us-east-1_20150817T150131Z.json",
                "111122223333 us-east-1 t us-east-1 Insight",
            ),
            (
                "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2025/10/21/digest.json.gz",
                "111122223333 us-east-1   standard",
            ),
            ("digest", "    standard"),
        ] {
            let chain = ChainName::of(object);
            let found = [chain.account, chain.region, chain.trail, chain.home_region, chain.kind].join(" ");
            assert_eq!(found, expected, "{object}");
        }
    }

    #[test]
    fn places_are_compared_from_aws_logs_on() {
        let object = "prefix/AWSLogs/1/CloudTrail/r/2023/07/10/a.json.gz";
        for (dropped, elsewhere) in [
            ("mine/AWSLogs/1/CloudTrail/r/2023/07/10/a.json.gz", false),
            ("x.zip/AWSLogs/1/CloudTrail/r/2023/07/10/a.json", false),
            ("a.json.gz", false),
            ("downloads/a.json", false),
            ("AWSLogs/1/CloudTrail/other/2023/07/10/a.json.gz", true),
            ("downloads/b.json.gz", true),
        ] {
            assert_eq!(is_elsewhere(dropped, object), elsewhere, "{dropped}");
        }
    }

    #[test]
    fn kinds_of_names() {
        assert!(is_digest("x/1_CloudTrail-Digest_r_t_h_20150817T150131Z.json.gz"));
        assert!(!is_digest("x/1_CloudTrail_r_20150817T1501Z_abc.json.gz") && !is_digest("digest.json"));
        assert!(is_lake_result("q/result_12.csv.gz") && is_lake_result("result_1.csv"));
        assert!(!is_lake_result("result_.csv") && !is_lake_result("result_1.json"));
    }
}
