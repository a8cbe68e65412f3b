//! The width of an element, kept up to date.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// The width of the element behind `node` in whole CSS pixels; 0 until it is on the page. The
/// component renders again when it changes.
#[hook]
pub fn use_width(node: &NodeRef) -> u32 {
    let width = use_state_eq(|| 0u32);
    let found = width.setter();
    use_effect_with(node.clone(), move |node| {
        let watch = node.cast::<Element>().and_then(|element| {
            let measured = element.clone();
            let notice = Closure::<dyn Fn()>::new(move || {
                found.set(u32::try_from(measured.client_width()).unwrap_or_default());
            });
            let observer = ResizeObserver::new(notice.as_ref().unchecked_ref()).ok()?;
            observer.observe(&element);
            Some((observer, notice))
        });
        move || {
            if let Some((observer, _notice)) = watch {
                observer.disconnect();
            }
        }
    });
    *width
}
