import { useState } from "react";
import { CodeBlock } from "../../components/code-block.tsx";
import { classes } from "../../components/ui/classes.ts";
import { cliSnippet, curlSnippet, type SnippetWays, workflowSnippet } from "./snippets.ts";

const ways: readonly { way: SnippetWays; label: string }[] = [
  { way: "workflow", label: "GitHub Actions" },
  { way: "curl", label: "curl" },
  { way: "cli", label: "Command line" },
];

/** Ready-made ways of sending a report with a token. */
export function TokenSnippets({ token, repository, first = "workflow" }: { token: string | null; repository: string | null; first?: SnippetWays }) {
  const [way, setWay] = useState<SnippetWays>(first);
  const subject = { hubUrl: location.origin, token, repository };
  return (
    <div>
      <div className="mb-2 flex gap-1" role="group" aria-label="Way of sending">
        {ways.map((one) => (
          <button
            key={one.way}
            type="button"
            aria-pressed={way === one.way}
            onClick={() => setWay(one.way)}
            className={classes("h-7 rounded-md px-2.5 text-xs font-medium", way === one.way ? "bg-selected text-accent" : "text-ink-soft hover:bg-sunken")}
          >
            {one.label}
          </button>
        ))}
      </div>
      {way === "workflow" && (
        <>
          <p className="mb-2 text-xs text-ink-soft">
            Store the token as the repository secret <code>SENTINAL_API_TOKEN</code> (Settings, Secrets and variables, Actions), then add this step after the
            scan:
          </p>
          <CodeBlock code={workflowSnippet(subject)} what="Workflow step" />
        </>
      )}
      {way === "curl" && <CodeBlock code={curlSnippet(subject)} what="Commands for a shell" />}
      {way === "cli" && <CodeBlock code={cliSnippet(subject)} what="Commands for a shell" />}
    </div>
  );
}
