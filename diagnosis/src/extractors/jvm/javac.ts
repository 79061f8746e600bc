import { type Extractor, stateless } from "../../extractor.ts";

/** `src/A.java:12: error: cannot find symbol`, as javac, Gradle and Ant print it. */
const plain = /^(.{1,400}\.java):\d+: error: (.+)$/;
/** `[ERROR] /src/A.java:[27,122] incompatible types…`, as Maven's compiler plugin prints it. */
const maven = /^\[ERROR\] (?:COMPILATION ERROR : )?(\S.{0,400}\.java):\[\d+,\d+\] (?:error: )?(.+)$/;

export const javac: Extractor = {
  name: "javac",
  title: "javac",
  keywords: [".java:"],
  open: stateless(({ line }) => {
    const found = plain.exec(line.text) ?? maven.exec(line.text);
    const message = found?.[2];
    if (message === undefined || /^\[(?:deprecation|removal|unchecked|rawtypes|serial|options)\]/.test(message)) return undefined;
    return { category: "code.compile", strength: "cause", reason: "javac names an error in a file", key: message };
  }),
};
