//! Clicks that change the query.

use super::App;
use crate::query::{OBJECT, edit};
use crate::state::Action;
use crate::ui::shared::Choice;

impl App {
    /// Facet values pressed: each press toggles its term in the query. With `narrow` a figure: they stand in the
    /// place of other values of their fields, and a second press changes nothing.
    pub(super) fn choose(&mut self, choices: &[Choice], narrow: bool) {
        let mut text = self.editable();
        let columns = self.state.columns.clone();
        let chosen_in = |text: &str, choice: &Choice| {
            edit::chosen(text, columns.name(choice.field)).contains(&(choice.value.clone(), choice.include))
        };
        // Objects are not compared: what has one has the path.
        let choices = choices.iter().map(|choice| match choice.value.as_deref() {
            Some(OBJECT) if choice.field.added().is_some() => {
                Choice { value: None, include: !choice.include, ..choice.clone() }
            }
            _ => choice.clone(),
        });
        // What narrows by several values takes none of them out, unless it is all there already.
        let choices: Vec<(Choice, bool)> =
            choices.map(|choice| (choice.clone(), chosen_in(&text, &choice))).collect();
        let all = choices.iter().all(|(_, chosen)| *chosen);
        let mut freed = None;
        for (choice, chosen) in choices {
            let field = columns.name(choice.field);
            if narrow && choice.include && freed != Some(choice.field) {
                freed = Some(choice.field);
                text = edit::free(&text, field);
            }
            if chosen && if narrow { !choice.include } else { !all } {
                continue;
            }
            text = if choice.include {
                edit::include(&text, field, choice.value.as_deref())
            } else {
                edit::exclude(&text, field, choice.value.as_deref())
            };
        }
        self.query(text);
    }

    /// The text that a click edits: what is typed, or the applied query while that does not parse.
    fn editable(&self) -> String {
        let parses = crate::query::parse(&self.typed).is_ok();
        if parses { self.typed.to_string() } else { self.state.query.to_string() }
    }

    pub(super) fn query(&mut self, text: String) {
        self.typed = text.clone().into();
        self.act(Action::Query(text));
    }

    /// A value at a path, wanted or unwanted.
    pub(super) fn filter(&mut self, path: &str, value: &str, include: bool) {
        let text = self.editable();
        let change = if include { edit::include } else { edit::exclude };
        self.query(change(&text, path, Some(value)));
    }

    /// A value at a path and nothing else.
    pub(super) fn only(&mut self, path: &str, value: &str) {
        self.query(edit::only(path, Some(value)));
    }
}
