//! Hand-over: what goes in, what is taken out, one event before and after, the check, the file.

mod preview;

use yew::prelude::*;

use crate::display::grouped;
use crate::protocol::{Category, Format, Times};
use crate::state::{CheckResult, HandOver, HandOverAction, HandOverPhase, HandOverScope, times_word};
use crate::ui::shared::{Button, ButtonKind, Icon, bold, button, full, icon, span};

type On = Callback<HandOverAction>;

/// The view. `matched` and `loaded` are events in the two scopes; `on_ledger` saves the ledger, `on_report` the
/// printable report.
pub fn hand_over_view(
    state: &HandOver,
    matched: u64,
    loaded: u64,
    on: &On,
    (on_ledger, on_report): (&Callback<()>, &Callback<()>),
    sql: Html,
) -> Html {
    html! {
        <div class="handover" data-testid="handover" data-phase={phase_name(state.phase)}>
            <section class="side">
                { head(1, "What goes in") }
                { scope(state, HandOverScope::Query, "The current query", matched, on) }
                { scope(state, HandOverScope::All, "Everything loaded", loaded, on) }
                if let Some((first, last)) = state.span { <p class="soft">{ format!("{} to {}", full(first), full(last)) }</p> }
                { times(state.times, on) }
                { head(2, "What is taken out") }
                <ul class="categories">
                    for category in Category::ALL { { taken(state, category, on) } }
                    <li>{ span("", "AWS hid") }{ span("number", "") }{ locked("kept") }</li>
                </ul>
                { field("Values that stay all the same, one on each line", html! {
                    <textarea data-testid="handover-keep" rows="2" value={state.kept.to_string()}
                        onchange={on.reform(|event: Event| HandOverAction::Keep(
                            event.target_unchecked_into::<web_sys::HtmlTextAreaElement>().value()))} /> }) }
                <p class="soft">{ "Pseudonyms use a random key made for this export. The same value gets the same pseudonym \
                    everywhere, inside ARNs, URLs and messages too. The key is never in the file." }</p>
            </section>
            <section class="compare">{ preview::preview(state, on) }{ sums(state) }</section>
            <section class="side">
                { head(3, "Self-check") }
                { check(state, on) }
                if state.is_busy() {
                    { plain("Cancel", "export-cancel", on.reform(|()| HandOverAction::Cancel)) }
                }
                { head(4, "File") }
                { field("Title", html! {
                    <input type="text" data-testid="handover-title" value={state.title.to_string()} maxlength="200"
                        oninput={typed(on, HandOverAction::Title)} /> }) }
                { field("Note for the reader", html! {
                    <textarea data-testid="handover-note" rows="3" maxlength="4000" value={state.note.to_string()}
                        oninput={typed(on, HandOverAction::Note)} /> }) }
                <div class="formats">
                    for format in Format::ALL { { save(state, format, on) } }
                </div>
                <details class="as-sql"><summary>{ "The query as SQL, for Athena, CloudTrail Lake or DuckDB" }</summary>{ sql }</details>
                <p class="soft">{ "Cells of the CSV that begin with = + - @, a tab or a line end get an apostrophe in front, so that \
                    no spreadsheet runs them. Its last column is the whole record." }</p>
                <div class="others">
                    { report(state, on_report) }
                    { saves(state, "Save ledger", "export-ledger", on_ledger.clone()) }
                    { saves(state, "Save key and map", "export-map", on.reform(|()| HandOverAction::SaveMap)) }
                </div>
                <p class="soft">{ "Save the key and the map only if you must be able to undo the pseudonyms. Keep them apart from \
                    the file." }</p>
            </section>
        </div>
    }
}

fn phase_name(phase: HandOverPhase) -> &'static str {
    match phase {
        HandOverPhase::Idle => "idle",
        HandOverPhase::Collecting => "collecting",
        HandOverPhase::Ready => "ready",
        HandOverPhase::Writing(_) => "writing",
        HandOverPhase::Checking(_) => "checking",
        HandOverPhase::TooMuch => "too-much",
        HandOverPhase::Stopped => "stopped",
    }
}

fn head(number: u8, title: &'static str) -> Html {
    html! { <h2 class="step">{ span("step-number", number.to_string()) }{ title }</h2> }
}

