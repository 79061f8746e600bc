import type { Board } from "@sentinal/contract";
import { Link, type LinkProps } from "@tanstack/react-router";
import { StatusMark } from "../../components/status.tsx";
import type { StatusKind } from "../../status.ts";
import { criticalFigure, failedFigure, type Figure, tokensFigure } from "./figures.ts";

/** The three figures that ask for something today, each with its change and a link. */
export function BoardFigures({ board, repository }: { board: Board; repository: string | undefined }) {
  const shown: { figure: Figure; kind: StatusKind; link: LinkProps }[] = [
    { figure: criticalFigure(board), kind: "failure", link: { to: "/findings", search: { repository, severity: ["critical"], state: ["open"] } } },
    { figure: failedFigure(board), kind: "failure", link: { to: "/", search: { repository, status: ["Failed"] } } },
    { figure: tokensFigure(board), kind: "action_needed", link: { to: "/tokens", search: { show: "ending" } } },
  ];
  return (
    <ul className="grid grid-cols-1 border-b border-line sm:grid-cols-3 sm:divide-x sm:divide-line max-sm:divide-y max-sm:divide-line" aria-label="Today">
      {shown.map(({ figure, kind, link }) => (
        <li key={figure.name}>
          <Link {...link} className="flex h-13 items-center gap-2.5 px-4 -outline-offset-2 hover:bg-sunken">
            <StatusMark kind={figure.count > 0 ? kind : "success"} />
            <span className="text-xl font-semibold" data-testid={`figure-${figure.name}`}>
              {figure.count.toLocaleString("en")}
            </span>
            <span className="min-w-0 leading-4">
              <span className="block truncate text-sm font-medium">{figure.words}</span>
              <span className="block truncate text-xs text-ink-faint">{figure.change}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
