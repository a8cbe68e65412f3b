"""Asks AWS's own validator, `aws cloudtrail validate-logs`, about the chains that tests/integrity.rs makes.

S3 is moto, in this process. Its CloudTrail has no ListPublicKeys, so that answer and that of
DescribeTrails are given here. The validator's lines are compared with the verdicts that are due.

Usage: validate_logs.py <folder of cases>
"""

import contextlib
import io
import json
import os
import pathlib
import re
import sys
from datetime import datetime, timezone

# What both can say, by the validator's words. It knows nothing between valid and invalid.
VALID = {"authentic", "consistent"}
INVALID = {"altered", "key-missing", "unreadable"}

for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
    os.environ[name] = "testing"
os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
os.environ.pop("AWS_PROFILE", None)

import awscli.clidriver  # noqa: E402
import boto3  # noqa: E402
import botocore.client  # noqa: E402
from moto import mock_aws  # noqa: E402

KEYS = []
REAL_CALL = botocore.client.BaseClient._make_api_call


def answer(self, operation, parameters):
    """Public keys as AWS would list them; everything else goes to moto."""
    if operation == "ListPublicKeys":
        def time(seconds):
            return datetime.fromtimestamp(float(seconds), timezone.utc)

        return {
            "PublicKeyList": [
                {
                    # The validator decodes it itself.
                    "Value": key["Value"],
                    "Fingerprint": key["Fingerprint"],
                    "ValidityStartTime": time(key["ValidityStartTime"]),
                    "ValidityEndTime": time(key["ValidityEndTime"]),
                }
                for key in KEYS
            ]
        }
    return REAL_CALL(self, operation, parameters)


botocore.client.BaseClient._make_api_call = answer


def upload(case, folder):
    """The dropped files as they would be in the bucket, with the signatures in the metadata."""
    client = boto3.client("s3", region_name="us-east-1")
    client.create_bucket(Bucket=case["bucket"])
    for path in sorted((folder / "drop").rglob("AWSLogs/**/*")):
        if path.is_file():
            key = path.relative_to(folder / "drop").as_posix()
            signature = case["signatures"].get(key)
            metadata = {"signature": signature, "signature-algorithm": "SHA256withRSA"} if signature else {}
            client.put_object(Bucket=case["bucket"], Key=key, Body=path.read_bytes(), Metadata=metadata)


def validate(case, region):
    """The lines that the validator prints for one Region."""
    arguments = [
        "cloudtrail", "validate-logs", "--verbose",
        "--trail-arn", f"arn:aws:cloudtrail:us-east-1:{case['account']}:trail/management_events",
        "--start-time", "2023-07-09T00:00:00Z", "--end-time", "2023-07-12T00:00:00Z",
        "--s3-bucket", case["bucket"], "--account-id", case["account"], "--region", region,
    ]
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            awscli.clidriver.create_clidriver().main(arguments)
        except SystemExit:
            pass
    return out.getvalue()


def verdicts(text, bucket):
    """By S3 key: whether the validator calls the object valid."""
    found = {}
    line = re.compile(r"^(Digest|Log) file\s+s3://" + re.escape(bucket) + r"/(\S+)\s+(valid|INVALID)(.*)$")
    for one in text.splitlines():
        match = line.match(one.strip())
        if match:
            found[match[2]] = (match[3], match[4].strip(": "))
    return found


def compare(case, found):
    """Sentences about what differs. The validator follows the chain from its newest end and says nothing
    of what it cannot reach."""
    problems, agreed = [], 0
    for key, (said, why) in found.items():
        ours = case["files"].get(key)
        if said == "valid":
            fits = ours in VALID
        elif why == "not found":
            fits = ours is None
        else:
            fits = ours in INVALID
        if fits:
            agreed += 1
        else:
            problems.append(f"{key}: the validator says {said} {why}, here it is {ours}")
    return problems, agreed


def main():
    root = pathlib.Path(sys.argv[1])
    failed, cases, agreed = [], 0, 0
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        case = json.loads((folder / "case.json").read_text())
        if not case["asks_aws"]:
            continue
        cases += 1
        KEYS[:] = case["keys"]["PublicKeyList"]
        with mock_aws():
            upload(case, folder)
            regions = sorted({key.split("/")[3] for key in case["signatures"]})
            text = "".join(validate(case, region) for region in regions)
        found = verdicts(text, case["bucket"])
        problems, same = compare(case, found)
        agreed += same
        if same == 0:
            problems.append("the validator said nothing:\n" + text)
        # Each file that is not what was delivered must be named by both.
        altered = {key for key, verdict in case["files"].items() if verdict == "altered"}
        unnamed = sorted(key for key in altered if found.get(key, ("",))[0] != "INVALID")
        problems += [f"{key}: here it is altered, the validator says {found.get(key)}" for key in unnamed]
        print(f"{folder.name}: {same} verdicts agree" + (f", {len(problems)} do not" if problems else ""))
        failed += [f"{folder.name}: {problem}" for problem in problems]
    for problem in failed:
        print(problem)
    print(f"{cases} cases, {agreed} verdicts of aws cloudtrail validate-logs agree, {len(failed)} do not")
    sys.exit(1 if failed or cases == 0 else 0)


if __name__ == "__main__":
    main()
