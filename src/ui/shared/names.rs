//! Names of accounts, beside their ids.

use std::collections::BTreeMap;

use super::Same;

/// Account ids with the names a person gave in a list of their own.
pub type Names = Same<BTreeMap<String, String>>;

/// An account as it is shown: a known name goes first, the id never goes.
pub fn named(names: &BTreeMap<String, String>, account: &str) -> String {
    names.get(account).map_or_else(|| account.to_owned(), |name| format!("{name} {account}"))
}
