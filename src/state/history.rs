//! The queries of this tab, in memory only.

/// How many are kept.
const MOST: usize = 30;

/// Queries that were asked and left, latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(Vec<String>);

impl History {
    /// Notes that another query takes the place of one. What was only a step in typing is not noted.
    pub fn leave(&mut self, query: &str, next: &str) {
        let known = self.0.first().is_some_and(|last| last.starts_with(query));
        if query.trim().is_empty() || next.starts_with(query) || known {
            return;
        }
        self.0.retain(|one| one != query);
        self.0.insert(0, query.to_owned());
        self.0.truncate(MOST);
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[String] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_left_and_no_steps_of_typing() {
        let mut history = History::default();
        let mut query = "";
        for next in ["a", "a:b", "", "c", "a:b", "a:b c", "a:b", "a:", "a", "", "  ", "d:e", "d:e f", "x"] {
            history.leave(query, next);
            query = next;
        }
        assert_eq!(history.all(), ["d:e f", "a:b c", "c", "a:b"]);
        for at in 0..100 {
            history.leave(&format!("{at} "), "");
        }
        assert_eq!((history.all().len(), history.all()[0].as_str()), (MOST, "99 "));
    }
}
