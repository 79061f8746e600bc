import type { Extractor, Sighting } from "../../extractor.ts";
import { type Form, sightingIn } from "../native/forms.ts";

/** `a.py:4: error: …  [code]` of mypy, with a column or without. */
const mypy = /^(?:\[\w{1,20}\] )?(\S.{0,300}?\.(?:pyi?|ipynb))(?::\d+){1,4}: error: (.{1,900})$/;
const codes = /\s{1,4}\[([\w-]{2,60})\]$/;

const forms: readonly Form[] = [
  [/^\S.{0,300}\.pyi?:\d+:\d+ - error:? (?:TS)?(?<key>.{1,600})$/, "code.typecheck", "likely", "Pyright names an error in a file"],
  [
    /^(?:ERROR:\S{0,40} )?File "\S.{0,300}\.pyi?", line \d+, in .{1,200}: (?<key>.{1,400} \[[a-z-]{3,40}\])$/,
    "code.typecheck",
    "likely",
    "pytype names an error in a file",
  ],
  [/^\S.{0,300}\.pyi?:\d+:\d+:? (?<key>[A-Z][\w ]{3,60} \[\d{1,3}\]: .{1,400})$/, "code.typecheck", "likely", "Pyre names an error in a file"],
  [/^(?<key>Found \d+ errors? in \d+ files? \(.{1,60}\))$/, "code.typecheck", "summary", "mypy counts errors"],
  [/^(?<key>[1-9]\d* errors?, \d+ warnings?(?:, \d+ (?:informations?|notes?))?)\s*$/, "code.typecheck", "summary", "Pyright counts errors"],
  [/^(?<key>mypy: (?:can't read file|error: ).{1,300})$/, "config.toolchain", "likely", "mypy cannot work with what it was given"],
];

/** mypy, Pyright, pytype, Pyre, ty. `likely` only: teams run these beside their tests and let them fail. */
export const pythonTypecheck: Extractor = {
  name: "python-typecheck",
  title: "mypy, Pyright, pytype",
  keywords: [": error: ", " - error", '.py", line', ".py:", "errors in ", "error in ", "mypy: ", " errors, ", "1 error, ", "--> "],
  open:
    () =>
    ({ line, at }) => {
      const text = line.text.trim();
      // A test's name.
      if (text.includes(".py::")) return undefined;
      if (text.startsWith("--> ")) return ofTy(at(-1)?.text.trim() ?? "");
      const found = mypy.exec(text);
      if (found === null) return sightingIn(forms, text);
      const message = found[2] ?? "";
      if (message.startsWith("INTERNAL ERROR")) return { category: "tool.crash", strength: "likely", reason: "mypy itself failed", key: message };
      const isSyntax = codes.exec(message)?.[1] === "syntax" || /^invalid syntax\b/.test(message);
      return { category: isSyntax ? "code.syntax" : "code.typecheck", strength: "likely", reason: "mypy names an error in a file", key: message };
    },
};

function ofTy(above: string): Sighting | undefined {
  const found = /^error\[([a-z][a-z-]{3,60})\]:? (.{1,400})$/.exec(above);
  if (found === null) return undefined;
  return { category: "code.typecheck", strength: "likely", reason: "ty names an error in a file", offset: -1, key: `${found[1]} ${found[2]}` };
}
