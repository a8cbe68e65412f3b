//! Amazon Route 53: zones and records, domains, resolvers.

use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["route53.amazonaws.com", "route53domains.amazonaws.com", "route53resolver.amazonaws.com"],
    name: "Amazon Route 53",
    short: "Route 53",
    monogram: "R5",
    facts: &[
        fact(&["ChangeResourceRecordSets"], "change of records", "changes of records"),
        fact(&["CreateHostedZone"], "zone created", "zones created"),
        fact(&["DeleteHostedZone"], "zone deleted", "zones deleted"),
        fact(
            &["RegisterDomain", "TransferDomain", "TransferDomainToAnotherAwsAccount"],
            "domain registered or moved",
            "domains registered or moved",
        ),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act(
        "ChangeResourceRecordSets",
        "changed records[ {changeBatch.changes.resourceRecordSet.name}][ of the zone {hostedZoneId}]",
    ),
    act("CreateHostedZone", "created the zone[ {name}]"),
    act("DeleteHostedZone", "deleted the zone[ {id}]"),
    act("ListHostedZones", "listed zones"),
    act("ListResourceRecordSets", "listed records[ of the zone {hostedZoneId}]"),
    act("GetHostedZone", "looked at the zone[ {id}]"),
    act("RegisterDomain", "registered the domain[ {domainName}]"),
    act("TransferDomainToAnotherAwsAccount", "moved the domain[ {domainName}] to another account"),
    act("DisableDomainTransferLock", "unlocked the domain[ {domainName}]"),
    act("DeleteResolverQueryLogConfig", "deleted the logging of DNS queries"),
    act("DisassociateResolverQueryLogConfig", "took the logging of DNS queries from[ {resourceId}]"),
    act("AssociateVPCWithHostedZone", "connected the zone[ {hostedZoneId}] to a VPC"),
];

pub(super) const NOTES: &[Note] = &[
    detail(&["ChangeResourceRecordSets"], "{changeBatch.changes.action}"),
    note(&["DisableDomainTransferLock"], When::Done, "domain unlocked"),
    note(&["TransferDomainToAnotherAwsAccount"], When::Done, "domain offered to another account"),
    note(
        &["DeleteResolverQueryLogConfig", "DisassociateResolverQueryLogConfig", "DeleteQueryLoggingConfig"],
        When::Done,
        "query log configuration removed",
    ),
    note(&["DeleteHostedZone"], When::Done, "zone deleted"),
];
