//! AWS Organizations. It hides the name and address of an account that is made.

use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["organizations.amazonaws.com"],
    name: "AWS Organizations",
    short: "Organizations",
    monogram: "OR",
    facts: &[
        fact(&["CreateAccount"], "account created", "accounts created"),
        fact(
            &["CloseAccount", "RemoveAccountFromOrganization", "LeaveOrganization"],
            "account closed or removed",
            "accounts closed or removed",
        ),
        fact(
            &["AttachPolicy", "DetachPolicy", "CreatePolicy", "UpdatePolicy", "DeletePolicy"],
            "policy change",
            "policy changes",
        ),
        fact(
            &["RegisterDelegatedAdministrator"],
            "delegated administrator set",
            "delegated administrators set",
        ),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("LeaveOrganization", "took its account out of the organization"),
    act("CreateAccount", "created the account[ {createAccountStatus.accountId}]"),
    act("CloseAccount", "closed the account[ {accountId}]"),
    act("RemoveAccountFromOrganization", "removed the account[ {accountId}] from the organization"),
    act("InviteAccountToOrganization", "invited[ {target.id}] to the organization"),
    act("AcceptHandshake", "accepted the invitation[ {handshakeId}]"),
    act("AttachPolicy", "attached the policy[ {policyId}][ to {targetId}]"),
    act("DetachPolicy", "took the policy[ {policyId}][ from {targetId}]"),
    act("CreatePolicy", "created the policy[ {name}]"),
    act("UpdatePolicy", "changed the policy[ {policyId}]"),
    act("DeletePolicy", "deleted the policy[ {policyId}]"),
    act("MoveAccount", "moved the account[ {accountId}][ to {destinationParentId}]"),
    act("ListAccounts", "listed accounts"),
    act("DescribeOrganization", "looked at the organization"),
    act(
        "RegisterDelegatedAdministrator",
        "made the account[ {accountId}] an administrator[ of {servicePrincipal}]",
    ),
    act("EnableAWSServiceAccess", "gave[ {servicePrincipal}] access to the organization"),
    act("DisableAWSServiceAccess", "took from[ {servicePrincipal}] the access to the organization"),
];

pub(super) const NOTES: &[Note] = &[
    note(
        &["LeaveOrganization", "RemoveAccountFromOrganization"],
        When::Done,
        "account left the organization",
    ),
    note(&["CloseAccount"], When::Done, "account closed"),
    note(&["DetachPolicy", "DeletePolicy", "DisablePolicyType"], When::Done, "policy taken away"),
    note(&["RegisterDelegatedAdministrator"], When::Done, "delegated administrator set"),
    note(&["DeleteOrganization"], When::Done, "organization deleted"),
];
