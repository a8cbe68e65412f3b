//! The engine without a browser: the same shards read the same files, so what is left is the cost of wasm and of the
//! browser's own reading. `cargo xtask bench` runs it; `perf record` on it tells where the time goes.
//!
//! `native [--threads N] <file or folder>` prints JSON: seconds, events, copies, bytes of JSON.

#![allow(clippy::print_stdout, reason = "what was measured is its output")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, fs, io, thread};

use trailscope::ingest::delivery_time;
use trailscope::protocol::PeerMessage;
use trailscope::shard::{Shard, ShardConfig};

/// Bytes are pushed in pieces of this size, as those of a large file in the page.
const PIECE: usize = 1 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut threads, mut path) = (2_u16, None);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--threads" => threads = arguments.next().ok_or("--threads needs a number")?.parse()?,
            // `cargo bench` adds it.
            "--bench" => {}
            _ => path = Some(PathBuf::from(argument)),
        }
    }
    let path = path.ok_or("usage: native [--threads N] <file or folder>")?;
    let mut files = Vec::new();
    list(&path, &mut files)?;
    files.sort_by(|a, b| delivery_time(&b.0).cmp(&delivery_time(&a.0)).then_with(|| a.0.cmp(&b.0)));

    let begun = Instant::now();
    let (mut shards, json) = read(&files, threads.max(1))?;
    settle(&mut shards);
    let seconds = begun.elapsed().as_secs_f64();

    let (mut events, mut copies) = (0, 0);
    for line in shards.iter_mut().flat_map(Shard::take_ledger) {
        events += line.events;
        copies += line.duplicates;
    }
    println!(r#"{{"seconds":{seconds},"events":{events},"copies":{copies},"json":{json}}}"#);
    Ok(())
}

/// All files below a path: what the page would call them, and where they are.
fn list(path: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    if !path.is_dir() {
        files.push((path.to_string_lossy().into_owned(), path.to_owned()));
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        list(&entry?.path(), files)?;
    }
    Ok(())
}

/// Each thread takes the next file when it is done with the last. Gives the shards and the bytes of JSON.
fn read(files: &[(String, PathBuf)], threads: u16) -> io::Result<(Vec<Shard>, u64)> {
    let next = AtomicUsize::new(0);
    let work = |shard: u16| -> io::Result<(Shard, u64)> {
        let mut shard = Shard::new(ShardConfig { shard, shards: threads, seed: 42 });
        let mut json = 0;
        while let Some((at, (name, path))) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            files.get(at).map(|file| (at, file))
        } {
            let bytes = fs::read(path)?;
            let source = u32::try_from(at).map_err(io::Error::other)?;
            let mut file = shard.open(source, name, bytes.len() as u64);
            for piece in bytes.chunks(PIECE) {
                shard.push(&mut file, piece);
            }
            json += file.progress().0;
            shard.close(file, None);
        }
        Ok((shard, json))
    };
    thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> = (0..threads).map(|shard| scope.spawn(move || work(shard))).collect();
        let (mut shards, mut json) = (Vec::new(), 0);
        for one in running {
            let (shard, bytes) = one.join().map_err(|_| io::Error::other("a reader stopped"))??;
            shards.push(shard);
            json += bytes;
        }
        Ok((shards, json))
    })
}

/// Passes messages on until all shards are quiet.
fn settle(shards: &mut [Shard]) {
    let mut mail: Vec<(u16, PeerMessage)> = shards.iter_mut().flat_map(Shard::take_messages).collect();
    while let Some((to, message)) = mail.pop() {
        if let Some(shard) = shards.get_mut(usize::from(to)) {
            mail.extend(shard.receive(message));
        }
    }
}
