import {
  annotation,
  deliver,
  displayName,
  type Environment,
  factsOfJobToken,
  findFiles,
  findTarget,
  gateOf,
  type GateSeen,
  gateSentence,
  gatherFacts,
  idTokenAdvice,
  inspectFile,
  jobTokens,
  mayAskForIdToken,
  type Outcome,
  outcomeJson,
  printable,
  type Progress,
  SendProblem,
  sourceFolder,
  type TokenSource,
  withoutAbsent,
  withoutToken,
} from "@sentinal/send";
import { input, type Inputs, readInputs } from "./inputs.ts";
import { addSummary, maskCommands, mostOutputBytes, setOutput } from "./runner.ts";
import { summaryOf } from "./summary.ts";

export type Surroundings = {
  environment: Environment;
  cwd: string;
  /** A line to the log. */
  print(line: string): void;
};

type Problem = { level: "warning" | "error"; text: string };

const retries = 4;
const waitMs = 300_000;

/** Runs the step to its end. True when the job may go on. Never throws for what the workflow, the files or the hub do. */
export async function run(surroundings: Surroundings): Promise<boolean> {
  const { environment, print } = surroundings;
  const token = input(environment, "token") ?? environment["SENTINAL_API_TOKEN"] ?? "";
  for (const command of maskCommands(token)) print(command);
  try {
    const inputs = readInputs(environment);
    const target = await findTarget({}, { environment: withInputs(environment, inputs), stdin: null });
    // Of a file, it was not known before.
    if (target.token !== null && target.token !== token) for (const command of maskCommands(target.token)) print(command);
    if (target.hub === null) return await endWithoutHub(surroundings, inputs, "url (or SENTINAL_API_URL)", "");
    if (target.token === null && !mayAskForIdToken(environment))
      return await endWithoutHub(surroundings, inputs, "token (or SENTINAL_API_TOKEN)", idTokenAdvice(environment));
    const outcomes = await sendAll(surroundings, inputs, { hub: target.hub, token: target.token });
    const gate = gateOf(outcomes);
    return await end(surroundings, outcomes, gate, problemsOf(outcomes, gate, inputs));
  } catch (error) {
    if (!(error instanceof SendProblem)) throw error;
    return end(surroundings, [], gateOf([]), [{ level: "error", text: error.message }]);
  }
}

async function sendAll(surroundings: Surroundings, inputs: Inputs, { hub, token }: { hub: URL; token: string | null }): Promise<Outcome[]> {
  const { environment, cwd, print } = surroundings;
  const paths = await findFiles(inputs.files, cwd);
  const given = { ...(token === null && factsOfJobToken(environment)), ...withoutAbsent({ category: inputs.category ?? undefined }) };
  const facts = await gatherFacts(given, environment, cwd);
  print(printable(`Sending for ${facts.repository ?? "the token's repository"}, ${facts.branch} at ${facts.commit_hash.slice(0, 10)}, to ${hub.origin}`));
  const delivery = { hub, facts, scanType: inputs.scanType, format: null, sources: await sourceFolder(environment, cwd), retries, waitMs };
  const tokens = token === null ? tokensOfJob(surroundings, hub) : async () => ({ token });
  const outcomes: Outcome[] = [];
  for (const path of paths) {
    const name = displayName(path, cwd);
    const before = outcomes.at(-1);
    // A hub that was given up for one file is not there for the next one either.
    if (before?.kind === "unreachable") {
      outcomes.push({ name, formatName: null, kind: "unreachable", reason: before.reason });
      continue;
    }
    print(printable(`Sending ${name}`));
    const signIn = await tokens();
    if (!("token" in signIn)) {
      outcomes.push(withoutToken(name, signIn));
      continue;
    }
    try {
      const file = await inspectFile(path, cwd, inputs.scanType ?? undefined);
      outcomes.push(await deliver(file, { ...delivery, token: signIn.token }, progressOf(print)));
    } catch (error) {
      if (!(error instanceof SendProblem)) throw error;
      outcomes.push({ name, formatName: null, kind: "unreadable", reason: error.message });
    }
  }
  return outcomes;
}

