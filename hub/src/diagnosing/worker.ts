import { once } from "node:events";
import type { MessagePort } from "node:worker_threads";
import {
  type Diagnosis,
  type GreenLog,
  type JobFacts,
  type LineConvention,
  openDiagnosis,
  openGreenLog,
  readRules,
  redactor,
  redactFacts,
  type RuleExtractor,
  ruleExtractors,
  ruleProblemText,
} from "@sentinal/diagnosis";

/** What a thread of the pool does; see `pool.ts`, which alone calls it. */
export type ThreadOrder = {
  convention: LineConvention;
  facts: JobFacts | null;
  /** People's rules, as they wrote them: what is made of them cannot be sent. */
  rules: string | null;
  /** The job's name, for rules that hold for some jobs only. */
  job: string | null;
  hasGreenLog: boolean;
  port: MessagePort;
};
/** From the thread: it wants the next piece of a log. */
export type PieceWish = { of: "log" | "green" };
/** To the thread: the next piece; null after the last. */
export type PieceAnswer = { piece: Uint8Array | null };

export type Diagnosed = {
  /** Free of secrets: they are taken out before anything else reads the log. */
  diagnosis: Diagnosis;
  /** How many secrets the log held. */
  secrets: number;
};

export async function diagnose({ convention, facts, rules, job, hasGreenLog, port }: ThreadOrder): Promise<Diagnosed> {
  try {
    const extractors = rules === null ? [] : extractorsOf(rules, job);
    const green = hasGreenLog ? await readGreenLog(port, convention, extractors) : null;
    const diagnosis = openDiagnosis({
      convention,
      ...(facts !== null && { facts: redactFacts(facts) }),
      ...(green !== null && { green }),
      rules: extractors,
    });
    const redaction = redactor();
    for await (const piece of piecesOf(port, "log")) diagnosis.write(redaction.write(piece));
    diagnosis.write(redaction.end());
    return { diagnosis: diagnosis.end(), secrets: redaction.count };
  } finally {
    port.close();
  }
}

/** Throws where the rules have a fault: they were read when they were taken on. */
function extractorsOf(text: string, job: string | null): RuleExtractor[] {
  const { rules, problems } = readRules(text);
  if (rules === null) throw new Error(`rules that cannot be read: ${problems.map(ruleProblemText).join(" ")}`);
  return ruleExtractors(rules, job ?? undefined);
}

async function readGreenLog(port: MessagePort, convention: LineConvention, rules: readonly RuleExtractor[]): Promise<GreenLog> {
  const green = openGreenLog(convention, rules);
  const redaction = redactor();
  for await (const piece of piecesOf(port, "green")) green.write(redaction.write(piece));
  green.write(redaction.end());
  return green.end();
}

async function* piecesOf(port: MessagePort, of: PieceWish["of"]): AsyncGenerator<Uint8Array> {
  for (;;) {
    const answer = once(port, "message");
    port.postMessage({ of } satisfies PieceWish);
    const [{ piece }] = (await answer) as [PieceAnswer];
    if (piece === null) return;
    yield piece;
  }
}
