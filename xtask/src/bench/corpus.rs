//! Corpora on disk: the same bytes from the same parameters, made once.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use super::{random::Random, record::Records, zip::Zip};
use crate::{
    command::say,
    digest::{hex, short},
};

/// Where corpora are kept.
pub const FOLDER: &str = "target/bench";

/// Of copies: an event that is one repeats the event this many before it, which lies in another file.
const COPY_DISTANCE: u64 = 4_999;

/// How events are put into files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As CloudTrail delivers: a tree of `.json.gz`, each with this many events.
    Delivered(u64),
    /// One `.ndjson.gz`.
    Lines,
    /// One zip of `.json` files, each with this many events.
    Zip(u64),
}

/// The parameters of a corpus.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Its name, in the table and on disk.
    pub name: &'static str,
    pub shape: Shape,
    /// Records in all, copies counted.
    pub records: u64,
    /// Of a hundred records, how many are copies of earlier ones.
    pub copies: u64,
}

/// A corpus on disk.
#[derive(Clone, Debug)]
pub struct Corpus {
    pub spec: Spec,
    /// The one file, or the folder of all.
    pub path: PathBuf,
    pub files: u64,
    /// Bytes of the files.
    pub packed: u64,
    /// Bytes of JSON in them.
    pub json: u64,
    /// Records that are copies.
    pub copies: u64,
}

impl Spec {
    /// The event that a record holds; another one than its own where it is a copy.
    fn event(&self, record: u64) -> u64 {
        let mut event = record;
        while self.copies > 0
            && event >= COPY_DISTANCE
            && Random::of(SEED ^ 0xc0_71e5, event).below(100) < self.copies
        {
            event -= COPY_DISTANCE;
        }
        event
    }

    /// Changes with the parameters and with what is written for them.
    fn stamp(&self) -> String {
        let mut text = format!("{self:?}").into_bytes();
        let records = Records::new(SEED, self.records);
        text.extend(self.file(&records, 0, 1_001));
        short(&text)
    }

    /// Makes the corpus, unless it is there.
    pub fn make(self) -> Result<Corpus> {
        let folder = Path::new(FOLDER).join(format!("{}-{}", self.name, self.records));
        let (note, stamp) = (folder.join("corpus.json"), self.stamp());
        let known = fs::read(&note).ok().and_then(|text| serde_json::from_slice::<Value>(&text).ok());
        if let Some(known) = known.filter(|known| known["stamp"] == stamp.as_str()) {
            return self.noted(&folder, &known).context("target/bench has a corpus.json that is none");
        }
        say(format!("Making the corpus {} of {} records", self.name, self.records));
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let (files, json) = match self.shape {
            Shape::Delivered(each) => self.delivered(&folder.join("AWSLogs"), each)?,
            Shape::Lines => (1, self.lines(&folder.join("trail.ndjson.gz"))?),
            Shape::Zip(each) => (1, self.zip(&folder.join("trail.zip"), each)?),
        };
        let copies = (0..self.records).filter(|&record| self.event(record) != record).count();
        let value = json!({ "stamp": stamp, "files": files, "json": json, "copies": copies, "packed": size(&folder)? });
        fs::write(note, value.to_string())?;
        self.noted(&folder, &value).context("the corpus is incomplete")
    }

    fn noted(self, folder: &Path, note: &Value) -> Option<Corpus> {
        let number = |name: &str| note[name].as_u64();
        let path = folder.join(match self.shape {
            Shape::Delivered(_) => "AWSLogs",
            Shape::Lines => "trail.ndjson.gz",
            Shape::Zip(_) => "trail.zip",
        });
        let (files, packed, json) = (number("files")?, number("packed")?, number("json")?);
        Some(Corpus { spec: self, path, files, packed, json, copies: number("copies")? })
    }

    /// The text of a log file with these records.
    fn file(&self, records: &Records, from: u64, each: u64) -> Vec<u8> {
        let mut text = br#"{"Records":["#.to_vec();
        for record in from..(from + each).min(self.records) {
            if record > from {
                text.push(b',');
            }
            records.write(self.event(record), &mut text);
        }
        // CloudTrail writes no line feed there; grep, for one, needs it to be any good.
        text.extend_from_slice(b"]}\n");
        text
    }

