//! One principal: figures, its story in time, who is behind it, and what it used and did. Every item
//! is a filter.

use yew::prelude::*;

use super::chain::chain;
use super::view::{IdentitiesViewProps, icon_of, is_root, kind_and_account, moment, name_of, range};
use crate::display::{agent_family, breadth, fine_share, grouped, share};
use crate::event::Field;
use crate::protocol::{IdentitySummary, PrincipalTerms, RowRef, Use, UseList};
use crate::sorting::sort_by;
use crate::ui::services::{SPARK_HEIGHT, spark};
use crate::ui::shared::{
    Button, Choice, Icon, Unfolded, bold, button, icon, icon_small, in_sight, more, service, shown, shown_as,
    span,
};

/// Items of each list in sight.
const MOST_ITEMS: usize = 12;

/// Items of each list that a shard sends at most.
const MOST_SENT: usize = 200;

/// Rare writes in sight.
const MOST_NOTABLE: usize = 6;

/// What the pane at the right of the list shows.
pub(super) struct Detail<'p> {
    pub person: &'p IdentitySummary,
    pub props: &'p IdentitiesViewProps,
    pub unfolded: &'p Unfolded,
    /// Of the pane, pixels.
    pub width: u32,
}

pub(super) fn detail(all: &Detail<'_>) -> Html {
    let detail = &all.props.detail;
    // Until its own is here, the detail of another principal says nothing about this one.
    let own = detail.is_of(&all.person.terms());
    html! {
        <>
            { head(all) }
            { figures(all, own) }
            if own {
                { chain(&all.props.chain, &all.props.names, &all.props.acts) }
                { story(all) }
                <div class="lists">
                    { list(all, "Sessions", Field::IdentityArn) }
                    { list(all, "Access keys", Field::AccessKey) }
                    { list(all, "Source IP", Field::SourceIp) }
                    { list(all, "User agents", Field::UserAgent) }
                    { list(all, "Services", Field::EventSource) }
                    { list(all, "Calls", Field::EventName) }
                    { list(all, "Error codes", Field::ErrorCode) }
                    { list(all, "Resources", Field::Resource) }
                    { list(all, "Sessions it opened", Field::IssuedArn) }
                    { list(all, "Source identity", Field::SourceIdentity) }
                    { list(all, "In account", Field::RecipientAccount) }
                </div>
            }
        </>
    }
}

/// What narrows a query to the principal: its name, its account and kind where the name does not tell.
fn choices(person: &IdentitySummary, include: bool) -> Vec<Choice> {
    let PrincipalTerms { principal, account, types } = person.terms();
    let fields = [(Field::Principal, vec![principal]), (Field::IdentityType, types)];
    let fields = fields.into_iter().chain([(Field::IdentityAccount, Vec::from_iter(account))]);
    let mut choices = Vec::new();
    for (field, texts) in fields {
        for text in texts {
            choices.push(Choice { field, value: (!text.is_empty()).then_some(text), include });
        }
    }
    choices
}

/// A filter for the principal and more.
fn only(all: &Detail<'_>, more: Vec<Choice>) -> Callback<MouseEvent> {
    let mut choices = choices(all.person, true);
    choices.extend(more);
    all.props.on_filter.reform(move |_: MouseEvent| choices.clone())
}

fn head(all: &Detail<'_>) -> Html {
    let Detail { person, props, .. } = all;
    let to_events = {
        let (on_filter, on_events, choices) =
            (props.on_filter.clone(), props.on_events.clone(), choices(person, true));
        Callback::from(move |()| {
            on_filter.emit(choices.clone());
            on_events.emit(());
        })
    };
    let without = {
        let choices = choices(person, false);
        props.on_filter.reform(move |()| choices.clone())
    };
    html! {
        <header>
            { icon(icon_of(&person.identity_type)) }
            <h2 class={classes!("v", "line", is_root(person).then_some("heavy"))} title={name_of(person)}>
                { name_of(person) }</h2>
            { span("soft", kind_and_account(person, &props.names)) }
            <span class="push" />
            { button(Button { label: "Only this".into(), icon: Some(Icon::Plus), title: Some("Its events"), onclick: to_events,
                ..Button::default() }) }
            // Without the name alone would leave out somebody else.
            if !person.namesake && !person.another_kind {
                { button(Button { label: "Without this".into(), icon: Some(Icon::Minus), onclick: without,
                    ..Button::default() }) }
            }
        </header>
    }
}

