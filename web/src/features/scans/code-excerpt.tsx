import { classes } from "../../components/ui/classes.ts";
import type { CodeLine } from "./finding-detail.ts";

/** Lines of code with what the tool says of them right below the last line it means. */
export function CodeExcerpt({ lines, place, message }: { lines: readonly CodeLine[]; place: string; message: string | null }) {
  const last = lines.findLastIndex((line) => line.isCause);
  return (
    <figure className="@container overflow-hidden rounded-md border border-line">
      {place !== "" && (
        <figcaption className="border-b border-line bg-canvas px-3 py-1 text-xs text-ink-soft">
          <code className="break-all">{place}</code>
        </figcaption>
      )}
      <div className="overflow-x-auto py-1" tabIndex={0} role="group" aria-label="Code">
        <div className="w-max min-w-full">
          {lines.map((line, index) => (
            <div key={line.number ?? `at ${index}`}>
              <pre className={classes("flex pr-3 leading-[18px]", line.isCause && "bg-bad-soft")}>
                <span
                  className={classes(
                    "w-12 shrink-0 border-l-2 pr-3 text-right text-ink-faint select-none",
                    line.isCause ? "border-bad-mark" : "border-transparent",
                  )}
                >
                  {line.number ?? ""}
                </span>
                <code>{line.content === "" ? " " : line.content}</code>
              </pre>
              {index === last && message !== null && (
                <p className="sticky left-0 w-fit max-w-[100cqw] border-l-2 border-bad-mark py-1 pr-3 pl-[46px] font-medium break-words whitespace-pre-line text-bad">
                  {message}
                </p>
              )}
            </div>
          ))}
        </div>
      </div>
    </figure>
  );
}
