import { useEffect, useState } from "react";
import { live, queryClient } from "../../runtime.ts";

/** Watches a run's scans: answers how many findings were read so far while one is being read, else null; fetches the run again when one ends. */
export function useScanProgress(runId: number | undefined): number | null {
  const [progress, setProgress] = useState<number | null>(null);
  useEffect(() => {
    if (runId === undefined) return;
    setProgress(null);
    return live.watchRun(runId, (update) => {
      const { findings, scan_id: scanId } = update.data;
      setProgress(update.type === "progress" && typeof findings === "number" ? findings : null);
      if (update.type === "progress") return;
      void queryClient.invalidateQueries({ queryKey: ["run", runId] });
      if (typeof scanId === "number") void queryClient.invalidateQueries({ queryKey: ["scan", scanId] });
    });
  }, [runId]);
  return progress;
}
