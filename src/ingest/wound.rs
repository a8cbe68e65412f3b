//! What can be wrong with a container: a stream that is packed, or an archive.

/// What is wrong. Places are bytes of the packed stream or of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wound {
    /// It ends inside a member.
    Cut {
        /// Its length.
        at: u64,
    },
    /// The packed data are no such data.
    Damaged {
        /// About where: the decoder notices a little behind the damage.
        at: u64,
    },
    /// The content does not fit its checksum or length.
    Checksum,
    /// Something else follows the last member.
    Garbage {
        /// Where it starts.
        at: u64,
    },
}

/// A wound, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hurt {
    /// `gzip stream`, `archive`.
    pub what: &'static str,
    /// The wound.
    pub wound: Wound,
}

/// What one step of a decoder moved.
pub(super) struct Step {
    /// Packed bytes taken.
    pub read: usize,
    /// Bytes of content written.
    pub written: usize,
}
