//! One facet.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::value::{FacetValue, facet_value};
use crate::display::{Masking, grouped, middle, share, source};
use crate::event::Field;
use crate::protocol::{Answer, ExposureKind, Facet};
use crate::query::fold;
use crate::state::{Columns, ColumnsAction};
use crate::ui::shared::{
    Choice, Icon, Names, Same, icon_button_as, icon_small, icon_tiny, masked_as, masking, named, shown,
    shown_in, span, titled,
};

/// Values before "n more".
const SHORT: usize = 6;
/// Values once unfolded; beyond them, search within.
const LONG: usize = 50;
/// Pixels of a line of the rail inside its padding.
const LINE_WIDTH: usize = 196;

/// Of [`FacetPanel`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct FacetPanelProps {
    pub answer: Same<Answer>,
    /// Its place among the facets of the answer.
    pub place: usize,
    pub chosen: Same<Vec<Choice>>,
    /// What an added facet stands for.
    pub columns: Same<Columns>,
    pub on_columns: Callback<ColumnsAction>,
    /// Names of accounts.
    pub names: Names,
    /// Of the rail: part of a field name or of a value.
    pub search: AttrValue,
    pub on_include: Callback<(Field, Option<String>)>,
    pub on_exclude: Callback<(Field, Option<String>)>,
}

/// A value with its count and how the query names it.
#[derive(Clone)]
struct Line<'a> {
    value: Option<&'a str>,
    count: u64,
    /// `Some(true)` is included, `Some(false)` excluded.
    state: Option<bool>,
}

#[component]
pub(super) fn FacetPanel(props: &FacetPanelProps) -> Html {
    let folded = use_state_eq(|| false);
    let long = use_state_eq(|| false);
    let within = use_state_eq(String::new);
    let Some(facet) = props.answer.facets.get(props.place) else { return Html::default() };
    let name = props.columns.name(facet.field);
    let is_path = facet.field.added().is_some();
    let label = if is_path { name } else { facet.field.info().label };
    let sought = fold(&props.search);
    let by_name = fold(label).contains(&*sought) || fold(name).contains(&*sought);
    let needle = if by_name { fold(&within) } else { sought };
    let lines = lines(facet, &props.chosen, &props.names, &needle);
    if !by_name && lines.is_empty() {
        return Html::default();
    }
    let most = if *long { LONG } else { SHORT };
    // One value more is no reason for a button that takes the same room.
    let most = if lines.len() == most + 1 { most + 1 } else { most };
    let top = facet.values.first().map_or(1, |(_, count)| *count).max(1);
    let absent = u64::from(facet.values.iter().any(|(value, _)| value.is_none()));
    let rest = (facet.distinct + absent).max(facet.values.len() as u64).saturating_sub(most as u64);
    let fold = {
        let folded = folded.clone();
        Callback::from(move |_: MouseEvent| folded.set(!*folded))
    };
    html! {
        <section class="facet" data-testid="facet" data-field={name.to_owned()} aria-label={label.to_owned()}>
            <h3><button type="button" class="facet-head" onclick={fold}
                aria-expanded={if *folded { "false" } else { "true" }}>
                { icon_tiny(if *folded { Icon::Right } else { Icon::Down }) }
                { titled(if is_path { "path" } else { "" }, shown(label).into_owned(), shown(name).into_owned()) }
                { span("distinct", grouped(facet.distinct)) }
            </button></h3>
            if props.columns.facets().contains(&facet.field) { { coverage(facet, name, props) } }
            if !*folded {
                if *long { { search_within(label, &within) } }
                <ul>
                    for line in lines.iter().take(most) { { value_line(line, top, facet.field, props) } }
                </ul>
                { more(rest, &needle, &long, &within) }
            }
        </section>
    }
}

/// Of a facet that was added: in how many events it is, and how to take it out.
fn coverage(facet: &Facet, name: &str, props: &FacetPanelProps) -> Html {
    let absent = facet.values.iter().find(|(value, _)| value.is_none()).map_or(0, |(_, count)| *count);
    let there = facet.events.saturating_sub(absent);
    let remove = {
        let name = name.to_owned();
        props.on_columns.reform(move |()| ColumnsAction::Facet(name.clone()))
    };
    html! {
        <p class="coverage" data-testid="facet-coverage" data-events={there.to_string()}>
            { span("quiet", format!("in {} of events", share(there, facet.events))) }
            { icon_button_as(Icon::Close, "Take this facet out", "icon-button", Some("facet-remove"), &remove) }
        </p>
    }
}

