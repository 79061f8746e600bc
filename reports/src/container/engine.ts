import type { Transform } from "node:stream";
import { ContainerProblem } from "./problem.ts";
import type { PieceReader } from "./piece-reader.ts";

/** A stream of node:zlib; `bytesWritten` is what it has taken in of what was written to it. */
export type Engine = Transform & { readonly bytesWritten: number };

/** Bytes that come out of an engine at once; of a damaged stream so many before the damage may be lost. */
export const engineBytes = 64 * 1024;

/**
 * What one compressed stream holds, up to its own end; what stands behind it is left in `input`. Nothing is read
 * before the engine has used up what it has, and nothing further before what came out was taken, so memory is bounded.
 * Throws ContainerProblem `cut_off` and `damaged`, with `what` as the stream's name for people.
 */
export async function* runEngine(engine: Engine, input: PieceReader, what: string): AsyncGenerator<Buffer, void, undefined> {
  const state = watch(engine);
  let fedBytes = 0;
  let lastPiece: Buffer = Buffer.alloc(0);
  try {
    while (true) {
      const output: Buffer | null = engine.read();
      if (output !== null) {
        yield output;
      } else if (state.hasEnded) {
        break;
      } else if (state.failure !== null) {
        throw problemOf(state.failure, what);
      } else if (!state.isHungry || fedBytes > engine.bytesWritten) {
        // What it left of a piece stands behind its stream: its end is about to be told.
        await state.change();
      } else {
        const piece = await input.next();
        state.feed(piece);
        fedBytes += piece?.length ?? 0;
        lastPiece = piece ?? lastPiece;
      }
    }
    const untouchedBytes = fedBytes - engine.bytesWritten;
    if (untouchedBytes > 0) input.putBack(lastPiece.subarray(lastPiece.length - untouchedBytes));
  } finally {
    engine.destroy();
  }
}

type Watch = {
  hasEnded: boolean;
  failure: Error | null;
  /** True while it has looked at all that it was fed. */
  isHungry: boolean;
  /** Feeds a piece; null tells that nothing follows. */
  feed(piece: Buffer | null): void;
  /** Resolves once something has changed, or output may be there. */
  change(): Promise<void>;
};

function watch(engine: Engine): Watch {
  let wake: () => void = () => undefined;
  const state: Watch = {
    hasEnded: false,
    failure: null,
    isHungry: true,
    feed(piece) {
      state.isHungry = false;
      if (piece === null) engine.end();
      else engine.write(piece, (error) => (error == null ? fed() : undefined));
    },
    change() {
      return new Promise((resolve) => {
        wake = resolve;
      });
    },
  };
  const fed = () => {
    state.isHungry = true;
    wake();
  };
  const fail = (error: Error) => {
    state.failure ??= error;
    wake();
  };
  engine.on("readable", () => wake());
  engine.on("end", () => {
    state.hasEnded = true;
    wake();
  });
  engine.on("error", fail);
  engine.on("close", () => fail(new Error("the engine was closed")));
  return state;
}

function problemOf(error: Error, what: string): Error {
  const code = "code" in error ? String(error.code) : "";
  if (/mem|alloc/i.test(code)) return error;
  if (code === "Z_BUF_ERROR") return new ContainerProblem("cut_off", `The ${what} is cut off`);
  if (code === "ZSTD_error_prefix_unknown") return new ContainerProblem("trailing_bytes", `Something that is no ${what} stands behind the ${what}`);
  if (code === "ZSTD_error_frameParameter_windowTooLarge")
    return new ContainerProblem("too_large", `The ${what} asks for more memory than is given: compress it without --long and --ultra`);
  return new ContainerProblem("damaged", `The ${what} is damaged`);
}
