//! What a piece of text is by itself: ids, addresses, ARNs, wherever they stand.

use std::net::IpAddr;

use super::places::Hint;
use crate::protocol::Category;
use crate::redaction::is_marker;

/// A piece of a text that is something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
    /// Its category; `None` for what stays whatever stands in it.
    pub category: Option<Category>,
}

/// A shape that says it all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// 12 digits.
    Account,
    /// `AKIA…`, `AROA…`.
    KeyId,
    /// 8-4-4-4-12.
    Uuid,
    /// `i-0123456789abcdef0`, with the length of its prefix.
    ResourceId(usize),
    /// An IP address.
    Address(IpAddr),
}

/// The shape of a whole text.
pub fn whole(text: &str) -> Option<Shape> {
    let bytes = text.as_bytes();
    if bytes.len() == 12 && bytes.iter().all(u8::is_ascii_digit) {
        return Some(Shape::Account);
    }
    if key_id(bytes) == bytes.len() && !bytes.is_empty() {
        return Some(Shape::KeyId);
    }
    if bytes.len() == 36 && uuid(bytes) {
        return Some(Shape::Uuid);
    }
    if let Some((prefix, length)) = resource_id(bytes)
        && length == bytes.len()
    {
        return Some(Shape::ResourceId(prefix));
    }
    if bytes.len() <= 45 && bytes.iter().any(|byte| matches!(byte, b'.' | b':')) {
        return text.parse().ok().map(Shape::Address);
    }
    None
}

/// The pieces of a text, in order. `hint` says what its key tells.
pub fn pieces(text: &str, hint: Hint) -> Vec<Piece> {
    let mut found = Vec::new();
    let whole_text = Piece { start: 0, end: text.len(), category: None };
    if text.is_empty() || is_marker(text) {
        return found;
    }
    match hint {
        Hint::Stays => found.push(whole_text),
        Hint::Is(category) => named(text, category, &mut found),
        Hint::PrincipalId => principal_id(text, &mut found),
        Hint::ObjectKey => object_key(text, 0, &mut found),
        Hint::None => in_text(text, &mut found),
    }
    found
}

/// A text that its key calls a value of a category.
fn named(text: &str, category: Category, found: &mut Vec<Piece>) {
    let piece = |category| Piece { start: 0, end: text.len(), category };
    // A user agent may hold anything, also addresses: it goes as a whole.
    let is_agent = category == Category::Agent;
    let is_list = text.starts_with(['{', '[']) || text.starts_with("arn:") || text.contains("://");
    if !is_agent && (is_list || text.len() > LONGEST_NAME) {
        return in_text(text, found);
    }
    if is_of_aws(text) || text.len() < 2 || matches!(text, "true" | "false") {
        return found.push(piece(None));
    }
    let own = match whole(text) {
        Some(Shape::Account) => Category::Account,
        Some(Shape::KeyId) => key_category(text),
        Some(Shape::Address(address)) if is_nobody(address) => return found.push(piece(None)),
        Some(Shape::Address(_)) => Category::Address,
        // A number is no name: it names a version, a port or a limit.
        _ if category == Category::Resource && text.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
            return found.push(piece(None));
        }
        _ if email_whole(text) => Category::Email,
        _ => category,
    };
    match category {
        Category::Account if own == Category::Account => found.push(piece(Some(own))),
        // Not an id after all.
        Category::Account => in_text(text, found),
        // `10.0.0.0/8`, `203.0.113.7:443`.
        Category::Address if own != Category::Address => {
            in_text(text, found);
            if found.is_empty() {
                host(text, 0, found);
            }
        }
        Category::Host if own == Category::Host => host(text, 0, found),
        _ => {
            // The prefix is AWS's own, what follows is somebody's name.
            let start = if text.starts_with(SSO_ROLE) { SSO_ROLE.len() } else { 0 };
            if start > 0 {
                found.push(Piece { start: 0, end: start, category: None });
            }
            found.push(Piece { start, end: text.len(), category: Some(own) });
        }
    }
}

/// A longer value is a text and no name.
const LONGEST_NAME: usize = 512;

const SSO_ROLE: &str = "AWSReservedSSO_";

