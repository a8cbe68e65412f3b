//! The list of principals.

use yew::prelude::*;

use super::detail::detail;
use crate::display::{grouped, middle};
use crate::event::Field;
use crate::protocol::{Answer, IdentitySummary};
use crate::ui::shared::{Icon, OnFilter, Same, bold, icon, span};
use crate::ui::shared::{masked_as, shown, shown_as};

/// Rows in the document; the rest is counted, and found by the query.
const MOST_ROWS: usize = 500;

/// Of [`IdentitiesView`].
#[derive(Clone, PartialEq, Properties)]
pub struct IdentitiesViewProps {
    /// The answer.
    pub answer: Same<Answer>,
    /// Something was pressed that filters.
    pub on_filter: OnFilter,
    /// Show the events of the query.
    pub on_events: Callback<()>,
}

/// The principals of the matches.
#[component]
pub fn IdentitiesView(props: &IdentitiesViewProps) -> Html {
    let chosen = use_state_eq(|| None::<String>);
    let people = &props.answer.identities;
    let Some(first) = people.first() else {
        return html! {
            <div class="empty">{ icon(Icon::User) }<h2>{ "Nobody matches" }</h2>
                <p>{ "No event fits this query and range." }</p></div>
        };
    };
    let open = people.iter().find(|one| Some(&one.principal) == chosen.as_ref()).unwrap_or(first);
    let left_out = people.len().saturating_sub(MOST_ROWS);
    html! {
        <div class="identities">
            <section class="people" aria-label="Principals">
                <div class="toolbar"><p>{ bold(grouped(people.len() as u64)) }
                    { span("soft", if people.len() == 1 { " principal" } else { " principals" }) }</p>
                    <span class="push" />{ span("soft", "by events") }</div>
                <ul>
                    for person in people.iter().take(MOST_ROWS) { { row(person, person.principal == open.principal, &chosen) } }
                </ul>
                if left_out > 0 {
                    <p class="quiet left-out">{ format!("{} more with fewer events: narrow the query", grouped(left_out as u64)) }</p>
                }
            </section>
            { detail(open, &props.on_filter, &props.on_events) }
        </div>
    }
}

fn row(person: &IdentitySummary, is_open: bool, chosen: &UseStateHandle<Option<String>>) -> Html {
    let onclick = {
        let (chosen, name) = (chosen.setter(), person.principal.clone());
        Callback::from(move |_: MouseEvent| chosen.set(Some(name.clone())))
    };
    let name = name_of(person);
    html! {
        <li><button type="button" class="person" data-testid="identity-row" data-principal={masked_as(Field::Principal, &person.principal).into_owned()}
            data-type={person.identity_type.clone()} data-events={person.events.to_string()} {onclick}
            aria-current={is_open.then_some("true")}>
            { icon(icon_of(&person.identity_type)) }
            <span class={classes!("v", "line", "name", is_root(person).then_some("heavy"),
                person.principal.is_empty().then_some("ours"))} title={name.clone()}>
                { middle(&name, 24).into_owned() }</span>
            <b class="amount">{ grouped(person.events) }</b>
            { span("soft clip kind", kind_and_account(person)) }
            { span("soft amount", format!("{} {}", grouped(person.errors),
                if person.errors == 1 { "error" } else { "errors" })) }
        </button></li>
    }
}

pub(super) fn name_of(person: &IdentitySummary) -> String {
    if person.principal.is_empty() {
        "no principal".to_owned()
    } else {
        shown_as(Field::Principal, &person.principal).into_owned()
    }
}

pub(super) fn is_root(person: &IdentitySummary) -> bool {
    person.identity_type == "Root"
}

fn kind_and_account(person: &IdentitySummary) -> String {
    let kind = kind_words(&person.identity_type);
    match person.accounts.as_slice() {
        [] => kind,
        [(account, _)] if account.is_empty() => kind,
        [(account, _)] => format!("{kind}, {}", shown_as(Field::IdentityAccount, account)),
        [(account, _), rest @ ..] => {
            format!("{kind}, {} and {} more", shown_as(Field::IdentityAccount, account), rest.len())
        }
    }
}

/// `userIdentity.type` in words; a type we do not know stays as logged.
pub(super) fn kind_words(identity_type: &str) -> String {
    match identity_type {
        "IAMUser" => "IAM user",
        "AssumedRole" => "role",
        "Role" => "role",
        "Root" => "root",
        "FederatedUser" => "federated user",
        "AWSAccount" => "another account",
        "AWSService" => "AWS service",
        "SAMLUser" => "SAML user",
        "WebIdentityUser" => "web identity user",
        "IdentityCenterUser" => "IAM Identity Center user",
        "Directory" => "directory user",
        "" | "Unknown" => "kind unknown",
        other => return shown(other).into_owned(),
    }
    .to_owned()
}

pub(super) fn icon_of(identity_type: &str) -> Icon {
    match identity_type {
        "AssumedRole" | "Role" => Icon::Role,
        "Root" => Icon::Root,
        "AWSAccount" => Icon::Account,
        "AWSService" => Icon::Service,
        "" | "Unknown" => Icon::Question,
        _ => Icon::User,
    }
}
