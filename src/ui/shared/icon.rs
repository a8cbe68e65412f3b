//! Icons, drawn here: 16 px grid, 1.4 px stroke, round ends, the colour of the text around them.
//!
//! An icon never stands alone for a meaning: a word or an accessible name goes with it, so the
//! drawing itself is hidden from screen readers.

use yew::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = [$($shape:expr),+ $(,)?];)+) => {
        /// What a drawing means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon { $($(#[$doc])* $name,)+ }

        impl Icon {
            fn shapes(self) -> &'static [Shape] {
                match self { $(Self::$name => &[$($shape),+],)+ }
            }
        }
    };
}

/// One `path` of an icon.
enum Shape {
    /// Stroked.
    Line(&'static str),
    /// Stroked with dashes.
    Dashed(&'static str, &'static str),
    /// Filled.
    Solid(&'static str),
}
use Shape::{Dashed, Line, Solid};

const RING: &str = "M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8Z";

icons! {
    /// The brand: a rising trail.
    Brand = [Line("M1.5 12.5 5.2 8l2.6 2.4 6.2-7"), Line("M1.5 12.5h.01")];
    /// Find.
    Search = [Line("M2.5 7a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0Z"), Line("m10.4 10.4 3.2 3.2")];
    /// `readOnly` is false.
    Write = [
        Line("M2.8 13.2 3.4 10.4 10.9 2.9a1.55 1.55 0 0 1 2.2 2.2L5.6 12.6Z"),
        Line("m9.6 4.2 2.2 2.2"),
    ];
    /// The call failed.
    Error = [Line(RING), Line("m5.8 5.8 4.4 4.4M10.2 5.8 5.8 10.2")];
    /// AWS hid a value.
    Hid = [
        Line("M2.95 4.75h10.1a1.2 1.2 0 0 1 1.2 1.2v4.1a1.2 1.2 0 0 1-1.2 1.2H2.95a1.2 1.2 0 0 1-1.2-1.2v-4.1a1.2 1.2 0 0 1 1.2-1.2Z"),
        Line("m4.2 11 2.6-6M7.4 11 10 5M10.6 11l2.6-6"),
    ];
    /// A value nobody hid.
    Leak = [
        Line("M1.5 8S4 3.7 8 3.7 14.5 8 14.5 8 12 12.3 8 12.3 1.5 8 1.5 8Z"),
        Line("M6.1 8a1.9 1.9 0 1 0 3.8 0 1.9 1.9 0 1 0-3.8 0Z"),
    ];
    /// Masked on screen.
    Masked = [
        Line("M1.5 8S4 3.7 8 3.7 14.5 8 14.5 8 12 12.3 8 12.3 1.5 8 1.5 8Z"),
        Line("M6.1 8a1.9 1.9 0 1 0 3.8 0 1.9 1.9 0 1 0-3.8 0Z"),
        Line("m2.8 13.2 10.4-10.4"),
    ];
    /// Scrubbed by people after logging.
    Scrub = [
        Dashed("M2.95 4.25h10.1a1.2 1.2 0 0 1 1.2 1.2v5.1a1.2 1.2 0 0 1-1.2 1.2H2.95a1.2 1.2 0 0 1-1.2-1.2v-5.1a1.2 1.2 0 0 1 1.2-1.2Z", "2.2 1.8"),
        Line("M5.2 8h5.6"),
    ];
    /// Cut by CloudTrail.
    Cut = [
        Line("M3 2.5h10v9.2l-1.7 1.6-1.6-1.6L8 13.3l-1.7-1.6-1.6 1.6L3 11.7Z"),
        Line("M5.5 5.5h5M5.5 8.2h5"),
    ];
    /// Not logged by design.
    NotLogged = [Line("M5.8 3.2c-1.5 0-1.3 1.4-1.3 2.4S4.2 8 2.8 8c1.4 0 1.7 1.3 1.7 2.4s-.2 2.4 1.3 2.4M10.2 3.2c1.5 0 1.3 1.4 1.3 2.4s.3 2.4 1.7 2.4c-1.4 0-1.7 1.3-1.7 2.4s.2 2.4-1.3 2.4")];
    /// The root user.
    Root = [Line("M2.5 12.5 2 5.2l3.3 2.5L8 3.3l2.7 4.4L14 5.2l-.5 7.3Z")];
    /// Signed in without MFA.
    NoMfa = [Line("M8 1.8 13 3.6v4c0 3.2-2.1 5.4-5 6.6-2.9-1.2-5-3.4-5-6.6v-4Z"), Line("m5.8 5.8 4.4 4.4")];
    /// Worth a look.
    Flag = [Line("M3.5 14V2.5M3.5 3h8.2l-1.8 2.8 1.8 2.8H3.5")];
    /// Yes; proven.
    Check = [Line(RING), Line("m5.3 8.3 1.9 1.9 3.6-4")];
    /// A bare tick.
    Tick = [Line("m3 8.6 3.2 3.2L13 4.8")];
    /// Consistent.
    Equal = [Line(RING), Line("M5.4 6.7h5.2M5.4 9.3h5.2")];
    /// Altered.
    NotEqual = [Line(RING), Line("M5.4 6.7h5.2M5.4 9.3h5.2"), Line("M9.9 4.7 6.1 11.3")];
    /// No; not covered; filter out.
    Minus = [Line(RING), Line("M5.4 8h5.2")];
    /// Filter in.
    Plus = [Line(RING), Line("M5.4 8h5.2M8 5.4v5.2")];
    /// Missing.
    Missing = [Dashed(RING, "2.4 2.3")];
    /// Moved.
    Link = [Line("M6.4 9.6 9.6 6.4"), Line("m7.4 5 1.5-1.5a2.55 2.55 0 0 1 3.6 3.6L11 8.6M8.6 11l-1.5 1.5a2.55 2.55 0 0 1-3.6-3.6L5 7.4")];
    /// Partly read.
    Partly = [Line(RING), Solid("M8 2v12a6 6 0 0 0 0-12Z")];
    /// A gap in the chain.
    Gap = [Line("M1.5 8h3.2M11.3 8h3.2M5.9 4.8v6.4M10.1 4.8v6.4")];
    /// Can't tell; help.
    Question = [Line(RING), Line("M6.3 6.4a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.8.6-.8 1.2M8 11.3v.01")];
    /// Something to know.
    Info = [Line(RING), Line("M8 7.4v3.8M8 4.9v.01")];
    /// Something to act on.
    Warn = [Line("M8 2.4 14.4 13.4H1.6Z"), Line("M8 6.6v3.2M8 11.6v.01")];
    /// An access key.
    Key = [Line("M2 11.2a2.8 2.8 0 1 0 5.6 0 2.8 2.8 0 1 0-5.6 0Z"), Line("m6.8 9.2 6-6M10.4 5.6l2 2")];
    /// A person.
    User = [Line("M5.4 5a2.6 2.6 0 1 0 5.2 0 2.6 2.6 0 1 0-5.2 0Z"), Line("M2.8 13.8c.4-3 2.4-4.4 5.2-4.4s4.8 1.4 5.2 4.4")];
    /// A role.
    Role = [
        Line("M4 2h8a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1Z"),
        Line("M6.4 6.2a1.6 1.6 0 1 0 3.2 0 1.6 1.6 0 1 0-3.2 0Z"),
        Line("M5.4 11.4c.3-1.4 1.2-2 2.6-2s2.3.6 2.6 2M7 2v1.2h2V2"),
    ];
    /// An AWS service.
    Service = [Line("M8 1.8 13.4 4.9v6.2L8 14.2l-5.4-3.1V4.9Z")];
    /// An account.
    Account = [Line("M1.8 6 8 2.4 14.2 6ZM3.6 6v6M6.5 6v6M9.5 6v6M12.4 6v6M2 13.6h12")];
    /// A file.
    File = [Line("M4 1.8h5l3.2 3.2v9.2H4Z"), Line("M9 1.8V5h3.2")];
    /// A folder.
    Folder = [Line("M1.8 12.8V3.4h4.4l1.5 1.8h6.5v7.6Z")];
    /// A padlock.
    Lock = [Line("M3.4 7h9.2v6.6H3.4Z"), Line("M5.2 7V4.9a2.8 2.8 0 0 1 5.6 0V7")];
    /// A clock.
    Clock = [Line(RING), Line("M8 4.6V8l2.3 1.5")];
    /// Filters.
    Filter = [Line("M2 4.2h12M4.4 8h7.2M6.8 11.8h2.4")];
    /// The side rail.
    Rail = [Line("M2 3h12v10H2Z"), Line("M6 3v10")];
    /// Columns.
    Columns = [Line("M2 3h12v10H2Z"), Line("M6 3v10M10 3v10")];
    /// Add as a column.
    AddColumn = [Line("M3 3v10M6.5 3v10M12 5.6v4.8M9.6 8h4.8")];
    /// Copy.
    Copy = [Line("M5.5 5.5h8v8h-8Z"), Line("M10.5 5.5v-3h-8v8h3")];
    /// Pin.
    Pin = [Line("M5.6 2h4.8l-.5 4.6 2.2 2.6H3.9l2.2-2.6ZM8 9.2V14")];
    /// Download.
    Download = [Line("M8 2v8M4.8 7 8 10.2 11.2 7M2.6 13.4h10.8")];
    /// Drop here.
    Drop = [Line("M8 1.8v7.4M5.2 6.6 8 9.4l2.8-2.8M2 9.6v3.8h12V9.6")];
    /// Paste.
    Paste = [Line("M4 3.2H3.2v10.6h9.6V3.2H12"), Line("M5.6 2h4.8v2.4H5.6Z"), Line("M5.8 7.4h4.4M5.8 10.2h4.4")];
    /// Light colours.
    Sun = [Line("M5.2 8a2.8 2.8 0 1 0 5.6 0 2.8 2.8 0 1 0-5.6 0Z"), Line("M8 1.4v1.3M8 13.3v1.3M1.4 8h1.3M13.3 8h1.3M3.3 3.3l.9.9M11.8 11.8l.9.9M3.3 12.7l.9-.9M11.8 4.2l.9-.9")];
    /// Dark colours.
    Moon = [Line("M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z")];
    /// More.
    More = [Line("M3.5 8h.01M8 8h.01M12.5 8h.01")];
    /// Close; clear.
    Close = [Line("m4 4 8 8M12 4l-8 8")];
    /// A bare plus.
    BarePlus = [Line("M3.6 8h8.8M8 3.6v8.8")];
    /// A bare minus.
    BareMinus = [Line("M3.6 8h8.8")];
    /// Unfolded; a menu.
    Down = [Line("m3.8 6 4.2 4.2L12.2 6")];
    /// Folded.
    Right = [Line("M6 3.8 10.2 8 6 12.2")];
    /// Back.
    Left = [Line("M10 3.8 5.8 8l4.2 4.2")];
    /// Previous.
    Up = [Line("M3.8 10.2 8 6l4.2 4.2")];
    /// Sorted downwards.
    ArrowDown = [Line("M8 2.8v10.4M4.4 9.6 8 13.2l3.6-3.6")];
    /// Sorted upwards; newer.
    ArrowUp = [Line("M8 13.2V2.8M4.4 6.4 8 2.8l3.6 3.6")];
}

fn draw(icon: Icon, class: &'static str) -> Html {
    html! {
        <svg {class} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            for shape in icon.shapes() {
                { match shape {
                    Line(d) => html! { <path d={*d} /> },
                    Dashed(d, dashes) => html! { <path d={*d} stroke-dasharray={*dashes} /> },
                    Solid(d) => html! { <path d={*d} class="solid" /> },
                } }
            }
        </svg>
    }
}

/// An icon of 16 px.
pub fn icon(icon: Icon) -> Html {
    draw(icon, "icon")
}

/// An icon of 14 px, beside text of 12 px.
pub fn icon_small(icon: Icon) -> Html {
    draw(icon, "icon small")
}

/// An icon of 12 px, for carets.
pub fn icon_tiny(icon: Icon) -> Html {
    draw(icon, "icon tiny")
}
