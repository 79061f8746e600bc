// `npm test`: installs what tests need, then checks and runs them. The last line is `N passed, N failed`.
import { join } from "node:path";
import { prepareModules, prepareNode, prepareWeb, root, run } from "./setup.mjs";

const node = prepareNode();
prepareModules(node);
prepareWeb(node);
run(node.path, [join(root, "scripts", "test.ts"), ...process.argv.slice(2)], node.env);
