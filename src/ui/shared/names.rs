//! Names of services and of accounts, as they are shown.

use std::borrow::Cow;

use super::Same;
use super::mask::shown;
use crate::services::{self, ServiceNames};

/// The names of the service behind an `eventSource`. An unlisted one is called what the log says, so
/// controls in it are made visible.
pub fn service(source: &str) -> ServiceNames {
    let names = services::service(source);
    ServiceNames { name: seen(names.name), short: seen(names.short), monogram: seen(names.monogram) }
}

fn seen(name: Cow<'static, str>) -> Cow<'static, str> {
    let changed = match shown(&name) {
        Cow::Borrowed(_) => None,
        Cow::Owned(seen) => Some(seen),
    };
    changed.map_or(name, Cow::Owned)
}

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
