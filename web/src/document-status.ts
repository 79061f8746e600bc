import { useEffect } from "react";
import { markHalves } from "./components/mark.tsx";
import { type StatusKind, type StatusTone, statusLooks } from "./status.ts";

/** Middle tones that show on light and dark tab bars alike. */
const toneColours: Record<StatusTone, string> = { good: "#22a05a", bad: "#e0434a", warn: "#d08c12", idle: "#7d8993" };
const symbols: Partial<Record<StatusKind, string>> = {
  success: "✓",
  failure: "✕",
  running: "◌",
  queued: "○",
  cancelled: "⊘",
  timed_out: "◷",
  action_needed: "!",
};

/** Title of the tab and its picture follow what the page watches; `kind` null: nothing that has a status. */
export function useDocumentStatus(title: string, kind: StatusKind | null): void {
  useEffect(() => {
    document.title = documentTitle(title, kind);
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (icon !== null) icon.href = kind === null ? "/favicon.svg" : faviconAddress(kind);
  }, [title, kind]);
}

/** "✕ Failed · Run 12 · Sentinal". */
export function documentTitle(title: string, kind: StatusKind | null): string {
  const status = kind === null ? "" : `${symbols[kind] ?? "?"} ${statusLooks[kind].word} · `;
  return `${status}${title} · Sentinal`;
}

/** The mark with the status as its pupil: a disc, or for failure a square, so that colour is not all there is. */
export function faviconAddress(kind: StatusKind): string {
  const colour = toneColours[statusLooks[kind].tone];
  const pupil =
    kind === "failure" || kind === "timed_out" ? `<path d="M7 7h10v10H7z" fill="${colour}"/>` : `<circle cx="12" cy="12" r="4.6" fill="${colour}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g transform="rotate(-24 12 12)" fill="#14908d">${markHalves.map((half) => `<path d="${half}"/>`).join("")}</g>${pupil}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
