//! Every service the page knows by name.

use super::{Act, Note, Service, act};

/// All definitions: first those with a file of their own.
pub(super) fn all() -> impl Iterator<Item = &'static Service> {
    OWN.iter().copied().chain(PLAIN)
}

/// The place of a service in [`ACTS`] and [`NOTES`].
pub(super) fn place(service: &Service) -> Option<usize> {
    OWN.iter().position(|own| own.name == service.name)
}

/// The services with a file of their own, a line for each. Calls in words and notes stand in tables
/// of their own: the page shows names and facts, and only the worker looks at records.
macro_rules! own {
    ($($module:ident),+ $(,)?) => {
        static OWN: &[&Service] = &[$(&super::$module::SERVICE),+];
        pub(super) static ACTS: &[&[Act]] = &[$(super::$module::ACTS),+];
        pub(super) const NOTES: &[&[Note]] = &[$(super::$module::NOTES),+];
    };
}

own! {
    amazon_mq,
    amazon_sqs,
    amazon_q_apps,
    amazon_monitron,
    aws_amplify,
    amazon_s3,
    amazon_ec2,
    amazon_rds,
    aws_iam,
    aws_kms,
    aws_lambda,
    aws_secrets_manager,
    aws_systems_manager,
    aws_organizations,
    aws_sts,
    aws_sign_in,
    aws_cloudtrail,
    aws_identity_center,
    aws_cloudformation,
    aws_config,
    amazon_guardduty,
    amazon_ecr,
    amazon_ecs,
    amazon_eks,
    amazon_dynamodb,
    amazon_route_53,
    amazon_bedrock,
}

/// Calls in words whose names say too little, of services without a file of their own, and of all.
pub(super) static OTHER_ACTS: &[Act] = &[
    act("ListTagsForResource", "listed tags[ of {resource}]"),
    act("GetRegionOptStatus", "asked whether the Region[ {RegionName}] is enabled"),
    act("EnableRegion", "enabled the Region[ {RegionName}]"),
    act("GetAccountSendingEnabled", "asked whether the account may send mail"),
    act("GetSendQuota", "asked how much mail the account may send"),
    act("SetVaultAccessPolicy", "set the access policy of the vault[ {vaultName}]"),
    act("SendSSHPublicKey", "sent an SSH public key to the instance[ {instanceId}]"),
    act(
        "SendSerialConsoleSSHPublicKey",
        "sent an SSH public key to the serial console of the instance[ {instanceId}]",
    ),
    act("DescribeEventAggregates", "read counts of health events"),
    act("UpdateMacieSession", "changed the settings of Macie"),
    act("UpdateProjectVisibility", "changed who may see the project[ {projectArn}]"),
];

/// A service that needs no more than its names.
const fn plain(
    sources: &'static [&'static str],
    name: &'static str,
    short: &'static str,
    monogram: &'static str,
) -> Service {
    Service { sources, name, short, monogram, facts: &[] }
}

