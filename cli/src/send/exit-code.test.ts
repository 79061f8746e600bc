import { describe, expect, test } from "vitest";
import type { GateVerdict, Outcome } from "@sentinal/send";
import { exitCodeFor } from "./exit-code.ts";

const common = { name: "a.json", formatName: null };
const unreachable: Outcome = { ...common, kind: "unreachable", reason: "" };
const refused: Outcome = { ...common, kind: "refused", refusal: { status: 401, title: "", problem: null } };
const unreadable: Outcome = { ...common, kind: "unreadable", reason: "" };

function codeOf(outcomes: readonly Outcome[], gate: GateVerdict, ...asked: ("strict" | "gate")[]): number {
  return exitCodeFor(outcomes, gate, { isStrict: asked.includes("strict"), isGate: asked.includes("gate") });
}

describe("the exit code", () => {
  test("is that of the gravest outcome", () => {
    expect(codeOf([unreachable, unreadable, refused], "failed", "strict", "gate")).toBe(3);
    expect(codeOf([unreachable, unreadable], "failed", "strict", "gate")).toBe(2);
    expect(codeOf([unreachable], "unknown", "strict", "gate")).toBe(4);
    expect(codeOf([unreachable], "unknown")).toBe(0);
  });

  test("tells of the gate only where it is asked for", () => {
    expect(codeOf([], "failed")).toBe(0);
    expect(codeOf([], "failed", "strict")).toBe(0);
    expect(codeOf([], "failed", "gate")).toBe(5);
    for (const kept of ["passed", "none"] as const) expect(codeOf([], kept, "gate", "strict")).toBe(0);
  });

  test("takes a verdict that is not known for none, and for a failure where all must be known", () => {
    expect(codeOf([], "unknown", "gate")).toBe(0);
    expect(codeOf([], "unknown", "gate", "strict")).toBe(5);
  });
});
