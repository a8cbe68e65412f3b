//! The markers that AWS writes in place of a value, in one decoded text.

/// Texts that stand for a whole value, compared without ASCII case and surrounding white space.
///
/// `REDACTED` and its like are missing on purpose: people write them after the export.
pub(super) const TOKENS: [&str; 6] = [
    "HIDDEN_DUE_TO_SECURITY_REASONS",
    "HIDDEN_FOR_SECURITY_REASONS",
    "Value hidden due to security reasons.",
    "Value hidden due to security reasons",
    "<sensitiveDataRemoved>",
    "***OMITTED***",
];

/// Whether a decoded text is a marker and nothing else.
#[must_use]
pub fn is_marker(text: &str) -> bool {
    let whole = text.trim_ascii();
    is_token(whole) || is_mask(whole)
}

/// Where markers stand in `text`, as byte ranges, in order.
pub(super) fn spans(text: &str) -> Vec<(usize, usize)> {
    if is_marker(text) {
        let whole = text.trim_ascii();
        let start = text.len() - text.trim_ascii_start().len();
        return vec![(start, start + whole.len())];
    }
    embedded(text)
}

fn is_token(text: &str) -> bool {
    TOKENS.iter().any(|token| token.eq_ignore_ascii_case(text))
}

/// Three asterisks and more. One or two are ordinary values: a policy's principal, a prefix.
fn is_mask(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|byte| byte == b'*')
}

/// Masks with a word behind them inside a longer text, as in DynamoDB's PartiQL statements:
/// `… SET Price = ***(Redacted) WHERE …`.
fn embedded(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'*', &bytes[at..]) {
        let start = at + found;
        let run = bytes[start..].iter().take_while(|byte| **byte == b'*').count();
        at = start + run;
        if run < 3 || bytes.get(at) != Some(&b'(') {
            continue;
        }
        let word = bytes[at + 1..].iter().take_while(|b| b.is_ascii_alphabetic() || **b == b' ').count();
        let close = at + 1 + word;
        if word > 0 && bytes.get(close) == Some(&b')') {
            spans.push((start, close + 1));
            at = close + 1;
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = spans(text).into_iter().map(|(start, end)| &text[start..end]).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn finds_what_aws_writes() {
        check("HIDDEN_DUE_TO_SECURITY_REASONS", &["HIDDEN_DUE_TO_SECURITY_REASONS"]);
        check("Hidden_For_Security_Reasons", &["Hidden_For_Security_Reasons"]);
        check("Value hidden due to security reasons.", &["Value hidden due to security reasons."]);
        check(" value hidden due to security reasons\n", &["value hidden due to security reasons"]);
        check("<sensitiveDataRemoved>", &["<sensitiveDataRemoved>"]);
        check("***OMITTED***", &["***OMITTED***"]);
        for mask in ["***", "****", "**********"] {
            check(mask, &[mask]);
        }
        check(
            "UPDATE \"t\" SET a=***(Redacted), b=***(Redacted) WHERE k='x'",
            &["***(Redacted)", "***(Redacted)"],
        );
    }

    #[test]
    fn passes_over_what_only_looks_like_it() {
        for text in [
            "",
            "*",
            "**",
            "arn:aws:s3:::bucket/***",
            "* * *",
            "***(",
            "***()",
            "***(1)",
            "**(Redacted)",
            "s3:Get*",
            "REDACTED",
            "<redacted>",
            "[AWS_ACCOUNT_ID_REDACTED]",
            "6WQWT1XXXX4JVDEN",
            "sensitive-file.txt",
            "confidential/file.pdf",
            "it was HIDDEN_DUE_TO_SECURITY_REASONS",
        ] {
            check(text, &[]);
        }
    }
}
