//! Who is behind a session: the calls that opened it and those before it, as a picture and in words.

use yew::prelude::*;

use super::view::{icon_of, kind_words, moment, range};
use crate::display::{grouped, middle};
use crate::event::{Field, format_time};
use crate::protocol::{Caller, RowRef, Tie, Traced};
use crate::state::{Chain, End};
use crate::ui::shared::{Icon, Names, bold, icon, masked_as, named, shown, shown_as, span};

/// Characters of an access key that are shown; the whole one is the button's title.
const KEY_SIGNS: usize = 13;

/// What the parts of a chain lead to.
#[derive(Clone, PartialEq)]
pub struct ChainActs {
    /// A field, its value, wanted.
    pub on_filter: Callback<(String, String, bool)>,
    /// Open a record.
    pub on_open: Callback<RowRef>,
}

/// The chain of an event, the origin first; nothing while there is nothing to say.
pub fn chain(chain: &Chain, names: &Names, acts: &ChainActs) -> Html {
    let Some(event) = &chain.event else { return Html::default() };
    let (state, word) = match chain.end {
        End::Open | End::Origin => ("origin", ""),
        End::Missing => ("missing", " not all of it is in these logs"),
        End::Several => ("several", " as far as these logs tell"),
        End::Cut => ("cut", " it goes on, or in a circle"),
    };
    let issues = [Field::IssuedKey, Field::IssuedArn].iter().any(|field| !event.text(*field).is_empty());
    if chain.used.events == 0 && chain.links.is_empty() && chain.copies.is_empty() && !issues {
        return Html::default();
    }
    let mut steps: Vec<Html> = Vec::new();
    if let Some(caller) = chain.farthest().filter(|_| chain.end == End::Missing) {
        steps.push(missing(caller));
    }
    if !chain.several.is_empty() {
        steps.push(several(&chain.several, names, acts));
    }
    steps.extend(chain.links.iter().rev().map(|link| step(link, names, acts)));
    let own = [Field::IdentityArn, Field::SessionStart].map(|field| event.text(field));
    let mut below = if issues { handed(event, chain, acts) } else { Vec::new() };
    below.extend(chain.copies.iter().map(|copy| elsewhere(copy, names, acts)));
    html! {
        <section class="chain" data-testid="chain" data-state={state} aria-label="Who is behind it">
            <h3>{ "Who is behind it" }{ span("soft", word) }</h3>
            <ol>
                { steps }
                <li class="here">{ node(event, names, acts) }
                    { span("evidence", switch(event)) }
                    { used(event.text(Field::AccessKey), own, &chain.used, acts) }
                    { signed_in(event, acts) }</li>
            </ol>
            { below }
        </section>
    }
}

/// A line of text with buttons in it.
fn line(parts: Vec<Html>) -> Html {
    html! { <p class="tie">{ parts }</p> }
}

fn step(link: &Caller, names: &Names, acts: &ChainActs) -> Html {
    let confidence = link.tie.confidence();
    let call = vec![open(link, link.text(Field::EventName), acts), when(link), bold(confidence)];
    html! {
        <li class={confidence} data-testid="chain-link" data-confidence={confidence}
            data-principal={masked_as(Field::Principal, link.text(Field::Principal)).into_owned()} data-event-id={link.event_id.clone()}>
            { node(link, names, acts) }{ line(call) }{ span("evidence", evidence(link)) }
        </li>
    }
}

/// The fields that agree.
fn evidence(link: &Caller) -> String {
    let words = match link.tie {
        Tie::Key => {
            let key = shown_as(Field::AccessKey, link.text(Field::IssuedKey));
            return ["accessKeyId in its response is ", &middle(&key, KEY_SIGNS), ", the key of the next"]
                .concat();
        }
        Tie::Session => "the session it opened has the ARN of the next, and its time is the creationDate",
        Tie::SignInSession => "the same signInSessionArn",
        Tie::OtherKey => {
            "the console opened a session of the ARN and creationDate of the next with another key; \
             it takes new ones as it goes"
        }
        Tie::Name => "the same role and session name, the last before it; there is no creationDate",
        Tie::SignIn => "the same ARN signed in as the next session began, by its creationDate",
        Tie::LastSignIn => "the same ARN signed in to the console, the last time before the switch",
        _ => "the same sharedEventID",
    };
    let before = switch(link);
    if before.is_empty() { words.to_owned() } else { [words, "; ", before].concat() }
}

