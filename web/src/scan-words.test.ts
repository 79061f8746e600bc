import { expect, test } from "vitest";
import { scanName } from "./scan-words.ts";

test("a scan is named by its type, and by tool and category where they say more", () => {
  expect(scanName({ scan_type: "trivy", tool: "Trivy", category: "" })).toBe("Trivy");
  expect(scanName({ scan_type: "trivy", tool: "trivy", category: "image" })).toBe("Trivy · image");
  expect(scanName({ scan_type: "lint", tool: "eslint", category: "" })).toBe("Lint (eslint)");
});
