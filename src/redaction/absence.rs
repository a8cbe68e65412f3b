//! What is missing from a record as a whole: a response, a parameter that is never logged.
//!
//! Absence is judged carefully. A response that is missing is called withheld only where AWS documents
//! that there is one; a call that failed has none to hide.

use crate::json::{Document, Kind};
use crate::protocol::{Hidden, Redaction};

/// What a service never logs of some calls.
struct Rule {
    service: &'static str,
    /// Its event sources without `.amazonaws.com`.
    sources: &'static [&'static str],
    /// Event names, without a version suffix; a trailing `*` stands for anything.
    events: &'static [&'static str],
    /// The object that would hold it.
    parent: &'static str,
    /// The members that are left out; empty where the parent itself is.
    members: &'static [&'static str],
    class: Hidden,
    /// The AWS page that says so; empty where it is only observed.
    document: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        service: "Amazon MQ",
        sources: &["amazonmq", "mq"],
        events: &[
            "DescribeBroker",
            "DescribeConfiguration",
            "DescribeConfigurationRevision",
            "DescribeUser",
            "ListBrokers",
            "ListConfigurationRevisions",
            "ListConfigurations",
            "ListUsers",
        ],
        parent: "responseElements",
        members: &[],
        class: Hidden::Withheld,
        document: "Logging Amazon MQ API calls using AWS CloudTrail",
    },
    Rule {
        service: "AWS Security Hub",
        sources: &["securityhub"],
        events: &[
            "BatchImportFindings",
            "GetFindings",
            "GetFindingsV2",
            "GetInsights",
            "GetMembers",
            "UpdateFindings",
        ],
        parent: "responseElements",
        members: &[],
        class: Hidden::Withheld,
        document: "Logging Security Hub API calls with CloudTrail",
    },
    Rule {
        service: "AWS KMS",
        sources: &["kms"],
        events: &[
            "Decrypt",
            "DeriveSharedSecret",
            "Encrypt",
            "GenerateDataKey*",
            "GenerateMac",
            "GenerateRandom",
            "GetKeyPolicy",
            "ReEncrypt",
            "Sign",
            "Verify*",
        ],
        parent: "responseElements",
        members: &[],
        class: Hidden::NotLogged,
        document: "Logging AWS KMS API calls with AWS CloudTrail",
    },
    Rule {
        service: "AWS Glue",
        sources: &["glue"],
        events: &["BatchGet*", "CreateScript", "Get*"],
        parent: "responseElements",
        members: &[],
        class: Hidden::NotLogged,
        document: "Logging AWS Glue API calls with AWS CloudTrail",
    },
    Rule {
        service: "AWS Glue",
        sources: &["glue"],
        events: &["CreateConnection", "UpdateConnection"],
        parent: "requestParameters",
        members: &["connectionProperties"],
        class: Hidden::NotLogged,
        document: "Logging AWS Glue API calls with AWS CloudTrail",
    },
    Rule {
        service: "AWS Lambda",
        sources: &["lambda"],
        events: &["CreateFunction"],
        parent: "requestParameters",
        members: &["environment", "zipFile"],
        class: Hidden::NotLogged,
        document: "Logging AWS Lambda API calls using AWS CloudTrail",
    },
    Rule {
        service: "AWS Lambda",
        sources: &["lambda"],
        events: &["UpdateFunctionConfiguration"],
        parent: "requestParameters",
        members: &["environment"],
        class: Hidden::NotLogged,
        document: "Logging AWS Lambda API calls using AWS CloudTrail",
    },
    Rule {
        service: "AWS Lambda",
        sources: &["lambda"],
        events: &["UpdateFunctionCode", "PublishLayerVersion"],
        parent: "requestParameters",
        members: &["zipFile"],
        class: Hidden::NotLogged,
        document: "Logging AWS Lambda API calls using AWS CloudTrail",
    },
    Rule {
        service: "AWS Secrets Manager",
        sources: &["secretsmanager"],
        events: &["CreateSecret", "PutSecretValue", "UpdateSecret"],
        parent: "requestParameters",
        members: &["secretString", "secretBinary"],
        class: Hidden::NotLogged,
        document: "",
    },
    Rule {
        service: "AWS Secrets Manager",
        sources: &["secretsmanager"],
        events: &["GetSecretValue", "BatchGetSecretValue"],
        parent: "responseElements",
        members: &[],
        class: Hidden::NotLogged,
        document: "",
    },
    Rule {
        service: "IAM",
        sources: &["iam"],
        events: &["CreateLoginProfile", "UpdateLoginProfile"],
        parent: "requestParameters",
        members: &["password"],
        class: Hidden::NotLogged,
        document: "",
    },
    Rule {
        service: "IAM",
        sources: &["iam"],
        events: &["CreateAccessKey"],
        parent: "responseElements.accessKey",
        members: &["secretAccessKey"],
        class: Hidden::NotLogged,
        document: "",
    },
];

