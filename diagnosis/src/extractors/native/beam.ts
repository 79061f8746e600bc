import type { Extractor } from "../../extractor.ts";
import { type Form, findNear, sighting, sightingIn } from "./forms.ts";

const forms: readonly Form[] = [
  // Elixir's compiler
  [/^== Compilation error in file (?<key>\S{1,300}) ==$/, "code.compile", "cause", "Elixir cannot compile a file"],
  [
    /^\*\* \((?:SyntaxError|TokenMissingError|MismatchedDelimiterError|EEx\.SyntaxError)\) (?<key>.{1,500})/,
    "code.syntax",
    "cause",
    "Elixir cannot read a file",
  ],
  [/^\*\* \((?:CompileError|Code\.LoadError)\) (?<key>.{1,500})/, "code.compile", "cause", "Elixir cannot compile a file"],
  [/^Compilation failed due to warnings while using the --warnings-as-errors option/, "code.compile", "summary", "Warnings count as errors"],
  [/^could not compile dependency :(?<key>[\w-]{1,80}), /, "dependency.build", "summary", "A dependency does not compile"],
  // Mix and Hex
  [/^\*\* \(Mix(?:\.Error)?\) mix format failed due to (?<key>.{1,200})/, "code.lint", "cause", "mix format would change a file"],
  [/^mix format failed due to --check-formatted/, "code.lint", "cause", "mix format would change a file"],
  [
    /^\*\* \(Mix\) (?<key>(?:Hex dependency resolution failed|Package fetch failed|Unknown package|No matching version|Failed to (?:fetch|use|retrieve)|Could not (?:fetch|compile dependency)|Can't continue due to errors on dependencies|Hex).{0,300})/,
    "dependency.resolution",
    "cause",
    "Mix cannot get a dependency",
  ],
  [
    /^\*\* \(Mix\) (?<key>(?:You're trying to run|.{0,100}requires? (?:Elixir|Erlang|OTP)|Could not find an SCM|"?rebar3?"? ).{0,300})/,
    "config.toolchain",
    "cause",
    "The versions do not fit",
  ],
  [
    /^\*\* \(Mix\) (?<key>The task ".{1,60}" could not be found.{0,100}|Could not find a Mix\.Project.{0,100})/,
    "config.workflow",
    "cause",
    "Mix is asked for what is not there",
  ],
  [/^\*\* \(Mix\) (?<key>.{1,400})/, "code.compile", "likely", "Mix stopped"],
  [/^Unchecked dependencies for environment/, "dependency.resolution", "summary", "Dependencies are not there"],
  [/^\*\* \((?:EXIT|[A-Z][\w.]{1,80})\) (?<key>.{1,400})/, "code.compile", "likely", "An exception ended Elixir"],
  [/^(?:\d+ doctests?, )?(?:\d+ propert(?:y|ies), )?\d+ tests?, (?<key>[1-9]\d* failures?)/, "code.test", "summary", "ExUnit counts failed tests"],
  [/^┃ \[[CDFRW]\] \S{1,2} (?<key>.{1,300})$/, "code.lint", "likely", "Credo names a finding"],
  // Dialyzer
  [/^(?:\S{1,200}\.exs?):\d+(?::\d+)?:(?<key>[a-z][a-z_]{3,60})$/, "code.typecheck", "cause", "Dialyzer names a place in a file"],
  [/^(?:Total errors: (?<key>[1-9]\d*)|Halting VM with exit status 2|done \(warnings were emitted\))/, "code.typecheck", "summary", "Dialyzer counts findings"],
  // Erlang: rebar3, EUnit, Common Test, erlc
  [/^===> (?:Compiling )?(?<key>\S{1,300}\.[ex]rl(?::\d+)?.{0,200}) failed$/, "code.compile", "cause", "rebar3 cannot compile a file"],
  [
    /^===> (?<key>(?:Failed to (?:fetch|update|solve)|Unable to|Package not found|No matching|Dependency).{0,300})/,
    "dependency.resolution",
    "cause",
    "rebar3 cannot get a dependency",
  ],
  [/^===> (?<key>Error (?:running|in) (?:tests|eunit|ct).{0,200}|Failures occurred running tests: .{1,100})/, "code.test", "summary", "Tests failed"],
  [
    /^(?:\S{1,300}\.(?:erl|hrl|yrl)):\d+(?::\d+)?: (?!Warning)(?<key>(?:syntax error|function|undefined|variable|record|can't find|type|head mismatch|unterminated|illegal|spec|undefined parse|call|a |bad |module|macro).{0,300})/,
    "code.compile",
    "cause",
    "Erlang's compiler names an error in a file",
  ],
  [/^%{3} (?<test>\S{1,200} ==> .{1,200}): FAILED$/, "code.test", "cause", "Common Test names a failed test"],
  [/^Failed [1-9]\d* tests?\. Passed/, "code.test", "summary", "Common Test counts failed tests"],
  [/^(?<test>\S{1,200}: \S{1,200})\.{3}\*failed\*$/, "code.test", "cause", "EUnit names a failed test"],
  [/^\s{1,6}Failed: (?<key>[1-9]\d*)\.\s{1,4}Skipped: /, "code.test", "summary", "EUnit counts failed tests"],
];
const numbered = /^\s{1,6}\d{1,5}\) (?<kind>test|property|doctest|feature) (?<name>\S.{0,300} \((?<module>[\w.]{1,200})\))$/;
const eunit = /^\s{1,6}\d{1,5}\) (?<test>\w{1,100}:\w{1,100}\/\d)/;

/** Elixir (Mix, ExUnit, Credo, Dialyxir) and Erlang (rebar3, EUnit, Common Test). */
export const beam: Extractor = {
  name: "beam",
  title: "Elixir and Erlang",
  keywords: [
    "== compilation error",
    "** (",
    "--warnings-as-errors",
    "could not compile dependency",
    "mix format failed",
    "unchecked dependencies",
    "tests, ",
    "test, ",
    "┃ [",
    ".ex:",
    ".exs:",
    "total errors: ",
    "halting vm",
    "warnings were emitted",
    "===> ",
    ".erl:",
    ".hrl:",
    ".yrl:",
    "==> ",
    "*failed*",
    "failed: ",
    ") test ",
    ") property ",
    ") doctest ",
    ") feature ",
    "_test/0",
    "_test_/0",
    "error: ",
    "failed ",
  ],
  open() {
    return ({ line, at }) => {
      const { text } = line;
      const test = numbered.exec(text)?.groups;
      if (test !== undefined) {
        const message = findNear(at, 2, 3, /^\s{5}(\S.{0,300})/)?.found[1] ?? "";
        return sighting("code.test", "cause", "ExUnit shows a failed test", { test: test["name"] ?? "", key: `${test["name"]} ${message}` });
      }
      const unit = eunit.exec(text)?.groups?.["test"];
      if (unit !== undefined && !/\.(?:ts|js|rb|py)/.test(text)) return sighting("code.test", "cause", "EUnit shows a failed test", { test: unit });
      // Since 1.15 the place stands below a piece of the code.
      const message = /^\s{0,8}error: (?<message>\S.{0,300})$/.exec(text)?.groups?.["message"];
      if (message !== undefined)
        return findNear(at, 1, 9, /^\s{0,8}└─ \S+\.(?:exs?|eex|heex|leex)\b/) === undefined
          ? undefined
          : sighting("code.compile", "cause", "Elixir names an error in a file", { key: message });
      return sightingIn(forms, text);
    };
  },
};
