//! Archives that are cut, changed, or made to hurt.

use trailscope::protocol::Outcome::{Failed, Partial, Read};

use super::build::{Way, Zip, crc, deflate, gzip, tar, tar_entry, ways, zip};
use super::{check, dropped, log};

#[test]
fn wounds_of_archives_are_said_and_cost_only_what_they_hit() {
    let (a, b, c) = (log(0, 2), log(2, 4), log(4, 6));
    let files: Vec<(&str, &[u8])> = vec![("a", a.as_bytes()), ("b", b.as_bytes()), ("c", c.as_bytes())];
    let way = Way::default();
    let ok = |name, events| (name, Read, "log file", events, 0, "");
    // A byte of the second entry's data is changed.
    let mut bytes = Zip::default().add("a", a.as_bytes(), way).bytes;
    let second = bytes.len() + 31;
    bytes = Zip::default()
        .add("a", a.as_bytes(), way)
        .add("b", b.as_bytes(), way)
        .add("c", c.as_bytes(), way)
        .end();
    bytes[second + 1] = 0xff;
    bytes[second] = 0xff;
    check(
        "damaged data",
        "d.zip",
        &bytes,
        &[
            ("d.zip", Read, "zip archive", 0, 0, ""),
            ok("d.zip/a", 2),
            ("d.zip/b", Failed, "packed entry", 0, 0, "The archive is damaged, near byte"),
            ok("d.zip/c", 2),
        ],
    );
    let mut stored = Zip::default();
    let stored_way = Way { stored: true, ..way };
    stored.entry("a", 0, 0, stored_way, crc(a.as_bytes()) ^ 1, a.as_bytes(), a.len());
    let bytes = stored.add("b", b.as_bytes(), way).end();
    check(
        "wrong checksum",
        "d.zip",
        &bytes,
        &[
            ("d.zip", Read, "zip archive", 0, 0, ""),
            ("d.zip/a", Partial, "log file", 2, 0, "The checksum at the end does not fit"),
            ok("d.zip/b", 2),
        ],
    );
    let first = Zip::default().add("a", a.as_bytes(), way);
    let mut broken = first.bytes.clone();
    broken.extend(b"here something was overwritten");
    let rest = Zip::default().add("b", b.as_bytes(), way);
    broken.extend(&rest.bytes);
    broken.extend(&first.directory);
    broken.extend(rest.end().split_off(0).split_off(0).iter().rev().take(22).rev());
    let at = first.bytes.len();
    check(
        "overwritten header",
        "d.zip",
        &broken,
        &[
            (
                "d.zip",
                Partial,
                "zip archive",
                0,
                0,
                &format!(
                    "The archive is damaged, near byte {at}: something else stands there than the next entry. Its directory lists 1 entry, the archive holds 2."
                ),
            ),
            ok("d.zip/a", 2),
            ok("d.zip/b", 2),
        ],
    );
    let mut listed = Zip::default().add("a", a.as_bytes(), way);
    let other = Zip::default().add("gone.json", b"", way);
    listed.directory.extend(&other.directory);
    check(
        "only listed",
        "d.zip",
        &listed.end(),
        &[
            ("d.zip", Partial, "zip archive", 0, 0, "Its directory lists 2 entries, the archive holds 1."),
            ok("d.zip/a", 2),
        ],
    );
    let mut bytes = tar(&files);
    let header = 512 + a.len().next_multiple_of(512);
    bytes[header + 3] ^= 0x55;
    check(
        "damaged header",
        "d.tar",
        &bytes,
        &[
            (
                "d.tar",
                Partial,
                "tar archive",
                0,
                0,
                &format!("The archive is damaged, near byte {}", host_number(header)),
            ),
            ok("d.tar/a", 2),
            ok("d.tar/c", 2),
        ],
    );
    let lines = [("d.tar", Read, "tar archive", 0, 0, ""), ok("d.tar/a", 2), ok("d.tar/b", 2)];
    let (one, two) = (tar(&files[..1]), tar(&files[1..2]));
    check("two in a row", "d.tar", &[one.clone(), two.clone()].concat(), &lines);
    check("two packed", "d.tar", &[gzip(&one), gzip(&two)].concat(), &lines);
    let mut behind = one.clone();
    behind.extend(b.as_bytes());
    let said = format!("What follows the end of the archive, from byte {}", host_number(one.len()));
    check("a log behind", "d.tar", &behind, &[in_part("d.tar", &said), ok("d.tar/a", 2)]);
    behind = [one, vec![0; 9000], b"x".to_vec()].concat();
    check("a byte behind", "d.tar", &behind, &[in_part("d.tar", "What follows the end"), ok("d.tar/a", 2)]);
    let mut first = tar(&files);
    first[3] ^= 0x55;
    check(
        "first header damaged",
        "d.tar",
        &first,
        &[in_part("d.tar", "damaged, near byte 0:"), ok("d.tar/b", 2), ok("d.tar/c", 2)],
    );
    let (one, two) = (zip(&files[..1]), zip(&files[1..2]));
    let zips = |rest: &[u8]| [one.as_slice(), rest].concat();
    let lines = [("d.zip", Read, "zip archive", 0, 0, ""), ok("d.zip/a", 2), ok("d.zip/b", 2)];
    check("two zips", "d.zip", &zips(&two), &lines);
    check("two zips and a line break", "d.zip", &zips(&[b"\n", two.as_slice()].concat()), &lines);
    check("zeros behind", "d.zip", &zips(&[0; 600]), &lines[..2]);
    let said = format!("What follows the end of the archive, from byte {}", host_number(one.len()));
    let archive = ("d.zip", Partial, "zip archive", 0, 0, said.as_str());
    check(
        "junk between",
        "d.zip",
        &zips(&[b"junk", two.as_slice()].concat()),
        &[archive, ok("d.zip/a", 2), ok("d.zip/b", 2)],
    );
    check("a log behind", "d.zip", &zips(b.as_bytes()), &[archive, ok("d.zip/a", 2)]);
    check("a byte behind", "d.zip", &zips(b"x"), &[archive, ok("d.zip/a", 2)]);
    let stub = [b"\x01\x02\0\0\xff\xfe program".as_slice(), &one].concat();
    check(
        "a stub in front",
        "d.zip",
        &stub,
        &[("d.zip", Partial, "zip archive", 0, 0, "near byte 0"), ok("d.zip/a", 2)],
    );
    let mut packed = gzip(&tar(&files));
    let end = packed.len();
    packed[end - 6] ^= 1;
    check(
        "tar.gz with a wrong checksum",
        "d.tgz",
        &packed,
        &[
            ("d.tgz", Partial, "tar archive", 0, 0, "The checksum at the end does not fit"),
            ok("d.tgz/a", 2),
            ok("d.tgz/b", 2),
            ok("d.tgz/c", 2),
        ],
    );
}