/// `AROA…:session`, `AIDA…`, `123456789012:alice`.
fn principal_id(text: &str, found: &mut Vec<Piece>) {
    let Some((id, session)) = text.split_once(':') else {
        return named(text, Category::Principal, found);
    };
    named(id, Category::Principal, found);
    let from = found.len();
    named(session, Category::Session, found);
    shift(&mut found[from..], id.len() + 1);
}

fn shift(pieces: &mut [Piece], by: usize) {
    for piece in pieces {
        piece.start += by;
        piece.end += by;
    }
}

/// Each segment of the name of an object is a name.
fn object_key(text: &str, at: usize, found: &mut Vec<Piece>) {
    let mut start = 0;
    for segment in text.split('/') {
        if !segment.is_empty() && segment != "*" && !KEPT_SEGMENTS.contains(&segment) {
            let from = found.len();
            named(segment, Category::Resource, found);
            shift(&mut found[from..], at + start);
        }
        start += segment.len() + 1;
    }
}

/// A host: AWS's own stays, but for the names that stand in it.
fn host(text: &str, at: usize, found: &mut Vec<Piece>) {
    let name = text.split(':').next().unwrap_or(text);
    let lower = name.to_ascii_lowercase();
    let aws = AWS_DOMAINS.iter().find(|domain| {
        lower.strip_suffix(*domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    });
    let whole_piece = |category| Piece { start: at, end: at + name.len(), category };
    let Some(domain) = aws else {
        let known = name == "localhost" || name.len() < 2 || name.starts_with("AWS ");
        return found.push(whole_piece(if known { None } else { Some(Category::Host) }));
    };
    let mut start = 0;
    let labels = &name[..name.len() - domain.len()];
    for label in labels.trim_end_matches('.').split('.') {
        let place = at + start;
        let end = place + label.len();
        if let Some((from, _)) = dashed_address(label) {
            found.push(Piece { start: place + from, end, category: Some(Category::Address) });
        } else if !is_word_of_hosts(label) {
            found.push(Piece { start: place, end, category: Some(label_category(label)) });
        } else {
            found.push(Piece { start: place, end, category: None });
        }
        start += label.len() + 1;
    }
    let place = at + name.len() - domain.len();
    found.push(Piece { start: place, end: at + name.len(), category: None });
}

fn label_category(label: &str) -> Category {
    if matches!(whole(label), Some(Shape::Account)) { Category::Account } else { Category::Resource }
}

const AWS_DOMAINS: [&str; 11] = [
    "amazonaws.com",
    "amazonaws.com.cn",
    "api.aws",
    "on.aws",
    "amazon.com",
    "awsapps.com",
    "ec2.internal",
    "compute.internal",
    "amazoncognito.com",
    "cloudfront.net",
    "aws",
];

/// Labels of AWS's hosts: words and Regions, no names. Everything that `is_word_of_hosts` does not know
/// is taken for a name, which is the safe side.
fn is_word_of_hosts(label: &str) -> bool {
    label.len() <= 3 || is_region(label) || HOST_WORDS.contains(&label) || label.starts_with("s3-")
}

/// First labels of endpoints, as botocore 1.44's endpoint prefixes have them.
const HOST_WORDS: &[&str] = &[
    "access-analyzer",
    "apigateway",
    "appstream",
    "athena",
    "autoscaling",
    "backup",
    "batch",
    "bedrock",
    "cloudformation",
    "cloudfront",
    "cloudhsm",
    "cloudhsmv2",
    "cloudsearch",
    "cloudshell",
    "cloudtrail",
    "codebuild",
    "codecommit",
    "codedeploy",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "compute",
    "config",
    "console",
    "dataexchange",
    "datasync",
    "detective",
    "devicefarm",
    "directconnect",
    "discovery",
    "dualstack",
    "dynamodb",
    "ec2messages",
    "elasticache",
    "elasticbeanstalk",
    "elasticfilesystem",
    "elasticloadbalancing",
    "elasticmapreduce",
    "events",
    "execute-api",
    "fips",
    "firehose",
    "fsx",
    "glacier",
    "glue",
    "guardduty",
    "health",
    "identitystore",
    "imagebuilder",
    "inspector",
    "inspector2",
    "internal",
    "iot",
    "kafka",
    "kendra",
    "kinesis",
    "kinesisanalytics",
    "lakeformation",
    "lambda",
    "lambda-url",
    "license-manager",
    "lightsail",
    "logs",
    "macie",
    "macie2",
    "mgn",
    "monitoring",
    "monitron",
    "network-firewall",
    "oidc",
    "opsworks",
    "organizations",
    "pinpoint",
    "polly",
    "portal.sso",
    "pricing",
    "qapps",
    "quicksight",
    "redshift",
    "rekognition",
    "resource-explorer-2",
    "resource-groups",
    "route53",
    "route53resolver",
    "runtime",
    "sagemaker",
    "schemas",
    "secretsmanager",
    "securityhub",
    "securitylake",
    "serverlessrepo",
    "servicecatalog",
    "servicediscovery",
    "servicequotas",
    "shield",
    "signin",
    "snowball",
    "ssmmessages",
    "states",
    "storagegateway",
    "streams",
    "support",
    "tagging",
    "textract",
    "transcribe",
    "transfer",
    "translate",
    "trustedadvisor",
    "user-subscriptions",
    "verifiedpermissions",
    "wafv2",
    "waf-regional",
    "wellarchitected",
    "workdocs",
    "workmail",
    "workspaces",
    "xray",
    "amplify",
    "codewhisperer",
    "codecatalyst",
    "delivery",
    "vpc-lattice",
    "malware-protection",
    "replicator",
    "ssm-incidents",
    "elasticloadbalancingv2",
    "airflow",
    "appflow",
    "appsync",
    "billing",
    "budgets",
    "profile",
    "accounts",
    "outposts",
    "application-autoscaling",
    "s3-control",
    "s3-accesspoint",
    "s3express",
    "cloudcontrolapi",
    "sts-fips",
    "docs",
    "wisdom",
];

/// `us-east-1`, `us-gov-west-1`, `ap-southeast-4`, with or without the letter of a zone.
pub fn is_region(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(first), Some(last)) = (parts.next(), parts.next_back()) else { return false };
    let number = last.trim_end_matches(|c: char| c.is_ascii_lowercase());
    first.len() == 2
        && (1..=2).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
        && parts.clone().count() > 0
        && text.len() <= 24
        && parts.all(|part| part.len() > 2 && part.bytes().all(|b| b.is_ascii_lowercase()))
}

