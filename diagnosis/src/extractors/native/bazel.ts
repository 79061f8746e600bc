import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, sightingIn } from "./forms.ts";

const forms: readonly Form[] = [
  [
    /^ERROR: (?:Analysis of target|Analysis failed|command succeeded|Build did NOT complete|Build failed|Couldn't start the build|Test execution|\d+ failed|Build option)/,
    "code.compile",
    "symptom",
    "Bazel stopped",
  ],
  [
    /^ERROR: \S{1,300}(?:BUILD|\.bazel|\.bzl):\d+:\d+: (?<key>[^:]{1,300} failed): ?(?:\(|\w+ failed|missing|Couldn't)/,
    "code.compile",
    "summary",
    "An action of Bazel failed",
  ],
  [
    /^(?:ERROR|FATAL): (?:.{0,300}: )?(?<key>(?:The project you're trying to build requires|Bazel .{0,60}(?:version|required)|.{0,60}requires? Bazel|.{0,40}toolchain(?:s)? .{0,100}(?:not|no match|No matching)|No matching toolchains).{0,300})/,
    "config.toolchain",
    "cause",
    "Bazel or a toolchain does not fit",
  ],
  [
    /^ERROR: (?<key>.{0,500}(?:Error downloading|Download from|no such package '@|error fetching|Unable to load package for '@|in lock file|MODULE\.bazel|Error computing the main repository|module not found in registries|Error accessing registry|fetching \S+ for @).{0,600})/,
    "dependency.resolution",
    "cause",
    "Bazel cannot get what a target depends on",
  ],
  [
    /^ERROR: (?<key>.{0,500}(?:no such (?:package|target)|Skipping '|couldn't be found|does not exist|not declared in package|name '.{1,60}' is not defined|is not visible from|missing dependency declarations|cycle in dependency|syntax error|got unexpected keyword|Traceback|Error in \w+:|error loading package|Label '|attribute:|in \S+ rule|unable to load|target '.{1,200}').{0,600})/,
    "code.compile",
    "cause",
    "Bazel cannot read what to build",
  ],
  [/^FATAL: (?<key>.{1,400})/, "tool.crash", "likely", "Bazel itself failed"],
  [/^Server terminated abruptly/, "resource.oom", "likely", "Bazel's server was killed, mostly for want of memory"],
  [/^FAIL: (?<test>\/\/\S{1,300})(?: \(.{0,200}\))?/, "code.test", "likely", "Bazel names a failed test"],
  [/^FAILED TO BUILD: (?<key>\/\/\S{1,300})/, "code.compile", "summary", "Bazel names a target that it could not build"],
  [/^TIMEOUT: (?<test>\/\/\S{1,300}) \(/, "timeout.test", "cause", "A test took longer than Bazel allows"],
  [/^(?<test>(?:@\S{0,60})?\/\/\S{1,300})\s{1,80}TIMEOUT in /, "timeout.test", "summary", "Bazel's summary names a test"],
  [/^(?<test>(?:@\S{0,60})?\/\/\S{1,300})\s{1,80}FAILED (?:in |TO BUILD)/, "code.test", "summary", "Bazel's summary names a test"],
  [/^Executed \d+ out of \d+ tests?: .{0,100}\bfails?\b/, "code.test", "summary", "Bazel counts failed tests"],
  [/^(?:BUILD FAILED|Build failed): (?<key>\/\/.{1,300})/, "code.compile", "summary", "Buck could not build a target"],
];

/** Bazel, and what Buck says alike. */
export const bazel: Extractor = {
  name: "bazel",
  title: "Bazel",
  keywords: ["error: ", "fatal: ", "fail: //", "timeout: //", "server terminated abruptly", "failed in ", "timeout in ", "failed to build", "out of "],
  open: stateless(({ line }) => {
    const { text } = line;
    // Other tools say `ERROR: ` too: Bazel tells a place, a label or one of its own sentences.
    if (
      text.startsWith("ERROR: ") &&
      !/BUILD|WORKSPACE|MODULE|\.bzl|\/\/|'@|@@|[Tt]arget|Bazel|^ERROR: (?:Analysis|Build (?:did NOT|failed)|Error downloading|Skipping)/.test(text)
    )
      return undefined;
    return sightingIn(forms, text);
  }),
};
