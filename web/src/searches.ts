import type { AuditOutcome, FindingChange, FindingKind, RunStatus, ScanType, Severity, ShownFindingState, TestOutcome } from "@sentinal/contract";
import { severityOrder } from "./severity.ts";
import { type RawSearch, readChoice, readChoices, readFlag, readId, readPath, readText, readTexts } from "./url-state.ts";

/** What stands in the address of each page: every filter, tab and selected row, so that a link shows others what one sees. */

const runStatuses: readonly RunStatus[] = ["Queued", "Running", "Success", "Failed", "Cancelled"];
export const scanTypes: readonly ScanType[] = ["trivy", "zap", "sonarqube", "lint", "test"];
export const findingStates: readonly ShownFindingState[] = ["open", "fixed", "dismissed", "stale"];
export const findingChanges: readonly FindingChange[] = ["new", "reopened", "unchanged", "fixed"];
export const findingKinds: readonly FindingKind[] = ["vulnerability", "misconfiguration", "secret", "license", "issue"];

export const testOutcomes: readonly TestOutcome[] = ["failed", "error", "passed", "skipped"];
const testTabs = ["failed", "errors", "suites", "slow", "flaky", "all"] as const;
export type TestTab = (typeof testTabs)[number];
/** What a scan's page shows besides the findings of a kind. */
const findingsViews = ["hotspots", "upgrades", "rules", "files", "imports"] as const;
export type FindingsView = (typeof findingsViews)[number];
const testSorts = ["slow", "flaky", "name"] as const;

/** Shared by all pages of a signed-in user. */
export type AppSearch = { repository?: string | undefined };

export type BoardSearch = {
  status?: RunStatus[] | undefined;
  branch?: string | undefined;
  workflow?: string | undefined;
  q?: string | undefined;
  /** The run in the side panel. */
  run?: number | undefined;
  /** Shows all workflows, not only the first few. */
  workflows?: "all" | undefined;
};

export type RunSearch = { tab?: "imports" | undefined };

export type FindingFilters = {
  kind?: FindingKind | undefined;
  severity?: Severity[] | undefined;
  change?: FindingChange[] | undefined;
  state?: ShownFindingState[] | undefined;
  scan_type?: ScanType[] | undefined;
  target?: string[] | undefined;
  package?: string[] | undefined;
  fixable?: "true" | "false" | undefined;
  rule?: string[] | undefined;
  path?: string[] | undefined;
  /** Of ZAP: `severity:confidence`. */
  risk?: string[] | undefined;
  /** SonarQube's own types. */
  tool_type?: string[] | undefined;
  branch?: string | undefined;
  q?: string | undefined;
};

export type FindingsSearch = FindingFilters & {
  /** The finding in the side panel. */
  finding?: number | undefined;
  /** The branch that it is shown on, where the list holds several. */
  on?: string | undefined;
  /** Rows in the order of gravity, not by target and package. */
  group?: "none" | undefined;
};

export type TestFilters = {
  outcome?: TestOutcome[] | undefined;
  change?: FindingChange[] | undefined;
  flaky?: true | undefined;
  file?: string[] | undefined;
  /** Names of suites, outermost first: what is in there and below. */
  suite?: string[] | undefined;
  branch?: string | undefined;
  q?: string | undefined;
};

/** The test in the side panel, and what it is shown of where the list holds several branches. */
type ChosenTest = { test?: number | undefined; on?: string | undefined };

/** `sort`: left out for failed ones first. */
export type TestsSearch = TestFilters & ChosenTest & { sort?: (typeof testSorts)[number] | undefined };

export type TestSearch = { branch?: string | undefined; scan?: number | undefined };

/** `tab`: of a scan of tests; left out for what failed, or for all where nothing did. */
export type ScanSearch = FindingsSearch &
  TestFilters &
  ChosenTest & {
    view?: FindingsView | undefined;
    /** Only what is new on the branch, or all; left out for what the run's event asks for. */
    show?: "new" | "all" | undefined;
    tab?: TestTab | undefined;
  };

export type FindingSearch = { branch?: string | undefined };

export type TokensSearch = { show?: "ending" | "revoked" | undefined; create?: true | undefined };

export type TrustSearch = { show?: "revoked" | "try" | undefined; create?: true | undefined };

export type AuditSearch = {
  actor_kind?: string | undefined;
  actor_id?: string | undefined;
  /** An action, or how it begins. */
  action?: string | undefined;
  subject_kind?: string | undefined;
  subject_id?: string | undefined;
  outcome?: AuditOutcome | undefined;
  /** Days, as 2026-11-22; both are included. */
  from?: string | undefined;
  to?: string | undefined;
  address?: string | undefined;
  /** The entry in the side panel. */
  entry?: number | undefined;
};

/** `person`: the account in the dialog. */
export type UsersSearch = { show?: "invitations" | undefined; invite?: true | undefined; person?: number | undefined };

export type ApiDocsSearch = { q?: string | undefined };

