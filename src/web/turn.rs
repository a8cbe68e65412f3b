//! Giving way: a worker that computes must let messages in now and then.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessagePort};

/// Computing goes on this long, in milliseconds, before messages are let in.
const TURN_MS: f64 = 24.0;

/// Ends a turn of the event loop and begins another.
///
/// A timer would be held back to 4 ms after a few rounds; a message to oneself is not.
pub struct Turns {
    port: MessagePort,
    waiting: Rc<RefCell<Vec<js_sys::Function>>>,
    _on_message: Closure<dyn FnMut()>,
    _other: MessagePort,
    began_ms: std::cell::Cell<f64>,
}

impl Turns {
    /// `None` where the browser has no message channels.
    pub fn new() -> Option<Self> {
        let channel = MessageChannel::new().ok()?;
        let waiting: Rc<RefCell<Vec<js_sys::Function>>> = Rc::default();
        let woken = Rc::clone(&waiting);
        let on_message = Closure::new(move || {
            let resolvers: Vec<_> = woken.borrow_mut().drain(..).collect();
            for resolve in resolvers {
                // A resolver of a promise does not throw.
                let _ = resolve.call0(&JsValue::NULL);
            }
        });
        channel.port1().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self {
            port: channel.port2(),
            waiting,
            _on_message: on_message,
            _other: channel.port1(),
            began_ms: std::cell::Cell::new(now_ms()),
        })
    }

    /// Whether this turn has lasted long enough.
    pub fn is_over(&self) -> bool {
        now_ms() - self.began_ms.get() > TURN_MS
    }

    /// Lets messages in.
    pub async fn next(&self) {
        let promise = js_sys::Promise::new(&mut |resolve, _| self.waiting.borrow_mut().push(resolve));
        if self.port.post_message(&JsValue::NULL).is_ok() {
            // It resolves, it never rejects.
            let _ = JsFuture::from(promise).await;
        }
        self.began_ms.set(now_ms());
    }
}

/// Milliseconds of the page's or worker's own clock.
pub fn now_ms() -> f64 {
    let global: JsValue = js_sys::global().into();
    js_sys::Reflect::get(&global, &"performance".into())
        .ok()
        .and_then(|value| value.dyn_into::<web_sys::Performance>().ok())
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}
