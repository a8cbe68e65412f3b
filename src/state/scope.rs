//! What waits to be read, by account, Region and day, so that a reader can leave parts of it out.
//!
//! All of it is read off the S3 keys: nothing has been opened yet.

use crate::ingest::{delivery_time, origin};
use crate::sorting::sort_by;

/// What a file's key tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trait {
    /// The account it was logged for.
    Account,
    /// The Region.
    Region,
    /// The day of delivery, `2023-07-10`.
    Day,
}

impl Trait {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Account, Self::Region, Self::Day];
}

/// The files that share an account, a Region or a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The value; empty for files whose key has none.
    pub value: String,
    /// How many files.
    pub files: u64,
    /// Their bytes as dropped.
    pub bytes: u64,
}

/// What waits, and what of it is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    files: Vec<([String; 3], u64)>,
    left_out: Vec<(Trait, String)>,
}

impl Scope {
    /// Of files by path and size.
    #[must_use]
    pub fn of(files: &[(String, u64)]) -> Self {
        let files = files.iter().map(|(path, size)| (traits(path), *size)).collect();
        Self { files, left_out: Vec::new() }
    }

    /// The parts there are, in the order of their values.
    #[must_use]
    pub fn parts(&self, by: Trait) -> Vec<Part> {
        let mut files: Vec<(&str, u64)> =
            self.files.iter().map(|(traits, size)| (traits[by as usize].as_str(), *size)).collect();
        sort_by(&mut files, |one, other| one.0.cmp(other.0));
        let part = |files: &[(&str, u64)]| Part {
            value: files.first().map(|(value, _)| (*value).to_owned()).unwrap_or_default(),
            files: files.len() as u64,
            bytes: files.iter().map(|(_, size)| size).sum(),
        };
        files.chunk_by(|one, other| one.0 == other.0).map(part).collect()
    }

    /// Whether a part is to be read.
    #[must_use]
    pub fn is_in(&self, by: Trait, value: &str) -> bool {
        !self.left_out.iter().any(|(other, name)| *other == by && name == value)
    }

    /// Leaves a part out, or takes it in again.
    pub fn toggle(&mut self, by: Trait, value: &str) {
        match self.left_out.iter().position(|(other, name)| *other == by && name == value) {
            Some(place) => drop(self.left_out.swap_remove(place)),
            None => self.left_out.push((by, value.to_owned())),
        }
    }

    /// Whether a file is to be read: none of its parts is left out.
    #[must_use]
    pub fn wants(&self, path: &str) -> bool {
        self.wants_traits(&traits(path))
    }

    fn wants_traits(&self, traits: &[String; 3]) -> bool {
        Trait::ALL.into_iter().all(|by| self.is_in(by, &traits[by as usize]))
    }

    /// Files and bytes that are to be read.
    #[must_use]
    pub fn wanted(&self) -> (u64, u64) {
        let wanted = self.files.iter().filter(|(traits, _)| self.wants_traits(traits));
        wanted.fold((0, 0), |(files, bytes), (_, size)| (files + 1, bytes + size))
    }

    /// Files and bytes that wait.
    #[must_use]
    pub fn waiting(&self) -> (u64, u64) {
        (self.files.len() as u64, self.files.iter().map(|(_, size)| size).sum())
    }
}

/// What a path tells: account, Region, day; empty where it tells nothing.
fn traits(path: &str) -> [String; 3] {
    let (account, region) = origin(path);
    [account, region, day(path)].map(Option::unwrap_or_default)
}

/// The day of delivery in a file's name, `2023-07-10`.
pub(super) fn day(path: &str) -> Option<String> {
    let time = delivery_time(path)?;
    Some(format!("{}-{}-{}", time.get(..4)?, time.get(4..6)?, time.get(6..8)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(account: &str, region: &str, day: u8) -> (String, u64) {
        let name = format!("{account}_CloudTrail_{region}_202307{day:02}T1145Z_7xgocspSowgK0Gto.json.gz");
        (format!("AWSLogs/{account}/CloudTrail/{region}/2023/07/{day:02}/{name}"), 10)
    }

    #[test]
    fn parts_add_up_and_what_is_left_out_is_not_wanted() {
        let files = [
            key("111122223333", "us-east-1", 9),
            key("111122223333", "eu-west-1", 9),
            key("777788889999", "us-east-1", 10),
            ("notes.txt".to_owned(), 5),
        ];
        let mut scope = Scope::of(&files);
        let values =
            |scope: &Scope, by| scope.parts(by).into_iter().map(|p| (p.value, p.files)).collect::<Vec<_>>();
        assert_eq!(
            values(&scope, Trait::Day),
            [("".into(), 1), ("2023-07-09".into(), 2), ("2023-07-10".into(), 1)]
        );
        assert_eq!(values(&scope, Trait::Account).len(), 3);
        assert_eq!((scope.waiting(), scope.wanted()), ((4, 35), (4, 35)));
        scope.toggle(Trait::Region, "us-east-1");
        assert_eq!(scope.wanted(), (2, 15));
        assert!(!scope.wants(&files[0].0) && scope.wants(&files[1].0) && scope.wants("notes.txt"));
        scope.toggle(Trait::Region, "us-east-1");
        assert_eq!(scope.wanted(), (4, 35));
    }
}
