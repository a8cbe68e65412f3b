//! Open brackets as bits: depth costs an eighth of a byte, never the stack.

/// Which brackets are open, one bit each; only what is deeper than 64 takes memory of its own.
#[derive(Default)]
pub(super) struct Nesting {
    /// The innermost up to 64, the innermost lowest; 1 is an object.
    near: u64,
    /// How many of `near` count.
    count: u32,
    /// Full words of what is further out.
    far: Vec<u64>,
}

impl Nesting {
    /// Opens an object or a list.
    #[inline(always)]
    pub fn push(&mut self, object: bool) {
        if self.count == u64::BITS {
            self.far.push(self.near);
            self.count = 0;
        }
        self.near = self.near << 1 | u64::from(object);
        self.count += 1;
    }

    /// Closes the innermost; whether it was the outermost, too.
    #[inline(always)]
    pub fn pop(&mut self) -> bool {
        self.near >>= 1;
        self.count -= 1;
        if self.count > 0 {
            return false;
        }
        match self.far.pop() {
            Some(word) => {
                self.near = word;
                self.count = u64::BITS;
                false
            }
            None => true,
        }
    }

    /// Whether the innermost is an object.
    #[inline(always)]
    pub fn in_object(&self) -> bool {
        self.near & 1 == 1
    }
}
