//! Event ids: 16 bytes where they are UUIDs, their text where they are not.

use std::collections::HashMap;

/// One `eventID` for each row. AWS writes UUIDs; its own samples and old records do not always.
#[derive(Default)]
pub struct EventIds {
    uuids: Vec<u128>,
    odd: HashMap<u32, Box<str>>,
}

impl EventIds {
    /// Adds a row.
    pub fn push(&mut self, id: Option<&str>) {
        let uuid = id.and_then(parse);
        if let (None, Some(odd)) = (uuid, id) {
            let row = u32::try_from(self.uuids.len()).unwrap_or(u32::MAX);
            self.odd.insert(row, odd.into());
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
fn parse(text: &str) -> Option<u128> {
    let bytes: &[u8; 36] = text.as_bytes().try_into().ok()?;
    if [8, 13, 18, 23].iter().any(|&at| bytes[at] != b'-') {
        return None;
    }
    let high = hex(&bytes[..8])? << 32 | hex(&bytes[9..13])? << 16 | hex(&bytes[14..18])?;
    let low = hex(&bytes[19..23])? << 48 | hex(&bytes[24..])?;
    let value = u128::from(high) << 64 | u128::from(low);
    (value != 0).then_some(value)
}

/// At most 16 digits. Words of 64 bits, because wasm has none of 128.
fn hex(digits: &[u8]) -> Option<u64> {
    let mut value = 0;
    for &byte in digits {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            _ => return None,
        };
        value = value << 4 | u64::from(digit);
    }
    Some(value)
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
        ids.iter().for_each(|id| column.push(*id));
        for (row, id) in ids.iter().enumerate() {
            assert_eq!(column.get(row as u32), id.unwrap_or_default());
        }
    }
}
