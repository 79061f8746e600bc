import { describe, expect, test } from "vitest";
import { secretsObject, vulnerabilityObject } from "../testing/operator-objects.ts";
import { readAll } from "../testing/read-all.ts";
import { kubernetesReport } from "../testing/trivy-reports.ts";
import { trivyReader } from "./reader.ts";

const read = async (report: unknown) => (await readAll(trivyReader, report)).findings;

describe("in Kubernetes", () => {
  test("a finding names its namespace, kind and name, once", async () => {
    expect((await read(kubernetesReport)).map(({ target }) => target)).toEqual([
      "default/Deployment/web: nginx:1.14 (debian 9.9)",
      "default/Deployment/web",
      "ClusterRole/admin",
    ]);
  });

  test("a finding in one workload is another one than in the next", async () => {
    const renamed = JSON.parse(JSON.stringify(kubernetesReport).replaceAll('"web"', '"api"').replaceAll("Deployment/web", "Deployment/api"));
    const [one] = await read(kubernetesReport);
    const [other] = await read(renamed);
    expect(other?.identity).not.toEqual(one?.identity);
  });

  test("a finding of the operator stays the same over a roll-out and a new tag", async () => {
    const next = JSON.parse(JSON.stringify(vulnerabilityObject).replaceAll("6d4cf56db6", "7f5b6c7d8x").replace('"1.16"', '"1.17"').replaceAll("2.14", "2.15"));
    const before = await read(vulnerabilityObject);
    const after = await read(next);
    expect(after.map(({ identity }) => identity)).toEqual(before.map(({ identity }) => identity));
    expect(before.map(({ identity }) => identity)).toEqual([
      [null, null, "shop/ReplicaSet/web (nginx): library/nginx", "libssl", null, "CVE-2099-0004"],
      ["lang-pkgs", "jar", "shop/ReplicaSet/web (nginx): Java", "log4j", "app/log4j-{version}.jar", "CVE-2099-0005"],
    ]);
  });

  test("the operator's score and secret are taken over", async () => {
    const [vulnerable] = await read(vulnerabilityObject);
    expect(vulnerable).toMatchObject({
      severity: "critical",
      url: "https://avd.example/cve-2099-0004",
      detail: { cvss: { score: { v3_score: 9.8 } }, references: ["https://three.example"] },
    });
    const [exposed] = await read(secretsObject);
    expect(exposed).toMatchObject({ kind: "secret", rule: "private-key", path: "/etc/key", target: "shop/ReplicaSet/web-6d4cf56db6 (nginx): /etc/key" });
  });
});