/// What AWS itself named: services, Regions, its own roles, documents and aliases.
fn is_of_aws(text: &str) -> bool {
    const STARTS: [&str; 7] =
        ["AWSServiceRoleFor", "AWS-", "AWSSupport-", "AWS Internal", "AWS::", "AWS:", "alias/aws/"];
    text == "*" || STARTS.iter().any(|start| text.starts_with(start)) || is_region(text) || is_service(text)
}

fn is_service(text: &str) -> bool {
    text.strip_suffix(".amazonaws.com").or_else(|| text.strip_suffix(".amazonaws.com.cn")).is_some_and(
        |name| {
            name.len() <= 40
                && (HOST_WORDS.contains(&name)
                    || name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                        && name.bytes().filter(u8::is_ascii_digit).count() < 4)
        },
    )
}

/// Everything in a running text that tells by itself what it is.
fn in_text(text: &str, found: &mut Vec<Piece>) {
    let bytes = text.as_bytes();
    let emails = emails(bytes);
    let mut emails = emails.iter().peekable();
    let mut at = 0;
    while at < bytes.len() {
        while emails.next_if(|email| email.0 < at).is_some() {}
        if let Some((_, end)) = emails.next_if(|email| email.0 == at) {
            found.push(Piece { start: at, end: *end, category: Some(Category::Email) });
            at = *end;
            continue;
        }
        if !starts_word(bytes, at) {
            at += 1;
            continue;
        }
        let next = emails.peek().map(|email| email.0);
        at = match at_word(text, at, found) {
            // An ARN takes the addresses in it along.
            Some(end) => end.max(at + 1),
            None => {
                let word = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                next.map_or(at + word.max(1), |next| next.min(at + word.max(1)).max(at + 1))
            }
        };
    }
}

/// Whether a word may begin here. An escape before it is none of its letters: `\nalice`, `%3A1234`.
pub fn starts_word(bytes: &[u8], at: usize) -> bool {
    if !bytes[at].is_ascii_alphanumeric() {
        return bytes[at] == b':' && bytes.get(at + 1) == Some(&b':');
    }
    let Some(before) = at.checked_sub(1) else { return true };
    if !bytes[before].is_ascii_alphanumeric() {
        return true;
    }
    let earlier = |back: usize| before.checked_sub(back).map(|at| bytes[at]);
    earlier(1) == Some(b'\\') && matches!(bytes[before], b'n' | b't' | b'r')
        || earlier(2) == Some(b'%') && bytes[before].is_ascii_hexdigit()
}

