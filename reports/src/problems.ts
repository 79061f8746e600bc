import { limits } from "./limits.ts";
import type { ReportEvent } from "./reader.ts";
import { cleanText } from "./text.ts";

type Problem = Extract<ReportEvent, { type: "problem" }>;
type Noted = Pick<Problem, "severity" | "code"> & { messages: string[]; count: number };

/** What could not be read, gathered by code, lest a report of a million wrong entries makes a million problems. */
export type Problems = Map<string, Noted>;

export function noteProblem(problems: Problems, severity: Problem["severity"], code: string, text: string): void {
  const noted = problems.get(`${severity} ${code}`);
  const message = cleanText(text, limits.problem);
  if (noted === undefined) {
    problems.set(`${severity} ${code}`, { severity, code, messages: [message], count: 1 });
    return;
  }
  noted.count++;
  if (noted.messages.length < limits.messagesPerProblem) noted.messages.push(message);
}

/** One event a code, in the order in which the codes came up. */
export function problemEvents(problems: Problems): ReportEvent[] {
  return [...problems.values()].map(({ severity, code, messages, count }) => {
    const untold = count - messages.length;
    const message = untold === 0 ? messages.join("; ") : `${messages.join("; ")}; and ${untold} more like these`;
    return { type: "problem", severity, code, message };
  });
}
