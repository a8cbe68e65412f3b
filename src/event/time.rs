//! Event times: ISO 8601 text to milliseconds and back, without a calendar library.

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

/// A moment in the Gregorian calendar, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    /// Year, 1 to 9999 for every time that [`parse_time_ms`] gives.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// 0 to 999.
    pub milli: u16,
    /// 0 is Monday, 6 is Sunday.
    pub weekday: u8,
}

impl Civil {
    /// The calendar's view of a time in milliseconds since 1970 UTC. Times more than a million years
    /// away are moved to that border.
    #[must_use]
    pub fn from_ms(ms: i64) -> Self {
        let far = DAY_MS * 366_000_000;
        let ms = ms.clamp(-far, far);
        let days = ms.div_euclid(DAY_MS);
        let in_day = ms.rem_euclid(DAY_MS);
        let (year, month, day) = date_of(days);
        // In range by the arithmetic; the fallback only satisfies the type.
        let small = |value: i64| u8::try_from(value).unwrap_or(0);
        Self {
            year,
            month: small(month),
            day: small(day),
            hour: small(in_day / 3_600_000),
            minute: small(in_day / 60_000 % 60),
            second: small(in_day / 1000 % 60),
            milli: u16::try_from(in_day % 1000).unwrap_or(0),
            weekday: small((days + 3).rem_euclid(7)),
        }
    }

    /// `Jan` to `Dec`.
    #[must_use]
    pub fn month_name(&self) -> &'static str {
        const NAMES: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        NAMES.get(usize::from(self.month).wrapping_sub(1)).copied().unwrap_or("")
    }

    /// `Mon` to `Sun`.
    #[must_use]
    pub fn weekday_name(&self) -> &'static str {
        const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        NAMES.get(usize::from(self.weekday)).copied().unwrap_or("")
    }
}

/// Milliseconds since 1970 of the start of a day, UTC. `None` for a date that is not in the calendar.
#[must_use]
pub fn day_start_ms(year: i64, month: u8, day: u8) -> Option<i64> {
    let valid = (1..=9999).contains(&year)
        && (1..=12).contains(&month)
        && day >= 1
        && day <= month_length(year, month);
    valid.then(|| days_until(year, i64::from(month), i64::from(day)) * DAY_MS)
}

