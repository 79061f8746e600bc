import { describe, expect, it, test } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { resources } from "./resources.ts";

describe("what ran out, and signals", () => {
  test.each([
    ["tar: x: Cannot write: No space left on device", "resource.disk_full"],
    ["Error: ENOSPC: no space left on device, write", "resource.disk_full"],
    ["torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.", "resource.oom"],
    ["/home/runner/work/_temp/x.sh: line 3:  2210 Killed                  ./build", "resource.oom"],
    ["g++: fatal error: Killed signal terminated program cc1plus", "resource.oom"],
    ["[1234.5] Out of memory: Killed process 99 (java)", "resource.oom"],
    ["./x.sh: line 7: 12 Segmentation fault      (core dumped) ./prog", "crash.signal"],
    ["Segmentation fault (core dumped)", "crash.signal"],
    ["terminate called after throwing an instance of 'std::runtime_error'", "crash.signal"],
    ["make: *** [Makefile:3: test] Segmentation fault", "crash.signal"],
  ])("%s is told as %s, and is not run again by itself", (line, category) => {
    expect(diagnoseStep(line, { exitCode: 139 })).toMatchObject({ category, rerun: false });
  });

  it("are not seen in words that only speak of them", () => {
    expect(sightingsOf(resources, "Killed 3 mutants of 4\nhandles aborted requests\nPort 1137 is open\n    at oom.Killed (x.js:1)\n")).toEqual([]);
  });
});
