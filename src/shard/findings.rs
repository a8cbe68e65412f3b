//! What is hidden in a record and what leaked in it, for its row of the table.

use std::borrow::Cow;

use super::actors::Actor;
use super::columns::plain;
use crate::event::{Raw, RecordFields};
use crate::json::{Document, Spots};
use crate::protocol::{Confidence, ExposureKind, Hidden, Redaction};
use crate::table::{EventTable, Found};
use crate::{exposure, redaction};

/// The numbers of what is hidden in a record and of what leaked: see [`EventTable::redaction_set`] and
/// [`EventTable::exposure_set`].
pub struct Findings {
    /// What is hidden.
    pub redactions: u32,
    /// What leaked.
    pub exposures: u32,
}

/// Looks into a record where the first looks say that something may be there: few are read again.
/// What the actor's own fields hold is known of the actor.
pub fn findings(text: &[u8], fields: &RecordFields<'_>, actor: &Actor, table: &mut EventTable) -> Findings {
    let mut spots = fields.spots;
    let parts = around_identity(text, fields);
    let scrubbed = actor.scrubbed || parts.into_iter().any(redaction::may_be_scrubbed);
    let hidden = fields.suspicious || scrubbed;
    let leaked = look_at_addresses(text, fields, &mut spots) || fields.telling;
    if leaked && actor.exposures != 0 {
        for own in [fields.identity.arn, fields.identity.principal_id].into_iter().flatten() {
            spots.add(place_in(text, own.0));
        }
    }
    let document = (hidden || leaked).then(|| Document::parse_mended(text).ok()).flatten();
    if scrubbed || document.as_ref().is_some_and(|(_, mended)| *mended > 0) {
        spots.add_all();
    }
    let document = document.map(|(document, _)| document);
    let mut redactions = Vec::new();
    if let Some(document) = &document
        && hidden
    {
        redactions = redaction::places(document, &spots)
            .iter()
            .filter(|one| is_in_figures(one))
            .map(redaction_of)
            .collect();
    } else if !fields.has_response
        && !is_error(fields)
        && let Some((source, name)) = fields.event_source.zip(fields.event_name)
        && let Some(absence) = redaction::absence_of(source.0, name.0)
    {
        redactions.push(Found {
            path: "responseElements".into(),
            label: absence.marker.into(),
            class: absence.class as u8,
            basis: u8::from(!absence.documented),
        });
    }
    let exposures = match &document {
        Some(document) if leaked => {
            let found: Vec<Found> = exposure::places(document, &spots).iter().map(exposure_of).collect();
            table.exposure_set(&found)
        }
        _ => actor.exposures,
    };
    Findings { redactions: table.redaction_set(&redactions), exposures }
}

/// The text before and behind `userIdentity`. Nothing that is looked for goes over its braces.
fn around_identity<'t>(text: &'t [u8], fields: &RecordFields<'_>) -> [&'t [u8]; 2] {
    let Some(identity) = fields.identity_text else { return [text, &[]] };
    let start = place_in(text, identity.0);
    match (text.get(..start), text.get(start.wrapping_add(identity.0.len())..)) {
        (Some(before), Some(behind)) => [before, behind],
        _ => [text, &[]],
    }
}

/// Where a part of a text begins in it.
fn place_in(text: &[u8], part: &[u8]) -> usize {
    part.as_ptr().addr().wrapping_sub(text.as_ptr().addr())
}

/// What leaked in the actor's own fields, which are decoded.
pub fn of_actor(fields: &RecordFields<'_>, table: &mut EventTable) -> u32 {
    let telling = |raw: &Raw<'_>| exposure::names_someone(raw.0);
    let arn = fields.identity.arn.filter(telling).map(plain);
    let id = fields.identity.principal_id.filter(telling).map(plain);
    let mut found = Vec::new();
    exposure::in_identity(arn.as_deref(), id.as_deref(), &mut |path, kind, confidence| {
        found.push(exposed(path.into(), kind, confidence));
    });
    table.exposure_set(&found)
}

fn is_error(fields: &RecordFields<'_>) -> bool {
    fields.error_code.is_some_and(|code| !code.0.is_empty())
}

/// Looks for an address, an assignment or an escaped address outside the actor's own fields, which
/// are looked at in any case: in the records of people who sign in with their address it stands in all.
fn look_at_addresses(text: &[u8], fields: &RecordFields<'_>, spots: &mut Spots) -> bool {
    let (mut at, mut any) = (0, false);
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr3(b'@', b'=', b'%', rest)) {
        let place = at + found;
        let start = memchr::memrchr(b'"', &text[..place]).map_or(0, |quote| quote + 1);
        let end = memchr::memchr(b'"', &text[place..]).map_or(text.len(), |quote| place + quote);
        let body = &text[start..end];
        let own = |raw: Option<Raw<'_>>| raw.is_some_and(|raw| std::ptr::eq(raw.0.as_ptr(), body.as_ptr()));
        if !own(fields.identity.arn) && !own(fields.identity.principal_id) && exposure::may_hold(body) {
            any = true;
            // An escaped quote is no end of a string: which one this is part of is not known.
            if is_escaped(text, start) { spots.add_all() } else { spots.add(start) }
        }
        at = end + 1;
    }
    any
}

/// Whether the quote before a place is part of a string.
fn is_escaped(text: &[u8], behind_quote: usize) -> bool {
    behind_quote.checked_sub(2).is_some_and(|before| text.get(before) == Some(&b'\\'))
}

/// What is never logged of a call is in figures where it is the response: see [`redaction::absence_of`].
fn is_in_figures(redaction: &Redaction) -> bool {
    redaction.class != Hidden::NotLogged || redaction.path == "responseElements"
}

