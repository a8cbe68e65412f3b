//! What a service is called.

use std::borrow::Cow;

use crate::protocol::ServiceSummary;

/// The names of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceNames {
    /// `Amazon SQS`.
    pub name: Cow<'static, str>,
    /// `SQS`.
    pub short: Cow<'static, str>,
    /// `SQ`.
    pub monogram: Cow<'static, str>,
}

/// The names of an event source; of one that is not known, its own first label.
#[must_use]
pub fn service(source: &str) -> ServiceNames {
    let label = crate::display::source(source);
    let monogram =
        label.chars().filter(char::is_ascii_alphanumeric).take(2).collect::<String>().to_uppercase();
    ServiceNames { name: label.to_owned().into(), short: label.to_owned().into(), monogram: monogram.into() }
}

/// The card that an event source belongs to.
#[must_use]
pub fn card_key(source: &str) -> &str {
    source
}

/// Short facts for the card of these sources.
#[must_use]
pub fn card_facts(_parts: &[&ServiceSummary]) -> Vec<String> {
    Vec::new()
}
