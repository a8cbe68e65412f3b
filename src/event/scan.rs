//! The one pass over a record: its fields, and where it ends.
//!
//! Every byte of every record goes through here once, so it allocates nothing, decodes nothing and
//! looks at each string only once. Which fields there are: CloudTrail User Guide, "CloudTrail record
//! contents" and "CloudTrail userIdentity element".

use super::cursor::{Cursor, Read};
use super::hint;
use super::record_fields::{IdentityFields, RecordFields, Text};

/// What stands at the start of a text.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly always a record, and a box for each would be an allocation"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan<'a> {
    /// A whole object.
    Record {
        /// Its fields.
        fields: RecordFields<'a>,
        /// Its length in bytes, from `{` to `}`.
        len: usize,
    },
    /// The start of an object: more text is needed.
    Cut,
    /// No JSON object.
    Malformed {
        /// The byte at which it stops being one.
        at: usize,
    },
}

/// Reads the object that `text` starts with; what follows it is left.
///
/// The language is that of [`crate::json::Document`], RFC 8259 without exception.
#[must_use]
pub fn scan_record(text: &[u8]) -> Scan<'_> {
    if text.first().is_some_and(|&byte| byte != b'{') {
        return Scan::Malformed { at: 0 };
    }
    let mut fields = RecordFields::default();
    let mut cursor = Cursor::new(text);
    let mut has_insight = false;
    match record(&mut cursor, &mut fields, &mut has_insight) {
        Ok(()) => {
            fields.suspicious = cursor.suspicious();
            fields.telling = cursor.telling();
            fields.spots = cursor.spots();
            fields.escaped = cursor.escaped();
            fields.strings = cursor.strings();
            fields.has_event_shape = has_insight || fields.looks_like_event();
            Scan::Record { fields, len: cursor.at() }
        }
        Err(_) if cursor.at_end() => Scan::Cut,
        Err(_) => Scan::Malformed { at: cursor.at() },
    }
}

fn record<'a>(cursor: &mut Cursor<'a>, fields: &mut RecordFields<'a>, has_insight: &mut bool) -> Read<()> {
    cursor.object(|cursor, key| {
        let field = match key {
            b"eventVersion" => &mut fields.event_version,
            b"userIdentity" => {
                cursor.peek();
                let start = cursor.at();
                identity(cursor, &mut fields.identity)?;
                fields.identity_text = Some(cursor.since(start));
                return Ok(());
            }
            b"eventTime" => &mut fields.event_time,
            b"eventSource" => &mut fields.event_source,
            b"eventName" => &mut fields.event_name,
            b"awsRegion" => &mut fields.aws_region,
            b"sourceIPAddress" => &mut fields.source_ip,
            b"userAgent" => {
                fields.user_agent = cursor.source()?;
                return Ok(());
            }
            b"errorCode" => &mut fields.error_code,
            b"errorMessage" => &mut fields.error_message,
            b"requestParameters" => return parameters(cursor, fields),
            b"responseElements" => return response(cursor, fields),
            b"additionalEventData" => {
                let (mfa, from) = (&mut fields.mfa_used, &mut fields.switched_from);
                return members(cursor, &mut [(b"MFAUsed", mfa), (b"SwitchFrom", from)]);
            }
            b"requestID" => &mut fields.request_id,
            b"eventID" => &mut fields.event_id,
            b"readOnly" => &mut fields.read_only,
            b"resources" => return resources(cursor, &mut fields.resource_arn),
            b"eventType" => &mut fields.event_type,
            b"managementEvent" => &mut fields.management_event,
            b"recipientAccountId" => &mut fields.recipient_account,
            b"sharedEventID" => &mut fields.shared_event_id,
            b"eventCategory" => &mut fields.event_category,
            b"insightDetails" => {
                *has_insight = true;
                return cursor.skip();
            }
            _ => return cursor.skip(),
        };
        *field = cursor.scalar()?;
        Ok(())
    })
}

fn identity<'a>(cursor: &mut Cursor<'a>, fields: &mut IdentityFields<'a>) -> Read<()> {
    *fields = IdentityFields::default();
    if cursor.peek() != b'{' {
        return cursor.skip();
    }
    cursor.object(|cursor, key| {
        let field = match key {
            b"type" => &mut fields.identity_type,
            b"principalId" => &mut fields.principal_id,
            b"arn" => &mut fields.arn,
            b"accountId" => &mut fields.account_id,
            b"accessKeyId" => &mut fields.access_key_id,
            b"userName" => &mut fields.user_name,
            b"invokedBy" => &mut fields.invoked_by,
            b"sessionContext" => return session(cursor, fields),
            b"onBehalfOf" => return members(cursor, &mut [(b"userId", &mut fields.on_behalf_of)]),
            _ => return cursor.skip(),
        };
        *field = cursor.scalar()?;
        Ok(())
    })
}

