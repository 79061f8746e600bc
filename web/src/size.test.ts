import { expect, test } from "vitest";
import { sizeWords } from "./size.ts";

test.each([
  [4, "4 B"],
  [1_234, "1.2 KB"],
  [863_050, "863 KB"],
  [104_857_600, "105 MB"],
  [2_500_000_000_000, "2500 GB"],
])("%i bytes read %s", (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});
