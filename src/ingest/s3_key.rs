//! What the S3 key of a file says: the account and the Region it was logged for.

/// The account and the Region in a file's name, or else in its folders.
///
/// Names are `<account>_CloudTrail[-…]_<region>_…`, folders `AWSLogs/[o-…/]<account>/CloudTrail[-…]/<region>/`
/// (CloudTrail User Guide, "Getting and viewing your CloudTrail log files"). Both are only hints.
#[must_use]
pub fn origin(path: &str) -> (Option<String>, Option<String>) {
    let mut parts: Vec<&str> = path.split('/').collect();
    let name = parts.pop().unwrap_or_default();
    from_name(name)
        .or_else(|| from_folders(&parts))
        .map_or((None, None), |(account, region)| (Some(account.to_owned()), region.map(str::to_owned)))
}

fn from_name(name: &str) -> Option<(&str, Option<&str>)> {
    let (account, rest) = name.split_once('_')?;
    let (service, rest) = rest.split_once('_')?;
    let (region, _) = rest.split_once('_')?;
    (is_account(account) && is_cloudtrail(service) && is_region(region)).then_some((account, Some(region)))
}

fn from_folders<'p>(folders: &[&'p str]) -> Option<(&'p str, Option<&'p str>)> {
    let service = folders.iter().rposition(|folder| is_cloudtrail(folder))?;
    let account = folders.get(service.checked_sub(1)?).filter(|folder| is_account(folder))?;
    let region = folders.get(service + 1).filter(|folder| is_region(folder));
    Some((account, region.copied()))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_cloudtrail(text: &str) -> bool {
    text.strip_prefix("CloudTrail").is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Two letters, one or more words, a digit: `us-gov-west-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [first, words @ .., last] = parts.as_slice() else { return false };
    let lower = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    first.len() == 2
        && lower(first)
        && !words.is_empty()
        && words.iter().all(|word| lower(word))
        && last.len() == 1
        && last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_then_folders() {
        for (path, account, region) in [
            (
                "218007301253_CloudTrail_us-east-1_20230710T1145Z_7xgocspSowgK0Gto.json",
                "218007301253",
                "us-east-1",
            ),
            (
                "a/218007301253_CloudTrail_us-gov-west-1_20230710T1145Z_7xgocspSowgK0Gto.json.gz",
                "218007301253",
                "us-gov-west-1",
            ),
            (
                "111122223333_CloudTrail-Insight_eu-central-2_20230710T1145Z_x.json.gz",
                "111122223333",
                "eu-central-2",
            ),
            (
                "111122223333_CloudTrail-Digest_us-east-1_main_us-west-2_20230710T115959Z.json.gz",
                "111122223333",
                "us-east-1",
            ),
            (
                "p/AWSLogs/o-abc/111122223333/CloudTrail/ap-south-1/2023/07/10/x.json",
                "111122223333",
                "ap-south-1",
            ),
            ("AWSLogs/111122223333/CloudTrail-Digest/ap-south-1/x.json", "111122223333", "ap-south-1"),
            ("AWSLogs/111122223333/CloudTrail/x.json", "111122223333", ""),
            ("AWSLogs/12345/CloudTrail/us-east-1/x.json", "", ""),
            ("218007301253_CloudTrails_us-east-1_x.json", "", ""),
            ("218007301253_CloudTrail_us-1_x.json", "", ""),
            ("CloudTrail/us-east-1/x.json", "", ""),
            ("", "", ""),
        ] {
            let (found_account, found_region) = origin(path);
            assert_eq!(found_account.unwrap_or_default(), account, "{path}");
            assert_eq!(found_region.unwrap_or_default(), region, "{path}");
        }
    }
}
