//! Names of services and of accounts, as they are shown.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Same;
use crate::display::shown;
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

/// Account ids with the names a person gave in a list of their own.
pub type Names = Same<BTreeMap<String, String>>;

/// An account as it is shown: a known name goes first, the id never goes.
pub fn named(names: &BTreeMap<String, String>, account: &str) -> String {
    names.get(account).map_or_else(|| account.to_owned(), |name| format!("{name} {account}"))
}
