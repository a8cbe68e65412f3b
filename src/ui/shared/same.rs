//! Props that compare by pointer.

use std::ops::Deref;
use std::rc::Rc;

use yew::html::ImplicitClone;

/// Shared data that is equal only to itself.
///
/// Yew compares props at every render of the parent, and `Rc<T>` compares its content: for an answer
/// with all its facets that is slower than the render it saves.
#[derive(Debug, Default)]
pub struct Same<T>(pub Rc<T>);

impl<T> Same<T> {
    /// Shares `content`.
    pub fn new(content: T) -> Self {
        Self(Rc::new(content))
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> ImplicitClone for Same<T> {}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Eq for Same<T> {}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<Rc<T>> for Same<T> {
    fn from(content: Rc<T>) -> Self {
        Self(content)
    }
}
