import type { Transient } from "../../categories.ts";
import type { View } from "../../reading/line-reader.ts";

/** `java.lang.AssertionError: expected…`, with its package, and `Foo$BarException`. */
const thrown =
  /^(?:Caused by: |Suppressed: )?((?:[\w$-]{1,100}[./]){0,20}[\w$]{0,100}(?:Error|Exception|Failure|Throwable|Violation|Timeout)[\w$]{0,40})(?::|$| at )/;
const noise = /^(?:>|FAILURE: |\d+ tests? completed|at |\.\.\. \d+ more|BUILD |OpenJDK|[A-Z_]+ ?$)/;

/**
 * What a failed test's heading is followed by: the exception and its message, at most `within` lines below. Empty if there is none.
 * Lines that a parallel build wrote in between are passed over.
 */
export function messageBelow({ at }: View, within: number): string {
  let first = "";
  for (let offset = 1; offset <= within; offset++) {
    const text = at(offset)?.text.trim();
    if (text === undefined) break;
    if (text === "" || noise.test(text)) continue;
    if (thrown.test(text)) return text;
    first ||= text;
  }
  return first;
}

/** Where the words of a failed test tell of time or the network, another try may pass: the code may be behind it all the same. */
export function testTransience(message: string): { transient?: Transient } {
  return unsteady.test(message) ? { transient: "possible" } : {};
}

const unsteady =
  /Time(?:d )?[Oo]ut|TimeoutException|Connection (?:reset|refused|closed)|UnknownHost|SocketException|ConnectException|BindException|Address already in use|ConditionTimeout/;
