import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, sightingIn } from "./forms.ts";

const forms: readonly Form[] = [
  // cppcheck, in its newer and older look
  [
    /^[^:\s]{1,300}:\d+:\d+: (?:style|performance|portability|information): (?<key>.{1,400}\[\w{3,60}\])$/,
    "code.lint",
    "likely",
    "cppcheck names a place in a file",
  ],
  [/^\[[^\]]{1,600}\]: \(error\) (?<key>.{1,400})$/, "code.lint", "cause", "cppcheck names an error in a file"],
  [
    /^\[[^\]]{1,600}\]: \((?:warning|style|performance|portability|information)(?:, inconclusive)?\) (?<key>.{1,400})$/,
    "code.lint",
    "likely",
    "cppcheck names a place in a file",
  ],
  // cpplint
  [/^[^:\s]{1,300}:\d+: {2}(?<key>.{1,300} \[[a-z]+\/[\w+-]{1,40}\]) \[\d\]$/, "code.lint", "cause", "cpplint names a place in a file"],
  [/^Total errors found: [1-9]/, "code.lint", "summary", "cpplint counts findings"],
  // clang-tidy, whose warnings end a build only where it is told so
  [/^\d+ warnings? treated as errors?$/, "code.lint", "summary", "clang-tidy's warnings count as errors"],
  [
    /^[^:\s]{1,300}\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|m|mm|cu):\d+:\d+: warning: (?<key>.{1,400} \[(?:[a-z]+-)[a-z][\w.,-]{3,150}\])$/,
    "code.lint",
    "hint",
    "clang-tidy names a place in a file",
  ],
  [
    /^[^:\s]{1,300}\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|m|mm|cu|proto|java):\d+:\d+: warning: (?<key>code should be clang-formatted) \[-Wclang-format-violations\]$/,
    "code.lint",
    "likely",
    "clang-format names a place in a file",
  ],
  // Their wrappers
  [
    /^(?<key>(?:ERROR: )?(?:File|The file) '?[^\s']{1,300}\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|cu)'? (?:is|was) not (?:properly |correctly )?formatted)/i,
    "code.lint",
    "likely",
    "A file is not formatted",
  ],
  [
    /^(?:Failed on file|clang-format failed on|Incorrectly formatted|Formatting errors? in):? (?<key>\S{1,300}\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|cu))\b/i,
    "code.lint",
    "likely",
    "A file is not formatted",
  ],
];

/** cppcheck, cpplint, clang-tidy and clang-format, where they don't write as compilers do. */
export const nativeLinters: Extractor = {
  name: "native-linters",
  title: "Linters of C and C++",
  keywords: [
    ": style: ",
    ": performance: ",
    ": portability: ",
    ": information: ",
    "]: (",
    "] [1]",
    "] [2]",
    "] [3]",
    "] [4]",
    "] [5]",
    "total errors found",
    "treated as error",
    ": warning: ",
    "formatted",
  ],
  open: stateless(({ line }) => sightingIn(forms, line.text)),
};
