//! A check from the files of a set to its report, in steps that are short enough to give way between.

use super::chain::{self, Check};
use super::digest::{Digest, ListedLog};
use super::document::{Found, recognise};
use super::keys::ListedKey;
use super::lake::LakeSignature;
use super::name::{file_key, is_elsewhere};
use crate::protocol::{Evidence, FileEvidence, IntegrityReport, Sha256Sum};
use crate::sorting::sort_by;

/// Files that are missing are listed up to this many; all are counted.
const MOST_MISSING: usize = 5_000;

/// Keys at most: AWS has a few for each Region and year.
const MOST_KEYS: usize = 2_000;

/// Files of one name that a listed log file is looked for in, and of one content: more are not honest.
const MOST_NAMED: usize = 256;
const MOST_ALIKE: usize = 8;

/// One check.
#[derive(Default)]
pub struct Case {
    pub(super) run: u32,
    pub(super) bytes: u64,
    pub(super) files: Vec<FileEvidence>,
    /// Places of files in the order of [`file_key`], and in that of their content.
    by_name: Vec<usize>,
    by_content: Vec<usize>,
    /// Places of digest files in the order of their S3 keys, once all are read.
    by_object: Vec<usize>,
    /// Files whose documents have been read.
    read: usize,
    pub(super) keys: Vec<ListedKey>,
    pub(super) digests: Vec<Digest>,
    /// Files that are exact copies of a digest file.
    pub(super) copies: Vec<(usize, usize)>,
    /// Files that should be digest or signature files and can't be used, and why.
    pub(super) broken: Vec<(usize, String)>,
    /// Files that are the metadata of an S3 object, with the signature in it.
    pub(super) metadata: Vec<(usize, Vec<u8>)>,
    pub(super) lake: Vec<LakeSignature>,
    /// What digest files say of files of the set.
    pub(super) listings: Vec<Listing>,
    /// What digest files list that is not in the set: the digest file and the S3 key.
    pub(super) missing: Vec<(usize, String)>,
    /// Hashes that lacked zeros in front, and that could not be read at all.
    pub(super) padded: u64,
    pub(super) unread_hashes: u64,
    pub(super) checks: Vec<Check>,
    verified: Option<usize>,
}

/// A file of the set, as a digest file lists it.
pub(super) struct Listing {
    pub file: usize,
    pub digest: usize,
    /// The hash it must have.
    pub sum: Sha256Sum,
    /// Whether it has it.
    pub fits: bool,
    /// Whether its name or its folder is another.
    pub is_elsewhere: bool,
    /// Its S3 key, where it is known by its content only.
    pub object: String,
}

impl Case {
    /// Without files yet.
    #[must_use]
    pub fn new(run: u32) -> Self {
        Self { run, ..Self::default() }
    }

    /// Takes what a shard found. All files must be in before the first step.
    pub fn add(&mut self, evidence: Evidence) {
        self.bytes += evidence.bytes;
        self.files.extend(evidence.files);
    }

    /// The next step: a document, or a signature. False when nothing is left to do.
    pub fn step(&mut self) -> bool {
        if self.read == 0 {
            self.sort_files();
        }
        if self.read < self.files.len() {
            self.read_document(self.read);
            self.read += 1;
            return true;
        }
        let Some(verified) = self.verified else {
            let digests = &self.digests;
            self.by_object = (0..digests.len()).collect();
            sort_by(&mut self.by_object, |one, other| digests[*one].object.cmp(&digests[*other].object));
            self.checks = chain::checks(self);
            self.verified = Some(0);
            return true;
        };
        let Some(check) = self.checks.get_mut(verified) else { return false };
        check.holds = self
            .keys
            .get(check.key)
            .and_then(|listed| listed.key.as_ref())
            .is_some_and(|key| key.verifies(&check.sum, &check.signature));
        self.verified = Some(verified + 1);
        true
    }

    /// What it came to, once no step is left.
    #[must_use]
    pub fn report(self) -> IntegrityReport {
        super::judge::report(&self)
    }

    fn sort_files(&mut self) {
        let files = &mut self.files;
        // Shards answer in any order; the verdict must not depend on it.
        sort_by(files, |one, other| (one.source, one.entry).cmp(&(other.source, other.entry)));
        self.by_name = (0..files.len()).collect();
        self.by_content = self.by_name.clone();
        sort_by(&mut self.by_name, |one, other| {
            file_key(&files[*one].name).cmp(file_key(&files[*other].name))
        });
        sort_by(&mut self.by_content, |one, other| files[*one].content.cmp(&files[*other].content));
    }

