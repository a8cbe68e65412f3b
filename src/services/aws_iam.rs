//! AWS IAM.

use crate::json::Value;

use super::notes::{ADMIN, MFA};
use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["iam.amazonaws.com"],
    name: "AWS IAM",
    short: "IAM",
    monogram: "IA",
    facts: &[
        fact(&["CreateUser"], "user created", "users created"),
        fact(&["CreateAccessKey"], "access key created", "access keys created"),
        fact(&["CreateRole"], "role created", "roles created"),
        fact(
            &[
                "AttachUserPolicy",
                "AttachRolePolicy",
                "AttachGroupPolicy",
                "PutUserPolicy",
                "PutRolePolicy",
                "PutGroupPolicy",
                "CreatePolicy",
                "CreatePolicyVersion",
            ],
            "policy written or attached",
            "policies written or attached",
        ),
        fact(&["CreateLoginProfile", "UpdateLoginProfile"], "console password set", "console passwords set"),
        fact(
            &["DeleteUser", "DeleteRole", "DeletePolicy"],
            "user, role or policy deleted",
            "users, roles or policies deleted",
        ),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("CreateUser", "created the user[ {userName}]"),
    act("CreateAccessKey", "created an access key[ for the user {userName}]"),
    act("DeleteAccessKey", "deleted the access key[ {accessKeyId}][ of the user {userName}]"),
    act("UpdateAccessKey", "set the access key[ {accessKeyId}][ of the user {userName}][ to {status}]"),
    act("AttachUserPolicy", "attached the policy[ {policyArn}] to the user[ {userName}]"),
    act("AttachRolePolicy", "attached the policy[ {policyArn}] to the role[ {roleName}]"),
    act("PutUserPolicy", "wrote the inline policy[ {policyName}] of the user[ {userName}]"),
    act("PutRolePolicy", "wrote the inline policy[ {policyName}] of the role[ {roleName}]"),
    act("CreateLoginProfile", "gave the user[ {userName}] a console password"),
    act("UpdateLoginProfile", "changed the console password[ of the user {userName}]"),
    act("CreateRole", "created the role[ {roleName}]"),
    act("DeleteUser", "deleted the user[ {userName}]"),
    act("ListUsers", "listed users"),
    act("ListRoles", "listed roles"),
    act("GetUser", "read the user[ {userName}]"),
    act("GetRole", "read the role[ {roleName}]"),
    act("DeleteRole", "deleted the role[ {roleName}]"),
    act("DetachUserPolicy", "took the policy[ {policyArn}] from the user[ {userName}]"),
    act("DetachRolePolicy", "took the policy[ {policyArn}] from the role[ {roleName}]"),
    act("AttachGroupPolicy", "attached the policy[ {policyArn}] to the group[ {groupName}]"),
    act("PutGroupPolicy", "wrote the inline policy[ {policyName}] of the group[ {groupName}]"),
    act("DeleteUserPolicy", "deleted the inline policy[ {policyName}] of the user[ {userName}]"),
    act("DeleteRolePolicy", "deleted the inline policy[ {policyName}] of the role[ {roleName}]"),
    act("CreatePolicy", "created the policy[ {policyName}]"),
    act("CreatePolicyVersion", "wrote a new version of the policy[ {policyArn}]"),
    act(
        "SetDefaultPolicyVersion",
        "made version[ {versionId}] of the policy[ {policyArn}] the one that counts",
    ),
    act("DeletePolicy", "deleted the policy[ {policyArn}]"),
    act("UpdateAssumeRolePolicy", "changed who may assume the role[ {roleName}]"),
    act("AddUserToGroup", "added the user[ {userName}] to the group[ {groupName}]"),
    act("RemoveUserFromGroup", "removed the user[ {userName}] from the group[ {groupName}]"),
    act("CreateVirtualMFADevice", "created the MFA device[ {virtualMFADeviceName}]"),
    act("EnableMFADevice", "enabled an MFA device[ for the user {userName}]"),
    act("DeactivateMFADevice", "deactivated an MFA device[ of the user {userName}]"),
    act("DeleteVirtualMFADevice", "deleted the MFA device[ {serialNumber}]"),
    act("DeleteLoginProfile", "took the console password[ of the user {userName}] away"),
    act("ChangePassword", "changed its own console password"),
    act("CreateSAMLProvider", "created the SAML provider[ {name}]"),
    act("CreateOpenIDConnectProvider", "created the OpenID Connect provider[ {url}]"),
    act(
        "AddRoleToInstanceProfile",
        "added the role[ {roleName}] to the instance profile[ {instanceProfileName}]",
    ),
    act("CreateInstanceProfile", "created the instance profile[ {instanceProfileName}]"),
    act("ListAttachedRolePolicies", "listed policies attached to the role[ {roleName}]"),
    act("ListAttachedUserPolicies", "listed policies attached to the user[ {userName}]"),
    act("ListEntitiesForPolicy", "listed who has the policy[ {policyArn}]"),
    act("CreateServiceLinkedRole", "created the service-linked role[ of {aWSServiceName}]"),
    act("GetAccountAuthorizationDetails", "read all users, roles and policies"),
    act("GenerateCredentialReport", "generated the credential report"),
    act("GetCredentialReport", "read the credential report"),
    act("UpdateAccountPasswordPolicy", "changed the password policy of the account"),
    act("DeleteAccountPasswordPolicy", "deleted the password policy of the account"),
    act(
        "RemoveRoleFromInstanceProfile",
        "removed the role[ {roleName}] from the instance profile[ {instanceProfileName}]",
    ),
    act("DetachGroupPolicy", "took the policy[ {policyArn}] from the group[ {groupName}]"),
];

