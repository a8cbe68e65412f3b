//! The originals as a sorted list that can be searched for in one pass over a text.

use std::net::IpAddr;

use super::hosts::undashed;
use super::invent::Key;
use super::shapes::{Shape, starts_word, whole};
use crate::protocol::{Category, Cleaning, Originals};

/// A shorter value is replaced where it stands as a value, and not looked for in texts.
const SHORTEST: usize = 4;

/// A longer one is not looked for in the middle of texts either: its shape or its place tells.
const LONGEST: usize = 512;

/// Pseudonyms that are tried for a value: some hold an original by chance, and addresses are few.
const TURNS: u32 = 64;

/// Where an original is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Where its key calls it a name, only: it is a common word, or a word of AWS.
    Own,
    /// Where a whole value or key is it: it is too short to be looked for in texts.
    Alone,
    /// In texts, as a word of its own.
    Words,
    /// Everywhere.
    Everywhere,
}

/// An original and its pseudonym.
pub struct Entry {
    /// As logged.
    pub original: String,
    /// Its category.
    pub category: Category,
    /// What stands in its place.
    pub pseudonym: String,
    /// Where it is looked for.
    pub look: Look,
}

/// The originals of the categories that are taken out.
pub struct Dictionary {
    entries: Vec<Entry>,
    /// A bit for the first four bytes of each entry that is looked for.
    starts: Vec<u64>,
}

/// Words that stand in every record. A name that is one of them is replaced only as a value.
const COMMON: &str = "\
    accelerate address alarms architecture architectures association attachment attribute \
    attributions average baseline cancellable channel code command comment condition configured \
    content cors created credentials days deleted detail details egress enable encrypted encryption \
    endpoint engine entries environment evaluations expiration failed files filters force from \
    grant grantee handler hypervisor input insight interactive item jobs label layers lifecycle \
    location logging marker mode monitoring operation option options origin overwrite parameters \
    partition password permission placement port processing profile publish remove replication \
    route runtime severity shared size specifier statistics subnet subnets successful tagging \
    target targets template tenancy threshold tier timeout timestamp title unsuccessful versioning \
    website xmlns agent example host mail name person removed session user access account action \
    actions active admin alias allow amazon amazonaws amazonaws.com assumed-role attributes backup \
    bucket client cloudtrail config console count create data date default delete deny description \
    disabled domain effect enabled error event events false filter function group groups \
    iam.amazonaws.com images instance internal items keys lambda latest limit list logs main \
    message names network none null object owner path policy prefix primary principal private prod \
    production public read region request resource resources response role roles root rule running \
    secret server service source state statement status success table tags task test time token \
    true type update userName users value values version write Records userIdentity eventTime \
    eventVersion eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage \
    requestParameters responseElements additionalEventData requestID eventID readOnly eventType \
    apiVersion managementEvent recipientAccountId serviceEventDetails sharedEventID vpcEndpointId \
    eventCategory tlsDetails sessionCredentialFromConsole addendum insightDetails principalId \
    accountId accessKeyId sessionContext sessionIssuer invokedBy identityProvider credentialId \
    onBehalfOf inScopeOf edgeDeviceDetails webIdFederationData mfaAuthenticated creationDate \
    sourceIdentity ec2RoleDelivery tlsVersion cipherSuite clientProvidedHostHeader";

impl Dictionary {
    /// Of the originals whose category is taken out.
    pub fn new(cleaning: &Cleaning, key: &Key) -> Self {
        let Cleaning { originals, .. } = cleaning;
        let mut dictionary = Self { entries: entries(cleaning), starts: vec![0; (1 << START_BITS) / 64] };
        dictionary.mark();
        dictionary.spare(&originals.words);
        dictionary.name_all(key, originals);
        dictionary
    }

    /// All of them, sorted.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a value.
    pub fn get(&self, original: &str) -> Option<&Entry> {
        self.entries.get(self.place(original).ok()?)
    }

    /// The entry of a whole value that is too short to be looked for in texts.
    pub fn alone(&self, text: &str) -> Option<&Entry> {
        if text.len() >= SHORTEST {
            return None;
        }
        self.get(text).filter(|entry| entry.look == Look::Alone)
    }

