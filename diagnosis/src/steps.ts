import { linesAhead, type View } from "./reading/line-reader.ts";

/** A step of a job as its log shows it. */
export type Step = {
  /** From 0; lines before the first step's header are its own. */
  readonly index: number;
  /** Which of the logs that stand one after another in the text, from 0. */
  readonly job: number;
  /** What stands behind `Run`, or `Set up job`. */
  readonly name: string;
  readonly kind: "set-up" | "command" | "action" | "post";
  readonly firstLine: number;
  /** The runner's own words: `##[error]…`. */
  readonly errors: ErrorMark[];
};

export type ErrorMark = {
  readonly line: number;
  readonly text: string;
  /** `exit`: the step's process ended so; `stopped`: the job was ended from outside; `message`: anything else. */
  readonly kind: "exit" | "stopped" | "message";
};

/** Lines that hold one of these tell about steps and the end of the job. */
export const stepKeywords = ["##[", "post job cleanup", "cleaning up orphan", "current runner version", "error: process completed"] as const;

const exitCode =
  /^(?:Process completed with exit code -?\d+\.?|The process '.{1,400}' failed with exit code -?\d+|Docker (?:pull|create|start|build|run|exec) fail(?:ed)? with exit code \d+|(?:Bash|PowerShell|Cmd\.exe) exited with code '-?\d+'\.?)$/;
const stopped =
  /^(?:The operation was canceled\.?|The (?:runner|hosted runner) .*(?:shutdown signal|lost communication)|The job was canceled because|The job (?:running on runner|has exceeded)|The (?:operation|action) .*(?:timed out|has timed out)|.*has exceeded the maximum execution time|Canceling since a higher priority|The self-hosted runner lost communication|The task was canceled)/i;
/** As GitHub's pages show it, from where people copy. */
const shownExit = /^Error: Process completed with exit code -?\d+\.?$/;
const actionReference = /^(?:[\w.-]+\/[\w./-]+@\S+|\.{1,2}\/\S*|docker:\/\/\S+)\s*$/;

export type Steps = {
  /** Notes what a line tells; true when it is the text of a step, not what the step printed. */
  read(view: View): boolean;
  readonly all: readonly Step[];
  /** Whether the next lines are the text of a step. */
  readonly isHeader: boolean;
  /** Whether lines of GitHub's runner were seen: groups and commands. */
  readonly marked: boolean;
  readonly sawEnd: boolean;
};

export function readSteps(): Steps {
  const all: Step[] = [{ index: 0, job: 0, name: "Set up job", kind: "set-up", firstLine: 1, errors: [] }];
  let isHeader = false;
  let [marked, sawEnd] = [false, false];
  let job = 0;

  function read(view: View): boolean {
    const { text, command, number } = view.line;
    if (command !== undefined) marked = true;
    if (command === "endgroup" && isHeader) {
      isHeader = false;
      return true;
    }
    const kind = command === "group" ? headerKind(view) : null;
    if (kind !== null) {
      isHeader = true;
      begin(text.replace(/^Run /, ""), kind, number);
      return true;
    }
    if (isHeader) return true;
    if (command === "error") noteError(number, text);
    else if (shownExit.test(text)) noteError(number, text.slice("Error: ".length));
    else if (/^Post job cleanup\.?$/.test(text)) begin("Post job cleanup", "post", number);
    else if (text.startsWith("Cleaning up orphan processes")) sawEnd = true;
    else if (text.startsWith("Current runner version")) beginJob(number);
    return false;
  }

  /** The first thing that a runner says. Another job's log before this one's is none of its business. */
  function beginJob(number: number): void {
    if (all.length === 1) return;
    job++;
    sawEnd = false;
    begin("Set up job", "set-up", number);
  }

  function begin(name: string, kind: Step["kind"], firstLine: number): void {
    all.push({ index: all.length, job, name, kind, firstLine, errors: [] });
  }

  function noteError(line: number, text: string): void {
    const errors = all.at(-1)?.errors ?? [];
    // Linters tell thousands; how a step ended stands last.
    if (errors.length >= 200) errors.splice(100, 1);
    errors.push({ line, text, kind: exitCode.test(text) ? "exit" : stopped.test(text) ? "stopped" : "message" });
  }

  return {
    read,
    all,
    get isHeader() {
      return isHeader;
    },
    get marked() {
      return marked;
    },
    get sawEnd() {
      return sawEnd;
    },
  };
}

/** A step's header names what runs, and the shell or the inputs; null for what a script prints as `::group::Run …`. */
function headerKind(view: View): "command" | "action" | null {
  const name = view.line.text;
  if (!name.startsWith("Run ")) return null;
  const isReference = actionReference.test(name.slice(4));
  let hasInputs = false;
  for (let offset = 1; offset <= linesAhead; offset++) {
    const line = view.at(offset);
    if (line?.text.startsWith("shell: ")) return "command";
    if (line === undefined || line.command !== undefined) return isReference ? "action" : hasInputs ? "command" : null;
    hasInputs ||= line.text === "with:" || line.text === "env:";
  }
  // A script longer than the look ahead: its first line stands there again.
  return view.at(1)?.text.trim() === name.slice(4).trim() ? "command" : null;
}

/** Steps that teams run whether or not the job failed: their own failures follow from the first. */
const followUp =
  /upload|publish|report|notif|codecov|coverall|coverage|cache|slack|discord|comment|artifact|clean|teardown|tear down|\blogs?\b|diagnostic|dump|stop\b|always\(\)/i;

/** The step whose failure ended the job; null where the log does not tell. Errors of steps that were allowed to fail do not count. */
export function failedStep(steps: Steps): Step | null {
  const lastJob = steps.all.findLast(hasFailed)?.job;
  const failed = steps.all.filter((step) => step.job === lastJob && hasFailed(step));
  const decisive = failed.filter((step) => !steps.all.some((later) => later.index > step.index && later.job === step.job && ranAfterwards(later)));
  const own = (decisive.length > 0 ? decisive : failed).filter((step) => !followUp.test(step.name));
  return (decisive.length > 0 ? (own[0] ?? decisive[0]) : (own.at(-1) ?? failed[0])) ?? null;
}

function hasFailed(step: Step): boolean {
  if (step.kind === "command") return step.errors.some(({ kind }) => kind !== "message");
  return step.kind !== "post" && step.errors.length > 0;
}

/** Whether a step shows that the job had not failed before it. */
function ranAfterwards(step: Step): boolean {
  return step.kind !== "post" && !hasFailed(step) && !followUp.test(step.name);
}

/** Where a step ends: before the next one begins. `Infinity` for the last. */
export function lastLineOf(steps: Steps, step: Step): number {
  return (steps.all[step.index + 1]?.firstLine ?? Number.POSITIVE_INFINITY) - 1;
}
