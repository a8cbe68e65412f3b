//! Event ids: 16 bytes where they are UUIDs, their text where they are not.

use std::collections::HashMap;

/// One `eventID` for each row. AWS writes UUIDs; its own samples and old records do not always.
#[derive(Default)]
pub struct EventIds {
    uuids: Vec<u128>,
    odd: HashMap<u32, Box<str>>,
}

impl EventIds {
    /// Adds a row. Bytes that are no UTF-8 count as U+FFFD.
    pub fn push(&mut self, id: Option<&[u8]>) {
        let uuid = id.and_then(parse);
        if let (None, Some(odd)) = (uuid, id) {
            let row = u32::try_from(self.uuids.len()).unwrap_or(u32::MAX);
            self.odd.insert(row, String::from_utf8_lossy(odd).into());
        }
        self.uuids.push(uuid.unwrap_or_default());
    }

    /// The id of a row, as logged; empty where there is none.
    #[must_use]
    pub fn get(&self, row: u32) -> String {
        match (self.odd.get(&row), self.uuids.get(row as usize)) {
            (Some(odd), _) => odd.to_string(),
            (None, Some(&uuid)) if uuid != 0 => print(uuid),
            _ => String::new(),
        }
    }
}

/// A UUID in the one spelling that [`print`] gives back: lower case, 8-4-4-4-12.
fn parse(text: &[u8]) -> Option<u128> {
    let bytes: &[u8; 36] = text.try_into().ok()?;
    // Words of 64 bits, because wasm has none of 128.
    let (mut high, mut low, mut wrong) = (0, 0, 0);
    for (at, &byte) in bytes.iter().enumerate() {
        if matches!(at, 8 | 13 | 18 | 23) {
            wrong |= byte ^ b'-';
            continue;
        }
        // What it would be if it were a digit; then back, which only a digit stands.
        let digit = (byte & 15) + (byte >> 6) * 9;
        wrong |= digit & 0xf0 | byte ^ (digit + if digit < 10 { b'0' } else { b'a' - 10 });
        let word = if at < 18 { &mut high } else { &mut low };
        *word = *word << 4 | u64::from(digit);
    }
    let value = u128::from(high) << 64 | u128::from(low);
    (wrong == 0 && value != 0).then_some(value)
}

fn print(uuid: u128) -> String {
    let hex = format!("{uuid:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_comes_back_as_logged() {
        let ids = [
            Some("6dbcd1ba-b0b6-4c1a-8b0e-3b6e9c1f2d3e"),
            Some("6DBCD1BA-b0b6-4c1a-8b0e-3b6e9c1f2d3e"),
            Some("a12bcd3e-fg45-67h8-ij90-12k34d5l16mn"),
            None,
            Some(""),
            Some("00000000-0000-0000-0000-000000000000"),
            Some("EXAMPLE"),
        ];
        let mut column = EventIds::default();
        ids.iter().for_each(|id| column.push(id.map(str::as_bytes)));
        for (row, id) in ids.iter().enumerate() {
            assert_eq!(column.get(row as u32), id.unwrap_or_default());
        }
    }

    #[test]
    fn only_digits_of_lower_case_are_digits() {
        for byte in 0..=u8::MAX {
            let mut text = *b"6dbcd1ba-b0b6-4c1a-8b0e-3b6e9c1f2d3e";
            for at in [0, 17, 19, 35] {
                text[at] = byte;
                let expected = byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
                assert_eq!(parse(&text).is_some(), expected, "{byte}");
                text[at] = b'0';
            }
        }
    }
}
