//! Amazon EC2. Its lists of instances stand under `instancesSet.items`.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["ec2.amazonaws.com"],
    name: "Amazon EC2",
    short: "EC2",
    monogram: "E2",
    facts: &[
        Fact {
            events: &["RunInstances"],
            done: ("launch of instances", "launches of instances"),
            asked: ("call to launch instances", "calls to launch instances"),
        },
        Fact {
            events: &["AuthorizeSecurityGroupIngress"],
            done: ("security group opened", "times a security group was opened"),
            asked: ("call to open a security group", "calls to open a security group"),
        },
    ],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "DescribeInstances",
        done: "read instances[ {instancesSet.items.instanceId}]",
        tried: "read instances[ {instancesSet.items.instanceId}]",
    },
    Act {
        event: "RunInstances",
        done: "started new instances[ of type {instanceType}]",
        tried: "start new instances[ of type {instanceType}]",
    },
    Act {
        event: "StartInstances",
        done: "started the instances[ {instancesSet.items.instanceId}]",
        tried: "start the instances[ {instancesSet.items.instanceId}]",
    },
    Act {
        event: "StopInstances",
        done: "stopped the instances[ {instancesSet.items.instanceId}]",
        tried: "stop the instances[ {instancesSet.items.instanceId}]",
    },
    Act {
        event: "RebootInstances",
        done: "rebooted the instances[ {instancesSet.items.instanceId}]",
        tried: "reboot the instances[ {instancesSet.items.instanceId}]",
    },
    Act {
        event: "TerminateInstances",
        done: "ended the instances[ {instancesSet.items.instanceId}] for good",
        tried: "end the instances[ {instancesSet.items.instanceId}] for good",
    },
    Act {
        event: "CreateKeyPair",
        done: "created the key pair[ {keyName}]",
        tried: "create the key pair[ {keyName}]",
    },
    Act {
        event: "ImportKeyPair",
        done: "imported the key pair[ {keyName}]",
        tried: "import the key pair[ {keyName}]",
    },
    Act {
        event: "GetPasswordData",
        done: "read the administrator password[ of the instance {instanceId}]",
        tried: "read the administrator password[ of the instance {instanceId}]",
    },
    Act {
        event: "AuthorizeSecurityGroupIngress",
        done: "opened incoming ports[ of the security group {groupId|groupName}]",
        tried: "open incoming ports[ of the security group {groupId|groupName}]",
    },
    Act {
        event: "AuthorizeSecurityGroupEgress",
        done: "opened outgoing ports[ of the security group {groupId|groupName}]",
        tried: "open outgoing ports[ of the security group {groupId|groupName}]",
    },
    Act {
        event: "RevokeSecurityGroupIngress",
        done: "closed incoming ports[ of the security group {groupId|groupName}]",
        tried: "close incoming ports[ of the security group {groupId|groupName}]",
    },
    Act {
        event: "RevokeSecurityGroupEgress",
        done: "closed outgoing ports[ of the security group {groupId|groupName}]",
        tried: "close outgoing ports[ of the security group {groupId|groupName}]",
    },
    Act {
        event: "DescribeInstanceAttribute",
        done: "read[ {attribute} of] the instance[ {instanceId}]",
        tried: "read[ {attribute} of] the instance[ {instanceId}]",
    },
    Act {
        event: "ModifySnapshotAttribute",
        done: "changed who may use the snapshot[ {snapshotId}]",
        tried: "change who may use the snapshot[ {snapshotId}]",
    },
    Act {
        event: "ModifyImageAttribute",
        done: "changed who may use the image[ {imageId}]",
        tried: "change who may use the image[ {imageId}]",
    },
];
