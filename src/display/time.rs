//! Times, always UTC. Milliseconds since 1970 in, text out.

/// Milliseconds of one day.
pub const DAY_MS: i64 = 86_400_000;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// A moment as a calendar has it.
struct Civil {
    year: i64,
    /// 1 to 12.
    month: usize,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    millisecond: i64,
}

impl Civil {
    /// The Gregorian calendar from days, after Howard Hinnant's `civil_from_days`.
    fn of(ms: i64) -> Self {
        let in_day = ms.rem_euclid(DAY_MS);
        let z = ms.div_euclid(DAY_MS) + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        Self {
            year: yoe + era * 400 + i64::from(month <= 2),
            month: usize::try_from(month).unwrap_or(1),
            day: doy - (153 * mp + 2) / 5 + 1,
            hour: in_day / 3_600_000,
            minute: in_day / 60_000 % 60,
            second: in_day / 1000 % 60,
            millisecond: in_day % 1000,
        }
    }

    fn month_name(&self) -> &'static str {
        MONTHS.get(self.month.wrapping_sub(1)).copied().unwrap_or_default()
    }
}

/// Under a day header: `22:23:46`.
#[must_use]
pub fn clock(ms: i64) -> String {
    let t = Civil::of(ms);
    format!("{:02}:{:02}:{:02}", t.hour, t.minute, t.second)
}

/// On an axis: `18:00`.
#[must_use]
pub fn minute(ms: i64) -> String {
    let t = Civil::of(ms);
    format!("{:02}:{:02}", t.hour, t.minute)
}

/// `9 Jul`.
#[must_use]
pub fn day(ms: i64) -> String {
    let t = Civil::of(ms);
    format!("{} {}", t.day, t.month_name().get(..3).unwrap_or_default())
}

/// Where no day header says it: `9 Jul 22:23:46`.
#[must_use]
pub fn day_clock(ms: i64) -> String {
    format!("{} {}", day(ms), clock(ms))
}

/// In ranges: `9 Jul 18:00`.
#[must_use]
pub fn day_minute(ms: i64) -> String {
    format!("{} {}", day(ms), minute(ms))
}

/// Where nothing around says the year: `9 Jul 2023 18:00`.
#[must_use]
pub fn year_minute(ms: i64) -> String {
    format!("{} {}", day_year(ms), minute(ms))
}

/// Where years differ: `9 Jul 2023`.
#[must_use]
pub fn day_year(ms: i64) -> String {
    format!("{} {}", day(ms), Civil::of(ms).year)
}

/// On an axis of years: `Jul 2023`.
#[must_use]
pub fn month_year(ms: i64) -> String {
    let t = Civil::of(ms);
    format!("{} {}", t.month_name().get(..3).unwrap_or_default(), t.year)
}

/// Months since the year 0; the first millisecond of one comes back from [`month_start`].
pub(super) fn month_index(ms: i64) -> i64 {
    let t = Civil::of(ms);
    t.year * 12 + i64::try_from(t.month).unwrap_or(1) - 1
}

/// The first millisecond of a month, counted as [`month_index`] does.
pub(super) fn month_start(index: i64) -> i64 {
    days(index.div_euclid(12), index.rem_euclid(12) + 1, 1).saturating_mul(DAY_MS)
}

/// Above the rows of one day: `Sunday 9 July 2023`.
#[must_use]
pub fn day_header(ms: i64) -> String {
    let t = Civil::of(ms);
    let weekday = usize::try_from(ms.div_euclid(DAY_MS).rem_euclid(7)).unwrap_or_default();
    format!("{} {} {} {}", WEEKDAYS[weekday], t.day, t.month_name(), t.year)
}

/// The first millisecond of its day.
#[must_use]
pub fn day_start(ms: i64) -> i64 {
    ms.div_euclid(DAY_MS).saturating_mul(DAY_MS)
}

/// In the inspector: `2023-07-09 22:23:46 UTC`.
#[must_use]
pub fn full(ms: i64) -> String {
    let t = Civil::of(ms);
    format!("{:04}-{:02}-{:02} {} UTC", t.year, t.month, t.day, clock(ms))
}

/// For attributes and queries, ISO 8601: `2023-07-09T22:23:46Z`, with milliseconds where there are any.
#[must_use]
pub fn iso(ms: i64) -> String {
    let t = Civil::of(ms);
    let fraction = if t.millisecond == 0 { String::new() } else { format!(".{:03}", t.millisecond) };
    format!("{:04}-{:02}-{:02}T{}{fraction}Z", t.year, t.month, t.day, clock(ms))
}

/// Days since 1970, after Howard Hinnant's `days_from_civil`.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let yoe = shifted.rem_euclid(400);
    let doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// The reverse of [`iso`], for exactly what it writes.
#[must_use]
pub fn parse_iso(text: &str) -> Option<i64> {
    let text = text.strip_suffix('Z')?;
    let (date, time) = text.split_once('T')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut date = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (date.next()?.ok()?, date.next()?.ok()?, date.next()?.ok()?);
    let mut time = time.splitn(3, ':').map(str::parse::<i64>);
    let (hour, minute, second) = (time.next()?.ok()?, time.next()?.ok()?, time.next()?.ok()?);
    let in_range = (0..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    if !in_range {
        return None;
    }
    let days = days(year, month, day);
    Some(days * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction.parse::<i64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JULY: i64 = 1_688_941_426_000;

    #[test]
    fn a_moment_in_every_form() {
        for (made, text) in [
            (clock(JULY), "22:23:46"),
            (minute(JULY), "22:23"),
            (day(JULY), "9 Jul"),
            (day_clock(JULY), "9 Jul 22:23:46"),
            (day_minute(JULY), "9 Jul 22:23"),
            (day_header(JULY), "Sunday 9 July 2023"),
            (full(JULY), "2023-07-09 22:23:46 UTC"),
            (iso(JULY), "2023-07-09T22:23:46Z"),
            (iso(JULY + 7), "2023-07-09T22:23:46.007Z"),
            (iso(0), "1970-01-01T00:00:00Z"),
            (iso(-1), "1969-12-31T23:59:59.999Z"),
            (iso(951_782_400_000), "2000-02-29T00:00:00Z"),
            (day_header(0), "Thursday 1 January 1970"),
            (day_year(JULY), "9 Jul 2023"),
            (month_year(JULY), "Jul 2023"),
            (iso(month_start(month_index(JULY))), "2023-07-01T00:00:00Z"),
            (iso(month_start(month_index(JULY) + 6)), "2024-01-01T00:00:00Z"),
        ] {
            assert_eq!(made, text);
        }
        assert_eq!(iso(day_start(JULY)), "2023-07-09T00:00:00Z");
    }

    #[test]
    fn iso_comes_back() {
        for ms in [0, JULY, JULY + 7, 951_782_400_000, 4_102_444_799_999] {
            assert_eq!(parse_iso(&iso(ms)), Some(ms));
        }
        for text in ["", "2023-07-09", "2023-13-09T00:00:00Z", "2023-07-09T24:00:00Z", "aTb:c:dZ"] {
            assert_eq!(parse_iso(text), None, "{text}");
        }
    }

    #[test]
    fn no_millisecond_is_too_far() {
        for ms in [i64::MIN, i64::MAX] {
            assert!(!full(ms).is_empty() && !day_header(ms).is_empty());
            let _ = day_start(ms);
        }
    }
}
