import { describe, expect, it } from "vitest";
import type { Extractor } from "../../extractor.ts";
import { diagnoseStep, sightingsOf } from "../testing.ts";
import { autotools } from "./autotools.ts";
import { bazel } from "./bazel.ts";
import { cmake, meson } from "./cmake.ts";
import { makeTools } from "./make.ts";
import { nativePackages } from "./native-packages.ts";

const told = (extractor: Extractor, text: string) => sightingsOf(extractor, text).map(({ line, category, strength }) => `${line} ${category} ${strength}`);

describe("make", () => {
  it("is no cause by what it ran, only by what it refuses itself", () => {
    expect(
      told(
        makeTools,
        "make[1]: *** [Makefile:3: a.o] Error 1\nmake: *** No rule to make target 'b.c', needed by 'b.o'.  Stop.\nMakefile:7: *** missing separator.  Stop.\nmake: foo: No such file or directory\nmake: *** [all] Segmentation fault (core dumped)\nMakefile:2: *** protoc is not installed.  Stop.",
      ),
    ).toEqual([
      "1 code.compile symptom",
      "2 code.compile cause",
      "3 code.syntax cause",
      "4 config.toolchain cause",
      "5 crash.signal likely",
      "6 env.missing_library cause",
    ]);
  });

  it("of other makers is read as well: nmake, BSD's make, SCons", () => {
    expect(
      told(
        makeTools,
        "NMAKE : fatal error U1073: don't know how to make 'x.obj'\nNMAKE : fatal error U1077: 'cl.EXE' : return code '0x2'\n*** Error code 1\nscons: *** [a.o] Error 1\nscons: *** Do not know how to make File target `x'",
      ),
    ).toEqual(["1 code.compile cause", "2 code.compile symptom", "3 code.compile symptom", "4 code.compile symptom", "5 code.compile cause"]);
  });

  it("says nothing of errors that it ignores, and of folders", () => {
    expect(told(makeTools, "make: [clean] Error 1 (ignored)\nmake[2]: Entering directory '/x'\nmake: Nothing to be done for 'all'.\n")).toEqual([]);
  });
});

describe("CMake and ninja", () => {
  it("tell what is missing in the lines below the heading", () => {
    const seen = sightingsOf(
      cmake,
      [
        "CMake Error at CMakeLists.txt:12 (find_package):",
        '  By not providing "FindFoo.cmake" in CMAKE_MODULE_PATH this project has',
        "",
        "CMake Error at /usr/share/cmake/Modules/FindPackageHandleStandardArgs.cmake:230 (message):",
        "  Could NOT find OpenSSL, try to set the path",
        "Call Stack (most recent call first):",
        "CMake Error at CMakeLists.txt:1 (cmake_minimum_required):",
        "  CMake 3.30 or higher is required.  You are running version 3.22.1",
        "CMake Error at src/CMakeLists.txt:9 (add_library):",
        "  Cannot find source file:",
        "",
        "    gone.cpp",
        'CMake Error: The source directory "/x" does not appear to contain CMakeLists.txt.',
        "-- Configuring incomplete, errors occurred!",
      ].join("\n"),
    );
    expect(seen.map(({ line, category, strength }) => `${line} ${category} ${strength}`)).toEqual([
      "1 env.missing_library cause",
      "4 env.missing_library cause",
      "7 config.toolchain cause",
      "9 code.compile cause",
      "13 config.workflow cause",
      "14 code.compile summary",
    ]);
  });

  it("are read as PowerShell shows them", () => {
    const text =
      "cmake.exe : CMake Error at CMakeLists.txt:21 (project):\nAt C:\\x\\configure.ps1:37 char:1\n  The CMAKE_C_COMPILER:\n    C:/Program Files (x86)/x/cl.exe\n  is not a full path to an existing compiler tool.\n";
    expect(told(cmake, text)).toEqual(["1 config.toolchain cause"]);
  });

  it("leave the cause to the compiler that ninja ran", () => {
    expect(
      told(
        cmake,
        "FAILED: src/a.o \nFAILED: [code=1] src/b.o\nninja: build stopped: subcommand failed.\nninja: error: 'x.c', needed by 'x.o', missing and no known rule to make it",
      ),
    ).toEqual(["1 code.compile summary", "2 code.compile summary", "3 code.compile symptom", "4 code.compile cause"]);
    expect(diagnoseStep("FAILED: src/a.o \ncc -c a.c\n../a.c:1:2: error: expected ';'\nninja: build stopped: subcommand failed.")).toMatchObject({
      category: "code.compile",
      cause: { line: 7 },
    });
  });

  it("may miss what is not required", () => {
    expect(
      told(
        cmake,
        "-- Could NOT find Doxygen (missing: DOXYGEN_EXECUTABLE)\nCMake Warning at CMakeLists.txt:3 (message):\n  x\nCMake Deprecation Warning at a:1 (x):\n",
      ),
    ).toEqual([]);
  });
});

