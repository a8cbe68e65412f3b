//! From a session back to the call that opened it, and forward to what was done with it, on columns
//! alone. CloudTrail User Guide, "CloudTrail userIdentity element"; IAM User Guide, "Logging IAM and
//! AWS STS API calls with AWS CloudTrail".

use super::Shard;
use crate::event::Field;
use crate::event::time::parse_time_ms;
use crate::identity::{self, IdentityFields, is_access_key, is_service};
use crate::protocol::{
    CALLER_FIELDS, Caller, PrincipalDetail, Request, Response, RowRef, SESSION_FIELDS, SortKey, Tie, Traced,
};
use crate::summary;
use crate::table::{EventTable, Marks};

/// A session begins when the call that opens it is answered; the two clocks are read at whole seconds.
const SAME_MOMENT_MS: u64 = 2_000;

/// The clocks of two services are apart by less than this.
const CLOCKS_MS: i64 = 60_000;

/// A console session begins with a sign-in no longer ago than this.
const SIGN_IN_MS: u64 = 60_000;

/// The longest that a session of a role can last.
const LONGEST_SESSION_MS: i64 = 12 * 3_600_000;

/// How many calls of one kind are sent.
const MOST: usize = 16;

/// What is known of a session. Empty texts are not known.
struct Session<'q> {
    key: &'q str,
    arn: &'q str,
    start: &'q str,
    shared: &'q str,
    sign_in: &'q str,
    /// Whether it is what somebody switched to a role from.
    switched: bool,
    /// Whether a service called with it, for whoever it belongs to.
    invoked: bool,
    /// When it was used.
    at_ms: Option<i64>,
}

impl Shard {
    /// Answers [`Request::Principal`] and [`Request::Trace`], and nothing else.
    pub(super) fn look_behind(&self, request: &Request) -> Option<Response> {
        match request {
            Request::Principal { question, principal, account, types } => {
                let ordered = self.ordered(*question);
                let rows = summary::rows_of(&self.table, principal, account.as_deref(), types, ordered);
                Some(Response::Principal(Box::new(PrincipalDetail {
                    question: *question,
                    principal: principal.clone(),
                    account: account.clone(),
                    types: types.clone(),
                    histogram: summary::histogram(&self.table, &rows, self.buckets()),
                    lists: summary::use_lists(&self.table, &rows, self.config.shard),
                })))
            }
            Request::Trace { number, row, session, at_ms } => {
                let found = match row {
                    Some(row) => Traced { callers: vec![self.caller(Tie::Own, *row)], ..Traced::default() },
                    None => {
                        let text = |place: usize| session.get(place).map_or("", String::as_str);
                        let [key, arn, start, shared] = [text(0), text(1), text(2), text(3)];
                        const { assert!(SESSION_FIELDS == 7) };
                        let (sign_in, switched, invoked) =
                            (text(4), !text(5).is_empty(), !text(6).is_empty());
                        let at_ms = *at_ms;
                        self.session(&Session { key, arn, start, shared, sign_in, switched, invoked, at_ms })
                    }
                };
                Some(Response::Traced { number: *number, found: Box::new(found) })
            }
            _ => None,
        }
    }

    fn session(&self, session: &Session<'_>) -> Traced {
        let table = &self.table;
        let mut tied = issuers(table, session);
        tied.truncate(MOST);
        let copies = rows_with(table, Field::SharedEvent, session.shared);
        tied.extend(copies.into_iter().take(MOST).map(|row| (Tie::Copy, row)));
        let mut traced = Traced::default();
        let mut opened = 0;
        for row in rows_of_session(table, session) {
            traced.events += 1;
            let time = table.times()[row as usize];
            summary::widen(&mut traced.first_ms, &mut traced.last_ms, time);
            if opened < MOST && is_access_key(table.column(Field::IssuedKey).text(row)) {
                opened += 1;
                tied.push((Tie::Opened, row));
            }
        }
        traced.callers = tied.into_iter().map(|(tie, row)| self.caller(tie, row)).collect();
        traced
    }

    fn caller(&self, tie: Tie, row: u32) -> Caller {
        let logged = |field: Field| self.table.column(field).text(row);
        // The console takes other keys for a session than its call was given; nobody else does.
        let own_key = is_access_key(logged(Field::IssuedKey)) && !is_console(logged(Field::UserAgent));
        let told = |field: Field| match (field, logged(field)) {
            // What is no key ties nothing.
            (Field::AccessKey | Field::IssuedKey, key) if !is_access_key(key) => "",
            (Field::IssuedArn, _) if own_key => "",
            (Field::InvokedBy, by) if !is_service(by) => "",
            // A service's own events say no type.
            (Field::IdentityType, "") if is_service(logged(Field::Principal)) => "AWSService",
            (_, text) => text,
        };
        let time = self.table.times().get(row as usize).copied();
        let mut texts: Vec<String> = CALLER_FIELDS.iter().map(|field| told(*field).to_owned()).collect();
        let from = logged(Field::SwitchedFrom).to_owned();
        if !from.is_empty() {
            before_switch(&mut texts, from);
        }
        Caller {
            tie,
            row: RowRef { shard: self.config.shard, row },
            event_id: self.table.event_id(row),
            time_ms: time.filter(|ms| *ms != SortKey::UNDATED),
            texts,
        }
    }
}

