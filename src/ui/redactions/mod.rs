//! What AWS hid: by service, then event, path and marker.

use std::collections::BTreeMap;

use yew::prelude::*;

use crate::display::{grouped, middle, path_end, share, shown};
use crate::event::Field;
use crate::protocol::{Answer, RedactionGroup};
use crate::ui::shared::{Choice, Icon, OnFilter, Same, icon, icon_tiny, monogram, service};

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
                <p class="is-hid">{ icon(Icon::Hid) }<b>{ " AWS hid " }</b></p>
                <p><b>{ grouped(hidden) }</b><span class="soft">{ " values in " }</span>
                    <b>{ grouped(props.answer.matched) }</b><span class="soft">{ " events" }</span></p>
            </div>
            <div class="scroll">
                <table class="list">
                    <thead><tr><th>{ "Event" }</th><th>{ "Path" }</th><th>{ "Marker" }</th>
                        <th class="number">{ "Hidden" }</th><th class="number">{ "Share" }</th>
                        <th>{ "Basis" }</th></tr></thead>
                    for (source, lines) in by_service(groups) {
                        <Service key={source.to_string()} source={source.clone()} answer={props.answer.clone()} {lines}
                            on_filter={props.on_filter.clone()} />
                    }
                </table>
            </div>
        </div>
    }
}

/// The places of the groups of each service; most hidden first, in services and in lines.
fn by_service(groups: &[RedactionGroup]) -> Vec<(AttrValue, Vec<usize>)> {
    let mut services: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, group) in groups.iter().enumerate() {
        services.entry(&group.source).or_default().push(place);
    }
    let count = |place: &usize| groups.get(*place).map_or(0, |group| group.count);
    let mut services: Vec<_> = services.into_iter().collect();
    for (_, lines) in &mut services {
        lines.sort_by_key(|place| std::cmp::Reverse(count(place)));
    }
    services.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.iter().map(count).sum::<u64>()));
    services.into_iter().map(|(source, lines)| (AttrValue::from(source.to_owned()), lines)).collect()
}

#[derive(Clone, PartialEq, Properties)]
struct ServiceProps {
    source: AttrValue,
    answer: Same<Answer>,
    lines: Vec<usize>,
    on_filter: OnFilter,
}

#[component]
fn Service(props: &ServiceProps) -> Html {
    let folded = use_state_eq(|| false);
    let names = service(&props.source);
    let groups: Vec<_> =
        props.lines.iter().filter_map(|&place| props.answer.redaction_groups.get(place)).collect();
    let sum: u64 = groups.iter().map(|group| group.count).sum();
    let fold = {
        let folded = folded.clone();
        Callback::from(move |_: MouseEvent| folded.set(!*folded))
    };
    html! {
        <tbody>
            <tr class="service"><th colspan="6"><button type="button" onclick={fold}
                aria-expanded={if *folded { "false" } else { "true" }}>
                { icon_tiny(if *folded { Icon::Right } else { Icon::Down }) }
                { monogram(&names.monogram) }<b>{ names.name.clone() }</b><span class="push" />
                <span class="soft">{ grouped(sum) }</span></button></th></tr>
            if !*folded {
                for group in groups { { line(group, &props.on_filter) } }
            }
        </tbody>
    }
}

fn line(group: &RedactionGroup, on_filter: &OnFilter) -> Html {
    let choices = vec![
        Choice::only(Field::EventSource, group.source.clone()),
        Choice::only(Field::EventName, group.name.clone()),
        Choice::only(Field::Redaction, group.marker.clone()),
    ];
    let (path, marker) = (shown(&group.path), shown(&group.marker));
    html! {
        <tr data-testid="redaction-group" data-source={group.source.clone()} data-name={group.name.clone()}
            data-path={group.path.clone()} data-marker={group.marker.clone()} data-count={group.count.to_string()}
            data-basis={if group.documented { "documented" } else { "observed" }}>
            <td><button type="button" class="plain" title="Only these events"
                onclick={on_filter.reform(move |_: MouseEvent| choices.clone())}>
                <span class="v line">{ shown(&group.name).into_owned() }</span></button></td>
            <td class="soft" title={path.clone().into_owned()}>
                <span class="v line">{ path_end(&path, 48).into_owned() }</span></td>
            <td title={marker.clone().into_owned()}>
                <span class="v hid-value line">{ middle(&marker, 22).into_owned() }</span></td>
            <td class="number">{ grouped(group.count) }<span class="soft">{ format!(" of {}", grouped(group.of)) }</span></td>
            <td class="number">{ share(group.count, group.of) }</td>
            <td class="soft">{ if group.documented { "documented" } else { "observed" } }</td>
        </tr>
    }
}
