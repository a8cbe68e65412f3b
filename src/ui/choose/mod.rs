//! Choosing what to read of a large drop, by account, Region and day, before it is read.

use yew::prelude::*;

use crate::display::{grouped, size};
use crate::state::{Part, Scope, Trait};
use crate::ui::shared::{Button, ButtonKind, Dialog, bold, button, span, value};

/// The dialog. `on_toggle` takes a part out or in again, `on_apply` reads what is ticked and leaves
/// out the rest, `on_close` reads everything after all.
pub fn choose(
    scope: &Scope,
    on_toggle: &Callback<(Trait, String)>,
    on_apply: &Callback<()>,
    on_close: &Callback<()>,
) -> Html {
    let (files, bytes) = scope.wanted();
    let (all_files, all_bytes) = scope.waiting();
    let read = Button {
        label: "Read these".into(),
        kind: ButtonKind::Primary,
        testid: Some("choose-apply"),
        onclick: on_apply.clone(),
        ..Button::default()
    };
    html! {
        <Dialog title="Choose what to read" on_close={on_close.clone()}>
            <p class="soft">{ "Of the files that are not read yet, by what their S3 keys say. What is left out is \
                listed in the ledger." }</p>
            <div class="choose" data-testid="choose">
                for by in Trait::ALL { { parts(scope, by, on_toggle) } }
            </div>
            <footer class="choose-foot">
                <span class="count" data-testid="choose-sum" data-files={files.to_string()}>
                    { bold(grouped(files)) }
                    { format!(" of {} files, {} of {}", grouped(all_files), size(bytes), size(all_bytes)) }</span>
                { button(read) }
            </footer>
        </Dialog>
    }
}

fn parts(scope: &Scope, by: Trait, on_toggle: &Callback<(Trait, String)>) -> Html {
    let title = match by {
        Trait::Account => "Account",
        Trait::Region => "Region",
        Trait::Day => "Day of delivery",
    };
    html! {
        <fieldset>
            <legend>{ title }</legend>
            for part in scope.parts(by) { { line(scope.is_in(by, &part.value), by, part, on_toggle) } }
        </fieldset>
    }
}

fn line(checked: bool, by: Trait, part: Part, on_toggle: &Callback<(Trait, String)>) -> Html {
    let name = part.value.clone();
    let onchange = on_toggle.reform(move |_: Event| (by, name.clone()));
    html! {
        <label>
            <input type="checkbox" data-testid="choose-part" data-value={part.value.clone()} {checked} {onchange} />
            if part.value.is_empty() { { span("soft", "not in the key") } } else { { value(&part.value) } }
            { span("soft push", format!("{} files, {}", grouped(part.files), size(part.bytes))) }
        </label>
    }
}
