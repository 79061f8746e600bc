import type { Extractor } from "../../extractor.ts";
import { type Form, readForms } from "./forms.ts";

/** terraform, tofu, packer, pulumi, ansible, kubectl, helm, kind, the clouds' command lines and hosting services. */
const forms: readonly Form[] = [
  {
    category: "config.auth",
    strength: "cause",
    elsewhere: "hint",
    reason: "The cloud has no valid credentials from this job, or gives them too few rights",
    patterns: [
      /\bUnable to locate credentials\b/,
      /\b(?:ExpiredToken|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|AuthFailure|InvalidAccessKeyId|AccessDenied|AccessDeniedException|UnauthorizedOperation|InvalidIdentityToken|NoCredentialProviders)\b/,
      /\bis not authorized to perform: \S/,
      /\bNo valid credential sources? (?:for .{1,80} )?found\b/i,
      /^(?:│ )?Error: (?:error configuring|Unable to (?:authenticate|configure|list provider)|No value for required variable$|building account: |unable to build authorizer|Invalid provider configuration)/,
      /\bAADSTS\d{4,}\b/,
      /^ERROR: (?:Please run 'az login'|\(gcloud\.[\w.-]{1,80}\) (?:You do not currently have an active account|PERMISSION_DENIED|.{0,80}(?:credential|does not have permission|unauthori[sz]ed)))/,
      /\b(?:could not find default credentials|Could not load the default credentials|Application Default Credentials are not available)\b/,
      /^(?:Error: )?(?:No existing credentials found|Not currently logged in|Not authenticated|You must be logged in|Failed to authenticate, have you run firebase login|Authentication (?:required|error)\b|Invalid token value|The specified token is not valid|No Netlify|Authorization failed|Unauthenticated)/i,
      /^error: (?:You must be logged in to the server|the server has asked for the client to provide credentials)/,
      /^Error from server \((?:Forbidden|Unauthorized)\)/,
      /^error: PULUMI_ACCESS_TOKEN must be set/,
    ],
  },
  {
    category: "config.workflow",
    strength: "cause",
    reason: "The description of the infrastructure is not valid",
    patterns: [
      /^(?:│ )?Error: (?:Invalid (?:value|reference|template|function|expression|resource|block|count|for_each|attribute|combination)|Unsupported (?:argument|attribute|block)|Missing (?:required argument|resource|newline|item)|Reference to undeclared|Duplicate (?:resource|variable|provider|output)|Argument or block definition required|Unclosed configuration block|Module not installed|Missing name for resource|Inconsistent conditional|Call to unknown function|Cycle: |Failed to (?:query available provider packages|install provider|read variables file)|Inconsistent dependency lock file|Unsupported Terraform Core version|Backend (?:initialization required|configuration changed))/,
      /^ERROR! (?:Syntax Error|couldn't resolve module\/action|the (?:role|playbook|field) |no (?:action|module) detected|Unexpected Exception|conflicting action|We were unable to read|Attempting to decrypt|'.{1,100}' is not a valid attribute|Unable to retrieve file contents|vars file)/,
      /^(?:Error: )?(?:INSTALLATION FAILED: |UPGRADE FAILED: )?(?:YAML parse error on|template: |parse error at \(|execution error at \(|failed to parse |unable to build kubernetes objects)/,
      /^(?:error|Error): (?:error (?:parsing|validating|converting) |unable to recognize |no matches for kind |resource mapping not found|accumulating resources)/,
      /^The .{1,100} "?.{0,200}"? is invalid: \S/,
      /^(?:Template format error|An error occurred \(ValidationError\)|Error: Failed to validate .{1,100}template)/,
      /^(?:Error: )?(?:Cannot resolve serverless variables|Invalid configuration file|Serverless plugin ".{1,100}" not found|Error parsing .{1,80}(?:toml|json|ya?ml))/,
      /^\[(?:ERR|Error)\] E\d{4}\b/,
    ],
  },
  {
    category: "config.workflow",
    strength: "likely",
    reason: "The files are not as the formatter makes them",
    patterns: [/^Error: (?:Terraform (?:exited with code 3|fmt)|File is not in canonical format)/],
  },
  {
    category: "unknown",
    strength: "cause",
    reason: "A task of the playbook failed",
    patterns: [/^fatal: \[[^\]]{1,200}\]: (?:FAILED!|UNREACHABLE!)(?!.{0,800}\.\.\.ignoring)/, /^failed: \[[^\]]{1,200}\] \(item=/],
  },
  {
    category: "unknown",
    strength: "likely",
    elsewhere: "hint",
    reason: "The tool for infrastructure stopped with an error",
    patterns: [
      /^│ Error: \S.{3,}/,
      /^Error: (?:INSTALLATION FAILED|UPGRADE FAILED|timed out waiting for the condition|release .{1,100} failed|context deadline exceeded|repo .{1,100} not found)/,
      /^(?:Error from server(?: \(\w{1,40}\))?|error: timed out waiting for the condition|error: deployment ".{1,200}" exceeded its progress deadline|error: (?:no context exists|no such (?:file|host)|the server doesn't have|error loading config|current-context is not set))/,
      /^ERROR: (?:failed to create cluster|\(gcloud\.[\w.-]{1,80}\) \S|failed to (?:pull|load|delete) )/,
      /^(?:X |❌ +)Exiting due to /,
      /^An error occurred \(\w{1,80}\) when calling the \w{1,80} operation/,
      /^(?:==> .{1,100}: |Build '.{1,200}' errored)/,
      /^ERROR: \((?:\w{1,80})\) \S/,
      /^(?:error: (?:update failed|preview failed)|.{0,20}error: \d+ error occurred:)/,
      /^(?:Failed to deploy|Deployment failed|Deploy failed|Error: (?:Deploy|Build) (?:directory|command|failed)|Error: Command ".{1,200}" exited with [1-9])/,
      /^!? {1,6}(?:Push rejected|No such app|Couldn't find that app|Failed to (?:compile|build|push))/,
    ],
  },
];

const ignored = /\.\.\.ignoring$/;

/** Tools that describe or reach machines elsewhere. */
export const infrastructure: Extractor = {
  name: "infrastructure",
  title: "Terraform, Ansible, Kubernetes and the clouds",
  keywords: [
    "locate credentials",
    "expiredtoken",
    "invalidclienttokenid",
    "unrecognizedclient",
    "signaturedoesnotmatch",
    "authfailure",
    "accessdenied",
    "invalidaccesskeyid",
    "unauthorizedoperation",
    "invalididentitytoken",
    "nocredentialproviders",
    "is not authorized to perform",
    "credential source",
    "error: ",
    "aadsts",
    "az login",
    "(gcloud.",
    "default credentials",
    "logged in",
    "not authenticated",
    "unauthenticated",
    "authentication required",
    "authentication error",
    "authorization failed",
    "invalid token value",
    "token is not valid",
    "error from server",
    "error! ",
    "is invalid: ",
    "template format error",
    "an error occurred (",
    "yaml parse error",
    "installation failed",
    "upgrade failed",
    "kubernetes objects",
    "error validating",
    "no matches for kind",
    "fatal: [",
    "failed: [",
    "failed to create cluster",
    "exiting due to ",
    "errored",
    "failed to deploy",
    "deployment failed",
    "deploy failed",
    "push rejected",
    "no such app",
    "couldn't find that",
  ],
  open: () => {
    const read = readForms(forms);
    return (view) => {
      // Ansible goes on where a task may fail.
      for (let offset = 1; offset <= 4; offset++) if (ignored.test(view.at(offset)?.text ?? "")) return undefined;
      return read(view);
    };
  },
};
