import type { Detector, Memory, SecretKind } from "./secret-kind.ts";
import { isLikelySecret, isPlaceholder, isUuid } from "./values.ts";

const passwordKind: SecretKind = { name: "password", title: "Value of a setting named password, passphrase, pwd or the like", shape: "password=…, Pwd=…;" };
const valueKind: SecretKind = {
  name: "secret-value",
  title: "Random value of a setting, property or option whose name says token, secret, API key, access key or the like",
  shape: 'API_KEY=…, "token": "…", --token …',
};
export const assignmentKinds: readonly SecretKind[] = [passwordKind, valueKind];

const passwordWords = ["password", "passwd", "passphrase", "pwd"];
const tokenWords = ["token", "secret", "api_key", "apikey", "api-key", "access_key", "accesskey", "access-key", "credential", "credentials"];
const keyWords = ["account", "account_", "auth", "auth_", "signing_", "encryption_", "master_", "license_", "app_", "application_", "deploy_", "admin_"].map(
  (word) => `${word}key`,
);
const authWords = ["_auth", "_pat", "sonar.login", "webhook_url", "key_base"];
const words = [...passwordWords, ...tokenWords, ...keyWords, ...authWords];
/** What may follow a name that gets a value; a name may also go on (`SECRET_KEY_BASE`, `password_prod`). */
const followers = ["=", ":", '"', "'", "\\", " =", " :", "%3d", "%22", "%3a", ">"];
const goingOn = ["secret_", "secret-", "secretkey", "password_", "token_", "access_key_", "apikey_", "api_key_"];
/** Of Docker's config.json: user and password in base64. */
const dockerAuth = ['"auth"', '"auth\\'];
const options = [...passwordWords, ...tokenWords].map((word) => `-${word} `);

/** Gradle's `storePassword '…'`, and Dockerfiles' `ENV API_TOKEN …`. */
const spaced = [...passwordWords.flatMap((word) => [`${word} '`, `${word} "`]), ...["password", "token", "secret", "key"].map((word) => `_${word} `)];
const beforeSpaced = /(?:^|\s)(?:ENV|ARG|setenv) $/;

