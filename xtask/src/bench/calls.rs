//! What the events of a corpus say. In the texts `%` and a letter stand for a value: see `Scene::value`.

/// One kind of call.
pub struct Call {
    pub source: &'static str,
    pub name: &'static str,
    pub reads: bool,
    /// A data event, not a management event.
    pub data: bool,
    pub request: &'static str,
    pub response: &'static str,
    /// Members between `responseElements` and `requestID`, and between `readOnly` and `eventType`.
    pub details: &'static str,
    pub resources: &'static str,
}

const fn read(source: &'static str, name: &'static str, request: &'static str) -> Call {
    Call { source, name, reads: true, data: false, request, response: "null", details: "", resources: "" }
}

const fn write(
    source: &'static str,
    name: &'static str,
    request: &'static str,
    response: &'static str,
) -> Call {
    Call { source, name, reads: false, data: false, request, response, details: "", resources: "" }
}

const fn object(name: &'static str, reads: bool) -> Call {
    Call {
        source: "s3",
        name,
        reads,
        data: true,
        request: r#"{"bucketName":"%b","Host":"%b.s3.%g.amazonaws.com","key":"%o"}"#,
        response: "null",
        details: r#""additionalEventData":{"SignatureVersion":"SigV4","bytesTransferredIn":%n,"AuthenticationMethod":"AuthHeader","x-amz-id-2":"%x","bytesTransferredOut":%n},"#,
        resources: r#""resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::%b/%o"},{"accountId":"%a","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::%b"}],"#,
    }
}

const KEY: &str = r#"{"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::%b/%o"},"keyId":"arn:aws:kms:%g:%a:key/%u","encryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#;
const ROLE: &str = r#"{"roleArn":"arn:aws:iam::%a:role/%r","roleSessionName":"%s","durationSeconds":3600}"#;
const CREDENTIALS: &str = r#"{"credentials":{"accessKeyId":"ASIA%k","sessionToken":"%x%x","expiration":"Mar 3, 2026, 4:20:11 PM"},"assumedRoleUser":{"assumedRoleId":"AROA%k:%s","arn":"arn:aws:sts::%a:assumed-role/%r/%s"}}"#;

