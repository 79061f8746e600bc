import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkBounds, checkChangedBytes } from "../testing/hostility.ts";
import { bytesOf, readAll } from "../testing/read-all.ts";
import { oddly, oddValues, randomFrom, rewritten, seeds } from "../testing/rewriting.ts";
import { everyAnswer, hotspot, issue, issuesAnswer, webhook } from "../testing/sonarqube-answers.ts";
import { sonarqubeReader } from "./reader.ts";

const read = (content: unknown, pieceBytes?: number) => readAll(sonarqubeReader, content, pieceBytes);
const spoken = everyAnswer.map(({ name, answer }) => ({ name, text: JSON.stringify(answer) }));
test.each(spoken)("$name cut off at any byte never throws, gives no issue that the whole has not, and says so", async ({ text }) => {
  const bytes = bytesOf(text);
  const whole = (await read(bytes)).findings.map(({ toolKey, identity }) => JSON.stringify([toolKey, identity]));
  for (let end = 0; end < bytes.length; end++) {
    const { findings, problems, summary } = await read(bytes.subarray(0, end));
    if (findings.some(({ toolKey, identity }, index) => JSON.stringify([toolKey, identity]) !== whole[index]))
      expect.fail(`at byte ${end}: an issue that the whole has not`);
    if (!problems.some(({ severity }) => severity !== "warning")) expect.fail(`at byte ${end}: taken for a whole answer`);
    if (summary?.isComplete === true) expect.fail(`at byte ${end}: called complete`);
  }
});

test("issues that were read before the content is cut off are kept", async () => {
  const text = JSON.stringify({ issues: [issue, { ...issue, key: "AY-2" }, { ...issue, key: "AY-3" }], paging: { total: 3 } });
  const { findings, problems, summary } = await read(text.slice(0, text.indexOf("AY-3")));
  expect(findings.map(({ toolKey }) => toolKey)).toEqual(["AY-1", "AY-2"]);
  expect(problems).toMatchObject([{ severity: "partial", code: "cut_off" }]);
  expect(summary?.artifactScope).toBe("acme:shop");
});

test.each(spoken)("$name is read the same way in any pieces", async ({ text }) => {
  const whole = await read(text);
  for (const pieceBytes of [1, 2, 3, 13, 4_096]) expect(await read(text, pieceBytes)).toEqual(whole);
  expect(await read(`\uFEFF${text}`)).toEqual(whole);
});

test.each(spoken)("$name never makes the reader throw, whatever was done to its bytes", async ({ text }) => {
  await checkChangedBytes(sonarqubeReader, text);
});

test("any value in any place is read without an error, and what is given fits the database", async () => {
  const list = (element: fc.Arbitrary<unknown>) => fc.oneof(oddValues, fc.array(fc.oneof(oddValues, element), { maxLength: 3 }));
  const entry = fc.oneof(
    oddly(issue),
    oddly(hotspot),
    oddly(issue).map((members) => ({ ...issue, ...members })),
  );
  const rule = oddly({ name: 1, htmlDesc: 1, descriptionSections: 1 }).map((members) => ({ key: issue.rule, ...members }));
  const condition = oddly({ metricKey: 1, status: 1, errorThreshold: 1 });
  const answer = fc
    .tuple(
      list(entry),
      list(entry),
      list(oddly({ key: 1, path: 1 })),
      list(rule),
      list(condition),
      oddly({ paging: 1, total: 1, project: 1, qualityGate: 1, taskId: 1 }),
    )
    .map(([issues, hotspots, components, rules, conditions, members]) => ({ issues, hotspots, components, rules, projectStatus: { conditions }, ...members }));
  await fc.assert(
    fc.asyncProperty(fc.oneof(answer, list(entry), fc.array(answer, { maxLength: 2 })), async (content) => {
      checkBounds(await read(content));
    }),
    { numRuns: 500 },
  );
});

