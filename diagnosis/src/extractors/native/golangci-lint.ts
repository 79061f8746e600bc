import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, sightingIn } from "./forms.ts";

const linters =
  "asasalint|asciicheck|bidichk|bodyclose|containedctx|contextcheck|copyloopvar|cyclop|deadcode|depguard|dogsled|dupl|durationcheck|errcheck|errchkjson|errname|errorlint|exhaustive|exhaustruct|exportloopref|forbidigo|forcetypeassert|funlen|gci|gochecknoglobals|gochecknoinits|gocognit|goconst|gocritic|gocyclo|godot|godox|goerr113|err113|gofmt|gofumpt|goheader|goimports|golint|gomnd|mnd|gomoddirectives|gomodguard|goprintffuncname|gosec|gosimple|gosmopolitan|govet|ifshort|importas|ineffassign|interfacebloat|intrange|ireturn|lll|makezero|maligned|misspell|modernize|musttag|nakedret|nestif|nilerr|nilnil|nlreturn|noctx|nolintlint|nonamedreturns|nosprintfhostport|nosnakecase|paralleltest|perfsprint|prealloc|predeclared|promlinter|reassign|recvcheck|revive|rowserrcheck|scopelint|sqlclosecheck|staticcheck|structcheck|stylecheck|tagalign|tagliatelle|tenv|testableexamples|testifylint|testpackage|thelper|tparallel|typecheck|unconvert|unparam|unused|usestdlibvars|usetesting|varcheck|varnamelen|wastedassign|whitespace|wrapcheck|wsl|wsl_v5|embeddedstructfieldcheck|swaggo|golines";

const forms: readonly Form[] = [
  // The runner shows an annotation without its place.
  [new RegExp(String.raw`^(?<key>.{3,1000}) \((?:typecheck)\)$`), "code.compile", "cause", "golangci-lint cannot compile the code"],
  [new RegExp(String.raw`^(?<key>.{3,1000}) \((?:${linters})\)$`), "code.lint", "cause", "golangci-lint names a finding"],
  [
    /^(?:level=error msg="|ERRO )(?:\[.{0,200}\] )?(?<key>.{0,300}(?:typechecking error|could not (?:import|load)|no go files|Running error|can't (?:load|run|read)|context loading failed|build linters|unknown linters|config).{0,500})/,
    "code.compile",
    "likely",
    "golangci-lint cannot run",
  ],
  [/^level=error msg="Timeout exceeded|^(?:ERRO )?Timeout exceeded: try increasing/, "timeout.job", "cause", "golangci-lint took longer than it may"],
  [
    /^Error: (?<key>(?:can't load config|unsupported version of the configuration|you are using a configuration file for golangci-lint|the Go language version|the configuration|can't load config).{0,400})/,
    "config.toolchain",
    "cause",
    "golangci-lint's configuration does not fit",
  ],
  [/^(?:\d+ issues?:|issues found)$/, "code.lint", "summary", "golangci-lint counts findings"],
  [/^(?:golangci-lint|revive|staticcheck) found (?:\d+ )?issues/, "code.lint", "summary", "golangci-lint counts findings"],
  // gofmt and goimports with -d
  [/^diff (?:-u )?(?:\S{1,300}[\\/])?(?<key>[^\s/\\]{1,200}\.go)(?:\.orig)? \S{1,300}\.go$/, "code.lint", "likely", "gofmt would change a file"],
  // and with -l: a file's name alone
  [/^(?<key>(?:\.\/)?[\w./-]{1,200}\.go)$/, "code.lint", "hint", "gofmt names a file"],
  [
    /^(?:(?:The following|These|Some|Go) (?:\S{1,40} ){0,4}(?:files|code) .{0,40}(?:not (?:properly )?(?:go)?f(?:or)?m(?:a)?t(?:ted)?|need formatting).{0,100})$/i,
    "code.lint",
    "summary",
    "Files are not formatted",
  ],
];

/** golangci-lint where it does not write as the compiler does, and gofmt. */
export const golangciLint: Extractor = {
  name: "golangci-lint",
  title: "golangci-lint and gofmt",
  keywords: [
    "level=error",
    "erro ",
    "can't load config",
    "unsupported version of the conf",
    "error: the configuration",
    "you are using a configuration file",
    "issues",
    ".go:",
    "diff -u ",
    "formatted",
    "gofmt",
    "timeout exceeded",
    "language version",
    ...linters
      .split("|")
      .filter((name) => name.length > 5)
      .map((name) => `(${name})`),
    "(lll)",
    "(gci)",
    "(mnd)",
    "(wsl)",
    "(dupl)",
    "(tenv)",
    "(godot)",
    "(gosec)",
    "(godox)",
    "(gofmt)",
    "(govet)",
    "(noctx)",
  ],
  open: stateless(({ line }) => {
    const { text, command } = line;
    // Other tools end lines with a word in brackets too; the runner's mark or a place tells golangci-lint's.
    const finding = sightingIn(forms, text.replace(/^(?:::error[^:]{0,300}::)/, ""));
    if (finding?.strength === "cause" && command !== "error" && !/^\S{1,300}\.(?:go|mod|yml|yaml)\b|^::error|^Error: |level=|ERRO|^Timeout/.test(text))
      return undefined;
    return finding;
  }),
};
