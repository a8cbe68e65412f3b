//! What the value of a key is, by the key.

use crate::protocol::Category::{
    self, AccessKey, Account, Address, Agent, Host, Id, Principal, Resource, Session,
};

/// What a key tells about its value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hint {
    /// Nothing: what stands in the text tells by itself.
    #[default]
    None,
    /// It is AWS's word and stays.
    Stays,
    /// The whole value is one of a category, unless it is something by its shape.
    Is(Category),
    /// An id and a session name, joined by a colon.
    PrincipalId,
    /// The name of an object: a name for each segment.
    ObjectKey,
}

/// Values that CloudTrail's own vocabulary fills. They stay where they look like words.
const STAYS: &str = "\
    eventsource eventname awsregion eventtype eventcategory eventversion errorcode apiversion \
    readonly managementevent tlsversion ciphersuite type invokedby region regionname credentialtype \
    signatureversion authenticationmethod mfaauthenticated servicename actionname metricname \
    typename attributename enginename platformname signaturename operatorname availabilityzone \
    issuertype resourcetype instancetype eventtime creationdate statuscode partition hostnametype \
    effect engineversion version schemaversion documentversion encryptionalgorithm keyspec xmlns \
    modelid statename subnetavailabilityzone enginemode licensemodel volumetype storagetype";

/// Keys in full, without case, `-` and `_`.
const WHOLE: &[(&str, Hint)] = &[
    ("accountid", Hint::Is(Account)),
    ("recipientaccountid", Hint::Is(Account)),
    ("ownerid", Hint::Is(Account)),
    ("owner", Hint::Is(Resource)),
    ("accesskeyid", Hint::Is(AccessKey)),
    ("accesskey", Hint::Is(AccessKey)),
    ("principalid", Hint::PrincipalId),
    ("assumedroleid", Hint::PrincipalId),
    ("federateduserid", Hint::PrincipalId),
    ("username", Hint::Is(Principal)),
    ("usernames", Hint::Is(Principal)),
    ("masterusername", Hint::Is(Principal)),
    ("userid", Hint::Is(Principal)),
    ("user", Hint::Is(Principal)),
    ("sourceidentity", Hint::Is(Principal)),
    ("displayname", Hint::Is(Principal)),
    ("givenname", Hint::Is(Principal)),
    ("familyname", Hint::Is(Principal)),
    ("email", Hint::Is(Category::Email)),
    ("rolesessionname", Hint::Is(Session)),
    ("sessionname", Hint::Is(Session)),
    ("sessionid", Hint::Is(Session)),
    ("sourceipaddress", Hint::Is(Address)),
    ("useragent", Hint::Is(Agent)),
    ("requestid", Hint::Is(Id)),
    ("eventid", Hint::Is(Id)),
    ("sharedeventid", Hint::Is(Id)),
    ("xamzid2", Hint::Is(Id)),
    ("xamzrequestid", Hint::Is(Id)),
    ("clienttoken", Hint::Is(Id)),
    ("clientrequesttoken", Hint::Is(Id)),
    ("idempotencytoken", Hint::Is(Id)),
    ("host", Hint::Is(Host)),
    ("hostname", Hint::Is(Host)),
    ("clientprovidedhostheader", Hint::Is(Host)),
    ("dnsname", Hint::Is(Host)),
    ("privatednsname", Hint::Is(Host)),
    ("publicdnsname", Hint::Is(Host)),
    ("domainname", Hint::Is(Host)),
    ("endpoint", Hint::Is(Host)),
    ("xforwardedfor", Hint::Is(Address)),
    ("key", Hint::ObjectKey),
    ("prefix", Hint::ObjectKey),
    ("copysource", Hint::ObjectKey),
    ("xamzcopysource", Hint::ObjectKey),
    ("bucket", Hint::Is(Resource)),
    ("policyname", Hint::Is(Resource)),
    ("account", Hint::Is(Account)),
    ("createdby", Hint::Is(Principal)),
    ("lastmodifiedby", Hint::Is(Principal)),
    ("phonenumber", Hint::Is(Resource)),
    ("serialnumber", Hint::Is(Resource)),
    ("sshpublickey", Hint::Is(Resource)),
    ("publickeymaterial", Hint::Is(Resource)),
    ("x509certificatedata", Hint::Is(Resource)),
    ("certificatebody", Hint::Is(Resource)),
    ("certificatechain", Hint::Is(Resource)),
    ("groups", Hint::Is(Resource)),
    ("cluster", Hint::Is(Resource)),
    ("database", Hint::Is(Resource)),
    ("domain", Hint::Is(Resource)),
    ("repository", Hint::Is(Resource)),
    ("project", Hint::Is(Resource)),
    ("table", Hint::Is(Resource)),
    ("taskdefinition", Hint::Is(Resource)),
];

/// How keys of names end.
const ENDINGS: &[(&str, Hint)] = &[
    ("accountid", Hint::Is(Account)),
    ("ipaddress", Hint::Is(Address)),
    ("username", Hint::Is(Principal)),
    ("name", Hint::Is(Resource)),
    ("names", Hint::Is(Resource)),
    ("identifier", Hint::Is(Resource)),
    ("identifiers", Hint::Is(Resource)),
    ("alias", Hint::Is(Resource)),
    ("bucket", Hint::Is(Resource)),
    ("prefix", Hint::ObjectKey),
    ("id", Hint::Is(Resource)),
    ("ids", Hint::Is(Resource)),
];

/// Keys whose number is an account id.
pub fn counts_accounts(key: &str) -> bool {
    let key = folded(key);
    key.ends_with("accountid") || key.ends_with("accountids") || key == "account"
}

/// A key without case and joints.
pub fn folded(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a key is one that records have by themselves, so that no name is meant by it.
pub fn is_of_records(key: &str) -> bool {
    if key.len() > 64 || !key.bytes().all(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    let key = folded(key);
    STAYS.split(' ').any(|word| word == key) || WHOLE.iter().any(|(name, _)| *name == key)
}

/// What a key tells inside a filter, as in `filterSet.items[].name`: what is filtered by is AWS's word,
/// the values may be anybody's.
pub fn hint_in_filter(key: &str, told: Hint) -> Hint {
    match &*folded(key) {
        "name" | "key" | "names" | "keys" => Hint::Stays,
        "value" | "values" => Hint::Is(Resource),
        _ => told,
    }
}

/// What a key tells. `in_tags` says that it stands among tags, whose values are names.
pub fn hint(key: &str, in_tags: bool) -> Hint {
    if key.len() > 64 {
        return Hint::None;
    }
    let key = folded(key);
    if in_tags && matches!(&*key, "value" | "values") {
        return Hint::Is(Resource);
    }
    if in_tags && key == "key" {
        return Hint::None;
    }
    if STAYS.split(' ').any(|word| word == key) {
        return Hint::Stays;
    }
    if let Some((_, hint)) = WHOLE.iter().find(|(name, _)| *name == key) {
        return *hint;
    }
    ENDINGS.iter().find(|(ending, _)| key.ends_with(ending)).map_or(Hint::None, |(_, hint)| *hint)
}

/// Whether the values of what stands under a key are tags.
pub fn holds_tags(key: &str) -> bool {
    let key = folded(key);
    key.starts_with("tag") || key.ends_with("tags") || key.ends_with("tagset")
}

/// Whether a text that should stay looks like AWS's word: short, and nothing but letters, digits and
/// a few signs.
pub fn is_word(text: &str) -> bool {
    text.len() <= 128
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b" ._:/-$".contains(&b))
        && super::shapes::pieces(text, Hint::None).iter().all(|piece| piece.category.is_none())
}
