//! What the scanner takes out of a record: CloudTrail User Guide, "CloudTrail record contents" and
//! "CloudTrail userIdentity element".

use super::raw::Raw;
use crate::json::Spots;

/// A field's text, `None` where it is absent, `null`, an object or a list.
pub(super) type Text<'a> = Option<Raw<'a>>;

/// The fields of a record that have a use before anybody opens it.
///
/// Scalars of any JSON type give their text, so `"readOnly":"true"` and `true` are the same. Of
/// duplicate keys the last counts.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct RecordFields<'a> {
    /// `eventTime`.
    pub event_time: Text<'a>,
    /// `eventVersion`.
    pub event_version: Text<'a>,
    /// `eventSource`.
    pub event_source: Text<'a>,
    /// `eventName`.
    pub event_name: Text<'a>,
    /// `awsRegion`.
    pub aws_region: Text<'a>,
    /// `sourceIPAddress`.
    pub source_ip: Text<'a>,
    /// `userAgent`; some tools write a list, of which this is the source text.
    pub user_agent: Text<'a>,
    /// `errorCode`.
    pub error_code: Text<'a>,
    /// `errorMessage`.
    pub error_message: Text<'a>,
    /// `eventID`.
    pub event_id: Text<'a>,
    /// `sharedEventID`.
    pub shared_event_id: Text<'a>,
    /// `requestID`.
    pub request_id: Text<'a>,
    /// `eventType`.
    pub event_type: Text<'a>,
    /// `eventCategory`.
    pub event_category: Text<'a>,
    /// `recipientAccountId`.
    pub recipient_account: Text<'a>,
    /// `readOnly`.
    pub read_only: Text<'a>,
    /// `managementEvent`.
    pub management_event: Text<'a>,
    /// `userIdentity`.
    pub identity: IdentityFields<'a>,
    /// The source text of `userIdentity`: all of [`RecordFields::identity`] follows from it.
    pub identity_text: Text<'a>,
    /// `additionalEventData.MFAUsed`.
    pub mfa_used: Text<'a>,
    /// `additionalEventData.SwitchFrom`.
    pub switched_from: Text<'a>,
    /// `responseElements.ConsoleLogin`, or `responseElements.SwitchRole`.
    pub console_login: Text<'a>,
    /// `responseElements.credentials.accessKeyId`, or `responseElements.accessKey.accessKeyId`.
    pub issued_key: Text<'a>,
    /// `responseElements.assumedRoleUser.arn`, or `responseElements.federatedUser.arn`.
    pub issued_arn: Text<'a>,
    /// `requestParameters.roleArn`.
    pub role_arn: Text<'a>,
    /// `requestParameters.roleSessionName`.
    pub role_session: Text<'a>,
    /// `requestParameters.targetPrincipal`.
    pub target_principal: Text<'a>,
    /// `responseElements.errorMessage`, else `Message`, else `message`, else one of them in another
    /// casing: Monitron and others say there that a call failed.
    pub response_message: Text<'a>,
    /// `responseElements.errorCode`.
    pub response_code: Text<'a>,
    /// `responseElements.failed[0].code` of a batch; all of `failed[0]` where it has none.
    pub batch_code: Text<'a>,
    /// Whether `responseElements.successful` is an empty list: nothing of a batch worked.
    pub none_worked: bool,
    /// The first `resources[].ARN`, else the first `resources[].ARNPrefix`.
    pub resource_arn: Text<'a>,
    /// The most telling request parameter; see [`super::RESOURCE_PARAMETERS`].
    pub resource_hint: Text<'a>,
    /// Its rank; it means nothing where there is none.
    pub hint_rank: usize,
    /// The most telling member of the reply.
    pub reply_hint: Text<'a>,
    /// Its rank: a lower one than [`RecordFields::hint_rank`] tells more.
    pub reply_rank: usize,
    /// Whether any key or value might hold a redaction marker; see [`crate::redaction::suspicious`].
    pub suspicious: bool,
    /// Whether any key or value might be an exposure; see [`crate::exposure`].
    pub telling: bool,
    /// Where the keys and values begin that might be either.
    pub spots: Spots,
    /// Whether one of the fields has escapes; where none has, their bytes are their texts.
    pub escaped: bool,
    /// How many keys and strings it has.
    pub strings: u32,
    /// Whether there are `responseElements`, and not `null`.
    pub has_response: bool,
    /// Whether it looks like a CloudTrail event at all; see [`RecordFields::looks_like_event`].
    pub has_event_shape: bool,
}

