import { type Extractor, stateless } from "../../extractor.ts";
import { mavenLine } from "./maven-level.ts";

/** `/src/A.groovy: 12: unable to resolve class B`, and a Jenkins file as `WorkflowScript: 12: …`. */
const placed =
  /^(?:\[ERROR\] )?(\S.{0,400}\.(?:groovy|gradle|jenkinsfile)'?|WorkflowScript|[Bb]uild file '\S{1,400}'|[Ss]cript\d{1,9}\.groovy|settings file '\S{1,400}'): (\d+): (.+)$/;

/** Groovy's compiler: of sources, of Gradle's scripts and of Jenkins' pipelines. */
export const groovy: Extractor = {
  name: "groovyc",
  title: "Groovy",
  keywords: [".groovy: ", "workflowscript: ", ".gradle': ", "@ line "],
  open: stateless(({ line }) => {
    const { message } = mavenLine(line.text);
    const found = placed.exec(message);
    if (found === null) return undefined;
    const [, file = "", , said = ""] = found;
    if (/^(?:warning|\[Static type checking\] - warning)/.test(said)) return undefined;
    if (file === "WorkflowScript") return { category: "config.workflow", strength: "cause", reason: "Jenkins could not read its pipeline", key: said };
    const syntax = /^(?:unexpected |expecting |Unexpected |Missing )/.test(said);
    return {
      category: syntax ? "code.syntax" : "code.compile",
      strength: "cause",
      reason: "Groovy names an error in a file",
      key: said.replace(/ @ line \d.*$/, ""),
    };
  }),
};
