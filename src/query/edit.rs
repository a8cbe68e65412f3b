//! Changing the query text by a click: filter in, filter out, only this.
//!
//! What comes back always reads, and means what was clicked. Only the parts about the clicked field
//! are written anew; the rest of the text stays as it was typed.

use std::net::IpAddr;

use super::address::Block;
use super::check::Test;
use super::parse::parse;
use super::pattern::fold;
use super::plan::Target;
use super::syntax::{Expr, ExprKind, Literal, Term, is_plain, quoted};
use crate::event::Field;
use crate::json::{Path, Step};

/// Values as long as this, in characters, go on with `*`: at a path no more of them is known.
const LONGEST_VALUE: usize = 2_000;

/// Longer ones, in bytes, too: what is counted is clipped a little behind that, and says so with an ellipsis.
const MOST_BYTES: usize = 4_000;

/// The value as it is written behind `field:`, in quotes where it needs them to mean just itself.
#[must_use]
pub fn quote(value: &str) -> String {
    let bare = value.chars().all(is_plain)
        && !value.starts_with(['-', '<', '>', '=', '!', '/', ':'])
        && !matches!(value, "" | "AND" | "OR" | "NOT")
        && Block::parse(value).is_none()
        && !value.parse::<IpAddr>().is_ok_and(|address| address.is_ipv6());
    if bare { value.to_owned() } else { quoted(value) }
}

/// The query for this value of this field alone; `None` asks for events without the field.
#[must_use]
pub fn only(field: &str, value: Option<&str>) -> String {
    let name = name_text(field);
    Part { include: true, choices: vec![Choice::new(&name, value)], name }.text()
}

/// Filters in: adds `field:value`, beside other values of the field with OR. A second call takes it
/// out again. What excluded the value goes. A pattern that covers the value gives way to it.
#[must_use]
pub fn include(text: &str, field: &str, value: Option<&str>) -> String {
    edit(text, field, value, &|parts, name| {
        if toggled_off(parts, value, true) {
            return;
        }
        let target = Target::resolve(name);
        for part in parts.iter_mut().filter_map(Kept::about) {
            part.choices.retain(|choice| !choice.covers(target.as_ref(), value));
            if part.include {
                part.choices.push(Choice::new(&part.name, value));
            }
        }
        if !parts.iter().any(|part| matches!(part, Kept::About(part) if part.include)) {
            let choices = vec![Choice::new(name, value)];
            parts.push(Kept::About(Part { name: name.to_owned(), include: true, choices }));
        }
    })
}

/// Takes out which values of a field the query filters in, so that others can stand in their place.
#[must_use]
pub fn free(text: &str, field: &str) -> String {
    edit(text, field, None, &|parts, _| {
        parts.retain(|part| !matches!(part, Kept::About(Part { include: true, .. })));
    })
}

/// Filters out: adds `NOT field:value`. A second call takes it out again. What included just the
/// value goes.
#[must_use]
pub fn exclude(text: &str, field: &str, value: Option<&str>) -> String {
    edit(text, field, value, &|parts, name| {
        if toggled_off(parts, value, false) {
            return;
        }
        for part in parts.iter_mut().filter_map(Kept::about) {
            part.choices.retain(|choice| !choice.is(value));
        }
        match parts.iter_mut().filter_map(Kept::about).find(|part| !part.include && !part.choices.is_empty())
        {
            Some(part) => part.choices.push(Choice::new(&part.name, value)),
            None => {
                let choices = vec![Choice::new(name, value)];
                parts.push(Kept::About(Part { name: name.to_owned(), include: false, choices }));
            }
        }
    })
}

