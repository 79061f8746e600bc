import { describe, expect, test } from "vitest";
import { columnsOf, shortened } from "./columns.ts";

describe("columns", () => {
  test("count what a terminal shows", () => {
    expect(columnsOf("abc")).toBe(3);
    expect(columnsOf("検査")).toBe(4);
    expect(columnsOf("e\u0301")).toBe(1);
  });

  test("a long path is cut in its middle and keeps its end", () => {
    const cut = shortened("services/payment/build/reports/trivy-image.json", 30);
    expect(columnsOf(cut)).toBe(30);
    expect(cut).toMatch(/^services.*….*trivy-image\.json$/);
    expect(shortened("short.json", 30)).toBe("short.json");
  });
});
