import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, inside, sightingIn, unwrap } from "./forms.ts";

const forms: readonly Form[] = [
  [
    /(?:\bld(?:\.\w+)?|\bcollect2|wasm-ld|mold|lld-link)(?:\.exe)?: (?:error: )?(?:cannot find|unable to find library|library not found for|library) '?(?<key>-l:?[\w.+-]{1,100})/,
    "env.missing_library",
    "cause",
    "The linker does not find a library",
  ],
  [/^ld: library '(?<key>[^']{1,100})' not found/, "env.missing_library", "cause", "The linker does not find a library"],
  [/^ld: framework (?:not found (?<key>\S{1,100})|'[^']{1,100}' not found)/, "env.missing_library", "cause", "The linker does not find a framework"],
  [/\bld(?:\.\w+)?(?:\.exe)?: cannot find (?<key>[^\s:]{1,200})/, "env.missing_library", "cause", "The linker does not find a file"],
  [/(?:^|[\s)])undefined reference to [`'‘"](?<key>.{1,400}?)['’"]/, "code.compile", "cause", "The linker does not find a symbol"],
  [
    /(?:\bld(?:\.\w+)?|wasm-ld|mold|lld-link): error: undefined (?:symbol|hidden symbol|protected symbol|reference)[^:]{0,60}: (?<key>.{1,400})/,
    "code.compile",
    "cause",
    "The linker does not find a symbol",
  ],
  [/^Undefined symbols(?: for architecture \w+)?:/, "code.compile", "cause", "The linker does not find a symbol"],
  [/: undefined symbol: (?<key>\S{1,300})$/, "code.compile", "hint", "A symbol is not there"],
  [/: multiple definition of [`'‘](?<key>.{1,300}?)['’]/, "code.compile", "cause", "The linker finds a symbol twice"],
  [/^(?:ld: )?(?:\d+ )?duplicate symbols?(?: for architecture)? [`'"]?(?<key>[^'"]{1,300})/, "code.compile", "cause", "The linker finds a symbol twice"],
  [/(?:ld(?:\.\w+)?|wasm-ld|mold|lld-link): error: duplicate symbol: (?<key>.{1,300})/, "code.compile", "cause", "The linker finds a symbol twice"],
  [/\brelocation truncated to fit: (?<key>.{1,300})/, "code.compile", "cause", "The linker cannot reach an address"],
  [/\bld(?:\.\w+)?: .{1,300}: (?<key>relocation .{1,200}can(?: ?not|'t) be used .{0,200})/, "code.compile", "cause", "The linker cannot use an object"],
  [/\bld(?:\.\w+)?: .{1,300}: (?<key>error adding symbols: .{1,200})/, "code.compile", "cause", "The linker cannot use a library"],
  [/\bld(?:\.\w+)?: (?<key>final link failed.{0,200}|symbol\(s\) not found.{0,100})/, "code.compile", "summary", "The linker failed"],
  [
    /\bld(?:\.\w+)?: .{0,300}(?<key>region [`'].{1,60} overflowed by \d+ bytes|will not fit in region .{1,60})/,
    "code.compile",
    "cause",
    "The program is too big for its memory",
  ],
  [
    /^ld(?:64)?: (?!warning|note)(?<key>(?:can't|could not|cannot|file not found|unknown|building for|in .{1,200},) .{1,300})/,
    "code.compile",
    "likely",
    "The linker failed",
  ],
  [/(?:\bld(?:\.\w+)|wasm-ld|mold|lld-link): (?:fatal )?error: (?<key>.{1,400})/, "code.compile", "cause", "The linker names an error"],
];

/** GNU ld, gold, lld, mold and Apple's linker. Microsoft's writes as MSBuild does. */
export const linker: Extractor = {
  name: "linker",
  title: "Linkers",
  keywords: [
    "undefined ref",
    "undefined sym",
    "cannot find -l",
    "ld: ",
    "lld: error",
    "gold: error",
    "mold: error",
    "lld-link: error",
    "multiple definition",
    "duplicate symbol",
    "relocation",
    "library not found",
  ],
  open: stateless(({ line }) => {
    if (/_?configtest|conftest|CMakeTmp|CMakeScratch|TryCompile-/.test(line.text) || /\bwarning: /.test(line.text)) return undefined;
    const { text, foreign } = unwrap(line.text);
    return inside(foreign && !isNote(line.text), sightingIn(forms, text));
  }),
};

/** Linkers indent what belongs to a message, and rustc shows all that they say below its own. */
function isNote(text: string): boolean {
  return /^\s+(?:=|\||>>>|"|[\w./-]+\.(?:o|a|so|cpp|cc|c|text))/.test(text) || /^\s+.{0,200}\bld(?:\.\w+)?: /.test(text);
}
