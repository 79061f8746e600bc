import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Evidence } from "./evidence.ts";
import { pairUp } from "./pairing.ts";
import { type Known, outcomeOf } from "./states.ts";

function known(id: number, identity: string, variant = "", own: Known["own"] = "open", ground: Known["ground"] = null): Known {
  return { id, identity, ordinal: id, variant, line: null, place: null, contentHash: "", own, ground, dismissedBy: null };
}

function came(identity: string, variant = ""): Evidence {
  return { identity, variant, line: null, place: null };
}

describe("pairing findings within equal identities", () => {
  test("a finding pairs with the one of its identity and nothing else", () => {
    expect(pairUp([came("b")], [known(1, "a"), known(2, "b")])).toEqual([1]);
  });

  test("equal identities pair by version before they pair by order", () => {
    expect(pairUp([came("a", "2.0"), came("a", "1.0")], [known(1, "a", "1.0"), known(2, "a", "2.0")])).toEqual([1, 0]);
  });

  test("a package that was raised and is still vulnerable stays the same finding", () => {
    expect(pairUp([came("a", "1.1")], [known(1, "a", "1.0")])).toEqual([0]);
  });

  test("one that is open is taken before one that was fixed", () => {
    expect(pairUp([came("a", "3")], [known(1, "a", "1", "fixed"), known(2, "a", "2", "open")])).toEqual([1]);
  });

  test("what earlier batches of the report took is not taken again", () => {
    const taken = new Set<number>();
    expect(pairUp([came("a")], [known(1, "a")], taken)).toEqual([0]);
    expect(pairUp([came("a")], [known(1, "a")], taken)).toEqual([-1]);
  });

  test("pairs are one to one, within the identity, and as many as there can be", () => {
    const identity = fc.constantFrom("a", "b", "c");
    const variant = fc.constantFrom("1", "2");
    fc.assert(
      fc.property(
        fc.array(fc.record({ identity, variant }), { maxLength: 12 }),
        fc.array(fc.tuple(identity, variant, fc.constantFrom("open" as const, "fixed" as const)), { maxLength: 12 }),
        (report, rows) => {
          const incoming = report.map((one) => came(one.identity, one.variant));
          const list = rows.map(([name, version, state], index) => known(index + 1, name, version, state));
          const partners = pairUp(incoming, list);
          const made = partners.filter((partner) => partner !== -1);
          expect(new Set(made).size).toBe(made.length);
          for (const [index, partner] of partners.entries()) if (partner !== -1) expect(list[partner]?.identity).toBe(incoming[index]?.identity);
          for (const name of ["a", "b", "c"]) {
            const most = Math.min(incoming.filter((one) => one.identity === name).length, list.filter((one) => one.identity === name).length);
            expect(made.filter((partner) => list[partner]?.identity === name).length).toBe(most);
          }
        },
      ),
    );
  });

  test("a report in another order gives the same pairs of identity and version", () => {
    const report = fc.uniqueArray(fc.record({ identity: fc.constantFrom("a", "b", "c"), variant: fc.constantFrom("1", "2", "3") }), {
      selector: (one) => `${one.identity} ${one.variant}`,
    });
    fc.assert(
      fc.property(report, (entries) => {
        const incoming = entries.map((one) => came(one.identity, one.variant));
        const list = incoming.map((one, index) => known(index + 1, one.identity, one.variant));
        expect(pairUp(incoming.toReversed(), list)).toEqual(incoming.map((_one, index) => index).toReversed());
      }),
    );
  });
});

describe("what a sighting means", () => {
  const open = { state: "open", dismissedBy: null } as const;

  test("what was not known is new, what was fixed is reopened, what was open is unchanged", () => {
    expect([null, "fixed" as const, "open" as const].map((state) => outcomeOf({ state, dismissedBy: null }, "open"))).toEqual([
      { change: "new", ...open },
      { change: "reopened", ...open },
      { change: "unchanged", ...open },
    ]);
  });

  test("what a person dismissed stays so, whatever the tool says", () => {
    for (const standing of ["open", "dismissed"] as const)
      expect(outcomeOf({ state: "dismissed", dismissedBy: "user" }, standing)).toEqual({ change: "unchanged", state: "dismissed", dismissedBy: "user" });
  });

  test("what the tool dismisses is dismissed, and open again once it no longer does", () => {
    const dismissed = { state: "dismissed", dismissedBy: "tool" } as const;
    expect(outcomeOf({ state: null, dismissedBy: null }, "dismissed")).toEqual({ change: "new", ...dismissed });
    expect(outcomeOf({ state: "open", dismissedBy: null }, "dismissed")).toEqual({ change: "unchanged", ...dismissed });
    expect(outcomeOf(dismissed, "dismissed")).toEqual({ change: "unchanged", ...dismissed });
    expect(outcomeOf(dismissed, "open")).toEqual({ change: "reopened", ...open });
  });
});
