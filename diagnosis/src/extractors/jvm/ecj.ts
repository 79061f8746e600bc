import { type Extractor, stateless } from "../../extractor.ts";
import { mavenLine } from "./maven-level.ts";

/** `3. ERROR in /src/A.java (at line 12)`; the source, a mark and then the message follow. */
const numbered = /^\s*\d{1,6}\. ERROR in (\S.{0,400}) \(at line \d+\)/;
/** `[ERROR] /src/A.java:[12] message` of Tycho and plexus-compiler-eclipse, `[ERROR] A.java:[12,3]` is javac's own. */
const placed = /^(\S.{0,400}\.java):\[\d+\] (.+)$/;

/** Eclipse's compiler for Java, alone and by Maven (Tycho, Groovy-Eclipse). */
export const ecj: Extractor = {
  name: "ecj",
  title: "Eclipse compiler",
  keywords: [". error in ", ".java:["],
  open: stateless(({ line, at }) => {
    const { message: text, isError } = mavenLine(line.text);
    const found = isError ? placed.exec(text) : null;
    if (found !== null) return { category: "code.compile", strength: "cause", reason: "Eclipse's compiler names an error in a file", key: found[2] ?? "" };
    if (!numbered.test(text)) return undefined;
    return { category: "code.compile", strength: "cause", reason: "Eclipse's compiler names an error in a file", key: messageBelow(at) };
  }),
};

/** The line below the mark `^^^^`. */
function messageBelow(at: (offset: number) => { text: string } | undefined): string {
  for (let offset = 1; offset <= 5; offset++)
    if (/^\s*\^+\s*$/.test(mavenLine(at(offset)?.text ?? "").message)) return mavenLine(at(offset + 1)?.text ?? "").message;
  return "";
}
