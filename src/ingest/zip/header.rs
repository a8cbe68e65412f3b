//! The headers of a zip archive: APPNOTE 4.3 and 4.5.

/// Method 8 of APPNOTE 4.4.5.
pub(super) const DEFLATE: u16 = 8;

/// Headers longer than this are no headers.
const LONGEST: usize = 1 << 20;

/// How long the header is that some bytes start.
pub(super) enum Needed {
    /// At least so long; where so many bytes are here, exactly.
    Bytes(usize),
    /// There is no header here.
    Nothing,
}

/// Why an entry is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Locked {
    /// It needs a password.
    Password,
    /// It needs a password: AE-x encryption with this strength.
    Aes128,
    /// See above.
    Aes192,
    /// See above.
    Aes256,
    /// It is packed in a way that is not read here.
    Method,
}

/// The header in front of an entry.
pub(super) struct Local {
    pub name: String,
    pub method: u16,
    pub locked: Option<Locked>,
    pub has_descriptor: bool,
    pub crc: u32,
    /// Bytes of its data; `None` where only the descriptor tells.
    pub packed: Option<u64>,
    /// Bytes of its content, likewise.
    pub size: Option<u64>,
    /// Whether it has zip64 lengths.
    pub is_wide: bool,
}

pub(super) fn needed(held: &[u8]) -> Needed {
    let Some(signature) = held.first_chunk::<4>() else {
        return Needed::Bytes(4);
    };
    let (fixed, parts): (usize, &[usize]) = match signature {
        b"PK\x03\x04" => (30, &[26, 28]),
        b"PK\x01\x02" => (46, &[28, 30, 32]),
        b"PK\x05\x06" => (22, &[20]),
        b"PK\x06\x07" => (20, &[]),
        // The marks of an archive that was split, and is whole again.
        b"PK\x07\x08" | b"PK00" => return Needed::Bytes(4),
        b"PK\x06\x06" if held.len() < 12 => return Needed::Bytes(12),
        b"PK\x06\x06" => {
            return match usize::try_from(u64_at(held, 4)) {
                Ok(length) if length < LONGEST => Needed::Bytes(12 + length),
                _ => Needed::Nothing,
            };
        }
        b"PK\x06\x08" if held.len() < 8 => return Needed::Bytes(8),
        b"PK\x06\x08" => {
            let length = u32_at(held, 4) as usize;
            return if length < LONGEST { Needed::Bytes(8 + length) } else { Needed::Nothing };
        }
        _ => return Needed::Nothing,
    };
    if held.len() < fixed {
        return Needed::Bytes(fixed);
    }
    if signature == b"PK\x03\x04" && !is_plausible(held) {
        return Needed::Nothing;
    }
    Needed::Bytes(fixed + parts.iter().map(|&at| usize::from(u16_at(held, at))).sum::<usize>())
}

/// Whether a local header looks like one: four bytes of data can look like its signature.
fn is_plausible(header: &[u8]) -> bool {
    let (version, method, name) = (header.get(4), u16_at(header, 8), u16_at(header, 26));
    version.is_some_and(|&version| version < 100) && name > 0 && matches!(method, 0..=20 | 93..=99)
}

impl Local {
    /// From a whole local header.
    pub fn read(header: &[u8]) -> Self {
        let (flags, method) = (u16_at(header, 6), u16_at(header, 8));
        let name_end = 30 + usize::from(u16_at(header, 26));
        let name = header.get(30..name_end).unwrap_or_default();
        let extra = header.get(name_end..).unwrap_or_default();
        let (mut packed, mut size) = (u64::from(u32_at(header, 18)), u64::from(u32_at(header, 22)));
        let wide = extra_field(extra, 1);
        if let Some(wide) = wide {
            let mut at = 0;
            // Only the lengths that do not fit in 32 bits stand there, in this order.
            for length in [&mut size, &mut packed] {
                if *length == u64::from(u32::MAX) && at + 8 <= wide.len() {
                    *length = u64_at(wide, at);
                    at += 8;
                }
            }
        }
        let has_descriptor = flags & 8 != 0;
        let unknown = has_descriptor && packed == 0;
        let locked = match extra_field(extra, 0x9901).map(|aes| aes.get(4).copied()) {
            _ if flags & 1 == 0 && method != 99 => (!matches!(method, 0 | DEFLATE)).then_some(Locked::Method),
            Some(Some(1)) => Some(Locked::Aes128),
            Some(Some(2)) => Some(Locked::Aes192),
            Some(Some(3)) => Some(Locked::Aes256),
            _ => Some(Locked::Password),
        };
        Self {
            name: String::from_utf8_lossy(name).into_owned(),
            method,
            locked,
            has_descriptor,
            crc: u32_at(header, 14),
            packed: (!unknown).then_some(packed),
            size: (!unknown).then_some(size),
            is_wide: wide.is_some(),
        }
    }

    /// Whether it is only a folder.
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/') && self.size.unwrap_or(0) == 0
    }
}

/// The name in a whole header of the directory.
pub(super) fn listed_name(header: &[u8]) -> String {
    let end = 46 + usize::from(u16_at(header, 28));
    String::from_utf8_lossy(header.get(46..end).unwrap_or_default()).into_owned()
}

/// Packed length and length in a descriptor, without its signature.
pub(super) fn descriptor_lengths(descriptor: &[u8], wide: bool) -> (u64, u64) {
    if wide {
        (u64_at(descriptor, 4), u64_at(descriptor, 12))
    } else {
        (u64::from(u32_at(descriptor, 4)), u64::from(u32_at(descriptor, 8)))
    }
}

/// The content of an extra field.
fn extra_field(mut extra: &[u8], wanted: u16) -> Option<&[u8]> {
    while extra.len() >= 4 {
        let (id, length) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let content = extra.get(4..4 + length)?;
        if id == wanted {
            return Some(content);
        }
        extra = &extra[4 + length..];
    }
    None
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u16::from_le_bytes(*chunk))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u32::from_le_bytes(*chunk))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u64::from_le_bytes(*chunk))
}
