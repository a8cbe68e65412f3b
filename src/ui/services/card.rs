//! One service at a glance. Every figure and item filters by itself.

use yew::prelude::*;

use crate::display::{
    Bars, Parts, ServiceCard, fine_share, fitting, grouped, middle, needs_years, share, source,
};
use crate::event::Field;
use crate::protocol::{Buckets, Histogram};
use crate::ui::shared::{
    CardFact, Choice, Icon, OnFilter, Same, card_facts, day_clock, day_year, icon_small, monogram, service,
    span, titled,
};
use crate::ui::shared::{shown, shown_as};

/// Pixels of the sparkline of a card.
pub const SPARK_HEIGHT: u32 = 26;
/// 3 px of bar and 1 px of gap.
pub(super) const SPARK_PITCH: u32 = 4;
/// The widest bar.
const THICKEST: u32 = 12;
/// The words before the items of a line: Calls, By, On.
const WORD_WIDTH: u32 = 38;
/// A name of ours fits; that of an unlisted source may have any length.
const NAME_SIGNS: usize = 32;
const ITEM_SIGNS: usize = 22;
/// A share of errors from here on is red.
const MANY_ERRORS_PERCENT: u64 = 5;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct CardProps {
    pub card: Same<ServiceCard>,
    /// Inside its padding, pixels.
    pub width: u32,
    pub buckets: Buckets,
    pub brush: Option<(i64, i64)>,
    pub on_filter: OnFilter,
    /// Open the page of the service with this first source.
    pub on_open: Callback<String>,
}

#[component]
pub(super) fn Card(props: &CardProps) -> Html {
    let card = &props.card;
    let sum = &card.sum;
    let names = service(&sum.source);
    let name = middle(&names.name, NAME_SIGNS).into_owned();
    let sources = card.sources.iter().map(|name| source(name)).collect::<Vec<_>>().join(", ");
    let open = {
        let source = sum.source.clone();
        props.on_open.reform(move |_: MouseEvent| source.clone())
    };
    html! {
        <article class="service-card" data-testid="service-card" data-source={card.sources.join(" ")}
            data-events={sum.events.to_string()} data-errors={sum.errors.to_string()}
            data-redactions={sum.redactions.to_string()} aria-label={names.name.to_string()}>
            <header>
                { monogram(&names.monogram) }
                <h3><button type="button" class="plain" data-testid="service-open" title="All of this service"
                    onclick={open}>{ name }</button></h3>
                { titled("v line quiet", shown(&sources).into_owned(), shown(&card.sources.join(", ")).into_owned()) }
                <span class="push" />
                { press(props, vec![], "Only this service", html! {
                    <><b class="total">{ grouped(sum.events) }</b>
                        { span("soft", if sum.events == 1 { " event" } else { " events" }) }</> }) }
            </header>
            { spark(&sum.histogram, props.buckets, props.brush, props.width, SPARK_HEIGHT, None) }
            { ends(props) }
            { figures(props) }
            <dl class="items">
                { items(props, "Calls", &sum.names, Field::EventName) }
                { items(props, "By", &sum.principals, Field::Principal) }
                { facts(props) }
            </dl>
        </article>
    }
}

/// First and last event, below the sparkline.
pub(super) fn ends(props: &CardProps) -> Html {
    let sum = &props.card.sum;
    html! { <p class="ends">{ end(props, "first", sum.first_ms) }{ end(props, "last", sum.last_ms) }</p> }
}

fn end(props: &CardProps, word: &str, at_ms: Option<i64>) -> Html {
    let years = needs_years(props.buckets.from_ms, Bars::end_ms(props.buckets));
    let moment = if years { day_year } else { day_clock };
    span("", at_ms.map(|at| format!("{word} {}", moment(at))).unwrap_or_default())
}

/// A button that narrows to this service and, besides, to `more`.
pub(super) fn press(props: &CardProps, more: Vec<Choice>, title: &'static str, inside: Html) -> Html {
    let onclick = narrow(props, more);
    html! { <button type="button" class="plain" {title} {onclick}>{ inside }</button> }
}

