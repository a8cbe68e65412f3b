//! Lines that CloudWatch Logs exports to S3: a time, a space, the message.

use super::{Flow, RecordReader};

/// What a text starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    /// A time of so many bytes with the spaces behind it, and then an object.
    Time(usize),
    /// What is here could be the start of that.
    Perhaps,
    /// Something else.
    None,
}

/// A time is not longer than this, spaces included.
const LONGEST: usize = 64;

/// Whether `text` starts with `2026-01-01T00:00:00.000Z {`.
pub(super) fn prefix(text: &[u8]) -> Prefix {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let fits = |(&byte, &form): (&u8, &u8)| if form == b'0' { byte.is_ascii_digit() } else { byte == form };
    if !text.iter().zip(FORM).all(fits) {
        return Prefix::None;
    }
    let Some(rest) = text.get(FORM.len()..) else { return Prefix::Perhaps };
    let time = rest.iter().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'Z')).count();
    let spaces = rest[time..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match rest.get(time + spaces) {
        _ if time + spaces > LONGEST => Prefix::None,
        None => Prefix::Perhaps,
        Some(b'{') if spaces > 0 => Prefix::Time(FORM.len() + time + spaces),
        Some(_) => Prefix::None,
    }
}

impl RecordReader {
    /// A digit stands where a value of the stream could: the time in front of an exported line, if the
    /// text is such an export.
    pub(super) fn exported_line(&mut self, last: bool) -> Flow {
        match prefix(self.window.text()) {
            Prefix::Time(length) => self.window.read(length),
            Prefix::Perhaps if !last => return Flow::More,
            Prefix::Perhaps | Prefix::None => self.lose(),
        }
        Flow::On
    }
}