    /// Gives the number of files and the bytes of JSON.
    fn delivered(&self, folder: &Path, each: u64) -> Result<(u64, u64)> {
        let (records, files) = (Records::new(SEED, self.records), self.records.div_ceil(each));
        let (next, json, failed) = (AtomicU64::new(0), AtomicU64::new(0), Mutex::new(None));
        let work = || -> Result<()> {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                if at >= files {
                    return Ok(());
                }
                let text = self.file(&records, at * each, each);
                json.fetch_add(text.len() as u64, Ordering::Relaxed);
                let path = folder.join(delivered_name(&records, at, at * each));
                fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
                let mut packed = GzEncoder::new(Vec::new(), Compression::default());
                packed.write_all(&text)?;
                fs::write(path, packed.finish()?)?;
            }
        };
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
                scope.spawn(|| {
                    if let Err(error) = work()
                        && let Ok(mut failed) = failed.lock()
                    {
                        *failed = Some(error);
                    }
                });
            }
        });
        match failed.into_inner() {
            Ok(Some(error)) => Err(error.context("writing the corpus")),
            _ => Ok((files, json.into_inner())),
        }
    }

    fn lines(&self, path: &Path) -> Result<u64> {
        let records = Records::new(SEED, self.records);
        let mut packed = GzEncoder::new(BufWriter::new(File::create(path)?), Compression::default());
        let (mut text, mut json) = (Vec::new(), 0);
        for record in 0..self.records {
            records.write(self.event(record), &mut text);
            text.push(b'\n');
            if text.len() > 1 << 20 || record + 1 == self.records {
                packed.write_all(&text)?;
                json += text.len() as u64;
                text.clear();
            }
        }
        packed.finish()?.into_inner().context("writing the corpus")?;
        Ok(json)
    }

    fn zip(&self, path: &Path, each: u64) -> Result<u64> {
        let records = Records::new(SEED, self.records);
        let mut zip = Zip::new(BufWriter::new(File::create(path)?));
        let mut json = 0;
        for at in 0..self.records.div_ceil(each) {
            let text = self.file(&records, at * each, each);
            json += text.len() as u64;
            zip.add(delivered_name(&records, at, at * each).trim_end_matches(".gz"), &text)?;
        }
        zip.finish()?;
        Ok(json)
    }
}

/// The seed of all corpora.
const SEED: u64 = 20_260_301;

/// Where CloudTrail would put a file that begins with this event.
fn delivered_name(records: &Records, file: u64, event: u64) -> String {
    let (account, region) = records.place(event);
    let day = records.time(event) / 86_400 - records.time(0) / 86_400 + 1;
    let minutes = records.time(event) % 86_400 / 300 * 5;
    let unique = hex(&Random::of(SEED, (1 << 50) | file).next().to_be_bytes());
    format!(
        "{account}/CloudTrail/{region}/2026/03/{day:02}/{account}_CloudTrail_{region}_202603{day:02}T{:02}{:02}Z_{unique}.json.gz",
        minutes / 60,
        minutes % 60,
    )
}

/// Bytes of all files below a folder.
fn size(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        sum += if about.is_dir() { size(&entry.path())? } else { about.len() };
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Spec = Spec { name: "test", shape: Shape::Delivered(100), records: 20_000, copies: 20 };

    #[test]
    fn one_in_five_is_a_copy_of_an_event_in_another_file() {
        let copies = (0..20_000).filter(|&record| SMALL.event(record) != record).count();
        assert!((2_600..3_400).contains(&copies), "{copies}");
        for record in (0..20_000).filter(|&record| SMALL.event(record) != record) {
            let original = SMALL.event(record);
            assert_eq!(SMALL.event(original), original);
            assert_ne!(original / 100, record / 100);
        }
    }

    #[test]
    fn the_stamp_follows_the_parameters() {
        let others = [
            Spec { name: "other", ..SMALL },
            Spec { shape: Shape::Lines, ..SMALL },
            Spec { records: 20_001, ..SMALL },
            Spec { copies: 0, ..SMALL },
        ];
        assert_eq!(SMALL.stamp(), SMALL.stamp());
        others.iter().for_each(|other| assert_ne!(SMALL.stamp(), other.stamp(), "{other:?}"));
    }

    #[test]
    fn names_are_those_of_deliveries_and_in_order() {
        let records = Records::new(SEED, 20_000);
        let names: Vec<String> = (0..200).map(|file| delivered_name(&records, file, file * 100)).collect();
        assert!(names.iter().all(|name| name.contains("_CloudTrail_") && name.ends_with(".json.gz")));
        let times: Vec<&str> = names.iter().filter_map(|name| name.rsplit('_').nth(1)).collect();
        assert_eq!(times.len(), 200);
        assert!(times.is_sorted(), "{times:?}");
    }

    #[test]
    fn a_file_holds_its_records() {
        let records = Records::new(SEED, 20_000);
        let text = SMALL.file(&records, 19_950, 100);
        let value: Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(value["Records"].as_array().unwrap().len(), 50);
    }
}
