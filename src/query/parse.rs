//! From lexemes to the tree, or to an error that points at a character.

use super::lex::{Lexeme, Placed, Range, lex};
use super::plan::leaf_of;
use super::syntax::{Comparison, Expr, ExprKind, Literal, Name, Query, Span, Term, quoted};

/// Queries longer than this, in characters, are refused.
pub const MAX_CHARACTERS: usize = 20_000;

/// Parentheses and NOTs inside one another beyond this are refused: the tree is walked by recursion.
pub const MAX_DEPTH: usize = 100;

/// Why a text is no query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The character at which it goes wrong, counted from 0; the length of the text where something
    /// is missing at its end.
    pub position: usize,
    /// The characters to mark, `start..end`; can be empty.
    pub span: (usize, usize),
    /// What is wrong, in half a sentence that follows `Character 22: `.
    pub message: String,
    /// What may be meant, to stand in place of the marked characters.
    pub instead: Option<String>,
}

/// What went wrong, with its bytes, and what may be meant there.
#[derive(Debug)]
pub(super) struct Problem {
    pub span: Span,
    pub message: String,
    pub instead: Option<String>,
}

impl Problem {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), instead: None }
    }

    /// Offers another text for the place.
    pub(super) fn instead(self, text: impl Into<String>) -> Self {
        Self { instead: Some(text.into()), ..self }
    }
}

/// Reads a query. An empty or blank text matches every event.
///
/// # Errors
/// Says at which character the text stops being a query, and what is missing there.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        return Err(QueryError {
            position: MAX_CHARACTERS,
            span: (MAX_CHARACTERS, text.chars().count()),
            message: "the query is longer than 20,000 characters".to_owned(),
            instead: None,
        });
    }
    let lexemes = lex(text);
    let mut parser = Parser { text, lexemes: &lexemes, at: 0, depth: 0 };
    let read = if lexemes.is_empty() { Ok(Query { expr: None }) } else { parser.query() };
    read.map_err(|Problem { span, message, instead }| {
        let character = |byte: usize| text.get(..byte).unwrap_or(text).chars().count();
        let span = (character(span.start), character(span.end));
        QueryError { position: span.0, span, message, instead }
    })
}