/// From the most to the least frequent.
pub const CALLS: &[Call] = &[
    read(
        "ec2",
        "DescribeSecurityGroups",
        r#"{"securityGroupSet":{},"securityGroupIdSet":{"items":[{"groupId":"sg-%h"}]},"filterSet":{}}"#,
    ),
    object("GetObject", true),
    read("kms", "Decrypt", KEY),
    read("s3", "GetBucketAcl", r#"{"bucketName":"%b","Host":"%b.s3.%g.amazonaws.com","acl":""}"#),
    read(
        "ec2",
        "DescribeInstances",
        r#"{"instancesSet":{"items":[{"instanceId":"i-%h"}]},"filterSet":{"items":[{"name":"instance-state-name","valueSet":{"items":[{"value":"running"}]}}]}}"#,
    ),
    write("sts", "AssumeRole", ROLE, CREDENTIALS),
    read("ssm", "GetParameter", r#"{"name":"/%r/database","withDecryption":true}"#),
    object("PutObject", false),
    write(
        "logs",
        "CreateLogStream",
        r#"{"logGroupName":"/aws/lambda/%r","logStreamName":"2026/03/01/[$LATEST]%h%h"}"#,
        "null",
    ),
    read("dynamodb", "GetItem", r#"{"tableName":"%w-table","key":{"id":"%u"},"consistentRead":false}"#),
    read("kms", "GenerateDataKey", KEY),
    write(
        "sqs",
        "SendMessage",
        r#"{"queueUrl":"https://sqs.%g.amazonaws.com/%a/%w-jobs","messageBody":"HIDDEN_DUE_TO_SECURITY_REASONS"}"#,
        r#"{"mD5OfMessageBody":"%h%h","messageId":"%u"}"#,
    ),
    write(
        "monitoring",
        "PutMetricAlarm",
        r#"{"alarmName":"%w-%h","metricName":"CPUUtilization","namespace":"AWS/EC2","statistic":"Average","period":300,"threshold":80.0,"comparisonOperator":"GreaterThanThreshold","evaluationPeriods":2}"#,
        "null",
    ),
    object("DeleteObject", false),
    read("iam", "GetRole", r#"{"roleName":"%r"}"#),
    read("secretsmanager", "GetSecretValue", r#"{"secretId":"arn:aws:secretsmanager:%g:%a:secret:%w-%h"}"#),
    write(
        "ec2",
        "CreateTags",
        r#"{"resourcesSet":{"items":[{"resourceId":"i-%h"}]},"tagSet":{"items":[{"key":"Name","value":"%w-host"},{"key":"Owner","value":"%s"}]}}"#,
        r#"{"requestId":"%u","_return":true}"#,
    ),
    write(
        "lambda",
        "UpdateFunctionCode20150331v2",
        r#"{"functionName":"%f","s3Bucket":"%b","s3Key":"%o","publish":false,"dryRun":false}"#,
        r#"{"functionName":"%f","functionArn":"arn:aws:lambda:%g:%a:function:%f","runtime":"provided.al2023","role":"arn:aws:iam::%a:role/%r","handler":"bootstrap","codeSize":%n,"timeout":30,"memorySize":512,"lastModified":"%t","codeSha256":"%h%h%h","version":"$LATEST","state":"Active"}"#,
    ),
    write("signin", "ConsoleLogin", "null", r#"{"ConsoleLogin":"Success"}"#),
    write(
        "iam",
        "PutRolePolicy",
        r#"{"roleName":"%r","policyName":"%w-access","policyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":\"arn:aws:s3:::%b/*\"}]}"}"#,
        "null",
    ),
    write(
        "ec2",
        "RunInstances",
        r#"{"instancesSet":{"items":[{"imageId":"ami-%h","minCount":1,"maxCount":1,"keyName":"%w-pair"}]},"userData":"<sensitiveDataRemoved>","instanceType":"t4g.large","blockDeviceMapping":{},"monitoring":{"enabled":false},"subnetId":"subnet-%h"}"#,
        r#"{"requestId":"%u","reservationId":"r-%h","ownerId":"%a","groupSet":{},"instancesSet":{"items":[{"instanceId":"i-%h","imageId":"ami-%h","instanceState":{"code":0,"name":"pending"},"privateDnsName":"ip-10-0-3-17.%g.compute.internal","instanceType":"t4g.large","launchTime":1772409600000,"placement":{"availabilityZone":"%ga","tenancy":"default"},"privateIpAddress":"10.0.3.17","vpcId":"vpc-%h"}]}}"#,
    ),
    write(
        "ec2",
        "AuthorizeSecurityGroupIngress",
        r#"{"groupId":"sg-%h","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":443,"toPort":443,"ipRanges":{"items":[{"cidrIp":"10.0.0.0/8"}]}}]}}"#,
        r#"{"requestId":"%u","_return":true}"#,
    ),
    write(
        "iam",
        "CreateUser",
        r#"{"userName":"%s"}"#,
        r#"{"user":{"path":"/","userName":"%s","userId":"AIDA%k","arn":"arn:aws:iam::%a:user/%s","createDate":"Mar 3, 2026, 4:20:11 PM"}}"#,
    ),
    write("iam", "DeleteAccessKey", r#"{"userName":"%s","accessKeyId":"AKIA%k"}"#, "null"),
];

/// How a principal signs in: `userIdentity`.
pub const ROLE_SESSION: &str = r#"{"type":"AssumedRole","principalId":"AROA%k:%s","arn":"arn:aws:sts::%a:assumed-role/%r/%s","accountId":"%a","accessKeyId":"ASIA%K","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA%k","arn":"arn:aws:iam::%a:role/%r","accountId":"%a","userName":"%r"},"webIdFederationData":{},"attributes":{"creationDate":"%T","mfaAuthenticated":"false"}}}"#;
pub const USER: &str = r#"{"type":"IAMUser","principalId":"AIDA%k","arn":"arn:aws:iam::%a:user/%s","accountId":"%a","accessKeyId":"AKIA%k","userName":"%s"}"#;
pub const CONSOLE_USER: &str = r#"{"type":"IAMUser","principalId":"AIDA%k","arn":"arn:aws:iam::%a:user/%s","accountId":"%a","accessKeyId":"ASIA%K","userName":"%s","sessionContext":{"sessionIssuer":{},"webIdFederationData":{},"attributes":{"creationDate":"%T","mfaAuthenticated":"true"}}}"#;
pub const ROOT: &str = r#"{"type":"Root","principalId":"%a","arn":"arn:aws:iam::%a:root","accountId":"%a","accessKeyId":"ASIA%K","sessionContext":{"sessionIssuer":{},"webIdFederationData":{},"attributes":{"creationDate":"%T","mfaAuthenticated":"true"}}}"#;
pub const SERVICE: &str = r#"{"type":"AWSService","invokedBy":"autoscaling.amazonaws.com"}"#;

/// From the most to the least frequent.
pub const AGENTS: &[&str] = &[
    "Boto3/1.40.4 md/Botocore#1.40.4 md/arch#x86_64 lang/python#3.13.5",
    "aws-sdk-java/2.32.9 md/io#async ua/2.1 os/Linux#5.10.238 lang/java#21.0.8 m/D,N,e",
    "aws-cli/2.28.1 md/awscrt#0.27.2 ua/2.1 os/macos#24.6.0 md/arch#arm64 lang/python#3.13.5 md/pyimpl#CPython m/E,b,Z cfg/retry-mode#standard md/installer#exe sid/5e1f3a0c7d md/prompt#off md/command#s3.cp",
    "APN/1.0 HashiCorp/1.0 Terraform/1.13.0 (+https://www.terraform.io) terraform-provider-aws/6.7.0 aws-sdk-go-v2/1.37.2 ua/2.1 os/linux lang/go#1.24.5 md/GOARCH#amd64 md/GOOS#linux",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36",
    "[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.750 Linux/5.10.238 OpenJDK_64-Bit_Server_VM/25.462-b08 java/1.8.0_462 vendor/Oracle_Corporation cfg/retry-mode/standard]",
    "aws-sdk-go-v2/1.37.2 ua/2.1 os/linux lang/go#1.24.5 md/GOOS#linux md/GOARCH#arm64 api/dynamodb#1.45.1 m/E,g",
    "autoscaling.amazonaws.com",
];

pub const REGIONS: &[&str] = &["us-east-1", "eu-west-1", "eu-central-1", "us-west-2", "ap-southeast-2"];
pub const ACCOUNTS: &[&str] = &["111122223333", "444455556666", "123456789012"];

/// Words that names are made of.
pub const WORDS: &[&str] = &[
    "billing",
    "orders",
    "ingest",
    "reports",
    "search",
    "deploy",
    "backup",
    "metrics",
    "catalog",
    "payments",
    "audit",
    "mailer",
    "images",
    "session",
    "gateway",
    "inventory",
];

/// `errorCode` and `errorMessage`, from the most to the least frequent.
pub const ERRORS: &[(&str, &str)] = &[
    (
        "AccessDenied",
        "User: arn:aws:sts::%a:assumed-role/%r/%s is not authorized to perform this action because no identity-based policy allows it",
    ),
    ("NoSuchKey", "The specified key does not exist."),
    ("ThrottlingException", "Rate exceeded"),
    (
        "Client.UnauthorizedOperation",
        "You are not authorized to perform this operation. Encoded authorization failure message: %x%x",
    ),
    ("ResourceNotFoundException", "Requested resource not found"),
    ("NoSuchEntityException", "The role with name %r cannot be found."),
];
