//! Names of accounts, as a person has them beside the logs: a list of `accountId,name`, or what
//! `aws organizations list-accounts` prints.

use super::records::csv::{cells, separator_of};
use super::utf16;
use crate::json::{Document, Kind, Value};

/// A list of accounts is small; nothing larger is looked at.
pub const MOST_BYTES: usize = 4 << 20;

/// Keys and column heads that hold the id, and those that hold the name, folded by [`fold`].
const ID: [&str; 4] = ["accountid", "id", "account", "awsaccountid"];
const NAME: [&str; 4] = ["name", "accountname", "alias", "accountalias"];

/// Account ids with their names, if the text is such a list and nothing else. Lines that hold no account
/// are left out, unless most are such.
#[must_use]
pub fn account_names(text: &[u8]) -> Option<Vec<(String, String)>> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let decoded;
    let text = match utf16::order(text) {
        None => text,
        Some(order) => {
            decoded = utf16::decode(text, order);
            &decoded
        }
    };
    let text = std::str::from_utf8(text).ok()?.trim_start_matches('\u{feff}');
    let names = match Document::parse(pasted(text).as_bytes()) {
        Ok(document) => from_json(document.root()),
        Err(_) => from_lines(text),
    };
    names.filter(|names| !names.is_empty())
}

/// What the command printed, without the prompts around it.
fn pasted(text: &str) -> &str {
    let start = text.find('{').filter(|at| text[*at..].contains("\"Accounts\"")).unwrap_or(0);
    let end = text.rfind('}').filter(|_| start > 0).map_or(text.len(), |at| at + 1);
    text.get(start..end).unwrap_or(text)
}

fn from_json(root: Value<'_>) -> Option<Vec<(String, String)>> {
    let list = root.get_loose("Accounts").unwrap_or(root);
    let (mut names, mut all) = (Vec::new(), 0);
    for child in list.children() {
        names.extend(match (list.kind(), child.kind()) {
            (Kind::Array, Kind::Array) => {
                let mut cells = child.children().map(|cell| cell.as_str().unwrap_or_default());
                pair(&cells.next().unwrap_or_default(), &cells.next().unwrap_or_default())
            }
            (Kind::Array, _) => from_object(child),
            // `{"111122223333": "prod"}`
            _ => child.as_str().and_then(|name| pair(&child.key(), &name)),
        });
        all += 1;
    }
    most(names, all)
}

/// The names, if they are what the list is about.
fn most(names: Vec<(String, String)>, all: usize) -> Option<Vec<(String, String)>> {
    (names.len() * 2 > all).then_some(names)
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
    let first = lines.peek()?.as_bytes();
    let separator = separator_of(first);
    let head = cells(first, separator);
    let column = |keys: [&str; 4]| head.iter().position(|cell| keys.contains(&fold(cell).as_str()));
    let (id, name) = match (column(ID), column(NAME)) {
        (Some(id), Some(name)) => {
            lines.next();
            (id, name)
        }
        _ => (0, 1),
    };
    let (mut names, mut all) = (Vec::new(), 0);
    for line in lines {
        let cells = cells(line.as_bytes(), separator);
        names.extend(cells.get(id).zip(cells.get(name)).and_then(|(id, name)| pair(id, name)));
        all += 1;
    }
    most(names, all)
}

fn pair(id: &str, name: &str) -> Option<(String, String)> {
    let (id, name) = (id.trim().replace('-', ""), name.trim());
    let is_id = id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit());
    (is_id && !name.is_empty()).then(|| (id, name.to_owned()))
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
        let utf16: Vec<u8> = "\u{feff}id,name\n111122223333,prod\n777788889999,dev"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(account_names(&utf16), Some(expected.clone()));
        for (text, name) in [
            ("111122223333,\"Prod, main\"", "Prod, main"),
            (
                "id,name\n111122223333,\"the \"\"old\"\" one\"\nno account\n222233334444,x\n",
                "the \"old\" one",
            ),
            ("1111-2222-3333\tprod", "prod"),
            (r#"[["111122223333","prod"]]"#, "prod"),
            (
                "$ aws organizations list-accounts\n{\"Accounts\":[{\"Id\":\"111122223333\",\"Name\":\"prod\"}]}\n$ ",
                "prod",
            ),
        ] {
            let first = account_names(text.as_bytes()).and_then(|names| names.into_iter().next());
            assert_eq!(first, Some(("111122223333".to_owned(), name.to_owned())), "{text}");
        }
        for text in [
            "",
            "a,b\nc,d\n111122223333,x",
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
