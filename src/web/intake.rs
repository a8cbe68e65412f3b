//! Files as a person gives them: dropped, picked, pasted, or made by the project itself.

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

use crate::sample::sample_trail;

/// A file with its path as dropped.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The path, with `/` between folders.
    pub path: String,
    /// The file: a handle, no bytes.
    pub file: File,
}

/// What a drop held: entries of folders and files must be taken while the event lasts.
pub struct Dropped {
    entries: Vec<FileSystemEntry>,
    files: Vec<Taken>,
}

/// Takes what was dropped. [`walk`] then opens the folders.
#[must_use]
pub fn take(transfer: &DataTransfer) -> Dropped {
    let items = transfer.items();
    let entries: Vec<FileSystemEntry> = (0..items.length())
        .filter_map(|at| items.get(at))
        .filter_map(|item| item.webkit_get_as_entry().ok().flatten())
        .collect();
    let files = match transfer.files() {
        Some(list) if entries.is_empty() => {
            picked((0..list.length()).filter_map(|at| list.get(at)).collect())
        }
        _ => Vec::new(),
    };
    Dropped { entries, files }
}

/// All files in what was dropped, folders opened at any depth, and the paths that would not open.
pub async fn walk(dropped: Dropped) -> (Vec<Taken>, Vec<String>) {
    let mut files = dropped.files;
    let mut closed = Vec::new();
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
    (files, closed)
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
        let relative = js_sys::Reflect::get(file, &"webkitRelativePath".into()).ok();
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

/// The sample trail as files.
#[must_use]
pub fn sample() -> Vec<Taken> {
    sample_trail().into_iter().filter_map(|file| made(&file.path, &file.bytes)).collect()
}

fn made(path: &str, bytes: &[u8]) -> Option<Taken> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let name = path.rsplit('/').next().unwrap_or(path);
    let file = File::new_with_u8_array_sequence(&parts, name).ok()?;
    Some(Taken { path: path.to_owned(), file })
}
