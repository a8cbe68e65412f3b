//! What the page says of its state, and what it works out for the views once and not at each render.

use std::cell::RefCell;
use std::rc::Rc;

use yew::AttrValue;

use crate::display::grouped;
use crate::event::{FIELDS, Field};
use crate::protocol::LedgerEntry;
use crate::query::{self, edit};
use crate::services::{short_source, sources_called};
use crate::state::{AppState, Columns, NoticeKind};
use crate::ui::files::{COLUMNS, cells};
use crate::ui::query_bar::{Token, TokenKind};
use crate::ui::shared::shown;
use crate::ui::shared::{Choice, Same};
use crate::ui::start::ConnectTry;
use crate::ui::toast::{News, NewsKind};

/// What a query names, with the query and the columns it was worked out for.
type Chosen = (Rc<str>, Rc<Columns>, Same<Vec<Choice>>);

/// Derived props that keep their identity while what they derive from stays the same.
#[derive(Default)]
pub struct Cache {
    chosen: RefCell<Chosen>,
    news: RefCell<(Vec<u32>, Same<Vec<News>>)>,
}

impl Cache {
    /// What the applied query names of facet values.
    pub fn chosen(&self, query: &Rc<str>, columns: &Rc<Columns>) -> Same<Vec<Choice>> {
        let mut cached = self.chosen.borrow_mut();
        if cached.0 != *query || !Rc::ptr_eq(&cached.1, columns) {
            *cached = (Rc::clone(query), Rc::clone(columns), Same::new(chosen(query, columns)));
        }
        cached.2.clone()
    }

    /// The messages.
    pub fn news(&self, state: &AppState) -> Same<Vec<News>> {
        let ids: Vec<u32> = state.notices.iter().map(|notice| notice.id).collect();
        let mut cached = self.news.borrow_mut();
        if cached.0 != ids {
            let news = state.notices.iter().map(|notice| News {
                id: notice.id,
                kind: match notice.kind {
                    NoticeKind::Done => NewsKind::Good,
                    NoticeKind::Problem => NewsKind::Notice,
                },
                title: notice.title.clone(),
                text: notice.text.clone(),
                offer: notice.offer,
            });
            *cached = (ids, Same::new(news.collect()));
        }
        cached.1.clone()
    }
}

fn chosen(query: &str, columns: &Columns) -> Vec<Choice> {
    let of = |field: Field| {
        edit::chosen(query, columns.name(field)).into_iter().flat_map(move |(value, include)| {
            let named = |value| Choice { field, value, include };
            // `service:mq` means every source of the service that the page calls so.
            let called = match (field, &value) {
                (Field::EventSource, Some(source)) => sources_called(short_source(source)),
                _ => &[],
            };
            match called {
                [] => vec![named(value)],
                sources => sources.iter().map(|source| named(Some((*source).to_owned()))).collect(),
            }
        })
    };
    let usual = FIELDS.iter().filter(|line| line.facet).map(|line| line.field);
    usual.chain(columns.facets().iter().copied()).flat_map(of).collect()
}

/// The coloured pieces of the text in the query bar.
pub fn tokens(text: &str) -> Vec<Token> {
    let kind = |kind| match kind {
        query::TokenKind::Field => Some(TokenKind::Field),
        query::TokenKind::Punctuation => Some(TokenKind::Punctuation),
        query::TokenKind::Value => Some(TokenKind::Value),
        query::TokenKind::Operator => Some(TokenKind::Operator),
        query::TokenKind::Word | query::TokenKind::Error => None,
    };
    let token =
        |token: query::Token| Some(Token { from: token.start, to: token.end, kind: kind(token.kind)? });
    query::tokens(text).into_iter().filter_map(token).collect()
}

/// What is loaded, in a few words, and what to add in grey.
pub fn sources(ledger: &[LedgerEntry], files: u64) -> (AttrValue, AttrValue) {
    let top = |line: &LedgerEntry| line.name.find('/');
    let all_files = || format!("{} {}", grouped(files), if files == 1 { "file" } else { "files" });
    match ledger {
        [only] if top(only).is_none() => (shown(&only.name).into_owned().into(), AttrValue::default()),
        [first, rest @ ..] => match top(first).and_then(|at| first.name.get(..=at)) {
            Some(folder) if rest.iter().all(|line| line.name.starts_with(folder)) => {
                (shown(folder).into_owned().into(), all_files().into())
            }
            _ => (all_files().into(), AttrValue::default()),
        },
        [] => (all_files().into(), AttrValue::default()),
    }
}

/// How the attempt to connect went.
pub fn tried(url: &str, connected: bool, directive: Option<String>) -> ConnectTry {
    let now = js_sys::Date::new_0();
    let time = format!("{:02}:{:02}:{:02}", now.get_hours(), now.get_minutes(), now.get_seconds());
    match directive {
        _ if connected => ConnectTry::Connected(format!("{url}, {time}").into()),
        Some(directive) => ConnectTry::Refused(format!("{url}, {directive}, {time}").into()),
        None => ConnectTry::Failed(
            format!(
                "{url}, {time}. Nothing was reached, and the browser does not say that the policy forbade it."
            )
            .into(),
        ),
    }
}

/// A copied text as a toast names it: its beginning.
pub fn copied(text: &str) -> String {
    const MOST: usize = 60;
    let first = text.lines().next().unwrap_or_default();
    if first.chars().count() > MOST || first.len() < text.trim_end().len() {
        format!("{}…", first.chars().take(MOST).collect::<String>())
    } else {
        first.to_owned()
    }
}

/// The ledger as CSV (RFC 4180).
pub fn ledger_csv(ledger: &[LedgerEntry]) -> String {
    let mut csv = [COLUMNS, "\r\n"].concat();
    for line in ledger {
        let row: Vec<String> = cells(line).iter().map(|cell| csv_cell(cell)).collect();
        csv.push_str(&row.join(","));
        csv.push_str("\r\n");
    }
    csv
}

/// A cell that a spreadsheet takes for text: names are chosen by whoever wrote the archive.
fn csv_cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}
