import type { Category } from "../../categories.ts";
import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { failureFollows } from "../platform/failure-mark.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";

/** Versions before 19 print the same without `ERROR: `. */
const forms: readonly Form[] = [
  [/^(?:ERROR: )?(?<key>Could not find a version that satisfies the requirement .{1,300})/, "dependency.resolution", "cause", "pip finds no version that fits"],
  [/^(?:ERROR: )?(?<key>No matching distribution found for .{1,300})/, "dependency.resolution", "likely", "pip finds no version that fits"],
  [
    /^ERROR: (?<key>Cannot install .{1,600} because these package versions have conflicting dependencies)/,
    "dependency.resolution",
    "cause",
    "What is to be installed does not fit together",
  ],
  [/^ERROR: (?<key>ResolutionImpossible\b)/, "dependency.resolution", "likely", "What is to be installed does not fit together"],
  [/^(?:ERROR: )?(?<key>Double requirement given: .{1,300})/, "dependency.resolution", "cause", "A package is asked for twice"],
  [
    /^(?:ERROR: )?(?<key>(?:Package '.{1,200}' requires a different Python|.{1,200} requires Python '.{1,100}' but the running Python is).{0,200})/,
    "config.toolchain",
    "cause",
    "A package does not support this version of Python",
  ],
  [
    /^(?:ERROR: )?(?<key>THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE)/,
    "dependency.resolution",
    "cause",
    "A package is not the one that was pinned",
  ],
  [
    /^(?:ERROR: )?(?<key>Hashes are required in --require-hashes mode|In --require-hashes mode, all requirements must have their versions pinned)/,
    "dependency.resolution",
    "cause",
    "A requirement is not pinned",
  ],
  [/^(?:ERROR: )?(?<key>Invalid requirement: .{1,300})/, "dependency.resolution", "cause", "pip cannot read a requirement"],
  [/^(?:ERROR: )?(?<key>Could not open requirements file: .{1,300})/, "config.workflow", "cause", "A file of requirements is not there"],
  [/^(?:ERROR: )?(?<key>Directory '.{1,300}' is not installable\b.{0,200})/, "config.workflow", "cause", "What is to be installed is no package"],
  [
    /^(?:ERROR: )?(?<key>File "setup\.py".{0,200} not found\b.{0,200}|.{1,200} does not appear to be a Python project.{0,200})/,
    "config.workflow",
    "cause",
    "What is to be installed is no package",
  ],
  [
    /^(?:ERROR: )?(?<key>Requirement '.{1,300}' looks like a filename, but the file does not exist|.{1,300} is not a supported wheel on this platform.{0,40})/,
    "dependency.resolution",
    "cause",
    "A package is not there, or not for this platform",
  ],
  [
    /^(?:ERROR: )?(?<key>Could not install packages due to an? (?:OSError|EnvironmentError): .{0,600})/,
    "dependency.resolution",
    "cause",
    "pip could not install a package",
  ],
  [/^ERROR: (?<key>Cannot uninstall .{1,300})/, "dependency.resolution", "cause", "pip cannot replace a package of the system"],
  [/^(?:×\s|error: |ERROR: )?(?<key>externally-managed-environment)/, "config.toolchain", "cause", "The system does not let pip install"],
  [
    /^ERROR: (?<key>(?:Could not find an activated virtualenv|unknown command|You must give at least one requirement|no such option).{0,200})/,
    "config.toolchain",
    "cause",
    "pip does not take what it was called with",
  ],
  [
    /^ERROR: (?<key>(?:Error .{0,80}while executing command |Cannot find command )'?.{1,200})/,
    "config.toolchain",
    "cause",
    "pip does not find a command that it needs",
  ],
  [/^(?:ERROR: )?(?<key>Command ".{1,600}" failed with error code \d+ in .{1,300})/, "dependency.build", "cause", "A package could not be built"],
  [
    /^ERROR: (?<key>Command errored out with exit status \d+: .{1,800}Check the logs for full command output.{0,20})$/,
    "dependency.build",
    "cause",
    "A package could not be built",
  ],
  [
    /^ERROR: (?<key>HTTP error \d{3} while getting .{1,300}|.{0,20}\d{3} (?:Client|Server) Error: .{1,300} for url: .{1,300})/,
    "dependency.resolution",
    "cause",
    "A package could not be loaded",
  ],
  [/^(?:error: )?(?<key>invalid peer certificate: .{1,200})/, "infra.network", "likely", "The index has no valid certificate"],
  [
    /^(?:\S{0,200}[\\/])?python[\d.]{0,6}(?:\.exe)?: (?<key>No module named \S{1,100})/,
    "dependency.missing_module",
    "cause",
    "A module that is run is not installed",
  ],
  [/^(?:\S{0,200}[\\/])?python[\d.]{0,6}(?:\.exe)?: (?<key>can't open file .{1,300})/, "config.workflow", "cause", "A script that is run is not there"],
];
const wheel = /^(?:ERROR: )?(?:Failed building wheel for|Failed to build) '?([\w.-]{1,120})'?(?: when .{1,100})?$/;
const builds =
  /^(?:ERROR: )?(?:Could not build wheels for |Failed to build (?:one or more wheels|installable wheels)|(?:Failed|failed)-wheel-build-for-install)|^error: (?:legacy-install-failure|failed-wheel-build-for-install)/;

/** pip, in all its versions. What it prints of a download that it tries again is no failure. */
export const pip: Extractor = {
  name: "pip",
  title: "pip",
  keywords: [
    "satisfies the requirement",
    "no matching distribution",
    "conflicting dependencies",
    "resolutionimpossible",
    "double requirement",
    "different python",
    "but the running python",
    "match the hashes",
    "require-hashes",
    "invalid requirement",
    "requirements file:",
    "not installable",
    'setup.py"',
    "be a python project",
    "looks like a filename",
    "supported wheel",
    "could not install packages",
    "cannot uninstall",
    "externally-managed",
    "activated virtualenv",
    "unknown command",
    "at least one requirement",
    "no such option",
    "executing command",
    "cannot find command",
    "with error code",
    "errored out with",
    "http error ",
    " error: ",
    "peer certificate",
    "no module named",
    "can't open file",
    "building wheel",
    "failed to build",
    "build wheels",
    "legacy-install-failure",
    "wheel-build-for-install",
    "metadata-generation-failed",
    "did not run successfully",
  ],
  open: () => (view) => {
    const text = view.line.text.trim();
    if (/^error: metadata-generation-failed$/.test(text)) return built(view, "A package could not be prepared for its build");
    const name = wheel.exec(text)?.[1];
    if (name !== undefined) return ofWheel(name, view);
    if (builds.test(text)) return built(view, "A package could not be built");
    if (/^× .{1,300} did not run successfully\.$/.test(text)) return ofCommand(text);
    const seen = sightingIn(forms, text);
    return seen?.category === "dependency.resolution" && indexWasGone(view) ? { ...seen, category: "infra.network" } : seen;
  },
};

/** Old versions of pip install a package whose wheel failed in another way: only what gives up after it counts. */
function ofWheel(name: string, view: View): Sighting {
  const final = findNear(view.at, 1, 60, builds) !== undefined || failureFollows(view);
  return { category: "dependency.build", strength: final ? "cause" : "likely", reason: "A package could not be built", key: `wheel of ${name}` };
}

/** pip's last word on a build; what the build itself said last is its key. */
function built(view: View, reason: string): Sighting {
  const said = findNear(view.at, -1, -60, /^\s{0,8}(?:error: (?!subprocess|metadata)|[A-Za-z_.]{0,80}(?:Error|Exception): )(.{1,600})$/);
  return { category: categoryOfBuild(said?.found[0] ?? ""), strength: "cause", reason, key: said?.found[1] ?? view.line.text.trim() };
}

function categoryOfBuild(said: string): Category {
  return /requires? .{0,40}Python|Python version|not supported .{0,40}Python/i.test(said) ? "config.toolchain" : "dependency.build";
}

/** git's and others' commands that pip calls; builds tell more further below. */
function ofCommand(text: string): Sighting {
  if (text.startsWith("× git ")) return { category: "vcs.clone_failed", strength: "cause", reason: "pip could not fetch a repository", key: text };
  return { category: "dependency.build", strength: "summary", reason: "A command of pip's failed", key: text };
}

/** `(from versions: none)` after attempts that all failed says nothing of the package. */
function indexWasGone({ line, at }: View): boolean {
  if (!/from versions: (?:none)?\)|No matching distribution/.test(line.text)) return false;
  return findNear(at, -1, -8, /Retrying \(Retry\(total=0|Could not fetch URL .{1,600}: (?:There was a problem|connection error)/) !== undefined;
}
