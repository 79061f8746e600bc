import type { Category } from "../../categories.ts";
import type { Extractor } from "../../extractor.ts";
import { type Form, findNear, inside, sighting, sightingIn, unwrap } from "./forms.ts";

const heading = /^CMake Error(?: \(dev\))?(?: (?:at|in) [^\s(]{1,300}(?::\d+)?(?: \((?<command>\w{1,60})\))?)?:\s*(?<message>.{0,1000})$/;

/** What the message under the heading says, in order. */
const meanings: readonly (readonly [RegExp, Category])[] = [
  [
    /CMake \d[\w.]* or higher is required|Compatibility with CMake|CMAKE_MINIMUM_REQUIRED|No CMAKE_\w+_COMPILER could be found|unable to find a build program|is not able to compile a simple test program|CMAKE_\w+_COMPILER:?\s+(?:\S+\s+)?is not|is not a full path to an existing compiler|could not find any instance of Visual Studio|Could not create named generator|does not support (?:toolset|platform)|compiler .{0,60}(?:too old|not supported|is required)|requires (?:GCC|Clang|at least)/i,
    "config.toolchain",
  ],
  [
    /Failed to (?:clone repository|checkout tag|download)|downloading .{0,300} failed|error downloading|each download failed|status_code: \d|hash mismatch|Git (?:clone|fetch) failed|DOWNLOAD (?:HASH|cannot)/i,
    "dependency.resolution",
  ],
  [
    /vcpkg (?:install|failed)|vcpkg_|building .{1,100} failed|Command failed with exit|Build step for .{1,200} failed|CMake step for .{1,200} failed/i,
    "dependency.build",
  ],
  [
    /Could not find a package configuration file|Could NOT find|By not providing "Find|A required package was not found|required packages? (?:was|were) not found|Could not find (?:the )?(?:following|\S+ using|\S+_LIBRARY|\S{1,80} (?:library|headers?|package))|Unable to find (?:the )?(?:requested|\S+ librar)|library .{0,60}not found|No package '|(?:is|are) (?:set to NOTFOUND|required but)|Please (?:set|install)|not found\.?\s*$/i,
    "env.missing_library",
  ],
  [
    /does not (?:contain|appear to contain) (?:a )?CMakeLists|source directory .{1,300} does not exist|No such preset|Could not read presets|preset/i,
    "config.workflow",
  ],
  [/Parse error|Flow control statements are not properly nested|expected a newline|not closed|Unknown CMake command/i, "code.syntax"],
];

const others: readonly Form[] = [
  [/^-- Configuring incomplete, errors occurred!/, "code.compile", "summary", "CMake could not configure"],
  [/^CMake (?:Generate step failed|configure failed)/, "code.compile", "summary", "CMake could not configure"],
  [
    /^ninja: error: (?<key>'[^']{1,500}'(?:, needed by '[^']{1,500}')?, missing and no known rule to make it)/,
    "code.compile",
    "cause",
    "ninja does not know how to build a file",
  ],
  [
    /^ninja: error: (?<key>(?:loading|manifest|unknown target|build\.ninja|\S{1,300}:\d+:).{0,300})/,
    "code.compile",
    "cause",
    "ninja cannot read what to build",
  ],
  [/^ninja: fatal: (?<key>.{1,300})/, "tool.crash", "cause", "ninja itself failed"],
  [/^ninja: error: (?<key>.{1,400})/, "code.compile", "cause", "ninja cannot go on"],
  [/^ninja: build stopped: /, "code.compile", "symptom", "What ninja ran failed"],
  [/^FAILED: (?:\[code=-?\d+\] )?(?=\S*[./\\])(?<key>\S.{0,400})/, "code.compile", "summary", "What ninja ran failed"],
];

/** CMake's configuration, and ninja, which mostly runs what it made. */
export const cmake: Extractor = {
  name: "cmake",
  title: "CMake and ninja",
  keywords: ["cmake error", "configuring incomplete", "ninja: ", "failed: ", "generate step failed"],
  open() {
    return ({ line, at }) => {
      const { text, foreign } = unwrap(line.text);
      const found = heading.exec(text);
      if (found === null) return inside(foreign, sightingIn(others, text));
      let message = found.groups?.["message"] ?? "";
      for (let offset = 1; offset <= 12; offset++) {
        const below = at(offset)?.text.trim();
        if (below === undefined || /^(?:Call Stack|CMake (?:Error|Warning|Deprecation)|-- )/.test(below)) break;
        message += ` ${below}`;
      }
      message = message.trim();
      if (/^Generator: execution of|^Problem with archive_write/.test(message)) return sighting("code.compile", "symptom", "What CMake ran failed");
      const category = meanings.find(([pattern]) => pattern.test(message))?.[1] ?? "code.compile";
      return inside(foreign, sighting(category, "cause", "CMake stops with an error", { key: message.slice(0, 300) }));
    };
  },
};

const mesonError = /^(?:\S{0,300}[\\/])?meson\.(?:build|options|_options\.txt):\d+:\d+: ERROR: (?<message>.{1,600})$/;
const mesonMeanings: readonly (readonly [RegExp, Category])[] = [
  [
    /^(?:Unknown compiler|Compiler .{0,100}(?:cannot|can not)|Meson version is|Executables created by)|Program .{1,200} not found|Could not (?:detect|find) .{0,60}(?:compiler|ninja)/i,
    "config.toolchain",
  ],
  [
    /^Dependency|Dependenc(?:y|ies) .{0,200}not found|lookup for .{1,200} failed|librar(?:y|ies) .{0,200}not found|Could not find|Problem encountered: .{0,300}(?:not found|required|missing)|Include dir|header .{0,200}not/i,
    "env.missing_library",
  ],
  [/subproject|Failed to (?:download|git)|could not get/i, "dependency.resolution"],
  [/^(?:Expecting|Unknown (?:function|variable)|Function|Malformed)/, "code.syntax"],
];

/** Meson's configuration and its test runner. */
export const meson: Extractor = {
  name: "meson",
  title: "Meson",
  keywords: ["error: ", " fail ", "timeout ", "meson", "exit status", "killed by signal"],
  open() {
    return ({ line, at }) => {
      const { text } = unwrap(line.text);
      const message = mesonError.exec(text)?.groups?.["message"];
      if (message !== undefined)
        return sighting(mesonMeanings.find(([pattern]) => pattern.test(message))?.[1] ?? "code.compile", "cause", "Meson stops with an error", {
          key: message,
        });
      const test = /^\s{0,6}\d{1,6}\/\d{1,6} (?<name>\S.{0,300}?) {2,}(?<how>FAIL|ERROR|TIMEOUT|UNEXPECTEDPASS)\b/.exec(line.text)?.groups;
      if (test !== undefined) {
        const recap = findNear(at, -1, -100, /^Summary of Failures:/) !== undefined;
        return sighting(test["how"] === "TIMEOUT" ? "timeout.test" : "code.test", recap ? "likely" : "cause", "Meson names a failed test", {
          test: test["name"] ?? "",
        });
      }
      if (/^(?:Neither (?:source|directory)|ERROR: Neither)/.test(text))
        return sighting("config.workflow", "cause", "There is no meson.build where Meson runs");
      return undefined;
    };
  },
};