/// Narrows to this service, or to the one of its sources that `more` names, and to `more`.
pub(super) fn narrow(props: &CardProps, more: Vec<Choice>) -> Callback<MouseEvent> {
    let card = props.card.clone();
    props.on_filter.reform(move |_: MouseEvent| {
        let mut choices = more.clone();
        if !more.iter().any(|choice| choice.field == Field::EventSource) {
            choices.extend(card.sources.iter().map(|source| Choice {
                field: Field::EventSource,
                value: (!source.is_empty()).then(|| source.clone()),
                include: true,
            }));
        }
        choices
    })
}

/// The sparkline: four paths, because two hundred cards of rects would be heavy. Behind bar `cursor`
/// stands a mark that its style hides until the keys are here.
pub fn spark(
    histogram: &Histogram,
    buckets: Buckets,
    brush: Option<(i64, i64)>,
    width: u32,
    height: u32,
    cursor: Option<u32>,
) -> Html {
    let bars = Bars::fit(buckets.count, width, SPARK_PITCH);
    let top = bars.highest(histogram).max(2);
    let mut paths = [
        ("bar", String::new()),
        ("bar faint", String::new()),
        ("bar-err", String::new()),
        ("bar-err faint", String::new()),
    ];
    for bar in 0..bars.count {
        let (from, to) = (bars.start_ms(buckets, bar), bars.start_ms(buckets, bar + 1));
        let faint = usize::from(brush.is_some_and(|(first, last)| to <= first || from >= last));
        let parts = Parts::of(bars.sum(&histogram.ok, bar), bars.sum(&histogram.error, bar), height, top);
        for (place, (y, height)) in [(faint, parts.ok), (2 + faint, parts.error)] {
            if height > 0
                && let Some((_, path)) = paths.get_mut(place)
            {
                // Few buckets make no slabs: a sparkline stays a line of thin bars.
                let width = bars.span(bar).min(THICKEST);
                path.push_str(&format!("M{} {y}h{width}v{height}h-{width}z", bars.x(bar)));
            }
        }
    }
    html! {
        <svg class="spark" height={(height + 1).to_string()} width={width.to_string()} aria-hidden="true">
            if let Some(bar) = cursor {
                <rect class="cursor" x={bars.x(bar).to_string()} y="0" width={bars.span(bar).min(THICKEST).to_string()}
                    height={height.to_string()} />
            }
            for (class, path) in paths { <path {class} d={path} /> }
            <path class="base" d={format!("M0 {height}.5H{}", width)} />
        </svg>
    }
}

pub(super) fn figures(props: &CardProps) -> Html {
    let sum = &props.card.sum;
    let many = sum.errors > 0 && sum.errors * 100 >= sum.events * MANY_ERRORS_PERCENT;
    let counted = |count: u64, one: &str, many: &str| {
        format!("{} {}", grouped(count), if count == 1 { one } else { many })
    };
    // In AWS's own words where they are all it takes: those can be put to other engines too.
    let access = |field: Field, said: &str, derived: &str| match sum.inferred {
        0 => Choice::only(field, said),
        _ => Choice::only(Field::Access, derived),
    };
    html! {
        <div class="figures">
            { figure(props, sum.errors, fine_share(sum.errors, sum.events), counted(sum.errors, "error", "errors"),
                many.then_some((Icon::Error, "is-err")), Choice::present(Field::Failure)) }
            { figure(props, sum.writes, share(sum.writes, sum.events), counted(sum.writes, "write", "writes"), None,
                access(Field::ReadOnly, "false", "write")) }
            { figure(props, sum.reads, share(sum.reads, sum.events), counted(sum.reads, "read", "reads"), None,
                access(Field::ReadOnly, "true", "read")) }
            { figure(props, sum.data, share(sum.data, sum.events), counted(sum.data, "data", "data"), None,
                access(Field::EventCategory, "Data", "data")) }
            { figure(props, sum.redactions, grouped(sum.redactions), "AWS hid".to_owned(),
                Some((Icon::Hid, "is-hid")), Choice::present(Field::Redaction)) }
            { figure(props, sum.exposures, grouped(sum.exposures), "leaked".to_owned(),
                Some((Icon::Leak, "is-leak")), Choice::present(Field::Exposure)) }
        </div>
    }
}

