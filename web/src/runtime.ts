import { QueryClient } from "@tanstack/react-query";
import { createClient, isWorthRetrying } from "./api/client.ts";
import { createLive } from "./live/live.ts";
import { browserSurroundings } from "./session/browser.ts";
import { createProof } from "./session/proof.ts";
import { createSession } from "./session/session.ts";

/** The page's only session, client, cache and live connection. */
export const session = createSession(browserSurroundings());
export const proof = createProof();
export const api = createClient(session, undefined, () => proof.ask());
export const live = createLive(session);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Live updates say when something changed; until then what was fetched holds.
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) => failures < 2 && isWorthRetrying(error),
      refetchOnWindowFocus: false,
    },
  },
});
