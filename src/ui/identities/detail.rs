//! One principal: figures, and what it used and did, every item a filter.

use yew::prelude::*;

use super::view::{icon_of, is_root, kind_words, name_of};
use crate::display::{breadth, day_clock, fine_share, grouped};
use crate::event::Field;
use crate::protocol::IdentitySummary;
use crate::ui::shared::shown_as;
use crate::ui::shared::{Button, Choice, Icon, OnFilter, bold, button, icon, icon_small, service, span};

/// Items of each list in sight.
const MOST_ITEMS: usize = 12;

/// The pane at the right of the list.
pub(super) fn detail(person: &IdentitySummary, on_filter: &OnFilter, on_events: &Callback<()>) -> Html {
    html! {
        <section class="principal" aria-label={name_of(person)}>
            { head(person, on_filter, on_events) }
            { figures(person, on_filter) }
            <div class="lists">
                { list(person, "Access keys", &person.keys, Field::AccessKey, on_filter) }
                { list(person, "Source IP", &person.addresses, Field::SourceIp, on_filter) }
                { list(person, "Services", &person.services, Field::EventSource, on_filter) }
                { list(person, "Error codes", &person.error_codes, Field::ErrorCode, on_filter) }
                { list(person, "Identity account", &person.accounts, Field::IdentityAccount, on_filter) }
            </div>
        </section>
    }
}

fn choice(person: &IdentitySummary, include: bool) -> Choice {
    let value = (!person.principal.is_empty()).then(|| person.principal.clone());
    Choice { field: Field::Principal, value, include }
}

fn head(person: &IdentitySummary, on_filter: &OnFilter, on_events: &Callback<()>) -> Html {
    let only = {
        let (on_filter, on_events, choice) = (on_filter.clone(), on_events.clone(), choice(person, true));
        Callback::from(move |()| {
            on_filter.emit(vec![choice.clone()]);
            on_events.emit(());
        })
    };
    let without = {
        let choice = choice(person, false);
        on_filter.reform(move |()| vec![choice.clone()])
    };
    html! {
        <header>
            { icon(icon_of(&person.identity_type)) }
            <h2 class={classes!("v", "line", is_root(person).then_some("heavy"))} title={name_of(person)}>
                { name_of(person) }</h2>
            { span("soft", kind_words(&person.identity_type)) }
            <span class="push" />
            { button(Button { label: "Only this".into(), icon: Some(Icon::Plus), title: Some("Its events"), onclick: only,
                ..Button::default() }) }
            { button(Button { label: "Without this".into(), icon: Some(Icon::Minus), onclick: without,
                ..Button::default() }) }
        </header>
    }
}

fn figures(person: &IdentitySummary, on_filter: &OnFilter) -> Html {
    let times = match (person.first_ms, person.last_ms) {
        (Some(first), Some(last)) => Some((day_clock(first), day_clock(last))),
        _ => None,
    };
    html! {
        <div class="figures">
            { figure(person, grouped(person.events), word(person.events, "event", "events"), None, vec![], on_filter) }
            { figure(person, grouped(person.writes), word(person.writes, "write", "writes"), None,
                vec![Choice::only(Field::ReadOnly, "false")], on_filter) }
            { figure(person, grouped(person.errors), &format!("{}, {}", word(person.errors, "error", "errors"), fine_share(person.errors, person.events)),
                None, vec![Choice::present(Field::ErrorCode)], on_filter) }
            { figure(person, grouped(person.redactions), "AWS hid",
                (person.redactions > 0).then_some(Icon::Hid), vec![Choice::present(Field::Redaction)], on_filter) }
            if let Some((first, last)) = times {
                <span class="figure">{ bold(first) }<small>{ "first" }</small></span>
                <span class="figure">{ bold(last) }<small>{ "last" }</small></span>
            }
        </div>
    }
}

fn word(count: u64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn figure(
    person: &IdentitySummary,
    head: String,
    word: &str,
    shape: Option<Icon>,
    more: Vec<Choice>,
    on_filter: &OnFilter,
) -> Html {
    let mut choices = vec![choice(person, true)];
    choices.extend(more);
    let zero = (head == "0").then_some("zero");
    html! {
        <button type="button" class={classes!("figure", "plain", zero, shape.map(|_| "is-hid"))} title="Only these"
            onclick={on_filter.reform(move |_: MouseEvent| choices.clone())}>
            <b>if let Some(shape) = shape { { icon_small(shape) }{ " " } }{ head }</b><small>{ word }</small>
        </button>
    }
}

fn list(
    person: &IdentitySummary,
    title: &'static str,
    counts: &[(String, u64)],
    field: Field,
    on_filter: &OnFilter,
) -> Html {
    let top = counts.first().map_or(1, |(_, count)| *count).max(1);
    let rest = counts.len().saturating_sub(MOST_ITEMS);
    html! {
        if !counts.is_empty() {
            <section>
                <h3>{ title }</h3>
                <ul>
                    for (value, count) in counts.iter().take(MOST_ITEMS) {
                        { item(person, value, *count, top, field, on_filter) }
                    }
                </ul>
                if rest > 0 { <p class="quiet">{ format!("{} more", grouped(rest as u64)) }</p> }
            </section>
        }
    }
}

fn item(
    person: &IdentitySummary,
    value: &str,
    count: u64,
    top: u64,
    field: Field,
    on_filter: &OnFilter,
) -> Html {
    let mine = Choice { field, value: (!value.is_empty()).then(|| value.to_owned()), include: true };
    let choices = vec![choice(person, true), mine];
    let ours = value.is_empty() || field == Field::EventSource;
    let label = match value {
        "" => field.info().absent.to_owned(),
        source if field == Field::EventSource => service(source).name.into_owned(),
        other => shown_as(field, other).into_owned(),
    };
    let width = breadth(count, top);
    html! {
        <li><button type="button" class="bar-item" title={shown_as(field, value).into_owned()}
            onclick={on_filter.reform(move |_: MouseEvent| choices.clone())}>
            <svg class="facet-bar" aria-hidden="true"><rect {width} height="100%" rx="3" /></svg>
            { span(if ours { "v line ours" } else { "v line" }, label) }
            { span("amount", grouped(count)) }</button></li>
    }
}
