//! What a user agent is, in a word.

/// A piece of a user agent in lower case, and what it is a sign of; the first that is found decides.
const FAMILIES: &[(&str, &str)] = &[
    ("stratus-red-team", "Stratus Red Team"),
    ("pacu", "Pacu"),
    ("prowler", "Prowler"),
    ("cloudshell", "CloudShell"),
    ("terraform", "Terraform"),
    ("hashicorp", "Terraform"),
    ("pulumi", "Pulumi"),
    ("aws-cdk", "AWS CDK"),
    ("ansible", "Ansible"),
    ("crossplane", "Crossplane"),
    ("aws-cli/", "AWS CLI"),
    ("awspowershell", "AWS Tools for PowerShell"),
    ("s3console/", "AWS console"),
    ("console.amazonaws.com", "AWS console"),
    ("signin.amazonaws.com", "AWS console"),
    ("aws-internal/", "AWS console"),
    (".amazonaws.com", "AWS service"),
    ("aws internal", "AWS service"),
    ("boto", "SDK for Python"),
    ("aws-sdk-go", "SDK for Go"),
    ("aws-sdk-java", "SDK for Java"),
    ("aws-sdk-kotlin", "SDK for Kotlin"),
    ("aws-sdk-js", "SDK for JavaScript"),
    ("aws-sdk-nodejs", "SDK for JavaScript"),
    ("aws-sdk-dotnet", "SDK for .NET"),
    ("aws-sdk-net", "SDK for .NET"),
    ("aws-sdk-ruby", "SDK for Ruby"),
    ("aws-sdk-php", "SDK for PHP"),
    ("aws-sdk-rust", "SDK for Rust"),
    ("aws-sdk-cpp", "SDK for C++"),
    ("aws-sdk-swift", "SDK for Swift"),
    ("kube", "Kubernetes"),
    ("curl/", "curl"),
    ("python-requests", "Python"),
    ("go-http-client", "Go"),
    ("mozilla/", "Browser"),
];

/// The tool, SDK, console or service that a user agent names; `Other` where it names none we know.
///
/// Whoever calls writes what he likes there: it is a hint, and never proof.
#[must_use]
pub fn agent_family(agent: &str) -> &'static str {
    let agent = agent.to_ascii_lowercase();
    FAMILIES.iter().find(|(sign, _)| agent.contains(sign)).map_or("Other", |(_, family)| family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_have_families() {
        for (agent, family) in [
            ("aws-cli/2.0.59 Python/3.7.7 Darwin/21.6.0 exe/x86_64 command/sts.assume-role", "AWS CLI"),
            ("[aws-cli/1.16.301 Python/3.6 botocore/1.13.37]", "AWS CLI"),
            (
                "APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) aws-sdk-go/1.44",
                "Terraform",
            ),
            ("Boto3/1.26.81 Python/3.8 Linux/5.4 Botocore/1.29.81", "SDK for Python"),
            ("aws-sdk-go-v2/1.21.0 os/linux lang/go", "SDK for Go"),
            ("stratus-red-team_83c9a458-ffab-4d43-8b02-9691311e8c0a", "Stratus Red Team"),
            ("aws-internal/3 aws-sdk-java/1.12.411", "AWS console"),
            ("[S3Console/0.4, aws-internal/3 aws-sdk-java/1.11.1030]", "AWS console"),
            ("config.amazonaws.com", "AWS service"),
            ("AWS Internal", "AWS service"),
            ("signin.amazonaws.com", "AWS console"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "Browser"),
            ("my-script", "Other"),
            ("", "Other"),
        ] {
            assert_eq!(agent_family(agent), family, "{agent}");
        }
    }
}
