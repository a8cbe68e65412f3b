//! Who is granted something: principals and policies as requests hold them.

use std::borrow::Cow;

use crate::json::{Document, Kind, Value};

use super::pattern::members;

/// All texts at and inside these values.
pub(super) fn inside<'d>(values: &[Value<'d>]) -> Vec<Cow<'d, str>> {
    let mut texts = Vec::new();
    let mut open = values.to_vec();
    while let Some(value) = open.pop() {
        match value.kind() {
            Kind::Object | Kind::Array => open.extend(value.children()),
            _ => texts.extend(value.scalar()),
        }
    }
    texts
}

/// Whether a principal that the path names passes the test, which also hears whether a condition
/// binds the grant. Each value may be a policy, as an object or as text, or a principal itself.
fn granted(record: Value<'_>, path: &str, test: &dyn Fn(&str, bool) -> bool) -> bool {
    members(record, path).into_iter().any(|value| {
        let mut in_statement = |statement: Value<'_>| {
            let bound = statement.get("Condition").is_some_and(|condition| !condition.is_empty());
            let principals: Vec<Value<'_>> = statement.get("Principal").into_iter().collect();
            inside(&principals).iter().any(|principal| test(principal, bound))
        };
        with_policy(value, &mut in_statement)
            || (value.get("Statement").is_none() && inside(&[value]).iter().any(|text| test(text, false)))
    })
}

/// Whether an allowing statement of the policy, an object or JSON in a text, passes the test.
pub(super) fn with_policy(value: Value<'_>, test: &mut dyn FnMut(Value<'_>) -> bool) -> bool {
    if let Some(text) = value.as_str() {
        let policy = Document::parse(text.as_bytes());
        return policy.is_ok_and(|policy| statements(policy.root(), test));
    }
    statements(value, test)
}

fn statements(policy: Value<'_>, test: &mut dyn FnMut(Value<'_>) -> bool) -> bool {
    let Some(list) = policy.get("Statement") else { return false };
    let mut each = |statement: Value<'_>| {
        statement.text_at(&["Effect"]).is_some_and(|effect| effect == "Allow") && test(statement)
    };
    if list.kind() == Kind::Array { list.children().any(each) } else { each(list) }
}

/// A statement that allows every action on everything.
pub(super) fn allows_all(statement: Value<'_>) -> bool {
    let all = |key: &str| {
        let values: Vec<Value<'_>> = statement.get(key).into_iter().collect();
        inside(&values).iter().any(|text| text == "*" || text == "*:*")
    };
    all("Action") && all("Resource")
}

/// Whether the path names everybody, unbound by a condition.
pub(super) fn everyone(record: Value<'_>, path: &str) -> bool {
    granted(record, path, &|principal, bound| !bound && is_everyone(principal))
}

/// Words with which AWS says "everybody", or everybody who has an account.
fn is_everyone(principal: &str) -> bool {
    const WORDS: [&str; 6] =
        ["*", "all", "everyone", "public-read", "public-read-write", "authenticated-read"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(principal))
        || principal.ends_with("/global/AllUsers")
        || principal.ends_with("/global/AuthenticatedUsers")
}

/// Whether the path names another account than that of the record; where the record says none, nobody can
/// tell.
pub(super) fn foreign(record: Value<'_>, path: &str) -> bool {
    let Some(own) = own_account(record) else { return false };
    granted(record, path, &|principal, _| account_of(principal).is_some_and(|one| one != own))
}

/// The account in a principal: twelve digits, alone or in an ARN.
fn account_of(principal: &str) -> Option<&str> {
    let account = if principal.starts_with("arn:") { principal.split(':').nth(4)? } else { principal };
    (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then_some(account)
}

fn own_account(record: Value<'_>) -> Option<Cow<'_, str>> {
    let own = record.text_at(&["recipientAccountId"]);
    own.or_else(|| record.text_at(&["userIdentity", "accountId"])).filter(|account| !account.is_empty())
}