static PLAIN: &[Service] = &[
    plain(&["s3-outposts.amazonaws.com"], "Amazon S3 on Outposts", "S3 Outposts", "SO"),
    plain(&["s3express.amazonaws.com"], "Amazon S3 Express", "S3 Express", "SX"),
    plain(&["ec2-instance-connect.amazonaws.com"], "EC2 Instance Connect", "EC2 Connect", "EC"),
    plain(&["autoscaling.amazonaws.com"], "Amazon EC2 Auto Scaling", "Auto Scaling", "AS"),
    plain(&["elasticloadbalancing.amazonaws.com"], "Elastic Load Balancing", "ELB", "EL"),
    plain(&["ebs.amazonaws.com"], "Amazon EBS", "EBS", "EB"),
    plain(&["rolesanywhere.amazonaws.com"], "IAM Roles Anywhere", "Roles Anywhere", "RA"),
    plain(&["access-analyzer.amazonaws.com"], "IAM Access Analyzer", "Access Analyzer", "AA"),
    plain(&["identitystore.amazonaws.com"], "Identity Store", "Identity Store", "IS"),
    plain(&["ssmmessages.amazonaws.com"], "Systems Manager Session Manager messages", "SSM messages", "SS"),
    plain(&["rdsdata.amazonaws.com"], "Amazon RDS Data API", "RDS Data", "RT"),
    plain(&["redshift.amazonaws.com"], "Amazon Redshift", "Redshift", "RS"),
    plain(&["redshift-data.amazonaws.com"], "Amazon Redshift Data API", "Redshift Data", "RX"),
    plain(&["redshift-serverless.amazonaws.com"], "Amazon Redshift Serverless", "Redshift SL", "RL"),
    plain(&["sqlworkbench.amazonaws.com"], "Amazon Redshift query editor", "Query editor", "QE"),
    plain(&["dax.amazonaws.com"], "DynamoDB Accelerator", "DAX", "DX"),
    plain(&["elasticache.amazonaws.com"], "Amazon ElastiCache", "ElastiCache", "EA"),
    plain(&["memorydb.amazonaws.com"], "Amazon MemoryDB", "MemoryDB", "MD"),
    plain(&["es.amazonaws.com"], "Amazon OpenSearch Service", "OpenSearch", "OS"),
    plain(&["account.amazonaws.com"], "AWS Account Management", "Account", "AC"),
    plain(&["controltower.amazonaws.com"], "AWS Control Tower", "Control Tower", "CO"),
    plain(&["servicecatalog.amazonaws.com"], "AWS Service Catalog", "Service Catalog", "SC"),
    plain(&["ram.amazonaws.com"], "AWS RAM", "RAM", "RM"),
    plain(&["securityhub.amazonaws.com"], "AWS Security Hub", "Security Hub", "SH"),
    plain(&["inspector2.amazonaws.com"], "Amazon Inspector", "Inspector", "IN"),
    plain(&["macie2.amazonaws.com"], "Amazon Macie", "Macie", "MA"),
    plain(&["detective.amazonaws.com"], "Amazon Detective", "Detective", "DE"),
    plain(&["wafv2.amazonaws.com"], "AWS WAF", "WAF", "WA"),
    plain(&["waf.amazonaws.com"], "AWS WAF Classic", "WAF Classic", "WC"),
    plain(&["shield.amazonaws.com"], "AWS Shield", "Shield", "SD"),
    plain(&["network-firewall.amazonaws.com"], "AWS Network Firewall", "Net Firewall", "NF"),
    plain(&["fms.amazonaws.com"], "AWS Firewall Manager", "Firewall Mgr", "FM"),
    plain(&["acm.amazonaws.com"], "AWS Certificate Manager", "ACM", "CM"),
    plain(&["acm-pca.amazonaws.com"], "AWS Private CA", "Private CA", "PC"),
    plain(&["cloudcontrolapi.amazonaws.com"], "AWS Cloud Control API", "Cloud Control", "CC"),
    plain(&["monitoring.amazonaws.com"], "Amazon CloudWatch", "CloudWatch", "CW"),
    plain(&["logs.amazonaws.com"], "Amazon CloudWatch Logs", "Logs", "LO"),
    plain(&["events.amazonaws.com"], "Amazon EventBridge", "EventBridge", "EV"),
    plain(&["scheduler.amazonaws.com"], "Amazon EventBridge Scheduler", "Scheduler", "SR"),
    plain(&["pipes.amazonaws.com"], "Amazon EventBridge Pipes", "Pipes", "PI"),
    plain(&["xray.amazonaws.com"], "AWS X-Ray", "X-Ray", "XR"),
    plain(&["sns.amazonaws.com"], "Amazon SNS", "SNS", "SN"),
    plain(&["ses.amazonaws.com"], "Amazon SES", "SES", "ES"),
    plain(&["kinesis.amazonaws.com"], "Amazon Kinesis Data Streams", "Kinesis", "KI"),
    plain(&["firehose.amazonaws.com"], "Amazon Data Firehose", "Firehose", "FH"),
    plain(&["kafka.amazonaws.com"], "Amazon MSK", "MSK", "MK"),
    plain(&["states.amazonaws.com"], "AWS Step Functions", "Step Functions", "SF"),
    plain(&["apigateway.amazonaws.com"], "Amazon API Gateway", "API Gateway", "AG"),
    plain(&["execute-api.amazonaws.com"], "Amazon API Gateway calls", "API calls", "XA"),
    plain(&["appsync.amazonaws.com"], "AWS AppSync", "AppSync", "AY"),
    plain(&["cloudfront.amazonaws.com"], "Amazon CloudFront", "CloudFront", "CN"),
    plain(&["globalaccelerator.amazonaws.com"], "AWS Global Accelerator", "Accelerator", "GA"),
    plain(&["directconnect.amazonaws.com"], "AWS Direct Connect", "Direct Connect", "DC"),
    plain(&["apprunner.amazonaws.com"], "AWS App Runner", "App Runner", "AR"),
    plain(&["batch.amazonaws.com"], "AWS Batch", "Batch", "BA"),
    plain(&["elasticbeanstalk.amazonaws.com"], "AWS Elastic Beanstalk", "Beanstalk", "BS"),
    plain(&["lightsail.amazonaws.com"], "Amazon Lightsail", "Lightsail", "LS"),
    plain(&["elasticfilesystem.amazonaws.com"], "Amazon EFS", "EFS", "EF"),
    plain(&["fsx.amazonaws.com"], "Amazon FSx", "FSx", "FX"),
    plain(&["backup.amazonaws.com"], "AWS Backup", "Backup", "BU"),
    plain(&["glacier.amazonaws.com"], "Amazon S3 Glacier", "Glacier", "GL"),
    plain(&["storagegateway.amazonaws.com"], "AWS Storage Gateway", "Storage Gateway", "SG"),
    plain(&["datasync.amazonaws.com"], "AWS DataSync", "DataSync", "DS"),
    plain(&["transfer.amazonaws.com"], "AWS Transfer Family", "Transfer", "TF"),
    plain(&["athena.amazonaws.com"], "Amazon Athena", "Athena", "AT"),
    plain(&["glue.amazonaws.com"], "AWS Glue", "Glue", "GU"),
    plain(&["lakeformation.amazonaws.com"], "AWS Lake Formation", "Lake Formation", "LF"),
    plain(&["elasticmapreduce.amazonaws.com"], "Amazon EMR", "EMR", "EM"),
    plain(&["quicksight.amazonaws.com"], "Amazon QuickSight", "QuickSight", "QS"),
    plain(&["sagemaker.amazonaws.com"], "Amazon SageMaker AI", "SageMaker", "SA"),
    plain(&["comprehend.amazonaws.com"], "Amazon Comprehend", "Comprehend", "CH"),
    plain(&["rekognition.amazonaws.com"], "Amazon Rekognition", "Rekognition", "RK"),
    plain(&["textract.amazonaws.com"], "Amazon Textract", "Textract", "TX"),
    plain(&["transcribe.amazonaws.com"], "Amazon Transcribe", "Transcribe", "TR"),
    plain(&["qbusiness.amazonaws.com"], "Amazon Q Business", "Q Business", "QB"),
    plain(&["q.amazonaws.com"], "Amazon Q Developer", "Q Developer", "QD"),
    plain(&["codewhisperer.amazonaws.com"], "Amazon CodeWhisperer", "CodeWhisperer", "WH"),
    plain(&["cognito-idp.amazonaws.com"], "Amazon Cognito user pools", "Cognito", "CG"),
    plain(&["cognito-identity.amazonaws.com"], "Amazon Cognito identity pools", "Cognito identity", "CI"),
    plain(&["codebuild.amazonaws.com"], "AWS CodeBuild", "CodeBuild", "CB"),
    plain(&["codecommit.amazonaws.com"], "AWS CodeCommit", "CodeCommit", "CT"),
    plain(&["codedeploy.amazonaws.com"], "AWS CodeDeploy", "CodeDeploy", "DY"),
    plain(&["codepipeline.amazonaws.com"], "AWS CodePipeline", "CodePipeline", "PL"),
    plain(&["codeartifact.amazonaws.com"], "AWS CodeArtifact", "CodeArtifact", "CA"),
    plain(&["codestar-connections.amazonaws.com"], "AWS CodeConnections", "Connections", "CX"),
    plain(&["cloudshell.amazonaws.com"], "AWS CloudShell", "CloudShell", "SL"),
    plain(&["health.amazonaws.com"], "AWS Health", "Health", "HE"),
    plain(&["support.amazonaws.com"], "AWS Support", "Support", "SU"),
    plain(&["trustedadvisor.amazonaws.com"], "AWS Trusted Advisor", "Trusted Advisor", "TA"),
    plain(&["tagging.amazonaws.com"], "AWS Resource Groups Tagging API", "Tagging", "TG"),
    plain(&["resource-groups.amazonaws.com"], "AWS Resource Groups", "Resource Groups", "RG"),
    plain(&["resource-explorer-2.amazonaws.com"], "AWS Resource Explorer", "Resource Expl.", "RE"),
    plain(&["servicequotas.amazonaws.com"], "Service Quotas", "Quotas", "QT"),
    plain(&["ce.amazonaws.com"], "AWS Cost Explorer", "Cost Explorer", "CE"),
    plain(&["billing.amazonaws.com"], "AWS Billing", "Billing", "BI"),
    plain(&["billingconsole.amazonaws.com"], "AWS Billing console", "Billing console", "BC"),
    plain(&["payments.amazonaws.com"], "AWS Payments", "Payments", "PY"),
    plain(&["budgets.amazonaws.com"], "AWS Budgets", "Budgets", "BD"),
    plain(&["cur.amazonaws.com"], "AWS Cost and Usage Reports", "Usage Reports", "CU"),
    plain(&["ds.amazonaws.com"], "AWS Directory Service", "Directory", "DI"),
    plain(&["workspaces.amazonaws.com"], "Amazon WorkSpaces", "WorkSpaces", "WS"),
    plain(&["workmail.amazonaws.com"], "Amazon WorkMail", "WorkMail", "WM"),
    plain(&["connect.amazonaws.com"], "Amazon Connect", "Connect", "CZ"),
    plain(&["voiceid.amazonaws.com"], "Amazon Connect Voice ID", "Voice ID", "VI"),
    plain(&["mobiletargeting.amazonaws.com"], "Amazon Pinpoint", "Pinpoint", "PT"),
    plain(&["iot.amazonaws.com"], "AWS IoT Core", "IoT", "IT"),
    plain(&["imagebuilder.amazonaws.com"], "EC2 Image Builder", "Image Builder", "IB"),
    plain(&["discovery.amazonaws.com"], "AWS Application Discovery Service", "Discovery", "AD"),
    plain(&["notifications.amazonaws.com"], "AWS User Notifications", "Notifications", "UN"),
    plain(&["user-subscriptions.amazonaws.com"], "AWS User Subscriptions", "Subscriptions", "US"),
    plain(&["airflow.amazonaws.com"], "Amazon MWAA", "MWAA", "MW"),
    plain(&["docdb-elastic.amazonaws.com"], "Amazon DocumentDB Elastic", "DocumentDB", "DB"),
    plain(&["timestream.amazonaws.com"], "Amazon Timestream", "Timestream", "TI"),
    plain(&["verifiedpermissions.amazonaws.com"], "Amazon Verified Permissions", "Verified Perm.", "VP"),
    plain(&["appconfig.amazonaws.com"], "AWS AppConfig", "AppConfig", "AF"),
    plain(&["outposts.amazonaws.com"], "AWS Outposts", "Outposts", "OP"),
    plain(&["synthetics.amazonaws.com"], "Amazon CloudWatch Synthetics", "Synthetics", "SY"),
    plain(&["application-autoscaling.amazonaws.com"], "Application Auto Scaling", "App Scaling", "AP"),
    plain(&["servicediscovery.amazonaws.com"], "AWS Cloud Map", "Cloud Map", "MP"),
];
