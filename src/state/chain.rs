//! Who is behind a session: step by step back from an event to the call that opened its session, to
//! the session which made that call, and so on to a user, a service or another account.
//!
//! A step is put to all shards, because the call may be in any file. Each has a number, and what
//! comes for an older one is dropped.

use std::rc::Rc;

use super::{AppState, Effect};
use crate::event::format_time;
use crate::field::Field;
use crate::merge::add_traced;
use crate::protocol::{Caller, Request, RowRef, SESSION_FIELDS, Tie, Traced};
use crate::sorting::sort_by;

/// Links that a chain has at most. AWS lets a chained role open sessions of an hour each, without end.
const MOST_LINKS: usize = 16;

/// Which part of the page shows a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainPlace {
    /// The inspector, for the event in it.
    Inspector,
    /// The open principal, for one of its sessions.
    Principal,
}

impl ChainPlace {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Inspector, Self::Principal];
}

/// Where a chain ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// It is not known yet.
    #[default]
    Open,
    /// At credentials that are nobody else's: of a user, root, a service, another account, a provider.
    Origin,
    /// At a session whose opening is not in the logs.
    Missing,
    /// At a session that several calls may have opened, each as likely as the others: [`Chain::several`].
    Several,
    /// After [`MOST_LINKS`] steps, or where it came back to itself.
    Cut,
}

/// The chain of one event, once it is whole; empty until then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// The event at its near end.
    pub event: Option<Caller>,
    /// The calls behind it, the nearest first, each with what ties it to the session before it.
    pub links: Vec<Caller>,
    /// How it ends.
    pub end: End,
    /// The calls of different callers that fit the farthest session equally well, if it ends with them.
    pub several: Vec<Caller>,
    /// The event in the other accounts that logged it too.
    pub copies: Vec<Caller>,
    /// What else was done with the session, or the key, of the event.
    pub used: Traced,
    /// What was done with the credentials that the event handed out.
    pub handed: Traced,
    /// No event has the key it handed out, or it handed out none: [`Self::handed`] is what was done in a
    /// session of the same ARN that began with the event.
    pub handed_by_arn: bool,
}

impl Chain {
    /// Who made the farthest call.
    #[must_use]
    pub fn farthest(&self) -> Option<&Caller> {
        self.links.last().or(self.event.as_ref())
    }
}

/// A chain being followed.
#[derive(Clone, Debug, Default)]
pub struct Tracing {
    row: Option<RowRef>,
    /// The number of the step that is out.
    number: u32,
    /// Answers to it that are out.
    left: u16,
    found: Traced,
    chain: Chain,
    /// The step is about what the event handed out, or opened without a key.
    forward: bool,
    /// What is shown.
    shown: Rc<Chain>,
}

impl Tracing {
    /// Takes what all shards know; gives the session to ask about next.
    fn go_on(&mut self) -> Option<(Vec<String>, Option<i64>)> {
        let found = std::mem::take(&mut self.found);
        let chain = &mut self.chain;
        if chain.event.is_none() {
            let event = chain.event.insert(found.callers.into_iter().next()?);
            let key = event.text(Field::IssuedKey);
            if !key.is_empty() {
                self.forward = true;
                return Some((vec![key.to_owned()], None));
            }
            if let Some(session) = opened_by(event) {
                (self.forward, chain.handed_by_arn) = (true, true);
                return Some((session, None));
            }
        } else if std::mem::take(&mut self.forward) {
            chain.handed = in_order(found);
            // The console takes other keys for a session than the one that its call was given.
            let by_arn = chain.event.as_ref().and_then(opened_by);
            if let Some(session) = by_arn.filter(|_| chain.handed.events == 0 && !chain.handed_by_arn) {
                (self.forward, chain.handed_by_arn) = (true, true);
                return Some((session, None));
            }
        } else {
            let mut likely = likeliest(chain.farthest()?, &found.callers);
            if chain.links.is_empty() {
                chain.copies = found.callers.iter().filter(|call| is_copy(call, self.row)).cloned().collect();
                chain.used = in_order(found);
            }
            if likely.len() > 1 {
                (chain.several, chain.end) = (likely, End::Several);
                return None;
            }
            let Some(next) = likely.pop() else {
                let missing = chain.farthest().is_some_and(Caller::is_session);
                chain.end = if missing { End::Missing } else { End::Origin };
                return None;
            };
            let known = self.row == Some(next.row) || chain.links.iter().any(|link| link.row == next.row);
            if known || chain.links.len() == MOST_LINKS {
                chain.end = End::Cut;
                return None;
            }
            chain.links.push(next);
        }
        let farthest = chain.farthest()?;
        Some((farthest.texts.iter().take(SESSION_FIELDS).cloned().collect(), farthest.time_ms))
    }
}

/// Keeps the calls that handed out credentials, in the order of time.
fn in_order(mut found: Traced) -> Traced {
    found.callers.retain(|call| call.tie == Tie::Opened);
    sort_by(&mut found.callers, |one, other| (one.time_ms, one.row).cmp(&(other.time_ms, other.row)));
    found
}

