//! From what was compared and verified to the report.

use super::calendar::{Span, calendar};
use super::case::{Case, Listing};
use super::chain::{self, Judged};
use super::digest::Digest;
use super::lake::LAKE;
use super::words;
use crate::display::{grouped, year_minute};
use crate::event::time::parse_time_ms;
use crate::ingest::delivery_time;
use crate::protocol::{
    ChainReport, Coverage, FileIntegrity, FileVerdict, IntegrityReport, IntegrityVerdict as Verdict,
    KeyReport, MissingFile,
};
use crate::sorting::sort_by;

/// The report of a check whose steps are done.
pub fn report(case: &Case) -> IntegrityReport {
    let judged = chain::judge(case);
    let mut work = Work { case, judged, files: Vec::new(), missing: Vec::new(), counts: [0; 10] };
    work.digest_files();
    let logs = work.log_files();
    let mut chains = work.chains(&logs);
    let calendar = calendar(work.spans(&logs, &chains));
    work.lake_files();
    sort_by(&mut work.files, |one, other| (one.source, one.entry).cmp(&(other.source, other.entry)));
    // What a signature file says comes last, and is more than that no digest file lists it.
    work.files.dedup_by(|next, kept| {
        let same = (next.source, next.entry) == (kept.source, kept.entry);
        if same {
            std::mem::swap(next, kept);
        }
        same
    });
    for file in &work.files {
        work.counts[rank(file.integrity.verdict)] += 1;
    }
    work.count_listed(&chains);
    let worst = Verdict::ALL.into_iter().find(|verdict| work.counts[rank(*verdict)] > 0);
    let has_digests = !case.digests.is_empty() || !case.lake.is_empty();
    let verdict = worst.filter(|_| has_digests).unwrap_or(Verdict::NotCovered);
    let lake = work.lake_chains();
    chains.extend(lake);
    let digests: u64 = chains.iter().map(|chain| chain.digests).sum();
    let signed: u64 = chains.iter().map(|chain| chain.signed).sum();
    let keys = case.keys.iter().filter(|key| key.key.is_some()).count();
    let first = words::meaning(verdict, work.counts[rank(verdict)], has_digests);
    let second = words::signatures(signed, digests, keys, work.is_newest_unsigned());
    let ends = chains.iter().filter(|chain| chain.kind != LAKE).map(|chain| chain.to_ms);
    IntegrityReport {
        run: case.run,
        verdict,
        sentence: [first.as_str(), " ", &second].concat().trim_end().to_owned(),
        limit: words::limit(chains.len() as u64, ends.max()),
        counts: work.counts,
        files: work.files,
        missing: work.missing,
        keys: keys_report(case),
        notes: notes(case),
        calendar,
        bytes: case.bytes,
        chains,
    }
}

fn rank(verdict: Verdict) -> usize {
    Verdict::ALL.iter().position(|one| *one == verdict).unwrap_or_default()
}

/// A report in the making.
pub struct Work<'c> {
    pub(super) case: &'c Case,
    judged: Vec<Judged>,
    files: Vec<FileVerdict>,
    /// What is listed and not in the set.
    pub(super) missing: Vec<MissingFile>,
    counts: [u64; 10],
}