const longestName = 64;
const nameRest = /[A-Za-z0-9_.-]{0,40}/y;
/** `=`, `:`, `": "`, `' => '`, `\": \"`, `>` of an element, ` value="` of an attribute. */
const separator = /(?:["'\])]{0,2}\s{0,8}(?:=>|:=|::|[=:])\s{0,8}(?:!!?\w{1,10}\s)?|["']\s{1,4}value\s?=\s?|(>))(["'`]?)/iy;
const optionSeparator = /\s{1,4}(["'`]?)/y;
const bareRun = /[^\s"'`<>]{6,2048}/y;
/** Long values without a secret are not looked through for further names. */
const longValue = 256;
/** Names with these endings tell about a secret, and hold none. */
const telling =
  /(?:type|types|url|uri|file|path|dir|name|names|id|ids|count|counts|expir\w*|ttl|age|length|len|size|limit|limits|policy|scope|scopes|status|state|mode|field|format|header|provider|store|manager|version|endpoint|line|index|pos|position|hint|hash|usage|env|ref|key_id|class|enabled|required|arn|prompt|label|sha256|digest|cache|group)$/i;
const keyed = /api.?(?:key|token)|secret|(?:access|auth|codecov|upload|project|deploy).?token|^x-/i;
/** Names of what languages and models are made of (`max_tokens`), and of what lives as long as one call does. */
const harmless = /^(?:.*[._-])?(?:(?:max|next|num|unexpected|start|end|stop|first|last|eos|bos|pad|sep|cls|unk|mask)[._-]?token|no-?password|ice-pwd$)/i;

export const assignmentDetector: Detector = {
  keywords: [...words.flatMap((word) => followers.map((follower) => word + follower)), ...goingOn, ...dockerAuth, ...spaced, ...options],
  encoded: [
    "password",
    "PASSWORD",
    "Password",
    "passwd",
    "secret",
    "SECRET",
    "Secret",
    "token",
    "TOKEN",
    "Token",
    "api_key",
    "API_KEY",
    "apiKey",
    "AccountKey",
    "AccessKey",
    "accessKey",
    "access_key",
    "ACCESS_KEY",
  ],
  find(text, keywordAt, _after, report, memory) {
    const at = text[keywordAt] === '"' ? keywordAt + 1 : keywordAt;
    let start = at;
    while (start > 0 && at - start < longestName && isNameCharacter(text.charCodeAt(start - 1))) start--;
    nameRest.lastIndex = at;
    nameRest.test(text);
    const end = Math.max(at, nameRest.lastIndex);
    const name = text.slice(start, end);
    if (telling.test(name) || harmless.test(name)) return end;
    const stretch = valueAfter(text, start, end, memory);
    if (stretch === null) return end;
    const [from, to] = stretch;
    const kind = kindOf(name, text.slice(from, to));
    if (kind !== null) report(from, to, kind.name);
    return kind !== null || to - from > longValue ? to : end;
  },
};

function kindOf(name: string, value: string): SecretKind | null {
  if (/passw|passphrase|pwd|^_?auth$|:_auth$/i.test(name)) return isLikelySecret(value, "password") ? passwordKind : null;
  // Ids in this form are many; where the name says that it is one to call with, it is none of them.
  const isKeyed = isUuid(value) && !isPlaceholder(value) && keyed.test(name);
  return isKeyed || isLikelySecret(value, "token") ? valueKind : null;
}

/** Where the value stands that the name gets; null where none follows. */
function valueAfter(text: string, start: number, end: number, memory: Memory): readonly [number, number] | null {
  separator.lastIndex = end;
  let found = separator.exec(text);
  const isSpaced = text[end] === " " && (text[end + 1] === "'" || text[end + 1] === '"' || beforeSpaced.test(text.slice(Math.max(0, start - 8), start)));
  if (found === null && (isSpaced || text[start] === "-")) {
    optionSeparator.lastIndex = end;
    found = optionSeparator.exec(text);
  }
  if (found === null) return null;
  const quote = found.at(-1) ?? "";
  const from = found.index + found[0].length;
  if (quote !== "") {
    const to = endOfQuoted(text, from, quote);
    return to === -1 ? null : [from, to];
  }
  const runEnd = endOfRun(text, from, memory);
  const value = text.slice(from, runEnd);
  if (value.length < 6 || value.startsWith('\\"') || value.startsWith("\\'")) return null;
  return [from, from + bareLength(value)];
}

/** Where the run of what a bare value may hold ends; walked once, however many names stand in it. */
function endOfRun(text: string, from: number, memory: Memory): number {
  const known = memory.get("end of run") ?? 0;
  if (known > from) return known;
  bareRun.lastIndex = from;
  const end = bareRun.test(text) ? bareRun.lastIndex : from;
  memory.set("end of run", end);
  return end;
}

function endOfQuoted(text: string, from: number, quote: string): number {
  const most = Math.min(text.length, from + 4_096);
  for (let at = from; at < most; at++) {
    if (text[at] === quote) return at;
    if (text[at] === "\\") at++;
  }
  return -1;
}

/** A bare value ends where the next setting of the same line begins, and before the signs that close a list or a call. */
function bareLength(value: string): number {
  const next = /&[\w.%-]+=|;\s*[\w .-]+=|;$|,["']?[\w.-]+["']?[=:]|%26[\w.-]+%3D|\\[nrt"]/i.exec(value);
  const kept = next === null ? value : value.slice(0, next.index);
  return kept.replace(/[,;)\]}\\]{1,16}$/, "").length;
}

function isNameCharacter(code: number): boolean {
  // Letters, digits, `_`, `-`, `.`, `$`.
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46 || code === 36;
}
