//! How numbers, times, identifiers and hostile text are written for a reader.
//!
//! Pure and without a clock, so the rules are tested natively; `ui` only places the results.
//! The short forms are for the eye: copying and filtering always use the whole value.

mod agent;
mod bars;
mod brush;
mod cards;
pub mod mask;
mod number;
mod scale;
mod short;
mod text;
mod time;

pub use agent::agent_family;
pub use bars::{Bars, Parts};
pub use brush::{Hold, after_key, bar_at, edges, times};
pub use cards::{CardOrder, ServiceCard, cards, fitting};
pub use mask::{DOTS, Masking, is_identifier, names_secret};
pub use number::{breadth, duration, duration_short, fine_share, grouped, rate, share, size};
pub use scale::{Tick, needs_years, round_up, ticks};
pub use short::{middle, path_end, source};
pub use text::shown;
pub use time::{
    DAY_MS, clock, day, day_clock, day_header, day_minute, day_start, day_year, full, iso, minute,
    month_year, parse_iso, year_minute,
};
