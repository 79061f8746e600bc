import { describe, expect, it, test } from "vitest";
import { sightingsOf } from "../testing.ts";
import { mozilla } from "./mozilla.ts";

const at = "[task 2026-02-13T14:56:19.847Z] 14:56:19     INFO - ";

describe("Mozilla's harnesses and Taskcluster", () => {
  test.each([
    [`${at}TEST-UNEXPECTED-FAIL | dom/test_x.html | uncaught exception - x is null`, "code.test", "dom/test_x.html"],
    [`${at}REFTEST TEST-UNEXPECTED-FAIL | layout/a.html == layout/b.html | image comparison, max difference: 2`, "code.test", "layout/a.html == layout/b.html"],
    [`${at}TEST-UNEXPECTED-TIMEOUT | /css/x.html | expected OK`, "timeout.test", "/css/x.html"],
    [`${at}TEST-UNEXPECTED-TIMEOUT | automation.py | application timed out after 370 seconds with no output`, "timeout.test", undefined],
    [`${at}PROCESS-CRASH | application crashed [@ foo::bar] | dom/test_x.html`, "crash.signal", undefined],
    [`${at}GECKO(5432) | [5432] Hit MOZ_CRASH(Shutdown hanging) at /x.cpp:3`, "crash.signal", undefined],
    [`${at}GECKO(5432) | [Child 77, Main Thread] Assertion failure: !x, at /x.cpp:3`, "crash.signal", undefined],
    ["[taskcluster:error] Task aborted - max run time exceeded", "timeout.job", undefined],
  ])("%s", (line, category, name) => {
    const [seen] = sightingsOf(mozilla, `${line}\n`);
    expect({ category: seen?.category, test: seen?.test }).toEqual({ category, test: name });
  });

  it("say nothing of results that were expected", () => {
    expect(sightingsOf(mozilla, `${at}TEST-PASS | x | y\n${at}TEST-UNEXPECTED-WARNING | x | y\n${at}TEST-KNOWN-FAIL | x | y\n`)).toEqual([]);
  });
});