/// A tar archive of which something is wrong.
fn in_part<'a>(name: &'a str, reason: &'a str) -> super::Line<'a> {
    (name, Partial, "tar archive", 0, 0, reason)
}

/// `1,234`
fn host_number(number: usize) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}

/// Whole records that stand before a cut are shown; the ledger says that and where it is cut.
fn truncations(case: &str, name: &str, whole: &[u8], step: usize, least: impl Fn(usize) -> u64) {
    let mut most = 0;
    for length in (1..whole.len()).step_by(step) {
        let mut host = dropped(name, &whole[..length]);
        let events = host.ask("").events;
        assert!(events >= most, "{case}: {events} after {most} at {length}");
        assert!(events >= least(length), "{case} at {length}: {events} {:?}", host.ledger);
        most = events;
        let said = host.ledger.iter().any(|line| line.reason.is_some());
        assert!(said, "{case} cut at {length}: {:?}", host.ledger);
        assert_eq!(host.ledger[0].entry, 0, "{case}");
    }
}

#[test]
fn truncated_anywhere_every_whole_record_is_kept() {
    let (a, b) = (log(0, 2), log(2, 4));
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let records = |text: &[u8]| -> Vec<usize> {
        std::str::from_utf8(text)
            .unwrap()
            .match_indices("\"111122223333\"}")
            .map(|(at, found)| at + found.len())
            .collect()
    };
    let in_text = |text: &[u8], from: usize| -> Vec<usize> {
        records(text).into_iter().map(|end| end + from).collect()
    };
    let count = |ends: &[usize], length: usize| ends.iter().filter(|&&end| end <= length).count() as u64;
    truncations("JSON", "a.json", a, 1, |length| count(&records(a), length));
    truncations("gzip", "a.gz", &gzip(a), 1, |_| 0);
    for way in ways() {
        let one = Zip::default().add("a", a, way);
        let start = one.bytes.len();
        let bytes = one.add("b", b, way).end();
        let step = if way.stored && way.descriptor.is_none() { 1 } else { 7 };
        truncations(&format!("{way:?}"), "a.zip", &bytes, step, |length| if length >= start { 2 } else { 0 });
    }
    let bytes = tar(&[("a", a), ("b", b)]);
    let second = 1024 + a.len().next_multiple_of(512);
    let ends = [in_text(a, 512), in_text(b, second)].concat();
    // Behind the first block of zeros nothing can be missing.
    truncations("tar", "a.tar", &bytes[..bytes.len() - 512], 3, |length| count(&ends, length));
    truncations("tgz", "a.tgz", &gzip(&bytes), 5, |_| 0);
}