fn scope(state: &HandOver, scope: HandOverScope, name: &'static str, events: u64, on: &On) -> Html {
    html! {
        <label class="scope-choice">
            <input type="radio" name="handover-scope" checked={state.scope == scope}
                onchange={on.reform(move |_: Event| HandOverAction::Scope(scope))} />
            { span("", name) }{ span("push soft", format!("{} events", grouped(events))) }
        </label>
    }
}

fn times(chosen: Times, on: &On) -> Html {
    const ALL: [Times; 3] = [Times::Kept, Times::Shifted, Times::Coarsened];
    let onchange = on.reform(|event: Event| {
        let place = event.target_unchecked_into::<web_sys::HtmlSelectElement>().selected_index();
        let place = usize::try_from(place).unwrap_or_default();
        HandOverAction::Times(ALL.get(place).copied().unwrap_or_default())
    });
    field(
        "Times",
        html! {
            <select data-testid="handover-times" {onchange}>
                for times in ALL { <option selected={times == chosen}>{ times_word(times) }</option> }
            </select>
        },
    )
}

fn field(name: &'static str, input: Html) -> Html {
    html! { <label class="labelled">{ span("soft", name) }{ input }</label> }
}

fn typed(on: &On, action: fn(String) -> HandOverAction) -> Callback<InputEvent> {
    on.reform(move |event: InputEvent| {
        use wasm_bindgen::JsCast;
        let target = event.target();
        let text = target.as_ref().and_then(|target| {
            let input = target.dyn_ref::<web_sys::HtmlInputElement>().map(web_sys::HtmlInputElement::value);
            input.or_else(|| {
                target.dyn_ref::<web_sys::HtmlTextAreaElement>().map(web_sys::HtmlTextAreaElement::value)
            })
        });
        action(text.unwrap_or_default())
    })
}

/// A category with how many different values it has, and whether it is taken out.
fn taken(state: &HandOver, category: Category, on: &On) -> Html {
    let count = state.counts.get(category as usize).copied().unwrap_or_default();
    let known = state.phase != HandOverPhase::Idle && state.phase != HandOverPhase::Collecting;
    let number = match category {
        // What stands in texts is counted under what it is.
        Category::Text => String::new(),
        _ if known => grouped(count),
        _ => "…".to_owned(),
    };
    let removed = state.removed.has(category);
    let onchange = on.reform(move |_: Event| HandOverAction::Toggle(category));
    html! {
        <li data-testid="handover-category" data-category={category.label()} data-count={count.to_string()}>
            { span("", category.label()) }{ span("number soft", number) }
            { match category {
                Category::Leaked => locked("removed"),
                Category::Text => locked("replaced inside"),
                _ => html! {
                    <select aria-label={category.label()} {onchange}>
                        <option selected={removed}>{ "pseudonym" }</option>
                        <option selected={!removed}>{ "kept" }</option>
                    </select>
                },
            } }
        </li>
    }
}

fn locked(word: &'static str) -> Html {
    html! { <span class="locked soft">{ icon(Icon::Lock) }{ word }</span> }
}

fn check(state: &HandOver, on: &On) -> Html {
    let working = |word: &str, done: u64| {
        html! {
            <p class="working" role="status">{ bold(word.to_owned()) }
                { span("soft", format!(" {} of {} events", grouped(done), grouped(state.events.max(done)))) }</p>
        }
    };
    match (state.phase, &state.check) {
        (HandOverPhase::Collecting | HandOverPhase::Idle, _) => html! {
        <p class="working" role="status">{ bold("Looking for what must not be told") }
            { span("soft", format!(" {} events so far", grouped(state.done))) }</p> },
        (HandOverPhase::Writing(_), _) => working("Writing", state.done),
        (HandOverPhase::Checking(_), _) => {
            html! { <p class="working" role="status">{ bold("Reading the finished file") }</p> }
        }
        (HandOverPhase::TooMuch, _) => {
            html! { <p class="soft">{ "There are more different values than can be kept in mind. \
            Narrow the query or the range." }</p> }
        }
        (HandOverPhase::Stopped, _) => html! { <>
            <p class="soft">{ "Stopped before every event was looked through. Saving a file begins again." }</p>
            { plain("Look through again", "handover-again", on.reform(|()| HandOverAction::Again)) }
        </> },
        (HandOverPhase::Ready, None) => {
            html! { <p class="soft">{ "Every file is read once more before it is saved, and searched for \
            every original: plain, escaped, URL-encoded and base64." }</p> }
        }
        (HandOverPhase::Ready, Some(result)) => checked(result),
    }
}