impl Work<'_> {
    /// Says something of a file of the case.
    pub(super) fn say(&mut self, place: usize, verdict: Verdict, evidence: String, is_digest: bool) {
        let file = &self.case.files[place];
        self.files.push(FileVerdict {
            source: file.source,
            entry: file.entry,
            integrity: FileIntegrity { verdict, evidence },
            sha256: file.content,
            is_digest,
        });
    }

    fn digest_files(&mut self) {
        for (place, digest) in self.case.digests.iter().enumerate() {
            let Judged { verdict, evidence, .. } = self.judged[place].clone();
            self.say(digest.file, verdict, evidence, true);
        }
        for &(file, original) in &self.case.copies {
            let Judged { verdict, evidence, .. } = self.judged[original].clone();
            self.say(file, verdict, evidence, true);
        }
        for (file, why) in &self.case.broken {
            self.say(*file, Verdict::Unreadable, ["It can't be used. ", why].concat(), true);
        }
    }

    /// Judges log files; gives the verdict of each listing's file, in the order of the listings.
    fn log_files(&mut self) -> Vec<Verdict> {
        let case = self.case;
        let mut order: Vec<usize> = (0..case.listings.len()).collect();
        sort_by(&mut order, |one, other| case.listings[*one].file.cmp(&case.listings[*other].file));
        let mut of_listing = vec![Verdict::NotCovered; case.listings.len()];
        let mut at = 0;
        for (place, file) in case.files.iter().enumerate() {
            let from = at;
            while order.get(at).is_some_and(|&listing| case.listings[listing].file == place) {
                at += 1;
            }
            let mine = &order[from..at];
            if mine.is_empty() && !file.is_log {
                continue;
            }
            let listings: Vec<&Listing> = mine.iter().map(|&listing| &case.listings[listing]).collect();
            let (verdict, evidence) = self.log_file(place, &listings);
            mine.iter().for_each(|&listing| of_listing[listing] = verdict);
            self.say(place, verdict, evidence, false);
        }
        of_listing
    }

    fn log_file(&self, place: usize, listings: &[&Listing]) -> (Verdict, String) {
        let worth = |listing: &Listing| self.judged[listing.digest].worth;
        let sound: Vec<&&Listing> = listings.iter().filter(|one| worth(one) != Verdict::Altered).collect();
        // A signed digest file weighs more than one without; then that it fits more than that it does not.
        let best =
            sound.iter().max_by_key(|one| (worth(one) == Verdict::Authentic, one.fits, !one.is_elsewhere));
        let Some(best) = best else {
            return (Verdict::NotCovered, words::not_covered(!listings.is_empty()));
        };
        let digest = &self.case.digests[best.digest];
        match self.case.files[place].content {
            None => (Verdict::Unreadable, words::log_unreadable(digest)),
            Some(content) if !best.fits => (Verdict::Altered, words::log_altered(best, &content, digest)),
            Some(_) if best.is_elsewhere => (Verdict::Moved, words::log_moved(best, digest, "")),
            Some(_) => {
                let worth = worth(best);
                let verdict = if worth == Verdict::Authentic { worth } else { Verdict::Consistent };
                (verdict, words::log_fits(digest, worth))
            }
        }
    }

    /// Digest files by chain, each chain by time.
    fn by_chain(&self) -> Vec<Vec<usize>> {
        let digests = &self.case.digests;
        let mut order: Vec<usize> = (0..digests.len()).collect();
        let key = |place: usize| (&digests[place].chain, digests[place].to_ms, &digests[place].object);
        sort_by(&mut order, |one, other| key(*one).cmp(&key(*other)));
        order
            .chunk_by(|&one, &other| digests[one].chain == digests[other].chain)
            .map(<[usize]>::to_vec)
            .collect()
    }

    /// Whether a signature of the newest digest file of a chain would say more.
    fn is_newest_unsigned(&self) -> bool {
        let weak = [Verdict::Consistent, Verdict::SignatureMissing];
        let newest =
            |chain: &Vec<usize>| chain.last().is_some_and(|place| weak.contains(&self.judged[*place].worth));
        self.by_chain().iter().any(newest)
    }

    fn chains(&mut self, logs: &[Verdict]) -> Vec<ChainReport> {
        let mut worst_log = vec![Verdict::Authentic; self.case.digests.len()];
        for (listing, verdict) in self.case.listings.iter().zip(logs) {
            let of = &mut worst_log[listing.digest];
            *of = (*of).min(*verdict);
        }
        let by_chain = self.by_chain();
        by_chain.iter().map(|chain| self.chain(chain, &worst_log)).collect()
    }

    fn chain(&mut self, places: &[usize], worst_log: &[Verdict]) -> ChainReport {
        let case = self.case;
        let digest = |place: usize| &case.digests[place];
        let first = digest(places[0]);
        let mut report = ChainReport {
            kind: first.chain.kind.clone(),
            account: first.chain.account.clone(),
            region: first.chain.region.clone(),
            trail: first.chain.trail.clone(),
            home_region: first.chain.home_region.clone(),
            from_ms: first.from_ms,
            to_ms: first.to_ms,
            digests: places.len() as u64,
            signed: 0,
            listed: 0,
            gaps: Vec::new(),
            keys: Vec::new(),
            has_keys: true,
            verdict: Verdict::Authentic,
            sentence: String::new(),
        };
        let mut absent = 0;
        for (at, &place) in places.iter().enumerate() {
            let (one, judged) = (digest(place), &self.judged[place]);
            report.from_ms = report.from_ms.min(one.from_ms);
            report.to_ms = report.to_ms.max(one.to_ms);
            report.signed += u64::from(judged.worth == Verdict::Authentic);
            report.listed += one.listed;
            if !report.keys.contains(&one.fingerprint) && report.keys.len() < 32 {
                report.has_keys &= case.key_for(&one.fingerprint, None).is_ok();
                report.keys.push(one.fingerprint.clone());
            }
            report.verdict = report.verdict.min(judged.verdict).min(worst_log[place]);
            if one.missing > 0 && judged.worth != Verdict::Altered {
                report.verdict = report.verdict.min(Verdict::Missing);
            }
            let earlier = places[..at].iter().map(|&place| digest(place)).next_back();
            absent += u64::from(self.step_in_chain(one, earlier, &mut report));
        }
        let gaps = report.gaps.len() as u64;
        if absent > 0 {
            report.verdict = report.verdict.min(Verdict::Missing);
        }
        if gaps > 0 {
            report.verdict = report.verdict.min(Verdict::Gap);
        }
        report.sentence = chain_sentence(&report, digest(places[0]), absent);
        report
    }

    /// What stands between a digest file and the one before it in time. True where one is missing.
    fn step_in_chain(&mut self, one: &Digest, earlier: Option<&Digest>, report: &mut ChainReport) -> bool {
        let Some(earlier) = earlier else { return false };
        if earlier.object == one.object {
            return false;
        }
        let is_backfill = report.kind.contains("backfill");
        let restarts = one.previous.is_none();
        if one.from_ms > earlier.to_ms && !is_backfill || restarts {
            report.gaps.push((earlier.to_ms.min(one.from_ms), one.from_ms));
        }
        let Some(previous) = &one.previous else { return false };
        let broken =
            |file: &usize| self.case.broken.binary_search_by_key(file, |(broken, _)| *broken).is_ok();
        let is_here = !self.case.with_object(&previous.object).is_empty();
        if is_here || self.case.named(&previous.object).iter().any(broken) {
            return false;
        }
        let evidence = ["A digest file: ", &words::digest_of(one), " names it as the one before."].concat();
        self.missing.push(MissingFile { object: previous.object.clone(), evidence });
        true
    }

    /// Counts what has no line in the ledger: what is missing, and gaps.
    fn count_listed(&mut self, chains: &[ChainReport]) {
        // Digest files that are missing have been listed above.
        self.counts[rank(Verdict::Missing)] += self.missing.len() as u64;
        let sound = |digest: usize| self.judged[digest].worth != Verdict::Altered;
        for (place, digest) in self.case.digests.iter().enumerate() {
            if sound(place) {
                self.counts[rank(Verdict::Missing)] += digest.missing;
            }
        }
        for (digest, object) in &self.case.missing {
            if sound(*digest) {
                let evidence =
                    ["A log file: ", &words::digest_of(&self.case.digests[*digest]), " lists it."].concat();
                self.missing.push(MissingFile { object: object.clone(), evidence });
            }
        }
        self.counts[rank(Verdict::Gap)] += chains.iter().map(|chain| chain.gaps.len() as u64).sum::<u64>();
    }

    fn spans<'s>(&'s self, logs: &[Verdict], chains: &'s [ChainReport]) -> Vec<Span<'s>> {
        let case = self.case;
        let mut altered = vec![false; case.digests.len()];
        for (listing, verdict) in case.listings.iter().zip(logs) {
            altered[listing.digest] |= *verdict == Verdict::Altered;
        }
        let mut spans = Vec::new();
        for (place, digest) in case.digests.iter().enumerate() {
            let coverage = match self.judged[place].worth {
                Verdict::Altered => Coverage::Altered,
                _ if altered[place] => Coverage::Altered,
                _ if digest.missing > 0 => Coverage::Missing,
                Verdict::Authentic => Coverage::Authentic,
                _ => Coverage::Consistent,
            };
            let (account, region) = (digest.chain.account.as_str(), digest.chain.region.as_str());
            spans.push(Span { account, region, from_ms: digest.from_ms, to_ms: digest.to_ms, coverage });
        }
        for chain in chains {
            for &(from_ms, to_ms) in &chain.gaps {
                let (account, region, coverage) = (&chain.account, &chain.region, Coverage::Gap);
                spans.push(Span { account, region, from_ms, to_ms, coverage });
            }
        }
        for file in self.files.iter().filter(|file| file.integrity.verdict == Verdict::NotCovered) {
            let found =
                case.files.binary_search_by_key(&(file.source, file.entry), |one| (one.source, one.entry));
            spans.extend(found.ok().and_then(|place| uncovered(&case.files[place].name)));
        }
        spans
    }
}

