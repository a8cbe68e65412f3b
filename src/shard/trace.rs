//! From a session back to the call that opened it, and forward to what was done with it, on columns
//! alone. CloudTrail User Guide, "CloudTrail userIdentity element"; IAM User Guide, "Logging IAM and
//! AWS STS API calls with AWS CloudTrail".

use super::Shard;
use crate::event::Field;
use crate::event::time::parse_time_ms;
use crate::protocol::{
    Caller, PrincipalDetail, PrincipalKey, QuestionId, RowRef, Session, SortKey, Step, Tie, Traced, Used,
};
use crate::summary;
use crate::table::{Dictionary, EventTable, Marks};

/// A session begins when the call that opens it is answered; the two clocks are read at whole seconds.
const SAME_MOMENT_MS: u64 = 2_000;

/// A console session begins with a sign-in no longer ago than this.
const SIGN_IN_MS: u64 = 60_000;

/// The longest that a session of a role can last.
const LONGEST_SESSION_MS: i64 = 12 * 3_600_000;

/// How many calls of one kind are sent.
const MOST: usize = 16;

impl Shard {
    /// One principal of the matches in full.
    pub(super) fn principal(&self, question: QuestionId, key: PrincipalKey) -> PrincipalDetail {
        let rows = summary::rows_of(&self.table, &key, self.ordered(question));
        PrincipalDetail {
            question,
            histogram: summary::histogram(&self.table, &rows, self.buckets()),
            lists: summary::use_lists(&self.table, &rows, self.config.shard),
            key,
        }
    }

    /// One step on the way through sessions.
    pub(super) fn trace(&self, step: &Step) -> Traced {
        match step {
            Step::Row(row) => Traced { own: Some(self.caller(*row)), ..Traced::default() },
            Step::Session(session) => self.session(session),
        }
    }

    fn session(&self, session: &Session) -> Traced {
        let own = session.of.filter(|(row, _)| row.shard == self.config.shard).map(|(row, _)| row.row);
        let callers = |rows: Vec<u32>| rows.into_iter().take(MOST).map(|row| self.caller(row)).collect();
        let mut issuers = issuers(&self.table, session);
        issuers.retain(|(_, row)| Some(*row) != own);
        issuers.truncate(MOST);
        let mut copies = rows_with(&self.table, Field::SharedEvent, &session.shared);
        copies.retain(|row| Some(*row) != own);
        Traced {
            own: None,
            issuers: issuers.into_iter().map(|(tie, row)| (tie, self.caller(row))).collect(),
            copies: callers(copies),
            used: self.used(session),
        }
    }

    fn used(&self, session: &Session) -> Used {
        let table = &self.table;
        let mut used = Used::default();
        for row in rows_of_session(table, session) {
            used.events += 1;
            used.errors += u64::from(table.marks(row).has(Marks::ERROR));
            let time = table.times()[row as usize];
            if time != SortKey::UNDATED {
                used.first_ms = Some(used.first_ms.map_or(time, |first| first.min(time)));
                used.last_ms = Some(used.last_ms.map_or(time, |last| last.max(time)));
            }
            if used.opened.len() < MOST && table.column(Field::IssuedKey).id(row) != Dictionary::ABSENT {
                used.opened.push(self.caller(row));
            }
        }
        used
    }

    fn caller(&self, row: u32) -> Caller {
        let text = |field: Field| self.table.column(field).text(row).to_owned();
        let time = self.table.times().get(row as usize).copied();
        Caller {
            row: RowRef { shard: self.config.shard, row },
            event_id: self.table.event_id(row),
            time_ms: time.filter(|ms| *ms != SortKey::UNDATED),
            name: text(Field::EventName),
            principal: text(Field::Principal),
            identity_type: text(Field::IdentityType),
            account: text(Field::IdentityAccount),
            recipient: text(Field::RecipientAccount),
            key: text(Field::AccessKey),
            arn: text(Field::IdentityArn),
            start: text(Field::SessionStart),
            mfa: text(Field::Mfa),
            source_identity: text(Field::SourceIdentity),
            shared: text(Field::SharedEvent),
            issued_key: text(Field::IssuedKey),
            issued_arn: text(Field::IssuedArn),
        }
    }
}

/// The shown rows with this value; none for the empty text.
fn rows_with(table: &EventTable, field: Field, value: &str) -> Vec<u32> {
    let column = table.column(field);
    let Some(id) = column.dictionary.find(value).filter(|_| !value.is_empty()) else { return Vec::new() };
    let shown = |row: &u32| !table.marks(*row).has(Marks::COPY);
    let hits = (0u32..).zip(&column.ids).filter(|(_, here)| **here == id).map(|(at, _)| at);
    match &column.rows {
        None => hits.filter(shown).collect(),
        Some(rows) => hits.filter_map(|at| rows.get(at as usize).copied()).filter(shown).collect(),
    }
}

/// The events made with a key; without one, those of the session's ARN and beginning.
fn rows_of_session(table: &EventTable, session: &Session) -> Vec<u32> {
    if !session.key.is_empty() {
        return rows_with(table, Field::AccessKey, &session.key);
    }
    let Some(start) = table.column(Field::SessionStart).dictionary.find(&session.start) else {
        return Vec::new();
    };
    let mut rows = rows_with(table, Field::IdentityArn, &session.arn);
    rows.retain(|row| table.column(Field::SessionStart).id(*row) == start);
    rows
}

/// The calls that may have opened a session.
fn issuers(table: &EventTable, session: &Session) -> Vec<(Tie, u32)> {
    let by = |tie: Tie, rows: Vec<u32>| rows.into_iter().map(move |row| (tie, row));
    let mut found: Vec<(Tie, u32)> = by(Tie::Key, rows_with(table, Field::IssuedKey, &session.key)).collect();
    let time = |row: &u32| table.times()[*row as usize];
    let mut opened = rows_with(table, Field::IssuedArn, &session.arn);
    // A call that handed out another key opened another session.
    if !session.key.is_empty() {
        opened.retain(|row| table.column(Field::IssuedKey).id(*row) == Dictionary::ABSENT);
    }
    let Some(start) = parse_time_ms(&session.start) else {
        let Some(at) = session.of.and_then(|(_, time)| time) else { return found };
        opened.retain(|row| (at.saturating_sub(LONGEST_SESSION_MS)..=at).contains(&time(row)));
        let latest = opened.into_iter().max_by_key(time);
        found.extend(latest.map(|row| (Tie::Name, row)));
        return found;
    };
    opened.retain(|row| time(row).abs_diff(start) <= SAME_MOMENT_MS);
    found.extend(by(Tie::Session, opened));
    let mut signed_in = rows_with(table, Field::EventName, "ConsoleLogin");
    let arn = table.column(Field::IdentityArn).dictionary.find(&session.arn);
    signed_in.retain(|row| {
        arn == Some(table.column(Field::IdentityArn).id(*row))
            && time(row).abs_diff(start) <= SIGN_IN_MS
            && !table.marks(*row).has(Marks::ERROR)
    });
    found.extend(by(Tie::SignIn, signed_in));
    found
}
