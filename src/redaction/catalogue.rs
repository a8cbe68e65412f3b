//! What AWS documents: which service replaces which value of which call by a marker.
//!
//! First the rules that an AWS page states, or shows in a sample, then those that real events show.
//! Values that a service drops without a marker are another matter: see `absence`.

/// One documented habit of one service.
pub(super) struct Rule {
    /// The service's name.
    pub(super) service: &'static str,
    /// Its event sources without `.amazonaws.com`.
    sources: &'static [&'static str],
    /// Event names, without a version suffix; empty where the rule holds for all calls.
    events: &'static [&'static str],
    /// Keys whose value, or what is in it, is replaced. A leading `*` stands for anything.
    keys: &'static [&'static str],
    /// The AWS page that says so, by its title; empty where it is only observed.
    pub(super) document: &'static str,
}

/// The rule that covers a value: `keys` are the keys of its path, outermost first.
pub(super) fn rule(source: &str, event: &str, keys: &[String]) -> Option<&'static Rule> {
    let source = source.split('.').next().unwrap_or(source);
    RULES.iter().find(|rule| {
        rule.sources.iter().any(|one| one.eq_ignore_ascii_case(source))
            && (rule.events.is_empty() || rule.events.iter().any(|one| is_called(event, one)))
            && keys.iter().skip(1).any(|key| rule.keys.iter().any(|pattern| fits(pattern, key)))
    })
}

/// Whether an event has a name, perhaps with the version of the API behind it: Lambda writes
/// `CreateFunction20150331`.
fn is_called(event: &str, name: &str) -> bool {
    event.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && event.as_bytes().get(name.len()).is_none_or(u8::is_ascii_digit)
}

/// Whether a key is the one a rule means, whatever its case, `-` and `_`.
fn fits(pattern: &str, key: &str) -> bool {
    let fold = |text: &str| -> String {
        text.chars().filter(|c| !matches!(c, '-' | '_' | '*')).map(|c| c.to_ascii_lowercase()).collect()
    };
    if pattern.starts_with('*') { fold(key).ends_with(&fold(pattern)) } else { fold(key) == fold(pattern) }
}

