//! Walking a path through a record.

use crate::json::{Kind, Path, Step, Value};

/// The values that a path reaches. Lists are entered element by element where a key is asked of
/// them, and at the end, so `users.username` means that of any user. Of keys that differ only in
/// case, or stand twice, all count.
pub(super) fn reach<'d>(root: Value<'d>, path: &Path) -> Vec<Value<'d>> {
    let mut here = vec![root];
    for step in &path.0 {
        here = match step {
            Step::Key(key) => elements(here)
                .into_iter()
                .filter(|value| value.kind() == Kind::Object)
                .flat_map(|object| object.children().filter(|member| member.key().eq_ignore_ascii_case(key)))
                .collect(),
            Step::Index(index) => lists(here).filter_map(|list| list.children().nth(*index)).collect(),
            Step::Each => lists(here).flat_map(|list| list.children()).collect(),
        };
        if here.is_empty() {
            return here;
        }
    }
    elements(here)
}

fn lists<'d>(values: Vec<Value<'d>>) -> impl Iterator<Item = Value<'d>> {
    values.into_iter().filter(|value| value.kind() == Kind::Array)
}

/// The values with every list replaced by what is in it, at any depth.
fn elements(values: Vec<Value<'_>>) -> Vec<Value<'_>> {
    if values.iter().all(|value| value.kind() != Kind::Array) {
        return values;
    }
    let mut out = vec![];
    let mut open = values;
    open.reverse();
    while let Some(value) = open.pop() {
        if value.kind() == Kind::Array {
            let first = open.len();
            open.extend(value.children());
            open[first..].reverse();
        } else {
            out.push(value);
        }
    }
    out
}
