import type { Extractor } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, readForms } from "./forms.ts";

/** Jenkins, its plugins and its pipelines. What a build step printed above them says more, so most are a summary. */
const forms: readonly Form[] = [
  {
    category: "config.workflow",
    strength: "cause",
    reason: "Jenkins cannot read the pipeline, or its script fails",
    patterns: [
      /^org\.codehaus\.groovy\.control\.MultipleCompilationErrorsException: /,
      /^(?:groovy\.lang\.(?:MissingPropertyException|MissingMethodException)|java\.lang\.NoSuchMethodError: No such DSL method|java\.lang\.NoSuchMethodError: .{0,40}DSL)/,
      /^(?:org\.jenkinsci\.plugins\.scriptsecurity\.sandbox\.RejectedAccessException|Scripts not permitted to use)/,
      /^ERROR: (?:Library .{1,200} (?:expected to contain|not found)|Could not resolve|No such (?:library|resource|property)|Unable to find |Jenkinsfile)/,
      /^WorkflowScript: \d+: /,
    ],
  },
  {
    category: "config.auth",
    strength: "cause",
    reason: "Jenkins does not have the credentials",
    patterns: [/^(?:ERROR: |org\.\S{1,200}: )?(?:Could not find credentials (?:entry )?(?:matching|with ID)|CredentialNotFoundException|Invalid credentials)/],
  },
  {
    category: "vcs.ref_missing",
    strength: "cause",
    reason: "Jenkins does not find the commit or branch it is to build",
    patterns: [/^ERROR: Couldn't find any revision to build\b/],
  },
  {
    category: "vcs.clone_failed",
    strength: "likely",
    elsewhere: "summary",
    reason: "Jenkins could not fetch the repository",
    patterns: [/^ERROR: Error (?:cloning|fetching) remote repo /, /^(?:ERROR: )?Maximum checkout retry attempts reached/],
  },
  {
    category: "infra.runner_lost",
    strength: "likely",
    elsewhere: "summary",
    transient: "possible",
    reason: "The agent was lost",
    patterns: [
      /^(?:Caused: |FATAL: )?(?:java\.io\.IOException: )?(?:.{0,100}Backing channel '.{1,200}' is disconnected|Unexpected termination of the channel|channel is already closed|Connection was broken|Pipe (?:closed|broken))/,
      /^(?:FATAL: )?(?:java\.io\.EOFException|hudson\.remoting\.(?:ChannelClosedException|RequestAbortedException)|java\.nio\.channels\.ClosedChannelException)/,
      /^(?:Agent|Slave|Node) .{0,100}(?:went offline|is offline|was marked offline|disconnected|removed)\b/i,
      /^(?:Cannot contact .{1,200}: |ERROR: (?:Agent was removed|Issue with creating launcher))/,
      /^wrapper script does not seem to be touching the log file/,
      /^ERROR: (?:script apparently exited without )/,
    ],
  },
  {
    category: "cancelled",
    strength: "cause",
    reason: "Somebody stopped the build",
    patterns: [/^Aborted by \S/, /^Build was aborted\b/],
  },
  {
    category: "dependency.missing_module",
    strength: "likely",
    reason: "Jenkins does not find the build's description",
    patterns: [/^ERROR: (?:Failed to parse POMs|No such file: .{1,200}pom\.xml)/],
  },
  {
    category: "unknown",
    strength: "summary",
    reason: "A step of the Jenkins build failed",
    patterns: [
      /^ERROR: Step .{1,3}[\w(].{1,200} (?:failed|aborted due to exception): /,
      /^(?:hudson\.AbortException|ERROR|FATAL): (?!script returned|Job failed|Build step )\S.{4,}/,
    ],
  },
];

/** Jenkins's own words. */
export const jenkins: Extractor = {
  name: "jenkins",
  title: "Jenkins",
  keywords: [
    "started by ",
    "[pipeline]",
    "building remotely",
    "building in workspace",
    "building on ",
    "running as system",
    "compilationerrorsexception",
    "groovy.lang.missing",
    "dsl method",
    "scriptsecurity",
    "scripts not permitted",
    "workflowscript: ",
    "error: library",
    "error: could not",
    "error: couldn't",
    "error: error ",
    "checkout retry attempts",
    "error: unable to",
    "error: no such",
    "error: failed to parse poms",
    "error: step",
    "error: agent",
    "error: issue with",
    "error: script app",
    "find credentials",
    "credentialnotfound",
    "invalid credentials",
    "backing channel",
    "of the channel",
    "already closed",
    "connection was broken",
    "pipe closed",
    "pipe broken",
    "hudson.remoting",
    "eofexception",
    "closedchannel",
    "offline",
    "cannot contact",
    "touching the log file",
    "aborted by ",
    "build was aborted",
    "abortexception",
    "fatal: ",
    "error: ",
  ],
  open() {
    const read = readForms(forms);
    let inJenkins = false;
    return (view) => {
      const { text, command } = view.line;
      if (/^(?:Started by |\[Pipeline\]|Building (?:remotely |in workspace|on )|Running as SYSTEM)/.test(text)) inJenkins = true;
      if (command !== undefined || /^\s{1,40}at /.test(text)) return undefined;
      const seen = read(view);
      return seen !== undefined && (inJenkins || endsInJenkins(view)) ? seen : undefined;
    };
  },
};

/** A part of a build's log may lack the beginning. */
function endsInJenkins({ at }: View): boolean {
  for (let offset = 1; offset <= 100; offset++) {
    const text = at(offset)?.text;
    if (text === undefined) return false;
    if (/^(?:Finished: [A-Z]|\[Pipeline\]|Build step ')/.test(text)) return true;
  }
  return false;
}