/// The values of a field that the query filters in (`true`) or out (`false`), `None` for its
/// absence. Patterns are not among them.
#[must_use]
pub fn chosen(text: &str, field: &str) -> Vec<(Option<String>, bool)> {
    let Some((parts, _)) = read(text, &name_text(field)) else {
        return vec![];
    };
    let about = parts.into_iter().filter_map(|part| match part {
        Kept::About(part) => Some(part),
        Kept::Other(_) => None,
    });
    about
        .flat_map(|part| part.choices.into_iter().map(move |choice| (choice, part.include)))
        .filter_map(|(choice, include)| match choice.meaning {
            Meaning::Value(value) => Some((Some(value), include)),
            Meaning::Absent => Some((None, include)),
            Meaning::Pattern(_) => None,
        })
        .collect()
}

/// A part of the text that must hold.
enum Kept {
    /// Says nothing but which values of the field are in or out.
    About(Part),
    /// Anything else, as typed.
    Other(String),
}

impl Kept {
    fn about(&mut self) -> Option<&mut Part> {
        match self {
            Self::About(part) => Some(part),
            Self::Other(_) => None,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::About(part) => part.text(),
            Self::Other(text) => text.clone(),
        }
    }
}

/// Any of these values, or none of them.
struct Part {
    name: String,
    include: bool,
    choices: Vec<Choice>,
}

struct Choice {
    meaning: Meaning,
    /// As written behind the field.
    text: String,
}

enum Meaning {
    Value(String),
    Absent,
    Pattern(Literal),
}

impl Choice {
    fn new(name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => Self { meaning: Meaning::Value(value.to_owned()), text: value_text(name, value) },
            None => Self { meaning: Meaning::Absent, text: "NOT *".to_owned() },
        }
    }

    fn of(literal: &Literal, target: &Target) -> Self {
        let text = literal.written(true);
        let meaning = match literal.exact() {
            Some(value) if short_source(target, value) && !literal.quoted => {
                Meaning::Value(format!("{value}.amazonaws.com"))
            }
            Some(value) => Meaning::Value(value.to_owned()),
            None => Meaning::Pattern(literal.clone()),
        };
        Self { meaning, text }
    }

    /// Whether it is just this value.
    fn is(&self, value: Option<&str>) -> bool {
        match (&self.meaning, value) {
            (Meaning::Value(own), Some(value)) => fold(own) == fold(value),
            (Meaning::Absent, None) => true,
            (Meaning::Pattern(_), Some(value)) => start_text(value).is_some_and(|text| text == self.text),
            _ => false,
        }
    }

    /// Whether it is this value, or a pattern that it matches.
    fn covers(&self, target: Option<&Target>, value: Option<&str>) -> bool {
        let field = target.and_then(Target::field);
        match (&self.meaning, value) {
            (Meaning::Pattern(literal), Some(value)) => {
                Test::is(field, literal).is_ok_and(|test| test.matches(value, false))
            }
            _ => self.is(value),
        }
    }
}

impl Part {
    fn text(&self) -> String {
        let name = &self.name;
        let not = if self.include { "" } else { "NOT " };
        match self.choices.as_slice() {
            [Choice { meaning: Meaning::Absent, .. }] if self.include => format!("NOT {name}:*"),
            [Choice { meaning: Meaning::Absent, .. }] => format!("{name}:*"),
            [choice] => format!("{not}{name}:{}", choice.text),
            choices => {
                let texts: Vec<_> = choices.iter().map(|choice| choice.text.as_str()).collect();
                format!("{not}{name}:({})", texts.join(" OR "))
            }
        }
    }
}

/// Whether the value was in already, or out: then it no longer is.
fn toggled_off(parts: &mut [Kept], value: Option<&str>, include: bool) -> bool {
    let mut found = false;
    for part in parts.iter_mut().filter_map(Kept::about).filter(|part| part.include == include) {
        let before = part.choices.len();
        part.choices.retain(|choice| !choice.is(value));
        found |= part.choices.len() < before;
    }
    found
}

