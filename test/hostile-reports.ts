/** Reports of several tools whose every text is markup that must stay text. */

export const hostileText = "<img src=x onerror=alert(1)><script>alert(2)</script>";
const hostileAddress = "javascript:alert(3)";

export function zapReport(): Record<string, unknown> {
  const exchange = { "request-header": `GET / ${hostileText}`, "response-header": "HTTP/1.1 200", "response-body": hostileText };
  const instance = { uri: "https://shop.example/cart?item=3", method: "GET", param: hostileText, attack: hostileText, evidence: hostileText, ...exchange };
  const alert = {
    pluginid: "40012",
    alertRef: "40012",
    alert: `Cross Site Scripting ${hostileText.replaceAll("<", "&lt;")}`,
    riskcode: "3",
    confidence: "2",
    desc: "Scripts were sent back.",
    solution: "Escape.",
    reference: `<p>${hostileAddress}</p><p>https://owasp.example/xss</p>`,
    instances: [instance, { ...instance, uri: hostileAddress }],
    count: "2",
    cweid: "79",
  };
  const others = ["1", "1", "0"].map((riskcode, index) => ({
    ...alert,
    pluginid: `1002${index}`,
    alertRef: `1002${index}`,
    alert: `Header ${index}`,
    riskcode,
    confidence: "3",
  }));
  return {
    "@programName": "ZAP",
    "@version": "2.16.1",
    "@generated": "Sun, 22 Nov 2026 10:00:00",
    site: [{ "@name": "https://shop.example", "@host": "shop.example", "@port": "443", "@ssl": "true", alerts: [alert, ...others] }],
  };
}

export function sonarqubeIssues(): Record<string, unknown> {
  const issue = {
    key: "a1",
    rule: "typescript:S2259",
    severity: "CRITICAL",
    type: "BUG",
    status: "OPEN",
    component: "shop:src/cart.ts",
    project: "shop",
    line: 40,
    message: `May be null ${hostileText}`,
    impacts: [{ softwareQuality: "RELIABILITY", severity: "BLOCKER" }],
    tags: [hostileText],
    author: hostileText,
  };
  const hotspot = { ...issue, key: "a2", rule: "typescript:S5332", type: "SECURITY_HOTSPOT", message: "Is http safe here?" };
  return { total: 2, paging: { pageIndex: 1, pageSize: 100, total: 2 }, issues: [issue, hotspot], components: [] };
}

export function sonarqubeGate(): Record<string, unknown> {
  return {
    projectStatus: {
      status: "ERROR",
      conditions: [
        { status: "ERROR", metricKey: "new_coverage", comparator: "LT", errorThreshold: "80", actualValue: "61.3" },
        { status: "OK", metricKey: hostileText, comparator: "GT", errorThreshold: hostileText, actualValue: hostileText },
      ],
    },
  };
}

export function sarifReport(results: readonly { rule: string; message: string; path: string; line: number; code?: string }[]): Record<string, unknown> {
  const place = (path: string, line: number, code?: string) => ({
    physicalLocation: { artifactLocation: { uri: path }, region: { startLine: line, ...(code !== undefined && { snippet: { text: code } }) } },
    message: { text: hostileText },
  });
  return {
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Inspector",
            rules: [...new Set(results.map(({ rule }) => rule))].map((id) => ({
              id,
              helpUri: hostileAddress,
              fullDescription: { text: "Never do this." },
              help: { text: `Because ${hostileText}` },
              properties: { tags: [hostileText, "external/cwe/cwe-79"] },
            })),
          },
        },
        results: results.map(({ rule, message, path, line, code }) => ({
          ruleId: rule,
          level: "error",
          message: { text: message },
          locations: [place(path, line, code)],
          codeFlows: [{ threadFlows: [{ locations: [{ location: place(path, 1) }, { location: place(path, line) }] }] }],
        })),
      },
    ],
  };
}
