import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, sightingIn } from "./forms.ts";

const make = String.raw`^(?:\S{0,200}[\\/])?(?:g|mingw32-|bsd|c|q|n|j|d)?make(?:\.exe)?(?:\[\d{1,3}\])?: `;
/** `Makefile:12: `, before what make says of a makefile. */
const place = String.raw`^(?:\S{1,300}:\d{1,6}: )`;

const forms: readonly Form[] = [
  [
    new RegExp(String.raw`${make}\*\*\* No rule to make target (?<key>.{1,500}?)(?: Stop\.)?$`),
    "code.compile",
    "cause",
    "make does not know how to build a file",
  ],
  [new RegExp(String.raw`${make}\*\*\* (?<key>No targets.{0,200})`), "config.workflow", "cause", "There is no makefile where make runs"],
  [new RegExp(String.raw`${make}\*\*\* .{1,500}\] Killed`), "resource.oom", "likely", "A process was killed, which the system does when memory is full"],
  [
    new RegExp(
      String.raw`${make}\*\*\* .{1,500}\] (?<key>(?:Segmentation fault|Aborted|Bus error|Illegal instruction|Floating point exception|Trace/breakpoint trap).{0,60})`,
    ),
    "crash.signal",
    "likely",
    "A program that make ran crashed",
  ],
  [
    new RegExp(String.raw`${make}\*\*\* (?:\[.{1,500}\] (?:Error|Terminated|Interrupt|Hangup|Deleting|Broken pipe)|Waiting for|Deleting)`),
    "code.compile",
    "symptom",
    "What make ran failed",
  ],
  [
    new RegExp(String.raw`${make}(?<key>\S{1,200}: (?:Command not found|No such file or directory|Permission denied))$`),
    "config.toolchain",
    "cause",
    "A program that make runs is not there",
  ],
  [new RegExp(String.raw`${make}\*\*\* (?<key>.{1,500})`), "code.compile", "cause", "make cannot go on"],
  [new RegExp(String.raw`${make}(?<key>don't know how to make .{1,300})`), "code.compile", "cause", "make does not know how to build a file"],
  [
    new RegExp(
      String.raw`${place}\*\*\* (?<key>(?:missing separator|commands commence|recipe commences|unterminated|missing .?endif|extraneous|mixed implicit|target pattern|multiple target|invalid syntax|empty variable).{0,300})`,
    ),
    "code.syntax",
    "cause",
    "make cannot read a makefile",
  ],
  [
    new RegExp(String.raw`${place}\*\*\* (?<key>.{0,400}(?:not (?:be )?(?:found|installed|available)|missing|required|[Pp]lease install).{0,400})`),
    "env.missing_library",
    "cause",
    "A makefile says what is missing",
  ],
  [new RegExp(String.raw`${place}\*\*\* (?!\[)(?<key>.{1,500})`), "code.compile", "cause", "A makefile stops the build"],
  [/^NMAKE : fatal error U1073: (?<key>.{1,300})/, "code.compile", "cause", "nmake does not know how to build a file"],
  [/^NMAKE : fatal error U10(?:77|50): /, "code.compile", "symptom", "What nmake ran failed"],
  [/^NMAKE : fatal error (?<key>U\d{4}: .{1,300})/, "code.compile", "cause", "nmake cannot go on"],
  [/^\*\*\* (?:Error code \d+|\[.{1,300}\] Error code \d+)/, "code.compile", "symptom", "What make ran failed"],
  [/^scons: \*\*\* \[.{1,400}\] (?:Error \d|.{0,200}\bcommand not found)/, "code.compile", "symptom", "What SCons ran failed"],
  [/^scons: \*\*\* \[.{1,400}\] (?<key>.{1,400})/, "code.compile", "cause", "SCons cannot build a file"],
  [/^scons: \*\*\* (?<key>.{1,400})/, "code.compile", "cause", "SCons cannot go on"],
  [/^scons: building terminated because of errors/, "code.compile", "symptom", "SCons stopped"],
];

/** make in its kinds (GNU, BSD, nmake) and SCons. That a command failed is a symptom; what they themselves refuse is a cause. */
export const makeTools: Extractor = {
  name: "make",
  title: "make and SCons",
  keywords: ["make: ", "make[", "make.exe", "nmake :", ": *** ", "*** error code", "scons: ", "*** ["],
  open: stateless(({ line }) => sightingIn(forms, line.text.trimStart())),
};