fn edit(text: &str, field: &str, value: Option<&str>, change: &dyn Fn(&mut Vec<Kept>, &str)) -> String {
    let name = name_text(field);
    let (mut parts, joint) = read(text, &name).unwrap_or_else(|| (vec![], " "));
    change(&mut parts, &name);
    let texts = |parts: &[Kept]| {
        let said = parts.iter().filter(|part| !matches!(part, Kept::About(part) if part.choices.is_empty()));
        said.map(Kept::text).collect::<Vec<_>>().join(joint)
    };
    let edited = texts(&parts);
    if parse(&edited).is_ok() {
        return edited;
    }
    // Too long, or too deep, with the old text.
    let mut parts = vec![];
    change(&mut parts, &name);
    let alone = texts(&parts);
    if parse(&alone).is_ok() { alone } else { only(&name, value) }
}

/// The parts of a text that must all hold, and what joins them; `None` if it is no query.
fn read(text: &str, name: &str) -> Option<(Vec<Kept>, &'static str)> {
    let target = Target::resolve(name)?;
    let query = parse(text).ok()?;
    let (exprs, joint) = match query.expr {
        None => (vec![], " "),
        Some(Expr { kind: ExprKind::And(parts), grouped: false, .. }) => {
            let between = |pair: &[Expr]| text.get(pair[0].span.end..pair[1].span.start);
            let explicit =
                parts.windows(2).any(|pair| between(pair).is_some_and(|joint| joint.contains("AND")));
            (parts, if explicit { " AND " } else { " " })
        }
        Some(expr) => (vec![expr], " "),
    };
    let parts = exprs.iter().map(|expr| match choices(expr, &target) {
        Some((include, name, choices)) => Kept::About(Part { name, include, choices }),
        None => {
            // A backslash at the end would take what is put behind it for its own.
            let typed = expr.span.of(text);
            let text = if typed.ends_with('\\') { expr.to_string() } else { typed.to_owned() };
            // Beside other parts an OR would come apart, and a word such as `=x` take one for its field.
            let loose = matches!(expr.kind, ExprKind::Or(_)) && !expr.grouped;
            let alone = !loose && !text.starts_with(['<', '>', '=', '!', ':']);
            Kept::Other(if alone { text } else { format!("({text})") })
        }
    });
    Some((parts.collect(), joint))
}

/// The values that a part filters in or out, if it does nothing else; with the name as typed.
fn choices(expr: &Expr, target: &Target) -> Option<(bool, String, Vec<Choice>)> {
    match &expr.kind {
        ExprKind::Term(Term { name: Some(name), comparison: None, value, .. }) => {
            if Target::resolve(&name.text).as_ref() != Some(target) {
                return None;
            }
            let choice =
                if value.is_any() { Choice::new(&name.text, None) } else { Choice::of(value, target) };
            Some((!value.is_any(), name.text.clone(), vec![choice]))
        }
        ExprKind::Term(_) => None,
        ExprKind::Not(part) => {
            choices(part, target).map(|(include, name, choices)| (!include, name, choices))
        }
        // Any of these values, or none of these and none of those.
        ExprKind::Or(parts) => joined(parts, target, true),
        ExprKind::And(parts) => joined(parts, target, false),
    }
}

fn joined(parts: &[Expr], target: &Target, wanted: bool) -> Option<(bool, String, Vec<Choice>)> {
    let mut all = vec![];
    let mut first = None;
    for part in parts {
        let (include, name, choices) = choices(part, target)?;
        if include != wanted {
            return None;
        }
        first.get_or_insert(name);
        all.extend(choices);
    }
    Some((wanted, first?, all))
}

/// The name of a field as it can stand before a `:`.
pub(super) fn name_text(field: &str) -> String {
    if reads(field, "\"\"", "") {
        return field.to_owned();
    }
    let Some(Path(steps)) = Path::parse(field) else {
        return quoted(field);
    };
    let mut name = String::new();
    for step in steps {
        match step {
            Step::Key(key) => {
                name.push_str(if name.is_empty() { "" } else { "." });
                name.push_str(&quoted(&key));
            }
            Step::Index(index) => name.push_str(&format!("[{index}]")),
            Step::Each => name.push_str("[]"),
        }
    }
    name
}

