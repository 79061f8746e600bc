import type { Category } from "../../categories.ts";
import { type Extractor, stateless } from "../../extractor.ts";

/** In order; the first group is what tells one cause from another. */
const forms: readonly (readonly [RegExp, Category, string])[] = [
  [/^(Timeout waiting for emulator to boot)\b/, "tool.crash", "Android's emulator did not come up"],
  [/^(?:> )?com\.android\.builder\.testing\.api\.DeviceException: (No (?:connected|online) devices.*)$/, "tool.crash", "Android's emulator is not there"],
  // `/src/A.java:12: Error: … [MissingPermission]`
  [/^\S.{0,400}\.\w{1,12}(?::\d+)?: Error: (.{1,800}\[[A-Z]\w{1,80}(?: from .{1,200})?\])\s*$/, "code.lint", "Android's lint names a place in a file"],
  [/^(?:ERROR: ?)?\S.{0,400}?(?::\d+(?::\d+)?)?: AAPT: (error: .+)$/, "code.compile", "Android's resource compiler names an error"],
  [
    /^(?:ERROR: )?(?:AAPT: )?(error: (?:resource|attribute|style attribute|failed linking|failed processing) .+)$/,
    "code.compile",
    "Android's resource compiler names an error",
  ],
  [/^\S.{0,400}\.xml:\d+(?::\d+(?:-\d+)?)?(?::\d+(?:-\d+)?)?: ?(?:error: |Error:)(.*)$/, "code.compile", "Android's tools name an error in a file"],
  [/^\S.{0,400}AndroidManifest\.xml(?::\d+(?::\d+(?:-\d+)?)?)? Error:\s*(.*)$/, "code.compile", "The app's manifests do not go together"],
  [/^(?:ERROR: ?(?:R8|D8): |ERROR: )?(Missing classes? (?:detected|[\w.$]{3,300} \(referenced from).*)$/, "code.compile", "R8 misses a class"],
  [/^(?:ERROR: ?(?:R8|D8): |Error: |error: )(.+)$/, "code.compile", "Android's compiler of classes names an error"],
];

/** Android's own tools: lint, resources, manifests, R8 and D8. */
export const android: Extractor = {
  name: "android",
  title: "Android build tools",
  keywords: [
    ": error: ",
    "aapt: ",
    "error: resource ",
    "error: attribute ",
    "error: failed linking",
    "error: style attribute",
    "androidmanifest.xml",
    "missing class",
    "error: r8",
    "error:r8",
    "error: d8",
    "error:d8",
    ".xml:",
    "emulator to boot",
    "deviceexception: no ",
  ],
  open: stateless(({ line }) => {
    const text = line.text.trimStart();
    for (const [pattern, category, reason] of forms) {
      const found = pattern.exec(text);
      if (found === null) continue;
      if (
        pattern === forms.at(-1)?.[0] &&
        !/^ERROR: ?(?:R8|D8): |^[Ee]rror: (?:Type .{1,300} is defined multiple times|Cannot fit requested classes)/.test(text)
      )
        continue;
      return { category, strength: "cause", reason, key: found[1] ?? text };
    }
    return undefined;
  }),
};
