//! Hosts and addresses of the web: AWS's own stay, but for the names that stand in them.

use super::shapes::{Piece, Shape, is_nobody, named_at, whole};
use crate::protocol::Category;

/// A host: AWS's own stays, but for the names that stand in it.
pub fn host(text: &str, at: usize, found: &mut Vec<Piece>) {
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
    label.len() <= 3 || is_region(label) || is_service_word(label) || label.starts_with("s3-")
}

/// First labels of endpoints, as botocore 1.44's endpoint prefixes have them.
const HOST_WORDS: &str = "\
    access-analyzer apigateway appstream athena autoscaling backup batch bedrock cloudformation \
    cloudfront cloudhsm cloudhsmv2 cloudsearch cloudshell cloudtrail codebuild codecommit \
    codedeploy codepipeline cognito-identity cognito-idp compute config console dataexchange \
    datasync detective devicefarm directconnect discovery dualstack dynamodb ec2messages \
    elasticache elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce events \
    execute-api fips firehose fsx glacier glue guardduty health identitystore imagebuilder \
    inspector inspector2 internal iot kafka kendra kinesis kinesisanalytics lakeformation lambda \
    lambda-url license-manager lightsail logs macie macie2 mgn monitoring monitron network-firewall \
    oidc opsworks organizations pinpoint polly portal.sso pricing qapps quicksight redshift \
    rekognition resource-explorer-2 resource-groups route53 route53resolver runtime sagemaker \
    schemas secretsmanager securityhub securitylake serverlessrepo servicecatalog servicediscovery \
    servicequotas shield signin snowball ssmmessages states storagegateway streams support tagging \
    textract transcribe transfer translate trustedadvisor user-subscriptions verifiedpermissions \
    wafv2 waf-regional wellarchitected workdocs workmail workspaces xray amplify codewhisperer \
    codecatalyst delivery vpc-lattice malware-protection replicator ssm-incidents \
    elasticloadbalancingv2 airflow appflow appsync billing budgets profile accounts outposts \
    application-autoscaling s3-control s3-accesspoint s3express cloudcontrolapi sts-fips docs \
    wisdom";

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
pub fn is_of_aws(text: &str) -> bool {
    const STARTS: [&str; 7] =
        ["AWSServiceRoleFor", "AWS-", "AWSSupport-", "AWS Internal", "AWS::", "AWS:", "alias/aws/"];
    text == "*" || STARTS.iter().any(|start| text.starts_with(start)) || is_region(text) || is_service(text)
}

/// Names that AWS gave to states, kinds and defaults, where they stand as the name of something:
/// `instanceState.name: running`.
const VOCABULARY: &str = "\
    all none any self default local amazon aws-marketplace pending running stopping stopped terminated \
    shutting-down available in-use attached attaching detached detaching associated associating \
    disassociated disassociating active inactive enabled disabled creating created deleting deleted \
    modifying starting failed completed succeeded in-progress error impaired open closed rejected \
    expired public private vpc standard machine kernel ramdisk hvm paravirtual ebs instance-store \
    x86_64 i386 arm64 gp2 gp3 io1 io2 st1 sc1 magnetic Linux Windows linux windows mysql postgres \
    mariadb aurora aurora-mysql aurora-postgresql redis memcached Lambda s3Import s3Export String \
    StringList SecureString Advanced Standard DRAFT Name amazon-ssm-agent Owner Recursive OneLevel \
    Equals BeginsWith Contains ssh rdp tcp udp icmp -1 Active Inactive Enabled Disabled Pending Running \
    ACTIVE INACTIVE ENABLED DISABLED PENDING RUNNING SUCCEEDED FAILED CREATING DELETING";

/// Whether a name is AWS's word for something.
pub fn is_vocabulary(text: &str) -> bool {
    const STARTS: [&str; 6] = ["/dev/", "default.", "default:", "rds-ca-", "__default_", "__console_"];
    // `use1-az2`.
    let zone = || {
        text.split_once("-az").is_some_and(|(region, number)| {
            (3..=5).contains(&region.len())
                && number.len() == 1
                && region.ends_with(|c: char| c.is_ascii_digit())
        })
    };
    text.len() <= 24
        && (VOCABULARY.split(' ').any(|word| word == text)
            || STARTS.iter().any(|start| text.starts_with(start))
            || zone())
}

fn is_service(text: &str) -> bool {
    text.strip_suffix(".amazonaws.com").or_else(|| text.strip_suffix(".amazonaws.com.cn")).is_some_and(
        |name| {
            name.len() <= 40
                && (is_service_word(name)
                    || name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                        && name.bytes().filter(u8::is_ascii_digit).count() < 4)
        },
    )
}

/// `ip-10-0-1-10`, `ec2-54-1-2-3`: where the address begins and how long it is.
pub fn dashed_address(label: &str) -> Option<(usize, usize)> {
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

const KEPT_NAMES: [&str; 3] =
    ["s3.amazonaws.com/doc/2006-03-01/", "www.w3.org/2001/XMLSchema-instance", "acs.amazonaws.com/groups/"];

/// `https://host/path`: the host, and in the address of a queue the queue.
pub fn address_of_web(text: &str, at: usize, found: &mut Vec<Piece>) -> Option<usize> {
    let rest = text.get(at..)?;
    let scheme =
        ["https://", "http://", "s3://", "HTTPS://", "HTTP://"].iter().find(|s| rest.starts_with(**s))?;
    let start = at + scheme.len();
    // Names of XML, and of groups that everybody has.
    if let Some(name) = KEPT_NAMES.iter().find(|name| rest[scheme.len()..].starts_with(**name)) {
        found.push(Piece { start, end: start + name.len(), category: None });
        return Some(start + name.len());
    }
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

/// Whether a text is a word of AWS's hosts.
pub fn is_service_word(text: &str) -> bool {
    HOST_WORDS.split(' ').any(|word| word == text)
}
