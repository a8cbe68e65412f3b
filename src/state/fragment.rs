//! The part of the state that a link carries, in `#…` of the address.
//!
//! A query can hold values out of a log, and browsers keep addresses in their history: so the view
//! and the order go in, the query does not.

use super::View;
use crate::field::Field;
use crate::protocol::Order;

/// Writes the fragment, without `#`.
#[must_use]
pub fn write_fragment(view: View, order: Order) -> String {
    let order = match (order.by, order.descending) {
        (None, true) => String::new(),
        (None, false) => "&order=oldest".to_owned(),
        (Some(field), descending) => {
            format!("&order={}{}", field.name(), if descending { ":last" } else { "" })
        }
    };
    format!("view={}{order}", view.name())
}

/// Reads a fragment, with or without `#`; what it does not know it leaves out.
#[must_use]
pub fn read_fragment(fragment: &str) -> (View, Order) {
    let mut view = View::default();
    let mut order = Order::default();
    for (name, value) in fragment.trim_start_matches('#').split('&').filter_map(|part| part.split_once('=')) {
        match name {
            "view" => view = View::by_name(value).unwrap_or_default(),
            "order" => order = read_order(value),
            _ => {}
        }
    }
    (view, order)
}

fn read_order(text: &str) -> Order {
    if text == "oldest" {
        return Order { by: None, descending: false };
    }
    let (name, descending) = text.strip_suffix(":last").map_or((text, false), |name| (name, true));
    Field::by_name(name).map_or_else(Order::default, |field| Order { by: Some(field), descending })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for view in View::ALL {
            for by in [None, Some(Field::EventName), Some(Field::IdentityType)] {
                for descending in [false, true] {
                    let order = Order { by, descending };
                    assert_eq!(read_fragment(&write_fragment(view, order)), (view, order));
                }
            }
        }
        let nothing = read_fragment("#nonsense&view=x&=&order&order=no:last");
        assert_eq!(nothing, (View::Services, Order::default()));
    }
}
