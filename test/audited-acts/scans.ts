import { Finding, page } from "@sentinal/contract";
import { getJson, postJson } from "../hub.ts";
import { trivyReport } from "../trivy-report.ts";
import { type AuditedActs, send, uniqueName } from "./act.ts";

const received = { noEntry: "received reports stand in the import history, with who sent them" };

export const scanActs: AuditedActs = {
  "POST /api/cicd/webhook/:scan_type": received,
  "POST /api/cicd/reports": received,
  "POST /api/cicd/sonarqube": received,
  "PUT /api/cicd/gate": {
    entries: ["gate.set"],
    prepare: async (hub) => () =>
      send("PUT", `${hub.url}/api/cicd/gate`, hub.admin, { repository: uniqueName("gates"), conditions: [{ metric: "critical", at_most: 0 }] }),
  },
  "POST /api/cicd/findings/triage": {
    entries: ["finding.dismissed"],
    async prepare(hub) {
      const repository = uniqueName("triage");
      const { token } = await hub.createToken();
      const body = { repository, commit_hash: "c1", branch: "main", default_branch: "main", report: trivyReport([{ id: "CVE-2026-1" }]) };
      await postJson(`${hub.url}/api/cicd/webhook/trivy`, body, token);
      const [finding] = page(Finding).parse(await getJson(`${hub.url}/api/cicd/findings?repository=${repository}`, hub.admin)).items;
      return () => send("POST", `${hub.url}/api/cicd/findings/triage`, hub.admin, { action: "dismiss", reason: "false_positive", ids: [finding?.id] });
    },
  },
};
