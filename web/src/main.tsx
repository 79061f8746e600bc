import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { router } from "./router.tsx";
import { live, queryClient, session } from "./runtime.ts";
import "./styles/index.css";

const place = document.getElementById("root");
if (place === null) throw new Error("the page has no place for the board");

// Whose session ended, here or in another tab, sees nothing of it any more.
let phase = session.phase();
session.subscribe(() => {
  const before = phase;
  phase = session.phase();
  if (phase === "signed_out") {
    live.stop();
    queryClient.clear();
  }
  // At the start the router itself waits for the answer.
  if (before !== "starting") void router.invalidate();
});

// A hub that was upgraded meanwhile no longer has the old parts of this page; a reload brings the new ones, once.
const reloadedAt = "sentinal-reloaded-at";
const reloadGapMs = 60_000;
window.addEventListener("vite:preloadError", (event) => {
  if (Date.now() - Number(sessionStorage.getItem(reloadedAt) ?? 0) < reloadGapMs) return;
  sessionStorage.setItem(reloadedAt, String(Date.now()));
  event.preventDefault();
  location.reload();
});

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

// The font for code is not needed for the first view: it comes with the first move of the person, or when all is quiet.
const quietAfterMs = 4_000;
const signs = ["pointermove", "pointerdown", "keydown", "wheel"] as const;
function loadCodeFont(): void {
  for (const sign of signs) removeEventListener(sign, loadCodeFont);
  void import("./styles/mono.css");
}
for (const sign of signs) addEventListener(sign, loadCodeFont, { once: true, passive: true });
setTimeout(loadCodeFont, quietAfterMs);
