// Runs a TypeScript file of the project under Node 24, after the packages are installed: `node scripts/run.mjs FILE …`
import { prepareModules, prepareNode, run } from "./setup.mjs";

const node = prepareNode();
prepareModules(node);
run(node.path, process.argv.slice(2), node.env);
