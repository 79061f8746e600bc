import type { Category } from "../../categories.ts";
import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";

const forms: readonly Form[] = [
  [
    /^(?:distutils\.errors\.\w{1,40}: |error: )?(?<key>(?:Microsoft )?Visual C\+\+ \d+(?:\.\d+)?(?: or greater)? is required.{0,200}|Unable to find vcvarsall\.bat)/,
    "dependency.build",
    "cause",
    "There is no compiler for this package",
  ],
  [/^(?<key>unable to execute '?.{1,200}'?: No such file or directory)$/, "config.toolchain", "cause", "A compiler is not there"],
  [/^error: (?<key>invalid command '.{1,100}')/, "config.toolchain", "cause", "setup.py does not know a command"],
  [/^(?<key>error in .{1,200} setup command: .{1,400})/, "dependency.build", "cause", "A package's settings are not valid"],
  [
    /^(?:error: |distutils\.errors\.DistutilsError: )?(?<key>Could not find suitable distribution for Requirement\.parse\(.{1,200}\))/,
    "dependency.resolution",
    "cause",
    "setuptools finds no version that fits",
  ],
  [
    /^error: (?<key>(?:package directory '.{1,200}' does not exist|Multiple top-level (?:packages|modules) discovered.{0,300}|can't copy .{1,300}|could not (?:create|delete|write) .{1,300}|option .{1,80} not recognized|Setup script exited with .{1,300}))/,
    "dependency.build",
    "likely",
    "setup.py gave up",
  ],
  [
    /^error: (?<key>.{1,200} is installed but .{1,200} is required by .{1,200}|.{1,200} \d\S{0,40} is installed but .{1,300})$/,
    "dependency.resolution",
    "cause",
    "An installed package does not fit",
  ],
  [
    /^(?:ERROR )?(?<key>Backend (?:subprocess|subproccess) exited when trying to invoke .{1,100})$/,
    "dependency.build",
    "likely",
    "A package could not be built",
  ],
  [
    /^ERROR (?<key>(?:Missing dependencies:|Source .{1,300} does not appear to be a Python project).{0,300})$/,
    "dependency.resolution",
    "cause",
    "What the build needs is not there",
  ],
  [/^(?<key>Cython\.Compiler\.Errors\.CompileError: .{1,300})$/, "code.compile", "summary", "Cython could not translate a file"],
  [/^ERROR (?<key>InvalidDistribution: .{1,300})$/, "release.publish_rejected", "likely", "twine does not take the package"],
  [/^Checking (?<key>\S{1,300}: FAILED)/, "release.publish_rejected", "likely", "twine does not take the package"],
];
const failedCommand =
  /^error: (Command .{1,1200} failed with exit (?:status|code) -?\d+|command '.{1,300}' failed(?: with exit (?:status|code) -?\d+|: .{1,200}))/;

/** setup.py, distutils and setuptools, pypa's build, Cython, and twine's check. */
export const setuptools: Extractor = {
  name: "setuptools",
  title: "setuptools and Cython",
  keywords: [
    "visual c++",
    "vcvarsall",
    "unable to execute",
    "invalid command",
    "setup command",
    "suitable distribution",
    "package directory '",
    "top-level packages",
    "top-level modules",
    "can't copy",
    "error: could not ",
    "not recognized",
    "setup script exited",
    "is installed but",
    "exited when trying",
    "missing dependencies:",
    "be a python project",
    "cython file:",
    "compileerror: ",
    "invaliddistribution",
    ": failed",
    "with exit status",
    "with exit code",
    "' failed: ",
  ],
  open: () => (view) => {
    const text = view.line.text.trim();
    if (text === "Error compiling Cython file:") return ofCython(view);
    const command = failedCommand.exec(text)?.[1];
    if (command !== undefined) return { category: ownerOf(view), strength: "summary", reason: "A compiler that setup.py called failed", key: command };
    const seen = sightingIn(forms, text);
    return seen !== undefined && isNested(view) && seen.strength === "cause" ? { ...seen, strength: "likely" } : seen;
  },
};

/** pip indents what the build of a package prints. */
function isNested({ line }: View): boolean {
  return /^ {4,}\S/.test(line.text);
}

function ownerOf(view: View): Category {
  return isNested(view) ? "dependency.build" : "code.compile";
}

/** The place and the message stand below the lines of code. */
function ofCython(view: View): Sighting {
  const place = findNear(view.at, 1, 40, /^\s{0,20}(\S{1,300}\.(?:pyx|pxd|pxi|py)):\d+:\d+: (.{1,400})$/);
  return {
    category: ownerOf(view),
    strength: isNested(view) ? "likely" : "cause",
    reason: "Cython shows an error in a file",
    ...(place === undefined ? {} : { offset: place.offset, key: place.found[2] ?? "" }),
  };
}
