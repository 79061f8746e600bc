/** For tests: an issue as `api/issues/search` gives it. */
export const issue = {
  key: "AY-1",
  rule: "typescript:S1481",
  severity: "MAJOR",
  component: "acme:shop:src/cart/total.ts",
  project: "acme:shop",
  line: 12,
  hash: "7418394d5e5163261e6221da91d04e5a",
  textRange: { startLine: 12, endLine: 13, startOffset: 4, endOffset: 30 },
  flows: [
    {
      locations: [
        { component: "acme:shop:src/cart/item.ts", textRange: { startLine: 3, endLine: 4, startOffset: 0, endOffset: 1 }, msg: "read here" },
        { component: "acme:shop:src/cart/total.ts", textRange: { startLine: 9, endLine: 9, startOffset: 0, endOffset: 1 } },
      ],
    },
  ],
  status: "OPEN",
  message: 'Remove the unused local variable "sum" of line 12.',
  effort: "5min",
  debt: "5min",
  author: "dev@shop.example",
  tags: ["unused", "cwe"],
  creationDate: "2026-03-02T09:15:00+0100",
  updateDate: "2026-03-09T17:40:12+0100",
  type: "CODE_SMELL",
  scope: "MAIN",
  quickFixAvailable: true,
  cleanCodeAttribute: "CLEAR",
  cleanCodeAttributeCategory: "INTENTIONAL",
  impacts: [{ softwareQuality: "MAINTAINABILITY", severity: "LOW" }],
  issueStatus: "OPEN",
};

export const hotspot = {
  key: "AH-1",
  component: "acme:shop:src/api.ts",
  project: "acme:shop",
  securityCategory: "auth",
  vulnerabilityProbability: "HIGH",
  status: "TO_REVIEW",
  line: 9,
  message: "Make sure this password is safe.",
  author: "",
  creationDate: "2026-03-02T09:15:00+0100",
  updateDate: "2026-03-02T09:15:00+0100",
  textRange: { startLine: 9, endLine: 9, startOffset: 1, endOffset: 2 },
  flows: [],
  ruleKey: "typescript:S2068",
};

const paging = (total: number) => ({ pageIndex: 1, pageSize: 100, total });

export const components = [
  { key: "acme:shop", enabled: true, qualifier: "TRK", name: "shop", longName: "shop" },
  { key: "acme:shop:src/cart/total.ts", qualifier: "FIL", name: "total.ts", path: "src/cart/total.ts" },
];

export const rules = [
  {
    key: "typescript:S1481",
    name: "Unused local variables should be removed",
    lang: "ts",
    langName: "TypeScript",
    htmlDesc: "<p>Dead code &amp;\n more.</p><ul><li>one</li></ul>",
  },
];

export const issuesAnswer = { paging: paging(1), issues: [issue], components, rules };
export const oldIssuesAnswer = { total: 1, p: 1, ps: 100, issues: [issue], components };
/** As `api/issues/list` gives them: without severity, type and status. */
export const listAnswer = {
  paging: paging(1),
  issues: [(({ severity: _severity, type: _type, status: _status, debt: _debt, ...rest }) => rest)(issue)],
  components,
};
export const hotspotsAnswer = { paging: paging(1), hotspots: [hotspot], components };

export const gateAnswer = {
  projectStatus: {
    status: "ERROR",
    conditions: [
      { status: "ERROR", metricKey: "new_coverage", comparator: "LT", errorThreshold: "80", actualValue: "61.3" },
      { status: "NO_VALUE", metricKey: "new_security_hotspots_reviewed", comparator: "LT", errorThreshold: "100" },
    ],
    ignoredConditions: false,
    caycStatus: "compliant",
  },
};

export const webhook = {
  serverUrl: "https://sonar.example",
  taskId: "t-1",
  status: "SUCCESS",
  analysedAt: "2026-03-09T17:41:00+0100",
  revision: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  project: { key: "acme:shop", name: "shop", url: "https://sonar.example/dashboard?id=acme:shop" },
  branch: { name: "feature/x", type: "BRANCH", isMain: false },
  qualityGate: {
    name: "Sonar way",
    status: "OK",
    conditions: [{ metric: "new_coverage", operator: "LESS_THAN", value: "81.3", status: "OK", errorThreshold: "80" }],
  },
  properties: {},
};

/** As sonar-report writes it: paths alone, rules by their keys, hotspots among the issues. */
export const sonarReport = {
  date: "Thursday, Jan 18, 2024",
  projectName: "shop",
  inNewCodePeriod: false,
  sonarBaseURL: "https://sonar.example",
  sonarComponent: "acme:shop",
  rules: { "typescript:S1481": { name: "Unused local variables should be removed", htmlDesc: "<p>Dead code.</p>", severity: "MAJOR" } },
  issues: [
    {
      rule: "typescript:S1481",
      severity: "MAJOR",
      status: "OPEN",
      component: "src/cart/total.ts",
      line: 12,
      description: "Unused",
      message: issue.message,
      key: "AY-1",
    },
    {
      rule: "typescript:S2068",
      severity: "HIGH",
      status: "TO_REVIEW",
      component: "src/api.ts",
      line: 9,
      description: "x",
      message: hotspot.message,
      key: "AH-1",
    },
  ],
  hotspotKeys: ["AH-1"],
  qualityGateStatus: gateAnswer,
  summary: { blocker: 0, critical: 0, major: 1, minor: 0 },
};

export const everyAnswer = [
  { name: "issues/search", answer: issuesAnswer },
  { name: "issues/search of an old server", answer: oldIssuesAnswer },
  { name: "issues/list", answer: listAnswer },
  { name: "hotspots/search", answer: hotspotsAnswer },
  { name: "project_status", answer: gateAnswer },
  { name: "the webhook", answer: webhook },
  { name: "sonar-report", answer: sonarReport },
  { name: "a bare list of issues", answer: [issue] },
  { name: "a bare list of hotspots", answer: [hotspot] },
  { name: "a list of answers", answer: [issuesAnswer, hotspotsAnswer] },
];
