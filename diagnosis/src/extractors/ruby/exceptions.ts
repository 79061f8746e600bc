import type { Category } from "../../categories.ts";

/** What an uncaught exception of Ruby's means. */
export function categoryOfRubyError(name: string, message: string): Category {
  const last = name.split("::").at(-1) ?? "";
  if (/cannot open shared object file|Library not loaded|undefined symbol|GLIBC_/.test(message)) return "env.missing_library";
  if (last === "LoadError") return /-- (?:\.{0,2}\/|.{0,200}\.rb$)/.test(message) ? "code.import_error" : "dependency.missing_module";
  if (/^(?:GemNotFound|GemNotFoundException|MissingSpecError|MissingSpecVersionError)$/.test(last)) return "dependency.missing_module";
  if (/^(?:VersionConflict|ConflictError|SolveFailure)$/.test(last)) return "dependency.resolution";
  if (last === "SyntaxError") return "code.syntax";
  if (last === "NoMemoryError") return "resource.oom";
  if (
    /^(?:OpenTimeout|ReadTimeout|SocketError|FetchError|HTTPError|ConnectionBad|ConnectionNotEstablished)$/.test(last) ||
    /^Errno::E(?:CONN|TIMEDOUT|HOST|NET)/.test(name)
  )
    return /localhost|127\.0\.0\.1|::1/.test(message) ? "unknown" : /^(?:ConnectionBad|ConnectionNotEstablished)$/.test(last) ? "unknown" : "infra.network";
  return "unknown";
}
