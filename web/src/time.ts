const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** From then on a date says more than a distance. */
const relativeForMs = 7 * dayMs;

/** A moment as lists tell it: "just now", "4 min ago", "in 9 days", and a date beyond seven days. */
export function relativeTime(iso: string, nowMs: number): string {
  const atMs = Date.parse(iso);
  if (Number.isNaN(atMs)) return "unknown time";
  const distanceMs = Math.abs(nowMs - atMs);
  if (distanceMs >= relativeForMs && atMs < nowMs) return shortDate(atMs, nowMs);
  if (distanceMs < 10 * secondMs) return "just now";
  const words = distanceWords(distanceMs);
  return atMs > nowMs ? `in ${words}` : `${words} ago`;
}

/** A moment in full with its zone, for hover and copying: "Sun, 22 Nov 2026, 14:03:22 GMT+1". */
export function absoluteTime(iso: string, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "unknown time";
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    ...(timeZone !== undefined && { timeZone }),
  }).format(at);
}

/** How long something took: "640 ms", "42 s", "4 min 12 s", "1 h 04 min". */
export function durationWords(durationMs: number): string {
  if (durationMs < secondMs) return `${Math.max(0, Math.round(durationMs))} ms`;
  const seconds = Math.round(durationMs / secondMs);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${Math.floor(hours / 24)} days`;
}

/** How long something that may still go on has taken; null where its start is not known. */
export function elapsedMs(startedAt: string | null, completedAt: string | null, nowMs: number): number | null {
  if (startedAt === null) return null;
  const startMs = Date.parse(startedAt);
  const endMs = completedAt === null ? nowMs : Date.parse(completedAt);
  const durationMs = endMs - startMs;
  return Number.isFinite(durationMs) ? Math.max(0, durationMs) : null;
}

/** Whole days from now until then, rounded up; negative when it has passed. */
export function daysUntil(iso: string, nowMs: number): number {
  return Math.ceil((Date.parse(iso) - nowMs) / dayMs);
}

function distanceWords(distanceMs: number): string {
  if (distanceMs < minuteMs) return `${Math.floor(distanceMs / secondMs)} s`;
  if (distanceMs < hourMs) return `${Math.floor(distanceMs / minuteMs)} min`;
  if (distanceMs < dayMs) return `${Math.floor(distanceMs / hourMs)} h`;
  const days = Math.floor(distanceMs / dayMs);
  return days === 1 ? "1 day" : `${days} days`;
}

function shortDate(atMs: number, nowMs: number): string {
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", ...(!isThisYear && { year: "numeric" }) }).format(atMs);
}
