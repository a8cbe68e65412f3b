//! Amazon EC2. Its lists of instances stand under `instancesSet.items`.

use crate::json::Value;

use super::notes::{BLOCK_REMOVED, EVERYONE, FOREIGN, OPEN, any};
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["ec2.amazonaws.com"],
    name: "Amazon EC2",
    short: "EC2",
    monogram: "E2",
    facts: &[
        fact(&["RunInstances"], "launch of instances", "launches of instances"),
        fact(&["TerminateInstances"], "termination of instances", "terminations of instances"),
        fact(
            &["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"],
            "rule added to a security group",
            "rules added to security groups",
        ),
        fact(&["CreateKeyPair", "ImportKeyPair"], "key pair created", "key pairs created"),
        fact(&["CreateSnapshot", "CreateSnapshots", "CopySnapshot"], "snapshot taken", "snapshots taken"),
        fact(&["ModifySnapshotAttribute", "ModifyImageAttribute"], "sharing changed", "sharing changes"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("DescribeInstances", "read instances[ {instancesSet.items.instanceId}]"),
    act("RunInstances", "started new instances[ {instancesSet.items.instanceId}][ of type {instanceType}]"),
    act("StartInstances", "started the instances[ {instancesSet.items.instanceId}]"),
    act("StopInstances", "stopped the instances[ {instancesSet.items.instanceId}]"),
    act("RebootInstances", "rebooted the instances[ {instancesSet.items.instanceId}]"),
    act("TerminateInstances", "ended the instances[ {instancesSet.items.instanceId}] for good"),
    act("CreateKeyPair", "created the key pair[ {keyName}]"),
    act("ImportKeyPair", "imported the key pair[ {keyName}]"),
    act("GetPasswordData", "asked for the encrypted administrator password[ of the instance {instanceId}]"),
    act("AuthorizeSecurityGroupIngress", "opened incoming ports[ of the security group {groupId|groupName}]"),
    act("AuthorizeSecurityGroupEgress", "opened outgoing ports[ of the security group {groupId|groupName}]"),
    act("RevokeSecurityGroupIngress", "closed incoming ports[ of the security group {groupId|groupName}]"),
    act("RevokeSecurityGroupEgress", "closed outgoing ports[ of the security group {groupId|groupName}]"),
    act("ModifySnapshotAttribute", "changed who may use the snapshot[ {snapshotId}]"),
    act("ModifyImageAttribute", "changed who may use the image[ {imageId}]"),
    act("DescribeInstanceAttribute", "read[ {attribute} of] the instance[ {instanceId}]"),
    act("CreateSecurityGroup", "created the security group[ {groupName}]"),
    act("DeleteSecurityGroup", "deleted the security group[ {groupId|groupName}]"),
    act("ModifyInstanceAttribute", "changed the instance[ {instanceId}]"),
    act("DeleteKeyPair", "deleted the key pair[ {keyName|keyPairId}]"),
    act("CreateSnapshot", "took a snapshot[ of the volume {volumeId}]"),
    act("DeleteSnapshot", "deleted the snapshot[ {snapshotId}]"),
    act("CopySnapshot", "copied the snapshot[ {sourceSnapshotId}][ from {sourceRegion}]"),
    act("CreateImage", "made an image[ of the instance {instanceId}]"),
    act("DeregisterImage", "deleted the image[ {imageId}]"),
    act("CreateVolume", "created the volume[ {volumeId}][ from the snapshot {snapshotId}]"),
    act("AttachVolume", "attached the volume[ {volumeId}][ to the instance {instanceId}]"),
    act("DetachVolume", "detached the volume[ {volumeId}]"),
    act("DeleteVolume", "deleted the volume[ {volumeId}]"),
    act("DeleteFlowLogs", "deleted flow logs[ {flowLogId|DeleteFlowLogsRequest.FlowLogId.content}]"),
    act("CreateFlowLogs", "created flow logs[ of {CreateFlowLogsRequest.ResourceId.content}]"),
    act("AllocateAddress", "allocated the public address[ {publicIp}][ as {allocationId}]"),
    act("ReleaseAddress", "released the public address[ {publicIp|allocationId}]"),
    act(
        "CreateRoute",
        "added a route[ for {destinationCidrBlock|destinationIpv6CidrBlock}][ through {gatewayId|natGatewayId|instanceId|transitGatewayId|vpcPeeringConnectionId|networkInterfaceId}][ to the route table {routeTableId}]",
    ),
    act(
        "DeleteRoute",
        "deleted the route[ for {destinationCidrBlock|destinationIpv6CidrBlock}][ of the route table {routeTableId}]",
    ),
    act("DisassociateRouteTable", "ended the association[ {associationId}] of a route table"),
    act("DetachInternetGateway", "detached the internet gateway[ {internetGatewayId}][ from {vpcId}]"),
    act("DescribeVpcAttribute", "read an attribute of the VPC[ {vpcId}]"),
    act("CreateTags", "tagged[ {resourcesSet.items.resourceId}]"),
    act("DeleteTags", "took tags off[ {resourcesSet.items.resourceId}]"),
    act(
        "AssociateIamInstanceProfile",
        "gave the instance[ {AssociateIamInstanceProfileRequest.InstanceId|instanceId}] an instance profile",
    ),
    act("ReplaceIamInstanceProfileAssociation", "replaced the instance profile of an instance"),
    act("CreateNetworkAclEntry", "added a rule to the network ACL[ {networkAclId}]"),
    act("AttachInternetGateway", "attached the internet gateway[ {internetGatewayId}][ to {vpcId}]"),
    act("GetConsoleOutput", "read the console output[ of the instance {instanceId}]"),
    act("SharedSnapshotVolumeCreated", "reported that another account made a volume of a shared snapshot"),
    act(
        "ModifyInstanceMetadataOptions",
        "changed the metadata options of the instance[ {ModifyInstanceMetadataOptionsRequest.InstanceId|instanceId}]",
    ),
    act("EnableSerialConsoleAccess", "turned on the serial console of instances in the account"),
    act("AssociateRouteTable", "gave the subnet[ {subnetId}] the route table[ {routeTableId}]"),
    act("DisableEbsEncryptionByDefault", "turned off the encryption of new volumes"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["AuthorizeSecurityGroupIngress"], When::Has("ipPermissions", "0.0.0.0/0"), OPEN),
    note(&["AuthorizeSecurityGroupIngress"], When::Has("ipPermissions", "::/0"), OPEN),
    note(&["AuthorizeSecurityGroupIngress"], When::Is("cidrIp", &["0.0.0.0/0", "::/0"]), OPEN),
    detail(&["AuthorizeSecurityGroupIngress"], "port {ipPermissions.items.fromPort}"),
    note(&["CreateNetworkAclEntry", "ReplaceNetworkAclEntry"], When::Test(opens_network_acl), OPEN),
    note(&["ModifySnapshotAttribute"], When::Everyone("createVolumePermission.add"), EVERYONE),
    note(&["ModifySnapshotAttribute"], When::Foreign("createVolumePermission.add"), FOREIGN),
    note(&["ModifyImageAttribute"], When::Everyone("launchPermission.add"), EVERYONE),
    note(&["ModifyImageAttribute"], When::Foreign("launchPermission.add"), FOREIGN),
    note(&["DescribeInstanceAttribute"], When::Is("attribute", &["userData"]), "user data read"),
    note(&["ModifyInstanceAttribute"], When::Has("userData", ""), "user data changed"),
    note(
        &["ModifyInstanceAttribute"],
        When::Is("disableApiTermination.value", &["false"]),
        "termination protection off",
    ),
    note(
        &["ModifyInstanceMetadataOptions"],
        When::Is("ModifyInstanceMetadataOptionsRequest.HttpTokens", &["optional"]),
        "IMDSv1 allowed",
    ),
    note(&["GetPasswordData"], When::Done, "encrypted password asked for"),
    note(&["DeleteFlowLogs"], When::Done, "flow logs deleted"),
    note(&["DisableEbsEncryptionByDefault"], When::Done, "encryption by default off"),
    note(&["DisableSnapshotBlockPublicAccess", "DisableImageBlockPublicAccess"], When::Done, BLOCK_REMOVED),
    note(&["EnableSerialConsoleAccess"], When::Done, "serial console enabled"),
    detail(&["RunInstances"], "{instanceType}"),
    note(&["DeleteNetworkAcl", "DeleteNetworkAclEntry"], When::Done, "network ACL or a rule of it deleted"),
];

/// A rule of a network ACL that lets the whole internet in.
fn opens_network_acl(record: Value<'_>) -> bool {
    let is = |path: &str, word: &str| any(record, path, &|text| text == word);
    is("ruleAction", "allow")
        && is("egress", "false")
        && (is("cidrBlock", "0.0.0.0/0") || is("ipv6CidrBlock", "::/0"))
}
