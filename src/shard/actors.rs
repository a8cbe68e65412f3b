//! What follows from the `userIdentity` of a record, remembered: an actor calls many times.

use std::borrow::Cow;

use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128_with_seed};

use super::columns::{plain, put};
use super::findings::of_actor;
use crate::event::{FIELDS, Field, Raw, RecordFields};
use crate::identity::{self, IdentityFields};
use crate::redaction;
use crate::table::EventTable;

/// The columns that follow from `userIdentity`. For [`Field::Principal`] an address that names a service
/// and the type of the event may be needed, too, and the source of a service event.
const COLUMNS: [Field; 11] = [
    Field::IdentityType,
    Field::AccessKey,
    Field::IdentityAccount,
    Field::IdentityArn,
    Field::UserName,
    Field::Mfa,
    Field::SessionStart,
    Field::InvokedBy,
    Field::SourceIdentity,
    Field::SignInSession,
    Field::Principal,
];

/// How many are remembered: each has one slot, which the next that has the same takes over.
const SLOTS: usize = 1024;

/// What follows from one `userIdentity`.
#[derive(Clone, Copy, Default)]
pub struct Actor {
    key: u128,
    ids: [u32; COLUMNS.len()],
    /// See [`identity::is_root`].
    pub root: bool,
    /// See [`of_actor`].
    pub exposures: u32,
    /// See [`redaction::may_be_scrubbed`].
    pub scrubbed: bool,
}

impl Actor {
    /// Puts the ids of its columns among those of a record.
    pub fn put(&self, ids: &mut [u32; FIELDS.len()]) {
        for (field, id) in COLUMNS.iter().zip(self.ids) {
            ids[*field as usize] = id;
        }
    }
}

/// The actors met last.
#[derive(Default)]
pub struct Actors(Vec<Actor>);

impl Actors {
    /// The actor of a record whose fields are decoded. `seed` keys the hash by which it is known again.
    pub fn of(&mut self, fields: &RecordFields<'_>, seed: u64, table: &mut EventTable) -> Actor {
        let Some(text) = fields.identity_text else { return learn(fields, 0, table) };
        let source = fields.source_ip.filter(|source| !is_address(source.0));
        let source = source.map_or(0, |source| xxh3_64_with_seed(source.0, seed));
        // Such an event may be by the service itself.
        let own = fields.event_source.filter(|_| is_service_event(fields));
        let own = own.map_or(0, |own| xxh3_64_with_seed(own.0, !seed));
        let key = xxh3_128_with_seed(text.0, seed ^ source ^ own);
        if self.0.is_empty() {
            self.0.resize(SLOTS, Actor::default());
        }
        // Truncation is the point: any bits of the hash will do.
        let slot = &mut self.0[key as usize % SLOTS];
        if slot.key != key {
            *slot = learn(fields, key, table);
        }
        *slot
    }
}

/// Whether a source is an address of digits, which is no service's name whatever stands in the middle.
fn is_address(source: &[u8]) -> bool {
    matches!(source, [first, .., last] if first.is_ascii_digit() && last.is_ascii_digit())
}

fn is_service_event(fields: &RecordFields<'_>) -> bool {
    fields.event_type.is_some_and(|kind| kind.0.eq_ignore_ascii_case(b"AwsServiceEvent"))
}

fn learn(fields: &RecordFields<'_>, key: u128, table: &mut EventTable) -> Actor {
    let raw = &fields.identity;
    let text = |raw: Option<Raw<'_>>| raw.map(|raw| plain(raw).into_owned()).filter(|text| !text.is_empty());
    let texts = [
        raw.identity_type,
        raw.user_name,
        raw.arn,
        raw.account_id,
        raw.principal_id,
        raw.access_key_id,
        raw.invoked_by,
        raw.issuer_type,
        raw.issuer_user_name,
        raw.issuer_arn,
        raw.on_behalf_of,
        fields.source_ip,
        fields.event_type,
        fields.event_source,
    ]
    .map(text);
    let who = IdentityFields::from(texts.each_ref().map(Option::as_deref));
    let principal: Cow<'_, str> = identity::principal(&who);
    let mut ids = [0; FIELDS.len()];
    for (field, raw) in [
        (Field::IdentityType, raw.identity_type),
        (Field::AccessKey, raw.access_key_id),
        (Field::IdentityAccount, raw.account_id),
        (Field::IdentityArn, raw.arn),
        (Field::UserName, raw.user_name),
        (Field::Mfa, raw.mfa_authenticated),
        (Field::SessionStart, raw.creation_date),
        (Field::InvokedBy, raw.invoked_by),
        (Field::SourceIdentity, raw.source_identity),
        (Field::SignInSession, raw.sign_in_session),
        (Field::Principal, Some(Raw(principal.as_bytes()))),
    ] {
        put(&mut ids, table, field, raw);
    }
    Actor {
        key,
        ids: COLUMNS.map(|field| ids[field as usize]),
        root: identity::is_root(&who),
        exposures: of_actor(fields, table),
        scrubbed: fields.identity_text.is_some_and(|text| redaction::may_be_scrubbed(text.0)),
    }
}