/// Whether an ARN is that of a session, and not of a user.
fn is_session(arn: &str) -> bool {
    arn.contains(":assumed-role/") || arn.contains(":federated-user/")
}

fn uses<'p>(all: &Detail<'p>, field: Field) -> &'p [Use] {
    let lists: &'p [UseList] = &all.props.detail.lists;
    lists.iter().find(|list| list.field == field).map_or(&[], |list| &list.uses)
}

fn figures(all: &Detail<'_>, own: bool) -> Html {
    let person = all.person;
    let counted = |count: u64, one: &'static str, many: &'static str| {
        (grouped(count), if count == 1 { one } else { many }.to_owned())
    };
    let mut figures = vec![
        (counted(person.events, "event", "events"), None),
        (counted(person.writes, "write", "writes"), Some(Choice::only(Field::ReadOnly, "false"))),
        (
            {
                let (count, noun) = counted(person.errors, "error", "errors");
                (count, [noun.as_str(), ", ", &fine_share(person.errors, person.events)].concat())
            },
            Some(Choice::present(Field::Failure)),
        ),
        ((grouped(person.redactions), "AWS hid".to_owned()), Some(Choice::present(Field::Redaction))),
    ];
    if own {
        let of = |value: &str| {
            uses(all, Field::Mfa).iter().find(|one| one.value == value).map_or(0, |one| one.events)
        };
        let (with, without) = (of("true"), of("false"));
        // Of a role `false` says nothing: whoever opened the session may have had MFA.
        if with > 0 || without > 0 && person.identity_type != "AssumedRole" {
            let share = (share(with, with + without), "with MFA".to_owned());
            figures.push((share, Some(Choice::only(Field::Mfa, "true"))));
        }
        let sessions = uses(all, Field::IdentityArn).iter().any(|one| is_session(&one.value));
        let of_sessions = sessions.then_some((Field::IdentityArn, "session", "sessions"));
        for (field, one, many) in of_sessions.into_iter().chain([
            (Field::AccessKey, "key", "keys"),
            (Field::SourceIp, "source IP", "source IPs"),
            (Field::EventSource, "service", "services"),
        ]) {
            let list = all.props.detail.lists.iter().find(|list| list.field == field);
            let distinct = list.map_or(0, |list| list.distinct);
            figures.push((counted(distinct, one, many), Some(Choice::present(field))));
        }
    }
    html! {
        <div class="figures">
            for ((head, word), choice) in figures {
                <button type="button" class={classes!("figure", "plain", (head == "0").then_some("zero"))} title="Only these"
                    onclick={only(all, choice.into_iter().collect())}>
                    { bold(head) }<small>{ word }</small>
                </button>
            }
        </div>
    }
}

/// When it was active, and the calls to look at: the first, the rarest writes, the last.
fn story(all: &Detail<'_>) -> Html {
    let names = uses(all, Field::EventName);
    let mut calls: Vec<(&str, &str, (i64, RowRef))> = Vec::new();
    calls
        .extend(names.iter().min_by_key(|one| one.first).map(|one| ("first", one.value.as_str(), one.first)));
    let mut rare: Vec<&Use> = names.iter().filter(|one| one.writes > 0).collect();
    sort_by(&mut rare, |one, other| one.events.cmp(&other.events));
    rare.truncate(MOST_NOTABLE);
    sort_by(&mut rare, |one, other| one.first.cmp(&other.first));
    calls.extend(rare.iter().map(|one| ("rare write", one.value.as_str(), one.first)));
    calls.extend(names.iter().max_by_key(|one| one.last).map(|one| ("last", one.value.as_str(), one.last)));
    let props = all.props;
    let times = match (all.person.first_ms, all.person.last_ms) {
        (Some(first), Some(last)) => [" ", &range(first, last)].concat(),
        _ => String::new(),
    };
    html! {
        <section class="story">
            <h3>{ "In time" }{ span("soft", times) }</h3>
            { spark(&props.detail.histogram, props.buckets, None, all.width.saturating_sub(32), SPARK_HEIGHT, None) }
            <ul>
                for (word, name, (at, row)) in calls {
                    <li><button type="button" class="bar-item" title="Open this event"
                        onclick={props.acts.on_open.reform(move |_: MouseEvent| row)}>
                        { span("soft", word) }{ span("v line", shown(name).into_owned()) }
                        { span("amount", moment(at)) }</button></li>
                }
            </ul>
        </section>
    }
}

