//! Queries worth having at hand, each in the plain language that one can read and edit.
//!
//! The monitoring list is that of the CIS AWS Foundations Benchmark, by its numbers in version 1.4. Like its filters these
//! find attempts too; add `NOT error:*` for what worked.

/// A query with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What it finds.
    pub name: &'static str,
    /// Its text.
    pub query: &'static str,
    /// The heading it stands under.
    pub group: &'static str,
}

/// The first heading.
const FIRST: &str = "First looks";
/// The second one.
const CIS: &str = "CIS AWS Foundations monitoring";

const fn first(name: &'static str, query: &'static str) -> Saved {
    Saved { name, query, group: FIRST }
}

const fn cis(name: &'static str, query: &'static str) -> Saved {
    Saved { name, query, group: CIS }
}

/// All of them, those of one heading together.
pub const SAVED: &[Saved] = &[
    first("Root use", "identity:Root NOT eventType:AwsServiceEvent NOT invokedBy:*"),
    first(
        "Console sign-in without MFA",
        "event:ConsoleLogin identity:(IAMUser OR Root) responseElements.ConsoleLogin:Success \
         NOT additionalEventData.MFAUsed:Yes",
    ),
    first(
        "Access denied",
        "error:(AccessDenied* OR *UnauthorizedOperation OR *UnauthorizedAccess OR AuthorizationError*)",
    ),
    first(
        "Public exposure",
        "notable:(\"open to the internet\" OR \"publicly accessible\" OR \"granted to everyone\")",
    ),
    first(
        "Trail tampering",
        "service:cloudtrail event:(StopLogging OR DeleteTrail OR UpdateTrail OR PutEventSelectors OR \
         PutInsightSelectors OR DeleteEventDataStore OR StopEventDataStoreIngestion OR RemoveTags)",
    ),
    cis("4.1 Unauthorized API calls", "error:(*UnauthorizedOperation OR AccessDenied*)"),
    cis(
        "4.2 Console sign-in without MFA",
        "event:ConsoleLogin identity:IAMUser responseElements.ConsoleLogin:Success \
         NOT additionalEventData.MFAUsed:Yes",
    ),
    cis("4.3 Root usage", "identity:Root NOT invokedBy:* NOT eventType:AwsServiceEvent"),
    cis(
        "4.4 IAM policy changes",
        "service:iam event:(DeleteGroupPolicy OR DeleteRolePolicy OR DeleteUserPolicy OR PutGroupPolicy OR \
         PutRolePolicy OR PutUserPolicy OR CreatePolicy OR DeletePolicy OR CreatePolicyVersion OR \
         DeletePolicyVersion OR AttachRolePolicy OR DetachRolePolicy OR AttachUserPolicy OR DetachUserPolicy OR \
         AttachGroupPolicy OR DetachGroupPolicy)",
    ),
    cis(
        "4.5 CloudTrail configuration changes",
        "event:(CreateTrail OR UpdateTrail OR DeleteTrail OR StartLogging OR StopLogging)",
    ),
    cis(
        "4.6 Console authentication failures",
        "event:ConsoleLogin errorMessage:(\"Failed authentication\" OR \"No username found in supplied account\")",
    ),
    cis("4.7 Disabling or deleting customer keys", "service:kms event:(DisableKey OR ScheduleKeyDeletion)"),
    cis(
        "4.8 S3 bucket policy changes",
        "service:s3 event:(PutBucketAcl OR PutBucketPolicy OR PutBucketCors OR PutBucketLifecycle OR \
         PutBucketReplication OR DeleteBucketPolicy OR DeleteBucketCors OR DeleteBucketLifecycle OR \
         DeleteBucketReplication)",
    ),
    cis(
        "4.9 AWS Config changes",
        "service:config event:(StopConfigurationRecorder OR DeleteDeliveryChannel OR PutDeliveryChannel OR \
         PutConfigurationRecorder)",
    ),
    cis(
        "4.10 Security group changes",
        "event:(AuthorizeSecurityGroupIngress OR AuthorizeSecurityGroupEgress OR RevokeSecurityGroupIngress OR \
         RevokeSecurityGroupEgress OR CreateSecurityGroup OR DeleteSecurityGroup)",
    ),
    cis(
        "4.11 Network ACL changes",
        "event:(CreateNetworkAcl OR CreateNetworkAclEntry OR DeleteNetworkAcl OR DeleteNetworkAclEntry OR \
         ReplaceNetworkAclEntry OR ReplaceNetworkAclAssociation)",
    ),
    cis(
        "4.12 Network gateway changes",
        "event:(CreateCustomerGateway OR DeleteCustomerGateway OR AttachInternetGateway OR \
         CreateInternetGateway OR DeleteInternetGateway OR DetachInternetGateway)",
    ),
    cis(
        "4.13 Route table changes",
        "service:ec2 event:(CreateRoute OR CreateRouteTable OR ReplaceRoute OR ReplaceRouteTableAssociation OR \
         DeleteRouteTable OR DeleteRoute OR DisassociateRouteTable)",
    ),
    cis(
        "4.14 VPC changes",
        "event:(CreateVpc OR DeleteVpc OR ModifyVpcAttribute OR AcceptVpcPeeringConnection OR \
         CreateVpcPeeringConnection OR DeleteVpcPeeringConnection OR RejectVpcPeeringConnection OR \
         AttachClassicLinkVpc OR DetachClassicLinkVpc OR DisableVpcClassicLink OR EnableVpcClassicLink)",
    ),
    cis(
        "4.15 Organizations changes",
        "service:organizations event:(AcceptHandshake OR AttachPolicy OR CreateAccount OR \
         CreateOrganizationalUnit OR CreatePolicy OR DeclineHandshake OR DeleteOrganization OR \
         DeleteOrganizationalUnit OR DeletePolicy OR DetachPolicy OR DisablePolicyType OR EnablePolicyType OR \
         InviteAccountToOrganization OR LeaveOrganization OR MoveAccount OR RemoveAccountFromOrganization OR \
         UpdatePolicy OR UpdateOrganizationalUnit)",
    ),
];
