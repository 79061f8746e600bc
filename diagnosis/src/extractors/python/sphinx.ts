import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";
import { exceptionIn, meaningOf } from "./exceptions.ts";

const warning = /^(?:\S.{0,300}\.(?:rst|md|py|ipynb|txt|pyx)(?::docstring of [\w.]{1,300})?(?::\d*)?: )?(?:WARNING|ERROR|CRITICAL|SEVERE): (\S.{0,600})$/;
const forms: readonly Form[] = [
  [/^ERROR {1,4}- {1,4}(?<key>Config value.{1,400})$/, "config.toolchain", "cause", "MkDocs cannot use its settings"],
  [/^(?<key>Aborted with \d+ .{1,80}!?)$/, "code.lint", "likely", "MkDocs stopped at warnings"],
  [/^(?<key>build finished with problems.{0,120})$/, "code.lint", "summary", "Sphinx counts warnings"],
];

/** Sphinx and MkDocs. */
export const sphinx: Extractor = {
  name: "sphinx",
  title: "Sphinx and MkDocs",
  keywords: [
    "treated as error",
    "extension error",
    "configuration error",
    "theme error",
    "sphinx error",
    "application error",
    "exception occurred:",
    "finished with problems",
    "warning: ",
    "error: ",
    "severe: ",
    "config value",
    "aborted with ",
  ],
  open() {
    /** The first warning; with `-W --keep-going` it decides, far below. */
    let first: { line: number; key: string } | undefined;
    return (view) => {
      const text = view.line.text.trim();
      if (/^Warning, treated as error:$/.test(text)) return treatedAsError(view);
      if (/^(?:Extension|Configuration|Theme|Sphinx|Application) error(?: \(.{1,200}\))?:/.test(text)) return ofError(text, view);
      if (/^Exception occurred:$/.test(text)) return ofException(view);
      const found = warning.exec(text);
      if (found !== null && /\.(?:rst|md|py|ipynb|txt|pyx)\b.{0,300}: (?:WARNING|ERROR|CRITICAL|SEVERE): /.test(text))
        first ??= { line: view.line.number, key: found[1] ?? "" };
      const seen = sightingIn(forms, text);
      if (seen === undefined || first === undefined || !text.startsWith("build finished with problems")) return seen;
      const offset = first.line - view.line.number;
      const told = offset >= -390 ? { offset, key: first.key } : {};
      first = undefined;
      return { category: "code.lint", strength: "likely", reason: "Sphinx treats a warning as an error", ...told };
    };
  },
};

function treatedAsError({ at }: View): Sighting {
  const said = findNear(at, 1, 4, /\S/);
  return {
    category: "code.lint",
    strength: "cause",
    reason: "Sphinx treats a warning as an error",
    ...(said === undefined ? {} : { offset: said.offset, key: said.found.input.trim().replace(/^\S{1,400}:\d*: ?/, "") }),
  };
}

function ofError(text: string, { at }: View): Sighting {
  const inline = /error(?: \(.{1,200}\))?: (\S.*)$/.exec(text)?.[1];
  const said = inline === undefined ? findNear(at, 1, 4, /\S/) : undefined;
  const message = inline ?? said?.found.input.trim() ?? "";
  const category = /No module named/.test(message)
    ? "dependency.missing_module"
    : /Could not import extension|cannot import/.test(message)
      ? "code.import_error"
      : "config.toolchain";
  return { category, strength: "cause", reason: "Sphinx cannot build the documents", ...(said === undefined ? {} : { offset: said.offset }), key: message };
}

function ofException(view: View): Sighting {
  const end = findNear(view.at, 1, 12, /^[A-Za-z_][\w.]{0,100}(?:Error|Exception)\b.*$/);
  const exception = exceptionIn(end?.found.input ?? "");
  const category = exception === null ? undefined : meaningOf(exception.name, exception.message)?.category;
  return {
    category: category ?? "tool.crash",
    strength: "likely",
    reason: "Sphinx ended with an exception",
    ...(end === undefined ? {} : { offset: end.offset, key: end.found.input }),
  };
}
