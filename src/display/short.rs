//! Short forms of identifiers. The end of an identifier tells more than its middle.

use std::borrow::Cow;

/// At most `most` characters, with the middle left out: `AKIAI44Q…MPLE`. A third of what is kept is
/// the end. At least three characters are kept.
#[must_use]
pub fn middle(text: &str, most: usize) -> Cow<'_, str> {
    let most = most.max(3);
    // Bytes bound characters from above, so most values cost one comparison.
    if text.len() <= most || text.chars().count() <= most {
        return Cow::Borrowed(text);
    }
    let tail = (most - 1) / 3;
    let head = most - 1 - tail;
    let start: String = text.chars().take(head).collect();
    let mut end: Vec<char> = text.chars().rev().take(tail).collect();
    end.reverse();
    Cow::Owned(start + "…" + &String::from_iter(end))
}

/// A path or an ARN shortened at the left to whole segments: `…users[].password`, `…role/ci-deploy`.
/// Where not even the last segment fits, its end is kept.
#[must_use]
pub fn path_end(text: &str, most: usize) -> Cow<'_, str> {
    let count = text.chars().count();
    if count <= most {
        return Cow::Borrowed(text);
    }
    let keep = most.saturating_sub(1);
    let from = text.char_indices().nth(count - keep).map_or(text.len(), |(at, _)| at);
    let tail = text.get(from..).unwrap_or_default();
    let start = if text[..from].ends_with(['.', ':', '/']) {
        0
    } else {
        tail.find(['.', ':', '/']).map_or(0, |at| at + 1)
    };
    Cow::Owned(format!("…{}", tail.get(start..).filter(|end| !end.is_empty()).unwrap_or(tail)))
}

/// An event source without what every one ends in: `s3`. An empty source is said to be missing.
#[must_use]
pub fn source(source: &str) -> &str {
    if source.is_empty() { "no service" } else { source.strip_suffix(".amazonaws.com").unwrap_or(source) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_end_is_kept() {
        for (text, most, seen) in [
            ("AKIAI44QH8DHBEXAMPLE", 13, "AKIAI44Q…MPLE"),
            ("short", 13, "short"),
            ("ÄÖÜäöü", 5, "ÄÖÜ…ü"),
            ("abcdef", 0, "ab…"),
        ] {
            assert_eq!(middle(text, most), seen);
        }
        for (text, most, seen) in [
            ("requestParameters.users[].password", 20, "…users[].password"),
            ("arn:aws:iam::111122223333:role/ci-deploy", 16, "…role/ci-deploy"),
            ("requestParameters.data", 40, "requestParameters.data"),
            ("averyveryverylongsegment", 8, "…segment"),
        ] {
            assert_eq!(path_end(text, most), seen);
        }
        assert_eq!(source("sqs.amazonaws.com"), "sqs");
        assert_eq!(source("example.com"), "example.com");
        assert_eq!(source(""), "no service");
    }

    proptest! {
        #[test]
        fn never_longer_than_asked(text: String, most in 3usize..40) {
            prop_assert!(middle(&text, most).chars().count() <= most);
            prop_assert!(path_end(&text, most).chars().count() <= most);
        }
    }
}