/** `next`: the page of this hub that was asked for before the sign-in. */
export type SignInSearch = { next?: string | undefined };

export function readAppSearch(raw: RawSearch): AppSearch {
  return { repository: readText(raw["repository"], 300) };
}

export function readBoardSearch(raw: RawSearch): BoardSearch {
  return {
    status: readChoices(raw["status"], runStatuses),
    branch: readText(raw["branch"]),
    workflow: readText(raw["workflow"], 500),
    q: readText(raw["q"], 200),
    run: readId(raw["run"]),
    workflows: readChoice(raw["workflows"], ["all"]),
  };
}

export function readRunSearch(raw: RawSearch): RunSearch {
  return { tab: readChoice(raw["tab"], ["imports"]) };
}

function readFindingFilters(raw: RawSearch): FindingFilters {
  return {
    kind: readChoice(raw["kind"], findingKinds),
    severity: readChoices(raw["severity"], severityOrder),
    change: readChoices(raw["change"], findingChanges),
    state: readChoices(raw["state"], findingStates),
    scan_type: readChoices(raw["scan_type"], scanTypes),
    target: readTexts(raw["target"]),
    package: readTexts(raw["package"]),
    fixable: readChoice(raw["fixable"], ["true", "false"]),
    rule: readTexts(raw["rule"]),
    path: readTexts(raw["path"]),
    risk: readTexts(raw["risk"]),
    tool_type: readTexts(raw["tool_type"]),
    branch: readText(raw["branch"]),
    q: readText(raw["q"], 200),
  };
}

export function readFindingsSearch(raw: RawSearch): FindingsSearch {
  return { ...readFindingFilters(raw), finding: readId(raw["finding"]), on: readText(raw["on"]), group: readChoice(raw["group"], ["none"]) };
}

function readTestFilters(raw: RawSearch): TestFilters & ChosenTest {
  return {
    outcome: readChoices(raw["outcome"], testOutcomes),
    change: readChoices(raw["change"], findingChanges),
    flaky: readFlag(raw["flaky"]),
    file: readTexts(raw["file"]),
    suite: readPath(raw["suite"]),
    branch: readText(raw["branch"]),
    q: readText(raw["q"], 200),
    test: readId(raw["test"]),
    on: readText(raw["on"]),
  };
}

export function readTestsSearch(raw: RawSearch): TestsSearch {
  return { ...readTestFilters(raw), sort: readChoice(raw["sort"], testSorts) };
}

export function readTestSearch(raw: RawSearch): TestSearch {
  return { branch: readText(raw["branch"]), scan: readId(raw["scan"]) };
}

export function readScanSearch(raw: RawSearch): ScanSearch {
  return {
    ...readTestFilters(raw),
    ...readFindingsSearch(raw),
    view: readChoice(raw["view"], findingsViews),
    show: readChoice(raw["show"], ["new", "all"]),
    tab: readChoice(raw["tab"], testTabs),
  };
}

export function readFindingSearch(raw: RawSearch): FindingSearch {
  return { branch: readText(raw["branch"]) };
}

export function readTokensSearch(raw: RawSearch): TokensSearch {
  return { show: readChoice(raw["show"], ["ending", "revoked"]), create: readFlag(raw["create"]) };
}

export function readTrustSearch(raw: RawSearch): TrustSearch {
  return { show: readChoice(raw["show"], ["revoked", "try"]), create: readFlag(raw["create"]) };
}

export function readAuditSearch(raw: RawSearch): AuditSearch {
  const readDay = (value: unknown) => (/^\d{4}-\d\d-\d\d$/.test(readText(value) ?? "") ? readText(value) : undefined);
  return {
    actor_kind: readText(raw["actor_kind"], 50),
    actor_id: readText(raw["actor_id"], 300),
    action: readText(raw["action"], 100),
    subject_kind: readText(raw["subject_kind"], 50),
    subject_id: readText(raw["subject_id"], 300),
    outcome: readChoice(raw["outcome"], ["done", "refused"]),
    from: readDay(raw["from"]),
    to: readDay(raw["to"]),
    address: readText(raw["address"], 100),
    entry: readId(raw["entry"]),
  };
}

export function readUsersSearch(raw: RawSearch): UsersSearch {
  return { show: readChoice(raw["show"], ["invitations"]), invite: readFlag(raw["invite"]), person: readId(raw["person"]) };
}

export function readApiDocsSearch(raw: RawSearch): ApiDocsSearch {
  return { q: readText(raw["q"], 200) };
}

export function readSignInSearch(raw: RawSearch): SignInSearch {
  return { next: ownPath(readText(raw["next"], 2_000)) };
}

/** A path of this hub; anything that could lead to another site is dropped. */
export function ownPath(path: string | undefined): string | undefined {
  if (path === undefined || !path.startsWith("/") || !URL.canParse(path, "http://hub.invalid")) return undefined;
  const url = new URL(path, "http://hub.invalid");
  return url.origin === "http://hub.invalid" ? url.pathname + url.search + url.hash : undefined;
}
