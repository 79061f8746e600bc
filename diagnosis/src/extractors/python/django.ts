import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";

const forms: readonly Form[] = [
  [/^(?:django\.core\.management\.base\.)?(?<key>SystemCheckError: .{1,200})$/, "code.lint", "cause", "Django's system check failed"],
  [/^(?<key>CommandError: Conflicting migrations detected.{0,300})$/, "code.lint", "cause", "Migrations branch"],
  [/^(?:django\.core\.management\.base\.)?(?<key>CommandError: .{1,400})$/, "unknown", "likely", "A command of Django's failed"],
  [
    /^(?:django\.core\.exceptions\.)(?<key>(?:ImproperlyConfigured|AppRegistryNotReady): .{1,400})$/,
    "config.toolchain",
    "likely",
    "Django's settings do not work",
  ],
];

/** Django's management commands. Its tests are unittest's. */
export const django: Extractor = {
  name: "django",
  title: "Django",
  keywords: ["systemcheckerror", "commanderror: ", "improperlyconfigured", "appregistrynotready", "migrations for '"],
  open: () => (view) => {
    const text = view.line.text.trim();
    return /^Migrations for '[\w.]{1,80}':$/.test(text) ? missingMigration(text, view) : sightingIn(forms, text);
  },
};

/** `makemigrations --check` prints what it would write, and ends. */
function missingMigration(text: string, { at }: View): Sighting | undefined {
  if (findNear(at, 1, 2, /^\s{1,6}\S{0,300}migrations[\\/]\d{4}_\w{1,200}\.py/) === undefined) return undefined;
  return { category: "policy.gate", strength: "summary", reason: "A change of the models has no migration", key: text };
}
