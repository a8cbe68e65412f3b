//! What stands beside the logs: lists of accounts, and names of files.

use trailscope::ingest::{account_names, delivery_time, origin};

/// Reads the bytes as a list of accounts, and as a path.
pub fn run(data: &[u8]) {
    for (id, name) in account_names(data).unwrap_or_default() {
        assert!(is_account(&id) && !name.is_empty(), "{id:?} {name:?}");
    }
    let path = String::from_utf8_lossy(data);
    let (account, region) = origin(&path);
    assert!(account.is_some() || region.is_none());
    assert!(account.is_none_or(|account| is_account(&account) && path.contains(&account)));
    assert!(region.is_none_or(|region| path.contains(&region)));
    assert!(delivery_time(&path).is_none_or(|time| time.ends_with('Z') && path.contains(time)));
}

fn is_account(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())
}
