//! Mending a record that was printed or pasted without its end.
//!
//! Pages and chat messages cut the last brace of a record, or leave a comma behind its last member.
//! What is missing is added only where nothing has to be guessed: the last value is whole, one or two
//! brackets are open, and what follows is no JSON. Every byte keeps its place, a surplus comma becomes
//! a space, so that places in the mended text are places in the original.

/// Texts longer than this are not mended. AWS writes records of 1 MB at most.
const LONGEST: usize = 1 << 20;

/// Open brackets that are closed, at most.
const DEEPEST: usize = 2;

/// Bytes behind the end that tell whether it is one.
const AHEAD: usize = 3;

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Mend {
    /// A text that may be whole now; the caller reads it to be sure.
    Mended(Mended),
    /// It can't be mended.
    Never,
    /// More text must tell.
    More,
}

/// An object that was mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The mended text.
    pub text: Vec<u8>,
    /// How many bytes of the original it stands for.
    pub used: usize,
    /// How many characters were added at its end or taken out.
    pub changed: usize,
}

/// What was read last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Nothing, or a bracket that opens.
    Open,
    Colon,
    Value,
    /// A comma at this place.
    Comma(usize),
}

/// Mends the object that `text` starts with. `last` says that no more text will come.
#[must_use]
pub fn mend(text: &[u8], last: bool) -> Mend {
    let is_limited = text.len() > LONGEST;
    let text = text.get(..LONGEST).unwrap_or(text);
    let mut mender =
        Mender { text, at: 0, closers: Vec::new(), last: Last::Open, end: 0, commas: Vec::new() };
    match mender.run() {
        Stop::Whole => mender.close(),
        Stop::Broken => Mend::Never,
        Stop::End { .. } if is_limited => Mend::Never,
        Stop::End { .. } if !last => Mend::More,
        Stop::End { in_token: true } => Mend::Never,
        Stop::End { in_token: false } => mender.close(),
        Stop::Else if text.len() < mender.at + AHEAD && !last && !is_limited => Mend::More,
        Stop::Else if mender.ends_here() => mender.close(),
        Stop::Else => Mend::Never,
    }
}

/// Why reading stopped.
enum Stop {
    /// The object is closed.
    Whole,
    /// The text is over.
    End { in_token: bool },
    /// Something stands here that no object goes on with.
    Else,
    /// No closing mends this.
    Broken,
}

struct Mender<'a> {
    text: &'a [u8],
    at: usize,
    closers: Vec<u8>,
    last: Last,
    /// Behind the last token.
    end: usize,
    /// Commas that no member follows.
    commas: Vec<usize>,
}

impl Mender<'_> {
    fn run(&mut self) -> Stop {
        while let Some(&byte) = self.text.get(self.at) {
            let valued = self.last == Last::Value;
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => {
                    self.at += 1;
                    continue;
                }
                b'{' | b'[' | b'"' if valued => return Stop::Else,
                b'{' => self.open(b'}'),
                b'[' => self.open(b']'),
                b'}' | b']' => {
                    if self.closers.pop() != Some(byte) {
                        return Stop::Broken;
                    }
                    if let Last::Comma(at) = self.last {
                        self.commas.push(at);
                    }
                    self.token(1, Last::Value);
                    if self.closers.is_empty() {
                        return Stop::Whole;
                    }
                }
                b',' if valued => self.token(1, Last::Comma(self.at)),
                b':' if valued => self.token(1, Last::Colon),
                b'"' => match string_end(&self.text[self.at..]) {
                    Some(length) => self.token(length, Last::Value),
                    None => return Stop::End { in_token: true },
                },
                b'-' | b'0'..=b'9' | b'a'..=b'z' if !valued => {
                    let word =
                        |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
                    let length = self.text[self.at..].iter().take_while(word).count();
                    if self.at + length == self.text.len() {
                        return Stop::End { in_token: true };
                    }
                    self.token(length, Last::Value);
                }
                _ => return Stop::Else,
            }
        }
        Stop::End { in_token: false }
    }

    fn open(&mut self, closer: u8) {
        self.closers.push(closer);
        self.token(1, Last::Open);
    }

    fn token(&mut self, length: usize, last: Last) {
        self.at += length;
        self.last = last;
        self.end = self.at;
    }

    /// Whether the printed record ends before what stands here: it does so at the end of a line, and no
    /// list is open whose next element this could be, nor is it a member without its comma.
    fn ends_here(&self) -> bool {
        let gap = self.text.get(self.end..self.at).unwrap_or_default();
        let next = self.text.get(self.at).copied().unwrap_or(b' ');
        gap.contains(&b'\n')
            && self.closers.iter().all(|closer| *closer == b'}')
            && !matches!(next, b'"' | b':' | b',')
    }

    fn close(mut self) -> Mend {
        match self.last {
            Last::Comma(at) => self.commas.push(at),
            Last::Value => {}
            Last::Open | Last::Colon => return Mend::Never,
        }
        if self.closers.len() > DEEPEST || self.closers.is_empty() && self.commas.is_empty() {
            return Mend::Never;
        }
        let mut text = self.text.get(..self.end).unwrap_or_default().to_vec();
        for &comma in &self.commas {
            if let Some(byte) = text.get_mut(comma) {
                *byte = b' ';
            }
        }
        let changed = self.closers.len() + self.commas.len();
        // Whether a word is whole is told by what stands behind it, also when the record is read again.
        let is_word = text.last().is_some_and(u8::is_ascii_alphanumeric);
        let used = (self.end + usize::from(is_word)).min(self.text.len());
        text.extend(self.closers.iter().rev());
        Mend::Mended(Mended { text, used, changed })
    }
}

