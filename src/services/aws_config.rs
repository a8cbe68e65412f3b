//! AWS Config.

use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["config.amazonaws.com"],
    name: "AWS Config",
    short: "Config",
    monogram: "CF",
    facts: &[
        fact(
            &["StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel"],
            "recording stopped",
            "recordings stopped",
        ),
        fact(&["PutConfigRule", "DeleteConfigRule"], "rule changed", "rules changed"),
        fact(&["PutEvaluations"], "report of a rule", "reports of rules"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("StopConfigurationRecorder", "stopped the recorder[ {configurationRecorderName}]"),
    act("StartConfigurationRecorder", "started the recorder[ {configurationRecorderName}]"),
    act("DeleteConfigurationRecorder", "deleted the recorder[ {configurationRecorderName}]"),
    act("PutConfigurationRecorder", "set the recorder[ {configurationRecorder.name}]"),
    act("DeleteDeliveryChannel", "deleted the delivery channel[ {deliveryChannelName}]"),
    act("PutDeliveryChannel", "set the delivery channel[ {deliveryChannel.name}]"),
    act("PutConfigRule", "wrote the rule[ {configRule.configRuleName}]"),
    act("DeleteConfigRule", "deleted the rule[ {configRuleName}]"),
    act("PutEvaluations", "reported results of a rule"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["StopConfigurationRecorder", "DeleteConfigurationRecorder"], When::Done, "recording stopped"),
    note(&["DeleteDeliveryChannel"], When::Done, "delivery channel deleted"),
    note(&["DeleteConfigRule", "DeleteOrganizationConfigRule"], When::Done, "rule deleted"),
];
