import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "styles", "theme.css"), "utf8");
const pairs = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map((found) => [found[1], [found[2], found[3]]] as const),
);

const grounds = ["canvas", "surface", "sunken", "raised", "selected"];
const texts = ["ink", "ink-soft", "ink-faint", "accent", "accent-hover", "good", "bad", "warn", "idle"];
const marks = ["good-mark", "bad-mark", "warn-mark", "idle-mark", "line-strong"];
/** Charts stand on these two grounds only. */
const bars = ["critical-bar", "high-bar", "medium-bar", "low-bar"].flatMap((bar) => [
  [bar, "surface"],
  [bar, "canvas"],
]);

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("the %s theme", (_name, theme) => {
  const colour = (name: string): string => {
    const value = pairs.get(name)?.[theme];
    if (value === undefined) throw new Error(`theme.css has no --${name}`);
    return value;
  };

  test.each(texts.flatMap((text) => grounds.map((ground) => [text, ground])))("shows %s on %s at 4.5:1 or better", (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([...marks.flatMap((mark) => grounds.map((ground) => [mark, ground])), ...bars])("shows %s on %s at 3:1 or better", (mark, ground) => {
    expect(contrast(colour(mark), colour(ground))).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ["on-accent", "accent"],
    ["on-accent", "accent-hover"],
    ["critical-ink", "critical-ground"],
    ["high-ink", "high-ground"],
    ["medium-ink", "medium-ground"],
    ["low-ink", "low-ground"],
    ["good", "good-soft"],
    ["bad", "bad-soft"],
    ["warn", "warn-soft"],
    ["ink", "good-soft"],
    ["ink", "bad-soft"],
    ["ink", "warn-soft"],
    ["ink-soft", "bad-soft"],
    ["ink-soft", "warn-soft"],
  ])("shows %s on %s at 4.5:1 or better", (text, ground) => {
    expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["good-mark", "bad-mark", "warn-mark", "idle-mark"])("cuts the shape out of a filled %s at 3:1 or better", (mark) => {
    expect(contrast(colour("on-mark"), colour(mark))).toBeGreaterThanOrEqual(3);
  });
});

/** Contrast of two opaque colours by WCAG 2.2, 1 to 21. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