/// The hour of a log file that no digest file lists, by its name.
fn uncovered(name: &str) -> Option<Span<'_>> {
    let file = name.rsplit('/').next()?;
    let mut parts = file.split('_');
    let (account, _, region) = (parts.next()?, parts.next()?, parts.next()?);
    let time = delivery_time(name)?;
    let iso = [time.get(..4)?, "-", time.get(4..6)?, "-", time.get(6..11)?, ":", time.get(11..13)?, ":00Z"]
        .concat();
    let ms = parse_time_ms(&iso)?;
    Some(Span { account, region, from_ms: ms, to_ms: ms, coverage: Coverage::NotCovered })
}

fn chain_sentence(chain: &ChainReport, first: &Digest, absent: u64) -> String {
    let mut text =
        ["Signatures hold for ", &grouped(chain.signed), " of ", &grouped(chain.digests), " digest files."]
            .concat();
    match &first.previous {
        None => text.push_str(" It begins with the first digest file of the trail."),
        Some(_) => text.push_str(" Earlier digest files of it are not in this set."),
    }
    if absent > 0 {
        text.push_str(" Digest files are missing in it.");
    }
    for (from, to) in &chain.gaps {
        text.push_str(
            &[" Nothing is known from ", &year_minute(*from), " to ", &year_minute(*to), "."].concat(),
        );
    }
    text
}