/// An item of a list: what it is called, the values it stands for, and their sum.
struct Item<'p> {
    label: String,
    values: Vec<&'p str>,
    sum: Use,
}

/// Values that mean the same to a reader are one item: user agents by their family.
fn items<'p>(field: Field, uses: &'p [Use]) -> Vec<Item<'p>> {
    let mut items: Vec<Item<'p>> = Vec::new();
    for one in uses.iter().filter(|one| field != Field::IdentityArn || is_session(&one.value)) {
        let label = label(field, &one.value);
        let family = field == Field::UserAgent;
        match items.iter_mut().find(|item| family && item.label == label) {
            None => items.push(Item { label, values: vec![&one.value], sum: one.clone() }),
            Some(item) => {
                item.values.push(&one.value);
                item.sum.events += one.events;
                item.sum.first = item.sum.first.min(one.first);
                item.sum.last = item.sum.last.max(one.last);
            }
        }
    }
    sort_by(&mut items, |one, other| other.sum.events.cmp(&one.sum.events));
    items
}

fn label(field: Field, value: &str) -> String {
    let last = |text: &str| shown_as(field, text.rsplit('/').next().unwrap_or_default()).into_owned();
    match field {
        Field::EventSource => service(value).name.into_owned(),
        Field::UserAgent => agent_family(value).to_owned(),
        Field::IdentityArn => last(value),
        Field::IssuedArn => {
            let role = value.split_once(":assumed-role/").map_or(value, |(_, role)| role);
            shown_as(field, role).into_owned()
        }
        Field::AccessKey if value.starts_with("AKIA") => format!("{}, long-term", shown_as(field, value)),
        Field::AccessKey if value.starts_with("ASIA") => format!("{}, temporary", shown_as(field, value)),
        _ => shown_as(field, value).into_owned(),
    }
}

fn list(all: &Detail<'_>, title: &'static str, field: Field) -> Html {
    let items = items(field, uses(all, field));
    let top = items.first().map_or(1, |item| item.sum.events).max(1);
    let sight = in_sight(all.unfolded, field, items.len(), MOST_ITEMS);
    html! {
        if !items.is_empty() {
            <section>
                <h3>{ title }</h3>
                <ul>
                    for item in items.iter().take(sight) { { row(all, item, top, field) } }
                </ul>
                { more(all.unfolded, field, items.len(), MOST_ITEMS, MOST_SENT) }
            </section>
        }
    }
}

fn row(all: &Detail<'_>, item: &Item<'_>, top: u64, field: Field) -> Html {
    let mine = item.values.iter().map(|value| Choice::only(field, *value));
    let title = shown_as(field, item.values.first().unwrap_or(&"")).into_owned();
    let ours = matches!(field, Field::EventSource | Field::UserAgent);
    let timed = matches!(field, Field::IdentityArn | Field::AccessKey);
    let row = item.sum.last.1;
    html! {
        <li>
            <button type="button" class="bar-item" {title} onclick={only(all, mine.collect())}>
                <svg class="facet-bar" aria-hidden="true"><rect width={breadth(item.sum.events, top)} height="100%" rx="3" /></svg>
                { span(if ours { "v line ours" } else { "v line" }, item.label.clone()) }
                { span("amount", grouped(item.sum.events)) }</button>
            if timed {
                <p class="when">{ range(item.sum.first.0, item.sum.last.0) }
                    <button type="button" class="linked" title="Who is behind it"
                        onclick={all.props.on_trace.reform(move |_: MouseEvent| row)}>{ icon_small(Icon::User) }{ " who" }</button></p>
            }
        </li>
    }
}
