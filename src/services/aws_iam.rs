//! AWS IAM.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["iam.amazonaws.com"],
    name: "AWS IAM",
    short: "IAM",
    monogram: "IA",
    facts: &[
        Fact {
            events: &["CreateUser"],
            done: ("user created", "users created"),
            asked: ("call to create a user", "calls to create a user"),
        },
        Fact {
            events: &["CreateAccessKey"],
            done: ("access key created", "access keys created"),
            asked: ("call to create an access key", "calls to create an access key"),
        },
        Fact {
            events: &["CreateRole"],
            done: ("role created", "roles created"),
            asked: ("call to create a role", "calls to create a role"),
        },
    ],
};

pub(super) static ACTS: &[Act] = &[
    Act { event: "CreateUser", done: "created the user[ {userName}]", tried: "create the user[ {userName}]" },
    Act {
        event: "CreateAccessKey",
        done: "created an access key[ for the user {userName}]",
        tried: "create an access key[ for the user {userName}]",
    },
    Act {
        event: "DeleteAccessKey",
        done: "deleted the access key[ {accessKeyId}][ of the user {userName}]",
        tried: "delete the access key[ {accessKeyId}][ of the user {userName}]",
    },
    Act {
        event: "UpdateAccessKey",
        done: "set the access key[ {accessKeyId}][ of the user {userName}][ to {status}]",
        tried: "set the access key[ {accessKeyId}][ of the user {userName}][ to {status}]",
    },
    Act {
        event: "AttachUserPolicy",
        done: "attached the policy[ {policyArn}] to the user[ {userName}]",
        tried: "attach the policy[ {policyArn}] to the user[ {userName}]",
    },
    Act {
        event: "AttachRolePolicy",
        done: "attached the policy[ {policyArn}] to the role[ {roleName}]",
        tried: "attach the policy[ {policyArn}] to the role[ {roleName}]",
    },
    Act {
        event: "PutUserPolicy",
        done: "wrote the inline policy[ {policyName}] of the user[ {userName}]",
        tried: "write the inline policy[ {policyName}] of the user[ {userName}]",
    },
    Act {
        event: "PutRolePolicy",
        done: "wrote the inline policy[ {policyName}] of the role[ {roleName}]",
        tried: "write the inline policy[ {policyName}] of the role[ {roleName}]",
    },
    Act {
        event: "CreateLoginProfile",
        done: "gave the user[ {userName}] a console password",
        tried: "give the user[ {userName}] a console password",
    },
    Act {
        event: "UpdateLoginProfile",
        done: "changed the console password[ of the user {userName}]",
        tried: "change the console password[ of the user {userName}]",
    },
    Act { event: "CreateRole", done: "created the role[ {roleName}]", tried: "create the role[ {roleName}]" },
];
