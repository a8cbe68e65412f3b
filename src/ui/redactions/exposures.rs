//! What leaked, worst first.

use yew::prelude::*;

use super::RedactionsViewProps;
use super::line::press;
use crate::display::{grouped, path_end};
use crate::event::Field;
use crate::protocol::{Answer, Confidence, ExposureKind, FindingGroup};
use crate::ui::shared::{Choice, Icon, icon, icon_small, masked, service, shown, span, titled};

/// The groups of exposures, at most `most` of them.
pub(super) fn exposures(answer: &Answer, most: usize, props: &RedactionsViewProps) -> Html {
    if answer.exposure_groups.is_empty() {
        return html! {
            <div class="empty">{ icon(Icon::Leak) }<h2>{ "Nothing leaked here" }</h2>
                <p>{ "As far as the rules know: read what matters yourself." }</p></div>
        };
    }
    html! {
        <table class="list leaked">
            <thead><tr><th>{ "Kind" }</th><th>{ "Event" }</th><th>{ "Path" }</th>
                <th class="number">{ "Values" }</th><th>{ "Why it matters" }</th><th>{ "Certainty" }</th></tr></thead>
            <tbody>for group in answer.exposure_groups.iter().take(most) { { line(group, props) } }</tbody>
        </table>
    }
}

fn line(group: &FindingGroup, props: &RedactionsViewProps) -> Html {
    let Some(kind) = ExposureKind::by_name(&group.label) else { return Html::default() };
    let only = vec![
        Choice::only(Field::EventSource, group.source.clone()),
        Choice::only(Field::EventName, group.name.clone()),
        Choice::only(Field::Exposure, kind.name()),
        Choice::only(Field::ExposurePath, group.path.clone()),
    ];
    let path = shown(&group.path);
    html! {
        <tr data-testid="exposure-group" data-kind={kind.name()} data-source={masked(&group.source).into_owned()}
            data-name={masked(&group.name).into_owned()} data-path={masked(&group.path).into_owned()}
            data-count={group.count.to_string()} data-events={group.events.to_string()}>
            <td>{ press("plain is-leak", "Only these events", only.clone(), props, false, html! {
                <>{ icon_small(Icon::Leak) }{ " " }{ kind.label() }</> }) }</td>
            <td title={service(&group.source).name.into_owned()}>{ span("v line", shown(&group.name).into_owned()) }</td>
            <td class="soft" title={path.clone().into_owned()}>{ span("v line", path_end(&path, 40).into_owned()) }</td>
            <td class="number">{ grouped(group.count) }{ span("soft", format!(" in {}", grouped(group.events))) }</td>
            <td class="soft why">{ titled("clip", kind.why(), kind.why()) }</td>
            <td class="soft">{ Confidence::of(group.basis).name() }{ " " }
                { press("link", "Show these events", only, props, true, html! { { "show" } }) }</td>
        </tr>
    }
}
