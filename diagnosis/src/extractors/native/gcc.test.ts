import { describe, expect, it } from "vitest";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { gcc } from "./gcc.ts";

const categoriesOf = (text: string) => sightingsOf(gcc, text).map(({ category, strength }) => `${category} ${strength}`);

describe("errors of gcc and clang", () => {
  it("are found with and without a column, on Windows and as problem matchers show them", () => {
    const seen = sightingsOf(
      gcc,
      "src/a.c:12:3: error: 'x' undeclared (first use in this function)\nsrc/b.cpp:7: error: expected ';' before '}' token\nC:\\p\\c.hpp:1:2: error: no type named 'y' in 'z'\n##[error]src/d.cc:4:1: error: use of undeclared identifier 'q'\n",
    );
    expect(seen.map(({ line, category, key }) => ({ line, category, key }))).toEqual([
      { line: 1, category: "code.compile", key: "'x' undeclared (first use in this function)" },
      { line: 2, category: "code.compile", key: "expected ';' before '}' token" },
      { line: 3, category: "code.compile", key: "no type named 'y' in 'z'" },
      { line: 4, category: "code.compile", key: "use of undeclared identifier 'q'" },
    ]);
  });

  it("are found as Maven shows what it runs", () => {
    expect(categoriesOf("[WARNING] /x/src/main/native/exception.c:110:10: error: 'sys_nerr' undeclared (first use in this function)")).toEqual([
      "code.compile cause",
    ]);
  });

  it("of CUDA's and Intel's compilers are found", () => {
    expect(
      categoriesOf(
        'kernel.cu(12): error: identifier "x" is undefined\nb.cpp(3): error #20: identifier "y" is undefined\nnvcc fatal   : Unsupported gpu architecture \'compute_30\'',
      ),
    ).toEqual(["code.compile cause", "code.compile cause", "config.toolchain cause"]);
  });

  it("about a header tell a missing library from a file of the project", () => {
    const seen = sightingsOf(
      gcc,
      [
        "a.c:1:10: fatal error: openssl/ssl.h: No such file or directory",
        "a.c:2:10: fatal error: 'widget.h' file not found",
        '#include "widget.h"',
        "src/core/a.cpp:3:10: fatal error: core/gone.h: No such file or directory",
        "a.c:4:10: fatal error: foo/bar.h: No such file or directory",
        "    4 | #include <foo/bar.h>",
      ].join("\n"),
    );
    expect(seen.map(({ category }) => category)).toEqual(["env.missing_library", "code.compile", "code.compile", "env.missing_library"]);
  });

  it("inside the build of a package are that package's", () => {
    expect(
      categoriesOf(
        "      src/x.c:1:2: error: unknown type name 'y'\nnpm ERR! ../src/x.cc:1:2: error: no member named 'z'\n../node_modules/nan/nan.h:5:1: error: no matching function",
      ),
    ).toEqual(["dependency.build likely", "dependency.build likely", "dependency.build likely"]);
    expect(categoriesOf("make: Entering directory '/p/node_modules/x/build'\n../src/x.cc:1:2: error: no member named 'z'")).toEqual([
      "dependency.build likely",
    ]);
    expect(categoriesOf("      a.c:1:10: fatal error: Python.h: No such file or directory")).toEqual(["env.missing_library likely"]);
  });

  it("of linters in the same form are findings", () => {
    expect(
      categoriesOf(
        "a.cpp:1:2: error: use nullptr [modernize-use-nullptr,-warnings-as-errors]\na.c:3:4: error: Memory leak: p [memleak]\na.cpp:1:1: error: code should be clang-formatted [-Wclang-format-violations]",
      ),
    ).toEqual(["code.lint cause", "code.lint cause", "code.lint cause"]);
    expect(categoriesOf("a.c:1:2: error: unused variable 'x' [-Werror=unused-variable]")).toEqual(["code.compile cause"]);
  });

  it("of the compiler itself are told from the code's", () => {
    expect(
      categoriesOf(
        "c++: fatal error: Killed signal terminated program cc1plus\ng++: internal compiler error: Killed (program cc1plus)\na.cpp:3:1: internal compiler error: Segmentation fault\nclang: error: unable to execute command: Segmentation fault (core dumped)\ncc1plus: all warnings being treated as errors\nclang: error: linker command failed with exit code 1 (use -v to see invocation)\ncollect2: error: ld returned 1 exit status\ngcc: error: unrecognized command line option '-foo'",
      ),
    ).toEqual([
      "resource.oom cause",
      "resource.oom cause",
      "tool.crash cause",
      "tool.crash cause",
      "code.compile summary",
      "code.compile symptom",
      "code.compile symptom",
      "config.toolchain cause",
    ]);
  });

  it("are no warnings, notes, probes, other languages or tests", () => {
    expect(
      sightingsOf(
        gcc,
        "a.c:1:2: warning: unused variable 'x' [-Wunused-variable]\na.c:1:2: note: declared here\nconftest.c:3:4: error: unknown type name 'x'\n_configtest.c:1:5: error: two or more data types\na.py:3: error: Incompatible types\na.cpp:12: error: Failure in TEST(group, name)\n-- Performing Test HAVE_X: error: no\n",
      ),
    ).toEqual([]);
  });

  it("are the cause of a step, above what make says", () => {
    expect(diagnoseStep("gcc -c a.c\na.c:1:2: error: expected ';'\nmake: *** [Makefile:2: a.o] Error 1", { exitCode: 2 })).toMatchObject({
      category: "code.compile",
      rerun: false,
      cause: { line: 6 },
    });
  });
});
