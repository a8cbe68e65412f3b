//! Who is behind a session: the calls that opened it and those before it, as a picture and in words.

use yew::prelude::*;

use super::view::{icon_of, kind_words};
use crate::display::{day_clock, grouped, middle, shown};
use crate::event::Field;
use crate::protocol::{Caller, RowRef, Tie, Used};
use crate::state::{Chain, End, Link};
use crate::ui::shared::{Icon, Names, bold, icon, named, span};

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
    let Some(event) = chain.event() else { return Html::default() };
    let (state, word) = match chain.end() {
        End::Open => ("open", "looking"),
        End::Origin => ("origin", ""),
        End::Missing => ("missing", "not all of it is in these logs"),
        End::Cut => ("cut", "it goes on, or in a circle"),
    };
    let links = chain.links();
    let session = [&event.key, &event.arn].into_iter().any(|text| !text.is_empty());
    if !session && links.is_empty() && chain.copies().is_empty() {
        return Html::default();
    }
    html! {
        <section class="chain" data-testid="chain" data-state={state} aria-label="Who is behind it">
            <h3>{ "Who is behind it" }{ " " }{ span("soft", word) }</h3>
            <ol>
                if chain.end() == End::Missing { { chain.farthest().map(missing) } }
                for link in links.iter().rev() { { step(link, names, acts) } }
                <li class="here">{ node(event, names, acts) }{ used(&event.key, &event.arn, chain.used(), acts) }</li>
            </ol>
            if !event.issued_key.is_empty() { { handed(event, chain.handed(), acts) } }
            for copy in chain.copies() { { elsewhere(copy, names, acts) } }
        </section>
    }
}

fn step(link: &Link, names: &Names, acts: &ChainActs) -> Html {
    let Link { caller, tie } = link;
    let confidence = tie.confidence();
    let time = caller.time_ms.map(day_clock).unwrap_or_default();
    html! {
        <li class={confidence} data-testid="chain-link" data-confidence={confidence}
            data-principal={caller.principal.clone()} data-event-id={caller.event_id.clone()}>
            { node(caller, names, acts) }
            <p class="tie">{ open(caller, &caller.name, acts) }{ " " }{ span("soft", time) }{ " " }{ bold(confidence) }</p>
            <p class="evidence">{ span("v", evidence(*tie, caller)) }</p>
        </li>
    }
}

/// The fields that agree.
fn evidence(tie: Tie, caller: &Caller) -> String {
    match tie {
        Tie::Copy => "the same sharedEventID".to_owned(),
        Tie::Key => format!("it handed out {}, the key of the next", shown(&caller.issued_key)),
        Tie::Session => "the session it opened has this ARN, and began at that moment".to_owned(),
        Tie::Name => "the same role and session name, and the last before; no creation date".to_owned(),
        Tie::SignIn => "the same identity signed in as the session began".to_owned(),
    }
}

/// Who: name, kind, account, session, key.
fn node(caller: &Caller, names: &Names, acts: &ChainActs) -> Html {
    let mut words = kind_words(&caller.identity_type);
    if !caller.account.is_empty() && caller.account != caller.principal {
        words.push_str(", ");
        words.push_str(&named(names, &caller.account));
    }
    for (before, text) in
        [(", session ", caller.session_name()), (", source identity ", &caller.source_identity)]
    {
        if !text.is_empty() {
            words.push_str(before);
            words.push_str(text);
        }
    }
    words.push_str(match caller.mfa.as_str() {
        "true" => ", MFA",
        // Of a role's session it says nothing: whoever opened it may have had MFA.
        "false" if !caller.is_session() => ", no MFA",
        _ => "",
    });
    html! {
        <div class="node">
            { icon(icon_of(&caller.identity_type)) }
            if caller.principal.is_empty() { { span("v", "no principal") } } else {
                { filter(Field::Principal, &caller.principal, shown(&caller.principal).into_owned(), acts) }
            }
            { span("soft", shown(&words).into_owned()) }
            if !caller.key.is_empty() {
                { filter(Field::AccessKey, &caller.key, middle(&shown(&caller.key), KEY_SIGNS).into_owned(), acts) }
            }
        </div>
    }
}

