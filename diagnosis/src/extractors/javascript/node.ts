import type { Category } from "../../categories.ts";
import { type Extractor, type Sighting, stateless } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { above, below, type Form, readForms } from "./forms.ts";
import { categoryOfModule, missingModule } from "./module-names.ts";
import { textsOf } from "./package-prefix.ts";

const forms: readonly Form[] = [
  {
    pattern: /(?<key>FATAL ERROR: .{1,200}(?:heap out of memory|Allocation failed|JavaScript heap).*)/,
    category: "resource.oom",
    strength: "cause",
    reason: "Node.js ran out of memory",
  },
  {
    pattern: /^(?:.{0,40}: )?(?:Error: )?(?<key>error:\w{4,12}:digital envelope routines:.*unsupported.*)$/,
    category: "config.toolchain",
    strength: "likely",
    reason: "This Node.js's OpenSSL does not know what an older tool asks for",
  },
  {
    pattern: /^(?:\S{0,200}node(?:\.exe)?|\S{1,100}): (?<key>bad option: .+|\S{1,80} is not allowed in NODE_OPTIONS)$/,
    category: "config.toolchain",
    strength: "cause",
    reason: "This Node.js does not know an option",
  },
  {
    pattern: /^(?:\S{1,60}: )?sh: (?:\d{1,4}: |line \d{1,4}: )?(?<key>[\w@./-]{1,80}: (?:command )?not found)$/,
    category: "dependency.missing_module",
    strength: "likely",
    reason: "A package's command is not installed",
  },
  {
    pattern: /^(?<key>'[\w@./-]{1,80}' is not recognized as an internal or external command)/,
    category: "dependency.missing_module",
    strength: "likely",
    reason: "A command is not installed",
  },
  {
    pattern:
      /^(?<key>error: (?:unknown (?:option|command) '|missing required argument '|required option '|option '.{1,100}' argument missing|too many arguments).*|Unknown arguments?: .{1,200})$/,
    category: "config.workflow",
    strength: "likely",
    reason: "A command does not know what it is asked for",
  },
  // npm's own placeholder; some end it with `exit 0`.
  { pattern: /^"?(?<key>Error: no test specified)"?\s*$/, category: "config.workflow", strength: "summary", reason: "The package has no tests" },
];
const readForm = readForms(forms);

/** `TypeError: …`, `Error [ERR_MODULE_NOT_FOUND]: …`, `Uncaught Error: …`. */
const thrown = /^(?:\{ |\[)?(?:Uncaught |Unhandled )?((?:[A-Z][A-Za-z]{0,60})?(?:Error|Exception))(?: \[(\w{1,80})\])?: (\S.*)$/;

/** What ends Node.js itself: an error that nothing caught, a module that is not there, memory. */
export const node: Extractor = {
  name: "node",
  title: "Node.js",
  keywords: [
    "error: ",
    "error [",
    "fatal error: ",
    "digital envelope",
    "bad option: ",
    "not allowed in node_options",
    "not found",
    "is not recognized",
    "unknown argument",
    "exception: ",
  ],
  open: stateless((view) => {
    for (const text of textsOf(view.line.text)) {
      const found = thrown.exec(text);
      if (found === null) continue;
      const [, kind = "", code, message = ""] = found;
      const seen = thrownAt(kind, code, message, view);
      if (seen !== undefined) return seen;
    }
    return readForm(view);
  }),
};

function thrownAt(kind: string, code: string | undefined, message: string, view: View): Sighting | undefined {
  const uncaught = isUncaught(view);
  const missing = /^Cannot find (?:module|package) ['"]([^'"]{1,300})/.exec(message)?.[1];
  if (missing !== undefined) {
    const required = uncaught || view.at(1)?.text.startsWith("Require stack:") === true || code === "ERR_MODULE_NOT_FOUND";
    const strength = uncaught ? "cause" : required ? "likely" : "hint";
    return { category: categoryOfModule(missing), strength, reason: "Node.js found no such module", key: `Cannot find module '${missing}'` };
  }
  const category = categoryOf(kind, code, message);
  if (category === undefined && !uncaught) return undefined;
  if (!uncaught && kind === "SyntaxError") return undefined;
  return {
    category: category ?? "tool.crash",
    strength: uncaught && (category !== undefined || endsNode(view)) ? "cause" : "likely",
    reason: uncaught ? "A program ended with an error that nothing caught" : "Node.js could not load a file",
    key: `${kind}: ${message}`,
  };
}

function categoryOf(kind: string, code: string | undefined, message: string): Category | undefined {
  if (kind === "SyntaxError")
    return /Cannot use import statement|Unexpected token '?export|does not provide an export|Named export/.test(message) ? "code.import_error" : "code.syntax";
  if (
    code === "ERR_REQUIRE_ESM" ||
    code === "ERR_UNSUPPORTED_DIR_IMPORT" ||
    code === "ERR_UNKNOWN_FILE_EXTENSION" ||
    code === "ERR_PACKAGE_PATH_NOT_EXPORTED" ||
    message.startsWith("Must use import to load ES Module")
  )
    return "code.import_error";
  if (code === "ERR_OSSL_EVP_UNSUPPORTED" || /digital envelope routines/.test(message)) return "config.toolchain";
  if (
    kind === "Error" &&
    /Missing binding .{1,200}|Could not load the "sharp" module|was compiled against a different Node\.js version|invalid ELF header|cannot open shared object file/.test(
      message,
    )
  )
    return message.includes("cannot open shared object file") ? "env.missing_library" : "dependency.build";
  return missingModule(message);
}

/** `/x/a.js:12`, `node:internal/errors:496`, `file:///x/a.mjs:3`: where the line of code stands that is shown below. */
const place = /^\s{0,4}(?:(?:file:|node:|internal\/|evalmachine|module\.js|\[eval)\S{0,300}|\S{1,300}\.(?:[cm]?[jt]sx?|json|vue)):\d{1,7}$/;

/** Above an error that ended the program stand the place, the line of code, and carets below it. */
function isUncaught(view: View): boolean {
  const texts = above(view, 8);
  const carets = texts.slice(0, 4).some((text) => /^\s*\^+\s*$|triggerUncaughtException|^\s*throw \w+;/.test(text));
  return carets && texts.some((text) => place.test(textsOf(text).at(-1) ?? ""));
}

function endsNode(view: View): boolean {
  return below(view, 60).some((text) => /^Node\.js v\d+\./.test(text));
}
