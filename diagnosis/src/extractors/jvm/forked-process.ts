import type { Category } from "../../categories.ts";
import type { Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";

/** Why a process ended, by its exit code: 128 and a signal's number, where a signal ended it. */
export function categoryOfExit(code: number | undefined): Category {
  if (code === 137) return "resource.oom";
  return code !== undefined && [132, 133, 134, 135, 136, 139].includes(code) ? "crash.signal" : "tool.crash";
}

/** A process that Surefire started ended without a word; the code it ended with and the test that ran follow. */
export function crashOf({ at }: View): Sighting {
  let code: number | undefined;
  let test: string | undefined;
  for (let offset = 0; offset <= 20; offset++) {
    const text = at(offset)?.text;
    if (text === undefined) break;
    code ??= numberIn(/Process Exit Code: (\d{1,10})/.exec(text)?.[1]);
    if (/Crashed tests:/.test(text)) test ??= /^(?:\[ERROR\] )?\s*([\w$.]{3,300})\s*$/.exec(at(offset + 1)?.text ?? "")?.[1];
  }
  return {
    category: categoryOfExit(code),
    strength: "cause",
    reason: "The process that ran the tests ended without a word",
    ...(test === undefined ? {} : { test }),
    key: `The forked VM terminated ${test ?? ""} ${code ?? ""}`,
  };
}

function numberIn(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
