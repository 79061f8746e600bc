import { createRandom, type Random } from "../../../test/hub/random.ts";
import { sentence, word } from "../random-text.ts";
import { around, entriesMark, indented, type ReportShape, xmlText } from "./shape.ts";

const workspace = "/home/runner/work/shop/shop";
const casesPerFile = 20;

type Case = { name: string; durationMs: number; status: "passed" | "failed" | "skipped"; message: string; trace: string };

/** One of twenty fails, with a trace of a dozen frames, and one of twenty is skipped. */
function caseOf(random: Random, number: number): Case {
  const status = number % casesPerFile === 7 ? "failed" : number % casesPerFile === 13 ? "skipped" : "passed";
  const message = status === "failed" ? `expected { ${word(random)}: [ 1, 2, 3 ] } to deeply equal { ${word(random)}: [ 1, 2, ${random.below(100)} ] }` : "";
  const frames = Array.from(
    { length: status === "failed" ? 12 : 0 },
    () => `    at ${word(random)}.<anonymous> (${workspace}/src/${word(random)}/${word(random)}.ts:${1 + random.below(800)}:${1 + random.below(80)})`,
  );
  return {
    name: `${sentence(random, 6).slice(0, -1)} ${number}`,
    durationMs: random.below(200_000) / 1_000,
    status,
    message,
    trace: [`AssertionError: ${message}`, ...frames].join("\n"),
  };
}

function fileOf(index: number): { path: string; suite: string } {
  const random = createRandom(index + 1);
  const name = `${word(random)}-${index}`;
  return { path: `packages/${word(random)}/test/${name}.test.ts`, suite: `${name} ${word(random)}` };
}

export const junit: ReportShape = {
  recordsPerEntry: casesPerFile,
  head: (entries) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="tests" tests="${entries * casesPerFile}" failures="${entries}" errors="0" time="${entries}">\n`,
  entry(random, index) {
    const { path, suite } = fileOf(index);
    const cases = Array.from({ length: casesPerFile }, (_, number) => {
      const { name, durationMs, status, message, trace } = caseOf(random, number);
      const open = `    <testcase classname="${suite}" name="${xmlText(name)}" time="${durationMs / 1_000}" file="${path}">`;
      if (status === "failed")
        return `${open}\n      <failure message="${xmlText(message)}" type="AssertionError">${xmlText(trace)}</failure>\n      <system-out><![CDATA[${sentence(random, 40)}]]></system-out>\n    </testcase>`;
      return status === "skipped" ? `${open}\n      <skipped/>\n    </testcase>` : `${open}\n    </testcase>`;
    });
    return `  <testsuite name="${suite}" errors="0" failures="1" skipped="1" timestamp="2026-01-01T00:00:00" time="1.5" tests="${casesPerFile}">\n${cases.join("\n")}\n  </testsuite>`;
  },
  separator: "\n",
  tail: () => "\n</testsuites>\n",
};

export const ctrf: ReportShape = {
  recordsPerEntry: 1,
  head: (entries) => `${ctrfAround(entries).head}\n`,
  entry(random, index) {
    const { path, suite } = fileOf(Math.floor(index / casesPerFile));
    const { name, durationMs, status, message, trace } = caseOf(random, index);
    const start = 1_767_225_600_000 + index;
    return indented(
      {
        name,
        status,
        duration: Math.round(durationMs),
        start,
        stop: start + Math.round(durationMs),
        suite: `${path} > ${suite}`,
        ...(status === "failed" && { message, trace }),
        rawStatus: status,
        type: "unit",
        filePath: path,
        retries: 0,
        flaky: false,
      },
      3,
    );
  },
  separator: ",\n",
  tail: (entries) => `\n${ctrfAround(entries).tail}\n`,
};

function ctrfAround(entries: number): { head: string; tail: string } {
  const part = Math.floor(entries / casesPerFile);
  const summary = {
    tests: entries,
    passed: entries - part * 2,
    failed: part,
    pending: 0,
    skipped: part,
    other: 0,
    start: 1_767_225_600_000,
    stop: 1_767_225_900_000,
  };
  return around({ results: { tool: { name: "vitest" }, summary, tests: [entriesMark] } }, 0);
}

export const jest: ReportShape = {
  recordsPerEntry: casesPerFile,
  head: (entries) =>
    `{"numTotalTestSuites":${entries},"numPassedTestSuites":0,"numFailedTestSuites":${entries},"numPendingTestSuites":0,"numTotalTests":${entries * casesPerFile},"numPassedTests":${entries * (casesPerFile - 2)},"numFailedTests":${entries},"numPendingTests":${entries},"numTodoTests":0,"startTime":1767225600000,"success":false,"testResults":[`,
  entry(random, index) {
    const { path, suite } = fileOf(index);
    const assertionResults = Array.from({ length: casesPerFile }, (_, number) => {
      const { name, durationMs, status, trace } = caseOf(random, number);
      return {
        ancestorTitles: [suite],
        fullName: `${suite} ${name}`,
        status: status === "skipped" ? "pending" : status,
        title: name,
        duration: durationMs,
        failureMessages: status === "failed" ? [trace] : [],
        meta: {},
      };
    });
    return JSON.stringify({
      assertionResults,
      startTime: 1_767_225_600_000,
      endTime: 1_767_225_601_500,
      status: "failed",
      message: "",
      name: `${workspace}/${path}`,
    });
  },
  separator: ",",
  tail: () => "]}",
};

export const tap: ReportShape = {
  recordsPerEntry: 1,
  head: (entries) => `TAP version 13\n1..${entries}\n`,
  entry(random, index) {
    const { path, suite } = fileOf(Math.floor(index / casesPerFile));
    const { name, durationMs, status, message, trace } = caseOf(random, index);
    const point = `ok ${index + 1} - ${path} > ${suite} > ${name}`;
    if (status === "skipped") return `${point} # SKIP`;
    if (status === "passed") return `${point} # time=${durationMs.toFixed(2)}ms`;
    const stack = trace.replaceAll("\n", "\n      ");
    return `not ${point} # time=${durationMs.toFixed(2)}ms\n  ---\n  error:\n    name: "AssertionError"\n    message: "${message}"\n  at: "${workspace}/${path}:1:138"\n  stack: |-\n      ${stack}\n  ...`;
  },
  separator: "\n",
  tail: () => "\n",
};
