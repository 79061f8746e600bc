import { expect, test } from "vitest";
import { criticalFigure, failedFigure, tokensFigure } from "./figures.ts";

test("each figure says how it changed", () => {
  expect(criticalFigure({ critical_open: 12, critical_new_today: 2 })).toMatchObject({
    count: 12,
    words: "open critical findings",
    change: "2 new since yesterday",
  });
  expect(failedFigure({ failed_runs_today: 1, failed_runs_yesterday: 4 })).toMatchObject({
    words: "failed run in 24 hours",
    change: "3 fewer than the day before",
  });
  expect(failedFigure({ failed_runs_today: 5, failed_runs_yesterday: 4 }).change).toBe("1 more than the day before");
  expect(failedFigure({ failed_runs_today: 4, failed_runs_yesterday: 4 }).change).toBe("as many as the day before");
  expect(tokensFigure({ tokens_ending_soon: 1 }).words).toBe("token ends soon");
});
