import type { Outline } from "./json/outline.ts";
import { hasMembers, outlineAt, outlineOf } from "./json/outline.ts";
import { limits } from "./limits.ts";

type JsonFormat = { name: string; matches: (root: Outline) => boolean };

const anyElement = (root: Outline | null, ...names: string[]) => root?.elements.some((element) => hasMembers(element, ...names)) === true;

/** From the most particular to the most general. */
const jsonFormats: readonly JsonFormat[] = [
  { name: "SARIF", matches: (root) => hasMembers(root, "runs") && (hasMembers(root, "version") || hasMembers(root, "$schema")) },
  {
    name: "ZAP JSON",
    matches: (root) =>
      hasMembers(root, "@programName") || (hasMembers(root, "@version") && hasMembers(root, "site")) || anyElement(outlineAt(root, "site"), "alerts"),
  },
  { name: "SonarQube hotspots", matches: (root) => hasMembers(root, "hotspots", "paging") || anyElement(root, "securityCategory", "vulnerabilityProbability") },
  {
    name: "SonarQube issues",
    matches: (root) => hasMembers(root, "issues", "paging") || hasMembers(root, "issues", "p", "ps") || anyElement(root, "rule", "component", "project"),
  },
  { name: "SonarQube quality gate", matches: (root) => hasMembers(root, "projectStatus") || hasMembers(root, "qualityGate", "taskId") },
  { name: "sonar-report JSON", matches: (root) => hasMembers(root, "projectName", "inNewCodePeriod") },
  { name: "Generic issues for SonarQube", matches: (root) => anyElement(outlineAt(root, "issues"), "engineId", "ruleId") },
  {
    name: "ESLint JSON",
    matches: (root) =>
      anyElement(root, "filePath", "messages") || (hasMembers(root, "results", "metadata") && anyElement(outlineAt(root, "results"), "filePath", "messages")),
  },
  { name: "Stylelint JSON", matches: (root) => anyElement(root, "source", "warnings") },
  { name: "Pylint JSON", matches: (root) => anyElement(root, "module", "symbol", "message-id") || anyElement(outlineAt(root, "messages"), "module", "symbol") },
  { name: "ShellCheck JSON", matches: (root) => anyElement(root, "file", "level", "code") || anyElement(outlineAt(root, "comments"), "file", "level", "code") },
  { name: "CTRF", matches: (root) => outlineAt(root, "reportFormat")?.value === "CTRF" || hasMembers(outlineAt(root, "results"), "tool", "summary", "tests") },
  { name: "Jest or Vitest JSON", matches: (root) => hasMembers(root, "numTotalTests") || anyElement(outlineAt(root, "testResults"), "assertionResults") },
  { name: "Mocha JSON", matches: (root) => hasMembers(root, "stats", "tests") },
  { name: "RSpec JSON", matches: (root) => hasMembers(root, "examples", "summary_line") },
  { name: "Dart test JSON", matches: (root) => hasMembers(root, "protocolVersion", "runnerVersion") },
  { name: "CycloneDX", matches: (root) => hasMembers(root, "bomFormat") },
  { name: "SPDX", matches: (root) => hasMembers(root, "spdxVersion") },
  { name: "Grype JSON", matches: (root) => hasMembers(root, "matches", "descriptor") },
  { name: "Semgrep JSON", matches: (root) => anyElement(outlineAt(root, "results"), "check_id", "path") },
  { name: "GitLab security report", matches: (root) => hasMembers(root, "scan", "vulnerabilities", "version") },
  { name: "npm audit JSON", matches: (root) => hasMembers(root, "auditReportVersion") },
  { name: "Gitleaks JSON", matches: (root) => anyElement(root, "RuleID", "Commit", "File") },
];

/** By the name of the root element, without its namespace's prefix. */
const xmlFormats = new Map([
  ["OWASPZAPReport", "ZAP XML"],
  ["checkstyle", "Checkstyle XML"],
  ["testsuites", "JUnit XML"],
  ["testsuite", "JUnit XML"],
  ["test-run", "NUnit XML"],
  ["test-results", "NUnit XML"],
  ["test-suite", "NUnit XML"],
  ["assemblies", "xUnit.net XML"],
  ["assembly", "xUnit.net XML"],
  ["TestRun", "Visual Studio TRX"],
  ["BugCollection", "SpotBugs XML"],
  ["pmd", "PMD XML"],
  ["coverage", "Coverage XML"],
  ["html", "HTML"],
]);

const tapLine = /^(TAP version \d+|\d+\.\.\d+|(not )?ok\b)/m;

/** The name of a well-known content that has no reader, for a message that helps; null for the unknown. */
export function nameOfUnsupported(head: Uint8Array): string | null {
  const bytes = head.subarray(0, limits.headBytes);
  const archive = nameOfBinary(bytes);
  if (archive !== null) return archive;
  const root = outlineOf(bytes);
  if (root !== null) return jsonFormats.find(({ matches }) => matches(root))?.name ?? null;
  const text = new TextDecoder().decode(bytes);
  const element = rootElementOf(text);
  if (element !== null) return xmlFormats.get(element) ?? (element.toLowerCase() === "html" ? "HTML" : `XML with the root <${element}>`);
  return tapLine.test(text) ? "TAP" : null;
}

function nameOfBinary(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) return "a ZIP archive";
  if (first === 0x1f && second === 0x8b) return "gzip-compressed data";
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || second === 0x00;
  return isUtf16 ? "UTF-16 text (send it as UTF-8)" : null;
}

/** The name of the first element behind declarations, comments and instructions. */
function rootElementOf(text: string): string | null {
  let rest = text.trimStart();
  while (rest.startsWith("<?") || rest.startsWith("<!")) {
    const close = rest.startsWith("<?") ? "?>" : rest.startsWith("<!--") ? "-->" : ">";
    const end = rest.indexOf(close);
    if (end === -1) return null;
    rest = rest.slice(end + close.length).trimStart();
  }
  return /^<(?:[\w.-]{1,100}:)?([A-Za-z_][\w.-]{0,100})[\s/>]/.exec(rest)?.[1] ?? null;
}
