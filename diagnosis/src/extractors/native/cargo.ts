import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sighting, sightingIn } from "./forms.ts";

const forms: readonly Form[] = [
  [/^error: (?<key>could not compile `.{1,200}`.{0,200})/, "code.compile", "summary", "A crate does not compile"],
  [
    /^error: (?:aborting due to|build failed|\d+ targets? failed|`.{1,100}` profile|test run failed|doctest failed|\d+ jobs? failed)/,
    "code.compile",
    "symptom",
    "cargo stopped",
  ],
  [/^error: (?:Could not compile `(?<key>[^`]{1,100})`)/, "code.compile", "summary", "A crate does not compile"],
  [
    /^error: (?<key>package `.{1,200}` cannot be built because it requires .{1,200}|rustc [\d.]\S{0,60} is not supported by .{1,200}|package `.{1,200}` requires rustc .{1,200})/,
    "config.toolchain",
    "cause",
    "A crate asks for a newer rustc",
  ],
  [
    /^error: (?<key>toolchain '.{1,100}' (?:is not installed|does not|may not).{0,200}|'[\w-]{1,60}' is not installed for the toolchain.{0,200}|component '.{1,100}' for target .{1,200}|(?:the )?'[\w.-]{1,60}' binary, normally provided by.{0,200}|no override and no default toolchain.{0,200}|rustup could not choose.{0,200}|override toolchain .{1,200}|invalid (?:custom )?toolchain name.{0,200}|some components unavailable.{0,200}|could not download nonexistent rust version.{0,200}|no release found for .{1,200}|target '.{1,100}' not found.{0,200}|toolchain '.{1,100}' does not (?:contain|support).{0,200})/,
    "config.toolchain",
    "cause",
    "The toolchain is not there",
  ],
  [
    /^error: (?<key>no such (?:sub)?command: `.{1,100}`|`cargo .{1,60}` .{0,100}not (?:found|installed).{0,100}|the option `Z` is only accepted.{0,100}|failed to run `rustc` to learn about target.{0,200}|could not execute process `.{1,200}` \(never executed\)|failed to find tool.{0,200}|feature `.{1,60}` is required|current (?:package )?.{0,60}edition)/,
    "config.toolchain",
    "cause",
    "The toolchain does not fit",
  ],
  [
    /^error: (?<key>failed to (?:parse (?:manifest|lock file)|load manifest|read `).{0,400}|manifest path `.{1,200}` does not exist|could not find `Cargo\.toml`.{0,200}|virtual manifests must.{0,100}|current package believes.{0,200}|the manifest-path must.{0,100}|couldn't load Cargo configuration|could not load Cargo configuration)/,
    "config.workflow",
    "cause",
    "cargo cannot read a manifest",
  ],
  [
    /^error: (?<key>no (?:bin|test|example|bench|lib|library) targets? .{0,200}|package ID specification `.{1,200}`.{0,200}|the package '.{1,100}' does not contain th(?:is|ese) features?.{0,200}|none of the selected packages contains .{1,200}|package\(s\) `.{1,100}` not found.{0,200}|unexpected argument .{1,200}|Found argument .{1,200})/,
    "config.workflow",
    "cause",
    "cargo is asked for what is not there",
  ],
  [
    /^error: (?<key>failed to select a version for .{1,300}|no matching package(?: named)?.{0,300}|no matching version.{0,200}|failed to (?:get|load source for|resolve patches|update|download|fetch|sync|prepare|query replaced|find package|verify the checksum).{0,400}|unable to (?:update|get packages).{0,300}|the lock file .{1,300}|checksum (?:for|changed).{0,300}|cyclic package dependency.{0,200}|package collision.{0,200}|two packages named.{0,200}|multiple packages link to.{0,200}|package `.{1,200}` (?:depends on|was yanked).{0,200}|spurious network error.{0,200}|patch for `.{1,300}|dependency \(.{1,100}\).{0,200}|cannot (?:update|install) .{1,200})/,
    "dependency.resolution",
    "cause",
    "cargo cannot get a crate",
  ],
  [
    /^error: (?<key>failed to compile `.{1,200}`.{0,200}|could not find `.{1,100}` in registry.{0,200}|binary `.{1,100}` already exists.{0,200})/,
    "dependency.build",
    "likely",
    "cargo cannot install a program",
  ],
  [
    /^error: (?:process didn't exit successfully|could not compile).{0,2000}\(signal: 9, SIGKILL/,
    "resource.oom",
    "cause",
    "A process was killed, which the system does when memory is full",
  ],
  [/^error: (?:process didn't exit successfully|test failed).{0,2000}\(signal: (?<key>\d+, SIG\w+)/, "crash.signal", "likely", "A program crashed"],
  [
    /^\s{0,4}process didn't exit successfully: .{1,1900}\(signal: 9, SIGKILL/,
    "resource.oom",
    "likely",
    "A process was killed, which the system does when memory is full",
  ],
  [/^\s{0,4}process didn't exit successfully: .{1,1900}\(signal: (?<key>\d+, SIG\w+)/, "crash.signal", "likely", "A program crashed"],
  [/^error: (?<key>process didn't exit successfully: .{1,400})/, "code.compile", "summary", "A program that cargo ran failed"],
  [
    /^error: (?<key>crate version `.{1,100}` is already uploaded|crate `?.{1,100}@.{1,60}`? already exists.{0,100}|failed to publish .{1,300}|api errors .{1,300}|\d+ files in the working directory contain changes.{0,200})/,
    "release.publish_rejected",
    "cause",
    "The registry refuses a crate",
  ],
  // rustfmt
  [/^Diff in (?:\S{0,300}[\\/])?(?<key>[^\\/\s]{1,200}\.rs)(?::\d+:?| at line \d+:?)/, "code.lint", "cause", "rustfmt would change a file"],
  [/^error\[internal\]: (?<key>left behind .{1,100}|.{1,100}exceeded maximum)/, "code.lint", "cause", "rustfmt cannot form a line"],
  // cargo-deny, cargo-audit, cargo-semver-checks, cargo-udeps, cargo-machete, typos
  [
    /^error\[(?<key>(?:vulnerability|unmaintained|unsound|yanked|notice|rejected|unlicensed|banned|duplicate|source-not-allowed|workspace-duplicate|wildcard|not-allowed|no-license-field|denied-\w+)\]: .{1,300})/,
    "policy.gate",
    "cause",
    "cargo-deny refuses a crate",
  ],
  [
    /^(?:advisories|bans|licenses|sources) (?:ok|FAILED)(?:, (?:advisories|bans|licenses|sources) (?:ok|FAILED)){0,3}$/,
    "policy.gate",
    "summary",
    "cargo-deny sums up",
  ],
  [/^error: (?<key>\d+ (?:vulnerabilit(?:y|ies)|denied warnings?) found!?)/, "policy.gate", "summary", "cargo-audit counts findings"],
  [/^--- failure (?<key>[\w-]{1,60}: .{1,200}) ---$/, "policy.gate", "cause", "cargo-semver-checks names a change that breaks others"],
];

/** cargo and its companions, beside what rustc and tests say. */
export const cargo: Extractor = {
  name: "cargo",
  title: "cargo and rustfmt",
  keywords: ["error: ", "error[", "exit successfully", "diff in ", "advisories ", "--- failure", "crate:  "],
  open() {
    return (view) => {
      const { text } = view.line;
      const build = /^error: (?:failed to run custom build (?:command|script) for|couldn't run build script for) `?(?<key>[^`]{1,200})/.exec(text)?.groups;
      if (build !== undefined) return customBuild(build["key"] ?? "", view);
      if (/^Crate:\s{1,10}\S/.test(text)) return audited(view);
      const seen = sightingIn(forms, text);
      // `ok` of all four is no failure.
      return seen !== undefined && /^(?:advisories|bans|licenses|sources) /.test(text) && !/FAILED/.test(text) ? undefined : seen;
    };
  },
};

/** A build script's reason is what it printed: a library that pkg-config does not find, a compiler that failed. */
function customBuild(crate: string, { at }: View): Sighting {
  const library = findNear(
    at,
    1,
    95,
    /Could not find directory of OpenSSL|pkg[-_]config(?: exited| command|.{0,40}could not| has not been)|was not found in the pkg-config search path|No such file or directory.{0,40}\.h|Unable to find libclang|system library `.{1,100}` required|is `?(?:cmake|protoc)`? (?:not )?installed|Could not find `protoc`|libclang/i,
  );
  return sighting(library === undefined ? "dependency.build" : "env.missing_library", "cause", "A crate's build script failed", {
    key: `${crate} ${library?.found[0] ?? ""}`,
  });
}

/** cargo-audit shows mere warnings in the same form. */
function audited({ at, line }: View): Sighting | undefined {
  const id = findNear(at, 1, 6, /^ID:\s{1,12}(RUSTSEC-\d{4}-\d{4})/)?.found[1];
  if (id === undefined || findNear(at, 1, 4, /^Warning:/) !== undefined) return undefined;
  return sighting("policy.gate", "cause", "cargo-audit names a crate with a weakness", { key: `${line.text.replace(/^Crate:\s+/, "")} ${id}` });
}
