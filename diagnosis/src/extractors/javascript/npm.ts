import type { Category } from "../../categories.ts";
import { type Extractor, type Sighting, stateless, type Strength } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { below } from "./forms.ts";
import { textsOf } from "./package-prefix.ts";

const own = /^(?:npm (?:ERR!|error)) ?(.*)$/;

/** Codes of npm's, and what they say. Those that are not here are a package that could not be resolved, if they begin with E. */
const codes: readonly (readonly [RegExp, Category, Strength])[] = [
  [/^(?:ELIFECYCLE|\d{1,3})$/, "unknown", "symptom"],
  [/^E(?:401|NEEDAUTH|AUTH|OTP|AUTHUNKNOWN)$/, "config.auth", "cause"],
  [/^E403$/, "config.auth", "cause"],
  [/^EPUBLISHCONFLICT$/, "release.publish_rejected", "cause"],
  [/^E(?:BADENGINE|NOTSUP|BADPLATFORM)$/, "config.toolchain", "cause"],
  [
    /^E(?:CONNRESET|TIMEDOUT|SOCKETTIMEDOUT|NOTFOUND|AI_AGAIN|CONNREFUSED|NETUNREACH|HOSTUNREACH|PIPE|5\d\d|IDLETIMEOUT)$|^ERR_SOCKET_TIMEOUT$|^ERR_STREAM_\w+$|^FETCH_ERROR$/,
    "infra.network",
    "cause",
  ],
  [/^E429$/, "infra.rate_limit", "cause"],
  [/^ENOSPC$/, "resource.disk_full", "cause"],
  [/^E(?:ACCES|PERM|ROFS|EXIST|NOTEMPTY|BUSY|MFILE)$/, "tool.crash", "cause"],
  [/^ENOENT$/, "config.workflow", "cause"],
  [/^E404$/, "dependency.resolution", "likely"],
  [/^E(?:MISSINGSCRIPT|NOWORKSPACES)$/, "config.workflow", "cause"],
  [/^(?:E[A-Z0-9_]+|Z_\w+|ERR_\w+|UNABLE_TO_\w+|CERT_\w+|SELF_SIGNED_\w+)$/, "dependency.resolution", "cause"],
];

/** npm's words where it gives no code. */
const sentences: readonly (readonly [RegExp, Category, Strength, string])[] = [
  [/^missing script: /i, "config.workflow", "cause", "The package has no such script"],
  [/(?:cipm|npm ci|`npm ci`) can only install/, "dependency.resolution", "likely", "package.json and the lock file do not fit"],
  [/^Invalid: lock file's /, "dependency.resolution", "likely", "package.json and the lock file do not fit"],
  [
    /cb\(\) never called|Exit handler never called|Callback called more than once|Cannot read propert(?:y|ies)|Maximum call stack|Tracker "/,
    "tool.crash",
    "likely",
    "npm itself crashed",
  ],
  [/^Unsupported (?:engine|platform)|^notsup /, "config.toolchain", "likely", "A package does not run on this Node.js or system"],
  [/^Failed at the .{1,200} (?:pre|post)?install script/, "dependency.build", "likely", "A dependency could not be built"],
  [/^gyp ERR! find Python/, "config.toolchain", "likely", "node-gyp found no Python"],
  [
    /^You (?:cannot publish over|do not have permission to publish)|over the previously published version/,
    "release.publish_rejected",
    "likely",
    "The registry refused the package",
  ],
  [
    /^(?:registry error parsing json|Unexpected token .{1,60} in JSON|Unexpected end of JSON input)/,
    "infra.network",
    "likely",
    "The registry's answer was cut off",
  ],
  [/^Lifecycle script|^Test failed\.|^command failed|^errno |^Exit status /, "unknown", "symptom", "A script that npm ran failed"],
];

/** npm from 2 to 11: the lines that begin with `npm ERR!` or `npm error`. */
export const npm: Extractor = {
  name: "npm",
  title: "npm",
  keywords: ["npm err", "npm error"],
  open: stateless((view) => {
    for (const text of textsOf(view.line.text)) {
      const said = own.exec(text)?.[1]?.trim();
      if (said === undefined) continue;
      return codeIn(said, view) ?? sentenceIn(said);
    }
    return undefined;
  }),
};

function codeIn(said: string, view: View): Sighting | undefined {
  const code = /^code (\S{1,60})$/.exec(said)?.[1];
  if (code === undefined) return undefined;
  const [, known, strength] = codes.find(([pattern]) => pattern.test(code)) ?? [undefined, undefined, undefined];
  if (known === undefined || strength === undefined) return { category: "unknown", strength: "hint", reason: "npm reports an error", key: said };
  const next = below(view, 12).map((text) => (/npm (?:ERR!|error) ?(.*)$/.exec(text)?.[1] ?? "").trim());
  const message = next.find((text) => text !== "" && !/^(?:errno|syscall|path|network |A complete log)/.test(text)) ?? "";
  if (strength === "symptom") return scriptFailure(said, next);
  return { category: refusal(code, next, known), strength, reason: `npm reports ${code}`, key: `${code} ${message}` };
}

/** A number is a script's exit code; in `node_modules` it is that of a dependency's own. */
function scriptFailure(said: string, next: readonly string[]): Sighting {
  const path = next.find((text) => text.startsWith("path ")) ?? "";
  const failedAt = next.find((text) => /^(?:Failed at the|\S+@\S+ (?:pre|post)?install: )/.test(text)) ?? "";
  if (/node_modules/.test(path) || /(?:pre|post)?install(?:: | script)/.test(failedAt))
    return { category: "dependency.build", strength: "likely", reason: "A dependency's script failed", key: `${path} ${failedAt}`.trim() };
  return { category: "unknown", strength: "symptom", reason: "A script that npm ran failed", key: said };
}

/** What the registry refuses to take is another cause than what it refuses to give. */
function refusal(code: string, next: readonly string[], known: Category): Category {
  const words = next.join("\n");
  if (/^E(?:40[0-9]|422)$/.test(code) && /\bPUT\b|publish/.test(words) && code !== "E401") return "release.publish_rejected";
  if (code === "ENOENT" && !/package\.json/.test(words)) return "tool.crash";
  return known;
}

function sentenceIn(said: string): Sighting | undefined {
  const found = sentences.find(([pattern]) => pattern.test(said));
  return found === undefined ? undefined : { category: found[1], strength: found[2], reason: found[3], key: said };
}
