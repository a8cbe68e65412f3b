//! Choosing what to read of a large drop, by account, Region and day, before it is read.

use yew::prelude::*;

use crate::display::{grouped, size};
use crate::state::{Part, Scope, Trait};
use crate::ui::shared::{Button, ButtonKind, Dialog, Same, value};

/// Of [`ChooseDialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChooseDialogProps {
    /// What waits, and what is left out.
    pub scope: Same<Scope>,
    /// A part was ticked or unticked.
    pub on_toggle: Callback<(Trait, String)>,
    /// Read what is ticked, leave out the rest.
    pub on_apply: Callback<()>,
    /// Read everything after all.
    pub on_close: Callback<()>,
}

/// The dialog.
#[component]
pub fn ChooseDialog(props: &ChooseDialogProps) -> Html {
    let (files, bytes) = props.scope.wanted();
    let (all_files, all_bytes) = props.scope.waiting();
    html! {
        <Dialog title="Choose what to read" on_close={props.on_close.clone()}>
            <p class="soft">{ "Of the files that are not read yet, by what their S3 keys say. What is left out is listed \
                in the ledger." }</p>
            <div class="choose" data-testid="choose">
                for by in Trait::ALL {
                    { parts(props, by) }
                }
            </div>
            <footer class="choose-foot">
                <span class="count" data-testid="choose-sum" data-files={files.to_string()}>
                    <b>{ grouped(files) }</b>
                    { format!(" of {} files, {} of {}", grouped(all_files), size(bytes), size(all_bytes)) }</span>
                <Button label="Read these" kind={ButtonKind::Primary} testid="choose-apply"
                    onclick={props.on_apply.clone()} />
            </footer>
        </Dialog>
    }
}

fn parts(props: &ChooseDialogProps, by: Trait) -> Html {
    let title = match by {
        Trait::Account => "Account",
        Trait::Region => "Region",
        Trait::Day => "Day of delivery",
    };
    html! {
        <fieldset>
            <legend>{ title }</legend>
            for part in props.scope.parts(by) {
                { line(props, by, part) }
            }
        </fieldset>
    }
}

fn line(props: &ChooseDialogProps, by: Trait, part: Part) -> Html {
    let onchange = {
        let (on_toggle, value) = (props.on_toggle.clone(), part.value.clone());
        Callback::from(move |_: Event| on_toggle.emit((by, value.clone())))
    };
    let checked = props.scope.is_in(by, &part.value);
    html! {
        <label>
            <input type="checkbox" data-testid="choose-part" data-value={part.value.clone()} {checked} {onchange} />
            if part.value.is_empty() { <span class="soft">{ "not in the key" }</span> } else { { value(&part.value) } }
            <span class="soft push">{ format!("{} files, {}", grouped(part.files), size(part.bytes)) }</span>
        </label>
    }
}
