//! What is said of single values: hidden by AWS, or leaked.

use serde::{Deserialize, Serialize};

use super::RowRef;

/// How a value is missing from a record. Five different things, told apart in words, colour and filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Hidden {
    /// A service replaced the whole value by a marker.
    #[default]
    Masked,
    /// A service replaced a part of it.
    PartlyMasked,
    /// There was a response, and AWS documents that the service withholds it.
    Withheld,
    /// AWS documents that the service does not log it. Nothing in the record shows whether there was any.
    NotLogged,
    /// CloudTrail left it out because it was too large.
    Cut,
    /// People or tools replaced it after the export.
    Scrubbed,
}

impl Hidden {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Masked, Self::PartlyMasked, Self::Withheld, Self::NotLogged, Self::Cut, Self::Scrubbed];

    /// The value of `redaction.class`.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["masked", "partlyMasked", "withheld", "notLogged", "cut", "scrubbed"][self as usize]
    }

    /// Whether it counts as a redaction: a service hid a value that was there. What is not logged by
    /// design, cut for its size or scrubbed later has figures of its own.
    #[must_use]
    pub fn is_redaction(self) -> bool {
        (self as u8) < Self::NotLogged as u8
    }
}

/// What kind of value leaked, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum ExposureKind {
    /// A private key.
    PrivateKey,
    /// The secret half of an access key.
    SecretKey,
    /// A password or passphrase.
    Password,
    /// A key of a service that knows its own by their shape, or an API key by its name.
    ApiKey,
    /// An address with the password in it.
    ConnectionString,
    /// An `Authorization` header.
    Authorization,
    /// Another value whose key calls it a secret or a token that lets one in.
    Secret,
    /// A JSON web token.
    Jwt,
    /// The script an instance starts with.
    UserData,
    /// Environment variables.
    Environment,
    /// A signed address: whoever has it may use it.
    PresignedUrl,
    /// The session token of temporary credentials.
    SessionToken,
    /// A receipt handle of SQS.
    ReceiptHandle,
    /// The text of a database query.
    QueryText,
    /// What a person typed to a model.
    Prompt,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// The name of a person.
    PersonName,
}

/// Name, label, why it matters: a line for each kind in the order of their numbers.
const KINDS: [(&str, &str, &str); 18] = [
    ("privateKey", "Private key", "Whoever reads the trail can use it. Replace it."),
    (
        "secretKey",
        "Secret access key",
        "With its key id it signs calls until the key is deactivated. Deactivate it.",
    ),
    ("password", "Password", "Everyone who can read the trail can read it: change it."),
    ("apiKey", "API key", "It works until it is revoked. Revoke it."),
    ("connectionString", "Connection string", "It holds an address and its password: change the password."),
    (
        "authorization",
        "Authorization header",
        "It stands for whoever sent it, until it expires or the password in it is changed.",
    ),
    ("secret", "Secret", "Its key calls it a secret or a token. Change it unless it has expired."),
    ("jwt", "JSON web token", "It lets its bearer in until it expires, and says who that is."),
    ("userData", "User data", "Start scripts often hold passwords and keys. Anyone can decode Base64."),
    ("environment", "Environment variable", "Environment variables often hold passwords and keys."),
    ("presignedUrl", "Presigned URL", "Whoever has it can use it until it expires, at most seven days."),
    (
        "sessionToken",
        "Session token",
        "CloudTrail logs it by design. It is of no use without the secret key, which is not logged, and of none after the session.",
    ),
    (
        "receiptHandle",
        "Receipt handle",
        "It deletes a message or hides it, for a caller who may use the queue. It is useless after 12 hours.",
    ),
    ("queryText", "Query text", "The values in it are in clear."),
    ("prompt", "Prompt text", "People wrote it. It can hold anything."),
    ("phone", "Phone number", "It is personal data."),
    ("email", "E-mail address", "It is personal data."),
    ("personName", "Person's name", "It is personal data."),
];

impl ExposureKind {
    /// All, worst first, in the order of their numbers.
    pub const ALL: [Self; 18] = [
        Self::PrivateKey,
        Self::SecretKey,
        Self::Password,
        Self::ApiKey,
        Self::ConnectionString,
        Self::Authorization,
        Self::Secret,
        Self::Jwt,
        Self::UserData,
        Self::Environment,
        Self::PresignedUrl,
        Self::SessionToken,
        Self::ReceiptHandle,
        Self::QueryText,
        Self::Prompt,
        Self::Phone,
        Self::Email,
        Self::PersonName,
    ];

    /// `data-kind`, and the value of `exposure.kind`.
    #[must_use]
    pub fn name(self) -> &'static str {
        KINDS[self as usize].0
    }

    /// For a reader.
    #[must_use]
    pub fn label(self) -> &'static str {
        KINDS[self as usize].1
    }

    /// Why it matters.
    #[must_use]
    pub fn why(self) -> &'static str {
        KINDS[self as usize].2
    }

    /// The kind of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it is about a person and opens nothing.
    #[must_use]
    pub fn is_personal(self) -> bool {
        self as u8 >= Self::Phone as u8
    }
}

/// How sure it is that a value is what it is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Confidence {
    /// It has the shape, or stands where AWS documents it.
    #[default]
    Certain,
    /// Its key says so.
    Likely,
    /// It looks like it.
    Possible,
}

impl Confidence {
    /// As a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["certain", "likely", "possible"][self as usize]
    }

    /// The confidence of this number.
    #[must_use]
    pub fn of(number: u8) -> Self {
        [Self::Certain, Self::Likely].get(usize::from(number)).copied().unwrap_or(Self::Possible)
    }
}

/// A value that no service hid, although a reader would not want it in a hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposure {
    /// Where: `responseElements.credentials.sessionToken`.
    pub path: String,
    /// Where it stands in the decoded value, in bytes.
    pub span: (u32, u32),
    /// What it is.
    pub kind: ExposureKind,
    /// How sure that is.
    pub confidence: Confidence,
    /// What it is and why it matters, for a reader.
    pub explanation: String,
}

/// One line of the Redactions view: values of one kind at one path of one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct FindingGroup {
    /// `eventSource`.
    pub source: String,
    /// `eventName`.
    pub name: String,
    /// The path, with `[]` for every index.
    pub path: String,
    /// Of redactions the marker as logged, of exposures [`ExposureKind::name`].
    pub label: String,
    /// Of redactions the number of a [`Hidden`], of exposures of an [`ExposureKind`].
    pub class: u8,
    /// Of redactions 0 where AWS documents it, else 1; of exposures the number of a [`Confidence`].
    pub basis: u8,
    /// How many values; one event can have several.
    pub count: u64,
    /// In how many events.
    pub events: u64,
    /// Events of this source and name in the matches, to set the count against.
    pub of: u64,
    /// An event with it.
    pub example: Option<RowRef>,
}

impl FindingGroup {
    /// How the values are missing, if these are redactions.
    #[must_use]
    pub fn hidden(&self) -> Hidden {
        Hidden::ALL.get(usize::from(self.class)).copied().unwrap_or_default()
    }

    /// Whether AWS documents it, if these are redactions.
    #[must_use]
    pub fn documented(&self) -> bool {
        self.basis == 0
    }
}
