//! Amazon MQ: "Logging Amazon MQ API calls using AWS CloudTrail".
//!
//! The eight `GET` calls are logged without their reply, which the page says on purpose.

use super::notes::PUBLIC;
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["amazonmq.amazonaws.com", "mq.amazonaws.com"],
    name: "Amazon MQ",
    short: "MQ",
    monogram: "MQ",
    facts: &[
        fact(&["CreateBroker"], "broker created", "brokers created"),
        fact(&["DeleteBroker"], "broker deleted", "brokers deleted"),
        fact(&["RebootBroker"], "broker rebooted", "brokers rebooted"),
        fact(
            &["CreateConfiguration", "UpdateConfiguration"],
            "configuration written",
            "configurations written",
        ),
        fact(
            &[
                "DescribeBroker",
                "DescribeConfiguration",
                "DescribeConfigurationRevision",
                "DescribeUser",
                "ListBrokers",
                "ListConfigurationRevisions",
                "ListConfigurations",
                "ListUsers",
            ],
            "reply withheld",
            "replies withheld",
        ),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("CreateBroker", "created the broker[ {brokerName|brokerId}]"),
    act("DeleteBroker", "deleted the broker[ {brokerName|brokerId}]"),
    act("UpdateBroker", "updated the broker[ {brokerName|brokerId}]"),
    act("RebootBroker", "rebooted the broker[ {brokerName|brokerId}]"),
    act("DescribeBroker", "read the broker[ {brokerName|brokerId}]"),
    act("CreateUser", "created the user[ {username}][ on the broker {brokerId}]"),
    act("UpdateUser", "updated the user[ {username}][ on the broker {brokerId}]"),
    act("DeleteUser", "deleted the user[ {username}][ on the broker {brokerId}]"),
    act("DescribeUser", "read the user[ {username}][ on the broker {brokerId}]"),
    act("CreateConfiguration", "created the configuration[ {name}]"),
    act("UpdateConfiguration", "changed the configuration[ {configurationId|configuration-id}]"),
    act("Promote", "promoted the broker[ {brokerId}][ by {mode}]"),
    act("ListBrokers", "listed brokers"),
    act("ListConfigurations", "listed configurations"),
    act("ListUsers", "listed users[ of the broker {brokerId}]"),
    act("DescribeConfiguration", "read the configuration[ {configurationId}]"),
    act(
        "DescribeConfigurationRevision",
        "read the revision[ {configurationRevision}] of the configuration[ {configurationId}]",
    ),
    act("ListConfigurationRevisions", "listed revisions of the configuration[ {configurationId}]"),
    act("DeleteConfiguration", "deleted the configuration[ {configurationId}]"),
    act("DescribeBrokerEngineTypes", "read which engines there are"),
    act("DescribeBrokerInstanceOptions", "read which instances brokers can have"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["CreateBroker"], When::Is("publiclyAccessible", &["true"]), PUBLIC),
    note(&["CreateBroker"], When::Is("users.consoleAccess", &["true"]), "user with console access"),
    note(&["CreateUser", "UpdateUser"], When::Is("consoleAccess", &["true"]), "user with console access"),
    // The card adds them up.
    detail(&["CreateBroker"], "users created: {users.username#}"),
    detail(&["CreateUser"], "users created: {username#}"),
    detail(&["CreateBroker", "UpdateBroker"], "{engineType}[ {engineVersion}]"),
    detail(&["UpdateBroker"], "engine {engineVersion}"),
    detail(&["CreateBroker"], "{deploymentMode}"),
    detail(&["CreateBroker", "UpdateBroker"], "{hostInstanceType}"),
];