fn redaction_of(redaction: &Redaction) -> Found {
    Found {
        path: without_indices(&redaction.path).into(),
        label: redaction.marker.clone().into(),
        class: redaction.class as u8,
        basis: u8::from(!redaction.documented),
    }
}

fn exposure_of(exposure: &exposure::Place) -> Found {
    exposed(without_indices(&exposure.path).into(), exposure.kind, exposure.confidence)
}

fn exposed(path: Cow<'static, str>, kind: ExposureKind, confidence: Confidence) -> Found {
    Found { path, label: kind.name().into(), class: kind as u8, basis: confidence as u8 }
}

/// `users[3].password` → `users[].password`: what the values of one kind have in common.
fn without_indices(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut in_index = false;
    let mut quoted = false;
    for character in path.chars() {
        match character {
            '"' => quoted = !quoted,
            '[' if !quoted => in_index = true,
            ']' if !quoted => in_index = false,
            _ => {}
        }
        if !in_index || character == '[' {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::actors::Actors;
    use super::super::columns::{decoded, with_texts};
    use super::*;
    use crate::event::{Field, Scan, scan_record};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// What a record's row gets, as path, label, class and basis.
    fn of_row(text: &[u8]) -> [Vec<Found>; 2] {
        let (mut table, mut actors) = (EventTable::new(7), Actors::default());
        let Scan::Record { fields, .. } = scan_record(text) else {
            panic!("{}", String::from_utf8_lossy(text))
        };
        let texts = decoded(&fields);
        let told = texts.as_ref().map_or(fields, |texts| with_texts(&fields, texts));
        let actor = actors.of(&told, 7, &mut table);
        let found = findings(text, &fields, &actor, &mut table);
        [(Field::Redaction, found.redactions), (Field::Exposure, found.exposures)].map(|(field, set)| {
            let findings = table.findings(field);
            let text = |text: Option<&str>| text.unwrap_or_default().to_owned().into();
            let found = findings.of_set(set).map(|one| Found {
                path: text(findings.paths().get(one.path)),
                label: text(findings.labels().get(one.label)),
                class: one.class,
                basis: one.basis,
            });
            found.collect()
        })
    }

    /// What is found when all of it is looked at.
    fn everywhere(text: &[u8]) -> [Vec<Found>; 2] {
        let document = Document::parse(text).unwrap();
        let hidden = redaction::find(&document);
        let leaked = exposure::find(&document);
        let exposures =
            leaked.iter().map(|one| exposed(without_indices(&one.path).into(), one.kind, one.confidence));
        [hidden.iter().filter(|one| is_in_figures(one)).map(redaction_of).collect(), exposures.collect()]
    }

    fn sorted(mut found: [Vec<Found>; 2]) -> [Vec<Found>; 2] {
        for list in &mut found {
            list.sort_by(|a, b| (&a.path, &a.label, a.class).cmp(&(&b.path, &b.label, b.class)));
        }
        found
    }

    fn value() -> impl Strategy<Value = Value> {
        let token = format!("IQoJb3JpZ2lu{}", "aB3/".repeat(60));
        let texts = [
            "plain",
            "",
            "***",
            "HIDDEN_DUE_TO_SECURITY_REASONS",
            "<sensitiveDataRemoved>",
            "hunter2hunter2",
            "jane@example.com",
            "jane.doe",
            "ci-deploy",
            "a ***(Redacted) b",
            "x <b> y",
            "REDACTED",
            "value",
            "arn:aws:iam::[AWS_ACCOUNT_ID_REDACTED]:user/me",
            "PASSWORD=hunter22",
            r#"{"password":"hunter22","k":["***"]}"#,
            "https://b.s3.amazonaws.com/k?X-Amz-Signature=0123",
            "\"q\"",
            token.as_str(),
        ];
        let texts: Vec<Value> = texts.iter().map(|text| json!(text)).collect();
        let leaf = prop_oneof![4 => prop::sample::select(texts), 1 => Just(json!(true)), 1 => Just(json!(7)), 1 => Just(Value::Null)];
        leaf.prop_recursive(4, 24, 4, |inner| {
            let key = prop::sample::select(vec![
                "k",
                "value",
                "password",
                "sessionToken",
                "roleSessionName",
                "environment",
                "name",
                "omitted",
                "reason",
                "x-api-key",
                "API_KEY",
                "userData",
                "clientToken",
                "secret",
                "Variables",
                "***",
            ]);
            prop_oneof![
                prop::collection::vec((key, inner.clone()), 0..5).prop_map(|members| Value::Object(
                    members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
                )),
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                inner.prop_map(|value| json!(value.to_string())),
            ]
        })
    }

    proptest! {
        #[test]
        fn looking_where_something_may_be_finds_all(request in value(), reply in value(), session in value()) {
            let record = json!({
                "eventVersion": "1.08",
                "userIdentity": { "type": "AssumedRole", "userName": session, "arn":
                    "arn:aws:sts::1:assumed-role/r/john.doe", "principalId": "AROA1:jane@example.com" },
                "eventSource": "ec2.amazonaws.com", "eventName": "RunInstances", "requestParameters": request,
                "responseElements": reply,
            }).to_string();
            prop_assert_eq!(sorted(of_row(record.as_bytes())), sorted(everywhere(record.as_bytes())), "{}", record);
        }
    }

    #[test]
    fn indices_go_and_quoted_brackets_stay() {
        for (path, expected) in [
            ("requestParameters.users[10].password", "requestParameters.users[].password"),
            ("a[0][1].b", "a[][].b"),
            (r#"tags."x[3]".y"#, r#"tags."x[3]".y"#),
            ("eventName", "eventName"),
        ] {
            assert_eq!(without_indices(path), expected);
        }
    }
}
