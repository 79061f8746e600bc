import type { ScanDetail } from "@sentinal/contract";
import { useNavigate } from "@tanstack/react-router";
import type { MouseEvent } from "react";
import { countWords } from "../../severity.ts";
import { absoluteTime } from "../../time.ts";
import { type TrendPart, trendBars } from "./trend.ts";

const height = 72;
const slotWidth = 12;
const barWidth = 8;
const slots = 30;
const fills: Record<TrendPart["name"], string> = {
  critical: "fill-(--critical-bar)",
  high: "fill-(--high-bar)",
  medium: "fill-(--medium-bar)",
  low: "fill-(--low-bar)",
  good: "fill-good-mark",
  bad: "fill-bad-mark",
};

/** Totals of the last scans of this kind on this branch, the newest right; the same as a table for those who hear it. */
export function TrendChart({ scan }: { scan: ScanDetail }) {
  const navigate = useNavigate();
  const trend = scan.trend.slice(-slots);
  const { bars, highest } = trendBars(trend);
  const width = slots * slotWidth;

  function onClick(event: MouseEvent<SVGSVGElement>): void {
    const scanId = event.target instanceof Element ? event.target.closest("a")?.getAttribute("data-scan-id") : null;
    if (scanId == null || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void navigate({ to: "/scans/$scanId", params: { scanId } });
  }

  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex justify-between text-xs text-ink-faint">
        <span>{bars.length === 1 ? "First scan of its kind on this branch" : `Last ${bars.length} scans on ${scan.run.branch}`}</span>
        <span>highest {highest.toLocaleString("en")}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height + 5}`} className="block h-[77px] w-full" preserveAspectRatio="xMaxYMax meet" onClick={onClick} aria-hidden="true">
        <path d={`M0 ${height + 0.5}H${width}`} className="stroke-line" />
        <path d={`M0 0.5H${width}`} className="stroke-line" strokeDasharray="2 3" />
        {bars.map((bar, index) => {
          const x = (slots - bars.length + index) * slotWidth + (slotWidth - barWidth) / 2;
          let y = height;
          return (
            <a key={bar.scanId} href={`/scans/${bar.scanId}`} data-scan-id={bar.scanId} tabIndex={-1} className="group">
              <title>{`${countWords(trend[index]?.counts ?? scan.counts)}, ${absoluteTime(bar.createdAt)}`}</title>
              <rect x={x - 2} y={0} width={slotWidth} height={height} className="fill-transparent group-hover:fill-sunken" />
              {bar.parts.map((part) => {
                const partHeight = Math.max(1, (part.count / highest) * (height - 2));
                y -= partHeight;
                return <rect key={part.name} x={x} y={y} width={barWidth} height={partHeight} className={fills[part.name]} />;
              })}
              {bar.parts.length === 0 && <rect x={x} y={height - 2} width={barWidth} height={2} className="fill-good-mark" />}
              {bar.scanId === scan.id && <rect x={x} y={height + 2} width={barWidth} height={2} className="fill-accent" />}
            </a>
          );
        })}
      </svg>
      {/* A table keeps its width whatever it is told; its box does not. */}
      <div className="sr-only">
        <table>
          <caption>Totals of the last scans</caption>
          <thead>
            <tr>
              <th>Scan</th>
              <th>When</th>
              <th>Counts</th>
            </tr>
          </thead>
          <tbody>
            {trend.map((point) => (
              <tr key={point.scan_id}>
                <td>{point.scan_id}</td>
                <td>{absoluteTime(point.created_at)}</td>
                <td>{countWords(point.counts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
