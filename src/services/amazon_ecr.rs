//! Amazon ECR, private and public.

use super::notes::{EVERYONE, FOREIGN, PARTLY};
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["ecr.amazonaws.com", "ecr-public.amazonaws.com"],
    name: "Amazon ECR",
    short: "ECR",
    monogram: "CR",
    facts: &[
        fact(&["PutImage"], "image pushed", "images pushed"),
        fact(&["BatchGetImage"], "pull", "pulls"),
        fact(&["BatchDeleteImage"], "deletion of images", "deletions of images"),
        fact(&["CreateRepository"], "repository created", "repositories created"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("CreateRepository", "created the repository[ {repositoryName}]"),
    act("DeleteRepository", "deleted the repository[ {repositoryName}]"),
    act("PutImage", "pushed an image[ {imageTag}] to the repository[ {repositoryName}]"),
    act("BatchGetImage", "pulled images from the repository[ {repositoryName}]"),
    act("GetDownloadUrlForLayer", "pulled a layer from the repository[ {repositoryName}]"),
    act("BatchDeleteImage", "deleted images of the repository[ {repositoryName}]"),
    act("SetRepositoryPolicy", "set the policy of the repository[ {repositoryName}]"),
    act("GetAuthorizationToken", "took a token to sign in to the registry"),
    act("InitiateLayerUpload", "started to push a layer to the repository[ {repositoryName}]"),
    act("CompleteLayerUpload", "completed a layer of the repository[ {repositoryName}]"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["SetRepositoryPolicy", "PutRegistryPolicy"], When::Everyone("policyText"), EVERYONE),
    note(&["SetRepositoryPolicy", "PutRegistryPolicy"], When::Foreign("policyText"), FOREIGN),
    note(
        &["PutImageScanningConfiguration"],
        When::Is("imageScanningConfiguration.scanOnPush", &["false"]),
        "scanning off",
    ),
    note(&["PutImageTagMutability"], When::Is("imageTagMutability", &["MUTABLE"]), "tags may be overwritten"),
    note(&["BatchDeleteImage"], When::Partly("failures"), PARTLY),
    detail(&["PutImage"], "tag {imageTag}"),
];
