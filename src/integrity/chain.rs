//! Digest files among each other: hash links, signatures, and what follows for each of them.

use super::case::Case;
use super::digest::Digest;
use super::name::is_elsewhere;
use super::words;
use crate::protocol::{IntegrityVerdict as Verdict, Sha256Sum};
use crate::sorting::sort_by;

/// Digest files that name the same one as before them are compared up to this many: real ones are one.
const MOST_FOLLOWERS: usize = 8;

/// Signatures of metadata are tried on digest files without one up to this many times.
const MOST_TRIES: usize = 4_096;

/// A signature to verify.
pub struct Check {
    pub of: Signed,
    pub by: By,
    /// The key, among those of the case.
    pub key: usize,
    /// SHA-256 of what is signed.
    pub sum: Sha256Sum,
    pub signature: Vec<u8>,
    /// Whether it holds, once it has been verified.
    pub holds: bool,
}

/// What is signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    Digest(usize),
    Lake(usize),
}

/// Where a signature stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// In the digest file that follows.
    Next(usize),
    /// In metadata of an S3 object, by its place in the case.
    Metadata(usize),
    /// In the file itself.
    Itself,
}

/// Digest files in the order of the S3 key they name as before them.
pub struct Followers(Vec<usize>);

impl Followers {
    pub fn new(digests: &[Digest]) -> Self {
        let mut order: Vec<usize> =
            (0..digests.len()).filter(|&place| digests[place].previous.is_some()).collect();
        sort_by(&mut order, |one, other| before(&digests[*one]).cmp(before(&digests[*other])));
        Self(order)
    }

    /// Those that name this one as before them.
    pub fn of<'f>(
        &'f self,
        digests: &'f [Digest],
        digest: &'f Digest,
    ) -> impl Iterator<Item = usize> + use<'f> {
        let from = self.0.partition_point(|&place| before(&digests[place]) < digest.object.as_str());
        let rest = self.0[from..].iter().copied();
        rest.take_while(|&place| before(&digests[place]) == digest.object)
            .filter(|&place| digests[place].previous.as_ref().is_some_and(|one| one.bucket == digest.bucket))
            .take(MOST_FOLLOWERS)
    }
}

fn before(digest: &Digest) -> &str {
    digest.previous.as_ref().map_or("", |previous| &previous.object)
}

/// The signatures that can be verified with what is in the set.
pub fn checks(case: &Case) -> Vec<Check> {
    let mut checks = Vec::new();
    let followers = Followers::new(&case.digests);
    let mut tries = 0;
    for (place, digest) in case.digests.iter().enumerate() {
        let Ok(key) = case.key_for(&digest.fingerprint, signed_at(digest)) else { continue };
        let mut check = |by: By, signature: &[u8]| {
            let signature = signature.to_vec();
            checks.push(Check {
                of: Signed::Digest(place),
                by,
                key,
                sum: digest.signed_sum(),
                signature,
                holds: false,
            });
        };
        let mut any = false;
        for next in followers.of(&case.digests, digest) {
            let previous = case.digests[next].previous.as_ref();
            if let Some(signature) = previous.and_then(|previous| previous.signature.as_ref()) {
                any = true;
                check(By::Next(next), signature);
            }
        }
        if !any {
            for (number, (_, signature)) in case.metadata.iter().enumerate().take(MOST_TRIES - tries) {
                tries += 1;
                check(By::Metadata(number), signature);
            }
        }
    }
    for (place, lake) in case.lake.iter().enumerate() {
        if let Ok(key) = case.key_for(&lake.fingerprint, None) {
            let (sum, signature) = (lake.signed_sum, lake.signature.clone());
            checks.push(Check { of: Signed::Lake(place), by: By::Itself, key, sum, signature, holds: false });
        }
    }
    checks
}

/// When a digest file was signed, as far as it says: a backfill is signed much later than its hour.
fn signed_at(digest: &Digest) -> Option<i64> {
    (!digest.chain.kind.contains("backfill")).then_some(digest.to_ms)
}

/// What is found of one digest file.
#[derive(Clone)]
pub struct Judged {
    /// What its content is worth: what it lists is worth as much.
    pub worth: Verdict,
    /// What is said of it: where it stands counts too.
    pub verdict: Verdict,
    pub evidence: String,
}

/// What is found of every digest file. The newest is judged first, for what one says of the one before it
/// counts only while it is not altered itself.
pub fn judge(case: &Case) -> Vec<Judged> {
    let digests = &case.digests;
    let followers = Followers::new(digests);
    let mut order: Vec<usize> = (0..digests.len()).collect();
    sort_by(&mut order, |one, other| digests[*other].to_ms.cmp(&digests[*one].to_ms));
    let view = View { case, followers, checks: by_digest(case), wrong: wrong_metadata(case) };
    let open = Judged { worth: Verdict::Consistent, verdict: Verdict::Consistent, evidence: String::new() };
    let mut judged = vec![open; digests.len()];
    for place in order {
        let (worth, evidence) = view.judge(place, &judged);
        let moved = worth >= Verdict::KeyMissing
            && is_elsewhere(&case.files[digests[place].file].name, &digests[place].object);
        judged[place] = if moved {
            let evidence =
                [&evidence, " It was delivered as ", &digests[place].object, ": here it stands elsewhere."]
                    .concat();
            Judged { worth, verdict: Verdict::Moved, evidence }
        } else {
            Judged { worth, verdict: worth, evidence }
        };
    }
    judged
}

