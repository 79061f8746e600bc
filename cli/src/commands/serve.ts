import type { Command } from "commander";
import type { Terminal } from "../terminal.ts";

const help = `
Settings are environment variables; docs/reference/settings.md lists them. The first start makes the database and
prints the set-up code for the first account. Ctrl-C stops the hub in order.

Examples:
  $ sentinal serve
  $ SENTINAL_PORT=9000 SENTINAL_DATA_DIR=/srv/sentinal sentinal serve
  $ DATABASE_URL=postgres://… SENTINAL_KEY_FILE=/etc/sentinal/key sentinal serve
`;

export function addServeCommand(program: Command, terminal: Terminal): void {
  program
    .command("serve")
    .summary("run the hub")
    .description("Runs the hub until it is told to stop.")
    .addHelpText("after", help)
    .action(async () => {
      const { serve } = await import("../../../hub/src/main.ts");
      await serve({ ...terminal.environment });
    });
}
