import type { Run } from "@sentinal/contract";
import { useState } from "react";
import { CopyMark } from "../../components/copy-button.tsx";
import { OutsideLink } from "../../components/outside-link.tsx";
import { githubFile } from "../ci-runs/github-links.ts";
import { type TracePart, traceLines } from "./trace.ts";

/** What is longer is folded to its first lines. */
const linesAtFirst = 24;

type TraceViewProps = {
  text: string;
  /** What it is: "trace", "message". */
  what: string;
  /** The test's own file. */
  file: string | null;
  /** Of whose commit the places are; undefined while it is not known. */
  run: Run | undefined;
  linesShown?: number;
};

/** A text of a test's failure, each place of the repository in it a link to the commit; folded when it is long. */
export function TraceView({ text, what, file, run, linesShown = linesAtFirst }: TraceViewProps) {
  const [isWhole, setIsWhole] = useState(false);
  const lines = traceLines(text, file);
  const isLong = lines.length > linesShown + 4;
  const shown = isLong && !isWhole ? lines.slice(0, linesShown) : lines;
  return (
    <figure className="min-w-0 overflow-hidden rounded-md border border-line bg-canvas">
      <figcaption className="flex h-7 items-center justify-between border-b border-line pr-0.5 pl-3 text-xs text-ink-soft">
        {what}
        <CopyMark text={text} what={what.toLowerCase()} />
      </figcaption>
      <pre className="max-h-[70vh] overflow-auto p-3 leading-[18px] break-words whitespace-pre-wrap" tabIndex={0} aria-label={what}>
        {shown.map((parts, index) => (
          <TraceLine key={index} parts={parts} run={run} />
        ))}
      </pre>
      {isLong && (
        <button
          type="button"
          aria-expanded={isWhole}
          className="h-7 w-full border-t border-line text-xs font-medium text-ink-soft -outline-offset-2 hover:bg-sunken"
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? "Fold" : `Show all ${lines.length.toLocaleString("en")} lines`}
        </button>
      )}
    </figure>
  );
}

function TraceLine({ parts, run }: { parts: readonly TracePart[]; run: Run | undefined }) {
  return (
    <div className="min-h-[18px]">
      {parts.map(({ text, place }, index) => {
        const address = place === null || run === undefined ? null : githubFile(run, place.path, place.line);
        return address === null ? (
          text
        ) : (
          <OutsideLink key={index} address={address}>
            {text}
          </OutsideLink>
        );
      })}
    </div>
  );
}
