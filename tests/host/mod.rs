//! A page without a browser: shards, and the messages between them, in one thread.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "it is all test, which clippy can only tell of functions"
)]

pub mod page;

use std::collections::BTreeMap;

use trailscope::merge;
use trailscope::protocol::{
    Answer, Ask, Buckets, Detail, EventRow, LedgerEntry, Order, PeerMessage, RecordView, Request, Response,
    RowRef,
};
use trailscope::shard::{Shard, ShardConfig};

/// Some shards that read files in turn.
pub struct Host {
    pub shards: Vec<Shard>,
    pub files: Vec<(String, Vec<u8>)>,
    pub ledger: Vec<LedgerEntry>,
    asked: u32,
}

impl Host {
    pub fn new(shards: u16) -> Self {
        let shard = |shard| Shard::new(ShardConfig { shard, shards, seed: 42 });
        Self { shards: (0..shards).map(shard).collect(), files: Vec::new(), ledger: Vec::new(), asked: 0 }
    }

    pub fn drop_file(&mut self, name: &str, bytes: Vec<u8>) {
        self.drop_in_pieces(name, bytes, 64 << 10);
    }

    /// Gives the file to a shard in pieces, as a browser would.
    pub fn drop_in_pieces(&mut self, name: &str, bytes: Vec<u8>, piece: usize) {
        let source = self.files.len() as u32;
        let shard = source as usize % self.shards.len();
        let reader = &mut self.shards[shard];
        let mut file = reader.open(source, name, bytes.len() as u64);
        for piece in bytes.chunks(piece) {
            reader.push(&mut file, piece);
        }
        reader.close(file, None);
        self.files.push((name.to_owned(), bytes));
    }

    /// Passes messages on until all shards are quiet.
    pub fn settle(&mut self) {
        let mut mail: Vec<(u16, PeerMessage)> =
            self.shards.iter_mut().flat_map(Shard::take_messages).collect();
        while let Some((to, message)) = mail.pop() {
            mail.extend(self.shards[usize::from(to)].receive(message));
        }
        let fresh: Vec<LedgerEntry> = self.shards.iter_mut().flat_map(Shard::take_ledger).collect();
        if !fresh.is_empty() {
            let lines = std::mem::take(&mut self.ledger).into_iter().chain(fresh);
            let lines: BTreeMap<_, _> = lines.map(|line| ((line.source, line.entry), line)).collect();
            self.ledger = lines.into_values().collect();
        }
    }

    /// Forgets files, as the page would have all shards do.
    pub fn remove(&mut self, sources: &[u32]) {
        for shard in &mut self.shards {
            sources.iter().for_each(|&source| shard.remove(source));
        }
        self.ledger.retain(|line| !sources.contains(&line.source));
        self.shards.iter_mut().for_each(Shard::resettle);
        self.settle();
    }

    pub fn ask(&mut self, query: &str) -> Answer {
        self.ask_with(query, |_| {})
    }

    pub fn ask_with(&mut self, query: &str, adjust: impl Fn(&mut Ask)) -> Answer {
        self.settle();
        self.asked += 1;
        let first = self.ledger.iter().filter_map(|line| line.first_ms).min().unwrap_or(0);
        let last = self.ledger.iter().filter_map(|line| line.last_ms).max().unwrap_or(0);
        let mut ask = Ask {
            question: self.asked,
            query: query.to_owned(),
            time: None,
            buckets: Buckets { from_ms: first, step_ms: (last - first) / 50 + 1, count: 50 },
            order: Order::default(),
            facet_values: 1_000,
            detail: Detail::None,
            paths: Vec::new(),
            cells: Vec::new(),
            facets: Vec::new(),
            coverage: false,
        };
        adjust(&mut ask);
        let parts: Vec<Answer> = (0..self.shards.len()).map(|at| self.answer_of(at, &ask)).collect();
        merge::merge(&parts.iter().collect::<Vec<_>>())
    }

    pub fn answer_of(&mut self, at: usize, ask: &Ask) -> Answer {
        let shard = &mut self.shards[at];
        shard.ask(ask.clone()).unwrap();
        while let Some(source) = shard.pending_source() {
            let mut rereading = shard.reread(source).unwrap();
            for piece in self.files[source as usize].1.chunks(10_000) {
                if !shard.reread_push(&mut rereading, piece) {
                    break;
                }
            }
            shard.reread_close(rereading);
        }
        let answer = shard.answer();
        assert_eq!(answer.progress, 1.0);
        answer
    }

    /// All matches of the last question, in order.
    pub fn rows(&mut self) -> Vec<EventRow> {
        let question = self.asked;
        let mut rows: Vec<EventRow> = Vec::new();
        for shard in &self.shards {
            match shard.lookup(&Request::Rows { question, from: 0, len: u32::MAX }) {
                Some(Response::Rows { rows: some, .. }) => rows.extend(some),
                other => panic!("{other:?}"),
            }
        }
        rows.sort_by_key(|row| row.key.clone());
        rows
    }

    pub fn record(&self, at: RowRef) -> RecordView {
        let shard = &self.shards[usize::from(at.shard)];
        let found = shard.record_place(at.row).unwrap();
        let raw = &self.files[found.place.source as usize].1;
        let (text, notes) = match found.fetch {
            None => {
                let from = found.place.offset as usize;
                (raw[from..from + found.place.len as usize].to_vec(), Vec::new())
            }
            Some(mut fetch) => {
                for piece in raw.chunks(10_000) {
                    if !fetch.push(piece) {
                        break;
                    }
                }
                fetch.finish().unwrap()
            }
        };
        shard.record(at.row, &text, notes).unwrap()
    }
}

/// A file of the tests' own fixtures.
pub fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The names of the fixtures in a folder, sorted.
pub fn fixtures(folder: &str) -> Vec<String> {
    let folder = format!("{}/tests/fixtures/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(".json"))
        .collect();
    names.sort();
    names
}
