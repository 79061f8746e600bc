import type { Category } from "../../categories.ts";
import type { Extractor } from "../../extractor.ts";
import { extractorOf } from "./forms.ts";

/** semantic-release, changesets, vsce, release-it: what stands in the way of a release. */
export const publishing: Extractor = extractorOf(
  "npm-releases",
  "semantic-release, Changesets",
  [
    "[semantic-release]",
    "semantic-release err!",
    "an error occurred while publishing",
    "failed request: (",
    "packages failed to publish",
    "semanticreleaseerror",
  ],
  [
    {
      pattern: /(?:^|\] )› [✖✘×]\s{1,4}(?<key>(?<code>E[A-Z]{3,40}) .+)$/,
      category: (found) => releaseCategory(found.groups?.["code"] ?? ""),
      strength: "cause",
      reason: "semantic-release reports an error",
    },
    {
      pattern: /(?:^|\] )› [✖✘×]\s{1,4}(?:An error occurred while running semantic-release: (?<key>.+)|Failed step .+)$/,
      category: "release.publish_rejected",
      strength: "likely",
      reason: "semantic-release reports an error",
    },
    {
      pattern: /^semantic-release ERR! (?<key>(?:commits|pre|post|(?<code>E[A-Z]{3,40})) .+)$/,
      category: (found) => releaseCategory(found.groups?.["code"] ?? ""),
      strength: "likely",
      reason: "semantic-release reports an error",
    },
    {
      pattern: /(?:🦋\s{1,3}error )?(?<key>an error occurred while publishing .+)$/u,
      category: (found) => (/E401|ENEEDAUTH|EOTP/.test(found[0]) ? "config.auth" : "release.publish_rejected"),
      strength: "cause",
      reason: "The registry refused the package",
    },
    {
      pattern: /^\s{0,2}ERROR {1,2}(?<key>Failed request: \((?<status>\d{3})\).*)$/,
      category: (found) => (found.groups?.["status"] === "401" ? "config.auth" : "release.publish_rejected"),
      strength: "cause",
      reason: "The market refused the extension",
    },
  ],
);

/** What a host of sites says when it does not let one in. Wrangler's errors look like esbuild's, and are told apart there. */
export const siteHosts: Extractor = extractorOf(
  "site-hosts",
  "Vercel, Firebase",
  ["project settings", "existing credentials", "specified token", "token provided via", "failed to authenticate"],
  [
    {
      pattern:
        /^Error[:!] (?<key>Could not retrieve Project Settings|No existing credentials found|The specified token is not valid|The token provided via|Failed to authenticate, have you run)/,
      category: "config.auth",
      strength: "cause",
      reason: "The host of the site does not accept who deploys",
    },
  ],
);

function releaseCategory(code: string): Category {
  return /TOKEN|PERMISSION|AUTH|OTP/.test(code) ? "config.auth" : "release.publish_rejected";
}
