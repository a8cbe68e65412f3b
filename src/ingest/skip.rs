//! Passing over a JSON value that nobody needs, however long, without keeping it.

/// A value that is being passed over. It counts brackets and knows strings; it does not check.
#[derive(Default)]
pub(super) struct Skip {
    depth: u64,
    in_string: bool,
    escaped: bool,
    started: bool,
}

impl Skip {
    /// Takes more text. `Some` is the number of bytes until the value's end; `None`, it goes on behind
    /// this text. A number or word ends before the byte that cannot belong to it.
    pub fn go_on(&mut self, text: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            if self.in_string {
                if std::mem::take(&mut self.escaped) {
                    at += 1;
                    continue;
                }
                let stop = memchr::memchr2(b'"', b'\\', &text[at..])?;
                at += stop + 1;
                if text.get(at - 1) == Some(&b'\\') {
                    self.escaped = true;
                } else {
                    self.in_string = false;
                    if self.depth == 0 {
                        return Some(at);
                    }
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth <= 1 => return Some(at + usize::from(self.depth == 1)),
                b'}' | b']' => self.depth -= 1,
                b',' | b' ' | b'\n' | b'\r' | b'\t' if self.depth == 0 && self.started => return Some(at),
                _ => {}
            }
            self.started |= !byte.is_ascii_whitespace();
            at += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_where_the_value_ends_wherever_it_is_split() {
        for (value, rest) in [
            (r#"{"a":[1,"}]\"",{}],"b":"\\"}"#, ",x"),
            (r#"  "a\"b""#, "}"),
            ("12.5", ","),
            ("null", "}"),
            ("[[[]]]", "]"),
            ("true", "\n"),
        ] {
            let text = format!("{value}{rest}");
            for split in 0..=text.len() {
                let (first, second) = text.as_bytes().split_at(split);
                let mut skip = Skip::default();
                let end = skip.go_on(first).or_else(|| skip.go_on(second).map(|end| split + end));
                assert_eq!(end, Some(value.len()), "{text} split at {split}");
            }
        }
    }
}
