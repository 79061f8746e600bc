import type { TestPoint } from "@sentinal/contract";
import { durationFigures, historySlots, pointWords } from "./history.ts";
import { hasFailed, tookWords } from "./test-words.ts";

const slotWidth = 12;
const height = 56;
const width = historySlots * slotWidth;

/** How long the last results took, the newest right; the dashed line is the middle one. The list of results has the numbers. */
export function DurationChart({ points }: { points: readonly TestPoint[] }) {
  const figures = durationFigures(points);
  if (figures === null) return null;
  const newest = points.slice(-historySlots);
  const yOf = (ms: number) => height - Math.max(1, (ms / Math.max(figures.longestMs, 1)) * (height - 6));
  const places = newest.map((point, index) => ({
    point,
    x: (historySlots - newest.length + index) * slotWidth + slotWidth / 2,
    y: point.duration_ms === null ? null : yOf(point.duration_ms),
  }));
  const path = places.flatMap(({ x, y }) => (y === null ? [] : `${x} ${y}`)).join("L");
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex justify-between text-xs text-ink-faint">
        <span>Duration, mostly {tookWords(figures.medianMs)}</span>
        <span>longest {tookWords(figures.longestMs)}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height + 1}`} className="block h-[57px] w-full" preserveAspectRatio="none" aria-hidden="true">
        <path d={`M0 ${height + 0.5}H${width}`} className="stroke-line" vectorEffect="non-scaling-stroke" />
        <path d={`M0 ${yOf(figures.medianMs)}H${width}`} className="stroke-line-strong" strokeDasharray="2 3" vectorEffect="non-scaling-stroke" />
        <path d={`M${path}`} fill="none" className="stroke-accent" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
        {places.map(({ point, x, y }) => (
          <g key={point.scan_id}>
            <title>{pointWords(point)}</title>
            <rect x={x - slotWidth / 2} y={0} width={slotWidth} height={height} fill="transparent" />
            {y !== null && hasFailed(point) && <rect x={x - 2} y={y - 2.5} width={4} height={5} className="fill-bad-mark" />}
          </g>
        ))}
      </svg>
    </figure>
  );
}
