import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { meQuery } from "../accounts/queries.ts";
import type { Decision, TriageTarget } from "./triage.ts";

const TriageDialog = lazy(async () => ({ default: (await import("./triage-dialog.tsx")).TriageDialog }));

type Asked = { target: TriageTarget; action: Decision["action"]; onDone?: (() => void) | undefined };

/** Whether the one who is signed in may triage, and the dialog that asks them. */
export function useTriage(): { isAllowed: boolean; ask(asked: Asked): void; dialog: ReactNode } {
  const me = useQuery(meQuery());
  const [asked, setAsked] = useState<Asked | null>(null);
  return {
    isAllowed: me.data?.role === "Member" || me.data?.role === "Admin",
    ask: setAsked,
    dialog: (
      <Suspense fallback={null}>
        {asked !== null && (
          <TriageDialog
            target={asked.target}
            action={asked.action}
            onClose={() => setAsked(null)}
            onDone={() => {
              asked.onDone?.();
              setAsked(null);
            }}
          />
        )}
      </Suspense>
    ),
  };
}
