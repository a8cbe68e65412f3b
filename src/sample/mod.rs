//! The sample trail: three days of a small company's two accounts, made up by this project.
//!
//! A responder can follow it. Benjamin's long-term key leaks (Monday evening). Somebody abroad tries
//! it out on Tuesday at night, opens a session of `ci-deploy`, with it one of `messaging-admin`, and
//! from there lets an outside account read the orders queue, makes a broker's user, shares a database
//! snapshot, creates a key that stays, and stops the trail. In the morning root starts it again, and
//! a colleague cleans up. Around it runs the everyday work of every service the page knows best.
//!
//! It is deterministic, and all ids are of the kind that AWS sets aside for documentation.

mod actor;
mod call;
mod daily;
mod files;
mod incident;
mod json;
mod random;
mod seeds;
mod trail;

/// One file of the sample, as if it lay in the trail's bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// Its key: `AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/09/….json.gz`.
    pub path: String,
    /// Its bytes, compressed where the name says so.
    pub bytes: Vec<u8>,
}

/// The whole sample: compressed log files, one plain twin of one of them, one digest file, in the
/// order of their paths. Some events stand in two files, as trails that overlap deliver them.
#[must_use]
pub fn sample_trail() -> Vec<SampleFile> {
    let mut trail = trail::Trail::new();
    daily::write(&mut trail);
    seeds::write(&mut trail);
    incident::write(&mut trail);
    files::pack(trail)
}

/// The company's account with queues, brokers and databases.
const PRODUCTION: &str = "111122223333";
/// Its account for apps, plants and people.
const WORKSHOP: &str = "444455556666";
/// Nobody's they know.
const OUTSIDE: &str = "777788889999";

#[cfg(test)]
mod tests;

/// What the sample trail holds, for whoever decides to open it.
pub const DESCRIPTION: &str = "412 events over 3 days from 2 accounts";