/// The session that a call opened, by its ARN and beginning.
fn opened_by(event: &Caller) -> Option<Vec<String>> {
    let arn = event.text(Field::IssuedArn);
    let start = event.time_ms.filter(|_| !arn.is_empty())?;
    Some(vec![String::new(), arn.to_owned(), format_time(start)])
}

fn is_copy(call: &Caller, of: Option<RowRef>) -> bool {
    call.tie == Tie::Copy && Some(call.row) != of
}

/// An account that is called does not log how an outsider signed; the outsider's own account does.
fn is_hidden(call: &Caller) -> bool {
    call.text(Field::IdentityType) == "AWSAccount"
}

/// Whether the last one of this kind is the likeliest.
fn is_last(tie: Tie) -> bool {
    matches!(tie, Tie::Name | Tie::LastSignIn)
}

/// The call behind another: the fuller copy of it, else the surest of those that may have opened its
/// session; of equal ones that which tells who made it, then the earliest, or the last of those that
/// only came before. Several, where others made calls that fit as well: the order of files says nothing.
fn likeliest(of: &Caller, callers: &[Caller]) -> Vec<Caller> {
    let fits = |call: &&Caller| match call.tie {
        Tie::Copy => is_hidden(of) && !is_hidden(call),
        Tie::Own | Tie::Opened => false,
        // A sign-in names the sign-in session that it began, too; no sign-in is behind another.
        Tie::SignInSession => of.tie != Tie::SignInSession && !is_sign_in(of),
        Tie::SignIn | Tie::LastSignIn => !is_sign_in(of),
        _ => true,
    };
    let rank = |call: &&Caller| {
        let time = call.time_ms.unwrap_or(i64::MAX);
        (call.tie, is_hidden(call), if is_last(call.tie) { -time } else { time }, call.row)
    };
    let fitting = || callers.iter().filter(|call| call.row != of.row).filter(fits);
    let Some(first) = fitting().min_by_key(rank) else { return Vec::new() };
    let mut likely = vec![first.clone()];
    if first.tie == Tie::Copy {
        return likely;
    }
    for call in fitting().filter(|call| call.tie == first.tie) {
        let as_late = !is_last(first.tie) || call.time_ms == first.time_ms;
        if as_late && likely.iter().all(|known| !is_same_caller(known, call)) {
            likely.push(call.clone());
        }
    }
    likely
}

fn is_sign_in(call: &Caller) -> bool {
    call.text(Field::EventName) == "ConsoleLogin"
}

/// Whether two calls are one, logged by two accounts, or made by one identity: a role's session is another
/// one if it began at another time.
fn is_same_caller(one: &Caller, other: &Caller) -> bool {
    let same = |field| one.text(field) == other.text(field);
    if is_hidden(one) != is_hidden(other) && same(Field::IdentityAccount)
        || same(Field::SharedEvent) && !one.text(Field::SharedEvent).is_empty()
    {
        return true;
    }
    // A service is the same in every account.
    let told = [Field::Principal, Field::IdentityType, Field::IdentityAccount, Field::IdentityArn];
    let told = if one.text(Field::IdentityType) == "AWSService" { &told[..2] } else { &told[..] };
    told.iter().copied().all(same) && (one.session_name().is_empty() || same(Field::SessionStart))
}

impl AppState {
    /// The chain that a part of the page shows.
    #[must_use]
    pub fn chain(&self, place: ChainPlace) -> &Rc<Chain> {
        &self.tracing[place as usize].shown
    }

    /// Starts anew from a row; `None` forgets the chain.
    pub(super) fn trace(&mut self, place: ChainPlace, row: Option<RowRef>) -> Vec<Effect> {
        self.next_step = self.next_step.wrapping_add(1);
        let (number, left) = (self.next_step, u16::from(row.is_some()));
        self.tracing[place as usize] = Tracing { row, number, left, ..Tracing::default() };
        let ask = |RowRef { shard, row }| {
            let row = Some(row);
            Effect::Send(shard, Request::Trace { number, row, session: Vec::new(), at_ms: None })
        };
        row.map(ask).into_iter().collect()
    }

    /// There may be more to find, or less. The rows of a shard that was `lost` are gone.
    pub(super) fn trace_again(&mut self, lost: Option<u16>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for place in ChainPlace::ALL {
            let row = self.tracing[place as usize].row.filter(|row| Some(row.shard) != lost);
            effects.extend(self.trace(place, row));
        }
        effects
    }

    pub(super) fn hear_traced(&mut self, number: u32, part: Traced) -> Vec<Effect> {
        let is_asked = |tracing: &&mut Tracing| tracing.left > 0 && tracing.number == number;
        let Some(tracing) = self.tracing.iter_mut().find(is_asked) else { return Vec::new() };
        add_traced(&mut tracing.found, part);
        tracing.left -= 1;
        if tracing.left > 0 {
            return Vec::new();
        }
        let Some((session, at_ms)) = tracing.go_on() else {
            tracing.shown = Rc::new(std::mem::take(&mut tracing.chain));
            return Vec::new();
        };
        self.next_step = self.next_step.wrapping_add(1);
        (tracing.number, tracing.left) = (self.next_step, self.shards);
        let request = Request::Trace { number: tracing.number, row: None, session, at_ms };
        self.ask_each(&request)
    }
}
