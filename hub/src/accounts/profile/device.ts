/** Firefox says so; what is built on Chromium says Chrome too, and nearly all say Safari: the first that fits is it. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\b(OPR|Opera)\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\bHeadlessChrome\//, "Chrome without a window"],
  [/\b(Chrome|CriOS)\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
];

/** Android says Linux too, and iPads may say Mac. */
const systems: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, "Android"],
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b|\bX11\b/, "Linux"],
];

const shownLength = 80;

/** What somebody recognises their device by, from what it calls itself: `Firefox on Linux`, `curl`. Nothing in it can be relied on. */
export function deviceWords(userAgent: string | null): string {
  const text = (userAgent ?? "").replace(/\p{C}/gu, "").trim();
  if (text === "") return "Unknown device";
  if (!text.startsWith("Mozilla/")) return programWords(text);
  const browser = browsers.find(([pattern]) => pattern.test(text))?.[1] ?? "A browser";
  const system = systems.find(([pattern]) => pattern.test(text))?.[1];
  return system === undefined ? browser : `${browser} on ${system}`;
}

/** Programs call themselves `name/version`; what signed in by a code has a name that somebody gave it. */
function programWords(text: string): string {
  const name = /^([A-Za-z][\w.-]*)\/\d/.exec(text)?.[1];
  if (name === "sentinal") return "Sentinal's command line";
  return name ?? (text.length > shownLength ? `${text.slice(0, shownLength - 1)}…` : text);
}
