//! The ways in for files: two real file inputs, and the whole page as a drop target.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, File, FileList, HtmlInputElement};
use yew::prelude::*;

use crate::display::grouped;
use crate::ui::shared::{Icon, icon};

/// Of [`FileInputs`].
#[derive(Clone, PartialEq, Properties)]
pub struct FileInputsProps {
    /// Bound to the file input, for [`open_picker`].
    pub files: NodeRef,
    /// Bound to the folder input, for [`open_picker`].
    pub folder: NodeRef,
    /// The files chosen, of either input; those of a folder carry `webkitRelativePath`.
    pub on_files: Callback<Vec<File>>,
}

/// The two file inputs. They stay in the document, out of sight, also when files are loaded.
#[component]
pub fn FileInputs(props: &FileInputsProps) -> Html {
    let onchange = props.on_files.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let files = list(input.files());
        // So that choosing the same files again is a change again.
        input.set_value("");
        files
    });
    html! {
        <div class="visually-hidden">
            <input ref={&props.files} type="file" multiple=true tabindex="-1" data-testid="file-input"
                aria-label="Choose files" onchange={onchange.clone()} />
            <input ref={&props.folder} type="file" multiple=true tabindex="-1" data-testid="folder-input"
                aria-label="Choose a folder" webkitdirectory=true {onchange} />
        </div>
    }
}

fn list(files: Option<FileList>) -> Vec<File> {
    files.map(|files| (0..files.length()).filter_map(|place| files.get(place)).collect()).unwrap_or_default()
}

/// Opens the picker of a file input. Only works while a click or a key press is handled.
pub fn open_picker(input: &NodeRef) {
    if let Some(input) = input.cast::<HtmlInputElement>() {
        input.click();
    }
}

/// Of [`DropCover`].
#[derive(Clone, PartialEq, Properties)]
pub struct DropCoverProps {
    /// Files loaded already: they say whether a drop opens or adds.
    pub files: u64,
    /// What was let go. It must be read before the event ends: its items vanish after it.
    pub on_drop: Callback<DataTransfer>,
}

/// Listens for files dragged over the page, covers it meanwhile, hands over what is dropped.
#[component]
pub fn DropCover(props: &DropCoverProps) -> Html {
    let over = use_state_eq(|| false);
    let setter = over.setter();
    use_effect_with(props.on_drop.clone(), move |on_drop| {
        let listeners = listen(on_drop.clone(), setter);
        move || drop(listeners)
    });
    let words = match props.files {
        0 => "Drop to open".to_owned(),
        1 => "Drop to add to 1 file".to_owned(),
        files => format!("Drop to add to {} files", grouped(files)),
    };
    html! {
        <div class="drop-cover" hidden={!*over}>
            <div>{ icon(Icon::Drop) }<b>{ words }</b></div>
        </div>
    }
}

fn listen(on_drop: Callback<DataTransfer>, over: UseStateSetter<bool>) -> Vec<EventListener> {
    let window = gloo::utils::window();
    let active = EventListenerOptions::enable_prevent_default();
    let mut listeners = Vec::with_capacity(4);
    for name in ["dragenter", "dragover", "dragleave", "drop"] {
        let (on_drop, over) = (on_drop.clone(), over.clone());
        listeners.push(EventListener::new_with_options(&window, name, active, move |event| {
            let Some(event) = event.dyn_ref::<DragEvent>() else { return };
            let Some(data) = event.data_transfer().filter(carries_files) else { return };
            match name {
                // `relatedTarget` is empty when the pointer leaves the window, not an element in it.
                "dragleave" => {
                    if event.related_target().is_none() {
                        over.set(false);
                    }
                }
                "drop" => {
                    event.prevent_default();
                    over.set(false);
                    on_drop.emit(data);
                }
                _ => {
                    event.prevent_default();
                    data.set_drop_effect("copy");
                    over.set(true);
                }
            }
        }));
    }
    listeners
}

/// Text dragged within the page is none of our business.
fn carries_files(data: &DataTransfer) -> bool {
    data.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"))
        || data.files().is_some_and(|files| files.length() > 0)
}
