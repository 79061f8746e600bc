import type { Extractor, Sighting, Strength } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";

const heading = /^There (?:was|were) \d{1,6} (?:PHPUnit )?(failure|error|warning|risky test|deprecation|notice|test runner (?:warning|deprecation))s?:$/;
const entry = /^\d{1,6}\) (\S.{0,900})$/;

const forms: readonly Form[] = [
  [/^FAILED {2,4}(?<test>[\w\\]{3,300}(?: > | {1,4}).{1,600}?)(?: {2,}.{0,200})?$/, "code.test", "cause", "Pest shows a failed test"],
  [/^• (?<test>[A-Z]\w{0,100}\\[\w\\]{1,300} > .{1,600})$/, "code.test", "cause", "Pest shows a failed test"],
  [/^⨯ (?<test>(?!\S{1,300}\.php\b).{1,600}?)(?: {2,}[\d.]{1,12}s)?$/, "code.test", "likely", "Pest or PHPUnit names a failed test"],
  [/^-- FAILED: (?<test>.{1,400})$/, "code.test", "cause", "Nette Tester shows a failed test"],
  [/^FAIL (?<test>.{1,400} \[\S{1,300}\.phpt\])/, "code.test", "cause", "PHP's own runner names a failed test"],
  [/^(?<key>Error in bootstrap script: .{0,400})$/, "code.import_error", "cause", "The bootstrap of the tests failed"],
  [
    /^(?<key>(?:Cannot open (?:bootstrap script|file) ".{1,300}"|Test (?:directory|file) ".{1,300}" not found|Could not (?:read|load) ".{1,300}phpunit\S{0,20}").{0,60})$/,
    "config.workflow",
    "cause",
    "PHPUnit does not find what it was given",
  ],
  [/^(?:unrecognized option|Unknown option|option) (?<key>["'-].{1,120})$/, "config.toolchain", "likely", "PHPUnit does not know an option"],
  [/^(?<key>Tests: \d+, Assertions: \d+.{0,60}\b(?:Errors|Failures): [1-9].{0,120})$/, "code.test", "summary", "PHPUnit counts failed tests"],
  [/^Tests: {2,12}(?<key>[1-9]\d* (?:failed|errors?).{0,120})$/, "code.test", "summary", "Pest counts failed tests"],
  [/^(?<key>(?:No tests executed!|No tests found in class ".{1,200}"\.?))$/, "code.test", "summary", "PHPUnit found no test to run"],
  [
    /^(?<key>\d+ (?:scenarios?|examples?|steps?) \(.{0,80}\b[1-9]\d* (?:failed|broken|undefined).{0,80}\))$/,
    "code.test",
    "summary",
    "Behat or phpspec counts failures",
  ],
];

/** PHPUnit, Pest, Codeception, Behat, phpspec, Nette Tester. */
export const phpunit: Extractor = {
  name: "phpunit",
  title: "PHPUnit and Pest",
  keywords: [
    "there was ",
    "there were ",
    "✘ ",
    "failed  ",
    "• ",
    "⨯ ",
    "-- failed: ",
    ".phpt]",
    "bootstrap script",
    "cannot open file",
    '" not found',
    "phpunit.xml",
    "unrecognized option ",
    "unknown option ",
    'option "',
    "option '",
    "assertions: ",
    "tests:  ",
    "no tests ",
    " scenarios (",
    " scenario (",
    " examples (",
    " example (",
    "failed scenarios:",
  ],
  open: () => (view) => {
    const text = view.line.text.trim();
    const kind = heading.exec(text)?.[1];
    if (kind !== undefined) return entries(kind, view);
    if (text.startsWith("✘ ")) return ofTestdox(text, view);
    return /^--- Failed scenarios:$/.test(text) ? ofBehat(view) : sightingIn(forms, text);
  },
};

/** The numbered tests below the heading. Risky tests and warnings fail only where that is asked for. */
function entries(kind: string, { at }: View): Sighting[] {
  const strength: Strength = kind === "failure" || kind === "error" ? "cause" : "summary";
  const seen: Sighting[] = [];
  for (let offset = 1; offset <= 100; offset++) {
    const text = at(offset)?.text.trim();
    if (text === undefined || text === "--" || /^(?:FAILURES|ERRORS|WARNINGS)!$/.test(text)) break;
    const test = entry.exec(text)?.[1];
    if (test === undefined) continue;
    seen.push({ category: "code.test", strength, reason: `PHPUnit shows a ${kind}`, offset, test, key: `${test} ${at(offset + 1)?.text.trim() ?? ""}` });
  }
  return seen;
}

/** ` ✘ Name`, with what went wrong below it. */
function ofTestdox(text: string, { at }: View): Sighting | undefined {
  const said = findNear(at, 1, 3, /^\s{1,8}[│┐├] {0,4}(\S.{0,400})/);
  if (said === undefined) return undefined;
  const test = text.slice(2).trim();
  return { category: "code.test", strength: "cause", reason: "PHPUnit shows a failed test", test, key: `${test} ${said.found[1]}` };
}

function ofBehat({ at }: View): Sighting | undefined {
  const first = findNear(at, 1, 3, /^\s{1,8}(\S{1,300}\.feature:\d+)/);
  if (first === undefined) return undefined;
  return { category: "code.test", strength: "likely", reason: "Behat lists a failed scenario", offset: first.offset, key: first.found[1] ?? "" };
}
