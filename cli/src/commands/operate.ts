import type { Operator } from "../../../hub/src/operator.ts";
import { printable } from "../printable.ts";
import { CommandProblem } from "../problem.ts";
import type { Terminal } from "../terminal.ts";

/** Ends the help of each command that works on the hub's machine. */
export const operatorHelp = `
It works on the hub's machine, as the hub's user and with its settings (SENTINAL_DATA_DIR, or DATABASE_URL and
SENTINAL_KEY_FILE), whether the hub runs or not. It is audited as the operator's act.
`;

/** Does something with the hub's database. Throws CommandProblem with what the hub says of it. */
export async function operate<T>(terminal: Terminal, options: { mayCreate: boolean }, work: (operator: Operator) => Promise<T>): Promise<T> {
  // Loaded only here: `sentinal send` must not wait for the hub's modules.
  const { withOperator } = await import("../../../hub/src/operator.ts");
  const onNotice = (text: string) => terminal.say(terminal.paintSaid("dim", printable(text)));
  const answer = await withOperator({ ...terminal.environment }, { ...options, onNotice }, work);
  if ("problem" in answer) throw new CommandProblem(answer.problem);
  return answer.value;
}
