import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeOf, type Incoming, type Known, pairByIdentity, stateAfterSighting } from "./matching.ts";

function known(id: number, identity: string, variant = "", own: Known["own"] = "open", ground: Known["ground"] = null): Known {
  return { id, identity, ordinal: id, variant, contentHash: "", own, ground };
}

describe("pairing findings within equal identities", () => {
  test("a finding pairs with the one of its identity and nothing else", () => {
    expect(pairByIdentity([{ identity: "b", variant: "" }], [known(1, "a"), known(2, "b")])).toEqual([1]);
  });

  test("equal identities pair by version before they pair by order", () => {
    const incoming: Incoming[] = [
      { identity: "a", variant: "2.0" },
      { identity: "a", variant: "1.0" },
    ];
    expect(pairByIdentity(incoming, [known(1, "a", "1.0"), known(2, "a", "2.0")])).toEqual([1, 0]);
  });

  test("a package that was raised and is still vulnerable stays the same finding", () => {
    expect(pairByIdentity([{ identity: "a", variant: "1.1" }], [known(1, "a", "1.0")])).toEqual([0]);
  });

  test("one that is open is taken before one that was fixed", () => {
    expect(pairByIdentity([{ identity: "a", variant: "3" }], [known(1, "a", "1", "fixed"), known(2, "a", "2", "open")])).toEqual([1]);
  });

  test("what earlier batches of the report took is not taken again", () => {
    const taken = new Set<number>();
    expect(pairByIdentity([{ identity: "a", variant: "" }], [known(1, "a")], taken)).toEqual([0]);
    expect(pairByIdentity([{ identity: "a", variant: "" }], [known(1, "a")], taken)).toEqual([-1]);
  });

  test("pairs are one to one, within the identity, and as many as there can be", () => {
    const identity = fc.constantFrom("a", "b", "c");
    const variant = fc.constantFrom("1", "2");
    fc.assert(
      fc.property(
        fc.array(fc.record({ identity, variant }), { maxLength: 12 }),
        fc.array(fc.tuple(identity, variant, fc.constantFrom("open" as const, "fixed" as const)), { maxLength: 12 }),
        (incoming, rows) => {
          const list = rows.map(([name, version, state], index) => known(index + 1, name, version, state));
          const partners = pairByIdentity(incoming, list);
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
      fc.property(report, (incoming) => {
        const list = incoming.map((one, index) => known(index + 1, one.identity, one.variant));
        expect(pairByIdentity(incoming.toReversed(), list)).toEqual(incoming.map((_one, index) => index).toReversed());
      }),
    );
  });
});

describe("what a sighting means", () => {
  test("nothing known is new, fixed is reopened, all else is unchanged", () => {
    expect([null, "fixed" as const, "open" as const, "dismissed" as const].map(changeOf)).toEqual(["new", "reopened", "unchanged", "unchanged"]);
  });

  test("a dismissed finding stays dismissed when it is seen again", () => {
    expect(stateAfterSighting("dismissed")).toBe("dismissed");
    expect(stateAfterSighting("fixed")).toBe("open");
  });
});
