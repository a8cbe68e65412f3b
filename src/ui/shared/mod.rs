//! The small parts that every view uses. Plain functions where no hook is needed, so that a row of a
//! table costs no component.

mod button;
mod chip;
mod choice;
mod dialog;
mod icon;
mod mask;
mod names;
mod no_match;
mod path_input;
mod same;
mod size;
mod unfold;
mod value;
mod verdict;
mod zone;

pub use crate::services::{CardFact, ServiceNames, card_facts, card_key};
pub use button::{Button, ButtonKind, button, click, icon_button, icon_button_as, segmented};
pub use chip::{ChipKind, chip};
pub use choice::{Choice, OnFilter};
pub use dialog::{Dialog, DialogProps};
pub use icon::{Icon, icon, icon_small, icon_tiny};
pub use mask::{
    is_masked_at, masked, masked_as, masked_query, masking, set_masking, shown, shown_as, shown_at,
    shown_away, shown_in,
};
pub use names::{Names, name_of, named, service};
pub use no_match::no_match;
pub use path_input::{PathInput, PathInputProps};
pub use same::Same;
pub use size::use_width;
pub use unfold::{Unfolded, in_sight, more};
pub use value::{
    bold, column_header, key_cap, labelled_count, mark, monogram, sentence, span, titled, value,
};
pub use verdict::{verdict_look, verdict_mark};
pub use zone::{
    OFFSETS, Zone, clock, day, day_clock, day_header, day_minute, day_year, full, local, set_zone, zone_at,
};
