import type { ByteSource } from "./byte-source.ts";
import { ContainerProblem } from "./problem.ts";

const headerBytes = 30;
const headerSignature = 0x04034b50;

/** Where a file's data begin, by where its header stands, which its directory says. Throws ContainerProblem `damaged`. */
export async function dataStart(source: ByteSource, from: number): Promise<number> {
  const header = await headerAt(source, from);
  if (header === null) throw new ContainerProblem("damaged", "The archive's directory points to a place where no file begins");
  return from + headerBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/**
 * A function that tells whether other files begin within a file's bytes, from its header to the end of its data: no
 * compressor writes that, and bombs are made so. `starts` is where the directory says that files begin, each as often
 * as it says so; where none does, the one that says so is wrong and not the file around it.
 */
export function overlapCheck(source: ByteSource, starts: readonly number[]): (from: number, to: number) => Promise<boolean> {
  const inOrder = starts.toSorted((one, other) => one - other);
  const known = new Map<number, boolean>();
  async function isStart(at: number): Promise<boolean> {
    const isKnown = known.get(at) ?? (await headerAt(source, at)) !== null;
    known.set(at, isKnown);
    return isKnown;
  }
  return async (from, to) => {
    // The first that begins there is the file itself.
    for (let index = inOrder.indexOf(from) + 1; index < inOrder.length; index++) {
      const start = inOrder[index];
      if (start === undefined || start >= to) return false;
      if (await isStart(start)) return true;
    }
    return false;
  };
}

async function headerAt(source: ByteSource, from: number): Promise<Buffer | null> {
  if (from + headerBytes > source.size) return null;
  const header = await source.read(from, headerBytes);
  return header.length === headerBytes && header.readUInt32LE(0) === headerSignature ? header : null;
}
