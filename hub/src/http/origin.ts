import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a request that a cookie signs in comes from our own pages: its Origin must be the request's Host or the
 * public URL. Without an Origin the browser's own word (Sec-Fetch-Site) decides; with neither it is refused,
 * for every browser of today sends one of them on a change of state.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const origin = headers.origin;
  if (origin !== undefined) {
    const from = hostOf(origin);
    if (from === null) return false;
    const ours = new URL(publicUrl);
    if (origin === ours.origin) return true;
    // What comes over plain http from the name that is served over https was put there by somebody on the way.
    return from === headers.host && !(from === ours.host && ours.protocol === "https:");
  }
  return headers["sec-fetch-site"] === "same-origin";
}

function hostOf(origin: string): string | null {
  try {
    const url = new URL(origin);
    return url.protocol === "http:" || url.protocol === "https:" ? url.host : null;
  } catch {
    return null;
  }
}