fn ends_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric())
}

/// What begins at the word at `at`; gives where it ends.
fn at_word(text: &str, at: usize, found: &mut Vec<Piece>) -> Option<usize> {
    let bytes = text.as_bytes();
    let rest = &bytes[at..];
    let push = |found: &mut Vec<Piece>, length: usize, category| {
        found.push(Piece { start: at, end: at + length, category });
        Some(at + length)
    };
    if rest.starts_with(b"arn:aws") {
        return arn(text, at, found);
    }
    if matches!(rest[0], b'h' | b's' | b'H')
        && let Some(end) = address_of_web(text, at, found)
    {
        return Some(end);
    }
    if rest.len() >= 36 && uuid(&rest[..36]) && ends_word(rest, 36) {
        return push(found, 36, Some(Category::Id));
    }
    if let Some((length, address)) = ip(rest) {
        // Behind a slash or a `v` it is a version: a product writes itself so.
        let version = at > 0 && matches!(bytes[at - 1], b'/' | b'v') && address.is_ipv4();
        if !version {
            return push(found, length, (!is_nobody(address)).then_some(Category::Address));
        }
    }
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 12 && ends_word(rest, 12) && rest.get(12) != Some(&b'.') {
        return push(found, 12, Some(Category::Account));
    }
    let id = key_id(rest);
    if id > 0 && ends_word(rest, id) {
        return push(found, id, Some(key_category(text.get(at..at + id)?)));
    }
    if let Some((_, length)) = resource_id(rest).filter(|(_, length)| ends_word(rest, *length)) {
        return push(found, length, Some(Category::Resource));
    }
    let label = rest.iter().take(20).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let (from, length) = dashed_address(text.get(at..at + label)?)?;
    found.push(Piece { start: at + from, end: at + from + length, category: Some(Category::Address) });
    Some(at + label)
}

fn key_category(id: &str) -> Category {
    if ["AKIA", "ASIA", "ABIA", "ACCA"].iter().any(|prefix| id.starts_with(prefix)) {
        Category::AccessKey
    } else {
        Category::Principal
    }
}

/// Ids of keys and principals, by AWS's prefixes; gives the length.
fn key_id(bytes: &[u8]) -> usize {
    const PREFIXES: [&[u8; 4]; 11] =
        [b"AKIA", b"ASIA", b"AROA", b"AIDA", b"AGPA", b"ANPA", b"ANVA", b"APKA", b"ABIA", b"ACCA", b"AIPA"];
    if !PREFIXES.iter().any(|prefix| bytes.starts_with(*prefix)) {
        return 0;
    }
    let length = bytes.iter().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).count();
    if (16..=128).contains(&length) { length } else { 0 }
}

fn uuid(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

/// `i-1234abcd`, `subnet-0123456789abcdef0`: the length of the prefix with its dash, and of all.
fn resource_id(bytes: &[u8]) -> Option<(usize, usize)> {
    let letters = bytes.iter().take(20).take_while(|b| b.is_ascii_lowercase()).count();
    if letters == 0 || bytes.get(letters) != Some(&b'-') {
        return None;
    }
    let prefix = letters + 1;
    let hex = bytes[prefix..].iter().take(18).take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).count();
    matches!(hex, 8 | 17).then_some((prefix, prefix + hex))
}

/// An IP address at the start of a text, and its length.
fn ip(bytes: &[u8]) -> Option<(usize, IpAddr)> {
    let four = bytes.iter().take(16).take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let dots = bytes[..four].iter().filter(|b| **b == b'.').count();
    if dots >= 3 && four <= 16 {
        let four = if bytes[four - 1] == b'.' { four - 1 } else { four };
        let address = std::str::from_utf8(&bytes[..four]).ok()?.parse().ok()?;
        return ends_word(bytes, four).then_some((four, address));
    }
    let six = bytes.iter().take(46).take_while(|b| b.is_ascii_hexdigit() || **b == b':').count();
    let colons = bytes[..six].iter().filter(|b| **b == b':').count();
    if colons < 2 || six > 45 || !ends_word(bytes, six) {
        return None;
    }
    // A sentence may put a colon behind it.
    let six = if bytes[..six].ends_with(b":") && !bytes[..six].ends_with(b"::") { six - 1 } else { six };
    Some((six, std::str::from_utf8(&bytes[..six]).ok()?.parse().ok()?))
}

