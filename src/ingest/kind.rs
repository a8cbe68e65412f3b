//! What a file can be if it holds no records that are read here: names, reasons, remedies.

use crate::protocol::Outcome;

/// Something a file, or a value in it, is recognised as.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// In two words, for the ledger: `digest file`.
    pub name: &'static str,
    /// With its article, inside a sentence: `a digest file`.
    pub article: &'static str,
    /// How a file that is only this ends.
    pub outcome: Outcome,
    /// Why there are no events in it.
    pub reason: &'static str,
    /// What would work; empty where nothing has to.
    pub remedy: &'static str,
}

/// It is what it is, and it holds no events.
const fn other(
    name: &'static str,
    article: &'static str,
    reason: &'static str,
    remedy: &'static str,
) -> Kind {
    Kind { name, article, outcome: Outcome::Other, reason, remedy }
}

/// It may hold events, but they cannot be read here as it is.
const fn closed(
    name: &'static str,
    article: &'static str,
    reason: &'static str,
    remedy: &'static str,
) -> Kind {
    Kind { name, article, outcome: Outcome::Failed, reason, remedy }
}

const UNPACK: &str = "Unpack it, then drop the folder.";
const ARCHIVES: &str = "Unpack it, then drop the folder. Zip, tar, gzip, bzip2 and zstd work.";
const DECRYPT: &str = "Decrypt it, then drop the result.";
const ONLY_EVENTS: &str = "Drop CloudTrail log files.";

