//! Who is behind a session: step by step back from an event to the call that opened its session, to
//! the session which made that call, and so on to a user, a service or another account.
//!
//! A step is put to all shards, because the call may be in any file. Each has a number, and what
//! comes for an older one is dropped.

use std::rc::Rc;

use super::{AppState, Effect};
use crate::merge::add_traced;
use crate::protocol::{Caller, Request, RowRef, Session, Step, Tie, Traced, Used};

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

/// One step back: a call, and why it is taken for the one that opened the session before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The call, with who made it.
    pub caller: Caller,
    /// What ties the session to it.
    pub tie: Tie,
}

/// Where a chain ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Steps are still out.
    Open,
    /// At credentials that are nobody else's: of a user, root, a service, another account, a provider.
    Origin,
    /// At a session whose opening is not in the logs.
    Missing,
    /// After [`MOST_LINKS`] steps, or where it came back to itself.
    Cut,
}

/// The chain of one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    row: Option<RowRef>,
    /// The number of the step that is out; 0 for none.
    number: u32,
    /// Answers to it that are out.
    left: u16,
    found: Traced,
    phase: Phase,
    event: Option<Caller>,
    links: Vec<Link>,
    cut: bool,
    copies: Vec<Caller>,
    used: Used,
    handed: Used,
}

/// What the step that is out asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// Who made the call.
    #[default]
    Event,
    /// What was done with the credentials that the event handed out.
    Forward,
    /// Who opened the last session.
    Back,
}

impl Chain {
    /// The event at its near end.
    #[must_use]
    pub fn event(&self) -> Option<&Caller> {
        self.event.as_ref()
    }

    /// The links, the nearest first.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The event in the other accounts that logged it too.
    #[must_use]
    pub fn copies(&self) -> &[Caller] {
        &self.copies
    }

    /// What else was done with the session, or the key, of the event.
    #[must_use]
    pub fn used(&self) -> &Used {
        &self.used
    }

    /// What was done with the credentials that the event handed out.
    #[must_use]
    pub fn handed(&self) -> &Used {
        &self.handed
    }

    /// Who made the farthest call.
    #[must_use]
    pub fn farthest(&self) -> Option<&Caller> {
        self.links.last().map(|link| &link.caller).or(self.event.as_ref())
    }

    /// How it ends.
    #[must_use]
    pub fn end(&self) -> End {
        match self.farthest() {
            _ if self.left > 0 => End::Open,
            _ if self.cut => End::Cut,
            Some(caller) if caller.is_session() => End::Missing,
            Some(_) => End::Origin,
            None => End::Open,
        }
    }

    fn step_back(&mut self) -> Option<Step> {
        let session = self.farthest()?.session();
        self.phase = Phase::Back;
        let any = [&session.key, &session.arn, &session.shared].into_iter().any(|text| !text.is_empty());
        any.then(|| Step::Session(Box::new(session)))
    }

    /// Takes what all shards know; gives the next step.
    fn go_on(&mut self) -> Option<Step> {
        let mut found = std::mem::take(&mut self.found);
        match self.phase {
            Phase::Event => {
                let event = found.own?;
                let handed = Session { key: event.issued_key.clone(), ..Session::default() };
                self.event = Some(event);
                if handed.key.is_empty() {
                    return self.step_back();
                }
                self.phase = Phase::Forward;
                Some(Step::Session(Box::new(handed)))
            }
            Phase::Forward => {
                self.handed = found.used;
                self.step_back()
            }
            Phase::Back => {
                if self.links.is_empty() {
                    self.used = std::mem::take(&mut found.used);
                    self.copies.clone_from(&found.copies);
                }
                let link = self.fuller_copy(&found.copies).or_else(|| best(found.issuers))?;
                let known = self.row == Some(link.caller.row)
                    || self.links.iter().any(|other| other.caller.row == link.caller.row);
                if known || self.links.len() == MOST_LINKS {
                    self.cut = true;
                    return None;
                }
                self.links.push(link);
                self.step_back()
            }
        }
    }

    /// The account that was called does not log how an outsider signed; the outsider's own account does.
    fn fuller_copy(&self, copies: &[Caller]) -> Option<Link> {
        let copy =
            copies.iter().find(|copy| !is_hidden(copy)).filter(|_| self.farthest().is_some_and(is_hidden))?;
        Some(Link { caller: copy.clone(), tie: Tie::Copy })
    }
}

fn is_hidden(caller: &Caller) -> bool {
    caller.identity_type == "AWSAccount"
}

/// The surest of the calls; of equal ones that which tells who made it, then the earliest.
fn best(issuers: Vec<(Tie, Caller)>) -> Option<Link> {
    let rank = |(tie, caller): &(Tie, Caller)| (*tie, is_hidden(caller), caller.time_ms, caller.row);
    issuers.into_iter().min_by_key(rank).map(|(tie, caller)| Link { caller, tie })
}

impl AppState {
    /// The chain that a part of the page shows.
    #[must_use]
    pub fn chain(&self, place: ChainPlace) -> &Rc<Chain> {
        &self.chains[place as usize]
    }

    /// Starts anew from a row; `None` forgets the chain.
    pub(super) fn trace(&mut self, place: ChainPlace, row: Option<RowRef>) -> Vec<Effect> {
        self.next_step = self.next_step.wrapping_add(1).max(1);
        let number = self.next_step;
        let left = u16::from(row.is_some());
        self.chains[place as usize] = Rc::new(Chain { row, number, left, ..Chain::default() });
        let ask = |row: RowRef| Effect::Send(row.shard, Request::Trace { number, step: Step::Row(row.row) });
        row.map(ask).into_iter().collect()
    }

    /// A shard has lost its rows.
    pub(super) fn trace_without(&mut self, shard: u16) -> Vec<Effect> {
        for chain in self.chains.iter_mut().map(Rc::make_mut) {
            chain.row = chain.row.filter(|row| row.shard != shard);
        }
        self.trace_again()
    }

    /// There may be more to find, or less.
    pub(super) fn trace_again(&mut self) -> Vec<Effect> {
        ChainPlace::ALL.into_iter().flat_map(|place| self.trace(place, self.chain(place).row)).collect()
    }

    pub(super) fn hear_traced(&mut self, number: u32, part: Traced) -> Vec<Effect> {
        let Some(chain) = self.chains.iter_mut().find(|chain| chain.left > 0 && chain.number == number)
        else {
            return Vec::new();
        };
        let chain = Rc::make_mut(chain);
        add_traced(&mut chain.found, part);
        chain.left -= 1;
        if chain.left > 0 {
            return Vec::new();
        }
        let Some(step) = chain.go_on() else { return Vec::new() };
        self.next_step = self.next_step.wrapping_add(1).max(1);
        (chain.number, chain.left) = (self.next_step, self.shards);
        let request = Request::Trace { number: chain.number, step };
        (0..self.shards).map(|shard| Effect::Send(shard, request.clone())).collect()
    }
}
