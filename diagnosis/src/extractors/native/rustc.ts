import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { findNear, sighting, unwrap } from "./forms.ts";

const heading = /^error(?:\[(?<code>E\d{4})\])?: (?<message>\S.{0,1000})$/;
const arrow = /^\s{0,12}(?:-->|:::) (?<file>[^:]{1,300}\.(?:rs|rs\.in|toml)|<[^>]{1,60}>):\d+:\d+/;
/** What rustc's lints and clippy say below a finding. */
const lint =
  /#\[deny\(|= note: `?(?:#\[deny|-D |`-D|`?#\[forbid)|-D clippy::|rust-clippy|= note: requested on the command line with `-D|implied by `-D warnings`/;
const missingLibrary =
  /cannot find -l|library not found for -l|library '[^']+' not found|unable to find library|LNK1181|LNK1104|could not find native static library/;
const syntax =
  /^(?:expected .{0,100}, found |expected one of |unexpected closing delimiter|this file contains an unclosed delimiter|mismatched closing delimiter|unterminated |unknown start of token|expected (?:expression|item|identifier|pattern|type)|prefix `|unexpected token)/;

/** rustc and clippy; both name the place in the line below the error. Short messages hold it themselves. */
export const rustc: Extractor = {
  name: "rustc",
  title: "rustc and clippy",
  keywords: ["error[e", "error: ", ".rs:", "unexpectedly panicked"],
  open() {
    return (view) => {
      const { text, foreign } = unwrap(view.line.text);
      const short = /^(?<file>[^:\s]{1,300}\.rs):\d+:\d+: error(?:\[E\d{4}\])?: (?<message>.{1,600})$/.exec(text)?.groups;
      if (short !== undefined)
        return sighting(foreign ? "dependency.build" : "code.compile", "cause", "rustc names an error in a file", { key: short["message"] });
      const found = heading.exec(text)?.groups;
      if (found === undefined)
        return /^(?:error: )?(?:the compiler unexpectedly panicked|internal compiler error)/.test(text)
          ? sighting("tool.crash", "cause", "rustc itself failed")
          : undefined;
      return errorOf(found["code"], found["message"] ?? "", view);
    };
  },
};

function errorOf(code: string | undefined, message: string, view: View): Sighting | undefined {
  const { at } = view;
  if (/^(?:could not compile|aborting due to)/.test(message)) return undefined;
  if (/^(?:internal compiler error|the compiler unexpectedly panicked)/.test(message))
    return sighting("tool.crash", "cause", "rustc itself failed", { key: message });
  if (message.startsWith("linking with `")) return linkError(message, view);
  if (message.startsWith("linker `")) return sighting("config.toolchain", "cause", "There is no linker", { key: message });
  if (code === "E0463" && /`(?:std|core|alloc|test|proc_macro)`/.test(message))
    return sighting("config.toolchain", "cause", "The toolchain's target is not installed", { key: message });
  if (code === "E0514" || code === "E0460" || /^incompatible (?:version of )?rustc/.test(message))
    return sighting("config.toolchain", "cause", "Crates were compiled by another rustc", { key: message });
  const below = arrowBelow(at);
  // Without a place: rustc's code tells it, or an attribute of the whole crate; anything else is cargo's.
  if (below === undefined && code === undefined) return undefined;
  const file = below?.found.groups?.["file"] ?? "";
  if (file.endsWith(".toml"))
    return /(?:Cargo|rust-toolchain|clippy|deny|config)\.toml$/.test(file)
      ? sighting("config.workflow", "cause", "cargo cannot read a manifest", { key: message })
      : undefined;
  const key = code === undefined ? message : `${code} ${message}`;
  if (/\.cargo[\\/]registry|[\\/]git[\\/]checkouts[\\/]/.test(file)) return sighting("dependency.build", "cause", "A crate does not compile", { key });
  if (message.startsWith("Undefined Behavior: ")) return sighting("code.test", "cause", "Miri found undefined behaviour", { key });
  if (code === undefined && isLint(view)) return sighting("code.lint", "cause", "A lint that is denied names a place in a file", { key });
  if (code === undefined && syntax.test(message)) return sighting("code.syntax", "cause", "rustc cannot read a file", { key });
  return sighting("code.compile", "cause", "rustc names an error in a file", { key });
}

/** The place of an error: a message may have several lines, and the next error has a place of its own. */
function arrowBelow(at: View["at"]): { readonly found: RegExpExecArray } | undefined {
  for (let offset = 1; offset <= 8; offset++) {
    const text = at(offset)?.text;
    if (text === undefined || /^(?:error|warning)[:[]|^\s*(?:Compiling|Checking|Finished|Caused by)\b/.test(text)) return undefined;
    const found = arrow.exec(text);
    if (found !== null) return { found };
  }
  return undefined;
}

/** Notes of an error stand before the blank line that ends it. */
function isLint({ at }: View): boolean {
  for (let offset = 2; offset <= 60; offset++) {
    const text = at(offset)?.text;
    if (text === undefined || heading.test(text) || /^(?:warning|error)[:[]/.test(text)) return false;
    if (lint.test(text)) return true;
    if (text.trim() === "" && offset > 3) return false;
  }
  return false;
}

function linkError(message: string, { at }: View): Sighting {
  const missing = findNear(at, 1, 60, missingLibrary);
  return sighting(missing === undefined ? "code.compile" : "env.missing_library", "cause", "The linker failed", {
    key: `${message} ${missing?.found[0] ?? ""}`,
  });
}
