import { annotation, printableLines } from "@sentinal/send";
import { run } from "./run.ts";

try {
  const mayGoOn = await run({ environment: process.env, cwd: process.cwd(), print });
  process.exitCode = mayGoOn ? 0 : 1;
} catch (error) {
  print(annotation("error", "Something unexpected happened. Please report it with the lines below."));
  print(printableLines(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
