import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";

const forms: readonly Form[] = [
  // uv
  [/^(?:error: |× )(?<key>No solution found when resolving .{1,300})/, "dependency.resolution", "cause", "uv finds no versions that fit together"],
  [/^(?:error: |× )(?<key>Failed to (?:download and build|build) .{1,300})/, "dependency.build", "cause", "uv could not build a package"],
  [
    /^(?:error: |× )(?<key>Failed to (?:download|fetch|prepare distributions|extract archive|query|resolve requirements from)\b.{0,300}|Request failed after \d+ retries.{0,300})/,
    "dependency.resolution",
    "cause",
    "uv could not load a package",
  ],
  [
    /^error: (?<key>The lockfile at .{1,100} needs to be updated.{0,200}|Unable to find lockfile.{0,200}|Failed to parse (?:lockfile|`uv\.lock`).{0,200})/,
    "dependency.resolution",
    "cause",
    "The lock file does not fit",
  ],
  [
    /^error: (?<key>(?:No interpreter found|No download found|No virtual environment found|Failed to inspect Python|Could not find a suitable Python|The requested interpreter|No Python at|The Python request from).{0,300})/i,
    "config.toolchain",
    "cause",
    "uv finds no fitting Python",
  ],
  [
    /^error: (?<key>Failed to spawn: .{1,200}|unrecognized subcommand .{1,100}|unexpected argument .{1,200} found)/,
    "config.toolchain",
    "cause",
    "uv does not find, or know, what it is to run",
  ],
  [
    /^error: (?<key>Distribution .{1,200} can't be installed because .{1,200}|No `pyproject\.toml` found.{0,200}|Failed to parse: `?pyproject\.toml.{0,200}|(?:Group|Extra|Package) .{1,100} (?:is )?not (?:defined|found) .{0,200})/,
    "dependency.resolution",
    "cause",
    "uv cannot install what is asked for",
  ],
  // poetry
  [
    /^(?:Error: )?(?<key>(?:poetry\.lock is not up to date with pyproject\.toml|pyproject\.toml changed significantly since poetry\.lock was last generated).{0,200})/,
    "dependency.resolution",
    "cause",
    "The lock file does not fit",
  ],
  [/^(?:RuntimeError: )?(?<key>Unable to find installation candidates for .{1,200})/, "dependency.resolution", "cause", "Poetry finds nothing to install"],
  [
    /^(?<key>Hash for .{1,300} not found in known hashes.{0,200}|Invalid hashes? .{1,300})/,
    "dependency.resolution",
    "cause",
    "A package is not the one that was pinned",
  ],
  [
    /^(?<key>The (?:current project's|currently activated) (?:supported )?Python (?:requirement|version|range) .{1,300} is not (?:compatible|supported).{0,300})/,
    "dependency.resolution",
    "cause",
    "The project's Python does not fit",
  ],
  [
    /^(?<key>Poetry could not find a pyproject\.toml file in .{1,300}|The Poetry configuration is invalid.{0,100}|\[?tool\.poetry\]? section not found in .{1,200})/,
    "config.toolchain",
    "cause",
    "Poetry cannot read its settings",
  ],
  [
    /^(?<key>Command not found: \S{1,200}|Group\(s\) not found: .{1,300}|Extra \[.{1,200}\] is not specified\.)$/,
    "config.toolchain",
    "cause",
    "Poetry does not know what it is asked for",
  ],
  [
    /^(?:[•-] )?(?<key>(?:Installing|Updating|Downgrading) [\w.-]{1,100} \(.{1,200}\): Failed)$/,
    "dependency.resolution",
    "cause",
    "Poetry could not install a package",
  ],
  [/^(?<key>Poetry installation failed\.)$/, "tool.crash", "likely", "Poetry itself could not be installed"],
  [/^(?<key>(?:ChefBuildError|ChefInstallError|PEP517BuildError|EnvCommandError))$/, "dependency.build", "likely", "Poetry could not build a package"],
  [
    /^(?<key>Backend (?:subprocess|subproccess) exited when trying to invoke .{1,100}|Backend operation failed: .{1,300})$/,
    "dependency.build",
    "likely",
    "A package could not be built",
  ],
  // pipenv
  [/^(?:ERROR|Error|✘)?:? ?(?<key>Your Pipfile\.lock \(.{1,100}\) is out of date.{0,200})/, "dependency.resolution", "cause", "The lock file does not fit"],
  [
    /^\[?(?:pipenv\.exceptions\.)?(?<key>(?:ResolutionFailure|InstallError|DeployException|PipenvUsageError|PipfileNotFound|DependencyConflict)\]?: .{0,400})$/,
    "dependency.resolution",
    "likely",
    "Pipenv gave up",
  ],
  [
    /^(?:✘ )?(?:Error: {1,2})?(?<key>(?:An error occurred while installing|the command) .{1,200}(?:!|could not be found within PATH.{0,100}))/,
    "dependency.resolution",
    "likely",
    "Pipenv could not install or run something",
  ],
  // pdm and hatch
  [
    /^\[?(?<key>(?:ResolutionImpossible|ResolutionTooDeep|CandidateNotFound|CandidateInfoNotFound)\]?: .{0,400}|Unable to find a resolution (?:for|because|that).{0,300}|Unable to find candidates for .{1,300})/,
    "dependency.resolution",
    "cause",
    "PDM finds no versions that fit together",
  ],
  [
    /^\[(?<key>(?:PdmUsageError|PdmException|NoPythonVersion|InvalidPyVersion|ProjectError|NoConfigError|BuildError|InstallationError|UninstallError)\]: .{0,400})/,
    "config.toolchain",
    "cause",
    "PDM gave up",
  ],
  [/^(?<key>Lock file (?:hash doesn't match|does not exist|is not compatible).{0,200})$/, "dependency.resolution", "likely", "The lock file does not fit"],
  [/^(?<key>Environment `.{1,100}` is incompatible: .{1,300}|Unknown environment: .{1,100})$/, "config.toolchain", "cause", "Hatch cannot use an environment"],
];

/** uv, Poetry, Pipenv, PDM and Hatch. */
export const pythonPackageManagers: Extractor = {
  name: "python-package-managers",
  title: "uv, Poetry, Pipenv, PDM, Hatch",
  keywords: [
    "no solution found",
    "failed to ",
    "request failed after",
    "lockfile",
    "no interpreter found",
    "no download found",
    "no virtual environment",
    "suitable python",
    "no python at",
    "python request",
    "requested interpreter",
    "unrecognized subcommand",
    "unexpected argument",
    "can't be installed",
    "pyproject.toml",
    "installation candidates",
    "known hashes",
    "invalid hash",
    "supported python",
    "python requirement",
    "poetry ",
    "not defined",
    "command not found: ",
    "group(s) not found",
    "is not specified.",
    "): failed",
    "chefbuilderror",
    "chefinstallerror",
    "pep517builderror",
    "envcommanderror",
    "exited when trying",
    "backend operation failed",
    "pipfile",
    "resolutionfailure",
    "installerror",
    "deployexception",
    "usageerror",
    "dependencyconflict",
    "while installing",
    "within path",
    "resolutionimpossible",
    "resolutiontoodeep",
    "candidatenotfound",
    "candidateinfonotfound",
    "find a resolution",
    "find candidates",
    "pdmexception",
    "nopythonversion",
    "invalidpyversion",
    "projecterror",
    "noconfigerror",
    "builderror]",
    "installationerror]",
    "lock file ",
    "is incompatible: ",
    "unknown environment: ",
    "version solving failed",
    "solverproblemerror",
  ],
  open: () => (view) => {
    const text = view.line.text.trim();
    if (/version solving failed\.?$/.test(text)) return unsolved(view);
    if (text === "SolverProblemError") return { category: "dependency.resolution", strength: "likely", reason: "Poetry finds no versions that fit together" };
    return sightingIn(forms, text);
  },
};

/** Poetry's reasons end with these words, and begin with `Because` or `The current project's …`. */
function unsolved(view: View): Sighting {
  let offset = 0;
  while (offset > -60) {
    const above = view.at(offset - 1)?.text.trim() ?? "";
    if (above === "" || above === "SolverProblemError" || /^(?:Resolving dependencies|Updating dependencies|\(|>)/.test(above)) break;
    offset--;
  }
  const key = findNear(view.at, offset, 0, /\S/)?.found.input.trim() ?? "";
  return { category: "dependency.resolution", strength: "cause", reason: "Poetry finds no versions that fit together", offset, key };
}