    fn place(&self, original: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|entry| entry.original.as_str().cmp(original))
    }

    /// Gives every entry a pseudonym that is no original, holds none and, of addresses, is no other's.
    fn name_all(&mut self, key: &Key, originals: &Originals) {
        let is_original =
            |name: &str| originals.values.binary_search_by(|(value, _)| value.as_str().cmp(name)).is_ok();
        let mut taken: Vec<IpAddr> = Vec::new();
        for at in 0..self.entries.len() {
            let Some(Entry { original, category, .. }) = self.entries.get(at) else { continue };
            let crowded = matches!(whole(original), Some(Shape::Address(_)));
            let mut turn = 0;
            let pseudonym = loop {
                let name = key.invent(original, *category, turn);
                turn += 1;
                let address = if crowded { name.parse().ok() } else { None };
                let place = address.map(|address| taken.binary_search(&address));
                let unfit = is_original(&name) || matches!(place, Some(Ok(_))) || self.holds(&name);
                if turn < TURNS && *category != Category::Leaked && unfit {
                    continue;
                }
                if let (Some(address), Some(Err(place))) = (address, place) {
                    taken.insert(place, address);
                }
                break name;
            };
            if let Some(entry) = self.entries.get_mut(at) {
                entry.pseudonym = pseudonym;
            }
        }
    }

    /// A pseudonym for a value that is not on the list.
    pub fn invent(&self, key: &Key, original: &str, category: Category) -> String {
        let names = (0..TURNS).map(|turn| key.invent(original, category, turn));
        let mut names = names.skip_while(|name| self.holds(name));
        names.next().unwrap_or_default()
    }

    /// Whether an original that is looked for stands in a text.
    fn holds(&self, text: &str) -> bool {
        (0..text.len()).any(|at| self.longest_at(text.as_bytes(), at).is_some())
    }

    fn mark(&mut self) {
        for entry in &self.entries {
            if !matches!(entry.look, Look::Own | Look::Alone) {
                let bit = start_bit(entry.original.as_bytes());
                self.starts[bit / 64] |= 1 << (bit % 64);
            }
        }
    }

    /// Does not look for what is also in words of AWS: those stay.
    fn spare(&mut self, words: &[String]) {
        let mut spared = Vec::new();
        for word in words {
            if let Ok(place) = self.place(word) {
                spared.push(place);
            }
            for at in 0..word.len() {
                self.at(word.as_bytes(), at, &mut |place, _| spared.push(place));
            }
        }
        for place in spared {
            if let Some(entry) = self.entries.get_mut(place) {
                entry.look = Look::Own;
            }
        }
    }

    /// The longest entry that stands in a text at a place, and its length.
    pub fn longest_at(&self, text: &[u8], at: usize) -> Option<(usize, &Entry)> {
        let mut best = None;
        self.at(text, at, &mut |place, length| best = Some((length, place)));
        let (length, place) = best?;
        Some((length, self.entries.get(place)?))
    }

    /// Tells every entry that stands at a place, the shortest first.
    fn at(&self, text: &[u8], at: usize, found: &mut dyn FnMut(usize, usize)) {
        let rest = &text[at..];
        if rest.len() < SHORTEST {
            return;
        }
        let bit = start_bit(rest);
        if self.starts[bit / 64] & 1 << (bit % 64) == 0 {
            return;
        }
        // Narrowing the range of entries byte by byte is walking a trie without building one.
        let (mut low, mut high) = (0, self.entries.len());
        for (depth, &byte) in rest.iter().take(LONGEST).enumerate() {
            let range = &self.entries[low..high];
            let of = |entry: &Entry| entry.original.as_bytes().get(depth).copied();
            let from = range.partition_point(|entry| of(entry).is_none_or(|b| b < byte));
            let to = range.partition_point(|entry| of(entry).is_none_or(|b| b <= byte));
            (low, high) = (low + from, low + to);
            let Some(entry) = self.entries[low..high].first() else { return };
            let length = depth + 1;
            if entry.original.len() == length && stands(entry.look, text, at, length) {
                found(low, length);
            }
        }
    }
}

/// Whether what matches counts as the original.
fn stands(look: Look, text: &[u8], at: usize, length: usize) -> bool {
    let after = text.get(at + length);
    match look {
        Look::Own | Look::Alone => false,
        Look::Words => starts_word(text, at) && after.is_none_or(|b| !b.is_ascii_alphanumeric()),
        // Not a part of a longer number.
        Look::Everywhere => {
            let before = at.checked_sub(1).map(|at| text[at]);
            let digits = |one: Option<u8>, other: u8| {
                other.is_ascii_digit() && one.is_some_and(|b| b.is_ascii_digit())
            };
            !digits(before, text[at]) && !digits(after.copied(), text[at + length - 1])
        }
    }
}

const START_BITS: u32 = 16;

fn start_bit(bytes: &[u8]) -> usize {
    let four = bytes.first_chunk::<4>().copied().unwrap_or_default();
    (u32::from_le_bytes(four).wrapping_mul(0x9e37_79b1) >> (32 - START_BITS)) as usize
}

fn entries(cleaning: &Cleaning) -> Vec<Entry> {
    let entry = |(original, number): &(String, u8)| {
        let category = Category::by_number(*number)?;
        if !cleaning.removed.has(category) || cleaning.keeps(original, category) {
            return None;
        }
        Some(Entry {
            original: original.clone(),
            category,
            pseudonym: String::new(),
            look: look(original, category),
        })
    };
    cleaning.originals.values.iter().filter_map(entry).collect()
}

fn look(original: &str, category: Category) -> Look {
    let common = || COMMON.split(' ').any(|word| word.eq_ignore_ascii_case(original));
    let own = original.len() > LONGEST || common();
    let name = matches!(
        category,
        Category::Principal | Category::Session | Category::Resource | Category::Host | Category::Agent
    );
    if own {
        Look::Own
    } else if original.len() < SHORTEST {
        Look::Alone
    } else if name && original.bytes().all(|b| b.is_ascii_alphabetic())
        || original.len() < 6
        || undashed(original).is_some()
    {
        Look::Words
    } else {
        Look::Everywhere
    }
}
