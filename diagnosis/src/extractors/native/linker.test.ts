import { describe, expect, it } from "vitest";
import { sightingsOf } from "../testing.ts";
import { linker } from "./linker.ts";

describe("linkers", () => {
  it("name symbols that are not there", () => {
    const seen = sightingsOf(
      linker,
      "/usr/bin/ld: a.o: in function `main':\na.c:(.text+0x5): undefined reference to `foo'\nld.lld: error: undefined symbol: bar()\nUndefined symbols for architecture arm64:\n  \"_x\", referenced from:\nld: symbol(s) not found for architecture arm64\n",
    );
    expect(seen.map(({ line, category, strength, key }) => ({ line, category, strength, key }))).toEqual([
      { line: 2, category: "code.compile", strength: "cause", key: "foo" },
      { line: 3, category: "code.compile", strength: "cause", key: "bar()" },
      { line: 4, category: "code.compile", strength: "cause", key: undefined },
      { line: 6, category: "code.compile", strength: "summary", key: "symbol(s) not found for architecture arm64" },
    ]);
  });

  it("name libraries that are not there", () => {
    const seen = sightingsOf(
      linker,
      "/usr/bin/ld: cannot find -lssl: No such file or directory\nld: library not found for -lz\nld: library 'pq' not found\n          /usr/bin/ld: cannot find -lfoo\nld.lld: error: unable to find library -lbar\nld: framework not found Sparkle",
    );
    expect(seen.map(({ category, key }) => `${category} ${key}`)).toEqual([
      "env.missing_library -lssl",
      "env.missing_library -lz",
      "env.missing_library pq",
      "env.missing_library -lfoo",
      "env.missing_library -lbar",
      "env.missing_library Sparkle",
    ]);
  });

  it("name symbols that are there twice, and objects that do not fit", () => {
    const seen = sightingsOf(
      linker,
      "/usr/bin/ld: b.o:(.bss+0x0): multiple definition of `x'; a.o:(.bss+0x0): first defined here\nduplicate symbol '_y' in:\n/usr/bin/ld: a.o: relocation R_X86_64_32 against `.rodata' can not be used when making a shared object; recompile with -fPIC\n/usr/bin/ld: /lib/libm.so.6: error adding symbols: DSO missing from command line",
    );
    expect(seen.every(({ category, strength }) => category === "code.compile" && strength === "cause")).toBe(true);
    expect(seen).toHaveLength(4);
  });

  it("warn without harm", () => {
    expect(
      sightingsOf(
        linker,
        "ld: warning: directory not found for option '-L/x'\n/usr/bin/ld: warning: x.o: missing .note.GNU-stack section\nchecking for ld: /usr/bin/ld\n",
      ),
    ).toEqual([]);
  });
});
