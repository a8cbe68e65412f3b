//! Every record that AWS's pages on the five services print, through the real way of reading: card,
//! sentence, identity answers, redactions, failure.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod host;

use host::{Host, fixture, fixtures};
use trailscope::event::Field;
use trailscope::protocol::{Detail, EventRow, Outcome, RecordView};
use trailscope::services::card_key;

/// What is expected of one record.
struct Seed {
    file: &'static str,
    /// Event source, without `.amazonaws.com`, of its card.
    card: &'static str,
    /// `y` or `n` for each of the three questions, and the evidence each answer starts with.
    answers: [(&'static str, &'static str); 3],
    sentence: &'static str,
    redactions: &'static [(&'static str, &'static str)],
    /// What the row says went wrong.
    failure: Option<&'static str>,
    /// Whether its time can be read; the pages have placeholders.
    dated: bool,
}

const USER: [(&str, &str); 3] = [("yes", "type=IAMUser"), ("no", "no sessionIssuer"), ("no", "no invokedBy")];
const ROLE: [(&str, &str); 3] =
    [("no", "type=AssumedRole"), ("yes", "type=AssumedRole"), ("no", "no invokedBy")];

const fn seed(
    file: &'static str,
    card: &'static str,
    answers: [(&'static str, &'static str); 3],
    sentence: &'static str,
) -> Seed {
    Seed { file, card, answers, sentence, redactions: &[], failure: None, dated: true }
}

fn seeds() -> Vec<Seed> {
    vec![
        Seed {
            redactions: &[
                ("requestParameters.users[0].password", "***"),
                ("requestParameters.users[1].password", "***"),
            ],
            ..seed(
                "amazonmq-create-broker",
                "amazonmq",
                USER,
                "AmazonMqConsole, an IAM user, created the broker MyBroker, with two users. It worked. Of note: publicly accessible, user with console access.",
            )
        },
        seed("amplify-list-apps", "amplify", USER, "Mary_Major, an IAM user, listed apps. It worked."),
        seed(
            "amplifybackend-list-backend-jobs",
            "amplify",
            USER,
            "Mary_Major, an IAM user, listed backend jobs of the app d23mv2oexample in staging. It worked.",
        ),
        Seed {
            failure: Some("AccessDenied"),
            dated: false,
            ..seed(
                "monitron-delete-project-access-denied",
                "monitron",
                USER,
                "user name, an IAM user, tried to delete the project name; denied: AccessDenied. AWS says: not authorized to perform: monitron:DeleteProject on resource: resource ARN.",
            )
        },
        Seed {
            failure: Some("ConflictException"),
            dated: false,
            ..seed(
                "monitron-delete-project-conflict-exception",
                "monitron",
                ROLE,
                "user name, a role, tried to delete the project name; failed: ConflictException. AWS says: This project still has sensors associated to it and cannot be deleted.",
            )
        },
        Seed {
            dated: false,
            ..seed(
                "monitron-delete-project",
                "monitron",
                ROLE,
                "user name, a role, deleted the project name. It worked.",
            )
        },
        Seed {
            dated: false,
            ..seed(
                "qapps-get-library-item",
                "qapps",
                ROLE,
                "user name, a role for an Identity Center user, read the library item. It worked. Of note: prompt text in clear.",
            )
        },
        seed(
            "sqs-add-permission",
            "sqs",
            USER,
            "Alice, an IAM user, gave 123456789012 permission for SendMessage on the queue MyQueue. It worked.",
        ),
        seed(
            "sqs-create-queue",
            "sqs",
            USER,
            "Alejandro, an IAM user, created the queue MyQueue. It worked.",
        ),
        seed("sqs-delete-queue", "sqs", USER, "Carlos, an IAM user, deleted the queue MyQueue. It worked."),
        seed(
            "sqs-remove-permission",
            "sqs",
            USER,
            "Jane, an IAM user, removed the permission label from the queue MyQueue. It worked.",
        ),
        seed(
            "sqs-set-queue-attributes",
            "sqs",
            USER,
            "Maria, an IAM user, changed attributes of the queue MyQueue: VisibilityTimeout. It worked.",
        ),
        send_message(),
        seed(
            "sqs-receive-message",
            "sqs",
            ROLE,
            "RoleToBeAssumed, a role, asked for messages of the queue MyQueue. It worked.",
        ),
        seed(
            "sqs-delete-message-batch",
            "sqs",
            ROLE,
            "RoleToBeAssumed, a role, deleted a batch of messages in the queue MyQueue. It worked.",
        ),
        seed(
            "sqs-change-message-visibility-batch",
            "sqs",
            ROLE,
            "RoleToBeAssumed, a role, changed how long a batch of messages stays hidden in the queue MyQueue. It worked.",
        ),
    ]
}

