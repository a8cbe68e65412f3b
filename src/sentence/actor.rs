//! The first words of a sentence: who.

use crate::event::Field;
use crate::identity::{HIDDEN_USER, principal_of};
use crate::json::Document;
use crate::redaction::is_marker;

use super::phrases::Phrases;

/// Writes the principal and what it is: `Alice, an IAM user,`.
pub(super) fn write(record: &Document<'_>, phrases: &mut Phrases) {
    let root = record.root();
    let identity =
        |key: &str| root.text_at(&["userIdentity", key]).filter(|text| !text.is_empty() && !is_marker(text));
    let principal = principal_of(record);
    let kind = identity("type").unwrap_or_default().to_ascii_lowercase();
    let service = identity("invokedBy").filter(|by| **by != principal && !by.starts_with("signin."));
    if principal.is_empty() || is_marker(&principal) {
        phrases.text("Somebody the record does not name");
    } else if principal == HIDDEN_USER {
        phrases.filter("Somebody whose user name AWS hid", Field::Principal, &principal);
    } else if principal == "anonymous" {
        phrases.filter("Somebody without credentials", Field::Principal, &principal);
    } else if kind == "root" {
        phrases.filter("The root user", Field::Principal, &principal);
    } else if kind == "awsaccount" {
        phrases.filter(&format!("Account {principal}"), Field::Principal, &principal);
    } else {
        phrases.filter(&principal, Field::Principal, &principal);
        let what = noun(&kind);
        if !what.is_empty() {
            phrases.text(&format!(", {what}"));
        }
        if root.at(&["userIdentity", "onBehalfOf"]).is_some_and(|user| !user.is_empty())
            && kind != "identitycenteruser"
        {
            phrases.text(" for an Identity Center user");
        }
        if service.is_none() && !what.is_empty() {
            phrases.text(",");
        }
    }
    if let Some(service) = service {
        phrases.text(", through ");
        phrases.text(&service);
        phrases.text(",");
    }
}

fn noun(kind: &str) -> &'static str {
    match kind {
        "iamuser" => "an IAM user",
        "assumedrole" | "role" => "a role",
        "federateduser" | "samluser" | "webidentityuser" => "a federated user",
        "identitycenteruser" => "an Identity Center user",
        "awsservice" => "an AWS service",
        "directory" => "a directory user",
        _ => "",
    }
}
