//! Which parameter, of the request or of the reply, says best what a call is about.

/// Parameters that name a resource, the most telling first.
///
/// A record's `resources` come before any of them (see [`super::RecordFields::resource_arn`]); many
/// services leave those out. The order goes from what only the thing itself can be called to what
/// could be called so anywhere. Case does not matter: AWS writes `brokerId` and `BrokerId`.
///
/// A reply may say what the request could not know: the URL of a new queue, the id of a new VPC. What
/// stands at its top ranks as in a request, but for names that anything has; those, and what stands
/// deeper, in [`may_enter`], rank [`DEEPER`] further down.
pub const RESOURCE_PARAMETERS: &[&str] = &[
    "queueUrl",
    "bucketName",
    "brokerName",
    "brokerId",
    "functionName",
    "tableName",
    "secretId",
    "keyId",
    "policyArn",
    "userName",
    "roleName",
    "roleArn",
    "groupName",
    "instanceProfileName",
    "instanceId",
    "volumeId",
    "snapshotId",
    "imageId",
    "groupId",
    "networkAclId",
    "routeTableId",
    "natGatewayId",
    "internetGatewayId",
    "allocationId",
    "vpcId",
    "subnetId",
    "dBInstanceIdentifier",
    "dBClusterIdentifier",
    "dBSnapshotIdentifier",
    "clusterName",
    "clusterArn",
    "trailName",
    "stackName",
    "topicArn",
    "streamName",
    "logGroupName",
    "repositoryName",
    "applicationId",
    "appId",
    "branchName",
    "domainName",
    "hostedZoneId",
    "loadBalancerArn",
    "targetGroupArn",
    "documentName",
    "parameterName",
    "detectorId",
    "projectName",
    "resourceArn",
    "resourceId",
    "targetId",
    "aliasName",
    "alarmName",
    "ruleName",
    "libraryItemId",
    "sourceArn",
    "queueName",
    "keyName",
    "configurationId",
    "accountId",
    "arn",
    "name",
    "id",
];

/// Where `instancesSet.items[0].instanceId` ranks: EC2 names its instances there.
pub(super) const INSTANCE: usize = rank_of("instanceId");

/// No parameter at all: behind every place of the table.
pub(super) const NONE: usize = RESOURCE_PARAMETERS.len();

/// How much further down what stands deeper ranks: behind all that stands at the top.
pub const DEEPER: usize = 64;

/// From here on the names are those that anything has.
const PLAIN: usize = rank_of("accountId");

/// Objects that are entered, below each other, in a reply.
pub const REPLY_DEPTH: usize = 2;

/// The rank of a member of a reply at this place of the table and so deep; `None` where it tells nothing.
#[must_use]
pub const fn rank_in_reply(place: usize, depth: usize) -> Option<usize> {
    match (depth, place >= PLAIN) {
        (0, false) => Some(place),
        (0, true) | (_, false) => Some(place + DEEPER),
        _ => None,
    }
}

/// Whether an object of this name is entered: `vpc` of a reply, which holds the `vpcId`, but of a
/// request only what EC2 wraps a whole request into, as `DeleteNatGatewayRequest`.
#[must_use]
pub fn may_enter(key: &[u8], reply: bool) -> bool {
    if reply { key != b"accessKey" } else { key.ends_with(b"Request") }
}

/// Lengths that a parameter in the table has, at most.
const LONGEST: usize = 24;

/// For each length, which places of the table have it, one bit each.
const BY_LENGTH: [u64; LONGEST + 1] = {
    let mut table = [0; LONGEST + 1];
    let mut place = 0;
    while place < RESOURCE_PARAMETERS.len() {
        table[RESOURCE_PARAMETERS[place].len()] |= 1 << place;
        place += 1;
    }
    table
};

const fn rank_of(name: &str) -> usize {
    let mut place = 0;
    while place < RESOURCE_PARAMETERS.len() {
        if RESOURCE_PARAMETERS[place].as_bytes().eq_ignore_ascii_case(name.as_bytes()) {
            return place;
        }
        place += 1;
    }
    place
}

/// The place of `key` in [`RESOURCE_PARAMETERS`].
#[must_use]
pub fn place_of(key: &str) -> Option<usize> {
    rank(key.as_bytes(), NONE)
}

/// The place of `key` in [`RESOURCE_PARAMETERS`], if it is before or at `best`; lower is better. What
/// stands in the path of a URL is written `broker-id`.
#[inline]
pub(super) fn rank(key: &[u8], best: usize) -> Option<usize> {
    if key.len() > LONGEST || !key.contains(&b'-') {
        return rank_of_word(key, best);
    }
    let (mut word, mut len) = ([0; LONGEST], 0);
    for (place, byte) in word.iter_mut().zip(key.iter().filter(|byte| **byte != b'-')) {
        *place = *byte;
        len += 1;
    }
    rank_of_word(word.get(..len)?, best)
}

#[inline]
fn rank_of_word(key: &[u8], best: usize) -> Option<usize> {
    let mut places = *BY_LENGTH.get(key.len())?;
    while places != 0 {
        let place = places.trailing_zeros() as usize;
        if place > best {
            return None;
        }
        if RESOURCE_PARAMETERS.get(place)?.as_bytes().eq_ignore_ascii_case(key) {
            return Some(place);
        }
        places &= places - 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_has_its_place_and_only_that() {
        for (place, name) in RESOURCE_PARAMETERS.iter().enumerate() {
            assert_eq!(rank(name.as_bytes(), NONE), Some(place), "{name}");
            assert_eq!(rank(name.to_ascii_uppercase().as_bytes(), place), Some(place), "{name}");
            assert_eq!(place.checked_sub(1).and_then(|best| rank(name.as_bytes(), best)), None, "{name}");
        }
        assert_eq!(place_of("broker-id"), place_of("brokerId"));
        assert_eq!(place_of("Application-Id"), place_of("applicationId"));
        assert_eq!((place_of("broker--"), place_of("-"), place_of(&"-".repeat(24))), (None, None, None));
        assert_eq!(rank(b"", NONE), None);
        assert_eq!(rank(&[b'x'; 300], NONE), None);
    }
}
