import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { network } from "./network.ts";

describe("servers that do not answer", () => {
  test.each([
    ["Error: getaddrinfo EAI_AGAIN registry.example.com", "infra.network"],
    ["requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='example.com', port=443): Read timed out.", "infra.network"],
    ['Get "https://example.com/": dial tcp: lookup example.com: i/o timeout', "infra.network"],
    ["urllib.error.HTTPError: HTTP Error 503: Service Unavailable", "infra.network"],
    ["HttpError: API rate limit exceeded for user ID 1.", "infra.rate_limit"],
  ])("%s, as the last words, is told as %s and may be run again", (line, category) => {
    expect(diagnoseStep(line)).toMatchObject({ category, rerun: true });
  });

  it("are no reason for another run where the job should have started them itself", () => {
    expect(diagnoseStep("Error: connect ECONNREFUSED 10.1.2.3:5432").rerun).toBe(false);
    expect(sightingsOf(network, "Error: connect ECONNREFUSED 127.0.0.1:5432\n##[error]Process completed with exit code 1.\n")).toEqual([]);
  });

  it("are not told where the command went on, tried again, or a test speaks of them", () => {
    const output = [
      "Error: getaddrinfo ENOTFOUND example.com",
      ..."working ".repeat(20).split(" "),
      "getaddrinfo ENOTFOUND example.com, will retry in 5 seconds",
      "    at x: connect ETIMEDOUT 1.2.3.4:443",
      "expected 429 Too Many Requests",
      "##[error]Process completed with exit code 1.",
    ];
    expect(sightingsOf(network, `${output.join("\n")}\n`)).toEqual([]);
  });

  it("are no reason to try again where the name is that of a container beside", () => {
    expect(diagnoseStep("dial tcp: lookup postgres on 127.0.0.11:53: no such host")).toMatchObject({ category: "infra.network", rerun: false });
    expect(diagnoseStep("dial tcp: lookup proxy.golang.org on 10.0.0.2:53: no such host")).toMatchObject({ category: "infra.network", rerun: true });
  });

  it("are told by an answer of GitHub's alone", () => {
    expect(sightingsOf(network, '  "message": "API rate limit exceeded for user ID 1.",\n')).toMatchObject([
      { category: "infra.rate_limit", strength: "likely" },
    ]);
  });
});
