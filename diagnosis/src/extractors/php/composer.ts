import { type Extractor } from "../../extractor.ts";
import { type Form, sightingIn } from "../native/forms.ts";

const forms: readonly Form[] = [
  [
    /^(?<key>Your requirements could not be resolved to an installable set of packages)/,
    "dependency.resolution",
    "cause",
    "Composer finds no packages that fit together",
  ],
  [/^(?<key>Your lock file does not contain a compatible set of packages)/, "dependency.resolution", "cause", "The lock file does not fit this platform"],
  [
    /^(?:- )?(?<key>Required (?:\(in require(?:-dev)?\) )?package ".{1,200}" is (?:not present in the lock file|in the lock file as).{0,200})/,
    "dependency.resolution",
    "cause",
    "The lock file does not fit",
  ],
  [
    /^(?<key>Could not find (?:package|a version of package|a matching version of package) .{1,300})/,
    "dependency.resolution",
    "cause",
    "Composer does not find a package",
  ],
  [/^(?:- )?(?<key>Root composer\.json requires .{1,400})/, "dependency.resolution", "likely", "What is required does not fit"],
  [
    /^(?:\[Composer\\Downloader\\TransportException\] ?)?(?<key>(?:The ".{1,400}" file could not be downloaded|curl error \d+ while downloading|Failed to (?:clone|execute git)).{0,400})/,
    "dependency.resolution",
    "likely",
    "Composer could not load a package",
  ],
  [
    /^(?<key>Could not authenticate against .{1,200}|Your (?:GitHub|GitLab) (?:OAuth|credentials) .{1,200}|Invalid credentials for .{1,200})/,
    "config.auth",
    "cause",
    "Composer's login was not accepted",
  ],
  [
    /^(?<key>".{1,200}composer\.(?:json|lock)" does not (?:contain valid JSON|match the expected JSON schema))/,
    "code.syntax",
    "cause",
    "Composer cannot read its file",
  ],
  [/^(?<key>(?:\.\/)?composer\.json is invalid, the following errors).{0,60}/, "code.lint", "cause", "Composer's file is not valid"],
  [
    /^(?<key>(?:\.\/)?composer\.json is valid(?:, but with a few warnings|.{0,60}but (?:your|the) composer\.lock has some errors).{0,60})/,
    "code.lint",
    "summary",
    "Composer's file has warnings",
  ],
  [/^(?<key>Composer could not find a composer\.json file in .{1,200})/, "config.workflow", "cause", "There is no composer.json here"],
  [
    /^(?<key>\S{1,120} contains a Composer plugin which is blocked by your allow-plugins.{0,100})/,
    "config.toolchain",
    "cause",
    "Composer may not load a plugin",
  ],
  [
    /^(?<key>(?:Command ".{1,100}" is not defined|There are no commands defined in the ".{1,100}" namespace).{0,100})/,
    "config.workflow",
    "cause",
    "A command does not exist",
  ],
  [/^(?<key>Found \d+ (?:abandoned|security vulnerability advisor\w+).{0,120})/, "policy.gate", "likely", "A dependency has a known weakness"],
  [/^(?<key>Installation failed, (?:reverting|deleting) .{1,100})/, "dependency.resolution", "summary", "Composer could not install"],
  [
    /^(?<key>Script .{1,300} handling the .{1,100} event (?:returned with error code|terminated with an exception).{0,60})/,
    "unknown",
    "symptom",
    "A script of Composer's failed",
  ],
];

/** Composer. */
export const composer: Extractor = {
  name: "composer",
  title: "Composer",
  keywords: [
    "requirements could not be resolved",
    "lock file",
    "could not find package",
    "version of package",
    "root composer.json",
    "could not be downloaded",
    "while downloading",
    "failed to clone",
    "failed to execute git",
    "could not authenticate",
    "could not authenticate against",
    "your github ",
    "your gitlab ",
    "invalid credentials for",
    "composer.json",
    'composer.lock"',
    "composer plugin",
    "is not defined",
    "no commands defined",
    "advisor",
    "installation failed, ",
    " event returned",
    " event terminated",
  ],
  open:
    () =>
    ({ line }) =>
      sightingIn(forms, line.text.trim()),
};
