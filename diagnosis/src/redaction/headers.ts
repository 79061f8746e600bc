import type { Detector, SecretKind } from "./secret-kind.ts";
import { isLikelySecret, isPlaceholder } from "./values.ts";

const jwtKind: SecretKind = { name: "jwt", title: "JSON Web Token (signed or encrypted), OIDC tokens among them", shape: "eyJ….eyJ….…" };
const authorizationKind: SecretKind = {
  name: "authorization",
  title: "Credentials in an Authorization header, with Basic, Bearer or another scheme",
  shape: "Authorization: Basic …",
};
const cookieKind: SecretKind = { name: "cookie", title: "Value of a cookie", shape: "Cookie: session=…" };
const maskedKind: SecretKind = { name: "masked-value", title: "Value that a workflow command asks to mask", shape: "::add-mask::…" };
export const headerKinds: readonly SecretKind[] = [jwtKind, authorizationKind, cookieKind, maskedKind];

const jwt = /[\w-]{8,4000}\.[\w-]{8,12000}\.[\w-]{8,4000}(?:\.[\w-]{8,12000}\.[\w-]{8,400})?/y;
const authorization =
  /["'\\]{0,4}\s{0,4}(?:=>|[:=,])\s{0,4}["'\\]{0,4}(?:(basic|bearer|token|negotiate|apikey|api-key|digest|splunk|genie ?key|ssws|bot|sso-key|oauth)\s{1,4})?([^\s"'\\,;<>]{6,8000})/iy;
const bearer = /[^\s"'\\,;<>()]{16,8000}/y;
const cookieStart = /["'\\]{0,4}\s{0,4}[:=]\s{0,4}["'\\]{0,3}/y;
const cookiePair = /([\w.!#$%&*+^|~-]{1,100})=("[^"\r\n]{0,4096}"|[^\s;,"'\\]{0,4096})(;?)\s{0,4}/y;
const cookieAttribute = /^(?:path|domain|expires|max-age|samesite|version|priority)$/i;

const jwtDetector: Detector = {
  keywords: ["eyj"],
  // Headers begin with one of these names; three letters alone are in too much base64.
  encoded: ["eyJhbGciOi", "eyJ0eXAiOi", "eyJraWQiOi", "eyJ4NXQi", "eyJlbmMi"],
  find(text, at, after, report) {
    if (text[at + 2] !== "J") return 0;
    jwt.lastIndex = after;
    const rest = jwt.exec(text)?.[0];
    if (rest === undefined) {
      // Nothing that begins inside this run of letters can be one either.
      let end = after;
      while (end < text.length && end - at < 4_000 && /[\w-]/.test(text[end] ?? "")) end++;
      if (text[end] !== ".") return end;
      return 0;
    }
    if (/^\{\s*"/.test(Buffer.from(text.slice(at, at + 12), "base64").toString("latin1"))) report(at, after + rest.length, jwtKind.name);
    return after + rest.length;
  },
};

const authorizationDetector: Detector = {
  keywords: ["authorization"],
  encoded: ["uthorization: "],
  find(text, _at, after, report) {
    authorization.lastIndex = after;
    const found = authorization.exec(text);
    const value = found?.[2];
    if (value === undefined) return 0;
    const isCredential = found?.[1] === undefined ? isLikelySecret(value, "opaque") : !isPlaceholder(value);
    if (isCredential) report(authorization.lastIndex - value.length, authorization.lastIndex, authorizationKind.name);
    return authorization.lastIndex;
  },
};

const bearerDetector: Detector = {
  keywords: ["bearer ", "bearer%20"],
  encoded: ["Bearer "],
  find(text, _at, after, report) {
    bearer.lastIndex = after;
    const value = bearer.exec(text)?.[0];
    if (value === undefined) return 0;
    if (isLikelySecret(value, "opaque")) report(after, after + value.length, authorizationKind.name);
    return after + value.length;
  },
};

const cookieDetector: Detector = {
  keywords: ["cookie:", 'cookie":', "cookie\\", "cookie =", "cookie="],
  encoded: ["Cookie: "],
  find(text, at, _after, report) {
    cookieStart.lastIndex = at + "cookie".length;
    if (!cookieStart.test(text)) return 0;
    let end = cookieStart.lastIndex;
    for (let count = 0; count < 100; count++) {
      cookiePair.lastIndex = end;
      const pair = cookiePair.exec(text);
      if (pair === null) break;
      end = cookiePair.lastIndex;
      const [, name = "", value = "", more = ""] = pair;
      const from = pair.index + name.length + 1;
      if (!cookieAttribute.test(name) && value.length >= 6 && !isPlaceholder(value)) report(from, from + value.length, cookieKind.name);
      if (more === "") break;
    }
    return end;
  },
};

const maskDetector: Detector = {
  keywords: ["::add-mask::", "issecret=true]"],
  encoded: [],
  find(text, _at, after, report) {
    const value = /[^\r\n]{1,4096}/y;
    value.lastIndex = after;
    const found = value.exec(text)?.[0];
    if (found === undefined || isPlaceholder(found)) return 0;
    report(after, after + found.length, maskedKind.name);
    return after + found.length;
  },
};

export const headerDetectors: readonly Detector[] = [jwtDetector, authorizationDetector, bearerDetector, cookieDetector, maskDetector];
