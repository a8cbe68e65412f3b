//! Hostile text made visible.

use std::borrow::Cow;

/// Text of a log with its invisible controls as signs: a NUL is `␀`, a right-to-left override is
/// `⟨U+202E⟩`. Line ends and tabs become signs too; without controls the text is borrowed.
///
/// Nothing else is changed: what looks like markup stays text because it only ever becomes a text node.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        match sign {
            '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + u32::from(sign))),
            '\u{7f}' => out.push('\u{2421}'),
            hidden if is_hidden(hidden) => {
                out.push_str(&format!("\u{27e8}U+{:04X}\u{27e9}", u32::from(hidden)));
            }
            plain => out.push(plain),
        }
    }
    Cow::Owned(out)
}

/// C0 and C1 controls, and what reorders, joins or hides text (Unicode TR36, "bidi spoofing").
fn is_hidden(sign: char) -> bool {
    matches!(sign,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn controls_become_signs() {
        for (text, seen) in [
            ("plain text, ümläut, 漢字 <b>", "plain text, ümläut, 漢字 <b>"),
            ("a\0b\n\tc\u{7f}", "a␀b␊␉c␡"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("user\u{202e}gpj.exe", "user⟨U+202E⟩gpj.exe"),
            ("\u{feff}a\u{200b}b\u{85}", "⟨U+FEFF⟩a⟨U+200B⟩b⟨U+0085⟩"),
        ] {
            assert_eq!(shown(text), seen);
        }
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left_and_visible_text_is_kept(text: String) {
            let seen = shown(&text);
            prop_assert!(!seen.chars().any(is_hidden));
            if !text.chars().any(is_hidden) {
                prop_assert_eq!(&*seen, text.as_str());
            }
        }
    }
}
