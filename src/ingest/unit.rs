//! One line of the ledger while it is read: the dropped file, or an entry of an archive in it.

use super::base64::Base64;
use super::bzip2::Bzip2;
use super::gzip::Gzip;
use super::kind::{self, ENOUGH, Kind};
use super::packed::{Decoder, Packed};
use super::records::RecordReader;
use super::report::{Ending, Facts, Packing};
use super::tally::{DEEPEST_ARCHIVE, MOST_PACKINGS, Out};
use super::tar::{self, Tar};
use super::text::Text;
use super::utf16::{self, Utf16};
use super::wound::Hurt;
use super::zip::Zip;
use super::zstd::Zstd;
use crate::columnar;

/// Text in memory at most, unless one record is longer.
const WINDOW: usize = 256 << 10;

/// Room for what a decoder writes at first, while nobody knows yet what it is…
const FIRST_PIECE: usize = 2 * ENOUGH;

/// …and at most, unless it goes straight into the window of a text.
const PIECE: usize = 64 << 10;

/// A file or an entry.
pub(super) struct Unit {
    about: About,
    /// Bytes as they are stored.
    pub size: u64,
    /// Whether its archive packs it.
    pub packed: bool,
    first_number: u32,
    text_before: u64,
    content: Content,
}

/// What its parts must know of a unit.
pub(super) struct About {
    /// Its number among the lines of the dropped file.
    pub entry: u32,
    /// Its name with the archives around it.
    pub name: String,
    /// How many archives are around it.
    pub depth: u8,
    /// Its bytes, about.
    pub size: u64,
}

/// What is around the text or the archive of a unit.
#[derive(Default)]
pub(super) struct Around {
    /// How many packed streams.
    pub count: u8,
    /// Which.
    pub packing: Packing,
    /// What is wrong with them.
    pub hurts: Vec<Hurt>,
}

/// What a stream of bytes is.
pub(super) enum Content {
    /// Too few bytes to tell; these came.
    Unknown(Vec<u8>),
    /// Text, or what is not read at all.
    Text(Box<Text>),
    /// One packed stream.
    Packed(Box<Packed>),
    /// Many entries.
    Zip(Box<Zip>),
    /// Many entries.
    Tar(Box<Tar>),
    /// What nobody reads: its bytes are wanted.
    Bytes,
}

impl Unit {
    /// At its first byte.
    pub fn new(about: About, out: &Out<'_>) -> Self {
        Self::at(about, out.tally.next_number, out.tally.text)
    }

    /// The dropped file itself.
    pub fn root(name: &str, size: u64) -> Self {
        Self::at(About { entry: 0, name: name.to_owned(), depth: 0, size }, 0, 0)
    }

    fn at(about: About, first_number: u32, text_before: u64) -> Self {
        let size = about.size;
        Self { about, size, packed: false, first_number, text_before, content: Content::Unknown(Vec::new()) }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8], out: &mut Out<'_>) {
        if out.tally.wants_bytes {
            out.sink.stored(self.about.entry, &self.about.name, bytes);
        }
        self.content.push(bytes, 0, &self.about, out);
    }

    /// Lets `fill` write the next bytes; gives how many it wrote, and for how many there was room.
    pub fn take_from(
        &mut self,
        spare: &mut Vec<u8>,
        out: &mut Out<'_>,
        fill: &mut dyn FnMut(&mut [u8]) -> usize,
    ) -> (usize, usize) {
        if out.tally.wants_bytes {
            spare.resize(PIECE, 0);
            let written = fill(spare);
            self.push(spare.get(..written).unwrap_or_default(), out);
            return (written, spare.len());
        }
        self.content.take_from(spare, 0, &self.about, out, fill)
    }

    /// Whether nothing can be learnt from more bytes.
    pub fn is_done(&self) -> bool {
        self.content.is_done()
    }

    /// Says that no more bytes will come, and why, where something is wrong; leaves a report.
    pub fn finish(self, hurt: Option<Hurt>, out: &mut Out<'_>) {
        let mut around = Around { hurts: hurt.into_iter().collect(), ..Around::default() };
        let ending = self.content.finish(&self.about, &mut around, out);
        self.about.report(self.size, self.packed, self.first_number, self.text_before, around, ending, out);
    }
}

impl About {
    /// Leaves the report of an entry that is not read, and why.
    pub fn unread(self, kind: &'static Kind, out: &mut Out<'_>) {
        let (size, first, text) = (self.size, out.tally.next_number, out.tally.text);
        self.report(size, false, first, text, Around::default(), Ending::Unread(kind), out);
    }

    #[expect(clippy::too_many_arguments, reason = "the two callers above have nothing else in common")]
    fn report(
        self,
        size: u64,
        packed: bool,
        first_number: u32,
        text_before: u64,
        around: Around,
        ending: Ending,
        out: &mut Out<'_>,
    ) {
        let stop = out.tally.stop;
        let text = out.tally.text - text_before;
        let facts = Facts {
            entry: self.entry,
            name: self.name,
            size,
            is_packed: packed,
            packing: around.packing,
            first_number,
            text,
            hurts: around.hurts,
            stop,
            ending,
        };
        out.tally.reports.push(facts.report());
    }
}

