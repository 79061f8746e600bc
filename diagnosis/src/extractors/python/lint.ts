import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";

/**
 * Findings are `likely` only: with `--exit-zero` or `|| true` they stand in front of the tests that failed.
 * `a.py:1:2: F401 'os' imported but unused`, of flake8, pycodestyle, Ruff, deptry; with Black's and isort's plugins too.
 */
const finding = /^(?:\[\w{1,20}\] )?(\S.{0,300}?\.(?:pyi?|pyx|pxd|ipynb)(?::cell \d+)?):(\d+):(?:(\d+):)? \[?([A-Z]{1,5}\d{2,5})\]?:? (.{1,600})$/;
/** pylint's: `a.py:1:0: C0114: Missing module docstring (missing-module-docstring)`, and `C:  1, 0: …` of its first versions. */
const pylint = /^(?:\S.{0,300}?:\d+:(?:\d+:)? |)\[?([CRWEFI])(\d{4})(?:\(([\w-]{3,60})\)|):? ?(.{1,600})$/;
const pylintOld = /^([CRWEF]): {0,4}\d+, {0,3}\d+: (.{1,400} \(([\w-]{3,60})\))$/;

/** The first line of Ruff's long form; the place stands on the next. */
const ruff = /^(?:error\[)?(?:[A-Z]{1,5}\d{3,5}|invalid-syntax|unformatted)\]?(?:\[.{0,60}\])?:? (?:\[\*\] )?\S.{1,400}$/;

const forms: readonly Form[] = [
  [/^(?:##\[error\])?(?<key>would reformat \S.{0,300}|Would reformat: \S.{0,300})$/, "code.lint", "likely", "A file is not formatted"],
  [/^error: (?<key>cannot format \S.{0,600})$/, "code.syntax", "likely", "Black cannot read a file"],
  [/^ERROR: (?<key>\S.{0,300} Imports are incorrectly sorted.{0,60})$/, "code.lint", "likely", "isort would sort the imports of a file"],
  [/^>> Issue: (?<key>\[[BM]\d{3}.{1,300})$/, "code.lint", "likely", "Bandit found something"],
  [/^\+\+\+ (?<key>\S.{0,300}\s\(reformatted\))$/, "code.lint", "likely", "YAPF would format a file"],
  [/^(?<key>\S.{0,300}\.py:\d+: unused .{1,200} \(\d+% confidence\))$/, "code.lint", "likely", "Vulture found something unused"],
  [
    /^\S.{0,300}\.py:\d+:(?:\d+:?)? (?<key>(?:'.{1,200}' imported but unused|redefinition of unused|undefined name|local variable '.{1,100}' is assigned to but never used|unable to detect undefined names).{0,200})$/,
    "code.lint",
    "likely",
    "pyflakes found something",
  ],
  [/^(?<key>\S.{0,300}: Unused imports\/variables detected)$/, "code.lint", "likely", "autoflake found something unused"],
  [/^(?<key>RESULT: FAILED \(minimum: .{1,60})/, "policy.gate", "likely", "interrogate misses docstrings"],
  [/^(?<key>lists of files in version control and sdist do not match!?)/, "code.lint", "likely", "check-manifest found a difference"],
  [/^\S{1,300}\.(?:rst|txt|md):\d+: (?<key>D\d{3} .{1,200})$/, "code.lint", "likely", "doc8 found something"],
  [/^\S{1,300}\.rst:\d+: \((?:ERROR|SEVERE)\/[34]\) (?<key>.{1,300})$/, "code.lint", "likely", "rstcheck found something"],
  [/^\S.{0,300}\.py:\S{1,200}:\d+: (?<key>[A-Z]{3}\d{3} .{1,300})$/, "code.lint", "likely", "darglint found something"],
  [
    /^(?<key>(?:Oh no! .{0,12}|\d+ files? would be reformatted\b.{0,120}|\d+ files? would fail to reformat.{0,60}))$/,
    "code.lint",
    "summary",
    "Black counts files",
  ],
  [/^(?<key>Found \d+ errors?(?: \(.{1,80}\))?\.)$/, "code.lint", "summary", "Ruff counts findings"],
  [/^(?<key>Your code has been rated at .{1,80})$/, "code.lint", "hint", "pylint rates the code"],
];

/** flake8, pycodestyle, pydocstyle, pylint, Ruff, Black, isort, Bandit and their like. */
export const pythonLint: Extractor = {
  name: "python-lint",
  title: "flake8, pylint, Ruff, Black and other linters",
  keywords: [
    ".py:",
    ".pyi:",
    ".pyx:",
    ".ipynb:",
    "would reformat",
    "cannot format",
    "incorrectly sorted",
    ">> issue: ",
    "(reformatted)",
    "imported but unused",
    "unused imports",
    "result: failed",
    "sdist do not match",
    ".rst:",
    "--> ",
    "be reformatted",
    "to reformat",
    "oh no!",
    "errors.",
    "error.",
    "been rated at",
    "************* module",
  ],
  open: () => (view) => {
    const text = view.line.text.trim();
    // A test's name.
    if (text.includes(".py::")) return undefined;
    // Ruff's long form: the place stands below the finding.
    if (text.startsWith("--> ")) return ofRuff(view);
    const found = finding.exec(text);
    if (found !== null) return ofFinding(found[4] ?? "", found[5] ?? "");
    const linted = /\.py:\d/.test(text) ? pylint.exec(text) : null;
    if (linted !== null && /[a-z]/.test(linted[4] ?? linted[3] ?? "")) return ofFinding(`${linted[1]}${linted[2]}`, `${linted[3] ?? ""} ${linted[4] ?? ""}`);
    if (text.startsWith("************* Module")) return ofOldPylint(view);
    if (/^\S.{0,300}\.py:\d+ (?:at module level|in (?:public|private|nested) .{1,200}):$/.test(text)) return ofDocstring(view);
    return sightingIn(forms, text);
  },
};

function ofFinding(rule: string, message: string): Sighting {
  const broken = /^(?:E999|E9\d\d|E0001|F999|invalid-syntax)$/.test(rule) && /SyntaxError|IndentationError|TabError|Parsing failed|syntax-error/i.test(message);
  return { category: broken ? "code.syntax" : "code.lint", strength: "likely", reason: "A linter found something", key: `${rule} ${message}` };
}

/** The first finding below a module's heading, in the form without a path. */
function ofOldPylint({ at }: View): Sighting | undefined {
  const old = pylintOld.exec(at(1)?.text.trim() ?? "");
  return old === null ? undefined : { ...ofFinding(old[3] ?? "", old[2] ?? ""), offset: 1 };
}

function ofRuff({ at }: View): Sighting | undefined {
  const above = at(-1)?.text.trim() ?? "";
  if (!ruff.test(above)) return undefined;
  const category = above.startsWith("invalid-syntax") ? "code.syntax" : "code.lint";
  return { category, strength: "likely", reason: "Ruff found something", offset: -1, key: above };
}

function ofDocstring(view: View): Sighting | undefined {
  const rule = findNear(view.at, 1, 1, /^\s{2,12}(D\d{3}: .{1,300})$/)?.found[1];
  return rule === undefined ? undefined : { category: "code.lint", strength: "likely", reason: "pydocstyle found something", key: rule };
}
