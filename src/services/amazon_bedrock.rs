//! Amazon Bedrock: models, agents and their runtimes.

use super::notes::LOGGING;
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &[
        "bedrock.amazonaws.com",
        "bedrock-runtime.amazonaws.com",
        "bedrock-agent.amazonaws.com",
        "bedrock-agent-runtime.amazonaws.com",
    ],
    name: "Amazon Bedrock",
    short: "Bedrock",
    monogram: "BR",
    facts: &[
        fact(
            &["InvokeModel", "InvokeModelWithResponseStream", "Converse", "ConverseStream"],
            "call of a model",
            "calls of models",
        ),
        fact(
            &["InvokeAgent", "Retrieve", "RetrieveAndGenerate"],
            "call of an agent or knowledge base",
            "calls of agents and knowledge bases",
        ),
        fact(
            &["PutFoundationModelEntitlement", "CreateFoundationModelAgreement", "PutUseCaseForModelAccess"],
            "request for a model",
            "requests for models",
        ),
        fact(
            &["CreateGuardrail", "UpdateGuardrail", "DeleteGuardrail"],
            "guardrail changed",
            "guardrails changed",
        ),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("InvokeModel", "asked the model[ {modelId}]"),
    act("InvokeModelWithResponseStream", "asked the model[ {modelId}]"),
    act("Converse", "asked the model[ {modelId}]"),
    act("ConverseStream", "asked the model[ {modelId}]"),
    act("InvokeAgent", "asked the agent[ {agentId}]"),
    act("Retrieve", "searched the knowledge base[ {knowledgeBaseId}]"),
    act("RetrieveAndGenerate", "asked about the knowledge base[ {knowledgeBaseId}]"),
    act("ListFoundationModels", "listed models"),
    act("CreateAgent", "created the agent[ {agentName}]"),
    act("CreateGuardrail", "created the guardrail[ {name}]"),
    act("UpdateGuardrail", "changed the guardrail[ {guardrailIdentifier}]"),
    act("DeleteGuardrail", "deleted the guardrail[ {guardrailIdentifier}]"),
    act("PutModelInvocationLoggingConfiguration", "set the logging of what models are asked"),
    act("DeleteModelInvocationLoggingConfiguration", "deleted the logging of what models are asked"),
    act("PutFoundationModelEntitlement", "asked for access to the model[ {modelId}]"),
    act("CreateFoundationModelAgreement", "accepted the terms of the model[ {modelId}]"),
    act("PutUseCaseForModelAccess", "set what models are used for"),
    act("CreateModelCustomizationJob", "started to train a model[ {customModelName}]"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["DeleteModelInvocationLoggingConfiguration"], When::Done, LOGGING),
    note(&["DeleteGuardrail"], When::Done, "guardrail or version deleted"),
    detail(&["InvokeModel", "InvokeModelWithResponseStream", "Converse", "ConverseStream"], "{modelId}"),
    note(
        &["PutFoundationModelEntitlement", "CreateFoundationModelAgreement"],
        When::Done,
        "model access asked for",
    ),
];
