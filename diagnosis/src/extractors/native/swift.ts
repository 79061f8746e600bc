import type { Extractor } from "../../extractor.ts";
import { type Form, findNear, sighting, sightingIn } from "./forms.ts";

/** What fastlane and xcpretty put before lines. */
const prefix = /^(?:\[\d\d:\d\d:\d\d\]: )?(?:▸ )?(?:\[!\] (?=\/)|❌ {1,3}|❌:? {0,3}|\[x\] )?/;
const compile =
  /^(?<file>\/?[^:]{1,300}\.(?:swift|xib|storyboard|xcassets|xcdatamodeld?|plist|metal|xcodeproj|intentdefinition|strings|entitlements)):(?:\d+:)?(?:\d+:)? (?:fatal )?error: (?<message>.{1,600})$/;
/** XCTest's failures have no column; xcpretty shows a compiler's error without `error:`. */
const xctest = /^(?:\S.{0,300}\.(?:swift|m|mm)|<unknown>):\d+: error: (?<test>-\[\S{1,200} \S{1,200}\]|[\w.]{1,200}) : (?<message>.{1,600})$/;
const pretty = /^\/[^:]{1,300}\.(?:swift|m|mm|h|c|cpp):\d+:\d+: (?<message>\S.{0,600})$/;
const ruleMark = /\((?<rule>[a-z_]{3,60})\)$/;

