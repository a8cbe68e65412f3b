//! One call, as the record of it says.

use super::json::texts;

/// What was called, with what, and how it ended; who and when come from outside.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) source: &'static str,
    pub(super) name: &'static str,
    pub(super) region: &'static str,
    /// `requestParameters` as JSON.
    pub(super) request: String,
    /// `responseElements` as JSON.
    pub(super) response: String,
    /// `errorCode`, `errorMessage`; either may be empty.
    pub(super) error: Option<(&'static str, String)>,
    /// `additionalEventData` as JSON.
    pub(super) additional: Option<String>,
    /// `resources[]` as JSON objects.
    pub(super) resources: Vec<String>,
    pub(super) read_only: bool,
    pub(super) data: bool,
    pub(super) event_type: &'static str,
}

/// A call that writes, in `us-east-1`, without parameters and reply.
pub(super) fn change(source: &'static str, name: &'static str) -> Call {
    Call {
        source,
        name,
        region: "us-east-1",
        request: "null".to_owned(),
        response: "null".to_owned(),
        error: None,
        additional: None,
        resources: Vec::new(),
        read_only: false,
        data: false,
        event_type: "AwsApiCall",
    }
}

/// A call that reads.
pub(super) fn read(source: &'static str, name: &'static str) -> Call {
    Call { read_only: true, ..change(source, name) }
}

impl Call {
    pub(super) fn region(mut self, region: &'static str) -> Self {
        self.region = region;
        self
    }

    /// Parameters that are all strings.
    pub(super) fn with(self, parameters: &[(&str, &str)]) -> Self {
        self.request(texts(parameters))
    }

    pub(super) fn request(mut self, request: String) -> Self {
        self.request = request;
        self
    }

    pub(super) fn reply(mut self, response: String) -> Self {
        self.response = response;
        self
    }

    pub(super) fn data(mut self) -> Self {
        self.data = true;
        self
    }

    pub(super) fn about(mut self, account: &str, kind: &str, arn: &str) -> Self {
        self.resources.push(texts(&[("accountId", account), ("type", kind), ("ARN", arn)]));
        self
    }

    pub(super) fn additional(mut self, data: String) -> Self {
        self.additional = Some(data);
        self
    }

    pub(super) fn fails(mut self, code: &'static str, message: impl Into<String>) -> Self {
        self.error = Some((code, message.into()));
        self.response = "null".to_owned();
        self
    }

    pub(super) fn event_type(mut self, event_type: &'static str) -> Self {
        self.event_type = event_type;
        self
    }
}
