import type { BenchHub } from "./hub.ts";
import { realisticReport } from "./report.ts";

/** Posts so many runs of four workflows, each with a small report. */
export async function postRuns(hub: BenchHub, count: number): Promise<void> {
  const token = await hub.createToken(["webhook:write"]);
  const text = JSON.stringify(realisticReport(50));
  for (let number = 0; number < count; number++) {
    const answer = await fetch(`${hub.url}/api/cicd/webhook/trivy`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: `{"repository":"bench/shop","branch":"main","workflow":"Workflow ${number % 4}","commit_hash":"${String(number).padStart(40, "c")}","commit_message":"Change number ${number}","actor":"ada","report":${text}}`,
    });
    if (!answer.ok) throw new Error(`the hub answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}