const forms: readonly Form[] = [
  [/^Test [Cc]ase '(?<test>[^']{1,300})' failed (?:\(|on |after )/, "code.test", "cause", "XCTest names a failed test"],
  [
    /^✘ Test (?<test>"?.{1,300}?"?)(?: with \d+ test cases?)? recorded an issue (?:with .{1,200} )?at \S{1,200}: (?<key>.{0,400})$/,
    "code.test",
    "cause",
    "Swift Testing names a failed check",
  ],
  [/^✘ Test (?:run with|Suite|suite)/, "code.test", "summary", "Tests failed"],
  [/^✘ Test (?<test>.{1,300}?) failed after /, "code.test", "likely", "Swift Testing names a failed test"],
  [/^\s{1,8}(?:✗|✖) (?<test>test\w{1,200})(?:,| on | \()\s?(?<key>.{0,300})/, "code.test", "cause", "A test failed"],
  [/^\s{1,8}(?<test>test\w{1,200}), (?<key>(?:XCTAssert|failed).{0,300})$/, "code.test", "likely", "A list of failed tests names one"],
  [/^\s{0,4}Executed \d+ tests?, with (?:\d+ tests? skipped and )?(?<key>[1-9]\d* failures?)/, "code.test", "summary", "XCTest counts failed tests"],
  [/^Restarting after unexpected exit, crash, or test timeout in (?<test>.{1,200});/, "crash.signal", "likely", "The process that ran the tests crashed"],
  [/^Failing tests:$/, "code.test", "summary", "xcodebuild lists failed tests"],
  [/^\*\* (?:BUILD|ARCHIVE|EXPORT|CLEAN|ANALYZE|INSTALL|TEST BUILD) FAILED \*\*/, "code.compile", "symptom", "xcodebuild stopped"],
  [/^\*\* TEST(?: EXECUTE)? FAILED \*\*/, "code.test", "symptom", "xcodebuild stopped"],
  [/^The following build commands failed:/, "code.compile", "summary", "xcodebuild lists what failed"],
  [
    /^xcodebuild: error: (?<key>.{0,200}(?:Could not resolve package|resolve package dependencies).{0,400})/,
    "dependency.resolution",
    "cause",
    "Xcode cannot get a package",
  ],
  [
    /^xcodebuild: error: (?<key>.{0,200}(?:Unable to find a (?:device|destination)|destination|SDK|not installed|requires Xcode|invalid developer|platform).{0,300})/i,
    "config.toolchain",
    "cause",
    "Xcode has not what the build asks for",
  ],
  [/^xcodebuild: error: (?<key>.{1,400})/, "config.workflow", "cause", "Xcode refuses how it was called"],
  [/^(?:xcode-select|xcrun): error: (?<key>.{1,300})/, "config.toolchain", "cause", "Xcode's tools are not there"],
  [
    /^(?:error: )?(?:Code Signing Error: )?(?<key>(?:No (?:profiles?|signing certificate|account|code signing)|Signing for "|Provisioning profile|"[^"]{1,100}" requires a provisioning profile|Code signing is required|No certificate).{0,300})/,
    "config.auth",
    "likely",
    "Xcode cannot sign",
  ],
  [
    /^error: (?<key>(?:Dependencies could not be resolved|failed to clone|Failed to clone repository|[Cc]ould not find a (?:branch|package)|package at |unknown package|product '.{1,80}' required by|multiple (?:packages|targets)|artifact of binary target|failed (?:downloading|extracting)|the package '.{1,80}'|no versions of|invalid (?:archive|checksum)|checksum of).{0,500})/,
    "dependency.resolution",
    "cause",
    "Swift's package manager cannot get a package",
  ],
  [
    /^error: (?<key>.{0,200}is using Swift tools version .{1,200}|.{0,200}(?:requires minimum platform version|contains an outdated Package manifest).{0,200})/,
    "config.toolchain",
    "cause",
    "A package asks for another Swift",
  ],
  [
    /^(?:error|fatal): (?<key>'[\w.-]{1,80}': .{0,300}(?:Invalid manifest|the package|Source files for target).{0,300})/,
    "config.workflow",
    "cause",
    "Swift's package manager cannot read a package",
  ],
  [
    /^error: (?:fatalError$|terminated\(\d+\)|Exited with .{1,40}signal code (?<key>\d+)|link command failed|emit-module command failed|compile command failed|\w{1,40} command failed with exit code)/,
    "code.compile",
    "symptom",
    "Swift's build stopped",
  ],
  [
    /^(?:error: )?(?<key>fatal error encountered (?:during|while) .{1,200}|(?:Please submit a bug report|Stack dump:) .{0,20}swift.{0,200})/i,
    "tool.crash",
    "likely",
    "The compiler itself failed",
  ],
  [
    /^(?:\S{1,200}[\\/])?\w[\w./-]{0,200}\.swift:\d+: (?<key>(?:Fatal error|Assertion failed|Precondition failed): .{1,300}|Fatal error)/,
    "crash.signal",
    "likely",
    "A Swift program ended with a fatal error",
  ],
  [/^Fatal error: (?<key>.{1,300}): file \S{1,300}\.swift, line \d+/, "crash.signal", "likely", "A Swift program ended with a fatal error"],
  [/^Done linting! Found \d+ violations?, (?<key>[1-9]\d* serious)/, "code.lint", "summary", "SwiftLint counts findings"],
  [/^(?:SwiftFormat completed\.? )?(?<key>[1-9]\d*)\/\d+ files require formatting/, "code.lint", "summary", "SwiftFormat would change files"],
  // CocoaPods, Carthage, fastlane
  [
    /^\[!\] (?<key>(?:CocoaPods could not find compatible versions|Unable to (?:find a specification|satisfy|add a source|download)|None of your spec sources|The version of CocoaPods|Error installing|There are multiple dependencies|CDN: ).{0,400})/,
    "dependency.resolution",
    "cause",
    "CocoaPods cannot get a pod",
  ],
  [
    /^\[!\] (?<key>(?:The '.{1,100}' target has|The following Swift pods|Invalid `Podfile`|No `Podfile`|Could not automatically select|\/\S{1,100}bash).{0,400})/,
    "config.workflow",
    "cause",
    "CocoaPods cannot install pods",
  ],
  [
    /^(?:\[!\] )?(?:Error (?:building|packaging up|analyzing) the application|fastlane finished with errors|Error building\/testing the application|Tests? (?:execution )?failed\.?(?: Exit status: \d+)?$)/,
    "code.compile",
    "symptom",
    "fastlane stopped",
  ],
  [
    /^(?<key>A shell task \(.{1,300}\) failed with exit code \d+.{0,100}|Build Failed|Failed to (?:check out|read|parse) .{1,200} from .{1,200}Carthage.{0,100}|No available version for .{1,200}|Dependency ".{1,100}" has no shared framework schemes.{0,100})/,
    "dependency.build",
    "summary",
    "Carthage stopped",
  ],
];

/** Swift's compiler, package manager and tests, Xcode, SwiftLint, CocoaPods, Carthage, fastlane. */
export const swift: Extractor = {
  name: "swift",
  title: "Swift and Xcode",
  keywords: [
    "error: ",
    "❌",
    "[x] ",
    "[!] ",
    "' failed ",
    "✘",
    "✗ test",
    "✖ test",
    ", xctassert",
    ", failed",
    "executed ",
    "restarting after",
    "failing tests:",
    " failed **",
    "build commands failed",
    "signing",
    "provisioning",
    "fatal error",
    "assertion failed",
    "precondition failed",
    "done linting!",
    "require formatting",
    "building the application",
    "up the application",
    "analyzing the application",
    "finished with errors",
    "a shell task (",
    "no available version",
    "shared framework schemes",
    "fatal: ",
  ],
  open() {
    return ({ line, at }) => {
      const text = line.text.replace(prefix, "");
      const marked = text !== line.text && /❌|\[x\]/.test(line.text);
      const test = xctest.exec(text)?.groups;
      if (test !== undefined)
        return sighting("code.test", "cause", "An assertion of a test failed", { test: test["test"] ?? "", key: `${test["test"]} ${test["message"]}` });
      const found = compile.exec(text)?.groups ?? (marked ? pretty.exec(text)?.groups : undefined);
      const message = found?.["message"];
      if (message === undefined) return sightingIn(forms, text);
      if (ruleMark.test(message) || / Violation: /.test(message) || /^\([a-zA-Z]{3,40}\) /.test(message))
        return sighting("code.lint", "cause", "A linter names a place in a file", { key: message });
      // Linux's XCTest without a test's name, and what a driver repeats.
      if (/^XCTAssert|^failed - /.test(message)) return sighting("code.test", "cause", "An assertion of a test failed", { key: message });
      const category =
        message.startsWith("no such module '") && findNear(at, 1, 1, /Pods|Carthage/) === undefined
          ? "dependency.missing_module"
          : /^(?:expected |extraneous |consecutive |unterminated |invalid character)/.test(message)
            ? "code.syntax"
            : "code.compile";
      return sighting(category, "cause", "The Swift compiler names an error in a file", { key: message });
    };
  },
};
