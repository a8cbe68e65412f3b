//! Times that move by whole days, or lose their minutes.

use crate::event::{Civil, format_time, parse_time_ms};
use crate::protocol::Times;

const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;

/// What becomes of a time, in milliseconds since 1970 UTC.
fn changed(ms: i64, times: Times, days: i32) -> i64 {
    match times {
        Times::Kept => ms,
        Times::Shifted => ms.saturating_add(i64::from(days) * DAY_MS),
        Times::Coarsened => ms.div_euclid(HOUR_MS) * HOUR_MS,
    }
}

/// A text with the times in it changed; `None` where there are none. Read are `2023-07-09T22:23:46Z`,
/// with a blank for the `T`, and the form of response elements, `Jul 9, 2023, 10:23:46 PM`.
pub fn retimed(text: &str, times: Times, days: i32) -> Option<String> {
    if times == Times::Kept || text.len() < 16 {
        return None;
    }
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while at + 16 <= bytes.len() {
        let begins = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        let new =
            if begins { iso(text, at, times, days).or_else(|| worded(text, at, times, days)) } else { None };
        match new {
            Some((length, new)) => {
                out.push_str(text.get(copied..at)?);
                out.push_str(&new);
                at += length;
                copied = at;
            }
            None => at += 1,
        }
    }
    (copied > 0).then(|| out + text.get(copied..).unwrap_or_default())
}

/// `2023-07-09T22:23:46` and what it goes on with stays.
fn iso(text: &str, at: usize, times: Times, days: i32) -> Option<(usize, String)> {
    const LENGTH: usize = 19;
    let part = text.get(at..at + LENGTH)?;
    let fits = part.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        10 => matches!(byte, b'T' | b' '),
        13 | 16 => byte == b':',
        _ => byte.is_ascii_digit(),
    });
    if !fits {
        return None;
    }
    let ms = parse_time_ms(&format!("{}T{}Z", part.get(..10)?, part.get(11..)?))?;
    let new = format_time(changed(ms, times, days));
    Some((LENGTH, format!("{}{}{}", new.get(..10)?, part.get(10..11)?, new.get(11..LENGTH)?)))
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `Jul 9, 2023, 10:23:46 PM`, with or without the second comma.
fn worded(text: &str, at: usize, times: Times, days: i32) -> Option<(usize, String)> {
    const LONGEST: usize = 32;
    let end = (at..=text.len().min(at + LONGEST)).rev().find(|end| text.is_char_boundary(*end))?;
    let rest = text.get(at..end)?;
    let month = MONTHS.iter().position(|name| rest.starts_with(name))? + 1;
    let (day, after) = rest.get(4..)?.split_once(", ")?;
    let (year, after) = (after.get(..4)?, after.get(4..)?);
    let comma = after.starts_with(',');
    let time = after.trim_start_matches(',').strip_prefix(' ')?;
    let (clock, half) = time.split_once(' ')?;
    let half = half.get(..2).filter(|half| ["AM", "PM"].contains(half))?;
    let mut parts = clock.split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let hour = hour % 12 + if half == "PM" { 12 } else { 0 };
    let day: u8 = day.parse().ok()?;
    let ms = parse_time_ms(&format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))?;
    let new = Civil::from_ms(changed(ms, times, days));
    let (hour, half) = (new.hour % 12, if new.hour < 12 { "AM" } else { "PM" });
    let comma = if comma { "," } else { "" };
    let written = format!(
        "{} {}, {}{comma} {}:{:02}:{:02} {half}",
        new.month_name(),
        new.day,
        new.year,
        if hour == 0 { 12 } else { hour },
        new.minute,
        new.second
    );
    let length = rest.len() - time.len() + clock.len() + 3;
    Some((length, written))
}

/// A number of seconds or milliseconds since 1970 changed; `None` where it is not such a number.
pub fn renumbered(text: &str, times: Times, days: i32) -> Option<String> {
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let number: i64 = whole.parse().ok()?;
    let scale = match whole.len() {
        10 => 1000,
        13 => 1,
        _ => return None,
    };
    let new = changed(number.checked_mul(scale)?, times, days) / scale;
    let rest = if times == Times::Coarsened { "" } else { rest };
    (times != Times::Kept).then(|| format!("{new}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, shifted: &str, coarsened: &str) {
        assert_eq!(retimed(text, Times::Kept, 3), None);
        assert_eq!(retimed(text, Times::Shifted, 3).as_deref().unwrap_or(text), shifted);
        assert_eq!(retimed(text, Times::Coarsened, 3).as_deref().unwrap_or(text), coarsened);
    }

    #[test]
    fn times_move_by_days_or_lose_their_minutes() {
        check("2023-12-30T22:23:46Z", "2024-01-02T22:23:46Z", "2023-12-30T22:00:00Z");
        check(
            "at 2023-07-09 22:23:46.123, x",
            "at 2023-07-12 22:23:46.123, x",
            "at 2023-07-09 22:00:00.123, x",
        );
        check("Jul 9, 2023, 12:05:07 AM", "Jul 12, 2023, 12:05:07 AM", "Jul 9, 2023, 12:00:00 AM");
        check("Dec 31, 2023 11:05:07 PM", "Jan 3, 2024 11:05:07 PM", "Dec 31, 2023 11:00:00 PM");
        for same in [
            "",
            "2023-07-09",
            "Jul 9, 2023",
            "Jul x, 2023, 1:1:1 AM",
            "2023-13-45T99:99:99Z",
            "éééééééééééééééé",
        ] {
            check(same, same, same);
        }
        assert_eq!(renumbered("1688941426.5", Times::Shifted, 1).as_deref(), Some("1689027826.5"));
        assert_eq!(renumbered("1688941426123", Times::Coarsened, 1).as_deref(), Some("1688940000000"));
        assert_eq!(renumbered("12", Times::Shifted, 1), None);
    }
}