impl Content {
    pub fn push(&mut self, bytes: &[u8], packings: u8, about: &About, out: &mut Out<'_>) {
        if out.tally.stop.is_some() {
            return;
        }
        match self {
            Self::Unknown(held) => {
                if held.is_empty() && bytes.len() >= ENOUGH {
                    *self = decide(bytes, packings, about, out);
                    return self.push(bytes, packings, about, out);
                }
                held.extend_from_slice(bytes);
                if held.len() >= ENOUGH {
                    self.settle(packings, about, out);
                }
            }
            Self::Text(text) => text.push(bytes, out),
            Self::Packed(packed) => packed.push(bytes, packings + 1, about, out),
            Self::Zip(zip) => zip.push(bytes, about, out),
            Self::Tar(tar) => tar.push(bytes, about, out),
            Self::Bytes => {
                out.tally.text += bytes.len() as u64;
                out.sink.content(about.entry, bytes);
            }
        }
    }

    /// Decides with the bytes that came, and passes them on.
    fn settle(&mut self, packings: u8, about: &About, out: &mut Out<'_>) {
        if let Self::Unknown(held) = self {
            let held = std::mem::take(held);
            *self = decide(&held, packings, about, out);
            self.push(&held, packings, about, out);
        }
    }

    /// See [`Unit::take_from`].
    pub fn take_from(
        &mut self,
        spare: &mut Vec<u8>,
        packings: u8,
        about: &About,
        out: &mut Out<'_>,
        fill: &mut dyn FnMut(&mut [u8]) -> usize,
    ) -> (usize, usize) {
        if let Self::Text(text) = self
            && let Some(room) = text.room()
        {
            let size = room.len();
            let written = fill(room);
            text.filled(written, out);
            return (written, size);
        }
        // Room has to be cleared, and most files are small: so it grows.
        let size = if spare.is_empty() { FIRST_PIECE } else { (spare.len() * 4).min(PIECE) };
        spare.resize(size, 0);
        let written = fill(spare);
        self.push(spare.get(..written).unwrap_or_default(), packings, about, out);
        (written, spare.len())
    }

    pub fn is_done(&self) -> bool {
        match self {
            Self::Text(text) => text.is_done(),
            Self::Packed(packed) => packed.inner.is_done(),
            Self::Unknown(_) | Self::Zip(_) | Self::Tar(_) | Self::Bytes => false,
        }
    }

    pub fn finish(mut self, about: &About, around: &mut Around, out: &mut Out<'_>) -> Ending {
        self.settle(around.count, about, out);
        match self {
            // Settled above.
            Self::Unknown(_) | Self::Bytes => Ending::Unread(kind::EMPTY_FILE),
            Self::Text(text) => text.finish(out),
            Self::Packed(packed) => packed.finish(about, around, out),
            Self::Zip(zip) => Ending::Archive(zip.finish(out)),
            Self::Tar(tar) => Ending::Archive(tar.finish(out)),
        }
    }
}

/// What a stream is that starts with `head`: [`ENOUGH`] of it or all.
fn decide(head: &[u8], packings: u8, about: &About, out: &Out<'_>) -> Content {
    if packings < MOST_PACKINGS {
        let decoder = match head {
            [0x1f, 0x8b, ..] => Some(Decoder::Gzip(Box::new(Gzip::new()))),
            head if Bzip2::is_start(head) => Some(Decoder::Bzip2(Box::new(Bzip2::new()))),
            head if Zstd::is_start(head) => Some(Decoder::Zstd(Box::new(Zstd::new()))),
            head if columnar::Reader::is_start(head) => Some(Decoder::Columns(Box::default())),
            // Of a gzip stream, quoted or not, and of `{"`, `{\n` and `[{`.
            [b'H', b'4', b's', b'I', ..]
            | [b'"', b'H', b'4', b's', b'I', ..]
            | [b'e', b'y', b'J', ..]
            | [b'e', b'w', b'o', ..]
            | [b'W', b'3', b's', ..] => Some(Decoder::Base64(Base64::default())),
            _ => None,
        };
        if let Some(decoder) = decoder {
            return Content::Packed(Box::new(Packed::new(decoder)));
        }
    }
    // Some put a program in front that unpacks it.
    let near = head.get(..ENOUGH).unwrap_or(head);
    let is_zip = Zip::is_start(head) || Zip::is_near(near) && kind::of_bytes(near).0 == kind::BINARY;
    let is_tar = !is_zip && tar::is_start(head);
    if (is_zip || is_tar) && about.depth >= DEEPEST_ARCHIVE {
        return Content::Text(Box::new(Text::unread(kind::TOO_DEEP)));
    }
    if is_zip && kind::is_office(head) {
        return Content::Text(Box::new(Text::unread(kind::OFFICE)));
    }
    if is_zip {
        return Content::Zip(Box::new(Zip::new()));
    }
    if is_tar {
        return Content::Tar(Box::new(Tar::new()));
    }
    if out.tally.wants_bytes {
        return Content::Bytes;
    }
    // Ten times its size is what a packed log inflates to.
    let factor = if packings > 0 { 12 } else { 1 };
    let room = usize::try_from(about.size.saturating_mul(factor).saturating_mul(2)).unwrap_or(WINDOW);
    let records = RecordReader::new(room.clamp(8 << 10, WINDOW), about.entry, out.tally.next_number);
    Content::Text(Box::new(Text::new(records, utf16::order(head).map(Utf16::new))))
}
