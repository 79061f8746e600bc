import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { django } from "./django.ts";

describe("failures of Django's commands", () => {
  it.each([
    ["SystemCheckError: System check identified some issues:\n\nERRORS:", 1, "code.lint", "cause"],
    ["CommandError: Conflicting migrations detected; multiple leaf nodes", 1, "code.lint", "cause"],
    ["CommandError: Unable to reach the server", 1, "unknown", "likely"],
    ["django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty.", 1, "config.toolchain", "likely"],
    ["Migrations for 'app':\n  app/migrations/0002_x.py\n    - Add field y", 1, "policy.gate", "summary"],
  ])("are found: %s", (text, line, category, strength) => {
    expect(sightingsOf(django, `${text}\n`)[0]).toMatchObject({ line, category, strength });
  });

  it.each([["System check identified no issues (0 silenced)."], ["Operations to perform:\n  Apply all migrations: app"]])(
    "are nothing of what goes on: %s",
    (text) => {
      expect(sightingsOf(django, `${text}\n`)).toEqual([]);
    },
  );
});
