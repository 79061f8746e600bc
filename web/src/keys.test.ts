import { describe, expect, test } from "vitest";
import { bindingFor, keyName, keyWords } from "./keys.ts";

const press = (key: string, over: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean }> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...over,
});
const onPage = { isTyping: false, isInDialog: false };

test("Ctrl and ⌘ mean the same, and capitals are letters", () => {
  expect(keyName(press("k", { ctrlKey: true }))).toBe("Mod+k");
  expect(keyName(press("K", { metaKey: true }))).toBe("Mod+k");
  expect(keyName(press("J"))).toBe("j");
  expect(keyName(press("?"))).toBe("?");
});

test("a key of the browser's own is not taken", () => {
  expect(bindingFor([{ key: "j" }], press("j", { ctrlKey: true }), onPage)).toBeUndefined();
  expect(bindingFor([{ key: "j" }], press("j", { altKey: true }), onPage)).toBeUndefined();
});

describe("a key press", () => {
  const bindings = [
    { key: "Escape", what: "page" },
    { key: "/", what: "filter" },
    { key: "Mod+k", what: "palette" },
    { key: "Escape", what: "panel" },
  ];

  test("is for the nearest", () => {
    expect(bindingFor(bindings, press("Escape"), onPage)?.what).toBe("panel");
  });
  test("in a text field is text, but for the palette and Esc", () => {
    const place = { isTyping: true, isInDialog: false };
    expect(bindingFor(bindings, press("/"), place)).toBeUndefined();
    expect(bindingFor(bindings, press("k", { metaKey: true }), place)?.what).toBe("palette");
    expect(bindingFor(bindings, press("Escape"), place)?.what).toBe("panel");
  });
  test("in a dialog is the dialog's", () => {
    expect(bindingFor(bindings, press("Escape"), { isTyping: false, isInDialog: true })).toBeUndefined();
  });
});

test("keys are written as the machine's keyboard has them", () => {
  expect([keyWords("Mod+k", true), keyWords("Mod+k", false), keyWords("Escape", false), keyWords("j", false)]).toEqual(["⌘ K", "Ctrl K", "Esc", "j"]);
});
