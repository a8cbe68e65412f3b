//! The stretch of text that is in memory: what came and is not yet read.

/// Text that came and is not yet read, as one slice.
pub(super) struct Window {
    /// All of it is initialised; only `from..to` counts.
    bytes: Vec<u8>,
    from: usize,
    to: usize,
    /// Where `from` is in the whole text.
    offset: u64,
}

impl Window {
    /// Empty, with room for `size` bytes at first.
    pub fn new(size: usize) -> Self {
        Self { bytes: vec![0; size], from: 0, to: 0, offset: 0 }
    }

    /// What is not yet read.
    pub fn text(&self) -> &[u8] {
        self.bytes.get(self.from..self.to).unwrap_or_default()
    }

    /// Where [`Window::text`] starts in the whole text, in bytes.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Where it ends in the whole text: how much came in all.
    pub fn end(&self) -> u64 {
        self.offset + (self.to - self.from) as u64
    }

    /// Passes over `count` bytes of the text.
    pub fn read(&mut self, count: usize) {
        let count = count.min(self.to - self.from);
        self.from += count;
        self.offset += count as u64;
    }

    /// Room for more text, never empty. Grows to twice its size when less than a half is free, so that
    /// moving what is left costs no more than filling it did.
    pub fn room(&mut self) -> &mut [u8] {
        if self.from > 0 {
            self.bytes.copy_within(self.from..self.to, 0);
            self.to -= self.from;
            self.from = 0;
        }
        if self.to * 2 > self.bytes.len() || self.bytes.is_empty() {
            self.bytes.resize((self.bytes.len() * 2).max(4096), 0);
        }
        self.bytes.get_mut(self.to..).unwrap_or_default()
    }

    /// Says that `count` bytes of the room are filled.
    pub fn filled(&mut self, count: usize) {
        self.to = (self.to + count).min(self.bytes.len());
    }
}
