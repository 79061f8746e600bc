import type { Category } from "../../categories.ts";
import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";

const hook = /^(\S.{0,200}?)\.{2,200}(?:\([^()]{1,60}\))?Failed$/;
const forms: readonly Form[] = [
  [
    /^(?:An error has occurred|An unexpected error has occurred): (?<key>CalledProcessError: command: \('.{0,60}(?:git|git\.exe)', '(?:fetch|clone|submodule|checkout).{0,900})$/,
    "vcs.clone_failed",
    "cause",
    "pre-commit could not fetch a hook",
  ],
  [
    /^(?:An error has occurred|An unexpected error has occurred): (?<key>CalledProcessError: command: .{1,1500})$/,
    "dependency.build",
    "cause",
    "pre-commit could not install a hook",
  ],
  [/^(?:An error has occurred|An unexpected error has occurred): (?<key>.{1,900})$/, "config.toolchain", "cause", "pre-commit cannot work"],
  [
    /^(?<key>\[ERROR\] (?:Cowardly refusing|Your pre-commit configuration is unstaged|Unmerged files|.{0,60}is not a git repository).{0,200})$/,
    "config.workflow",
    "cause",
    "pre-commit cannot work",
  ],
];

/** pre-commit: `name....Failed`, then the hook's id and what it printed. */
export const preCommit: Extractor = {
  name: "pre-commit",
  title: "pre-commit",
  keywords: [".failed", ")failed", "error has occurred: ", "cowardly refusing", "configuration is unstaged"],
  open: () => (view) => {
    const text = view.line.text.trim();
    const name = hook.exec(text)?.[1];
    return name === undefined ? sightingIn(forms, text) : ofHook(name, view);
  },
};

function ofHook(name: string, { at }: View): Sighting {
  const id = findNear(at, 1, 2, /^\s{0,4}-? ?hook ?id: ([\w.-]{1,100})/)?.found[1];
  const changed = findNear(at, 1, 8, /files? (?:were|was) modified by this hook/i) !== undefined;
  return {
    category: categoryOf(`${id ?? ""} ${name}`),
    strength: id === undefined ? "likely" : "cause",
    reason: changed ? "A hook of pre-commit changed files" : "A hook of pre-commit failed",
    key: id ?? name,
  };
}

function categoryOf(name: string): Category {
  if (/\b(?:mypy|pyright|pytype|pyre|tsc)\b/i.test(name)) return "code.typecheck";
  if (/\b(?:pytest|unittest|tests?)\b/i.test(name)) return "code.test";
  return /no-commit-to-branch|check-added-large-files|commitlint|conventional|gitleaks|detect-(?:secrets|private-key)/i.test(name)
    ? "policy.gate"
    : "code.lint";
}
