import { issue, hotspot } from "../reports/src/testing/sonarqube-answers.ts";
import { shopScan, zapJson } from "../reports/src/testing/zap-reports.ts";

/** Reports of other kinds than Trivy's for the pictures: what their tools write for a small shop, made up here. */
export type SampleReport = { scanType: "test" | "lint" | "zap" | "sonarqube"; body: string };

const commits = 12;
const repository = "acme/shop";

const tests = [
  "adds an item",
  "removes an item",
  "keeps the basket over a reload",
  "charges tax of the country",
  "refuses an empty basket",
  "mails the receipt",
];

/** The reports of one commit after another, oldest first. */
export function sampleReports(): { commit: string; startedAt: Date; reports: SampleReport[] }[] {
  return Array.from({ length: commits }, (_, index) => ({
    commit: (0x5a11a000 + index).toString(16).padEnd(40, "0"),
    startedAt: new Date(Date.now() - (commits - index) * 3 * 3_600_000),
    reports: [{ scanType: "test", body: junit(index) }, { scanType: "lint", body: eslint(index) }, ...(index >= commits - 2 ? otherTools() : [])],
  }));
}

export function factsOf(commit: string, startedAt: Date): Record<string, string> {
  return {
    repository,
    commit_hash: commit,
    branch: "main",
    default_branch: "main",
    workflow: "Quality",
    actor: "ada",
    event: "push",
    status: "completed",
    started_at: startedAt.toISOString(),
    commit_message: "Let the basket live longer",
  };
}

function junit(index: number): string {
  const cases = tests.map((name, at) => {
    const isFailing = (at === 3 && index >= 8) || (at === 2 && index % 4 === 1);
    const failure =
      '<failure type="AssertionError" message="expected 19.6 to be 20">AssertionError: expected 19.6 to be 20\n    at Object.&lt;anonymous&gt; (test/basket.test.ts:41:18)\n    at charge (src/tax.ts:12:9)</failure>';
    const flaky = at === 5 && index % 5 === 4 ? '<flakyFailure type="TimeoutError" message="timed out after 5000 ms"/>' : "";
    return `<testcase classname="basket" name="${name}" file="test/basket.test.ts" line="${10 + at * 8}" time="${(0.05 + at * 0.4).toFixed(3)}">${isFailing ? failure : flaky}</testcase>`;
  });
  const paid = `<testcase classname="payment" name="refunds in full" time="1.92">${index >= 8 ? '<failure type="AssertionError" message="expected 12.1 to be 12.5"/>' : ""}</testcase>`;
  return `<testsuites><testsuite name="basket">${cases.join("")}</testsuite><testsuite name="payment">${paid}<testcase classname="payment" name="pays by invoice"><skipped message="no invoices yet"/></testcase></testsuite></testsuites>`;
}

function eslint(index: number): string {
  const message = (rule: string, text: string, line: number, severity = 2) => ({ ruleId: rule, severity, message: text, line: line + index, column: 5 });
  return JSON.stringify([
    {
      filePath: "/home/runner/work/shop/shop/src/basket.ts",
      messages: [
        message("eqeqeq", "Expected '===' and instead saw '=='.", 14),
        { ...message("prefer-const", "'total' is never reassigned. Use 'const' instead.", 22, 1), fix: { range: [0, 1], text: "" } },
        ...(index >= 10 ? [message("no-unused-vars", "'rate' is assigned a value but never used.", 31)] : []),
      ],
    },
    {
      filePath: "/home/runner/work/shop/shop/src/tax.ts",
      messages: [message("no-fallthrough", "Expected a 'break' statement before 'case'.", 9), message("eqeqeq", "Expected '===' and instead saw '=='.", 40)],
    },
  ]);
}

function otherTools(): SampleReport[] {
  const gate = {
    projectStatus: {
      status: "ERROR",
      conditions: [
        { status: "ERROR", metricKey: "new_coverage", comparator: "LT", errorThreshold: "80", actualValue: "61.3" },
        { status: "OK", metricKey: "new_violations", comparator: "GT", errorThreshold: "0", actualValue: "0" },
      ],
    },
  };
  return [
    { scanType: "zap", body: JSON.stringify(zapJson(shopScan)) },
    { scanType: "sonarqube", body: JSON.stringify({ paging: { pageIndex: 1, pageSize: 100, total: 1 }, issues: [issue] }) },
    { scanType: "sonarqube", body: JSON.stringify({ paging: { pageIndex: 1, pageSize: 100, total: 1 }, hotspots: [hotspot] }) },
    { scanType: "sonarqube", body: JSON.stringify(gate) },
  ];
}
