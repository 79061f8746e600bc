import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, readForms } from "../native/forms.ts";

const forms: readonly Form[] = [
  // nox
  [/^nox > (?<key>Program .{1,200} not found\.?)$/, "config.toolchain", "cause", "nox does not find a program"],
  [/^nox > (?<key>Session .{1,200} failed: Python interpreter .{1,100} not found\.?)$/, "config.toolchain", "cause", "nox does not find an interpreter"],
  [/^nox > (?<key>Sessions? not found: .{1,300})$/, "config.workflow", "cause", "nox does not know a session"],
  [/^nox > (?<key>Failed to load Noxfile .{1,300})$/, "config.toolchain", "likely", "nox cannot read its file"],
  [/^nox > (?<key>Session .{1,200} aborted: .{1,300})$/, "unknown", "likely", "A session of nox gave up"],
  [/^nox > (?<key>Command .{1,1500} failed with exit code (?!137|139|134)-?\d+)/, "unknown", "symptom", "A command of nox failed"],
  [/^nox > (?<key>Session .{1,200} failed\.)$/, "unknown", "symptom", "A session of nox failed"],
  // tox, before and since version 4
  [/^ERROR: (?<key>InvocationError for command could not find executable .{1,300})$/, "config.toolchain", "cause", "tox does not find a command"],
  [/^ERROR: {1,4}(?:\S{1,80}: )?(?<key>InterpreterNotFound: .{1,200})$/, "config.toolchain", "cause", "tox does not find an interpreter"],
  [/^(?:ERROR: )?(?<key>unknown (?:tox )?environment '.{1,200}')/, "config.workflow", "cause", "tox does not know an environment"],
  [
    /^(?:ROOT: )?(?:HandledError ?\| ?)?(?<key>provided environments not found in configuration file:.{0,300})$/,
    "config.workflow",
    "cause",
    "tox does not know an environment",
  ],
  [/^(?:ERROR: )?(?<key>tox config file .{0,200}not found|toxini file .{1,200} not found)/i, "config.toolchain", "cause", "tox finds no settings"],
  [/^(?:ERROR: )?(?<key>tox version is .{1,60}, required is at least .{1,60})$/, "config.toolchain", "cause", "tox is too old"],
  [
    /^[\w.{},-]{1,80}: (?<key>failed with .{1,300}(?:not allowed|allowlist_externals|could not find).{0,200})$/,
    "config.toolchain",
    "cause",
    "tox may not run, or does not find, a command",
  ],
  [/^[\w.{},-]{1,80}: (?<key>skipped because could not find python interpreter .{0,200})$/, "config.toolchain", "likely", "tox does not find an interpreter"],
  [
    /^(?:ERROR: {1,4}(?:\S{1,80}: )?)(?<key>could not install deps .{1,600})$/,
    "dependency.resolution",
    "summary",
    "tox could not install what an environment needs",
  ],
  [
    /^ERROR: (?<key>InvocationError for command .{1,1500} \(exited with code -\d+.{0,40}\))$/,
    "crash.signal",
    "likely",
    "A command of tox was ended by a signal",
  ],
  [/^ERROR: (?<key>InvocationError.{0,1800})$/, "unknown", "symptom", "A command of tox failed"],
  [/^ERROR: {1,4}(?<key>\S{1,80}: (?:commands failed|parallel child exit code \d+))$/, "unknown", "symptom", "An environment of tox failed"],
  [/^\s{0,4}[\w.{},-]{1,80}: (?:exit -\d{1,3} |FAIL code -\d)/, "crash.signal", "summary", "A command of tox was ended by a signal"],
  [/^\s{0,4}[\w.{},-]{1,80}: (?:exit \d{1,3} \(|FAIL code \d|FAIL ✖)/, "unknown", "symptom", "A command of tox failed"],
];

export const tox: Extractor = {
  name: "tox",
  title: "tox and nox",
  keywords: [
    "nox > ",
    "invocationerror",
    "interpreternotfound",
    "unknown environment",
    "unknown tox environment",
    "provided environments not found",
    "tox config file",
    "toxini file",
    "tox version is",
    ": failed with ",
    "could not find python interpreter",
    "could not install deps",
    "commands failed",
    "parallel child exit code",
    ": exit ",
    ": fail code",
    ": fail ✖",
  ],
  open: stateless(readForms(forms)),
};