fn send_message() -> Seed {
    Seed {
        redactions: &[("requestParameters.messageBody", "HIDDEN_DUE_TO_SECURITY_REASONS")],
        ..seed(
            "sqs-send-message",
            "sqs",
            ROLE,
            "RoleToBeAssumed, a role, sent a message to the queue MyQueue. It worked.",
        )
    }
}

fn check(seed: &Seed, row: &EventRow, view: &RecordView) {
    let file = seed.file;
    assert_eq!(card_key(&row.source), format!("{}.amazonaws.com", seed.card), "{file}");
    let sentence: String = view.sentence.iter().map(|phrase| phrase.text.as_str()).collect();
    assert_eq!(sentence, seed.sentence, "{file}");
    let answers = view.answers.iter().map(|answer| {
        (answer.verdict.name(), answer.evidence.first().map(String::as_str).unwrap_or_default())
    });
    assert_eq!(answers.collect::<Vec<_>>(), seed.answers, "{file}");
    let redactions = view.redactions.iter().map(|redaction| {
        assert!(redaction.documented && !redaction.document.is_empty(), "{file}");
        (redaction.path.as_str(), redaction.marker.as_str())
    });
    assert_eq!(redactions.collect::<Vec<_>>(), seed.redactions, "{file}");
    assert_eq!((row.error.as_deref(), view.error.as_deref()), (seed.failure, seed.failure), "{file}");
    assert_eq!((row.time_ms.is_some(), row.time_text.is_empty()), (seed.dated, false), "{file}");
}

fn loaded(name: &str, bytes: Vec<u8>) -> Host {
    let mut host = Host::new(1);
    host.drop_file(name, bytes);
    host.ask("");
    host
}

#[test]
fn every_printed_record_is_understood() {
    let seeds = seeds();
    for seed in &seeds {
        let name = format!("{}.json", seed.file);
        let mut host = loaded(&name, fixture(&format!("seeds/{name}")));
        let rows = host.rows();
        assert_eq!((rows.len(), host.ledger[0].rejected), (1, 0), "{name}");
        check(seed, &rows[0], &host.record(rows[0].row));
    }
    let files: Vec<String> = seeds.iter().map(|seed| format!("{}.json", seed.file)).collect();
    assert!(fixtures("seeds").iter().all(|name| files.contains(name)), "a record without expectations");
}

