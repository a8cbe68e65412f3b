//! Counts, shares, sizes and durations.

/// A count with its thousands apart: `48,312`.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share in whole percent: `89 %`, `<1 %`, `>99 %`; `0 %` and `100 %` only where they are exact.
#[must_use]
pub fn share(part: u64, whole: u64) -> String {
    match per_mille(part, whole) {
        0 if part == 0 || whole == 0 => "0 %".to_owned(),
        1000.. if part >= whole => "100 %".to_owned(),
        0..10 => "<1 %".to_owned(),
        991.. => ">99 %".to_owned(),
        _ => format!("{} %", rounded(part, whole, 100)),
    }
}

/// A share where the first per cents matter: `0.6 %`, `14.9 %`, `<0.1 %`.
#[must_use]
pub fn fine_share(part: u64, whole: u64) -> String {
    match per_mille(part, whole) {
        0 if part == 0 || whole == 0 => "0 %".to_owned(),
        1000.. if part >= whole => "100 %".to_owned(),
        0 => "<0.1 %".to_owned(),
        991.. => ">99 %".to_owned(),
        _ => format!("{} %", tenths(rounded(part, whole, 1000))),
    }
}

/// Whole thousandths of a share, rounded down, but above 990 for anything above 99 %.
fn per_mille(part: u64, whole: u64) -> u64 {
    let (part, whole) = (u128::from(part), u128::from(whole.max(1)));
    let above = part * 100 > whole * 99 && part * 1000 / whole == 990;
    if above { 991 } else { u64::try_from(part * 1000 / whole).unwrap_or(u64::MAX) }
}

/// `part / whole · times`, to the nearest. No floats: writing those takes 10 kB of code.
fn rounded(part: u64, whole: u64, times: u64) -> u64 {
    let (part, whole) = (u128::from(part) * u128::from(times), u128::from(whole.max(1)));
    u64::try_from((part + whole / 2) / whole).unwrap_or(u64::MAX)
}

/// `419` as `41.9`.
fn tenths(count: u64) -> String {
    format!("{}.{}", count / 10, count % 10)
}

/// A share as a length of SVG, at most the whole: `12.34%`.
#[must_use]
pub fn breadth(part: u64, whole: u64) -> String {
    let parts = rounded(part.min(whole), whole, 10_000);
    format!("{}.{:02}%", parts / 100, parts % 100)
}

/// Bytes by thousands, one decimal: `241 B`, `41.9 kB`, `6.1 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut scale = 1000;
    let mut unit = 0;
    // 999.95 would be written as 1000.0
    while rounded(bytes, scale, 10) >= 10_000 && unit + 1 < UNITS.len() {
        scale *= 1000;
        unit += 1;
    }
    format!("{} {}", tenths(rounded(bytes, scale, 10)), UNITS[unit])
}

/// Bytes per second in whole MB: `236 MB/s`; `0.4 MB/s` below ten.
#[must_use]
pub fn rate(bytes: u64, elapsed_ms: u64) -> Option<String> {
    if elapsed_ms == 0 || bytes == 0 {
        return None;
    }
    let scale = elapsed_ms.saturating_mul(1000);
    Some(match rounded(bytes, scale, 10) {
        low @ 0..100 => format!("{} MB/s", tenths(low)),
        _ => format!("{} MB/s", rounded(bytes, scale, 1)),
    })
}

/// A stretch of logged time in its two largest units: `18 h 30 min`, `3 d`, `40 s`.
#[must_use]
pub fn duration(ms: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1000, "s")];
    let mut rest = ms;
    let mut parts = Vec::new();
    for (length, unit) in UNITS {
        let count = rest / length;
        rest %= length;
        if count > 0 {
            parts.push(format!("{} {unit}", grouped(count)));
        } else if !parts.is_empty() {
            break;
        }
        if parts.len() == 2 {
            break;
        }
    }
    if parts.is_empty() { format!("{ms} ms") } else { parts.join(" ") }
}

/// How long something took or will take: `0.1 s`, `6 s`, `2 min 5 s`.
#[must_use]
pub fn duration_short(ms: u64) -> String {
    if ms < 10_000 && !ms.is_multiple_of(1000) {
        format!("{} s", tenths(rounded(ms.max(50), 100, 1)))
    } else {
        duration(ms / 1000 * 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped() {
        for (count, text) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (48_312, "48,312"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(count), text);
        }
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn shares_round_without_claiming_all_or_nothing() {
        for (part, whole, whole_text, fine_text) in [
            (0, 0, "0 %", "0 %"),
            (0, 9, "0 %", "0 %"),
            (9, 9, "100 %", "100 %"),
            (1, 10_000, "<1 %", "<0.1 %"),
            (361, 17_204, "2 %", "2.1 %"),
            (9_999, 10_000, ">99 %", ">99 %"),
            (99, 100, "99 %", "99.0 %"),
            (9_901, 10_000, ">99 %", ">99 %"),
            (9, 1_000, "<1 %", "0.9 %"),
            (1, 1_000, "<1 %", "0.1 %"),
            (9, 10_001, "<1 %", "<0.1 %"),
            (15_340, 17_204, "89 %", "89.2 %"),
        ] {
            assert_eq!(
                (share(part, whole).as_str(), fine_share(part, whole).as_str()),
                (whole_text, fine_text)
            );
        }
    }

    #[test]
    fn sizes_count_by_thousands() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (41_872, "41.9 kB"),
            (999_949, "999.9 kB"),
            (999_951, "1.0 MB"),
            (251_000_000, "251.0 MB"),
        ] {
            assert_eq!(size(bytes), text);
        }
        assert!(size(u64::MAX).ends_with(" TB"));
        for (part, whole, text) in
            [(0, 0, "0.00%"), (1, 3, "33.33%"), (2, 3, "66.67%"), (5, 4, "100.00%"), (1, 20_000, "0.01%")]
        {
            assert_eq!(breadth(part, whole), text);
        }
    }

    #[test]
    fn durations_use_two_units() {
        for (ms, text) in [
            (0, "0 ms"),
            (40_000, "40 s"),
            (66_600_000, "18 h 30 min"),
            (86_400_000, "1 d"),
            (86_400_000 + 60_000, "1 d"),
            (90_000_000, "1 d 1 h"),
        ] {
            assert_eq!(duration(ms), text);
        }
        for (ms, text) in
            [(0, "0 ms"), (12, "0.1 s"), (1_900, "1.9 s"), (6_000, "6 s"), (125_400, "2 min 5 s")]
        {
            assert_eq!(duration_short(ms), text);
        }
        assert_eq!(rate(141_000_000, 1000).as_deref(), Some("141 MB/s"));
        assert_eq!(rate(1, 0), None);
    }
}