pub(super) const NOTES: &[Note] = &[
    note(
        &["AttachUserPolicy", "AttachRolePolicy", "AttachGroupPolicy"],
        When::Ends("policyArn", ":policy/AdministratorAccess"),
        ADMIN,
    ),
    note(
        &["AttachUserPolicy", "AttachRolePolicy", "AttachGroupPolicy"],
        When::Ends("policyArn", ":policy/IAMFullAccess"),
        "full access to IAM attached",
    ),
    note(&["PutUserPolicy", "PutRolePolicy", "PutGroupPolicy"], When::Admin("policyDocument"), ADMIN),
    note(&["CreatePolicy", "CreatePolicyVersion"], When::Admin("policyDocument"), "admin policy written"),
    note(&["CreateRole"], When::Everyone("assumeRolePolicyDocument"), "trusts everyone"),
    note(&["CreateRole"], When::Foreign("assumeRolePolicyDocument"), "trusts another account"),
    note(&["UpdateAssumeRolePolicy"], When::Everyone("policyDocument"), "trusts everyone"),
    note(&["UpdateAssumeRolePolicy"], When::Foreign("policyDocument"), "trusts another account"),
    note(
        &[
            "PutUserPolicy",
            "PutRolePolicy",
            "PutGroupPolicy",
            "CreatePolicy",
            "CreatePolicyVersion",
            "CreateRole",
        ],
        When::Is("requestParameters.omitted", &["true"]),
        "policy too large to be logged",
    ),
    note(&["CreateLoginProfile"], When::Done, "console password given"),
    note(&["UpdateLoginProfile"], When::Done, "console password changed"),
    note(&["CreateAccessKey"], When::Test(for_another_user), "access key for another user"),
    note(&["DeactivateMFADevice"], When::Done, MFA),
    note(&["DeleteVirtualMFADevice"], When::Done, "virtual MFA device deleted"),
    note(&["DeleteAccountPasswordPolicy"], When::Done, "password policy deleted"),
    note(
        &["CreateSAMLProvider", "CreateOpenIDConnectProvider", "UpdateSAMLProvider"],
        When::Done,
        "identity provider set",
    ),
    note(
        &["DeleteRolePermissionsBoundary", "DeleteUserPermissionsBoundary"],
        When::Done,
        "permissions boundary removed",
    ),
];

/// A call that names another user than the one who makes it.
fn for_another_user(record: Value<'_>) -> bool {
    let named = record.text_at(&["requestParameters", "userName"]);
    named.is_some() && named != record.text_at(&["userIdentity", "userName"])
}
