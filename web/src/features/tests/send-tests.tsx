import { Link } from "@tanstack/react-router";
import { CodeBlock } from "../../components/code-block.tsx";
import { workflowSnippet } from "../api-tokens/snippets.ts";

const step = { file: "junit.xml", scanType: "test", words: "the test results" } as const;

/** The step that makes tests appear here. */
export function SendTests() {
  return (
    <div className="mt-3 text-left">
      <p className="mb-2 text-xs">
        Have the tests write JUnit XML (CTRF, Jest and Vitest JSON and TAP are read as well), store an{" "}
        <Link to="/tokens" className="link">
          API token
        </Link>{" "}
        as the repository secret <code>SENTINAL_API_TOKEN</code>, and add this step after them:
      </p>
      <CodeBlock code={workflowSnippet({ hubUrl: location.origin }, step)} what="Workflow step" />
    </div>
  );
}
