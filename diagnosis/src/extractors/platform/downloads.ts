import type { Extractor } from "../../extractor.ts";
import { type Form, readForms } from "./forms.ts";

/** Where scripts fetch things; they often try again, so what is not followed by the command's end counts little. */
const forms: readonly Form[] = [
  {
    category: "config.auth",
    strength: "likely",
    elsewhere: "hint",
    reason: "The server wants other credentials",
    patterns: [
      /^curl: \(22\) The requested URL returned error: 40[13]/,
      /^curl: \(67\) /,
      /\bERROR 40[13]: /,
      /^wget: server returned error: HTTP\/[\d.]+ 40[13]/,
    ],
  },
  {
    category: "dependency.resolution",
    strength: "likely",
    elsewhere: "hint",
    reason: "What was to be downloaded is not there",
    patterns: [
      /^curl: \((?:22|56)\) The requested URL returned error: 4(?:04|10)/,
      /\bERROR 4(?:04|10): /,
      /^wget: server returned error: HTTP\/[\d.]+ 404/,
      /^(?:Invoke-WebRequest|iwr|Invoke-RestMethod) ?: .{0,200}\b404\b/,
    ],
  },
  {
    category: "infra.rate_limit",
    strength: "likely",
    elsewhere: "hint",
    reason: "The server's limit was reached",
    patterns: [/^curl: \(22\) The requested URL returned error: 429/, /\bERROR 429: /, /^wget: server returned error: HTTP\/[\d.]+ 429/],
  },
  {
    category: "resource.disk_full",
    strength: "likely",
    elsewhere: "hint",
    reason: "What was downloaded could not be written",
    patterns: [/^curl: \(23\) .{0,80}(?:No space|disk)/],
  },
  {
    category: "config.toolchain",
    strength: "likely",
    elsewhere: "hint",
    reason: "The download command is not valid here",
    patterns: [
      /^curl: (?:\([123]\) |option |try 'curl --help')/,
      /^wget: (?:unrecognized option|missing URL|invalid option)/,
      /^curl: \((?:26|37|58|77|91)\) /,
    ],
  },
  {
    category: "infra.network",
    strength: "likely",
    elsewhere: "hint",
    reason: "The download failed",
    patterns: [
      /^curl: \((?:5|6|7|16|18|28|35|52|55|56|92|95)\) /,
      /^curl: \(22\) The requested URL returned error: 5\d\d/,
      /\bERROR 5\d\d: /,
      /^wget: (?:unable to (?:resolve host address|connect)|bad address|can't connect|download timed out|server returned error: HTTP\/[\d.]+ 5\d\d|TLS error)/,
      /^(?:failed: (?:Connection (?:timed out|refused|reset)|Temporary failure|Name or service not known|Network is unreachable)\.|Giving up\.)/,
      /^aria2c?: .{0,100}(?:download failed|timeout)/i,
    ],
  },
  {
    category: "unknown",
    strength: "likely",
    elsewhere: "hint",
    reason: "The download failed",
    patterns: [/^curl: \(\d+\) /, /^wget: \S.{0,40}(?:error|fail|unable|cannot)/],
  },
  {
    category: "dependency.resolution",
    strength: "likely",
    elsewhere: "hint",
    reason: "What was downloaded is not what was expected",
    patterns: [
      /^(?:sha(?:1|256|512)sum|md5sum|shasum): WARNING: \d+ computed checksums? did NOT match/,
      /^\S{1,300}: FAILED$(?<=\.(?:gz|zip|xz|tgz|bz2|deb|rpm|jar|bin|exe|dmg|tar|zst): FAILED)/,
      /^gzip: (?:stdin|\S{1,300}): (?:not in gzip format|unexpected end of file|invalid compressed data)/,
      /^tar: (?:Error is not recoverable: exiting now|This does not look like a tar archive|Child returned status [1-9])/,
      /^End-of-central-directory signature not found/,
      /^(?:unzip: {1,3}cannot find (?:or open )?|xz: .{1,200}: File format not recognized)/,
    ],
  },
];

/** curl, wget, and what unpacks what they bring. */
export const downloads: Extractor = {
  name: "downloads",
  title: "curl and wget",
  keywords: [
    "curl: ",
    "wget: ",
    "error 40",
    "error 41",
    "error 42",
    "error 50",
    "error 52",
    "failed: connection",
    "failed: temporary",
    "failed: name or",
    "failed: network",
    "giving up.",
    "aria2",
    "did not match",
    ": failed",
    "gzip: ",
    "tar: ",
    "signature not found",
    "unzip: ",
    "xz: ",
    "invoke-webrequest",
    "iwr :",
    "invoke-restmethod",
  ],
  open: () => readForms(forms),
};
