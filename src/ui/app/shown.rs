//! An answer comes on the screen part by part.
//!
//! Cards, histogram and facets together are thousands of elements, more than one task of the main
//! thread should make. The view shows a new answer at once, the others follow, each in a task of
//! its own. Until all have it the page is not ready.

use std::rc::Rc;

use crate::protocol::{Answer, Buckets};
use crate::state::Asking;

/// What the parts that follow show.
#[derive(Clone, Default)]
pub struct Shown {
    histogram: (Rc<Answer>, Buckets),
    facets: Rc<Answer>,
}

impl Shown {
    /// What the histogram shows.
    pub fn histogram(&self) -> (&Rc<Answer>, Buckets) {
        (&self.histogram.0, self.histogram.1)
    }

    /// What the facets show.
    pub fn facets(&self) -> &Rc<Answer> {
        &self.facets
    }

    /// Whether every part shows the present answer.
    pub fn is_current(&self, asking: &Asking) -> bool {
        Rc::ptr_eq(&self.histogram.0, asking.answer()) && Rc::ptr_eq(&self.facets, asking.answer())
    }

    /// Gives the present answer to one more part.
    pub fn follow(&mut self, asking: &Asking) {
        if Rc::ptr_eq(&self.histogram.0, asking.answer()) {
            self.facets = Rc::clone(asking.answer());
        } else {
            self.histogram = (Rc::clone(asking.answer()), asking.buckets());
        }
    }
}
