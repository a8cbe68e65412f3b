//! Amazon SQS: "Logging Amazon Simple Queue Service API calls using AWS CloudTrail".

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["sqs.amazonaws.com"],
    name: "Amazon SQS",
    short: "SQS",
    monogram: "SQ",
    facts: &[
        Fact {
            events: &["SendMessage"],
            done: ("message sent", "messages sent"),
            asked: ("SendMessage call", "SendMessage calls"),
        },
        Fact {
            events: &["SendMessageBatch"],
            done: ("batch sent", "batches sent"),
            asked: ("SendMessageBatch call", "SendMessageBatch calls"),
        },
        Fact {
            events: &["AddPermission"],
            done: ("permission added", "permissions added"),
            asked: ("call to add a permission", "calls to add a permission"),
        },
        Fact {
            events: &["PurgeQueue"],
            done: ("purge", "purges"),
            asked: ("call to purge a queue", "calls to purge a queue"),
        },
    ],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "CreateQueue",
        done: "created the queue[ {queueName|queueUrl}]",
        tried: "create the queue[ {queueName|queueUrl}]",
    },
    Act {
        event: "DeleteQueue",
        done: "deleted the queue[ {queueUrl|queueName}]",
        tried: "delete the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "PurgeQueue",
        done: "deleted all messages in the queue[ {queueUrl|queueName}]",
        tried: "delete all messages in the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "AddPermission",
        done: "gave[ {AWSAccountIds}] permission[ to {actions}] on the queue[ {queueUrl|queueName}]",
        tried: "give[ {AWSAccountIds}] permission[ to {actions}] on the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "RemovePermission",
        done: "removed the permission[ {label}] from the queue[ {queueUrl|queueName}]",
        tried: "remove the permission[ {label}] from the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "SetQueueAttributes",
        done: "changed attributes of the queue[ {queueUrl|queueName}]",
        tried: "change attributes of the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "GetQueueAttributes",
        done: "read attributes of the queue[ {queueUrl|queueName}]",
        tried: "read attributes of the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "GetQueueUrl",
        done: "looked up the queue[ {queueUrl|queueName}]",
        tried: "look up the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "SendMessage",
        done: "sent a message to the queue[ {queueUrl|queueName}]",
        tried: "send a message to the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "SendMessageBatch",
        done: "sent a batch of messages to the queue[ {queueUrl|queueName}]",
        tried: "send a batch of messages to the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "ReceiveMessage",
        done: "asked for messages of the queue[ {queueUrl|queueName}]",
        tried: "receive messages of the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "DeleteMessage",
        done: "deleted a message in the queue[ {queueUrl|queueName}]",
        tried: "delete a message in the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "DeleteMessageBatch",
        done: "deleted a batch of messages in the queue[ {queueUrl|queueName}]",
        tried: "delete a batch of messages in the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "ChangeMessageVisibility",
        done: "changed how long a message stays hidden in the queue[ {queueUrl|queueName}]",
        tried: "change how long a message stays hidden in the queue[ {queueUrl|queueName}]",
    },
    Act {
        event: "ChangeMessageVisibilityBatch",
        done: "changed how long a batch of messages stays hidden in the queue[ {queueUrl|queueName}]",
        tried: "change how long a batch of messages stays hidden in the queue[ {queueUrl|queueName}]",
    },
];
