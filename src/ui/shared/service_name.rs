//! What a service is called.

/// The names of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceName {
    /// `Amazon SQS`.
    pub name: String,
    /// `SQS`.
    pub short: String,
    /// `SQ`.
    pub monogram: String,
}

/// The names of an event source; of one that is not known, its own first label.
#[must_use]
pub fn service_name(source: &str) -> ServiceName {
    let label = crate::display::source(source);
    let monogram = label.chars().filter(char::is_ascii_alphanumeric).take(2).collect::<String>().to_uppercase();
    ServiceName { name: label.to_owned(), short: label.to_owned(), monogram }
}
