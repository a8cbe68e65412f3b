//! One line of what is hidden.

use yew::prelude::*;

use super::RedactionsViewProps;
use crate::display::{fine_share, grouped, middle, path_end};
use crate::event::Field;
use crate::protocol::{FindingGroup, Hidden};
use crate::ui::shared::{Choice, masked, shown, span};

/// The choices that leave the events of a group.
fn choices(group: &FindingGroup) -> Vec<Choice> {
    let mut choices = vec![
        Choice::only(Field::EventSource, group.source.clone()),
        Choice::only(Field::EventName, group.name.clone()),
        Choice::only(Field::RedactionPath, group.path.clone()),
    ];
    choices.push(if group.hidden().is_redaction() {
        Choice::only(Field::Redaction, group.label.clone())
    } else {
        Choice::only(Field::RedactionClass, group.hidden().name())
    });
    choices
}

/// Event, path, marker, counts, basis; every line filters, and shows its events.
pub(super) fn line(group: &FindingGroup, props: &RedactionsViewProps) -> Html {
    let of_aws = group.hidden().is_redaction();
    let only = choices(group);
    let path = shown(&group.path);
    let marker = shown(&group.label);
    html! {
        <tr data-testid={if of_aws { "redaction-group" } else { "missing-group" }} data-class={group.hidden().name()}
            data-source={masked(&group.source).into_owned()} data-name={masked(&group.name).into_owned()}
            data-path={masked(&group.path).into_owned()} data-marker={masked(&group.label).into_owned()}
            data-count={group.count.to_string()} data-events={group.events.to_string()}
            data-basis={basis(group)}>
            <td>{ press("plain", "Only these events", only.clone(), props, false, html! {
                { span("v line", shown(&group.name).into_owned()) } }) }</td>
            <td class="soft" title={path.clone().into_owned()}>
                { span("v line", path_end(&path, 48).into_owned()) }</td>
            <td title={marker.clone().into_owned()}>
                { span(if of_aws { "v hid-value line" } else { "v grey-value line" }, middle(&marker, 22).into_owned()) }</td>
            <td class="number">{ grouped(group.count) }
                { span("soft", if group.events == group.count { format!(" of {}", grouped(group.of)) } else {
                    format!(" in {} of {}", grouped(group.events), grouped(group.of)) }) }</td>
            <td class="number">{ fine_share(group.events, group.of) }{ " " }{ without(group, props) }</td>
            <td class="soft">{ basis(group) }{ " " }
                { press("link", "Show these events", only, props, true, html! { { "show" } }) }</td>
        </tr>
    }
}

fn basis(group: &FindingGroup) -> &'static str {
    match group.hidden() {
        Hidden::Scrubbed => "no service",
        _ if group.documented() => "documented",
        _ => "observed",
    }
}

/// The odd ones: events of the same call in which the path is not redacted.
fn without(group: &FindingGroup, props: &RedactionsViewProps) -> Html {
    let rest = group.of.saturating_sub(group.events);
    if rest == 0 || !group.hidden().is_redaction() {
        return Html::default();
    }
    let mut choices = choices(group);
    choices.truncate(3);
    if let Some(path) = choices.last_mut() {
        path.include = false;
    }
    let title =
        "Events of this call in which this path is not hidden: its value is in clear, or is not there";
    press("link", title, choices, props, true, html! { { format!("{} not", grouped(rest)) } })
}

/// A button that filters, and shows the events if asked to.
pub(super) fn press(
    class: &'static str,
    title: &'static str,
    choices: Vec<Choice>,
    props: &RedactionsViewProps,
    show: bool,
    inside: Html,
) -> Html {
    let (on_filter, on_events) = (props.on_filter.clone(), props.on_events.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        on_filter.emit(choices.clone());
        if show {
            on_events.emit(());
        }
    });
    html! { <button type="button" {class} {title} {onclick}>{ inside }</button> }
}
