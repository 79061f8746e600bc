import type { Category } from "../../categories.ts";
import { type Extractor, stateless, type Sighting } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";

const uncaught = /^(?:Error: )?Exception in thread "([^"]{1,200})" (.*)$/;
const cause = /^Caused by: (\S.*)$/;
/** What kind of fault an exception's name tells. In order. */
const kinds: readonly (readonly [RegExp, Category])[] = [
  [/UnsupportedClassVersionError|class file version/, "config.toolchain"],
  [/OutOfMemoryError/, "resource.oom"],
  [/NoClassDefFoundError|ClassNotFoundException|NoSuchMethodError|NoSuchFieldError/, "dependency.missing_module"],
  [
    /UnknownHostException|SocketException|SocketTimeoutException|ConnectException|SSLHandshakeException|HttpTimeoutException|Server returned HTTP response code: 5\d\d/,
    "infra.network",
  ],
];
/** How Java itself says that it cannot begin. In order. */
const starts: readonly (readonly [RegExp, Category, string])[] = [
  [
    /^(?:Error: )?(?:LinkageError occurred while loading main class|A JNI error has occurred)|has been compiled by a more recent version of the Java Runtime/,
    "config.toolchain",
    "Java is too old for what it should run",
  ],
  [/^(?:Error: )?Could not find or load main class (?!org\.gradle\.wrapper)\S/, "dependency.missing_module", "Java does not find the class to run"],
  [/^(?:Error: )?Unable to access jarfile /, "dependency.missing_module", "Java does not find the file to run"],
  [
    /^Unrecognized (?:VM )?option[: ]|^Error: Could not create the Java Virtual Machine|^Conflicting collector combinations|^Invalid (?:maximum|initial) heap size|^(?:Error|ERROR): JAVA_HOME (?:is|not)|^The JAVA_HOME environment variable is not defined correctly/,
    "config.toolchain",
    "Java does not start with these options",
  ],
  [/^(?:Error occurred during initialization of (?:VM|boot layer))/, "config.toolchain", "Java could not start"],
];

/** Java itself: exceptions that nobody caught, crashes of the virtual machine, memory. */
export const javaProcess: Extractor = {
  name: "java",
  title: "Java",
  keywords: [
    "exception in thread",
    "caused by: ",
    "fatal error has been detected by the java",
    "insufficient memory for the java",
    "java.lang.outofmemoryerror",
    "terminating due to java",
    "load main class",
    "access jarfile",
    "unrecognized option",
    "unrecognized vm option",
    "java virtual machine",
    "a jni error",
    "more recent version of the java",
    "linkageerror occurred",
    "java_home",
    "initialization of vm",
    "initialization of boot",
    "invalid maximum heap",
    "conflicting collector",
  ],
  open: stateless((view) => {
    const { text } = view.line;
    if (/^# {1,2}A fatal error has been detected by the Java Runtime Environment/.test(text)) return crashed(view);
    if (/^# {1,2}There is insufficient memory for the Java Runtime Environment/.test(text))
      return { category: "resource.oom", strength: "cause", reason: "Java got no more memory of the system" };
    if (text.startsWith("Terminating due to java.lang.OutOfMemoryError"))
      return { category: "resource.oom", strength: "cause", reason: "Java ran out of memory" };
    if (/^(?:Exception: |Caused by: |\[ERROR\] |> )?(?:java\.lang\.)?OutOfMemoryError\b/.test(text.trimStart()))
      return { category: "resource.oom", strength: "likely", reason: "Java ran out of memory" };
    const thrown = uncaught.exec(text);
    if (thrown !== null) return thrownIn(thrown[1] ?? "", thrown[2] ?? "");
    const below = cause.exec(text)?.[1];
    if (below !== undefined) return { category: "unknown", strength: "hint", reason: "What an exception was caused by", key: below };
    const start = starts.find(([pattern]) => pattern.test(text));
    return start === undefined
      ? undefined
      : { category: start[1], strength: text.startsWith("Error: Could not create") ? "likely" : "cause", reason: start[2] };
  }),
};

/** `main` ends the program; other threads' exceptions are seen in passing jobs too. */
function thrownIn(thread: string, said: string): Sighting {
  const category = kinds.find(([pattern]) => pattern.test(said))?.[1] ?? "tool.crash";
  return {
    category,
    strength: thread === "main" ? "likely" : "hint",
    reason: `An exception ended Java's thread ${thread === "main" ? "main" : "of another name"}`,
    key: said,
  };
}

/** `#  SIGSEGV (0xb) at pc=…`, and the frame that it happened in. */
function crashed({ at }: View): Sighting {
  let [signal, frame] = ["", ""];
  for (let offset = 1; offset <= 20; offset++) {
    const text = at(offset)?.text ?? "";
    signal ||= /^# {1,3}((?:SIG|EXCEPTION_|Internal Error|Out of Memory)[\w ]{0,60})/.exec(text)?.[1] ?? "";
    if (/^# {1,2}Problematic frame:/.test(text)) frame = at(offset + 1)?.text.replace(/0x[\da-f]{1,16}/gi, "") ?? "";
  }
  return {
    category: signal.startsWith("Out of Memory") ? "resource.oom" : "crash.signal",
    strength: "cause",
    reason: "Java's virtual machine crashed",
    key: `Java crashed ${signal} ${frame}`,
  };
}
