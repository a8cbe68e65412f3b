//! Walking a path through a record.

use crate::json::{Document, Kind, Path, Step, Value};

/// JSON in a string in JSON in a string is entered this often. Each level doubles the backslashes, so
/// no record of any use comes near.
const MAX_NESTED: usize = 8;

/// Whether any value that a path reaches satisfies the test. Lists are entered element by element where
/// a key is asked of them, and at the end, so `users.username` means that of any user. A string that
/// holds JSON is entered where the path goes on behind it. Of keys that differ only in case, or stand
/// twice, all count.
pub(super) fn any(root: Value<'_>, path: &Path, test: &mut dyn FnMut(Value<'_>) -> bool) -> bool {
    walk(root, &path.0, MAX_NESTED, test)
}

fn walk(root: Value<'_>, steps: &[Step], nested: usize, test: &mut dyn FnMut(Value<'_>) -> bool) -> bool {
    let mut here = vec![root];
    for (place, step) in steps.iter().enumerate() {
        if matches!(step, Step::Key(_)) {
            here = elements(here);
        }
        let mut next = vec![];
        for value in here {
            match (value.kind(), step) {
                (Kind::String, _) if nested > 0 && inside(value, &steps[place..], nested - 1, test) => {
                    return true;
                }
                (Kind::Object, Step::Key(key)) => {
                    next.extend(value.children().filter(|member| member.key().eq_ignore_ascii_case(key)));
                }
                (Kind::Array, Step::Index(index)) => next.extend(value.children().nth(*index)),
                (Kind::Array, Step::Each) => next.extend(value.children()),
                _ => {}
            }
        }
        here = next;
    }
    elements(here).into_iter().any(test)
}

/// Goes on in the JSON that a string holds, if it holds an object or a list.
fn inside(value: Value<'_>, steps: &[Step], nested: usize, test: &mut dyn FnMut(Value<'_>) -> bool) -> bool {
    let text = value.as_str().unwrap_or_default();
    if !text.trim_start().starts_with(['{', '[']) {
        return false;
    }
    Document::parse(text.as_bytes()).is_ok_and(|document| walk(document.root(), steps, nested, test))
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
