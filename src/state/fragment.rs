//! The part of the state that a link carries, in `#…` of the address.
//!
//! A query can hold values out of a log, and browsers keep addresses in their history: so the view
//! and the order go in, the query does not.

use super::View;

/// Writes the fragment, without `#`.
#[must_use]
pub fn write_fragment(view: View, oldest_first: bool) -> String {
    let order = if oldest_first { "&order=oldest" } else { "" };
    format!("view={}{order}", view.name())
}

/// Reads a fragment, with or without `#`; what it does not know it leaves out.
#[must_use]
pub fn read_fragment(fragment: &str) -> (View, bool) {
    let mut view = View::default();
    let mut oldest_first = false;
    for (name, value) in fragment.trim_start_matches('#').split('&').filter_map(|part| part.split_once('=')) {
        match name {
            "view" => view = View::by_name(value).unwrap_or_default(),
            "order" => oldest_first = value == "oldest",
            _ => {}
        }
    }
    (view, oldest_first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for view in View::ALL {
            for oldest_first in [false, true] {
                assert_eq!(read_fragment(&write_fragment(view, oldest_first)), (view, oldest_first));
            }
        }
        assert_eq!(read_fragment("#nonsense&view=x&=&order"), (View::Services, false));
    }
}
