//! IAM Identity Center, once AWS SSO: permission sets, assignments, the sign-in portal, its directory.

use super::notes::{ADMIN, MFA};
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["sso.amazonaws.com", "sso-directory.amazonaws.com", "sso-oauth.amazonaws.com"],
    name: "IAM Identity Center",
    short: "Identity Center",
    monogram: "IC",
    facts: &[
        fact(&["CreateAccountAssignment"], "assignment given", "assignments given"),
        fact(&["DeleteAccountAssignment"], "assignment taken away", "assignments taken away"),
        fact(
            &["CreatePermissionSet", "AttachManagedPolicyToPermissionSet", "PutInlinePolicyToPermissionSet"],
            "permission set changed",
            "permission sets changed",
        ),
        fact(
            &["GetRoleCredentials", "Federate"],
            "account opened from the portal",
            "accounts opened from the portal",
        ),
        fact(&["CreateToken", "CreateTokenWithIAM"], "token taken", "tokens taken"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act(
        "CreateAccountAssignment",
        "gave[ {principalType|PrincipalType}][ {principalId}] the permission set[ {permissionSetArn}][ in the account {targetId}]",
    ),
    act(
        "DeleteAccountAssignment",
        "took the permission set[ {permissionSetArn}][ in the account {targetId}] from[ {principalType}][ {principalId}]",
    ),
    act("CreatePermissionSet", "created the permission set[ {name}]"),
    act("DeletePermissionSet", "deleted the permission set[ {permissionSetArn}]"),
    act("ProvisionPermissionSet", "applied the permission set[ {permissionSetArn}][ to {targetId}]"),
    act(
        "AttachManagedPolicyToPermissionSet",
        "attached the policy[ {managedPolicyArn}] to the permission set[ {permissionSetArn}]",
    ),
    act(
        "PutInlinePolicyToPermissionSet",
        "wrote the inline policy of the permission set[ {permissionSetArn}]",
    ),
    act("GetRoleCredentials", "took credentials of the role[ {roleName}][ in the account {accountId}]"),
    act("ListAccountRoles", "listed its roles[ in the account {accountId}]"),
    act("ListAccounts", "listed its accounts"),
    act("CreateToken", "took an access token"),
    act("CreateTokenWithIAM", "took an access token with IAM credentials"),
    act("StartDeviceAuthorization", "started the sign-in of a device"),
    act("RegisterClient", "registered a client"),
    act("Authenticate", "signed in to the portal"),
    act("Federate", "opened an account from the portal"),
    act("Logout", "signed out"),
    act("CreateUser", "created the user[ {userName}]"),
    act("DeleteUser", "deleted the user[ {userId}]"),
    act("AddMemberToGroup", "added a member to the group[ {groupId}]"),
    act("CreateGroup", "created the group[ {displayName|groupName}]"),
    act("UpdatePassword", "changed the password[ of the user {userId}]"),
    act("DeleteMfaDeviceForUser", "removed an MFA device[ of the user {userId}]"),
];

pub(super) const NOTES: &[Note] = &[
    note(
        &["AttachManagedPolicyToPermissionSet"],
        When::Ends("managedPolicyArn", ":policy/AdministratorAccess"),
        ADMIN,
    ),
    note(&["PutInlinePolicyToPermissionSet"], When::Admin("inlinePolicy"), ADMIN),
    note(&["DeleteMfaDeviceForUser"], When::Done, MFA),
    detail(&["CreateAccountAssignment"], "account {targetId}"),
    note(&["UpdateMfaDeviceManagementForDirectory"], When::Done, "MFA rules changed"),
];