fn is_console(agent: &str) -> bool {
    agent.to_ascii_lowercase().contains("signin")
}

/// Makes the caller of a switch to a role of its record, whose `userIdentity` is already the new session:
/// all that is known of whoever switched is an ARN.
fn before_switch(texts: &mut [String], from: String) {
    let role = from.contains(":assumed-role/");
    let fields = IdentityFields { arn: Some(&from), ..IdentityFields::default() };
    let principal = identity::principal(&fields).into_owned();
    let account = from.split(':').nth(4).unwrap_or_default().to_owned();
    let kind = if role {
        "AssumedRole"
    } else if principal == "root" {
        "Root"
    } else if from.contains(":user/") {
        "IAMUser"
    } else {
        ""
    };
    for (text, field) in texts.iter_mut().zip(CALLER_FIELDS) {
        match field {
            Field::AccessKey | Field::SessionStart | Field::Mfa | Field::SourceIdentity => text.clear(),
            Field::IdentityArn => text.clone_from(&from),
            Field::Principal => text.clone_from(&principal),
            Field::IdentityType => *text = kind.to_owned(),
            Field::IdentityAccount => text.clone_from(&account),
            _ => {}
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

/// The events made with a key; without one, those of the session's ARN and beginning, which only a
/// session that was used knows to the letter.
fn rows_of_session(table: &EventTable, session: &Session<'_>) -> Vec<u32> {
    if !session.key.is_empty() {
        return rows_with(table, Field::AccessKey, session.key);
    }
    // Documentation has `...` in the place of both.
    let Some(begun) = parse_time_ms(session.start) else { return Vec::new() };
    let mut rows = rows_with(table, Field::IdentityArn, session.arn);
    rows.retain(|row| {
        let start = table.column(Field::SessionStart).text(*row);
        match session.at_ms {
            Some(_) => start == session.start,
            None => parse_time_ms(start).is_some_and(|ms| ms.abs_diff(begun) <= SAME_MOMENT_MS),
        }
    });
    rows
}

/// The calls that may have opened a session.
fn issuers(table: &EventTable, session: &Session<'_>) -> Vec<(Tie, u32)> {
    let mut found: Vec<(Tie, u32)> = Vec::new();
    let mut add = |tie: Tie, rows: Vec<u32>| found.extend(rows.into_iter().map(|row| (tie, row)));
    let time = |row: u32| table.times()[row as usize];
    let text = |field: Field, row: u32| table.column(field).text(row);
    // In samples and anonymised logs one key stands for many: what handed out another session's, or handed
    // it out after it was used, is not behind this one.
    let mut by_key = rows_with(table, Field::IssuedKey, session.key);
    by_key.retain(|row| {
        let arn = text(Field::IssuedArn, *row);
        let fits = arn.is_empty() || session.arn.is_empty() || arn == session.arn;
        let late = |at: i64| time(*row) != SortKey::UNDATED && time(*row).saturating_sub(at) > CLOCKS_MS;
        fits && !session.at_ms.is_some_and(late)
    });
    add(Tie::Key, by_key);
    let mut sign_ins = rows_with(table, Field::SignInSession, session.sign_in);
    sign_ins.retain(|row| {
        text(Field::EventSource, *row) == "signin.amazonaws.com"
            && text(Field::SwitchedFrom, *row).is_empty()
            && !table.marks(*row).has(Marks::ERROR)
    });
    add(Tie::SignInSession, sign_ins);
    let mut opened = rows_with(table, Field::IssuedArn, session.arn);
    // A call that handed out another key opened another session, unless it is one of the console's; a service
    // that calls for a session has a key of its own.
    let any = session.key.is_empty() || session.invoked;
    let (same, mut other): (Vec<u32>, Vec<u32>) =
        opened.drain(..).partition(|row| any || !is_access_key(text(Field::IssuedKey, *row)));
    opened = same;
    let mut signed_in = rows_with(table, Field::EventName, "ConsoleLogin");
    signed_in
        .retain(|row| text(Field::IdentityArn, *row) == session.arn && !table.marks(*row).has(Marks::ERROR));
    match (parse_time_ms(session.start), session.at_ms) {
        (Some(start), _) => {
            opened.retain(|row| time(*row).abs_diff(start) <= SAME_MOMENT_MS);
            add(Tie::Session, opened);
            other.retain(|row| {
                time(*row).abs_diff(start) <= SAME_MOMENT_MS && is_console(text(Field::UserAgent, *row))
            });
            add(Tie::OtherKey, other);
            signed_in.retain(|row| time(*row).abs_diff(start) <= SIGN_IN_MS);
            add(Tie::SignIn, signed_in);
        }
        (None, Some(at)) => {
            let last = |mut rows: Vec<u32>| {
                rows.retain(|row| (at.saturating_sub(LONGEST_SESSION_MS)..=at).contains(&time(*row)));
                let latest = rows.iter().map(|row| time(*row)).max();
                rows.retain(|row| Some(time(*row)) == latest);
                rows
            };
            // A session of root that says no beginning is its own as a rule, and not of an `AssumeRoot`.
            if !session.arn.ends_with(":root") {
                add(Tie::Name, last(opened));
            }
            if session.switched {
                add(Tie::LastSignIn, last(signed_in));
            }
        }
        (None, None) => {}
    }
    found
}
