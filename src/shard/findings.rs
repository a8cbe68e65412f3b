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
    let start = identity.0.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
    match (text.get(..start), text.get(start.wrapping_add(identity.0.len())..)) {
        (Some(before), Some(behind)) => [before, behind],
        _ => [text, &[]],
    }
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
    use super::*;

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
