import type { Extractor } from "../../extractor.ts";
import { findNear, sighting } from "./forms.ts";

const began = /^(?:\d+: )?\[ RUN {6}\] (\S.{0,400})$/;
const assertion = /^(?:\d+: )?((?:[A-Za-z]:)?[^:()]{1,300}(?::\d+|\(\d+\)): (?:error|Failure|Skipped)\b:?)(.{0,500})$/;
/** With the time it took: the test's own end. Without: the list at the end of all. */
const failed = /^(?:\d+: )?\[ {2}FAILED {2}\] (?<test>[^\s,]{1,300}(?:\.|::)?[^\s,(]{0,300})(?<parameter>, where .{1,500}?)?(?<time> \(\d+ ms(?: total)?\))?$/;
const counted = /^(?:\d+: )?\[ {2}FAILED {2}\] (?:\d+ tests?(?:\(s\))?, listed below:?|\w+: \d+ of)|^ ?\d+ FAILED TESTS?$/;
const unknownFile = /^(?:\d+: )?unknown file: (?:error|Failure)/;

/** googletest, and cmocka, which took over its look. */
export const googletest: Extractor = {
  name: "googletest",
  title: "googletest",
  keywords: ["[ run      ]", "[  failed  ]", ": failure", "): error:", "[  error   ]", "failed test", "unknown file: "],
  open() {
    let running: string | undefined;
    return ({ line, at }) => {
      const { text } = line;
      const name = began.exec(text)?.[1];
      if (name !== undefined) {
        running = name;
        return undefined;
      }
      if (counted.test(text)) return sighting("code.test", "summary", "Failed tests are counted");
      const found = failed.exec(text)?.groups;
      if (found !== undefined) {
        const test = found["test"] ?? "";
        if (/^\d+$/.test(test)) return undefined;
        const ended = found["time"] !== undefined || test === running;
        if (ended) running = undefined;
        return sighting("code.test", ended ? "cause" : "likely", ended ? "A test failed" : "The list of failed tests names one", {
          test,
          key: `${test}${found["parameter"] ?? ""}`,
        });
      }
      // Microsoft's compiler writes `a.cpp(3): error C2065: …`, which is none.
      if (running === undefined || !(/: Failure\b/.test(text) || /\): error:/.test(text) || unknownFile.test(text))) return undefined;
      if (!unknownFile.test(text) && !assertion.test(text)) return undefined;
      const said = findNear(at, 1, 1, /^(?:\d+: )?(\S.{0,300})/)?.found[1] ?? "";
      return sighting("code.test", "cause", "An assertion of a test failed", { test: running, key: `${running} ${said}` });
    };
  },
};
