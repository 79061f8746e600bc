// `npm start`: installs what is missing, builds the pages when they are old, and runs the hub in this process's place.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { prepareModules, prepareNode, prepareWeb, root } from "./setup.mjs";

const node = prepareNode();
prepareModules(node);
prepareWeb(node);

const hub = spawn(node.path, [join(root, "hub", "src", "main.ts")], { cwd: root, env: node.env, stdio: "inherit" });
// Ctrl-C reaches the hub by itself, through the terminal's process group; this process only waits for its orderly end.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => hub.kill(signal));
hub.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGKILL" ? 137 : 1)));