/// Places of the checks of each digest file, in the order of the digest files.
fn by_digest(case: &Case) -> Vec<(usize, usize)> {
    let of = |(place, check): (usize, &Check)| match check.of {
        Signed::Digest(digest) => Some((digest, place)),
        Signed::Lake(_) => None,
    };
    case.checks.iter().enumerate().filter_map(of).collect()
}

/// The digest file that the only signature given for it does not fit, if it is clear which that is.
fn wrong_metadata(case: &Case) -> Option<usize> {
    let mut tried = case.checks.iter().filter(|check| matches!(check.by, By::Metadata(_)));
    let (first, more) = (tried.next()?, tried.next());
    match (first.of, first.holds, more) {
        (Signed::Digest(digest), false, None) => Some(digest),
        _ => None,
    }
}

struct View<'c> {
    case: &'c Case,
    followers: Followers,
    checks: Vec<(usize, usize)>,
    wrong: Option<usize>,
}

impl View<'_> {
    fn checks_of(&self, digest: usize) -> impl Iterator<Item = &Check> {
        let from = self.checks.partition_point(|(of, _)| *of < digest);
        let rest = self.checks[from..].iter().take_while(move |(of, _)| *of == digest);
        rest.filter_map(|(_, place)| self.case.checks.get(*place))
    }

    fn is_signed(&self, digest: usize) -> bool {
        self.checks_of(digest).any(|check| check.holds)
    }

    fn judge(&self, place: usize, judged: &[Judged]) -> (Verdict, String) {
        let digests = &self.case.digests;
        let digest = &digests[place];
        let is_sound = |next: &usize| judged[*next].worth != Verdict::Altered;
        if let Some(check) = self.checks_of(place).find(|check| check.holds) {
            return (Verdict::Authentic, words::signed(self.case, check, digest));
        }
        let named = |next: &usize| digests[*next].previous.as_ref().and_then(|previous| previous.sum);
        // An altered one that names this very content means this one: its signature must hold all the same.
        let counts = |next: &usize| is_sound(next) || named(next) == Some(digest.sum);
        let fails = |check: &&Check| matches!(check.by, By::Next(next) if counts(&next));
        if let Some(Check { by: By::Next(next), .. }) = self.checks_of(place).find(fails) {
            return (Verdict::Altered, words::signature_fails(&digests[*next]));
        }
        if self.wrong == Some(place) {
            return (Verdict::Altered, words::metadata_fails(self.case));
        }
        let next: Vec<usize> = self.followers.of(digests, digest).filter(is_sound).collect();
        if let Some(other) = next.iter().find(|next| named(next).is_some_and(|sum| sum != digest.sum)) {
            return (Verdict::Altered, words::link_broken(digest, &digests[*other], named(other)));
        }
        let mut before = self.before(digest).peekable();
        let has_before = before.peek().is_some();
        let (mut fits, mut contradicts) = (false, false);
        for other in before {
            let same = digest.previous.as_ref().and_then(|previous| previous.sum) == Some(digests[other].sum);
            fits |= same;
            contradicts |= !same && self.is_signed(other);
        }
        if has_before && contradicts && !fits {
            return (Verdict::Altered, words::contradicts());
        }
        self.unsigned(digest, next.iter().any(|next| named(next) == Some(digest.sum)) || fits, next.first())
    }

    /// The digest files that this one names as before it; there are several where copies differ.
    fn before(&self, digest: &Digest) -> impl Iterator<Item = usize> + use<'_> {
        let object = digest.previous.as_ref().map(|previous| previous.object.as_str());
        let places = object.map(|object| self.case.with_object(object)).unwrap_or_default();
        places.iter().copied().take(MOST_FOLLOWERS)
    }

    /// What is left to say of one without a signature that could be verified.
    fn unsigned(&self, digest: &Digest, is_linked: bool, next: Option<&usize>) -> (Verdict, String) {
        let any_key = self.case.keys.iter().any(|key| key.key.is_some());
        let has_signature = next.is_some() || !self.case.metadata.is_empty();
        match self.case.key_for(&digest.fingerprint, signed_at(digest)) {
            Err(why) if has_signature && (any_key || !is_linked) => {
                (Verdict::KeyMissing, words::key_missing(digest, why))
            }
            _ if is_linked => (Verdict::Consistent, words::linked(next.is_some(), any_key)),
            _ => (Verdict::SignatureMissing, words::signature_missing()),
        }
    }
}