#[test]
fn bombs_stop_and_keep_what_was_read() {
    // Six archives in each other: the fifth is not opened.
    let mut nested = zip(&[("a.json", log(0, 2).as_bytes())]);
    for depth in 0..5 {
        nested = zip(&[("before.json", log(depth * 2 + 2, depth * 2 + 4).as_bytes()), ("in.zip", &nested)]);
    }
    let mut host = dropped("n.zip", &nested);
    let deepest = host.ledger.last().unwrap();
    assert_eq!((deepest.outcome, deepest.kind.as_str()), (Failed, "nested archive"), "{deepest:?}");
    assert_eq!(host.ask("").events, 8);

    // A run of one byte, deflated twice: far more than 250 times the size.
    let zeros = vec![b' '; 64 << 20];
    let inner = deflate(&zeros);
    let mut archive = Zip::default().add("a.json", log(0, 3).as_bytes(), Way::default());
    for at in 0..30 {
        archive.entry(&format!("bomb{at}"), 8, 0, Way::default(), 0, &inner, zeros.len());
    }
    let bytes = gzip(&archive.end());
    let mut host = dropped("b.zip.gz", &bytes);
    assert_eq!(host.ask("").events, 3);
    let stopped = &host.ledger[0];
    assert_eq!(stopped.outcome, Partial);
    assert!(
        stopped
            .reason
            .as_deref()
            .unwrap()
            .starts_with("It inflates to more than 250 times its size: reading stopped at"),
        "{stopped:?}"
    );
}

#[test]
fn many_entries_stop_at_a_limit() {
    let mut bytes = Vec::new();
    let entry = tar_entry(b"x", b'2', b"");
    for _ in 0..200_005 {
        bytes.extend(&entry);
    }
    bytes.extend(tar(&[("a", log(0, 1).as_bytes())]));
    let host = dropped("many.tgz", &gzip(&bytes));
    assert_eq!(host.ledger.len(), 200_001);
    assert!(
        host.ledger[0]
            .reason
            .as_deref()
            .unwrap()
            .contains("It holds more than 200,000 entries: reading stopped there.")
    );
    assert_eq!(host.ledger[0].outcome, Partial);
}