/// The fields of `userIdentity`.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct IdentityFields<'a> {
    /// `type`.
    pub identity_type: Text<'a>,
    /// `userName`.
    pub user_name: Text<'a>,
    /// `arn`.
    pub arn: Text<'a>,
    /// `accountId`.
    pub account_id: Text<'a>,
    /// `accessKeyId`.
    pub access_key_id: Text<'a>,
    /// `principalId`.
    pub principal_id: Text<'a>,
    /// `invokedBy`.
    pub invoked_by: Text<'a>,
    /// `sessionContext.sessionIssuer.type`.
    pub issuer_type: Text<'a>,
    /// `sessionContext.sessionIssuer.userName`.
    pub issuer_user_name: Text<'a>,
    /// `sessionContext.sessionIssuer.arn`.
    pub issuer_arn: Text<'a>,
    /// `sessionContext.attributes.mfaAuthenticated`.
    pub mfa_authenticated: Text<'a>,
    /// `sessionContext.attributes.creationDate`.
    pub creation_date: Text<'a>,
    /// `sessionContext.sourceIdentity`.
    pub source_identity: Text<'a>,
    /// `sessionContext.signInSessionArn`.
    pub sign_in_session: Text<'a>,
    /// `onBehalfOf.userId`.
    pub on_behalf_of: Text<'a>,
}

impl<'a> RecordFields<'a> {
    /// Every field that is a text, so that all can be decoded; [`RecordFields::identity_text`] is none.
    pub fn texts_mut(&mut self) -> [&mut Text<'a>; 46] {
        let identity = &mut self.identity;
        [
            &mut self.event_time,
            &mut self.event_version,
            &mut self.event_source,
            &mut self.event_name,
            &mut self.aws_region,
            &mut self.source_ip,
            &mut self.user_agent,
            &mut self.error_code,
            &mut self.error_message,
            &mut self.event_id,
            &mut self.shared_event_id,
            &mut self.request_id,
            &mut self.event_type,
            &mut self.event_category,
            &mut self.recipient_account,
            &mut self.read_only,
            &mut self.management_event,
            &mut self.mfa_used,
            &mut self.switched_from,
            &mut self.console_login,
            &mut self.issued_key,
            &mut self.issued_arn,
            &mut self.role_arn,
            &mut self.role_session,
            &mut self.target_principal,
            &mut self.response_message,
            &mut self.response_code,
            &mut self.batch_code,
            &mut self.resource_arn,
            &mut self.resource_hint,
            &mut self.reply_hint,
            &mut identity.identity_type,
            &mut identity.user_name,
            &mut identity.arn,
            &mut identity.account_id,
            &mut identity.access_key_id,
            &mut identity.principal_id,
            &mut identity.invoked_by,
            &mut identity.issuer_type,
            &mut identity.issuer_user_name,
            &mut identity.issuer_arn,
            &mut identity.mfa_authenticated,
            &mut identity.creation_date,
            &mut identity.source_identity,
            &mut identity.sign_in_session,
            &mut identity.on_behalf_of,
        ]
    }
}

impl RecordFields<'_> {
    /// Whether one of the fields is there that only CloudTrail writes at the top of a record.
    ///
    /// Real records lack any one of them, so one is enough. Notifications of other services to Lambda
    /// borrow the names, but call their source `aws:s3`, `aws:sqs`, and so on.
    pub(super) fn looks_like_event(&self) -> bool {
        let ours = [
            self.event_name,
            self.event_source,
            self.event_version,
            self.event_category,
            self.event_type,
            self.event_id,
        ];
        ours.iter().any(Option::is_some)
            && !self.event_source.is_some_and(|source| source.0.starts_with(b"aws:"))
    }
}
