//! The names that CloudTrail and Trailscope give to fields, and which of them a misspelt one is like.

use super::parse::parse;
use super::syntax::{Expr, ExprKind, Name};
use crate::event::FIELDS;
use crate::json::{Path, Step};

/// Documented fields without a column, and paths that are asked for often. They re-read the records.
pub const PATHS: &[&str] = &[
    "eventTime",
    "eventID",
    "requestID",
    "errorMessage",
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "additionalEventData.MFAUsed",
    "additionalEventData.bytesTransferredIn",
    "additionalEventData.bytesTransferredOut",
    "additionalEventData.AuthenticationMethod",
    "addendum.reason",
    "annotation",
    "apiVersion",
    "edgeDeviceDetails",
    "eventContext",
    "eventVersion",
    "insightDetails.insightType",
    "insightDetails.state",
    "managementEvent",
    "requestParameters.bucketName",
    "requestParameters.functionName",
    "requestParameters.groupId",
    "requestParameters.instanceId",
    "requestParameters.key",
    "requestParameters.policyArn",
    "requestParameters.policyDocument",
    "requestParameters.policyDocument.Statement.Action",
    "requestParameters.policyDocument.Statement.Effect",
    "requestParameters.policyDocument.Statement.Principal",
    "requestParameters.queueUrl",
    "requestParameters.roleArn",
    "requestParameters.roleName",
    "requestParameters.roleSessionName",
    "requestParameters.userName",
    "resources.ARN",
    "resources.accountId",
    "resources.type",
    "responseElements.ConsoleLogin",
    "responseElements.assumedRoleUser.arn",
    "serviceEventDetails",
    "sessionCredentialFromConsole",
    "tlsDetails.cipherSuite",
    "tlsDetails.clientProvidedHostHeader",
    "tlsDetails.tlsVersion",
    "userIdentity.credentialId",
    "userIdentity.identityProvider",
    "userIdentity.inScopeOf",
    "userIdentity.onBehalfOf.userId",
    "userIdentity.principalId",
    "userIdentity.sessionContext.sessionIssuer.accountId",
    "userIdentity.sessionContext.sessionIssuer.arn",
    "userIdentity.sessionContext.sessionIssuer.type",
    "userIdentity.sessionContext.sessionIssuer.userName",
    "userIdentity.sessionContext.webIdFederationData.federatedProvider",
    "vpcEndpointAccountId",
    "vpcEndpointId",
];

/// How CloudTrail writes a path, whatever its case here; `None` where it is not documented.
#[must_use]
pub fn spelling(path: &str) -> Option<&'static str> {
    let is = |name: &str| name.eq_ignore_ascii_case(path);
    let column = FIELDS.iter().map(|line| line.name).find(|name| is(name));
    column.or_else(|| PATHS.iter().copied().find(|name| is(name)))
}

/// What may be meant by a name that is none: the characters it stands at, and the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The characters of the name, `start..end`.
    pub span: (usize, usize),
    /// The known name that it is like.
    pub instead: &'static str,
}

/// The first field of a query that CloudTrail does not have, where it is close to one it has. The query
/// holds all the same: a record may have any key.
#[must_use]
pub fn doubt(text: &str) -> Option<Doubt> {
    let query = parse(text).ok()?;
    let mut open: Vec<&Expr> = query.expr.iter().collect();
    while let Some(expr) = open.pop() {
        match &expr.kind {
            ExprKind::And(parts) | ExprKind::Or(parts) => open.extend(parts.iter().rev()),
            ExprKind::Not(part) => open.push(part),
            ExprKind::Term(term) => {
                if let Some(found) = term.name.as_ref().and_then(|name| doubt_of(text, name)) {
                    return Some(found);
                }
            }
        }
    }
    None
}

fn doubt_of(text: &str, name: &Name) -> Option<Doubt> {
    let path = Path::parse(&name.text)?;
    let Some(Step::Key(first)) = path.0.first() else {
        return None;
    };
    // Below these a service writes what it likes.
    let free = ["requestParameters", "responseElements", "additionalEventData", "serviceEventDetails"];
    if path.0.len() > 1 && free.iter().any(|known| known.eq_ignore_ascii_case(first)) {
        return None;
    }
    let instead = known_like(&name.text).filter(|known| !known.eq_ignore_ascii_case(&name.text))?;
    let character = |byte: usize| text.get(..byte).unwrap_or(text).chars().count();
    Some(Doubt { span: (character(name.span.start), character(name.span.end)), instead })
}

/// The known name that a text is, or is but for a few slips; the shorter the fewer.
pub(super) fn known_like(text: &str) -> Option<&'static str> {
    let most = match text.len() {
        0..=3 => 0,
        4..=6 => 1,
        7..=80 => 2,
        _ => return None,
    };
    let text = text.to_ascii_lowercase();
    let mut best = None;
    let mut fewest = most + 1;
    let columns = FIELDS.iter().flat_map(|line| line.aliases.iter().chain(std::iter::once(&line.name)));
    for name in columns.chain(PATHS).chain(&["time"]) {
        let slips = slips(text.as_bytes(), name.to_ascii_lowercase().as_bytes());
        if slips < fewest {
            fewest = slips;
            best = Some(*name);
        }
        // A known path may also go on.
        if slips == 0 || is_above(&text, name) {
            return Some(*name).filter(|_| slips == 0);
        }
    }
    best
}

/// Whether a text is the beginning of a known path.
fn is_above(text: &str, name: &str) -> bool {
    let head = name.get(..text.len()).is_some_and(|head| head.eq_ignore_ascii_case(text));
    head && name.as_bytes().get(text.len()) == Some(&b'.')
}

/// How many characters must be changed, put in or left out to make one text of the other.
fn slips(one: &[u8], other: &[u8]) -> usize {
    if one.len().abs_diff(other.len()) > 2 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, byte) in one.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], at + 1);
        for (to, wanted) in other.iter().enumerate() {
            let change = corner + usize::from(byte != wanted);
            corner = row[to + 1];
            row[to + 1] = change.min(row[to] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_seen_and_a_key_of_a_service_is_none() {
        for (text, instead) in [
            ("eventNmae:x", Some("eventName")),
            ("a:b NOT (errorcod:x)", Some("errorCode")),
            ("userIdentity.usrName:x", Some("userIdentity.userName")),
            ("servce:s3", Some("service")),
            ("eventname:x time:2026", None),
            ("requestParameters.eventNam:x", None),
            ("userIdentity:*", None),
            ("userIdentity.sessionContext.sessionIssuer:*", None),
            ("somethingElse:x", None),
            ("tags:x", None),
        ] {
            assert_eq!(doubt(text).map(|doubt| doubt.instead), instead, "{text}");
        }
        assert_eq!(doubt("é eventNmae:x").unwrap().span, (2, 11));
    }
}
