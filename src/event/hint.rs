//! Which request parameter says best what a call is about.

/// Parameters that name a resource, the most telling first.
///
/// A record's `resources` come before any of them (see [`super::RecordFields::resource_arn`]); many
/// services leave those out. The order goes from what only the thing itself can be called to what
/// could be called so anywhere. Case does not matter: AWS writes `brokerId` and `BrokerId`.
pub const RESOURCE_PARAMETERS: &[&str] = &[
    "queueUrl",
    "bucketName",
    "brokerId",
    "brokerName",
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
    "accountId",
    "arn",
    "name",
    "id",
];

/// Where `instancesSet.items[0].instanceId` ranks: EC2 names its instances there.
pub(super) const INSTANCE: usize = rank_of("instanceId");

/// No parameter at all: behind every rank.
pub(super) const NONE: usize = RESOURCE_PARAMETERS.len();

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

/// The place of `key` in [`RESOURCE_PARAMETERS`], if it is before or at `best`; lower is better.
#[inline]
pub(super) fn rank(key: &[u8], best: usize) -> Option<usize> {
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
        assert_eq!(rank(b"", NONE), None);
        assert_eq!(rank(&[b'x'; 300], NONE), None);
    }
}