struct Parser<'t> {
    text: &'t str,
    lexemes: &'t [Placed],
    at: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Lexeme> {
        self.lexemes.get(self.at).map(|placed| &placed.lexeme)
    }

    fn take(&mut self) -> Option<&'t Placed> {
        let placed = self.lexemes.get(self.at);
        self.at += 1;
        placed
    }

    /// The place of the next lexeme, or the end of the text.
    fn here(&self) -> Span {
        let end = Span { start: self.text.len(), end: self.text.len() };
        self.lexemes.get(self.at).map_or(end, |placed| placed.span)
    }

    /// The text of the lexeme before the next one.
    fn before(&self) -> &'t str {
        self.at
            .checked_sub(1)
            .and_then(|at| self.lexemes.get(at))
            .map_or("", |placed| placed.span.of(self.text))
    }

    fn query(&mut self) -> Result<Query, Problem> {
        let expr = self.any(None)?;
        match self.peek() {
            None => Ok(Query { expr: Some(expr) }),
            Some(Lexeme::Close) => Err(Problem::new(self.here(), "`)` has no `(` before it").instead("")),
            Some(_) => Err(Problem::new(
                self.here(),
                format!("`{}` is not expected here", self.here().of(self.text)),
            )),
        }
    }

    /// Parts joined by OR. `field` is the field whose parentheses these are in.
    fn any(&mut self, field: Option<&Name>) -> Result<Expr, Problem> {
        let mut parts = vec![self.all(field)?];
        while matches!(self.peek(), Some(Lexeme::Or)) {
            self.at += 1;
            parts.push(self.all(field)?);
        }
        Ok(join(parts, ExprKind::Or))
    }

    /// Parts joined by AND, or by nothing.
    fn all(&mut self, field: Option<&Name>) -> Result<Expr, Problem> {
        let mut parts = vec![self.part(field)?];
        loop {
            match self.peek() {
                Some(Lexeme::And) => self.at += 1,
                None | Some(Lexeme::Or | Lexeme::Close) => break,
                Some(_) => {}
            }
            parts.push(self.part(field)?);
        }
        Ok(join(parts, ExprKind::And))
    }

    /// One part with the NOTs before it.
    fn part(&mut self, field: Option<&Name>) -> Result<Expr, Problem> {
        let depth = self.depth;
        let mut nots = vec![];
        while matches!(self.peek(), Some(Lexeme::Not | Lexeme::Minus)) {
            nots.push(self.here());
            self.at += 1;
            self.deeper()?;
        }
        let mut expr = self.single(field)?;
        while let Some(not) = nots.pop() {
            let span = not.to(expr.span);
            expr = Expr { kind: ExprKind::Not(Box::new(expr)), span, grouped: false };
        }
        self.depth = depth;
        Ok(expr)
    }

    fn deeper(&mut self) -> Result<(), Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let span = self.lexemes.get(self.at.saturating_sub(1)).map_or(self.here(), |placed| placed.span);
            return Err(Problem::new(span, "more than 100 parentheses and NOTs are inside one another"));
        }
        Ok(())
    }

    fn single(&mut self, field: Option<&Name>) -> Result<Expr, Problem> {
        match (self.peek(), field) {
            (Some(Lexeme::Open), _) => self.parentheses(field),
            (Some(Lexeme::Name), _) => self.field_term(),
            (Some(Lexeme::Value(value)), Some(name)) => self.term(Some(name), None, value),
            (Some(Lexeme::Compare(comparison)), Some(name)) => {
                self.at += 1;
                self.compared(name, *comparison)
            }
            (Some(Lexeme::Word(word)), _) => self.term(None, None, word),
            (Some(Lexeme::Range(range)), Some(name)) => self.range(name, range),
            (Some(Lexeme::Unclosed), _) => Err(self.unclosed()),
            (Some(Lexeme::OpenSlash), _) => Err(self.open_slash()),
            (Some(Lexeme::HalfRange), _) => Err(self.half_range()),
            (Some(Lexeme::Is | Lexeme::IsNot | Lexeme::Compare(_)), _) => {
                let sign = self.here().of(self.text);
                Err(Problem::new(self.here(), format!("a field name is missing before `{sign}`")))
            }
            _ => Err(self.missing(field)),
        }
    }

    /// What is missing here: a term or a value.
    fn missing(&self, field: Option<&Name>) -> Problem {
        let what = if field.is_some() { "a value" } else { "a term" };
        let message = match (self.before(), self.peek()) {
            (_, Some(Lexeme::And | Lexeme::Or)) if !matches!(self.before(), "AND" | "OR" | "NOT" | "-") => {
                format!("{what} is missing before `{}`", self.here().of(self.text))
            }
            ("(", Some(Lexeme::Close)) => format!("{what} is missing between `(` and `)`"),
            (before, None) if self.open() => format!("{what} or `)` is missing after `{before}`"),
            (before, _) => format!("{what} is missing after `{before}`"),
        };
        let problem = Problem::new(self.here(), message);
        // Without what joins nothing, the rest may well be a query.
        if matches!(self.peek(), Some(Lexeme::And | Lexeme::Or)) { problem.instead("") } else { problem }
    }

    fn unclosed(&self) -> Problem {
        let here = self.here();
        let closed = format!("{}\"", here.of(self.text).trim_end());
        Problem::new(here, "the closing `\"` is missing").instead(closed)
    }

    fn open_slash(&self) -> Problem {
        let here = self.here();
        let text = here.of(self.text);
        let word = text.split(|c: char| c.is_whitespace() || c == ')').next().unwrap_or(text);
        let message =
            "the `/` that closes the expression is missing; put text that begins with `/` in quotes";
        Problem::new(here, message).instead(format!("{}{}", quoted(word), &text[word.len()..]))
    }

    fn half_range(&self) -> Problem {
        Problem::new(self.here(), "a range is written `[1 TO 5]`; put text with brackets in quotes")
    }

    /// Whether a parenthesis before this place is still open.
    fn open(&self) -> bool {
        let before = &self.lexemes[..self.at.min(self.lexemes.len())];
        let count = |wanted: &Lexeme| before.iter().filter(|placed| placed.lexeme == *wanted).count();
        count(&Lexeme::Open) > count(&Lexeme::Close)
    }

    fn parentheses(&mut self, field: Option<&Name>) -> Result<Expr, Problem> {
        let open = self.here();
        self.at += 1;
        let depth = self.depth;
        self.deeper()?;
        let mut expr = self.any(field)?;
        self.depth = depth;
        match self.take() {
            Some(Placed { lexeme: Lexeme::Close, span }) => {
                expr.span = open.to(*span);
                expr.grouped = true;
                Ok(expr)
            }
            _ => {
                let end = Span { start: self.text.len(), end: self.text.len() };
                self.at = self.lexemes.len();
                Err(Problem::new(end, format!("`)` is missing after `{}`", self.before())).instead(")"))
            }
        }
    }

    fn field_term(&mut self) -> Result<Expr, Problem> {
        let start = self.here();
        let name = Name { text: start.of(self.text).to_owned(), span: start };
        self.at += 1;
        let operator = self.here();
        let negated = match self.take().map(|placed| &placed.lexeme) {
            Some(Lexeme::Compare(comparison)) => {
                let mut expr = self.compared(&name, *comparison)?;
                expr.span = start.to(expr.span);
                return Ok(expr);
            }
            Some(Lexeme::IsNot) => true,
            _ => false,
        };
        let mut expr = match self.peek() {
            Some(Lexeme::Value(value)) => self.term(Some(&name), None, value)?,
            Some(Lexeme::Open) => self.parentheses(Some(&name))?,
            Some(Lexeme::Range(range)) => self.range(&name, range)?,
            Some(Lexeme::Compare(comparison)) => {
                self.at += 1;
                self.compared(&name, *comparison)?
            }
            _ => return Err(self.no_value(start.to(operator))),
        };
        expr.span = start.to(expr.span);
        if negated {
            let span = expr.span;
            expr = Expr { kind: ExprKind::Not(Box::new(expr)), span, grouped: false };
        }
        Ok(expr)
    }

    fn compared(&mut self, name: &Name, comparison: Comparison) -> Result<Expr, Problem> {
        let operator = self.lexemes.get(self.at.saturating_sub(1)).map_or(name.span, |placed| placed.span);
        match self.peek() {
            Some(Lexeme::Value(value)) => {
                let mut expr = self.term(Some(name), Some(comparison), value)?;
                expr.span = operator.to(expr.span);
                Ok(expr)
            }
            _ => Err(self.no_value(operator)),
        }
    }

    /// No value follows what stands in `span`.
    fn no_value(&self, span: Span) -> Problem {
        let head = span.of(self.text);
        match self.peek() {
            Some(Lexeme::Unclosed) => self.unclosed(),
            Some(Lexeme::OpenSlash) => self.open_slash(),
            Some(Lexeme::HalfRange) => self.half_range(),
            Some(Lexeme::And | Lexeme::Or | Lexeme::Not) => {
                let word = self.here().of(self.text);
                let message =
                    format!("a value is missing after `{head}`; write `\"{word}\"` if that is the value");
                Problem::new(self.here(), message).instead(format!("\"{word}\""))
            }
            _ => Problem::new(self.here(), format!("a value is missing after `{head}`")),
        }
    }

    fn term(
        &mut self,
        name: Option<&Name>,
        comparison: Option<Comparison>,
        value: &Literal,
    ) -> Result<Expr, Problem> {
        self.at += 1;
        let term = Term { name: name.cloned(), comparison, value: value.clone(), upper: None };
        leaf_of(&term)?;
        Ok(Expr { kind: ExprKind::Term(term), span: value.span, grouped: false })
    }

    /// `[a TO b]`. An end that is `*` is open.
    fn range(&mut self, name: &Name, range: &Range) -> Result<Expr, Problem> {
        let span = self.here();
        self.at += 1;
        let (from, to) = (&range.from, &range.to);
        let (comparison, value, upper) = match (from.1.is_any(), to.1.is_any()) {
            (true, true) => (None, &from.1, None),
            (true, false) => (Some(to.0), &to.1, None),
            (false, true) => (Some(from.0), &from.1, None),
            (false, false) => (Some(from.0), &from.1, Some(to.clone())),
        };
        let term = Term { name: Some(name.clone()), comparison, value: value.clone(), upper };
        leaf_of(&term)?;
        Ok(Expr { kind: ExprKind::Term(term), span, grouped: false })
    }
}

