import { type Category, type Transient, usualTransience } from "./categories.ts";
import type { Sighting } from "./extractor.ts";

/** What lies under an error, whichever tool reports it. In order. */
const causes: readonly { readonly category: Category; readonly pattern: RegExp; readonly of: (category: Category) => boolean }[] = [
  {
    category: "resource.disk_full",
    pattern: /No space left on device|ENOSPC\b|There is not enough space on the disk|disk quota exceeded/i,
    of: anyBut("code.test", "release.publish_rejected"),
  },
  {
    category: "resource.oom",
    pattern:
      /OutOfMemoryError|Java heap space|JavaScript heap out of memory|Cannot allocate memory|\bENOMEM\b|virtual memory exhausted|std::bad_alloc|out of memory/i,
    of: anyBut("code.test", "code.lint"),
  },
  {
    category: "infra.rate_limit",
    pattern: /rate limit exceeded|toomanyrequests|\b429\b.*(?:Too Many Requests|rate)|Too Many Requests|pull rate limit|secondary rate limit/i,
    of: remote,
  },
  {
    category: "config.auth",
    pattern:
      /\b401\b.*Unauthori[sz]ed|authentication (?:failed|required)|could not read Username|status code(?:: )?40[13]\b|access denied|permission denied \(publickey\)|denied: requested access|ReasonPhrase: ?(?:Unauthorized|Forbidden)|Return code is: 40[13]|no basic auth credentials|\bstatus: 40[13]\b/i,
    of: remote,
  },
  {
    category: "infra.network",
    pattern:
      /\bECONNRE(?:SET|FUSED)\b|\bETIMEDOUT\b|\bEAI_AGAIN\b|\bENETUNREACH\b|\bENOTFOUND\b|socket hang up|Connection (?:timed out|reset|refused)|connect timed out|Read timed out|Could not resolve host\b|Temporary failure (?:in name resolution|resolving)|network is unreachable|TLS handshake timeout|SSL_ERROR_SYSCALL|i\/o timeout|unexpected EOF|early EOF|Remote host (?:closed|terminated) (?:connection|the handshake)|Premature EOF|\b50[234] (?:Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out)|status code:? 50[0234]\b|HTTP(?:\/[\d.]+)?(?: error)?:? 50[0234]\b|UnknownHostException|ReadTimeoutError|ConnectTimeoutError|NewConnectionError|IncompleteRead|Max retries exceeded|Return code is: 50[234]|\bstatus: 50[0234]\b|Received status code 50[0234]|handshake_failure|Server returned HTTP response code: 50\d|No such host is known|failed to get 200 response from .{1,300}, got 50\d/i,
    of: remote,
  },
];

function anyBut(...categories: readonly Category[]): (category: Category) => boolean {
  return (category) => !categories.includes(category);
}

/** What asks other machines for something. */
function remote(category: Category): boolean {
  return /^(?:dependency|vcs|release|infra|config|upstream|tool)\b/.test(category) || category === "unknown";
}

/** The category that the line's own words tell beside the one its form tells, and whether another try would pass. */
export function refine(sighting: Sighting, text: string): { category: Category; transient: Transient } {
  const words = sighting.key === undefined ? text : `${sighting.key}\n${text}`;
  const category = causes.find((cause) => cause.of(sighting.category) && cause.pattern.test(words))?.category ?? sighting.category;
  return { category, transient: category === sighting.category ? (sighting.transient ?? usualTransience(category)) : usualTransience(category) };
}
