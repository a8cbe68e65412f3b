//! Times: any text, and every way of writing one.

use trailscope::event::time::{DAY_MS, day_start_ms};
use trailscope::event::{Civil, format_time, parse_time_ms};
use trailscope::query;

use crate::choice::Choice;

/// The first and the last millisecond that four digits of a year can write.
const FIRST: i64 = -62_135_596_800_000;
const LAST: i64 = 253_402_300_799_999;

/// Reads the bytes as a time, and as the digits of one.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let time = parse_time_ms(&text);
    if let Some(ms) = time {
        // An offset can lead a little out of the years that four digits can write.
        assert!((FIRST - DAY_MS..=LAST + DAY_MS + 1_000).contains(&ms), "{ms}");
        calendar(ms);
    }
    queried(&text, time);
    let mut number = [0; 8];
    data.iter().zip(&mut number).for_each(|(byte, place)| *place = *byte);
    let number = i64::from_le_bytes(number);
    calendar(number);
    calendar(number.rem_euclid(LAST - FIRST + 1) + FIRST);
    written(data);
}

/// The calendar's view of an instant leads back to it.
fn calendar(ms: i64) {
    let civil = Civil::from_ms(ms);
    assert!(!civil.month_name().is_empty() && !civil.weekday_name().is_empty(), "{civil:?}");
    let next = Civil::from_ms(ms.saturating_add(DAY_MS));
    assert!(next >= civil || ms > i64::MAX / 2, "{civil:?} {next:?}");
    let text = format_time(ms);
    if (FIRST..=LAST).contains(&ms) {
        assert_eq!(parse_time_ms(&text), Some(ms), "{text}");
        let day = day_start_ms(civil.year, civil.month, civil.day).expect("it is in the calendar");
        assert!((day..day + DAY_MS).contains(&ms), "{text}");
    }
}

/// The query language reads times on its own; where both take a text they mean the same.
fn queried(text: &str, time: Option<i64>) {
    let is_bare =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-+.:".contains(&byte));
    if !is_bare || text.starts_with([':', '-']) {
        return;
    }
    let Ok(query) = query::parse(&format!("eventTime:{text}")) else { return };
    let Some(ms) = time else {
        // A year, a month or an hour means all of it, which no event can have as its time.
        let partial = text.as_bytes().get("2023-07-10T11".len()).is_none_or(|byte| b"Zz+-".contains(byte));
        assert!(partial, "only the query takes {text}");
        return;
    };
    let plan = query.plan();
    let times = [ms - 1, ms];
    let eval = plan.evaluate(&Times(times));
    assert!(!eval.yes.get(0) && eval.yes.get(1), "{text} is not {ms}");
}

/// Text that is put together from numbers means what those numbers mean.
fn written(data: &[u8]) {
    let &[year_high, year_low, month, day, hour, minute, second, style, zone, ..] = data else { return };
    let mut choice = Choice::of(data);
    let year = i64::from(u16::from_le_bytes([year_low, year_high]) % 10_000);
    let (month, day) = (month % 14, day % 33);
    let (hour, minute, second) = (i64::from(hour % 25), i64::from(minute % 61), i64::from(second % 62));
    let (offset_hours, offset_minutes) = (i64::from(zone % 24), i64::from(zone / 24 * 7 % 60));
    let (dash, colon) = if style & 1 == 0 { ("-", ":") } else { ("", "") };
    let between = if style & 1 == 1 || style & 2 == 0 { 'T' } else { ' ' };
    let (sign, distance) = if style & 4 == 0 { ('+', 1) } else { ('-', -1) };
    let fraction = choice.below(1_000);
    let text = format!(
        "{year:04}{dash}{month:02}{dash}{day:02}{between}{hour:02}{colon}{minute:02}{colon}{second:02}.{fraction:03}{sign}{offset_hours:02}{colon}{offset_minutes:02}"
    );
    let exists = hour < 24 && minute < 60 && second < 61;
    let expected = days(year, month, day).filter(|_| exists).map(|days| {
        let seconds =
            (hour * 60 + minute) * 60 + second - distance * (offset_hours * 60 + offset_minutes) * 60;
        days * DAY_MS + seconds * 1_000 + i64::try_from(fraction).unwrap_or(0)
    });
    assert_eq!(parse_time_ms(&text), expected, "{text}");
}

/// Days since 1970-01-01, counted year by year and month by month.
fn days(year: i64, month: u8, day: u8) -> Option<i64> {
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let at = usize::from(month).checked_sub(1)?;
    let length = *lengths.get(at)?;
    if year == 0 || day == 0 || i64::from(day) > length {
        return None;
    }
    // From the nearest start of a 400-year stretch.
    let start = year / 400 * 400;
    let whole: i64 = (start..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let in_year: i64 = lengths[..at].iter().sum();
    Some((start - 2000) / 400 * 146_097 + 10_957 + whole + in_year + i64::from(day) - 1)
}

/// Two events of which only the time is known.
struct Times([i64; 2]);

impl query::Table for Times {
    fn len(&self) -> usize {
        2
    }

    fn distinct(&self, _: trailscope::field::Field) -> u32 {
        1
    }

    fn ids(&self, _: trailscope::field::Field) -> &[u32] {
        &[0, 0]
    }

    fn rows(&self, _: trailscope::field::Field) -> Option<&[u32]> {
        None
    }

    fn test(&self, _: trailscope::field::Field, _: u32, test: &mut dyn FnMut(Option<&str>) -> bool) -> bool {
        test(None)
    }

    fn times_ms(&self) -> &[i64] {
        &self.0
    }
}
