//! The part of the state that a link carries, in `#…` of the address.
//!
//! A query can hold values out of a log, and browsers keep addresses in their history: so the address
//! holds what is shown and how, and no query. A link that holds the query too is made only where the
//! reader asks for it.

use std::rc::Rc;

use super::{Columns, View};
use crate::protocol::{Order, PLAUSIBLE_MS, RowRef};

/// What is on the screen: all that a step back brings back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The open view.
    pub view: View,
    /// In what order the events stand.
    pub order: Order,
    /// Columns and facets.
    pub columns: Rc<Columns>,
    /// The brushed range, `from..to` in milliseconds since 1970 UTC.
    pub brush: Option<(i64, i64)>,
    /// The query as applied.
    pub query: Rc<str>,
    /// The service that is open as a page.
    pub service: Option<Rc<str>>,
    /// The record in the inspector. It means something while its shard lives, and goes into no link.
    pub record: Option<RowRef>,
}

impl Snapshot {
    /// Writes the fragment, without `#`; `values` says whether what may be out of a log goes in.
    #[must_use]
    pub fn fragment(&self, values: bool) -> String {
        let mut out = format!("view={}", self.view.name());
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                out.push('&');
                out.push_str(name);
                out.push('=');
                out.push_str(value);
            }
        };
        let mut order = String::new();
        match self.order.by {
            Some(field) => {
                let name = self.columns.name(field);
                if values || !name.contains('"') {
                    encode(&mut order, name);
                    order.push_str(if self.order.descending { ":last" } else { "" });
                }
            }
            None if !self.order.descending => order.push_str("oldest"),
            None => {}
        }
        put("order", &order);
        let (columns, facets) = self.columns.written(values);
        put("columns", &columns);
        put("facets", &facets);
        if let Some((from, to)) = self.brush {
            put("time", &format!("{from}..{to}"));
        }
        if values {
            for (name, value) in [("service", self.service.as_deref()), ("q", Some(&*self.query))] {
                let mut text = String::new();
                encode(&mut text, value.unwrap_or_default());
                put(name, &text);
            }
        }
        out
    }

    /// Reads a fragment, with or without `#`; what it does not know it leaves out.
    #[must_use]
    pub fn read(fragment: &str) -> Self {
        let value = |wanted: &str| value_of(fragment, wanted);
        let columns = Columns::read(value("columns"), value("facets"));
        let time = value("time").split_once("..");
        // What no log can hold is not calculated with.
        let at = |text: &str| text.parse().ok().map(|ms: i64| ms.clamp(PLAUSIBLE_MS.start, PLAUSIBLE_MS.end));
        let brush = time.and_then(|(from, to)| Some((at(from)?, at(to)?)));
        let query = decode(value("q"));
        Self {
            view: View::by_name(value("view")).unwrap_or_default(),
            order: read_order(value("order"), &columns),
            columns: Rc::new(columns),
            brush: brush.filter(|(from, to)| from < to),
            query: if crate::query::parse(&query).is_ok() { query.into() } else { Rc::default() },
            service: Some(decode(value("service")).into()).filter(|source: &Rc<str>| !source.is_empty()),
            record: None,
        }
    }
}

/// The value behind a name; the last one counts.
pub(super) fn value_of<'t>(fragment: &'t str, wanted: &str) -> &'t str {
    let parts = fragment.trim_start_matches('#').split('&').filter_map(|part| part.split_once('='));
    parts.filter(|(name, _)| *name == wanted).fold("", |_, (_, value)| value)
}

fn read_order(text: &str, columns: &Columns) -> Order {
    if text == "oldest" {
        return Order { by: None, descending: false };
    }
    let (name, descending) = text.strip_suffix(":last").map_or((text, false), |name| (name, true));
    columns.field(&decode(name)).map_or_else(Order::default, |field| Order { by: Some(field), descending })
}

/// Writes a text so that it can stand in a fragment between `&`, `=`, `,` and `:`.
pub(super) fn encode(out: &mut String, text: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_*/@$()[]".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from(DIGITS[usize::from(digit)]));
            }
        }
    }
}

/// Reads what [`encode`] wrote, or a browser in its place.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| str::from_utf8(code).ok());
        match code.filter(|_| first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_reads_back_and_values_only_where_they_are_wanted() {
        let mut columns = Columns::default();
        columns.add_column("requestParameters.queueUrl").unwrap();
        let columns = Rc::new(columns);
        for view in View::ALL {
            for by in [None, Some(Field::EventName), columns.field("requestParameters.queueUrl")] {
                for descending in [false, true] {
                    let shown = Snapshot {
                        view,
                        order: Order { by, descending },
                        columns: columns.clone(),
                        brush: Some((1_600_000_000_000, 1_700_000_000_000)),
                        query: "user:\"a & b = c, d\" NOT ip:10.0.0.0/8".into(),
                        service: Some("sqs.amazonaws.com".into()),
                        record: None,
                    };
                    assert_eq!(Snapshot::read(&shown.fragment(true)), shown);
                    let safe = shown.fragment(false);
                    assert!(!safe.contains("10.0") && !safe.contains("sqs"), "{safe}");
                    let without = Snapshot { query: Rc::default(), service: None, ..shown };
                    assert_eq!(Snapshot::read(&safe), without);
                }
            }
        }
        assert_eq!(Snapshot::default().fragment(true), "view=services");
        let wide = Snapshot::read("time=-9223372036854775808..9223372036854775807");
        assert_eq!(wide.brush, Some((PLAUSIBLE_MS.start, PLAUSIBLE_MS.end)));
        for nonsense in
            ["#nonsense&view=x&=&order&order=no:last", "#time=5..4&q=(&service=", "#time=x..&columns="]
        {
            assert_eq!(Snapshot::read(nonsense), Snapshot::default(), "{nonsense}");
        }
    }

    proptest! {
        #[test]
        fn every_text_survives_and_breaks_nothing(text in any::<String>(), wild in "[%0-9a-fé]{0,12}") {
            let mut written = String::new();
            encode(&mut written, &text);
            prop_assert!(!written.contains(['&', '=', ',', ':', '#', ' ', '"']));
            prop_assert_eq!(decode(&written), text);
            decode(&wild);
        }
    }
}
