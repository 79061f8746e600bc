import type { Extractor, Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, sightingIn } from "../native/forms.ts";

const forms: readonly Form[] = [
  [/^(?<key>\*\*\*Test Failed\*\*\* \d+ failures?)/, "code.test", "summary", "doctest counts failed examples"],
  [/^(?:ASSERT FAILED|Assertion Failed): (?<key>.+)$/, "code.test", "cause", "behave shows a failed assertion"],
  [/^\d+ (?:features?|scenarios?) passed, [1-9]\d* failed.*$/, "code.test", "summary", "behave counts failures"],
  [/^\[\s{0,3}[\d.]{1,6}%\] ·{2,12}.{1,300}(?<key>\bfailed)$/, "code.test", "likely", "asv shows a benchmark that failed"],
];
const robot = /^(\S.{0,300}?)\s{0,200}\| FAIL \|$/;

/** Tests that are written as documents: doctest, behave, Robot Framework, and benchmarks of asv. */
export const testDocuments: Extractor = {
  name: "python-test-documents",
  title: "doctest, behave, Robot Framework",
  keywords: [
    "failed example:",
    "***test failed",
    "assert failed: ",
    "assertion failed: ",
    "failing scenarios:",
    "errored scenarios:",
    "| fail |",
    " passed, ",
    "%] ··",
  ],
  open: () => (view) => {
    const text = view.line.text.trim();
    if (text === "Failed example:") return ofDoctest(view);
    if (/^(?:Failing|Errored) scenarios:$/.test(text)) return ofBehave(view);
    const suite = robot.exec(text)?.[1];
    return suite === undefined ? sightingIn(forms, text) : ofRobot(suite, view);
  },
};

/** `File "x.py", line 2, in module.function` stands above. */
function ofDoctest({ at }: View): Sighting {
  const place = /^\s{0,20}File "(.{1,400})", line \d+, in (.{1,300})$/.exec(at(-1)?.text ?? "");
  const example = at(1)?.text.trim() ?? "";
  if (place === null) return { category: "code.test", strength: "cause", reason: "doctest shows a failed example", key: example };
  return {
    category: "code.test",
    strength: "cause",
    reason: "doctest shows a failed example",
    offset: -1,
    test: place[2] ?? "",
    key: `${place[2]} ${example}`,
  };
}

function ofBehave({ at }: View): Sighting | undefined {
  const first = /^\s{0,8}(\S{1,300}:\d+)\s{1,8}(.{1,300})$/.exec(at(1)?.text ?? "");
  if (first === null) return undefined;
  return { category: "code.test", strength: "likely", reason: "behave lists a failed scenario", offset: 1, test: first[2] ?? "", key: first[2] ?? "" };
}

/** Tests and the suites that hold them end alike; a suite's next line counts tests. */
function ofRobot(name: string, { at }: View): Sighting {
  const counts = findNear(at, 1, 5, /^\d+ (?:critical )?(?:tests?|tasks?)(?: total)?, \d+ passed/);
  const end = findNear(at, 1, 5, /^[=-]{40,300}$/);
  if (counts !== undefined && (end === undefined || counts.offset < end.offset))
    return { category: "code.test", strength: "summary", reason: "Robot Framework counts failed tests", key: name };
  const message = at(1)?.text.trim() ?? "";
  const test = name.replace(/ :: .*$/, "");
  return { category: "code.test", strength: "cause", reason: "Robot Framework shows a failed test", test, key: `${test} ${message}` };
}
