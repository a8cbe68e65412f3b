//! Names of accounts, as a person has them beside the logs: a list of `accountId,name`, or what
//! `aws organizations list-accounts` prints.

use crate::json::{Document, Kind, Value};

/// A list of accounts is small; nothing larger is looked at.
pub const MOST_BYTES: usize = 4 << 20;

/// Keys and column heads that hold the id, and those that hold the name, folded by [`fold`].
const ID: [&str; 4] = ["accountid", "id", "account", "awsaccountid"];
const NAME: [&str; 4] = ["name", "accountname", "alias", "accountalias"];

/// Account ids with their names, if the text is such a list and nothing else.
#[must_use]
pub fn account_names(text: &[u8]) -> Option<Vec<(String, String)>> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let names = match Document::parse(text) {
        Ok(document) => from_json(document.root()),
        Err(_) => from_lines(std::str::from_utf8(text).ok()?.trim_start_matches('\u{feff}')),
    };
    names.filter(|names| !names.is_empty())
}

fn from_json(root: Value<'_>) -> Option<Vec<(String, String)>> {
    let list = root.get_loose("Accounts").unwrap_or(root);
    match list.kind() {
        Kind::Array => list.children().map(from_object).collect(),
        // `{"111122223333": "prod"}`
        Kind::Object => list.children().map(|child| pair(&child.key(), &child.as_str()?)).collect(),
        _ => None,
    }
}

fn from_object(object: Value<'_>) -> Option<(String, String)> {
    let find = |keys: [&str; 4]| {
        keys.into_iter().find_map(|key| object.children().find(|child| fold(&child.key()) == key)?.as_str())
    };
    pair(&find(ID)?, &find(NAME)?)
}

/// Lines of id and name, between commas, tabs or semicolons, with or without a head.
fn from_lines(text: &str) -> Option<Vec<(String, String)>> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    let head = cells(lines.peek()?);
    let column = |keys: [&str; 4]| head.iter().position(|cell| keys.contains(&fold(cell).as_str()));
    let (id, name) = match (column(ID), column(NAME)) {
        (Some(id), Some(name)) => {
            lines.next();
            (id, name)
        }
        _ => (0, 1),
    };
    lines.map(|line| pair(cells(line).get(id)?, cells(line).get(name)?)).collect()
}

fn cells(line: &str) -> Vec<String> {
    let plain = |cell: &str| cell.trim().trim_matches('"').to_owned();
    line.split([',', '\t', ';']).map(plain).collect()
}

fn pair(id: &str, name: &str) -> Option<(String, String)> {
    let is_id = id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
    (is_id && !name.is_empty()).then(|| (id.to_owned(), name.to_owned()))
}

fn fold(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lists_of_accounts_are_told_from_everything_else() {
        let expected = vec![
            ("111122223333".to_owned(), "prod".to_owned()),
            ("777788889999".to_owned(), "dev".to_owned()),
        ];
        for text in [
            "accountId,name\n111122223333,prod\n777788889999,dev\n",
            "\u{feff}Account ID;Account Name;Email\r\n111122223333;prod;a@b\r\n777788889999;dev;c@d\r\n",
            "111122223333,prod\n777788889999,dev",
            "\"name\",\"id\"\n\"prod\",\"111122223333\"\n\"dev\",\"777788889999\"",
            r#"{"Accounts":[{"Id":"111122223333","Name":"prod","Status":"ACTIVE"},{"Id":"777788889999","Name":"dev"}]}"#,
            r#"[{"accountId":"111122223333","name":"prod"},{"account_id":"777788889999","account_name":"dev"}]"#,
            r#"{"111122223333":"prod","777788889999":"dev"}"#,
        ] {
            assert_eq!(account_names(text.as_bytes()), Some(expected.clone()), "{text}");
        }
        for text in [
            "",
            "{}",
            "[]",
            "accountId,name",
            "1,2\n3,4",
            "hello",
            r#"{"Records":[]}"#,
            r#"[{"id":"111122223333"}]"#,
        ] {
            assert_eq!(account_names(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail(text in any::<Vec<u8>>()) {
            let _ = account_names(&text);
        }
    }
}
