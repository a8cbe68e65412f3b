//! Files as a person gives them: dropped, picked, pasted, or made by the project itself.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DataTransfer, DataTransferItem, File, FileSystemDirectoryEntry, FileSystemEntry,
    FileSystemFileEntry, ReadableWritablePair, Response,
};

use super::page;
use crate::sample::unpacked;

/// A file with its path as dropped.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The path, with `/` between folders.
    pub path: String,
    /// The file: a handle, no bytes.
    pub file: File,
}

/// What a drop held: it must be taken while the event lasts.
pub struct Dropped {
    entries: Vec<FileSystemEntry>,
    /// Promises of handles, with names: what opens folders where entries do not.
    handles: Vec<(String, Promise)>,
    /// The names of what nothing can open.
    closed: Vec<String>,
    files: Vec<Taken>,
}

/// Takes what was dropped. [`walk`] then opens the folders.
#[must_use]
pub fn take(transfer: &DataTransfer) -> Dropped {
    let items = transfer.items();
    let items = (0..items.length()).filter_map(|at| items.get(at)).filter(|item| item.kind() == "file");
    let mut dropped =
        Dropped { entries: Vec::new(), handles: Vec::new(), files: Vec::new(), closed: Vec::new() };
    for item in items {
        let file = item.get_as_file().ok().flatten();
        let name = file.map_or_else(|| "Something that was dropped".to_owned(), |file| file.name());
        match (handle_promise(&item), item.webkit_get_as_entry()) {
            (Some(promise), _) => dropped.handles.push((name, promise)),
            (None, Ok(Some(entry))) => dropped.entries.push(entry),
            _ => dropped.closed.push(name),
        }
    }
    if dropped.entries.is_empty() && dropped.handles.is_empty() {
        let files = transfer.files();
        let files = files.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect());
        dropped.files = picked(files.unwrap_or_default());
        // A browser without entries gives the files, and folders as files that don't open.
        if !dropped.files.is_empty() {
            dropped.closed.clear();
        }
    }
    dropped
}

/// The promise of a file system handle, on pages that were opened from a file: there Chromium's
/// entries refuse to open. Elsewhere entries are the older and wider way.
fn handle_promise(item: &DataTransferItem) -> Option<Promise> {
    if gloo::utils::window().location().protocol().ok()? != "file:" {
        return None;
    }
    let method = Reflect::get(item, &"getAsFileSystemHandle".into()).ok()?;
    method.dyn_ref::<Function>()?.call0(item).ok()?.dyn_into().ok()
}

