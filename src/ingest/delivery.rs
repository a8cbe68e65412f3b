//! The time in the name of a delivered log file.

/// The delivery time in a log file's name, `20230710T1145Z`, as CloudTrail writes it between
/// underscores (AWS: "CloudTrail log file name format"). It only orders files; `None` sorts last.
#[must_use]
pub fn delivery_time(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('_').find(|part| {
        let bytes = part.as_bytes();
        matches!(bytes.len(), 14 | 16)
            && bytes[8] == b'T'
            && bytes.ends_with(b"Z")
            && bytes[..8].iter().chain(&bytes[9..bytes.len() - 1]).all(u8::is_ascii_digit)
    })
}

#[cfg(test)]
mod tests {
    use super::delivery_time;

    #[test]
    fn finds_the_time_of_logs_and_digests() {
        for (path, time) in [
            (
                "a/b/111122223333_CloudTrail_us-east-1_20230710T1145Z_7xgocspSowgK0Gto.json.gz",
                Some("20230710T1145Z"),
            ),
            ("111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_20230710T125959Z.json.gz", None),
            ("20230710T1145Z_x/other.json", None),
            ("notes_20230710.txt", None),
        ] {
            assert_eq!(delivery_time(path), time, "{path}");
        }
    }
}
