//! The sample trail: three days of a small company's two accounts, made up by this project.
//!
//! A responder can follow it. Benjamin's long-term key leaks (Monday evening). Somebody abroad tries
//! it out on Tuesday at night, opens a session of `ci-deploy`, with it one of `messaging-admin`, and
//! from there lets an outside account read the orders queue, makes a broker's user, shares a database
//! snapshot, creates a key that stays, and stops the trail. In the morning root starts it again, and
//! a colleague cleans up. Around it runs the everyday work of every service the page knows best.
//!
//! It is deterministic, and all ids are of the kind that AWS sets aside for documentation.

//!
//! Pages carry it as a file that is read when somebody asks for the sample (`static/sample.gz`): what
//! makes it up would be a fiftieth of the download. A test holds the file to it.

#[cfg(test)]
mod actor;
#[cfg(test)]
mod call;
#[cfg(test)]
mod daily;
#[cfg(test)]
mod files;
#[cfg(test)]
mod incident;
#[cfg(test)]
mod json;
#[cfg(test)]
mod random;
#[cfg(test)]
mod seeds;
#[cfg(test)]
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
#[cfg(test)]
#[must_use]
pub fn sample_trail() -> Vec<SampleFile> {
    let mut trail = trail::Trail::new();
    daily::write(&mut trail);
    seeds::write(&mut trail);
    incident::write(&mut trail);
    files::pack(trail)
}

/// Files one after another: the lengths of path and bytes, each in four bytes with the lowest first, then both. The
/// page has it in gzip.
#[cfg(test)]
fn packed(files: &[SampleFile]) -> Vec<u8> {
    let mut out = Vec::new();
    for SampleFile { path, bytes } in files {
        for part in [path.len(), bytes.len()] {
            out.extend(u32::try_from(part).unwrap().to_le_bytes());
        }
        out.extend(path.as_bytes());
        out.extend(bytes);
    }
    out
}

/// The files in the inflated `static/sample.gz`, as far as it goes.
#[must_use]
pub fn unpacked(mut bytes: &[u8]) -> Vec<SampleFile> {
    fn next<'b>(bytes: &mut &'b [u8]) -> Option<(&'b [u8], &'b [u8])> {
        let path = u32::from_le_bytes(*bytes.split_off(..4)?.as_array()?);
        let size = u32::from_le_bytes(*bytes.split_off(..4)?.as_array()?);
        Some((bytes.split_off(..path as usize)?, bytes.split_off(..size as usize)?))
    }
    let mut files = Vec::new();
    while let Some((path, bytes)) = next(&mut bytes) {
        files.push(SampleFile { path: String::from_utf8_lossy(path).into_owned(), bytes: bytes.to_vec() });
    }
    files
}

/// The company's account with queues, brokers and databases.
#[cfg(test)]
const PRODUCTION: &str = "111122223333";
/// Its account for apps, plants and people.
#[cfg(test)]
const WORKSHOP: &str = "444455556666";
/// Nobody's they know.
#[cfg(test)]
const OUTSIDE: &str = "777788889999";

#[cfg(test)]
mod tests;

/// What the sample trail holds, for whoever decides to open it.
pub const DESCRIPTION: &str = "412 events over 3 days from 2 accounts";
