// The files the browser tests open, and what is known of them. They are public data; a LICENSE
// lies in each folder of tests/fixtures.

import { count, markersOf } from "./count.mjs";
import { fixture } from "./harness.mjs";

const DELIVERY = "invictus/218007301253_CloudTrail_us-east-1_20230710T";
const TWIN = "trailscraper/111111111111_CloudTrail_eu-central-1_20171211T1505Z_A6kvhMoVeCsc7v8U.json";

/** Log files as delivered and as published: compact and pretty-printed, gzip and plain. */
export const LOGS = [
  `${DELIVERY}1145Z_7xgocspSowgK0Gto.json`,
  `${DELIVERY}1205Z_UljXNp9xLp8nsAGc.json`,
  `${DELIVERY}1205Z_dOIWyEekdNWhkpqY.json`,
  `${DELIVERY}1205Z_lKy08gyrqqRJyzsn.json`,
  `${DELIVERY}1205Z_zs3JGxETHr59VpkX.json`,
  "stratus-red-team/aws.execution.ec2-user-data.json",
  "stratus-red-team/aws.execution.ssm-start-session.json",
  "stratus-red-team/aws.persistence.rolesanywhere-create-trust-anchor.json",
  "panther/aws_rds_master_pass_updated.json",
  "panther/aws_ssm_distributed_command.json",
  TWIN,
  `${TWIN}.gz`,
].map(fixture);

/** Files that hold no event, with the outcomes that would be true of them. */
export const OTHERS = new Map([
  // Cut off inside its first record.
  [fixture("cloudgrep/bad_cloudtrail.json"), ["partial", "failed"]],
  [fixture("trailscraper/policy-to-guess.json"), ["other"]],
  [fixture("shapes/otel_cloudtrail_digest.json"), ["other"]],
]);

/** All of them, in the order they are opened. */
export const ALL = [...LOGS, ...OTHERS.keys()];

/** What they hold together, counted without the product. */
export const EXPECTED = count(ALL);

/** Events that carry a redaction marker. */
export const REDACTED = EXPECTED.events.filter((event) => markersOf(event).length > 0);