/// The value as it can stand behind the `:` of this field and mean just itself.
pub(super) fn value_text(name: &str, value: &str) -> String {
    if let Some(text) = start_text(value) {
        return text;
    }
    let text = quote(value);
    let short = Target::resolve(name).is_some_and(|target| short_source(&target, value));
    if !short && reads(name, &text, value) { text } else { quoted(value) }
}

/// How a value is written that is too long to be named whole, or may only be the start of one.
fn start_text(value: &str) -> Option<String> {
    let (last, character) = value.char_indices().nth(LONGEST_VALUE - 1).unwrap_or((value.len(), '\0'));
    if last == value.len() && last <= MOST_BYTES {
        return None;
    }
    let end = value.floor_char_boundary(MOST_BYTES.min(last + character.len_utf8()));
    Some(quoted(value.get(..end)?) + "*")
}

/// Whether a value of `eventSource` is short for a longer one unless it is quoted.
fn short_source(target: &Target, value: &str) -> bool {
    *target == Target::Column(Field::EventSource) && !value.contains('.')
}

/// Whether `name:text` reads as one term with this name and value.
fn reads(name: &str, text: &str, value: &str) -> bool {
    let query = parse(&format!("{name}:{text}"));
    matches!(
        query.ok().and_then(|query| query.expr),
        Some(Expr { kind: ExprKind::Term(Term { name: Some(read), value: literal, .. }), .. })
            if read.text == name && literal.exact() == Some(value)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_only_what_needs_it() {
        for (value, text) in [
            ("AccessDenied", "AccessDenied"),
            ("arn:aws:iam::1:user/x", "arn:aws:iam::1:user/x"),
            ("Client.UnauthorizedOperation", "Client.UnauthorizedOperation"),
            ("AWS Internal", "\"AWS Internal\""),
            ("***", "\"***\""),
            ("<hidden>", "\"<hidden>\""),
            ("say \"hi\" \\", "\"say \\\"hi\\\" \\\\\""),
            ("NOT", "\"NOT\""),
            ("", "\"\""),
            ("-5", "\"-5\""),
            ("10.0.0.0/8", "\"10.0.0.0/8\""),
            ("2001:db8::1", "\"2001:db8::1\""),
            ("Mozilla/5.0 (X11)", "\"Mozilla/5.0 (X11)\""),
        ] {
            assert_eq!(quote(value), text);
        }
    }

    /// One line: the text, `+` or `-`, field, value (`-` for absence), the new text.
    #[test]
    fn clicks_change_the_part_about_the_field_and_nothing_else() {
        for (before, button, field, value, after) in [
            ("", "+", "eventName", "PutObject", "eventName:PutObject"),
            ("denied", "+", "eventName", "PutObject", "denied eventName:PutObject"),
            ("a  AND  b", "+", "eventName", "PutObject", "a AND b AND eventName:PutObject"),
            ("a OR b", "+", "eventName", "PutObject", "(a OR b) eventName:PutObject"),
            ("eventName:PutObject", "+", "eventName", "GetObject", "eventName:(PutObject OR GetObject)"),
            ("eventName:(PutObject OR GetObject)", "+", "eventName", "PutObject", "eventName:GetObject"),
            ("event:putobject x", "+", "eventName", "PutObject", "x"),
            ("event:a", "+", "eventName", "b", "event:(a OR b)"),
            ("service:s3", "+", "eventSource", "s3.amazonaws.com", ""),
            (
                "eventName:(Put* OR GetObject)",
                "+",
                "eventName",
                "PutObject",
                "eventName:(GetObject OR PutObject)",
            ),
            ("NOT eventName:PutObject x", "+", "eventName", "PutObject", "x eventName:PutObject"),
            ("NOT eventName:Put* x", "+", "eventName", "PutObject", "x eventName:PutObject"),
            ("NOT eventName:(a OR b)", "+", "eventName", "a", "NOT eventName:b eventName:a"),
            ("", "+", "errorCode", "-", "NOT errorCode:*"),
            ("NOT errorCode:*", "+", "errorCode", "X", "errorCode:(NOT * OR X)"),
            ("errorCode:(NOT * OR X)", "+", "errorCode", "-", "errorCode:X"),
            ("errorCode:*", "+", "errorCode", "-", "NOT errorCode:*"),
            ("", "-", "errorCode", "-", "errorCode:*"),
            ("", "-", "eventName", "a b", "NOT eventName:\"a b\""),
            ("NOT eventName:a", "-", "eventName", "b", "NOT eventName:(a OR b)"),
            ("NOT eventName:(a OR b)", "-", "eventName", "a", "NOT eventName:b"),
            ("eventName:a x", "-", "eventName", "a", "x NOT eventName:a"),
            ("eventName:Put*", "-", "eventName", "PutObject", "eventName:Put* NOT eventName:PutObject"),
            ("x > 5", "-", "x", "7", "x > 5 NOT x:7"),
            ("eventName:(broken", "+", "eventName", "a", "eventName:a"),
            (
                "",
                "+",
                "requestParameters.users[0].password",
                "***",
                "requestParameters.users[0].password:\"***\"",
            ),
            ("", "+", "5x.y", "1", "\"5x\".\"y\":1"),
        ] {
            let value = (value != "-").then_some(value);
            let edited =
                if button == "+" { include(before, field, value) } else { exclude(before, field, value) };
            assert_eq!(edited, after, "{before} {button} {field}");
        }
    }

    #[test]
    fn a_figure_narrows_to_its_own_events() {
        let narrow = |text: &str, values: &[Option<&str>]| {
            values.iter().fold(free(text, "principal"), |text, value| include(&text, "principal", *value))
        };
        for (before, values, after) in [
            ("", &["a"][..], "principal:a"),
            ("principal:a", &["a"], "principal:a"),
            ("principal:(a OR b) x", &["a"], "x principal:a"),
            ("user:(a* OR b*)", &["a"], "principal:a"),
            ("x OR y", &["a", "-"], "(x OR y) principal:(a OR NOT *)"),
            ("NOT principal:b", &["a"], "NOT principal:b principal:a"),
            ("principal:*", &["a"], "principal:* principal:a"),
            ("principal:a", &["-"], "NOT principal:*"),
            ("(", &["a"], "principal:a"),
        ] {
            let values: Vec<_> = values.iter().map(|value| (*value != "-").then_some(*value)).collect();
            let edited = narrow(before, &values);
            assert_eq!(edited, after, "{before}");
            assert_eq!(narrow(&edited, &values), edited, "{before}, again");
        }
    }

    #[test]
    fn chosen_values_are_named_whole() {
        let text = "service:s3 NOT eventSource:(odd OR *x) errorCode:* (eventSource:a OR b)";
        let own = |value: &str, include| (Some(value.to_owned()), include);
        assert_eq!(
            chosen(text, "eventSource"),
            [own("s3.amazonaws.com", true), own("odd.amazonaws.com", false)]
        );
        assert_eq!(chosen(text, "errorCode"), [(None, false)]);
        assert_eq!(chosen("(", "errorCode"), []);
    }

    #[test]
    fn a_text_that_grows_too_long_is_given_up_for_what_was_clicked() {
        let long = "é".repeat(5_000);
        assert_eq!(only("userAgent", Some(&long)), format!("userAgent:\"{}\"*", "é".repeat(LONGEST_VALUE)));
        let full = "a ".repeat(9_999);
        assert_eq!(include(&full, "eventName", Some("x")), "eventName:x");
    }
}