/// What a rule says of a call before its record is looked into.
pub struct Absence {
    /// How.
    pub class: Hidden,
    /// What stands for it in figures and filters.
    pub marker: &'static str,
    /// Whether AWS documents it.
    pub documented: bool,
}

/// Whether a service leaves the whole response out of records of this call: cheap, for every record
/// that is read. Names are as written. Members that are never logged are left to [`super::find`]: whether
/// there was one can't be told, so they are in no figure.
#[must_use]
pub fn absence_of(source: &[u8], event: &[u8]) -> Option<Absence> {
    let source = source.strip_suffix(b".amazonaws.com").unwrap_or(source);
    // Of all sources few have rules, and their lengths and first letters tell.
    let known = matches!(
        source,
        b"amazonmq" | b"mq" | b"securityhub" | b"kms" | b"glue" | b"lambda" | b"secretsmanager" | b"iam"
    );
    let rule = known.then(|| rule(source, event)).flatten().filter(|rule| rule.members.is_empty())?;
    Some(Absence { class: rule.class, marker: stands_for(rule.class), documented: !rule.document.is_empty() })
}

fn stands_for(class: Hidden) -> &'static str {
    if class == Hidden::Withheld { "response withheld" } else { "not logged" }
}

fn rule(source: &[u8], event: &[u8]) -> Option<&'static Rule> {
    // Lambda writes `CreateFunction20150331v2`.
    let digits = event.iter().position(u8::is_ascii_digit).filter(|at| *at + 8 <= event.len());
    let event = &event[..digits.unwrap_or(event.len())];
    RULES.iter().find(|rule| {
        rule.sources.iter().any(|one| one.as_bytes().eq_ignore_ascii_case(source))
            && rule.events.iter().any(|name| match name.strip_suffix('*') {
                Some(start) => event.starts_with(start.as_bytes()),
                None => name.as_bytes() == event,
            })
    })
}

/// What is missing from a record as a whole, if a rule says so and it is.
pub(super) fn absent(record: &Document<'_>) -> Option<Redaction> {
    let root = record.root();
    let source = root.text_at(&["eventSource"])?;
    let name = root.text_at(&["eventName"])?;
    let rule = rule(source.split('.').next()?.as_bytes(), name.as_bytes())?;
    if root.text_at(&["errorCode"]).is_some_and(|code| !code.is_empty()) {
        return None;
    }
    let keys: Vec<&str> = rule.parent.split('.').collect();
    let parent = root.at(&keys).filter(|parent| parent.kind() != Kind::Null);
    let gone = if rule.members.is_empty() {
        parent.is_none()
    } else {
        parent.is_some_and(|parent| {
            parent.kind() == Kind::Object
                && rule.members.iter().all(|member| parent.get_loose(member).is_none())
        })
    };
    gone.then(|| explained(rule))
}

fn explained(rule: &Rule) -> Redaction {
    let mut explanation = String::from(rule.service);
    if rule.class == Hidden::Withheld {
        explanation.push_str(" logs the parameters of this call and withholds its response. There was one; it is not in the file.");
    } else if rule.members.is_empty() {
        explanation.push_str(" does not log the response of this call. No marker stands for it.");
    } else {
        explanation.push_str(" does not log `");
        explanation.push_str(&rule.members.join("` and `"));
        explanation.push_str("` of this call. Whether there was any can't be told.");
    }
    Redaction {
        path: rule.parent.to_owned(),
        marker: stands_for(rule.class).to_owned(),
        class: rule.class,
        span: (0, 0),
        documented: !rule.document.is_empty(),
        explanation,
        document: rule.document.to_owned(),
    }
}
