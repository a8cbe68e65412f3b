//! Lists that show their first items, and all of them when asked.

use yew::prelude::*;

use super::span;
use crate::display::grouped;
use crate::event::Field;

/// The list of a page that is open to its end, by its field.
pub type Unfolded = UseStateHandle<Option<Field>>;

/// How many of `len` items are in sight, where `most` are at first.
pub fn in_sight(unfolded: &Unfolded, field: Field, len: usize, most: usize) -> usize {
    if **unfolded == Some(field) { len } else { len.min(most) }
}

/// The button below a list that shows the rest or hides it again. A list of `sent` items may have been
/// longer before it was sent.
pub fn more(unfolded: &Unfolded, field: Field, len: usize, most: usize, sent: usize) -> Html {
    let rest = len.saturating_sub(most);
    if rest == 0 {
        return Html::default();
    }
    let open = **unfolded == Some(field);
    let mut label = grouped(rest as u64);
    label.push_str(if open {
        " fewer"
    } else if len >= sent {
        " and more"
    } else {
        " more"
    });
    let state = unfolded.clone();
    let onclick = Callback::from(move |_: MouseEvent| state.set((!open).then_some(field)));
    html! {
        <p class="facet-more">
            <button type="button" class="link" data-testid="unfold" aria-expanded={open.to_string()} {onclick}>{ label }</button>
            if open && len >= sent { { span("quiet", " only the most frequent are listed") } }
        </p>
    }
}
