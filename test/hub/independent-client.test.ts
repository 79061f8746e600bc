import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { IntakeAnswer } from "@sentinal/contract";
import { expect, test } from "vitest";
import { z } from "zod";
import { expectedReports, hasCorpus } from "../corpus.ts";
import { startTestHub } from "../hub.ts";

const Line = z.object({ file: z.string(), answer: IntakeAnswer });

/** Beside this process: it serves the hub, so nothing here may wait without letting it run. */
async function runPython(parameters: readonly string[], environment: Record<string, string>): Promise<string | null> {
  const child = spawn("python3", parameters, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "inherit"] });
  const failed = once(child, "error").then(() => null);
  const ended = Promise.all([text(child.stdout), once(child, "close")]).then(([output, [code]]) => {
    if (code !== 0) throw new Error(`the client ended with ${String(code)}`);
    return output;
  });
  return Promise.race([failed, ended]);
}

test.skipIf(!hasCorpus)("a client that shares nothing with us posts every real Trivy report and reads the same counts", async ({ skip }) => {
  const reports = expectedReports("trivy");
  const hub = await startTestHub();
  try {
    const { token } = await hub.createToken();
    const output = await runPython([join(import.meta.dirname, "..", "independent_client.py"), hub.url, "trivy", ...reports.map((report) => report.path)], {
      SENTINAL_API_TOKEN: token,
    });
    if (output === null) skip("python3 is not there");
    const lines = (output ?? "")
      .trim()
      .split("\n")
      .map((line) => Line.parse(JSON.parse(line)));
    expect(lines).toHaveLength(reports.length);
    for (const [index, { answer }] of lines.entries()) {
      expect(answer.counts).toEqual({
        critical: 0,
        high: 0,
        medium: 0,
        low: 0,
        info: 0,
        unknown: 0,
        ...reports[index]?.by_severity,
        total: reports[index]?.total,
      });
    }
  } finally {
    await hub.close();
  }
});