/// A figure over its word. 0 is grey and keeps its place.
fn figure(
    props: &CardProps,
    count: u64,
    head: String,
    word: String,
    mark: Option<(Icon, &'static str)>,
    choice: Choice,
) -> Html {
    let mark = mark.filter(|_| count > 0);
    let class = classes!("figure", (count == 0).then_some("zero"), mark.map(|(_, class)| class));
    let title = if count == 0 { "None" } else { "Only these" };
    press(
        props,
        vec![choice],
        title,
        html! {
            <span {class}>
                <b>if let Some((shape, _)) = mark { { icon_small(shape) }{ " " } }{ head }</b><small>{ word }</small>
            </span>
        },
    )
}

/// A line of whole items, then how many are left out.
fn items(props: &CardProps, word: &'static str, counts: &[(String, u64)], field: Field) -> Html {
    let sizes =
        counts.iter().map(|(name, count)| (name.chars().count().min(ITEM_SIGNS), grouped(*count).len()));
    let fit = fitting(sizes, props.width.saturating_sub(WORD_WIDTH));
    let rest = counts.len().saturating_sub(fit);
    let items = counts.iter().take(fit).map(|(name, count)| item(props, name, *count, field)).collect();
    line(word, items, rest)
}

fn line(word: &'static str, items: Html, rest: usize) -> Html {
    html! {
        <div>
            <dt>{ word }</dt>
            <dd>{ items }if rest > 0 { { span("quiet", format!("+{rest}")) } }</dd>
        </div>
    }
}

/// What is peculiar to the service, as many whole facts as fit.
fn facts(props: &CardProps) -> Html {
    let parts: Vec<_> = props.card.parts.iter().collect();
    let facts = card_facts(&parts);
    if facts.is_empty() {
        return Html::default();
    }
    let sizes = facts.iter().map(|fact| (usize::from(fact.marked) * 2, fact.text.chars().count()));
    let fit = fitting(sizes, props.width.saturating_sub(WORD_WIDTH));
    let rest = facts.len().saturating_sub(fit);
    line("Facts", facts.iter().take(fit).map(|one| fact(props, one)).collect(), rest)
}

/// A fact; one that is worth a second look has a flag and stands out.
pub(super) fn fact(props: &CardProps, fact: &CardFact) -> Html {
    let choices = fact.choices.iter();
    let choices = choices.map(|(field, value, include)| Choice {
        field: *field,
        value: value.clone(),
        include: *include,
    });
    let text = match fact.choices[..] {
        [(field @ Field::Resource, Some(_), _)] => shown_as(field, &fact.text),
        _ => shown(&fact.text),
    };
    let text = text.into_owned();
    let inside = if fact.marked {
        html! { <b class="flag">{ icon_small(Icon::Flag) }{ " " }{ text }</b> }
    } else {
        span("v ours", text)
    };
    press(props, choices.collect(), "Only these", inside)
}

fn item(props: &CardProps, name: &str, count: u64, field: Field) -> Html {
    let whole = shown_as(field, name).into_owned();
    let short = middle(&whole, ITEM_SIGNS).into_owned();
    let choice = Choice { field, value: (!name.is_empty()).then(|| name.to_owned()), include: true };
    let label = if name.is_empty() { field.info().absent.to_owned() } else { short };
    press(
        props,
        vec![choice],
        "Only these",
        html! {
            <span title={whole}>{ span(if name.is_empty() { "v line ours" } else { "v line" }, label) }
                { span("soft", format!(" {}", grouped(count))) }</span>
        },
    )
}
