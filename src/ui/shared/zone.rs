//! The time zone that times are read in, in one place. The data, the query and what is handed over stay
//! in UTC.
//!
//! It is kept beside the components and not in their properties, as the mask is: when it changes, the
//! page draws its parts anew.

use std::cell::Cell;

use crate::display;
use crate::web::page;

/// A time zone to read times in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// As logged.
    #[default]
    Utc,
    /// That of this computer, with its summer times.
    Local,
    /// So many minutes before UTC.
    Offset(i16),
}

/// The offsets in use that can be chosen, in minutes.
pub const OFFSETS: [i16; 37] = [
    -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 60, 120, 180, 210,
    240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 840,
];

thread_local! {
    static ZONE: Cell<Zone> = const { Cell::new(Zone::Utc) };
}

impl Zone {
    /// For the value of a choice: `utc`, `local` or the minutes.
    pub fn key(self) -> String {
        match self {
            Self::Utc => "utc".to_owned(),
            Self::Local => "local".to_owned(),
            Self::Offset(minutes) => minutes.to_string(),
        }
    }

    /// The zone of this [`Zone::key`].
    pub fn by_key(key: &str) -> Self {
        match key {
            "local" => Self::Local,
            key => key.parse().map_or(Self::Utc, Self::Offset),
        }
    }

    /// UTC, or from it to the local one.
    pub fn switched(self) -> Self {
        if self == Self::Utc { Self::Local } else { Self::Utc }
    }

    /// What is added to a moment to read it here, in minutes.
    fn minutes(self, ms: i64) -> i64 {
        match self {
            Self::Utc => 0,
            Self::Local => page::local_minutes(ms),
            Self::Offset(minutes) => i64::from(minutes),
        }
    }

    /// `UTC`, `UTC+2`, `UTC−3:30`, at a moment.
    pub fn name(self, ms: i64) -> String {
        let minutes = self.minutes(ms);
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        let sign = if minutes < 0 { '\u{2212}' } else { '+' };
        match (minutes, rest) {
            (0, _) => "UTC".to_owned(),
            (_, 0) => format!("UTC{sign}{hours}"),
            _ => format!("UTC{sign}{hours}:{rest:02}"),
        }
    }
}

/// Sets the zone.
pub fn set_zone(zone: Zone) {
    ZONE.set(zone);
}

/// The moment whose UTC reads as this one does here.
pub fn local(ms: i64) -> i64 {
    ms.saturating_add(ZONE.get().minutes(ms) * 60_000)
}

/// The name of the zone at a moment.
pub fn zone_at(ms: i64) -> String {
    ZONE.get().name(ms)
}

/// [`display::clock`], here.
pub fn clock(ms: i64) -> String {
    display::clock(local(ms))
}

/// [`display::day`], here.
pub fn day(ms: i64) -> String {
    display::day(local(ms))
}

/// [`display::day_clock`], here.
pub fn day_clock(ms: i64) -> String {
    display::day_clock(local(ms))
}

/// [`display::day_minute`], here.
pub fn day_minute(ms: i64) -> String {
    display::day_minute(local(ms))
}

/// [`display::day_year`], here.
pub fn day_year(ms: i64) -> String {
    display::day_year(local(ms))
}

/// [`display::day_header`], here.
pub fn day_header(ms: i64) -> String {
    display::day_header(local(ms))
}

/// [`display::full`], here, with the name of the zone.
pub fn full(ms: i64) -> String {
    let text = display::full(local(ms));
    text.strip_suffix("UTC").map_or_else(|| text.clone(), |text| format!("{text}{}", zone_at(ms)))
}
