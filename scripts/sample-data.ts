import { randomInt } from "node:crypto";
import { IntakeAnswer } from "@sentinal/contract";

/** Packages with what is really known of them; the commits around them are made up. */
const vulnerabilities = [
  { id: "CVE-2021-44906", package: "minimist", installed: "1.2.5", fixed: "1.2.6", severity: "CRITICAL", title: "minimist: prototype pollution" },
  {
    id: "CVE-2022-25883",
    package: "semver",
    installed: "5.7.1",
    fixed: "7.5.2, 6.3.1, 5.7.2",
    severity: "HIGH",
    title: "semver: regular expression denial of service",
  },
  {
    id: "CVE-2022-46175",
    package: "json5",
    installed: "1.0.1",
    fixed: "2.2.2, 1.0.2",
    severity: "HIGH",
    title: "json5: prototype pollution in JSON5 via parse method",
  },
  {
    id: "CVE-2023-26136",
    package: "tough-cookie",
    installed: "2.5.0",
    fixed: "4.1.3",
    severity: "MEDIUM",
    title: "tough-cookie: prototype pollution in cookie memstore",
  },
  {
    id: "CVE-2024-29041",
    package: "express",
    installed: "4.17.1",
    fixed: "4.19.2, 5.0.0-beta.3",
    severity: "MEDIUM",
    title: "express: malformed URLs cause open redirects",
  },
  {
    id: "CVE-2022-24999",
    package: "qs",
    installed: "6.7.0",
    fixed: "6.7.3",
    severity: "HIGH",
    title: "qs: prototype poisoning causes the hang of the node process",
  },
  {
    id: "CVE-2020-28469",
    package: "glob-parent",
    installed: "3.1.0",
    fixed: "5.1.2",
    severity: "HIGH",
    title: "glob-parent: regular expression denial of service",
  },
  { id: "CVE-2021-23337", package: "lodash", installed: "4.17.15", fixed: "4.17.21", severity: "HIGH", title: "lodash: command injection via template" },
  { id: "CVE-2020-8203", package: "lodash", installed: "4.17.15", fixed: "4.17.19", severity: "HIGH", title: "lodash: prototype pollution in zipObjectDeep" },
  {
    id: "CVE-2020-28500",
    package: "lodash",
    installed: "4.17.15",
    fixed: "4.17.21",
    severity: "MEDIUM",
    title: "lodash: ReDoS via the toNumber, trim and trimEnd functions",
  },
  {
    id: "CVE-2023-45857",
    package: "axios",
    installed: "0.21.1",
    fixed: "1.6.0, 0.28.0",
    severity: "MEDIUM",
    title: "axios: exposure of confidential data stored in cookies",
  },
  {
    id: "CVE-2017-16137",
    package: "debug",
    installed: "2.6.8",
    fixed: "2.6.9, 3.1.0, 3.2.7, 4.3.1",
    severity: "LOW",
    title: "debug: regular expression denial of service",
  },
] as const;

const messages = [
  "Raise lodash to 4.17.21",
  "Show prices with tax in the cart",
  "Retry payments that time out",
  "Cache the product list",
  "Drop support for the old checkout",
  "Translate mails to Danish",
  "Move sessions to the database",
  "Add an index on orders(created_at)",
];
const actors = ["mkruse", "s-okafor", "lin.wei", "dependabot[bot]"];

type Send = (path: string, body: unknown) => Promise<Response>;

/** Posts a few days of runs of three workflows, as CI would have. */
export async function postSampleRuns(send: Send, now: Date): Promise<IntakeAnswer | null> {
  let last: IntakeAnswer | null = null;
  for (let index = 24; index >= 0; index--) {
    const startedAt = new Date(now.getTime() - index * 3.1 * 3_600_000 - 400_000);
    const commit = hexOf(index);
    const facts = {
      repository: "acme/shop",
      branch: "main",
      default_branch: "main",
      commit_hash: commit,
      commit_message: messages[index % messages.length],
      actor: actors[index % actors.length],
      event: "push",
      started_at: startedAt.toISOString(),
    };
    const known = vulnerabilities.filter((_one, position) => (position + index) % 9 !== 0 && (index > 6 || position !== 7));
    const answer = await send("/api/cicd/webhook/trivy", {
      ...facts,
      github_run_id: 9_000_000 + index,
      workflow: "Image scan",
      report: reportOf(known),
      status: "completed",
    });
    last = IntakeAnswer.parse(await answer.json());
    await send("/api/cicd/webhook/test", {
      ...facts,
      github_run_id: 8_000_000 + index,
      workflow: "Build and test",
      results: { passed: 812 - index, failed: index === 3 || index === 0 ? 2 : 0, skipped: 4, errors: 0 },
    });
    if (index % 3 === 0)
      await send("/api/cicd/webhook/lint", {
        ...facts,
        repository: "acme/warehouse",
        github_run_id: 7_000_000 + index,
        workflow: "Lint",
        results: { high: index % 4, medium: 3, low: 12 },
      });
  }
  return last;
}

function reportOf(list: readonly (typeof vulnerabilities)[number][]): Record<string, unknown> {
  return {
    SchemaVersion: 2,
    Trivy: { Version: "0.67.2" },
    ArtifactName: "ghcr.io/acme/shop:latest",
    ArtifactType: "container_image",
    Results: [
      {
        Target: "app/package-lock.json",
        Class: "lang-pkgs",
        Type: "npm",
        Vulnerabilities: list.map((one) => ({
          VulnerabilityID: one.id,
          PkgName: one.package,
          InstalledVersion: one.installed,
          FixedVersion: one.fixed,
          Status: "fixed",
          Severity: one.severity,
          Title: one.title,
          Description: `${one.title}. Versions before ${one.fixed} are affected; the advisory lists the conditions under which the flaw can be used.`,
          PrimaryURL: `https://avd.aquasec.com/nvd/${one.id.toLowerCase()}`,
          References: [`https://nvd.nist.gov/vuln/detail/${one.id}`],
        })),
      },
      {
        Target: "Dockerfile",
        Class: "config",
        Type: "dockerfile",
        Misconfigurations: [
          {
            ID: "DS-0002",
            Title: "Image user should not be 'root'",
            Description: "Running containers with 'root' user can lead to a container escape situation.",
            Message: "Specify at least 1 USER command in Dockerfile with non-root user as argument",
            Resolution: "Add 'USER <non root user name>' line to the Dockerfile",
            Severity: "HIGH",
            Status: "FAIL",
            PrimaryURL: "https://avd.aquasec.com/misconfig/ds-0002",
            CauseMetadata: {
              Provider: "Dockerfile",
              Service: "general",
              StartLine: 1,
              EndLine: 1,
              Code: {
                Lines: [
                  { Number: 1, Content: "FROM node:24-trixie-slim", IsCause: true },
                  { Number: 2, Content: "WORKDIR /app", IsCause: false },
                ],
              },
            },
          },
        ],
      },
    ],
  };
}

function hexOf(index: number): string {
  return (
    Array.from({ length: 40 }, (_unused, position) => ((index * 7 + position * 13 + ((position * position) % 11)) % 16).toString(16))
      .join("")
      .slice(0, 36) + String(randomInt(1_000, 9_999))
  );
}
