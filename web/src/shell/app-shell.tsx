import { Outlet, useLocation, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useAnnouncement } from "../announcement.ts";
import { useKeys } from "../keys.ts";
import { NoticeBanner } from "../features/accounts/notice-banner.tsx";
import { ExpiryBanner } from "../features/api-tokens/expiry-banner.tsx";
import { live } from "../runtime.ts";
import { PlainHttpBanner } from "./plain-http-banner.tsx";
import { Rail } from "./rail.tsx";
import { Reauthentication } from "./reauthentication.tsx";
import { TopBar } from "./top-bar.tsx";
import { useLiveEffects } from "./use-live-effects.ts";

const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));
const KeySheet = lazy(async () => ({ default: (await import("./key-sheet.tsx")).KeySheet }));

export type PaletteScope = "all" | "repositories";

/** What stands around every page of a signed-in user. */
export function AppShell() {
  const [palette, setPalette] = useState<PaletteScope | null>(null);
  const [showsKeys, setShowsKeys] = useState(false);
  const { repository } = useSearch({ from: "/app" });
  const { pathname } = useLocation();
  const words = useAnnouncement();

  useEffect(() => live.start(), []);
  useEffect(() => {
    // Where the link that was pressed is gone with its page, the keyboard goes on at the new one.
    if (document.activeElement === document.body) document.getElementById("page")?.focus({ preventScroll: true });
  }, [pathname]);
  useLiveEffects(repository);
  useKeys([
    { key: "Mod+k", label: "Search and jump", run: () => setPalette("all") },
    { key: "?", label: "All keys", run: () => setShowsKeys(true) },
  ]);

  return (
    <div className="min-h-dvh md:pl-[52px] xl:pl-[176px] print:pl-0">
      <a
        href="#page"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5"
      >
        Skip to the page
      </a>
      <Rail />
      <PlainHttpBanner />
      <NoticeBanner />
      <ExpiryBanner />
      <TopBar repository={repository} onSearch={() => setPalette("all")} onRepositories={() => setPalette("repositories")} onKeys={() => setShowsKeys(true)} />
      <main id="page" tabIndex={-1} className="min-h-[calc(100dvh-44px)] bg-surface pb-16 outline-none md:pb-0">
        <Outlet />
      </main>
      <div role="status" aria-live="polite" className="sr-only" data-testid="announcements">
        {words}
      </div>
      <Reauthentication />
      <Suspense fallback={null}>
        {palette !== null && <Palette scope={palette} onClose={() => setPalette(null)} onKeys={() => setShowsKeys(true)} />}
        {showsKeys && <KeySheet onClose={() => setShowsKeys(false)} />}
      </Suspense>
    </div>
  );
}
