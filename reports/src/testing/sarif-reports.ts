/** For tests: parts of SARIF logs, and logs of several shapes. */

export const schema = "https://json.schemastore.org/sarif-2.1.0.json";

type Json = Record<string, unknown>;

export const log = (...runs: unknown[]): Json => ({ $schema: schema, version: "2.1.0", runs });

/** A run of ESLint, of which other members are given. */
export const run = (members: Json = {}): Json => ({ tool: { driver: { name: "ESLint", version: "9.1.0", rules: [] } }, results: [], ...members });

export const at = (uri: string, startLine = 1, region: Json = {}): Json => ({
  physicalLocation: { artifactLocation: { uri }, region: { startLine, ...region } },
});

export const result = (members: Json = {}): Json => ({ ruleId: "r", message: { text: "m" }, locations: [at("src/a.js")], ...members });

/** A log of one run with one result. */
export const logOf = (members: Json, rules: unknown[] = []): Json => log(run({ tool: { driver: { name: "ESLint", rules } }, results: [result(members)] }));

const rule = {
  id: "js/sql-injection",
  name: "SqlInjection",
  shortDescription: { text: "Database query built from user-controlled sources" },
  fullDescription: { text: "Building a database query from user-controlled sources is vulnerable." },
  help: { text: "Use parameters.", markdown: "**Use** parameters." },
  helpUri: "https://codeql.example/sql-injection",
  defaultConfiguration: { level: "error" },
  messageStrings: { found: { text: "This query depends on {0}." } },
  properties: { tags: ["security", "external/cwe/cwe-089"], precision: "high", "problem.severity": "error", "security-severity": "8.8" },
};

/** Analysis of a program, with nearly all that a result can have. */
export const analysis: Json = {
  $schema: schema,
  version: "2.1.0",
  runs: [
    {
      tool: {
        driver: { name: "CodeQL", semanticVersion: "2.20.1", guid: "5b0bd8d9-0d5f-4d2f-9b3c-0a1b2c3d4e5f", rules: [rule] },
        extensions: [{ name: "codeql/javascript-queries", rules: [{ id: "js/unused", defaultConfiguration: { level: "note" }, properties: {} }] }],
      },
      automationDetails: { id: "javascript/nightly/2026-11-01", guid: "11111111-2222-4333-8444-555555555555" },
      originalUriBaseIds: { "%SRCROOT%": { uri: "file:///home/runner/work/shop/shop/" } },
      artifacts: [{ location: { uri: "lib/db.js", uriBaseId: "%SRCROOT%", index: 0 } }],
      invocations: [{ executionSuccessful: true, ruleConfigurationOverrides: [{ descriptor: { index: 0 }, configuration: { level: "warning" } }] }],
      results: [
        {
          ruleId: "js/sql-injection",
          ruleIndex: 0,
          rule: { id: "js/sql-injection", index: 0 },
          message: { id: "found", arguments: ["[a user-provided value](1)"] },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: "lib/db.js", uriBaseId: "%SRCROOT%", index: 0 },
                region: { startLine: 12, startColumn: 3, endLine: 12, endColumn: 30, snippet: { text: "  query(input);" } },
                contextRegion: { startLine: 11, endLine: 13, snippet: { text: "function find(input) {\n  query(input);\n}\n" } },
              },
              logicalLocations: [{ fullyQualifiedName: "db.find" }],
            },
            at("lib/other.js", 4),
          ],
          relatedLocations: [{ id: 1, ...at("lib/http.js", 3), message: { text: "user-provided value" } }],
          codeFlows: [
            { threadFlows: [{ locations: [{ location: { ...at("lib/http.js", 3), message: { text: "input" } } }, { location: at("lib/db.js", 12) }] }] },
          ],
          partialFingerprints: { primaryLocationLineHash: "39fa2ee980eb94b0:1", primaryLocationStartColumnFingerprint: "2" },
          fixes: [{ description: { text: "Use parameters" }, artifactChanges: [] }],
          rank: 30,
          properties: { tags: ["reviewed"] },
        },
        {
          ruleId: "js/unused",
          rule: { id: "js/unused", index: 0, toolComponent: { index: 0 } },
          message: { text: "Unused variable x." },
          locations: [at("lib/a.js", 2)],
        },
        {
          ruleId: "js/sql-injection",
          ruleIndex: 0,
          message: { text: "Accepted." },
          locations: [{ physicalLocation: { artifactLocation: { index: 0 }, region: { startLine: 40 } } }],
          suppressions: [{ kind: "inSource", justification: "A test." }],
        },
        { ruleId: "js/sql-injection", ruleIndex: 0, kind: "pass", message: { text: "Fine." } },
        { ruleId: "js/sql-injection", ruleIndex: 0, baselineState: "absent", message: { text: "Gone." }, locations: [at("lib/old.js", 4)] },
      ],
    },
  ],
};

