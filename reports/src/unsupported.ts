import type { Outline } from "./json/outline.ts";
import { hasMembers, outlineAt, outlineOf } from "./json/outline.ts";
import { limits } from "./limits.ts";
import { rootElementOf } from "./xml/root.ts";

type JsonFormat = { name: string; matches: (root: Outline) => boolean };

const anyElement = (root: Outline | null, ...names: string[]) => root?.elements.some((element) => hasMembers(element, ...names)) === true;

/** From the most particular to the most general. */
const jsonFormats: readonly JsonFormat[] = [
  { name: "Generic issues for SonarQube", matches: (root) => anyElement(outlineAt(root, "issues"), "engineId", "ruleId") },
  { name: "Stylelint JSON", matches: (root) => anyElement(root, "source", "warnings") },
  { name: "Pylint JSON", matches: (root) => anyElement(root, "module", "symbol", "message-id") || anyElement(outlineAt(root, "messages"), "module", "symbol") },
  { name: "ShellCheck JSON", matches: (root) => anyElement(root, "file", "level", "code") || anyElement(outlineAt(root, "comments"), "file", "level", "code") },
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
  ["test-run", "NUnit XML"],
  ["test-results", "NUnit XML"],
  ["test-suite", "NUnit XML"],
  ["assemblies", "xUnit.net XML"],
  ["assembly", "xUnit.net XML"],
  ["TestRun", "Visual Studio TRX"],
  ["testng-results", "TestNG XML"],
  ["robot", "Robot Framework XML"],
  ["Catch2TestRun", "Catch2 XML"],
  ["TestLog", "Boost.Test XML"],
  ["TestResult", "Boost.Test XML"],
  ["TestCase", "Qt Test XML"],
  ["BugCollection", "SpotBugs XML"],
  ["pmd", "PMD XML"],
  ["coverage", "Coverage XML"],
  ["html", "HTML"],
]);

/** The name of a well-known content that has no reader, for a message that helps; null for the unknown. */
export function nameOfUnsupported(head: Uint8Array): string | null {
  const bytes = head.subarray(0, limits.headBytes);
  const element = rootElementOf(bytes)?.name ?? null;
  if (element !== null) return xmlFormats.get(element) ?? (element.toLowerCase() === "html" ? "HTML" : `XML with the root <${element.slice(0, 100)}>`);
  const archive = nameOfBinary(bytes);
  if (archive !== null) return archive;
  const root = outlineOf(bytes);
  return root === null ? null : (jsonFormats.find(({ matches }) => matches(root))?.name ?? null);
}

function nameOfBinary(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) return "a ZIP archive";
  if (first === 0x1f && second === 0x8b) return "gzip-compressed data";
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || second === 0x00;
  return isUtf16 ? "UTF-16 text (send it as UTF-8)" : null;
}