/// Where a switch to a role says who switched.
fn switch(call: &Caller) -> &'static str {
    if call.text(Field::SwitchedFrom).is_empty() {
        ""
    } else {
        "who switched stands in additionalEventData.SwitchFrom"
    }
}

/// Who: name, kind, account, session, key.
fn node(caller: &Caller, names: &Names, acts: &ChainActs) -> Html {
    html! {
        <div class="node">
            { icon(icon_of(caller.text(Field::IdentityType))) }
            { who(caller, acts) }
            { span("soft", words_of(caller, names)) }
            { short_key(caller.text(Field::AccessKey), acts) }
        </div>
    }
}

fn who(caller: &Caller, acts: &ChainActs) -> Html {
    let principal = caller.text(Field::Principal);
    let name = if principal.is_empty() { "no principal" } else { principal };
    filter(Field::Principal, principal, shown_as(Field::Principal, name).into_owned(), acts)
}

/// Kind, account, session.
fn words_of(caller: &Caller, names: &Names) -> String {
    let [principal, kind, account] =
        [Field::Principal, Field::IdentityType, Field::IdentityAccount].map(|field| caller.text(field));
    let mut words = kind_words(kind);
    let account = if account == principal { String::new() } else { named(names, account) };
    let mfa = match caller.text(Field::Mfa) {
        "true" => "MFA",
        // Of a role's session it says nothing: whoever opened it may have had MFA.
        "false" if !caller.is_session() => "no MFA",
        _ => "",
    };
    let session = shown_as(Field::UserName, caller.session_name());
    let source = shown_as(Field::UserName, caller.text(Field::SourceIdentity));
    let parts = [("", account.as_str()), ("session ", &*session), ("source identity ", &*source), ("", mfa)];
    for (before, text) in parts.into_iter().filter(|(_, text)| !text.is_empty()) {
        words.extend([", ", before, text]);
    }
    shown(&words).into_owned()
}

fn short_key(key: &str, acts: &ChainActs) -> Html {
    filter(Field::AccessKey, key, middle(&shown_as(Field::AccessKey, key), KEY_SIGNS).into_owned(), acts)
}

/// A button that filters; only the words where there is no value to filter by.
fn filter(field: Field, value: &str, label: String, acts: &ChainActs) -> Html {
    if value.is_empty() {
        return span("v", label);
    }
    let choice = (field.name().to_owned(), value.to_owned(), true);
    press(
        "v linked",
        shown_as(field, value).into_owned(),
        label,
        acts.on_filter.reform(move |_| choice.clone()),
    )
}

fn open(caller: &Caller, label: &str, acts: &ChainActs) -> Html {
    let row = caller.row;
    press(
        "linked",
        "Open this event".to_owned(),
        shown(label).into_owned(),
        acts.on_open.reform(move |_| row),
    )
}

fn press(class: &'static str, title: String, label: String, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" {class} {title} {onclick}>{ label }</button> }
}

/// A session whose opening was not found, and what its record tells of where it came from.
fn missing(caller: &Caller) -> Html {
    let key = caller.text(Field::AccessKey);
    let session = caller.session_name();
    let hint = if session.starts_with("i-") {
        " EC2 names sessions after the instance that it hands them to: "
    } else if caller.text(Field::Principal).starts_with("AWSReservedSSO_") {
        " IAM Identity Center names sessions after its user: "
    } else if session.is_empty() {
        ""
    } else {
        " Whoever opened the session chose its name: "
    };
    let what = if key.is_empty() { "this session" } else { key };
    let text = ["The call that issued ", what, " is not in these logs.", hint, session].concat();
    html! {
        <li class="missing" data-testid="chain-missing">
            <div class="node">{ icon(Icon::Question) }{ bold("Not in these logs") }</div>
            { line(vec![shown(&text).into_owned().into()]) }
        </li>
    }
}

