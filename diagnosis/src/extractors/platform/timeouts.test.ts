import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { timeouts } from "./timeouts.ts";

describe("limits of time", () => {
  test.each([
    ["Command took >30min, returning 124", "timeout.test"],
    ["panic: test timed out after 10m0s", "timeout.test"],
    ["timeout: sending signal TERM to command ‘./run’", "timeout.job"],
    ["No output has been received in the last 10m0s, this potentially indicates a stalled build", "timeout.job"],
    ["Build timed out (after 60 minutes). Marking the build as failed.", "timeout.job"],
    ["Cancelling nested steps due to timeout", "timeout.job"],
    ["Error: Timeout of 600000ms hit", "timeout.job"],
  ])("%s is told as %s", (line, category) => {
    expect(diagnoseStep(line, { exitCode: 124 })).toMatchObject({ category, rerun: false });
  });

  it("are not seen where a setting is shown", () => {
    expect(sightingsOf(timeouts, "  timeout: 30\nusing timeout of 20 seconds\nretry timeout: 5\n")).toEqual([]);
  });
});