fn checked(result: &CheckResult) -> Html {
    let line = |good: bool, what: String, how: String| {
        html! {
            <li class={if good { "good" } else { "bad" }}>
                { icon(if good { Icon::Check } else { Icon::Error }) }
                <span>{ bold(what) }<br />{ span("soft", how) }</span></li>
        }
    };
    html! {
        <ul class="checks" data-testid="handover-check" data-passed={if result.passed() { "true" } else { "false" }}>
            { line(result.found.is_empty(), format!("{} originals found", result.found.len()),
                format!("{} values looked for in {} kB, plain, escaped, URL-encoded and base64", grouped(result.looked_for), grouped(result.bytes / 1000))) }
            for found in &result.found {
                <li class="bad found">{ span("soft", Category::by_number(found.category).map_or("", Category::label)) }
                    { crate::ui::shared::value(&found.value) }
                    { span("soft", if found.record == 0 { "in the title or note".to_owned() } else {
                        format!("event {}, {}", grouped(found.record), found.form) }) }</li>
            }
            { line(result.events == result.expected,
                format!("{} events in, {} out", grouped(result.expected), grouped(result.events)),
                "reading the finished file gives the same events".to_owned()) }
        </ul>
    }
}

fn save(state: &HandOver, format: Format, on: &On) -> Html {
    let label = match format {
        Format::Page => "One HTML file, opens anywhere",
        Format::Records => "CloudTrail JSON, gzip",
        Format::Lines => "NDJSON, gzip",
        Format::Csv => "CSV, safe for spreadsheets",
    };
    let busy = matches!(state.phase, HandOverPhase::Writing(_) | HandOverPhase::Checking(_));
    button(Button {
        label: label.into(),
        icon: Some(Icon::Download),
        kind: if format == Format::Page { ButtonKind::Primary } else { ButtonKind::Plain },
        large: true,
        disabled: busy || state.phase == HandOverPhase::TooMuch,
        title: busy.then_some("Another file is being written"),
        testid: Some(format.handle()),
        onclick: on.reform(move |()| HandOverAction::Save(format)),
        ..Button::default()
    })
}

/// The report tells counts: it can be had once they are known.
fn report(state: &HandOver, onclick: &Callback<()>) -> Html {
    button(Button {
        label: "Printable report".into(),
        testid: Some("export-report"),
        disabled: state.phase != HandOverPhase::Ready,
        onclick: onclick.clone(),
        ..Button::default()
    })
}

/// A button that saves something beside the events, once it is known what must not be in it.
fn saves(state: &HandOver, label: &'static str, testid: &'static str, onclick: Callback<()>) -> Html {
    let too_much = state.phase == HandOverPhase::TooMuch;
    button(Button {
        label: label.into(),
        testid: Some(testid),
        disabled: too_much,
        onclick,
        ..Button::default()
    })
}

fn plain(label: &'static str, testid: &'static str, onclick: Callback<()>) -> Html {
    button(Button { label: label.into(), testid: Some(testid), onclick, ..Button::default() })
}

/// What the last file came to.
fn sums(state: &HandOver) -> Html {
    let sum = |of: &[Category]| of.iter().map(|category| state.replaced[*category as usize]).sum::<u64>();
    let all: u64 = state.replaced.iter().sum();
    if all == 0 {
        return Html::default();
    }
    let figure = |count: u64, words: &'static str| html! { <div>{ bold(grouped(count)) }{ span("soft", words) }</div> };
    use Category::{
        AccessKey, Account, Address, Agent, Email, Host, Id, Leaked, Principal, Resource, Session,
    };
    html! {
        <div class="sums">
            { figure(sum(&[Account]), "account ids replaced") }
            { figure(sum(&[Principal, Session, Resource, Host, Email, Agent]), "names replaced") }
            { figure(sum(&[Address]), "addresses replaced") }
            { figure(sum(&[AccessKey, Id]), "keys and ids replaced") }
            { figure(sum(&[Leaked]), "leaked values removed") }
        </div>
    }
}
