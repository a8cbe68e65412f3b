//! The principal that is open in Identities.

use std::rc::Rc;

use super::{AppState, ChainPlace, Effect, View};
use crate::field::Field;
use crate::merge::merge_principal;
use crate::protocol::{IdentitySummary, PrincipalDetail, PrincipalTerms, Request};

/// The open principal and what is known of it.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// It as it was chosen; the first of the list while none was.
    chosen: Option<Box<IdentitySummary>>,
    /// The question, and the principal that the parts are of.
    asked: (u32, PrincipalTerms),
    parts: Vec<PrincipalDetail>,
    detail: Rc<PrincipalDetail>,
}

impl Person {
    /// What is known of it; of the one that was open before until this one's is here.
    #[must_use]
    pub fn detail(&self) -> &Rc<PrincipalDetail> {
        &self.detail
    }
}

impl AppState {
    /// The open principal: the chosen one if it is among the matches, else the first.
    #[must_use]
    pub fn open_person(&self) -> Option<&IdentitySummary> {
        let people = &self.asking.answer().identities;
        let chosen = self.person.chosen.as_ref();
        let is = |one: &&IdentitySummary| chosen.is_some_and(|chosen| chosen.is_same(one));
        people.iter().find(is).or_else(|| people.first())
    }

    pub(super) fn choose_person(&mut self, person: Box<IdentitySummary>) -> Vec<Effect> {
        self.person.chosen = Some(person);
        self.ask_person()
    }

    /// Asks all shards about the open principal.
    pub(super) fn ask_person(&mut self) -> Vec<Effect> {
        if self.view != View::Identities {
            return Vec::new();
        }
        let Some(person) = self.open_person() else { return Vec::new() };
        let (question, terms) = (self.asking.last_number(), person.terms());
        let PrincipalTerms { principal, account, types } = terms.clone();
        self.person.asked = (question, terms);
        let request = Request::Principal { question, principal, account, types };
        self.person.parts.clear();
        self.ask_each(&request)
    }

    /// The same for every shard.
    pub(super) fn ask_each(&self, request: &Request) -> Vec<Effect> {
        (0..self.shards).map(|shard| Effect::Send(shard, request.clone())).collect()
    }

    pub(super) fn hear_principal(&mut self, part: PrincipalDetail) -> Vec<Effect> {
        let person = &mut self.person;
        let (question, terms) = &person.asked;
        if part.question != *question || !part.is_of(terms) {
            return Vec::new();
        }
        person.parts.push(part);
        if person.parts.len() < usize::from(self.shards) {
            return Vec::new();
        }
        let detail = merge_principal(std::mem::take(&mut person.parts));
        let another = !person.detail.is_of(terms);
        // The chain begins at the session with the most events.
        let list = |field| detail.lists.iter().find(|list| list.field == field);
        let busiest = [Field::AccessKey, Field::IdentityArn, Field::EventName]
            .into_iter()
            .find_map(|field| list(field)?.uses.first());
        let row = busiest.map(|most| most.last.1);
        person.detail = Rc::new(detail);
        if another { self.trace(ChainPlace::Principal, row) } else { Vec::new() }
    }
}