fn filter(field: Field, value: &str, label: String, acts: &ChainActs) -> Html {
    let choice = (field.name().to_owned(), value.to_owned(), true);
    html! {
        <button type="button" class="v linked" title={shown(value).into_owned()}
            onclick={acts.on_filter.reform(move |_: MouseEvent| choice.clone())}>{ label }</button>
    }
}

fn open(caller: &Caller, label: &str, acts: &ChainActs) -> Html {
    let row = caller.row;
    html! {
        <button type="button" class="linked" title="Open this event"
            onclick={acts.on_open.reform(move |_: MouseEvent| row)}>{ shown(label).into_owned() }</button>
    }
}

/// A session whose opening was not found, and what its record tells of where it came from.
fn missing(caller: &Caller) -> Html {
    let what = if caller.key.is_empty() { "this session" } else { &caller.key };
    let session = caller.session_name();
    let hint = if !caller.source_identity.is_empty() {
        format!("Its source identity says {}.", caller.source_identity)
    } else if session.starts_with("i-") {
        format!(
            "The session name is that of an EC2 instance, {session}: EC2 hands such credentials to what runs on it."
        )
    } else if caller.principal.starts_with("AWSReservedSSO_") {
        format!("IAM Identity Center opens sessions of this role, and names them after the user: {session}.")
    } else if !session.is_empty() {
        format!("The session name is {session}. Whoever opens a session may choose it.")
    } else {
        String::new()
    };
    html! {
        <li class="missing" data-testid="chain-missing">
            <div class="node">{ icon(Icon::Question) }{ bold("Not in these logs") }</div>
            <p class="tie isolate">{ shown(&format!("The call that issued {what} is not in these logs. {hint}")).into_owned() }</p>
        </li>
    }
}

/// How much was done with a session, and a way to it.
fn used(key: &str, arn: &str, used: &Used, acts: &ChainActs) -> Html {
    let (field, value) = if key.is_empty() { (Field::IdentityArn, arn) } else { (Field::AccessKey, key) };
    let label = match used.events {
        1 => "1 event".to_owned(),
        events => format!("{} events", grouped(events)),
    };
    let times = match (used.first_ms, used.last_ms) {
        (Some(first), Some(last)) if first != last => format!("{} to {}", day_clock(first), day_clock(last)),
        (Some(first), _) => day_clock(first),
        _ => String::new(),
    };
    html! {
        if used.events > 0 {
            <p class="tie sans">{ filter(field, value, label, acts) }{ " with these credentials " }{ span("soft", times) }</p>
        }
    }
}

/// What the event handed out, and what was done with it.
fn handed(event: &Caller, done: &Used, acts: &ChainActs) -> Html {
    html! {
        <div class="handed" data-testid="chain-handed" data-events={done.events.to_string()}>
            <p>{ bold("It handed out") }{ " " }{ span("v", shown(&event.issued_key).into_owned()) }</p>
            { used(&event.issued_key, "", done, acts) }
            if done.events == 0 { <p class="tie">{ "Nothing in these logs was done with it." }</p> }
            for call in &done.opened {
                <p class="tie">{ open(call, &call.name, acts) }{ " handed on " }
                    { filter(Field::AccessKey, &call.issued_key, middle(&shown(&call.issued_key), KEY_SIGNS).into_owned(), acts) }</p>
            }
        </div>
    }
}

fn elsewhere(copy: &Caller, names: &Names, acts: &ChainActs) -> Html {
    let account = format!("The same action in account {}", shown(&named(names, &copy.recipient)));
    html! {
        <p class="handed" data-testid="shared-event" data-event-id={copy.event_id.clone()}>
            { open(copy, &account, acts) }{ " " }
            { filter(Field::SharedEvent, &copy.shared, "both".to_owned(), acts) }
        </p>
    }
}
