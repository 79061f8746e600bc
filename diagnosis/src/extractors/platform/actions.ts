import type { Extractor } from "../../extractor.ts";
import { type Form, readForms } from "./forms.ts";

/** Errors of the actions that most workflows use. They reach the log through the runner's `##[error]`. */
const forms: readonly Form[] = [
  {
    category: "vcs.ref_missing",
    strength: "cause",
    reason: "checkout does not find the branch, tag or commit",
    patterns: [
      /^A branch or tag with the name '.{1,300}' could not be found/,
      /^Unable to (?:determine the default branch|find (?:the )?(?:ref|commit|branch))/,
      /^The ref '.{1,300}' does not exist/,
    ],
  },
  {
    category: "config.toolchain",
    strength: "cause",
    reason: "The set-up action does not know the version",
    patterns: [
      /^(?:The )?[Vv]ersion '?[\w.*^~<>=| -]{1,60}'? with arch(?:itecture)? '?\w+'? (?:was )?not found/,
      /^Unable to find (?:Node|Go|Deno|Ruby|Bun|a) version\b/i,
      /^Could not find (?:a )?satisf(?:ied|ying) version for /i,
      /^No (?:matching|supported|available) (?:version|distribution|JDK)\w* .{0,40}(?:found|for)\b/i,
      /^Unknown version \S{1,60} for \w+ on /,
      /^The specified \S{1,40} version file at: .{1,300} does(?:n't| not) exist/,
      /^(?:Java|Gradle|Ruby|Go|Python) setup process failed due to: .{0,200}(?:not found|not supported|version)/i,
      /^Multiple versions of pnpm specified/,
      /^No pnpm version is specified/,
      /^(?:Python|Ruby|Node|Java|Go|Rust|Dart|Flutter|PHP) version \S{1,60} (?:is )?(?:not (?:available|supported|found)|unavailable)/i,
      /^Unable to (?:determine|resolve) (?:the )?(?:flutter|dart|go|gradle|python|node|version)\b/i,
      /^(?:Failed to find|Cannot find|Could not find) (?:the )?(?:latest )?(?:release|version)\b/i,
    ],
  },
  {
    category: "config.workflow",
    strength: "cause",
    reason: "A file that the workflow names for its cache is not there",
    patterns: [
      /^No file in .{1,400} matched to \[/,
      /^Dependencies lock file is not found in /,
      /^Some specified paths were not resolved, unable to cache dependencies/,
      /^Cache folder path is retrieved for .{1,60} but doesn't exist on disk/,
      /^Caching for '.{1,60}' is not supported/,
    ],
  },
  {
    category: "upstream.artifact_missing",
    strength: "cause",
    reason: "An artifact or a file of an earlier job or step is not there",
    patterns: [
      /^(?:Unable to download artifact\(s\): )?Artifact not found for name/,
      /^Unable to find (?:any|an) artifacts? /,
      /^Unable to download artifact\(s\): (?!.*(?:ECONN|ETIMEDOUT|timeout|5\d\d))/,
      /^(?:Artifact has expired|Artifact .{1,200} not found|no artifacts found|no matching (?:workflow run|artifact)\w* found)/i,
      /^No files were found with the provided path: .{1,400}No artifacts will be uploaded/,
      /^Path does not exist /,
      /^Failed to restore cache entry\. Exiting as fail-on-cache-miss is set/,
      /^.{0,8}Pattern '.{1,300}' does not match any files/,
      /^Lcov file not found/,
    ],
  },
  {
    category: "config.workflow",
    strength: "cause",
    reason: "The artifact's name is taken, or not allowed",
    patterns: [
      /^Failed to CreateArtifact: .{0,120}\(409\) Conflict/,
      /^(?:Create Artifact Container failed: )?(?:The )?[Aa]rtifact name(?: is)? .{0,200}(?:not valid|contains)/,
    ],
  },
  {
    category: "infra.rate_limit",
    strength: "cause",
    reason: "The account's room for artifacts is used up",
    transient: "possible",
    patterns: [/Artifact storage quota has been hit/],
  },
  {
    category: "infra.github",
    strength: "cause",
    reason: "GitHub's artifact or cache service did not answer",
    patterns: [
      /^(?:Failed to (?:CreateArtifact|FinalizeArtifact|GetSignedArtifactURL|ListArtifacts|DeleteArtifact)|List Artifacts failed|Create Artifact Container failed)/,
      /^Unable to (?:download|upload) artifact\(s\): .{0,300}(?:ECONN|ETIMEDOUT|timeout|5\d\d)/,
    ],
  },
  {
    category: "config.auth",
    strength: "cause",
    reason: "The action has no credentials that the service takes",
    patterns: [
      /^Credentials could not be loaded/,
      /^Could not assume role with (?:OIDC|user credentials)/,
      /^(?:Not authorized to perform|User: .{1,300} is not authorized to perform)[: ]/,
      /^google-github-actions\/\S{1,60} failed with: .{0,300}(?:credential|workload_identity|permission|token|auth)/i,
      /^(?:Login failed with Error|Az CLI Login failed|No subscriptions found for)/,
      /^(?:not found deploy key or tokens|Codecov token not found|Username and password required|Password required|Username required)/i,
      /^(?:Error response from daemon: Get .{1,300}: )?(?:denied|unauthorized): /,
      /^(?:can't connect without a private SSH key|ssh: handshake failed: ssh: unable to authenticate|The ssh-private-key argument is empty)/,
      /^(?:Bad response: 422 .{0,100}Couldn't find a repository)/,
    ],
  },
  {
    category: "config.workflow",
    strength: "cause",
    reason: "The repository is not set up for the deployment",
    patterns: [/^(?:Get Pages site failed|Failed to create deployment \(status: 404\)|Create Pages site failed)/],
  },
  {
    category: "infra.github",
    strength: "cause",
    reason: "GitHub's deployment service failed",
    patterns: [/^(?:Failed to create deployment \(status: 5\d\d\)|Deployment failed, try again later)/],
  },
  {
    category: "infra.network",
    strength: "likely",
    reason: "The service for coverage did not take the report",
    transient: "possible",
    patterns: [
      /^Codecov: Failed to properly (?:upload|create)/,
      /^There was an error running the uploader/,
      /^Codecov: Failed to .{0,60}(?:download|get|verify|import)/,
    ],
  },
  {
    category: "release.publish_rejected",
    strength: "cause",
    reason: "The release or one of its files is there already",
    patterns: [/^Validation Failed: \{.{0,300}already_exists/, /"code": ?"already_exists"/, /^(?:Release|Tag|Asset) .{0,200}already exists/i],
  },
];

const read = readForms(forms);

/** Checkout, set-up, cache, artifact, deployment and upload actions. */
export const commonActions: Extractor = {
  name: "actions",
  title: "Actions of workflows",
  keywords: ["##[error]", "already_exists"],
  open: () => (view) => (view.line.command === "error" || /"already_exists"/.test(view.line.text) ? read(view) : undefined),
};
