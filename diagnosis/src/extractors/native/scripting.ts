import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, findNear, readForms, sightingIn } from "./forms.ts";

const perlForms: readonly Form[] = [
  [/^(?:# {1,8})?(?<key>Can't locate \S{1,200}\.pm in @INC)/, "dependency.missing_module", "cause", "Perl does not find a module"],
  [
    /^(?:# {1,8})?(?<key>(?:syntax error|Global symbol|Bareword|Can't find string terminator|Missing right curly|Number found where|String found where|Unrecognized character|Can't (?:redeclare|modify)).{0,300}) at \S{1,300} line \d+/,
    "code.syntax",
    "cause",
    "Perl cannot read a file",
  ],
  [
    /^(?:# {1,8})?(?:BEGIN failed--compilation aborted|Compilation failed in require|Execution of \S{1,200} aborted due to compilation errors)/,
    "code.syntax",
    "summary",
    "Perl cannot read a file",
  ],
  [/^(?<key>\S{1,200} had compilation errors\.)/, "code.syntax", "summary", "Perl cannot read a file"],
  [
    /^! (?<key>(?:Couldn't find module or a distribution|Finding \S{1,100} .{0,60}failed|Installing the dependencies failed|Found \S{1,100} .{0,60}which doesn't satisfy).{0,200})/,
    "dependency.resolution",
    "cause",
    "cpanm cannot get a module",
  ],
  [/^! (?<key>(?:Installing \S{1,100}|Configure) failed).{0,200}/, "dependency.build", "cause", "cpanm cannot install a module"],
  [/^(?<key>.{1,300} at line \d+, column \d+\.\s{1,4}.{0,200}\(Severity: \d\))/, "code.lint", "cause", "Perl::Critic names a place in a file"],
];

/** Perl beside its tests: missing modules, files that it cannot read, cpanm, Perl::Critic. */
export const perl: Extractor = {
  name: "perl",
  title: "Perl",
  keywords: [
    "can't locate",
    "syntax error at",
    "syntax error near",
    " line ",
    "compilation aborted",
    "compilation failed in",
    "compilation errors",
    "couldn't find module",
    "! installing",
    "! configure",
    "! finding",
    "! found",
    "(severity: ",
  ],
  open: () => readForms(perlForms),
};

const luaForms: readonly Form[] = [
  [/^(?:Failure|Error) (?:→|->) (?<key>\S{1,200} @ \d+)$/, "code.test", "cause", "busted shows a failed test"],
  [
    /^\d+ success(?:es)? \/ (?<key>(?:[1-9]\d* failures? \/ \d+ errors?|0 failures \/ [1-9]\d* errors?)) \/ /,
    "code.test",
    "summary",
    "busted counts failed tests",
  ],
  [
    /^\s{0,8}\S{1,200}\.lua:\d+:\d+(?:-\d+)?: (?:\([EW]\d{3}\) )?(?<key>(?:\S{1,20} )?(?:accessing|setting|mutating|unused|shadowing|value assigned|line (?:is too long|contains)|variable|expected|empty|inconsistent|loop|cyclomatic|unreachable|read-only|undefined).{1,200})$/,
    "code.lint",
    "likely",
    "luacheck names a place in a file",
  ],
  [/^Total: (?<key>(?:[1-9]\d* warnings? \/ \d+ errors?|0 warnings \/ [1-9]\d* errors?)) in \d+ files?/, "code.lint", "summary", "luacheck counts findings"],
  [/^Diff in (?<key>\S{1,200}\.luau?):$/, "code.lint", "cause", "StyLua would change a file"],
  [/^(?:lua\S{0,10}|luajit|texlua): (?<key>.{1,400})/, "code.test", "likely", "Lua stops with an error"],
  [
    /^(?<key>Error: (?:No results matching query were found|Failed (?:installing|finding)|Could not (?:satisfy|find)).{0,300})/,
    "dependency.resolution",
    "likely",
    "LuaRocks cannot get a rock",
  ],
];

/** Lua: busted, luacheck, StyLua, LuaRocks. */
export const lua: Extractor = {
  name: "lua",
  title: "Lua",
  keywords: [
    "failure →",
    "failure ->",
    "error →",
    "error ->",
    " failures / ",
    " failure / ",
    ".lua:",
    ".luau:",
    "total: ",
    "lua: ",
    "luajit: ",
    "lua5",
    "error: no results",
    "error: failed",
    "error: could not",
  ],
  open: () => readForms(luaForms),
};

const pesterForms: readonly Form[] = [
  [
    /^\s{0,16}\[-\] (?!Error occurred in (?:Describe|Context) block$)(?<test>\S.{0,300}?) \d[\d.,]*\s?(?:ms|s|m)(?: \(.{1,40}\))?$/,
    "code.test",
    "cause",
    "Pester names a failed test",
  ],
  [
    /^\s{0,16}\[-\] (?<test>(?:Discovery in|Error occurred in|Container|Context|Describe).{1,300}?)(?: failed with:?)?$/,
    "code.test",
    "cause",
    "Pester names what it could not run",
  ],
  [/^Tests Passed: \d+, Failed: (?<key>[1-9]\d*)/, "code.test", "summary", "Pester counts failed tests"],
  [
    /^(?<key>PS(?:Avoid|Use|Missing|Possible|Provide|Reserved|Should|DSC|Misleading|Place|Align|Shouldnt)\w{3,80})\s{1,40}(?:Error|Warning|Information)\s{1,20}\S{1,200}\.ps\w{0,3}1?/,
    "code.lint",
    "likely",
    "PSScriptAnalyzer names a place in a file",
  ],
];

/** PowerShell's tests and linter; the shell's own errors are elsewhere. */
export const pester: Extractor = {
  name: "pester",
  title: "Pester and PSScriptAnalyzer",
  keywords: [
    "[-] ",
    "tests passed: ",
    "psavoid",
    "psuse",
    "psmissing",
    "pspossible",
    "psprovide",
    "psreserved",
    "psshould",
    "psdsc",
    "psmisleading",
    "psplace",
    "psalign",
  ],
  open: () => readForms(pesterForms),
};

const latexForms: readonly Form[] = [
  [/^! LaTeX Error: (?<key>File `[^']{1,200}' not found)/, "env.missing_library", "cause", "LaTeX does not find a package"],
  [
    /^! (?<key>(?:LaTeX Error: |Package \S{1,60} Error: |Class \S{1,60} Error: |Undefined control sequence|Missing |Extra |Misplaced |Paragraph ended|Illegal |Too many |Argument of |Double |Dimension too large|Runaway |I can't find file |Font .{1,100} not |TeX capacity exceeded|Use of |File ended|Text line contains|Unable to load|Bad ).{0,300})/,
    "code.compile",
    "cause",
    "LaTeX names an error",
  ],
  [
    /^\S{1,200}\.(?:tex|sty|cls|bib|ltx|dtx):\d+: (?!warning)(?<key>(?:LaTeX Error|Package \S{1,60} Error|Undefined control|Missing|Extra|Misplaced|Paragraph ended|Emergency stop|File ended|Illegal|Too many|\s{0,2}==> Fatal|Font).{0,300})/,
    "code.compile",
    "cause",
    "LaTeX names an error in a file",
  ],
  [/^!\s{1,2}==> Fatal error occurred|^! Emergency stop\.$/, "code.compile", "summary", "LaTeX stopped"],
  [/^(?:Latexmk: (?:Errors, so|Error)|Collected error summary)/, "code.compile", "symptom", "latexmk stopped"],
];

/** TeX and LaTeX. */
export const latex: Extractor = {
  name: "latex",
  title: "LaTeX",
  keywords: [
    "! latex",
    "! package",
    "! class",
    "! undefined",
    "! missing",
    "! extra",
    "! misplaced",
    "! paragraph",
    "! illegal",
    "! too many",
    "! argument",
    "! double",
    "! dimension",
    "! i can't",
    "! font",
    "! tex cap",
    "! use of",
    "! file ended",
    "! emergency",
    "fatal error occurred",
    ".tex:",
    ".sty:",
    ".cls:",
    "latexmk: ",
    "collected error",
  ],
  open: () => readForms(latexForms),
};

const shfmt: readonly Form[] = [
  [
    /^(?:diff (?:-u )?(?<key>\S{1,200})\.orig \S{1,200}|--- (?<old>\S{1,200}\.(?:sh|bash|bats|zsh|ksh)\.orig))$/,
    "code.lint",
    "likely",
    "shfmt would change a file",
  ],
];

/** shfmt and black-like tools of shells show what they would change as a difference; shellcheck heads each finding with its place. */
export const shellScripts: Extractor = {
  name: "shell-scripts",
  title: "ShellCheck and shfmt",
  keywords: [".orig ", " line "],
  open: () =>
    stateless(({ line, at }) => {
      if (/^In \S.{0,300} line \d+:$/.test(line.text)) {
        const found = findNear(at, 1, 10, /\^-{0,100}\^? (?<code>SC\d{4})(?: \(\w+\))?: (?<message>.{1,300})/)?.found.groups;
        return found === undefined
          ? undefined
          : { category: "code.lint", strength: "cause", reason: "ShellCheck names a place in a file", key: `${found["code"]} ${found["message"]}` };
      }
      return sightingIn(shfmt, line.text);
    })(),
};
