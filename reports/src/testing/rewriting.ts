import fc from "fast-check";

export type Random = () => number;

/** Names that no report has, some of them close to those of reports. */
const unknownNames = ["__proto__", "constructor", "toString", "Messages", "TEST", "result", "x\u0000", "", "newInVersion9"];

/** Numbers from 0 to 1 that a test can repeat. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Seeds for `randomFrom`. */
export const seeds: fc.Arbitrary<number> = fc.integer({ min: 0, max: 2 ** 31 });

/** Writes JSON with the members of every object in another order, unknown ones added, and optional ones left out. */
export function rewritten(value: unknown, optional: ReadonlySet<string>, random: Random): string {
  if (Array.isArray(value)) return `[${value.map((element) => rewritten(element, optional, random)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const kept = Object.entries(value).filter(([name, member]) => member !== undefined && !(optional.has(name) && random() < 0.3));
  const members = kept.map(([name, member]) => `${JSON.stringify(name)}:${rewritten(member, optional, random)}`);
  while (random() < 0.3) {
    const name = unknownNames[Math.floor(random() * unknownNames.length)] ?? "";
    members.push(`${JSON.stringify(name)}:${random() < 0.5 ? "null" : '[{"messages":[{"ruleId":"x"}],"tests":[{"name":"y","status":"failed"}]},"z"]'}`);
  }
  const order = members.map((member) => ({ member, at: random() })).toSorted((one, other) => one.at - other.at);
  return `{${order.map(({ member }) => member).join(random() < 0.5 ? "," : " ,\n")}}`;
}

/** Any JSON, and what is likelier to break a reader. */
export const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "binary" }),
  fc.constantFrom("a\u0000b", "\ud800", "x".repeat(70_000), -1, 0, 1e308, "1", "__proto__", "constructor", "\u001b[31mred\u001b[0m", true, null),
);

/** An object of the same members with odd values, some of them missing. */
export function oddly(entry: object): fc.Arbitrary<object> {
  return fc.record(Object.fromEntries(Object.keys(entry).map((name) => [name, oddValues])), { requiredKeys: [] });
}