fn keys_report(case: &Case) -> Vec<KeyReport> {
    let mut keys: Vec<KeyReport> = Vec::new();
    for (place, listed) in case.keys.iter().enumerate() {
        let verified = case.checks.iter().filter(|check| check.key == place && check.holds).count() as u64;
        let again = keys
            .iter_mut()
            .find(|key| key.fingerprint == listed.fingerprint && key.trouble == listed.trouble);
        if let Some(known) = again {
            known.verified += verified;
            continue;
        }
        keys.push(KeyReport {
            fingerprint: listed.fingerprint.clone(),
            bits: listed.key.as_ref().map_or(0, super::rsa::PublicKey::bits),
            from_ms: listed.from_ms,
            to_ms: listed.to_ms,
            verified,
            trouble: listed.trouble.clone(),
        });
    }
    keys
}

fn notes(case: &Case) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |count: u64, one: &str, many: &str| match count {
        0 => {}
        1 => notes.push(["1 ", one].concat()),
        more => notes.push([&grouped(more), " ", many].concat()),
    };
    note(
        case.padded,
        "hash lacks zeros in front; they were added.",
        "hashes lack zeros in front; they were added.",
    );
    note(
        case.unread_hashes,
        "hash in a digest file is no SHA-256.",
        "hashes in digest files are no SHA-256.",
    );
    let used = |number: usize| {
        case.checks.iter().any(|check| check.holds && check.by == chain::By::Metadata(number))
    };
    let unused = (0..case.metadata.len()).filter(|&number| !used(number)).count() as u64;
    note(
        unused,
        "signature of object metadata fits no digest file here.",
        "signatures of object metadata fit no digest file here.",
    );
    notes
}