fn session<'a>(cursor: &mut Cursor<'a>, fields: &mut IdentityFields<'a>) -> Read<()> {
    (fields.source_identity, fields.sign_in_session) = (None, None);
    clear_issuer(fields);
    fields.mfa_authenticated = None;
    fields.creation_date = None;
    if cursor.peek() != b'{' {
        return cursor.skip();
    }
    cursor.object(|cursor, key| {
        match key {
            b"sessionIssuer" => return issuer(cursor, fields),
            b"attributes" => {
                let (mfa, created) = (&mut fields.mfa_authenticated, &mut fields.creation_date);
                return members(cursor, &mut [(b"mfaAuthenticated", mfa), (b"creationDate", created)]);
            }
            b"sourceIdentity" => fields.source_identity = cursor.scalar()?,
            b"signInSessionArn" => fields.sign_in_session = cursor.scalar()?,
            _ => cursor.skip()?,
        }
        Ok(())
    })
}

fn clear_issuer(fields: &mut IdentityFields<'_>) {
    fields.issuer_type = None;
    fields.issuer_user_name = None;
    fields.issuer_arn = None;
}

fn issuer<'a>(cursor: &mut Cursor<'a>, fields: &mut IdentityFields<'a>) -> Read<()> {
    clear_issuer(fields);
    if cursor.peek() != b'{' {
        return cursor.skip();
    }
    cursor.object(|cursor, key| {
        let field = match key {
            b"type" => &mut fields.issuer_type,
            b"userName" => &mut fields.issuer_user_name,
            b"arn" => &mut fields.issuer_arn,
            _ => return cursor.skip(),
        };
        *field = cursor.scalar()?;
        Ok(())
    })
}

/// Some members of an object, if it is an object.
fn members<'a>(cursor: &mut Cursor<'a>, wanted: &mut [(&[u8], &mut Text<'a>)]) -> Read<()> {
    wanted.iter_mut().for_each(|(_, field)| **field = None);
    if cursor.peek() != b'{' {
        return cursor.skip();
    }
    cursor.object(|cursor, key| match wanted.iter_mut().find(|(name, _)| *name == key) {
        None => cursor.skip(),
        Some((_, field)) => {
            **field = cursor.scalar()?;
            Ok(())
        }
    })
}

fn response<'a>(cursor: &mut Cursor<'a>, fields: &mut RecordFields<'a>) -> Read<()> {
    fields.console_login = None;
    fields.response_message = None;
    (fields.issued_key, fields.issued_arn) = (None, None);
    (fields.response_code, fields.reply_hint) = (None, None);
    (fields.batch_code, fields.none_worked) = (None, false);
    fields.has_response = cursor.peek() != b'n';
    if cursor.peek() != b'{' {
        return cursor.skip();
    }
    let mut messages = [None; 4];
    fields.reply_rank = usize::MAX;
    cursor.object(|cursor, key| {
        let field = match key {
            b"ConsoleLogin" | b"SwitchRole" => &mut fields.console_login,
            b"errorMessage" => &mut messages[0],
            b"Message" => &mut messages[1],
            b"message" => &mut messages[2],
            b"credentials" | b"accessKey" => {
                return members(cursor, &mut [(b"accessKeyId", &mut fields.issued_key)]);
            }
            b"assumedRoleUser" | b"federatedUser" => {
                return members(cursor, &mut [(b"arn", &mut fields.issued_arn)]);
            }
            b"errorCode" => &mut fields.response_code,
            _ if key.eq_ignore_ascii_case(b"errorMessage") || key.eq_ignore_ascii_case(b"message") => {
                &mut messages[3]
            }
            _ if key.eq_ignore_ascii_case(b"failed") => return batch_code(cursor, &mut fields.batch_code),
            _ if key.eq_ignore_ascii_case(b"successful") => {
                fields.none_worked = cursor.peek() == b'[';
                let none = &mut fields.none_worked;
                return if *none {
                    cursor.list(|cursor| {
                        *none = false;
                        cursor.skip()
                    })
                } else {
                    cursor.skip()
                };
            }
            _ => return reply_hint(cursor, key, fields, 0),
        };
        *field = cursor.scalar()?;
        Ok(())
    })?;
    fields.response_message = messages.into_iter().flatten().next();
    Ok(())
}

/// The code of the first entry of a batch that failed.
fn batch_code<'a>(cursor: &mut Cursor<'a>, code: &mut Text<'a>) -> Read<()> {
    *code = None;
    if cursor.peek() != b'[' {
        return cursor.skip();
    }
    let mut first = true;
    cursor.list(|cursor| {
        if !std::mem::take(&mut first) {
            return cursor.skip();
        }
        cursor.peek();
        let start = cursor.at();
        members(cursor, &mut [(b"code", code)])?;
        *code = code.or(Some(cursor.since(start)));
        Ok(())
    })
}

