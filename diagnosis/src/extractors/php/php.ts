import type { Category } from "../../categories.ts";
import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";

const fatal = /^(?:PHP )?(Fatal error|Parse error|Recoverable fatal error): {1,4}(.{1,900})$/;
const forms: readonly Form[] = [
  [/^(?<key>Errors parsing \S.{0,300})$/, "code.syntax", "likely", "PHP cannot read a file"],
  [/^(?<key>ERROR: \w{3,80} - \S.{0,300}:\d+:\d+ - .{1,400})$/, "code.typecheck", "cause", "Psalm names an error in a file"],
  [/^\S.{0,300}\.php:\d+ (?<key>(?:\[\w{1,20}\] )?Phan\w{3,80}\b.{1,400})$/, "code.typecheck", "cause", "Phan names an error in a file"],
  [/^(?<key>\[ERROR\] Found \d+ errors?)$/, "code.typecheck", "summary", "PHPStan counts errors"],
  [/^\d{1,6} \| ERROR {1,4}\| (?<key>.{1,400})$/, "code.lint", "likely", "PHP_CodeSniffer found something"],
  [/^(?<key>FOUND \d+ ERRORS?.{0,100} AFFECTING \d+ LINES?)$/, "code.lint", "summary", "PHP_CodeSniffer counts errors"],
  [/^\d{1,6}\) (?<key>\S{1,300}\.php(?: \([\w, \\/-]{3,400}\))?)$/, "code.lint", "likely", "PHP-CS-Fixer would change a file"],
  [/^(?<key>Found [1-9]\d* of \d+ files that can be fixed.{0,100})$/, "code.lint", "summary", "PHP-CS-Fixer would change files"],
  [/^⨯ (?<key>\S{1,300}\.php {1,200}.{1,200})$/, "code.lint", "likely", "Pint would change a file"],
  [/^(?<key>(?:\[OK\] )?\d+ files? would have been changed \(dry-run\).{0,60})$/, "code.lint", "likely", "Rector would change a file"],
  [
    /^(?<key>\[ERROR\] The minimum required (?:Covered Code )?MSI percentage should be .{1,200})$/,
    "policy.gate",
    "cause",
    "Infection lets too many mutants live",
  ],
  [/^(?<key>SQLSTATE\[\w{3,8}\].{1,400})$/, "unknown", "hint", "The database refused something"],
];

/** PHP's own errors, those of Symfony's and Laravel's consoles, and what checks PHP's code. */
export const php: Extractor = {
  name: "php",
  title: "PHP",
  keywords: [
    "fatal error: ",
    "parse error: ",
    "errors parsing ",
    "error: ",
    " phan",
    "[error] ",
    "| error",
    "errors affecting",
    "error affecting",
    ".php (",
    ") src/",
    ") app/",
    ") lib/",
    ") tests/",
    "can be fixed",
    "⨯ ",
    "(dry-run)",
    "sqlstate[",
    "line   ",
    ".php line ",
  ],
  open: () => (view) => {
    const text = view.line.text.trim();
    const found = fatal.exec(text);
    if (found !== null)
      return { category: categoryOfFatal(found[1] ?? "", found[2] ?? ""), strength: "likely", reason: "PHP ended with an error", key: found[2] ?? "" };
    if (/^Line {3,12}\S.{0,300}$/.test(text) && /^-{4,10} -{3,}/.test(view.at(-1)?.text.trim() ?? "")) return ofPhpStan(text, view);
    if (/^In [\w.-]{1,120}\.php line \d+:$/.test(text)) return ofConsole(view);
    return sightingIn(forms, text);
  },
};

function categoryOfFatal(kind: string, message: string): Category {
  if (kind === "Parse error" || /syntax error/.test(message)) return "code.syntax";
  if (/^Allowed memory size|^Out of memory/.test(message)) return "resource.oom";
  if (/Failed opening required '.{0,300}autoload/.test(message)) return "dependency.missing_module";
  if (/(?:Class|Interface|Trait) ["'].{1,300}["'] not found|Failed opening required/.test(message)) return "code.import_error";
  if (message.startsWith("Maximum execution time")) return "timeout.test";
  if (/undefined function (?:mb_|curl_|json_|simplexml_|gd_|image\w|bc\w|pcntl_|posix_|openssl_|intl)/.test(message)) return "env.missing_library";
  return message.startsWith("Uncaught ") ? "unknown" : "code.compile";
}

/** PHPStan's table: the file in the head, the first error two lines below. */
function ofPhpStan(text: string, { at }: View): Sighting | undefined {
  const row = findNear(at, 1, 3, /^\s{0,6}(?::?\d{1,6}|-) {1,8}(\S.{1,300})$/);
  if (row === undefined) return undefined;
  return {
    category: "code.typecheck",
    strength: "cause",
    reason: "PHPStan names an error in a file",
    offset: row.offset,
    key: `${text.slice(4).trim()} ${row.found[1]}`,
  };
}

/** `In X.php line 3:`, then the message in a box, broken at the console's width. */
function ofConsole({ at }: View): Sighting | undefined {
  const said = findNear(at, 1, 4, /^\s{1,8}(\S.{0,400})$/);
  if (said === undefined) return undefined;
  return { category: "unknown", strength: "summary", reason: "A command ended with an exception", offset: said.offset, key: said.found[1] ?? "" };
}
