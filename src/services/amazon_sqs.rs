//! Amazon SQS: "Logging Amazon Simple Queue Service API calls using AWS CloudTrail".

use super::notes::{EVERYONE, FOREIGN, PARTLY};
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["sqs.amazonaws.com"],
    name: "Amazon SQS",
    short: "SQS",
    monogram: "SQ",
    facts: &[
        fact(&["CreateQueue"], "queue created", "queues created"),
        fact(&["DeleteQueue"], "queue deleted", "queues deleted"),
        fact(&["SendMessage"], "message sent", "messages sent"),
        fact(&["SendMessageBatch"], "batch sent", "batches sent"),
        fact(&["ReceiveMessage"], "receive", "receives"),
        fact(&["DeleteMessage"], "message deleted", "messages deleted"),
        fact(&["DeleteMessageBatch"], "batch deleted", "batches deleted"),
        fact(
            &["ChangeMessageVisibility", "ChangeMessageVisibilityBatch"],
            "visibility change",
            "visibility changes",
        ),
        fact(&["AddPermission"], "permission added", "permissions added"),
        fact(&["RemovePermission"], "permission removed", "permissions removed"),
        fact(&["PurgeQueue"], "purge", "purges"),
        fact(&["SetQueueAttributes"], "change of attributes", "changes of attributes"),
        fact(&["StartMessageMoveTask"], "move of messages", "moves of messages"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("CreateQueue", "created the queue[ {queueName|queueUrl}]"),
    act("DeleteQueue", "deleted the queue[ {queueUrl|queueName}]"),
    act("PurgeQueue", "deleted all messages in the queue[ {queueUrl|queueName}]"),
    act(
        "AddPermission",
        "gave[ {AWSAccountIds}] permission[ for {actions}] on the queue[ {queueUrl|queueName}]",
    ),
    act("RemovePermission", "removed the permission[ {label}] from the queue[ {queueUrl|queueName}]"),
    act("SetQueueAttributes", "changed attributes of the queue[ {queueUrl|queueName}]"),
    act("GetQueueAttributes", "read attributes of the queue[ {queueUrl|queueName}]"),
    act("GetQueueUrl", "looked up the queue[ {queueUrl|queueName}]"),
    act("SendMessage", "sent a message to the queue[ {queueUrl|queueName}]"),
    act("SendMessageBatch", "sent a batch of messages to the queue[ {queueUrl|queueName}]"),
    act("DeleteMessage", "deleted a message in the queue[ {queueUrl|queueName}]"),
    act("DeleteMessageBatch", "deleted a batch of messages in the queue[ {queueUrl|queueName}]"),
    act(
        "ChangeMessageVisibility",
        "changed how long a message stays hidden in the queue[ {queueUrl|queueName}]",
    ),
    act(
        "ChangeMessageVisibilityBatch",
        "changed how long a batch of messages stays hidden in the queue[ {queueUrl|queueName}]",
    ),
    act("ReceiveMessage", "asked for messages of the queue[ {queueUrl|queueName}]"),
    act("ListQueues", "listed queues"),
    act("ListQueueTags", "listed tags of the queue[ {queueUrl|queueName}]"),
    act("TagQueue", "tagged the queue[ {queueUrl|queueName}]"),
    act("UntagQueue", "took tags off the queue[ {queueUrl|queueName}]"),
    act(
        "ListDeadLetterSourceQueues",
        "listed the queues that send dead letters to the queue[ {queueUrl|queueName}]",
    ),
    act("StartMessageMoveTask", "started to move messages[ from {sourceArn}][ to {destinationArn}]"),
    act("CancelMessageMoveTask", "cancelled a move of messages"),
    act("ListMessageMoveTasks", "listed moves of messages[ from {sourceArn}]"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["AddPermission"], When::Everyone("AWSAccountIds"), EVERYONE),
    note(&["AddPermission"], When::Foreign("AWSAccountIds"), FOREIGN),
    detail(&["AddPermission"], "{actions} for {AWSAccountIds}"),
    note(&["SetQueueAttributes", "CreateQueue"], When::Everyone("attributes.Policy"), EVERYONE),
    note(&["SetQueueAttributes", "CreateQueue"], When::Foreign("attributes.Policy"), FOREIGN),
    note(&["PurgeQueue"], When::Done, "all messages deleted"),
    note(
        &["SendMessageBatch", "DeleteMessageBatch", "ChangeMessageVisibilityBatch"],
        When::Partly("failed"),
        PARTLY,
    ),
];
