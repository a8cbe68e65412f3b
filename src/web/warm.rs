//! Warming the engine while nothing is to do.
//!
//! A browser first runs wasm as it was compiled in a hurry, and compiles what turns out to be hot
//! once more, better, beside it. For a trail of a hundred megabytes that costs as much as reading it.
//! So a worker that waits for files reads a few records of the sample trail over and over into a
//! table that is thrown away, for a moment, until files come.

use super::shard_host::Shared;
use super::turn::{Turns, now_ms};
use crate::shard::{Shard, ShardConfig};

/// Some records of the sample trail, as they are delivered.
const RECORDS: &[u8] = include_bytes!("warm.json.gz");

/// It goes on this long at most, in milliseconds.
const MOST_MS: f64 = 400.0;

/// Rows of the table that is thrown away, at most, before a fresh one is begun.
const MOST_ROWS: u32 = 20_000;

/// Reads the records again and again, giving way as the real reading does.
pub async fn warm(host: Shared, config: ShardConfig) {
    let Some(turns) = Turns::new() else { return };
    let began_ms = now_ms();
    let mut scratch = Shard::new(config);
    let mut source = 0;
    while now_ms() - began_ms < MOST_MS && !host.borrow().is_reading() {
        let mut file = scratch.open(source, "warm.json.gz", RECORDS.len() as u64);
        scratch.push(&mut file, RECORDS);
        scratch.close(file, None);
        source += 1;
        if scratch.table().len() > MOST_ROWS {
            // What it has to say to other shards is of no interest to them.
            scratch = Shard::new(config);
        }
        if turns.is_over() {
            turns.next().await;
        }
    }
}
