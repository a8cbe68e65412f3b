//! What crosses between the page and a worker.
//!
//! Small messages are JavaScript values made by serde-wasm-bindgen; a `File` crosses as its handle.
//! Answers and messages between shards can be large: they cross as one `postcard` buffer whose
//! memory is transferred, so their size costs nothing on the page.

use js_sys::{Array, Uint8Array};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::{Blob, File};

use crate::protocol::{NotRead, Request};

/// From the page to a worker.
#[derive(Serialize, Deserialize)]
pub enum ToWorker {
    /// The first message, once it is [`FromWorker::Ready`]: which shard this is.
    Start {
        /// The shard, counted from 0.
        shard: u16,
        /// How many there are.
        shards: u16,
        /// The key of this session's hashes.
        seed: u64,
    },
    /// Read these files. Answered by [`FromWorker::BatchDone`].
    Open(Vec<Incoming>),
    /// Read no further in the batches that have come. What is read stays.
    Stop(NotRead),
    /// Answered by one or more [`FromWorker::Response`].
    Request(Request),
    /// A message of another shard, a `postcard` buffer. Answered by [`FromWorker::Settled`].
    Peer(#[serde(with = "serde_wasm_bindgen::preserve")] Uint8Array),
    /// Forget these files. A [`ToWorker::Resettle`] follows.
    Remove(Vec<u32>),
    /// A [`crate::protocol::HandOverRequest`] as a `postcard` buffer, and the finished file where it is to be read.
    HandOver(
        #[serde(with = "serde_wasm_bindgen::preserve")] Uint8Array,
        #[serde(with = "serde_wasm_bindgen::preserve")] JsValue,
    ),
    /// Files were removed or another shard was lost: settle all copies anew. Answered by [`FromWorker::Settled`].
    Resettle,
}

/// A file to read.
#[derive(Clone, Serialize, Deserialize)]
pub struct Incoming {
    /// Its place in intake order.
    pub source: u32,
    /// Its path as dropped.
    pub path: String,
    /// Its size in bytes when it was dropped.
    pub size: u64,
    /// The file itself: a handle, no bytes.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub file: File,
}

/// From a worker to the page.
#[derive(Serialize, Deserialize)]
pub enum FromWorker {
    /// It runs and listens.
    Ready,
    /// A [`crate::protocol::Response`] as a `postcard` buffer.
    Response(#[serde(with = "serde_wasm_bindgen::preserve")] Uint8Array),
    /// A message for another shard, to be passed on unread.
    Relay(u16, #[serde(with = "serde_wasm_bindgen::preserve")] Uint8Array),
    /// A finished piece of a hand-over, for this job.
    Part(u32, #[serde(with = "serde_wasm_bindgen::preserve")] Blob),
    /// A peer's message has been dealt with; what it led to has been sent before.
    Settled,
    /// A batch is done, and its messages for other shards have been sent before. These files of it
    /// were not begun.
    BatchDone(Vec<u32>),
}

impl FromWorker {
    /// The memory that goes with the message.
    pub fn transfers(&self) -> Array {
        match self {
            Self::Response(bytes) | Self::Relay(_, bytes) => Array::of1(&bytes.buffer()),
            Self::Ready | Self::Settled | Self::BatchDone(_) | Self::Part(..) => Array::new(),
        }
    }
}

impl ToWorker {
    /// The memory that goes with the message.
    pub fn transfers(&self) -> Array {
        match self {
            Self::Peer(bytes) | Self::HandOver(bytes, _) => Array::of1(&bytes.buffer()),
            Self::Start { .. }
            | Self::Open(_)
            | Self::Stop(_)
            | Self::Request(_)
            | Self::Remove(_)
            | Self::Resettle => Array::new(),
        }
    }
}

/// A message as a JavaScript value. `None` if it can't be one: a bug, not a matter of data.
pub fn to_js<T: Serialize>(message: &T) -> Option<JsValue> {
    // Times and sizes are 64 bits wide; as numbers they would be refused beyond 2^53.
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_large_number_types_as_bigints(true);
    message.serialize(&serializer).ok()
}

/// A JavaScript value as a message.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}

/// A value as a buffer of its own, ready to be transferred.
pub fn pack<T: Serialize>(value: &T) -> Option<Uint8Array> {
    let bytes = postcard::to_allocvec(value).ok()?;
    Some(Uint8Array::from(bytes.as_slice()))
}

/// A buffer as the value it holds.
pub fn unpack<T: DeserializeOwned>(bytes: &Uint8Array) -> Option<T> {
    postcard::from_bytes(&bytes.to_vec()).ok()
}

/// What an error event means to a reader. Its text is not shown: it could hold a piece of a log.
pub fn reason(message: &str) -> &'static str {
    if message.contains("memory") || message.contains("RangeError") || message.contains("allocation") {
        "It ran out of memory."
    } else {
        "It stopped on something it could not handle."
    }
}
