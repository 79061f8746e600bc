import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";
import { categoryOfRubyError } from "./exceptions.ts";

/** `a.rb:3:in 'x': message (SomeError)`. */
const uncaught = /^\S.{0,400}?:\d{1,6}:in [`'].{1,300}?': (.{0,900}?) \(((?:[A-Z]\w{0,80}::){0,8}[A-Z]\w{0,80})\)$/;
const error = /^((?:[A-Z]\w{0,80}::){0,8}[A-Z]\w{0,80}(?:Error|Exception|NotFound|Timeout|Bad|Invalid))(?:: (.*))?$/;

const forms: readonly Form[] = [
  [/^\S.{0,400}\.(?:rb|rake|ru|gemspec):\d+: (?<key>syntax errors?(?:,| found).{0,400})$/, "code.syntax", "likely", "Ruby cannot read a file"],
  [
    /^\S.{0,400}:\d+:\d+: [CWEFR]: (?:\[\w{1,30}\] )?(?<key>[A-Z]\w{1,40}\/\w{1,80}(?:\/\w{1,80})?: .{1,600})$/,
    "code.lint",
    "likely",
    "RuboCop found something",
  ],
  [/^\S.{0,400}:\d+:\d+: [EF]: (?:\[\w{1,30}\] )?(?<key>Lint\/Syntax.{1,600})$/, "code.syntax", "likely", "RuboCop cannot read a file"],
  [/^\S.{0,400}\.(?:rb|rake|ru|gemspec):\d+:\d+: (?<key>(?:[A-Z]\w{1,40}\/)?[A-Z]\w{1,80}: .{1,600})$/, "code.lint", "likely", "Standard found something"],
  [
    /^(?<key>(?:Layout|Style|Lint|Metrics|Naming|Rails|RSpec|Security|Performance|Bundler|Gemspec|Minitest)\/\w{1,80}: .{1,600})$/,
    "code.lint",
    "likely",
    "RuboCop found something",
  ],
  [/^\S.{0,300}\.(?:haml|slim|erb):\d+ \[[WE]\] (?<key>.{1,400})$/, "code.lint", "likely", "A linter of templates found something"],
  [/^(?<key>\d+ files? inspected, [1-9]\d* offenses? detected.{0,100})$/, "code.lint", "summary", "RuboCop counts offenses"],
  [/^\S.{0,400}\.rbi?:\d+: (?<key>.{1,600} https:\/\/srb\.help\/\d+)$/, "code.typecheck", "cause", "Sorbet names an error in a file"],
  [/^\S.{0,400}\.rb:\d+:\d+: \[error\] (?<key>.{1,600})$/, "code.typecheck", "cause", "Steep names an error in a file"],
  [/^(?:jekyll \S{1,20} \| {1,4})(?:Error|ERROR): {1,4}(?<key>.{1,400})$/, "code.compile", "likely", "Jekyll could not build the site"],
  [/^(?<key>Liquid Exception: .{1,400})$/, "code.compile", "likely", "Jekyll could not build a page"],
  [/^(?<key>HTML-Proofer found \d+ failures?.{0,60})/, "code.lint", "summary", "HTML-Proofer counts failures"],
  [/^Security Warnings: (?<key>[1-9]\d*)$/, "code.lint", "summary", "Brakeman counts warnings"],
  [/^(?<key>Migrations are pending.{0,200})$/, "code.test", "likely", "The database lacks migrations"],
];

/** Ruby's own errors, Rake, and what checks Ruby's code. */
export const ruby: Extractor = {
  name: "ruby",
  title: "Ruby, Rake, RuboCop",
  keywords: [
    ":in `",
    ":in '",
    "aborted!",
    "syntax error",
    ": c: ",
    ": w: ",
    ": e: ",
    ": f: ",
    ": r: ",
    ".rb:",
    "style/",
    "layout/",
    "lint/",
    ".haml:",
    ".slim:",
    ".erb:",
    "offense",
    "jekyll ",
    "liquid exception",
    "html-proofer found",
    "security warnings: ",
    "migrations are pending",
  ],
  open: () => (view) => {
    const text = view.line.text.trim();
    if (/^(?:\S{0,100}[\\/])?(?:rake|rails) aborted!$/.test(text)) return ofRake(view);
    const found = uncaught.exec(text);
    if (found === null) return sightingIn(forms, text);
    const [, message = "", name = ""] = found;
    return {
      category: categoryOfRubyError(name, message),
      strength: "likely",
      reason: "Ruby ended with an exception",
      key: `${name} ${message}`,
      ...transience(message),
    };
  },
};

/** What stands below says why; a command that failed said so itself. */
function ofRake({ at }: View): Sighting {
  const said = findNear(at, 1, 3, /\S/);
  const message = said?.found.input.trim() ?? "";
  const found = error.exec(message);
  const words = said === undefined ? {} : { offset: said.offset, key: message };
  if (message === "" || /^Command failed with status|^Tests? failed|failed$/.test(message))
    return { category: "unknown", strength: "symptom", reason: "Rake stopped" };
  if (message.startsWith("Don't know how to build task"))
    return { category: "config.workflow", strength: "cause", reason: "Rake does not know a task", ...words };
  const category = found === null ? "unknown" : categoryOfRubyError(found[1] ?? "", found[2] ?? at((said?.offset ?? 0) + 1)?.text ?? "");
  return { category, strength: "likely", reason: "A task of Rake failed", ...words, ...transience(message) };
}

function transience(message: string): { transient?: "possible" } {
  return /onnection|imed? ?out|getaddrinfo/.test(message) ? { transient: "possible" } : {};
}
