import type { ScanDetail } from "@sentinal/contract";
import { Empty } from "../../components/empty.tsx";
import { scanTypeWords } from "../../scan-words.ts";
import { isTestCounts } from "../../severity.ts";
import { isGateAlone } from "./gate-words.ts";

const ownReports: Readonly<Record<ScanDetail["scan_type"], string>> = {
  trivy: "Send the JSON report itself to see each of them here: trivy … --format json.",
  zap: "Send ZAP’s JSON or XML report itself to see each alert here.",
  sonarqube: "Send the answer of SonarQube’s api/issues/search to see each of them here.",
  lint: "Send the linter’s SARIF, ESLint JSON or Checkstyle report itself to see each of them here.",
  test: "Send the JUnit, CTRF, Jest or TAP report itself to see each of them here.",
};

/** A scan that came as counts or as a gate only, or found nothing. */
export function NoDetail({ scan }: { scan: ScanDetail }) {
  if (scan.status !== "completed")
    return (
      <Empty title={scan.status === "failed" ? "The report could not be read" : "The report is being read"}>
        {scan.status === "failed" ? <p>What was wrong stands above.</p> : <p>Findings appear here when it is done.</p>}
      </Empty>
    );
  const { counts } = scan;
  if (isGateAlone(scan))
    return (
      <Empty title="Only the quality gate came">
        <p>SonarQube’s webhook and project_status tell of no issues. {ownReports.sonarqube}</p>
      </Empty>
    );
  if (counts.total === 0) return <Empty title="Nothing was found" />;
  return (
    <Empty title="There is no detail to this scan">
      <p>
        {scanTypeWords[scan.scan_type]} reported {counts.total.toLocaleString("en")} {isTestCounts(counts) ? "tests" : "findings"} as counts, without its own
        report. {ownReports[scan.scan_type]}
      </p>
    </Empty>
  );
}
