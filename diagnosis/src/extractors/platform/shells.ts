import type { Extractor, Sighting, Strength } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { failureFollows, isFailureMark } from "./failure-mark.ts";
import type { Category } from "../../categories.ts";

type Complaint = { readonly category: Category; readonly reason: string; readonly pattern: RegExp; readonly always?: Strength };

/** `/home/runner/work/_temp/x.sh: line 3: `, `./build.sh: 12: `, `bash: `, `sh: 1: `, `zsh:1: `, `Error: ` from a wrapper. */
const shell =
  "(?:(?:\\.{0,2}[\\w@%+~./-]{0,250}/)?[\\w@%+.-]{1,100}: (?:line )?\\d+: |(?:/(?:usr/)?bin/)?(?:ba|da|z|k)?sh(?:: line \\d+|: \\d+|:\\d+)?: |env: |xargs: |sudo: |nohup: |/usr/bin/env: |exec: )";
const complaints: readonly Complaint[] = [
  {
    category: "config.toolchain",
    reason: "The shell does not find the command",
    pattern: new RegExp(`^${shell}.{1,300}: (?:command |file )?not found$`),
  },
  { category: "config.toolchain", reason: "The shell does not find the command", pattern: /^(?:zsh|bash): command not found: \S{1,200}$/ },
  {
    category: "config.toolchain",
    reason: "A program that the script starts is not there",
    pattern:
      /^(?:\/usr\/bin\/env|env|sudo|xargs|exec|nohup|time): (?:‘|'|“|")?[\w./@+-]{1,200}(?:’|'|”|")?: (?:No such file or directory|command not found|not found)$/,
  },
  {
    category: "config.toolchain",
    reason: "Windows does not find the command",
    pattern: /^'.{1,200}' is not recognized as an internal or external command,/,
    always: "likely",
  },
  {
    category: "config.workflow",
    reason: "The shell cannot read the script",
    pattern: new RegExp(
      `^${shell}(?:[Ss]yntax error|unexpected EOF while looking for|conditional binary operator expected|.{1,100}: (?:bad substitution|syntax error in expression))`,
    ),
  },
  {
    category: "config.workflow",
    reason: "A variable that the script needs is not set",
    pattern: new RegExp(`^${shell}.{1,100}: (?:unbound variable|parameter (?:null or )?not set)`),
  },
  {
    category: "config.workflow",
    reason: "The script may not be run",
    pattern: new RegExp(`^${shell}.{1,300}: (?:Permission denied|cannot execute(?: binary file)?(?:: .{0,60})?|bad interpreter: .{1,200})$`),
  },
  {
    category: "config.workflow",
    reason: "A file that the script needs is not there",
    pattern: new RegExp(`^${shell}.{1,300}: (?:No such file or directory|Is a directory|Not a directory|cannot open.{0,40})$`),
  },
  {
    category: "unknown",
    reason: "The shell stopped with an error",
    pattern: new RegExp(
      `^${shell}.{1,300}: (?:ambiguous redirect|numeric argument required|too many arguments|integer expression expected|unary operator expected|invalid option|Argument list too long|not a valid identifier|readonly variable|division by 0.{0,60})`,
    ),
  },
  {
    category: "unknown",
    reason: "A program of the system stopped with an error",
    pattern:
      /^(?:ls|cp|mv|rm|cat|cd|mkdir|rmdir|touch|chmod|chown|ln|find|tar|unzip|zip|grep|sed|awk|head|tail|install|stat|realpath|readlink|cmp|du|tee|dd|rsync|strip|jq|sort|source|\.|pushd|popd|mktemp|mount|ssh-keygen|scp|su|useradd|tput|rev|cut|diff|patch|date|kill): .{0,300}(?:No such file or directory|Permission denied|cannot (?:stat|access|create|remove|open|find|overwrite|touch)|Not a directory|File exists|missing (?:file )?operand|invalid option|does not exist|Directory not empty|Cannot (?:open|stat)|error: .{1,200}|Read-only file system|Operation not permitted)/,
  },
];

/** What shells and the small programs of a system complain of. Scripts that go on after it are many: only the last words count. */
export const shells: Extractor = {
  name: "shells",
  title: "Shells",
  keywords: [
    "not found",
    "no such file or directory",
    "is not recognized as an internal",
    "syntax error",
    "unexpected eof",
    "binary operator expected",
    "bad substitution",
    "unbound variable",
    "parameter not set",
    "null or not set",
    "permission denied",
    "cannot execute",
    "bad interpreter",
    "is a directory",
    "not a directory",
    "cannot open",
    "ambiguous redirect",
    "argument required",
    "too many arguments",
    "expression expected",
    "operator expected",
    "argument list too long",
    "valid identifier",
    "readonly variable",
    "division by 0",
    "cannot stat",
    "cannot access",
    "cannot create",
    "cannot remove",
    "cannot find",
    "cannot overwrite",
    "cannot touch",
    "file exists",
    "missing operand",
    "missing file operand",
    "invalid option",
    "does not exist",
    "not empty",
    "jq: error",
    "read-only file system",
    "not permitted",
  ],
  open: () => (view) => {
    const { text, command } = view.line;
    if (command === "warning" || /^\s{0,8}\+/.test(text)) return undefined;
    const complaint = complaints.find(({ pattern }) => pattern.test(text));
    return complaint === undefined ? undefined : sightingOf(complaint, view);
  },
};

function sightingOf({ category, reason, always }: Complaint, view: View): Sighting | undefined {
  if (endsWith127(view) && category === "config.toolchain") return { category, strength: "cause", reason };
  if (failureFollows(view, 8)) return { category, strength: category === "unknown" ? "summary" : "likely", reason };
  return always === undefined ? undefined : { category, strength: "summary", reason };
}

/** The exit code of a shell whose command is not there. */
function endsWith127({ at }: View): boolean {
  for (let offset = 1; offset <= 8; offset++) {
    const line = at(offset);
    if (line === undefined) return false;
    if (isFailureMark(line)) return /\b127\b/.test(line.text);
  }
  return false;
}
