//! Amazon MQ: "Logging Amazon MQ API calls using AWS CloudTrail".
//!
//! The eight `GET` calls are logged without their reply, which the page says on purpose.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["amazonmq.amazonaws.com", "mq.amazonaws.com"],
    name: "Amazon MQ",
    short: "MQ",
    monogram: "MQ",
    facts: &[
        Fact {
            events: &["CreateBroker"],
            done: ("broker created", "brokers created"),
            asked: ("call to create a broker", "calls to create a broker"),
        },
        Fact {
            events: &["CreateUser"],
            done: ("user created", "users created"),
            asked: ("call to create a user", "calls to create a user"),
        },
        Fact {
            events: &[
                "DescribeBroker",
                "DescribeConfiguration",
                "DescribeConfigurationRevision",
                "DescribeUser",
                "ListBrokers",
                "ListConfigurationRevisions",
                "ListConfigurations",
                "ListUsers",
            ],
            done: ("reply withheld", "replies withheld"),
            asked: ("read, its reply withheld", "reads, their replies withheld"),
        },
    ],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "CreateBroker",
        done: "created the broker[ {brokerName|brokerId}]",
        tried: "create the broker[ {brokerName|brokerId}]",
    },
    Act {
        event: "DeleteBroker",
        done: "deleted the broker[ {brokerName|brokerId}]",
        tried: "delete the broker[ {brokerName|brokerId}]",
    },
    Act {
        event: "UpdateBroker",
        done: "updated the broker[ {brokerName|brokerId}]",
        tried: "update the broker[ {brokerName|brokerId}]",
    },
    Act {
        event: "RebootBroker",
        done: "rebooted the broker[ {brokerName|brokerId}]",
        tried: "reboot the broker[ {brokerName|brokerId}]",
    },
    Act {
        event: "DescribeBroker",
        done: "read the broker[ {brokerName|brokerId}]",
        tried: "read the broker[ {brokerName|brokerId}]",
    },
    Act {
        event: "CreateUser",
        done: "created the user[ {username}][ on the broker {brokerId}]",
        tried: "create the user[ {username}][ on the broker {brokerId}]",
    },
    Act {
        event: "UpdateUser",
        done: "updated the user[ {username}][ on the broker {brokerId}]",
        tried: "update the user[ {username}][ on the broker {brokerId}]",
    },
    Act {
        event: "DeleteUser",
        done: "deleted the user[ {username}][ on the broker {brokerId}]",
        tried: "delete the user[ {username}][ on the broker {brokerId}]",
    },
    Act {
        event: "DescribeUser",
        done: "read the user[ {username}][ on the broker {brokerId}]",
        tried: "read the user[ {username}][ on the broker {brokerId}]",
    },
    Act {
        event: "CreateConfiguration",
        done: "created the configuration[ {name}]",
        tried: "create the configuration[ {name}]",
    },
    Act {
        event: "UpdateConfiguration",
        done: "changed the configuration[ {configurationId|configuration-id}]",
        tried: "change the configuration[ {configurationId|configuration-id}]",
    },
];
