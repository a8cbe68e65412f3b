//! Amazon EKS: the API of AWS. What is done inside a cluster is not in CloudTrail.

use super::notes::{ADMIN, OPEN};
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["eks.amazonaws.com", "eks-auth.amazonaws.com"],
    name: "Amazon EKS",
    short: "EKS",
    monogram: "EK",
    facts: &[
        fact(&["CreateCluster"], "cluster created", "clusters created"),
        fact(&["DeleteCluster"], "cluster deleted", "clusters deleted"),
        fact(&["CreateAccessEntry", "AssociateAccessPolicy"], "access given", "accesses given"),
        fact(&["AssumeRoleForPodIdentity"], "role session of a pod", "role sessions of pods"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("CreateCluster", "created the cluster[ {name}]"),
    act("DeleteCluster", "deleted the cluster[ {name}]"),
    act("UpdateClusterConfig", "changed the cluster[ {name}]"),
    act("UpdateClusterVersion", "updated the cluster[ {name}][ to {version}]"),
    act("DescribeCluster", "looked at the cluster[ {name}]"),
    act("CreateNodegroup", "added nodes[ {nodegroupName}][ to the cluster {name}]"),
    act("CreateAccessEntry", "gave[ {principalArn}] access to the cluster[ {name}]"),
    act("DeleteAccessEntry", "took from[ {principalArn}] the access to the cluster[ {name}]"),
    act("AssociateAccessPolicy", "gave[ {principalArn}] the policy[ {policyArn}] in the cluster[ {name}]"),
    act("CreatePodIdentityAssociation", "gave pods[ of {serviceAccount}] a role[ {roleArn}]"),
    act("AssumeRoleForPodIdentity", "opened a session of a role for a pod"),
];

pub(super) const NOTES: &[Note] = &[
    note(
        &["CreateCluster", "UpdateClusterConfig"],
        When::Has("resourcesVpcConfig.publicAccessCidrs", "0.0.0.0/0"),
        OPEN,
    ),
    note(&["AssociateAccessPolicy"], When::Has("policyArn", "AdminPolicy"), ADMIN),
    note(&["UpdateClusterConfig"], When::Is("logging.clusterLogging.enabled", &["false"]), "some logs off"),
    detail(&["CreateCluster", "UpdateClusterVersion"], "Kubernetes {version}"),
];
