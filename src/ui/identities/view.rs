//! The list of principals.

use yew::prelude::*;

use super::detail::{Detail, detail};
use crate::display::{grouped, middle};
use crate::event::Field;
use crate::protocol::{Answer, Buckets, IdentitySummary, PrincipalDetail, RowRef};
use crate::sorting::sort_by;
use crate::state::Chain;
use crate::ui::identities::ChainActs;
use crate::ui::shared::{
    Icon, Names, OnFilter, Same, bold, clock, day_year, icon, masked_as, named, shown, shown_as, span,
    use_width,
};

/// Rows in the document; the rest is counted, and found by the query.
const MOST_ROWS: usize = 500;

/// The orders of the list.
const ORDERS: [&str; 5] = ["by events", "by errors", "by writes", "by last seen", "by name"];

/// Of [`IdentitiesView`].
#[derive(Clone, PartialEq, Properties)]
pub struct IdentitiesViewProps {
    /// The answer.
    pub answer: Same<Answer>,
    /// The buckets of the sparkline.
    pub buckets: Buckets,
    /// The open principal.
    pub open: Option<IdentitySummary>,
    /// What is known of it.
    pub detail: Same<PrincipalDetail>,
    /// Who is behind one of its sessions.
    pub chain: Same<Chain>,
    /// Names of accounts.
    pub names: Names,
    /// Open a principal.
    pub on_person: Callback<IdentitySummary>,
    /// Show who is behind the session of this row.
    pub on_trace: Callback<RowRef>,
    /// Something was pressed that filters.
    pub on_filter: OnFilter,
    /// What the chain leads to.
    pub acts: ChainActs,
    /// Show the events of the query.
    pub on_events: Callback<()>,
}

/// The principals of the matches.
#[component]
pub fn IdentitiesView(props: &IdentitiesViewProps) -> Html {
    let order = use_state_eq(|| 0usize);
    let unfolded = use_state_eq(|| None);
    let pane = use_node_ref();
    let width = use_width(&pane);
    let people = sorted(&props.answer.identities, *order);
    let is_open = |person: &&&IdentitySummary| props.open.as_ref().is_some_and(|open| open.is_same(person));
    let open = people.iter().find(is_open).or(people.first()).copied();
    let all = props.answer.principals.max(people.len() as u64);
    let left_out = all.saturating_sub(MOST_ROWS as u64);
    let onchange = {
        let order = order.setter();
        move |event: Event| {
            let select: web_sys::HtmlSelectElement = event.target_unchecked_into();
            order.set(usize::try_from(select.selected_index()).unwrap_or_default());
        }
    };
    html! {
        <div class="identities">
            <section class="people" aria-label="Principals" hidden={open.is_none()}>
                <div class="toolbar"><p>{ bold(grouped(all)) }
                    { span("soft", if all == 1 { " principal" } else { " principals" }) }</p>
                    <span class="push" />
                    <select class="order" aria-label="Order" data-testid="identity-order" {onchange}>
                        for (place, name) in ORDERS.into_iter().enumerate() {
                            <option selected={place == *order}>{ name }</option>
                        }
                    </select></div>
                <ul>
                    for person in people.iter().take(MOST_ROWS) {
                        { row(person, open.is_some_and(|open| std::ptr::eq(*person, open)), props) }
                    }
                </ul>
                if left_out > 0 {
                    <p class="quiet left-out">{ format!("{} more: narrow the query", grouped(left_out)) }</p>
                }
            </section>
            // It stands there from the start: its width is watched.
            <section class="principal" aria-label={open.map(name_of)} ref={pane}>
                if let Some(person) = open {
                    { detail(&Detail { person, props, unfolded: &unfolded, width }) }
                } else {
                    <div class="empty">{ icon(Icon::User) }<h2>{ "Nobody matches" }</h2>
                        <p>{ "No event fits this query and range." }</p></div>
                }
            </section>
        </div>
    }
}

/// The principals in an order of [`ORDERS`].
fn sorted(people: &[IdentitySummary], order: usize) -> Vec<&IdentitySummary> {
    let mut people: Vec<&IdentitySummary> = people.iter().collect();
    sort_by(&mut people, |one, other| {
        let figures = figure(other, order).cmp(&figure(one, order));
        figures.then_with(|| (&one.principal, &one.account).cmp(&(&other.principal, &other.account)))
    });
    people
}

/// What an order sorts by, most first; equal ones follow by name.
fn figure(person: &IdentitySummary, order: usize) -> i64 {
    let count = match order {
        0 => person.events,
        1 => person.errors,
        2 => person.writes,
        3 => return person.last_ms.unwrap_or(i64::MIN),
        _ => 0,
    };
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn row(person: &IdentitySummary, is_open: bool, props: &IdentitiesViewProps) -> Html {
    let onclick = {
        let who = person.clone();
        props.on_person.reform(move |_: MouseEvent| who.clone())
    };
    let name = name_of(person);
    html! {
        <li><button type="button" class="person" data-testid="identity-row" data-principal={masked_as(Field::Principal, &person.principal).into_owned()}
            data-account={masked_as(Field::IdentityAccount, &person.account).into_owned()} data-type={person.identity_type.clone()}
            data-events={person.events.to_string()} {onclick} aria-current={is_open.then_some("true")}>
            { icon(icon_of(&person.identity_type)) }
            <span class={classes!("v", "line", "name", is_root(person).then_some("heavy"),
                person.principal.is_empty().then_some("ours"))} title={name.clone()}>
                { middle(&name, 24).into_owned() }</span>
            <b class="amount">{ grouped(person.events) }</b>
            { span("soft clip kind", kind_and_account(person, &props.names)) }
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

pub(super) fn kind_and_account(person: &IdentitySummary, names: &Names) -> String {
    let kind = kind_words(&person.identity_type);
    if person.account.is_empty() || person.account == person.principal {
        return kind;
    }
    format!("{kind}, {}", shown(&named(names, &person.account)))
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

/// `9 Jul 2023 22:23:46`: chains and lists go over years.
pub(super) fn moment(at: i64) -> String {
    if at == i64::MAX { "no time".to_owned() } else { [&day_year(at), " ", &clock(at)].concat() }
}

/// From one moment to another, the second without its day if it is the same.
pub(super) fn range(first: i64, last: i64) -> String {
    let same_day = last != i64::MAX && day_year(first) == day_year(last);
    [&moment(first), " to ", &if same_day { clock(last) } else { moment(last) }].concat()
}