/// Calls that may each have opened the session.
fn several(calls: &[Caller], names: &Names, acts: &ChainActs) -> Html {
    let mut words = grouped(calls.len() as u64);
    words.push_str(" calls fit equally: which of them opened this session is not in these logs.");
    html! {
        <li class="missing" data-testid="chain-several" data-calls={calls.len().to_string()}>
            <div class="node">{ icon(Icon::Question) }{ bold("One of several") }</div>
            { line(vec![words.into()]) }
            for call in calls {
                { line(vec![open(call, call.text(Field::EventName), acts), " by ".into(), who(call, acts),
                    span("soft", [", ", &words_of(call, names)].concat()), when(call)]) }
            }
        </li>
    }
}

fn when(call: &Caller) -> Html {
    span("soft", call.time_ms.map(|at| [" ", &moment(at), " "].concat()).unwrap_or_default())
}

/// How much was done with a session, and a way to it.
fn used(key: &str, session: [&str; 2], used: &Traced, acts: &ChainActs) -> Html {
    if used.events == 0 {
        return Html::default();
    }
    let mut label = grouped(used.events);
    label.push_str(if used.events == 1 { " event" } else { " events" });
    let mut times = String::from(if key.is_empty() { " in this session" } else { " with these credentials" });
    if let (Some(first), Some(last)) = (used.first_ms, used.last_ms) {
        times.extend([", ", &if used.events > 1 { range(first, last) } else { moment(first) }]);
    }
    let terms =
        [(Field::AccessKey, key), (Field::IdentityArn, session[0]), (Field::SessionStart, session[1])];
    let terms = if key.is_empty() { &terms[1..] } else { &terms[..1] };
    let title = shown_as(terms[0].0, terms[0].1).into_owned();
    let terms: Vec<(String, String, bool)> =
        terms.iter().map(|(field, value)| (field.name().to_owned(), (*value).to_owned(), true)).collect();
    let on_filter = acts.on_filter.clone();
    let act =
        Callback::from(move |_: MouseEvent| terms.iter().cloned().for_each(|term| on_filter.emit(term)));
    line(vec![press("linked", title, label, act), times.into()])
}

/// A way to all that was done in the sign-in that a session belongs to.
fn signed_in(event: &Caller, acts: &ChainActs) -> Html {
    let session = event.text(Field::SignInSession);
    if session.is_empty() {
        return Html::default();
    }
    line(vec![filter(Field::SignInSession, session, "All events of its sign-in".to_owned(), acts)])
}

/// What the event handed out, and what was done with it.
fn handed(event: &Caller, chain: &Chain, acts: &ChainActs) -> Vec<Html> {
    let [key, arn] = [Field::IssuedKey, Field::IssuedArn].map(|field| event.text(field));
    let done = &chain.handed;
    let start = event.time_ms.map(format_time).unwrap_or_default();
    let by_arn = chain.handed_by_arn;
    let first = if key.is_empty() {
        [
            bold("It opened "),
            filter(Field::IdentityArn, arn, shown_as(Field::IdentityArn, arn).into_owned(), acts),
        ]
    } else {
        [bold("It handed out "), short_key(key, acts)]
    };
    let mut parts = vec![line(first.into())];
    if by_arn && done.events > 0 {
        let none = if key.is_empty() { "" } else { "No event has this key. " };
        parts
            .push(line(vec![none.into(), "A session of the same ARN began then, which is no proof:".into()]));
    }
    parts.push(used(if by_arn { "" } else { key }, [arn, &start], done, acts));
    if done.events == 0 {
        parts.push(line(vec!["Nothing in these logs was done with it.".into()]));
    }
    for call in &done.callers {
        let passed = short_key(call.text(Field::IssuedKey), acts);
        parts.push(line(vec![open(call, call.text(Field::EventName), acts), " handed on ".into(), passed]));
    }
    let events = done.events.to_string();
    vec![html! { <div class="handed" data-testid="chain-handed" data-events={events}>{ parts }</div> }]
}

fn elsewhere(copy: &Caller, names: &Names, acts: &ChainActs) -> Html {
    let account = named(names, copy.text(Field::RecipientAccount));
    let both = filter(Field::SharedEvent, copy.text(Field::SharedEvent), "both events".to_owned(), acts);
    let parts = vec![open(copy, &["The same action in account ", &account].concat(), acts), " ".into(), both];
    html! {
        <div class="handed" data-testid="shared-event" data-event-id={copy.event_id.clone()}>{ line(parts) }</div>
    }
}