/// All files in what was dropped, folders opened at any depth, and the paths that would not open.
pub async fn walk(dropped: Dropped) -> (Vec<Taken>, Vec<String>) {
    let mut files = dropped.files;
    let mut closed = dropped.closed;
    let mut open = dropped.entries;
    while let Some(entry) = open.pop() {
        let path = entry.full_path().trim_start_matches('/').to_owned();
        if entry.is_directory() {
            match children(entry.unchecked_ref()).await {
                Some(inside) => open.extend(inside),
                None => closed.push(path),
            }
        } else {
            match file(entry.unchecked_ref()).await {
                Some(file) => files.push(Taken { path, file }),
                None => closed.push(path),
            }
        }
    }
    let mut open: Vec<(String, JsValue)> = Vec::new();
    for (name, promise) in dropped.handles {
        match JsFuture::from(promise).await {
            // It is null for what is no file.
            Ok(handle) if !handle.is_null() => open.push((String::new(), handle)),
            _ => closed.push(name),
        }
    }
    while let Some((parent, handle)) = open.pop() {
        let name =
            Reflect::get(&handle, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
        let path = format!("{parent}{name}");
        match opened(&handle).await {
            Some(Opened::File(file)) => files.push(Taken { path, file }),
            Some(Opened::Folder(inside)) => {
                open.extend(inside.into_iter().map(|child| (format!("{path}/"), child)))
            }
            None => closed.push(path),
        }
    }
    (files, closed)
}

/// What a file system handle opens to.
enum Opened {
    File(File),
    Folder(Vec<JsValue>),
}

async fn opened(handle: &JsValue) -> Option<Opened> {
    let call = |target: &JsValue, name: &str| -> Option<JsValue> {
        Reflect::get(target, &name.into()).ok()?.dyn_ref::<Function>()?.call0(target).ok()
    };
    let settled = async |value: JsValue| JsFuture::from(value.dyn_into::<Promise>().ok()?).await.ok();
    if Reflect::get(handle, &"kind".into()).ok()?.as_string()? == "file" {
        return Some(Opened::File(settled(call(handle, "getFile")?).await?.unchecked_into()));
    }
    let steps = call(handle, "values")?;
    let mut inside = Vec::new();
    loop {
        let step = settled(call(&steps, "next")?).await?;
        if Reflect::get(&step, &"done".into()).ok()?.is_truthy() {
            return Some(Opened::Folder(inside));
        }
        inside.push(Reflect::get(&step, &"value".into()).ok()?);
    }
}

async fn children(folder: &FileSystemDirectoryEntry) -> Option<Vec<FileSystemEntry>> {
    let reader = folder.create_reader();
    let mut all = Vec::new();
    // A reader gives some entries at a time, and none at the end.
    loop {
        let next = |resolve: Function, reject: Function| {
            let _ = reader.read_entries_with_callback_and_callback(&resolve, &reject);
        };
        let some: Array = promised(next).await?.unchecked_into();
        if some.length() == 0 {
            return Some(all);
        }
        all.extend(some.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn file(entry: &FileSystemFileEntry) -> Option<File> {
    let next = |resolve: Function, reject: Function| entry.file_with_callback_and_callback(&resolve, &reject);
    Some(promised(next).await?.unchecked_into())
}

async fn promised(mut start: impl FnMut(Function, Function)) -> Option<JsValue> {
    JsFuture::from(Promise::new(&mut start)).await.ok()
}

/// Files from a picker; those of a folder carry their path in it.
#[must_use]
pub fn picked(files: Vec<File>) -> Vec<Taken> {
    let path = |file: &File| {
        let relative = Reflect::get(file, &"webkitRelativePath".into()).ok();
        relative
            .and_then(|path| path.as_string())
            .filter(|path| !path.is_empty())
            .unwrap_or_else(|| file.name())
    };
    files.into_iter().map(|file| Taken { path: path(&file), file }).collect()
}

/// A text as a file.
#[must_use]
pub fn pasted(text: &str) -> Option<Taken> {
    made("pasted text", text.as_bytes())
}

/// The sample trail as files; none where it can't be had.
pub async fn sample() -> Vec<Taken> {
    let packed = page::part("trailscope-sample").await.unwrap_or_default();
    let files = inflated(&packed).await.unwrap_or_default();
    unpacked(&files).into_iter().filter_map(|file| made(&file.path, &file.bytes)).collect()
}

/// By the browser: the page has no inflater of its own, only the readers have.
async fn inflated(bytes: &[u8]) -> Option<Vec<u8>> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).ok()?;
    let inflater = Reflect::get(&js_sys::global(), &"DecompressionStream".into()).ok()?;
    let inflater =
        Reflect::construct(&inflater.dyn_into::<Function>().ok()?, &Array::of1(&"gzip".into())).ok()?;
    // It is such a pair, which web-sys does not know yet.
    let pair: ReadableWritablePair = inflater.unchecked_into();
    let response = Response::new_with_opt_readable_stream(Some(&blob.stream().pipe_through(&pair))).ok()?;
    let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}

fn made(path: &str, bytes: &[u8]) -> Option<Taken> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let name = path.rsplit('/').next().unwrap_or(path);
    let file = File::new_with_u8_array_sequence(&parts, name).ok()?;
    Some(Taken { path: path.to_owned(), file })
}