/// Addresses that are nobody's: unspecified, loopback, broadcast, the instance metadata service.
fn is_nobody(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            v4.is_unspecified() || v4.is_loopback() || v4.is_broadcast() || v4.octets() == [169, 254, 169, 254]
                // The start of a block, as in `10.0.0.0/8`: it names the block.
                || matches!(v4.octets(), [10, 0, 0, 0] | [172, 16, 0, 0] | [192, 168, 0, 0])
        }
        IpAddr::V6(v6) => v6.is_unspecified() || v6.is_loopback(),
    }
}

/// `ip-10-0-1-10`, `ec2-54-1-2-3`: where the address begins and how long it is.
fn dashed_address(label: &str) -> Option<(usize, usize)> {
    let from = if label.starts_with("ip-") {
        3
    } else if label.starts_with("ec2-") {
        4
    } else {
        return None;
    };
    let digits = label.get(from..)?;
    undashed(digits).map(|_| (from, digits.len()))
}

/// The address that is written with dashes for dots.
pub fn undashed(text: &str) -> Option<String> {
    if text.len() > 15 || text.bytes().filter(|b| *b == b'-').count() != 3 {
        return None;
    }
    let dotted = text.replace('-', ".");
    dotted.parse::<std::net::Ipv4Addr>().is_ok().then_some(dotted)
}

/// E-mail addresses, as byte ranges.
fn emails(bytes: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'-');
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'@', &bytes[from..]).map(|at| from + at) {
        let before = bytes[from..at].iter().rev().take(64).take_while(|b| local(b)).count();
        let after = bytes[at + 1..].iter().take(255);
        let after = after.take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
        let domain = &bytes[at + 1..at + 1 + after];
        let domain =
            &domain[..domain.len() - domain.iter().rev().take_while(|b| **b == b'.' || **b == b'-').count()];
        let mut start = at - before;
        while start < at && !bytes[start].is_ascii_alphanumeric() {
            start += 1;
        }
        from = at + 1;
        if start < at && memchr::memchr(b'.', domain).is_some() {
            found.push((start, at + 1 + domain.len()));
            from += domain.len();
        }
    }
    found
}

fn email_whole(text: &str) -> bool {
    matches!(emails(text.as_bytes()).as_slice(), [(0, end)] if *end == text.len())
}

/// `https://host/path`: the host, and in the address of a queue the queue.
fn address_of_web(text: &str, at: usize, found: &mut Vec<Piece>) -> Option<usize> {
    let rest = text.get(at..)?;
    let scheme =
        ["https://", "http://", "s3://", "HTTPS://", "HTTP://"].iter().find(|s| rest.starts_with(**s))?;
    let start = at + scheme.len();
    let stops = |b: &u8| {
        matches!(b, b'/' | b'?' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'\\' | b')' | b',' | b';' | b'&')
            || b.is_ascii_whitespace()
    };
    let length = text.as_bytes()[start..].iter().take(255).take_while(|b| !stops(b)).count();
    let name = text.get(start..start + length)?;
    // Somebody's name and password may stand before the host.
    let name = name.rsplit('@').next().unwrap_or(name);
    let start = start + length - name.len();
    let end = start + name.len();
    if *scheme == "s3://" {
        named_at(name, start, Category::Resource, found);
        return Some(end);
    }
    let bare = name.split(':').next().unwrap_or(name);
    match whole(bare) {
        Some(Shape::Address(address)) => found.push(Piece {
            start,
            end: start + bare.len(),
            category: (!is_nobody(address)).then_some(Category::Address),
        }),
        _ => host(name, start, found),
    }
    let mut at = end;
    let path = &text[end..];
    let segment = |text: &str| text.bytes().take_while(|b| !stops(b)).count();
    if let Some(inside) = path.strip_prefix('/') {
        let first = segment(inside);
        if first == 12 && whole(inside.get(..12)?) == Some(Shape::Account) {
            found.push(Piece { start: end + 1, end: end + 13, category: Some(Category::Account) });
            at = end + 13;
            if let Some(queue) = inside.get(12..).and_then(|rest| rest.strip_prefix('/')) {
                let length = segment(queue);
                named_at(queue.get(..length)?, at + 1, Category::Resource, found);
                at += 1 + length;
            }
        } else if name.starts_with("s3") && name.contains("amazonaws") && first > 0 {
            named_at(inside.get(..first)?, end + 1, Category::Resource, found);
            at = end + 1 + first;
        }
    }
    Some(at)
}