macro_rules! kinds {
    ($($(#[$doc:meta])* $id:ident = $make:ident($name:literal, $article:literal, $reason:expr, $remedy:expr);)*) => {
        $($(#[$doc])* pub(super) const $id: &Kind = &$make($name, $article, $reason, $remedy);)*
    };
}

kinds! {
    /// No bytes, or only white space.
    EMPTY_FILE = closed("empty file", "an empty file", "The file is empty.", "Copy it again from the bucket.");
    /// `{}` or `[]`.
    EMPTY_JSON = other("empty JSON", "an empty object", "It is JSON with nothing in it.", "");
    /// JSON that is nothing we know.
    JSON = other("other JSON", "other JSON", "JSON, but no CloudTrail record was found in it.", ONLY_EVENTS);
    /// Readable text.
    TEXT = other("text", "text", "Text, but no CloudTrail record was found in it.", ONLY_EVENTS);
    /// Unreadable bytes.
    BINARY = closed("binary data", "binary data", "It is neither text nor any format known here.", ONLY_EVENTS);

    // JSON of AWS and others.
    DIGEST = other("digest file", "a digest file", "A digest file. It lists log files and holds no events.", "");
    LAKE_SIGNATURE = other("signature file", "a signature file",
        "The signature file of saved CloudTrail Lake results. It holds no events.", "");
    PUBLIC_KEYS = other("public keys", "a list of public keys",
        "Public keys that verify digest files. They hold no events.", "");
    OBJECT_METADATA = other("object metadata", "object metadata",
        "The metadata of an S3 object, as head-object prints them. They hold no events.", "");
    EVENTBRIDGE = other("EventBridge event", "an EventBridge event",
        "An EventBridge event that carries no CloudTrail event.", ONLY_EVENTS);
    LOOKUP_EVENTS = other("lookup-events output", "lookup-events output",
        "lookup-events output without a record in CloudTrailEvent.", ONLY_EVENTS);
    CLOUDWATCH = other("CloudWatch Logs data", "CloudWatch Logs data",
        "Messages of CloudWatch Logs. None of them is a CloudTrail event.", ONLY_EVENTS);
    /// Lines of a log group, exported to S3.
    CLOUDWATCH_EXPORT = other("CloudWatch Logs export", "a CloudWatch Logs export",
        "Lines of CloudWatch Logs. None of them is a CloudTrail event.", ONLY_EVENTS);
    LAKE_RESULT = closed("CloudTrail Lake result", "a CloudTrail Lake result",
        "The rows of the query hold too little of the events to show them.",
        "Select eventJson, then drop that result.");
    /// Rows of a query as objects: keys in lower case, or cells of a result set.
    QUERY_RESULT = closed("query result", "a query result",
        "The rows of the query hold too little of the events to show them.",
        "Select eventTime, eventSource and eventName too, then drop that result.");
    STREAM = other("stream record", "a stream record",
        "Records of a stream. None of them is a CloudTrail event.", ONLY_EVENTS);
    /// What a search tool exports: the record in a member of its own.
    SEARCH = other("search result", "a search result",
        "Search results. None of them is a CloudTrail event.", ONLY_EVENTS);
    NOTIFICATION = other("delivery notice", "a delivery notice",
        "A notice that log files were delivered. It names them and holds no events.",
        "Drop the log files that it names.");
    MESSAGE = other("SNS or SQS message", "an SNS or SQS message",
        "Messages of SNS or SQS. None of them is a CloudTrail event.", ONLY_EVENTS);
    IAM_POLICY = other("IAM policy", "an IAM policy", "An IAM policy. It holds no events.", "");
    CONFIG = other("AWS Config data", "AWS Config data",
        "AWS Config describes resources, not calls. It holds no events.", "");
    S3_NOTIFICATION = other("S3 notification", "an event notification of another service",
        "S3 event notifications. They hold no CloudTrail events.", ONLY_EVENTS);
    SERVICE_NOTIFICATION = other("service notification", "an event notification of another service",
        "Records that a service sends to Lambda. They hold no CloudTrail events.", ONLY_EVENTS);
    GUARDDUTY = other("GuardDuty finding", "a GuardDuty finding",
        "A GuardDuty finding. It tells of events and holds none.", ONLY_EVENTS);
    SECURITY_HUB = other("Security Hub finding", "a Security Hub finding",
        "Findings of Security Hub. They tell of events and hold none.", ONLY_EVENTS);
    OCSF = closed("OCSF record", "an OCSF record",
        "Security Lake rewrites records as OCSF. That is not read here.", "Drop the trail's own log files.");
    AZURE = other("Azure log", "an Azure log", "A log of Azure. It holds no CloudTrail events.", ONLY_EVENTS);
    GOOGLE = other("Google Cloud log", "a Google Cloud log",
        "An audit log of Google Cloud. It holds no CloudTrail events.", ONLY_EVENTS);

    // Text.
    EVENT_HISTORY = closed("Event history CSV", "an Event history CSV",
        "No row of the Event history can be read.", "Download Event history as JSON, then drop that.");
    LAKE_CSV = closed("CloudTrail CSV", "a CSV of CloudTrail fields",
        "No row of the CSV can be read.", "Select eventJson, then drop that result.");
    CSV = other("CSV", "CSV", "CSV, but not of CloudTrail events.", ONLY_EVENTS);
    MARKUP = other("web page or XML", "a web page or XML",
        "A web page or XML. An error page may have been saved instead of the log.", "Copy the log file again.");
    FLOW_LOG = other("VPC flow log", "a VPC flow log", "A VPC flow log. It holds no CloudTrail events.", ONLY_EVENTS);
    CLOUDFRONT_LOG = other("CloudFront log", "a CloudFront log",
        "An access log of CloudFront. It holds no CloudTrail events.", ONLY_EVENTS);
    LOAD_BALANCER_LOG = other("load balancer log", "a load balancer log",
        "An access log of a load balancer. It holds no CloudTrail events.", ONLY_EVENTS);
    S3_ACCESS_LOG = other("S3 access log", "an S3 access log",
        "An S3 server access log. It holds no CloudTrail events.", ONLY_EVENTS);
    UTF32 = closed("UTF-32 text", "UTF-32 text", "UTF-32 text is not read here.", "Save it as UTF-8, then drop it again.");
    PGP = closed("encrypted file", "an encrypted file", "The file is encrypted with PGP.", DECRYPT);
    AGE = closed("encrypted file", "an encrypted file", "The file is encrypted with age.", DECRYPT);
    OPENSSL = closed("encrypted file", "an encrypted file", "The file is encrypted with OpenSSL.", DECRYPT);

    // Archives and compressed files.
    ZIP = closed("zip archive", "a zip archive", "The archive is damaged.", UNPACK);
    TAR = closed("tar archive", "a tar archive", "The archive is damaged.", UNPACK);
    TOO_DEEP = closed("nested archive", "a nested archive", "It is in four archives already: reading stops here.", UNPACK);
    SEVEN_ZIP = closed("7z archive", "a 7z archive", "7z is not read here.", ARCHIVES);
    CABINET = closed("cabinet archive", "a cabinet archive", "Cabinets are not read here.", ARCHIVES);
    RAR = closed("rar archive", "a rar archive", "Rar is not read here.", ARCHIVES);
    GZIP = closed("gzip in gzip", "gzip in gzip", "It is compressed more than three times.", "Unpack it, then drop the result.");
    LOCKED = closed("locked entry", "a locked entry", "The archive needs a password.", UNPACK);
    LOCKED_AES_128 = closed("locked entry", "a locked entry", "The archive needs a password (AES-128).", UNPACK);
    LOCKED_AES_192 = closed("locked entry", "a locked entry", "The archive needs a password (AES-192).", UNPACK);
    LOCKED_AES_256 = closed("locked entry", "a locked entry", "The archive needs a password (AES-256).", UNPACK);
    /// Bzip2, LZMA, deflate64 and others inside a zip.
    OTHER_METHOD = closed("packed entry", "a packed entry",
        "Of zip only the methods stored and deflate are read here.", UNPACK);
    SPARSE = closed("sparse file", "a sparse file", "Sparse files in a tar are not read here.", UNPACK);
    LINK = other("link", "a link", "A link to another file. It holds nothing of its own.", "");
    SPECIAL = other("special file", "a special file", "A device or another special file. It holds no events.", "");
    XZ = closed("xz file", "an xz file", "Xz is not read here.", "Unpack it, then drop the result.");
    BZIP2 = closed("bzip2 file", "a bzip2 file", "It is cut at its start, or compressed more than three times.", "Unpack it, then drop the result.");
    ZSTD = closed("zstd file", "a zstd file", "It is cut at its start, or compressed more than three times.", "Unpack it, then drop the result.");
    LZMA = closed("lzma file", "an lzma file", "Lzma is not read here.", "Unpack it, then drop the result.");
    LZ4 = closed("lz4 file", "an lz4 file", "Lz4 is not read here.", "Unpack it, then drop the result.");
    COMPRESS = closed("compress file", "a compress file", "Files of compress are not read here.", "Unpack it, then drop the result.");

    // Tables and others.
    PARQUET = closed("Parquet file", "a Parquet file", "Parquet is not read.", "Ask Athena for CSV or JSON, then drop that.");
    ORC = closed("ORC file", "an ORC file", "ORC is not read.", "Ask Athena for CSV or JSON, then drop that.");
    AVRO = closed("Avro file", "an Avro file", "Avro is not read.", "Ask Athena for CSV or JSON, then drop that.");
    SQLITE = closed("SQLite database", "an SQLite database", "Databases are not read.", ONLY_EVENTS);
    APPLE = other("macOS metadata", "macOS metadata", "Metadata of macOS. They hold no events.", "");
    /// A workbook may hold rows of events.
    OFFICE = closed("Office document", "an Office document",
        "An Excel workbook or another Office document. That is not read here.", "Save it as CSV, then drop that.");
    RICH_TEXT = closed("RTF document", "an RTF document",
        "An RTF document. That is not read here.", "Save it as plain text, then drop that.");
    PDF = other("PDF", "a PDF", "A PDF. It holds no events.", ONLY_EVENTS);
    PICTURE = other("picture", "a picture", "A picture. It holds no events.", ONLY_EVENTS);
    MEDIA = other("picture or film", "a picture or film", "A picture or film. It holds no events.", ONLY_EVENTS);
    EVENT_LOG = other("Windows event log", "a Windows event log", "A Windows event log. It holds no CloudTrail events.", ONLY_EVENTS);
    CAPTURE = other("packet capture", "a packet capture", "A packet capture. It holds no events.", ONLY_EVENTS);
    PROGRAM = other("program", "a program", "A program. It holds no events.", ONLY_EVENTS);
}

/// The bytes that formats start with, and where.
const MAGIC: &[(usize, &[u8], &Kind)] = &[
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"PK\x07\x08", ZIP),
    (257, b"ustar", TAR),
    (0, b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (0, b"Rar!\x1a\x07", RAR),
    (0, b"\x1f\x8b", GZIP),
    (0, b"\xfd7zXZ\0", XZ),
    (0, b"BZh", BZIP2),
    (0, b"\x28\xb5\x2f\xfd", ZSTD),
    (0, b"\x04\x22\x4d\x18", LZ4),
    (0, b"\x1f\x9d", COMPRESS),
    (0, b"PAR1", PARQUET),
    (0, b"ORC", ORC),
    (0, b"Obj\x01", AVRO),
    (0, b"SQLite format 3\0", SQLITE),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (0, b"%PDF-", PDF),
    (0, b"\x89PNG\r\n\x1a\n", PICTURE),
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"GIF87a", PICTURE),
    (0, b"GIF89a", PICTURE),
    (0, b"II*\0", PICTURE),
    (0, b"MM\0*", PICTURE),
    (0, b"\0\0\x01\0", PICTURE),
    (4, b"ftyp", MEDIA),
    (8, b"WEBP", PICTURE),
    (6, b"\0\0\0\0\x36\0\0\0\x28\0\0\0", PICTURE),
    (6, b"\0\0\0\0\x8a\0\0\0\x7c\0\0\0", PICTURE),
    (0, b"\x7fELF", PROGRAM),
    (0, b"MZ\x90\0", PROGRAM),
    (0, b"MZx\0", PROGRAM),
    (0, b"MZP\0", PROGRAM),
    (0, b"\xca\xfe\xba\xbe", PROGRAM),
    (0, b"\x85\x01", PGP),
    (0, b"\x85\x02", PGP),
    (0, b"]\0\0", LZMA),
    (0, b"\xcf\xfa\xed\xfe", PROGRAM),
    (0, b"\xce\xfa\xed\xfe", PROGRAM),
    (0, b"\0asm", PROGRAM),
    (0, b"-----BEGIN PGP", PGP),
    (0, b"age-encryption.org/", AGE),
    (0, b"-----BEGIN AGE", AGE),
    (0, b"Salted__", OPENSSL),
    (0, b"ElfFile\0", EVENT_LOG),
    (0, b"\xd4\xc3\xb2\xa1", CAPTURE),
    (0, b"\x4d\x3c\xb2\xa1", CAPTURE),
    (0, b"\xa1\xb2\xc3\xd4", CAPTURE),
    // Its first four bytes are line breaks, and passed over.
    (4, b"\x4d\x3c\x2b\x1a", CAPTURE),
    (0, b"{\\rtf", RICH_TEXT),
    (0, b"MSCF\0\0\0\0", CABINET),
    (0, b"bplist0", APPLE),
    (0, b"\0\x05\x16\x07", APPLE),
    (0, b"\0\0\0\x01Bud1", APPLE),
    (0, b"\xff\xfe\0\0", UTF32),
    (0, b"\0\0\xfe\xff", UTF32),
];

/// Words near the start of a text that tell what it is, all of them needed. ASCII case does not matter.
const TEXT_SIGNS: &[(&[&str], &Kind)] = &[
    (&["interface-id", "srcaddr"], FLOW_LOG),
    (&[" eni-", " accept ok"], FLOW_LOG),
    (&[" eni-", " reject ok"], FLOW_LOG),
    (&["elasticloadbalancing"], LOAD_BALANCER_LOG),
    (&["x-edge-location"], CLOUDFRONT_LOG),
    (&["tls 2.0 ", " net/"], LOAD_BALANCER_LOG),
    (&["\"get http", " http/1."], LOAD_BALANCER_LOG),
    (&["\"post http", " http/1."], LOAD_BALANCER_LOG),
    (&["rest.get."], S3_ACCESS_LOG),
    (&["rest.put."], S3_ACCESS_LOG),
    (&["rest.head."], S3_ACCESS_LOG),
];

/// How the first entry of a zip is called that is an Office document.
const OFFICE_ENTRIES: &[&[u8]] = &[
    b"[Content_Types].xml",
    b"_rels/.rels",
    b"docProps/",
    b"xl/workbook.xml",
    b"xl/worksheets/",
    b"xl/drawings/",
    b"mimetypeapplication/vnd.oasis.",
];

/// Whether the zip that `head` starts is an Office document: the name of its first entry tells.
pub(super) fn is_office(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
        && head.get(30..).is_some_and(|name| OFFICE_ENTRIES.iter().any(|start| name.starts_with(start)))
}

/// How many bytes are enough to say what something is.
pub(super) const ENOUGH: usize = 512;

/// What bytes that do not start as JSON are, and whether records could stand in them as they are: in
/// log lines, in a pasted session. `head` is their start, [`ENOUGH`] of it or all.
pub(super) fn of_bytes(head: &[u8]) -> (&'static Kind, bool) {
    let by_magic =
        MAGIC.iter().find(|(at, magic, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    if let Some((_, _, kind)) = by_magic {
        return (kind, false);
    }
    let head = &head[..head.len().min(ENOUGH)];
    let unreadable =
        head.iter().filter(|&&byte| byte < b' ' && !byte.is_ascii_whitespace() && byte != 0x1b).count();
    let foreign = String::from_utf8_lossy(head).matches('\u{fffd}').count();
    if unreadable > 0 && unreadable * 20 > head.len() || foreign * 5 > head.len() {
        return (BINARY, false);
    }
    (of_text(head), true)
}

/// What an object is that borrows the keys of records, by its `eventSource`.
pub(super) fn of_source(source: &[u8]) -> &'static Kind {
    if source == b"aws:s3" { S3_NOTIFICATION } else { SERVICE_NOTIFICATION }
}

fn of_text(head: &[u8]) -> &'static Kind {
    let lower = String::from_utf8_lossy(head).to_ascii_lowercase();
    if lower.trim_start().starts_with('<') {
        return MARKUP;
    }
    if let Some((_, kind)) =
        TEXT_SIGNS.iter().find(|(signs, _)| signs.iter().all(|sign| lower.contains(sign)))
    {
        return kind;
    }
    let mut lines = lower.lines();
    let commas = |line: Option<&str>| line.map_or(0, |line| line.matches(',').count());
    let (first, second) = (commas(lines.next()), commas(lines.next()));
    if first >= 2 && first == second { CSV } else { TEXT }
}
