import { type Extractor, type Sighting, stateless } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { type Form, findNear, inside, sighting, sightingIn, unwrap } from "./forms.ts";

/** `src/a.c:12:3: error: …`; older compilers tell no column. */
const placed = /^((?:[A-Za-z]:)?[^:()"'<>|]{1,300}):(\d{1,7}):(?:\d{1,6}:)? (fatal error|error|internal compiler error): (.+)$/;
/** `kernel.cu(12): error: …`, as nvcc, icc and other compilers with EDG's front end print it. */
const parenthesized =
  /^((?:[A-Za-z]:)?[^:()"'<>|]{1,300}\.(?:cu|cuh|cc?|cpp|cxx|h|hh|hpp|hxx|f90|F90|f|for))\((\d{1,7})\): (error|catastrophic error|fatal error)(?: #[\w-]+)?: (.+)$/;
const sourceFile =
  /(?:\.(?:c|cc|cpp|cxx|c\+\+|cp|C|h|H|hh|hpp|hxx|h\+\+|inl|ipp|tcc|tpp|txx|ixx|cppm|inc|def|gen|cu|cuh|cl|hip|m|mm|s|S|asm|i|ii|ino|pde|y|yy|l|ll|lex|dts|dtsi|pyx|td|x|xs|moc)|[\\/]include[\\/].{1,200}|[\\/]c\+\+[\\/].{1,200})$/;
/** What configure scripts compile to see whether it can be compiled. */
const probe =
  /(?:^|[\\/])(?:_?conftest|_?configtest|_?conf_?check[\w-]*|testCCompiler|testCXXCompiler|testfile|CheckSymbolExists|CheckFunctionExists|CheckTypeSize)\b|CMakeTmp|CMakeScratch|TryCompile-|meson-private|[\\/]tmp[\\/]tmp[\w]{6,12}[\\/]|[\\/]tmp[\\/]cc\w{6}\./;
/** Findings of linters, which write as compilers do: `[bugprone-x]`, `[memleak]`, `[-Wclang-format-violations]`. */
const lintMark = /\s\[(?:(?!-W)[A-Za-z][\w.,-]{2,150}|-Wclang-format-violations)\]$/;
/** What test frameworks write as compilers do. */
const testMessage = /^(?:Failure in |Failure!|Failure$|in "|\s*Failed\b|Expected |Value of: |-\[|\S{1,200} : (?:XCTAssert|failed))/;
const missingHeader =
  /^(?:'([^']{1,300})' file not found|([^:\s]{1,300}): No such file or directory|cannot open source file "([^"]{1,300})"|module '([^']{1,200})' not found)/;

/** Compilers' drivers and their programs, by their own names. */
const driver = String.raw`^(?:\S{0,200}[\\/])?(?:[\w.]+-){0,6}(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|clang-cl|cc1|cc1plus|cc1obj|f951|gfortran|flang|icc|icpc|icx|icpx|ifort|ifx|nvcc|hipcc|emcc|em\+\+|collect2|lto1|lto-wrapper)(?:-\d[\d.]*)?(?:\.exe)?`;
const killed = /\bKilled\b|signal 9\b|SIGKILL|Kill signal/;
const drivers: readonly Form[] = [
  [
    new RegExp(String.raw`${driver} ?: (?:fatal error|error|internal compiler error)\s*: .{0,200}(?:Killed|signal 9\b|SIGKILL)`),
    "resource.oom",
    "cause",
    "The compiler was killed, which the system does when memory is full",
  ],
  [new RegExp(String.raw`${driver}: internal compiler error: (?<key>.{1,400})`), "tool.crash", "cause", "The compiler itself failed"],
  [/^nvcc error\s+: .{1,200}died due to signal (?:9|4)\b/, "resource.oom", "cause", "The compiler was killed, which the system does when memory is full"],
  [/^nvcc error\s+: (?<key>.{1,400})/, "tool.crash", "cause", "The compiler itself failed"],
  [/^nvcc fatal\s+: (?<key>.{1,400})/, "config.toolchain", "cause", "nvcc refuses how it was called"],
  [new RegExp(String.raw`${driver}: (?:fatal error|error): unable to execute command: (?<key>.{1,400})`), "tool.crash", "cause", "The compiler itself failed"],
  [
    new RegExp(String.raw`${driver}: (?:fatal error|error): .{0,200}(?:terminated with signal|command failed due to signal) (?<key>.{1,200})`),
    "tool.crash",
    "cause",
    "The compiler itself failed",
  ],
  [
    new RegExp(
      String.raw`${driver}: (?:fatal error|error): (?:linker command failed|ld returned|ld terminated|\S{1,200} returned \d|.{0,60}command failed with exit code)`,
    ),
    "code.compile",
    "symptom",
    "The linker failed",
  ],
  [
    new RegExp(String.raw`${driver}: (?:fatal )?error: (?:unrecognized|unknown|unsupported|invalid|bad value|language .{0,40}not recognized)(?<key>.{1,300})`),
    "config.toolchain",
    "cause",
    "The compiler does not know an option",
  ],
  [new RegExp(String.raw`${driver}: (?:all warnings being treated as errors|error: all warnings)`), "code.compile", "summary", "Warnings count as errors"],
  [new RegExp(String.raw`${driver}: (?:fatal error|error): (?<key>.{1,400})`), "code.compile", "cause", "The compiler could not begin"],
  [/^PLEASE (?:submit|ATTACH).{0,40}bug report/i, "tool.crash", "likely", "The compiler asks for a report of its own failure"],
  [/^LLVM ERROR: (?<key>.{1,400})/, "tool.crash", "cause", "LLVM gave up"],
  [/^fatal error: error in backend: (?<key>.{1,400})/, "tool.crash", "cause", "The compiler itself failed"],
  [
    /^(?:<(?:stdin|command-line|built-in|unknown)>):(?:\d{1,6}:){0,2} (?:fatal error|error): (?<key>.{1,400})/,
    "code.compile",
    "cause",
    "The compiler names an error in what it was given",
  ],
  [/^(?<key>virtual memory exhausted: Cannot allocate memory)/, "resource.oom", "cause", "The compiler ran out of memory"],
  [/^(?:[^:\s]{1,300}):\d{1,7}: Error: (?<key>.{1,400})$/, "code.compile", "cause", "The assembler names an error in a file"],
];
const assembled = /\.(?:s|S|asm|inc|c|cc|cpp):\d+: Error: /;

/** C, C++, Objective-C and CUDA compilers with gcc's form of messages, among them clang and nvcc. */
export const gcc: Extractor = {
  name: "gcc",
  title: "gcc and clang",
  keywords: [
    ": error",
    ": fatal error",
    "internal compiler error",
    "catastrophic error",
    "nvcc fatal",
    "nvcc error",
    "treated as errors",
    "bug report",
    "llvm error",
    "error in backend",
    "virtual memory exhausted",
  ],
  open: stateless((view) => {
    const { text, foreign } = unwrap(view.line.text);
    const found = placed.exec(text) ?? parenthesized.exec(text);
    if (found === null) return inside(foreign, driverMessage(text));
    const [, file = "", , kind = "", message = ""] = found;
    if (!sourceFile.test(file) && !parenthesized.test(text)) return undefined;
    if (probe.test(file) || testMessage.test(message)) return undefined;
    return inside(foreign || isAddon(file, view), errorIn(file, kind, message, view));
  }),
};

/** What node-gyp builds while packages are installed: its make runs in a folder below, and says so at its beginning. */
function isAddon(file: string, { at }: View): boolean {
  return /^\.\.[\\/]/.test(file) && findNear(at, -1, -300, /^make(?:\[\d\])?: Entering directory .{0,300}node_modules|^gyp info spawn /) !== undefined;
}

function driverMessage(text: string): Sighting | undefined {
  if (/: Error: /.test(text) && !assembled.test(text)) return undefined;
  if (probe.test(text)) return undefined;
  return sightingIn(drivers, text);
}

function errorIn(file: string, kind: string, message: string, view: View): Sighting {
  if (kind === "internal compiler error")
    return sighting(killed.test(message) ? "resource.oom" : "tool.crash", "cause", "The compiler itself failed", { key: message });
  if (lintMark.test(message)) return sighting("code.lint", "cause", "A linter names a place in a file", { key: message });
  const header = missingHeader.exec(message);
  const name = header?.[1] ?? header?.[2] ?? header?.[3] ?? header?.[4];
  if (name !== undefined)
    return sighting(isOwnHeader(name, file, view) ? "code.compile" : "env.missing_library", "cause", "A header is not there", { key: message });
  return sighting("code.compile", "cause", "The compiler names an error in a file", { key: message });
}

const systemHeader =
  /^(?:Python|jni|jvmti|zlib|ffi|curses|ncurses|expat|pcre2?|sqlite3|lzma|bzlib|zstd|lz4|snappy|yaml|gmp|mpfr|png|jpeglib|tiff\w*|ft2build|cairo|glib|gtk|gmock|ruby|php|node|napi|nan|lua|tcl|tk|uuid|mysql|mysqld|libpq-fe|postgres|ldap|lber|sasl|cuda\w*|cublas\w*|cudnn|nccl|omp|mpi|hdf5|numa|numpy|usb|udev|libudev|alsa|pulse|portaudio|sndfile|fuse|event2?|ev|uv|pcap|net-snmp|magic|readline|editline|dbus|systemd|selinux|apr|unistd|windows|stdio|stdlib|string|stdint|stddef|stdarg|stdbool|iostream|vector|memory|cstdint|cstddef|type_traits|features|bits|asm|linux|sys|openssl|boost|curl|libxml2?|libxslt|X11|xcb|GL|GLES\d?|EGL|SDL2?|Qt\w*|gtest|gmock|Eigen|opencv2?|google|absl|fmt|spdlog|llvm|clang|va|wayland|arrow|pybind11)(?:[./-]|$)/;

function isOwnHeader(name: string, file: string, { at }: View): boolean {
  if (systemHeader.test(name)) return false;
  const [folder, ...rest] = name.split("/");
  if (rest.length > 0 && folder !== undefined && file.split(/[\\/]/).includes(folder)) return true;
  for (const offset of [1, 2]) {
    const included = /#\s*(?:include|import)\w*\s*(["<])/.exec(at(offset)?.text ?? "")?.[1];
    if (included !== undefined) return included === '"';
  }
  return false;
}