/// Looks at a member of the reply, this deep, and into it.
fn reply_hint<'a>(
    cursor: &mut Cursor<'a>,
    key: &[u8],
    fields: &mut RecordFields<'a>,
    depth: usize,
) -> Read<()> {
    if let Some(place) = hint::rank(key, hint::NONE) {
        let value = cursor.scalar()?;
        if let Some(rank) = hint::rank_in_reply(place, depth) {
            keep((&mut fields.reply_hint, &mut fields.reply_rank), rank, value);
        }
        return Ok(());
    }
    if depth == 0 && key == b"instancesSet" {
        let value = first_instance(cursor)?;
        keep((&mut fields.reply_hint, &mut fields.reply_rank), hint::INSTANCE, value);
        return Ok(());
    }
    if depth < hint::REPLY_DEPTH && cursor.peek() == b'{' && hint::may_enter(key, true) {
        return cursor.object(|cursor, key| reply_hint(cursor, key, fields, depth + 1));
    }
    cursor.skip()
}

/// Keeps a value that tells as much as the best so far, or more.
fn keep<'a>((hint, best): (&mut Text<'a>, &mut usize), rank: usize, value: Text<'a>) {
    if rank <= *best && value.is_some_and(|value| !value.0.is_empty()) {
        (*hint, *best) = (value, rank);
    }
}

fn resources<'a>(cursor: &mut Cursor<'a>, arn: &mut Text<'a>) -> Read<()> {
    *arn = None;
    if cursor.peek() != b'[' {
        return cursor.skip();
    }
    let mut prefix = None;
    cursor.list(|cursor| {
        if arn.is_some() || cursor.peek() != b'{' {
            return cursor.skip();
        }
        let mut its_prefix = None;
        cursor.object(|cursor, key| {
            match key {
                b"ARN" => *arn = cursor.scalar()?,
                b"ARNPrefix" => its_prefix = cursor.scalar()?,
                _ => cursor.skip()?,
            }
            Ok(())
        })?;
        prefix = prefix.or(its_prefix);
        Ok(())
    })?;
    *arn = arn.or(prefix);
    Ok(())
}

fn parameters<'a>(cursor: &mut Cursor<'a>, fields: &mut RecordFields<'a>) -> Read<()> {
    (fields.resource_hint, fields.role_arn) = (None, None);
    (fields.role_session, fields.target_principal) = (None, None);
    if cursor.peek() != b'{' {
        return cursor.skip();
    }
    fields.hint_rank = usize::MAX;
    cursor.object(|cursor, key| {
        let asked = match key {
            b"roleSessionName" => Some(&mut fields.role_session),
            b"targetPrincipal" => Some(&mut fields.target_principal),
            _ => None,
        };
        if let Some(field) = asked {
            *field = cursor.scalar()?;
            return Ok(());
        }
        let is_role = key.eq_ignore_ascii_case(b"roleArn");
        let best = fields.hint_rank;
        let (rank, value) = match hint::rank(key, if is_role { hint::NONE } else { best }) {
            Some(rank) => (rank, cursor.scalar()?),
            None if key == b"instancesSet" && hint::INSTANCE <= best => {
                (hint::INSTANCE, first_instance(cursor)?)
            }
            None if best >= hint::DEEPER && cursor.peek() == b'{' && hint::may_enter(key, false) => {
                return wrapped(cursor, fields);
            }
            None => return cursor.skip(),
        };
        if is_role {
            fields.role_arn = value;
        }
        keep((&mut fields.resource_hint, &mut fields.hint_rank), rank, value);
        Ok(())
    })
}

/// A whole request in an object of its own.
fn wrapped<'a>(cursor: &mut Cursor<'a>, fields: &mut RecordFields<'a>) -> Read<()> {
    cursor.object(|cursor, key| {
        let Some(place) = hint::rank(key, hint::NONE) else { return cursor.skip() };
        let value = cursor.scalar()?;
        // Behind what a reply says: it knows the new thing, the request what it is made of.
        keep((&mut fields.resource_hint, &mut fields.hint_rank), place + 2 * hint::DEEPER, value);
        Ok(())
    })
}

/// `items[0].instanceId` of `requestParameters.instancesSet`.
fn first_instance<'a>(cursor: &mut Cursor<'a>) -> Read<Text<'a>> {
    let mut instance = None;
    if cursor.peek() != b'{' {
        cursor.skip()?;
        return Ok(None);
    }
    cursor.object(|cursor, key| {
        if key != b"items" {
            return cursor.skip();
        }
        instance = None;
        if cursor.peek() != b'[' {
            return cursor.skip();
        }
        let mut first = true;
        cursor.list(|cursor| {
            if !std::mem::take(&mut first) {
                return cursor.skip();
            }
            members(cursor, &mut [(b"instanceId", &mut instance)])
        })
    })?;
    Ok(instance)
}

#[cfg(test)]
mod tests;