    /// The files with this name, folders left out.
    pub(super) fn named(&self, object: &str) -> &[usize] {
        let key = file_key(object);
        let of = |place: &usize| file_key(&self.files[*place].name);
        let from = self.by_name.partition_point(|place| of(place) < key);
        let to = self.by_name.partition_point(|place| of(place) <= key);
        &self.by_name[from..to]
    }

    /// The files with this content.
    fn with_content(&self, sum: &Sha256Sum) -> &[usize] {
        let of = |place: &usize| self.files[*place].content.as_ref();
        let from = self.by_content.partition_point(|place| of(place) < Some(sum));
        let to = self.by_content.partition_point(|place| of(place) <= Some(sum));
        &self.by_content[from..to]
    }

    fn read_document(&mut self, place: usize) {
        let file = &mut self.files[place];
        let Some(text) = file.document.take() else { return };
        match recognise(&file.name, &text) {
            Found::Other => {}
            Found::Keys(keys) => {
                self.keys.extend(keys);
                self.keys.truncate(MOST_KEYS);
            }
            Found::Metadata(signature) => self.metadata.push((place, signature)),
            Found::Lake => match LakeSignature::read(place, &text) {
                Ok(signature) => self.lake.push(signature),
                Err(why) => self.broken.push((place, why)),
            },
            Found::Digest => match Digest::read(&text) {
                Ok((digest, logs)) => self.add_digest(place, digest, &logs),
                Err(why) => self.broken.push((place, why)),
            },
        }
    }

    fn add_digest(&mut self, place: usize, mut digest: Digest, logs: &[ListedLog]) {
        digest.file = place;
        digest.sum = self.files[place].content.unwrap_or_default();
        // Of files with the same content the first stands first, and digest files are in the order of files.
        let first = self.with_content(&digest.sum).first().filter(|first| **first < place);
        let of_file = |first: &usize| self.digests.binary_search_by_key(first, |one| one.file).ok();
        if let Some(original) = first.and_then(of_file) {
            self.copies.push((place, original));
            return;
        }
        let number = self.digests.len();
        for log in logs {
            self.padded += u64::from(log.is_padded);
            match log.sum {
                Some(sum) => digest.missing += u64::from(!self.list(number, &log.object, sum)),
                None => self.unread_hashes += 1,
            }
        }
        self.digests.push(digest);
    }

    /// Finds the files that a listed log file is. False where there is none.
    fn list(&mut self, digest: usize, object: &str, sum: Sha256Sum) -> bool {
        let mut found: Vec<Listing> = Vec::new();
        let listing = |file: usize, fits: bool| Listing {
            file,
            digest,
            sum,
            fits,
            is_elsewhere: is_elsewhere(&self.files[file].name, object),
            object: String::new(),
        };
        found.extend(
            self.named(object)
                .iter()
                .take(MOST_NAMED)
                .map(|&file| listing(file, self.files[file].content == Some(sum))),
        );
        if found.is_empty() {
            // Under another name, then: the content tells.
            let same = self.with_content(&sum).iter().take(MOST_ALIKE);
            found.extend(same.map(|&file| Listing { object: object.to_owned(), ..listing(file, true) }));
        }
        let any = !found.is_empty();
        if !any && self.missing.len() < MOST_MISSING {
            self.missing.push((digest, object.to_owned()));
        }
        self.listings.extend(found);
        any
    }

    /// The digest files with this S3 key.
    pub(super) fn with_object(&self, object: &str) -> &[usize] {
        let of = |place: &usize| self.digests[*place].object.as_str();
        let from = self.by_object.partition_point(|place| of(place) < object);
        let to = self.by_object.partition_point(|place| of(place) <= object);
        &self.by_object[from..to]
    }

    /// The key with this fingerprint that was valid then; why there is none otherwise.
    pub(super) fn key_for(&self, fingerprint: &str, at_ms: Option<i64>) -> Result<usize, &'static str> {
        let mut named = (0..self.keys.len())
            .filter(|&place| self.keys[place].fingerprint == fingerprint && self.keys[place].key.is_some());
        let Some(first) = named.next() else { return Err("is not in this set") };
        let valid = |place: &usize| at_ms.is_none_or(|ms| self.keys[*place].is_valid_at(ms));
        if valid(&first) { Ok(first) } else { named.find(valid).ok_or("was not valid at that time") }
    }
}
