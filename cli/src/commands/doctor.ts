import type { Command } from "commander";
import { printable } from "@sentinal/send";
import type { Check } from "../doctor/check.ts";
import { checkHub } from "../doctor/hub-checks.ts";
import { checkMachine } from "../doctor/machine-checks.ts";
import { type ExitCode, exitCodes } from "../problem.ts";
import type { Style, Terminal } from "../terminal.ts";

const help = `
It looks and changes nothing. What concerns a hub on this machine follows from the hub's settings; what concerns a hub
elsewhere from SENTINAL_API_URL and SENTINAL_API_TOKEN.

Exit codes:
  0  nothing is wrong (✓), or only something to know (!)
  1  something is wrong (✕)

Examples:
  $ sentinal doctor
  $ SENTINAL_DATA_DIR=/srv/sentinal sentinal doctor
  $ sentinal doctor --json | jq '.checks[] | select(.state != "good")'
`;

const marks: Readonly<Record<Check["state"], { sign: string; style: Style }>> = {
  good: { sign: "✓", style: "green" },
  warning: { sign: "!", style: "yellow" },
  wrong: { sign: "✕", style: "red" },
};

export function addDoctorCommand(program: Command, terminal: Terminal, setExitCode: (code: ExitCode) => void): void {
  program
    .command("doctor")
    .summary("check what is set up")
    .description("Checks the program, the hub on this machine, and the way to a hub elsewhere, and says what to do.")
    .option("--json", "print one JSON object")
    .addHelpText("after", help)
    .action(async (options: { json?: boolean }) => setExitCode(await examine(terminal, options)));
}

async function examine(terminal: Terminal, options: { json?: boolean }): Promise<ExitCode> {
  const { inspectDatabase, readConfig } = await import("../../../hub/src/operator.ts");
  const checks: Check[] = [];
  for await (const check of allChecks()) {
    checks.push(check);
    if (options.json !== true) show(terminal, check);
  }
  const isWrong = checks.some((check) => check.state === "wrong");
  if (options.json === true) terminal.result(JSON.stringify({ healthy: !isWrong, checks }, null, 2));
  return isWrong ? exitCodes.failed : exitCodes.done;

  async function* allChecks(): AsyncGenerator<Check> {
    yield* checkMachine(terminal.environment, { readConfig, inspectDatabase });
    yield* checkHub(terminal);
  }
}

function show(terminal: Terminal, check: Check): void {
  const mark = marks[check.state];
  terminal.result(`${terminal.paintResult(mark.style, mark.sign)} ${check.name}: ${printable(check.finding)}`);
  for (const line of (check.fix ?? "").split("\n").filter((text) => text !== "")) terminal.result(`    ${printable(line)}`);
}
