import type { Extractor } from "../../extractor.ts";
import { type Form, readForms } from "./forms.ts";

const rForms: readonly Form[] = [
  [/^\* (?<key>checking .{1,200}) \.\.\.(?: \[.{1,40}\])? ERROR$/, "code.test", "cause", "R CMD check names an error"],
  [/^(?:── |-- )(?:\d+\. )?(?:Failure|Error) \((?<key>[^)]{1,200})\): (?<test>.{1,200}?)\s?[─-]*$/, "code.test", "cause", "testthat names a failed test"],
  [/^(?:── |-- )\d+\. (?:Failure|Error): (?<test>.{1,200}?) \(@[^)]{1,200}\)\s*[─-]*$/, "code.test", "cause", "testthat names a failed test"],
  [/^\[ FAIL (?<key>[1-9]\d*) \| WARN/, "code.test", "summary", "testthat counts failed tests"],
  [/^(?:Status: .{0,20}\d+ ERRORs?|Error: Test failures|Error: R CMD check found|Execution halted|Error: Test failed)/, "code.test", "symptom", "R stopped"],
  [
    /^(?<key>Error in (?:library|loadNamespace|require)\w{0,20}\(.{0,200}there is no package called .{1,100})/,
    "dependency.missing_module",
    "cause",
    "R does not find a package",
  ],
  [/^(?:Error|ERROR).{0,200}(?<key>there is no package called .{1,100})/, "dependency.missing_module", "cause", "R does not find a package"],
  [
    /^ERROR: (?<key>(?:dependenc(?:y|ies) .{1,300} (?:is|are) not available|lazy loading failed|failed to lock directory).{0,200})/,
    "dependency.resolution",
    "cause",
    "R cannot install a package",
  ],
  [/^ERROR: (?<key>configuration failed for package .{1,100})/, "env.missing_library", "likely", "R cannot configure a package"],
  [
    /^ERROR: (?<key>(?:compilation|loading|installing .{1,60}) failed for .{0,10}package .{1,100})/,
    "dependency.build",
    "summary",
    "R cannot install a package",
  ],
  [
    /^(?<key>Configuration failed to find .{1,100}|Configuration failed because .{1,200}was not found.{0,100})/,
    "env.missing_library",
    "cause",
    "R misses a library of the system",
  ],
  [
    /^(?:! |Caused by error.{0,60}: ?)?(?<key>Could not solve package dependencies:?.{0,200}|\* \S{1,100}: (?:dependency conflict|Can't install dependency .{1,100}|Can't find package called .{1,100}).{0,100})/,
    "dependency.resolution",
    "cause",
    "pak cannot get a package",
  ],
  [/^(?:! |✖ )(?<key>Failed to (?:build|download|install) \S{1,100}.{0,100})/, "dependency.build", "cause", "pak cannot install a package"],
  [/^(?<key>\S{1,200}\.(?:R|Rmd|qmd)):\d+:\d+: (?:style|warning|error): (?<message>.{1,300})$/, "code.lint", "likely", "lintr names a place in a file"],
  [
    /^(?<key>Error in .{1,200} :.{0,300}|Error: package or namespace load failed .{1,200}|Quitting from lines .{1,200})$/,
    "code.test",
    "likely",
    "R stops with an error",
  ],
];

/** R: R CMD check, testthat, installation of packages, lintr. */
export const r: Extractor = {
  name: "r",
  title: "R",
  keywords: [
    "... error",
    "] error",
    "failure (",
    "error (",
    ". failure: ",
    ". error: ",
    "[ fail ",
    "status: ",
    "error: test",
    "execution halted",
    "no package called",
    "error: depend",
    "error: conf",
    "error: comp",
    "error: r cmd",
    "failed for package",
    "error: lazy",
    "error: failed to lock",
    "configuration failed",
    "solve package",
    "dependency conflict",
    "can't install",
    "failed to ",
    ".r:",
    ".rmd:",
    "error in ",
    "load failed",
    "quitting from",
  ],
  open: () => readForms(rForms),
};

const juliaForms: readonly Form[] = [
  [/^(?<test>\S.{0,200}): Test Failed at (?<place>\S{1,300}):\d+$/, "code.test", "cause", "Julia names a failed test"],
  [/^Test Failed at \S{1,300}:\d+$/, "code.test", "cause", "Julia names a failed test"],
  [/^(?<test>\S.{0,200}): Error During Test at \S{1,300}:\d+$/, "code.test", "cause", "Julia names a test that ended with an error"],
  [/^Error During Test at \S{1,300}:\d+$/, "code.test", "cause", "Julia names a test that ended with an error"],
  [/^ERROR: (?:LoadError: )?Some tests did not pass: (?<key>.{1,100})/, "code.test", "summary", "Julia counts failed tests"],
  [/^ERROR: (?:LoadError: )?(?:Package \S{1,100} errored during testing|Testing failed)/, "code.test", "symptom", "Tests failed"],
  [
    /^ERROR: (?:LoadError: )?(?<key>(?:Unsatisfiable requirements|expected package|cannot (?:merge|find)|failed to (?:clone|fetch|download)|Error (?:building|when)|The following package names could not|Package \S{1,80} .{0,60}not found in (?:the )?(?:manifest|registry|project)).{0,300})/,
    "dependency.resolution",
    "cause",
    "Julia cannot get a package",
  ],
  [
    /^ERROR: (?:LoadError: )?(?:ArgumentError: )?(?<key>Package \S{1,100}(?: \[.{1,60}\])? (?:not found in current path|is required but does not seem to be installed|does not have).{0,200})/,
    "dependency.missing_module",
    "cause",
    "Julia does not find a package",
  ],
  [
    /^ERROR: (?:LoadError: )?(?<key>The following \d+ (?:direct )?dependenc(?:y|ies) failed to precompile|Failed to precompile .{1,100})/,
    "dependency.build",
    "cause",
    "A package does not compile",
  ],
  [/^ERROR: (?:LoadError: ){1,6}(?<key>syntax: .{1,300}|ParseError.{0,200})/, "code.syntax", "cause", "Julia cannot read a file"],
  [/^ERROR: (?:LoadError: |InitError: ){1,6}(?<key>.{1,300})/, "code.test", "likely", "Julia stops with an error"],
  [
    /^ERROR: (?<key>(?:UndefVarError|MethodError|TypeError|BoundsError|KeyError|ErrorException|SystemError|IOError|TaskFailedException).{0,300})/,
    "code.test",
    "likely",
    "Julia stops with an error",
  ],
  [/^signal \(\d+(?:\.\d+)?\): (?<key>.{1,100})$/, "crash.signal", "likely", "Julia crashed"],
];

/** Julia: tests and packages. */
export const julia: Extractor = {
  name: "julia",
  title: "Julia",
  keywords: ["test failed at", "error during test", "error: ", "signal ("],
  open: () => readForms(juliaForms),
};