/** Two tools in one file, the second with its rules behind its results. */
export const twoTools = log(run({ results: [result({ level: "error" }), result({ ruleId: "s", locations: [at("src/b.js", 7)] })] }), {
  results: [result({ ruleId: "x/1", ruleIndex: 0 }), result({ ruleId: "y", ruleIndex: 1, level: "note" })],
  tool: { driver: { name: "Stylelint", rules: [{ id: "x", defaultConfiguration: { level: "error" } }, { id: "y" }] } },
});

/** An image scanned by Trivy, which writes the base of its addresses last. */
export const image = log({
  tool: {
    driver: {
      name: "Trivy",
      version: "0.60.0",
      rules: [
        {
          id: "CVE-2099-0001",
          name: "OsPackageVulnerability",
          shortDescription: { text: "openssl: overflow" },
          defaultConfiguration: { level: "error" },
          helpUri: "https://avd.example/cve-2099-0001",
          properties: { "security-severity": "9.8", tags: ["vulnerability", "security", "CRITICAL"] },
        },
      ],
    },
  },
  results: [
    {
      ruleId: "CVE-2099-0001",
      ruleIndex: 0,
      level: "error",
      message: { text: "Package: openssl\nInstalled Version: 1.1.1c-r0\nVulnerability CVE-2099-0001\nSeverity: CRITICAL\nFixed Version: 1.1.1d-r0\nLink: x" },
      locations: [{ physicalLocation: { artifactLocation: { uri: "team/app", uriBaseId: "ROOTPATH" }, region: { startLine: 1 } } }],
    },
  ],
  columnKind: "utf16CodeUnits",
  originalUriBaseIds: { ROOTPATH: { uri: "file:///" } },
  properties: { imageName: "registry.example:5000/team/app:1.0", repoTags: ["team/app:1.0"] },
});

/** Results that stand apart from their run. */
export const apart: Json = {
  $schema: schema,
  version: "2.1.0",
  inlineExternalProperties: [
    { guid: "aaaaaaaa-0000-4000-8000-000000000001", runGuid: "bbbbbbbb-0000-4000-8000-000000000001", results: [result({ ruleId: "e", ruleIndex: 0 })] },
    {
      guid: "aaaaaaaa-0000-4000-8000-000000000002",
      runGuid: "bbbbbbbb-0000-4000-8000-000000000001",
      driver: { name: "Scanner", rules: [{ id: "e", defaultConfiguration: { level: "error" } }] },
    },
  ],
  runs: [
    {
      automationDetails: { guid: "bbbbbbbb-0000-4000-8000-000000000001" },
      externalPropertyFileReferences: {
        results: [{ guid: "aaaaaaaa-0000-4000-8000-000000000001" }],
        driver: { guid: "aaaaaaaa-0000-4000-8000-000000000002" },
      },
      results: [result({ ruleId: "e", ruleIndex: 0, message: { text: "own" } })],
    },
  ],
};

export const everyLog: readonly { name: string; report: Json }[] = [
  { name: "an analysis", report: analysis },
  { name: "two tools", report: twoTools },
  { name: "an image", report: image },
  { name: "results apart from their run", report: apart },
];
