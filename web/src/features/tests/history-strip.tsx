import type { TestPoint } from "@sentinal/contract";
import type { ReactNode } from "react";
import { type HistoryBar, historyBars, historySlots, historyWords } from "./history.ts";

const step = 4;
const barWidth = 3;
const fullHeight = 11;
const baseline = 12;
const height = 17;
const width = historySlots * step - (step - barWidth);

/**
 * The last 30 results, newest right: height by duration. What failed reaches below the line, what was flaky is cut in
 * two, what was skipped is hollow.
 */
export function HistoryStrip({ points, scanId, className }: { points: readonly TestPoint[]; scanId?: number | undefined; className?: string }) {
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={historyWords(points)} className={className ?? "block"}>
      <path d={`M0 ${baseline + 0.5}H${width}`} className="stroke-line" />
      {historyBars(points).map((bar) => (
        <g key={bar.slot}>
          <title>{bar.title}</title>
          <rect x={bar.slot * step - 0.5} y={0} width={step} height={height} fill="transparent" />
          {drawn(bar)}
          {bar.scanId === scanId && <rect x={bar.slot * step} y={height - 1} width={barWidth} height={1} className="fill-accent" />}
        </g>
      ))}
    </svg>
  );
}

function drawn({ slot, look, height: share }: HistoryBar): ReactNode {
  const x = slot * step;
  const tall = Math.max(3, Math.round(share * fullHeight));
  if (look === "failed") return <rect x={x} y={baseline - tall} width={barWidth} height={tall + 3} className="fill-bad-mark" />;
  if (look === "skipped") return <rect x={x + 0.5} y={baseline - 3.5} width={barWidth - 1} height={3} fill="none" className="stroke-idle-mark" />;
  if (look === "passed") return <rect x={x} y={baseline - tall} width={barWidth} height={tall} className="fill-good-mark" />;
  const half = Math.max(2, Math.floor((tall - 2) / 2));
  return (
    <>
      <rect x={x} y={baseline - half} width={barWidth} height={half} className="fill-warn-mark" />
      <rect x={x} y={baseline - 2 * half - 2} width={barWidth} height={half} className="fill-warn-mark" />
    </>
  );
}
