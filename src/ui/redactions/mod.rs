//! What AWS hid: by service, then event, path and marker.

use yew::prelude::*;

use crate::display::{grouped, middle, path_end, share, shown};
use crate::event::Field;
use crate::protocol::{Answer, FindingGroup};
use crate::sorting::sort_by;
use crate::ui::shared::{Choice, Icon, OnFilter, Same, bold, icon, icon_tiny, monogram, service, span};

/// Of [`RedactionsView`].
#[derive(Clone, PartialEq, Properties)]
pub struct RedactionsViewProps {
    /// The answer.
    pub answer: Same<Answer>,
    /// A line was pressed.
    pub on_filter: OnFilter,
}

/// The redactions of the matches.
#[component]
pub fn RedactionsView(props: &RedactionsViewProps) -> Html {
    // The sources of the services that are folded.
    let folded = use_state(Vec::<String>::new);
    let groups = &props.answer.redaction_groups;
    if groups.is_empty() {
        return html! {
            <div class="empty">{ icon(Icon::Hid) }<h2>{ "AWS hid nothing here" }</h2>
                <p>{ format!("None of the {} events that match holds a redaction marker.",
                    grouped(props.answer.matched)) }</p></div>
        };
    }
    let hidden: u64 = groups.iter().map(|group| group.count).sum();
    html! {
        <div class="redactions">
            <div class="toolbar">
                <p class="is-hid">{ icon(Icon::Hid) }{ bold(" AWS hid ") }</p>
                <p>{ bold(grouped(hidden)) }{ span("soft", " values in ") }
                    { bold(grouped(props.answer.matched)) }{ span("soft", " events") }</p>
            </div>
            <div class="scroll">
                <table class="list">
                    <thead><tr><th>{ "Event" }</th><th>{ "Path" }</th><th>{ "Marker" }</th>
                        <th class="number">{ "Hidden" }</th><th class="number">{ "Share" }</th>
                        <th>{ "Basis" }</th></tr></thead>
                    for lines in by_service(groups) { { of_service(&lines, &folded, &props.on_filter) } }
                </table>
            </div>
        </div>
    }
}

/// The groups of each service; most hidden first, in services and in lines.
fn by_service(groups: &[FindingGroup]) -> Vec<Vec<&FindingGroup>> {
    let mut sorted: Vec<&FindingGroup> = groups.iter().collect();
    sort_by(&mut sorted, |one, other| {
        one.source.cmp(&other.source).then_with(|| other.count.cmp(&one.count))
    });
    let same = |one: &&FindingGroup, other: &&FindingGroup| one.source == other.source;
    let mut services: Vec<Vec<&FindingGroup>> = sorted.chunk_by(same).map(<[_]>::to_vec).collect();
    sort_by(&mut services, |one, other| sum(other).cmp(&sum(one)));
    services
}

fn sum(groups: &[&FindingGroup]) -> u64 {
    groups.iter().map(|group| group.count).sum()
}

fn of_service(groups: &[&FindingGroup], folded: &UseStateHandle<Vec<String>>, on_filter: &OnFilter) -> Html {
    let source = groups.first().map_or("", |group| &group.source);
    let names = service(source);
    let place = folded.iter().position(|name| name == source);
    let fold = {
        let (folded, source) = (folded.clone(), source.to_owned());
        Callback::from(move |_: MouseEvent| {
            let mut names = (*folded).clone();
            match place {
                Some(place) => drop(names.remove(place)),
                None => names.push(source.clone()),
            }
            folded.set(names);
        })
    };
    html! {
        <tbody key={source.to_owned()}>
            <tr class="service"><th colspan="6"><button type="button" onclick={fold}
                aria-expanded={if place.is_some() { "false" } else { "true" }}>
                { icon_tiny(if place.is_some() { Icon::Right } else { Icon::Down }) }
                { monogram(&names.monogram) }{ bold(names.name.into_owned()) }<span class="push" />
                { span("soft", grouped(sum(groups))) }</button></th></tr>
            if place.is_none() {
                for group in groups { { line(group, on_filter) } }
            }
        </tbody>
    }
}

fn line(group: &FindingGroup, on_filter: &OnFilter) -> Html {
    let choices = vec![
        Choice::only(Field::EventSource, group.source.clone()),
        Choice::only(Field::EventName, group.name.clone()),
        Choice::only(Field::Redaction, group.label.clone()),
    ];
    let (path, marker) = (shown(&group.path), shown(&group.label));
    html! {
        <tr data-testid="redaction-group" data-source={group.source.clone()} data-name={group.name.clone()}
            data-path={group.path.clone()} data-marker={group.label.clone()} data-count={group.count.to_string()}
            data-basis={if group.documented() { "documented" } else { "observed" }}>
            <td><button type="button" class="plain" title="Only these events"
                onclick={on_filter.reform(move |_: MouseEvent| choices.clone())}>
                { span("v line", shown(&group.name).into_owned()) }</button></td>
            <td class="soft" title={path.clone().into_owned()}>
                { span("v line", path_end(&path, 48).into_owned()) }</td>
            <td title={marker.clone().into_owned()}>
                { span("v hid-value line", middle(&marker, 22).into_owned()) }</td>
            <td class="number">{ grouped(group.count) }
                { span("soft", if group.events == group.count { format!(" of {}", grouped(group.of)) } else {
                    format!(" in {} of {}", grouped(group.events), grouped(group.of)) }) }</td>
            <td class="number">{ share(group.events, group.of) }</td>
            <td class="soft">{ if group.documented() { "documented" } else { "observed" } }</td>
        </tr>
    }
}
