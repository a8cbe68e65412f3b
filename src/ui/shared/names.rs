//! Names of accounts, beside their ids.

use super::Same;

/// Account ids, ascending, with the names a person gave in a list of their own.
pub type Names = Same<Vec<(String, String)>>;

/// An account as it is shown: a known name goes first, the id never goes.
pub fn named(names: &[(String, String)], account: &str) -> String {
    name_of(names, account).map_or_else(|| account.to_owned(), |name| format!("{name} {account}"))
}

/// The name of an account, where one was given.
pub fn name_of<'a>(names: &'a [(String, String)], account: &str) -> Option<&'a str> {
    let place = names.binary_search_by(|(other, _)| other.as_str().cmp(account)).ok()?;
    names.get(place).map(|(_, name)| name.as_str())
}