/// One part as it is, several as a list.
fn join(mut parts: Vec<Expr>, list: fn(Vec<Expr>) -> ExprKind) -> Expr {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let span = parts.iter().map(|part| part.span).reduce(Span::to).unwrap_or_default();
    Expr { kind: list(parts), span, grouped: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, canonical: &str) {
        let query = parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(query.to_string(), canonical, "{text}");
        assert_eq!(parse(canonical).unwrap().to_string(), canonical, "again: {text}");
    }

    #[test]
    fn reads_terms_and_binds_not_before_and_before_or() {
        for (text, canonical) in [
            ("", ""),
            ("  \t\n", ""),
            ("denied", "denied"),
            ("a b", "a AND b"),
            ("a AND b OR c d", "(a AND b) OR (c AND d)"),
            ("a OR b AND c", "a OR (b AND c)"),
            ("NOT a b", "NOT a AND b"),
            ("NOT a OR b", "NOT a OR b"),
            ("NOT (a OR b)", "NOT (a OR b)"),
            ("NOT NOT a", "NOT NOT a"),
            ("-a -b", "NOT a AND NOT b"),
            ("-(a b)", "NOT (a AND b)"),
            ("- a", "\\- AND a"),
            ("(((a)))", "a"),
            ("(a b) c", "(a AND b) AND c"),
            ("a and b or not c", "a AND and AND b AND or AND not AND c"),
            ("errorCode:AccessDenied", "errorCode:AccessDenied"),
            ("errorCode: AccessDenied", "errorCode:AccessDenied"),
            ("errorCode = AccessDenied", "errorCode:AccessDenied"),
            ("errorCode==AccessDenied", "errorCode:AccessDenied"),
            ("e != : {", r"NOT e:\: AND {"),
            ("e:(:a OR b)", r"e:\:a OR e:b"),
            ("errorCode != AccessDenied x", "NOT errorCode:AccessDenied AND x"),
            ("eventName:(Delete* OR Put*)", "eventName:Delete* OR eventName:Put*"),
            ("eventName:(NOT a -b c)", "NOT eventName:a AND NOT eventName:b AND eventName:c"),
            ("NOT event:(a OR (b c)) d", "NOT (event:a OR (event:b AND event:c)) AND d"),
            ("errorCode:*", "errorCode:*"),
            ("errorMessage:*\"not authorized\"*", "errorMessage:*\"not authorized\"*"),
            ("a*b \"c d\" \"x*y\"", "a*b AND \"c d\" AND \"x*y\""),
            (r#"\*\* "say \"hi\"" C:\dir"#, r#"\*\* AND "say \"hi\"" AND C:\\dir"#),
            ("userIdentity.arn:arn:aws:iam::1:user/x", "userIdentity.arn:arn:aws:iam::1:user/x"),
            ("arn:(arn:aws:iam::1:user/x OR b:c)", "arn:arn:aws:iam::1:user/x OR arn:b:c"),
            ("arn:aws:iam::1:user/x", "arn:aws:iam::1:user/x"),
            ("https://sqs.us-east-1.amazonaws.com/1/q", "https://sqs.us-east-1.amazonaws.com/1/q"),
            ("fe80::1 ::1 2001:db8::5", "fe80::1 AND ::1 AND 2001:db8::5"),
            ("2026-03-01T00:00Z", "2026-03-01T00:00Z"),
            ("<sensitiveDataRemoved> x.y:<hidden>", "\\<sensitiveDataRemoved> AND x.y:\\<hidden>"),
            ("eventTime>=2026-03-01T00:00Z", "eventTime >= 2026-03-01T00:00Z"),
            ("eventTime:(>=2026-03-01 <2026-03-02)", "eventTime >= 2026-03-01 AND eventTime < 2026-03-02"),
            ("x.bytes > 1000000 y:<-5", "x.bytes > 1000000 AND y < \\-5"),
            ("sourceIPAddress:10.0.0.0/8", "sourceIPAddress:10.0.0.0/8"),
            (r#"tags."a.b:c d":x"#, r#"tags."a.b:c d":x"#),
            ("users[0].name:a users[].name:b", "users[0].name:a AND users[].name:b"),
            ("x:/service/role y:/", "x:\\/service/role AND y:\\/"),
            (r"/a b|\/c(d)/ x:(/e/ OR NOT /f:g/)", r"/a b|\/c(d)/ AND (x:/e/ OR NOT x:/f:g/)"),
            ("/service/role/:x \"/a/\"", "\\/service/role/:x AND \"/a/\""),
            (r"/\d/(a /b/(c))", r"/\d/ AND (a AND /b/ AND c)"),
            ("/a/<2026-03-01 x:/a/b /", "\\/a/<2026-03-01 AND x:\\/a/b AND \\/"),
            ("x:[1 TO 5] y:{ 1 to *]", "x:[1 TO 5] AND y > 1"),
            ("x:{* TO 5} y:[* TO *]", "x < 5 AND y:*"),
            ("time:{2026-03 TO \"2026-03-02\"}", "time:{2026-03 TO \"2026-03-02\"}"),
            ("ip:[10.0.0.1 TO 10.0.0.9] z:[x", "ip:[10.0.0.1 TO 10.0.0.9] AND z:[x"),
            ("été:Ünï", "été:Ünï"),
        ] {
            check(text, canonical);
        }
    }

    #[test]
    fn errors_point_at_the_character_and_say_what_is_missing() {
        for (text, position, message) in [
            ("a OR", 4, "a term is missing after `OR`"),
            ("a AND OR b", 6, "a term is missing after `AND`"),
            ("OR a", 0, "a term is missing before `OR`"),
            ("a (AND b)", 3, "a term is missing before `AND`"),
            ("a NOT", 5, "a term is missing after `NOT`"),
            ("eventName:(Delete* OR ", 22, "a value or `)` is missing after `OR`"),
            ("(a OR ", 6, "a term or `)` is missing after `OR`"),
            ("(a b", 4, "`)` is missing after `b`"),
            ("é)", 1, "`)` has no `(` before it"),
            ("()", 1, "a term is missing between `(` and `)`"),
            ("x:()", 3, "a value is missing between `(` and `)`"),
            ("errorCode:", 10, "a value is missing after `errorCode:`"),
            ("errorCode:)", 10, "a value is missing after `errorCode:`"),
            ("errorCode > ", 12, "a value is missing after `>`"),
            (
                "errorCode:OR",
                10,
                "a value is missing after `errorCode:`; write `\"OR\"` if that is the value",
            ),
            (":x", 0, "a field name is missing before `:`"),
            ("a >= 5 > 3", 7, "a field name is missing before `>`"),
            ("é \"abc", 2, "the closing `\"` is missing"),
            ("x:\"abc", 2, "the closing `\"` is missing"),
            ("a..b:x", 0, "`a..b` is no field or path; put keys with odd characters in quotes"),
            ("request*:x", 0, "`request*` is no field: a name holds no `*`"),
            ("eventTime:yesterday", 10, "`yesterday` is no time; write 2026-03-01 or 2026-03-01T14:30Z"),
            (
                "x > abc",
                4,
                "`abc` is no number, time or address, and `>` compares nothing else; put text with `>` in quotes",
            ),
            ("x > 5*", 4, "`*` has no order; `>` needs a number, a time or an address"),
            (
                "ip:10.0.0.0/40",
                3,
                "`10.0.0.0/40` is no block of addresses; write 10.0.0.0/8 or 2001:db8::/32",
            ),
            ("x /a.*(b/", 6, "`(` is not closed in the expression"),
            ("é x:/a{9999}/", 6, "this repeats too much: an expression has at most 2000 steps"),
            ("x:[1 TO 2026-03-01]", 8, "both ends of a range are numbers, or addresses, or times"),
            ("x:[1 TO", 2, "a range is written `[1 TO 5]`; put text with brackets in quotes"),
            (
                "a x:/b c /d",
                4,
                "the `/` that closes the expression is missing; put text that begins with `/` in quotes",
            ),
            ("x > /a/", 4, "an expression has no order; `>` needs a number, a time or an address"),
            ("a && b", 2, "write `AND` here, or the signs in quotes"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!((error.position, error.message.as_str()), (position, message), "{text}");
            assert!(error.span.0 == position && error.span.1 >= position, "{text}");
        }
    }

    #[test]
    fn an_error_offers_what_may_be_meant() {
        for (text, mended) in [
            ("(a b", "(a b)"),
            ("a b)", "a b"),
            ("x:\"a b", "x:\"a b\""),
            ("errorCode:OR", "errorCode:\"OR\""),
            ("x:/service-role y:z", "x:\"/service-role\" y:z"),
            ("(a /b) c", "(a \"/b\") c"),
            ("a || b", "a OR b"),
            ("a AND OR b", "a AND  b"),
            ("eventTime > 2026/3/1", "eventTime > 2026-03-01"),
            ("event..Name:x", "eventName:x"),
            ("x..y:z", "x..y:z"),
            ("userIdentity..arn:x", "userIdentity.arn:x"),
        ] {
            let error = parse(text).unwrap_err();
            let characters: Vec<char> = text.chars().collect();
            let [head, tail] =
                [&characters[..error.span.0], &characters[error.span.1..]].map(String::from_iter);
            match error.instead {
                Some(instead) => assert_eq!(format!("{head}{instead}{tail}"), mended),
                None => assert_eq!(text, mended),
            }
        }
    }

    #[test]
    fn depth_and_length_are_limited() {
        for deep in [
            "(".repeat(9_999),
            "NOT ".repeat(5_000),
            "-(".repeat(9_000),
            "x:(".to_owned() + &"(".repeat(9_000),
        ] {
            assert!(parse(&deep).unwrap_err().message.starts_with("more than 100"));
        }
        let most = "(".repeat(MAX_DEPTH) + "a" + &")".repeat(MAX_DEPTH);
        assert!(parse(&most).is_ok());
        assert!(parse(&"a ".repeat(MAX_CHARACTERS / 2)).is_ok());
        assert_eq!(parse(&"é".repeat(MAX_CHARACTERS + 1)).unwrap_err().position, MAX_CHARACTERS);
    }

    #[test]
    fn every_example_in_the_document_is_true() {
        let document = include_str!("../../docs/query.md");
        let (examples, errors) = document.split_once("## Errors").unwrap();
        let rows = |text: &'static str| {
            text.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | "))
        };
        for (text, meaning) in rows(examples) {
            assert!(parse(text).is_ok(), "{text}: {meaning}: {:?}", parse(text));
        }
        for (text, message) in rows(errors) {
            assert_eq!(parse(text).unwrap_err().message, message, "{text}");
        }
        assert!(rows(examples).count() > 30 && rows(errors).count() > 5);
        for line in crate::event::FIELDS {
            let row = format!("| {} | {} |", line.name, line.aliases.join(", ")).replace("|  |", "| |");
            assert!(document.contains(&row), "{row}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_text_is_a_query_or_an_error_in_it(text in prop_oneof![any::<String>(), soup()]) {
            match parse(&text) {
                Ok(query) => {
                    let canonical = query.to_string();
                    prop_assert_eq!(parse(&canonical).map(|query| query.to_string()), Ok(canonical));
                    _ = query.plan().conjuncts();
                }
                Err(error) => {
                    let count = text.chars().count();
                    prop_assert!(error.position <= count && error.span.1 <= count && error.span.0 <= error.span.1);
                }
            }
        }
    }

    /// Pieces of the language in any order.
    fn soup() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            "x.y",
            "eventName",
            "time",
            "ip",
            ":",
            "=",
            "!=",
            "<",
            ">=",
            "(",
            ")",
            "\"",
            "*",
            "\\",
            "-",
            " ",
            " ",
            "AND",
            "OR",
            "NOT",
            "10.0.0.0/8",
            "2026-03-01",
            "5",
            "/",
            "é",
            "[",
            "]",
            "[1 TO ",
            "{",
            "}",
            "/a/",
            "\n",
            "arn:aws:",
            "::1",
            ".",
        ]);
        prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
    }
}