describe("Meson", () => {
  it("names dependencies, programs and tests", () => {
    expect(
      told(
        meson,
        'meson.build:12:4: ERROR: Dependency "glib-2.0" not found, tried pkgconfig and cmake\n../sub/meson.build:3:0: ERROR: Program \'gperf\' not found or not executable\nmeson.build:1:5: ERROR: Unknown function "foo".\n 3/10 core / parser        FAIL           0.02s   exit status 1\n 4/10 slow                 TIMEOUT        30.01s   killed by signal 15 SIGTERM\n 5/10 fine                 OK             0.01s\nSummary of Failures:\n 3/10 core / parser        FAIL           0.02s   exit status 1',
      ),
    ).toEqual([
      "1 env.missing_library cause",
      "2 config.toolchain cause",
      "3 code.syntax cause",
      "4 code.test cause",
      "5 timeout.test cause",
      "8 code.test likely",
    ]);
  });
});

describe("configure scripts", () => {
  it("tell a library from a tool", () => {
    expect(
      told(
        autotools,
        "checking for foo... no\nconfigure: error: Package requirements (glib-2.0 >= 2.40) were not met:\nNo package 'glib-2.0' found\nconfigure: error: C compiler cannot create executables\nconfigure.ac:12: error: possibly undefined macro: AC_PROG_LIBTOOL\nautoreconf: error: automake failed with exit status: 1\nCan't exec \"aclocal\": No such file or directory",
      ),
    ).toEqual([
      "2 env.missing_library cause",
      "3 env.missing_library likely",
      "4 config.toolchain cause",
      "5 config.toolchain cause",
      "6 config.toolchain symptom",
      "7 config.toolchain cause",
    ]);
    expect(told(autotools, "configure: WARNING: using cross tools\nconfigure: creating ./config.status\nchecking whether make sets $(MAKE)... yes\n")).toEqual(
      [],
    );
  });
});

describe("Bazel", () => {
  it("tells what it cannot read or get, and names failed tests", () => {
    expect(
      told(
        bazel,
        "ERROR: /w/BUILD:12:3: no such target '//x:y': target 'y' not declared in package 'x'\nERROR: /w/lib/BUILD.bazel:3:11: Compiling lib/a.cc failed: (Exit 1): gcc failed: error executing command\nERROR: Analysis of target '//x' failed; build aborted\nFAIL: //x:y_test (see /c/test.log)\n//x:y_test                         FAILED in 3.2s\nTIMEOUT: //x:slow (Summary)\nERROR: Error downloading [https://e.org/a.tar.gz] to /c: GET returned 404 Not Found",
      ),
    ).toEqual([
      "1 code.compile cause",
      "2 code.compile summary",
      "3 code.compile symptom",
      "4 code.test likely",
      "5 code.test summary",
      "6 timeout.test cause",
      "7 dependency.resolution cause",
    ]);
    expect(
      told(
        bazel,
        "INFO: Build completed successfully, 3 total actions\n//x:y_test  PASSED in 0.3s\nERROR: could not find a version that satisfies\nExecuted 1 out of 1 test: 1 test passes.\n",
      ),
    ).toEqual([]);
  });
});

describe("Conan and vcpkg", () => {
  it("tell a package that is not there from one that cannot be built", () => {
    expect(
      told(
        nativePackages,
        "ERROR: Missing prebuilt package for 'zlib/1.3'\nERROR: Package 'foo/1.0' not resolved: Unable to find 'foo/1.0' in remotes.\nERROR: openssl/3.0: Error in build() method, line 12\nerror: building boost:x64-linux failed with: BUILD_FAILED\nerror: while loading foo: The port directory does not exist",
      ),
    ).toEqual([
      "1 dependency.resolution cause",
      "2 dependency.resolution cause",
      "3 dependency.build cause",
      "4 dependency.build cause",
      "5 dependency.resolution cause",
    ]);
  });
});
