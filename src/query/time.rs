//! Times as people write them in a query.

/// The stretch of time that a written time means: `2026-03-01` is a whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeSpan {
    /// Its start, milliseconds since 1970 UTC.
    pub from_ms: i64,
    /// The millisecond behind its end.
    pub to_ms: i64,
}

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// Reads a month or a date, optionally with a time to the hour, minute, second or fraction, and an
/// offset; UTC where none is written.
pub(super) fn parse(text: &str) -> Option<TimeSpan> {
    let mut reader = Reader { bytes: text.as_bytes() };
    let (year, month) = (reader.number(4)?, reader.behind(b"-")?.number(2)?);
    if reader.bytes.is_empty() {
        let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        return between((year, month), (next_year, next_month));
    }
    let day = reader.behind(b"-")?.number(2)?;
    let date = days(year, month, day)?.checked_mul(DAY)?;
    if reader.bytes.is_empty() {
        return Some(TimeSpan { from_ms: date, to_ms: date + DAY });
    }
    let hour = reader.behind(b"Tt ")?.number(2)?;
    let mut precision = 60 * MINUTE;
    let (mut minute, mut second, mut fraction) = (0, 0, 0);
    if reader.behind(b":").is_some() {
        minute = reader.number(2)?;
        precision = MINUTE;
    }
    if precision == MINUTE && reader.behind(b":").is_some() {
        second = reader.number(2)?;
        precision = SECOND;
        if reader.behind(b".,").is_some() {
            (fraction, precision) = reader.fraction()?;
        }
    }
    // 23:59:60 is a leap second: it falls on the next day's first.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let offset = reader.offset()?;
    let from_ms = date + hour * 60 * MINUTE + minute * MINUTE + second * SECOND + fraction - offset;
    Some(TimeSpan { from_ms, to_ms: from_ms + precision })
}

/// Reads a year: four digits, which elsewhere are a number.
pub(super) fn year(text: &str) -> Option<TimeSpan> {
    let mut reader = Reader { bytes: text.as_bytes() };
    let year = reader.number(4).filter(|_| reader.bytes.is_empty())?;
    between((year, 1), (year + 1, 1))
}

/// From the first day of a month to that of another.
fn between(from: (i64, i64), to: (i64, i64)) -> Option<TimeSpan> {
    Some(TimeSpan { from_ms: days(from.0, from.1, 1)? * DAY, to_ms: days(to.0, to.1, 1)? * DAY })
}

/// The time that a text is meant to be: `2026/3/1` is `2026-03-01`.
pub(super) fn like(text: &str) -> Option<String> {
    let (date, time) =
        text.split_once(['T', 't']).map_or((text, ""), |(date, _)| (date, &text[date.len()..]));
    let mut parts = date.split(['-', '/', '.']);
    let mut out = parts.next().filter(|year| year.len() == 4)?.to_owned();
    for part in parts {
        out.push_str(if part.len() == 1 { "-0" } else { "-" });
        out.push_str(part);
    }
    out.push_str(time);
    parse(&out).map(|_| out)
}

struct Reader<'t> {
    bytes: &'t [u8],
}

impl Reader<'_> {
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (head, rest) = self.bytes.split_at_checked(digits)?;
        let value = head
            .iter()
            .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))?;
        self.bytes = rest;
        Some(value)
    }

    /// Steps over one of these bytes.
    fn behind(&mut self, any: &[u8]) -> Option<&mut Self> {
        let (first, rest) = self.bytes.split_first()?;
        any.contains(first).then(|| {
            self.bytes = rest;
            self
        })
    }

    /// A fraction of a second in milliseconds, and how long its last digit is, at least one.
    fn fraction(&mut self) -> Option<(i64, i64)> {
        let digits = self.bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (mut value, mut unit) = (0, SECOND);
        for byte in self.bytes.get(..digits).filter(|head| (1..=9).contains(&head.len()))?.iter().take(3) {
            unit /= 10;
            value += i64::from(byte - b'0') * unit;
        }
        self.bytes = self.bytes.get(digits..)?;
        Some((value, unit))
    }

    /// The offset at the end of the text, in milliseconds.
    fn offset(&mut self) -> Option<i64> {
        let Some((&sign, rest)) = self.bytes.split_first() else {
            return Some(0);
        };
        self.bytes = rest;
        let offset = match sign {
            b'Z' | b'z' => 0,
            b'+' | b'-' => {
                let hours = self.number(2)?;
                let minutes = if self.bytes.is_empty() {
                    0
                } else {
                    _ = self.behind(b":");
                    self.number(2)?
                };
                let offset = (hours * 60 + minutes) * MINUTE;
                if hours > 23 || minutes > 59 {
                    return None;
                }
                if sign == b'-' { -offset } else { offset }
            }
            _ => return None,
        };
        self.bytes.is_empty().then_some(offset)
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar; `None` if there is no such date.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let place = usize::try_from(month).ok()?.checked_sub(1)?;
    // Years are those of `event::time`: no event is of the year 0.
    if year < 1 || day < 1 || day > *lengths.get(place)? {
        return None;
    }
    let before: i64 = lengths.iter().take(place).sum();
    let last = year - 1;
    let leaps = last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400);
    // 719,162 days lie between 0001-01-01 and 1970-01-01.
    Some(last * 365 + leaps + before + day - 1 - 719_162)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_times_to_their_precision() {
        for (text, from_ms, length) in [
            ("1970-01-01", 0, DAY),
            ("2026-03-01", 1_772_323_200_000, DAY),
            ("2024-02-29", 1_709_164_800_000, DAY),
            ("1969-12-31", -DAY, DAY),
            ("2026-03-01T00:00Z", 1_772_323_200_000, MINUTE),
            ("2026-03-01T00", 1_772_323_200_000, 60 * MINUTE),
            ("2026-03-01T01+01:00", 1_772_323_200_000, 60 * MINUTE),
            ("2026-03", 1_772_323_200_000, 31 * DAY),
            ("1969-12", -31 * DAY, 31 * DAY),
            ("2026-03-01 00:00", 1_772_323_200_000, MINUTE),
            ("2026-03-01T01:02:03Z", 1_772_326_923_000, SECOND),
            ("2026-03-01t01:02:03.5z", 1_772_326_923_500, 100),
            ("2026-03-01T01:02:03.123456Z", 1_772_326_923_123, 1),
            ("2026-03-01T02:02:03+01:00", 1_772_326_923_000, SECOND),
            ("2026-02-28T20:02-0500", 1_772_326_920_000, MINUTE),
            ("2026-03-01T01:02+00", 1_772_326_920_000, MINUTE),
        ] {
            assert_eq!(parse(text), Some(TimeSpan { from_ms, to_ms: from_ms + length }), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-03-00",
            "2026-03-01T",
            "2026-03-01T25:00Z",
            "2026-03-01T10:00x",
            "2026-03-01T10:00Zx",
            "2026-03-01T10:00:00.Z",
            "2026-03-01T10:00+",
            "2026-03-01T10:00+1",
            "26-03-01",
            "0000-01-03",
            "2026-03-01T10:00:00.1234567890Z",
            "２026-03-01",
            "2026-03-01T10:00+24:00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