const RULES: &[Rule] = &[
    Rule {
        service: "Amazon MQ",
        sources: &["amazonmq", "mq"],
        events: &["CreateBroker", "CreateUser", "UpdateConfiguration", "UpdateUser"],
        keys: &["password", "data"],
        document: "Logging Amazon MQ API calls using AWS CloudTrail",
    },
    Rule {
        service: "Amazon SQS",
        sources: &["sqs"],
        events: &["SendMessage", "SendMessageBatch"],
        keys: &["messageBody"],
        document: "Logging Amazon Simple Queue Service API calls using AWS CloudTrail",
    },
    Rule {
        service: "Amazon SNS",
        sources: &["sns"],
        events: &["Publish", "PublishBatch"],
        keys: &["message", "subject", "messageAttributes"],
        document: "Understanding CloudTrail events",
    },
    Rule {
        service: "Amazon EventBridge",
        sources: &["events"],
        events: &["PutEvents", "PutPartnerEvents"],
        keys: &["detail"],
        document: "Logging Amazon EventBridge API calls using AWS CloudTrail",
    },
    Rule {
        service: "AWS Sign-In",
        sources: &["signin"],
        events: &["ConsoleLogin"],
        keys: &["userName"],
        document: "CloudTrail userIdentity element",
    },
    Rule {
        service: "Amazon Cognito",
        sources: &["cognito-idp"],
        events: &[],
        keys: &["password", "username", "_csrf", "requiredAttributes", "requestParameters"],
        document: "Understanding Amazon Cognito log file entries",
    },
    Rule {
        service: "Amazon Cognito",
        sources: &["cognito-identity"],
        events: &["GetCredentialsForIdentity"],
        keys: &["logins"],
        document: "Understanding CloudTrail events",
    },
    Rule {
        service: "IAM Identity Center",
        sources: &["sso", "sso-oauth"],
        events: &["CreateToken", "CreateTokenWithIAM"],
        keys: &[
            "clientSecret",
            "code",
            "assertion",
            "subjectToken",
            "accessToken",
            "refreshToken",
            "idToken",
        ],
        document: "Understanding IAM Identity Center log entries",
    },
    Rule {
        service: "Amazon EC2",
        sources: &["ec2"],
        events: &["CreateKeyPair"],
        keys: &["keyMaterial"],
        document: "CloudTrail log file examples",
    },
    Rule {
        service: "Amazon EBS",
        sources: &["ebs"],
        events: &["StartSnapshot"],
        keys: &["kmsKeyArn"],
        document: "Log EBS direct APIs using AWS CloudTrail",
    },
    Rule {
        service: "AWS Systems Manager",
        sources: &["ssm", "ssmmessages"],
        events: &["CreateControlChannel"],
        keys: &["tokenValue"],
        document: "Logging AWS Systems Manager API calls with AWS CloudTrail",
    },
    Rule {
        service: "Amazon RDS",
        sources: &["rds"],
        events: &[
            "CreateDBInstance",
            "ModifyDBInstance",
            "CreateDBCluster",
            "ModifyDBCluster",
            "RestoreDBInstanceFromS3",
            "RestoreDBClusterFromS3",
        ],
        keys: &["masterUserPassword"],
        document: "Monitoring Amazon RDS API calls in AWS CloudTrail",
    },
    Rule {
        service: "Amazon RDS Data API",
        sources: &["rdsdata"],
        events: &["ExecuteStatement"],
        keys: &["database", "schema", "sql"],
        document: "Logging RDS Data API calls with AWS CloudTrail",
    },
    Rule {
        service: "Amazon Redshift Serverless",
        sources: &["redshift-serverless"],
        events: &["CreateNamespace"],
        keys: &["adminUserPassword", "adminUsername"],
        document: "Logging calls with AWS CloudTrail (Amazon Redshift)",
    },
    Rule {
        service: "Amazon Redshift query editor",
        sources: &["sqlworkbench"],
        events: &["CreateConnection"],
        keys: &[
            "password",
            "databaseName",
            "name",
            "authenticationType",
            "username",
            "dbUser",
            "userSettings",
        ],
        document: "Logging calls with AWS CloudTrail (Amazon Redshift)",
    },
    Rule {
        service: "Amazon DynamoDB",
        sources: &["dynamodb"],
        events: &["ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"],
        keys: &["statement"],
        document: "Logging DynamoDB operations by using AWS CloudTrail",
    },
    Rule {
        service: "Amazon Athena",
        sources: &["athena"],
        events: &["StartQueryExecution", "CreateNamedQuery", "UpdateNamedQuery"],
        keys: &["queryString"],
        document: "Log Amazon Athena API calls with AWS CloudTrail",
    },
    Rule {
        service: "Amazon Athena",
        sources: &["athena"],
        events: &["ImportNotebook", "UpdateNotebook", "StartCalculationExecution"],
        keys: &["payload", "contentMD5", "codeBlock"],
        document: "Log Amazon Athena API calls with AWS CloudTrail",
    },
    Rule {
        service: "AWS Certificate Manager",
        sources: &["acm"],
        events: &["ExportCertificate"],
        keys: &["passphrase", "privateKey"],
        document: "Using CloudTrail with AWS Certificate Manager",
    },
    Rule {
        service: "AWS App Runner",
        sources: &["apprunner"],
        events: &["CreateService", "UpdateService"],
        keys: &["buildCommand", "startCommand", "runtimeEnvironmentVariables"],
        document: "Logging App Runner API calls with AWS CloudTrail",
    },
    Rule {
        service: "AWS AppSync",
        sources: &["appsync"],
        events: &["CreateApiKey", "ListApiKeys", "DeleteApiKey"],
        keys: &["id"],
        document: "Logging AWS AppSync API calls with AWS CloudTrail",
    },
    Rule {
        service: "Amazon CloudFront",
        sources: &["cloudfront"],
        events: &["UpdateDistribution"],
        keys: &["comment"],
        document: "Logging Amazon CloudFront API calls using AWS CloudTrail",
    },
    Rule {
        service: "Amazon CloudWatch",
        sources: &["monitoring", "logs", "cloudwatch"],
        events: &["GenerateQuery"],
        keys: &["query_ask", "fields"],
        document: "Logging Amazon CloudWatch API calls with AWS CloudTrail",
    },
    Rule {
        service: "CloudWatch investigations",
        sources: &["aiops"],
        events: &[],
        keys: &["body", "comment"],
        document: "Logging Amazon CloudWatch API calls with AWS CloudTrail",
    },
    Rule {
        service: "AWS Billing",
        sources: &["payments"],
        events: &["Instruments_Create"],
        keys: &[
            "address",
            "accountHolderName",
            "cardNumber",
            "cvv2",
            "expirationMonth",
            "expirationYear",
            "tail",
        ],
        document: "Logging Billing and Cost Management API calls with AWS CloudTrail",
    },
    Rule {
        service: "AWS Organizations",
        sources: &["organizations"],
        events: &["CreateAccount", "CreateAccountResult"],
        keys: &["email", "accountName"],
        document: "Logging AWS Organizations API calls with AWS CloudTrail",
    },
    Rule {
        service: "AWS Control Tower",
        sources: &["controltower"],
        events: &["SetupLandingZone"],
        keys: &["*Email"],
        document: "Logging AWS Control Tower actions with AWS CloudTrail",
    },
    Rule {
        service: "Amazon Connect Voice ID",
        sources: &["voiceid"],
        events: &["CreateDomain", "UpdateDomain"],
        keys: &["name", "description"],
        document: "Logging Amazon Connect Voice ID API calls with AWS CloudTrail",
    },
    Rule {
        service: "Amazon Chime SDK",
        sources: &["chime", "chime-sdk-media-pipelines", "mediapipelines-chime"],
        events: &["CreateMediaCapturePipeline"],
        keys: &["sourceArn", "sinkArn"],
        document: "Logging Amazon Chime SDK API calls with AWS CloudTrail",
    },
    Rule {
        service: "Amazon Pinpoint",
        sources: &["pinpoint", "mobiletargeting"],
        events: &["CreateCampaign"],
        keys: &["Name", "Description", "MessageConfiguration"],
        document: "Logging Amazon Pinpoint API calls with AWS CloudTrail",
    },
    // Seen in real events and in samples; no page of AWS says so.
    Rule {
        service: "AWS Systems Manager",
        sources: &["ssm"],
        events: &["PutParameter"],
        keys: &["value"],
        document: "",
    },
    Rule {
        service: "AWS Systems Manager",
        sources: &["ssm"],
        events: &["SendCommand"],
        keys: &["parameters"],
        document: "",
    },
    Rule {
        service: "AWS Systems Manager",
        sources: &["ssm"],
        events: &["StartSession", "ResumeSession"],
        keys: &["tokenValue"],
        document: "",
    },
    Rule {
        service: "Amazon EC2",
        sources: &["ec2"],
        events: &[
            "RunInstances",
            "ModifyInstanceAttribute",
            "CreateLaunchTemplate",
            "CreateLaunchTemplateVersion",
        ],
        keys: &["userData"],
        document: "",
    },
    Rule {
        service: "Amazon Cognito",
        sources: &["cognito-idp"],
        events: &[],
        keys: &[
            "userAttributes",
            "authParameters",
            "accessToken",
            "idToken",
            "refreshToken",
            "challengeParameters",
        ],
        document: "",
    },
    Rule {
        service: "IAM Identity Center",
        sources: &["sso", "sso-directory", "identitystore", "identitystore-scim"],
        events: &["CreateUser"],
        keys: &["givenName", "familyName", "displayName", "name"],
        document: "",
    },
    Rule {
        service: "AWS Directory Service",
        sources: &["ds"],
        events: &["EnableDirectoryDataAccess"],
        keys: &["applicationId", "serviceAccountUserName", "serviceAccountPassword"],
        document: "",
    },
    Rule {
        service: "AWS Invoicing",
        sources: &["invoicing"],
        events: &[],
        keys: &["contacts", "procurementPortalSharedSecret"],
        document: "",
    },
    Rule {
        service: "IAM Roles Anywhere",
        sources: &["rolesanywhere"],
        events: &["CreateTrustAnchor", "CreateProfile"],
        keys: &["tags"],
        document: "",
    },
    Rule {
        service: "AWS Transfer Family",
        sources: &["transfer"],
        events: &["CreateServer", "UpdateServer"],
        keys: &["hostKey"],
        document: "",
    },
    Rule {
        service: "AWS B2B Data Interchange",
        sources: &["b2bi"],
        events: &[],
        keys: &["configuration"],
        document: "",
    },
    Rule {
        service: "AWS IoT Events",
        sources: &["iotevents"],
        events: &["CreateDetectorModel"],
        keys: &["key"],
        document: "",
    },
    Rule {
        service: "AWS Lambda",
        sources: &["lambda"],
        events: &["CreateFunction", "UpdateFunctionConfiguration"],
        keys: &["environment"],
        document: "",
    },
    Rule {
        service: "AWS Amplify",
        sources: &["amplify"],
        events: &["CreateWebhook"],
        keys: &["webhookUrl"],
        document: "",
    },
    Rule {
        service: "Amazon RDS",
        sources: &["rds"],
        events: &["RestoreDBInstanceFromDBSnapshot"],
        keys: &["masterUserPassword"],
        document: "",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, event: &str, path: &str, document: Option<&str>) {
        let keys: Vec<String> = path.split('.').map(str::to_owned).collect();
        assert_eq!(rule(source, event, &keys).map(|rule| rule.document), document, "{source} {event} {path}");
    }

    #[test]
    fn a_rule_needs_its_service_its_event_and_its_key() {
        let page = Some("Logging Amazon MQ API calls using AWS CloudTrail");
        check("amazonmq.amazonaws.com", "CreateUser", "requestParameters.password", page);
        check("mq.amazonaws.com", "UpdateConfiguration", "requestParameters.data", page);
        check("amazonmq.amazonaws.com", "DeleteUser", "requestParameters.password", None);
        check("amazonmq.amazonaws.com", "CreateUser", "requestParameters.username", None);
        check("sqs.amazonaws.com", "CreateUser", "requestParameters.password", None);
        let tower = Some("Logging AWS Control Tower actions with AWS CloudTrail");
        check("controltower.amazonaws.com", "SetupLandingZone", "requestParameters.auditAccountEmail", tower);
        check("", "", "", None);
    }

    /// A hit with its explanation, and a near miss: another service with the same marker at the same place.
    fn check_explained(line: &Rule, source: &str, event: &str, key: &str) {
        let found = |source: &str| {
            let record = serde_json::json!({
                "eventSource": format!("{source}.amazonaws.com"), "eventName": event, "requestParameters": { key: "***" }
            });
            crate::redaction::find(&crate::json::Document::parse(record.to_string().as_bytes()).unwrap())
        };
        let hit = &found(source)[0];
        assert_eq!(
            hit.documented,
            !line.document.is_empty() || rule_before(line, source, event, key),
            "{source} {key}"
        );
        assert!(hit.explanation.starts_with(line.service), "{}", hit.explanation);
        let miss = &found("unheard-of")[0];
        assert!(!miss.documented && miss.explanation.contains("No AWS document known here"));
    }

    /// Whether a documented rule of the same service says the same.
    fn rule_before(line: &Rule, source: &str, event: &str, key: &str) -> bool {
        let keys = ["requestParameters".to_owned(), key.to_owned()];
        rule(source, event, &keys)
            .is_some_and(|first| !first.document.is_empty() && first.service == line.service)
    }

    #[test]
    fn every_rule_is_reached_by_each_of_its_keys() {
        for line in RULES {
            assert!(!line.sources.is_empty() && !line.keys.is_empty());
            for source in line.sources {
                for key in line.keys {
                    let event = line.events.first().copied().unwrap_or("AnyCall");
                    let keys = ["requestParameters".to_owned(), key.replace('*', "home")];
                    let found = rule(&format!("{source}.amazonaws.com"), event, &keys);
                    assert!(found.is_some_and(|rule| rule.service == line.service), "{source} {key}");
                    check_explained(line, source, event, &keys[1]);
                }
            }
        }
    }
}