/// The length of the string that `text` starts with, quotes included.
fn string_end(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        if text.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;
    use proptest::prelude::*;

    fn check(text: &str, expected: Option<(&str, usize)>) {
        let found = match mend(text.as_bytes(), true) {
            Mend::Mended(mended) => Some((String::from_utf8(mended.text).unwrap(), mended.changed)),
            Mend::Never => None,
            Mend::More => panic!("{text}"),
        };
        assert_eq!(found, expected.map(|(text, changed)| (text.to_owned(), changed)), "{text}");
    }

    #[test]
    fn adds_what_is_missing_and_guesses_nothing() {
        for (text, expected) in [
            (r#"{"a":1,"b":{"c":"x"}"#, Some((r#"{"a":1,"b":{"c":"x"}}"#, 1))),
            ("{\"a\":{\"b\":\"x\"\n", Some((r#"{"a":{"b":"x"}}"#, 2))),
            ("{\"a\":[1 ", Some((r#"{"a":[1]}"#, 2))),
            (r#"{"a":"1",}"#, Some((r#"{"a":"1" }"#, 1))),
            (r#"{"a":["1",],"b":"2","#, Some((r#"{"a":["1" ],"b":"2" }"#, 3))),
            ("{\"a\":\"x\"\n- next", Some((r#"{"a":"x"}"#, 1))),
            ("{\"a\":\"x\"\n\n```", Some((r#"{"a":"x"}"#, 1))),
            ("{\"a\":\"x\"\n{\"b\":1}", Some((r#"{"a":"x"}"#, 1))),
            // Whole already.
            (r#"{"a":1}"#, None),
            // A token that may be cut.
            (r#"{"a":"x"#, None),
            (r#"{"a":tru"#, None),
            (r#"{"a":12"#, None),
            (r#"{"a":"#, None),
            ("{", None),
            // Too deep.
            (r#"{"a":{"b":{"c":"x""#, None),
            // A comma is missing, or something else is wrong.
            ("{\"a\":\"x\"\n\"b\":1}", None),
            ("{\"a\":[{\"b\":\"x\"}\n{\"b\":1}]}", None),
            (r#"{"a":"x" and so on"#, None),
            (r#"{"a":"1",,}"#, None),
            (r#"{"a":]}"#, None),
        ] {
            check(text, expected);
        }
        assert_eq!(mend(b"{\"a\":1", false), Mend::More);
        assert_eq!(mend(b"{\"a\":\"x\"\n-", false), Mend::More);
        let long = format!("{{\"a\":\"{}\"", "x".repeat(LONGEST));
        assert_eq!(mend(long.as_bytes(), true), Mend::Never);
    }

    proptest! {
        #[test]
        fn what_is_cut_at_a_bracket_reads_again(members in prop::collection::vec("[a-z]{1,4}", 1..6), inner in any::<bool>()) {
            let list: Vec<String> = members.iter().enumerate().map(|(at, text)| format!("\"k{at}\":\"{text}\"")).collect();
            let body = list.join(",");
            let whole = if inner { format!("{{\"x\":{{{body}}}}}") } else { format!("{{{body}}}") };
            let cut = whole.trim_end_matches('}');
            let Mend::Mended(mended) = mend(cut.as_bytes(), true) else { panic!("{cut}") };
            prop_assert_eq!(String::from_utf8(mended.text).unwrap(), whole);
        }

        #[test]
        fn any_bytes_do_no_harm(text in "[\\{\\}\\[\\],:\"a1 \n\\\\]{0,40}", last in any::<bool>()) {
            if let Mend::Mended(mended) = mend(text.as_bytes(), last) {
                prop_assert!(mended.used <= text.len() && mended.changed > 0);
                // The record is kept as it stood, and mended again whenever it is shown.
                let again = mend(&text.as_bytes()[..mended.used], true);
                prop_assert_eq!(again, Mend::Mended(Mended { used: mended.used, ..mended.clone() }));
                let _ = Document::parse(&mended.text);
            }
        }
    }
}
