//! Calls of the services with words of their own, exactly as they read.

use super::sentence;
use crate::json::Document;

fn read(source: &str, event: &str, rest: &str) -> String {
    let record = format!(
        r#"{{"userIdentity":{{"type":"IAMUser","userName":"bob","accountId":"111122223333"}},"recipientAccountId":"111122223333","eventSource":"{source}.amazonaws.com","eventName":"{event}"{rest}}}"#
    );
    let document = Document::parse(record.as_bytes()).unwrap();
    sentence(&document).into_iter().map(|phrase| phrase.text).collect()
}

/// Source, event, request parameters (or, from a comma on, any fields), and what bob did.
#[rustfmt::skip]
const CALLS: &[(&str, &str, &str, &str)] = &[
    ("amazonmq", "CreateBroker", r#""brokerName":"orders","engineType":"RABBITMQ","publiclyAccessible":true,"users":[{"username":"admin","password":"***","consoleAccess":true}]"#, "created the broker orders, with one user. It worked. Of note: publicly accessible, user with console access."),
    ("amazonmq", "CreateUser", r#""brokerId":"b-1","username":"eve","password":"***","consoleAccess":true"#, "created the user eve on the broker b-1. It worked. Of note: user with console access."),
    ("amazonmq", "DescribeBroker", r#""broker-id":"b-1""#, "read the broker b-1. It worked."),
    ("amazonmq", "UpdateConfiguration", r#""configuration-id":"c-1","data":"***""#, "changed the configuration c-1. It worked."),
    ("amazonmq", "RebootBroker", r#","requestParameters":{"brokerId":"b-1"},"errorCode":"NotFoundException","errorMessage":"Can't find requested broker.""#, "tried to reboot the broker b-1; failed: NotFoundException. AWS says: Can't find requested broker."),
    ("sqs", "AddPermission", r#""queueUrl":"https://sqs.us-east-1.amazonaws.com/111122223333/Q","AWSAccountIds":["444455556666"],"actions":["SendMessage","ReceiveMessage"]"#, "gave 444455556666 permission for SendMessage, ReceiveMessage on the queue Q. It worked. Of note: granted to another account."),
    ("sqs", "AddPermission", r#""queueUrl":"https://sqs.us-east-1.amazonaws.com/111122223333/Q","aWSAccountIds":["*"],"actions":["*"]"#, "gave everyone permission for everything on the queue Q. It worked. Of note: granted to everyone."),
    ("sqs", "SendMessage", r#""queueUrl":"https://sqs.us-east-1.amazonaws.com/111122223333/Q","messageBody":"HIDDEN_DUE_TO_SECURITY_REASONS""#, "sent a message to the queue Q. It worked."),
    ("sqs", "SendMessageBatch", r#","requestParameters":{"queueUrl":"https://sqs.us-east-1.amazonaws.com/1/Q"},"responseElements":{"successful":[{"id":"a"}],"failed":[{"id":"b"},{"id":"c"}]}"#, "sent a batch of messages to the queue Q. 2 of its entries failed."),
    ("sqs", "PurgeQueue", r#""queueUrl":"https://sqs.us-east-1.amazonaws.com/1/Q""#, "deleted all messages in the queue Q. It worked."),
    ("sqs", "StartMessageMoveTask", r#""sourceArn":"arn:aws:sqs:us-east-1:1:dead","destinationArn":"arn:aws:sqs:us-east-1:1:Q""#, "started to move messages from dead to Q. It worked."),
    ("sqs", "SetQueueAttributes", r#""queueUrl":"https://sqs.us-east-1.amazonaws.com/1/Q","attributes":{"VisibilityTimeout":"100","KmsMasterKeyId":""}"#, "changed attributes of the queue Q: VisibilityTimeout, KmsMasterKeyId. It worked."),
    ("qapps", "StartQAppSession", r#""app-id":"a-1""#, "ran the Q App a-1. It worked."),
    ("qapps", "ImportDocument", r#""fileName":"plan.pdf","app-id":"a-1""#, "uploaded the document plan.pdf to the Q App a-1. It worked."),
    ("qapps", "CreateLibraryItemReview", r#""libraryItemId":"l-1""#, "reviewed the library item l-1. It worked."),
    ("monitron", "AmazonMonitronApp:CreateSensor", r#""Name":"pump 1""#, "created the sensor pump 1 in the mobile app. It worked."),
    ("monitron", "AssociateProjectAdminUser", r#""id":"p-1","userId":"u-1""#, "made a user an administrator of the project p-1: u-1. It worked."),
    ("monitron", "DeleteProject", r#","requestParameters":{"Name":"plant"},"errorCode":"AccessDenied","responseElements":{"Message":"User: arn:aws:iam::1:user/bob is not authorized to perform: monitron:DeleteProject on resource: p-1"}"#, "tried to delete the project plant; denied: AccessDenied. AWS says: not authorized to perform: monitron:DeleteProject on resource: p-1."),
    ("amplify", "StartJob", r#""appId":"d1","branchName":"main""#, "started a job on the branch main of the app d1. It worked."),
    ("amplifybackend", "ListBackendJobs", r#""appId":"d1","backendEnvironmentName":"staging""#, "listed backend jobs of the app d1 in staging. It worked."),
    ("amplifybackend", "RemoveAllBackends", r#""appId":"d1""#, "removed all backends of the app d1. It worked."),
    ("amplify", "CreateWebhook", r#""appId":"d1","branchName":"main""#, "created a webhook for the branch main of the app d1. It worked."),
    ("s3", "PutBucketPolicy", r#""bucketName":"b","bucketPolicy":{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}]}"#, "set the policy of the bucket b. It worked. Of note: granted to everyone."),
    ("s3", "PutObject", r#""bucketName":"b","key":"k.txt","x-amz-acl":"public-read""#, "wrote the object k.txt in the bucket b. It worked. Of note: granted to everyone."),
    ("s3", "PutBucketVersioning", r#""bucketName":"b","VersioningConfiguration":{"Status":"Suspended"}"#, "set the versioning of the bucket b to Suspended. It worked. Of note: versioning suspended."),
    ("s3", "DeleteBucketPublicAccessBlock", r#""bucketName":"b""#, "removed the block of public access to the bucket b. It worked."),
    ("s3", "GetObject", r#","requestParameters":{"bucketName":"b","key":"k.txt"},"errorCode":"AccessDenied","errorMessage":"Access Denied""#, "tried to read the object k.txt in the bucket b; denied: AccessDenied."),
    ("ec2", "AuthorizeSecurityGroupIngress", r#""groupId":"sg-1","ipPermissions":{"items":[{"fromPort":22,"ipv6Ranges":{"items":[{"cidrIpv6":"::/0"}]}}]}"#, "opened incoming ports of the security group sg-1. It worked. Of note: open to the internet."),
    ("ec2", "CreateNetworkAclEntry", r#""networkAclId":"acl-1","ruleAction":"allow","egress":false,"cidrBlock":"0.0.0.0/0""#, "added a rule to the network ACL acl-1. It worked. Of note: open to the internet."),
    ("ec2", "ModifySnapshotAttribute", r#""snapshotId":"snap-1","createVolumePermission":{"add":{"items":[{"group":"all"}]}}"#, "changed who may use the snapshot snap-1. It worked. Of note: granted to everyone."),
    ("ec2", "ModifyImageAttribute", r#""imageId":"ami-1","launchPermission":{"add":{"items":[{"userId":"444455556666"}]}}"#, "changed who may use the image ami-1. It worked. Of note: granted to another account."),
    ("ec2", "RunInstances", r#""instanceType":"p3.16xlarge","userData":"<sensitiveDataRemoved>""#, "started new instances of type p3.16xlarge. It worked."),
    ("ec2", "RunInstances", r#","requestParameters":{"instanceType":"t2.micro","instancesSet":{"items":[{"imageId":"ami-1"}]}},"responseElements":{"instancesSet":{"items":[{"instanceId":"i-1"}]}}"#, "started new instances i-1 of type t2.micro. It worked."),
    ("ec2", "CreateVpc", r#","requestParameters":{"cidrBlock":"10.0.0.0/16"},"responseElements":{"vpc":{"vpcId":"vpc-1"}}"#, "created the VPC vpc-1. It worked."),
    ("ec2", "CreateRouteTable", r#","requestParameters":{"vpcId":"vpc-1"},"responseElements":{"routeTable":{"routeTableId":"rtb-1","vpcId":"vpc-1"}}"#, "created the route table rtb-1 for the VPC vpc-1. It worked."),
    ("ec2", "CreateRouteTable", r#","requestParameters":{"vpcId":"vpc-1"},"errorCode":"Client.UnauthorizedOperation","responseElements":null"#, "tried to create the route table for the VPC vpc-1; denied: Client.UnauthorizedOperation."),
    ("ec2", "CreateNatGateway", r#","requestParameters":{"CreateNatGatewayRequest":{"SubnetId":"s-1"}},"responseElements":{"CreateNatGatewayResponse":{"natGateway":{"natGatewayId":"nat-1","subnetId":"s-1"}}}"#, "created the NAT gateway nat-1. It worked."),
    ("ec2", "CreateVpcEndpoint", r#","requestParameters":{"CreateVpcEndpointRequest":{"VpcId":"vpc-1"}},"responseElements":{"CreateVpcEndpointResponse":{"vpcEndpoint":{"vpcEndpointId":"vpce-1","vpcId":"vpc-1"}}}"#, "created the VPC endpoint vpce-1 for the VPC vpc-1. It worked."),
    ("ec2", "AllocateAddress", r#","requestParameters":{"domain":"vpc"},"responseElements":{"publicIp":"192.0.2.1","allocationId":"eipalloc-1"}"#, "allocated the public address 192.0.2.1 as eipalloc-1. It worked."),
    ("ec2", "CreateRoute", r#""routeTableId":"rtb-1","destinationCidrBlock":"0.0.0.0/0","gatewayId":"igw-1""#, "added a route for 0.0.0.0/0 through igw-1 to the route table rtb-1. It worked."),
    ("account", "GetRegionOptStatus", r#""RegionName":"eu-north-1""#, "asked whether the Region eu-north-1 is enabled. It worked."),
    ("sns", "ListTagsForResource", r#""resourceArn":"arn:aws:sns:us-east-1:1:t""#, "listed tags of t. It worked."),
    ("ec2", "CreateKeyPair", r#","requestParameters":{"keyName":"k"},"responseElements":{"keyMaterial":"<sensitiveDataRemoved>"}"#, "created the key pair k. It worked."),
    ("ec2", "DescribeInstanceAttribute", r#","requestParameters":{"attribute":"userData","instanceId":"i-1"},"errorCode":"Client.UnauthorizedOperation","errorMessage":"You are not authorized to perform this operation. Encoded authorization failure message: abc""#, "tried to read userData of the instance i-1; denied: Client.UnauthorizedOperation. AWS says: You are not authorized to perform this operation."),
    ("ec2", "StopInstances", r#""instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"},{"instanceId":"i-3"},{"instanceId":"i-4"}]}"#, "stopped the instances i-1, i-2, i-3 and 1 more. It worked."),
    ("iam", "CreateAccessKey", r#""userName":"mallory""#, "created an access key for the user mallory. It worked. Of note: access key for another user."),
    ("iam", "AttachUserPolicy", r#""userName":"mallory","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess""#, "attached the policy AdministratorAccess to the user mallory. It worked. Of note: admin policy attached."),
    ("iam", "CreateRole", r#""roleName":"r","assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"444455556666\"}}]}""#, "created the role r. It worked. Of note: trusts another account."),
    ("iam", "PutUserPolicy", r#""userName":"mallory","policyName":"p","policyDocument":"{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}""#, "wrote the inline policy p of the user mallory. It worked. Of note: admin policy attached."),
    ("iam", "DeactivateMFADevice", r#""userName":"bob""#, "deactivated an MFA device of the user bob. It worked."),
    ("iam", "CreateLoginProfile", r#""userName":"mallory""#, "gave the user mallory a console password. It worked."),
    ("iam", "GetAccountAuthorizationDetails", r#""#, "read all users, roles and policies. It worked."),
    ("iam", "CreatePolicy", r#""omitted":true,"originalSize":149893,"reason":"requestParameters too large""#, "created the policy. It worked. Of note: policy too large to be logged."),
    ("sts", "AssumeRole", r#""roleArn":"arn:aws:iam::111122223333:role/deploy","roleSessionName":"ci""#, "opened a session of the role deploy as ci. It worked."),
    ("sts", "GetFederationToken", r#""name":"guest""#, "opened a federated session for guest. It worked."),
    ("sts", "AssumeRoot", r#""targetPrincipal":"444455556666""#, "opened a privileged root session in 444455556666. It worked."),
    ("sts", "GetCallerIdentity", r#""#, "asked who it is. It worked."),
    ("kms", "ScheduleKeyDeletion", r#""keyId":"1234abcd","pendingWindowInDays":7"#, "set the key 1234abcd to be deleted. It worked."),
    ("kms", "CreateGrant", r#""keyId":"1234abcd","granteePrincipal":"arn:aws:iam::444455556666:role/r""#, "gave r the use of the key 1234abcd. It worked. Of note: granted to another account."),
    ("kms", "Decrypt", r#","resources":[{"ARN":"arn:aws:kms:us-east-1:1:key/1234abcd"}],"requestParameters":{}"#, "decrypted data with the key 1234abcd. It worked."),
    ("secretsmanager", "GetSecretValue", r#""secretId":"arn:aws:secretsmanager:us-east-1:1:secret:db-AbCdEf""#, "read the secret db-AbCdEf. It worked."),
    ("secretsmanager", "DeleteSecret", r#""secretId":"db","forceDeleteWithoutRecovery":true"#, "deleted the secret db. It worked. Of note: deleted without recovery."),
    ("ssm", "PutParameter", r#""name":"/db/password","type":"SecureString","value":"HIDDEN_DUE_TO_SECURITY_REASONS""#, "wrote the parameter /db/password. It worked."),
    ("ssm", "SendCommand", r#""documentName":"AWS-RunShellScript","instanceIds":["i-1"],"parameters":"HIDDEN_DUE_TO_SECURITY_REASONS""#, "ran the document AWS-RunShellScript on i-1. It worked."),
    ("ssm", "ModifyDocumentPermission", r#""name":"doc","accountIdsToAdd":["all"]"#, "changed who may use the document doc. It worked. Of note: granted to everyone."),
    ("lambda", "AddPermission20150331v2", r#""functionName":"f","principal":"*""#, "changed who may call the function f, adding everyone. It worked. Of note: granted to everyone."),
    ("lambda", "CreateFunctionUrlConfig", r#""functionName":"f","authType":"NONE""#, "gave the function f a URL. It worked. Of note: URL without authentication."),
    ("lambda", "UpdateFunctionCode20150331v2", r#""functionName":"f""#, "replaced the code of the function f. It worked."),
    ("rds", "ModifyDBInstance", r#""dBInstanceIdentifier":"db","publiclyAccessible":true,"masterUserPassword":"****""#, "changed the database db. It worked. Of note: publicly accessible, master password changed."),
    ("rds", "ModifyDBSnapshotAttribute", r#""dBSnapshotIdentifier":"s","valuesToAdd":["all"]"#, "changed who may restore the snapshot s, adding everyone. It worked. Of note: granted to everyone."),
    ("rds", "DeleteDBInstance", r#""dBInstanceIdentifier":"db","skipFinalSnapshot":true"#, "deleted the database db. It worked. Of note: deleted without a final snapshot."),
    ("cloudtrail", "StopLogging", r#""name":"arn:aws:cloudtrail:us-east-1:1:trail/main""#, "stopped the logging of the trail main. It worked."),
    ("cloudtrail", "PutEventSelectors", r#""trailName":"main","eventSelectors":[{"includeManagementEvents":false}]"#, "changed which events the trail main logs. It worked. Of note: management events left out."),
    ("organizations", "LeaveOrganization", r#""#, "took its account out of the organization. It worked."),
    ("organizations", "RemoveAccountFromOrganization", r#""accountId":"444455556666""#, "removed the account 444455556666 from the organization. It worked."),
    ("signin", "ConsoleLogin", r#","responseElements":{"ConsoleLogin":"Success"},"additionalEventData":{"MFAUsed":"Yes"}"#, "signed in to the console with MFA. It worked."),
    ("signin", "ConsoleLogin", r#","responseElements":{"ConsoleLogin":"Success"},"additionalEventData":{"MFAUsed":"No"}"#, "signed in to the console. It worked. Of note: sign-in without MFA."),
    ("signin", "SwitchRole", r#","additionalEventData":{"SwitchFrom":"arn:aws:iam::111122223333:user/Alice"}"#, "was switched to in the console from user/Alice. It worked."),
    ("signin", "SwitchRole", r#","responseElements":{"SwitchRole":"Failure"},"additionalEventData":{"SwitchFrom":"arn:aws:iam::111122223333:user/Alice"}"#, "tried to become the role of a console session; failed."),
    ("signin", "SwitchRole", r#","additionalEventData":{"SwitchFrom":"HIDDEN_DUE_TO_SECURITY_REASONS"}"#, "was switched to in the console. It worked."),
    ("sts", "AssumeRoot", r#""targetPrincipal":"444455556666""#, "opened a privileged root session in 444455556666. It worked."),
    // Names that begin with what they are about, or end with it.
    ("s3", "GetBucketTagging", r#""bucketName":"b""#, "read the tagging of the bucket b. It worked."),
    ("s3", "GetBucketCors", r#""bucketName":"b""#, "read the CORS of the bucket b. It worked."),
    ("iam", "ListRolePolicies", r#""roleName":"r""#, "listed policies of the role r. It worked."),
    ("iam", "ListEntitiesForPolicy", r#""policyArn":"arn:aws:iam::aws:policy/p""#, "listed who has the policy p. It worked."),
    ("logs", "ListTagsLogGroup", r#""logGroupName":"/a""#, "listed the tags of the log group /a. It worked."),
    ("ec2", "DescribeVpcAttribute", r#""vpcId":"vpc-1""#, "read an attribute of the VPC vpc-1. It worked."),
    ("ec2", "DeleteNatGateway", r#""#, "deleted the NAT gateway. It worked."),
    ("ec2", "RunInstances", r#","requestParameters":{"instanceType":"m5.large"},"errorCode":"Client.DryRunOperation","errorMessage":"Request would have succeeded, but DryRun flag is set.""#, "tried to start new instances of type m5.large in a dry run, which would have worked."),
    ("sso", "CreateAccountAssignment", r#""principalType":"USER","principalId":"u-1","targetId":"444455556666","permissionSetArn":"arn:aws:sso:::permissionSet/ssoins-1/ps-1""#, "gave USER u-1 the permission set ps-1 in the account 444455556666. It worked."),
    ("sso", "GetRoleCredentials", r#""roleName":"Admin","accountId":"444455556666""#, "took credentials of the role Admin in the account 444455556666. It worked."),
    ("cloudformation", "CreateStack", r#""stackName":"s","capabilities":["CAPABILITY_NAMED_IAM"]"#, "created the stack s. It worked. Of note: may create IAM resources."),
    ("config", "StopConfigurationRecorder", r#""configurationRecorderName":"default""#, "stopped the recorder default. It worked."),
    ("guardduty", "UpdateDetector", r#""detectorId":"d","enable":false"#, "changed the detector d. It worked. Of note: detector off."),
    ("guardduty", "CreateFilter", r#""detectorId":"d","name":"quiet","action":"ARCHIVE""#, "created the filter quiet of the detector d. It worked. Of note: findings hidden by a filter."),
    ("ecr", "SetRepositoryPolicy", r#""repositoryName":"app","policyText":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\"}]}""#, "set the policy of the repository app. It worked. Of note: granted to everyone."),
    ("ecs", "RegisterTaskDefinition", r#""family":"web","containerDefinitions":[{"name":"a"},{"name":"b","privileged":true}]"#, "registered the task definition web. It worked. Of note: privileged container."),
    ("ecs", "ExecuteCommand", r#""cluster":"main","task":"t-1","command":"/bin/sh""#, "ran a command in the task t-1 in the cluster main. It worked."),
    ("eks", "UpdateClusterConfig", r#""name":"prod","resourcesVpcConfig":{"publicAccessCidrs":["0.0.0.0/0"]}"#, "changed the cluster prod. It worked. Of note: open to the internet."),
    ("dynamodb", "Scan", r#""tableName":"users""#, "read through the table users. It worked."),
    ("dynamodb", "ExportTableToPointInTime", r#""tableArn":"arn:aws:dynamodb:us-east-1:1:table/users","s3Bucket":"b","s3BucketOwner":"444455556666""#, "exported the table users to the bucket b. It worked. Of note: exported to another account."),
    ("route53", "ChangeResourceRecordSets", r#""hostedZoneId":"Z1","changeBatch":{"changes":[{"action":"UPSERT","resourceRecordSet":{"name":"www.example.com."}}]}"#, "changed records www.example.com. of the zone Z1. It worked."),
    ("route53domains", "DisableDomainTransferLock", r#""domainName":"example.com""#, "unlocked the domain example.com. It worked."),
    ("bedrock", "InvokeModel", r#""modelId":"anthropic.claude-3""#, "asked the model anthropic.claude-3. It worked."),
    ("bedrock", "DeleteModelInvocationLoggingConfiguration", r#""#, "deleted the logging of what models are asked. It worked."),
];

#[test]
fn calls_read_well() {
    for (source, event, request, expected) in CALLS {
        let rest = match request.strip_prefix(',') {
            Some(fields) => format!(",{fields}"),
            None => format!(r#","requestParameters":{{{request}}}"#),
        };
        let words = read(source, event, &rest);
        assert_eq!(words, format!("bob, an IAM user, {expected}"), "{source} {event}");
    }
    assert!(CALLS.len() >= 60);
}
