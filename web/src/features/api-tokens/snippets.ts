import type { ScanType } from "@sentinal/contract";

export type SnippetWays = "curl" | "cli" | "workflow";

type SnippetSubject = {
  /** Address under which people reach the hub, without a slash at its end. */
  hubUrl: string;
  /** The token where it is at hand; it is shown this once. */
  token: string | null;
  /** What the token is bound to. */
  repository: string | null;
};

/** Sends a Trivy report from a shell. */
export function curlSnippet({ hubUrl, token, repository }: SnippetSubject): string {
  return `export SENTINAL_API_TOKEN=${token ?? "sent_…"}
trivy fs --format json --output trivy.json .
curl --fail-with-body --data-binary @trivy.json \\
  --header "Authorization: Bearer $SENTINAL_API_TOKEN" \\
  "${hubUrl}/api/cicd/reports?scan_type=trivy&repository=${repository ?? "owner/name"}&branch=$(git branch --show-current)&commit_hash=$(git rev-parse HEAD)"`;
}

/** The same with the command line, which finds repository, branch and commit by itself. */
export function cliSnippet({ hubUrl, token }: SnippetSubject): string {
  return `export SENTINAL_API_URL=${hubUrl}
export SENTINAL_API_TOKEN=${token ?? "sent_…"}
trivy fs --format json --output trivy.json .
npx sentinal send trivy.json`;
}

/** What a step sends: the file, and its scan's type in the address and in words. */
export type SentReport = { file: string; scanType: ScanType; words: string };

/**
 * A step for a workflow of GitHub Actions. Names of branches and messages reach the shell as variables only, for
 * whoever opens a pull request chooses them; without the secret the step is skipped.
 */
export function workflowSnippet(
  { hubUrl }: Pick<SnippetSubject, "hubUrl">,
  { file, scanType, words }: SentReport = { file: "trivy.json", scanType: "trivy", words: "the Trivy report" },
): string {
  return `- name: Send ${words} to Sentinal
  if: \${{ !cancelled() }}
  env:
    SENTINAL_API_TOKEN: \${{ secrets.SENTINAL_API_TOKEN }}
    COMMIT_MESSAGE: \${{ github.event.head_commit.message }}
    DEFAULT_BRANCH: \${{ github.event.repository.default_branch }}
  run: |
    if [ -z "$SENTINAL_API_TOKEN" ]; then echo "::notice::SENTINAL_API_TOKEN is not set, nothing is sent"; exit 0; fi
    curl --fail-with-body --silent --show-error --retry 3 --data-binary @${file} \\
      --header "Authorization: Bearer $SENTINAL_API_TOKEN" \\
      --url-query "scan_type=${scanType}" \\
      --url-query "repository=$GITHUB_REPOSITORY" \\
      --url-query "branch=\${GITHUB_HEAD_REF:-$GITHUB_REF_NAME}" \\
      --url-query "commit_hash=$GITHUB_SHA" \\
      --url-query "commit_message=$COMMIT_MESSAGE" \\
      --url-query "default_branch=$DEFAULT_BRANCH" \\
      --url-query "workflow=$GITHUB_WORKFLOW" \\
      --url-query "github_run_id=$GITHUB_RUN_ID" \\
      --url-query "run_attempt=$GITHUB_RUN_ATTEMPT" \\
      --url-query "event=$GITHUB_EVENT_NAME" \\
      --url-query "actor=$GITHUB_ACTOR" \\
      "${hubUrl}/api/cicd/reports"`;
}
