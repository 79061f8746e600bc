import { describe, expect, it } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { pythonTraceback } from "./traceback.ts";

const uncaught = (end: string, ...frames: string[]): string =>
  ["Traceback (most recent call last):", '  File "run.py", line 3, in <module>', "    main()", ...frames, end, ""].join("\n");
const caught = (end: string): string => ["Traceback (most recent call last):", '  File "/a/worker.py", line 3, in handle', "    work()", end, ""].join("\n");

describe("Python's uncaught exceptions", () => {
  it.each([
    ["ModuleNotFoundError: No module named 'x'", "dependency.missing_module"],
    ["ImportError: No module named x", "dependency.missing_module"],
    ["ModuleNotFoundError: No module named 'tests.helpers'", "code.import_error"],
    ["ImportError: cannot import name 'y' from 'x' (/a/x.py)", "code.import_error"],
    ["ImportError: libx.so.1: cannot open shared object file: No such file or directory", "env.missing_library"],
    ["SyntaxError: invalid syntax", "code.syntax"],
    ["torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 4 GiB", "resource.oom"],
    ["MemoryError", "resource.oom"],
    ["OSError: [Errno 28] No space left on device", "resource.disk_full"],
    ["pkg_resources.DistributionNotFound: The 'x' distribution was not found", "dependency.missing_module"],
    ["requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://h/", "config.auth"],
    ["nbclient.exceptions.CellExecutionError: An error occurred while executing the following cell:", "code.test"],
  ])("mean what they say: %s", (end, category) => {
    expect(sightingsOf(pythonTraceback, uncaught(end))).toMatchObject([{ line: 4, category, strength: "likely", text: end }]);
  });

  it("mean a failed import where they rise while modules are loaded", () => {
    const frames = ['  File "/a/pkg/__init__.py", line 1, in <module>', "    from . import b", '  File "/a/pkg/b.py", line 9, in Helper', "    @cache"];
    expect(sightingsOf(pythonTraceback, uncaught("TypeError: Expected maxsize to be an integer", ...frames))).toMatchObject([
      { line: 8, category: "code.import_error" },
    ]);
  });

  it("never propose another try by themselves: the network may be the code's own", () => {
    for (const end of [
      "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='h.org', port=443): Max retries exceeded",
      "ConnectionRefusedError: [Errno 111] Connection refused",
    ])
      expect(diagnoseStep(uncaught(end))).toMatchObject({ rerun: false, transient: "possible" });
  });

  it("stand at the end of a chain", () => {
    const text = `${uncaught("KeyError: 'x'")}\nDuring handling of the above exception, another exception occurred:\n\n${uncaught("ValueError: no x")}`;
    expect(sightingsOf(pythonTraceback, text).map(({ text: line }) => line)).toEqual(["ValueError: no x"]);
  });

  it("are those of a script without a header, but not of other people's files", () => {
    expect(sightingsOf(pythonTraceback, '  File "a.py", line 1\n    def f(:\n          ^\nSyntaxError: invalid syntax\n')).toMatchObject([
      { line: 4, category: "code.syntax", strength: "likely" },
    ]);
    expect(
      sightingsOf(pythonTraceback, '  File "/usr/lib/python3/site-packages/x/async.py", line 1\n    async = 1\n          ^\nSyntaxError: invalid syntax\n'),
    ).toEqual([]);
  });

  it("are a mere hint where the program went on", () => {
    expect(sightingsOf(pythonTraceback, `${caught("ValueError: bad")}${"and on\n".repeat(20)}`)).toMatchObject([{ line: 4, strength: "hint" }]);
    expect(diagnoseStep(caught("ValueError: bad"))).toMatchObject({ cause: { text: "ValueError: bad", strength: "likely" } });
  });

  it("say only that something below failed where a command did", () => {
    expect(
      sightingsOf(pythonTraceback, uncaught("subprocess.CalledProcessError: Command '['pytest', 'tests']' returned non-zero exit status 1.")),
    ).toMatchObject([{ strength: "symptom", category: "code.test" }]);
  });

  it("are not there in what passes", () => {
    expect(sightingsOf(pythonTraceback, "Traceback (most recent call last):\nno frames\nall good\n")).toEqual([]);
  });
});
