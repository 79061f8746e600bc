import type { Category } from "../../categories.ts";
import { type Extractor, type Sighting, stateless } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sighting, sightingIn, unwrap } from "./forms.ts";

/** `./x.go:12:3: undefined: y`; `vet: ` before it, where vet reads what does not compile. */
const placed = /^(?:vet: |Error: |error: |\.{3} )?((?:[A-Za-z]:)?[^:\s()]{1,300}\.(?:go|mod|templ|qtpl)):(\d{1,7})(?::\d{1,6})?: (.{1,1000})$/;
/** golangci-lint, staticcheck and revive end a finding with the linter's or the check's name. */
const linter = /\((?:[a-z][\w-]{1,40}|(?:SA|ST|S|QF|U|G|D)\d{3,4})(?:[,:] .{0,60})?\)$/;
/** An own log's or a test's message at a line, and stack traces, have no column. */
const plainLine = /^(?:vet: )?\S{1,300}\.go:\d+: /;

const messages: readonly (readonly [RegExp, Category, string])[] = [
  [
    /^(?:cannot find (?:package|module)|no required module provides|package \S+ is not in |could not import \S+ \((?:no required|cannot find|no such)|cannot query module|module \S+ provides package)/,
    "dependency.missing_module",
    "Go does not find a package",
  ],
  [
    /^(?:missing go\.sum entry|\S{1,200}@v\S{1,120}: |unknown revision|invalid version|require \S+: version|errors parsing|.{0,200}checksum mismatch)/,
    "dependency.resolution",
    "Go cannot get a module",
  ],
  [
    /^(?:syntax error|expected |illegal |invalid character|unexpected |missing |string literal not|rune literal|newline in string|method has|unknown directive|malformed module path|usage: )/,
    "code.syntax",
    "Go cannot read a file",
  ],
];

const statements: readonly Form[] = [
  [
    /^\s{1,4}(?<key>[\w./~-]{3,200}(?:@\S{1,80})?: (?:cannot find module providing|module \S{1,200} found|no matching versions|reading |Get "|git |unrecognized import path|invalid version|missing go\.sum).{0,500})/,
    "dependency.resolution",
    "cause",
    "Go cannot get a module",
  ],
  [
    /^(?:go(?: get| mod| build)?: )?(?<key>(?:go\.mod|module|errors parsing|go\.work).{0,200}(?:requires? go ?>=? ?[\d.]+|requires newer Go version|indicates go [\d.]+, but|invalid go version|maximum (?:supported )?version).{0,200})/,
    "config.toolchain",
    "cause",
    "The code asks for another version of Go",
  ],
  [/^go: (?<key>\S{1,200} requires go >= ?[\d.]+.{0,200})/, "config.toolchain", "cause", "A module asks for another version of Go"],
  [/^note: module requires Go (?<key>[\d.]+)/, "config.toolchain", "summary", "A module asks for another version of Go"],
  [
    /^go: (?<key>(?:download go\d|toolchain|cannot find GOROOT|no such tool|unknown GOFLAGS|unsupported GOOS|GOPATH entry|cannot find GOCACHE|invalid toolchain|missing Git command|.{0,60}executable file not found).{0,300})/,
    "config.toolchain",
    "cause",
    "Go's own set-up does not fit",
  ],
  [
    /^go: (?<key>(?:go\.mod file not found|cannot find main module|no modules? (?:specified|were)|cannot (?:use|determine) module path|directory \S{1,200} (?:outside|does not contain)|modules disabled|no Go files|warning: "\S{1,200}" matched no packages).{0,300})/,
    "config.workflow",
    "likely",
    "Go runs where there is no module",
  ],
  [
    /^go: (?<key>(?:updates to go\.(?:mod|sum) needed|inconsistent vendoring|ambiguous import|errors parsing|\S{1,200}: (?:missing go\.sum entry|import cycle)|missing go\.sum entry|verifying|SECURITY|finding module for package .{1,200}: |module \S{1,200}: |error loading module|cannot (?:load|find) module|existing contents have changed|conflicting requirements|invalid import path|no matching versions|loading module|reading|unrecognized import path|github\.com\/\S{1,200} imports).{0,600})/,
    "dependency.resolution",
    "cause",
    "Go cannot get a module",
  ],
  [/^go: (?<key>[\w./~-]{1,200}@\S{1,120}(?: \(.{1,200}\))?(?:: | requires ).{0,600})/, "dependency.resolution", "cause", "Go cannot get a module"],
  [
    /^(?:\s{0,8})?(?<key>(?:verifying \S{1,200}: checksum mismatch|SECURITY ERROR).{0,100})/,
    "dependency.resolution",
    "cause",
    "A module is not the one that go.sum names",
  ],
  [
    /^(?<key>(?:missing go\.sum entry for |unrecognized import path |cannot find module providing package |no required module provides package |can't load package: |cannot load ).{1,400})/,
    "dependency.missing_module",
    "cause",
    "Go does not find a package",
  ],
  [
    /^package (?<key>\S{1,200}(?: is not in (?:GOROOT|std)|: (?:cannot find|unrecognized import|no Go files|build constraints exclude|import cycle not allowed|code in directory|invalid|malformed)).{0,300})/,
    "dependency.missing_module",
    "cause",
    "Go does not find a package",
  ],
  [/^(?<key>import cycle not allowed.{0,200})/, "code.compile", "cause", "Packages import each other"],
  [
    /^go build \S{1,200}: (?<key>(?:build output|no non-test Go files|build constraints exclude|invalid flag|-\w+ ).{0,300})/,
    "code.compile",
    "cause",
    "Go cannot build a package",
  ],
  [
    /^(?:\S{1,200}[\\/])?(?:compile|link|asm|cgo|vet)(?:\.exe)?: signal: killed/,
    "resource.oom",
    "cause",
    "Go's compiler was killed, which the system does when memory is full",
  ],
  [/^(?:\S{1,200}[\\/])?(?:link|compile)(?:\.exe)?: (?:running \S{1,40} failed|exit status)/, "code.compile", "likely", "Go's linker failed"],
  [
    /^(?:\S{1,200}[\\/])?(?:link|compile|asm|cgo)(?:\.exe)?: (?<key>(?:version .{1,60} does not match|cannot|duplicated|could not).{0,300})/,
    "config.toolchain",
    "cause",
    "Go's tools do not fit",
  ],
  [/^cgo: (?<key>C compiler "[^"]{1,60}" not found.{0,100})/, "config.toolchain", "cause", "There is no C compiler"],
  [/^pkg-config: exit status \d+/, "env.missing_library", "summary", "pkg-config does not find a library"],
  [/^(?<key>\S{1,200}: relocation target \S{1,200} not defined.{0,100})/, "code.compile", "cause", "Go's linker does not find a symbol"],
];

/** Go's compiler, vet and modules; findings of linters that write as it does. */
export const goBuild: Extractor = {
  name: "go-build",
  title: "Go build and modules",
  keywords: [
    ".go:",
    "go.mod",
    "go: ",
    "requires go",
    "checksum mismatch",
    "security error",
    "go.sum",
    "can't load package",
    "cannot find module",
    "missing go.sum",
    "required module",
    "unrecognized import path",
    " is not in ",
    "import cycle",
    "no go files",
    "build constraints exclude",
    "cannot find package",
    "code in directory",
    "go build ",
    "signal: killed",
    "link: ",
    "compile: ",
    "cgo: ",
    "pkg-config: exit",
    "relocation target",
    "cannot load ",
  ],
  open: stateless((view) => {
    const { text, foreign } = unwrap(view.line.text);
    const indented = /^\s/.test(view.line.text);
    const found = indented ? null : placed.exec(text);
    if (found === null) return sightingIn(statements, indented ? view.line.text : text);
    const [, file = "", , message = ""] = found;
    return finding(file, message, view, foreign);
  }),
};

function finding(file: string, message: string, view: View, foreign: boolean): Sighting | undefined {
  const { line } = view;
  if (linter.test(message) && !/^undefined: |\(type |\(value of|\((?:variable|constant|untyped|no value)/.test(message))
    return sighting("code.lint", "cause", "A linter names a place in a file", { key: message });
  const known = messages.find(([pattern]) => pattern.test(message));
  // Without a column: the older compilers, vet, and any program's log. A heading `# package` above tells them apart.
  if (plainLine.test(line.text) && known === undefined && !underHeading(view)) return undefined;
  if (file.endsWith(".mod") && known === undefined) return sighting("dependency.resolution", "cause", "Go cannot read go.mod", { key: message });
  if (file.includes("pkg/mod/") || foreign) return sighting(known?.[1] ?? "dependency.build", "cause", "A module does not compile", { key: message });
  // gofmt, goimports and vet complain of what compiles; vet's heading says so, the others speak of form.
  if (
    known === undefined &&
    /^(?:exported |comment on |should |don't |if block ends|receiver name|error strings|package comment|File is not|declaration of "|struct field tag|\S{1,60} format %|composite literal|self-assignment|result of |the cancel function|unreachable code|\S{1,60} passes lock|assignment copies lock|call (?:of|to) .{1,60}(?:copies lock|possibly)|fmt\.|possible |unusedresult|loop variable|method \w+\(.{0,200}\) .{0,60}should have signature|cyclomatic|line is \d+ characters|missing return comment|context\.Context should|import ".{1,100}" is|ineffectual|Error return value)/.test(
      message,
    )
  )
    return sighting("code.lint", "cause", "A linter names a place in a file", { key: message });
  return sighting(known?.[1] ?? "code.compile", "cause", known?.[2] ?? "Go names an error in a file", { key: message });
}

function underHeading({ at }: View): boolean {
  return findNear(at, -1, -12, /^# \S+(?: \[\S+\.test\])?$/) !== undefined;
}
