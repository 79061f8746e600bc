import { printable, printableLines, SendProblem } from "@sentinal/send";
import { Command, CommanderError } from "commander";
import { addAuditCommands } from "./commands/audit.ts";
import { addDiagnoseCommand } from "./commands/diagnose.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addKeyCommands } from "./commands/key.ts";
import { addRulesCommands } from "./commands/rules.ts";
import { addSendCommand } from "./commands/send.ts";
import { addServiceTokenCommands } from "./commands/service-token.ts";
import { addServeCommand } from "./commands/serve.ts";
import { addSignInCommands } from "./commands/sign-in.ts";
import { addTokenCommands } from "./commands/token.ts";
import { addTrustCommands } from "./commands/trust.ts";
import { addUserCommands } from "./commands/user.ts";
import { CommandProblem, type ExitCode, exitCodes } from "./problem.ts";
import { createTerminal, type Surroundings, type Terminal } from "./terminal.ts";
import { version } from "./version.ts";

const help = `
Examples:
  $ sentinal serve                             run the hub
  $ sentinal send trivy.json                   send a report from CI
  $ sentinal diagnose job.log                  name the cause in a failed job's log
  $ sentinal token create --name ci            make a token for CI, on the hub's machine
  $ sentinal doctor                            what is set up, and what is missing

'sentinal help COMMAND' tells more. NO_COLOR=1 turns colours off.
`;

/** Runs one command to its end; `serve` to the hub's readiness. Returns the exit code and never throws. */
export async function run(parameters: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const terminal = createTerminal(surroundings);
  let exitCode: ExitCode = exitCodes.done;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(parameters, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (error instanceof CommandProblem || error instanceof SendProblem) {
      for (const [index, line] of error.message.split("\n").entries()) {
        if (index === 0) terminal.fail(line);
        else terminal.say(`  ${printable(line)}`);
      }
      return error instanceof CommandProblem ? error.exitCode : exitCodes.usage;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.fail("Something unexpected happened. Please report it with these lines:");
    terminal.say(printableLines(text));
    return exitCodes.failed;
  }
}

function createProgram(terminal: Terminal, setExitCode: (code: ExitCode) => void): Command {
  const program = new Command("sentinal")
    .description("Sentinal receives what CI produces, shows it, and watches over it.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .showHelpAfterError("--help tells more.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      outputError: (text, write) => write(`${terminal.paintSaid("red", "✕")} ${printableLines(text.replace(/^error: /, "")).trimEnd()}\n`),
      getOutHelpWidth: () => terminal.stdout.columns ?? 100,
      getErrHelpWidth: () => terminal.stderr.columns ?? 100,
      getOutHasColors: () => terminal.hasColours.stdout,
      getErrHasColors: () => terminal.hasColours.stderr,
    })
    .configureHelp({ styleTitle: (title) => terminal.paintResult("bold", title) })
    .addHelpText("after", help);
  addServeCommand(program, terminal);
  addSendCommand(program, terminal, setExitCode);
  addDiagnoseCommand(program, terminal, setExitCode);
  addRulesCommands(program, terminal, setExitCode);
  addSignInCommands(program, terminal);
  addTokenCommands(program, terminal);
  addTrustCommands(program, terminal, setExitCode);
  addUserCommands(program, terminal);
  addServiceTokenCommands(program, terminal);
  addKeyCommands(program, terminal);
  addAuditCommands(program, terminal, setExitCode);
  addDoctorCommand(program, terminal, setExitCode);
  return program;
}