/// On the page of SQS the record of `SendMessage` lacks its last brace, and the page goes on.
#[test]
fn the_record_without_its_last_brace_is_read_and_said_to_be() {
    let printed = String::from_utf8(fixture("seeds/sqs-send-message.json")).unwrap();
    let printed = printed.trim_end().strip_suffix('}').unwrap().trim_end();
    let next = String::from_utf8(fixture("seeds/sqs-receive-message.json")).unwrap();
    let page =
        format!("- SendMessage\n-\nThe following example shows it.\n{printed}\n- ReceiveMessage\n-\n{next}");
    for text in [page, printed.to_owned()] {
        let pieces = [1, 7, 64, 100_000];
        for piece in pieces {
            let mut host = Host::new(1);
            host.drop_in_pieces("page.txt", text.clone().into_bytes(), piece);
            host.ask("");
            let row = host.rows().into_iter().find(|row| row.name == "SendMessage").unwrap();
            let view = host.record(row.row);
            check(&send_message(), &row, &view);
            assert_eq!(view.raw, printed, "the raw text is what stands there");
            assert!(view.notes.iter().any(|note| note.contains("1 character was added")), "{:?}", view.notes);
            assert!(view.tree.iter().any(|line| line.path == "tlsDetails.tlsVersion"));
            let line = &host.ledger[0];
            assert_eq!((line.outcome, line.rejected), (Outcome::Partial, 0));
            assert!(line.reason.as_deref().unwrap_or_default().contains("has no proper end"), "{line:?}");
            assert_eq!(line.records(), line.events + line.duplicates + line.rejected);
            // A path of its record is found, too.
            assert_eq!(host.ask("tlsDetails.tlsVersion:TLSv1.2 event:SendMessage").matched, 1);
        }
    }
}

/// The cards of the five services, from the records of their pages.
#[test]
fn cards_say_what_matters_for_each_service() {
    let mut host = Host::new(3);
    for name in fixtures("seeds") {
        host.drop_file(&name, fixture(&format!("seeds/{name}")));
    }
    let answer = host.ask_with("", |ask| ask.detail = Detail::Services);
    let of = |source: &str| {
        let found = answer.services.iter().find(|one| one.source.starts_with(source)).unwrap();
        let names = |list: &[(String, u64)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        (found.events, found.errors, names(&found.notable), names(&found.details), names(&found.failures))
    };
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        of("amazonmq"),
        (
            1,
            0,
            words(&["publicly accessible", "user with console access"]),
            words(&["ACTIVE_STANDBY_MULTI_AZ", "ActiveMQ 5.15.9", "mq.m5.large", "users created: 2"]),
            words(&[])
        )
    );
    assert_eq!(of("monitron"), (3, 2, words(&[]), words(&[]), words(&["AccessDenied", "ConflictException"])));
    assert_eq!(of("sqs"), (9, 0, words(&[]), words(&["SendMessage for 123456789012"]), words(&[])));
    // A queue by its URL, by its ARN, and by the URL in the reply to CreateQueue: name, account, Region.
    let queues = &answer.services.iter().find(|one| one.source.starts_with("sqs")).unwrap().top_resources;
    let (here, there) = ("MyQueue/123456789012/us-east-2", "MyQueue/123456789012/ap-southeast-4");
    assert_eq!(queues, &[(here.to_owned(), 5), (there.to_owned(), 4)]);
    assert_eq!(host.ask(&format!("resource:\"{here}\"")).matched, 5);
    let (events, _, notable, details, _) = of("qapps");
    assert_eq!((events, notable), (1, words(&["prompt text in clear"])));
    assert!(details.iter().any(|detail| detail.starts_with("on behalf of ")), "{details:?}");
    assert_eq!(of("amplifybackend").3.len(), 1);
    // Each of them filters, and the facet counts them apart.
    assert_eq!(host.ask("notable:\"publicly accessible\"").matched, 1);
    assert_eq!(host.ask("notable:\"user with console access\"").matched, 1);
    assert_eq!(host.ask("detail:\"users created: 2\"").matched, 1);
    assert_eq!(host.ask("notable:*").matched, 2);
    assert_eq!(host.ask("NOT notable:*").matched, answer.matched - 2);
    assert_eq!(host.ask("detail:\"ActiveMQ 5.15.9\"").matched, 1);
    assert_eq!(host.ask("failure:*").matched, 2);
    let answer = host.ask("");
    let facet = answer.facets.iter().find(|facet| facet.field == Field::Notable).unwrap();
    assert_eq!(facet.distinct, 3);
    let count = |value: Option<&str>| {
        facet.values.iter().find(|(one, _)| one.as_deref() == value).map(|(_, count)| *count)
    };
    assert_eq!(count(Some("publicly accessible")), Some(1));
    assert_eq!(count(None), Some(answer.matched - 2));
}