test("unknown members and missing optional ones change no count, no key and no identity", async () => {
  const optional = new Set(
    "textRange flows effort debt author tags creationDate updateDate type scope quickFixAvailable cleanCodeAttribute cleanCodeAttributeCategory pageIndex pageSize qualifier longName enabled components rules serverUrl analysedAt revision branch properties caycStatus ignoredConditions date sonarBaseURL hotspotKeys description langName htmlDesc".split(
      " ",
    ),
  );
  const essence = async (content: unknown) => {
    const { findings, gates, summary } = await read(content);
    const told = findings.map(({ identity, variant, toolKey, severity, severityWord, standing }) => [
      identity,
      variant,
      toolKey,
      severity,
      severityWord,
      standing,
    ]);
    return [told, gates.map(({ verdict, conditions }) => [verdict, conditions.length]), summary?.artifactScope, summary?.isComplete, summary?.isGateOnly];
  };
  for (const { answer } of everyAnswer) {
    const expected = await essence(answer);
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        expect(await essence(rewritten(answer, optional, randomFrom(seed)))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  }
});

describe("hostile content", () => {
  test("one ill-formed issue is said, and those around it are kept", async () => {
    const text = JSON.stringify({ ...issuesAnswer, issues: ["A", "B", "C"].map((key) => ({ ...issue, key })) });
    for (const wrong of ['"B",}', '"B","x":NaN', '"B\n"', '"\\x"']) {
      const { findings, problems } = await read(text.replace('"key":"B"', `"key":${wrong}`).replace(",},", "},"));
      expect(findings.map(({ toolKey }) => toolKey)).toContain("A");
      expect(problems.some(({ severity, code }) => severity === "partial" && code === "ill_formed")).toBe(true);
    }
  });

  test("entries of the wrong kind are said", async () => {
    const { findings, problems } = await read({ ...issuesAnswer, issues: [1, null, {}, issue, "x"], hotspots: "many" });
    expect(findings).toHaveLength(1);
    expect(problems.map(({ severity, code }) => `${severity} ${code}`).toSorted()).toEqual([
      "partial entry_unreadable",
      "partial wrong_type",
      "warning entry_missing",
    ]);
  });

  test("an answer too large to wait for its end is given on the way", async () => {
    const order: string[] = [];
    const entry = JSON.stringify({ ...issue, comments: "x".repeat(100_000) });
    async function* source() {
      yield bytesOf('{"issues":[');
      for (let index = 0; index < 700; index++) {
        yield bytesOf(`${index === 0 ? "" : ","}${entry}`);
        if (index === 500) order.push("500 sent");
      }
      yield bytesOf('],"components":[],"paging":{"total":700}}');
    }
    let count = 0;
    for await (const event of sonarqubeReader.read(source())) {
      if (event.type === "finding" && ++count === 1) order.push("first finding");
      if (event.type === "problem") order.push(`${event.severity} ${event.code}`);
    }
    expect(count).toBe(700);
    expect(order).toEqual(["first finding", "500 sent", "warning late_member"]);
  });

  test("names of the prototype are names like any other", async () => {
    const text = JSON.stringify({ ...issuesAnswer, rules: { constructor: { name: "x" } } }).replace('"issues"', '"__proto__":{"polluted":1},"issues"');
    const { findings } = await read(text.replace('"typescript:S1481"', '"constructor"'));
    expect(findings).toMatchObject([{ rule: "constructor", detail: { rule_name: "x" } }]);
    expect((await read([{ ...issue, rule: "__proto__" }])).findings[0]?.detail).not.toHaveProperty("rule_name");
    expect("polluted" in {}).toBe(false);
  });

  test("flows, tags and impacts are bounded, and a long detail is cut", async () => {
    const many = Array.from({ length: 10_000 }, (_unused, index) => index);
    const flows = many.slice(0, 20).map(() => ({ locations: many.slice(0, 30).map(() => ({ component: "é".repeat(2_000), msg: "é".repeat(1_000) })) }));
    checkBounds(await read([{ ...issue, flows }]));
    const [finding] = (await read([{ ...issue, tags: many.map(String), impacts: many.map(() => issue.impacts[0]) }])).findings;
    expect(finding?.detail["tags"]).toHaveLength(20);
    expect(finding?.detail["impacts"]).toHaveLength(20);
  });

  test("answers within each other are followed no deeper than the limit", async () => {
    expect((await read(`{"issues":[${"[".repeat(2_000)}`)).problems).toMatchObject([{ severity: "refused", code: "json_depth" }]);
  });

  test("nothing of a webhook becomes a link but Sonar's own pages", async () => {
    expect(JSON.stringify(await read({ ...webhook, serverUrl: "javascript:alert(1)" }))).not.toContain("javascript:");
  });
});