fn month_length(year: i64, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01, by the arithmetic of 400-year eras that start on 1 March of year 0.
fn days_until(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day counted from 1970-01-01: the way back from [`days_until`].
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Reads an ISO 8601 time as milliseconds since 1970 UTC; digits behind the millisecond are dropped.
///
/// Takes what stands in real records: `2023-07-09T22:23:46Z`, a space for the `T`, fractions of a
/// second, `+11:00`, `+1100` or `+11` for the `Z`, no zone at all (CloudTrail's times are UTC), the
/// basic form `20131102T010628Z` (userIdentity reference, `creationDate`), no seconds, no time. A leap
/// second is the second after. So are numbers of seconds or milliseconds since 1970, and ` UTC` for the `Z`. Anything else, and any date or time that does not exist, is `None`.
#[must_use]
pub fn parse_time_ms(text: &str) -> Option<i64> {
    let mut digits = Digits(text.trim_ascii().as_bytes());
    if let Some(time) = epoch(digits.0) {
        return Some(time);
    }
    let year = digits.number(4)?;
    let extended = digits.skip(|byte| byte == b'-');
    let month = digits.number(2)?;
    if extended && !digits.skip(|byte| byte == b'-') {
        return None;
    }
    let day = digits.number(2)?;
    let date = day_start_ms(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    if digits.0.is_empty() {
        return Some(date);
    }
    if !digits.skip(|byte| matches!(byte, b'T' | b't' | b' ')) {
        return None;
    }
    let time = digits.time_of_day(extended)?;
    let zone = digits.zone()?;
    digits.0.is_empty().then(|| date + time - zone)
}

/// Seconds since 1970 with or without a fraction, or milliseconds: ten digits or thirteen.
fn epoch(text: &[u8]) -> Option<i64> {
    let mut digits = Digits(text);
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let time = match count {
        10 => {
            digits.number(10)? * 1000 + if digits.skip(|byte| byte == b'.') { digits.fraction()? } else { 0 }
        }
        13 => digits.number(13)?,
        _ => return None,
    };
    digits.0.is_empty().then_some(time)
}

/// What is left of a time.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn skip(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        match self.0.split_first() {
            Some((&byte, rest)) if wanted(byte) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    /// Just so many digits.
    fn number(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let value = digits.iter().try_fold(0, |value, &digit| {
            digit.is_ascii_digit().then(|| value * 10 + i64::from(digit - b'0'))
        })?;
        self.0 = rest;
        Some(value)
    }

    fn time_of_day(&mut self, extended: bool) -> Option<i64> {
        let hour = self.number(2).filter(|&hour| hour < 24)?;
        if extended && !self.skip(|byte| byte == b':') {
            return None;
        }
        let minute = self.number(2).filter(|&minute| minute < 60)?;
        let has_seconds = if extended { self.skip(|byte| byte == b':') } else { self.next_is_digit() };
        let second = if has_seconds { self.number(2).filter(|&second| second <= 60)? } else { 0 };
        let milli =
            if has_seconds && self.skip(|byte| matches!(byte, b'.' | b',')) { self.fraction()? } else { 0 };
        Some(((hour * 60 + minute) * 60 + second) * 1000 + milli)
    }

    fn next_is_digit(&self) -> bool {
        self.0.first().is_some_and(u8::is_ascii_digit)
    }

    /// Digits as milliseconds; those behind the ninth change nothing.
    fn fraction(&mut self) -> Option<i64> {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return None;
        }
        let value = self.number(count.min(9))?;
        self.0 = self.0.get(count.saturating_sub(9)..)?;
        let scale = 10_i64.pow(u32::try_from(count.min(9)).ok()?);
        Some(value * 1000 / scale)
    }

    /// The zone's distance from UTC in milliseconds.
    fn zone(&mut self) -> Option<i64> {
        // Athena writes ` UTC`.
        let name = self.0.trim_ascii_start();
        if name == b"UTC" || name == b"GMT" {
            self.0 = &[];
        }
        if self.0.is_empty() || self.skip(|byte| matches!(byte, b'Z' | b'z')) {
            return Some(0);
        }
        let west = self.0.first() == Some(&b'-');
        if !self.skip(|byte| matches!(byte, b'+' | b'-')) {
            return None;
        }
        let hours = self.number(2).filter(|&hours| hours < 24)?;
        let colon = self.skip(|byte| byte == b':');
        let minutes =
            if colon || !self.0.is_empty() { self.number(2).filter(|&minutes| minutes < 60)? } else { 0 };
        let distance = (hours * 60 + minutes) * 60_000;
        Some(if west { -distance } else { distance })
    }
}

/// Writes a time as `2023-07-09T22:23:46Z`, with milliseconds only where there are any.
#[must_use]
pub fn format_time(ms: i64) -> String {
    let Civil { year, month, day, hour, minute, second, milli, .. } = Civil::from_ms(ms);
    let fraction = if milli == 0 { String::new() } else { format!(".{milli:03}") };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_stands_in_real_records() {
        for (text, written) in [
            ("2023-07-09T22:23:46Z", "2023-07-09T22:23:46Z"),
            ("2019-05-23 15:12:13", "2019-05-23T15:12:13Z"),
            ("2019-05-23T15:12:13", "2019-05-23T15:12:13Z"),
            ("20131102T010628Z", "2013-11-02T01:06:28Z"),
            ("20131102T010628.5Z", "2013-11-02T01:06:28.500Z"),
            ("2022-02-08 09:23:37+11:00", "2022-02-07T22:23:37Z"),
            ("2022-02-08T09:23:37-0530", "2022-02-08T14:53:37Z"),
            ("2022-02-08T09:23:37+11", "2022-02-07T22:23:37Z"),
            ("2024-02-29T23:59:59.123456789Z", "2024-02-29T23:59:59.123Z"),
            ("2024-02-29T23:59:59.9Z", "2024-02-29T23:59:59.900Z"),
            ("2024-02-29T23:59:59.12345678901234567890123Z", "2024-02-29T23:59:59.123Z"),
            ("2026-01-01 00:00:00.000 UTC", "2026-01-01T00:00:00Z"),
            ("1688941426", "2023-07-09T22:23:46Z"),
            ("1688941426.5", "2023-07-09T22:23:46.500Z"),
            ("1688941426123", "2023-07-09T22:23:46.123Z"),
            ("2026-03-01T00:00Z", "2026-03-01T00:00:00Z"),
            ("2026-03-01", "2026-03-01T00:00:00Z"),
            (" 2016-12-31t23:59:60z ", "2017-01-01T00:00:00Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(parse_time_ms(text).map(format_time).as_deref(), Some(written), "{text}");
        }
        assert_eq!(parse_time_ms("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(parse_time_ms("2023-07-09T22:23:46Z"), Some(1_688_941_426_000));
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "redacted",
            "...",
            "timestamp",
            "yyyy-mm-ddThh:mm:ssZ",
            "2023-13-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "1900-02-29",
            "0000-01-01",
            "2023-01-00",
            "2023-01-01T24:00:00Z",
            "2023-01-01T00:60:00Z",
            "2023-01-01T00:00:61Z",
            "2023-01-01T00:00:00.Z",
            "2023-01-01T00:00:00X",
            "2023-01-01T00:00:00+1",
            "2023-01-01T00:00:00+25:00",
            "2023-01-01T00:00:00Z and more",
            "168894142",
            "1688941426x",
            "1688941426.",
            "2023-01-01T00:00:00 CET",
            "2023-0102",
            "20230102 01:02:03",
            "2023-01-01T",
            "２０２３-01-01",
        ] {
            assert_eq!(parse_time_ms(text), None, "{text}");
        }
    }

    #[test]
    fn knows_its_weekdays_and_months() {
        let civil = Civil::from_ms(1_688_941_426_000);
        assert_eq!(
            (civil.weekday_name(), civil.day, civil.month_name(), civil.year),
            ("Sun", 9, "Jul", 2023)
        );
        assert_eq!(Civil::from_ms(0).weekday_name(), "Thu");
        assert_eq!(Civil::from_ms(i64::MAX).hour, 0);
        assert_eq!(Civil::from_ms(i64::MIN).milli, 0);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(ms in -62_135_596_800_000_i64..=253_402_300_799_999) {
            prop_assert_eq!(parse_time_ms(&format_time(ms)), Some(ms));
        }

        #[test]
        fn no_text_hurts(text in any::<String>()) {
            let _ = parse_time_ms(&text);
        }

        #[test]
        fn neither_does_what_looks_like_a_time(text in "[0-9T:.Z+\\- ]{0,30}") {
            let _ = parse_time_ms(&text);
        }
    }
}
