import { printable } from "@sentinal/send";
import { CommandProblem } from "../problem.ts";
import type { Terminal } from "../terminal.ts";

/** Ends the help of each command that works on the hub's machine. */
export const operatorHelp = `
It works on the hub's machine, as the hub's user and with its settings (SENTINAL_DATA_DIR, or DATABASE_URL and
SENTINAL_KEY_FILE or SENTINAL_KEY), whether the hub runs or not. It is audited as the operator's act.
`;

/** The hub's way to let an operator work, as its `operator.ts` has it; only the commands themselves load that. */
type WithOperator<Operator> = <T>(
  environment: NodeJS.ProcessEnv,
  options: { mayCreate: boolean; onNotice(text: string): void },
  work: (operator: Operator) => Promise<T>,
) => Promise<{ value: T } | { problem: string }>;

/** Does something with the hub's database. Throws CommandProblem with what the hub says of it. */
export async function operate<Operator, T>(
  terminal: Terminal,
  hub: { withOperator: WithOperator<Operator> },
  options: { mayCreate: boolean },
  work: (operator: Operator) => Promise<T>,
): Promise<T> {
  const onNotice = (text: string) => terminal.say(terminal.paintSaid("dim", printable(text)));
  const answer = await hub.withOperator({ ...terminal.environment }, { ...options, onNotice }, work);
  if ("problem" in answer) throw new CommandProblem(answer.problem);
  return answer.value;
}
