import { run } from "./program.ts";

// `sentinal token list | head` closes the pipe before all is written; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});
// A running hub sets its own when it ends.
if (exitCode !== 0) process.exitCode = exitCode;