fn named_at(text: &str, at: usize, category: Category, found: &mut Vec<Piece>) {
    let from = found.len();
    if !text.is_empty() {
        named(text, category, found);
    }
    shift(&mut found[from..], at);
}

/// Segments of ARNs and of object keys that name no one.
const KEPT_SEGMENTS: &[&str] = &[
    "",
    "*",
    "root",
    "aws",
    "aws-service-role",
    "service-role",
    "aws-reserved",
    "AWSLogs",
    "CloudTrail",
    "CloudTrail-Digest",
    "CloudTrail-Insight",
    "log-stream",
    "lambda",
    "default",
    "primary",
    "$LATEST",
    "fifo",
    "function",
    "logs",
    "data",
    "index",
];

/// An ARN, each part in its place.
fn arn(text: &str, at: usize, found: &mut Vec<Piece>) -> Option<usize> {
    let stop = |c: char| c.is_whitespace() || "\"'<>(){}[]\\,;|`".contains(c);
    let rest = text.get(at..)?;
    // Objects may have spaces in their names: an ARN alone in its value goes on to its end.
    let alone = at == 0
        && !rest.contains(['"', '\'', '{', '\\', ','])
        && rest.matches("arn:aws").count() == 1
        && (rest.contains(":s3:::") && !rest.contains(" is ") || !rest.contains(char::is_whitespace));
    let end = if alone { rest.len() } else { rest.find(stop).unwrap_or(rest.len()) };
    let whole_arn = rest.get(..end)?.trim_end_matches(['.', ':', '!', '?']);
    let mut parts = [""; 6];
    let mut starts = [0; 6];
    let mut count = 0;
    let mut from = 0;
    for part in whole_arn.splitn(6, ':') {
        parts[count] = part;
        starts[count] = from;
        from += part.len() + 1;
        count += 1;
    }
    if count < 6 {
        return None;
    }
    let [_, _, service, _, account, resource] = parts;
    let length = whole_arn.len();
    if account == "aws" || service.is_empty() {
        found.push(Piece { start: at, end: at + length, category: None });
        return Some(at + length);
    }
    found.push(Piece { start: at, end: at + starts[4], category: None });
    if whole(account) == Some(Shape::Account) {
        let start = at + starts[4];
        found.push(Piece { start, end: start + 12, category: Some(Category::Account) });
    }
    arn_resource(service, resource, at + starts[5], found);
    Some(at + length)
}

fn arn_resource(service: &str, resource: &str, at: usize, found: &mut Vec<Piece>) {
    if service == "s3" {
        return object_key(resource, at, found);
    }
    let mut start = 0;
    let mut place = 0;
    let several = resource.contains(['/', ':']);
    let mut kind = "";
    for segment in resource.split(['/', ':']) {
        let is_type = place == 0
            && several
            && service != "execute-api"
            && segment.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'_'));
        let start_at = at + start;
        let keeps =
            is_type || KEPT_SEGMENTS.contains(&segment) || service == "logs" && is_service_word(segment);
        if keeps {
            kind = if is_type { segment } else { kind };
            found.push(Piece { start: start_at, end: start_at + segment.len(), category: None });
        } else {
            let category = match (service, kind, place) {
                ("iam", "user" | "group" | "mfa", _) | ("sts", "federated-user", _) => Category::Principal,
                ("sts", "assumed-role", 2..) => Category::Session,
                ("iam" | "sts", "user-id", _) => Category::Principal,
                _ => Category::Resource,
            };
            named_at(segment, start_at, category, found);
        }
        start += segment.len() + 1;
        place += 1;
    }
}

fn is_service_word(segment: &str) -> bool {
    HOST_WORDS.contains(&segment)
}
