//! The small parts that every view uses. Plain functions where no hook is needed, so that a row of a
//! table costs no component.

mod button;
mod chip;
mod icon;
mod same;
mod size;
mod value;

pub use button::{Button, ButtonKind, ButtonProps, IconButton, IconButtonProps, Segmented, SegmentedProps};
pub use chip::{Chip, ChipKind, ChipProps};
pub use icon::{Icon, icon, icon_small, icon_tiny};
pub use same::Same;
pub use size::use_width;
pub use value::{key_cap, labelled_count, mark, monogram, short_value, value};
