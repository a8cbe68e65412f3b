//! Writes JSON the way CloudTrail does: compact, `<`, `>` and `&` escaped.

/// A string in quotes.
pub(super) fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '<' | '>' | '&' => out.push_str(&format!("\\u{:04x}", u32::from(character))),
            '\u{0}'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// An object of members that are JSON already.
pub(super) fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(key, value)| format!("{}:{value}", text(key))).collect();
    format!("{{{}}}", members.join(","))
}

/// A list of elements that are JSON already.
pub(super) fn list(elements: &[String]) -> String {
    format!("[{}]", elements.join(","))
}

/// An object of strings.
pub(super) fn texts(members: &[(&str, &str)]) -> String {
    let members: Vec<(&str, String)> = members.iter().map(|(key, value)| (*key, text(value))).collect();
    object(&members)
}