/// The values to show; chosen ones that no match has any more come last, with 0.
fn lines<'a>(facet: &'a Facet, chosen: &'a [Choice], names: &Names, needle: &str) -> Vec<Line<'a>> {
    let mine: Vec<&Choice> = chosen.iter().filter(|choice| choice.field == facet.field).collect();
    let state_of = |value: Option<&str>| {
        mine.iter().find(|choice| choice.value.as_deref() == value).map(|choice| choice.include)
    };
    let absent = facet.field.info().absent;
    let fits = |value: Option<&str>| {
        let text = value.map_or_else(|| absent.to_owned(), |value| label(facet.field, value, names));
        needle.is_empty() || fold(&text).contains(needle)
    };
    let mut lines: Vec<Line> = facet
        .values
        .iter()
        .map(|(value, count)| (value.as_deref(), *count))
        .filter(|(value, _)| fits(*value))
        .map(|(value, count)| Line { value, count, state: state_of(value) })
        .collect();
    // What is chosen stays in sight, however rare it is.
    if lines.len() > SHORT {
        let (front, back): (Vec<_>, Vec<_>) =
            lines.into_iter().enumerate().partition(|(place, line)| *place < SHORT || line.state.is_some());
        let chosen_late = front.len().saturating_sub(SHORT).min(SHORT - 1);
        let mut front: Vec<Line> = front.into_iter().map(|(_, line)| line).collect();
        let late = front.split_off(SHORT);
        let pushed = front.split_off(SHORT - chosen_late);
        front.extend(late);
        front.extend(pushed);
        front.extend(back.into_iter().map(|(_, line)| line));
        lines = front;
    }
    for choice in mine {
        let value = choice.value.as_deref();
        if !facet.values.iter().any(|(known, _)| known.as_deref() == value) && fits(value) {
            lines.insert(lines.len().min(SHORT - 1), Line { value, count: 0, state: Some(choice.include) });
        }
    }
    lines
}

/// A value as the rail shows it.
fn label(field: Field, value: &str, names: &Names) -> String {
    match field {
        Field::EventSource => source(value).to_owned(),
        Field::RecipientAccount | Field::IdentityAccount => named(names, value),
        Field::Exposure => match ExposureKind::by_name(value) {
            Some(kind) => kind.label().to_owned(),
            None => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}

fn value_line(line: &Line, top: u64, field: Field, props: &FacetPanelProps) -> Html {
    let absent = field.info().absent;
    let label = match line.value {
        None => absent.to_owned(),
        Some(value) => label(field, value, &props.names),
    };
    let name = props.columns.name(field);
    let whole =
        if line.value.is_some() { shown_in(field, name, &label) } else { label.as_str().into() }.into_owned();
    let short = middle(&whole, room(line, field)).into_owned();
    let title =
        line.value.map_or_else(|| absent.to_owned(), |value| shown_in(field, name, value).into_owned());
    let mark = match field {
        _ if line.value.is_none() => Html::default(),
        Field::Redaction => html! { <span class="is-hid">{ icon_small(Icon::Hid) }</span> },
        Field::Exposure => html! { <span class="is-leak">{ icon_small(Icon::Leak) }</span> },
        _ => Html::default(),
    };
    let pressed = |callback: &Callback<(Field, Option<String>)>| {
        let value = line.value.map(str::to_owned);
        callback.reform(move |_: MouseEvent| (field, value.clone()))
    };
    facet_value(FacetValue {
        value: if field.added().is_some() && masking() != Masking::Off {
            line.value.map(|value| shown_in(field, name, value).into_owned()).unwrap_or_default()
        } else {
            masked_as(field, line.value.unwrap_or_default()).into_owned()
        },
        absent: line.value.is_none(),
        ours: line.value.is_none(),
        label: whole,
        short,
        title,
        count: line.count,
        counted: "events",
        top,
        state: line.state,
        mark,
        on_press: [pressed(&props.on_include), pressed(&props.on_exclude)],
    })
}

/// Signs of a value that fit the rail beside its count, button and mark.
fn room(line: &Line, field: Field) -> usize {
    let count = grouped(line.count).len() * 7 + 10;
    let button = if line.state.is_some() { 26 } else { 0 };
    let mark = if field.is_of_findings() { 18 } else { 0 };
    LINE_WIDTH.saturating_sub(count + button + mark) * 10 / 73
}

fn search_within(label: &str, within: &UseStateHandle<String>) -> Html {
    let oninput = {
        let within = within.setter();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            within.set(input.value());
        })
    };
    let name = format!("Search in {label}");
    html! {
        <label class="field within">{ icon_small(Icon::Search) }
            <input type="text" placeholder={name.clone()} aria-label={name} autocomplete="off" spellcheck="false"
                value={(**within).clone()} {oninput} /></label>
    }
}

fn more(rest: u64, needle: &str, long: &UseStateHandle<bool>, within: &UseStateHandle<String>) -> Html {
    let toggle = {
        let (long, within) = (long.clone(), within.setter());
        Callback::from(move |_: MouseEvent| {
            within.set(String::new());
            long.set(!*long);
        })
    };
    html! {
        if **long {
            <p class="facet-more">
                if rest > 0 && needle.is_empty() {
                    { span("quiet", format!("{} more not listed", grouped(rest))) }
                }
                <button type="button" class="link" onclick={toggle}>{ "fewer" }</button>
            </p>
        } else if rest > 0 && needle.is_empty() {
            <p class="facet-more"><button type="button" class="link" onclick={toggle}>
                { format!("{} more", grouped(rest)) }</button></p>
        }
    }
}
