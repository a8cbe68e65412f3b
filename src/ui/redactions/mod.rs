//! What AWS hid and what leaked, and what is missing for another reason: by service, then event, path
//! and marker.

mod exposures;
mod line;

use yew::prelude::*;

use self::exposures::exposures;
use self::line::line;
use crate::display::grouped;
use crate::protocol::{Answer, FindingGroup, Hidden};
use crate::sorting::sort_by;
use crate::ui::shared::{Icon, OnFilter, Same, bold, icon, icon_small, icon_tiny, monogram, service, span};

/// Groups of one list that are drawn at once; a button draws as many again.
const MOST: usize = 300;

/// Of [`RedactionsView`].
#[derive(Clone, PartialEq, Properties)]
pub struct RedactionsViewProps {
    /// The answer.
    pub answer: Same<Answer>,
    /// A line was pressed.
    pub on_filter: OnFilter,
    /// Show the events.
    pub on_events: Callback<()>,
}

/// What the view lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    /// What AWS hid, and what leaked below it.
    #[default]
    Hid,
    Leaked,
    NotLogged,
    Scrubbed,
    Cut,
}

impl Part {
    const ALL: [Self; 5] = [Self::Hid, Self::Leaked, Self::NotLogged, Self::Scrubbed, Self::Cut];

    /// Icon, class, name, unit, name of its handle.
    fn words(self) -> (Icon, &'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Hid => (Icon::Hid, "is-hid", "AWS hid", "values", "hid"),
            Self::Leaked => (Icon::Leak, "is-leak", "Leaked", "values", "leaked"),
            Self::NotLogged => (Icon::NotLogged, "soft", "Not logged by design", "responses", "not-logged"),
            Self::Scrubbed => (Icon::Scrub, "soft", "Scrubbed after logging", "by people", "scrubbed"),
            Self::Cut => (Icon::Cut, "soft", "Cut by CloudTrail", "too large", "cut"),
        }
    }

    fn has(self, class: Hidden) -> bool {
        match self {
            Self::Hid => class.is_redaction(),
            Self::Leaked => false,
            Self::NotLogged => class == Hidden::NotLogged,
            Self::Scrubbed => class == Hidden::Scrubbed,
            Self::Cut => class == Hidden::Cut,
        }
    }

    fn groups(self, answer: &Answer) -> Vec<&FindingGroup> {
        if self == Self::Leaked {
            return answer.exposure_groups.iter().collect();
        }
        answer.redaction_groups.iter().filter(|group| self.has(group.hidden())).collect()
    }
}

/// The redactions and exposures of the matches.
#[component]
pub fn RedactionsView(props: &RedactionsViewProps) -> Html {
    let part = use_state_eq(Part::default);
    // The sources of the services that are folded.
    let folded = use_state(Vec::<String>::new);
    let most = use_state_eq(|| MOST);
    let answer = &props.answer;
    let groups = part.groups(answer);
    let rest = groups.len().saturating_sub(*most);
    let more = {
        let most = most.clone();
        move |_: MouseEvent| most.set(*most + MOST)
    };
    html! {
        <div class="redactions">
            <div class="parts" role="group" aria-label="Kinds">
                for one in Part::ALL { { figure(one, answer, &part) } }
            </div>
            <p class="toolbar looked-at"><span>{ span("soft", "Looked at ") }{ bold(grouped(answer.looked_at)) }
                { span("soft", " keys and texts in ") }{ bold(grouped(answer.matched)) }{ span("soft", " events") }</span></p>
            <div class="scroll">
                if *part != Part::Leaked {
                    { redactions(&groups[..groups.len().min(*most)], *part, &folded, props) }
                } else {
                    { exposures(answer, *most, props) }
                }
                if rest > 0 {
                    <button type="button" class="link more" onclick={more}>{ format!("{} more lines", grouped(rest as u64)) }</button>
                }
                if *part == Part::Hid && !answer.exposure_groups.is_empty() {
                    <h3 class="section is-leak">{ icon(Icon::Leak) }{ " Leaked, worst first " }
                        { span("soft", format!("{} values that nobody hid", grouped(answer.exposures))) }</h3>
                    { exposures(answer, MOST, props) }
                }
            </div>
        </div>
    }
}

fn figure(one: Part, answer: &Answer, part: &UseStateHandle<Part>) -> Html {
    let (shape, class, name, unit, handle) = one.words();
    let count = sum(&one.groups(answer));
    let onclick = {
        let part = part.setter();
        move |_: MouseEvent| part.set(one)
    };
    html! {
        <button type="button" class="part" aria-pressed={if **part == one { "true" } else { "false" }} {onclick}
            data-testid="redaction-part" data-part={handle} data-count={count.to_string()}>
            <span class={class}>{ icon_small(shape) }{ " " }{ name }</span>
            <span>{ bold(grouped(count)) }{ " " }{ span("soft", unit) }</span>
        </button>
    }
}

fn redactions(
    groups: &[&FindingGroup],
    part: Part,
    folded: &UseStateHandle<Vec<String>>,
    props: &RedactionsViewProps,
) -> Html {
    if groups.is_empty() {
        let words = match part {
            Part::Hid => "AWS hid nothing here",
            Part::Cut => "CloudTrail cut nothing here",
            Part::Scrubbed => "Nobody scrubbed anything here",
            Part::NotLogged | Part::Leaked => "Nothing here",
        };
        return html! {
            <div class="empty">{ icon(part.words().0) }<h2>{ words }</h2>
                <p>{ format!("Of the {} events that match.", grouped(props.answer.matched)) }</p></div>
        };
    }
    html! {
        <table class="list">
            <thead><tr><th>{ "Event" }</th><th>{ "Path" }</th><th>{ "Marker" }</th>
                <th class="number">{ if part == Part::Hid { "Hidden" } else { "Values" } }</th><th class="number">{ "Share" }</th>
                <th>{ "Basis" }</th></tr></thead>
            for lines in by_service(groups) { { of_service(&lines, folded, props) } }
        </table>
    }
}

/// The groups of each service; most first, in services and in lines.
fn by_service<'g>(groups: &[&'g FindingGroup]) -> Vec<Vec<&'g FindingGroup>> {
    let mut sorted: Vec<&FindingGroup> = groups.to_vec();
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

fn of_service(
    groups: &[&FindingGroup],
    folded: &UseStateHandle<Vec<String>>,
    props: &RedactionsViewProps,
) -> Html {
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
                for group in groups { { line(group, props) } }
            }
        </tbody>
    }
}
