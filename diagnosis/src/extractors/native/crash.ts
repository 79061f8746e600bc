import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, sightingIn, unwrap } from "./forms.ts";

const forms: readonly Form[] = [
  // Sanitizers
  [/ERROR: AddressSanitizer: (?<key>SEGV|BUS|ILL|FPE|ABRT|stack-overflow|unknown-crash|CHECK failed)/, "crash.signal", "cause", "AddressSanitizer saw a crash"],
  [
    /ERROR: (?<key>(?:Address|HWAddress|Memory|Leak|Thread|UndefinedBehavior)Sanitizer: (?:failed to allocate|out of memory|allocator is out)).{0,100}/,
    "resource.oom",
    "cause",
    "A sanitizer ran out of memory",
  ],
  [
    /(?:ERROR|WARNING): (?<key>(?:Address|HWAddress|Memory|Leak|Thread|UndefinedBehavior)Sanitizer: [\w -]{1,80})/,
    "code.test",
    "cause",
    "A sanitizer found a fault",
  ],
  [
    /^SUMMARY: (?<key>(?:Address|HWAddress|Memory|Leak|Thread|UndefinedBehavior)Sanitizer: .{1,300})/,
    "code.test",
    "likely",
    "A sanitizer's summary names a fault",
  ],
  [/^(?:\d{1,5}: )?[^:\s]{1,300}:\d+:\d+: runtime error: (?<key>.{1,300})/, "code.test", "likely", "UndefinedBehaviorSanitizer found a fault"],
  [/ERROR: libFuzzer: (?<key>.{1,100})/, "code.test", "cause", "A fuzzer found a fault"],
  // valgrind
  [
    /^(?:\d{1,5}: )?==\d+== (?<key>(?:Invalid (?:read|write|free)|Conditional jump or move depends|Use of uninitiali[sz]ed value|Mismatched free|Source and destination overlap|Syscall param|Jump to the invalid|Process terminating with default action of signal).{0,120})/,
    "code.test",
    "likely",
    "valgrind found a fault",
  ],
  [/^(?:\d{1,5}: )?==\d+== ERROR SUMMARY: [1-9][\d,]* errors?/, "code.test", "summary", "valgrind counts faults"],
  // Runtime libraries
  [
    /^(?:\d{1,5}: )?(?:libc\+\+abi(?:\.dylib)?: )?(?:terminate called|terminating) (?<key>(?:after throwing|with uncaught|due to uncaught|without an active|recursively).{0,300})/,
    "crash.signal",
    "likely",
    "A program ended with an exception that it did not catch",
  ],
  [
    /^(?:\d{1,5}: )?(?:(?:\S{1,200}: )?\*{3} (?:Error in [`'].{1,200}: )?)?(?<key>(?:free|malloc|realloc|calloc|munmap_chunk|malloc_consolidate|corrupted|double free|stack smashing|buffer overflow)[\w ()-]{0,60}(?:: .{1,80}|detected|corruption)[^:]{0,100})$/,
    "crash.signal",
    "likely",
    "A program corrupted its memory",
  ],
  [
    /^(?:\d{1,5}: )?(?:\S{1,200}: )?\S{1,300}:\d+: .{1,400}: (?<key>Assertion [`'‘].{1,400}['’] failed)/,
    "crash.signal",
    "likely",
    "A program ended at an assertion",
  ],
  [/^(?:\d{1,5}: )?(?<key>Assertion failed: .{1,400}(?:, file .{1,300}, line \d+|, function ))/, "crash.signal", "likely", "A program ended at an assertion"],
  [
    /^(?:\d{1,5}: )?(?:Unhandled exception at|Exception: Access violation|Program received signal |Thread \d+ .{0,100}received signal |Fatal signal \d+|Caught signal \d+|Received signal (?:SIGSEGV|SIGABRT|SIGBUS|11|6|10|7)\b|signal: (?:segmentation fault|aborted|SIG))(?<key>.{0,200})/i,
    "crash.signal",
    "likely",
    "A program crashed",
  ],
];

/** Sanitizers and valgrind, and what a program's runtime says as it aborts. */
export const crash: Extractor = {
  name: "crash",
  title: "Crashes and sanitizers",
  keywords: [
    "sanitizer: ",
    "runtime error: ",
    "libfuzzer",
    "== invalid",
    "== conditional",
    "== use of",
    "== mismatched",
    "== source and",
    "== syscall",
    "== jump",
    "== process term",
    "== error summary",
    "terminate called",
    "terminating ",
    "free(",
    "malloc(",
    "double free",
    "smashing",
    "buffer overflow",
    "corrupted",
    "munmap_chunk",
    "assertion ",
    "received signal",
    "caught signal",
    "fatal signal",
    "signal: ",
    "access violation",
    "unhandled exception at",
  ],
  open: stateless(({ line }) => (/^\s*(?:at |#\d+ |"|\/\/|\*)/.test(line.text) ? undefined : sightingIn(forms, unwrap(line.text).text))),
};