/** What GitHub and the hub give is masked before it is used: a tool that prints its environment or its requests must not show it. */
function tokensOfJob({ environment, print }: Surroundings, hub: URL): TokenSource {
  function onSecret(secret: string): void {
    for (const command of maskCommands(secret)) print(command);
  }
  return jobTokens({ hub, environment, retries, onSecret, onNote: (text) => print(`  ${printable(text)}`) });
}

/** Opting out is no failure: a fork without the secrets must still build. */
function endWithoutHub(surroundings: Surroundings, inputs: Inputs, missing: string, advice: string): Promise<boolean> {
  const level = inputs.isStrict ? "error" : "warning";
  return end(surroundings, [], gateOf([]), [{ level, text: `The input ${missing} is not set, so no report was sent.${advice}` }]);
}

/** What is worth an annotation, and whether it lets the job fail. */
function problemsOf(outcomes: readonly Outcome[], gate: GateSeen, inputs: Inputs): Problem[] {
  const problems: Problem[] = outcomes.flatMap((outcome): Problem[] => {
    switch (outcome.kind) {
      case "sent":
        return outcome.answer.warnings.map(({ code, message }) => ({ level: "warning", text: `${outcome.name}: ${message} (${code})` }));
      case "accepted":
        return [{ level: "warning", text: `${outcome.name}: the hub has it and still reads it; see its page for the end.` }];
      case "refused": {
        const { problem, title } = outcome.refusal;
        const fields = (problem?.errors ?? []).map((error) => `${error.field}: ${error.problem}. ${error.fix}`);
        const reason =
          problem === null
            ? title
            : [`${problem.title} (${problem.status} ${problem.code}).`, problem.detail, ...fields, `Request ${problem.request_id}`].join(" ");
        return [{ level: "error", text: `${outcome.name} was refused. ${reason}` }];
      }
      case "unreadable":
        return [{ level: "error", text: outcome.reason }];
      case "unreachable":
        return [];
    }
  });
  const unsent = outcomes.filter((outcome) => outcome.kind === "unreachable");
  const [first] = unsent;
  if (first !== undefined)
    problems.push({
      level: inputs.isStrict ? "error" : "warning",
      text: `${unsent.length === 1 ? `${first.name} was` : `${unsent.length} reports were`} not sent. ${first.reason}`,
    });
  if (gate.verdict === "failed") problems.push({ level: inputs.isGate ? "error" : "warning", text: gateSentence(gate) });
  if (inputs.isGate && gate.verdict === "unknown")
    problems.push({ level: inputs.isStrict ? "error" : "warning", text: "Whether the quality gate passed is not known." });
  return problems;
}

async function end({ environment, print }: Surroundings, outcomes: readonly Outcome[], gate: GateSeen, problems: readonly Problem[]): Promise<boolean> {
  for (const { level, text } of problems) print(annotation(level, text));
  await addSummary(
    environment,
    summaryOf(
      outcomes,
      gate,
      problems.map(({ text }) => text),
    ),
  );
  await setOutput(environment, "result", resultOf(outcomes, problems));
  await setOutput(environment, "gate", gate.verdict);
  return problems.every(({ level }) => level !== "error");
}

/** One line of JSON that fits an output. */
function resultOf(outcomes: readonly Outcome[], problems: readonly Problem[]): string {
  const texts = problems.slice(0, 100).map(({ level, text }) => ({ level, text: printable(text).slice(0, 1_000) }));
  const files: unknown[] = [];
  let bytes = Buffer.byteLength(JSON.stringify(texts));
  for (const outcome of outcomes) {
    const file = outcomeJson(outcome);
    bytes += Buffer.byteLength(JSON.stringify(file)) + 1;
    if (bytes > mostOutputBytes) break;
    files.push(file);
  }
  return JSON.stringify({ files, files_left_out: outcomes.length - files.length, problems: texts });
}

function withInputs(environment: Environment, { url, token }: Inputs): Environment {
  return {
    ...environment,
    ...(url !== null && { SENTINAL_API_URL: url, SENTINAL_API_URL_FILE: undefined }),
    ...(token !== null && { SENTINAL_API_TOKEN: token, SENTINAL_API_TOKEN_FILE: undefined }),
  };
}

function progressOf(print: (line: string) => void): Progress {
  return { looking() {}, restart() {}, read() {}, working() {}, note: (text) => print(`  ${printable(text)}`), end() {} };
}
