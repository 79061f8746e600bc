import { useLocation } from "@tanstack/react-router";
import { classes } from "../../components/ui/classes.ts";
import type { ApiDocument } from "./document.ts";
import { Prose } from "./operation-view.tsx";

/** How errors are answered, and each code with what to do. Error answers link here as `#error-<code>`. */
export function ErrorReference({ document }: { document: ApiDocument }) {
  const { hash } = useLocation();
  const entries = Object.entries(document["x-errors"] ?? {});
  const wanted = hash.startsWith("error-") ? hash.slice("error-".length) : null;
  const isUnknown = wanted !== null && !entries.some(([code]) => code === wanted);
  return (
    <section id="errors" aria-labelledby="errors-name" data-anchor className="px-4 py-6 md:px-6">
      <h2 id="errors-name" className="text-lg font-semibold">
        Errors
      </h2>
      <p className="mt-1 max-w-[72ch] text-ink-soft">
        Every error is <code>application/problem+json</code>: <code>status</code>, <code>title</code>, <code>detail</code> with what to do, a stable{" "}
        <code>code</code>, the <code>request_id</code> that the hub’s log knows it by, and <code>errors</code> with the field, the problem and the fix where a
        field is wrong.
      </p>
      {isUnknown && (
        <p id={`error-${wanted}`} data-anchor className="mt-2 rounded-md bg-sunken px-3 py-2">
          <code>{wanted}</code>: the answer’s own <code>detail</code> says what to do.
        </p>
      )}
      {entries.length > 0 && (
        <ul className="mt-3">
          {entries.map(([code, entry]) => (
            <li key={code} id={`error-${code}`} data-anchor className={classes("border-t border-line px-2 py-1.5 text-xs", code === wanted && "bg-selected")}>
              <code className="font-semibold">{code}</code> <span className="text-ink-faint">{entry.status}</span>
              <span className="ml-2 font-medium">{entry.title}.</span>{" "}
              <span className="text-ink-soft">
                <Prose text={entry.fix} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
