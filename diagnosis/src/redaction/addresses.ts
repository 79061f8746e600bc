import type { Detector, SecretKind } from "./secret-kind.ts";
import { isLikelySecret, isPlaceholder } from "./values.ts";

const urlKind: SecretKind = { name: "url-password", title: "Password, or token as user, in an address of any scheme", shape: "postgres://user:…@host" };
const signatureKind: SecretKind = {
  name: "url-signature",
  title: "Signature or credential of a signed address (Amazon, Google, Azure, CloudFront)",
  shape: "X-Amz-Signature=…, sig=…",
};
const netrcKind: SecretKind = { name: "netrc-password", title: "Password of a .netrc", shape: "machine host login user password …" };
export const addressKinds: readonly SecretKind[] = [urlKind, signatureKind, netrcKind];

/** User and password. The password may hold `@` and `:`, and ends at the last `@` before a slash, a space or a quote. */
const userInfo = /([^\s/?#"'`<>@:\\]{0,256}):([^\s/"'`<>\\]{1,1024})@(?=[A-Za-z0-9[*_$-])/y;
const userAlone = /([^\s/?#"'`<>@:\\]{20,1024})@(?=[A-Za-z0-9[])/y;

const urlDetector: Detector = {
  keywords: ["://", "%3a%2f%2f", ":\\/\\/"],
  // `://` alone is too short to be looked for in base64: the schemes that carry passwords are.
  encoded: ["https://", "postgres://", "postgresql://", "mysql://", "mongodb://", "mongodb+srv://", "redis://", "rediss://", "amqp://", "amqps://"],
  find(text, _at, after, report, memory) {
    const next = nextAt(text, after, memory);
    if (next === -1 || next - after > 1_300) return 0;
    userInfo.lastIndex = after;
    const both = userInfo.exec(text);
    if (both !== null) {
      const [, , password = ""] = both;
      const to = userInfo.lastIndex - 1;
      if (!isPlaceholder(password) && !/^\d{1,5}$/.test(password)) report(to - password.length, to, urlKind.name);
      return to;
    }
    userAlone.lastIndex = after;
    const user = userAlone.exec(text)?.[1];
    if (user !== undefined && isLikelySecret(user, "opaque")) report(after, after + user.length, urlKind.name);
    return user === undefined ? 0 : after + user.length;
  },
};

/** The next `@`, so that addresses without one cost nothing. */
function nextAt(text: string, from: number, memory: Map<string, number>): number {
  const known = memory.get("next @");
  if (known !== undefined && (known === -1 || known >= from)) return known;
  const next = text.indexOf("@", from);
  memory.set("next @", next);
  return next;
}

const signature = /(?:=|%3D)([A-Za-z0-9%+/_.~-]{16,4096}={0,2})/iy;

const signatureDetector: Detector = {
  keywords: ["x-amz-signature", "x-amz-credential", "x-amz-security-token", "x-goog-signature", "x-goog-credential", "&signature", "?signature", "sig"].flatMap(
    (name) => [`${name}=`, `${name}%3d`],
  ),
  encoded: ["X-Amz-Signature=", "X-Amz-Credential=", "X-Goog-Signature=", "&sig=", "?sig="],
  find(text, at, after, report) {
    if (/^sig/i.test(text.slice(at, at + 3)) && /[A-Za-z0-9]/.test(text[at - 1] ?? "") && !/%(?:26|3f)$/i.test(text.slice(Math.max(0, at - 3), at))) return 0;
    signature.lastIndex = text[after - 1] === "=" ? after - 1 : after - 3;
    const value = signature.exec(text)?.[1];
    if (value === undefined || isPlaceholder(value)) return 0;
    // An encoded address goes on behind an encoded `&`.
    const end = /%26/.exec(value)?.index ?? value.length;
    const from = signature.lastIndex - value.length;
    if (end >= 16 && /\d/.test(value)) report(from, from + end, signatureKind.name);
    return from + end;
  },
};

const netrcLogin = /login\s{1,8}\S{1,128}\s{1,8}$/;
/** Of a .netrc with a line for each: nothing else stands in it but a time stamp. */
const netrcLine = /^(?:\u00ef\u00bb\u00bf)?(?:\d{4}-[\d:.T-]{5,30}Z)?\s{0,40}$/;
const netrcPassword = /(\S{3,512})(\s*$)?/y;

const netrcDetector: Detector = {
  keywords: ["password "],
  encoded: [],
  find(text, at, after, report) {
    netrcPassword.lastIndex = after;
    const [, value = "", end] = netrcPassword.exec(text) ?? [];
    const isOne = netrcLogin.test(text.slice(Math.max(0, at - 150), at))
      ? !isPlaceholder(value)
      : end !== undefined && at < 80 && netrcLine.test(text.slice(0, at)) && isLikelySecret(value, "password");
    if (isOne && value !== "") report(after, after + value.length, netrcKind.name);
    return 0;
  },
};

export const addressDetectors: readonly Detector[] = [urlDetector, signatureDetector, netrcDetector];
